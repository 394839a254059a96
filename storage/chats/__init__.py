"""Subscriptions: who wants which digest, and when."""

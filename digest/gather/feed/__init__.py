"""Feeds, and where feeds are listed."""

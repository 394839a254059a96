"""Upkeep of a whole database: upgrade, back-up, check, move to a server."""

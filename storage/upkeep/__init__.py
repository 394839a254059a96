"""A whole database: upgraded, copied, checked, moved to a server."""

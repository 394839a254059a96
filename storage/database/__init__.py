"""The database itself: the way to it, statements over many rows, its locks and its jobs."""

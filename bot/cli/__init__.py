"""The command line: ``attache``. Data to standard output, progress and logs to standard error.

A module for each group of commands, and ``program`` for those that stand alone. Each command imports
what it needs when it is run: all of it together takes 2 s.
"""

from .program import app, main

__all__ = ["app", "main"]

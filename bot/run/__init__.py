"""The running processes, put together of concrete classes: bot, worker, sender."""

"""What the command line does: a module for each group of commands, a function for each command."""

"""What the command line does, a function for each command."""

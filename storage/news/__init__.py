"""Sources, articles and their stories."""

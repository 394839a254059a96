"""Who wants which digest, and when."""

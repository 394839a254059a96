"""What a chat has asked for and was shown, as rows and as values."""

"""Which sentences tell an article, or a story of several."""

"""Files of an article each: text, PDF, Word."""

"""Where the sentences of a text begin and end, at exact offsets."""

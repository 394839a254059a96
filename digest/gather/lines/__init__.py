"""The article among the lines of its page or file: what stands around it goes."""

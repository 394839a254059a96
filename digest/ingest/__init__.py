"""The way in, through gather, read and relate: what sources and files bring is stored as articles in stories.

``hosts`` asks the sources that are due; whatever arrives, from them or from files, goes through ``intake``.
"""

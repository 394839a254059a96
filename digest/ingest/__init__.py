"""What sources and files bring goes through gather, read and relate, and is stored as articles in stories.

``hosts`` asks the sources that are due, one host at a time. Whatever arrives, from sources or from files,
goes through ``intake``; ``placing`` finds its stories.
"""

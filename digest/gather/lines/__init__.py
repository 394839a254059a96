"""Telling the article from the lines around it on its page or in its file.

``clean`` is the way in. Each other module knows one kind of line: bylines, captions, datelines, embedded
posts, stamps, lists of other stories and so on.
"""

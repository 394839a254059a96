"""Choosing the sentences that summarise an article, or a story of several articles.

``methods`` offers them by name: ours (``summarise``), LexRank, the first sentences, and those of sumy.
"""

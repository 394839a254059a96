"""What an article is about: topics, countries and people, found by known phrases.

``topics`` scores topics and relevance, ``actors`` finds countries and people. ``gazetteer`` and ``phrases``
hold the phrases, ``lexicon`` finds all of them in one pass over a text.
"""

"""The second step: what one article says, as found in its text by rules and word lists.

``article.read`` is the way in and makes a ``NewArticle`` of a draft. ``splitting`` finds the sentences,
``about`` the topics, countries and people, ``speech`` the quotations with their speakers, ``events`` the
actions of states and the appointments, ``opinion`` whether it is news at all. ``alone`` judges whether a
sentence can be understood without those around it, ``summary`` chooses sentences. ``vocabulary`` has words
that several of them need.
"""

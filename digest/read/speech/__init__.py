"""Who said what: quotations, and the speakers that an article names for them.

``quotes`` is the way in. ``marked`` finds the words in quotation marks, ``attribution`` the clause that
says whose they are, ``speakers`` whom that clause names. A pronoun or an office ("she", "the minister") is
resolved by ``antecedents`` and ``referents``. ``names``, ``people`` and ``offices`` know whom the article
names and in which office; ``transcripts`` and ``voices`` tell where somebody else than the outlet speaks.
"""

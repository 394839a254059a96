"""Whether a sentence stands alone, so that a digest may quote it without the one before it.

``standing`` judges a sentence that ``judged`` has prepared. English sentences that point back (anaphora
without an antecedent) are found by ``leaning``, ``unnamed``, ``pointing``, ``sequel`` and ``quoting``;
``strangers`` and ``definite`` look for names and nouns that an earlier one introduced. ``furniture``,
``on_air``, ``torn`` and ``balance`` find what is no prose, ``set_before`` what a page set before a sentence,
and ``turning`` what may follow the one before it: "But ...". The word lists are in ``seeds/standing.toml``.
"""

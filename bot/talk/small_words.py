"""Small words around the names of countries, in each language of the bot: "Iran and the Netherlands"."""

import re
from functools import cache

from seeds.wordlists import word_lists

_TABLE = "courtesies.toml"


@cache
def between() -> re.Pattern[str]:
    """What stands between two countries."""
    words = "|".join(map(re.escape, word_lists(_TABLE).words("and")))
    return re.compile(rf"\s+(?:{words})\.?\s+|\s*[-–—/,+_]\s*", re.IGNORECASE)


def without_article(words: str) -> str:
    """A name without the article before it; as it is where none stands there."""
    found = _article().match(words)
    return words[found.end() :] if found else words


@cache
def _article() -> re.Pattern[str]:
    every = word_lists(_TABLE).words("article")
    close = "|".join(re.escape(one[:-1]) + "['’]" for one in every if one.endswith("'"))
    apart = "|".join(re.escape(one) for one in every if not one.endswith("'"))
    return re.compile(rf"\s*(?:(?:{apart})\s+|(?:{close}))(?=\w)", re.IGNORECASE)

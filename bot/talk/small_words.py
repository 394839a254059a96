"""Small words around the names of countries, in each language of the bot: "Iran and the Netherlands"."""

import re
from functools import cache

from seeds.wordlists import word_lists

_TABLE = "courtesies.toml"
_AND = r"\s+(?:{})\.?\s+"


@cache
def between() -> re.Pattern[str]:
    """A pattern for what separates two countries: an "and", a dash, slash, comma, plus or underscore."""
    return re.compile(rf"{_AND}|\s*[-–—/,+_]\s*".format(_ands()), re.IGNORECASE)


def parts(words: str) -> tuple[str, ...]:
    """``words`` split at each "and"; one part if there is none."""
    return tuple(_and().split(words))


@cache
def _and() -> re.Pattern[str]:
    return re.compile(_AND.format(_ands()), re.IGNORECASE)


def _ands() -> str:
    return "|".join(map(re.escape, word_lists(_TABLE).words("and")))


def without_article(words: str) -> str:
    """A name without the article before it; unchanged if there is none."""
    found = _article().match(words)
    return words[found.end() :] if found else words


@cache
def _article() -> re.Pattern[str]:
    every = word_lists(_TABLE).words("article")
    close = "|".join(re.escape(one[:-1]) + "['’]" for one in every if one.endswith("'"))
    apart = "|".join(re.escape(one) for one in every if not one.endswith("'"))
    return re.compile(rf"\s*(?:(?:{apart})\s+|(?:{close}))(?=\w)", re.IGNORECASE)

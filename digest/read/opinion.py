"""Which articles say what somebody thinks, and not what has happened."""

import re
from functools import cache
from urllib.parse import urlsplit

from seeds.wordlists import word_lists

from ..model.articles import NewArticle

_TABLE = "opinion.toml"


def is_opinion(article: NewArticle) -> bool:
    """Whether its title or its address calls it an opinion; what an office issues is none."""
    is_called = _label().search(article.title or "") is not None or _is_kept_apart(
        article.url or ""
    )
    return is_called and not article.is_official


def _is_kept_apart(url: str) -> bool:
    folders = [part for part in urlsplit(url).path.lower().split("/") if part]
    if not folders:
        return False
    return not _folders().isdisjoint(folders[:-1]) or folders[-1].startswith(_beginnings())


@cache
def _folders() -> frozenset[str]:
    return frozenset(word_lists(_TABLE).words("folders"))


@cache
def _beginnings() -> tuple[str, ...]:
    return word_lists(_TABLE).words("begins")


@cache
def _label() -> re.Pattern[str]:
    lists = word_lists(_TABLE)
    before, behind = ("|".join(lists.words(name)) for name in ("labels", "at_end"))
    return re.compile(rf"^\W*(?:{before})\s?(?:[:|–—]|- )|[|–—-]\s(?:{behind})\W*$", re.IGNORECASE)

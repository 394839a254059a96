"""What an article is compared by, computed once: to find its story, and to find whether it is a copy."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.articles import NewArticle
from ..model.stories import Member
from .duplicates import shingles
from .vectors import terms


@dataclass(frozen=True, slots=True)
class Profile:
    """It depends on the text alone. Making it is a third of the cost of placing an article."""

    terms: Mapping[str, float]
    shingles: frozenset[int]


def profile(title: str | None, text: str, language: str | None) -> Profile:
    """The profile of one text."""
    return Profile(terms(title, text, language), shingles(text))


def profile_of(article: NewArticle | Member) -> Profile:
    """The profile of an article."""
    return profile(article.title, article.text, article.language)

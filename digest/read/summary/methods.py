"""The ways to choose sentences, by name: ours, the first ones, and those of sumy."""

from collections.abc import Sequence
from functools import partial

from ...ports import Summariser
from .lexrank import lexrank
from .summarise import choose

_SUMY = ("lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction")
METHODS = ("attache", "lead", "lexrank-matrix", *_SUMY)


def summariser(name: str, language: str | None = "en") -> Summariser:
    """The method of this name. Raises KeyError for a name that is not in ``METHODS``."""
    if name == "attache":
        return partial(choose, language=language)
    if name == "lead":
        return lead
    if name == "lexrank-matrix":
        return partial(lexrank, language=language)
    from .through_sumy import method  # sumy loads NLTK, requests and pycountry

    return method(name, language)


def lead(documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
    """The first sentences of the first document."""
    return tuple(range(min(count, len(documents[0]) if documents else 0)))

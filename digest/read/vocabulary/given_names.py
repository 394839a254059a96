"""Given names, which tell "he" from "she"; they are in ``seeds/given_names.toml``."""

import tomllib
from functools import cache
from importlib.resources import files

from .reporting import other_sex, vocabulary

_TABLE = "given_names.toml"


def formal(given: str) -> str:
    """The full form of a given name ("Bill" is "william"), in lower case; else the name itself."""
    return _table()["formal"].get(given.lower(), given.lower())


def clashes(speaker: str, pronoun: str) -> bool:
    """Whether somebody's given name rules the pronoun out."""
    given = _given(speaker)
    return (
        _is_female(given)
        if pronoun in vocabulary().he
        else pronoun in other_sex() and _is_male(given)
    )


def agrees(speaker: str, pronoun: str) -> bool:
    """Whether somebody's given name is borne only by those whom the pronoun means."""
    given = _given(speaker)
    return (
        _is_male(given)
        if pronoun in vocabulary().he
        else pronoun in other_sex() and _is_female(given)
    )


def is_known(speaker: str) -> bool:
    """Whether somebody's given name is a common one that only one sex bears."""
    return agrees(speaker, "he") or agrees(speaker, "she")


def is_given(word: str) -> bool:
    """Whether a word is a common given name."""
    return any(word.lower() in _borne_by(sex) for sex in ("female", "male"))


def _given(speaker: str) -> str:
    given, _, surname = speaker.lower().partition(" ")
    return given if surname else ""


def _is_male(given: str) -> bool:
    return given in _borne_by("male")


def _is_female(given: str) -> bool:
    return given in _borne_by("female") or (given.endswith("a") and not _is_male(given))


@cache
def _borne_by(sex: str) -> frozenset[str]:
    return frozenset(_table()["given"][sex].split())


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("seeds") / _TABLE).read_text(encoding="utf-8"))

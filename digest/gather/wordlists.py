"""The phrases of ``seeds/lines.toml``: lists of labels, and patterns."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from .folding import label, long_fold

_TABLE = "lines.toml"
_GAP = ".{0,60}"


@cache
def phrases(*names: str) -> frozenset[str]:
    """The phrases of these lists, folded as a line is, so that both sides agree on dots and capitals."""
    return frozenset(label(phrase) for name in names for phrase in _listed(name))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Any phrase of the list as whole words; its "…" is a gap of up to sixty characters."""
    parts = sorted(map(_as_pattern, _listed(name)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _as_pattern(phrase: str) -> str:
    return _GAP.join(re.escape(long_fold(part)) if part.strip() else "" for part in _parts(phrase))


def _parts(phrase: str) -> list[str]:
    return [part.strip() for part in phrase.split("…")]


def _listed(name: str) -> tuple[str, ...]:
    text = _table()[name]
    found = (phrase.strip() for line in text.splitlines() for phrase in line.split("|"))
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


@cache
def _table() -> dict[str, str]:
    return tomllib.loads((files("seeds") / _TABLE).read_text(encoding="utf-8"))

"""The phrases of ``seeds/lines.toml``, and lines folded so that they compare with them."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

LONGEST_LINE = 400  # characters; what is longer is prose, whatever it begins with
LONGEST_LABEL = 70

_TABLE = "lines.toml"
_LEADING = re.compile(r"^[^\w©@#(]+", re.UNICODE)
_TRAILING = re.compile(r"[^\w)]+$", re.UNICODE)
_GAP = ".{0,60}"


@lru_cache(maxsize=1024)  # one line is asked about some ten times in a row
def fold(line: str) -> str:
    """The line as the patterns know it: NFKC, lower case, plain apostrophes, no bullets and arrows."""
    return _folded(line[: LONGEST_LINE + 1])


def label(line: str) -> str:
    """A short line as the lists of labels have it, without end marks; empty if it is too long."""
    if len(line) > LONGEST_LABEL:
        return ""
    return _TRAILING.sub("", fold(line))


@cache
def phrases(*names: str) -> frozenset[str]:
    """The phrases of these lists, folded as a line is, so that both sides agree on dots and capitals."""
    return frozenset(label(phrase) for name in names for phrase in _listed(name))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Any phrase of the list as whole words; its "…" is a gap of up to sixty characters."""
    parts = sorted(map(_as_pattern, _listed(name)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def long_fold(paragraph: str) -> str:
    """A paragraph folded whole, for phrases that stand in long ones."""
    return _folded(paragraph)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = plain.replace("’", "'").replace("ʼ", "'").replace("\u0307", "").replace("\u200b", "")
    return " ".join(_LEADING.sub("", plain).split())


def _as_pattern(phrase: str) -> str:
    return _GAP.join(re.escape(_folded(part)) if part.strip() else "" for part in _parts(phrase))


def _parts(phrase: str) -> list[str]:
    return [part.strip() for part in phrase.split("…")]


def _listed(name: str) -> tuple[str, ...]:
    text = _table()[name]
    found = (phrase.strip() for line in text.splitlines() for phrase in line.split("|"))
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


@cache
def _table() -> dict[str, str]:
    return tomllib.loads((files("seeds") / _TABLE).read_text(encoding="utf-8"))

"""How common stems are in English political news, so that weights make sense on the first day of a stream."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_TABLE = "stems.txt"  # language, documents; then one stem and its count a line


@dataclass(frozen=True, slots=True)
class Background:
    """Document frequencies of an outside collection."""

    documents: int
    counts: Mapping[str, int]


NOTHING = Background(0, MappingProxyType({}))


def background(language: str | None) -> Background:
    """What is known of a language before the stream begins; nothing for languages other than English."""
    return _english() if language == "en" else NOTHING


@cache
def _english() -> Background:
    lines = (files("seeds") / _TABLE).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    counts = {stem: int(count) for stem, count in rows}
    return Background(counts.pop("*"), MappingProxyType(counts))

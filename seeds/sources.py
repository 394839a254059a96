"""The feeds that come with the product: addresses, who publishes, and how each one stood."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedSource:
    """One feed of the bundled catalogue. What is not known is None or False, never a guess."""

    name: str
    url: str
    homepage: str
    country: str  # ISO 3166 alpha-2, EU, or INT for institutions of many states
    kind: str  # institution, government, ministry, parliament, agency, paper, broadcaster, ...
    language: str  # ISO 639-1
    official: bool  # a government or an institution speaking for itself
    state_funded: bool = False  # only with dated evidence, which ``funding`` names
    funding: str | None = None
    state: str  # "live 2026-09", "listed", "blocked", ...
    evidence: str | None = None  # year and month in which it was seen so
    note: str | None = None
    enabled: bool  # seen alive in 2026
    full_text: Literal["feed", "page", "headline"] = "feed"  # "page" only where that is allowed


@cache
def sources() -> tuple[SeedSource, ...]:
    """Every feed of the catalogue, in its order; read on first use."""
    text = (files("seeds") / "sources.toml").read_text(encoding="utf-8")
    return tuple(_source(table) for table in tomllib.loads(text)["source"])


def _source(table: Mapping[str, Any]) -> SeedSource:
    return SeedSource(**table)

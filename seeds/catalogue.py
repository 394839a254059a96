"""The countries and people that come with the product, as read from their files."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def countries() -> dict[str, Any]:
    """For each code of a state its table in ``countries.toml``, and under ``lexicon`` what holds for all."""
    return _read("countries.toml")


@cache
def people() -> tuple[dict[str, Any], ...]:
    """One table of ``people.toml`` for each person, in the order of the file."""
    return tuple(_read("people.toml")["person"])


@cache
def cities() -> dict[str, tuple[float, float]]:
    """For each city of ``cities.toml`` its degrees north and east."""
    return {name: (north, east) for name, (north, east) in _read("cities.toml").items()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("seeds").joinpath(name).read_text(encoding="utf-8"))

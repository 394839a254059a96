"""The countries and people that come with the product, as read from their files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class City:
    """A city that gives no time zone its name."""

    zone: str  # IANA
    at: tuple[float, float]  # degrees north and east
    called: Mapping[str, str] = field(default_factory=dict)  # by language
    names: tuple[str, ...] = ()  # other ways to write it


@cache
def countries() -> dict[str, Any]:
    """For each code of a state its table in ``countries.toml``, and under ``lexicon`` what holds for all."""
    return _read("countries.toml")


@cache
def people() -> tuple[dict[str, Any], ...]:
    """One table of ``people.toml`` for each person, in the order of the file."""
    return tuple(_read("people.toml")["person"])


@cache
def cities() -> Mapping[str, City]:
    """The cities of ``cities.toml``, by name: where diplomacy is made."""
    return _cities("cities.toml")


@cache
def large_cities() -> Mapping[str, City]:
    """Those of ``large_cities.toml``, none of which is among the others."""
    return _cities("large_cities.toml")


def _cities(table: str) -> Mapping[str, City]:
    return {name: _city(**row) for name, row in _read(table).items()}


def _city(zone: str, at: list[float], names: str = "", **called: str) -> City:
    return City(zone, (at[0], at[1]), called, tuple(filter(None, names.split(" | "))))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("seeds").joinpath(name).read_text(encoding="utf-8"))

"""The scripts as values."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

from bot.talk.places import city_of
from bot.talk.texts import available, texts

FOLDER = Path(__file__).parent
LOCALES = FOLDER.parents[1] / "bot" / "locales"
Kind = Literal["says", "presses", "expects", "is_ignored", "sends", "happens", "follows"]
SIGNS: dict[str, Kind] = {
    "=": "expects",
    "~": "is_ignored",
    ">": "sends",
    "*": "happens",
    "+": "follows",
}
_KEY = re.compile(r"\{([a-z_]+[.][A-Za-z_/-]+)(?:\|([^}]*))?\}")
_VALUE = re.compile(r"\{[a-z_]+\}")
_TAG = re.compile(r"<[^>]+>")
_WHO = re.compile(r"(bob|anna|eve): ")
_PRIVATE = "private: "


@dataclass(frozen=True, slots=True)
class Step:
    """One line."""

    kind: Kind
    words: str
    who: str = "ada"
    in_private: bool = False


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What is written and pressed in one chat, and what is expected."""

    scene: str  # the name of the file
    name: str
    steps: tuple[Step, ...]


@cache
def dialogues() -> tuple[Dialogue, ...]:
    """All of them, by file."""
    return tuple(found for path in sorted(FOLDER.glob("*.txt")) for found in _read(path))


def typed(words: str, language: str) -> str:
    """What is written, with the bot's own words for what stands in braces."""
    return _KEY.sub(lambda key: _word(key[1], language), words)


def pattern(words: str, language: str) -> re.Pattern[str]:
    """What a text that holds these words looks like."""
    return _pattern(words, language, lambda text: html.unescape(_TAG.sub("", text)))


def label(words: str, language: str) -> re.Pattern[str]:
    """What stands on the button that a script names; a mark before it says that it is switched on."""
    return re.compile("(?:✓ )?" + _pattern(words, language, str).pattern, re.DOTALL)


def _read(path: Path) -> Iterator[Dialogue]:
    for part in path.read_text(encoding="utf-8").split("\n== ")[1:]:
        name, *lines = part.splitlines()
        yield Dialogue(
            path.stem,
            name,
            tuple(_step(one) for one in lines if one.strip() and not one.startswith("#")),
        )


def _step(line: str) -> Step:
    who = _WHO.match(line)
    rest = line[who.end() :] if who else line
    in_private, rest = rest.startswith(_PRIVATE), rest.removeprefix(_PRIVATE)
    name = who[1] if who else "ada"
    if rest.startswith("[") and rest.endswith("]"):
        return Step("presses", rest[1:-1], name, in_private)
    sign, _, words = rest.partition(" ")
    if sign in SIGNS:
        return Step(SIGNS[sign], words, name, in_private)
    return Step("says", rest, name, in_private)


def _pattern(words: str, language: str, plain: Callable[[str], str]) -> re.Pattern[str]:
    found, end = "", 0
    for key in _KEY.finditer(words):
        given = "\0" if key[2] is None else key[2]
        forms = (_VALUE.sub(given, plain(form)) for form in _forms(key[1], language))
        either = "|".join(re.escape(form).replace("\0", ".*?") for form in forms)
        found += f"{re.escape(words[end : key.start()])}(?:{either})"
        end = key.end()
    return re.compile(found + re.escape(words[end:]), re.DOTALL)


def _word(key: str, language: str) -> str:
    return _forms(key, language)[0]


def _forms(key: str, language: str) -> tuple[str, ...]:
    """The text of a key, several where it has plural forms."""
    kind, _, code = key.partition(".")
    if kind == "country":
        return (texts(language).country(code),)
    if kind == "city" and "/" in code:
        return (city_of(code, texts(language)),)
    if kind == "language":
        named = language if code == "self" else _another(language)
        return (texts(language).language_name(named),)
    return _catalogue(language)[key]


def _another(language: str) -> str:
    every = available()
    return every[(every.index(language) + 1) % len(every)]


@cache
def _catalogue(language: str) -> dict[str, tuple[str, ...]]:
    with (LOCALES / f"{language}.po").open("rb") as file:
        read = read_po(file, locale=language)
    found = {}
    for message in read:
        key = message.id if isinstance(message.id, str) else message.id[0]
        given = message.string or ""
        found[key] = (given,) if isinstance(given, str) else tuple(given)
    return found

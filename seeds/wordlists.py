"""The word lists by which the engine and the bot read: by language, each a text under a name.

The head of each file explains its lists, and says whether spaces separate the words of a list, or bars and
line ends.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

TABLES = frozenset(
    f"{name}.toml"
    for name in """
    actions commands courtesies figures hours opinion regions reporting sentences spans spellings standing
    stop_words topic_names
    """.split()
)
_PARTED = re.compile(r" \| |\n")


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one table."""

    languages: Mapping[str, Mapping[str, str]]  # lists by ISO 639-1 and name, in the file's order

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the lists, each once."""
        return tuple(dict.fromkeys(name for lists in self.languages.values() for name in lists))

    def words(self, name: str, language: str | None = None) -> tuple[str, ...]:
        """The words of a list separated by spaces, each once, of one language or of all.

        Empty for a language without the list. Raises ValueError if no language has it.
        """
        found = (word for text in self._texts(name, language) for word in text.split())
        return tuple(dict.fromkeys(found))

    def phrases(self, name: str, language: str | None = None) -> tuple[str, ...]:
        """As ``words``, for a list separated by line ends, and by bars between spaces."""
        parts = (part for text in self._texts(name, language) for part in _PARTED.split(text))
        return tuple(dict.fromkeys(phrase for part in parts if (phrase := part.strip())))

    def _texts(self, name: str, language: str | None) -> Iterator[str]:
        if name not in self.names:
            raise ValueError(f"there is no list of the name “{name}”")
        for code, lists in self.languages.items():
            if name in lists and language in (None, code):
                yield lists[name]


@cache
def word_lists(table: str) -> WordLists:
    """The lists of a file, read on first use. Raises ValueError that names what is no word list."""
    return checked(tomllib.loads((files(__package__) / table).read_text(encoding="utf-8")))


def checked(table: Mapping[str, Any]) -> WordLists:
    """The lists in a parsed table. Raises ValueError for the first that is no text."""
    for language, lists in table.items():
        if not isinstance(lists, Mapping):
            raise ValueError(f"“{language}” stands above the first language")
        for name, text in lists.items():
            if not isinstance(text, str):
                raise ValueError(f"in [{language}], {name} is no text")
    return WordLists(table)

"""Reads the bundled tables (topics, countries, people, words) again while the bot runs."""

import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain

from digest.errors import InputError
from digest.gather.phrases import wordlists
from seeds.wordlists import TABLES, checked

_TALK = tuple(
    f"bot.talk.{name}"
    for name in "hours locations near nearby places small_words spans spelled".split()
)
_KEEPERS = ("seeds", "digest", *_TALK, "bot.commands.names")  # which keep what they have read


def reread() -> int:
    """Have all tables read again on their next use. Returns how many.

    Raises InputError that names a table which cannot be read; then nothing changes.
    """
    count = check(files("seeds"))
    drop_caches()
    return count


def check(root: Traversable) -> int:
    """How many tables a folder has. Raises InputError for the first that is not TOML or has a bad list."""
    count = 0
    for table in _tables(root):
        try:
            read = tomllib.loads(table.read_text(encoding="utf-8"))
            if table.name == wordlists.TABLE:
                wordlists.check(read)
            elif table.name in TABLES:
                checked(read)
        except (OSError, ValueError, InputError) as error:
            raise InputError(
                f"{table.name} cannot be read, so nothing was changed: {error}"
            ) from None
        count += 1
    return count


def drop_caches() -> None:
    """Empty the caches of all functions that read tables, so that each reads again when next called."""
    readers = [module for name, module in tuple(sys.modules.items()) if _keeps(name)]
    for kept in chain.from_iterable(tuple(vars(module).values()) for module in readers):
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()


def _keeps(module: str) -> bool:
    return any(module == keeper or module.startswith(f"{keeper}.") for keeper in _KEEPERS)


def _tables(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _tables(entry)
        elif entry.name.endswith(".toml"):
            yield entry

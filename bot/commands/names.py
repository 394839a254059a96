"""Recognises command names and courtesies in typed text, in every language of the bot.

The words are in ``seeds/commands.toml`` and ``seeds/courtesies.toml``. Case and accents do not count.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from seeds.wordlists import word_lists

from ..talk.places import fold

_WORD = re.compile(r"\w+")
_FEW, _SHORTEST = 3, 4  # most words, and least letters of the first, for a misspelt command
_ALIKE = 0.75  # of 1, as for a command behind a slash
_READ, _MOST = 20, 3  # words of a sentence that are read, and commands found in it
_SMALL = ("within", "from", "and", "article")  # lists of function words
_PHRASES = ("greetings", "asks", "please")  # lists whose entries may hold blanks


def command_called(word: str) -> str | None:
    """The command with this name in any language of the bot; None for any other word.

    The name may hold blanks: "catch up", "¿Por qué?".
    """
    return _by_name().get(fold(word.lstrip("¿/\\# ").rstrip(":")).replace(" ", ""))


def parted(words: str) -> tuple[str, str] | None:
    """The command that ``words`` begin with, by a name of one word or two, and the rest; else None.

    In German the name may be a verb at the end: "Fußball ausblenden".
    """
    each = words.split(maxsplit=2)
    if len(each) > 1 and (ended := _parted_at_end(words)):
        return ended
    for count in range(len(each) - 1, 0, -1):  # "time zone Oslo" before "time"
        if command := command_called(" ".join(each[:count])):
            return command, " ".join(each[count:]).rstrip("?! ")
    return None


def misspelt(words: str) -> tuple[str, ...]:
    """The command, one at most, with a name spelt nearly like the first of up to three words."""
    each = words.split()
    first = fold(each[0].rstrip("!.?")) if each else ""
    if len(each) > _FEW or len(first) < _SHORTEST or first in _by_name() or is_idle(words):
        return ()
    near = get_close_matches(first, tuple(_by_name()), n=1, cutoff=_ALIKE)
    return tuple(_by_name()[name] for name in near if name[0] == first[0])


def without_from(words: str) -> str:
    """The words without a "from" or "by" at their beginning: "from Kennedy"."""
    first, _, rest = words.partition(" ")
    return rest if _is_one_of("from", first) else words


def reads_on(words: str) -> bool:
    """Whether several words hold a function word, and so read like a sentence: "button on talks"."""
    each = words.split()
    return len(each) > 1 and any(map(is_small, each))


def is_small(word: str) -> bool:
    """Whether it is a function word, as "on" and "the"."""
    return _bare(word) in _small()


def is_everywhere(word: str) -> bool:
    """Whether nearly every text holds it: a function word, or "all"."""
    return is_small(word) or means_all(word)


def means_all(words: str) -> bool:
    """Whether somebody says "all"."""
    return _is_one_of("all", words)


def _parted_at_end(words: str) -> tuple[str, str] | None:
    """As ``parted`` for a verb at the end: "Fußball ausblenden"."""
    before, _, verb = words.rstrip("?!. ").rpartition(" ")
    is_short = len(before.split()) < _FEW and not reads_on(before)
    command = command_called(verb) if is_short and _is_one_of("last", verb) else None
    return (command, before) if command else None


def without_please(words: str) -> str:
    """Words without a "please" at either end, unless they say nothing else."""
    bare = _please().sub("", words)
    return bare.strip(" ,") or words if bare != words else words


def agrees(words: str) -> bool:
    """Whether somebody says "ok"."""
    return _is_one_of("agrees", words)


def declines(words: str) -> bool:
    """Whether somebody says "no"."""
    return _is_one_of("declines", words)


def goes_on(words: str) -> bool:
    """Whether somebody says "next"."""
    return _is_one_of("goes_on", words)


def greets(words: str) -> bool:
    """Whether somebody says "hello", "thanks" or the like, and asks for nothing."""
    return _is_one_of("greets", words) or _is_one_of("greetings", words)


def is_idle(words: str) -> bool:
    """Whether they only say "ok", "no thanks", "next", "good morning" or the like."""
    each = [words] if greets(words) else words.replace(",", " ").split()
    return bool(each) and all(
        any(says(one) for says in (agrees, declines, goes_on, greets)) for one in each
    )


def asks(words: str) -> bool:
    """Whether somebody says "what can you do?"."""
    return _is_one_of("asks", words)


def speaks(words: str) -> bool:
    """Whether the words address the bot, as "I" and "you" show; words to search for do not."""
    return any(fold(word) in _courtesies("speaker") for word in _WORD.findall(words)[:_READ])


def leads_to_a_place(word: str) -> bool:
    """Whether it is a preposition of place, as "in" and "to"."""
    return fold(word) in _courtesies("place")


def mentioned(words: str, *, everyday: bool = False) -> tuple[str, ...]:
    """The first three commands that are named within a sentence.

    A name that is common in the news, as "time", counts only if the words address the bot, or with
    ``everyday``.
    """
    counts = everyday or speaks(words)
    each = _WORD.findall(words)[:_READ]
    named = (word for word in each if counts or fold(word) not in _courtesies("everyday"))
    found = map(command_called, named)
    return tuple(dict.fromkeys(one for one in found if one))[:_MOST]


def _is_one_of(name: str, words: str) -> bool:
    return _bare(words) in _courtesies(name)


def _bare(words: str) -> str:
    return fold(words.strip("¿¡ ").rstrip("!.?… "))


@cache
def _small() -> frozenset[str]:
    return frozenset[str]().union(*map(_courtesies, _SMALL))


@cache
def _please() -> re.Pattern[str]:
    said = "|".join(re.escape(one) for one in word_lists("courtesies.toml").phrases("please"))
    return re.compile(rf"^\W*(?:{said})\b[\s,]*|\b(?:{said})\W*$", re.IGNORECASE)


@cache
def _by_name() -> Mapping[str, str]:
    """The commands that have other names, by these and by their own, folded."""
    lists = word_lists("commands.toml")
    return {fold(word): name for name in lists.names for word in (name, *lists.words(name))}


@cache
def _courtesies(name: str) -> frozenset[str]:
    lists = word_lists("courtesies.toml")
    return frozenset(map(fold, lists.phrases(name) if name in _PHRASES else lists.words(name)))

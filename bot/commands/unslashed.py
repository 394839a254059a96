"""A command typed with its words but without a slash: "2", "follow Iran", "pause zwei Wochen".

It is taken for one only if the command understands the words: "follow the money" is searched for, and a
button offers to follow it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from ..talk import spelled
from ..talk.hours import behind_quiet
from ..talk.locations import located
from ..talk.near import is_person
from ..talk.refs import country_or_pair, word
from ..talk.request import Request
from ..talk.spans import days, until
from ..talk.texts import Texts
from ..talk.typed import language, pieces
from . import catchup, pause, schedule, topics
from .names import command_called, is_small, parted, reads_on, without_from

_STORY = re.compile(r"[0-9]{1,2}", re.ASCII)  # a digest has fewer than a hundred
_LONGEST = 100  # characters; a longer text is searched for
# Commands that take a story's number.
_NUMBERED = ("story", "save", "why", "follow", "unfollow", "mute", "unmute")
_PHRASE = 5  # most words of a phrase that a button offers to follow or mute
_OFFERED = ("follow", "mute")
_ABOUT = ("follow", "unfollow", "brief")  # commands about countries
_NAME = 3  # most words of a name, or of a phrase to mute: "mute transfer market"


def unslashed(request: Request, t: Texts) -> tuple[str, Request] | None:
    """The command, and the request with the words behind its name; None for words to search for."""
    if number := _number(request.words):
        return "story", replace(request, words=number)
    if behind_quiet(request.words) and schedule.understands(request.words, t):
        return "schedule", request
    found = parted(request.words)
    if found is None or not found[1] or len(found[1]) > _LONGEST:
        return None
    command, words = found
    if command in _NUMBERED:
        words = _number(words) or words
    if command in _ABOUT:
        words = ", ".join(_bare(one, t) for one in pieces(words))
    takes = _TAKES.get(command)
    if takes is None or not takes(words, t, request.now):
        return None
    return command, replace(request, words=words)


def _number(words: str) -> str:
    """The number of a story: "2", "#2.", "story two"; "" for other words."""
    bare = words.rstrip(".!").removeprefix("#")
    if _STORY.fullmatch(bare):
        return bare
    first, _, rest = words.partition(" ")
    if command_called(first) != "story":
        return ""
    number = spelled.number(rest)
    return _number(rest) if number is None else str(number)


def in_doubt(words: str) -> tuple[str, str] | None:
    """The command to follow or mute, and the one short phrase behind it; None for other words."""
    command, thing = parted(words) or ("", "")
    is_thing = len(pieces(thing)) == 1 and len(thing.split()) <= _PHRASE and word(thing)
    return (command, thing) if command in _OFFERED and is_thing else None


def _bare(piece: str, t: Texts) -> str:
    """The piece; a country without a function word before it: "on Iran"."""
    first, _, rest = piece.partition(" ")
    return rest if is_small(first) and country_or_pair(rest, t) else piece


def _places(words: str, t: Texts, _: datetime) -> bool:
    found = [country_or_pair(piece, t) for piece in pieces(words)]
    return bool(found) and all(found)


def _wishes(words: str, t: Texts, now: datetime) -> bool:
    """Whether each piece can be followed: a country, a pair, a story's number, or a name."""
    found = [
        _places(one, t, now) or _STORY.fullmatch(one) or _is_name(one) for one in pieces(words)
    ]
    return bool(found) and all(found)


def _is_name(words: str) -> bool:
    """Whether they name a known person, or have capitals as names do: "Kaja Kallas"."""
    each = words.split()
    is_written_so = 0 < len(each) <= _NAME and all(one[0].isupper() for one in each)
    return is_person(words) or (is_written_so and not reads_on(words))


def _mutes(words: str, t: Texts, now: datetime) -> bool:
    """Whether each piece is short, and no part of a sentence unless it can be followed."""
    return _are_short(words) and not any(
        reads_on(one) and not _wishes(one, t, now) for one in pieces(words)
    )


def _are_short(words: str, *_: object) -> bool:
    """Whether there is a piece, and none has more than three words."""
    lengths = [len(one.split()) for one in pieces(words)]
    return bool(lengths) and max(lengths) <= _NAME


def _pauses(words: str, t: Texts, now: datetime) -> bool:
    end = until(words, now=now, zone="UTC", most=pause.MOST_DAYS)
    return end is not None


# Whether a command understands the words behind its name; the others are never typed without a slash.
_TAKES: Mapping[str, Callable[[str, Texts, datetime], bool]] = {
    "follow": _wishes,
    "unfollow": _are_short,
    "brief": _places,
    "mute": _mutes,
    "unmute": _are_short,
    "search": lambda words, *_: True,
    "pause": _pauses,
    "catchup": lambda words, *_: days(words, most=catchup.MOST_DAYS) is not None,
    "topics": lambda words, t, _: topics.understands(words, t),
    "schedule": lambda words, t, _: schedule.understands(words, t),
    "timezone": lambda words, t, _: bool(located(words, t)),
    "lang": lambda words, *_: language(words) is not None,
    "story": lambda words, *_: _STORY.fullmatch(words) is not None,
    "save": lambda words, *_: _STORY.fullmatch(words) is not None,
    "why": lambda words, *_: _STORY.fullmatch(words) is not None,
    "quotes": lambda words, *_: _is_name(without_from(words)),
}

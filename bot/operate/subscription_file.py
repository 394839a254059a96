"""Subscriptions as lines of JSON, for a back-up or a move, and back. Pure.

The keys are those of the command line's contract, and "place" where the zone does not say it; who
manages a channel, and where a set-up stands, are not among them.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast, get_args

from digest.errors import InputError
from digest.model.chats import Chat, ChatKind, Schedule, Wish
from digest.read.about.gazetteer import states
from seeds.topics import SLUGS

from ..talk.changes import MAX_HOURS, MOST_SAVED, STOPPED
from ..talk.keyboards import MINUTES
from ..talk.locations import known_place
from ..talk.places import is_zone
from ..talk.refs import is_followed, is_kept
from .jsonl import whole

_LONGEST = 60  # characters of a wrong value that an error shows
CHAT_IDS = range(-(2**63), 2**63)  # what a database can hold
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_Row = Mapping[str, Any]


def line(chat: Chat) -> str:
    """One subscription as a line, without its end; sets are sorted, times ISO 8601 with offset."""
    wish, schedule = chat.wish, chat.schedule
    row: dict[str, object] = {
        "id": chat.id,
        "kind": chat.kind,
        "thread": chat.thread,
        "title": chat.title,
        "topics": sorted(wish.topics),
        "countries": sorted(wish.countries),
        "words": sorted(wish.words),
        "muted": sorted(wish.muted),
        "at": schedule.at,
        "zone": schedule.zone,
        "weekdays": sorted(schedule.weekdays),
        "quiet": schedule.quiet,
        "minutes": wish.minutes,
        "language": chat.language,
        "read": sorted(wish.read),
        "alerts": chat.alerts,
        "follow": sorted(wish.follow),
        "saved": chat.saved,
        "covered_until": chat.covered_until.isoformat() if chat.covered_until else None,
        "active": chat.active,
    }
    if schedule.place:
        row["place"] = schedule.place
    return json.dumps(row, ensure_ascii=False)


def chat_from(text: str) -> Chat:
    """The subscription in a line; a key that is missing or null has the value of a new chat.

    Unknown keys are ignored. Raises InputError that says which value is wrong.
    """
    row = _parsed(text)
    active = _flag(row, "active")
    return Chat(
        id=_number(row, "id"),
        thread=_number(row, "thread", 0),
        kind=cast(ChatKind, _one_of(row, "kind", get_args(ChatKind), "private")),
        title=_text(row, "title", ""),
        wish=_wish(row),
        schedule=_schedule(row),
        language=_text(row, "language", "en"),
        saved=_texts(row, "saved", is_kept)[-MOST_SAVED:],
        alerts=_flag(row, "alerts"),
        active=active,
        pause_reason=None if active else STOPPED,
        covered_until=_instant(row, "covered_until"),
    )


def over(stored: Chat, given: Chat) -> Chat:
    """``given`` in place of ``stored``, keeping what no line holds; the cursor is never set back."""
    cursors = [one.covered_until for one in (stored, given) if one.covered_until]
    same_state = stored.active == given.active
    return replace(
        given,
        owner=stored.owner,
        sound=stored.sound,
        pause_reason=stored.pause_reason if same_state else given.pause_reason,
        paused_until=stored.paused_until if same_state else None,
        covered_until=max(cursors, default=None),
    )


def _wish(row: _Row) -> Wish:
    return Wish(
        topics=frozenset(_texts(row, "topics", SLUGS.__contains__)),
        countries=frozenset(_texts(row, "countries", states().__contains__)),
        words=frozenset(_texts(row, "words", bool)),
        muted=frozenset(_texts(row, "muted", bool)),
        read=frozenset(_texts(row, "read", bool)),
        follow=frozenset(_texts(row, "follow", is_followed)),
        minutes=_one_of(row, "minutes", MINUTES, 3),
    )


def _schedule(row: _Row) -> Schedule:
    zone = _text(row, "zone", "UTC")
    if not is_zone(zone):
        raise InputError(f"zone {_shown(zone)} is no IANA time zone")
    quiet = _texts(row, "quiet", _is_hour)
    if len(quiet) not in (0, 2):
        raise InputError(f"quiet has {len(quiet)} hours, not two")
    if quiet and quiet[0] == quiet[1]:
        raise InputError(f"quiet is {_shown(quiet[0])} twice, which would have no end")
    at = tuple(sorted(set(_texts(row, "at", _is_hour))))
    if len(at) > MAX_HOURS:
        raise InputError(f"at has {len(at)} hours; a chat has {MAX_HOURS} at most")
    place = known_place(_text(row, "place", ""), zone)
    return Schedule(zone, at, _weekdays(row), (quiet[0], quiet[1]) if quiet else None, place)


def _parsed(text: str) -> _Row:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError("it is no JSON") from None
    if not isinstance(row, dict):
        raise InputError("it is no JSON object")
    return row


def _number(row: _Row, key: str, default: int | None = None) -> int:
    value = default if row.get(key) is None else row[key]
    if value is None:
        raise InputError(f"{key} is missing")
    if isinstance(value, bool) or not isinstance(value, int) or value not in CHAT_IDS:
        raise InputError(f"{key} {_shown(value)} is no whole number that a chat can have")
    return value


def _text(row: _Row, key: str, default: str) -> str:
    value = default if row.get(key) is None else row[key]
    if not isinstance(value, str):
        raise InputError(f"{key} {_shown(value)} is no text")
    return _storable(value)


def _flag(row: _Row, key: str) -> bool:
    value = row.get(key)
    if not isinstance(value, bool | None):
        raise InputError(f"{key} {_shown(value)} is neither true nor false")
    return bool(value)


def _one_of(row: _Row, key: str, known: tuple[Any, ...], default: Any) -> Any:
    value = default if row.get(key) is None else row[key]
    if isinstance(value, bool) or value not in known:
        raise InputError(f"{key} {_shown(value)} is none of {', '.join(map(str, known))}")
    return value


def _texts(row: _Row, key: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    values = _list(row, key)
    for value in values:
        if not isinstance(value, str) or not is_known(value):
            raise InputError(f"{key} {_shown(value)} is not known")
    return tuple([_storable(value) for value in values])


def _weekdays(row: _Row) -> frozenset[int]:
    if row.get("weekdays") is None:
        return Schedule().weekdays
    days = _list(row, "weekdays")
    for day in days:
        if isinstance(day, bool) or not isinstance(day, int) or day not in range(7):
            raise InputError(f"weekdays {_shown(day)} is no day from 0, Monday, to 6")
    return frozenset(days)


def _list(row: _Row, key: str) -> list[Any]:
    values = row.get(key)
    if values is None:
        return []
    if not isinstance(values, list):
        raise InputError(f"{key} {_shown(values)} is no list")
    return values


def _instant(row: _Row, key: str) -> datetime | None:
    value = row.get(key)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo else _without_offset(key, value)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{key} {_shown(value)} is no ISO 8601 time") from None


def _without_offset(key: str, value: str) -> datetime:
    raise InputError(f"{key} {_shown(value)} has no offset, as +00:00")


def _storable(text: str) -> str:
    """The text without characters that no database can hold: PostgreSQL takes no NUL."""
    return whole(text).replace("\0", "?")


def _is_hour(value: str) -> bool:
    return _HOUR.fullmatch(value) is not None


def _shown(value: object) -> str:
    """A wrong value as an error message shows it."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."

"""When the digests of a chat are due, by its own wall clock.

A time that the clock skips in spring is due at the first minute after the gap; one that comes twice in
autumn is due the first time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from ..model.chats import Schedule

A_MINUTE = 1_620  # messages: 30 a second, of which 3 are kept for replies
MOST_SPREAD = 20  # minutes
_SECOND = timedelta(seconds=1)
_LOOK_AHEAD = 8  # days: every weekday comes round within them


@dataclass(frozen=True, slots=True)
class Due:
    """One hour of a schedule on one day."""

    local_date: date
    at: str  # HH:MM
    due_at: datetime


def next_due(schedule: Schedule, after: datetime) -> Due | None:
    """The first appointment after ``after``; None if the schedule has no hours."""
    first = after.astimezone(ZoneInfo(schedule.zone)).date() - timedelta(days=1)
    for gap in range(_LOOK_AHEAD + 2):  # no later day has an earlier appointment
        day = _appointments(schedule, first + timedelta(days=gap), 1)
        coming = [due for due in day if due.due_at > after]
        if coming:
            return min(coming, key=lambda due: due.due_at)
    return None


def latest_due(schedule: Schedule, since: datetime, now: datetime) -> Due | None:
    """The newest appointment in [since, now]: of several missed digests only the last is made up for."""
    last = now.astimezone(ZoneInfo(schedule.zone)).date()
    past = (
        due
        for due in _appointments(schedule, last - timedelta(days=_LOOK_AHEAD), _LOOK_AHEAD + 2)
        if since <= due.due_at <= now
    )
    return max(past, key=lambda due: due.due_at, default=None)


def is_quiet(schedule: Schedule, now: datetime) -> bool:
    """Whether ``now`` lies in the quiet hours of a schedule, which may cross midnight."""
    if schedule.quiet is None:
        return False
    start, end = schedule.quiet
    clock = f"{now.astimezone(ZoneInfo(schedule.zone)):%H:%M}"
    return start <= clock < end if start < end else clock >= start or clock < end


def spread(crowd: int) -> timedelta:
    """How long the digests of ``crowd`` chats due at one instant are spread; 0 if a minute is enough."""
    if crowd <= A_MINUTE:
        return timedelta(0)
    return timedelta(minutes=min(MOST_SPREAD, -(-crowd // A_MINUTE)))


def turn(chat: int, thread: int, width: timedelta) -> timedelta:
    """When in [0, width) a chat has its turn: the same every day, and evenly spread over many chats.

    In whole seconds, since thirty messages go out in each.
    """
    key = blake2b(b"%d/%d" % (chat, thread), digest_size=8).digest()
    return timedelta(seconds=int.from_bytes(key) * (width // _SECOND) >> 64)


def instant(day: date, at: str, zone: str) -> datetime:
    """The UTC instant of a local wall clock time."""
    local = datetime.combine(day, time.fromisoformat(at), ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _end_of_gap(local)


def _end_of_gap(local: datetime) -> datetime:
    """The first minute that exists after a local time that the clock skips."""
    moment = local.replace(fold=1).astimezone(UTC)
    offset = moment.astimezone(local.tzinfo).utcoffset()
    while moment.astimezone(local.tzinfo).utcoffset() == offset:
        moment += timedelta(minutes=1)
    return moment


def _appointments(schedule: Schedule, first: date, days: int) -> Iterator[Due]:
    for gap in range(days):
        day = first + timedelta(days=gap)
        if day.weekday() in schedule.weekdays:
            for at in schedule.at:
                yield Due(day, at, instant(day, at, schedule.zone))

"""What follows from one check of a source: pure rules on how it stood before and what it answered."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from ..errors import Overrun, Refused, SourceError, Unreachable
from ..model.gathered import Fetched
from ..model.sources import UNREAD, Notice, NoticeKind, Source, SourceOutcome

INTERVAL = timedelta(minutes=30)  # between two checks of a source that answers
SOON = timedelta(minutes=5)  # until a source that brought more than was taken is asked again
# Answers of 410 after which a source is believed dead.
GONE_TIMES, GONE_OVER = 3, timedelta(hours=48)
MOST_OVERRUNS = 2  # in a row, after which a source is switched off
MOVED_DAYS = 3  # days on which a permanent redirect says the same, before it is followed for good
STALE = timedelta(days=30)  # without a new entry
SILENT = timedelta(days=7)  # without an answer
DOUBTED = timedelta(days=7)  # without an entry of any feed dated later: the clock may be ahead
_SKEW = timedelta(hours=1)  # by which an outlet's clock and ours may differ
_LONGEST_WAIT = timedelta(days=1)  # between two checks of a source that keeps failing
_GONE, _BUSY = 410, (429, 503)

State = Literal["off", "new", "silent", "failing", "stale", "ok"]


def state_of(source: Source, now: datetime) -> State:
    """How the source stands.

    "off": switched off. "new": not fetched yet. "failing": the last check failed; "silent": for 7 days and
    more. "stale": it answers, with nothing new for 30 days. "ok": all else.
    """
    if not source.enabled:
        return "off"
    if is_new(source):
        return "new"
    if source.failures:
        since = source.last_ok_at or source.added_at
        return "silent" if since and now - since >= SILENT else "failing"
    return "stale" if source.newest_at and now - source.newest_at >= STALE else "ok"


def is_new(source: Source) -> bool:
    """Whether it was never fetched."""
    return not source.failures and source.last_ok_at is None


def is_unread(source: Source, now: datetime) -> bool:
    """Whether its present content is unknown: the last check failed, or there was none for hours."""
    since = source.last_ok_at or source.added_at
    return source.failures > 0 or (since is not None and now - since >= UNREAD)


def unread_since(sources: Iterable[Source]) -> datetime | None:
    """When an enabled source last answered, or else when the first was added; None if none is enabled."""
    read = [source for source in sources if source.enabled]
    answered_at = [source.last_ok_at for source in read if source.last_ok_at]
    added_at = [source.added_at for source in read if source.added_at]
    return max(answered_at, default=None) or min(added_at, default=None)


def today_of(sources: Iterable[Source], now: datetime) -> datetime:
    """How late it is, by what is forgotten: now, or the date of the newest entries, where that is earlier.

    So nothing is lost by a clock that is ahead: outlets date their entries by their own. One feed of ten may
    date some ahead, and two of many. Where none dates any, it is now.
    """
    newest = _newest(sources)
    return min(now, newest) if newest else now


def is_behind(sources: Iterable[Source], now: datetime) -> bool:
    """Whether the clock is: feeds have dated entries later than it is."""
    newest = _newest(sources)
    return newest is not None and newest > now + _SKEW


def _newest(sources: Iterable[Source]) -> datetime | None:
    read = [source.newest_at for source in sources if source.enabled and source.newest_at]
    dated = sorted(read, reverse=True)
    return dated[min(len(dated) // 10, 2)] if dated else None


def reason_of(source: Source) -> str:
    """Why its last check failed, to stand beside its name: without its own address, which may be long."""
    return " ".join((source.last_error or "").replace(source.url, "").split())


def failed(source: Source, error: SourceError, now: datetime) -> SourceOutcome:
    """The outcome of a check that failed; a grave answer that has come often enough stops the source."""
    notice = _grave(source, error, now)
    next_check_at = now + wait_after(source.failures + 1, error)
    asked = _asked(error)
    return SourceOutcome(
        source=source.id,
        checked_at=now,
        next_check_at=next_check_at,
        error=str(error),
        notice=notice,
        stops=notice is not None and _is_enough(notice),
        host_rests_until=next_check_at if _asks_for_rest(error) else None,
        promised_until=now + asked if asked else None,
    )


def ends_round(error: SourceError) -> bool:
    """Whether the other sources of its host should be left alone for now, because of that very host."""
    return _asks_for_rest(error) or (isinstance(error, Unreachable) and error.host is None)


def _asks_for_rest(error: SourceError) -> bool:
    return isinstance(error, Refused) and error.status in _BUSY and error.host is None


def answered(
    source: Source,
    fetched: Fetched,
    now: datetime,
    *,
    body_hash: str | None,
    newest_at: datetime | None,
    is_whole: bool = True,
    again: timedelta = SOON,
) -> SourceOutcome:
    """The outcome of a check that went well; a move that was told on three days is followed for good.

    If not all was taken (``is_whole`` is False), the source is asked ``again`` soon, as if it had not been
    seen.
    """
    notice = _again(source, "moved", fetched.moved_to, now) if fetched.moved_to else None
    is_moved = notice is not None and notice.times >= MOVED_DAYS
    return SourceOutcome(
        source=source.id,
        checked_at=now,
        next_check_at=now + (INTERVAL if is_whole else again),
        etag=fetched.etag if is_whole else None,
        last_modified=fetched.last_modified if is_whole else None,
        body_hash=body_hash if is_whole else None,
        notice=None if is_moved else notice,
        url=fetched.moved_to if is_moved else None,
        newest_at=newest_at,
    )


def wait_after(failures: int, error: SourceError) -> timedelta:
    """How long to leave a source alone: as long as it asked, or twice as long after each failure."""
    doubled: timedelta = INTERVAL * 2 ** min(failures, 10)
    return max(_asked(error), min(_LONGEST_WAIT, doubled))


def _asked(error: SourceError) -> timedelta:
    """How long it asked to be left alone, but at most a day."""
    asked = error.retry_after if isinstance(error, Refused) else None
    return min(_LONGEST_WAIT, asked or timedelta(0))


def _grave(source: Source, error: SourceError, now: datetime) -> Notice | None:
    """The notice of a grave answer; after any other failure the notice stays as it was."""
    if isinstance(error, Overrun):
        return _again(source, "overrun", "", now)
    if isinstance(error, Refused) and error.status == _GONE:
        return _again(source, "gone", "", now)
    return source.notice


def _again(source: Source, kind: NoticeKind, target: str, now: datetime) -> Notice:
    old = source.notice
    if old is None or (old.kind, old.target) != (kind, target):
        return Notice(kind, target, 1, now, now)
    is_told = kind == "moved" and old.at.date() == now.date()
    return replace(old, times=old.times + (not is_told), at=now)


def _is_enough(notice: Notice) -> bool:
    if notice.kind == "overrun":
        return notice.times >= MOST_OVERRUNS
    is_long = notice.at - notice.since >= GONE_OVER
    return notice.kind == "gone" and notice.times >= GONE_TIMES and is_long

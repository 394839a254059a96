"""/health, for owners: whether due digests are sent, and whether the feeds answer. Reads only."""

from datetime import datetime, timedelta

from digest.deliver.queueing import unmade_since
from digest.ingest.checked import (
    DOUBTED,
    is_new,
    is_unread,
    reason_of,
    today_of,
    unread_since,
)
from digest.model.sources import UNREAD, Source

from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import Html, Texts, joined, texts

LATE = timedelta(minutes=10)  # a part that waits longer does not only wait for its turn
_SHOWN = 10  # feeds
_NAME, _ERROR = 60, 80  # characters


async def health(request: Request, app: App) -> Reply:
    """How long the oldest due digest has waited, composed or not, warnings, and the failing feeds."""
    t = texts(request.language)
    unsent = await app.ledger.waiting_since()
    unmade = await unmade_since(app.chats, request.now)
    since = min(filter(None, (unsent, unmade)), default=None)
    waiting = _waiting(since, t, now=request.now)
    read = [source for source in await app.sources.all() if source.enabled]
    return say(
        joined(
            [
                t("health.title"),
                waiting,
                *_unread(read, t, request.now),
                *_doubted(read, t, request.now),
                *_feeds(read, t, request.now),
            ]
        )
    )


def _waiting(since: datetime | None, t: Texts, *, now: datetime) -> Html:
    if since is None:
        return t("health.nothing-waits")
    key = "health.late" if now - since > LATE else "health.waits"
    day, time = t.day(since.date()), t.time(since, "UTC")
    return t(key, day=day, time=time, minutes=max(0, (now - since) // timedelta(minutes=1)))


def _unread(read: list[Source], t: Texts, now: datetime) -> list[Html]:
    """A warning that no feed at all has answered for hours; else empty."""
    since = unread_since(read)
    if since is None or now - since < UNREAD:
        return []
    day, time = t.day(since.date()), t.time(since, "UTC")
    return [t("health.unread", day=day, time=time)]


def _doubted(read: list[Source], t: Texts, now: datetime) -> list[Html]:
    """A warning that the clock may be ahead, in which case nothing is deleted by age; else empty."""
    today = today_of(read, now)
    return [t("health.clock", day=t.day(today.date()))] if now - today >= DOUBTED else []


def _feeds(read: list[Source], t: Texts, now: datetime) -> list[Html]:
    if not read:
        return [t("health.no-feeds")]
    failing = sorted((s for s in read if s.failures), key=lambda s: -s.failures)
    waiting = sum(not s.failures and (is_new(s) or is_unread(s, now)) for s in read)
    lines = [t("health.feeds-waiting", n=waiting, all=len(read))] if waiting else []
    if not failing:
        return lines or [t("health.feeds-fine", n=len(read))]
    head = t("health.feeds-failing", failing=len(failing), n=len(read))
    return [*lines, head, *(_line(source, t) for source in failing[:_SHOWN]), t("health.more")]


def _line(source: Source, t: Texts) -> Html:
    name, error = source.outlet.name[:_NAME], reason_of(source)[:_ERROR]
    return t.plural("health.feed", source.failures, id=source.id, name=name, error=error)

"""/feeds and /feed, for owners: the state of all feeds, and the page of one with its switches.

May switch a feed, make a reader's feed public, and choose where the text of articles comes from.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from digest.compose.health import silent
from digest.errors import Conflict
from digest.ingest.checked import State, is_new, reason_of, state_of
from digest.model.messages import Message
from digest.model.sources import FullText, Source
from digest.read.about.actors import flag
from digest.read.about.gazetteer import states

from ..intake import gathering
from ..talk import operator_keyboards
from ..talk.app import App
from ..talk.buttons import OFF, ON, SIGNS, pages_beside
from ..talk.callback import arguments, is_number, number
from ..talk.operator_keyboards import ADOPT
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.texts import Html, Texts, joined, texts
from ..talk.typed import unread

PAGE = 10
_READERS = "👤"  # in place of the country of a feed that a reader added
_TEXTS: Mapping[str, FullText] = {"full": "page", "feed": "feed", "headline": "headline"}
_NAME, _ERROR = 60, 80  # characters
_KEYS: Mapping[State, str] = {
    "off": "feeds.off",
    "new": "feeds.new",
    "silent": "feeds.bad",
    "failing": "feeds.bad",
}
_UNKNOWN = "?"  # in place of a country or kind
_GROUPS = 30  # countries or kinds that are counted in the text, at most


async def feeds(request: Request, app: App) -> Reply:
    """A page of all feeds: failing ones first, then those that answer, then those switched off."""
    t = texts(request.language)
    every = sorted(await _all(app), key=_failing_first)
    offset = number(request.data)
    if offset is None or 0 < offset >= len(every):
        return NOTHING
    shown = every[offset : offset + PAGE]
    before, after = pages_beside(offset, PAGE, end=len(every))
    head = [t("feeds.title", number=offset // PAGE + 1)] if offset else _overview(every, t)
    lines = joined([*head, Html(), *(_line(source, t, request.now) for source in shown)])
    keyboard = operator_keyboards.feeds(t, shown, before, after)
    return Reply(messages=(Message(lines, keyboard),), edits=bool(request.data))


async def feed(request: Request, app: App) -> Reply:
    """The page of one feed, after doing what its button, or the word behind its id, says."""
    t = texts(request.language)
    wanted, state = _asked(request)
    source = await _find(wanted, app)
    if source is not None and state == ADOPT:
        try:
            gathering.refuse_known(source.url, await app.sources.all())
            await app.sources.adopt(source.id)
        except Conflict:
            if request.data:
                return Reply(notice=t.label("feed.public-already"), alert=True)
            return say(t("feed.public-already"))
    elif source is not None and state in (ON, OFF):
        await app.sources.enable(source.url, enabled=state == ON, owner=source.owner)
    elif source is not None and state in _TEXTS:
        await app.sources.take_text(source.id, _TEXTS[state])
    source = await _find(wanted, app)
    if source is None and is_number(wanted):
        return say(t("feed.none", number=wanted))
    if source is None:
        return say(unread(request.words, t("feeds.how"), t))
    strange = "" if state in (ADOPT, *SIGNS, *_TEXTS) else state
    text = unread(strange, _page(source, t, request.now), t)
    return say(text, operator_keyboards.feed(t, source), edits=bool(request.data))


def _asked(request: Request) -> tuple[str, str]:
    """The id of a feed, and what the button or the word behind the id says; "" where there is none."""
    said = arguments(request.data) or tuple(request.words.casefold().split())
    wanted, state, *_ = (*said, "", "")
    return wanted, state


async def _all(app: App) -> tuple[Source, ...]:
    """The public feeds, then those that readers added for themselves."""
    return (*await app.sources.all(), *await app.sources.own())


async def _find(wanted: str, app: App) -> Source | None:
    return next((source for source in await _all(app) if str(source.id) == wanted), None)


def _failing_first(source: Source) -> tuple[bool, int]:
    return not source.enabled, -source.failures


def _overview(every: Sequence[Source], t: Texts) -> list[Html]:
    """How many public feeds are read and fail, by country and by kind, and which groups fail whole."""
    public = [source for source in every if source.owner is None]
    read = [source for source in public if source.enabled]
    failing = [source for source in read if source.failures]
    off = len(public) - len(read)
    new = [source for source in read if is_new(source)]
    groupings = (("feeds.countries", _country), ("feeds.kinds", _kind))
    lines = [t("feeds.read", n=len(read), failing=len(failing), off=off)]
    lines += [t("feeds.not-yet", n=len(new))] if new else []
    for key, side in groupings:
        counted = Counter(map(side, read))
        down = Counter(map(side, (*failing, *new)))
        lines += [t(key, counts=_counts(counted, down))] if counted else []
        known = ((side(one), one.failures > 0) for one in read if side(one) != _UNKNOWN)
        lines += [t("feeds.silent", side=one, n=counted[one]) for one in silent(known)[:_GROUPS]]
    return lines


def _counts(counted: Counter[str], down: Counter[str]) -> str:
    """As "🇬🇧 10/12 · 🇫🇷 7/7": how many of each group answer, the largest group first."""
    shown = counted.most_common(_GROUPS)
    more = " · …" if len(counted) > _GROUPS else ""
    return " · ".join(f"{side} {count - down[side]}/{count}" for side, count in shown) + more


def _country(source: Source) -> str:
    code = source.outlet.country or _UNKNOWN
    return flag(code) if code in states() else code


def _kind(source: Source) -> str:
    return source.outlet.kind or _UNKNOWN


def _line(source: Source, t: Texts, now: datetime) -> Html:
    key = _KEYS.get(state_of(source, now), "feeds.ok")
    error = reason_of(source)[:_ERROR]
    name = source.outlet.name[:_NAME]
    side = _country(source) if source.owner is None else _READERS
    return t(key, id=source.id, name=name, side=side, error=error)


def _page(source: Source, t: Texts, now: datetime) -> Html:
    lines = [
        t("feed.title", id=source.id, name=source.outlet.name[:_NAME], side=_country(source)),
        t("feed.address", url=source.url[:500], kind=_kind(source)),
        t("feed.is-on" if source.enabled else "feed.is-off"),
        *((t("feed.own"),) if source.owner is not None else ()),
        t(f"feed-text.{source.full_text}"),
        t("feed.text-how", id=source.id),
        t("feed.last-ok", at=_moment(source.last_ok_at, t)),
        t("feed.next", at=_moment(source.next_check_at, t)),
    ]
    if source.newest_at is not None and state_of(source, now) == "stale":
        lines.append(t("feed.stale", at=_moment(source.newest_at, t)))
    if source.moved_from is not None:
        lines.append(t("feed.moved", url=source.moved_from[:500]))
    if source.failures:
        error = (source.last_error or "")[:500]
        lines.append(t.plural("feed.failures", source.failures, error=error))
    return joined(lines)


def _moment(instant: datetime | None, t: Texts) -> str:
    if instant is None:
        return t.label("feed.never")
    return t.label("feed.moment", day=t.day(instant.date()), time=t.time(instant, "UTC"))

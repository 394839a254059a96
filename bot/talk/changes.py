"""Changes to a subscription, each a function from Chat to Chat that may be applied again.

A chat that is being set up is not active, and its ``pause_reason`` says at which step it stands:
so typed words are understood after a restart, and nothing is pushed before consent.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from digest.compose.view import hour_of
from digest.model.chats import Chat, Schedule, Wish

Edit = Callable[[Chat], Chat]
Step = Literal["topics", "when", "where"]

STEPS: tuple[Step, ...] = ("topics", "when", "where")
STOPPED = "stopped"  # by the reader
BANNED = "banned"  # by an operator
REMOVED = "removed"  # blocked, kicked, left
MAX_HOURS = 8  # digests a day
MOST_LISTED = 40  # followed or muted: each has a button, of which Telegram takes 100
MOST_SAVED = 200
EVERY_DAY = frozenset(range(7))
MONDAY_TO_FRIDAY = frozenset(range(5))
WEEKEND = EVERY_DAY - MONDAY_TO_FRIDAY

_SETTING_UP = "setting up: "
_PLACE_FIRST = _SETTING_UP + "where, then when"
_OLDEST_START = timedelta(days=1)  # a chat that comes back is not flooded with what it missed


def step_of(chat: Chat) -> Step | None:
    """The step at which a chat that is being set up stands; None once it is set up."""
    reason = chat.pause_reason or ""
    if reason == _PLACE_FIRST:
        return "where"
    return next((step for step in STEPS if reason == _SETTING_UP + step), None)


def lacks_hour(chat: Chat) -> bool:
    """Whether the place was asked for before the hour, which is the next step then."""
    return chat.pause_reason == _PLACE_FIRST


def opening(step: Step) -> Edit:
    """Go to the step whose page is asked for; a place asked for before the hour is not the last one."""

    def edit(chat: Chat) -> Chat:
        if step == "where" and step_of(chat) in ("topics", "when") and not chat.schedule.at:
            return replace(chat, pause_reason=_PLACE_FIRST)
        return chat if step_of(chat) == step else at_step(step)(chat)

    return edit


def at_step(step: Step) -> Edit:
    """Go to a step of the set-up; a chat that is set up already stays so."""

    def edit(chat: Chat) -> Chat:
        return replace(chat, pause_reason=_SETTING_UP + step) if step_of(chat) else chat

    return edit


def newly(chat: Chat, *, now: datetime) -> Chat:
    """A chat at the first step of its set-up, that starts from this hour."""
    reason = _SETTING_UP + STEPS[0]
    return replace(chat, active=False, pause_reason=reason, covered_until=hour_of(now))


def started(now: datetime) -> Edit:
    """Push from now on: a new chat from this hour, one that comes back from that of a day ago at most."""

    def edit(chat: Chat) -> Chat:
        if chat.active:
            return _woken(chat, now) if rests(chat, now) else chat
        since = hour_of(now) if step_of(chat) else _since(chat, now)
        return replace(chat, active=True, pause_reason=None, covered_until=since)

    return edit


def rests(chat: Chat, now: datetime) -> bool:
    """Whether a pause lasts that ends by itself."""
    return chat.active and chat.paused_until is not None and now < chat.paused_until


def resting(until: datetime, *, now: datetime) -> Edit:
    """Push nothing before an instant, and go on then, also where it was stopped; no set-up is skipped."""

    def edit(chat: Chat) -> Chat:
        if step_of(chat):
            return chat
        return replace(chat if chat.active else started(now)(chat), paused_until=until)

    return edit


def stopped(chat: Chat) -> Chat:
    """Push nothing until it is started again; all settings stay, and a set-up stays at its step."""
    if step_of(chat):
        return chat
    return replace(chat, active=False, pause_reason=STOPPED, paused_until=None)


def comes_back(chat: Chat) -> bool:
    """Whether a chat was paused because it could not be reached, and goes on once it can be."""
    is_unreached = chat.pause_reason not in (None, STOPPED, BANNED) and step_of(chat) is None
    return not chat.active and is_unreached


def titled(title: str) -> Edit:
    """Call a group or channel as it is called now."""
    return lambda chat: replace(chat, title=title)


def with_topic(slug: str, *, wanted: bool) -> Edit:
    """Want a topic, or no longer."""
    return _wish(lambda wish: replace(wish, topics=_changed(wish.topics, (slug,), wanted)))


def with_countries(codes: Iterable[str], *, wanted: bool) -> Edit:
    """Want countries, or no longer."""
    kept = tuple(codes)
    return _wish(lambda wish: replace(wish, countries=_changed(wish.countries, kept, wanted)))


def with_everything(chat: Chat) -> Chat:
    """Want all topics and countries."""
    return _wish(lambda wish: replace(wish, topics=frozenset(), countries=frozenset()))(chat)


def following(refs: Iterable[str], *, wanted: bool) -> Edit:
    """Follow countries, pairs and stories, or no longer; what exceeds the list is left out."""
    kept = tuple(refs)
    return _wish(lambda wish: replace(wish, follow=_listed(wish.follow, kept, wanted)))


def following_nothing(chat: Chat) -> Chat:
    """Follow no country, pair, story or word any more."""
    return _wish(lambda wish: replace(wish, follow=frozenset(), words=frozenset()))(chat)


def with_words(words: Iterable[str], *, wanted: bool) -> Edit:
    """Want stories that hold words, or no longer."""
    kept = tuple(words)
    return _wish(lambda wish: replace(wish, words=_listed(wish.words, kept, wanted)))


def muting(words: Iterable[str], *, wanted: bool) -> Edit:
    """Leave out stories that hold words, or no longer."""
    kept = tuple(words)
    return _wish(lambda wish: replace(wish, muted=_listed(wish.muted, kept, wanted)))


def keeping(ref: str, *, wanted: bool) -> Edit:
    """Keep a story or an article as the newest, or no longer; of too many the oldest goes."""

    def edit(chat: Chat) -> Chat:
        others = tuple(one for one in chat.saved if one != ref)
        saved = (*others, ref) if wanted else others
        return replace(chat, saved=saved[-MOST_SAVED:])

    return edit


def managed_by(user: int) -> Edit:
    """Be managed in private by a person."""
    return lambda chat: replace(chat, owner=user)


def reading(language: str, *, wanted: bool) -> Edit:
    """Read articles in a language, or no longer."""
    return _wish(lambda wish: replace(wish, read=_changed(wish.read, (language,), wanted)))


def lasting(minutes: int) -> Edit:
    """Read for so many minutes a digest."""
    return _wish(lambda wish: replace(wish, minutes=minutes))


def at_hours(hours: Iterable[str]) -> Edit:
    """Have digests at exactly these hours."""
    at = tuple(sorted(frozenset(hours)))[:MAX_HOURS]
    return _schedule(lambda schedule: replace(schedule, at=at))


def with_hour(hour: str, *, wanted: bool) -> Edit:
    """Have a digest at an hour, or no longer."""

    def edit(schedule: Schedule) -> Schedule:
        at = tuple(sorted(_changed(frozenset(schedule.at), (hour,), wanted)))
        return replace(schedule, at=at) if len(at) <= MAX_HOURS else schedule

    return _schedule(edit)


def on_weekdays(weekdays: Iterable[int]) -> Edit:
    """Have digests on these days; Monday is 0."""
    days = frozenset(weekdays)
    return _schedule(lambda schedule: replace(schedule, weekdays=days))


def quiet_between(hours: tuple[str, str] | None) -> Edit:
    """Make no sound between two hours; with None at any."""
    return _schedule(lambda schedule: replace(schedule, quiet=hours))


def in_zone(zone: str, place: str = "") -> Edit:
    """Live by the clocks of an IANA zone, in a place that may have another name."""
    return _schedule(lambda schedule: replace(schedule, zone=zone, place=place))


def alerted(wanted: bool) -> Edit:
    """Hear of some stories at once, or no longer."""
    return lambda chat: replace(chat, alerts=wanted)


def sounding(wanted: bool) -> Edit:
    """Make a sound with each post in a channel, or no longer."""
    return lambda chat: replace(chat, sound=wanted)


def speaking(language: str) -> Edit:
    """Be spoken to in a language."""
    return lambda chat: replace(chat, language=language)


def in_order(*edits: Edit) -> Edit:
    """Several changes as one."""

    def edit(chat: Chat) -> Chat:
        for one in edits:
            chat = one(chat)
        return chat

    return edit


def _wish(change: Callable[[Wish], Wish]) -> Edit:
    return lambda chat: replace(chat, wish=change(chat.wish))


def _schedule(change: Callable[[Schedule], Schedule]) -> Edit:
    return lambda chat: replace(chat, schedule=change(chat.schedule))


def _woken(chat: Chat, now: datetime) -> Chat:
    return replace(chat, paused_until=None, covered_until=_since(chat, now))


def _since(chat: Chat, now: datetime) -> datetime:
    """From when on a chat that comes back is told; what it has had exactly stays so."""
    return max(chat.covered_until or hour_of(now), hour_of(now - _OLDEST_START))


def _listed(held: frozenset[str], items: Iterable[str], wanted: bool) -> frozenset[str]:
    changed = _changed(held, items, wanted)
    return changed if len(changed) <= max(MOST_LISTED, len(held)) else held


def _changed(held: frozenset[str], items: Iterable[str], wanted: bool) -> frozenset[str]:
    return held | frozenset(items) if wanted else held - frozenset(items)

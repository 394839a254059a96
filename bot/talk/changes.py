"""Changes to a subscription, each a pure function from Chat to Chat that may be applied again.

A chat that is being set up is not active, and its ``pause_reason`` says at which step it is. So typed words
are understood after a restart, and no digest is sent before the reader has agreed.
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
    """The step at which the set-up of a chat is; None once it is set up."""
    reason = chat.pause_reason or ""
    if reason == _PLACE_FIRST:
        return "where"
    return next((step for step in STEPS if reason == _SETTING_UP + step), None)


def lacks_hour(chat: Chat) -> bool:
    """Whether the place is asked for before the hour, which is then the next step."""
    return chat.pause_reason == _PLACE_FIRST


def opening(step: Step) -> Edit:
    """Go to the step whose page is opened. If that is the place and no hour is set, the hour comes next."""

    def edit(chat: Chat) -> Chat:
        if step == "where" and step_of(chat) in ("topics", "when") and not chat.schedule.at:
            return replace(chat, pause_reason=_PLACE_FIRST)
        return chat if step_of(chat) == step else at_step(step)(chat)

    return edit


def at_step(step: Step) -> Edit:
    """Go to a step of the set-up; a chat that is set up already does not change."""

    def edit(chat: Chat) -> Chat:
        return replace(chat, pause_reason=_SETTING_UP + step) if step_of(chat) else chat

    return edit


def newly(chat: Chat, *, now: datetime) -> Chat:
    """A chat at the first step of its set-up, with news from this hour on."""
    reason = _SETTING_UP + STEPS[0]
    return replace(chat, active=False, pause_reason=reason, covered_until=hour_of(now))


def started(now: datetime) -> Edit:
    """Send digests from now on: to a new chat with news from this hour on, else from where it stopped.

    At most a day of missed news is made up for.
    """

    def edit(chat: Chat) -> Chat:
        if chat.active:
            return _resumed(chat, now) if rests(chat, now) else chat
        since = hour_of(now) if step_of(chat) else _missed_since(chat, now)
        return replace(chat, active=True, pause_reason=None, covered_until=since)

    return edit


def rests(chat: Chat, now: datetime) -> bool:
    """Whether the chat is in a pause that ends by itself."""
    return chat.active and chat.paused_until is not None and now < chat.paused_until


def resting(until: datetime, *, now: datetime) -> Edit:
    """Send nothing before an instant, and go on then, even if the chat was stopped.

    A chat that is being set up does not change.
    """

    def edit(chat: Chat) -> Chat:
        if step_of(chat):
            return chat
        return replace(chat if chat.active else started(now)(chat), paused_until=until)

    return edit


def stopped(chat: Chat) -> Chat:
    """Send nothing until it is started again. All settings stay, and a set-up stays at its step."""
    if step_of(chat):
        return chat
    return replace(chat, active=False, pause_reason=STOPPED, paused_until=None)


def comes_back(chat: Chat) -> bool:
    """Whether the chat was paused because it could not be reached, and goes on once it can be."""
    is_unreached = chat.pause_reason not in (None, STOPPED, BANNED) and step_of(chat) is None
    return not chat.active and is_unreached


def titled(title: str) -> Edit:
    """Set the title of a group or channel."""
    return lambda chat: replace(chat, title=title)


def with_topic(slug: str, *, wanted: bool) -> Edit:
    """Add a topic to the wish, or remove it."""
    return _on_wish(lambda wish: replace(wish, topics=_changed(wish.topics, (slug,), wanted)))


def with_countries(codes: Iterable[str], *, wanted: bool) -> Edit:
    """Add countries to the wish, or remove them."""
    kept = tuple(codes)
    return _on_wish(lambda wish: replace(wish, countries=_changed(wish.countries, kept, wanted)))


def with_everything(chat: Chat) -> Chat:
    """Want all topics and countries."""
    return _on_wish(lambda wish: replace(wish, topics=frozenset(), countries=frozenset()))(chat)


def following(refs: Iterable[str], *, wanted: bool) -> Edit:
    """Follow countries, pairs and stories, or no longer; nothing changes if that would be more than 40."""
    kept = tuple(refs)
    return _on_wish(lambda wish: replace(wish, follow=_listed(wish.follow, kept, wanted)))


def following_nothing(chat: Chat) -> Chat:
    """Follow no country, pair, story or word any more."""
    return _on_wish(lambda wish: replace(wish, follow=frozenset(), words=frozenset()))(chat)


def with_words(words: Iterable[str], *, wanted: bool) -> Edit:
    """Follow stories that contain words, or no longer; nothing changes if that would be more than 40."""
    kept = tuple(words)
    return _on_wish(lambda wish: replace(wish, words=_listed(wish.words, kept, wanted)))


def muting(words: Iterable[str], *, wanted: bool) -> Edit:
    """Mute stories that contain words, or no longer; nothing changes if that would be more than 40."""
    kept = tuple(words)
    return _on_wish(lambda wish: replace(wish, muted=_listed(wish.muted, kept, wanted)))


def keeping(ref: str, *, wanted: bool) -> Edit:
    """Save a story or an article as the newest one, or remove it; beyond 200 the oldest goes."""

    def edit(chat: Chat) -> Chat:
        others = tuple(one for one in chat.saved if one != ref)
        saved = (*others, ref) if wanted else others
        return replace(chat, saved=saved[-MOST_SAVED:])

    return edit


def managed_by(user: int) -> Edit:
    """Set who manages the chat from a private chat."""
    return lambda chat: replace(chat, owner=user)


def reading(language: str, *, wanted: bool) -> Edit:
    """Add a language of articles, or remove it."""
    return _on_wish(lambda wish: replace(wish, read=_changed(wish.read, (language,), wanted)))


def lasting(minutes: int) -> Edit:
    """Set how many minutes a digest takes to read."""
    return _on_wish(lambda wish: replace(wish, minutes=minutes))


def at_hours(hours: Iterable[str]) -> Edit:
    """Send digests at exactly these hours, of which the first eight count."""
    at = tuple(sorted(frozenset(hours)))[:MAX_HOURS]
    return _on_schedule(lambda schedule: replace(schedule, at=at))


def with_hour(hour: str, *, wanted: bool) -> Edit:
    """Add an hour for digests, or remove it; a ninth is not added."""

    def edit(schedule: Schedule) -> Schedule:
        at = tuple(sorted(_changed(frozenset(schedule.at), (hour,), wanted)))
        return replace(schedule, at=at) if len(at) <= MAX_HOURS else schedule

    return _on_schedule(edit)


def on_weekdays(weekdays: Iterable[int]) -> Edit:
    """Send digests on these weekdays; Monday is 0."""
    days = frozenset(weekdays)
    return _on_schedule(lambda schedule: replace(schedule, weekdays=days))


def quiet_between(hours: tuple[str, str] | None) -> Edit:
    """Set the quiet hours; None for no quiet hours."""
    return _on_schedule(lambda schedule: replace(schedule, quiet=hours))


def in_zone(zone: str, place: str = "") -> Edit:
    """Set the timezone (IANA), and the name of the place if the timezone is named after another."""
    return _on_schedule(lambda schedule: replace(schedule, zone=zone, place=place))


def alerted(wanted: bool) -> Edit:
    """Switch alerts on or off."""
    return lambda chat: replace(chat, alerts=wanted)


def sounding(wanted: bool) -> Edit:
    """Switch the sound of posts in a channel on or off."""
    return lambda chat: replace(chat, sound=wanted)


def speaking(language: str) -> Edit:
    """Set the language that the bot speaks."""
    return lambda chat: replace(chat, language=language)


def in_order(*edits: Edit) -> Edit:
    """Several changes as one."""

    def edit(chat: Chat) -> Chat:
        for one in edits:
            chat = one(chat)
        return chat

    return edit


def _on_wish(change: Callable[[Wish], Wish]) -> Edit:
    return lambda chat: replace(chat, wish=change(chat.wish))


def _on_schedule(change: Callable[[Schedule], Schedule]) -> Edit:
    return lambda chat: replace(chat, schedule=change(chat.schedule))


def _resumed(chat: Chat, now: datetime) -> Chat:
    return replace(chat, paused_until=None, covered_until=_missed_since(chat, now))


def _missed_since(chat: Chat, now: datetime) -> datetime:
    """From when a chat that comes back is told the news: where it stopped, but at most a day ago."""
    return max(chat.covered_until or hour_of(now), hour_of(now - _OLDEST_START))


def _listed(held: frozenset[str], items: Iterable[str], wanted: bool) -> frozenset[str]:
    changed = _changed(held, items, wanted)
    return changed if len(changed) <= max(MOST_LISTED, len(held)) else held


def _changed(held: frozenset[str], items: Iterable[str], wanted: bool) -> frozenset[str]:
    return held | frozenset(items) if wanted else held - frozenset(items)

"""/schedule: when a chat has its digests, by buttons or as "/schedule 07:30 18:00 mon-fri".

Changes the chat's schedule: hours, weekdays, quiet hours.
"""

import re
from collections.abc import Sequence

from digest.model.chats import Chat, Schedule
from digest.model.messages import Message

from ..talk import hours, keyboards, spelled
from ..talk.app import App
from ..talk.buttons import OFF, ON, SIGNS
from ..talk.callback import arguments
from ..talk.changes import (
    MAX_HOURS,
    Edit,
    at_hours,
    at_step,
    in_order,
    on_weekdays,
    quiet_between,
    started,
    step_of,
    with_hour,
)
from ..talk.places import fold
from ..talk.request import NOTHING, Reply, Request
from ..talk.subscriptions import change, opened
from ..talk.texts import Texts, joined, texts_of
from ..talk.typed import echoed, unread
from . import timezone
from .confirmation import done, hours_page, takes_commands

_CLOCK = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])", re.ASCII)
_HOUR = re.compile(r"[01][0-9]|2[0-3]", re.ASCII)
_GLUED = re.compile(r"([01]?[0-9]|2[0-3]) ?([0-5][0-9])", re.ASCII)
_DAYS = re.compile(r"[0-6]{1,7}", re.ASCII)


async def schedule(request: Request, app: App) -> Reply:
    """Do what was pressed or typed, then show the page of hours and days."""
    chat = await opened("when", request, app)
    if request.words:
        return await by_words(request, app, chat)
    match arguments(request.data):
        case ():
            return Reply(messages=(await hours_page(chat, request, app),), edits=bool(request.data))
        case ("hours",):
            return _grid(chat)
        case ("hour", hour) if _HOUR.fullmatch(hour):
            return _quarters(chat, hour)
        case ("days", days) if _DAYS.fullmatch(days):
            return await _days(request, app, chat, frozenset(map(int, days)))
        case ("quiet", *pressed):
            return await _quiet(request, app, chat, pressed)
        case (sign, clock) if (found := _CLOCK.fullmatch(clock)) and sign in SIGNS:
            return await _pressed(request, app, chat, f"{found[1]}:{found[2]}", sign == ON)
    return NOTHING


async def by_words(request: Request, app: App, chat: Chat) -> Reply:
    """Store typed hours, days or quiet hours, and show the page; in a set-up, hours lead to the next step."""
    t = texts_of(chat)
    quiet_words = hours.behind_quiet(request.words)
    if quiet_words is not None and (between := hours.quiet(quiet_words)):
        return await _changed(request, app, chat, quiet_between(between), moves_on=False)
    if quiet_words is not None and _is_off(quiet_words, t):
        return await _changed(request, app, chat, quiet_between(None), moves_on=False)
    if quiet_words is not None:
        note = unread(request.words, t("typing.quiet-command"), t)
        return Reply(messages=(await hours_page(chat, request, app, note),))
    found = answer(request.words)
    if found is None:
        note = t("schedule.unknown", words=echoed(request.words))
        return Reply(messages=(await hours_page(chat, request, app, note),))
    at, days = found
    if len(at) > MAX_HOURS:
        note = t("schedule.full", limit=MAX_HOURS)
        return Reply(messages=(await hours_page(chat, request, app, note),))
    edits = [at_hours(at)] if at else []
    edits += [on_weekdays(days)] if days else []
    return await _changed(request, app, chat, in_order(*edits), moves_on=bool(at))


def hours_in(words: str) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Hours and weekdays as ``hours.when`` reads them, and "8" as an hour too; None for other words."""
    hour = _HOUR.fullmatch(words.strip().zfill(2))
    return hours.when(f"{hour[0]}:00" if hour else words)


def answer(words: str) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """As ``hours_in`` where only an hour can be meant, so that "seven" and "730" are hours too."""
    if glued := _GLUED.fullmatch(words.strip()):
        return hours_in(f"{glued[1]}:{glued[2]}")
    number = spelled.number(words)
    return hours_in(words if number is None else str(number))


def understands(words: str, t: Texts) -> bool:
    """Whether the words are hours, days or quiet hours."""
    quiet_words = hours.behind_quiet(words)
    if quiet_words is None:
        return hours_in(words) is not None
    return hours.quiet(quiet_words) is not None or _is_off(quiet_words, t)


def _is_off(words: str, t: Texts) -> bool:
    return hours.is_off(words) or fold(words) == fold(t.label("quiet.none"))


def _grid(chat: Chat) -> Reply:
    t = texts_of(chat)
    return Reply(
        messages=(Message(t("schedule.which-hour"), keyboards.hours(chat, t)),), edits=True
    )


def _quarters(chat: Chat, hour: str) -> Reply:
    t = texts_of(chat)
    message = Message(t("schedule.which-minute", hour=hour), keyboards.minutes_of(chat, t, hour))
    return Reply(messages=(message,), edits=True)


async def _days(request: Request, app: App, chat: Chat, days: frozenset[int]) -> Reply:
    return await _changed(request, app, chat, on_weekdays(days), moves_on=False)


async def _quiet(request: Request, app: App, chat: Chat, pressed: Sequence[str]) -> Reply:
    """Store the quiet hours that were pressed, if any, then show their page."""
    hours = tuple(f"{one[1]}:{one[2]}" for one in map(_CLOCK.fullmatch, pressed) if one)
    if len(hours) == 2 and hours[0] != hours[1]:
        chat = await change(app, chat, quiet_between((hours[0], hours[1])), now=request.now)
    elif list(pressed) == [OFF]:
        chat = await change(app, chat, quiet_between(None), now=request.now)
    t = texts_of(chat)
    is_typed = takes_commands(chat, from_afar=request.is_from_afar)
    how = [t("typing.quiet-command")] if is_typed else []
    text = joined([t("schedule.quiet"), *how])
    return Reply(messages=(Message(text, keyboards.quiet(chat, t)),), edits=True)


async def _pressed(request: Request, app: App, chat: Chat, hour: str, wanted: bool) -> Reply:
    """While a chat is set up one tap chooses the hour and goes on; later it is a switch."""
    is_setting_up = step_of(chat) is not None
    if wanted and not is_setting_up and len({*chat.schedule.at, hour}) > MAX_HOURS:
        full = texts_of(chat).label("schedule.full", limit=MAX_HOURS)
        return Reply(notice=full, alert=True)
    edit = at_hours((hour,)) if is_setting_up else with_hour(hour, wanted=wanted)
    return await _changed(request, app, chat, edit, moves_on=is_setting_up)


async def _changed(request: Request, app: App, chat: Chat, edit: Edit, *, moves_on: bool) -> Reply:
    goes_on = moves_on and step_of(chat) is not None
    is_last = goes_on and chat.schedule.zone != Schedule().zone  # the place was named before
    onwards = started(request.now) if is_last else at_step("where")
    chat = await change(app, chat, in_order(edit, onwards) if goes_on else edit, now=request.now)
    if is_last:
        message = await done(chat, app, now=request.now)
    elif goes_on:
        message = timezone.page(chat, request)
    else:
        message = await hours_page(chat, request, app)
    return Reply(messages=(message,), edits=bool(request.data))

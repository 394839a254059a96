"""Inline keyboards of a subscription, except for topics and countries (``topic_keyboards``). Pure."""

from collections.abc import Sequence
from datetime import datetime

from digest.model.chats import Chat
from digest.model.messages import Button, Keyboard

from . import callback, labels
from .buttons import (
    OFF,
    ON,
    back,
    back_and_close,
    close,
    one_line,
    onwards,
    page_turns,
    pages_beside,
    press,
    rows,
    switch,
    ticked,
)
from .changes import EVERY_DAY, MONDAY_TO_FRIDAY, lacks_hour, rests, step_of
from .locations import Location, argument, located, place_name
from .places import CITIES, button_city
from .texts import READ, Texts, available

HOURS = ("07:00", "07:30", "08:00", "18:00")
MINUTES = (1, 3, 5)
QUIET = (("21:00", "06:00"), ("22:00", "07:00"), ("23:00", "07:00"), ("23:00", "08:00"))
SPANS = (1, 3, 7, 14)  # days to catch up on
MOST_MANAGED = 40  # channels and groups with a button; Telegram takes 100 buttons
ZONE_BUTTONS = 12


def schedule(chat: Chat, t: Texts) -> Keyboard:
    """Hours as switches, the days, quiet hours, and a button for any other hour."""
    hours = tuple(sorted({*HOURS, *chat.schedule.at}))
    return (
        *rows((_hour(chat, hour) for hour in hours), 4),
        (press(chat, t.label("button.other-hour"), "schedule", "hours"),),
        tuple(_days(chat, days, t) for days in _offered_days(chat)),
        *(() if step_of(chat) else ((press(chat, labels.quiet(chat, t), "schedule", "quiet"),),)),
        onwards(chat, t, "where"),
    )


def quiet(chat: Chat, t: Texts) -> Keyboard:
    """Quiet hours to choose from, and none."""
    chosen = chat.schedule.quiet
    offered = QUIET if chosen is None or chosen in QUIET else (*QUIET, chosen)
    buttons = (
        press(
            chat,
            ticked("–".join(span), is_on=span == chosen),
            "schedule",
            "quiet",
            *map(_bare, span),
        )
        for span in offered
    )
    none = press(
        chat, ticked(t.label("quiet.none"), is_on=chosen is None), "schedule", "quiet", OFF
    )
    return (*rows(buttons, 2), (none,), back(chat, t, "schedule"))


def hours(chat: Chat, t: Texts) -> Keyboard:
    """The 24 hours of the day."""
    buttons = (press(chat, f"{hour:02}", "schedule", "hour", f"{hour:02}") for hour in range(24))
    return (*rows(buttons, 6), back(chat, t, "schedule"))


def minutes_of(chat: Chat, t: Texts, hour: str) -> Keyboard:
    """The quarters of one hour."""
    times = (f"{hour}:{minute:02}" for minute in range(0, 60, 15))
    return (tuple(_hour(chat, time) for time in times), back(chat, t, "schedule", "hours"))


def places(chat: Chat, t: Texts) -> Keyboard:
    """Cities whose timezone can be chosen, and a button for places elsewhere."""
    buttons = (
        press(chat, button_city(city, zone, t), "timezone", "is", argument(located(city, t)[0]))
        for city, zone in CITIES
    )
    elsewhere = press(chat, t.label("button.elsewhere"), "timezone", "regions")
    step = "when" if lacks_hour(chat) else "done"
    return (*rows(buttons, 4), (elsewhere,), onwards(chat, t, step))


def locations(chat: Chat, t: Texts, found: Sequence[Location], width: int) -> Keyboard:
    """The places that may be meant, each name once, in rows of ``width``."""
    named = {place_name(one.zone, one.place, t): one for one in found[:ZONE_BUTTONS]}
    buttons = (press(chat, name, "timezone", "is", argument(one)) for name, one in named.items())
    return rows(buttons, width)


def here(chat: Chat, t: Texts, location: Location) -> Button:
    """A button that asks whether the time of a place that was named is right."""
    label = f"📍 {place_name(location.zone, location.place, t)}"
    return press(chat, label, "timezone", "is", argument(location))


def confirm_zone(chat: Chat, t: Texts, location: Location) -> Keyboard:
    """Yes, or another place."""
    yes = press(chat, t.label("button.right"), "timezone", "set", argument(location))
    return ((yes, press(chat, t.label("button.other-place"), "timezone")),)


def done(chat: Chat, t: Texts) -> Keyboard:
    """What to do once a chat is set up."""
    return (
        (press(chat, t.label("button.preview"), "digest", "preview"),),
        (press(chat, t.label("button.settings"), "settings"),),
    )


def settings(
    chat: Chat,
    t: Texts,
    managed: Sequence[Chat],
    *,
    now: datetime,
    link: str | None = None,
    from_afar: bool = False,
) -> Keyboard:
    """One button for each setting, with its value, then the chats that the person manages.

    ``link`` leads from a group to its settings in private; ``from_afar`` says that it is managed there.
    """
    language = press(chat, f"🗣 {t.language_name(chat.language)}", "settings", "language")
    return (
        (press(chat, labels.topics(chat, t), "topics"),),
        (press(chat, labels.hours(chat, t), "schedule"),),
        (press(chat, labels.zone(chat, t, now), "timezone"),),
        (
            press(chat, labels.minutes(chat.wish.minutes, t), "settings", "minutes"),
            press(chat, labels.read(chat, t), "settings", "read"),
        ),
        (
            press(chat, labels.followed(chat, t), "follow"),
            press(chat, t.label("setting.muted", value=len(chat.wish.muted)), "mute"),
        ),
        *(((language,),) if len(available()) > 1 else ()),
        (_sound(chat, t) if chat.kind == "channel" else _alerts(chat, t),),
        (_pause(chat, t, now),),
        *(_managed(one) for one in managed[:MOST_MANAGED]),
        *(((Button(t.label("button.in-private"), url=link),),) if link else ()),
        (
            _back_to_own(t) if from_afar else press(chat, t.label("button.back"), "help"),
            close(chat, t),
        ),
    )


def _back_to_own(t: Texts) -> Button:
    """Back from a channel or group that is managed here to one's own settings."""
    return Button(t.label("button.back"), data=callback.pack("settings", target=callback.HERE))


def minutes(chat: Chat, t: Texts) -> Keyboard:
    """The minutes that a digest may take to read."""
    buttons = (
        press(
            chat,
            ticked(labels.minutes(n, t), is_on=n == chat.wish.minutes),
            "settings",
            "minutes",
            n,
        )
        for n in MINUTES
    )
    return (tuple(buttons), back_and_close(chat, t))


def read(chat: Chat, t: Texts) -> Keyboard:
    """The languages of articles, each a switch."""
    return (*rows((_read(chat, code, t) for code in READ), 3), back_and_close(chat, t))


def alerts(chat: Chat, t: Texts) -> Keyboard:
    """On or off."""
    return _on_or_off(chat, t, chat.alerts, "alerts")


def sound(chat: Chat, t: Texts) -> Keyboard:
    """On or off."""
    return _on_or_off(chat, t, chat.sound, "sound")


def _on_or_off(chat: Chat, t: Texts, is_on: bool, setting: str) -> Keyboard:
    on = press(chat, ticked(t.label("switch.on"), is_on=is_on), "settings", ON, setting)
    off = press(chat, ticked(t.label("switch.off"), is_on=not is_on), "settings", OFF, setting)
    return ((on, off), back_and_close(chat, t))


def languages(chat: Chat, t: Texts) -> Keyboard:
    """The languages the bot speaks."""
    buttons = (
        press(
            chat,
            ticked(t.language_name(code), is_on=code == chat.language),
            "settings",
            "language",
            code,
        )
        for code in available()
    )
    return (*rows(buttons, 3), back_and_close(chat, t))


def spans(chat: Chat, t: Texts) -> Keyboard:
    """How many days to catch up on."""
    return (tuple(press(chat, t.label("button.days", count=n), "catchup", f"{n}d") for n in SPANS),)


def saved(
    chat: Chat, t: Texts, numbered: Sequence[tuple[int, str]], offset: int, page: int
) -> Keyboard:
    """A ✕ button for each number, and the pages before and after."""
    buttons = (press(chat, f"✕ {n}", "saved", OFF, ref, offset) for n, ref in numbered)
    before, after = pages_beside(offset, page, end=len(chat.saved))
    return (tuple(buttons), *page_turns(chat, t, "saved", before, after))


def stopped(chat: Chat, t: Texts) -> Keyboard:
    """What to do with a paused chat."""
    fewer = press(chat, t.label("button.other-hour-instead"), "schedule")
    return (
        (press(chat, t.label("button.resume"), "start", "resume"),),
        *(() if step_of(chat) else ((fewer,),)),
        (press(chat, t.label("button.delete"), "deletemydata"), close(chat, t)),
    )


def confirm_deletion(chat: Chat, t: Texts, action: str) -> Keyboard:
    """Delete, or keep."""
    yes = press(chat, t.label("button.delete-really"), action, "yes")
    return ((yes,), (press(chat, t.label("button.keep"), "close"),))


def _hour(chat: Chat, hour: str) -> Button:
    return switch(chat, hour, "schedule", _bare(hour), is_on=hour in chat.schedule.at)


def _bare(hour: str) -> str:
    """An hour in callback data: 0730."""
    return hour.replace(":", "")


def _alerts(chat: Chat, t: Texts) -> Button:
    label = t.label("setting.alerts", value=labels.switched(chat.alerts, t))
    return press(chat, label, "settings", "alerts")


def _sound(chat: Chat, t: Texts) -> Button:
    label = t.label("setting.sound", value=labels.switched(chat.sound, t))
    return press(chat, label, "settings", "sound")


def _offered_days(chat: Chat) -> tuple[frozenset[int], ...]:
    """Daily, Monday to Friday, and the days that are chosen."""
    return tuple(dict.fromkeys((EVERY_DAY, MONDAY_TO_FRIDAY, chat.schedule.weekdays)))


def _days(chat: Chat, days: frozenset[int], t: Texts) -> Button:
    digits = "".join(map(str, sorted(days)))
    label = ticked(labels.day_names(days, t), is_on=chat.schedule.weekdays == days)
    return press(chat, label, "schedule", "days", digits)


def _read(chat: Chat, code: str, t: Texts) -> Button:
    wanted = code in chat.wish.read
    return switch(chat, t.language_name(code), "settings", "read", code, is_on=wanted)


def _pause(chat: Chat, t: Texts, now: datetime) -> Button:
    if chat.active and not rests(chat, now):
        return press(chat, t.label("button.pause"), "stop")
    return press(chat, t.label("button.resume"), "start", "resume")


def _managed(chat: Chat) -> tuple[Button, ...]:
    data = callback.pack("settings", target=chat.id, thread=chat.thread)
    return (Button(one_line(labels.managed(chat)), data=data),)

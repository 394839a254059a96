"""Every keyboard, as a pure function of the chat it is for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from digest.model import Button, Chat, Keyboard
from digest.read.actors import flag
from seeds.topics import SLUGS

from . import callback
from .changes import EVERY_DAY, MONDAY_TO_FRIDAY, rests, step_of
from .markup import harmless
from .places import CITIES, REGIONS, button_city, city_of, countries_of, fold
from .texts import Texts, available

HOURS = ("07:00", "07:30", "08:00", "18:00")
MINUTES = (1, 3, 5)
LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "ru", "uk", "tr", "ar", "fa", "zh")  # of articles
QUIET = (("21:00", "06:00"), ("22:00", "07:00"), ("23:00", "07:00"), ("23:00", "08:00"))
SPANS = (1, 3, 7, 14)  # days to catch up on
COUNTRY_BUTTONS = 15
MOST_MANAGED = 40  # channels and groups with a button; Telegram takes 100 buttons
ZONE_BUTTONS = 12
LABEL = 64  # characters; a telephone shows some 40 of them

_FAR = 1000  # an offset that is as long as any

ON, OFF = SIGNS = ("+", "-")


def press(chat: Chat, label: str, action: str, *arguments: str | int) -> Button:
    """A button of ours; for a channel it carries the channel's id, since it is pressed in private."""
    target = chat.id if chat.kind == "channel" else None
    return Button(shown(label), data=callback.pack(action, *arguments, target=target))


def shown(label: str) -> str:
    """A label on one line, as a button can have it; a name of nothing visible is still pressed."""
    return " ".join(harmless(label).split())[:LABEL] or "…"


def rows(buttons: Iterable[Button], width: int) -> Keyboard:
    """Buttons in rows of ``width``, the last one shorter."""
    every = tuple(buttons)
    return tuple(every[start : start + width] for start in range(0, len(every), width))


def topics(chat: Chat, t: Texts) -> Keyboard:
    """Topics, regions and the countries chosen one by one, each a switch."""
    return (
        *rows((_topic(chat, slug, t) for slug in SLUGS), 2),
        *rows((_region(chat, region, t) for region in REGIONS), 2),
        *rows((_country(chat, code, t) for code in single_countries(chat)[:COUNTRY_BUTTONS]), 3),
        (press(chat, t.label("button.countries"), "topics", "regions"), *_clear(chat, t)),
        _onwards(chat, t, "when"),
    )


def regions(chat: Chat, t: Texts, action: str) -> Keyboard:
    """The regions, each of which opens the page of its countries."""
    buttons = (
        press(chat, t.label(f"region.{region}"), action, "countries", region) for region in REGIONS
    )
    return (*rows(buttons, 2), _back(chat, t, action))


def switched_countries(chat: Chat, t: Texts, region: str) -> Keyboard:
    """The countries of a region, each a switch."""
    wanted = chat.wish.countries
    buttons = (
        _switch(chat, label, code in wanted, "topics", "in", region, code)
        for code, label in _named_countries(region, t)
    )
    return (*rows(buttons, 3), _back(chat, t, "topics", "regions"))


def countries_to_live_in(chat: Chat, t: Texts, region: str) -> Keyboard:
    """The countries of a region, each of which leads to its clock."""
    buttons = (
        press(chat, label, "timezone", "country", code)
        for code, label in _named_countries(region, t)
    )
    return (*rows(buttons, 3), _back(chat, t, "timezone", "regions"))


def single_countries(chat: Chat) -> tuple[str, ...]:
    """The wanted countries that no wholly wanted region covers."""
    regions = (countries_of(region) for region in REGIONS)
    covered = frozenset[str]().union(*(r for r in regions if r <= chat.wish.countries))
    return tuple(sorted(chat.wish.countries - covered))


def whole_regions(chat: Chat) -> tuple[str, ...]:
    """The regions all of whose countries are wanted."""
    return tuple(region for region in REGIONS if countries_of(region) <= chat.wish.countries)


def schedule(chat: Chat, t: Texts) -> Keyboard:
    """Hours as switches, the days, and the way to any other hour."""
    hours = tuple(sorted({*HOURS, *chat.schedule.at}))
    return (
        *rows((_hour(chat, hour) for hour in hours), 4),
        (press(chat, t.label("button.other-hour"), "schedule", "hours"),),
        (
            _days(chat, t.label("button.every-day"), EVERY_DAY),
            _days(chat, t.label("button.mon-fri"), MONDAY_TO_FRIDAY),
        ),
        *(() if step_of(chat) else ((press(chat, _quiet_label(chat, t), "schedule", "quiet"),),)),
        _onwards(chat, t, "where"),
    )


def quiet(chat: Chat, t: Texts) -> Keyboard:
    """Hours in which digests make no sound, and none."""
    chosen = chat.schedule.quiet
    offered = QUIET if chosen is None or chosen in QUIET else (*QUIET, chosen)
    buttons = (
        press(chat, _marked("–".join(span), span == chosen), "schedule", "quiet", *map(_bare, span))
        for span in offered
    )
    none = press(chat, _marked(t.label("quiet.none"), chosen is None), "schedule", "quiet", OFF)
    return (*rows(buttons, 2), (none,), _back(chat, t, "schedule"))


def hours(chat: Chat, t: Texts) -> Keyboard:
    """The 24 hours of the day."""
    buttons = (press(chat, f"{hour:02}", "schedule", "hour", f"{hour:02}") for hour in range(24))
    return (*rows(buttons, 6), _back(chat, t, "schedule"))


def minutes_of(chat: Chat, t: Texts, hour: str) -> Keyboard:
    """The quarters of one hour."""
    times = (f"{hour}:{minute:02}" for minute in range(0, 60, 15))
    return (tuple(_hour(chat, time) for time in times), _back(chat, t, "schedule", "hours"))


def places(chat: Chat, t: Texts) -> Keyboard:
    """Cities to live by."""
    buttons = (
        press(chat, button_city(city, zone, t), "timezone", "is", zone) for city, zone in CITIES
    )
    elsewhere = press(chat, t.label("button.elsewhere"), "timezone", "regions")
    return (*rows(buttons, 4), (elsewhere,), _onwards(chat, t, "done"))


def zones(chat: Chat, t: Texts, found: Sequence[str]) -> Keyboard:
    """The zones that a word may mean."""
    offered = found[:ZONE_BUTTONS]
    buttons = (press(chat, city_of(zone, t), "timezone", "is", zone) for zone in offered)
    return (*rows(buttons, 3), _back(chat, t, "timezone"))


def confirm_zone(chat: Chat, t: Texts, zone: str) -> Keyboard:
    """Yes, or another place."""
    yes = press(chat, t.label("button.right"), "timezone", "set", zone)
    return ((yes, press(chat, t.label("button.other-place"), "timezone")),)


def done(chat: Chat, t: Texts) -> Keyboard:
    """What to do once a chat is set up."""
    return (
        (press(chat, t.label("button.preview"), "digest", "preview"),),
        (press(chat, t.label("button.settings"), "settings"),),
    )


def settings(
    chat: Chat, t: Texts, managed: Sequence[Chat], *, now: datetime, link: str | None = None
) -> Keyboard:
    """One button for each setting, with its value; behind them the chats that a person manages.

    ``link`` leads from a group to its settings in private.
    """
    language = press(chat, f"🗣 {t.language_name(chat.language)}", "settings", "language")
    return (
        (press(chat, _topics_label(chat, t), "topics"),),
        (press(chat, _hours_label(chat, t), "schedule"),),
        (press(chat, _zone_label(chat, t, now), "timezone"),),
        (
            press(chat, _minutes_label(chat.wish.minutes, t), "settings", "minutes"),
            press(chat, _read_label(chat, t), "settings", "read"),
        ),
        (
            press(chat, _followed_label(chat, t), "follow"),
            press(chat, t.label("setting.muted", value=len(chat.wish.muted)), "mute"),
        ),
        *(((language,),) if len(available()) > 1 else ()),
        (_sound(chat, t) if chat.kind == "channel" else _alerts(chat, t),),
        (_pause(chat, t, now),),
        *(_managed(one) for one in managed[:MOST_MANAGED]),
        *(((Button(t.label("button.in-private"), url=link),),) if link else ()),
        (press(chat, t.label("button.back"), "help"), _close(chat, t)),
    )


def minutes(chat: Chat, t: Texts) -> Keyboard:
    """The reading budgets."""
    buttons = (
        press(chat, _marked(_minutes_label(n, t), n == chat.wish.minutes), "settings", "minutes", n)
        for n in MINUTES
    )
    return (tuple(buttons), _back_and_close(chat, t))


def read(chat: Chat, t: Texts) -> Keyboard:
    """The languages of articles, each a switch."""
    return (*rows((_read(chat, code, t) for code in LANGUAGES), 3), _back_and_close(chat, t))


def alerts(chat: Chat, t: Texts) -> Keyboard:
    """On or off."""
    return _on_or_off(chat, t, chat.alerts, "alerts")


def sound(chat: Chat, t: Texts) -> Keyboard:
    """On or off."""
    return _on_or_off(chat, t, chat.sound, "sound")


def _on_or_off(chat: Chat, t: Texts, is_on: bool, setting: str) -> Keyboard:
    on = press(chat, _marked(t.label("switch.on"), is_on), "settings", ON, setting)
    off = press(chat, _marked(t.label("switch.off"), not is_on), "settings", OFF, setting)
    return ((on, off), _back_and_close(chat, t))


def languages(chat: Chat, t: Texts) -> Keyboard:
    """The languages the bot speaks."""
    buttons = (
        press(
            chat,
            _marked(t.language_name(code), code == chat.language),
            "settings",
            "language",
            code,
        )
        for code in available()
    )
    return (*rows(buttons, 3), _back_and_close(chat, t))


def pages(
    chat: Chat, t: Texts, action: str, before: int | None, after: int | None, tail: str = ""
) -> Keyboard:
    """‹ and › where there is a page before or after; without ``tail`` where no button could carry it."""
    ends = ((t.label("button.before"), before), (t.label("button.after"), after))
    rest = (tail,) if tail and callback.fits(action, _FAR, tail) else ()
    row = tuple(
        press(chat, label, action, offset, *rest) for label, offset in ends if offset is not None
    )
    return (row,) if row else ()


def listed(chat: Chat, t: Texts, action: str, items: Sequence[tuple[str, str]]) -> Keyboard:
    """A ✕ button for each (argument, label), and the way back to the settings."""
    buttons = (press(chat, f"✕ {label}", action, OFF, argument) for argument, label in items)
    return (*rows(buttons, 1), _back_and_close(chat, t))


def spans(chat: Chat, t: Texts) -> Keyboard:
    """How many days to catch up on."""
    return (tuple(press(chat, t.label("button.days", count=n), "catchup", f"{n}d") for n in SPANS),)


def saved(
    chat: Chat, t: Texts, numbered: Sequence[tuple[int, str]], offset: int, page: int
) -> Keyboard:
    """A ✕ button for each number, and the pages before and after."""
    buttons = (press(chat, f"✕ {n}", "saved", OFF, ref, offset) for n, ref in numbered)
    before = offset - page if offset >= page else None
    after = offset + page if offset + page < len(chat.saved) else None
    return (tuple(buttons), *pages(chat, t, "saved", before, after))


def stopped(chat: Chat, t: Texts) -> Keyboard:
    """What to do with a paused chat."""
    fewer = press(chat, t.label("button.other-hour-instead"), "schedule")
    return (
        (press(chat, t.label("button.resume"), "start", "resume"),),
        *(() if step_of(chat) else ((fewer,),)),
        (press(chat, t.label("button.delete"), "deletemydata"), _close(chat, t)),
    )


def confirm_deletion(chat: Chat, t: Texts, action: str) -> Keyboard:
    """Really, or not."""
    yes = press(chat, t.label("button.delete-really"), action, "yes")
    return ((yes,), (press(chat, t.label("button.keep"), "close"),))


def one_button(chat: Chat, label: str, action: str, *arguments: str | int) -> Keyboard:
    """A keyboard of a single button."""
    return ((press(chat, label, action, *arguments),),)


def _topic(chat: Chat, slug: str, t: Texts) -> Button:
    wanted = slug in chat.wish.topics
    return _switch(chat, t.label(f"topic.{slug}"), wanted, "topics", slug)


def _region(chat: Chat, region: str, t: Texts) -> Button:
    wanted = countries_of(region) <= chat.wish.countries
    return _switch(chat, f"🌍 {t.label(f'region.{region}')}", wanted, "topics", "region", region)


def _country(chat: Chat, code: str, t: Texts) -> Button:
    return _switch(chat, _country_label(code, t), True, "topics", "country", code)


def _named_countries(region: str, t: Texts) -> tuple[tuple[str, str], ...]:
    codes = sorted(countries_of(region), key=lambda code: fold(t.country(code)))
    return tuple((code, _country_label(code, t)) for code in codes)


def _country_label(code: str, t: Texts) -> str:
    return f"{flag(code)} {t.country(code)}"


def _clear(chat: Chat, t: Texts) -> tuple[Button, ...]:
    if not (chat.wish.topics or chat.wish.countries):
        return ()
    return (press(chat, t.label("button.everything"), "topics", "all"),)


def _hour(chat: Chat, hour: str) -> Button:
    return _switch(chat, hour, hour in chat.schedule.at, "schedule", _bare(hour))


def _bare(hour: str) -> str:
    """An hour as a button carries it: 0730."""
    return hour.replace(":", "")


def _quiet_label(chat: Chat, t: Texts) -> str:
    hours = chat.schedule.quiet
    return t.label("setting.quiet", value="–".join(hours) if hours else t.label("quiet.none"))


def _alerts(chat: Chat, t: Texts) -> Button:
    label = t.label("setting.alerts", value=_switched(chat.alerts, t))
    return press(chat, label, "settings", "alerts")


def _sound(chat: Chat, t: Texts) -> Button:
    label = t.label("setting.sound", value=_switched(chat.sound, t))
    return press(chat, label, "settings", "sound")


def _switched(is_on: bool, t: Texts) -> str:
    return t.label("switch.on" if is_on else "switch.off")


def _followed_label(chat: Chat, t: Texts) -> str:
    return t.label("setting.followed", value=len(chat.wish.follow) + len(chat.wish.words))


def _days(chat: Chat, label: str, days: frozenset[int]) -> Button:
    digits = "".join(map(str, sorted(days)))
    return press(chat, _marked(label, chat.schedule.weekdays == days), "schedule", "days", digits)


def _read(chat: Chat, code: str, t: Texts) -> Button:
    wanted = code in chat.wish.read
    return _switch(chat, t.language_name(code), wanted, "settings", "read", code)


def _switch(chat: Chat, label: str, is_on: bool, action: str, *arguments: str) -> Button:
    """A switch says what it will do, so that pressing an old one twice does it once."""
    return press(chat, _marked(label, is_on), action, OFF if is_on else ON, *arguments)


def _marked(label: str, is_on: bool) -> str:
    return f"✓ {label}" if is_on else label


def _onwards(chat: Chat, t: Texts, step: str) -> tuple[Button, ...]:
    """The last row: to the next step while the chat is set up, else back to the settings."""
    if step_of(chat) is None:
        return _back_and_close(chat, t)
    has_chosen = bool(chat.wish.topics or chat.wish.countries) if step == "when" else False
    label = t.label("button.next") if has_chosen else t.label("button.skip")
    return (press(chat, label, "start", step),)


def _back(chat: Chat, t: Texts, action: str, *arguments: str) -> tuple[Button, ...]:
    """The last row: no set-up is closed halfway, since nothing would lead back to it."""
    back = press(chat, t.label("button.back"), action, *arguments)
    return (back,) if step_of(chat) else (back, _close(chat, t))


def _back_and_close(chat: Chat, t: Texts) -> tuple[Button, ...]:
    return _back(chat, t, "settings")


def _close(chat: Chat, t: Texts) -> Button:
    return press(chat, t.label("button.close"), "close")


def _pause(chat: Chat, t: Texts, now: datetime) -> Button:
    if chat.active and not rests(chat, now):
        return press(chat, t.label("button.pause"), "stop")
    return press(chat, t.label("button.resume"), "start", "resume")


def _managed(chat: Chat) -> tuple[Button, ...]:
    sign = "📢" if chat.kind == "channel" else "👥"
    topic = f" · {chat.thread}" if chat.thread else ""
    data = callback.pack("settings", target=chat.id, thread=chat.thread)
    return (Button(shown(f"{sign} {chat.title or chat.id}{topic}"), data=data),)


def _topics_label(chat: Chat, t: Texts) -> str:
    return t.label("setting.topics", value=chosen(chat, t))


def chosen(chat: Chat, t: Texts) -> str:
    """What a chat wants, in a few words."""
    topics = [t.label(f"topic.{slug}") for slug in SLUGS if slug in chat.wish.topics]
    regions = [t.label(f"region.{region}") for region in whole_regions(chat)]
    single = [t.country(code) for code in single_countries(chat)]
    named = topics + regions + single
    if not named:
        return t.label("chosen.everything")
    more = f" +{len(named) - 3}" if len(named) > 3 else ""
    return ", ".join(named[:3]) + more


def _hours_label(chat: Chat, t: Texts) -> str:
    return t.label("setting.hours", value=rhythm(chat, t))


def rhythm(chat: Chat, t: Texts) -> str:
    """When a chat has its digests, as "07:30, 18:00 · Mon–Fri"."""
    if not chat.schedule.at:
        return t.label("rhythm.never-channel" if chat.kind == "channel" else "rhythm.never")
    return f"{', '.join(chat.schedule.at)} · {_days_label(chat.schedule.weekdays, t)}"


def _days_label(days: frozenset[int], t: Texts) -> str:
    if days == EVERY_DAY:
        return t.label("button.every-day")
    if days == MONDAY_TO_FRIDAY:
        return t.label("button.mon-fri")
    return " ".join(t.weekday(day) for day in sorted(days))


def _zone_label(chat: Chat, t: Texts, now: datetime) -> str:
    zone = chat.schedule.zone
    return t.label("setting.zone", value=f"{city_of(zone, t)} · {t.time(now, zone)}")


def _minutes_label(count: int, t: Texts) -> str:
    return t.label("setting.minutes", value=count)


def _read_label(chat: Chat, t: Texts) -> str:
    names = ", ".join(t.language_name(code) for code in sorted(chat.wish.read))
    return t.label("setting.read", value=names or t.label("read.all"))

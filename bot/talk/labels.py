"""The settings of a chat in a few words, for a button or a line. Pure."""

from datetime import datetime

from digest.model.chats import Chat
from digest.read.about.actors import flag
from seeds.topics import SLUGS

from .changes import EVERY_DAY, MONDAY_TO_FRIDAY
from .locations import place_name
from .places import REGIONS, countries_of
from .texts import Texts


def single_countries(chat: Chat) -> tuple[str, ...]:
    """The wanted countries outside regions that are wanted as a whole, sorted by code."""
    regions = (countries_of(region) for region in REGIONS)
    covered = frozenset[str]().union(*(r for r in regions if r <= chat.wish.countries))
    return tuple(sorted(chat.wish.countries - covered))


def whole_regions(chat: Chat) -> tuple[str, ...]:
    """The regions all of whose countries are wanted."""
    return tuple(region for region in REGIONS if countries_of(region) <= chat.wish.countries)


def country(code: str, t: Texts) -> str:
    """A country with its flag."""
    return f"{flag(code)} {t.country(code)}"


def topics(chat: Chat, t: Texts) -> str:
    """The label of the setting for topics, regions and countries."""
    return t.label("setting.topics", value=chosen(chat, t))


def chosen(chat: Chat, t: Texts) -> str:
    """What a chat wants: the first three topics, regions or countries, and how many more."""
    topics = [t.label(f"topic.{slug}") for slug in SLUGS if slug in chat.wish.topics]
    regions = [t.label(f"region.{region}") for region in whole_regions(chat)]
    single = [t.country(code) for code in single_countries(chat)]
    named = topics + regions + single
    if not named:
        return t.label("chosen.everything")
    more = f" +{len(named) - 3}" if len(named) > 3 else ""
    return ", ".join(named[:3]) + more


def hours(chat: Chat, t: Texts) -> str:
    """The label of the setting for hours and days."""
    return t.label("setting.hours", value=rhythm(chat, t))


def rhythm(chat: Chat, t: Texts) -> str:
    """When a chat has its digests, as "07:30, 18:00 · Mon–Fri"."""
    if not chat.schedule.at:
        return t.label("rhythm.never-channel" if chat.kind == "channel" else "rhythm.never")
    return f"{', '.join(chat.schedule.at)} · {day_names(chat.schedule.weekdays, t)}"


def day_names(chosen: frozenset[int], t: Texts) -> str:
    """Days of the week, as "Mon–Fri" or "Mon Wed"."""
    if chosen == EVERY_DAY:
        return t.label("button.every-day")
    if chosen == MONDAY_TO_FRIDAY:
        return t.label("button.mon-fri")
    return " ".join(t.weekday(day) for day in sorted(chosen))


def zone(chat: Chat, t: Texts, now: datetime) -> str:
    """The label of the setting for the timezone: place and local time."""
    zone = chat.schedule.zone
    place = place_name(zone, chat.schedule.place, t)
    return t.label("setting.zone", value=f"{place} · {t.time(now, zone)}")


def quiet(chat: Chat, t: Texts) -> str:
    """The label of the setting for quiet hours."""
    hours = chat.schedule.quiet
    return t.label("setting.quiet", value="–".join(hours) if hours else t.label("quiet.none"))


def minutes(count: int, t: Texts) -> str:
    """The label of the setting for the minutes that a digest takes to read."""
    return t.label("setting.minutes", value=count)


def read(chat: Chat, t: Texts) -> str:
    """The label of the setting for the languages of articles."""
    names = ", ".join(t.language_name(code) for code in sorted(chat.wish.read))
    return t.label("setting.read", value=names or t.label("read.all"))


def followed(chat: Chat, t: Texts) -> str:
    """The label of the setting for what is followed: how many."""
    return t.label("setting.followed", value=len(chat.wish.follow) + len(chat.wish.words))


def switched(is_on: bool, t: Texts) -> str:
    """On or off."""
    return t.label("switch.on" if is_on else "switch.off")


def managed(chat: Chat) -> str:
    """A channel or group that is managed in private, with the number of its forum topic."""
    sign = "📢" if chat.kind == "channel" else "👥"
    topic = f" · {chat.thread}" if chat.thread else ""
    return f"{sign} {chat.title or chat.id}{topic}"

"""Instants, zones, topics and countries as an operator types them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from digest.errors import InputError
from digest.read.about.actors import country_code
from digest.read.about.topics import topic_names, topic_slug

from ..talk.places import is_zone

_YEARS = range(1900, 2200)  # outside them a time is a slip of the keyboard


def instant(words: str, zone: str) -> datetime:
    """The UTC instant of an ISO 8601 date or time; without an offset it is one of ``zone``.

    A date is its midnight.
    """
    try:
        if len(words) == len("2026-02-10"):
            found = datetime.combine(date.fromisoformat(words), time())
        else:
            found = datetime.fromisoformat(words)
    except ValueError:
        raise InputError(
            f"{words!r} is no time; write it as 2026-02-10T12:00Z or 2026-02-10"
        ) from None
    if found.year not in _YEARS:
        raise InputError(f"{words!r} is no time of a digest; see its year")
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def checked_zone(name: str) -> str:
    """``name``, if it is an IANA time zone."""
    if not is_zone(name):
        raise InputError(f"{name!r} is no time zone; write it as Europe/Zurich")
    return name


def checked_topics(words: str) -> frozenset[str]:
    """Slugs of topics from a list separated by commas. Raises InputError for an unknown one."""
    return frozenset(_topic(word) for word in _listed(words))


def checked_countries(words: str) -> frozenset[str]:
    """Codes of countries from a list separated by commas. Raises InputError for an unknown one."""
    return frozenset(_country(word) for word in _listed(words))


def _topic(word: str) -> str:
    slug = topic_slug(word)
    if slug is None:
        raise InputError(f"{word!r} is no topic; the topics are {', '.join(topic_names())}")
    return slug


def _country(word: str) -> str:
    code = country_code(word)
    if code is None:
        raise InputError(f"{word!r} is no country; write its ISO code, as UA")
    return code


def _listed(words: str) -> Iterable[str]:
    return (word.strip() for word in words.split(",") if word.strip())

"""Every sentence the bot says, by key and language, with values escaped in this one place.

A language is one gettext file, ``locales/<code>.po``, with symbolic ids ("start.welcome"). A text that a
language lacks is taken from English.
"""

import html
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_timedelta, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from digest.model.chats import Chat

from .markup import harmless

FALLBACK = "en"
# Languages of articles that a reader may choose.
READ = ("en", "fr", "de", "es", "it", "pt", "ru", "uk", "tr", "ar", "fa", "zh")
CLDR = {"en": "en_GB"}  # day before month and 24 hours, as in the other languages


class Html(str):
    """Markup that is ready: its values have been escaped already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one language; called with a key it gives Telegram HTML."""

    language: str
    catalogue: GNUTranslations
    locale: Locale
    is_shared: bool = False  # for a group or channel: a key's variant "...-here" goes first

    def __call__(self, key: str, /, **values: object) -> Html:
        """Telegram HTML; each value is escaped unless it is Html. Raises KeyError without such a key."""
        return Html(self._find(key).format(**{name: _escaped(v) for name, v in values.items()}))

    def plural(self, key: str, count: int, /, **values: object) -> Html:
        """As a call, in the plural form for ``count``, which fills {count}."""
        own = self._own(key)
        found = self.catalogue.ngettext(own, own, count)
        if found == own:
            raise KeyError(key)
        escaped = {name: _escaped(value) for name, value in values.items()}
        return Html(found.format(count=count, **escaped))

    def label(self, key: str, /, **values: object) -> str:
        """Plain text, for buttons, notices and the menu, where Telegram reads no markup."""
        return self._find(key).format(**{name: _plain(value) for name, value in values.items()})

    def label_or(self, key: str, fallback: str) -> str:
        """Plain text; ``fallback`` if there is no such key."""
        found = self.catalogue.gettext(key)
        return fallback if found == key else found

    def day(self, day: date) -> str:
        """The date as "Tue 25 Aug"."""
        return str(format_date(day, self._find("format.day"), locale=self.locale))

    def day_of(self, instant: datetime, zone: str) -> str:
        """The local date in ``zone`` as "Tue 25 Aug"."""
        return self.day(instant.astimezone(ZoneInfo(zone)).date())

    def time(self, instant: datetime, zone: str) -> str:
        """The local time in ``zone`` as "07:30"."""
        return self._clock("format.time", instant, zone)

    def when(self, instant: datetime, zone: str, *, now: datetime) -> str:
        """The local day and time in ``zone`` as "Wed 07:30", with the date if six or more days ahead."""
        key = "format.when" if (instant - now).days < 6 else "format.when-far"
        return self._clock(key, instant, zone)

    def country(self, code: str) -> str:
        """The name of a country from our own texts (former countries), else from CLDR, else the code."""
        return self.label_or(f"country.{code}", str(self.locale.territories.get(code, code)))

    def weekday(self, number: int) -> str:
        """The weekday as "Mon"; Monday is 0."""
        return str(get_day_names("abbreviated", locale=self.locale)[number])

    def figure(self, value: float) -> str:
        """The number with two decimals and the language's decimal sign: "3.17"."""
        return str(format_decimal(value, "0.00", locale=self.locale))

    def duration(self, length: timedelta) -> str:
        """The duration in its largest unit: "3 hours"."""
        return str(format_timedelta(length, locale=self.locale))

    @property
    def colon(self) -> str:
        """The colon, after a no-break space in languages that set one there (French)."""
        return self._find("format.colon")

    def language_name(self, code: str) -> str:
        """The name of a language in itself, as "français"."""
        return _locale(code).language_name or code

    def _clock(self, key: str, instant: datetime, zone: str) -> str:
        pattern = self._find(key)
        return str(format_datetime(instant, pattern, tzinfo=ZoneInfo(zone), locale=self.locale))

    def _find(self, key: str) -> str:
        own = self._own(key)
        found = self.catalogue.gettext(own)
        if found == own:
            raise KeyError(key)
        return found

    def _own(self, key: str) -> str:
        """The key's variant for groups and channels, "...-here", if there is one: there nobody is "you"."""
        here = f"{key}-here"
        return here if self.is_shared and self.catalogue.gettext(here) != here else key


def texts(language: str, *, shared: bool = False) -> Texts:
    """The sentences in ``language`` ("fr", "pt-BR"), or in English if there is no file for it."""
    code = language.replace("_", "-").lower().split("-")[0]
    return _load(code if code in available() else FALLBACK, shared)


def texts_of(chat: Chat) -> Texts:
    """The sentences for a chat: in its language, and as for a group or channel unless it is private."""
    return texts(chat.language, shared=chat.kind != "private")


@cache
def available() -> tuple[str, ...]:
    """The languages that have a file, by code."""
    names = (entry.name for entry in files("bot").joinpath("locales").iterdir())
    return tuple(sorted(name[:-3] for name in names if name.endswith(".po")))


@cache
def _load(language: str, shared: bool) -> Texts:
    if shared:
        return replace(_load(language, False), is_shared=True)
    catalogue = _catalogue(language)
    if language != FALLBACK:
        catalogue.add_fallback(_load(FALLBACK, False).catalogue)
    return Texts(language, catalogue, _locale(CLDR.get(language, language)))


def _catalogue(language: str) -> GNUTranslations:
    source = files("bot").joinpath("locales", f"{language}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=language, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(CLDR[FALLBACK])


def _escaped(value: object) -> str:
    return value if isinstance(value, Html) else html.escape(harmless(str(value)))


def _plain(value: object) -> object:
    return harmless(value) if isinstance(value, str) else value


def joined(parts: Iterable[str], separator: str = "\n") -> Html:
    """Several pieces of markup as one; what is not Html is escaped."""
    return Html(separator.join(_escaped(part) for part in parts))

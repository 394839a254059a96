"""Words that dates are made of, in the usual languages: months, weekdays, zones, hours."""

import re
from functools import cache

from babel import Locale

from .wordlists import phrases

_LOCALES = ("en", "ru", "uk", "fr", "de", "es", "tr", "it", "pt", "pl", "nl")
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|er|º|ª|h|ч)?(?:[:.,h/-]\d{1,4}){0,3}(?:am|pm|z|h)?")
_OFFSET = re.compile(r"(?:gmt|utc)[+-]\d{1,2}(?::\d\d)?")
_ISO_DATE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|[+-]\d\d:?\d\d"
)


def is_date(words: str) -> bool:
    """Whether all words belong to dates (numbers, months, weekdays, zones), with at least one day number."""
    tokens = [token.strip(".,;()[]") for token in re.split(r"[\s,]+|[–—|]", words)]
    tokens = [token for token in tokens if token not in {"", "-", "/", "·", "•"}]
    if not tokens or len(tokens) > 14 or not any(token[0].isdigit() for token in tokens):
        return False
    return all(map(is_date_word, tokens)) and any(map(_is_day_part, tokens))


def is_date_word(token: str) -> bool:
    """Whether it may be in a date: a number, month, weekday, zone, or a word between them."""
    plain = token.casefold().replace("\u0307", "")
    known = plain in phrases("in_dates") or plain in months() or plain in weekdays()
    return (
        known
        or bool(_OFFSET.fullmatch(plain))
        or bool(_NUMBER.fullmatch(plain))
        or bool(_ISO_DATE.fullmatch(token))
    )


@cache
def months() -> frozenset[str]:
    """Months of the usual languages, in full and short (CLDR, and what it lacks)."""
    return _calendar_words("months") | phrases("months")


@cache
def weekdays() -> frozenset[str]:
    """Weekdays of the same languages, in full and short (CLDR)."""
    return _calendar_words("days")


def _is_day_part(token: str) -> bool:
    """Whether it is a month, or a date in numbers; a bare number may be anything."""
    plain = token.casefold().replace("\u0307", "")
    if plain in months() or _ISO_DATE.fullmatch(token):
        return plain[0] not in "+-"
    return bool(re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\D?.{0,16}", plain))


def _calendar_words(what: str) -> frozenset[str]:
    words = set()
    for locale in map(Locale.parse, _LOCALES):
        for form in getattr(locale, what).values():
            for width in ("wide", "abbreviated"):
                words |= {
                    name.casefold().strip(".").replace("\u0307", "")
                    for name in form[width].values()
                }
    return frozenset(words)

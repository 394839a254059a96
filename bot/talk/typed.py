"""Hours, days and lists as people type them."""

import re

from babel import Locale
from babel.dates import get_day_names

from digest.errors import InputError
from digest.gather.identity import canonical_url

from .changes import EVERY_DAY, MONDAY_TO_FRIDAY
from .markup import shortened
from .places import fold
from .texts import Html, Texts, available, joined, texts

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])")
_TWELVE = re.compile(
    r"(?<![\d:.])(1[0-2]|[1-9])(?:[:.]([0-5][0-9]))?\s*([ap])\.?m\b\.?", re.IGNORECASE | re.ASCII
)
_BARE_HOUR = re.compile(  # "8 Uhr", "8h", "8 heures", "8 утра": full hours, by the words for them
    r"(?<![\d:.])(2[0-3]|[01]?[0-9])\s*"
    r"(?:uhr|h|heures?|horas?|ч(?:ас(?:ов|а)?)?|год(?:ин[аиу]?)?|(утра|ранку)|(вечера|вечора))(?![\w:.])(?!\s*[0-5][0-9])",
    re.IGNORECASE,
)
_SPACED_HOUR = re.compile(
    r"(?<![\d:.])(2[0-3]|[01]?[0-9])\s*(?:uhr|h)\s*([0-5][0-9])(?!\d)", re.IGNORECASE
)
_AFTER_HOUR = re.compile(r"(?<=:[0-5][0-9])\s*(?:uhr|h|ч|год)(?!\w)\.?", re.IGNORECASE)
_AT = re.compile(
    r"(?<!\w)(?:at|around|about|um|gegen|à|vers|sobre las|hacia las|a las|a la|в|около|об?|близько)\s+(?=\d)",
    re.IGNORECASE,
)
_EVERY_DAY = re.compile(  # in each language of the bot, where that takes several words too
    r"(?<!\w)(?:every day|täglich|jeden tag|tous les jours|chaque jour|quotidien"
    r"|todos los d[ií]as|cada d[ií]a|diario|ежедневно|каждый день|щодня|кожного дня)(?!\w)",
    re.IGNORECASE,
)
_WORKING = re.compile(
    r"(?<!\w)(?:werktags|wochentags|en semaine|jours ouvrés|entre semana|d[ií]as laborables"
    r"|по будням|в будни|у будні|по буднях)(?!\w)",
    re.IGNORECASE,
)
_ECHOED = 100  # characters
_RANGE = re.compile(r"\s*[-–—]\s*")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(/\S*)?", re.IGNORECASE)
_BEHIND = ".,;:!?\"'”’»…"  # what a sentence puts behind an address
_LONGEST_ADDRESS = 2_000  # characters
_WORDS = {"daily": EVERY_DAY, "weekdays": MONDAY_TO_FRIDAY}


def when(words: str, locale: str) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Hours ("07:30", ascending) and weekdays (Monday is 0), either empty; None if a word is neither.

    "7:30 18.00 mon-fri", "daily 6:45", "Tue, Thu", "7 am", "um 8 Uhr täglich", "à 7 h 30 en semaine".
    """
    hours: set[str] = set()
    days: set[int] = set()
    plain = _in_figures(words.replace(",", " "))
    for word in _RANGE.sub("-", plain).split():
        hour, some = _hour(word), _days(word, locale)
        if hour is None and not some:
            return None
        hours |= {hour} if hour else set()
        days |= some
    return tuple(sorted(hours)), frozenset(days)


def address(words: str, *, bare: bool = False) -> str | None:
    """The first web address in a text; None where there is none.

    Without "https://" only where it is all of the text, and begins with "www." or goes on behind the
    host; with ``bare`` a host is enough.
    """
    found = _ADDRESS.search(words)
    alone = words.strip()
    if found:
        url = found[0].rstrip(_BEHIND)
        url = url if "(" in url else url.rstrip(")" + _BEHIND)
    elif (host := _BARE.fullmatch(alone)) and (bare or host[1] or alone.lower().startswith("www.")):
        url = f"https://{alone}"
    else:
        return None
    try:
        canonical_url(url)
    except InputError:
        return None
    return url if len(url) <= _LONGEST_ADDRESS else None


def pieces(words: str) -> tuple[str, ...]:
    """What stands between commas, semicolons and line ends, in order, without the empty ones."""
    return tuple(piece.strip() for piece in re.split(r"[,;\n]", words) if piece.strip())


def echoed(words: str) -> str:
    """What was typed, as it is said back: on one line, its beginning where it is long."""
    return shortened(" ".join(words.split()), _ECHOED)


def unread(words: str, how: Html, t: Texts) -> Html:
    """What is understood, after what was typed and is not; that alone where nothing was typed."""
    return joined([t("typing.unread", words=echoed(words)), how]) if words.strip() else how


def language(words: str) -> str | None:
    """The language of the bot's that ``words`` mean: its code, or its name in any of them; else None."""
    asked, names = fold(words), [texts(spoken).locale.languages for spoken in available()]
    meant = (code for code in available() if asked in (code, *(fold(own[code]) for own in names)))
    return next(meant, None)


def quiet(words: str) -> tuple[str, str] | None:
    """Two different hours as "22:00-07:00", "22:00 07:00" or "22-7"; None for anything else."""
    hours = [_hour(word) or _hour(f"{word}:00") for word in _RANGE.sub(" ", words).split()]
    if len(hours) != 2 or hours[0] is None or hours[1] is None or hours[0] == hours[1]:
        return None
    return hours[0], hours[1]


def _in_figures(words: str) -> str:
    """Hours as 24 of them with minutes, and the days of a rhythm by one word."""
    plain = _WORKING.sub("weekdays", _EVERY_DAY.sub("daily", _AT.sub("", words)))
    plain = _SPACED_HOUR.sub(r"\1:\2", _TWELVE.sub(_of_24, plain))
    return _BARE_HOUR.sub(_full, _AFTER_HOUR.sub("", plain))


def _full(found: re.Match[str]) -> str:
    """A full hour; one of twelve in the evening is one of the afternoon."""
    hour = int(found[1])
    return f"{hour + 12 if found[3] and hour < 12 else hour}:00"


def _of_24(found: re.Match[str]) -> str:
    """An hour of twelve among 24: noon is "12 pm"."""
    afternoon = 12 if found[3] in "pP" else 0
    return f"{int(found[1]) % 12 + afternoon}:{found[2] or '00'}"


def _hour(word: str) -> str | None:
    found = _HOUR.fullmatch(word)
    return f"{int(found[1]):02}:{found[2]}" if found else None


def _days(word: str, locale: str) -> frozenset[int]:
    if word.casefold() in _WORDS:
        return _WORDS[word.casefold()]
    names = day_names(locale)
    ends = [names.get(fold(end)) for end in word.split("-")]
    if None in ends or len(ends) > 2:
        return frozenset()
    first, last = ends[0] or 0, ends[-1] or 0
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def day_names(locale: str) -> dict[str, int]:
    """The days of the week, Monday is 0, by their names in English and in a language, folded."""
    found: dict[str, int] = {}
    for spoken in ("en", locale):
        for width in ("wide", "abbreviated"):
            names = get_day_names(width, locale=Locale.parse(spoken))
            found |= {fold(name): number for number, name in names.items()}
    return found

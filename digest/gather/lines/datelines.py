"""Where a report was sent from, glued to its first paragraph: "MOSCOW, Feb 10 (Reuters) - "."""

import re
from dataclasses import dataclass
from functools import cache

from seeds.wordlists import word_lists

from ..phrases.agencies import AGENCIES
from ..phrases.cities import is_country, is_place
from ..phrases.date_words import is_date, months, weekdays
from ..phrases.name_words import is_name_word

LONGEST_DATELINE = 90  # characters
LONGEST_PLACE = 40  # characters

_DATED_BY = re.compile(
    r"[\d:|(\[/—–â-]"
)  # one of these is in each dateline, and in four of ten lines
BEGINS = r"(?=[\"“]?[^\W\d_a-z])"  # what follows is the first word of a sentence
BEFORE_COLON = re.compile(r"([^\W\d_][^:|.!?…\"“”«»]{1,38}?)(\s?)[:|]\s+(?=[\"'“„«‘]?[^\W_])")
BEFORE_DASH = re.compile(  # or what a dash became that was encoded twice
    r"([^\W\d_][^—–\"“”«»!?;:]{1,86}?)\s?(?:—|–|--|â\x80[\x93\x94]|\.-(?=\s)|\s-(?=\s)|(?<=\))\s-(?=[^\W\d_a-z]))\s{0,2}(?=[\"'“„«‘]?[^\W_])"
)
_AGENCY_ONLY = re.compile(  # "(AP) - ", "Dec 17 (Reuters) - "
    rf"(?:[^\W\d_]{{3,9}}\.? \d{{1,2}} )?[(\[](?:{AGENCIES}|[A-Z]{{2,12}})[)\]]\s?(?:—|–|-)+\s?",
    re.IGNORECASE,
)
# "[Vanguard] President Tinubu": allAfrica puts the outlet before each of its entries.
_OUTLET = re.compile(r"\[(?!(?:The|An?)\])[A-Z][^\[\]\d]{1,40}\] " + BEGINS)
_TASS = re.compile(  # "MOSCOW, May 21. /TASS/. ", "МОСКВА, 12 ноября. ТАСС. "
    r"([^\W\d_][\w.\- ]{1,40}?)[,.] ((?:\d{1,2} [^\W\d_]{3,9}|[^\W\d_]{3,9}\.? \d{1,2})(?:,? \d{4})?)"
    rf"(?:\.? ?/[^/]{{2,50}}/\.?|\. (?i:{AGENCIES})\.) ?[-–—]{{0,2}}\s?"
)
# Geneva [Switzerland], April 18 (ANI): and its kin
_BRACKETED = re.compile(
    r"([^\W\d_][\w .'-]{1,30}?)(?: ?[\[(][^\])]{2,30}[\])])?, [^\W\d_]{3,9}\.? \d{1,2}"
    r" ?[(\[/][A-Z]{2,8}[)\]/]"
    r"(?: ?[:—–-]+)? +"
)
# "Mumbai, July 17: ", "Riga - 17 July 2025: "
_DATED = re.compile(
    r"([^\W\d_][\w .'-]{1,30})(?:,| [-–—]) "
    r"((?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? [^\W\d_]{3,9}\.?)(?:,? \d{4})?): "
    + BEGINS
)
_DAY_ALONE = re.compile(  # "17 July 2025  The envoys", "17 July 2025 – The envoys"
    r"(\d{1,2} [^\W\d_]{3,9}\.? \d{4})(?:\s{2,}|\s?[—–-]+\s|\s\|\s)" + BEGINS
)
# "(Beirut) – "
_IN_PARENTHESES = re.compile(r"\(([^\W\d_a-z][^()\d]{1,38})\) ?[—–-]+ " + BEGINS)
_CALL_SIGN = re.compile(r"(?:CNN|AFP|AP|EFE|NPR|UPI|WAM) ?(?:—|–|--) +" + BEGINS)
# "Riga (CNN) The envoys": without a dash.
_CALLED = re.compile(
    r"([^\W\d_][^().!?:;\"“”]{1,40}) \((?:CNN(?: Business)?|AP|AFP|UPI|Reuters)\) ?" + BEGINS
)
# "TEHRAN, Iran Iran's state TV": the dash was lost.
_UNDASHED = re.compile(
    r"([A-Z]{4,}(?: [A-Z]{3,}){0,2}), ([A-Z][a-z]+(?: [A-Z][a-z]+){0,2}?) " + BEGINS
)
_AGENCY_NAMED = re.compile(rf"[(\[/]{AGENCIES}[)\]/]", re.I)
_AGENCY_AFTER = re.compile(
    rf"(?:{AGENCIES}|интерфакс(?:-\w+)?|interfax(?:-\w+|\.ru)?|рбк|rbc|deutsche welle"
    r"|dw)(?:, [^\W\d_][\w -]{3,40})?\. (?=\W?[^\W\d_])",
    re.I,
)
_PARTED = re.compile(r",\s|(?<!\b[SFM][Tt])\.\s")  # but not "ST. LOUIS, Missouri"
_ENDS_IN_DAY = re.compile(r"([^,\d]{3,}?) ([^\W\d_]{3,9}\.? \d{1,2}|\d{1,2} [^\W\d_]{3,9}\.?)")
_IN_BRACKETS = re.compile(r"\s?[(\[/]([^()\[\]/]{2,40}(?:/[^()\[\]/]{2,20}){0,3})[)\]/]")

_DAY = re.compile(  # with its year: "2 March 2026", "March 2, 2026"
    r"(?:\d{1,2}\.? [^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.? \d{1,2}),? (?:19|20)\d\d(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A first paragraph and what stood glued before it; ``cut`` is that part as it stood."""

    text: str
    kicker: str | None = None
    dateline: str | None = None
    cut: str | None = None


def dateline_of(text: str) -> Opening | None:
    """The text without the place, day and agency glued before it; None where none are."""
    undashed = _UNDASHED.match(text)
    if undashed is not None and is_place(undashed[1]) and is_country(undashed[2]):
        place = f"{undashed[1]}, {undashed[2]}"
        return Opening(text[undashed.end() :], None, place, place)
    is_one = _DATED_BY.search(text, 0, LONGEST_DATELINE + 10) is not None
    return _opening(text) if is_one else None


def _opening(text: str) -> Opening | None:
    asian = _BRACKETED.match(text)
    if asian is not None and is_place(asian[1]):
        return Opening(text[asian.end() :], None, asian[1], asian[0].strip())
    tass = _TASS.match(text)
    if tass is not None and is_date(tass[2]):
        return Opening(text[tass.end() :], None, tass[1], tass[0].strip())
    placeless = (
        _AGENCY_ONLY.match(text) or _CALL_SIGN.match(text) or _OUTLET.match(text) or _day_of(text)
    )
    if placeless is not None:
        return _behind(text, placeless.end())
    called = _CALLED.match(text)
    if called is not None and _is_capital(called[1].partition(",")[0]):
        return Opening(text[called.end() :], None, called[1], called[0].strip())
    dated = _DATED.match(text)
    if dated is not None and is_place(dated[1]) and is_date(dated[2]):
        return Opening(text[dated.end() :], None, dated[1], dated[0].strip())
    alone = _IN_PARENTHESES.match(text)
    if alone is not None and is_place(alone[1].partition(",")[0]):
        return Opening(text[alone.end() :], None, alone[1], alone[0].strip())
    glued = BEFORE_COLON.match(text)
    if glued is not None and _is_named(glued[1].strip()):
        return Opening(text[glued.end() :], None, glued[1].strip(), glued[0].strip())
    return _dashed(text)


def _is_named(place: str) -> bool:
    """Whether it is a city, or one with its state and country: "Washington, DC, United States"."""
    city, *rest = place.split(", ")
    return is_place(city) and not any(map(is_place, rest)) and all(map(_begin_capital, rest))


def _behind(text: str, end: int) -> Opening:
    """The opening that ends there, and the place where one follows: "(ANSA) - ROME, NOV 12 - "."""
    found = _dashed(text[end:])
    if found is None:
        return Opening(text[end:], None, None, text[:end].strip())
    return Opening(found.text, None, found.dateline, text[: len(text) - len(found.text)].strip())


def _day_of(text: str) -> re.Match[str] | None:
    found = _DAY_ALONE.match(text)
    return found if found is not None and is_date(found[1]) else None


@cache
def here() -> re.Pattern[str]:
    """How an English report means the place of its dateline: "in this Black Sea port"."""
    settlements = "|".join(word_lists("standing.toml").words("settlements", "en"))
    return re.compile(rf"\bthis (?!year|month|week|time)(?:[\w-]+ ){{0,3}}(?:{settlements})\b")


def day_in(cut: str) -> str | None:
    """The day that is said with its year in what was cut; without one it may be of any."""
    return next((found[0] for found in _DAY.finditer(cut) if is_date(found[0])), None)


def names_agency(opening: str) -> bool:
    """Whether a dateline names the agency: "RIGA, May 3 (Reuters) -"; above it stands no article."""
    return _AGENCY_NAMED.search(opening) is not None


def place_of(line: str) -> tuple[str, str | None] | None:
    """Place and day of a line that holds nothing else: "Geneva, 14 October 2024"; the day may lack."""
    if len(line) > LONGEST_DATELINE:
        return None
    if is_place(line) and len(line) <= LONGEST_PLACE:
        return line.strip(" ."), None
    place, *day = re.split(r",? [-–—] |, ", line.strip(" ."), maxsplit=1)
    return (place, day[0]) if is_place(place) and any(map(is_date, day)) else None


def _dashed(text: str) -> Opening | None:
    """MOSCOW, Feb 10 (Agency) - and its kin: a place, perhaps a date and an agency, a dash."""
    found = BEFORE_DASH.match(text[: LONGEST_DATELINE + 10])
    if found is None:
        return None
    bare = _IN_BRACKETS.sub("", found[1]).strip(" ,.").removesuffix(" CNN")
    parted = _PARTED.split(_parted_date(bare) + ", ")
    parts = [part.strip() for part in parted if part.strip()]
    places = [part for part in parts if not _is_undated(part)]
    has_more = len(places) < len(parts) or bool(_IN_BRACKETS.search(found[1]))
    if not places or not _is_dateline(places, has_more):
        return None
    end = found.end()
    after = _AGENCY_AFTER.match(text[end:])
    end += after.end() if after else 0
    return Opening(text[end:], None, ", ".join(places), text[:end].strip())


def _parted_date(words: str) -> str:
    """With the comma that stands between place and day: "CAIRO Dec 5"."""
    found = _ENDS_IN_DAY.fullmatch(words)
    return f"{found[1]}, {found[2]}" if found is not None and is_date(found[2]) else words


def _is_dateline(places: list[str], has_more: bool) -> bool:
    first = places[0]
    if first == "FILE" or len(places) > 3 or len(first.split()) > 4 or not _is_capital(first):
        return False
    if is_place(first):
        return has_more or all(map(_begin_capital, places[1:]))
    is_shouted = first == first.upper() and len(first) > 3
    return (is_shouted or has_more) and all(map(_is_capital, places))


def _is_undated(part: str) -> bool:
    """Whether the part is a date such as "Feb 10" or an agency, not a place."""
    plain = part.casefold()
    is_agency = bool(re.fullmatch(AGENCIES + r"|интерфакс.{0,10}|interfax.{0,10}", plain))
    is_part = plain in weekdays() or plain in months() or bool(re.fullmatch(r"\d{1,4}", part))
    return is_agency or is_part or is_date(part)


def _begin_capital(words: str) -> bool:
    """Whether each word has a capital, if only its first half: "Indian-administered Kashmir"."""
    return all(token[0].isupper() for token in words.split() if token not in {"of", "the"})


def _is_capital(words: str) -> bool:
    return all(is_name_word(token) for token in words.split() if token not in {"of", "the"})

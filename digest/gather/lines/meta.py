"""Lines that hold byline and stamps and nothing else: "By Ann Lee | Reuters | 10 February 2026"."""

import re

from ..phrases.date_words import is_date
from .boilerplate import is_boilerplate
from .bylines import LONGEST_BYLINE, begins_with_by, byline_of, is_byline_label
from .prose import is_ended
from .stamps import LONGEST_STAMP, SEPARATORS, Stamp, is_stamp_label, stamps_of

LONGEST_LABEL = 40  # characters

_BEFORE_BY = re.compile(r"(?:(?<=\w)\s+(?=By\s)|(?<=\d)\s+(?=by\s))(?=\w+ [^\W\d_a-z])")
_GLUED_DATES = re.compile(  # "11/09/2025November 9, 2025", "10 Feb 202610 Feb 2026"
    r"(?<=\d{4})(?=[^\W\d_a-z]\w+ \d)|(?<=\D\d{4})(?=\d{1,2} \w{3,9} \d{4})"
    r"|(?<=[A-Z]{2})(?=Updated )"
)
_MAY_BE_GLUED = re.compile(r"\d{4}\w|[A-Z]Updated ")  # which takes a quarter of the time
# "Ann Lee — Monday, 2 March": whether the first words are a name or an outlet is not known.
_AFTER_NAME = re.compile(r"^([^\d|]{3,60}?) [—–-] (?=\D{0,24}\d)")
_DIGIT = re.compile(r"\d")
_SIGN, _GAP = re.compile(r"[|•·▪●■/\t]"), re.compile(r"\s\s\s")  # any separator holds one of them
_DASHED = re.compile(" [—–-] ")
# "12.11.2025, 17:03 Lesezeit: 3 Min.", "12 November 2025 - 4 min read", "... 10:03 pm IST - NEW DELHI"
_BEFORE_TAIL = re.compile(
    r"(?<=\d)(?: Uhr)?,? (?:[—–-] )?(?=Lesezeit|\d{1,2} min(?:s|utes?)? read)"
    r"|(?<=[\dA-Z]) [—–-] (?=See all updates$|[A-Z][A-Z ]{2,20}$)"
)
_TAIL_WORDS = ("Lesezeit", " min", "updates")  # or capitals: one of these is in each such tail


def split_meta(line: str) -> tuple[str | None, tuple[Stamp, ...]] | None:
    """Byline and stamps of a line that holds only such; None where it says anything else."""
    if len(line) > max(LONGEST_BYLINE, LONGEST_STAMP):
        return None
    has_digit = _DIGIT.search(line) is not None
    is_odd = has_digit or "Updated " in line or _DASHED.search(line) is not None
    if is_odd and _MAY_BE_GLUED.search(line):
        line = _GLUED_DATES.sub(" ▪ ", line)
    if is_odd and (line.rstrip()[-1:].isupper() or any(word in line for word in _TAIL_WORDS)):
        line = _BEFORE_TAIL.sub(" ▪ ", line)
    whole = byline_of(line) if not has_digit else None
    if whole is not None:
        return whole, ()
    stamps = stamps_of(line) if has_digit else ()
    if stamps:
        return None, stamps
    if not is_odd and "by " not in line.lower() and not _is_separated(line):
        return None  # its only part is itself
    return _mixed(line, byline_of(line) if has_digit else None)


def is_meta_label(line: str) -> bool:
    """Whether the line is the label of a stamp or a byline, its value to follow: "Last updated:"."""
    if len(line) > LONGEST_LABEL:
        return False
    plain = line.strip(" *_")
    return is_stamp_label(plain) or is_byline_label(plain)


def _mixed(line: str, name: str | None) -> tuple[str | None, tuple[Stamp, ...]] | None:
    """A line such as "By Ann Lee | Reuters | 10 February 2026"; ``name`` is its own, taken as a whole."""
    apart = line.strip()
    if _DASHED.search(apart):
        apart = _AFTER_NAME.sub(r"\1 | ", apart)
    apart = _before_date(apart)
    if "By " in apart or "by " in apart:
        apart = _BEFORE_BY.sub(" | ", apart)
    parts = [part for part in SEPARATORS.split(apart) if part] if _is_separated(apart) else [apart]
    if parts == [line]:
        return (name, ()) if name else None
    names = [byline_of(part) for part in parts]
    dates = [stamps_of(part) for part in parts]
    if not (any(names) or any(dates)) or not all(map(_is_small, parts, names, dates)):
        return None
    return next(filter(None, names), None), tuple(stamp for found in dates for stamp in found)


def _is_separated(line: str) -> bool:
    return _SIGN.search(line) is not None or _GAP.search(line) is not None


def _is_small(part: str, name: str | None, dates: tuple[Stamp, ...]) -> bool:
    return bool(name or dates or is_boilerplate(part) or (len(part) <= 40 and not is_ended(part)))


def _before_date(line: str) -> str:
    """The line with a separator before the date that its byline runs into."""
    if not begins_with_by(line):
        return line
    for found in re.finditer(r"[\s,–—-]+", line):
        if is_date(line[found.end() :]) or stamps_of(line[found.end() :]):
            return f"{line[: found.start()]} | {line[found.end() :]}"
    return line

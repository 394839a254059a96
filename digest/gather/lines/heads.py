"""What stands above an article in its file: its title, labelled fields, and breadcrumbs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from ...errors import InputError
from ...model.sources import Outlet
from ..identity import canonical_url
from ..phrases.folding import fold, label
from ..phrases.wordlists import phrases
from ..titles import without_site
from .boilerplate import is_boilerplate, is_clock
from .captions import is_caption
from .layout import Row
from .meta import split_meta
from .prose import is_ended, is_prose, is_unspaced

LONGEST_TITLE = 220  # characters
LONGEST_OUTLET = 60  # characters of a name behind "Source:"
LONGEST_SECTION = 40  # characters of a section's name, as a kicker or on the way to a page
MOST_WAY_WORDS, MOST_KICKER_WORDS = 4, 3  # of such a name
FEWEST_TITLE_WORDS = 4  # below a kicker
LEAST_ABOVE_KICKER = 1.5  # times as long as its kicker a title is
LEAST_ABOVE_TITLE = 1.3  # times as long as the title the longest paragraph below it is
LOOKED_AT, TELLING = 15, 6  # rows below a title, and how many of these that tell something

_FIELD = re.compile(r"\s*([^\W\d_][^:\n]{1,20}?)\s?[:：]\s+(\S.{0,400})")
_FIELDS = ("title", "outlet", "url")
_LABELLED_TITLE = re.compile(
    r"(?:opinion|analysis|explainer|watch|video|live|live updates|in pictures|background"
    r"|podcast|interview|read|exclusive|in pics)\b"
)
# What players, banners and pages put above an article: of 60 first lines of multinews_lb that were taken for
# headlines 26 were such, or in lists of their own, 2026-12-01.
_OF_PAGE = re.compile(
    r"(?:CLOSE|× Close|Story [Hh]ighlights|LISTEN TO ARTICLE) (?=\S)|You must enter the characters\b"
)
_MADE = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4} \d{1,2}:\d\d ")
# "Envoys meet? 9:04 PM ET Sun, 3 Sept 2026", "Envoys meet Posted: Wednesday, June 27, 2026 1:32 PM EDT"
_STAMPED = re.compile(
    r"((?!Posted|Published|Updated).{20,}?) (?:(?:Posted|Published|Updated): .*\d{4}.*"
    r"|\d{1,2}:\d\d [AP]M [A-Z]{2,4} .*\b(?:19|20)\d\d)$"
)
_ABBREVIATED = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\b(?:Inc|Co|Jr|Sr|Ltd|St|Mr|Dr)\.$")
_LINK = re.compile(r"https?://|www\.")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the article, and the rows below it."""

    title: str | None
    kicker: str | None
    outlet: Outlet | None
    url: str | None
    rest: tuple[str, ...]
    removed: tuple[str, ...]


def head_of(rows: Sequence[Row]) -> Head:
    """What the first rows say about the article, by their labels or their place."""
    fields, told, lines = _fields(rows)
    body = [row for row in told if not _is_of_page(row.text)]
    lines += tuple(row.text for row in told if _is_of_page(row.text))
    title, kicker, rest, removed = fields.get("title"), None, [row.text for row in body], lines
    if title is None:
        at = _first_telling(body)
        below = _below_kicker(body, at)
        kicker_at, at = (None, at) if below is None else (at, below)
        if _is_headline(body, at):
            title = body[at].text
            gone = {at} if kicker_at is None else {at, kicker_at}
            kicker = None if kicker_at is None else body[kicker_at].text
            removed = (*lines, *([kicker] if kicker else []))
            rest = [row.text for index, row in enumerate(body) if index not in gone]
    if title is not None:
        stamped = _STAMPED.match(title)
        title = without_site(stamped[1] if stamped else title)
    outlet = Outlet(fields["outlet"]) if "outlet" in fields else None
    return Head(title, kicker, outlet, _address(fields.get("url")), tuple(rest), tuple(removed))


def _is_of_page(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and _OF_PAGE.match(text) is not None


def _fields(rows: Sequence[Row]) -> tuple[dict[str, str], list[Row], tuple[str, ...]]:
    """What lines such as "Source: The Mercury" say, above the article or in its last two lines."""
    fields: dict[str, str] = {}
    body: list[Row] = []
    lines: list[str] = []
    is_above = True
    for at, row in enumerate(rows):
        found = _FIELD.fullmatch(row.text) if is_above or at >= len(rows) - 2 else None
        name = _named(found[1]) if found else None
        if found is None or name is None or not _is_value(name, found[2], is_above):
            body.append(row)
            is_above = is_above and not is_prose(row.text)
            continue
        fields.setdefault(name, _unquoted(found[2].strip()))
        lines.append(row.text)
    return fields, body, tuple(lines)


def _named(words: str) -> str | None:
    """The field that a label names."""
    return next((name for name in _FIELDS if words.casefold() in phrases(f"{name}_fields")), None)


def _unquoted(value: str) -> str:
    """The value without the quotation marks of front matter: "title: 'Talks in Riga'"."""
    mark = value[:1]
    is_whole = mark in "\"'" and value[-1:] == mark and mark not in value[1:-1]
    return value[1:-1] if is_whole and len(value) > 2 else value


def _is_value(name: str, words: str, is_above: bool) -> bool:
    if name == "outlet":
        return len(words) <= LONGEST_OUTLET and not is_ended(words) and not _LINK.match(words)
    return is_above and (name != "url" or bool(_LINK.match(words)))


def _address(words: str | None) -> str | None:
    try:
        return canonical_url(words) if words else None
    except InputError:
        return None


def _first_telling(rows: Sequence[Row]) -> int:
    """The first row that is no stamp, byline, caption, or furniture of the page."""
    told = [at for at, row in enumerate(rows) if not _is_around(row.text)]
    first = next(iter(told), len(rows))
    behind = next((at for at in told if at >= _way_end(rows)), first)
    return behind if _is_headline(rows, behind) else first


def _way_end(rows: Sequence[Row]) -> int:
    """One past the breadcrumbs (labels from "Home" to an empty line, one a row); 0 if there are none."""
    home = next(
        (at for at, row in enumerate(rows[:3]) if label(row.text) in phrases("homes")), None
    )
    if home is None:
        return 0
    way = takewhile(lambda row: _is_label(row.text, MOST_WAY_WORDS), rows[home:])
    apart = (at for at, row in enumerate(way, home + 1) if row.is_apart)
    return next(apart, 0)


def _is_around(text: str) -> bool:
    if split_meta(text) or is_clock(text) or is_caption(text) or _MADE.match(text):
        return True
    return is_boilerplate(text) and not _LABELLED_TITLE.match(fold(text))


def _below_kicker(rows: Sequence[Row], at: int) -> int | None:
    """The place of the headline below a short label: in capitals only, or a section's name.

    Stamps may stand between them if the label is no headline itself.
    """
    if at >= len(rows) or not _is_label(rows[at].text, MOST_KICKER_WORDS):
        return None
    unstamped = (row for row in range(at + 1, len(rows)) if not _is_stamp(rows[row].text))
    below = next(unstamped, len(rows))
    if below >= len(rows) - 1 or (below > at + 1 and not _is_no_title(rows[at].text)):
        return None
    text, longer = rows[at].text, rows[below].text
    is_longer = (
        len(longer) >= LEAST_ABOVE_KICKER * len(text) and len(longer.split()) >= FEWEST_TITLE_WORDS
    )
    return below if is_longer and not is_prose(longer) and _is_headline(rows, below) else None


def _is_label(text: str, most_words: int) -> bool:
    return len(text) <= LONGEST_SECTION and len(text.split()) <= most_words and not is_ended(text)


def _is_no_title(text: str) -> bool:
    return " " not in text or text == text.upper() or label(text) in phrases("kickers")


def _is_stamp(text: str) -> bool:
    meta = split_meta(text)
    return is_clock(text) or (meta is not None and meta[0] is None)


def _is_headline(rows: Sequence[Row], at: int) -> bool:
    """Whether it is short, without a full stop, and set apart from clearly longer paragraphs below."""
    if at >= len(rows) - 1:
        return False
    text = rows[at].text
    if len(text) > LONGEST_TITLE or (len(text.split()) < 2 and not is_unspaced(text + text)):
        return False
    if text[-1] in ".。,;:" and not _ABBREVIATED.search(text):
        return False
    below = [row.text for row in rows[at + 1 : at + 1 + LOOKED_AT] if not _is_around(row.text)]
    longest = max(map(len, below[:TELLING]), default=0)
    return (
        rows[at].is_apart
        or split_meta(rows[at + 1].text) is not None
        or longest >= LEAST_ABOVE_TITLE * len(text)
    )

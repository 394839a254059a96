"""The article among the lines of its page: what is removed, what is metadata, where it begins."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from ...model.gathered import Paragraph
from ..phrases.folding import LONGEST_LINE, fold
from .asides import asides
from .boilerplate import is_boilerplate
from .captions import is_caption, is_credit
from .datelines import Opening, dateline_of, day_in, here, names_agency, place_of
from .embeds import posts
from .glued import glued_end, headed_end, signed_off_at
from .headings import LONGEST_HEADING, is_short, kinds
from .kickers import open_paragraph
from .meta import is_meta_label, split_meta
from .page_lines import Page
from .prose import is_ended, is_prose
from .stamps import Stamp
from .widgets import widgets

OPENINGS = 4  # paragraphs within which a dateline may stand: summaries and captions come before it
CAPTIONS = 8  # paragraphs that may stand above the text of an agency
LONGEST_META = 160  # characters of a line that holds a byline or stamps
LONGEST_REPEAT = (
    400  # characters of a line that is folded to be compared; a paragraph is not, for its time
)
SHORTEST_TITLE = 30  # characters of a title that is known behind the way to its page
LONGEST_WAY = 40  # characters of that way

_LEADING_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d\s?(?:(?:GMT|UTC|CET|CEST|MSK|МСК|ET|BST|a\.?m\.?|p\.?m\.?"
    r"|Uhr|h)\b\.?)?"
    r"(?:\s?[-–—|:]\s+|\s+(?=[A-ZА-ЯЁЇІЄҐÀ-ÝÇĞİÖŞÜ“\"«„]))"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’]? ")
_ASKED, _ANSWERED = "Q. ", "A. "  # of an interview; without the first, the second may be a name's
_WORDS = re.compile(r"\w+")
_FIRST_WORDS = re.compile(r"\W*(\w+)(?:\W+(\w+)(?:\W+(\w+))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """An article's paragraphs, and what its page said around them. What is not known is None."""

    paragraphs: tuple[Paragraph, ...]
    byline: str | None = None
    kicker: str | None = None
    dateline: str | None = None
    stamps: tuple[Stamp, ...] = ()
    removed: tuple[str, ...] = ()  # lines, beginnings and ends of lines, in text order


def clean_paragraphs(
    paragraphs: Sequence[str], *, title: str | None = None, is_plain: bool = True
) -> Cleaned:
    """The article in ``paragraphs``, with headings marked and everything removed that is no part of it.

    ``is_plain``: no markup has told which lines are headings. Each text is a part of the given one, with
    white space folded. Removed are embedded posts, lists of other stories, comment boxes, captions,
    credits, share bars, prompts, rights, and repetitions of ``title``; a byline, stamps, a kicker and a
    dateline become fields. No paragraphs at all: nothing of it is an article.
    """
    folded = [" ".join(text.split()) for text in (title or "", *paragraphs)]
    page = Page(folded[1:], title=folded[0], is_plain=is_plain)
    page.gone |= {at for at, line in enumerate(page.lines) if not line}
    empty = frozenset(page.gone)
    _cut_signs(page)
    page.gone |= posts(page.lines)
    page.gone |= widgets(page)
    _take_meta(page)
    page.gone |= asides(page.lines, [at for at, _ in page.left()], page.byline)
    _drop_furniture(page)
    _drop_repeats(page)
    _open(page)
    kind_of = kinds(page)
    found = tuple(Paragraph(kind_of[at], line) for at, line in page.left())
    return Cleaned(
        paragraphs=found,
        byline=page.byline,
        kicker=page.kicker,
        dateline=page.dateline,
        stamps=tuple(page.stamps),
        removed=_removed(page, paragraphs, empty),
    )


def _cut_signs(page: Page) -> None:
    """Cut an agency's sign off the ends; after the last sentence it would make that a heading."""
    for at, line in list(page.left()):
        end = signed_off_at(line)
        if end < len(line):
            page.cuts[at].append(line[end:].strip())
            page.lines[at] = line[:end]


# --- metadata and furniture --------------------------------------------------------------------


def _take_meta(page: Page) -> None:
    """Take bylines and stamps out; a date without a label counts only above the first paragraph."""
    seen_prose = False
    left = [*page.left(), (-1, "")]
    for (at, line), (below, value) in pairwise(left):
        if at in page.gone:
            continue
        meta = split_meta(line) if len(line) <= LONGEST_META else None
        if meta is None and below >= 0 and is_meta_label(line):
            meta = split_meta(f"{line} {value}")
            page.gone |= {below} if meta else set()
        place, day = (None if seen_prose else place_of(line)) or (None, None)
        page.dateline = page.dateline or place
        if meta is not None or place is not None:
            page.gone.add(at)
        if day is not None:
            page.stamps.append(Stamp("published", day))
        if meta is not None:
            page.byline = page.byline or meta[0]
            page.stamps.extend(_labelled(meta[1], line) if seen_prose else meta[1])
        seen_prose = seen_prose or is_prose(line)


def _labelled(stamps: tuple[Stamp, ...], line: str) -> tuple[Stamp, ...]:
    """Those that do not open the line themselves."""
    return tuple(stamp for stamp in stamps if not line.startswith(stamp.words))


def _drop_furniture(page: Page) -> None:
    before: int | None = None
    for at, line in list(page.left()):
        if _is_of_page(line) or _is_of_picture(line):
            page.gone.add(at)
            # The caption stands above its credit when it is neither prose nor ended.
            if is_credit(line) and before is not None and is_short(page.lines[before]):
                page.gone.add(before)
            continue
        before = at


def _is_of_page(line: str) -> bool:
    """Whether it is no part of the article, even without what is glued before it."""
    if not is_boilerplate(line):
        return False
    rest = line[glued_end(line) :]
    return rest == line or not is_prose(rest) or is_boilerplate(rest)


def _is_of_picture(line: str) -> bool:
    """Whether it is a caption or a credit without prose after it."""
    rest = line[glued_end(line) :]
    is_text = len(rest) > LONGEST_LINE or is_prose(rest)
    return is_caption(rest) or (rest != line and is_caption(line) and not is_text)


def _drop_repeats(page: Page) -> None:
    """Drop lines that were said before: the title, a paragraph repeated as a pull quote."""
    heading = _bare(page.title)
    seen: set[str] = set()
    left = list(page.left())
    openings = [_opening(line) for _, line in left]
    times = Counter(openings)
    for (at, line), opening in zip(left, openings, strict=True):
        if times[opening] == 1 and (not heading or is_prose(line)):
            continue  # to take all its words out takes three times as long
        bare = _bare(line)
        if bare and (bare in seen or (_is_title(bare, heading) and not is_prose(line))):
            page.gone.add(at)
        seen.add(bare)


def _opening(line: str) -> tuple[str, ...]:
    """Its first three words, which lines that repeat each other share."""
    found = _FIRST_WORDS.match(fold(line) if len(line) < LONGEST_REPEAT else line)
    return tuple(map(str.casefold, found.groups(""))) if found else ()


def _is_title(bare: str, heading: str) -> bool:
    """Whether it is the title, alone or after breadcrumbs: "News World Talks go on"."""
    is_way = (
        len(heading) > SHORTEST_TITLE
        and bare.endswith(heading)
        and len(bare) <= len(heading) + LONGEST_WAY
    )
    return bare == heading or is_way


def _bare(line: str) -> str:
    return " ".join(_WORDS.findall(fold(line) if len(line) < LONGEST_REPEAT else line.casefold()))


# --- the first paragraph -------------------------------------------------------------------------


def _open(page: Page) -> None:
    """Cut kicker, dateline and times of day off the beginnings."""
    # A text that is cut short somewhere has no end.
    told = [at for at, line in page.left() if is_ended(line) or len(line) > LONGEST_HEADING]
    begins = next(filter(partial(_opens_wire, page), told[:CAPTIONS]), 0)
    page.gone |= {at for at, _ in page.left() if at < begins}
    told = [at for at in told if at >= begins]
    first = next(iter(told), None)
    has_turns = any(line.startswith(_ASKED) for _, line in page.left())
    for at, line in list(page.left()):
        rest = line[_clock_end(line) :]
        rest = rest[glued_end(rest) :]
        rest = rest.removeprefix(_ANSWERED) if has_turns else rest
        if at == first:
            rest = rest[headed_end(rest, page.title) :]
            opening = open_paragraph(rest)
            if opening.kicker and _speaks_again(page, at, opening.kicker):
                continue
            page.kicker, page.dateline = opening.kicker, opening.dateline or page.dateline
            _date_by(page, opening)
            rest = rest if _needs_dateline(opening) else opening.text
        elif at in told[:OPENINGS] and page.dateline is None and (dated := dateline_of(rest)):
            page.dateline, rest = dated.dateline, dated.text
            _date_by(page, dated)
        if rest != line and rest:
            page.cuts[at].insert(0, line[: len(line) - len(rest)].strip())
            page.lines[at] = rest


def _needs_dateline(opening: Opening) -> bool:
    """Whether the first sentence means the place of its dateline: "this rebel-held city"."""
    is_alone = opening.dateline is not None and opening.kicker is None
    first = _SENTENCE_END.split(opening.text, 1)[0]
    return is_alone and here().search(first) is not None


def _date_by(page: Page, opening: Opening) -> None:
    """Date the article by its dateline, which counts for less than a stamp."""
    day = day_in(opening.cut or "")
    if day is not None:
        page.stamps.append(Stamp("published", day))


def _speaks_again(page: Page, first: int, words: str) -> bool:
    """Whether what precedes the first paragraph is the name of a speaker who speaks again later."""
    labels = (f"{words}: ", f"{words} : ")
    return any(line.startswith(labels) for at, line in page.left() if at > first)


def _opens_wire(page: Page, at: int) -> bool:
    """Whether an agency's text begins here; above it are captions and the site's own summary."""
    line = page.lines[at]
    opening = dateline_of(line) if names_agency(line) else None
    return opening is not None and names_agency(opening.cut or "")


def _clock_end(line: str) -> int:
    found = _LEADING_CLOCK.match(line)
    return found.end() if found else 0


def _removed(page: Page, paragraphs: Sequence[str], empty: frozenset[int]) -> tuple[str, ...]:
    return tuple(
        part
        for at, text in enumerate(paragraphs)
        if at not in empty
        for part in ([text.strip()] if at in page.gone else page.cuts.get(at, []))
    )

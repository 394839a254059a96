"""The article among the lines of its page: what is removed, what is metadata, what is a heading."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise, takewhile

from ..model.gathered import Paragraph, ParagraphKind
from .asides import asides
from .boilerplate import is_boilerplate, is_clock, is_comment_box, is_widget
from .captions import is_caption, is_credit
from .datelines import dateline_of, names_agency, place_of
from .embeds import posts
from .folding import fold
from .glued import glued_end, headed_end, signed_off_at
from .kickers import open_paragraph
from .meta import is_meta_label, split_meta
from .prose import is_ended, is_prose
from .stamps import Stamp

LONGEST_HEADING = 120  # characters
MOST_HEADING_WORDS = 10
OPENINGS = 4  # paragraphs within which a dateline may stand: summaries and captions come before it
CAPTIONS = 8  # paragraphs that may stand above the text of an agency
ENOUGH_PROSE = 3  # paragraphs before a label, so that it may end the article
LEAST_SHARED = 0.2  # of a paragraph's long words, told before, where the article goes on
LEAST_SHARED_LAST = 0.4  # where one paragraph only follows the list
LEAST_SHARED_BELOW_ITEM = 0.25  # and the list has bullets, which the paragraph has not

_BULLET = re.compile(r"\s*(?:[•·▪●■◦‣*–—-]\s+|\(?\d{1,2}[.)]\s|\(?[a-zа-я]\)\s)")
_LEADING_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d\s?(?:(?:GMT|UTC|CET|CEST|MSK|МСК|ET|BST|a\.?m\.?|p\.?m\.?"
    r"|Uhr|h)\b\.?)?"
    r"(?:\s?[-–—|:]\s+|\s+(?=[A-ZА-ЯЁЇІЄҐÀ-ÝÇĞİÖŞÜ“\"«„]))"
)
_ASKED, _ANSWERED = "Q. ", "A. "  # of an interview; without the first, the second may be a name's
_INNER_END = re.compile(r"[^\W\d_]{3,}\. [^\W\d_a-z]")
_WORDS = re.compile(r"\w+")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """An article's paragraphs and what its page said around them; unknown is None."""

    paragraphs: tuple[Paragraph, ...]
    byline: str | None = None
    kicker: str | None = None
    dateline: str | None = None
    stamps: tuple[Stamp, ...] = ()
    removed: tuple[str, ...] = ()  # lines, beginnings and ends of lines, in text order


@dataclass(slots=True)
class _Page:
    """What is known so far while one article is cleaned."""

    lines: list[str]
    title: str = ""  # white space folded
    is_plain: bool = True  # nothing but its words tells a heading from a title of another story
    gone: set[int] = field(default_factory=set)
    cuts: defaultdict[int, list[str]] = field(  # beginnings and ends cut off, by line
        default_factory=lambda: defaultdict(list)
    )
    byline: str | None = None
    kicker: str | None = None
    dateline: str | None = None
    stamps: list[Stamp] = field(default_factory=list)

    def left(self) -> Iterator[tuple[int, str]]:
        """The lines still there."""
        return ((at, line) for at, line in enumerate(self.lines) if at not in self.gone)


def clean_paragraphs(
    paragraphs: Sequence[str], *, title: str | None = None, is_plain: bool = True
) -> Cleaned:
    """The article in ``paragraphs``: headings told apart, everything that is no part of it removed.

    ``is_plain``: no markup has told which lines are headings. Each text is a part of the given
    one, white space folded. Removed are embedded posts, lists of other stories, comment boxes,
    captions, credits, share bars, prompts, rights, repetitions of ``title``; a byline, stamps, a
    kicker and a dateline become fields. No paragraphs at all: nothing of it is an article.
    """
    folded = [" ".join(text.split()) for text in (title or "", *paragraphs)]
    page = _Page(folded[1:], title=folded[0], is_plain=is_plain)
    page.gone |= {at for at, line in enumerate(page.lines) if not line}
    empty = frozenset(page.gone)
    _cut_signs(page)
    page.gone |= posts(page.lines)
    page.gone |= _widgets(page)
    _take_meta(page)
    page.gone |= asides(page.lines, [at for at, _ in page.left()], page.byline)
    _drop_furniture(page)
    _drop_repeats(page)
    _open(page)
    kinds = _kinds(page)
    found = tuple(Paragraph(kinds[at], line) for at, line in page.left())
    return Cleaned(
        paragraphs=found,
        byline=page.byline,
        kicker=page.kicker,
        dateline=page.dateline,
        stamps=tuple(page.stamps),
        removed=_removed(page, paragraphs, empty),
    )


def _cut_signs(page: _Page) -> None:
    """Peel an agency's sign off the ends: below the last sentence it made a heading of it."""
    for at, line in list(page.left()):
        end = signed_off_at(line)
        if end < len(line):
            page.cuts[at].append(line[end:].strip())
            page.lines[at] = line[:end]


# --- lists of other stories -------------------------------------------------------------------


def _widgets(page: _Page) -> set[int]:
    """Indices of labels that begin a list of other stories or a comment box, and of that list."""
    alive = [at for at, line in page.left() if _counts(line)]
    bounds = [*alive, len(page.lines)]
    gone: set[int] = set()
    words: set[str] = set()
    told: list[str] = []  # whose words are looked up before a label only: few texts have one
    prose = position = 0
    late_clock = _late_clocks(page, alive)
    while position < len(alive):
        line = page.lines[alive[position]]
        if _begins_widget(line) or alive[position] == late_clock:
            words.update(*map(_long_words, told))
            told.clear()
            end = _widget_end(page, alive, position, words, prose)
            gone |= set(range(alive[position], bounds[end]))
            position = end
            continue
        prose += is_prose(line)
        told.append(line)
        position += 1
    return gone


def _counts(line: str) -> bool:
    """Whether the line tells where a list begins or ends; a prompt in between does not."""
    return _begins_widget(line) or is_clock(line) or not is_boilerplate(line)


def _begins_widget(line: str) -> bool:
    return len(line) <= 70 and (is_widget(line) or is_comment_box(line))


def _late_clocks(page: _Page, alive: list[int]) -> int | None:
    """The first of several bare times of day, if all stand behind the article; a live blog has
    them early.
    """
    clocks = [at for at in alive if is_clock(page.lines[at])]
    if len(clocks) < 2:
        return None
    before = sum(is_prose(page.lines[at]) for at in alive if at < clocks[0])
    return clocks[0] if before > ENOUGH_PROSE else None


def _widget_end(page: _Page, alive: list[int], start: int, words: set[str], prose: int) -> int:
    """One past the list's last line: where the article goes on, or the end of all."""
    is_box = is_comment_box(page.lines[alive[start]])
    run = 3 if is_box else 2
    if prose < ENOUGH_PROSE and is_box:
        return start + 1  # a counter above the article, not the box below it
    pairs = False
    for position in range(start + 1, len(alive)):
        line, above = page.lines[alive[position]], page.lines[alive[position - 1]]
        is_under_label = not is_ended(above) and position - 1 > start
        if not is_prose(line):
            continue
        if is_under_label and pairs:
            continue
        if _goes_on(
            page, alive[position : position + run], run, words, is_known=prose >= ENOUGH_PROSE
        ):
            return position
        pairs = pairs or is_under_label
    return len(alive)


def _goes_on(page: _Page, at: list[int], run: int, words: set[str], *, is_known: bool) -> bool:
    """Whether ``run`` paragraphs in a row are prose that speaks of what was spoken of before."""
    lines = list(takewhile(lambda line: not _begins_widget(line), (page.lines[i] for i in at)))
    share = LEAST_SHARED_BELOW_ITEM if _BULLET.match(page.lines[at[0] - 1]) else LEAST_SHARED_LAST
    if not all(map(is_prose, lines)) or (len(lines) < run and not _fits(lines[0], words, share)):
        return False
    return not is_known or _fits(" ".join(lines), words, LEAST_SHARED)


def _fits(text: str, words: set[str], share: float) -> bool:
    own = _long_words(text)
    return len(own & words) >= share * len(own)


def _long_words(line: str) -> set[str]:
    """Words of five letters and more by their first five, so that endings do not matter."""
    return {word[:5] for word in _LONG_WORD.findall(line[:2000].casefold())}


# --- metadata and furniture --------------------------------------------------------------------


def _take_meta(page: _Page) -> None:
    """Bylines and stamps; a date without a label counts only above the first paragraph."""
    seen_prose = False
    left = [*page.left(), (-1, "")]
    for (at, line), (below, value) in pairwise(left):
        if at in page.gone:
            continue
        meta = split_meta(line) if len(line) <= 160 else None
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


def _drop_furniture(page: _Page) -> None:
    before: int | None = None
    for at, line in list(page.left()):
        if is_boilerplate(line) or _is_of_picture(line):
            page.gone.add(at)
            # The caption stands above its credit when it is neither prose nor ended.
            if is_credit(line) and before is not None and _is_short(page.lines[before]):
                page.gone.add(before)
            continue
        before = at


def _is_of_picture(line: str) -> bool:
    """Whether it is a caption or its credit, and no prose follows."""
    rest = line[glued_end(line) :]
    return is_caption(rest) or (rest != line and is_caption(line) and not is_prose(rest))


def _drop_repeats(page: _Page) -> None:
    """Lines said before: the title, a paragraph repeated as a pulled quotation."""
    heading = _bare(page.title)
    seen: set[str] = set()
    for at, line in list(page.left()):
        bare = _bare(line)
        if bare and (bare in seen or (_is_title(bare, heading) and not is_prose(line))):
            page.gone.add(at)
        seen.add(bare)


def _is_title(bare: str, heading: str) -> bool:
    """The title, alone or behind the way to its page: "News World Talks go on"."""
    is_way = len(heading) > 30 and bare.endswith(heading) and len(bare) <= len(heading) + 40
    return bare == heading or is_way


def _bare(line: str) -> str:
    return " ".join(_WORDS.findall(fold(line) if len(line) < 400 else line.casefold()))


# --- the first paragraph, headings -------------------------------------------------------------


def _open(page: _Page) -> None:
    """Peel kicker, dateline and clock times off the beginnings."""
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
            rest = opening.text
        elif at in told[:OPENINGS] and page.dateline is None and (dated := dateline_of(rest)):
            page.dateline, rest = dated.dateline, dated.text
        if rest != line and rest:
            page.cuts[at].insert(0, line[: len(line) - len(rest)].strip())
            page.lines[at] = rest


def _speaks_again(page: _Page, first: int, words: str) -> bool:
    """Whether what stands before the first paragraph is a speaker, who has the word later on too."""
    labels = (f"{words}: ", f"{words} : ")
    return any(line.startswith(labels) for at, line in page.left() if at > first)


def _opens_wire(page: _Page, at: int) -> bool:
    """Whether an agency's text begins here: what stands above are captions and the site's summary."""
    opening = dateline_of(page.lines[at])
    return opening is not None and names_agency(opening.cut or "")


def _clock_end(line: str) -> int:
    found = _LEADING_CLOCK.match(line)
    return found.end() if found else 0


def _kinds(page: _Page) -> dict[int, ParagraphKind]:
    """Heading or paragraph for each line left; short lines that head nothing are dropped."""
    left = [at for at, _ in page.left()]
    kinds: dict[int, ParagraphKind] = {}
    start = 0
    while start < len(left):
        end = start
        while end < len(left) and _is_short(page.lines[left[end]]):
            end += 1
        _settle(page, left, start, end, kinds)
        if end < len(left):
            kinds[left[end]] = "p"
        start = end + 1
    return kinds


def _settle(
    page: _Page, left: list[int], start: int, end: int, kinds: dict[int, ParagraphKind]
) -> None:
    """One run of short lines: a list if the line above announces it, else a heading and its like."""
    run = left[start:end]
    if start and page.lines[left[start - 1]].endswith(":"):
        kinds.update((at, "p") for at in run)
        return
    is_last, is_first = end == len(left), start == 0
    kept = [] if is_last else run[-1:] if is_first or len(run) > 2 else run
    if is_first:
        kept = [at for at in kept if page.lines[at].count(" ") >= 3 and not _is_summary(page, at)]
    if page.is_plain:
        kept = [at for at in kept if not (_is_teaser(page.lines[at]) or _is_within(page, at))]
    kinds.update((at, "heading") for at in kept)
    page.gone |= set(run) - set(kept)


def _is_summary(page: _Page, at: int) -> bool:
    """Five words and more between title and article are a standfirst, but below a live blog's clock."""
    is_live = at > 0 and is_clock(page.lines[at - 1])
    return (
        page.is_plain
        and page.title != ""
        and not is_live
        and page.lines[at].count(" ") >= 4
        and page.lines[at][-1] != "?"
    )


def _is_within(page: _Page, at: int) -> bool:
    """Whether the line stands between two lines of furniture, as the name of a newsletter does."""
    return all(
        0 <= beside < len(page.lines) and beside in page.gone and is_boilerplate(page.lines[beside])
        for beside in (at - 1, at + 1)
    )


def _is_teaser(line: str) -> bool:
    """A title of another story: ten words, or six in capitals; or a caption, two sentences and no full stop.

    Headings of articles have two to seven words.
    """
    words = line.count(" ") + 1
    is_long = words >= MOST_HEADING_WORDS and line[-1] != "?"
    return is_long or (words >= 6 and line == line.upper()) or bool(_INNER_END.search(line))


def _is_short(line: str) -> bool:
    """A line that could be a heading: short, not ended as a sentence, not an item, not in quotation marks."""
    if len(line) > LONGEST_HEADING or line[-1] in ".!…:;," or _BULLET.match(line):
        return False
    return not is_ended(line) or (line[-1] == "?" and line[0] not in "\"“«„'‘")


def _removed(page: _Page, paragraphs: Sequence[str], empty: frozenset[int]) -> tuple[str, ...]:
    return tuple(
        part
        for at, text in enumerate(paragraphs)
        if at not in empty
        for part in ([text.strip()] if at in page.gone else page.cuts.get(at, []))
    )

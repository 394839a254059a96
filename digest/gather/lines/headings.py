"""Which of the remaining lines are headings, and which short ones are none and go."""

import re

from ...model.gathered import ParagraphKind
from .boilerplate import is_boilerplate, is_clock
from .page_lines import Page
from .prose import is_ended, is_item

LONGEST_HEADING = 120  # characters
MOST_HEADING_WORDS = 10

_INNER_END = re.compile(r"[^\W\d_]{3,}\. [^\W\d_a-z]")


def kinds(page: Page) -> dict[int, ParagraphKind]:
    """Heading or paragraph for each remaining line; short lines that head nothing are dropped."""
    left = [at for at, _ in page.left()]
    found: dict[int, ParagraphKind] = {}
    start = 0
    while start < len(left):
        end = start
        while end < len(left) and is_short(page.lines[left[end]]):
            end += 1
        _settle(page, left, start, end, found)
        if end < len(left):
            found[left[end]] = "p"
        start = end + 1
    return found


def _settle(
    page: Page, left: list[int], start: int, end: int, found: dict[int, ParagraphKind]
) -> None:
    """One run of short lines: a list if the line above announces it, else a heading and its like."""
    run = left[start:end]
    if start and page.lines[left[start - 1]].endswith(":"):
        found.update((at, "p") for at in run)
        return
    is_last, is_first = end == len(left), start == 0
    kept = [] if is_last else run[-1:] if is_first or len(run) > 2 else run
    if is_first:
        kept = [at for at in kept if page.lines[at].count(" ") >= 3 and not _is_summary(page, at)]
    if page.is_plain:
        kept = [at for at in kept if not (_is_teaser(page.lines[at]) or _is_within(page, at))]
    found.update((at, "heading") for at in kept)
    page.gone |= set(run) - set(kept)


def _is_summary(page: Page, at: int) -> bool:
    """Whether it is a standfirst: five words or more between title and article, not below a clock.

    The clock is that of a live blog.
    """
    is_live = at > 0 and is_clock(page.lines[at - 1])
    return (
        page.is_plain
        and page.title != ""
        and not is_live
        and page.lines[at].count(" ") >= 4
        and page.lines[at][-1] != "?"
    )


def _is_within(page: Page, at: int) -> bool:
    """Whether the line stands between two lines of furniture, as the name of a newsletter does."""
    return all(
        0 <= beside < len(page.lines) and beside in page.gone and is_boilerplate(page.lines[beside])
        for beside in (at - 1, at + 1)
    )


def _is_teaser(line: str) -> bool:
    """Whether it is another story's title (ten words, or six in capitals) or a caption of two sentences.

    Headings of articles have two to seven words.
    """
    words = line.count(" ") + 1
    is_long = words >= MOST_HEADING_WORDS and line[-1] != "?"
    return is_long or (words >= 6 and line == line.upper()) or bool(_INNER_END.search(line))


def is_short(line: str) -> bool:
    """Whether it could be a heading: short, not ended as a sentence, no item, not in quotation marks."""
    if len(line) > LONGEST_HEADING or line[-1] in ".!…:;," or is_item(line):
        return False
    return not is_ended(line) or (line[-1] == "?" and line[0] not in "\"“«„'‘")

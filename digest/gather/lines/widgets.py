"""Lists of other stories and comment boxes among the lines of an article, and where it goes on below."""

import re
from itertools import takewhile

from ..phrases.folding import LONGEST_LABEL
from .boilerplate import is_boilerplate, is_clock, is_comment_box, is_widget
from .page_lines import Page
from .prose import is_ended, is_item, is_prose

ENOUGH_PROSE = 3  # paragraphs before a label, so that it may end the article
LEAST_SHARED = 0.2  # of a paragraph's long words, told before, where the article goes on
LEAST_SHARED_LAST = 0.4  # where one paragraph only follows the list
LEAST_SHARED_BELOW_ITEM = 0.25  # and the list has bullets, which the paragraph has not

_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


def widgets(page: Page) -> set[int]:
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
    is_label = len(line) <= LONGEST_LABEL and (_begins_widget(line) or is_clock(line))
    return is_label or not is_boilerplate(line)


def _begins_widget(line: str) -> bool:
    return len(line) <= LONGEST_LABEL and (is_widget(line) or is_comment_box(line))


def _late_clocks(page: Page, alive: list[int]) -> int | None:
    """The first of several bare times of day, if all stand behind the article; a live blog has
    them early.
    """
    short = (at for at in alive if len(page.lines[at]) <= LONGEST_LABEL)
    clocks = [at for at in short if is_clock(page.lines[at])]
    if len(clocks) < 2:
        return None
    before = sum(is_prose(page.lines[at]) for at in alive if at < clocks[0])
    return clocks[0] if before > ENOUGH_PROSE else None


def _widget_end(page: Page, alive: list[int], start: int, words: set[str], prose: int) -> int:
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


def _goes_on(page: Page, at: list[int], run: int, words: set[str], *, is_known: bool) -> bool:
    """Whether ``run`` paragraphs in a row are prose that speaks of what was spoken of before."""
    lines = list(takewhile(lambda line: not _begins_widget(line), (page.lines[i] for i in at)))
    share = LEAST_SHARED_BELOW_ITEM if is_item(page.lines[at[0] - 1]) else LEAST_SHARED_LAST
    if not all(map(is_prose, lines)) or (len(lines) < run and not _fits(lines[0], words, share)):
        return False
    return not is_known or _fits(" ".join(lines), words, LEAST_SHARED)


def _fits(text: str, words: set[str], share: float) -> bool:
    own = _long_words(text)
    return len(own & words) >= share * len(own)


def _long_words(line: str) -> set[str]:
    """Words of five letters and more by their first five, so that endings do not matter."""
    return {word[:5] for word in _LONG_WORD.findall(line[:2000].casefold())}

"""What is announced for the days to come, as one message. Pure."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from digest.model.digests import Announced

from ..talk.markup import Block, Blocks, Line, run, superscript
from ..talk.texts import Texts
from .citing import first_that_fits, in_marks
from .links import Link

_ROOM = (30, 20, 15, 10, 7, 5, 3, 2, 1, 0)  # appointments that are shown, ever fewer


def calendar_page(announced: Sequence[Announced], t: Texts, link: Link) -> Blocks:
    """Sentences by day, each with a number that links to its source, as many as one message holds."""
    return first_that_fits(_layout(announced, most, t, link) for most in _ROOM)


def _layout(announced: Sequence[Announced], most: int, t: Texts, link: Link) -> Blocks:
    title = Block(((run("📅 "), run(t.label("ahead.title"), bold=True)),))
    left = len(announced) - most
    rest = (Block(((), (run(t.plural("ahead.more", left)),))),) if left > 0 else ()
    last = Block(((), (run(t.label("digest.verbatim"), italic=True),)))
    return (title, *_days(announced[:most], t, link), *rest, last)


def _days(announced: Sequence[Announced], t: Texts, link: Link) -> Iterator[Block]:
    numbers: dict[int, int] = {}
    for day, found in groupby(announced, key=lambda one: one.day):
        yield Block(((), (run(t.day(day), bold=True),)))
        lines: list[Line] = []
        for one in found:
            number = numbers.setdefault(one.article.id, len(numbers) + 1)
            sign = run(superscript(number), url=link(one.article, one.span.start))
            lines.append((run(f"{in_marks(one.text)}\u00a0"), sign))
        yield Block(tuple(lines), quote=True)

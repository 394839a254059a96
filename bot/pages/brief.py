"""A brief on a country or a pair as one message. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from digest.compose.brief import Brief
from digest.model.digests import Item

from ..talk.markup import Block, Blocks, Line, run
from ..talk.texts import Texts
from .citing import first_that_fits, in_marks, source
from .links import Link
from .story import about, headline

_ROOM = (6, 5, 4, 3, 2, 1)  # stories that are told, ever fewer
_BARS = "▁▂▃▄▅▆▇█"


def brief_page(brief: Brief, place: str, days: int, t: Texts, link: Link) -> Blocks:
    """The place, how much was written each day, and as many of the best stories as one message holds."""
    head = _head(brief, place, days, t)
    if not brief.items:
        return (head, Block(((), (run(t.label("brief.nothing")),))))
    layouts = ((head, *_stories(brief.items[:most], t, link)) for most in _ROOM)
    untold = tuple(replace(item, sentences=()) for item in brief.items[:1])
    return first_that_fits((*layouts, (head, *_stories(untold, t, link))))


def _head(brief: Brief, place: str, days: int, t: Texts) -> Block:
    title = run(place, bold=True)
    lines: list[Line] = [(title, run(f" · {t.plural('brief.days', days)}"))]
    articles = sum(count for _, count in brief.per_day)
    told = t.plural("digest.stories", brief.stories), t.plural("digest.articles", articles)
    lines.append((run(" · ".join(told)),))
    if articles and days > 1:
        lines.append((run(_volume(brief.per_day, t)),))
    return Block(tuple(lines))


def _volume(per_day: Sequence[tuple[date, int]], t: Texts) -> str:
    """ "▁▃█▂ Wed 19 Aug – Tue 25 Aug, most on Fri 21 Aug: 12"."""
    most_on, most = max(per_day, key=lambda one: one[1])
    bars = "".join(_BARS[count * (len(_BARS) - 1) // most] for _, count in per_day)
    first, last = t.day(per_day[0][0]), t.day(per_day[-1][0])
    return t.label(
        "brief.volume", bars=bars, first=first, last=last, day=t.day(most_on), count=most
    )


def _stories(items: Sequence[Item], t: Texts, link: Link) -> Iterator[Block]:
    for at, item in enumerate(items, 1):
        head: Line = (run(f"{at} · ", bold=True), headline(item, link, bold=True))
        yield Block(((), head, (run(about(item, t)),)))
        by_id = {article.id: article for article in item.articles}
        lines: list[Line] = [
            (run(f"{in_marks(one.text)} "), source(by_id[one.article], one.start, link, t))
            for one in item.sentences
        ]
        if lines:
            yield Block(tuple(lines), quote=True)

"""Who said what, as one message. Pure."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from digest.compose.quoted import Said
from digest.model.stories import moment

from ..talk.markup import Block, Blocks, run
from ..talk.texts import Texts
from .citing import first_that_fits, said_line
from .links import Link

_ROOM = (20, 15, 10, 7, 5, 3, 2, 1, 0)  # quotations that are shown, ever fewer


def quotes_page(said: Sequence[Said], name: str, t: Texts, link: Link, *, zone: str) -> Blocks:
    """Quotations by day of ``zone``, latest first, as many as one message holds."""
    latest = sorted(said, key=lambda one: moment(one.article), reverse=True)
    return first_that_fits(_layout(latest, name, most, t, link, zone) for most in _ROOM)


def _layout(said: Sequence[Said], name: str, most: int, t: Texts, link: Link, zone: str) -> Blocks:
    title = Block(((run(t.label("quotes.title", name=name), bold=True),),))
    left = len(said) - most
    rest = (Block(((), (run(t.plural("quotes.more", left)),))),) if left > 0 else ()
    return (title, *_days(said[:most], t, link, zone), *rest)


def _days(said: Sequence[Said], t: Texts, link: Link, zone: str) -> Iterator[Block]:
    local = ZoneInfo(zone)
    for day, found in groupby(said, key=lambda one: moment(one.article).astimezone(local).date()):
        yield Block(((), (run(t.day(day), bold=True),)))
        yield Block(tuple(said_line(one, link, t) for one in found), quote=True)

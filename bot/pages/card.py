"""A story card as one message. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from digest.compose.card import Card
from digest.model.sources import Outlet
from digest.read.about.actors import flag

from ..talk.markup import Block, Blocks, Line, run
from ..talk.texts import Texts
from .citing import first_that_fits, in_marks, named, said_line, source, title_of
from .links import Link
from .story import about, headline, mark

# Days, quotations, outlets and sentences that are shown, ever fewer: what is behind goes first.
_ROOM = ((7, 6, 40, 3), (5, 4, 40, 3), (5, 2, 20, 3), (3, 1, 20, 2), (2, 0, 10, 1), (1, 0, 5, 0))


def card_page(card: Card, t: Texts, link: Link) -> Blocks:
    """Headline, sentences, days, quotations and sources, as much as one message holds."""
    return first_that_fits(_layout(card, room, t, link) for room in _ROOM)


def shared_page(card: Card, t: Texts, link: Link, whole: str | None) -> Blocks:
    """A card to share: headline, two sentences, sources, and the way to the ``whole`` story.

    No mark says that it is new: it is read whenever somebody comes by.
    """
    onwards = (Block(((), (run(t.label("story.whole"), url=whole),))),) if whole else ()
    head = Block(((headline(card.item, link, bold=True),), (run(about(card.item, t)),)))
    sources = _sources(card.item.outlets, 10, t)
    return (head, *_sentences(card, 2, t, link), sources, *onwards)


def _layout(card: Card, room: tuple[int, int, int, int], t: Texts, link: Link) -> Blocks:
    days, quotes, outlets, sentences = room
    return (
        _head(card, t, link),
        *_sentences(card, sentences, t, link),
        *_days(card, days, t, link),
        *_quotes(card, quotes, t, link),
        _sources(card.item.outlets, outlets, t),
        Block(((), (run(_legend(card, t), italic=True),))),
    )


def _legend(card: Card, t: Texts) -> str:
    """What the signs mean."""
    asks = any(article.withheld == "paywall" for article in card.item.articles)
    signs = ("digest.verbatim-linked", *(("digest.subscription",) if asks else ()))
    return " ".join(map(t.label, signs))


def _head(card: Card, t: Texts, link: Link) -> Block:
    item = card.item
    return Block(
        ((headline(card.item, link, bold=True), run(f" {mark(item, t)}")), (run(about(item, t)),))
    )


def _sentences(card: Card, most: int, t: Texts, link: Link) -> Blocks:
    by_id = {article.id: article for article in card.item.articles}
    cited = [one for one in card.item.sentences if one.kind != "differs"][:most]
    lines: list[Line] = [
        (run(f"{in_marks(one.text)} "), source(by_id[one.article], one.start, link, t))
        for one in cited
    ]
    return (Block(tuple(lines), quote=True, folded=len(lines) > 2),) if lines else ()


def _days(card: Card, most: int, t: Texts, link: Link) -> Blocks:
    """The latest days, oldest first; a story of one day has no timeline."""
    if len(card.timeline) < 2:
        return ()
    lines: list[Line] = [
        (run(f"{t.day(day)} · "), run(title_of(article), url=link(article, 0)))
        for day, article in card.timeline[-most:]
    ]
    return (Block(((), (run(t.label("story.timeline"), bold=True),), *lines)),)


def _quotes(card: Card, most: int, t: Texts, link: Link) -> Blocks:
    shown = card.quotes[:most]
    if not shown:
        return ()
    lines = tuple(said_line(one, link, t) for one in shown)
    title = Block(((), (run(t.label("story.quotes"), bold=True),)))
    return (title, Block(lines, quote=True, folded=len(lines) > 2))


def _sources(outlets: Sequence[Outlet], most: int, t: Texts) -> Block:
    lines: list[Line] = [(run(line),) for line in _by_country(outlets[:most], t)]
    if len(outlets) > most:
        lines.append((run(f"+{len(outlets) - most}"),))
    return Block(((), (run(t.label("story.sources"), bold=True),), *lines))


def _by_country(outlets: Sequence[Outlet], t: Texts) -> Iterator[str]:
    """ "🇫🇷 France: Gazette, Agenceˢ", countries with most outlets first, unknown ones last."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for outlet in outlets:
        name = named(outlet.name) or t.label("search.no-outlet")
        funded = "ˢ" if outlet.state_funded else ""
        found[outlet.country or ""].append(f"{name}{funded}{' 🏛' if outlet.official else ''}")
    for country, names in sorted(found.items(), key=lambda one: (not one[0], -len(one[1]))):
        place = f"{flag(country)} {t.country(country)}{t.colon} ".lstrip() if country else ""
        counted = Counter(names).items()  # those without a name are called alike
        yield place + ", ".join(f"{one} ×{count}" if count > 1 else one for one, count in counted)

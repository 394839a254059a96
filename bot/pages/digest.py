"""A digest as the messages that a reader gets: laid out from blocks, shortened in a fixed order. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from digest.model.digests import Announced, Digest, Item

from ..talk.locations import place_name
from ..talk.markup import Block, Blocks, Line, Run, fits, run
from ..talk.texts import Texts
from .citing import in_marks
from .links import Link
from .story import heading_of, headline, lead_in, opinion, proof, row, story_in_full

_FAR = timedelta(days=6)  # from here on a weekday alone may be taken for the coming one
_TODAY = timedelta(hours=36)  # a digest that looks back on more, and is not just late, is of days
_LATE = timedelta(minutes=10)  # a digest that comes later than this says so
_BRIEF_FROM = 3  # stories; fewer need no table of contents
_AHEAD = 3  # announced sentences that stay where room is short
_SIDES = 5  # countries of which no feed could be read, named in one line
_COUNTER = Block(((Run("(99/99)"),),))  # room that the number of a message needs


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the header says beside the digest itself."""

    zone: str
    due_at: datetime
    sent_at: datetime
    commands: bool = True  # whether the footer offers commands: not in a channel
    shared: bool = False  # whether many read it: a group's or a channel's
    place: str = ""  # as it was chosen, where the zone's own city does not say it


def pages(digest: Digest, occasion: Occasion, t: Texts, link: Link) -> tuple[Blocks, ...]:
    """The digest as one message, or as few as it takes, each within Telegram's limits."""
    found, _ = fitted(digest, occasion, t, link)
    return found


def fitted(
    digest: Digest, occasion: Occasion, t: Texts, link: Link
) -> tuple[tuple[Blocks, ...], Digest]:
    """The pages of the digest, and the digest with only what stands on them.

    Until it fits into one message, this is dropped, in this order: the volume line, announcements beyond
    three sentences, third sentences, the third full story. If it still does not fit, it is split between
    stories. A sentence is shown whole or not at all: if it has no room in a message with its story alone,
    it is left out.
    """
    whole = tuple(chain.from_iterable(_parts(digest, occasion, t, link, volume=True)))
    if fits(whole):  # as nearly all do: then each sentence has room, too
        return (whole,), digest
    for shorter, volume in _shortened(_tellable(digest, occasion, t, link)):
        parts = _parts(shorter, occasion, t, link, volume=volume)
        whole = tuple(chain.from_iterable(parts))
        if fits(whole):
            return (whole,), shorter
    return _split(parts), shorter


def _shortened(digest: Digest) -> Sequence[tuple[Digest, bool]]:
    """The digest, and whether its volume line stays: ever shorter versions."""
    near = replace(digest, ahead=digest.ahead[:_AHEAD])
    two = replace(near, items=tuple(replace(i, sentences=i.sentences[:2]) for i in near.items))
    line = replace(
        two,
        items=tuple(
            replace(i, sentences=() if at >= 2 else i.sentences) for at, i in enumerate(two.items)
        ),
    )
    return ((digest, True), (digest, False), (near, False), (two, False), (line, False))


def _tellable(digest: Digest, occasion: Occasion, t: Texts, link: Link) -> Digest:
    """The digest without sentences that have no room beside their story's headline."""
    header = _header(digest, occasion, t, volume=False)
    numbers, since = _numbers(digest), _since(digest, digest.window.zone, t)

    def tellable(item: Item) -> Item:
        kept = replace(item, sentences=())
        for cited in item.sentences:
            longer = replace(item, sentences=(*kept.sentences, cited))
            story = story_in_full(len(digest.items), longer, since, numbers, t, link)
            if fits((*header, *story, _COUNTER)):
                kept = longer
        return kept

    return replace(digest, items=tuple(map(tellable, digest.items)))


def _split(parts: Sequence[Blocks]) -> tuple[Blocks, ...]:
    """Whole parts spread over as many messages as needed, each with the header and its number."""
    header, *rest = parts
    found: list[Blocks] = []
    page: Blocks = header
    for part in rest:
        if page != header and not fits((*page, *part, _COUNTER)):
            found.append(page)
            page = header
        page = (*page, *part)
    found.append(page)
    return tuple(_numbered(page, at, len(found)) for at, page in enumerate(found, 1))


def _numbered(page: Blocks, at: int, of: int) -> Blocks:
    first, *rest = page
    return (Block(((*first.lines[0], run(f" ({at}/{of})")), *first.lines[1:])), *rest)


def _parts(
    digest: Digest, occasion: Occasion, t: Texts, link: Link, *, volume: bool
) -> list[Blocks]:
    """The header, then all that may stand in a message of its own, in order."""
    numbers = _numbers(digest)
    full = [(at, item) for at, item in enumerate(digest.items, 1) if item.sentences]
    lines = [(at, item) for at, item in enumerate(digest.items, 1) if not item.sentences]
    parts = [_header(digest, occasion, t, volume=volume)]
    if not digest.items:
        parts.append(_quiet(digest, t, link))
    if len(digest.items) >= _BRIEF_FROM and full:
        parts.append(_brief(digest, t))
    since = _since(digest, digest.window.zone, t)
    parts += [story_in_full(at, item, since, numbers, t, link) for at, item in full]
    if lines:
        parts += _also(lines, t, link, title="stories_title" if not full else _rest(digest))
    if digest.ahead:
        parts.append(_ahead(digest.ahead, numbers, t, link))
    parts.append(_footer(digest, occasion, t))
    return parts


def _header(digest: Digest, occasion: Occasion, t: Texts, *, volume: bool) -> Blocks:
    title = t.label(
        "digest.header",
        day=t.day(_local(occasion.due_at, occasion.zone)),
        time=t.time(occasion.due_at, occasion.zone),
        place=place_name(occasion.zone, occasion.place, t),
    )
    lines: list[Line] = [(run("🕊 "), run("Attaché", bold=True), run(f" · {title}"))]
    delay = occasion.sent_at - occasion.due_at
    if delay > _LATE:
        lines.append((run(t.label("digest.late", time=t.duration(delay))),))
    if volume:
        lines.append((run(_volume(digest, occasion, t), italic=True),))
    health = digest.health
    if health.silent:
        lines.append((run(_silent(health.silent, t)),))
    if health.failing:
        thin = t.label("digest.thin", failing=health.failing, all=health.sources)
        lines.append((run(f"⚠️ {thin}"),))
    return (Block(tuple(lines)),)


def _silent(countries: Sequence[str], t: Texts) -> str:
    """The countries whose side nobody tells in this edition, in one line."""
    names = [_side(country, t) for country in countries[:_SIDES]]
    more = ", …" if len(countries) > _SIDES else ""
    return "⚠️ " + t.label("digest.silent", sides=", ".join(names) + more)


def _side(country: str, t: Texts) -> str:
    return t.label("digest.institutions") if country == "INT" else t.country(country)


def _volume(digest: Digest, occasion: Occasion, t: Texts) -> str:
    start = digest.window.start
    since = f"{_since(digest, occasion.zone, t)} {t.time(start, occasion.zone)}"
    told = "digest.chosen" if occasion.shared else "digest.for_you"
    return t.label(
        "digest.volume",
        articles=t.plural("digest.articles", digest.articles_read),
        stories=t.plural("digest.stories", digest.stories_seen),
        yours=t.plural(told, len(digest.items)),
        since=since,
        minutes=digest.minutes,
    )


def _since(digest: Digest, zone: str, t: Texts) -> str:
    """The day from which a digest tells: "Mon", or "Mon 17 Aug" if that is long ago."""
    start = _local(digest.window.start, zone)
    is_far = digest.window.end - digest.window.start >= _FAR
    return t.day(start) if is_far else t.weekday(start.weekday())


def _quiet(digest: Digest, t: Texts, link: Link) -> Blocks:
    key = "digest.quiet" if digest.stories_seen else "digest.nothing"
    key = "digest.unread" if digest.health.is_down else key
    lines: list[Line] = [(), (run(t.label(key, stories=digest.stories_seen)),)]
    if digest.elsewhere:
        lines.append((run(t.label("digest.elsewhere") + " "), headline(digest.elsewhere, link)))
    return (Block(tuple(lines)),)


def _brief(digest: Digest, t: Texts) -> Blocks:
    lines: list[Line] = [(), (run(t.label("digest.brief"), bold=True),)]
    for at, item in enumerate(digest.items[:5], 1):
        thought = opinion(item, t)
        lines.append((run(f"{at} {lead_in(item, t)} {heading_of(item)}{thought}"),))
    return (Block(tuple(lines)),)


def _also(lines: Sequence[tuple[int, Item]], t: Texts, link: Link, *, title: str) -> list[Blocks]:
    """A row for each story, the first one below the title; a message may end after any of them."""
    head = run(t.label(f"digest.{title}"), bold=True)
    first, *others = (row(at, item, t, link) for at, item in lines)
    return [(Block(((), (head,), first)),), *((Block((row,)),) for row in others)]


def _ahead(announced: Sequence[Announced], numbers: dict[int, int], t: Texts, link: Link) -> Blocks:
    """What is announced, with a row for each day and sentence."""
    title = (run("📅 "), run(t.label("digest.ahead"), bold=True))
    rows = (
        (
            run(f"{t.day(one.day)} · {in_marks(one.text)}"),
            *proof(one.article, one.span.start, numbers, link),
        )
        for one in announced
    )
    return (Block(((), title, *rows)),)


def _rest(digest: Digest) -> str:
    """The title above the stories that are told in one line."""
    return "also" if digest.window.end - digest.window.start <= _TODAY else "also-longer"


def _footer(digest: Digest, occasion: Occasion, t: Texts) -> Blocks:
    has_sentences = bool(digest.ahead) or any(item.sentences for item in digest.items)
    said = [t.label("digest.verbatim")] if has_sentences else []
    if any(outlet.state_funded for item in digest.items for outlet in item.outlets):
        said.append(t.label("digest.state_funded"))
    if occasion.commands:
        said.append(_offer(digest, occasion))
    return (Block(((), (run(" ".join(said), italic=True),))),) if said else ()


def _offer(digest: Digest, occasion: Occasion) -> str:
    if digest.items:
        return "/why 1 · /settings" if occasion.shared else "/story 1 · /why 1 · /settings"
    if digest.stories_seen:
        return "/topics · /settings"
    return "/settings" if occasion.shared else "/catchup · /settings"


def _numbers(digest: Digest) -> dict[int, int]:
    """The number of each cited article, counted through the digest."""
    cited = (sentence.article for item in digest.items for sentence in item.sentences)
    announcing = (one.article.id for one in digest.ahead)
    return {article: at for at, article in enumerate(dict.fromkeys(chain(cited, announcing)), 1)}


def _local(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()

"""One story of a digest, in full or in a line. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from digest.compose.rank import one_side
from digest.model.articles import Action, Article, ArticleId
from digest.model.digests import Cited, Item
from digest.model.sources import Outlet
from digest.read.about.actors import flag
from digest.read.opinion import is_labelled, thought

from ..talk.markup import Block, Blocks, Line, Run, run, shortened, superscript
from ..talk.texts import Texts
from .citing import attributed, heading, spoken_by
from .links import Link

_FLAGS = 5  # countries and outlet countries named in one line
# Actions by the topic whose name says the same word.
_SAYS = {
    "aid": "aid",
    "consult": "peace-talks",
    "sanction": "sanctions",
    "tariff": "trade",
    "visit": "summits",
}


def story_in_full(
    at: int, item: Item, since: str, numbers: Mapping[int, int], t: Texts, link: Link
) -> Blocks:
    """A story in full; if the chat knows it already, with the day since when this is new."""
    by_id = {article.id: article for article in item.articles}
    first = {cited.article: cited for cited in reversed(item.sentences)}
    spoken = [cited for cited in item.sentences if cited.kind != "differs"]
    repeated = _repeated(item, spoken)
    source: Line = ()
    if repeated is not None:
        article = by_id[repeated.article]
        source = (*proof(article, repeated.start, numbers, link), *_origin(article, t))
    head: Line = (
        run(f"{at} · ", bold=True),
        headline(item, link, bold=True) if repeated is None else _whole(item, link),
        run(opinion(item, t)),
        *source,
        run(f" {mark(item, t)}"),
    )
    beneath: Line = (run(about(item, t)),)
    quoted = tuple(
        _sentence(cited, by_id[cited.article], numbers, t, link)
        + (_origin(by_id[cited.article], t) if first[cited.article] is cited else ())
        for cited in spoken
        if cited is not repeated
    )
    differing = [cited for cited in item.sentences if cited.kind == "differs"]
    if differing:
        quoted = (*quoted, _differing(differing, by_id, numbers, t, link))
    if item.status == "continuing" and item.is_known:
        quoted = ((run(t.label("digest.new_since", day=since), italic=True),), *quoted)
    return (Block(((), head, beneath)), Block(quoted, quote=True, folded=len(quoted) > 3))


def row(at: int, item: Item, t: Texts, link: Link) -> Line:
    """A story in one line."""
    spread = f" · {_outlets(item, t)}" if len(item.outlets) > 1 else ""
    after = opinion(item, t) + spread
    return (run(f"{at} {lead_in(item, t)} "), headline(item, link), run(after))


def opinion(item: Item, t: Texts) -> str:
    """ " (opinion)" or " (analysis)" if the leading article is one and its headline does not say so."""
    kind = None if is_labelled(item.headline) else thought(item.articles[0])
    return f" ({t.label(f'digest.{kind}')})" if kind else ""


def headline(item: Item, link: Link, *, bold: bool = False) -> Run:
    """The headline, linked to the leading article."""
    return run(heading_of(item), bold=bold, url=link(item.articles[0], 0))


def _whole(item: Item, link: Link) -> Run:
    """A sentence that is both the headline and what is told."""
    return run(item.headline, bold=True, url=link(item.articles[0], 0))


def heading_of(item: Item) -> str:
    """Its headline as it is shown."""
    return heading(item.headline, item.articles[0].title)


def mark(item: Item, t: Texts) -> str:
    """The state of a story: "🆕", "🔄 Day 4", "💤"."""
    if item.status == "new":
        return "🆕"
    sign = "🔄" if item.status == "continuing" else "💤"
    return f"{sign} {t.label('digest.day', n=item.day)}" if item.day > 1 else sign


def lead_in(item: Item, t: Texts) -> str:
    """The mark before a headline: "🆕", "🔄 Day 4:"."""
    sign = mark(item, t)
    return f"{sign}{t.colon}" if " " in sign else sign


def about(item: Item, t: Texts) -> str:
    """What a story is about and who reports it: topics, action, flags, outlets, one-sidedness."""
    side = one_side(item.outlets, item.countries)
    warning = "⚠️ " + t.label("digest.one-side", country=t.country(side)) if side else ""
    parts = (*_labels(item, t), _flags(item), _outlets(item, t), warning)
    return " · ".join(filter(None, parts))


def _labels(item: Item, t: Texts) -> Iterator[str]:
    """Two topics, or one topic and the action that the headline states."""
    said = _SAYS.get(item.action.slug) if item.action else None
    for slug in item.topics[: 1 if item.action else 2]:
        if slug != said:
            yield t.label_or(f"topic.{slug}", slug)
    if item.action:
        yield acted(item.action, t)


def acted(action: Action, t: Texts) -> str:
    """Who does what to whom: "Sanctions 🇺🇸 → 🇷🇺", "Talks 🇮🇷 🇺🇸"."""
    by, to = (" ".join(_sign(code, t).rstrip() for code in side) for side in (action.by, action.to))
    return f"{t.label_or(f'action.{action.slug}', action.slug)} {by}" + (f" → {to}" if to else "")


def _flags(item: Item) -> str:
    """The countries of the story that its action does not name."""
    named = (*item.action.by, *item.action.to) if item.action else ()
    others = (code for code in item.countries[:_FLAGS] if code not in named)
    return " ".join(filter(None, map(flag, others)))


def _outlets(item: Item, t: Texts) -> str:
    """How many outlets, and from where: "7 outlets (🇹🇷3 🇫🇷2 🇷🇺1ˢ +1)"; the last one is from elsewhere."""
    known = all(outlet.name for outlet in item.outlets)
    count = t.plural("digest.outlets" if known else "digest.sources", len(item.outlets))
    spread = Counter(
        (outlet.country, outlet.state_funded) for outlet in item.outlets if _place(outlet)
    )
    named = spread.most_common(_FLAGS)
    if not named or len(item.outlets) == 1:
        return count
    others = len(item.outlets) - sum(number for _, number in named)
    shown = [
        f"{_sign(country, t)}{number}{'ˢ' if funded else ''}" for (country, funded), number in named
    ]
    return f"{count} ({' '.join([*shown, *([f'+{others}'] if others else [])])})"


def _sign(country: str | None, t: Texts) -> str:
    """The flag of a country; if it has none, as a former state, its name and a space."""
    code = country or ""
    return flag(code) or f"{t.country(code)} "


def _place(outlet: Outlet) -> bool:
    return outlet.country is not None


def _repeated(item: Item, spoken: Sequence[Cited]) -> Cited | None:
    """For a story without a title, the sentence that serves as its headline."""
    found = (cited for cited in spoken[:1] if cited.text == shortened(item.headline))
    return next(found, None) if len(spoken) > 1 else None


def _sentence(
    cited: Cited, article: Article, numbers: Mapping[int, int], t: Texts, link: Link
) -> Line:
    """The sentence in quotation marks, unless it has some, and the number that links to its proof."""
    said = attributed(cited.text, _speaker(cited, article), t)
    sign = {"quote": "💬 ", "official": "🏛 "}.get(cited.kind, "")
    return (run(f"{sign}{said}"), *proof(article, cited.start, numbers, link))


def _speaker(cited: Cited, article: Article) -> str:
    """Who says it, if the sentence does not name them in full: "Ada Novak, envoy 🇱🇻"."""
    found = article.quoted_in(cited.start, cited.end)
    quote = next((q for q in found if q.speaker == cited.speaker), None)
    if quote is None or quote.speaker in cited.text:
        return ""
    return spoken_by(quote)


def proof(article: Article, start: int, numbers: Mapping[int, int], link: Link) -> Line:
    """The number of the source, after a no-break space, linked to where the sentence stands."""
    number = superscript(numbers[article.id])
    return (run("\u00a0"), run(number, url=link(article, start)))


def _differing(
    cited: Sequence[Cited],
    by_id: Mapping[ArticleId, Article],
    numbers: Mapping[int, int],
    t: Texts,
    link: Link,
) -> Line:
    """The figures in which accounts differ, each with the number of its source."""
    runs = [run("⚖️ " + t.label("digest.differ"))]
    for one in cited:
        number = superscript(numbers[one.article])
        runs += [
            run(f"{' ·' if len(runs) > 1 else ''} “{one.figure}”\u00a0"),
            run(number, url=link(by_id[one.article], one.start)),
        ]
    return tuple(runs)


def _origin(article: Article, t: Texts) -> Line:
    """What a reader should know of a source: that it has no address, or no date."""
    notes = [t.label("digest.file")] if article.url is None else []
    if article.published_at is None and article.modified_at is None:
        notes.append(t.label("digest.undated"))
    return (run(f" ({', '.join(notes)})", italic=True),) if notes else ()

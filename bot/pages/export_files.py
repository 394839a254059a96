"""A stored digest as a press review: blocks, and these in Markdown and HTML. Pure.

The order is the one of press offices: official texts, then topic, country, outlet and date.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from digest.compose.stored import StoredArticle, StoredDigest, StoredSentence, StoredStory

from ..talk import markup
from ..talk.markup import Block, Blocks, Line, run
from ..talk.texts import Texts
from .citing import attributed
from .links import text_link

_Told = tuple[StoredArticle, StoredStory]


def press_review(digest: StoredDigest, day: date, t: Texts, *, username: str) -> Blocks:
    """Official texts, then a section for each topic, in it by country, outlet and date.

    Each article stands once, with its title, outlet, date, address and sentences. If it has no address, its
    text is linked where the bot ``username`` shows it.
    """
    stories = digest.stories
    title = run(t.label("export.title", day=t.day(day), year=day.year), bold=True)
    counts = t.plural("digest.stories", len(stories))
    head = Block(((title,), (run(counts),)))
    told = (
        b for section in _sections(stories, t) for b in _section(*section, t, username, digest.zone)
    )
    return (head, *told, Block(((run(t.label("digest.verbatim-linked"), italic=True),),)))


def as_markdown(review: Blocks) -> bytes:
    """CommonMark in UTF-8."""
    return f"{markup.markdown(review)}\n".encode()


def as_html(review: Blocks, *, language: str) -> bytes:
    """An HTML page in UTF-8 that loads nothing from anywhere."""
    title = markup.escape(markup.plain(review[:1]).partition("\n")[0])
    body = "\n".join(map(_element, review))
    return (
        f'<!doctype html>\n<html lang="{markup.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>body{{max-width:44em;margin:2em auto;font:1em/1.5 serif}}"
        f"</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _element(block: Block) -> str:
    lines = "<br>\n".join(markup.html((Block((line,)),)) for line in block.lines)
    return f"<blockquote>{lines}</blockquote>" if block.quote else f"<p>{lines}</p>"


def _sections(stories: Sequence[StoredStory], t: Texts) -> Iterator[tuple[str, list[_Told]]]:
    """(title, articles with their stories) of each section, official texts first."""
    found: dict[str, list[_Told]] = {t.label("export.official"): []}
    for story in stories:
        for article in story.articles:
            found.setdefault(_title(story, article, t), []).append((article, story))
    for title, articles in found.items():
        yield title, sorted(articles, key=lambda one: _place(one[0], one[1], t))


def _title(story: StoredStory, article: StoredArticle, t: Texts) -> str:
    """The leading topic of a story, or else its leading country."""
    if article.official:
        return t.label("export.official")
    if story.topics:
        return t.label_or(f"topic.{story.topics[0]}", story.topics[0])
    return t.country(story.countries[0]) if story.countries else t.label("export.other")


def _place(
    article: StoredArticle, story: StoredStory, t: Texts
) -> tuple[bool, str, bool, str, str, int]:
    """The story's leading country, then outlet and date; unknown ones come last."""
    country = next(iter(story.countries), "")
    published = article.published_at.isoformat() if article.published_at else "9999"
    outlet = article.outlet or ""
    name = t.country(country) if country else ""
    return not country, name, not outlet, outlet, published, article.id


def _section(
    title: str, articles: Sequence[_Told], t: Texts, username: str, zone: str
) -> Iterator[Block]:
    if articles:
        yield Block(((run(title, bold=True),),))
    for article, story in articles:
        own = [one for one in story.sentences if one.article == article.id]
        cited = [one for one in own if one.kind != "differs"]
        yield Block((_article(article, t, username, zone),))
        if cited:
            yield Block(tuple(_sentences(cited, article, t, username)), quote=True)


def _article(article: StoredArticle, t: Texts, username: str, zone: str) -> Line:
    """Title, outlet, date in ``zone`` and address, as one cites a source."""
    title = article.title or t.label("proof.untitled")
    published = article.published_at
    dated = t.day_of(published, zone) if published else t.label("digest.undated")
    outlet = article.outlet or t.label("search.no-outlet")
    signs = ("ˢ" if article.state_funded else "") + (" 🏛" if article.official else "")
    place = article.url or t.label("digest.file")
    return (
        run(title, url=_address(article, 0, username)),
        run(f" · {outlet}{signs} · {dated} · {place}"),
    )


def _sentences(
    cited: Sequence[StoredSentence], article: StoredArticle, t: Texts, username: str
) -> Iterator[Line]:
    for one in cited:
        sign = "💬 " if one.speaker else ""
        proof = run(t.label("export.proof"), url=_address(article, one.start, username))
        yield (run(f"{sign}{attributed(one.text, one.speaker or '', t)} "), proof)


def _address(article: StoredArticle, start: int, username: str) -> str | None:
    return article.url or text_link(username, article.id, start)

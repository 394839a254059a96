"""A sent digest as a press review on paper: Markdown and HTML, from the JSON that is kept of it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from . import markup
from .citing import in_marks
from .markup import Block, Blocks, Line, run
from .texts import Texts

Stored = Mapping[str, Any]  # as ``digest.compose.export`` writes it


def press_review(digest: Stored, day: date, t: Texts, *, username: str) -> Blocks:
    """Story by story, each article with its title, outlet, date, address and sentences.

    The text of an article without an address is linked where the bot ``username`` shows it.
    """
    stories = digest["stories"]
    title = run(t.label("export.title", day=t.day(day), year=day.year), bold=True)
    counts = t.plural("digest.stories", len(stories))
    head = Block(((title,), (run(counts),)))
    told = (b for at, story in enumerate(stories, 1) for b in _story(at, story, t, username))
    return (head, *told, Block(((run(t.label("digest.verbatim-linked"), italic=True),),)))


def as_markdown(review: Blocks) -> bytes:
    """CommonMark in UTF-8."""
    return f"{markup.markdown(review)}\n".encode()


def as_html(review: Blocks, *, language: str) -> bytes:
    """A page of its own, in UTF-8, that loads nothing from anywhere."""
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


def _story(at: int, story: Stored, t: Texts, username: str) -> Iterator[Block]:
    topics = " · ".join(t.label_or(f"topic.{slug}", slug) for slug in story["topics"])
    yield Block(((run(f"{at} · {story['headline']}", bold=True),), (run(topics),)))
    for article in story["articles"]:
        own = [one for one in story["sentences"] if one["article"] == article["id"]]
        cited = [one for one in own if one["kind"] != "differs"]
        yield Block((_article(article, t, username),))
        if cited:
            yield Block(tuple(_sentences(cited, article, t, username)), quote=True)


def _article(article: Stored, t: Texts, username: str) -> Line:
    """Title, outlet, date and address, as one cites a source."""
    title = article["title"] or t.label("proof.untitled")
    published = article["published_at"]
    dated = (
        t.day(datetime.fromisoformat(published).date()) if published else t.label("digest.undated")
    )
    outlet = article["outlet"] or t.label("search.no-outlet")
    signs = ("ˢ" if article["state_funded"] else "") + (" 🏛" if article["official"] else "")
    place = article["url"] or t.label("digest.file")
    return (
        run(title, url=_address(article, 0, username)),
        run(f" · {outlet}{signs} · {dated} · {place}"),
    )


def _sentences(cited: Sequence[Stored], article: Stored, t: Texts, username: str) -> Iterator[Line]:
    for one in cited:
        speaker = f"💬 {one['speaker']}: " if one["speaker"] else ""
        proof = run(t.label("export.proof"), url=_address(article, one["start"], username))
        yield (run(f"{speaker}{in_marks(one['text'])} "), proof)


def _address(article: Stored, start: int, username: str) -> str | None:
    if article["url"]:
        return str(article["url"])
    return f"https://t.me/{username}?start=a_{article['id']}_{start}" if username else None

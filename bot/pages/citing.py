"""Pieces that all pages of cited sentences are made of, and the choice of what fits into a message. Pure."""

from collections.abc import Iterable

from digest.compose.quoted import Said
from digest.model.articles import Article, Quote
from digest.read.about.actors import flag

from ..talk.markup import LONGEST_HEADLINE, Blocks, Line, Run, fits, run, shortened
from ..talk.texts import Texts
from .links import Link

LONGEST_TITLE, LONGEST_NAME = 200, 80  # characters
# Code points of a first sentence that stands for a title. Of the 5,141 titles of allsides and
# wikinews_clean 35 are longer, of the first sentences seven in ten (2026-12-01).
_LONGEST_OPENING = 120
_MARKS = frozenset('"“”«»„')
_CLOSED_BY = {'"': '"', "“": "”", "«": "»"}


def first_that_fits(layouts: Iterable[Blocks]) -> Blocks:
    """The first of ever shorter layouts that fits into one message of Telegram's; else the last."""
    blocks: Blocks = ()
    for blocks in layouts:
        if fits(blocks):
            return blocks
    return blocks


def in_one_line(text: str) -> str:
    """The items of a list, which stand in lines of their own, in one line."""
    return text.replace("\n\n", " ")


def in_marks(text: str) -> str:
    """The words in quotation marks, unless they have their own; the closing one lacks if a speech goes on."""
    text = in_one_line(text)
    if not _MARKS.intersection(text):
        return f"“{text}”"
    first = text[:1]
    goes_on = first in _CLOSED_BY and not _MARKS.intersection(text[1:])
    return f"{text}{_CLOSED_BY[first]}" if goes_on else text


def attributed(text: str, speaker: str, t: Texts) -> str:
    """A sentence as ``in_marks`` gives it, with the name of its speaker, unless that is empty.

    The name comes first, but after a sentence that begins in the reporter's words, which are not the
    speaker's.
    """
    said = in_marks(text)
    if not speaker:
        return said
    return f"{speaker}{t.colon} {said}" if said[0] in _MARKS else f"{said} ({speaker})"


def heading(headline: str, title: str | None) -> str:
    """A headline as it is shown: the title, or the beginning of the sentence that stands in for it."""
    return shortened(headline, LONGEST_HEADLINE if title else _LONGEST_OPENING)


def title_of(article: Article) -> str:
    """The title, or how the text begins; shortened if it is very long."""
    return shortened(article.title or article.text, LONGEST_TITLE)


def named(name: str) -> str:
    """The name of a person or outlet; shortened if it is very long, as in a broken feed."""
    return shortened(name, LONGEST_NAME)


def source(article: Article, start: int, link: Link, t: Texts) -> Run:
    """The outlet's name, linked to the sentence; if it is unknown, that the text is from a file."""
    outlet = named(article.outlet.name) if article.outlet else ""
    unnamed = t.label("search.no-outlet") if article.url else t.label("digest.file")
    signs = _signs(article)
    return run(f"{outlet or unnamed}{signs}", url=link(article, start))


def _signs(article: Article) -> str:
    locked = " 🔒" if article.withheld == "paywall" else ""
    if article.outlet is None:
        return locked
    official = " 🏛" if article.outlet.official else ""
    return f"{'ˢ' if article.outlet.state_funded else ''}{official}{locked}"


def spoken_by(quote: Quote) -> str:
    """The speaker with office and state: "Ada Novak, envoy 🇱🇻"."""
    role = f", {named(quote.role)}" if quote.role else ""
    state = f" {flag(quote.country)}" if quote.country else ""
    return f"{named(quote.speaker)}{role}{state}"


def said_line(one: Said, link: Link, t: Texts) -> Line:
    """Who said it, the words in quotation marks, and where they stand."""
    quote = one.quote
    return (
        run("💬 "),
        run(spoken_by(quote), bold=True),
        run(f"{t.colon} {in_marks(one.text)} "),
        source(one.article, quote.start, link, t),
    )

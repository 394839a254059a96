"""One article in a few sentences, each with a number that links to where it stands. Pure."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from digest.compose.tell import headline
from digest.model.articles import NewArticle, Span

from ..talk.markup import Block, Blocks, Line, fits, run, superscript
from ..talk.texts import Texts
from .citing import heading, in_marks

_LONGEST_SENTENCE = 1_200  # characters; three of these fit into one message


def summary_page(
    article: NewArticle,
    chosen: Sequence[Span],
    link: Callable[[int], str | None],
    t: Texts,
    *,
    zone: str,
) -> Blocks:
    """Headline, origin, day in ``zone``, and the sentences word for word.

    ``link`` gives the link to an offset. A sentence that has no room is left out as a whole.
    """
    title = run(heading(headline(article), article.title), bold=True, url=link(0))
    head = Block(((title,), (run(_origin(article, t, zone)),)))
    texts = ((span, article.text[span.start : span.end]) for span in chosen)
    told = [(span, text) for span, text in texts if len(text) <= _LONGEST_SENTENCE]
    lines: list[Line] = [
        (
            run(in_marks(text)),
            run(f" {superscript(number)}", url=link(span.start)),
        )
        for number, (span, text) in enumerate(told, 1)
    ]
    note = Block(((run(t.label("summary.note" if lines else "summary.nothing"), italic=True),),))
    while lines and not fits((head, Block(tuple(lines), quote=True), note)):
        lines.pop()
    return (head, Block(tuple(lines), quote=True), note) if lines else (head, note)


def _origin(article: NewArticle, t: Texts, zone: str) -> str:
    """Who published it and when, as far as known; for a file, its name."""
    outlet = article.outlet.name if article.outlet else None
    named = t.label("summary.file", name=article.file) if article.file else None
    moment = article.published_at or article.modified_at
    local = moment.astimezone(ZoneInfo(zone)) if moment else None
    day = f"{t.day(local.date())} {local.year}" if local else t.label("summary.undated")
    return " · ".join(part for part in (outlet, named, day) if part)

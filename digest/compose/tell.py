"""How one story is told: its headline and its sentences, all word for word."""

from collections.abc import Callable, Sequence

from ..model import Article, Cited, NewArticle, Shown, Span
from ..ports import Summariser
from .edition import Candidate, Story


def headline(article: NewArticle) -> str:
    """Its title, or its first sentence where it has none; empty for neither."""
    if article.title:
        return article.title
    first = next(iter(article.sentences), None)
    return article.text[first.start : first.end] if first else ""


def has_news(story: Story, shown: Shown) -> bool:
    """Whether the story has a sentence that this chat was not shown."""
    return any(c.trace not in shown.sentences for document in story.candidates for c in document)


def cite(
    story: Story, shown: Shown, *, count: int, summariser: Callable[[str | None], Summariser]
) -> tuple[Cited, ...]:
    """At most ``count`` sentences that this chat was not shown, in an order that reads.

    The leading article's first; within an article in its own order.
    """
    fresh = (
        tuple(c for c in document if c.trace not in shown.sentences)
        for document in story.candidates
    )
    documents = [document for document in fresh if document]
    flat = [candidate for document in documents for candidate in document]
    if not flat:
        return ()
    choose = summariser(story.language)
    texts = [[candidate.text for candidate in document] for document in documents]
    chosen = _led(choose(texts, count), texts[0], choose, count)
    return tuple(_cited(flat[at], story.articles) for at in sorted(_distinct(chosen, flat)))


def _led(
    chosen: tuple[int, ...], lead: Sequence[str], choose: Summariser, count: int
) -> tuple[int, ...]:
    """With a sentence of the leading article among them: it is the one whose headline stands above."""
    if any(at < len(lead) for at in chosen):
        return chosen
    return (*choose([lead], 1), *chosen[: count - 1])


def _distinct(chosen: Sequence[int], flat: Sequence[Candidate]) -> list[int]:
    """Without sentences of equal words, whichever summariser chose them."""
    first = {flat[at].trace: at for at in reversed(chosen)}
    return list(first.values())


def _cited(candidate: Candidate, articles: Sequence[Article]) -> Cited:
    article = candidate.article
    official = article.outlet is not None and article.outlet.official
    quote = next((q for q in article.quotes if _holds(candidate.span, q.start, q.end)), None)
    return Cited(
        text=candidate.text,
        article=article.id,
        start=candidate.span.start,
        end=candidate.span.end,
        kind="quote" if quote else "official" if official else "summary",
        speaker=quote.speaker if quote else None,
        also=tuple(
            other.id
            for other in articles
            if other.duplicate_of == article.id and candidate.text in other.text
        ),
    )


def _holds(span: Span, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end

"""How one story is told: its headline and its sentences, all word for word."""

from collections.abc import Callable, Sequence
from datetime import date

from ..model.articles import NewArticle
from ..model.digests import Cited, Shown
from ..ports import Summariser
from .answer import Told
from .candidates import Candidate
from .caveat import with_caveat
from .edition import Story
from .heading import Heading


def headline(article: NewArticle) -> str:
    """The title of the article, or its first sentence if it has no title; empty if it has neither."""
    if article.title:
        return article.title
    first = next(iter(article.sentences), None)
    return article.text[first.start : first.end] if first else ""


def has_news(story: Story, shown: Shown) -> bool:
    """Whether the story has a sentence that the chat was not shown yet."""
    firsts = (one.first for one in story.quotable)
    return any(c is not None and c.trace not in shown.sentences for c in firsts) or any(
        c.trace not in shown.sentences for document in story.candidates for c in document
    )


def cite(
    story: Story, shown: Shown, *, count: int, summariser: Callable[[str | None], Summariser]
) -> tuple[Cited, ...]:
    """At most ``count`` sentences that the chat was not shown yet, in an order that reads well.

    Sentences of the leading article come first, unless another says better what the headline says. Within
    an article its own order is kept.
    """
    title = headline(story.articles[0])
    documents = _introduced(_unknown(story, shown), title)
    if not documents:
        return ()
    heading = Heading.of(documents, title, story.language)
    choose = summariser(story.language)
    chosen = choose([[candidate.text for candidate in one] for one in documents], count)
    told = Told(heading.candidates, title, heading.told(chosen, choose))
    order = heading.opened(sorted(_distinct(told.chosen, heading.candidates)))
    answer = told.answer
    if answer is not None:
        kept = told.joined(answer, order[0], count)
        order = _behind_first(heading.opened(sorted(_distinct(kept, heading.candidates))), answer)
    cited: Sequence[Candidate] = [heading.candidates[at] for at in order]
    if answer is None:
        cited = with_caveat(cited, count, heading.about, shown.sentences)
    return tuple(map(_cited, cited))


def _unknown(story: Story, shown: Shown) -> Sequence[tuple[Candidate, ...]]:
    """What this chat was not shown, without what happened on days before it was shown the story first.

    With that where there is nothing else.
    """
    since = min((day for one, day in shown.stories.items() if one in story.ids), default=date.min)
    fresh = [
        tuple(c for c in document if c.trace not in shown.sentences)
        for document in story.candidates
    ]
    newer = [tuple(c for c in one if (c.happened or since) >= since) for one in fresh]
    return [one for one in newer if one] or [one for one in fresh if one]


def _behind_first(order: Sequence[int], answer: int) -> Sequence[int]:
    """With what answers behind the first one, where it would open."""
    return (order[1], answer, *order[2:]) if len(order) > 1 and order[0] == answer else order


def _introduced(
    documents: Sequence[tuple[Candidate, ...]], title: str
) -> Sequence[tuple[Candidate, ...]]:
    """The documents without sentences that contain a surname nobody here introduces, unless all do."""
    kept = [
        tuple(candidate for candidate in document if candidate.is_clear(title))
        for document in documents
    ]
    return [document for document in kept if document] or documents


def _distinct(chosen: Sequence[int], flat: Sequence[Candidate]) -> list[int]:
    """Without sentences of equal words, whichever summariser chose them."""
    first = {flat[at].trace: at for at in reversed(chosen)}
    return list(first.values())


def _cited(candidate: Candidate) -> Cited:
    article = candidate.article
    quote = next(iter(article.quoted_in(candidate.span.start, candidate.span.end)), None)
    return Cited(
        text=candidate.text,
        article=article.id,
        start=candidate.span.start,
        end=candidate.span.end,
        kind="quote" if quote else "official" if article.is_official else "summary",
        speaker=quote.speaker if quote else None,
    )

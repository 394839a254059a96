"""How one story is told: its headline and its sentences, all word for word."""

from collections.abc import Callable, Sequence

from ..model.articles import NewArticle
from ..model.digests import Cited, Shown
from ..ports import Summariser
from .edition import Candidate, Story
from .similarity import SIMILAR, cosine, stems_of

# Stems of a headline that a sentence of the same article must share to say what it says: set by reading the
# 41 stories that the digests of the bundled fortnight tell in sentences, 2026-11-28.
_TOLD = 2


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

    The leading article's first, unless another says better what the headline says; within an article in
    its own order.
    """
    fresh = (
        tuple(c for c in document if c.trace not in shown.sentences)
        for document in story.candidates
    )
    title = headline(story.articles[0])
    documents = _introduced([document for document in fresh if document], title)
    flat = [candidate for document in documents for candidate in document]
    if not flat:
        return ()
    choose = summariser(story.language)
    texts = [[candidate.text for candidate in document] for document in documents]
    about = stems_of(title, story.language)
    chosen = _headed(choose(texts, count), texts, choose, about, story.language)
    told = sorted(_distinct(chosen, flat))
    in_order = _opened(told, flat, about, story.language)
    return tuple(_cited(flat[at]) for at in in_order)


def _introduced(
    documents: Sequence[tuple[Candidate, ...]], title: str
) -> Sequence[tuple[Candidate, ...]]:
    """Without sentences that open with a surname nobody here explains, unless all do."""
    kept = [
        tuple(candidate for candidate in document if candidate.is_clear(title))
        for document in documents
    ]
    return [document for document in kept if document] or documents


def _headed(
    chosen: tuple[int, ...],
    texts: Sequence[Sequence[str]],
    choose: Summariser,
    about: frozenset[str],
    language: str | None,
) -> tuple[int, ...]:
    """With a sentence that says what the headline says, whose stems are ``about``.

    That is one with half of its stems, or the sentence of the leading article that has most of them,
    two at least, the earlier of equals. Where none is chosen, this takes the place of the one that says
    much the same, or else of the last one; where it has no such sentence, its best one does unless one
    of it is chosen.
    """
    lead = texts[0]
    flat = [text for document in texts for text in document]
    shared = {at: len(about & stems_of(flat[at], language)) for at in chosen}
    if any(2 * shared[at] >= len(about) for at in chosen):
        return chosen
    best = choose([lead], len(chosen))
    said = [len(about & stems_of(text, language)) for text in lead]
    says_most = max(range(len(lead)), key=lambda at: (said[at], at in best, -at))
    says_it = 2 * said[says_most] >= len(about)
    opener = says_most if says_it else max(best, key=lambda at: (said[at], -at))
    if opener in chosen or any(at < opener and shared[at] >= _TOLD for at in chosen):
        return chosen
    if said[opener] < _TOLD:
        if any(at < len(lead) for at in chosen):
            return chosen
        opener = best[0]
    words = stems_of(lead[opener], language)
    alike = {at: cosine(words, stems_of(flat[at], language)) for at in chosen}
    nearest = max(chosen, key=lambda at: alike[at])
    replaced = nearest if alike[nearest] >= SIMILAR else chosen[-1]
    return (opener, *(at for at in chosen if at != replaced))


def _opened(
    told: Sequence[int], flat: Sequence[Candidate], about: frozenset[str], language: str | None
) -> Sequence[int]:
    """With the first sentence of another article before all, where it says what the headline says.

    Not where the first one shares half of the headline. Within an article the order stays: what comes
    later there takes up names and things that come before, though each sentence stands alone.
    """
    heads = {flat[at].article.id: at for at in reversed(told)}
    shared = {at: len(about & stems_of(flat[at].text, language)) for at in heads.values()}
    opener = max(sorted(shared), key=lambda at: shared[at])
    if 2 * shared[told[0]] >= len(about) or shared[opener] < max(_TOLD, shared[told[0]] + 1):
        return told
    return [opener, *(at for at in told if at != opener)]


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

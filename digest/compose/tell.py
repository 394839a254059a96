"""How one story is told: its leading article, its headline and its sentences, all word for word."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..model import Article, Cited, Shown, Span
from ..ports import Summariser
from ..read import standing
from ..relate.novelty import is_shown, trace
from ..relate.vectors import terms_of

_FROM_STORY = 2  # occurrences: a topic or country that fewer articles have needs to lead one


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    span: Span
    text: str


def ordered(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The story's articles, the one that shall lead first.

    An article that nothing dates never leads while another is there; copies come after originals,
    untitled texts after titled ones, then the one that shares most words with the rest.
    """
    weight = _centrality(articles)

    def place(article: Article) -> tuple[bool, bool, bool, bool, float, int]:
        return (
            article.date_source == "first_seen" and article.published_at is None,
            article.duplicate_of is not None,
            article.outlet is not None and article.outlet.state_funded,
            article.title is None,
            -weight[article.id],
            article.id,
        )

    return tuple(sorted(articles, key=place))


def headline(article: Article) -> str:
    """Its title, or its first sentence where it has none; empty for neither."""
    if article.title:
        return article.title
    first = next(iter(article.sentences), None)
    return article.text[first.start : first.end] if first else ""


def cite(
    articles: Sequence[Article],
    *,
    shown: Shown,
    count: int,
    summariser: Callable[[str | None], Summariser],
) -> tuple[Cited, ...]:
    """At most ``count`` sentences that stand alone and were not shown, in an order that reads.

    The leading article's first; within an article in its own order.
    """
    documents = [_candidates(article, shown) for article in articles if not article.duplicate_of]
    documents = [document for document in documents if document]
    flat = [candidate for document in documents for candidate in document]
    if not flat:
        return ()
    choose = summariser(articles[0].language)
    chosen = choose([[c.text for c in document] for document in documents], count)
    return tuple(_cited(flat[at], articles) for at in sorted(_distinct(chosen, flat)))


def topics(articles: Sequence[Article]) -> tuple[str, ...]:
    """Topics of the story, by the sum of their scores; those of one article only if they lead it."""
    scores: Counter[str] = Counter()
    for article in articles:
        scores.update({topic.slug: topic.score for topic in article.topics})
    firsts = {topic.slug for article in articles for topic in article.topics[:1]}
    return _carried(scores, Counter(t.slug for a in articles for t in a.topics), firsts)


def countries(articles: Sequence[Article]) -> tuple[str, ...]:
    """Countries of the story, most important first."""
    scores: Counter[str] = Counter()
    for article in articles:
        scores.update({code: 1 / (1 + place) for place, code in enumerate(article.countries)})
    firsts = {code for article in articles for code in article.countries[:2]}
    return _carried(scores, Counter(c for a in articles for c in a.countries), firsts)


def _carried(scores: Counter[str], occurrences: Counter[str], firsts: set[str]) -> tuple[str, ...]:
    return tuple(
        name
        for name, _ in sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if occurrences[name] >= _FROM_STORY or name in firsts
    )


def _centrality(articles: Sequence[Article]) -> dict[int, float]:
    """How many stems each article shares with the others, over its own number."""
    found = [set(terms_of(article)) for article in articles]
    spread = Counter(stem for stems in found for stem in stems)
    return {
        article.id: sum(spread[stem] - 1 for stem in stems) / (len(stems) or 1)
        for article, stems in zip(articles, found, strict=True)
    }


def _candidates(article: Article, shown: Shown) -> tuple[_Candidate, ...]:
    texts = ((span, article.text[span.start : span.end]) for span in article.sentences)
    return tuple(
        _Candidate(article, span, text)
        for span, text in texts
        if standing.stands_alone(text) and not is_shown(text, shown)
    )


def _distinct(chosen: Sequence[int], flat: Sequence[_Candidate]) -> list[int]:
    """Without sentences of equal words, whichever summariser chose them."""
    seen: set[str] = set()
    kept = []
    for at in chosen:
        key = trace(flat[at].text)
        if key not in seen:
            seen.add(key)
            kept.append(at)
    return kept


def _cited(candidate: _Candidate, articles: Sequence[Article]) -> Cited:
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
            a.id for a in articles if a.duplicate_of == article.id and candidate.text in a.text
        ),
    )


def _holds(span: Span, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end

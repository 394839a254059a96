"""Reads a gathered article: its text, its sentences, and what it is about."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from ..gather.identity import canonical_url, fingerprint
from ..model.articles import NewArticle, Person, Span, Topic
from ..model.gathered import DateSource, Draft, Paragraph
from ..model.sources import SourceId
from . import lists
from .about import actors, topics
from .dating import names_day_near
from .language import language
from .speech.quotes import quotes
from .speech.transcripts import told_until
from .speech.voices import own, statements
from .telling import told as sentences_of

_NUMBER = re.compile(r"\d{1,3}[.)] (?=\S)")
_FEWEST_NUMBERED = 3  # paragraphs of a communiqué

_BETWEEN = "\n\n"  # paragraphs and headings of the stored text


def identity(draft: Draft, *, owner: int | None = None) -> tuple[str, str]:
    """The key and fingerprint that ``read`` gives the article, at a hundredth of its cost."""
    text = _joined(draft.paragraphs)
    return _owned(_key(draft, text), owner), _owned(_fingerprint(draft, text), owner)


def read(
    draft: Draft,
    *,
    first_seen_at: datetime,
    source: SourceId | None = None,
    owner: int | None = None,
) -> NewArticle:
    """The article in ``draft``, with offsets into its stored text. Pure and repeatable.

    A reader's own article has its own identity: it is never taken for a public one, or another reader's,
    with the same address or words. The identity comes from what the feed says, even if the text is that of
    the page: so the next issue of the feed brings nothing new.
    """
    key, fingerprint = identity(draft, owner=owner)
    paragraphs = draft.full_text or draft.paragraphs
    text, spans = join(paragraphs)
    official = draft.outlet is not None and draft.outlet.official
    spoken = language(f"{draft.title or ''}\n{text}") or draft.language
    day = (draft.published_at or draft.modified_at or first_seen_at).date()
    title = draft.title or ""
    countries = actors.countries(text, title=title, at=day)
    tags = topics.tag(text, title=title, language=spoken or "en", countries=countries)
    return NewArticle(
        key=key,
        fingerprint=fingerprint,
        url=draft.url,
        file=draft.file,
        title=draft.title,
        byline=draft.byline,
        outlet=draft.outlet,
        published_at=draft.published_at,
        modified_at=draft.modified_at,
        first_seen_at=first_seen_at,
        date_source=_date_source(draft, text, first_seen_at),
        language=spoken,
        text=text,
        headings=_headings(paragraphs, spans),
        sentences=_told(paragraphs, spans, text, spoken, official=official),
        relevance=tags.relevance,
        topics=tuple(Topic(t.slug, t.score, t.evidence) for t in tags.topics),
        countries=tuple(country.code for country in countries),
        people=_people(text, title, day),
        quotes=quotes(
            text, language=spoken, at=day, title=title, blocks=_blocks(paragraphs, spans, spoken)
        ),
        source=source,
        owner=owner,
        is_backlog=draft.is_backlog,
        withheld=draft.withheld,
    )


def join(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Span, ...]]:
    """The stored text, and the span of each paragraph in it."""
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph.text)))
        at += len(paragraph.text) + len(_BETWEEN)
    return _joined(paragraphs), tuple(spans)


def _headings(paragraphs: Sequence[Paragraph], spans: Sequence[Span]) -> tuple[Span, ...]:
    pairs = zip(spans, paragraphs, strict=True)
    return tuple(span for span, paragraph in pairs if paragraph.kind == "heading")


def _told(
    paragraphs: Sequence[Paragraph],
    spans: Sequence[Span],
    text: str,
    language: str | None,
    *,
    official: bool,
) -> tuple[Span, ...]:
    """The sentences in which the outlet, or an official text, tells the news itself."""
    kept = own(paragraphs, official=official, language=language)
    told = spans if official else _narrated(paragraphs, spans)
    body = list(lists.kept_spans(paragraphs, told, kept, language))
    return sentences_of(text, _unnumbered(text, body) if official else body, language)


def _narrated(paragraphs: Sequence[Paragraph], spans: Sequence[Span]) -> Sequence[Span]:
    """The spans of the paragraphs, each up to where somebody else begins to speak in it."""
    pairs = zip(paragraphs, spans, strict=True)
    return [Span(span.start, span.start + told_until(each.text)) for each, span in pairs]


def _people(text: str, title: str, day: date) -> tuple[Person, ...]:
    named = actors.people(text, title=title, at=day)
    return tuple(Person(one.name, one.office, one.country) for one in named)


def _blocks(
    paragraphs: Sequence[Paragraph], spans: Sequence[Span], language: str | None
) -> Sequence[Sequence[Span]]:
    """Groups of paragraphs that the page sets apart as somebody's words, without quotation marks."""
    found = statements(paragraphs, language)
    return [[spans[at] for at in block] for block in found if paragraphs[block[0]].kind == "quote"]


def _unnumbered(text: str, paragraphs: Sequence[Span]) -> Sequence[Span]:
    """The paragraphs without their numbers, if the text is a communiqué with numbered paragraphs."""
    numbers = [_NUMBER.match(text, span.start) for span in paragraphs]
    if sum(number is not None for number in numbers) < _FEWEST_NUMBERED:
        return paragraphs
    pairs = zip(paragraphs, numbers, strict=True)
    return [Span(number.end() if number else span.start, span.end) for span, number in pairs]


def _joined(paragraphs: Sequence[Paragraph]) -> str:
    return _BETWEEN.join([paragraph.text for paragraph in paragraphs])


def _key(draft: Draft, text: str) -> str:
    """The article's identity: its address, or else a hash of its words."""
    return canonical_url(draft.url) if draft.url else _fingerprint(draft, text)


def _fingerprint(draft: Draft, text: str) -> str:
    return fingerprint(f"{draft.title or ''}\n{text}")


def _owned(name: str, owner: int | None) -> str:
    return name if owner is None else f"{owner} {name}"


def _date_source(draft: Draft, text: str, seen_at: datetime) -> DateSource:
    """As gathered, but "text" if an undated text names a day near its first sight, which proves its age."""
    undated = draft.published_at is None and draft.modified_at is None
    if undated and names_day_near(text, seen_at.date()):
        return "text"
    return draft.date_source

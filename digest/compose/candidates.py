"""The sentences of an article that may be told in a digest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..model.articles import Article, Span
from ..read.alone import standing
from ..read.alone.balance import in_open_quotation, is_balanced
from ..read.alone.strangers import introductions, stranger
from ..read.alone.turning import turns
from ..read.events.ahead import announced, day_of, says_whose
from ..read.events.happened import happened
from ..relate.novelty import trace
from .similarity import SIMILAR, cosine, stems_of

_MARKS = '"“”«»„‘’'
_WE = re.compile(r"\b(?:[Ww]e|[Oo]urs?)\b")
_I_OR_YOU = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Yy]ou|[Yy]our)\b")
_WORD = re.compile(r"[\w-]+")
_FIRST = 3  # sentences of an article that begin it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a digest may quote, with the key by which a chat remembers it."""

    article: Article
    span: Span
    text: str
    trace: str
    stranger: str | None = None  # a bare surname in it, which only another sentence introduces
    day: date | None = None  # the day for which it announces something
    happened: date | None = None  # the day on which what it tells happened
    caveat: "Candidate | None" = None  # the sentence right behind it, if that turns against it

    def is_clear(self, headline: str) -> bool:
        """Whether a reader who sees it under ``headline`` knows whom it is about."""
        return self.stranger is None or self.stranger in _WORD.findall(headline)

    @property
    def is_early(self) -> bool:
        """Whether it is one of the first three sentences of its article, which hold the news."""
        firsts = self.article.sentences[:_FIRST]
        return sum(span.start < self.span.start for span in firsts) < _FIRST


@dataclass(frozen=True)  # slots would leave no room for what is found later
class Quotable:
    """An article that a digest may quote; its sentences are judged when somebody first asks for them.

    To judge all of one article takes 4 ms. A digest asks for those of some twenty stories, and all digests of
    an edition share what is found.
    """

    article: Article

    @cached_property
    def first(self) -> Candidate | None:
        """The first of the candidates; None if there are none."""
        return next(_candidates(self.article), None)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """All sentences of the article that may be told, in its order."""
        return candidates(self.article)


def candidates(article: Article) -> tuple[Candidate, ...]:
    """The sentences of ``article`` that stand alone; if an official text has none, statements in it."""
    return tuple(_candidates(article))


def _candidates(article: Article) -> Iterator[Candidate]:
    found = _standing_alone(article)
    first = next(found, None)
    if first is None:
        yield from _statements(article)
    else:
        yield first
        yield from found


def _standing_alone(article: Article) -> Iterator[Candidate]:
    texts = [article.text[span.start : span.end] for span in article.sentences]
    spoken = in_open_quotation(texts, article.language)
    known = {person.name.rpartition(" ")[2] for person in article.people}
    introduced = {
        surname: at for surname, at in introductions(article.text).items() if surname not in known
    }
    written = day_of(article)

    def may_be_told(at: int) -> bool:
        return (
            standing.stands_alone(texts[at], article.language)
            or (at == 0 and _tells_alone(texts, article.language))
            or _speaks_for_many(texts[at], article)
        )

    def caveat(at: int) -> Candidate | None:
        if at == len(texts) or spoken[at] or not turns(texts[at], article.language):
            return None
        return Candidate(article, article.sentences[at], texts[at], trace(texts[at]))

    for at, (span, text) in enumerate(zip(article.sentences, texts, strict=True)):
        if spoken[at] or not may_be_told(at):
            continue
        yield Candidate(
            article,
            span,
            text,
            trace(text),
            None if _is_attributed(span, article) else stranger(text, span.start, introduced),
            announced(text, written) if written and says_whose(text) else None,
            happened(text, written) if written and article.language == "en" else None,
            caveat(at + 1),
        )


def _tells_alone(texts: Sequence[str], language: str | None) -> bool:
    """Whether a long first sentence tells what no shorter one of the article does."""
    first, *others = texts
    if not standing.leads(first, language):
        return False
    lead = stems_of(first, language)
    alone = (text for text in others if standing.stands_alone(text, language))
    return all(cosine(lead, stems_of(text, language)) < SIMILAR for text in alone)


def _statements(article: Article) -> Iterator[Candidate]:
    """What somebody says in an official text that has no other sentence to quote."""
    if not article.is_official:
        return
    for quote in article.quotes:
        text = article.text[quote.start : quote.end]
        around = (
            article.text[max(0, quote.start - 1) : quote.start]
            + article.text[quote.end : quote.end + 1]
        )
        is_whole = is_balanced(text) and not around.strip("\n")
        if is_whole and _is_speech(text.strip(_MARKS), article.language):
            yield Candidate(article, Span(quote.start, quote.end), text, trace(text))


def _is_speech(said: str, language: str | None) -> bool:
    """Whether the only thing wrong with the words, if anything, is that they say "I" or "you"."""
    found = standing.flaws(said, language)
    return not found or (found == {"noise"} and standing.noise_of(said, language) == "person")


def _speaks_for_many(text: str, article: Article) -> bool:
    """Whether all that is wrong with a sentence of an official text is its "we": whoever issued it."""
    return (
        article.is_official
        and _WE.search(text) is not None
        and _I_OR_YOU.search(text) is None
        and _is_speech(text, article.language)
    )


def _is_attributed(span: Span, article: Article) -> bool:
    """Whether it holds a quotation, which the digest shows with the name and office of its speaker."""
    return bool(article.quoted_in(span.start, span.end))

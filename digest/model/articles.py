"""Articles as they are read and stored, with all that was found in them."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NewType

from ..errors import Wall
from .gathered import DateSource
from .sources import Outlet, SourceId

ArticleId = NewType("ArticleId", int)
StoryId = NewType("StoryId", int)

RELEVANT = 0.5  # from this relevance on, an article counts as diplomacy; the model is fitted so
OWN_AT_ONCE = 500  # so many of a reader's own articles are read for one purpose, the latest


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end) in code points of the stored text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of an article, with the phrases by which it was recognised."""

    slug: str
    score: float  # 0..1
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person of public office whom an article names."""

    name: str
    title: str | None = None  # the office at the article's date
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What a headline says that states do: ``by`` some to others, or all together if ``to`` is empty."""

    slug: str
    by: tuple[str, ...]  # countries, EU, UN, NATO ..., in the order of the headline
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: [start, end) in the stored text, and who said it."""

    start: int
    end: int
    speaker: str
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """One article as it was read, not stored yet."""

    key: str  # identity: canonical address, or content hash where there is none
    fingerprint: str  # equal for equal texts
    url: str | None
    file: str | None
    title: str | None
    byline: str | None
    outlet: Outlet | None
    published_at: datetime | None
    modified_at: datetime | None
    first_seen_at: datetime
    date_source: DateSource
    language: str | None
    text: str  # paragraphs and headings, an empty line between two
    headings: tuple[Span, ...]
    sentences: tuple[Span, ...]  # of the paragraphs, in text order
    relevance: float  # 0..1, how much it is about diplomacy
    topics: tuple[Topic, ...]  # best first
    countries: tuple[str, ...]  # most important first
    people: tuple[Person, ...]
    quotes: tuple[Quote, ...]  # text order, none within another
    source: SourceId | None = None
    owner: int | None = None  # the reader whose own article it is; None: public
    is_backlog: bool = False  # it was old when its source was first read: no digest tells it
    withheld: Wall | None = None  # what its page showed in place of the text

    @property
    def is_official(self) -> bool:
        """Whether a government or an institution speaks for itself in it."""
        return self.outlet is not None and self.outlet.official

    def quoted_in(self, start: int, end: int) -> tuple[Quote, ...]:
        """The quotations that lie wholly within [start, end) of its text, in text order."""
        first = bisect_left(self.quotes, start, key=attrgetter("start"))
        return self.quotes[first : bisect_right(self.quotes, end, key=attrgetter("end"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(NewArticle):
    """One stored revision of an article; never changed, only followed by another."""

    id: ArticleId
    revision: int  # 1, 2, ...
    story: StoryId | None
    duplicate_of: ArticleId | None


@dataclass(frozen=True, slots=True)
class Known:
    """The newest revision that the store has under a key."""

    id: ArticleId
    fingerprint: str
    revision: int
    story: StoryId | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles were new, revised, known and failed."""

    new: int = 0
    revised: int = 0
    known: int = 0
    failed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new,
            self.revised + other.revised,
            self.known + other.known,
            self.failed + other.failed,
        )

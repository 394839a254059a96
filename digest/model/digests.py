"""What a chat is told: the articles that an edition is made from, the stories and their sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from .articles import Action, Article, ArticleId, Span, StoryId
from .sources import Outlet

Status = Literal["new", "continuing", "quiet"]
CitedKind = Literal["summary", "quote", "official", "differs"]


@dataclass(frozen=True, slots=True)
class Window:
    """Which articles count: those first seen in [start, end)."""

    start: datetime
    end: datetime
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Health:
    """How many sources could be read of late."""

    sources: int = 0
    failing: int = 0
    silent: tuple[str, ...] = ()  # countries with two or more feeds, none of which could be read

    @property
    def is_down(self) -> bool:
        """Whether most could not be read, so that nobody knows whether a day is quiet."""
        return self.failing * 2 > self.sources


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one edition is composed from; it never changes while in use."""

    window: Window
    articles: tuple[Article, ...]  # those that count, newest revision each, no duplicates left out
    # When its first article on diplomacy was first seen.
    story_started_at: Mapping[StoryId, datetime]
    # For each source that is switched on: the country of its outlet, and whether it could not be read.
    feeds: tuple[tuple[str | None, bool], ...] = ()
    # For a story, the stories that have become part of it: their numbers stay valid.
    taken_in: Mapping[StoryId, frozenset[StoryId]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """What earlier digests of one chat have shown."""

    # Each with the local date on which it was first shown.
    stories: Mapping[StoryId, date] = field(default_factory=dict)
    sentences: frozenset[str] = frozenset()  # folded texts, see relate.novelty


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One sentence, word for word: ``text`` equals the article's ``text[start:end]``."""

    text: str
    article: ArticleId
    start: int
    end: int
    kind: CitedKind = "summary"
    speaker: str | None = None
    figure: str | None = None  # the words in which accounts differ, verbatim


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One reason for a story's place, as /why shows it."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story in one digest."""

    story: StoryId
    headline: str  # verbatim: a member's title, or its first sentence
    lead: ArticleId  # whose headline it is
    status: Status
    day: int  # 1 on the first day
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    outlets: tuple[Outlet, ...]  # distinct, leading one first
    score: float
    parts: tuple[ScorePart, ...]
    sentences: tuple[Cited, ...]  # empty: one line under "Also today"
    articles: tuple[Article, ...]  # leading one first
    action: Action | None = None  # that the headline states
    is_known: bool = True  # whether the chat was shown the story before


@dataclass(frozen=True, slots=True)
class Announced:
    """One sentence that announces something for a day."""

    day: date
    article: Article
    span: Span
    outlets: int  # how many report its story

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one chat gets for one slot."""

    window: Window
    articles_read: int
    stories_seen: int
    minutes: int
    items: tuple[Item, ...]
    elsewhere: Item | None = None  # the top story outside the wish, on a quiet day
    ahead: tuple[Announced, ...] = ()  # what its stories announce, by day, and its items do not say
    health: Health = Health()

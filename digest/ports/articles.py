"""The store of articles: what becomes of them as they arrive, and what is asked for later."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from ..model.articles import Article, ArticleId, Counts, Known, NewArticle, StoryId
from ..model.digests import Snapshot, Window
from ..model.sources import Amount, SourceOutcome
from ..model.stories import Changes, Mark, Member, Placed, Publication, Spot, Unplaced


class Arrivals(Protocol):
    """What arrives is known already, or is stored with its story, or waits for one."""

    async def known(self, keys: Sequence[str], fingerprints: Sequence[str]) -> Mapping[str, Known]:
        """The newest stored revision under each key, by key.

        A stored article without an address is also found under its fingerprint, if that is among
        ``fingerprints``: so a file is recognised by its text, whatever its name.
        """

    async def add(
        self, placed: Sequence[Placed], outcome: SourceOutcome | None = None
    ) -> tuple[ArticleId, ...]:
        """Store articles with their stories, and the outcome of their source, at once; their ids, in order.

        An article whose key is known becomes its next revision. If key and fingerprint are known, nothing
        is stored and the stored id is returned. What the source of a reader brought is not stored if that
        source was removed or adopted meanwhile.
        """

    async def bring(
        self, articles: Sequence[NewArticle], outcome: SourceOutcome | None = None
    ) -> Counts:
        """As ``add``, but without stories, and beside other processes: how many were new, revised and known.

        The articles wait for ``settle``. A revision stays in the story of its article; if that one waits
        too, only the revision does.
        """

    async def waiting(self, limit: int) -> tuple[Member, ...]:
        """Public articles that wait for a story, newest revisions, by ``moment``, then id; the first ones."""

    async def unplaced(self) -> Unplaced:
        """How many articles wait for a story, and the first of them."""

    async def settle(
        self, waiting: Sequence[Member], spots: Sequence[Spot]
    ) -> tuple[Mapping[str, Known], Mark]:
        """Give each waiting article its story. Returns what is stored then, by key, and a mark behind it."""

    @property
    def is_shared(self) -> bool:
        """Whether other processes store and place articles beside this one."""

    def placing(self, *, waits: bool) -> AbstractAsyncContextManager[bool]:
        """While it is open, no other process places or moves articles inside such a block.

        Others may have done so just before, if the store ``is_shared``: ``changes`` tells what they did.
        Gives False if another process is in such a block now and ``waits`` is False; this one may not place
        then.
        """

    async def changes(self, start: datetime, mark: Mark | None) -> Changes:
        """What was settled or moved since ``mark``; without a mark, all that was first seen since ``start``.

        Articles that wait for their story are left out. Without a mark they come by first seen, then id.
        """

    async def own(self, reader: int, start: datetime) -> tuple[Article, ...]:
        """The reader's own articles first seen since ``start``, newest revision each, by first seen.

        If there are more than 500, only the latest.
        """

    async def amount(self, reader: int, start: datetime) -> Amount:
        """What the reader's own sources brought since ``start``, counting every revision but no files."""

    async def shown(self, stories: Collection[StoryId]) -> frozenset[StoryId]:
        """Those of the stories that a digest of any chat has shown."""

    async def move(self, moves: Mapping[str, StoryId | int]) -> Mapping[str, StoryId]:
        """Put articles, by key, into other stories. Returns where each stored one of them is then.

        Equal negative numbers are one new story. An article of a story that was shown stays where it is. A
        story left without articles becomes part of the one that its first article went to.
        """


class Library(Protocol):
    """What is stored, for whoever asks.

    A reader's own articles are found only if that ``reader`` is named.
    """

    async def count(self, start: datetime) -> tuple[int, int]:
        """How many public articles were first seen since ``start``, and how many stories they belong to."""

    async def files(self, reader: int) -> tuple[Article, ...]:
        """The files that the reader sent, newest revision each, by first seen and id."""

    async def readers(self, window: Window) -> frozenset[int]:
        """The readers who have articles of their own that count in ``window``."""

    async def recent(
        self,
        start: datetime,
        *,
        limit: int,
        countries: Collection[str] = (),
        words: str = "",
        relevance: float = 0.0,
        reader: int | None = None,
    ) -> tuple[Article, ...]:
        """At most ``limit`` articles first seen since ``start``, latest first, newest revisions only.

        They name all ``countries``, hold all ``words`` (as ``search`` finds them), and have at least that
        ``relevance``. Empty values restrict nothing.
        """

    async def publications(
        self,
        start: datetime,
        *,
        countries: Collection[str] = (),
        topic: str = "",
        reader: int | None = None,
    ) -> tuple[Publication, ...]:
        """Each article that names all ``countries`` and has ``topic``, with the time when it was published.

        Newest revisions about diplomacy, first seen since ``start``, that ``reader`` may see. If an article
        has no date, the time when it was first seen.
        """

    async def story(self, story: StoryId, *, reader: int | None = None) -> tuple[Article, ...]:
        """The articles of one story, newest revisions, by first seen and id; empty if it is unknown.

        A story that has become part of another is found under its old number too.
        """

    async def stories(
        self, ids: Collection[StoryId], *, reader: int | None = None
    ) -> Mapping[StoryId, tuple[Article, ...]]:
        """As ``story`` for several, by the numbers asked for; those without articles are left out."""

    async def snapshot(
        self, window: Window, *, reader: int | None = None, now: datetime | None = None
    ) -> Snapshot:
        """What one edition over ``window`` is composed from, without the backlog of new sources.

        Articles count that were first seen in [start, end) and, if they have a date, published or modified
        at most 48 hours before ``start``. Of each the newest revision as of ``window.end``, by first seen
        and id; of the reader's own articles only the latest 500. Feeds are as they stand at ``now``, by
        default at the window's end.
        """

    async def get(self, article: ArticleId, *, reader: int | None = None) -> Article | None:
        """One stored revision; None if there is none."""

    async def some(
        self, ids: Collection[ArticleId], *, reader: int | None = None
    ) -> Mapping[ArticleId, Article]:
        """Those of the revisions that are stored, by id."""

    async def all(self, *, after: int = 0, limit: int | None = None) -> tuple[Article, ...]:
        """Every public revision with an id above ``after``, by id; at most ``limit``."""

    async def search(
        self, words: str, *, limit: int, offset: int = 0, reader: int | None = None
    ) -> tuple[Article, ...]:
        """Articles that hold all ``words``, best first, newest revisions only.

        If many do, only the newest of them are ranked. The last word may be the beginning of a longer one,
        if it has at least three letters. Any text is a valid query: operators and quotation marks in it
        mean themselves.
        """


class ArticleStore(Arrivals, Library, Protocol):
    """Articles in immutable revisions, their stories, and the search over them."""

    async def remove(self, article: ArticleId, *, owner: int) -> bool:
        """Remove a reader's own article in all its revisions. Returns whether the reader had it."""

    async def date_back(self, now: datetime, *, beyond: datetime) -> int:
        """How many revisions were first seen later than ``beyond``, by a clock that was ahead: it is now.

        So is when stories began, and when feeds answered.
        """

    async def prune(self, before: datetime) -> int:
        """Remove articles first seen before ``before``, with stories left empty. Returns how many articles.

        Whatever belongs to readers who are gone is removed as well.
        """

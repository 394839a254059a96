"""What was read: articles, what becomes of them as they arrive, and who asks for them later."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from ..model.articles import Article, ArticleId, Counts, Known, NewArticle, StoryId
from ..model.digests import Snapshot, Window
from ..model.sources import Amount, SourceOutcome
from ..model.stories import Changes, Mark, Member, Placed, Publication, Spot, Unplaced


class Arrivals(Protocol):
    """What arrives: it is known already, or stored with its story, or waits for one."""

    async def known(self, keys: Sequence[str], fingerprints: Sequence[str]) -> Mapping[str, Known]:
        """The newest revision under each key that is stored, by key.

        A stored article that has one of the ``fingerprints`` and no address is found under its
        fingerprint, so that a file is known by its text whatever its name.
        """

    async def add(
        self, placed: Sequence[Placed], outcome: SourceOutcome | None = None
    ) -> tuple[ArticleId, ...]:
        """Ids of the articles, in order, stored with their stories and the source's outcome at once.

        An article whose key is known becomes its next revision; one whose key and fingerprint are
        known is not stored again, its id is returned. What a source brought that was a reader's own,
        and was removed or adopted meanwhile, is not stored.
        """

    async def bring(
        self, articles: Sequence[NewArticle], outcome: SourceOutcome | None = None
    ) -> Counts:
        """As ``add`` without stories, beside what others bring: how many were new, revised and known.

        They wait for ``settle``. A revision stays in the story of its article; where that waits too,
        only the revision does.
        """

    async def waiting(self, limit: int) -> tuple[Member, ...]:
        """The first public articles, newest revisions, that wait for a story; by ``moment``, then id."""

    async def unplaced(self) -> Unplaced:
        """How many articles wait for a story, and the first of them."""

    async def settle(
        self, waiting: Sequence[Member], spots: Sequence[Spot]
    ) -> tuple[Mapping[str, Known], Mark]:
        """Give what waits its stories, one for each; what is stored then, by key, and a mark behind it."""

    @property
    def is_shared(self) -> bool:
        """Whether other processes store and place beside this one."""

    def placing(self, *, waits: bool) -> AbstractAsyncContextManager[bool]:
        """While it is open, no other process places or moves articles through such a block.

        Where the store ``is_shared``, one may have done so before: ``changes`` tell what. False where
        another is in such a block now, and this one neither waits for it nor may do the same.
        """

    async def changes(self, start: datetime, mark: Mark | None) -> Changes:
        """What was settled or moved since ``mark``; without one, all first seen at ``start`` or later.

        What waits for its story is left out. The second are by first seen and id.
        """

    async def own(self, reader: int, start: datetime) -> tuple[Article, ...]:
        """The reader's own articles first seen at ``start`` or later, newest revision each, by first seen.

        Of more than 500 the latest.
        """

    async def amount(self, reader: int, start: datetime) -> Amount:
        """What the reader's own sources brought at ``start`` or later, in all revisions; no files."""

    async def shown(self, stories: Collection[StoryId]) -> frozenset[StoryId]:
        """Those of the stories that a digest of any chat has shown."""

    async def move(self, moves: Mapping[str, StoryId | int]) -> Mapping[str, StoryId]:
        """Put articles, by key, into other stories; where each of them, if it is stored, is now.

        Equal negative numbers are one new story. An article of a story that was shown stays. A story
        that is left without articles becomes part of the one that its first article went to.
        """


class Library(Protocol):
    """What is stored, for whoever asks.

    A reader's own articles are found only where that ``reader`` is named; without one, and for
    everybody else, they are not there.
    """

    async def count(self, start: datetime) -> tuple[int, int]:
        """How many public articles were first seen at ``start`` or later, and how many stories they tell."""

    async def files(self, reader: int) -> tuple[Article, ...]:
        """The files that the reader sent, newest revision each, by first seen and id."""

    async def readers(self, window: Window) -> frozenset[int]:
        """Those whose own articles count in ``window``."""

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
        """At most ``limit`` articles first seen at ``start`` or later, the latest first; newest revisions.

        Of those that name all ``countries``, hold all ``words`` as ``search`` finds them, and are
        at least so much about diplomacy; empty means no restriction.
        """

    async def publications(
        self,
        start: datetime,
        *,
        countries: Collection[str] = (),
        topic: str = "",
        reader: int | None = None,
    ) -> tuple[Publication, ...]:
        """Each article that names all ``countries`` and bears ``topic``, by when it was published.

        Newest revisions that are about diplomacy and were first seen at ``start`` or later, all that
        ``reader`` may see; where nothing dates one, when it was first seen.
        """

    async def story(self, story: StoryId, *, reader: int | None = None) -> tuple[Article, ...]:
        """The articles of one story, newest revisions, by first seen and id; none for an unknown one.

        A story that has become part of another is found under its old number too.
        """

    async def stories(
        self, ids: Collection[StoryId], *, reader: int | None = None
    ) -> Mapping[StoryId, tuple[Article, ...]]:
        """As ``story`` for several, by the numbers asked for; those without articles are left out."""

    async def snapshot(
        self, window: Window, *, reader: int | None = None, now: datetime | None = None
    ) -> Snapshot:
        """What one edition over ``window`` is composed from; never the backlog of a new source.

        Feeds are as they stand at ``now``, at the window's end where that is not said.

        Newest revision as of ``window.end`` of the articles first seen in [start, end) and
        published, else modified, where either is known, at most 48 hours before ``start``. By first
        seen and id; of the reader's own the latest 500.
        """

    async def get(self, article: ArticleId, *, reader: int | None = None) -> Article | None:
        """One stored revision."""

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

        Where many do, the newest of them are ranked. The last word may be the beginning of one from
        three letters on. Any text is a valid query: operators and quotation marks in it mean themselves.
        """


class ArticleStore(Arrivals, Library, Protocol):
    """Articles in immutable revisions, their stories, and the search over them."""

    async def remove(self, article: ArticleId, *, owner: int) -> bool:
        """Whether the reader had such an article of their own; it is gone in all its revisions."""

    async def prune(self, before: datetime) -> int:
        """How many articles first seen before ``before`` were removed, with their empty stories.

        What belongs to readers who are no longer there goes as well.
        """

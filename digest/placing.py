"""Where articles find their stories: one writer, in this process and among all.

Where several processes share a store, each stores what it has read beside the others, and whoever has the
turn places all that waits, while the others read on. With reading, storing and placing behind one lock, two
workers read 20,000 articles no faster than one.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice

from .model import Counts, Known, Mark, Member, NewArticle, Placed, SourceOutcome, Spot
from .ports import ArticleStore
from .relate.profile import Profile, profiles
from .relate.relater import Relater
from .relate.stories import WINDOW

_AT_ONCE = 200  # waiting articles placed in one transaction: what others bring meanwhile waits half a second
_ROUNDS = 25  # such transactions in one turn: what a digest waits for at most, some ten seconds
_PROFILES = 5_000  # that are kept until the article is learnt; others are made again
_DEFERRED = 1.0  # seconds that it is given for that: what it places need not be learnt at once
_REST = timedelta(hours=1)  # between two regroupings: each weighs what came since midnight

_Known = Mapping[str, Known]
_Keep = Callable[[Sequence[Spot]], Awaitable[_Known]]


class Placing:
    """The memory of the last days, and the turn to write by it."""

    def __init__(self, articles: ArticleStore) -> None:
        self._articles = articles
        self._relater: Relater | None = None
        self._reaches_back_to = datetime.max.replace(tzinfo=UTC)
        self._mark = Mark()  # how far the relater has followed what was placed
        self._profiles: dict[str, Profile] = {}  # of what was stored here and is not learnt yet
        self._lock = asyncio.Lock()
        self._defers = False  # another process places most, and may place what waits here
        self._is_awaited = False  # a call here waits for a turn, and will place what waits by then
        self._grouped_at: datetime | None = None
        self._is_grouped = False  # nothing has come since

    async def store(
        self,
        articles: Sequence[NewArticle],
        seen_at: datetime,
        outcome: SourceOutcome | None,
        owner: int | None,
    ) -> Counts:
        """How many of the articles were new, revised and known.

        All are in their stories, or will be in the turn for which another call here waits. Where another
        process brings the same ones at the same instant, both may count them as new.
        """
        if owner is None and self._articles.is_shared:
            return await self._bring(articles, seen_at, outcome)
        async with self._alone(seen_at):
            known = await self._known(articles)
            fresh = _news(articles, known)
            if owner is not None:
                await self._add_own(owner, fresh, known, seen_at, outcome)
            else:
                await self._relate(fresh, known, seen_at, partial(self._add, fresh, outcome))
            return _counted(articles, fresh, known)

    async def regroup(self, now: datetime) -> int:
        """How many articles were moved: those of the last day and those alone, weighed all at once.

        Whatever a digest of any chat has shown stays where it is. Done again only when something has
        come and an hour has passed; at a day's end it is done while its successor is read.
        """
        async with self._alone(now):
            rested = self._grouped_at is None or abs(now - self._grouped_at) >= _REST
            if self._is_grouped or not rested:
                return 0
            self._grouped_at = now
            return await self._regroup(now)

    @asynccontextmanager
    async def _alone(self, seen_at: datetime) -> AsyncIterator[None]:
        """Every story has one writer, in this process and among all; each has seen what others wrote."""
        if not self._articles.is_shared:
            async with self._lock:
                yield
            return
        async with self._turn(seen_at):
            yield

    @asynccontextmanager
    async def _turn(self, seen_at: datetime) -> AsyncIterator[bool]:
        """The turn of this process among all; whether so much waits that some is left."""
        async with self._lock:
            relater = await self._memory(seen_at)  # others place meanwhile: it takes up to a minute
            async with self._articles.placing():
                self._is_awaited = False
                yield await self._catch_up(relater)

    async def _bring(
        self, articles: Sequence[NewArticle], seen_at: datetime, outcome: SourceOutcome | None
    ) -> Counts:
        """Store them beside all others, then have them placed: only for that others are waited for."""
        known = await self._known(articles)
        fresh = _news(articles, known)
        made = await asyncio.to_thread(profiles, fresh)
        stories = {key: old.story for key, old in known.items()}
        await self._articles.add([Placed(a, stories.get(a.key)) for a in fresh], outcome)
        self._profiles |= made
        for key in list(islice(self._profiles, max(0, len(self._profiles) - _PROFILES))):
            del self._profiles[key]
        if not self._is_awaited:
            await self._place_all(seen_at)
        return _counted(articles, fresh, known)

    async def _place_all(self, seen_at: datetime) -> None:
        """Place what waits, in as many turns as it takes."""
        is_any_left = True
        while is_any_left:
            self._is_awaited = True
            try:
                if self._defers:
                    await asyncio.sleep(_DEFERRED)
                    self._is_awaited = False  # who comes now may be missed by this look
                    if not await self._articles.waiting(1):
                        return
                async with self._turn(seen_at) as is_any_left:
                    pass
            finally:
                self._is_awaited = False

    async def _catch_up(self, relater: Relater) -> bool:
        """Learn what others placed, and place what waits, whoever brought it, in the order of coming.

        Whether some may be left.
        """
        found = await self._articles.changes(self._reaches_back_to, self._mark)
        await asyncio.to_thread(relater.learn, found.articles, self._profiles)
        relater.move({one.key: one.story for one in found.articles if one.story is not None})
        self._mark = found.mark
        self._is_grouped = self._is_grouped and not found.articles
        self._forget_profiles(found.articles)
        own = 0
        for _ in range(_ROUNDS):
            self._defers = len(found.articles) > own
            waiting = await self._articles.waiting(_AT_ONCE)
            if not waiting:
                return False
            own += len(waiting)
            seen_at = max(article.first_seen_at for article in waiting)
            await self._relate(waiting, {}, seen_at, partial(self._settle, waiting))
            self._forget_profiles(waiting)
        return True

    async def _relate(
        self, articles: Sequence[NewArticle | Member], known: _Known, seen_at: datetime, keep: _Keep
    ) -> None:
        """Place the articles, and keep where; ``keep`` says what is stored then."""
        relater = await self._memory(seen_at)
        if relater.ends_day(articles):
            await self._regroup(seen_at)
        self._is_grouped = self._is_grouped and not articles
        self._relater = None  # until it is kept, the memory is ahead of the store
        place = partial(relater.place, profiles=self._profiles)
        stored = await keep(await asyncio.to_thread(place, articles, known))
        relater.settle(stored)
        self._relater = relater

    async def _add(
        self, fresh: Sequence[NewArticle], outcome: SourceOutcome | None, spots: Sequence[Spot]
    ) -> _Known:
        await self._articles.add(_placed(fresh, spots), outcome)
        return await self._articles.known([article.key for article in fresh], ())

    async def _settle(self, waiting: Sequence[Member], spots: Sequence[Spot]) -> _Known:
        known, self._mark = await self._articles.settle(waiting, spots)
        return known

    def _forget_profiles(self, articles: Iterable[Member]) -> None:
        for article in articles:
            self._profiles.pop(article.key, None)

    async def _regroup(self, now: datetime) -> int:
        relater = await self._memory(now)
        shown = await self._articles.shown(relater.stories())
        self._relater = None  # as in _relate
        moves = await asyncio.to_thread(relater.regroup, shown)
        if moves:
            relater.move(await self._articles.move(moves))
        self._relater, self._is_grouped = relater, True
        return len(moves)

    async def _add_own(
        self,
        owner: int,
        fresh: Sequence[NewArticle],
        known: _Known,
        seen_at: datetime,
        outcome: SourceOutcome | None,
    ) -> None:
        """A reader's own are few: their memory is made anew each time, and the public one only asked."""
        if not fresh:
            await self._articles.add((), outcome)
            return
        start = seen_at - WINDOW
        kept = await self._articles.own(owner, start)
        public = await self._memory(seen_at)
        spots = await asyncio.to_thread(Relater(kept).place, fresh, known, public=public)
        await self._articles.add(_placed(fresh, spots), outcome)

    async def _known(self, articles: Sequence[NewArticle]) -> _Known:
        prints = [article.fingerprint for article in articles if article.url is None]
        return await self._articles.known([article.key for article in articles], prints)

    async def _memory(self, seen_at: datetime) -> Relater:
        """The relater, rebuilt from the store at start, after a failure, or for an earlier time."""
        start = seen_at - WINDOW
        if self._relater is None or self._reaches_back_to > start:
            stored = await self._articles.changes(start, None)
            self._relater = await asyncio.to_thread(Relater, stored.articles)
            self._reaches_back_to, self._mark = start, stored.mark
        return self._relater


def _placed(articles: Sequence[NewArticle], spots: Sequence[Spot]) -> list[Placed]:
    return [Placed(a, s.story, s.duplicate_of) for a, s in zip(articles, spots, strict=True)]


def _news(articles: Sequence[NewArticle], known: _Known) -> list[NewArticle]:
    """Those that are not stored as they are."""
    return [
        article
        for article in articles
        if article.key not in known or known[article.key].fingerprint != article.fingerprint
    ]


def _counted(articles: Sequence[NewArticle], fresh: Sequence[NewArticle], known: _Known) -> Counts:
    revised = sum(article.key in known for article in fresh)
    return Counts(len(fresh) - revised, revised, len(articles) - len(fresh))

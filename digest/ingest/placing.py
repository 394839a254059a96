"""Places articles in stories, with one writer: one in this process, and one among all processes.

Where several processes share a store, each stores what it has read, and one of them places all that waits.
Other ways were tried: with reading, storing and placing behind one lock, two workers read 20,000 articles
no faster than one; with turns that went round, each worker had to learn what the others had placed, a third
of the work again.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby

from ..model.articles import ArticleId, Counts, Known, NewArticle
from ..model.sources import SourceOutcome
from ..model.stories import Mark, Member, Placed, Spot, moment
from ..ports import Arrivals
from ..relate.relater import Relater
from ..relate.stories import WINDOW

_AT_ONCE = 200  # waiting articles placed in one transaction, half a second on a busy core
_ROUNDS = 4  # such transactions in one turn; digests and jobs that bring more wait for its end
_MOST_WAITING = 1_000  # articles; beyond, processes that only read wait for the one that places
# Looks, half a second apart, after which the process that places is taken for dead: no transaction takes so
# long.
_PATIENCE = 5
_REST = timedelta(hours=1)  # between two regroupings: each weighs all that came since midnight

_Known = Mapping[str, Known]
_Keep = Callable[[Sequence[Spot]], Awaitable[_Known]]


class Placing:
    """The memory of the last days, and the turn to write by it."""

    def __init__(self, articles: Arrivals, *, places: bool = True) -> None:
        self._articles = articles
        self._places = places  # else another process does, and all that is stored here waits for it
        self._relater: Relater | None = None
        self._reaches_back_to = datetime.max.replace(tzinfo=UTC)
        self._mark = Mark()  # how far the relater has followed what was placed
        self._lock = asyncio.Lock()
        self._turns = 0  # how many were begun
        self._is_remembering = False  # rebuilding the memory takes up to a minute; a turn follows
        self._follows = not places  # another process places most, and places what waits here too
        self._first_waiting: ArticleId | None = None
        self._looks = 0  # how many in a row found it
        self._has_room = asyncio.Event()  # whether more articles may be stored to wait
        self._has_room.set()
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

        Afterwards they are in their stories, or wait for a turn of this process or of the one that places
        most.
        """
        if owner is None and (self._articles.is_shared or not self._places):
            counts = await self._articles.bring(articles, outcome)
            if self._follows:
                await self._has_room.wait()
            else:
                await self._place_what_waits(seen_at)
            return counts
        async with self._alone(seen_at, waits=True):
            known = await self._known(articles)
            fresh = _news(articles, known)
            if owner is not None:
                await self._add_own(owner, fresh, known, seen_at, outcome)
            else:
                await self._relate(fresh, known, seen_at, partial(self._add, fresh, outcome))
            return _counted(articles, fresh, known)

    async def look(self, now: datetime) -> None:
        """Place what waits. If another process places, do so only when it has not got on for some looks."""
        if self._lock.locked():
            return
        unplaced = await self._articles.unplaced()
        self._looks = self._looks + 1 if unplaced.first == self._first_waiting else 1
        self._first_waiting = unplaced.first
        if unplaced.count > _MOST_WAITING and self._looks == 1:
            self._has_room.clear()
        else:
            self._has_room.set()
        if unplaced.count and (not self._follows or self._looks > _PATIENCE):
            await self._place_what_waits(now)

    async def regroup(self, now: datetime) -> int:
        """Weigh the articles of the last day and those still alone again; returns how many were moved.

        What a digest of any chat has shown stays where it is. Nothing is done if nothing has come or less
        than an hour has passed. At the end of a day it is also done when the first article of the next day
        is placed.
        """
        rests = self._grouped_at is not None and abs(now - self._grouped_at) < _REST
        if self._follows or rests:
            return 0
        async with self._alone(now, waits=False) as is_alone:
            if self._is_grouped or not is_alone:
                return 0
            self._grouped_at = now
            return await self._regroup(now)

    @asynccontextmanager
    async def _alone(self, seen_at: datetime, *, waits: bool) -> AsyncIterator[bool]:
        """While it is open, this is the only writer of stories, and knows what others wrote before.

        Gives False if another process has its turn, and ``waits`` is False.
        """
        async with self._lock:
            if not self._articles.is_shared:
                yield True
                return
            relater = await self._memory(seen_at)
            learnt = await self._follow(relater)  # others place meanwhile
            async with self._articles.placing(waits=waits) as is_ours:
                if is_ours:
                    learnt += await self._follow(relater)
                    if not self._follows:
                        await self._place(learnt)
                yield is_ours

    async def _place_what_waits(self, seen_at: datetime) -> None:
        """Place what waits, in as many turns as it takes, unless a turn that began meanwhile has done so.

        A process that finds another one in its turn leaves placing to that one: for good if it has placed
        nothing itself yet, else until the next look. Callers that bring more wait for this, so a process
        that places much reads less, and what waits does not pile up.
        """
        begun, is_any_left = self._turns, True
        while is_any_left and not self._is_remembering:
            async with self._lock:
                if self._turns > begun:
                    return
                relater = await self._memory(seen_at)
                async with self._articles.placing(waits=False) as is_ours:
                    is_any_left = is_ours and await self._place(await self._learnt(relater))
                self._follows = self._follows or not (is_ours or self._turns)
                begun = self._turns

    async def _learnt(self, relater: Relater) -> int:
        """As ``_follow``, if other processes place too."""
        return await self._follow(relater) if self._articles.is_shared else 0

    async def _follow(self, relater: Relater) -> int:
        """Learn what others placed and moved. Returns how many articles that were."""
        found = await self._articles.changes(self._reaches_back_to, self._mark)
        learnt = await asyncio.to_thread(relater.learn, found.articles)
        self._mark = found.mark
        self._is_grouped = self._is_grouped and not found.articles
        return learnt

    async def _place(self, learnt: int) -> bool:
        """Place what waits, whoever brought it, in the order of its dates; returns whether some may be left.

        The order matters, since the memory holds a few days and moves with what it is given: of 452
        articles of Wikinews in files of random names, placed as they came, B-cubed F1 was 55.9, in order
        90.1 (2026-11-30).

        A process that has ``learnt`` more articles since its last turn than it finds to place leaves
        placing to others.
        """
        self._turns += 1
        own = 0
        for _ in range(_ROUNDS):
            waiting = await self._articles.waiting(_AT_ONCE)
            own += len(waiting)
            self._follows = learnt > own
            if not waiting:
                return False
            for day in _days(waiting):
                seen_at = max(article.first_seen_at for article in day)
                await self._relate(day, {}, seen_at, partial(self._settle, day))
        return True

    async def _relate(
        self, articles: Sequence[NewArticle | Member], known: _Known, seen_at: datetime, keep: _Keep
    ) -> None:
        """Place the articles; ``keep`` stores where they belong, and returns what is stored then."""
        relater = await self._memory(seen_at)
        if relater.ends_day(articles):
            await self._regroup(seen_at)
        self._is_grouped = self._is_grouped and not articles
        self._relater = None  # until it is kept, the memory is ahead of the store
        stored = await keep(await asyncio.to_thread(relater.place, articles, known))
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
        """Place and store a reader's own articles.

        They are few, so their memory is rebuilt each time; that of public articles is only asked.
        """
        if not fresh:
            await self._articles.bring((), outcome)
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
            self._is_remembering = True
            try:
                stored = await self._articles.changes(start, None)
                self._relater = await asyncio.to_thread(Relater, stored.articles)
            finally:
                self._is_remembering = False
            self._reaches_back_to, self._mark = start, stored.mark
        return self._relater


def _placed(articles: Sequence[NewArticle], spots: Sequence[Spot]) -> list[Placed]:
    return [Placed(a, s.story, s.duplicate_of) for a, s in zip(articles, spots, strict=True)]


def _days(waiting: Sequence[Member]) -> Iterator[tuple[Member, ...]]:
    """The waiting articles, one day at a time: at the end of each day stories are weighed again."""
    for _, day in groupby(waiting, key=lambda member: moment(member).toordinal()):
        yield tuple(day)


def _news(articles: Sequence[NewArticle], known: _Known) -> list[NewArticle]:
    """The articles that are not stored as they are."""
    return [
        article
        for article in articles
        if article.key not in known or known[article.key].fingerprint != article.fingerprint
    ]


def _counted(articles: Sequence[NewArticle], fresh: Sequence[NewArticle], known: _Known) -> Counts:
    revised = sum(article.key in known for article in fresh)
    return Counts(len(fresh) - revised, revised, len(articles) - len(fresh))

"""The one way into the store: drafts are read, placed in stories and stored, batch by batch."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import chain, islice
from typing import ParamSpec, TypeVar

from ..errors import SourceError, Unreadable, Unstorable
from ..model.articles import Counts, Known, NewArticle
from ..model.gathered import Draft
from ..model.sources import Amount, SourceId, SourceOutcome
from ..ports import ArticleStore, Parser
from ..read.article import identity
from ..read.jobs import read_all, read_title
from .placing import Placing

_BATCH = 50  # articles stored in one transaction

P = ParamSpec("P")
T = TypeVar("T")


class Here:
    """A ports.Parser that works in a thread of this process: for what we wrote ourselves."""

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function makes of the arguments."""
        return await asyncio.to_thread(function, *args, **kwargs)

    def renew(self) -> None:
        """Nothing to do: whoever asks for it reads the tables of this process again."""


class Intake:
    """Everything that arrives goes through one Intake, so that every story has one writer.

    ``parser`` is where drafts are read; without one, in this process. With ``places=False`` what it takes
    waits for the process that places articles in stories.
    """

    def __init__(
        self, articles: ArticleStore, *, parser: Parser | None = None, places: bool = True
    ) -> None:
        self._articles = articles
        self._parser: Parser = parser or Here()
        self._placing = Placing(articles, places=places)

    async def take(
        self,
        drafts: Sequence[Draft],
        *,
        seen_at: datetime,
        source: SourceId | None = None,
        outcome: SourceOutcome | None = None,
        owner: int | None = None,
    ) -> Counts:
        """How many of the drafts were new, revised and known. The outcome is stored with the last batch.

        With an ``owner`` they are that reader's own articles: they join public stories, but public articles
        never join theirs. Raises Unreadable if the database cannot hold one of them; all others are stored
        then, but not the outcome.
        """
        counts, refusal = Counts(), None
        batches = _batches(drafts) or [()]
        for at, batch in enumerate(batches):
            last = outcome if at == len(batches) - 1 and refusal is None else None
            named = await asyncio.to_thread(_firsts, batch, owner)
            news = await self._news(named, source, owner)
            articles = await self._read(news, seen_at, source, owner)
            try:
                counts += await self._store(articles, seen_at, last, owner)
            except Unstorable as error:
                refusal = error
            counts += Counts(known=len(named) - len(news))
        if refusal is not None:
            raise Unreadable(f"it is not stored in full: {refusal}") from refusal
        return counts

    async def _store(
        self,
        articles: Sequence[NewArticle],
        seen_at: datetime,
        outcome: SourceOutcome | None,
        owner: int | None,
    ) -> Counts:
        """As Placing.store. Raises Unstorable if the database cannot hold one; the others are stored."""
        try:
            if articles:
                return await self._placing.store(articles, seen_at, outcome, owner)
            return await self._articles.bring((), outcome) if outcome else Counts()
        except Unstorable:
            for article in articles:  # which of them is at fault, or the outcome, is not told
                with suppress(Unstorable):
                    await self._placing.store((article,), seen_at, None, owner)
            raise

    async def unknown(
        self, drafts: Sequence[Draft], *, owner: int | None = None
    ) -> tuple[Draft, ...]:
        """The drafts of which no revision is stored."""
        named = await asyncio.to_thread(_firsts, drafts, owner)
        known = await self._articles.known(list(named), ())
        return tuple(draft for key, (draft, _) in named.items() if key not in known)

    async def news(
        self, drafts: Sequence[Draft], *, source: SourceId, owner: int | None = None
    ) -> tuple[Draft, ...]:
        """The drafts that ``take`` would store; of two with one key only the first."""
        return await self._news(await asyncio.to_thread(_firsts, drafts, owner), source, owner)

    async def amount(self, owner: int, start: datetime) -> Amount:
        """What the owner's sources brought since ``start``."""
        return await self._articles.amount(owner, start)

    async def _news(
        self, named: Mapping[str, tuple[Draft, str]], source: SourceId | None, owner: int | None
    ) -> tuple[Draft, ...]:
        """The drafts that are not stored as they are: a feed mostly repeats what it brought before.

        An article that another source brought first counts as known, whatever this source says of it.
        """
        prints = [fingerprint for draft, fingerprint in named.values() if draft.url is None]
        known = await self._articles.known(list(named), prints)
        changed = [
            key for key, old in known.items() if key in named and old.fingerprint != named[key][1]
        ]
        theirs = {key for key in changed if await self._is_theirs(known[key], source, owner)}
        return tuple(
            draft
            for key, (draft, fingerprint) in named.items()
            if key not in theirs and (key not in known or known[key].fingerprint != fingerprint)
        )

    async def _is_theirs(self, old: Known, source: SourceId | None, owner: int | None) -> bool:
        """Whether another source, which is still there, brought the article."""
        if source is None:
            return False
        stored = await self._articles.get(old.id, reader=owner)
        return stored is not None and stored.source not in (None, source)

    async def _read(
        self, drafts: Sequence[Draft], seen_at: datetime, source: SourceId | None, owner: int | None
    ) -> tuple[NewArticle, ...]:
        """The drafts as articles.

        If reading a batch is stopped, each draft is read alone, and the one at fault is kept with its title
        only.
        """
        if not drafts:
            return ()
        try:
            return await self._parser(
                read_all, drafts, first_seen_at=seen_at, source=source, owner=owner
            )
        except SourceError:
            if len(drafts) == 1:
                title = await self._parser(
                    read_title, drafts[0], first_seen_at=seen_at, source=source, owner=owner
                )
                return (title,)
        alone = [await self._read((draft,), seen_at, source, owner) for draft in drafts]
        return tuple(chain.from_iterable(alone))

    async def regroup(self, now: datetime) -> int:
        """As ports.Grouper."""
        return await self._placing.regroup(now)

    async def place_what_waits(self, now: datetime) -> None:
        """Place what another process has stored and does not place; to be called twice a second."""
        await self._placing.look(now)


def _firsts(drafts: Sequence[Draft], owner: int | None) -> dict[str, tuple[Draft, str]]:
    """Drafts and fingerprints by key; of two with one key only the first is kept."""
    found: dict[str, tuple[Draft, str]] = {}
    for draft in drafts:
        key, fingerprint = identity(draft, owner=owner)
        found.setdefault(key, (draft, fingerprint))
    return found


def _batches(drafts: Sequence[Draft]) -> list[tuple[Draft, ...]]:
    rest = iter(drafts)
    return list(iter(lambda: tuple(islice(rest, _BATCH)), ()))

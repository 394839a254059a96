"""Fakes that behave: every port of the engine in memory, under the same contract as the real ones.

    >>> database = FakeDatabase()
    >>> article_ids = await database.articles.add([placed])
    >>> clock = FakeClock(datetime(2026, 8, 25, 7, 30, tzinfo=UTC))

The stores share one ``FakeDatabase``, as the real ones share their tables.
"""

import asyncio
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from urllib.parse import urlsplit

from digest import ports
from digest.errors import AttacheError, Conflict, DeliveryError, SourceError, Unreachable
from digest.model import (
    Addressee,
    Alike,
    Article,
    ArticleId,
    Backlog,
    Changes,
    Chat,
    Counts,
    Fetched,
    FullText,
    Health,
    Known,
    LetterId,
    Mailing,
    Mark,
    Member,
    Message,
    NewArticle,
    NewSource,
    Outgoing,
    PartId,
    Place,
    Placed,
    Queued,
    Sent,
    Shown,
    Slot,
    Snapshot,
    Source,
    SourceId,
    SourceOutcome,
    Spot,
    Standing,
    StoryId,
    Trouble,
    Window,
)
from digest.sides import silent

LATE = timedelta(hours=48)
UNFINISHED = ("waiting", "sending", "uncertain")
STATES = ("waiting", "sending", "sent", "uncertain", "failed", "dropped")

ChatKey = tuple[int, int]  # chat id and thread

K = TypeVar("K")
V = TypeVar("V", date, datetime)
P = ParamSpec("P")
T = TypeVar("T")


# --- the world ------------------------------------------------------------------------------


class FakeClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """The new time; ``by`` may be negative, as with a clock that is set back."""
        self._now += by
        return self._now


class FakeFetcher:
    """A network of the given pages; an address that is not among them does not answer.

    A page whose ``etag`` or ``last_modified`` is asked for answers 304 without a body.
    """

    def __init__(self, pages: Mapping[str, Fetched | SourceError]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        self.asked.append(url)
        page = self.pages.get(url, Unreachable(f"{url} does not answer"))
        if isinstance(page, SourceError):
            raise page
        same_tag = etag is not None and etag == page.etag
        same_date = last_modified is not None and last_modified == page.last_modified
        return replace(page, status=304, body=b"") if same_tag or same_date else page


class FakeParser:
    """Reads in this process, and counts the jobs; ``error`` is raised instead."""

    def __init__(self, error: AttacheError | None = None) -> None:
        self.error = error
        self.jobs = self.renewals = 0

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        self.jobs += 1
        if self.error:
            raise self.error
        return function(*args, **kwargs)

    def renew(self) -> None:
        self.renewals += 1


class FakeMessenger:
    """A way to chats that remembers what it sent; ``errors`` are raised in order, chat by chat."""

    def __init__(self, errors: Mapping[int, Iterable[DeliveryError]] | None = None) -> None:
        self.sent: list[Outgoing] = []
        self._errors = {chat: iter(scripted) for chat, scripted in (errors or {}).items()}
        self._numbers = count(1)

    async def send(self, outgoing: Outgoing) -> Sent:
        error = next(self._errors.get(outgoing.chat, iter(())), None)
        if error is not None:
            raise error
        self.sent.append(outgoing)
        return Sent(next(self._numbers), outgoing.chat, outgoing.thread)

    def texts(self, chat: int) -> tuple[str, ...]:
        """What arrived in the chat, in order."""
        return tuple(one.message.html for one in self.sent if one.chat == chat)


# --- the database ---------------------------------------------------------------------------


@dataclass
class Story:
    """One story's life."""

    started_at: datetime
    last_at: datetime


@dataclass
class Revision:
    """One stored revision and when it was seen."""

    article: Article
    revised_at: datetime


@dataclass
class Part:
    """One message of one slot, and how far it has come."""

    id: PartId
    slot: "StoredSlot"
    message: Message
    state: str = "waiting"
    attempts: int = 0
    not_before: datetime | None = None
    message_id: int | None = None
    sent_at: datetime | None = None
    error: str | None = None
    was_uncertain: bool = False
    flaw: str | None = None
    asked: bool = False
    position: float = 0  # of one that was split its pieces stand between it and the next

    @property
    def unfinished(self) -> bool:
        """Whether it is still to be sent, or being sent."""
        given_up = self.state == "uncertain" and self.not_before is None
        return self.state in UNFINISHED and not given_up


@dataclass
class StoredSlot:
    """One slot and the JSON of its digest."""

    id: int
    slot: Slot
    digest: str


@dataclass
class Offer:
    """What a chat was offered."""

    chat: int
    kind: str
    content: str
    expires_at: datetime


@dataclass
class Letter:
    """What a reader wrote."""

    chat: int
    words: str
    written_at: datetime
    passed_on: bool = False


@dataclass
class Tables:
    """What the stores share."""

    sources: dict[SourceId, Source] = field(default_factory=dict)
    revisions: dict[ArticleId, Revision] = field(default_factory=dict)
    stories: dict[StoryId, Story] = field(default_factory=dict)
    part_of: dict[StoryId, StoryId] = field(default_factory=dict)
    chats: dict[ChatKey, Chat] = field(default_factory=dict)
    slots: list[StoredSlot] = field(default_factory=list)
    parts: dict[PartId, Part] = field(default_factory=dict)
    shown_stories: dict[ChatKey, dict[StoryId, date]] = field(default_factory=dict)
    shown_sentences: dict[ChatKey, dict[str, datetime]] = field(default_factory=dict)
    offers: dict[int, "Offer"] = field(default_factory=dict)
    warned: set[ChatKey] = field(default_factory=set)
    letters: dict[int, Letter] = field(default_factory=dict)
    banned: dict[int, bool] = field(default_factory=dict)  # whether it knows
    refusals: dict[ChatKey, tuple[int, datetime]] = field(default_factory=dict)
    gone: dict[ChatKey, datetime] = field(default_factory=dict)
    updates: dict[int, tuple[datetime, bool]] = field(default_factory=dict)  # whether it is done
    moved: list[str] = field(default_factory=list)
    waiting: set[ArticleId] = field(default_factory=set)
    placing: asyncio.Lock = field(default_factory=asyncio.Lock)
    held_until: datetime | None = None
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def newest(self) -> dict[str, Revision]:
        """The newest revision under each key, by id."""
        return {stored.article.key: stored for stored in self.revisions.values()}

    def drop(self, is_gone: Callable[[Article], bool]) -> None:
        """Remove articles, and stories that nothing tells any more."""
        gone = {key for key, stored in self.revisions.items() if is_gone(stored.article)}
        for key in gone:
            del self.revisions[key]
        for stored in self.revisions.values():
            if stored.article.duplicate_of in gone:
                stored.article = replace(stored.article, duplicate_of=None)
        told = {stored.article.story for stored in self.revisions.values()}
        self.part_of = {old: whole for old, whole in self.part_of.items() if whole in told}
        told |= set(self.part_of)
        self.stories = {story: life for story, life in self.stories.items() if story in told}

    def forget(self, reader: int) -> None:
        """Remove what a reader brought, and what they were offered."""
        self.drop(lambda article: article.owner == reader)
        self.sources = {key: one for key, one in self.sources.items() if one.owner != reader}
        self.offers = {key: one for key, one in self.offers.items() if one.chat != reader}

    def drop_orphans(self) -> None:
        """Remove what belongs to readers that are no longer there."""
        here = {chat for chat, _ in self.chats} | {None}
        self.drop(lambda article: article.owner not in here)
        self.sources = {key: one for key, one in self.sources.items() if one.owner in here}

    def active(self, part: Part) -> bool:
        """Whether the part's chat is active."""
        return self.chats[_thread(part.slot.slot)].active


class FakeDatabase:
    """Every store over one set of tables."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.sources = FakeSourceStore(self.tables)
        self.articles = FakeArticleStore(self.tables)
        self.chats = FakeChatStore(self.tables)
        self.ledger = FakeLedger(self.tables)
        self.updates = FakeUpdateStore(self.tables)
        self.offers = FakeOfferStore(self.tables)
        self.people = FakePeopleStore(self.tables)


class FakeSourceStore:
    """The sources in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        if any(one.url == source.url for one in await self.all(reader=source.owner)):
            raise Conflict(f"{source.url} is among the sources already")
        added = Source(
            id=SourceId(next(self._tables.numbers)),
            url=source.url,
            outlet=source.outlet,
            language=source.language,
            enabled=source.enabled,
            next_check_at=now,
            added_at=now,
            owner=source.owner,
            full_text=source.full_text,
        )
        self._tables.sources[added.id] = added
        return added

    async def all(self, *, reader: int | None = None) -> tuple[Source, ...]:
        return self._by_name(one for one in self._every() if one.owner in (None, reader))

    async def own(self) -> tuple[Source, ...]:
        return self._by_name(one for one in self._every() if one.owner is not None)

    async def due(
        self, now: datetime, *, limit: int, host: str | None = None
    ) -> tuple[Source, ...]:
        come = [
            (source.next_check_at, source.id, source)
            for source in self._tables.sources.values()
            if source.enabled and source.next_check_at is not None and source.next_check_at <= now
            if host is None or urlsplit(source.url).netloc == host
        ]
        return tuple(source for _, _, source in sorted(come, key=lambda one: one[:2])[:limit])

    async def remove(self, url: str, *, owner: int | None = None) -> bool:
        gone = self._at(url, owner)
        if gone is None:
            return False
        del self._tables.sources[gone.id]
        if owner is not None:
            self._tables.drop(lambda one: one.source == gone.id and one.owner == owner)
        for stored in self._tables.revisions.values():
            if stored.article.source == gone.id:
                stored.article = replace(stored.article, source=None)
        return True

    async def enable(self, url: str, enabled: bool, *, owner: int | None = None) -> bool:
        source = self._at(url, owner)
        if source is not None:
            notice = None if enabled else source.notice
            self._tables.sources[source.id] = replace(source, enabled=enabled, notice=notice)
        return source is not None

    async def take_text(self, source: SourceId, full_text: FullText) -> bool:
        found = self._tables.sources.get(source)
        if found is not None:
            self._tables.sources[source] = replace(found, full_text=full_text)
        return found is not None

    async def adopt(self, source: SourceId) -> bool:
        own = self._tables.sources.get(source)
        if own is None or own.owner is None:
            return False
        if self._at(own.url, None):
            raise Conflict(f"{own.url} is among the sources already")
        self._tables.drop(lambda one: one.source == source and one.owner is not None)
        unread = replace(own, etag=None, last_modified=None, body_hash=None)
        self._tables.sources[source] = replace(unread, owner=None, next_check_at=own.added_at)
        return True

    def _every(self) -> Iterable[Source]:
        return self._tables.sources.values()

    def _at(self, url: str, owner: int | None) -> Source | None:
        return next((s for s in self._every() if s.url == url and s.owner == owner), None)

    def _by_name(self, found: Iterable[Source]) -> tuple[Source, ...]:
        return tuple(sorted(found, key=lambda source: (source.outlet.name.casefold(), source.url)))


class FakeArticleStore:
    """The articles in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def known(self, keys: Sequence[str], fingerprints: Sequence[str]) -> Mapping[str, Known]:
        newest = self._tables.newest()
        by_text = {
            stored.article.fingerprint: stored
            for stored in reversed(newest.values())
            if stored.article.url is None
        }
        found = {name: by_text[name] for name in fingerprints if name in by_text}
        found |= {key: newest[key] for key in keys if key in newest}
        return {name: _known(stored.article) for name, stored in found.items()}

    async def add(
        self, placed: Sequence[Placed], outcome: SourceOutcome | None = None
    ) -> tuple[ArticleId, ...]:
        stories: dict[int, StoryId] = {}
        before = set(self._tables.revisions)
        ids = tuple(self._put(one.article, one.story, stories) for one in placed)
        for article, one in zip(ids, placed, strict=True):
            if article not in before and one.duplicate_of is not None:
                self._link(article, one.duplicate_of, ids, before)
        if outcome is not None:
            self._record(outcome)
        return ids

    async def bring(
        self, articles: Sequence[NewArticle], outcome: SourceOutcome | None = None
    ) -> Counts:
        stored = set(self._tables.revisions)
        for article in articles:
            self._put(article, None, {})
        if outcome is not None:
            self._record(outcome)
        made = [
            self._tables.revisions[id_].article for id_ in self._tables.revisions.keys() - stored
        ]
        revised = sum(article.revision > 1 for article in made)
        return Counts(len(made) - revised, revised, len(articles) - len(made))

    async def waiting(self, limit: int) -> tuple[Member, ...]:
        found = (a for a in self._newest() if a.id in self._tables.waiting)
        return tuple(map(_member, sorted(found, key=lambda a: a.id)[:limit]))

    async def backlog(self) -> Backlog:
        waiting = self._tables.waiting
        return Backlog(len(waiting), min(waiting, default=None))

    async def settle(
        self, waiting: Sequence[Member], spots: Sequence[Spot]
    ) -> tuple[Mapping[str, Known], Mark]:
        begun: dict[int, StoryId] = {}
        ids = [article.id for article in waiting]
        for article, one in zip(waiting, spots, strict=True):
            story = self._tell(one.story, article.first_seen_at, begun, None)
            stored = self._tables.revisions[article.id]
            stored.article = replace(stored.article, story=story)
            self._tables.waiting.discard(article.id)
            if one.duplicate_of is not None:
                self._link(article.id, one.duplicate_of, ids, set(self._tables.revisions))
        self._tables.moved += [article.key for article in waiting]
        known = await self.known([article.key for article in waiting], ())
        return known, Mark(len(self._tables.moved))

    is_shared = True  # whoever shares the tables counts as another process

    @asynccontextmanager
    async def placing(self, *, waits: bool) -> AsyncIterator[bool]:
        if self._tables.placing.locked() and not waits:
            yield False
            return
        async with self._tables.placing:
            yield True

    async def changes(self, start: datetime, mark: Mark | None) -> Changes:
        placed = {a.key: _member(a) for a in self._since(start) if a.story is not None}
        now = Mark(len(self._tables.moved))
        if mark is None:
            return Changes(tuple(placed.values()), now)
        noted = dict.fromkeys(self._tables.moved[mark.move :])
        return Changes(tuple(placed[key] for key in noted if key in placed), now)

    async def count(self, start: datetime) -> tuple[int, int]:
        found = self._since(start)
        return len(found), len({a.story for a in found} - {None})

    def _since(self, start: datetime) -> tuple[Article, ...]:
        found = (a for a in self._newest() if a.first_seen_at >= start)
        return _by_first_seen(a for a in found if a.owner is None)

    async def own(self, reader: int, start: datetime) -> tuple[Article, ...]:
        mine = (a for a in self._newest() if a.owner == reader)
        return _by_first_seen(a for a in mine if a.first_seen_at >= start)

    async def files(self, reader: int) -> tuple[Article, ...]:
        mine = (a for a in self._newest() if a.owner == reader)
        return _by_first_seen(a for a in mine if a.file is not None)

    async def readers(self, window: Window) -> frozenset[int]:
        found = (a for a in self._as_of(window.end) if _counts(a, window))
        return frozenset(article.owner for article in found if article.owner is not None)

    async def remove(self, article: ArticleId, *, owner: int) -> bool:
        stored = self._tables.revisions.get(article)
        if stored is None or stored.article.owner != owner:
            return False
        key = stored.article.key
        self._tables.drop(lambda one: one.key == key)
        return True

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
        every = len(self._tables.revisions)
        holding = set(await self.search(words, limit=every, reader=reader))
        found = [
            article
            for article in _by_first_seen(self._newest())
            if article.first_seen_at >= start
            and article.owner in (None, reader)
            and article.relevance >= relevance
            and (not countries or set(countries) & set(article.countries))
            and (not words or article in holding)
        ]
        return tuple(reversed(found))[:limit]

    async def shown(self, stories: Collection[StoryId]) -> frozenset[StoryId]:
        told = {story for history in self._tables.shown_stories.values() for story in history}
        return frozenset(told & set(stories))

    async def move(self, moves: Mapping[str, StoryId | int]) -> Mapping[str, StoryId]:
        newest = self._tables.newest()
        old = {key: newest[key].article for key in moves if key in newest}
        shown = await self.shown([a.story for a in old.values() if a.story is not None])
        begun: dict[int, StoryId] = {}
        for key, article in old.items():
            number = self._tables.part_of.get(StoryId(moves[key]), moves[key])
            is_there = number < 0 or number in self._tables.stories
            if article.story not in shown and is_there:
                self._give(key, self._tell(number, article.first_seen_at, begun, None))
                self._tables.moved.append(key)
        for article in sorted(old.values(), key=lambda one: one.id, reverse=True):
            self._leave(article)
        return {key: story for key in old if (story := newest[key].article.story) is not None}

    def _give(self, key: str, story: StoryId) -> None:
        for stored in self._tables.revisions.values():
            if stored.article.key == key:
                stored.article = replace(stored.article, story=story)

    def _leave(self, article: Article) -> None:
        """Shorten the story that the article was in, or pass it on to where the article is now."""
        assert article.story is not None
        revisions = self._tables.revisions
        seen = [
            stored.article.first_seen_at
            for stored in revisions.values()
            if stored.article.story == article.story and stored.article.owner is None
        ]
        if seen:
            self._tables.stories[article.story] = Story(min(seen), max(seen))
            return
        into = revisions[article.id].article.story
        assert into is not None
        for stored in revisions.values():
            if stored.article.story == article.story:
                stored.article = replace(stored.article, story=into)
        taken = [old for old, whole in self._tables.part_of.items() if whole == article.story]
        self._tables.part_of |= dict.fromkeys((article.story, *taken), into)

    async def moments(
        self,
        start: datetime,
        *,
        countries: Collection[str] = (),
        topic: str = "",
        reader: int | None = None,
    ) -> tuple[datetime, ...]:
        return tuple(
            sorted(
                article.published_at or article.modified_at or article.first_seen_at
                for article in self._newest()
                if article.first_seen_at >= start
                and article.owner in (None, reader)
                and article.relevance >= 0.5
                and set(countries) <= set(article.countries)
                and (not topic or topic in {one.slug for one in article.topics})
            )
        )

    async def story(self, story: StoryId, *, reader: int | None = None) -> tuple[Article, ...]:
        story = self._tables.part_of.get(story, story)
        found = (a for a in self._newest() if a.owner in (None, reader))
        return _by_first_seen(article for article in found if article.story == story)

    async def snapshot(self, window: Window, *, reader: int | None = None) -> Snapshot:
        seen = (a for a in self._as_of(window.end) if a.owner in (None, reader))
        counting = _by_first_seen(a for a in seen if _counts(a, window))
        told = {article.story for article in counting if article.story is not None}
        read = (one for one in self._tables.sources.values() if one.owner in (None, reader))
        enabled = [source for source in read if source.enabled]
        return Snapshot(
            window,
            counting,
            {story: self._tables.stories[story].started_at for story in told},
            Health(
                len(enabled),
                sum(source.failures > 0 for source in enabled),
                silent((source.outlet.country, source.failures > 0) for source in enabled),
            ),
            {
                story: frozenset(
                    old for old, whole in self._tables.part_of.items() if whole == story
                )
                for story in told & set(self._tables.part_of.values())
            },
        )

    async def get(self, article: ArticleId, *, reader: int | None = None) -> Article | None:
        stored = self._tables.revisions.get(article)
        return stored.article if stored and stored.article.owner in (None, reader) else None

    async def some(
        self, ids: Collection[ArticleId], *, reader: int | None = None
    ) -> Mapping[ArticleId, Article]:
        found = {id_: await self.get(id_, reader=reader) for id_ in ids}
        return {id_: one for id_, one in found.items() if one is not None}

    async def all(self) -> tuple[Article, ...]:
        every = (stored.article for stored in self._tables.revisions.values())
        return tuple(article for article in every if article.owner is None)

    async def search(
        self, words: str, *, limit: int, offset: int = 0, reader: int | None = None
    ) -> tuple[Article, ...]:
        wanted = [found for word in words.split() if (found := _words(word))]
        newest = [article for article in self._newest() if article.owner in (None, reader)]
        hits = [a for a in newest if wanted and all(_rank(a, wanted))]
        hits.sort(key=lambda a: (_rank(a, wanted), a.id), reverse=True)
        return tuple(hits[offset : offset + limit])

    async def prune(self, before: datetime) -> int:
        tables = self._tables
        tables.drop_orphans()
        old = {id_: s for id_, s in tables.revisions.items() if s.article.first_seen_at < before}
        for gone in old:
            del tables.revisions[gone]
        for stored in tables.revisions.values():
            if stored.article.duplicate_of in old:
                stored.article = replace(stored.article, duplicate_of=None)
        told = {stored.article.story for stored in tables.revisions.values()}
        tables.part_of = {old: whole for old, whole in tables.part_of.items() if whole in told}
        told |= set(tables.part_of)
        tables.stories = {story: life for story, life in tables.stories.items() if story in told}
        self._forget(before)
        return len({stored.article.key for stored in old.values()})

    def _newest(self) -> list[Article]:
        return [stored.article for stored in self._tables.newest().values()]

    def _as_of(self, end: datetime) -> Iterable[Article]:
        """The newest revision of each article as of then."""
        seen = (one for one in self._tables.revisions.values() if one.revised_at < end)
        return {stored.article.key: stored.article for stored in seen}.values()

    def _forget(self, before: datetime) -> None:
        for told in self._tables.shown_stories.values():
            for story in told.keys() - self._tables.stories.keys():
                del told[story]
        for said in self._tables.shown_sentences.values():
            for sentence in [key for key, shown_at in said.items() if shown_at < before]:
                del said[sentence]

    def _put(self, new: NewArticle, story: int | None, stories: dict[int, StoryId]) -> ArticleId:
        last = self._tables.newest().get(new.key)
        if last is not None and last.article.fingerprint == new.fingerprint:
            return last.article.id
        article = Article(
            **{one.name: getattr(new, one.name) for one in fields(NewArticle)},
            id=ArticleId(next(self._tables.numbers)),
            revision=1 if last is None else last.article.revision + 1,
            story=None,
            duplicate_of=None,
        )
        first_seen_at = new.first_seen_at if last is None else last.article.first_seen_at
        number = last.article.story if last and story is None else story
        told = None if number is None else self._tell(number, first_seen_at, stories, new.owner)
        known_sources = {source.id for source in self._tables.sources.values()}
        article = replace(
            article,
            first_seen_at=first_seen_at,
            is_backlog=new.is_backlog if last is None else last.article.is_backlog,
            source=new.source if new.source in known_sources else None,
            story=told,
        )
        if told is None:
            self._tables.waiting.discard(last.article.id if last else article.id)
            self._tables.waiting.add(article.id)
        self._tables.revisions[article.id] = Revision(article, new.first_seen_at)
        return article.id

    def _tell(
        self, number: int, seen_at: datetime, begun: dict[int, StoryId], owner: int | None
    ) -> StoryId:
        number = self._tables.part_of.get(StoryId(number), number)
        story = begun.get(number, StoryId(number))
        life = self._tables.stories.get(story)
        if life is not None and owner is not None:
            return story  # for others it began when it began
        if life is None:
            story = begun[number] = StoryId(next(self._tables.numbers))
            life = self._tables.stories[story] = Story(seen_at, seen_at)
        life.started_at = min(life.started_at, seen_at)
        life.last_at = max(life.last_at, seen_at)
        return story

    def _link(
        self, article: ArticleId, of: int, ids: Sequence[ArticleId], before: set[ArticleId]
    ) -> None:
        original = ids[-1 - of] if of < 0 else ArticleId(of)
        if original != article and (of < 0 or original in before):
            stored = self._tables.revisions[article]
            stored.article = replace(stored.article, duplicate_of=original)

    def _record(self, outcome: SourceOutcome) -> None:
        source = self._tables.sources.get(outcome.source)
        if source is not None:
            self._tables.sources[source.id] = _checked(source, outcome)
            if outcome.host_rests_until:
                self._rest(source, outcome.host_rests_until)
            if outcome.url and not any(
                (one.url, one.owner) == (outcome.url, source.owner)
                for one in self._tables.sources.values()
            ):
                moved = replace(
                    self._tables.sources[source.id], url=outcome.url, moved_from=source.url
                )
                self._tables.sources[source.id] = moved

    def _rest(self, source: Source, until: datetime) -> None:
        host = urlsplit(source.url).netloc
        for one in tuple(self._tables.sources.values()):
            sooner = one.next_check_at is None or one.next_check_at < until
            if urlsplit(one.url).netloc == host and sooner:
                self._tables.sources[one.id] = replace(one, next_check_at=until)


class FakeChatStore:
    """The subscriptions in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, chat: int, thread: int = 0) -> Chat | None:
        return self._tables.chats.get((chat, thread))

    async def of(self, chat: int) -> tuple[Chat, ...]:
        return tuple(one for one in self._every() if one.id == chat)

    async def owned_by(self, user: int) -> tuple[Chat, ...]:
        return tuple(one for one in self._every() if one.owner == user)

    async def all(self) -> tuple[Chat, ...]:
        return tuple(self._every())

    async def save(self, chat: Chat) -> Chat:
        stored = self._tables.chats.get((chat.id, chat.thread))
        if chat.version != (stored.version if stored else 0):
            raise Conflict(f"chat {chat.id} was changed meanwhile; open its settings again")
        return self._change(chat)

    async def restore(self, chats: Sequence[Chat]) -> None:
        for chat in chats:
            stored = self._tables.chats.get((chat.id, chat.thread))
            self._change(replace(chat, version=stored.version if stored else 0))

    async def delete(self, chat: int, thread: int | None = None) -> None:
        for one in await self.of(chat):
            if thread in (None, one.thread):
                self._drop((one.id, one.thread))
        for one in await self.owned_by(chat):
            if thread is None:
                self._change(replace(one, owner=None))
        if thread is None:
            self._tables.forget(chat)
            letters = self._tables.letters
            self._tables.letters = {n: one for n, one in letters.items() if one.chat != chat}

    async def move(self, old: int, new: int) -> None:
        if old == new:
            return
        for one in await self.of(old):
            held = self._tables.chats.get((new, one.thread))
            kind = "supergroup" if one.kind == "group" else one.kind
            self._change(_united(one, held) if held else replace(one, id=new, kind=kind))
            self._hand_over((old, one.thread), (new, one.thread))
            self._drop((old, one.thread))

    async def pause(
        self, chat: int, reason: str, thread: int | None = None, *, now: datetime | None = None
    ) -> None:
        for one in await self.of(chat):
            if thread in (None, one.thread):
                if one.active and now is not None:
                    self._tables.gone[one.id, one.thread] = now
                self._change(replace(one, active=False, pause_reason=reason))
                self._tables.warned.discard((one.id, one.thread))
                self._tables.refusals.pop((one.id, one.thread), None)
                for part in self._tables.parts.values():
                    if part.unfinished and _thread(part.slot.slot) == (one.id, one.thread):
                        part.state = "dropped"

    async def purge(self, before: datetime) -> int:
        found = [key for key, since in self._tables.gone.items() if since < before]
        for chat, thread in found:
            await self.delete(chat, thread)
            if not await self.of(chat):
                await self.delete(chat)
        return len(found)

    async def crowd(self, at: datetime) -> int:
        return sum(one.active and one.next_due_at == at for one in self._every())

    async def alerting(self, now: datetime) -> tuple[Chat, ...]:
        return tuple(
            one
            for one in self._every()
            if one.active and one.alerts and one.kind != "channel"
            if one.paused_until is None or one.paused_until <= now
        )

    async def is_warned(self, chat: int, thread: int) -> bool:
        return (chat, thread) in self._tables.warned

    async def warn(self, chat: int, thread: int, warned: bool) -> None:
        key, tables = (chat, thread), self._tables
        if not warned:
            tables.refusals.pop(key, None)
            tables.warned.discard(key)
        elif key in tables.chats:
            tables.warned.add(key)

    async def due(
        self, now: datetime, *, limit: int, after: Place | None = None
    ) -> tuple[Alike, ...]:
        come = [
            (one.next_due_at, one.id, one.thread, one)
            for one in self._every()
            if one.active and one.next_due_at is not None and one.next_due_at <= now
            if one.paused_until is None or one.paused_until <= now
            if after is None or (one.next_due_at, one.id, one.thread) > after
        ]
        alike: dict[object, list[Chat]] = defaultdict(list)
        for *_, one in sorted(come, key=lambda due: due[:3])[:limit]:
            shared, shown = _shared(one), self._shown((one.id, one.thread))
            alike[shared, frozenset(shown.stories.items()), shown.sentences].append(one)
        return tuple(map(_alike, alike.values()))

    async def shown(self, chats: Sequence[Chat]) -> Mapping[ChatKey, Shown]:
        histories = ((key, self._shown(key)) for key in {(chat.id, chat.thread) for chat in chats})
        return {key: shown for key, shown in histories if shown != Shown()}

    def _shown(self, key: ChatKey) -> Shown:
        told = self._tables.shown_stories.get(key, {})
        return Shown(dict(told), frozenset(self._tables.shown_sentences.get(key, ())))

    def _every(self) -> list[Chat]:
        return [chat for _, chat in sorted(self._tables.chats.items())]

    def _change(self, chat: Chat) -> Chat:
        changed = replace(chat, version=chat.version + 1)
        if chat.active:
            self._tables.gone.pop((chat.id, chat.thread), None)
        self._tables.chats[chat.id, chat.thread] = changed
        return changed

    def _drop(self, key: ChatKey) -> None:
        tables = self._tables
        tables.chats.pop(key)
        tables.gone.pop(key, None)
        tables.warned.discard(key)
        tables.shown_stories.pop(key, None)
        tables.shown_sentences.pop(key, None)
        tables.slots = [stored for stored in tables.slots if _thread(stored.slot) != key]
        tables.parts = {i: p for i, p in tables.parts.items() if _thread(p.slot.slot) != key}

    def _hand_over(self, old: ChatKey, new: ChatKey) -> None:
        had = {(s.slot.local_date, s.slot.at) for s in self._tables.slots if _thread(s.slot) == new}
        for stored in self._tables.slots:
            slot = stored.slot
            if _thread(slot) == old and (slot.local_date, slot.at) not in had:
                stored.slot = replace(slot, chat=new[0])
        _merge(self._tables.shown_stories, old, new, min)
        _merge(self._tables.shown_sentences, old, new, max)


def _shared(chat: Chat) -> Chat:
    """What a digest depends on."""
    return replace(chat, id=0, thread=0, title="", saved=(), alerts=False, owner=None, version=0)


def _alike(chats: Sequence[Chat]) -> Alike:
    first, *_ = sorted(chats, key=lambda chat: (chat.id, chat.thread))
    shared = replace(_shared(first), id=first.id, thread=first.thread, version=first.version)
    return Alike(shared, tuple(sorted(Addressee(c.id, c.thread, c.version) for c in chats)))


class FakeUpdateStore:
    """The handled updates in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def is_known(self, update: int) -> bool:
        return self._tables.updates.get(update, (None, False))[1]

    async def claim(self, update: int, *, now: datetime) -> ports.Claim:
        at, is_done = self._tables.updates.get(update, (None, False))
        if is_done or (at is not None and now - at <= timedelta(seconds=30)):
            return "handled" if is_done else "elsewhere"
        self._tables.updates[update] = now, False
        return "ours"

    async def renew(self, update: int, *, now: datetime) -> None:
        if self._tables.updates.get(update) and not await self.is_known(update):
            self._tables.updates[update] = now, False

    async def handled(self, update: int, *, now: datetime) -> None:
        tables = self._tables
        at, _ = tables.updates.get(update, (now, False))
        tables.updates[update] = at, True
        start = now - timedelta(days=2)
        tables.updates = {id_: one for id_, one in tables.updates.items() if one[0] >= start}


class FakeOfferStore:
    """The offers in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, chat: int, kind: str, content: str, *, now: datetime) -> int:
        number = next(self._tables.numbers)
        offers = self._tables.offers
        offers[number] = Offer(chat, kind, content, now + timedelta(days=1))
        mine = [key for key, one in offers.items() if one.chat == chat][:-20]
        late = [key for key, one in offers.items() if one.expires_at <= now]
        for key in {*mine, *late}:
            del offers[key]
        return number

    async def get(self, chat: int, kind: str, number: int, *, now: datetime) -> str | None:
        offer = self._tables.offers.get(number)
        if offer is None or (offer.chat, offer.kind) != (chat, kind):
            return None
        return offer.content if offer.expires_at > now else None


class FakePeopleStore:
    """Letters and bans in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def write(self, chat: int, words: str, *, now: datetime) -> LetterId | None:
        held = self._tables.letters
        kept = {n: one for n, one in held.items() if one.written_at >= now - timedelta(days=90)}
        self._tables.letters = kept
        since = now - timedelta(days=1)
        if sum(one.chat == chat and one.written_at > since for one in kept.values()) >= 3:
            return None
        letter = LetterId(next(self._tables.numbers))
        kept[letter] = Letter(chat, words, now)
        return letter

    async def pass_on(self, letter: LetterId, chat: int) -> str | None:
        found = self._waiting(letter, chat)
        if found is None:
            return None
        found.passed_on = True
        return found.words

    async def withdraw(self, letter: LetterId, chat: int) -> bool:
        if self._waiting(letter, chat) is None:
            return False
        del self._tables.letters[letter]
        return True

    async def ban(self, who: int, *, now: datetime) -> bool:
        is_new = who not in self._tables.banned
        self._tables.banned.setdefault(who, False)
        return is_new

    async def unban(self, who: int) -> bool:
        return self._tables.banned.pop(who, None) is not None

    async def standing(self, who: Sequence[int]) -> Standing:
        found = [self._tables.banned[one] for one in who if one in self._tables.banned]
        if not found:
            return "welcome"
        return "told" if all(found) else "banned"

    async def told(self, who: Sequence[int]) -> None:
        self._tables.banned |= {one: True for one in who if one in self._tables.banned}

    def _waiting(self, letter: LetterId, chat: int) -> Letter | None:
        found = self._tables.letters.get(letter)
        return found if found and found.chat == chat and not found.passed_on else None


def _each(mailing: Mailing) -> Iterable[Queued]:
    for to in mailing.to:
        yield Queued(
            slot=Slot(to.chat, to.thread, mailing.local_date, mailing.at, mailing.due_at),
            messages=mailing.messages,
            digest=mailing.digest,
            shown_stories=mailing.shown_stories,
            shown_sentences=mailing.shown_sentences,
            covered_until=mailing.covered_until,
            next_due_at=mailing.next_due_at,
            chat_version=to.version,
            not_before=to.not_before,
        )


class FakeLedger:
    """The ledger in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def enqueue(self, queued: Sequence[Queued]) -> int:
        return sum([self._enqueue(one) for one in queued])

    async def mail(self, mailings: Sequence[Mailing]) -> int:
        return sum([self._enqueue(one) for mailing in mailings for one in _each(mailing)])

    async def claim(
        self, now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        if self._tables.held_until is not None and now < self._tables.held_until:
            return ()
        first = [
            part for part in self._first() if part.not_before is None or part.not_before <= now
        ]
        first.sort(key=_turn)
        turn: dict[int, Part] = {}
        for part in first:
            if not rested or not self._has_just_arrived(part.slot, now - rested):
                turn.setdefault(part.slot.slot.chat, part)
        return tuple(self._claim(part) for part in list(turn.values())[:limit])

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        for part, result in results.items():
            self._finish(part, state="sent", message_id=result.message_id, sent_at=now, error=None)

    async def postpone(self, part: PartId, until: datetime, error: str, *, counts: bool) -> None:
        own = self._tables.parts.get(part)
        if own is None:
            return
        if own.state != "sent":
            own.state = "waiting" if self._tables.active(own) else "dropped"
            own.not_before, own.error = until, error
            own.attempts += int(counts)
        for other in self._tables.parts.values():
            same_chat = other.slot.slot.chat == own.slot.slot.chat
            if same_chat and other.unfinished and other.state != "sending":
                other.not_before = max(other.not_before or until, until)

    async def refused(self, part: PartId, until: datetime, error: str, *, now: datetime) -> None:
        await self.postpone(part, until, error, counts=True)
        own = self._tables.parts.get(part)
        if own is not None:
            count, since = self._tables.refusals.get(_thread(own.slot.slot), (0, now))
            self._tables.refusals[_thread(own.slot.slot)] = (count + 1, since)

    async def hold(self, until: datetime) -> None:
        self._tables.held_until = max(self._tables.held_until or until, until)

    async def split(self, part: PartId, texts: Sequence[str]) -> None:
        own = self._tables.parts.get(part)
        if own is None or own.state != "sending":
            return
        keyboard, last = own.message.keyboard, len(texts) - 1
        for at, html in enumerate(texts):
            message = replace(own.message, html=html, keyboard=keyboard if at == last else ())
            if at == 0:
                own.message, own.state = message, "waiting"
                continue
            id_, place = PartId(next(self._tables.numbers)), own.position + at / (last + 1)
            new = replace(own, id=id_, message=message, state="waiting", position=place, flaw=None)
            self._tables.parts[id_] = new

    async def flawed(self, part: PartId, flaw: str) -> None:
        if part in self._tables.parts:
            self._tables.parts[part].flaw = flaw

    async def catch_up(self, before: datetime) -> int:
        newest: dict[ChatKey, datetime] = {}
        for one in filter(_is_digest, self._tables.slots):
            key = _thread(one.slot)
            newest[key] = max(newest.get(key, one.slot.due_at), one.slot.due_at)
        old = [
            part
            for part in self._tables.parts.values()
            if part.unfinished and part.state != "sending" and _is_digest(part.slot)
            if part.slot.slot.due_at < min(before, newest[_thread(part.slot.slot)])
        ]
        for part in old:
            part.state = "uncertain" if part.state == "uncertain" else "dropped"
            part.not_before = None
        return len(old)

    async def flaws(self) -> Mapping[str, int]:
        return Counter(part.flaw for part in self._tables.parts.values() if part.flaw)

    async def lost(self) -> tuple[Trouble, ...]:
        found = [
            part
            for part in self._tables.parts.values()
            if part.state == "uncertain" and part.not_before is None and not part.asked
        ]
        return tuple(map(_trouble, sorted(found, key=lambda part: part.id)))

    async def asked(self, part: PartId) -> None:
        if part in self._tables.parts:
            self._tables.parts[part].asked = True

    async def settle(self, part: PartId, *, again: bool) -> bool:
        own = self._tables.parts.get(part)
        is_open = own is not None and own.state == "uncertain" and own.not_before is None
        if own is None or not is_open or (again and not self._tables.active(own)):
            return False
        own.state = "waiting" if again else "dropped"
        return True

    async def fail(self, part: PartId, error: str) -> None:
        self._finish(part, state="failed", error=error)

    async def uncertain(self, part: PartId, error: str, *, resend_at: datetime | None) -> None:
        own = self._tables.parts.get(part)
        if own is not None:
            again = not own.was_uncertain and self._tables.active(own)
            self._finish(
                part,
                state="uncertain",
                error=error,
                not_before=resend_at if again else None,
                was_uncertain=True,
            )

    async def recover(self, *, now: datetime, resend_at: datetime | None) -> int:
        left = [part for part in self._tables.parts.values() if part.state == "sending"]
        for part in left:
            await self.uncertain(part.id, f"stopped while sending, {now}", resend_at=resend_at)
        return len(left)

    async def last(self, chat: int, thread: int) -> tuple[Slot, str] | None:
        digests = [one for one in self._tables.slots if _is_digest(one)]
        stored = [one for one in digests if _thread(one.slot) == (chat, thread)]
        newest = max(stored, key=lambda one: (one.slot.due_at, one.id), default=None)
        return None if newest is None else (newest.slot, newest.digest)

    async def prune(self, before: datetime) -> int:
        tables = self._tables
        open_slots = {part.slot.id for part in tables.parts.values() if part.unfinished}
        newest: dict[ChatKey, StoredSlot] = {}
        for one in sorted(tables.slots, key=lambda one: (one.slot.due_at, one.id)):
            if _is_digest(one) or _thread(one.slot) not in newest:
                newest[_thread(one.slot)] = one
        kept = open_slots | {one.id for one in newest.values()}
        gone = {s.id for s in tables.slots if s.slot.due_at < before and s.id not in kept}
        tables.slots = [one for one in tables.slots if one.id not in gone]
        tables.parts = {i: part for i, part in tables.parts.items() if part.slot.id not in gone}
        return len(gone)

    async def alerts(
        self, chats: Sequence[Chat], since: date
    ) -> Mapping[ChatKey, Mapping[date, int]]:
        wanted = {(chat.id, chat.thread) for chat in chats}
        found: dict[ChatKey, Counter[date]] = defaultdict(Counter)
        for stored in self._tables.slots:
            slot = stored.slot
            if (
                _thread(slot) in wanted
                and slot.at.startswith("alert ")
                and slot.local_date >= since
            ):
                found[_thread(slot)][slot.local_date] += 1
        return found

    async def totals(self) -> Mapping[str, int]:
        parts = self._tables.parts.values()
        states = Counter(part.state for part in parts)
        ever = sum(part.was_uncertain for part in parts)
        return {**{state: states[state] for state in STATES}, "uncertain_ever": ever}

    async def broadcast(self, message: Message, *, mark: str, now: datetime) -> int:
        at, tables = f"broadcast {mark}", self._tables
        had = {stored.slot.chat for stored in tables.slots if stored.slot.at == at}
        first: dict[int, Chat] = {}
        for _, chat in sorted(tables.chats.items()):
            rests = chat.paused_until is not None and chat.paused_until > now
            if chat.active and chat.kind != "channel" and not rests and chat.id not in had:
                first.setdefault(chat.id, chat)
        for chat in first.values():
            slot = Slot(chat.id, chat.thread, now.date(), at, now)
            stored = StoredSlot(next(tables.numbers), slot, "{}")
            tables.slots.append(stored)
            part = Part(PartId(next(tables.numbers)), stored, message)
            tables.parts[part.id] = part
        return len(first)

    async def troubles(self, *, limit: int, offset: int = 0) -> tuple[Trouble, ...]:
        bad = [p for p in self._tables.parts.values() if p.state in ("failed", "uncertain")]
        bad.sort(key=_age, reverse=True)
        return tuple(map(_trouble, bad[offset : offset + limit]))

    async def retry(self, part: PartId) -> bool:
        own = self._tables.parts.get(part)
        if own is None or own.state != "failed" or not self._tables.active(own):
            return False
        own.state, own.not_before = "waiting", None
        return True

    async def waiting_since(self) -> datetime | None:
        return min((part.slot.slot.due_at for part in self._waiting()), default=None)

    async def backlog(self) -> int:
        return len(self._waiting())

    def _waiting(self) -> list[Part]:
        parts = self._tables.parts.values()
        return [part for part in parts if part.unfinished and self._tables.active(part)]

    def _enqueue(self, queued: Queued) -> bool:
        key = _thread(queued.slot)
        chat = self._tables.chats.get(key)
        if chat is None or chat.version != queued.chat_version:
            return False
        chat = replace(chat, next_due_at=queued.next_due_at, version=chat.version + 1)
        self._tables.chats[key] = chat
        if any(_key(stored.slot) == _key(queued.slot) for stored in self._tables.slots):
            return False
        self._tables.chats[key] = replace(chat, covered_until=queued.covered_until)
        self._store(queued)
        self._remember(queued)
        return True

    def _store(self, queued: Queued) -> None:
        stored = StoredSlot(next(self._tables.numbers), queued.slot, queued.digest)
        self._tables.slots.append(stored)
        for at, message in enumerate(queued.messages):
            part = Part(PartId(next(self._tables.numbers)), stored, message, position=at)
            part.not_before = queued.not_before
            self._tables.parts[part.id] = part

    def _remember(self, queued: Queued) -> None:
        key = _thread(queued.slot)
        told = self._tables.shown_stories.setdefault(key, {})
        said = self._tables.shown_sentences.setdefault(key, {})
        day, at = queued.slot.local_date, queued.covered_until
        told |= {story: min(day, told.get(story, day)) for story in queued.shown_stories}
        said |= {text: max(at, said.get(text, at)) for text in queued.shown_sentences}

    def _first(self) -> list[Part]:
        """The first unfinished part of each thread, of chats that have none under way."""
        unfinished = [
            part
            for part in sorted(self._tables.parts.values(), key=_turn)
            if part.unfinished and self._tables.active(part)
        ]
        busy = {part.slot.slot.chat for part in unfinished if part.state == "sending"}
        first: dict[ChatKey, Part] = {}
        for part in unfinished:
            first.setdefault(_thread(part.slot.slot), part)
        return [part for part in first.values() if part.slot.slot.chat not in busy]

    def _has_just_arrived(self, slot: StoredSlot, since: datetime) -> bool:
        parts = self._tables.parts.values()
        return any(p.slot is slot and p.sent_at is not None and p.sent_at > since for p in parts)

    def _claim(self, part: Part) -> Outgoing:
        part.state, part.not_before = "sending", None
        slot = part.slot.slot
        refusals, since = self._tables.refusals.get(_thread(slot), (0, None))
        return Outgoing(
            id=part.id,
            chat=slot.chat,
            thread=slot.thread,
            kind=self._tables.chats[_thread(slot)].kind,
            message=replace(part.message, silent=part.message.silent or part.was_uncertain),
            attempts=part.attempts + 1,
            language=self._tables.chats[_thread(slot)].language,
            late_from=slot.due_at if part.position == 0 and " " not in slot.at else None,
            refusals=refusals,
            refused_since=since,
        )

    def _finish(self, part: PartId, **values: object) -> None:
        own = self._tables.parts.get(part)
        if own is not None and own.state != "sent":
            own.attempts += 1
            for name, value in values.items():
                setattr(own, name, value)


# --- rules ----------------------------------------------------------------------------------


def _member(article: Article) -> Member:
    return Member(**{one.name: getattr(article, one.name) for one in fields(Member)})


def _known(article: Article) -> Known:
    return Known(article.id, article.fingerprint, article.revision, article.story)


def _counts(article: Article, window: Window) -> bool:
    seen = not article.is_backlog and window.start <= article.first_seen_at < window.end
    published_at = article.published_at or article.modified_at
    return seen and (published_at is None or published_at >= window.start - LATE)


def _by_first_seen(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.first_seen_at, article.id)))


def _words(text: str) -> list[str]:
    """Letters and digits, folded, without marks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", bare.casefold())


def _rank(article: Article, wanted: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """How much the article holds of each phrase, the last one as the beginning of words; 0: nothing."""
    outlet = article.outlet.name if article.outlet else ""
    fields_ = ((article.title or "", 8.0), (article.text, 1.0), (outlet, 2.0))
    return tuple(
        sum(
            weight
            * _held(_words(text), phrase, prefix=number == len(wanted) - 1 and _may_begin(phrase))
            for text, weight in fields_
        )
        for number, phrase in enumerate(wanted)
    )


def _may_begin(phrase: Sequence[str]) -> bool:
    """Whether the last word of a query may be the beginning of one."""
    word = "".join(phrase)
    return len(word) >= 3 or any(c >= "\u2e80" for c in word)


def _held(words: Sequence[str], phrase: Sequence[str], *, prefix: bool) -> int:
    """How often the phrase stands in the words."""
    size = len(phrase)
    return sum(
        list(words[at : at + size - 1]) == list(phrase[:-1])
        and (
            words[at + size - 1] == phrase[-1]
            or (prefix and words[at + size - 1].startswith(phrase[-1]))
        )
        for at in range(len(words) - size + 1)
    )


def _checked(source: Source, outcome: SourceOutcome) -> Source:
    if outcome.error is not None:
        return replace(
            source,
            next_check_at=outcome.next_check_at,
            failures=source.failures + 1,
            last_error=outcome.error,
            notice=outcome.notice,
            enabled=source.enabled and not outcome.stops,
        )
    return replace(
        source,
        next_check_at=outcome.next_check_at,
        failures=0,
        last_ok_at=outcome.checked_at,
        last_error=None,
        etag=outcome.etag or source.etag,
        last_modified=outcome.last_modified or source.last_modified,
        body_hash=outcome.body_hash or source.body_hash,
        notice=outcome.notice,
        newest_at=outcome.newest_at or source.newest_at,
    )


def _united(left: Chat, held: Chat) -> Chat:
    """Two subscriptions of one thread as one, when a group became a supergroup that is known."""
    kept = left if left.active and not held.active else held
    saved = (*(one for one in left.saved if one not in held.saved), *held.saved)
    owner = kept.owner or left.owner
    return replace(kept, id=held.id, kind=held.kind, saved=saved, owner=owner, version=held.version)


def _is_digest(stored: StoredSlot) -> bool:
    return not stored.slot.at.startswith(("broadcast ", "alert "))


def _thread(slot: Slot) -> ChatKey:
    return slot.chat, slot.thread


def _key(slot: Slot) -> tuple[int, int, date, str]:
    return slot.chat, slot.thread, slot.local_date, slot.at


def _turn(part: Part) -> tuple[bool, datetime, int, float]:
    """Digests before messages to all, then by age."""
    return part.slot.slot.at.startswith("broadcast "), *_age(part)


def _age(part: Part) -> tuple[datetime, int, float]:
    return part.slot.slot.due_at, part.slot.id, part.position


def _trouble(part: Part) -> Trouble:
    return Trouble(
        id=part.id,
        slot=part.slot.slot,
        state="uncertain" if part.state == "uncertain" else "failed",
        attempts=part.attempts,
        error=part.error or "",
    )


def _merge(
    history: dict[ChatKey, dict[K, V]], old: ChatKey, new: ChatKey, of: Callable[[V, V], V]
) -> None:
    seen = history.pop(old, {})
    if seen:
        had = history.setdefault(new, {})
        had |= {what: of(when, had.get(what, when)) for what, when in seen.items()}


if TYPE_CHECKING:
    _clock: type[ports.Clock] = FakeClock
    _fetcher: type[ports.Fetcher] = FakeFetcher
    _messenger: type[ports.Messenger] = FakeMessenger
    _sources: type[ports.SourceStore] = FakeSourceStore
    _articles: type[ports.ArticleStore] = FakeArticleStore
    _chats: type[ports.ChatStore] = FakeChatStore
    _ledger: type[ports.Ledger] = FakeLedger
    _offers: type[ports.OfferStore] = FakeOfferStore
    _people: type[ports.PeopleStore] = FakePeopleStore

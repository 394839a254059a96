"""The articles and their stories, in memory."""

import re
import unicodedata
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from digest.errors import Unstorable
from digest.ingest.checked import is_unread
from digest.model.articles import (
    OWN_AT_ONCE,
    Article,
    ArticleId,
    Counts,
    Known,
    NewArticle,
    StoryId,
)
from digest.model.digests import Snapshot, Window
from digest.model.sources import Amount, Source, SourceOutcome
from digest.model.stories import Changes, Mark, Member, Placed, Publication, Spot, Unplaced, moment

from .tables import Revision, Story, Tables

LATE = timedelta(hours=48)


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
        placed = [one for one in placed if self._is_wanted(one.article)]
        _hold([one.article for one in placed], outcome)
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
        _hold(articles, outcome)
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
        waiting = sorted(map(_member, found), key=lambda one: (moment(one), one.id))
        return tuple(waiting[:limit])

    async def unplaced(self) -> Unplaced:
        waiting = self._tables.waiting
        return Unplaced(len(waiting), min(waiting, default=None))

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
        return _by_first_seen(a for a in mine if a.first_seen_at >= start)[-OWN_AT_ONCE:]

    async def amount(self, reader: int, start: datetime) -> Amount:
        found = [
            stored.article
            for stored in self._tables.revisions.values()
            if stored.article.owner == reader
            and stored.article.file is None
            and stored.revised_at >= start
        ]
        return Amount(len(found), sum(len(article.text) for article in found))

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
            and set(countries) <= set(article.countries)
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

    async def publications(
        self,
        start: datetime,
        *,
        countries: Collection[str] = (),
        topic: str = "",
        reader: int | None = None,
    ) -> tuple[Publication, ...]:
        found = (
            Publication(moment(article), article.story)
            for article in self._newest()
            if article.first_seen_at >= start
            and article.owner in (None, reader)
            and article.relevance >= 0.5
            and set(countries) <= set(article.countries)
            and (not topic or topic in {one.slug for one in article.topics})
        )
        return tuple(sorted(found, key=lambda one: one.at))

    async def story(self, story: StoryId, *, reader: int | None = None) -> tuple[Article, ...]:
        story = self._tables.part_of.get(story, story)
        found = (a for a in self._newest() if a.owner in (None, reader))
        return _by_first_seen(article for article in found if article.story == story)

    async def stories(
        self, ids: Collection[StoryId], *, reader: int | None = None
    ) -> Mapping[StoryId, tuple[Article, ...]]:
        told = {story: await self.story(story, reader=reader) for story in ids}
        return {story: members for story, members in told.items() if members}

    async def snapshot(
        self, window: Window, *, reader: int | None = None, now: datetime | None = None
    ) -> Snapshot:
        every = _by_first_seen(a for a in self._as_of(window.end) if _counts(a, window))
        mine = [a for a in every if a.owner is not None and a.owner == reader][-OWN_AT_ONCE:]
        counting = _by_first_seen([*mine, *(a for a in every if a.owner is None)])
        told = {article.story for article in counting if article.story is not None}
        read = (one for one in self._tables.sources.values() if one.owner in (None, reader))
        enabled = [source for source in read if source.enabled]
        return Snapshot(
            window,
            counting,
            {story: self._started(story) for story in told},
            tuple(
                (source.outlet.country, is_unread(source, now or window.end)) for source in enabled
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

    async def all(self, *, after: int = 0, limit: int | None = None) -> tuple[Article, ...]:
        every = (stored.article for stored in self._tables.revisions.values())
        return tuple(one for one in every if one.owner is None and one.id > after)[:limit]

    async def search(
        self, words: str, *, limit: int, offset: int = 0, reader: int | None = None
    ) -> tuple[Article, ...]:
        wanted = [found for word in words.split() if (found := _words(word))]
        newest = [article for article in self._newest() if article.owner in (None, reader)]
        hits = [a for a in newest if wanted and all(_rank(a, wanted))]
        hits.sort(key=lambda a: (_rank(a, wanted), a.id), reverse=True)
        return tuple(hits[offset : offset + limit])

    async def date_back(self, now: datetime, *, beyond: datetime) -> int:
        tables = self._tables
        for life in tables.stories.values():
            life.started_at = now if life.started_at > beyond else life.started_at
            life.last_at = now if life.last_at > beyond else life.last_at
        for source in tables.sources.values():
            if source.last_ok_at and source.last_ok_at > beyond:
                tables.sources[source.id] = replace(source, last_ok_at=now)
        for one in tables.revisions.values():
            one.revised_at = now if one.revised_at > beyond else one.revised_at
        ahead = [one for one in tables.revisions.values() if one.article.first_seen_at > beyond]
        for one in ahead:
            one.article = replace(one.article, first_seen_at=now)
        return len(ahead)

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

    def _is_wanted(self, new: NewArticle) -> bool:
        """Not what a source brought that was a reader's own and is no more."""
        owners = {source.id: source.owner for source in self._tables.sources.values()}
        is_brought = new.owner is not None and new.source is not None
        return not is_brought or owners.get(new.source) == new.owner

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

    def _started(self, story: StoryId) -> datetime:
        """When its first article on diplomacy was first seen, if it has one for all."""
        public = (a for a in self._newest() if a.owner is None and a.story == story)
        seen = (article.first_seen_at for article in public if article.relevance >= 0.5)
        return min(seen, default=self._tables.stories[story].started_at)

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
                self._rest(source, outcome.host_rests_until, outcome.promised_until)
            if outcome.url and not any(
                (one.url, one.owner) == (outcome.url, source.owner)
                for one in self._tables.sources.values()
            ):
                moved = replace(
                    self._tables.sources[source.id], url=outcome.url, moved_from=source.url
                )
                self._tables.sources[source.id] = moved

    def _rest(self, source: Source, until: datetime, promised: datetime | None) -> None:
        host = urlsplit(source.url).netloc
        for one in tuple(self._tables.sources.values()):
            is_theirs = source.owner in (None, one.owner)
            if urlsplit(one.url).netloc == host and is_theirs:
                self._tables.sources[one.id] = replace(
                    one,
                    next_check_at=max(until, one.next_check_at or until),
                    promised_until=max(filter(None, (promised, one.promised_until)), default=None),
                )


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
            promised_until=outcome.promised_until,
            failures=source.failures + 1,
            last_error=outcome.error,
            notice=outcome.notice,
            enabled=source.enabled and not outcome.stops,
        )
    return replace(
        source,
        next_check_at=outcome.next_check_at,
        promised_until=outcome.promised_until,
        failures=0,
        last_ok_at=outcome.checked_at,
        last_error=None,
        etag=outcome.etag or source.etag,
        last_modified=outcome.last_modified or source.last_modified,
        body_hash=outcome.body_hash or source.body_hash,
        notice=outcome.notice,
        newest_at=outcome.newest_at or source.newest_at,
    )


def _hold(articles: Iterable[NewArticle], outcome: SourceOutcome | None) -> None:
    """Refuse half a surrogate pair, as every database does."""
    texts = [text for article in articles for text in (article.title, article.text)]
    try:
        "".join(filter(None, [*texts, outcome and outcome.etag])).encode()
    except UnicodeEncodeError as error:
        raise Unstorable(f"the database cannot hold a value: {error}") from error

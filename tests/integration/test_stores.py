"""What every store promises, said once for the fake and for every database.

A database joins by one more entry in ``DATABASES``: something that yields the seven stores, empty.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import ports
from digest.errors import Conflict
from digest.model import (
    Addressee,
    Article,
    ArticleId,
    Button,
    Chat,
    Health,
    Mailing,
    Message,
    NewArticle,
    NewSource,
    Notice,
    Outlet,
    PartId,
    Person,
    Placed,
    Queued,
    Quote,
    Schedule,
    Sent,
    Shown,
    Slot,
    Source,
    SourceId,
    SourceOutcome,
    Span,
    Spot,
    StoryId,
    Topic,
    Window,
    Wish,
)
from storage import (
    SqlArticleStore,
    SqlChatStore,
    SqlLedger,
    SqlOfferStore,
    SqlPeopleStore,
    SqlSourceStore,
    SqlUpdateStore,
    make_engine,
)
from tests.fakes import FakeDatabase
from tests.postgres import is_here, postgres
from tests.template import fill, fresh

NOW = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Stores(Protocol):
    """The seven stores over one database."""

    @property
    def sources(self) -> ports.SourceStore: ...
    @property
    def articles(self) -> ports.ArticleStore: ...
    @property
    def chats(self) -> ports.ChatStore: ...
    @property
    def ledger(self) -> ports.Ledger: ...
    @property
    def offers(self) -> ports.OfferStore: ...
    @property
    def people(self) -> ports.PeopleStore: ...
    @property
    def updates(self) -> ports.UpdateStore: ...


class SqlStores:
    """The real ones over one engine."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.sources = SqlSourceStore(engine=self.engine)
        self.articles = SqlArticleStore(engine=self.engine)
        self.chats = SqlChatStore(engine=self.engine)
        self.ledger = SqlLedger(engine=self.engine)
        self.offers = SqlOfferStore(engine=self.engine)
        self.people = SqlPeopleStore(engine=self.engine)
        self.updates = SqlUpdateStore(engine=self.engine)


@asynccontextmanager
async def fake(_folder: Path) -> AsyncIterator[Stores]:
    yield FakeDatabase()


@asynccontextmanager
async def sqlite_file(folder: Path) -> AsyncIterator[Stores]:
    stores = SqlStores(f"sqlite+aiosqlite:///{fresh(folder / 'attache.db')}")
    yield stores
    await stores.engine.dispose()


@asynccontextmanager
async def sqlite_memory(folder: Path) -> AsyncIterator[Stores]:
    stores = SqlStores("sqlite+aiosqlite://")
    await fill(stores.engine, folder / "made.db")
    yield stores
    await stores.engine.dispose()


@asynccontextmanager
async def postgresql(_folder: Path) -> AsyncIterator[Stores]:
    async with postgres().database() as url:
        stores = SqlStores(url)
        yield stores
        await stores.engine.dispose()


DATABASES: dict[str, Callable[[Path], AbstractAsyncContextManager[Stores]]] = {
    "fake": fake,
    "sqlite file": sqlite_file,
    "sqlite memory": sqlite_memory,
    **({"postgresql": postgresql} if is_here() else {}),
}


@pytest.fixture(params=DATABASES)
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    async with DATABASES[request.param](tmp_path) as opened:
        yield opened


GAZETTE = Outlet("Gazette", "FR", "paper", state_funded=True)


def an_article(key: str = "https://a.example/1", **changes: Any) -> NewArticle:
    text = "Accord\n\nThe envoys met. They agreed."
    article = NewArticle(
        key=key,
        fingerprint=f"text of {key}",
        url=key if key.startswith("http") else None,
        file=None,
        title="Accord on the corridor",
        byline="A. Writer",
        outlet=GAZETTE,
        published_at=NOW - 2 * HOUR,
        modified_at=None,
        first_seen_at=NOW - HOUR,
        date_source="feed",
        language="en",
        text=text,
        headings=(Span(0, 6),),
        sentences=(Span(8, 23), Span(24, 36)),
        relevance=0.75,
        topics=(Topic("treaties", 0.5, ("accord",)), Topic("summits", 0.25)),
        countries=("TR", "UA"),
        people=(Person("Ada Envoy", "ambassador", "TR"),),
        quotes=(Quote(24, 36, "Ada Envoy", None, "TR"),),
    )
    return replace(article, **changes)


async def add(stores: Stores, *articles: NewArticle, story: int = -1) -> tuple[ArticleId, ...]:
    return await stores.articles.add([Placed(article, story) for article in articles])


def a_source(url: str = "https://a.example/feed", **changes: Any) -> NewSource:
    return replace(NewSource(url=url, outlet=GAZETTE, language="en"), **changes)


def a_chat(id_: int = 7, **changes: Any) -> Chat:
    chat = Chat(
        id=id_,
        title="Desk",
        schedule=Schedule("Europe/Zurich", ("07:30",)),
        active=True,
        covered_until=NOW - DAY,
        next_due_at=NOW,
    )
    return replace(chat, **changes)


def a_digest(chat: Chat, *texts: str, day: int = 25, **changes: Any) -> Queued:
    due_at = datetime(2026, 8, day, 5, 30, tzinfo=UTC)
    queued = Queued(
        slot=Slot(chat.id, chat.thread, date(2026, 8, day), "07:30", due_at),
        messages=tuple(Message(text) for text in texts),
        digest=f'{{"day": {day}}}',
        shown_stories=(),
        shown_sentences=(),
        covered_until=due_at,
        next_due_at=due_at + DAY,
        chat_version=chat.version,
    )
    return replace(queued, **changes)


async def queue(stores: Stores, chat: Chat, *texts: str, **changes: Any) -> Chat:
    """The chat as it stands once its digest is queued."""
    assert await stores.ledger.enqueue([a_digest(chat, *texts, **changes)]) == 1
    return await the_chat(stores, chat.id, chat.thread)


async def the_chat(stores: Stores, chat: int, thread: int = 0) -> Chat:
    found = await stores.chats.get(chat, thread)
    assert found is not None
    return found


async def claimed(stores: Stores, now: datetime = NOW, limit: int = 10) -> tuple[str, ...]:
    return tuple(one.message.html for one in await stores.ledger.claim(now, limit=limit))


# --- sources --------------------------------------------------------------------------------


async def test_a_new_source_is_due_at_once(stores: Stores) -> None:
    added = await stores.sources.add(a_source(), now=NOW)

    assert added == Source(
        id=added.id,
        url="https://a.example/feed",
        outlet=GAZETTE,
        language="en",
        next_check_at=NOW,
        added_at=NOW,
    )
    assert await stores.sources.due(NOW, limit=5) == (added,)
    assert await stores.sources.due(NOW - MINUTE, limit=5) == ()


async def test_a_known_address_is_refused(stores: Stores) -> None:
    await stores.sources.add(a_source(), now=NOW)

    with pytest.raises(Conflict, match=r"https://a\.example/feed"):
        await stores.sources.add(a_source(), now=NOW)


async def test_sources_come_by_outlet_name(stores: Stores) -> None:
    for name in ("courier", "Beacon", "agency"):
        await stores.sources.add(a_source(f"https://{name}.example", outlet=Outlet(name)), now=NOW)

    names = [source.outlet.name for source in await stores.sources.all()]

    assert names == ["agency", "Beacon", "courier"]


async def test_the_longest_waiting_source_is_first(stores: Stores) -> None:
    for minutes in (5, 20, 10):
        await stores.sources.add(a_source(f"https://{minutes}"), now=NOW - minutes * MINUTE)

    assert await stores.sources.due(NOW, limit=2, host="nowhere.example") == ()
    due = await stores.sources.due(NOW, limit=2)

    assert [source.url for source in due] == ["https://20", "https://10"]


async def test_a_disabled_source_is_not_due(stores: Stores) -> None:
    await stores.sources.add(a_source(), now=NOW)

    assert await stores.sources.enable("https://a.example/feed", False)
    assert await stores.sources.due(NOW, limit=5) == ()
    assert await stores.sources.enable("https://a.example/feed", True)
    assert len(await stores.sources.due(NOW, limit=5)) == 1
    assert not await stores.sources.enable("https://unknown.example", True)


async def _checked(stores: Stores, source: Source, **said: object) -> Source:
    """The source after a check that came to this."""
    plain = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW + HOUR)
    await stores.articles.add([], replace(plain, **said))  # type: ignore[arg-type]
    return next(one for one in await stores.sources.all() if one.id == source.id)


async def test_what_was_noticed_stays_until_an_outcome_says_otherwise(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    notice = Notice("gone", "", 2, NOW, NOW + DAY)
    assert (await _checked(stores, source, error="410", notice=notice)).notice == notice
    assert (await _checked(stores, source, newest_at=NOW)).notice is None
    assert (await _checked(stores, source)).newest_at == NOW


async def test_a_source_that_is_stopped_forgets_why_when_it_is_switched_on(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    notice = Notice("overrun", "", 2, NOW, NOW)
    stopped = await _checked(stores, source, error="slow", notice=notice, stops=True)
    assert (stopped.enabled, stopped.last_error) == (False, "slow")
    await stores.sources.enable(source.url, True)
    (again,) = await stores.sources.all()
    assert (again.enabled, again.notice) == (True, None)


async def test_a_host_that_rests_rests_with_all_its_sources(stores: Stores) -> None:
    busy, near, far = [
        await stores.sources.add(NewSource(url=url, outlet=Outlet(url)), now=NOW)
        for url in ("https://a.example/1", "https://a.example/2", "https://a.example.org/3")
    ]
    rests = {"error": "429", "next_check_at": NOW + DAY, "host_rests_until": NOW + DAY}
    await _checked(stores, busy, **rests)
    assert [one.id for one in await stores.sources.due(NOW + HOUR, limit=9)] == [far.id]
    due = await stores.sources.due(NOW + DAY, limit=9)
    assert {one.id for one in due} == {busy.id, near.id, far.id}


async def test_a_source_moves_with_a_note_unless_the_address_is_taken(stores: Stores) -> None:
    first, second = [
        await stores.sources.add(NewSource(url=url, outlet=Outlet(url)), now=NOW)
        for url in ("https://a.example/1", "https://a.example/2")
    ]
    assert (await _checked(stores, first, url=second.url)).url == first.url
    moved = await _checked(stores, first, url="https://b.example/1")
    assert (moved.url, moved.moved_from) == ("https://b.example/1", first.url)


async def test_a_source_says_whose_text_its_articles_have(stores: Stores) -> None:
    source = await stores.sources.add(replace(a_source(), full_text="headline"), now=NOW)
    assert source.full_text == "headline"
    assert await stores.sources.take_text(source.id, "page")
    assert [one.full_text for one in await stores.sources.all()] == ["page"]
    assert not await stores.sources.take_text(SourceId(4711), "page")


async def test_a_backlog_is_stored_and_is_in_no_snapshot_in_any_revision(stores: Stores) -> None:
    old = replace(an_article(), is_backlog=True)
    await stores.articles.add([Placed(old, -1)])
    later = replace(old, is_backlog=False, fingerprint="other", first_seen_at=NOW + MINUTE)
    await stores.articles.add([Placed(later, -1)])
    assert [one.is_backlog for one in await stores.articles.all()] == [True, True]
    window = Window(NOW - DAY, NOW + DAY)
    assert (await stores.articles.snapshot(window)).articles == ()


async def test_the_articles_of_a_removed_source_stay(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    (article,) = await add(stores, an_article(source=source.id))

    assert await stores.sources.remove(source.url)
    assert not await stores.sources.remove(source.url)

    kept = await stores.articles.get(article)
    assert kept is not None
    assert kept.source is None


async def test_the_outcome_of_a_check_is_stored_with_its_articles(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    outcome = SourceOutcome(
        source=source.id,
        checked_at=NOW,
        next_check_at=NOW + HOUR,
        etag='"1"',
        last_modified="Tue",
        body_hash="abc",
    )

    ids = await stores.articles.add([Placed(an_article(source=source.id), -1)], outcome)

    assert len(ids) == 1
    assert await stores.sources.all() == (
        replace(
            source,
            next_check_at=NOW + HOUR,
            last_ok_at=NOW,
            etag='"1"',
            last_modified="Tue",
            body_hash="abc",
        ),
    )


async def test_failures_are_counted_until_a_check_succeeds(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    fine = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW, etag='"1"')
    broken = replace(fine, error="answered 500", etag=None)

    for outcome in (fine, broken, broken):
        await stores.articles.add([], outcome)
    (failing,) = await stores.sources.all()
    await stores.articles.add([], replace(fine, etag=None))
    (well,) = await stores.sources.all()

    assert (failing.failures, failing.last_error, failing.etag) == (2, "answered 500", '"1"')
    assert (well.failures, well.last_error, well.etag) == (0, None, '"1"')


# --- articles -------------------------------------------------------------------------------


async def test_an_article_comes_back_as_it_was_given(stores: Stores) -> None:
    new = an_article(modified_at=NOW)

    (article,) = await add(stores, new)

    stored = await stores.articles.get(article)
    assert stored is not None
    assert stored.story is not None
    assert stored == Article(
        **{name: getattr(new, name) for name in NewArticle.__dataclass_fields__},
        id=article,
        revision=1,
        story=stored.story,
        duplicate_of=None,
    )


async def test_an_article_of_which_little_is_known_comes_back_too(stores: Stores) -> None:
    bare = an_article(
        "file-hash", outlet=None, title=None, byline=None, published_at=None, language=None
    )

    (article,) = await add(stores, bare)

    stored = await stores.articles.get(article)
    assert stored is not None
    assert (stored.outlet, stored.title, stored.published_at) == (None, None, None)
    assert await stores.articles.get(ArticleId(10_000)) is None


async def test_equal_text_under_a_known_key_is_not_stored_again(stores: Stores) -> None:
    (first,) = await add(stores, an_article())
    (again,) = await add(stores, an_article(first_seen_at=NOW))

    assert again == first
    assert len(await stores.articles.all()) == 1


async def test_a_changed_text_becomes_the_next_revision(stores: Stores) -> None:
    (first,) = await add(stores, an_article())
    (second,) = await add(stores, an_article(fingerprint="changed", first_seen_at=NOW))

    old, new = await stores.articles.all()

    assert [(old.id, old.revision), (new.id, new.revision)] == [(first, 1), (second, 2)]
    assert new.first_seen_at == old.first_seen_at  # the article's, not the revision's
    known = await stores.articles.known(["https://a.example/1"], [])
    assert known["https://a.example/1"].id == second


async def test_revisions_within_one_batch_follow_each_other(stores: Stores) -> None:
    ids = await add(
        stores,
        an_article(fingerprint="one"),
        an_article(fingerprint="two"),
        an_article(fingerprint="two"),
    )

    assert ids[1] == ids[2] != ids[0]
    assert [article.revision for article in await stores.articles.all()] == [1, 2]
    assert [article.id for article in await stores.articles.since(NOW - DAY)] == [ids[1]]


async def test_a_large_batch_keeps_its_order(stores: Stores) -> None:
    keys = [f"https://a.example/{number}" for number in range(1_500)]

    ids = await add(stores, *map(an_article, keys))

    known = await stores.articles.known(keys, [])
    assert tuple(known[key].id for key in keys) == ids


async def test_a_file_is_known_by_its_text(stores: Stores) -> None:
    (file,) = await add(stores, an_article("name-one", fingerprint="same words"))
    await add(stores, an_article("name-two", fingerprint="same words"))
    await add(stores, an_article("https://a.example/1", fingerprint="web words"))

    known = await stores.articles.known(["unknown"], ["same words", "web words"])

    assert known.keys() == {"same words"}
    assert known["same words"].id == file


async def test_equal_numbers_are_the_same_new_story(stores: Stores) -> None:
    numbers = {"a": -1, "b": -2, "c": -1}
    await stores.articles.add([Placed(an_article(key), story) for key, story in numbers.items()])

    story = {article.key: article.story for article in await stores.articles.all()}

    assert story["a"] == story["c"] != story["b"]


async def test_a_stored_story_takes_new_members(stores: Stores) -> None:
    await add(stores, an_article("a"))
    (first,) = await stores.articles.all()
    assert first.story is not None
    await add(stores, an_article("b", first_seen_at=NOW - DAY), an_article("c"), story=first.story)

    snapshot = await stores.articles.snapshot(Window(NOW - 2 * DAY, NOW))

    assert {article.story for article in snapshot.articles} == {first.story}
    assert snapshot.story_started_at == {first.story: NOW - DAY}


async def test_a_story_that_is_gone_is_begun_anew(stores: Stores) -> None:
    await add(stores, an_article("a"), an_article("b"), story=4711)

    first, second = await stores.articles.all()

    assert first.story == second.story != 4711


async def test_duplicates_point_to_their_originals(stores: Stores) -> None:
    (original,) = await add(stores, an_article("original"))
    ids = await stores.articles.add(
        [
            Placed(an_article("stored"), -1, duplicate_of=original),
            Placed(an_article("batch"), -1, duplicate_of=-1),
            Placed(an_article("gone"), -1, duplicate_of=ArticleId(4711)),
            Placed(an_article("itself"), -1, duplicate_of=-4),
        ]
    )

    of = {article.key: article.duplicate_of for article in await stores.articles.all()}

    assert of["stored"] == original
    assert of["batch"] == ids[0]
    assert of["gone"] is None
    assert of["itself"] is None


async def test_an_unknown_source_is_left_out(stores: Stores) -> None:
    (article,) = await add(stores, an_article(source=4711))

    stored = await stores.articles.get(article)
    assert stored is not None
    assert stored.source is None


async def test_since_gives_newest_revisions_in_the_order_first_seen(stores: Stores) -> None:
    await add(stores, an_article("late", first_seen_at=NOW))
    await add(stores, an_article("early", first_seen_at=NOW - HOUR))
    await add(stores, an_article("old", first_seen_at=NOW - DAY))
    await add(stores, an_article("old", first_seen_at=NOW, fingerprint="revised"))
    await add(stores, an_article("early", first_seen_at=NOW, fingerprint="revised"))

    found = await stores.articles.since(NOW - HOUR)

    assert [(article.key, article.revision) for article in found] == [("early", 2), ("late", 1)]


async def test_recent_articles_come_latest_first_and_no_more_than_asked_for(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - DAY))
    await add(stores, an_article("a", first_seen_at=NOW - HOUR), an_article("b", first_seen_at=NOW))
    await add(stores, an_article("a", first_seen_at=NOW, fingerprint="revised"))

    found = await stores.articles.recent(NOW - HOUR, limit=5)
    first = await stores.articles.recent(NOW - HOUR, limit=1)

    assert [(article.key, article.revision) for article in found] == [("b", 1), ("a", 2)]
    assert [article.key for article in first] == ["b"]


async def test_recent_articles_are_those_of_the_countries_words_and_weight_asked_for(
    stores: Stores,
) -> None:
    await add(
        stores,
        an_article("a", countries=("TR", "US")),
        an_article("b", countries=("UA",), text="Customs at the border.", relevance=0.2),
        an_article("c", countries=()),
    )

    async def keys(**wanted: Any) -> set[str]:
        found = await stores.articles.recent(NOW - DAY, limit=9, **wanted)
        return {article.key for article in found}

    assert await keys(countries=("TR", "UA")) == {"a", "b"}
    assert await keys(countries=("U",)) == set()
    assert await keys(words="customs bord") == {"b"}
    assert await keys(words="?") == set()
    assert await keys(relevance=0.5) == {"a", "c"}


async def test_a_story_is_its_articles_in_the_order_first_seen(stores: Stores) -> None:
    late, early = await add(
        stores, an_article("late", first_seen_at=NOW), an_article("early", first_seen_at=NOW - HOUR)
    )
    await add(stores, an_article("other"))
    told = await stores.articles.get(early)
    assert told is not None and told.story is not None
    await add(stores, an_article("late", fingerprint="revised"), story=told.story)

    found = await stores.articles.story(told.story)

    assert [(article.key, article.revision) for article in found] == [("early", 1), ("late", 2)]
    assert await stores.articles.story(StoryId(10_000)) == ()
    assert late not in {article.id for article in found}


async def three_stories(stores: Stores) -> tuple[StoryId, StoryId, StoryId]:
    """Articles "a" to "c", a day apart, each in a story of its own."""
    keys = [an_article(key, first_seen_at=NOW + at * DAY) for at, key in enumerate("abc")]
    await stores.articles.add([Placed(one, -n) for n, one in enumerate(keys, 1)])
    return tuple(one.story for one in await stores.articles.all())  # type: ignore[return-value]


async def test_what_was_placed_and_moved_since_a_mark_is_told(stores: Stores) -> None:
    a, *_ = await three_stories(stores)
    await add(stores, an_article("old", first_seen_at=NOW - DAY))
    await add(stores, an_article("mine", owner=7))
    first = await stores.articles.changes(NOW, None)
    assert [one.key for one in first.articles] == ["a", "b", "c"]
    assert first.moved == {}

    await add(stores, an_article("d", first_seen_at=NOW))
    await stores.articles.move({"b": a})

    second = await stores.articles.changes(NOW, first.mark)
    assert ([one.key for one in second.articles], second.moved) == (["d"], {"b": a})
    third = await stores.articles.changes(NOW, second.mark)
    assert (third.articles, third.moved, third.mark) == ((), {}, second.mark)


async def test_what_is_stored_without_a_story_waits_for_one(stores: Stores) -> None:
    (old,) = await add(stores, an_article("old"))
    (placed,) = (one.story for one in await stores.articles.all())
    keys = ("a", "b", "c")
    ids = await stores.articles.add([Placed(an_article(key), None) for key in keys])
    waiting = await stores.articles.waiting(2)
    assert [(one.id, one.key, one.story) for one in waiting] == [
        (ids[0], "a", None),
        (ids[1], "b", None),
    ]
    placed_ones = (await stores.articles.changes(NOW - DAY, None)).articles
    assert [one.key for one in placed_ones] == ["old"]

    assert placed is not None
    spots = (Spot(placed, old), Spot(-1, -1))
    known = await stores.articles.settle(waiting, spots)

    a, b = [await stores.articles.get(id_) for id_ in ids[:2]]
    assert a is not None
    assert b is not None
    assert (a.story, a.duplicate_of, b.duplicate_of) == (placed, old, a.id)
    assert b.story not in (None, placed)
    assert known == await stores.articles.known(["a", "b"], [])
    assert [one.key for one in await stores.articles.waiting(9)] == ["c"]


async def test_a_revision_waits_in_place_of_its_article_or_goes_where_that_is(
    stores: Stores,
) -> None:
    again = [an_article(fingerprint=text) for text in ("first", "second", "third")]
    await stores.articles.add([Placed(again[0], None)])
    (second,) = await stores.articles.add([Placed(again[1], None)])
    (waiting,) = await stores.articles.waiting(9)
    assert waiting.id == second
    await stores.articles.settle((waiting,), (Spot(-1),))
    assert await stores.articles.waiting(9) == ()

    (third,) = await stores.articles.add([Placed(again[2], None)])

    newest = await stores.articles.get(third)
    known = await stores.articles.known([waiting.key], [])
    assert newest is not None
    assert newest.story == known[waiting.key].story != None  # noqa: E711
    assert await stores.articles.waiting(9) == ()


async def test_a_story_that_was_taken_in_is_found_under_its_number(stores: Stores) -> None:
    a, b, c = await three_stories(stores)

    assert await stores.articles.move({"c": b}) == {"c": b}
    assert await stores.articles.move({"b": a, "c": a, "gone": a}) == {"b": a, "c": a}

    for story in (a, b, c):
        assert [one.key for one in await stores.articles.story(story)] == ["a", "b", "c"]
    snapshot = await stores.articles.snapshot(Window(NOW + DAY, NOW + 3 * DAY))
    assert snapshot.taken_in == {a: {b, c}}
    assert snapshot.story_started_at == {a: NOW}


async def test_what_comes_for_a_story_that_was_taken_in_joins_the_whole(stores: Stores) -> None:
    a, b, _ = await three_stories(stores)
    await stores.articles.move({"b": a})

    await add(stores, an_article("d", first_seen_at=NOW + 4 * DAY), story=b)
    assert await stores.articles.move({"c": b}) == {"c": a}

    assert {one.story for one in await stores.articles.all()} == {a}


async def test_an_article_that_leaves_its_story_begins_one(stores: Stores) -> None:
    await add(stores, an_article("a"), an_article("b", first_seen_at=NOW - DAY))
    await add(stores, an_article("b", fingerprint="revised"))
    old = (await stores.articles.all())[0].story

    moved = await stores.articles.move({"b": -7, "a": -8})

    assert len({old, *moved.values()}) == 3
    assert {one.story for one in await stores.articles.all() if one.key == "b"} == {moved["b"]}
    assert old is not None
    assert [one.key for one in await stores.articles.story(old)] == ["a"]
    snapshot = await stores.articles.snapshot(Window(NOW - 2 * DAY, NOW + DAY))
    assert snapshot.story_started_at == {moved["a"]: NOW - HOUR, moved["b"]: NOW - DAY}


async def test_a_story_that_keeps_others_begins_with_the_first_of_them(stores: Stores) -> None:
    await add(stores, an_article("a", first_seen_at=NOW - DAY), an_article("b"))
    old = (await stores.articles.all())[0].story
    assert old is not None

    await stores.articles.move({"a": -1})

    snapshot = await stores.articles.snapshot(Window(NOW - 2 * DAY, NOW + DAY))
    assert snapshot.story_started_at[old] == NOW - HOUR
    assert snapshot.taken_in == {}


async def test_nothing_that_a_chat_was_shown_is_moved(stores: Stores) -> None:
    a, b, c = await three_stories(stores)
    chat = await stores.chats.save(a_chat())
    await queue(stores, chat, shown_stories=(b,))

    assert await stores.articles.shown((a, b)) == {b}
    assert await stores.articles.move({"a": c, "b": c}) == {"a": c, "b": b}


async def test_nothing_is_moved_to_a_story_that_is_gone(stores: Stores) -> None:
    a, *_ = await three_stories(stores)

    assert await stores.articles.move({"a": StoryId(999)}) == {"a": a}
    assert await stores.articles.move({}) == {}


async def test_a_story_is_pruned_with_those_it_has_taken_in(stores: Stores) -> None:
    a, b, c = await three_stories(stores)
    await stores.articles.move({"b": a})

    await stores.articles.prune(NOW + HOUR)
    assert [one.key for one in await stores.articles.story(b)] == ["b"]

    await stores.articles.prune(NOW + 2 * DAY)
    assert await stores.articles.story(b) == ()
    assert [one.key for one in await stores.articles.story(c)] == ["c"]


async def test_a_snapshot_holds_what_was_first_seen_in_its_window(stores: Stores) -> None:
    for key, seen_at in {
        "before": NOW - DAY - MINUTE,
        "start": NOW - DAY,
        "within": NOW - HOUR,
        "end": NOW,
    }.items():
        await add(stores, an_article(key, first_seen_at=seen_at))

    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW))

    assert [article.key for article in snapshot.articles] == ["start", "within"]


async def test_a_snapshot_leaves_out_what_was_published_long_before(stores: Stores) -> None:
    start = NOW - DAY
    for key, published_at in {
        "just": start - 48 * HOUR,
        "stale": start - 48 * HOUR - MINUTE,
        "undated": None,
    }.items():
        await add(stores, an_article(key, published_at=published_at))

    snapshot = await stores.articles.snapshot(Window(start, NOW))

    assert [article.key for article in snapshot.articles] == ["just", "undated"]


async def test_a_snapshot_goes_by_the_change_where_no_publication_is_known(stores: Stores) -> None:
    old, fresh = NOW - 60 * HOUR, NOW - 2 * HOUR
    await add(stores, an_article("old", published_at=None, modified_at=old))
    await add(stores, an_article("fresh", published_at=None, modified_at=fresh))

    found = await stores.articles.snapshot(Window(NOW - HOUR, NOW + HOUR))

    assert [article.key for article in found.articles] == ["fresh"]


async def test_a_snapshot_holds_the_revision_of_its_end(stores: Stores) -> None:
    for fingerprint, seen_at in {
        "first": NOW - 3 * HOUR,
        "second": NOW - 2 * HOUR,
        "third": NOW + HOUR,
    }.items():
        await add(stores, an_article(fingerprint=fingerprint, first_seen_at=seen_at))

    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW))

    assert [article.fingerprint for article in snapshot.articles] == ["second"]


async def test_a_snapshot_says_how_many_sources_fail(stores: Stores) -> None:
    for number in range(3):
        source = await stores.sources.add(a_source(f"https://{number}"), now=NOW)
        error = None if number else "answered 500"
        outcome = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW, error=error)
        await stores.articles.add([], outcome)
    await stores.sources.enable("https://2", False)

    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW))

    assert snapshot.health == Health(sources=2, failing=1)
    for number in (3, 4):
        outlet = Outlet("The Herald", "TR")
        source = await stores.sources.add(
            NewSource(url=f"https://{number}", outlet=outlet), now=NOW
        )
        outcome = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW, error="gone")
        await stores.articles.add([], outcome)
    health = (await stores.articles.snapshot(Window(NOW - DAY, NOW))).health
    assert health == Health(sources=4, failing=3, silent=("TR",))
    assert snapshot.story_started_at == {}


async def test_moments_are_those_of_articles_about_a_country_or_topic(stores: Stores) -> None:
    summit, sanction = (Topic("summits", 0.9, ("sanctions", "met")),), (Topic("sanctions", 1.0),)
    known = {"published_at": NOW - 3 * HOUR, "relevance": 0.5}
    for key, more in {
        "a": {"countries": ("TR", "UA"), "topics": summit},
        "b": {"countries": ("TR",), "topics": sanction, "published_at": NOW - 5 * HOUR},
        "c": {"countries": ("TR", "UA"), "topics": (*summit, *sanction), "relevance": 0.4},
        "d": {"countries": ("UA",), "topics": (), "published_at": None, "modified_at": None},
        "e": {"countries": ("UA",), "topics": summit, "first_seen_at": NOW - 2 * DAY},
    }.items():
        await add(stores, an_article(key, **{"first_seen_at": NOW - HOUR, **known, **more}))
    moments = stores.articles.moments

    assert await moments(NOW - DAY, countries=("TR",)) == (NOW - 5 * HOUR, NOW - 3 * HOUR)
    assert await moments(NOW - DAY, countries=("UA", "TR")) == (NOW - 3 * HOUR,)
    assert await moments(NOW - DAY, countries=("UA",)) == (NOW - 3 * HOUR, NOW - HOUR)
    assert await moments(NOW - DAY, topic="sanctions") == (NOW - 5 * HOUR,)
    assert await moments(NOW - DAY, topic="summits") == (NOW - 3 * HOUR,)
    assert len(await moments(NOW - 3 * DAY)) == 4


async def test_search_finds_articles_that_hold_all_words(stores: Stores) -> None:
    await add(stores, an_article("a", text="Talks in Ankara about grain"))
    await add(stores, an_article("b", text="Talks in Geneva about grain"))

    found = await stores.articles.search("ANKARA grain", limit=5)

    assert [article.key for article in found] == ["a"]
    assert await stores.articles.search("ankara geneva", limit=5) == ()


async def test_search_knows_no_case_and_no_marks(stores: Stores) -> None:
    await add(stores, an_article("a", title="Attachés reçus à Genève"))

    assert len(await stores.articles.search("attaches GENEVE", limit=5)) == 1


async def test_search_takes_the_last_word_as_a_beginning(stores: Stores) -> None:
    await add(stores, an_article("a", text="Iranian delegates in Vienna"))

    assert len(await stores.articles.search("delegates iran", limit=5)) == 1
    assert await stores.articles.search("iran delegates", limit=5) == ()


@pytest.mark.parametrize(
    ("words", "count"), [("i", 0), ("ir", 0), ("ira", 1), ("in", 1), ("中", 1)]
)
async def test_a_word_of_one_or_two_letters_is_a_whole_one(
    stores: Stores, words: str, count: int
) -> None:
    await add(stores, an_article("a", text="Iranian delegates in Vienna met 中国外交部"))

    assert len(await stores.articles.search(words, limit=5)) == count
    assert len(await stores.articles.recent(NOW - DAY, limit=5, words=words)) == count


async def test_search_looks_into_titles_first_and_into_outlets_too(stores: Stores) -> None:
    await add(stores, an_article("text", text="On the corridor and other things", title="Notes"))
    await add(stores, an_article("title", title="The corridor", text="It opens"))

    found = await stores.articles.search("corridor", limit=5)

    assert [article.key for article in found] == ["title", "text"]
    assert len(await stores.articles.search("gazette", limit=5)) == 2
    assert [a.key for a in await stores.articles.search("corridor", limit=5, offset=1)] == ["text"]
    assert len(await stores.articles.search("corridor", limit=1)) == 1


async def test_search_forgets_what_a_revision_took_out(stores: Stores) -> None:
    await add(stores, an_article(text="A walnut is mentioned", fingerprint="1"))
    await add(stores, an_article(text="An almond is mentioned", fingerprint="2"))

    assert await stores.articles.search("walnut", limit=5) == ()
    assert len(await stores.articles.search("almond", limit=5)) == 1


@pytest.mark.parametrize(
    "words", ["", "  ", '"', "* AND OR NOT NEAR(", "title:accord", "a\0b", "\ud800", "-", "^'\\("]
)
async def test_any_text_is_a_valid_query(stores: Stores, words: str) -> None:
    await add(stores, an_article())

    assert await stores.articles.search(words, limit=5) == ()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=30))
async def test_no_query_fails(stores: Stores, words: str) -> None:
    await stores.articles.search(words, limit=5)


async def test_old_articles_are_pruned_with_their_empty_stories(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - 9 * DAY))
    await add(stores, an_article("old", first_seen_at=NOW, fingerprint="revised"))
    (old, _) = await stores.articles.all()
    (young,) = await stores.articles.add([Placed(an_article("young"), -1, duplicate_of=old.id)])

    assert await stores.articles.prune(NOW - 7 * DAY) == 1

    (left,) = await stores.articles.all()
    assert (left.id, left.duplicate_of) == (young, None)
    assert len(await stores.articles.search("accord", limit=5)) == 1
    assert await stores.articles.prune(NOW - 7 * DAY) == 0


async def test_ids_of_pruned_stories_are_not_given_again(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - 9 * DAY))
    (old,) = await stores.articles.all()
    await stores.articles.prune(NOW)
    await add(stores, an_article("new"))

    (new,) = await stores.articles.all()

    assert new.story != old.story
    assert new.id != old.id


async def test_what_was_shown_of_pruned_articles_is_forgotten(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - 9 * DAY))
    await add(stores, an_article("young"))
    old, young = [article.story for article in await stores.articles.all()]
    assert old is not None
    assert young is not None
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, day=16, shown_stories=(old,), shown_sentences=("then",))
    chat = await queue(stores, chat, day=25, shown_stories=(young,), shown_sentences=("now",))

    await stores.articles.prune(NOW - 7 * DAY)

    shown = (await stores.chats.shown([chat]))[7, 0]
    assert shown.stories == {young: date(2026, 8, 25)}
    assert shown.sentences == {"now"}


# --- what is a reader's own -----------------------------------------------------------------


async def test_a_readers_own_article_is_found_by_that_reader_alone(stores: Stores) -> None:
    await add(stores, an_article("public", title="Grain for all"))
    (told,) = await stores.articles.all()
    await add(stores, an_article("7 own", owner=7, title="Grain of mine"), story=told.story or 0)
    (mine,) = await stores.articles.own(7, NOW - 30 * DAY)
    window = Window(NOW - DAY, NOW)

    async def found(reader: int | None) -> list[set[str]]:
        story = await stores.articles.story(told.story or StoryId(0), reader=reader)
        got = await stores.articles.get(mine.id, reader=reader)
        recent = await stores.articles.recent(NOW - DAY, limit=9, reader=reader)
        worded = await stores.articles.recent(NOW - DAY, limit=9, words="grain", reader=reader)
        snapshot = await stores.articles.snapshot(window, reader=reader)
        search = await stores.articles.search("grain", limit=9, reader=reader)
        every = (story, recent, worded, snapshot.articles, search, (got,) if got else ())
        return [{article.key for article in one} for one in every]

    assert mine.owner == 7
    assert mine.story == told.story
    assert await found(7) == [{"public", "7 own"}] * 5 + [{"7 own"}]
    for other in (None, 8):
        assert await found(other) == [{"public"}] * 5 + [set()]
    assert [article.key for article in await stores.articles.all()] == ["public"]
    assert [article.key for article in await stores.articles.since(NOW - DAY)] == ["public"]
    assert await stores.articles.readers(window) == {7}
    assert await stores.articles.readers(Window(NOW - 3 * DAY, NOW - 2 * DAY)) == set()


async def test_a_readers_own_article_leaves_the_life_of_a_story_alone(stores: Stores) -> None:
    await add(stores, an_article("public"))
    (told,) = await stores.articles.all()
    early = an_article("7 own", owner=7, first_seen_at=NOW - 9 * HOUR)
    await add(stores, early, story=told.story or 0)

    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW), reader=7)

    assert snapshot.story_started_at == {told.story: NOW - HOUR}


async def test_a_readers_own_article_goes_along_with_its_story(stores: Stores) -> None:
    """It neither holds a story that all others left, nor counts for how long that lasted."""
    await add(stores, an_article("one"))
    (one,) = await stores.articles.all()
    early = an_article("7 own", owner=7, first_seen_at=NOW - 9 * HOUR)
    await add(stores, early, an_article("7 late", owner=7), story=one.story or 0)
    (two,) = await add(stores, an_article("two"), story=-2)
    (_, other) = await stores.articles.all()
    assert other.id == two

    assert other.story is not None
    await stores.articles.move({"one": other.story})

    assert {article.story for article in await stores.articles.own(7, NOW - 30 * DAY)} == {
        other.story
    }
    together = await stores.articles.story(one.story or StoryId(0), reader=7)
    assert {article.key for article in together} == {"one", "two", "7 own", "7 late"}
    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW), reader=7)
    assert snapshot.story_started_at == {other.story: NOW - HOUR}


async def test_an_address_is_read_once_for_all_and_once_for_each_reader(stores: Stores) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    await stores.sources.add(a_source(owner=8), now=NOW)
    with pytest.raises(Conflict):
        await stores.sources.add(a_source(owner=7), now=NOW)
    public = await stores.sources.add(a_source(), now=NOW)
    with pytest.raises(Conflict):
        await stores.sources.add(a_source(owner=9), now=NOW)

    assert {source.owner for source in await stores.sources.own()} == {7, 8}
    assert await stores.sources.all() == (public,)
    assert set(await stores.sources.all(reader=7)) == {public, mine}
    assert len(await stores.sources.due(NOW, limit=9)) == 3


async def test_only_the_health_of_what_one_reads_is_told(stores: Stores) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    outcome = SourceOutcome(source=mine.id, checked_at=NOW, next_check_at=NOW, error="gone")
    await stores.articles.add([], outcome)

    window = Window(NOW - DAY, NOW)
    assert (await stores.articles.snapshot(window, reader=7)).health == Health(1, 1)
    assert (await stores.articles.snapshot(window, reader=8)).health == Health(0, 0)


async def test_an_own_source_is_removed_and_switched_by_its_owner_with_its_articles(
    stores: Stores,
) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    await add(stores, an_article("7 own", owner=7, source=mine.id))
    url = mine.url

    assert not await stores.sources.remove(url)
    assert not await stores.sources.remove(url, owner=8)
    assert not await stores.sources.enable(url, False)
    assert await stores.sources.enable(url, False, owner=7)
    assert await stores.sources.due(NOW, limit=9) == ()
    assert await stores.sources.remove(url, owner=7)
    assert await stores.articles.own(7, NOW - 30 * DAY) == ()


async def test_an_adopted_source_is_read_anew_for_everybody(stores: Stores) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    outcome = SourceOutcome(
        source=mine.id, checked_at=NOW, next_check_at=NOW + DAY, etag="e", body_hash="h"
    )
    own = an_article("7 own", owner=7, source=mine.id)
    await stores.articles.add([Placed(own, -1)], outcome)

    assert not await stores.sources.adopt(SourceId(10_000))
    assert await stores.sources.adopt(mine.id)
    assert not await stores.sources.adopt(mine.id)

    (public,) = await stores.sources.all()
    assert (public.owner, public.etag, public.body_hash) == (None, None, None)
    assert await stores.sources.due(NOW, limit=9) == (public,)
    assert await stores.articles.own(7, NOW - 30 * DAY) == ()


async def test_what_is_public_already_is_not_adopted(stores: Stores) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    await stores.sources.add(a_source(), now=NOW)

    with pytest.raises(Conflict):
        await stores.sources.adopt(mine.id)


async def test_a_reader_removes_an_own_file_and_nobody_elses(stores: Stores) -> None:
    await add(stores, an_article("public"))
    await add(stores, an_article("7 own", owner=7), an_article("7 own", owner=7, fingerprint="x"))
    (public,) = await stores.articles.all()
    (mine,) = await stores.articles.own(7, NOW - 30 * DAY)

    assert not await stores.articles.remove(public.id, owner=7)
    assert not await stores.articles.remove(mine.id, owner=8)
    assert await stores.articles.remove(mine.id, owner=7)
    assert await stores.articles.own(7, NOW - 30 * DAY) == ()
    assert await stores.articles.search("accord", limit=9, reader=7) == (public,)


async def test_a_deleted_chat_takes_all_that_was_its_own_along(stores: Stores) -> None:
    for chat in (7, 8):
        await stores.chats.save(a_chat(chat))
        mine = await stores.sources.add(a_source(owner=chat), now=NOW)
        await add(stores, an_article(f"{chat} own", owner=chat, source=mine.id))
        await stores.offers.put(chat, "link", "https://a.example", now=NOW)

    await stores.chats.delete(7)

    assert await stores.articles.own(7, NOW - 30 * DAY) == ()
    assert {source.owner for source in await stores.sources.own()} == {8}
    assert len(await stores.articles.own(8, NOW - 30 * DAY)) == 1


async def test_what_belongs_to_nobody_any_more_is_pruned(stores: Stores) -> None:
    await stores.chats.save(a_chat(8))
    for chat in (7, 8):
        mine = await stores.sources.add(a_source(owner=chat), now=NOW)
        await add(stores, an_article(f"{chat} own", owner=chat, source=mine.id))
    await add(stores, an_article("public"))

    await stores.articles.prune(NOW - DAY)

    assert await stores.articles.own(7, NOW - 30 * DAY) == ()
    assert {source.owner for source in await stores.sources.own()} == {8}
    assert (
        len(await stores.articles.own(8, NOW - 30 * DAY)) == len(await stores.articles.all()) == 1
    )


async def test_an_offer_is_good_for_a_day_and_for_its_own_chat(stores: Stores) -> None:
    number = await stores.offers.put(7, "link", "https://a.example", now=NOW)

    assert await stores.offers.get(7, "link", number, now=NOW) == "https://a.example"
    assert await stores.offers.get(8, "link", number, now=NOW) is None
    assert await stores.offers.get(7, "list", number, now=NOW) is None
    assert await stores.offers.get(7, "link", number + 1, now=NOW) is None
    assert await stores.offers.get(7, "link", number, now=NOW + DAY) is None


async def test_only_the_last_twenty_offers_are_kept_and_old_ones_go(stores: Stores) -> None:
    other = await stores.offers.put(8, "link", "other", now=NOW)
    numbers = [await stores.offers.put(7, "link", str(n), now=NOW) for n in range(21)]
    found = [await stores.offers.get(7, "link", number, now=NOW) for number in numbers]
    await stores.offers.put(7, "link", "late", now=NOW + DAY)

    assert found == [None, *map(str, range(1, 21))]
    assert await stores.offers.get(8, "link", other, now=NOW) is None


# --- chats ----------------------------------------------------------------------------------


async def test_a_chat_comes_back_as_it_was_saved(stores: Stores) -> None:
    chat = a_chat(
        -1001234567890,
        thread=12,
        kind="supergroup",
        wish=Wish(
            topics=frozenset({"trade", "aid"}),
            countries=frozenset({"UA"}),
            words=frozenset({"grain"}),
            muted=frozenset({"sport"}),
            read=frozenset({"en", "fr"}),
            minutes=5,
            follow=frozenset({"TR", "IR-US", "s:12"}),
        ),
        schedule=Schedule("Asia/Tokyo", ("07:30", "18:00"), frozenset({0, 4}), ("22:00", "07:00")),
        language="fr",
        saved=("s:12", "a:45", "a:3"),
        alerts=True,
        sound=True,
        pause_reason="holiday",
        paused_until=NOW + DAY,
        owner=6_000_000_000,
    )

    saved = await stores.chats.save(chat)

    assert saved == replace(chat, version=1)
    assert await stores.chats.get(-1001234567890, 12) == saved
    assert await stores.chats.get(-1001234567890) is None


async def test_a_save_over_a_change_is_refused(stores: Stores) -> None:
    first = await stores.chats.save(a_chat())
    await stores.chats.save(replace(first, title="Changed"))

    for stale in (first, a_chat(), a_chat(8, version=1)):
        with pytest.raises(Conflict):
            await stores.chats.save(stale)

    assert (await the_chat(stores, 7)).title == "Changed"


async def test_a_save_cannot_set_the_cursor_back(stores: Stores) -> None:
    read = await stores.chats.save(a_chat())
    await queue(stores, read, "digest")

    with pytest.raises(Conflict):
        await stores.chats.save(replace(read, title="Renamed"))

    assert (await the_chat(stores, 7)).covered_until == NOW


async def test_a_back_up_of_chats_is_brought_back(stores: Stores) -> None:
    there = await stores.chats.save(a_chat(1, title="there"))
    given = [a_chat(1, title="given", version=9), a_chat(2, thread=3)]

    await stores.chats.restore(given)
    await stores.chats.restore([])

    assert await stores.chats.all() == (
        replace(given[0], version=there.version + 1),
        replace(given[1], version=1),
    )


async def test_chats_are_found_by_id_and_by_owner(stores: Stores) -> None:
    for chat in (a_chat(9, owner=1), a_chat(-5, thread=2), a_chat(-5, thread=1)):
        await stores.chats.save(chat)

    assert [(chat.id, chat.thread) for chat in await stores.chats.of(-5)] == [(-5, 1), (-5, 2)]
    assert [chat.id for chat in await stores.chats.owned_by(1)] == [9]
    assert [chat.id for chat in await stores.chats.all()] == [-5, -5, 9]


async def test_due_chats_come_longest_waiting_first(stores: Stores) -> None:
    for id_, next_due_at in ((1, NOW), (2, NOW - HOUR), (3, NOW + MINUTE), (4, None), (5, NOW)):
        await stores.chats.save(a_chat(id_, next_due_at=next_due_at))
    await stores.chats.save(a_chat(6, next_due_at=NOW, active=False))

    assert [alike.chat.id for alike in await stores.chats.due(NOW, limit=2)] == [2, 1]
    longest, others = await stores.chats.due(NOW, limit=9)
    assert longest.to == (Addressee(2, 0, 1),)
    assert others.to == (Addressee(1, 0, 1), Addressee(5, 0, 1))


async def test_a_look_goes_on_behind_the_last_one(stores: Stores) -> None:
    for id_, next_due_at in ((1, NOW), (2, NOW - HOUR), (3, NOW)):
        await stores.chats.save(a_chat(id_, next_due_at=next_due_at))

    behind = await stores.chats.due(NOW, limit=9, after=(NOW - HOUR, 2, 0))
    assert [alike.to for alike in behind] == [(Addressee(1, 0, 1), Addressee(3, 0, 1))]
    assert [one.chat.id for one in await stores.chats.due(NOW, limit=9, after=(NOW, 1, 0))] == [3]
    assert await stores.chats.due(NOW, limit=9, after=(NOW, 3, 0)) == ()


async def who_is_alike(stores: Stores) -> list[list[int]]:
    due = await stores.chats.due(NOW + 9 * DAY, limit=99)
    return [[one.chat for one in alike.to] for alike in due]


async def test_those_are_alike_who_want_and_know_the_same(stores: Stores) -> None:
    wish = Wish(topics=frozenset({"war"}), words=frozenset({"grain", "corn"}))
    for id_ in (1, 2, 3):
        await stores.chats.save(a_chat(id_, wish=wish, title=f"Chat {id_}", saved=(f"a:{id_}",)))
    await stores.chats.save(a_chat(4, wish=wish, language="de"))
    assert await who_is_alike(stores) == [[1, 2, 3], [4]]

    story, told = StoryId(1), ("a sentence",)
    for id_, stories in ((1, (story,)), (2, (story,)), (3, ())):
        await queue(
            stores, await the_chat(stores, id_), shown_stories=stories, shown_sentences=told
        )
    (german, *_), same, other = await who_is_alike(stores)
    assert (german, same, other) == (4, [1, 2], [3])
    alike = (await stores.chats.due(NOW + 9 * DAY, limit=99))[1]
    assert alike.chat.wish == wish
    assert (await stores.chats.shown([alike.chat]))[1, 0].stories == {story: date(2026, 8, 25)}


async def test_what_was_shown_counts_after_a_backup_and_a_move_too(stores: Stores) -> None:
    for id_ in (-1, -2, -3):
        await stores.chats.save(a_chat(id_, kind="supergroup"))
    told = await queue(stores, await the_chat(stores, -1), shown_sentences=("a sentence",))
    await stores.chats.restore([told])
    for id_ in (-2, -3):
        cursor = {"next_due_at": told.next_due_at, "covered_until": told.covered_until}
        await stores.chats.save(replace(await the_chat(stores, id_), **cursor))
    assert await who_is_alike(stores) == [[-3, -2], [-1]]

    await stores.chats.move(-1, -2)

    assert await who_is_alike(stores) == [[-3], [-2]]


async def test_one_digest_is_mailed_to_those_who_are_as_they_were_read(stores: Stores) -> None:
    ada, bob, changed = [await stores.chats.save(a_chat(id_)) for id_ in (1, 2, 3)]
    await stores.chats.save(changed)
    to = [Addressee(one.id, 0, one.version) for one in (ada, bob, changed)]
    digest = a_digest(ada, "one", "two")
    mailing = Mailing(
        local_date=digest.slot.local_date,
        at=digest.slot.at,
        due_at=NOW,
        messages=digest.messages,
        digest=digest.digest,
        shown_stories=(),
        shown_sentences=("a sentence",),
        covered_until=NOW,
        next_due_at=NOW + DAY,
        to=(to[0], to[1]._replace(not_before=NOW + HOUR), to[2]),
    )

    assert await stores.ledger.mail([mailing]) == 2
    assert await stores.ledger.mail([mailing]) == 0

    assert await claimed(stores) == ("one",)
    assert await claimed(stores, NOW + HOUR) == ("one",)
    assert (await the_chat(stores, 2)).next_due_at == NOW + DAY
    assert (await the_chat(stores, 3)).next_due_at == NOW
    assert len(await stores.chats.shown([ada, bob, changed])) == 2


async def test_a_paused_chat_is_due_again_when_its_pause_is_over(stores: Stores) -> None:
    await stores.chats.save(a_chat(next_due_at=NOW, paused_until=NOW + DAY))

    assert await stores.chats.due(NOW + DAY - MINUTE, limit=1) == ()
    assert [alike.chat.id for alike in await stores.chats.due(NOW + DAY, limit=1)] == [7]


async def test_shown_history_keeps_the_first_day(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    quiet = await stores.chats.save(a_chat(8))
    one, two = StoryId(1), StoryId(2)
    chat = await queue(stores, chat, day=24, shown_stories=(one,), shown_sentences=("a",))
    chat = await queue(
        stores, chat, day=25, shown_stories=(one, two, two), shown_sentences=("a", "b", "b")
    )

    shown = await stores.chats.shown([chat, quiet])

    assert shown.keys() == {(7, 0)}
    assert shown[7, 0].stories == {one: date(2026, 8, 24), two: date(2026, 8, 25)}
    assert shown[7, 0].sentences == {"a", "b"}


async def test_a_deleted_chat_leaves_nothing(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    await stores.chats.save(a_chat(-9, owner=7))
    chat = await queue(stores, chat, "text", shown_stories=(StoryId(1),), shown_sentences=("a",))

    await stores.chats.delete(7)

    assert await stores.chats.of(7) == ()
    assert await stores.chats.shown([chat]) == {}
    assert await stores.ledger.last(7, 0) is None
    assert await claimed(stores) == ()
    assert (await stores.ledger.totals())["waiting"] == 0
    assert (await the_chat(stores, -9)).owner is None


async def test_a_move_takes_everything_along_once(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(-7, kind="group"))
    await queue(stores, chat, "text", shown_stories=(StoryId(1),), shown_sentences=("a",))

    for _ in range(2):
        await stores.chats.move(-7, -100)
    await stores.chats.move(-100, -100)

    moved = await the_chat(stores, -100)
    assert moved.kind == "supergroup"
    assert await stores.chats.of(-7) == ()
    assert (await stores.chats.shown([moved]))[-100, 0].sentences == {"a"}
    last = await stores.ledger.last(-100, 0)
    assert last is not None
    assert last[0].chat == -100
    assert [one.chat for one in await stores.ledger.claim(NOW, limit=5)] == [-100]


async def test_a_move_into_a_known_chat_keeps_what_is_there(stores: Stores) -> None:
    old = await stores.chats.save(a_chat(-7, title="old"))
    await stores.chats.save(a_chat(-7, thread=3, title="topic"))
    new = await stores.chats.save(a_chat(-100, title="new"))
    one, two = StoryId(1), StoryId(2)
    old = await queue(stores, old, "old 24", day=24, shown_stories=(one, two))
    await queue(stores, old, "old 25", day=25, shown_sentences=("a", "b"))
    await queue(stores, new, "new 25", day=25, shown_stories=(two,), shown_sentences=("b",))

    await stores.chats.move(-7, -100)

    assert [chat.title for chat in await stores.chats.all()] == ["new", "topic"]
    shown = (await stores.chats.shown(await stores.chats.of(-100)))[-100, 0]
    assert shown.stories == {one: date(2026, 8, 24), two: date(2026, 8, 25)}
    assert shown.sentences == {"a", "b"}
    assert (await stores.ledger.totals())["waiting"] == 2
    assert await claimed(stores) == ("old 24",)


async def test_one_thread_can_be_deleted_alone(stores: Stores) -> None:
    for thread in (0, 4):
        chat = await stores.chats.save(a_chat(-7, thread=thread))
        await queue(stores, chat, f"thread {thread}")
    await stores.chats.save(a_chat(-9, owner=-7))

    await stores.chats.delete(-7, 4)

    assert [chat.thread for chat in await stores.chats.of(-7)] == [0]
    assert await claimed(stores) == ("thread 0",)
    assert (await the_chat(stores, -9)).owner == -7


async def test_a_move_keeps_what_either_has_saved(stores: Stores) -> None:
    await stores.chats.save(a_chat(-7, saved=("s:1", "s:2"), owner=9))
    await stores.chats.save(a_chat(-100, title="new", saved=("s:2", "s:3")))

    await stores.chats.move(-7, -100)

    moved = await the_chat(stores, -100)
    assert (moved.title, moved.saved, moved.owner) == ("new", ("s:1", "s:2", "s:3"), 9)


async def test_a_move_prefers_settings_that_are_in_use(stores: Stores) -> None:
    old = await stores.chats.save(a_chat(-7, kind="group", title="old", next_due_at=NOW))
    await queue(stores, old, "waits")
    await stores.chats.save(a_chat(-100, kind="supergroup", title="new", active=False))

    await stores.chats.move(-7, -100)

    moved = await the_chat(stores, -100)
    assert (moved.title, moved.kind, moved.active) == ("old", "supergroup", True)
    assert await claimed(stores) == ("waits",)
    assert await stores.chats.of(-7) == ()
    assert (await stores.chats.save(moved)).version == moved.version + 1


async def test_those_who_want_alerts_are_found(stores: Stores) -> None:
    for number, more in enumerate(
        (
            {"alerts": True},
            {"alerts": False},
            {"alerts": True, "active": False},
            {"alerts": True, "kind": "channel"},
            {"alerts": True, "paused_until": NOW + DAY},
            {"alerts": True, "paused_until": NOW},
        ),
        1,
    ):
        await stores.chats.save(a_chat(number, **more))

    assert [chat.id for chat in await stores.chats.alerting(NOW)] == [1, 6]


async def test_a_trouble_is_news_once(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(-7, thread=4))
    assert [await stores.chats.warn(-7, 4, True) for _ in range(2)] == [True, False]
    assert not await stores.chats.warn(-7, 5, True)
    assert await the_chat(stores, -7, 4) == chat
    assert [await stores.chats.warn(-7, 4, False) for _ in range(2)] == [True, False]

    await stores.chats.warn(-7, 4, True)
    await stores.chats.pause(-7, "closed", 4)

    assert await stores.chats.warn(-7, 4, True)


async def test_a_saved_setting_leaves_the_mark_of_a_trouble(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(-7))
    await stores.chats.warn(-7, 0, True)
    await stores.chats.save(replace(chat, title="Changed"))
    assert not await stores.chats.warn(-7, 0, True)


async def test_a_pause_keeps_settings_and_drops_what_waits(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, "one", "two")
    await stores.ledger.claim(NOW, limit=1)

    await stores.chats.pause(7, "blocked")

    paused = await the_chat(stores, 7)
    assert paused == replace(chat, active=False, pause_reason="blocked", version=chat.version + 1)
    assert await stores.chats.due(NOW + 9 * DAY, limit=5) == ()
    assert (await stores.ledger.totals())["dropped"] == 2


async def test_a_pause_of_one_thread_leaves_the_others(stores: Stores) -> None:
    for thread in (0, 4):
        chat = await stores.chats.save(a_chat(-7, thread=thread))
        await queue(stores, chat, f"thread {thread}")

    await stores.chats.pause(-7, "closed", thread=4)

    assert [chat.active for chat in await stores.chats.of(-7)] == [True, False]
    assert await claimed(stores) == ("thread 0",)


async def test_a_pause_does_not_touch_other_chats(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(8))
    await queue(stores, chat, "text")

    await stores.chats.pause(7, "blocked")

    assert await claimed(stores) == ("text",)


# --- the ledger -----------------------------------------------------------------------------


def an_alert(chat: Chat, number: int, day: int) -> Queued:
    slot = Slot(chat.id, chat.thread, date(2026, 8, day), f"alert {number}", NOW)
    return a_digest(chat, f"alert {number} of {day}", slot=slot)


async def test_alerts_are_counted_by_day_and_are_no_digests(stores: Stores) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat()), "digest")
    other = await stores.chats.save(a_chat(8))
    for number, day in ((1, 24), (1, 25), (2, 25)):
        assert await stores.ledger.enqueue([an_alert(chat, number, day)]) == 1
        chat = await the_chat(stores, 7)

    counts = await stores.ledger.alerts((chat, other), date(2026, 8, 25))

    assert {key: dict(days) for key, days in counts.items()} == {(7, 0): {date(2026, 8, 25): 2}}
    assert await stores.ledger.alerts((), date(2026, 8, 25)) == {}
    last = await stores.ledger.last(7, 0)
    assert last is not None
    assert last[0].at == "07:30"


async def test_the_same_alert_is_queued_once(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    assert await stores.ledger.enqueue([an_alert(chat, 1, 25)]) == 1
    chat = await the_chat(stores, 7)
    assert await stores.ledger.enqueue([an_alert(chat, 1, 25)]) == 0


async def test_an_alert_keeps_no_digest_from_being_the_newest(stores: Stores) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat()), day=20)
    await stores.ledger.enqueue([an_alert(chat, 1, 25)])

    await stores.ledger.prune(datetime(2026, 8, 22, tzinfo=UTC))

    assert await stores.ledger.last(7, 0) is not None


async def test_a_queued_digest_moves_the_cursor(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())

    queued = await queue(stores, chat, "text")

    assert queued == replace(
        chat, covered_until=NOW, next_due_at=NOW + DAY, version=chat.version + 1
    )
    slot = Slot(7, 0, date(2026, 8, 25), "07:30", NOW)
    assert await stores.ledger.last(7, 0) == (slot, '{"day": 25}')


async def test_an_empty_digest_is_recorded_too(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())

    chat = await queue(stores, chat, next_due_at=None)

    assert chat.next_due_at is None
    assert await stores.ledger.last(7, 0) is not None
    assert await claimed(stores) == ()


async def test_a_changed_chat_gets_nothing_and_hurts_no_other(stores: Stores) -> None:
    changed = await stores.chats.save(a_chat(1))
    await stores.chats.save(changed)
    fine = await stores.chats.save(a_chat(2))

    count = await stores.ledger.enqueue(
        [a_digest(changed, "stale"), a_digest(a_chat(3), "unknown"), a_digest(fine, "fine")]
    )

    assert count == 1
    assert await claimed(stores) == ("fine",)
    assert (await the_chat(stores, 1)).covered_until == NOW - DAY


async def test_two_digests_of_one_chat_in_one_call_become_one(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())

    count = await stores.ledger.enqueue(
        [a_digest(chat, "first"), a_digest(chat, "again"), a_digest(chat, "other", day=26)]
    )

    assert count == 1
    assert await claimed(stores) == ("first",)


async def test_a_slot_that_exists_only_moves_the_next_hour_on(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, "first")
    again = a_digest(chat, "again", next_due_at=NOW + 2 * DAY, covered_until=NOW + HOUR)

    assert await stores.ledger.enqueue([again]) == 0

    after = await the_chat(stores, 7)
    assert (after.next_due_at, after.covered_until) == (NOW + 2 * DAY, NOW)
    assert (await stores.ledger.totals())["waiting"] == 1


async def test_nothing_queued_is_nothing_done(stores: Stores) -> None:
    assert await stores.ledger.enqueue([]) == 0


async def test_two_workers_never_queue_one_digest_twice(stores: Stores) -> None:
    chats = [await stores.chats.save(a_chat(number)) for number in range(20)]
    work = [a_digest(chat, "text") for chat in chats]

    counts = await asyncio.gather(*(stores.ledger.enqueue(work) for _ in range(4)))

    assert sorted(counts) == [0, 0, 0, 20]
    assert (await stores.ledger.totals())["waiting"] == 20


async def test_a_claimed_part_says_all_that_sending_needs(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(-7, thread=3, kind="supergroup"))
    keyboard = ((Button("Why?", data="w:1"), Button("Read", url="https://a.example")),)
    message = Message("<b>text</b>", keyboard, silent=True)
    await queue(stores, chat, messages=(message,))

    (one,) = await stores.ledger.claim(NOW, limit=5)

    assert (one.chat, one.thread, one.kind) == (-7, 3, "supergroup")
    assert one.message == message
    assert one.attempts == 1
    assert (await stores.ledger.totals())["sending"] == 1


async def test_parts_of_a_slot_are_sent_one_after_the_other(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    await queue(stores, chat, "one", "two", "three")

    (one,) = await stores.ledger.claim(NOW, limit=5)
    assert await claimed(stores) == ()
    await stores.ledger.sent(one.id, Sent(1, 7, 0), now=NOW)
    (two,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.fail(two.id, "markup")

    assert (one.message.html, two.message.html) == ("one", "two")
    assert await claimed(stores) == ("three",)


async def test_older_slots_and_chats_go_first(stores: Stores) -> None:
    late = await stores.chats.save(a_chat(1))
    early = await stores.chats.save(a_chat(2))
    await queue(stores, late, "late", day=25)
    early = await queue(stores, early, "early", day=24)
    await queue(stores, early, "early, next day", day=25)

    assert await claimed(stores, limit=1) == ("early",)
    assert await claimed(stores) == ("late",)
    assert await claimed(stores) == ()


async def test_one_chat_has_one_message_under_way(stores: Stores) -> None:
    for thread in (1, 2):
        chat = await stores.chats.save(a_chat(-7, thread=thread))
        await queue(stores, chat, f"thread {thread}")

    (first,) = await stores.ledger.claim(NOW, limit=5)
    assert await claimed(stores) == ()
    await stores.ledger.sent(first.id, Sent(1, -7, 1), now=NOW)

    assert await claimed(stores) == ("thread 2",)


async def test_workers_claim_different_parts(stores: Stores) -> None:
    for number in range(30):
        await queue(stores, await stores.chats.save(a_chat(number)), f"{number}")

    claims = await asyncio.gather(*(stores.ledger.claim(NOW, limit=10) for _ in range(5)))

    ids = [one.id for claim in claims for one in claim]
    assert len(ids) == len(set(ids)) == 30


async def test_an_inactive_chat_gets_nothing(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, "text")
    await stores.chats.save(replace(chat, active=False))

    assert await claimed(stores) == ()


async def test_a_postponed_chat_waits_in_all_its_threads(stores: Stores) -> None:
    for id_, thread in ((-7, 1), (-7, 2), (8, 0)):
        chat = await stores.chats.save(a_chat(id_, thread=thread))
        await queue(stores, chat, f"{id_}/{thread}")
    first, other = await stores.ledger.claim(NOW, limit=5)

    await stores.ledger.postpone(first.id, NOW + HOUR, "slow down", counts=False)
    await stores.ledger.postpone(other.id, NOW + MINUTE, "no connection", counts=True)

    assert await claimed(stores, NOW) == ()
    (again,) = await stores.ledger.claim(NOW + MINUTE, limit=5)
    assert (again.message.html, again.attempts) == ("8/0", 2)
    (later,) = await stores.ledger.claim(NOW + HOUR, limit=5)
    assert (later.message.html, later.attempts) == ("-7/1", 1)


async def test_a_shorter_wait_does_not_end_a_longer_one(stores: Stores) -> None:
    chats = [await stores.chats.save(a_chat(-7, thread=thread)) for thread in (1, 2)]
    for chat in chats:
        await queue(stores, chat, f"thread {chat.thread}")
    (first,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.postpone(first.id, NOW + HOUR, "slow down", counts=False)
    await stores.ledger.postpone(first.id, NOW + MINUTE, "slow down", counts=False)

    assert await claimed(stores, NOW + MINUTE) == ("thread 1",)


async def test_what_has_arrived_is_never_sent_again(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    await queue(stores, chat, "text")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.sent(one.id, Sent(42, 7, 0), now=NOW)

    await stores.ledger.postpone(one.id, NOW, "late news", counts=True)
    await stores.ledger.uncertain(one.id, "late news", resend_at=NOW)
    await stores.ledger.fail(one.id, "late news")

    assert await claimed(stores, NOW + DAY) == ()
    assert (await stores.ledger.totals())["sent"] == 1


async def test_a_part_of_a_chat_paused_meanwhile_is_dropped(stores: Stores) -> None:
    for number in (1, 2):
        await queue(stores, await stores.chats.save(a_chat(number)), "text")
    first, second = await stores.ledger.claim(NOW, limit=5)
    for number in (1, 2):
        await stores.chats.pause(number, "stopped")

    await stores.ledger.postpone(first.id, NOW, "slow down", counts=False)
    await stores.ledger.uncertain(second.id, "no answer", resend_at=NOW)
    for number in (1, 2):
        await stores.chats.save(replace(await the_chat(stores, number), active=True))

    assert await claimed(stores, NOW + DAY) == ()


async def test_an_uncertain_part_is_sent_once_more_and_silently(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    await queue(stores, chat, "text", "next")
    (one,) = await stores.ledger.claim(NOW, limit=5)

    await stores.ledger.uncertain(one.id, "no answer", resend_at=NOW + HOUR)
    assert await claimed(stores, NOW) == ()
    (again,) = await stores.ledger.claim(NOW + HOUR, limit=5)
    await stores.ledger.uncertain(again.id, "no answer", resend_at=NOW + 2 * HOUR)

    assert not one.message.silent
    assert (again.id, again.message.silent, again.attempts) == (one.id, True, 2)
    assert await claimed(stores, NOW + DAY) == ("next",)
    totals = await stores.ledger.totals()
    assert (totals["uncertain"], totals["uncertain_ever"]) == (1, 1)


async def test_a_postponed_resend_stays_silent(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    await queue(stores, chat, "text")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.uncertain(one.id, "no answer", resend_at=NOW)
    await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.postpone(one.id, NOW + HOUR, "slow down", counts=True)

    (again,) = await stores.ledger.claim(NOW + HOUR, limit=5)

    assert (again.message.silent, again.attempts) == (True, 3)


async def test_an_uncertain_part_without_a_time_is_not_sent_again(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    await queue(stores, chat, "text", "next")
    (one,) = await stores.ledger.claim(NOW, limit=5)

    await stores.ledger.uncertain(one.id, "no answer", resend_at=None)

    assert await claimed(stores, NOW + DAY) == ("next",)


async def test_a_crash_leaves_uncertain_parts(stores: Stores) -> None:
    for number in (1, 2):
        await queue(stores, await stores.chats.save(a_chat(number)), f"{number}", "next")
    await stores.ledger.claim(NOW, limit=5)

    assert await stores.ledger.recover(now=NOW, resend_at=NOW + HOUR) == 2
    assert await stores.ledger.recover(now=NOW, resend_at=NOW + HOUR) == 0

    again = await stores.ledger.claim(NOW + HOUR, limit=5)
    assert [(one.message.html, one.message.silent) for one in again] == [("1", True), ("2", True)]
    assert await stores.ledger.recover(now=NOW + HOUR, resend_at=NOW + DAY) == 2
    assert await claimed(stores, NOW + 2 * DAY) == ("next", "next")


async def test_totals_name_every_state(stores: Stores) -> None:
    assert await stores.ledger.totals() == {
        "waiting": 0,
        "sending": 0,
        "sent": 0,
        "uncertain": 0,
        "failed": 0,
        "dropped": 0,
        "uncertain_ever": 0,
    }


async def test_troubles_come_latest_first_and_a_page_at_a_time(stores: Stores) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat()), "a", day=24)
    await queue(stores, chat, "b", "c", day=25)
    assert await stores.ledger.troubles(limit=5) == ()
    for number, lose in enumerate((stores.ledger.fail, None, stores.ledger.fail)):
        (one,) = await stores.ledger.claim(NOW, limit=1)
        if lose is None:
            await stores.ledger.uncertain(one.id, f"reason {number}", resend_at=None)
        else:
            await lose(one.id, f"reason {number}")

    first = await stores.ledger.troubles(limit=2)
    rest = await stores.ledger.troubles(limit=2, offset=2)

    found = [(t.state, t.error, t.slot.local_date.day, t.slot.at) for t in (*first, *rest)]
    assert found == [
        ("failed", "reason 2", 25, "07:30"),
        ("uncertain", "reason 1", 25, "07:30"),
        ("failed", "reason 0", 24, "07:30"),
    ]
    assert {(t.slot.chat, t.slot.thread, t.attempts) for t in first} == {(7, 0, 1)}


async def test_a_failed_part_waits_again_once(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.fail(one.id, "too long")

    assert await stores.ledger.retry(one.id)
    assert not await stores.ledger.retry(one.id)

    (again,) = await stores.ledger.claim(NOW, limit=5)
    assert (again.id, again.attempts) == (one.id, 2)


async def test_only_what_failed_in_an_active_chat_is_tried_again(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "failed", "sent")
    for end in (stores.ledger.fail, None):
        (one,) = await stores.ledger.claim(NOW, limit=5)
        if end is None:
            await stores.ledger.sent(one.id, Sent(1, 7, 0), now=NOW)
            assert not await stores.ledger.retry(one.id)
        else:
            await end(one.id, "too long")
    (failed,) = await stores.ledger.troubles(limit=5)
    await stores.chats.pause(7, "asked for")

    assert not await stores.ledger.retry(failed.id)
    assert not await stores.ledger.retry(PartId(4711))


async def test_the_longest_wait_is_that_of_an_active_chat(stores: Stores) -> None:
    assert await stores.ledger.waiting_since() is None
    chat = await queue(stores, await stores.chats.save(a_chat()), "text", day=24)
    await queue(stores, chat, "text", day=25)
    assert await stores.ledger.waiting_since() == NOW - DAY
    assert await stores.ledger.backlog() == 2

    await stores.chats.pause(7, "asked for")

    assert await stores.ledger.waiting_since() is None
    assert await stores.ledger.backlog() == 0


async def test_a_broadcast_reaches_each_active_chat_once(stores: Stores) -> None:
    for chat in (
        a_chat(1),
        a_chat(-2, thread=5, kind="supergroup"),
        a_chat(-2, thread=9, kind="supergroup"),
        a_chat(3, active=False),
        a_chat(-4, kind="channel"),
        a_chat(5, paused_until=NOW + DAY),
        a_chat(6, paused_until=NOW - DAY),
    ):
        await stores.chats.save(chat)
    message = Message("<b>news</b>", ((Button("More", url="https://a.example"),),), silent=True)

    assert await stores.ledger.broadcast(message, mark="1", now=NOW) == 3
    assert await stores.ledger.broadcast(message, mark="1", now=NOW + MINUTE) == 0

    claimed = await stores.ledger.claim(NOW, limit=9)
    assert {(one.chat, one.thread) for one in claimed} == {(1, 0), (-2, 5), (6, 0)}
    assert {one.message for one in claimed} == {message}
    await stores.chats.save(a_chat(8))
    assert await stores.ledger.broadcast(message, mark="1", now=NOW) == 1
    assert await stores.ledger.broadcast(message, mark="2", now=NOW) == 4


async def test_no_digest_waits_for_a_broadcast(stores: Stores) -> None:
    chats = [await stores.chats.save(a_chat(number)) for number in (1, 2)]
    await stores.ledger.broadcast(Message("news"), mark="1", now=NOW - HOUR)
    await queue(stores, chats[1], "digest", "its second part")

    assert [await claimed(stores, limit=1) for _ in range(2)] == [("digest",), ("news",)]


async def test_a_broadcast_is_no_digest(stores: Stores) -> None:
    before = await queue(stores, await stores.chats.save(a_chat()), "text", day=24)
    (part,) = await stores.ledger.claim(NOW, limit=1)
    await stores.ledger.sent(part.id, Sent(1, 7, 0), now=NOW)

    assert await stores.ledger.broadcast(Message("news"), mark="1", now=NOW) == 1

    last = await stores.ledger.last(7, 0)
    assert last is not None and last[0].at == "07:30"
    assert await the_chat(stores, 7) == before
    (part,) = await stores.ledger.claim(NOW, limit=1)
    await stores.ledger.fail(part.id, "too long")
    assert [trouble.slot.at for trouble in await stores.ledger.troubles(limit=1)] == ["broadcast 1"]
    await stores.ledger.prune(NOW + DAY)
    assert await stores.ledger.last(7, 0) == last


async def test_news_of_an_unknown_part_are_ignored(stores: Stores) -> None:
    unknown = PartId(4711)

    await stores.ledger.sent(unknown, Sent(1, 7, 0), now=NOW)
    await stores.ledger.postpone(unknown, NOW, "late", counts=True)
    await stores.ledger.fail(unknown, "late")
    await stores.ledger.uncertain(unknown, "late", resend_at=NOW)


async def test_the_last_digest_is_the_latest_due(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, day=25)
    await queue(stores, chat, day=24)

    last = await stores.ledger.last(7, 0)

    assert last is not None
    assert last[0].local_date == date(2026, 8, 25)
    assert await stores.ledger.last(7, 1) is None


async def test_old_digests_are_pruned_but_for_the_newest_and_the_unfinished(
    stores: Stores,
) -> None:
    chat = await stores.chats.save(a_chat())
    other = await stores.chats.save(a_chat(8))
    for day in (20, 21):
        chat = await queue(stores, chat, "text", day=day)
    chat = await queue(stores, chat, day=22)
    await queue(stores, other, "only", day=20)
    for one in await stores.ledger.claim(NOW, limit=5):
        await stores.ledger.sent(one.id, Sent(1, one.chat, 0), now=NOW)

    assert await stores.ledger.prune(NOW) == 1

    totals = await stores.ledger.totals()
    assert (totals["sent"], totals["waiting"]) == (1, 1)
    assert await claimed(stores) == ("text",)
    for number in (7, 8):
        assert await stores.ledger.last(number, 0) is not None


async def test_a_crowd_that_gets_the_same_is_queued_as_each_alone_would_be(stores: Stores) -> None:
    crowd = [await stores.chats.save(a_chat(chat)) for chat in range(1, 13)]
    had = await queue(stores, crowd[0], "earlier", shown_stories=(StoryId(1),))
    changed = await stores.chats.save(replace(crowd[1], title="Anew"))
    told = {"shown_stories": (StoryId(1), StoryId(2)), "shown_sentences": ("a", "b")}
    digests = [a_digest(chat, "one", "two", **told) for chat in (had, *crowd[1:])]

    assert await stores.ledger.enqueue(digests) == 10

    assert (await the_chat(stores, 1)).version == had.version + 1
    assert await the_chat(stores, 2) == changed
    for chat in range(3, 13):
        after = await the_chat(stores, chat)
        assert (after.version, after.covered_until, after.next_due_at) == (2, NOW, NOW + DAY)
        last = await stores.ledger.last(chat, 0)
        assert last == (Slot(chat, 0, date(2026, 8, 25), "07:30", NOW), '{"day": 25}')
    shown = await stores.chats.shown(crowd)
    day = date(2026, 8, 25)
    assert shown[12, 0] == Shown({StoryId(1): day, StoryId(2): day}, frozenset("ab"))
    assert shown[1, 0] == Shown({StoryId(1): day}, frozenset())
    assert 2 not in {chat for chat, _ in shown}
    first = await stores.ledger.claim(NOW, limit=20)
    assert [one.message.html for one in first] == ["earlier"] + ["one"] * 10
    results = {one.id: Sent(1, one.chat, 0) for one in first}
    await stores.ledger.arrived(results, now=NOW)
    assert await claimed(stores, limit=20) == ("two",) * 10


async def test_each_of_a_crowd_waits_for_its_own_turn(stores: Stores) -> None:
    crowd = [await stores.chats.save(a_chat(chat)) for chat in range(1, 13)]
    minutes = [timedelta(minutes=chat.id) for chat in crowd]
    digests = [a_digest(chat, "one") for chat in crowd]
    waiting = [replace(a, not_before=NOW + wait) for a, wait in zip(digests, minutes, strict=True)]

    assert await stores.ledger.enqueue(waiting) == 12

    for wait in minutes:
        now = NOW + wait
        assert await stores.ledger.claim(now - timedelta(seconds=1), limit=20) == ()
        (one,) = await stores.ledger.claim(now, limit=20)
        assert one.chat == wait // timedelta(minutes=1)
        await stores.ledger.arrived({one.id: Sent(1, one.chat, 0)}, now=now)


async def test_a_crowd_may_get_nothing_but_an_empty_digest(stores: Stores) -> None:
    crowd = [await stores.chats.save(a_chat(chat)) for chat in range(1, 13)]

    assert await stores.ledger.enqueue([a_digest(chat) for chat in crowd]) == 12

    assert await stores.ledger.backlog() == 0
    assert (await the_chat(stores, 7)).next_due_at == NOW + DAY


# --- people ---------------------------------------------------------------------------------


async def test_a_letter_is_passed_on_once_and_by_its_chat(stores: Stores) -> None:
    letter = await stores.people.write(7, "words", now=NOW)
    assert letter is not None

    assert await stores.people.pass_on(letter, 8) is None
    assert await stores.people.pass_on(letter, 7) == "words"
    assert await stores.people.pass_on(letter, 7) is None
    assert not await stores.people.withdraw(letter, 7)


async def test_a_withdrawn_letter_is_gone(stores: Stores) -> None:
    letter = await stores.people.write(7, "words", now=NOW)
    assert letter is not None

    assert not await stores.people.withdraw(letter, 8)
    assert await stores.people.withdraw(letter, 7)
    assert await stores.people.pass_on(letter, 7) is None


async def test_three_letters_a_day_are_taken_of_each_chat(stores: Stores) -> None:
    for hour in range(3):
        assert await stores.people.write(7, "words", now=NOW + hour * HOUR)

    assert await stores.people.write(7, "words", now=NOW + 23 * HOUR) is None
    assert await stores.people.write(8, "words", now=NOW + 23 * HOUR)
    assert await stores.people.write(7, "words", now=NOW + 24 * HOUR)


async def test_old_letters_and_those_of_a_deleted_chat_are_gone(stores: Stores) -> None:
    old = await stores.people.write(7, "old", now=NOW)
    young = await stores.people.write(8, "young", now=NOW + 91 * DAY)
    assert old is not None and young is not None

    assert await stores.people.pass_on(old, 7) is None
    await stores.chats.delete(8)
    assert await stores.people.pass_on(young, 8) is None


async def test_who_is_banned_is_told_once(stores: Stores) -> None:
    people = stores.people
    assert await people.standing((7, -100)) == "welcome"

    assert await people.ban(7, now=NOW)
    assert not await people.ban(7, now=NOW)
    assert await people.standing((7, -100)) == "banned"
    await people.told((7, -100))
    assert await people.standing((7, -100)) == "told"
    assert await people.ban(-100, now=NOW)
    assert await people.standing((7, -100)) == "banned"
    assert await people.standing((8,)) == await people.standing(()) == "welcome"

    assert await people.unban(7)
    assert not await people.unban(7)
    assert await people.standing((7,)) == "welcome"


# --- what makes trouble ---------------------------------------------------------------------


async def test_refusals_of_a_chat_are_counted_from_the_first_until_a_message_arrives(
    stores: Stores,
) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat()), "old")
    await queue(stores, chat, "new", day=26)
    for hour in range(2):
        (one,) = await stores.ledger.claim(NOW + hour * HOUR, limit=5)
        assert one.refusals == hour
        until = NOW + (hour + 1) * HOUR
        await stores.ledger.refused(one.id, until, "no rights", now=NOW + hour * HOUR)
    assert await stores.ledger.catch_up(NOW + MINUTE) == 1

    (one,) = await stores.ledger.claim(NOW + 2 * DAY, limit=5)
    assert (one.message.html, one.refusals, one.refused_since) == ("new", 2, NOW)
    await stores.chats.warn(7, 0, False)
    await stores.ledger.postpone(one.id, NOW, "wait", counts=False)
    (one,) = await stores.ledger.claim(NOW + 2 * DAY, limit=5)
    assert (one.refusals, one.refused_since) == (0, None)


async def test_a_chat_may_rest_between_the_parts_of_a_digest(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "one", "two")
    (one,) = await stores.ledger.claim(NOW, limit=5, rested=MINUTE)
    await stores.ledger.sent(one.id, Sent(1, 7, 0), now=NOW)

    assert await stores.ledger.claim(NOW + MINUTE / 2, limit=5, rested=MINUTE) == ()
    (two,) = await stores.ledger.claim(NOW + MINUTE, limit=5, rested=MINUTE)
    assert two.message.html == "two"


async def test_what_is_held_waits_in_all_chats(stores: Stores) -> None:
    for number in (1, 2):
        await queue(stores, await stores.chats.save(a_chat(number)), f"{number}")
    await stores.ledger.hold(NOW + HOUR)
    await stores.ledger.hold(NOW + MINUTE)
    await queue(stores, await stores.chats.save(a_chat(3)), "3")
    assert await claimed(stores, NOW + MINUTE) == ()
    assert await claimed(stores, NOW + HOUR) == ("1", "2", "3")


async def test_a_split_part_keeps_its_place_and_its_keyboard(stores: Stores) -> None:
    keyboard = ((Button("More", data="1:help"),),)
    chat = await stores.chats.save(a_chat())
    messages = (Message("long", keyboard), Message("next"))
    assert await stores.ledger.enqueue([a_digest(chat, messages=messages)]) == 1
    (long,) = await stores.ledger.claim(NOW, limit=5)

    await stores.ledger.flawed(long.id, "long")
    await stores.ledger.split(long.id, ("a", "b", "c"))
    await stores.ledger.split(long.id, ("lost",))  # it is not being sent

    came = []
    while found := await stores.ledger.claim(NOW, limit=5):
        came.append((found[0].message.html, found[0].message.keyboard))
        await stores.ledger.sent(found[0].id, Sent(1, 7, 0), now=NOW)
    assert came == [("a", ()), ("b", ()), ("c", keyboard), ("next", ())]
    assert await stores.ledger.flaws() == {"long": 1}


async def test_old_digests_give_way_to_a_newer_one_and_alone_they_stay(stores: Stores) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat(7)), "one", "two", day=24)
    (lost,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.uncertain(lost.id, "no answer", resend_at=NOW + HOUR)
    await queue(stores, await stores.chats.save(a_chat(8)), "alone", day=24)
    assert await stores.ledger.catch_up(NOW) == 0
    await queue(stores, chat, "newer", day=25)
    assert await stores.ledger.catch_up(NOW - 2 * DAY) == 0
    assert await stores.ledger.catch_up(NOW) == 2
    assert (await stores.ledger.totals())["uncertain"] == 1
    assert await claimed(stores, NOW + DAY) == ("alone", "newer")


async def test_each_lost_part_is_asked_about_once_and_decided_once(stores: Stores) -> None:
    for number in (1, 2):
        await queue(stores, await stores.chats.save(a_chat(number)), f"{number}")
    first, second = await stores.ledger.claim(NOW, limit=5)
    for one in (first, second):
        await stores.ledger.uncertain(one.id, "no answer", resend_at=None)

    assert [one.id for one in await stores.ledger.lost()] == [first.id, second.id]
    assert await stores.ledger.lost() == ()
    assert await stores.ledger.settle(first.id, again=True)
    assert await stores.ledger.settle(second.id, again=False)
    assert not await stores.ledger.settle(second.id, again=True)
    assert await claimed(stores) == ("1",)
    assert (await stores.ledger.totals())["dropped"] == 1


async def test_what_a_paused_chat_may_have_got_is_not_sent_again(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.uncertain(one.id, "no answer", resend_at=None)
    await stores.chats.pause(7, "blocked")
    assert not await stores.ledger.settle(one.id, again=True)


async def test_a_turn_in_a_crowded_hour_is_waited_for(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text", not_before=NOW + MINUTE)
    assert await claimed(stores, NOW) == ()
    assert await claimed(stores, NOW + MINUTE) == ("text",)


async def test_the_first_part_of_a_digest_says_its_hour(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat(language="fr")), "one", "two")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    assert (one.late_from, one.language) == (NOW, "fr")
    await stores.ledger.sent(one.id, Sent(1, 7, 0), now=NOW)
    (two,) = await stores.ledger.claim(NOW, limit=5)
    assert two.late_from is None


async def test_who_is_gone_for_long_is_forgotten_and_who_came_back_is_not(stores: Stores) -> None:
    for id_, thread in ((7, 0), (8, 0), (-9, 1), (-9, 2), (10, 0)):
        await stores.chats.save(a_chat(id_, thread=thread))
    await stores.chats.pause(7, "blocked", now=NOW)
    await stores.chats.pause(8, "blocked", now=NOW)
    await stores.chats.pause(-9, "closed", 1, now=NOW)
    await stores.chats.pause(10, "stopped")
    await stores.chats.pause(7, "blocked again", now=NOW + 9 * DAY)
    await stores.chats.save(replace(await the_chat(stores, 8), active=True))

    assert await stores.chats.purge(NOW) == 0
    assert await stores.chats.purge(NOW + DAY) == 2

    left = [(chat.id, chat.thread) for chat in await stores.chats.all()]
    assert left == [(-9, 2), (8, 0), (10, 0)]


async def test_a_crowd_is_who_is_due_at_one_instant(stores: Stores) -> None:
    for id_ in (1, 2, 3):
        await stores.chats.save(a_chat(id_))
    await stores.chats.save(a_chat(4, next_due_at=NOW + MINUTE))
    await stores.chats.save(a_chat(5, active=False))
    assert await stores.chats.crowd(NOW) == 3


async def test_an_update_is_given_to_one_bot_and_again_when_that_has_died(stores: Stores) -> None:
    claim = stores.updates.claim
    assert await claim(1, now=NOW) == "ours"
    assert not await stores.updates.is_known(1)
    assert await claim(1, now=NOW + 30 * SECOND) == "elsewhere"
    assert await claim(1, now=NOW + 31 * SECOND) == "ours"
    await stores.updates.handled(1, now=NOW + 32 * SECOND)
    assert await claim(1, now=NOW + HOUR) == "handled"


async def test_handled_updates_are_known_for_two_days(stores: Stores) -> None:
    assert not await stores.updates.is_known(1)
    for _ in range(2):
        await stores.updates.handled(1, now=NOW)
    assert await stores.updates.is_known(1)
    await stores.updates.handled(2, now=NOW + 3 * DAY)
    assert not await stores.updates.is_known(1)
    assert await stores.updates.is_known(2)

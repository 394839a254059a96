import asyncio
import gc
import json
from collections import Counter, deque
from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from weakref import WeakSet

import pytest

from digest.compose.due import Due
from digest.deliver.breaker import Breaker
from digest.deliver.flush import flush, recover
from digest.deliver.queueing import plan_anew, queue_due
from digest.errors import (
    BadMessage,
    BotRefused,
    ChatGone,
    ChatMoved,
    ChatRefuses,
    DeliveryError,
    NotSent,
    RetryLater,
    StoreError,
    Uncertain,
)
from digest.ingest.intake import Intake
from digest.model.articles import Article
from digest.model.chats import Chat, Schedule, Wish
from digest.model.delivery import Addressee, Layout, Mailing, Outgoing, PartId, Queued, Sent, Slot
from digest.model.digests import Digest, Health, Snapshot, Window
from digest.model.messages import Message
from digest.model.sources import NewSource, Outlet, SourceOutcome
from digest.model.stories import Placed
from tests.articles import first, new_article
from tests.fakes import (
    FakeArticleStore,
    FakeChatStore,
    FakeClock,
    FakeDatabase,
    FakeLedger,
    FakeMessenger,
    Part,
    Tables,
)
from tests.patience import PATIENCE

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
NOON = Schedule("UTC", ("12:00",))
ADA, BOB, CLEO = 7, 8, 9
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOST = timedelta(minutes=15)  # until a lost message goes out once more


class Desk:
    """A database, a clock, a renderer that notes what it lays out, and a way to chats."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock(NOW)
        self.messenger = FakeMessenger()
        self.intake = Intake(self.database.articles)
        self.laid_out: MutableSequence[tuple[int, Digest, Due]] = []
        self.missed: list[tuple[int, int]] = []  # who got nothing, and how many feeds failed
        self.room: dict[int, int] = {}  # sentences of a story that a chat's pages hold, if few

    async def subscribe(self, chat: int = ADA, **more: object) -> Chat:
        values: dict[str, object] = {
            "id": chat,
            "active": True,
            "schedule": NOON,
            "covered_until": NOW - timedelta(days=1),
            "next_due_at": NOW,
        }
        return await self.database.chats.save(Chat(**(values | more)))  # type: ignore[arg-type]

    async def bring_news(
        self, key: str = "summit", *, story: int = -1, owner: int | None = None
    ) -> None:
        text = (
            f"The ministers met in Ankara on Monday over the {key}.\n\nThey signed it on Tuesday."
        )
        seen_at = self.clock.now() - timedelta(hours=1)
        article = new_article(key, text, first_seen_at=seen_at, owner=owner)
        await self.database.articles.add([Placed(article, story)])

    def render(self, digest: Digest, chat: Chat, due: Due, now: datetime) -> Layout:
        self.laid_out.append((chat.id, digest, due))
        messages = (Message(f"{len(digest.items)} stories for {chat.id}"),)
        room = self.room.get(chat.id)
        return Layout(messages, digest if room is None else first(digest, room))

    async def queue(self) -> int:
        stores = self.database
        return await queue_due(
            clock=self.clock,
            chats=stores.chats,
            articles=stores.articles,
            ledger=stores.ledger,
            grouper=self.intake,
            render=self.render,
            missed=self._note,
        )

    async def _note(self, to: Sequence[Addressee], health: Health) -> None:
        self.missed += [(one.chat, health.failing) for one in to]

    def watch(self) -> "_Watched":
        """See which articles are held."""
        self.database.articles = watched = _Watched(self.database.tables)
        return watched

    def forgets(self) -> None:
        """Keep nothing of what is laid out."""
        self.laid_out = deque(maxlen=0)

    async def bring_apart(self) -> None:
        """Two tellings of one event, placed in two stories."""
        seen_at = self.clock.now() - timedelta(hours=1)
        text = "Turkey and Ukraine agreed in Ankara to extend the grain corridor by ninety days."
        for story, key in enumerate("ab", 1):
            article = new_article(key, f"{text}\n\nSo paper {key} wrote.", first_seen_at=seen_at)
            await self.database.articles.add([Placed(article, -story)])

    async def post(
        self, messages: Sequence[str] = ("<b>Hello</b>",), *, chat: int = ADA, thread: int = 0
    ) -> None:
        """Queue these messages for a subscribed chat."""
        known = await self.database.chats.get(chat, thread)
        assert known is not None
        queued = Queued(
            slot=Slot(chat, thread, NOW.date(), "12:00", NOW),
            messages=tuple(map(Message, messages)),
            digest="{}",
            shown_stories=(),
            shown_sentences=(),
            covered_until=NOW,
            next_due_at=NOW + timedelta(days=1),
            chat_version=known.version,
        )
        assert await self.database.ledger.enqueue([queued]) == 1

    async def send(self, *, resends: bool = True) -> int:
        stores = self.database
        return await flush(
            clock=self.clock,
            ledger=stores.ledger,
            chats=stores.chats,
            messenger=self.messenger,
            resends=resends,
        )

    def fails(self, *errors: DeliveryError, chat: int = ADA) -> None:
        self.messenger = FakeMessenger({chat: errors})

    async def told(self, **more: object) -> list[tuple[str, str]]:
        """Which alarms a flush raises, and which refusals it tells of."""
        told: list[tuple[str, str]] = []

        async def alarmed(alarm: str, reason: str, _not_before: datetime | None = None) -> None:
            told.append((alarm, reason))

        async def refused(part: Outgoing, reason: str) -> None:
            told.append(("refused", reason))

        stores = self.database
        await flush(
            clock=self.clock,
            ledger=stores.ledger,
            chats=stores.chats,
            messenger=self.messenger,
            alarmed=alarmed,
            refused=refused,
            **more,  # type: ignore[arg-type]
        )
        return told

    def part(self, chat: int = ADA, thread: int = 0) -> Part:
        """The first part of the chat's only slot."""
        slots = self.database.tables.parts.values()
        key = (chat, thread)
        return next(p for p in slots if (p.slot.slot.chat, p.slot.slot.thread) == key)

    async def chat(self, chat: int = ADA, thread: int = 0) -> Chat:
        found = await self.database.chats.get(chat, thread)
        assert found is not None
        return found


@pytest.fixture
def desk() -> Desk:
    return Desk()


# --- queueing -------------------------------------------------------------------------------


async def test_stories_are_weighed_again_before_they_are_told() -> None:
    desk = Desk()
    await desk.subscribe()
    await desk.bring_apart()

    assert await desk.queue() == 1

    ((_, digest, _),) = desk.laid_out
    assert [len(item.articles) for item in digest.items] == [2]


async def test_nobody_is_due_before_the_hour(desk: Desk) -> None:
    await desk.subscribe(next_due_at=NOW + timedelta(minutes=1))
    assert await desk.queue() == 0


async def test_who_is_due_gets_a_digest_and_the_next_appointment(desk: Desk) -> None:
    await desk.subscribe()
    await desk.bring_news()
    assert await desk.queue() == 1
    chat = await desk.chat()
    assert (chat.covered_until, chat.next_due_at) == (NOW, NOW + timedelta(days=1))
    assert desk.part().message.html == "1 stories for 7"


async def test_chats_that_want_the_same_share_one_composition(desk: Desk) -> None:
    await desk.subscribe(ADA)
    await desk.subscribe(BOB)
    await desk.subscribe(CLEO, wish=Wish(minutes=1))
    await desk.bring_news()
    assert await desk.queue() == 3
    assert [chat for chat, _, _ in desk.laid_out] == [ADA, CLEO]
    assert desk.part(BOB).message is desk.part(ADA).message


async def test_one_composition_is_laid_out_once_for_each_way_of_showing_it(desk: Desk) -> None:
    await desk.subscribe(ADA)
    await desk.subscribe(BOB, language="de")
    await desk.subscribe(CLEO, schedule=replace(NOON, quiet=("11:00", "13:00")))
    await desk.bring_news()
    assert await desk.queue() == 3
    ada, bob, cleo = (digest for _, digest, _ in desk.laid_out)
    assert ada is bob is cleo
    assert [desk.part(chat).message.silent for chat in (ADA, CLEO)] == [False, True]


@pytest.mark.parametrize("at_once", [1, 2, 3, 4])
async def test_a_crowd_is_queued_in_several_transactions(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("digest.deliver.queueing._DUE_AT_ONCE", at_once)
    for chat in (ADA, BOB, CLEO):
        await desk.subscribe(chat)
    await desk.bring_news()
    assert await desk.queue() == 3
    assert await desk.queue() == 0
    assert [chat for chat, _, _ in desk.laid_out] == [ADA]


@pytest.mark.parametrize(("is_shared", "at_once"), [(True, 2), (False, 1)])
async def test_on_a_server_two_transactions_go_side_by_side(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, is_shared: bool, at_once: int
) -> None:
    monkeypatch.setattr("digest.deliver.queueing._DUE_AT_ONCE", 1)
    desk.database.articles.is_shared = is_shared
    ledger = desk.database.ledger = Slow(desk.database, beside=at_once)
    for chat in (ADA, BOB, CLEO):
        await desk.subscribe(chat)
    assert await desk.queue() == 3
    assert ledger.most == at_once


async def test_what_is_begun_is_stored_when_another_transaction_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.deliver.queueing._DUE_AT_ONCE", 1)
    desk.database.ledger = Slow(desk.database, fails_at=2)
    for chat in (ADA, BOB, CLEO):
        await desk.subscribe(chat)
    with pytest.raises(StoreError):
        await desk.queue()
    assert desk.database.ledger.under_way == 0
    assert await desk.database.ledger.last(CLEO, 0) is not None


class Slow(FakeLedger):
    """A ledger that lets others have their turn while it stores, and may fail at it."""

    def __init__(self, database: FakeDatabase, *, beside: int = 1, fails_at: int = 0) -> None:
        super().__init__(database.tables)
        self.begun = self.under_way = self.most = 0
        self.fails_at = fails_at
        self._beside = beside  # transactions that must be under way before one ends
        self._are_beside = asyncio.Event()

    async def mail(self, mailings: Sequence[Mailing]) -> int:
        self.begun += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        number = self.begun
        if self.under_way == self._beside:
            self._are_beside.set()
        try:
            await asyncio.wait_for(self._are_beside.wait(), PATIENCE)
            for _ in range(100):
                await asyncio.sleep(0)
            if number == self.fails_at:
                raise StoreError("the disk is full")
            return await super().mail(mailings)
        finally:
            self.under_way -= 1


async def test_a_readers_own_articles_are_in_no_digest_but_theirs(desk: Desk) -> None:
    for chat in (ADA, BOB, CLEO):
        await desk.subscribe(chat)
    await desk.subscribe(-ADA, kind="group")
    await desk.bring_news("summit")
    (public,) = await desk.database.articles.all()
    assert public.story is not None
    await desk.bring_news("rumour", story=public.story, owner=ADA)
    await desk.bring_news("leak", owner=CLEO)

    assert await desk.queue() == 4

    told = {chat: [item.headline for item in digest.items] for chat, digest, _ in desk.laid_out}
    counted = {chat: len(digest.items[0].articles) for chat, digest, _ in desk.laid_out}
    assert told[BOB] == told[-ADA] == ["Title of summit"]
    assert set(told[CLEO]) == {"Title of summit", "Title of leak"}
    assert counted == {ADA: 2, BOB: 1, -ADA: 1, CLEO: 1}
    assert [digest.articles_read for chat, digest, _ in desk.laid_out if chat == BOB] == [1]


async def test_a_reader_with_own_articles_may_be_the_only_one_who_is_due(desk: Desk) -> None:
    await desk.subscribe()
    await desk.bring_news("rumour", owner=ADA)

    assert await desk.queue() == 1

    assert [len(digest.items) for _, digest, _ in desk.laid_out] == [1]


async def test_of_readers_with_own_articles_one_edition_is_held_at_a_time(desk: Desk) -> None:
    watched = desk.watch()
    desk.forgets()
    for reader in range(1, 6):
        await desk.subscribe(reader)
        await desk.bring_news(f"rumour {reader}", owner=reader)

    assert await desk.queue() == 5

    assert len(watched.held) == 5
    assert max(watched.held) <= 1


async def test_of_chats_that_began_at_different_instants_few_editions_are_held(desk: Desk) -> None:
    watched = desk.watch()
    desk.forgets()
    await desk.bring_news()
    for chat in range(1, 10):
        began = NOW - timedelta(hours=20, seconds=chat)
        await desk.subscribe(chat, covered_until=began)

    assert await desk.queue() == 9

    assert len(watched.held) == 9
    assert max(watched.held) <= 2


@pytest.mark.parametrize("at_once", [2, 6])
async def test_what_most_share_is_read_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("digest.deliver.queueing._DUE_AT_ONCE", at_once)
    watched = desk.watch()
    await desk.bring_news()
    for chat, zone in enumerate(("UTC", "Africa/Dakar", "Atlantic/Reykjavik") * 2, 1):
        await desk.subscribe(chat, schedule=replace(NOON, zone=zone))

    assert await desk.queue() == 6

    assert len(watched.held) == 1
    assert {digest.window.zone for _, digest, _ in desk.laid_out} == {
        "UTC",
        "Africa/Dakar",
        "Atlantic/Reykjavik",
    }


async def test_nobody_waits_for_the_edition_of_a_reader_with_own_articles(desk: Desk) -> None:
    await desk.subscribe(ADA)
    await desk.subscribe(BOB)
    await desk.bring_news("rumour", owner=ADA)
    desk.database.articles = _Unread(desk.database.tables)

    with pytest.raises(StoreError):
        await desk.queue()

    assert [one.slot.chat for one in desk.database.tables.slots] == [BOB]


class _Unread(FakeArticleStore):
    """What readers have of their own cannot be read."""

    async def snapshot(
        self, window: Window, *, reader: int | None = None, now: datetime | None = None
    ) -> Snapshot:
        if reader is not None:
            raise StoreError("the disk fails")
        return await super().snapshot(window)


class _Watched(FakeArticleStore):
    """Counts at each snapshot how many articles of those before are still held."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self.held: list[int] = []
        self._given: WeakSet[Article] = WeakSet()

    async def snapshot(
        self, window: Window, *, reader: int | None = None, now: datetime | None = None
    ) -> Snapshot:
        found = await super().snapshot(window, reader=reader)
        gc.collect()
        self.held.append(len(self._given))
        articles = tuple(
            _Held(**{f.name: getattr(a, f.name) for f in fields(Article)}) for a in found.articles
        )
        self._given.update(articles)
        return replace(found, articles=articles)


class _Held(Article):
    """An article of which one can tell whether it is still held."""

    __hash__ = object.__hash__


async def test_chats_that_were_shown_different_things_are_composed_for_apart(desk: Desk) -> None:
    await desk.subscribe(ADA)
    await desk.bring_news()
    await desk.queue()
    desk.clock.advance(timedelta(days=1))
    await desk.subscribe(BOB, covered_until=NOW, next_due_at=desk.clock.now())
    await desk.bring_news("treaty", story=1)
    desk.laid_out.clear()
    await desk.queue()
    ada, bob = (digest for _, digest, _ in desk.laid_out)
    assert ada is not bob


async def test_what_was_shown_is_not_told_again(desk: Desk) -> None:
    await desk.subscribe()
    await desk.bring_news()
    await desk.queue()
    history = await desk.database.chats.shown([await desk.chat()])
    first = desk.laid_out[0][1].items[0]
    assert history[ADA, 0].stories == {first.story: NOW.date()}
    assert len(history[ADA, 0].sentences) == len(first.sentences)


async def test_what_had_no_room_is_told_the_next_time(desk: Desk) -> None:
    desk.room = {ADA: 0}
    for chat in (ADA, BOB):
        await desk.subscribe(chat, language="de" if chat == ADA else "en")
    await desk.bring_news()
    await desk.queue()
    history = await desk.database.chats.shown([await desk.chat(chat) for chat in (ADA, BOB)])
    assert [len(history[chat, 0].sentences) for chat in (ADA, BOB)] == [0, 1]
    last = await desk.database.ledger.last(ADA, 0)
    assert last is not None
    assert [len(story["sentences"]) for story in json.loads(last[1])["stories"]] == [0]


async def test_of_several_missed_hours_the_last_is_made_up_for(desk: Desk) -> None:
    await desk.subscribe(next_due_at=NOW - timedelta(days=3))
    desk.clock.advance(timedelta(hours=2))
    assert await desk.queue() == 1
    due = desk.laid_out[0][2]
    assert due == Due(date(2026, 2, 10), "12:00", NOW)
    assert (await desk.chat()).next_due_at == NOW + timedelta(days=1)


async def test_one_slot_is_queued_once_although_the_chat_comes_due_again(desk: Desk) -> None:
    await desk.subscribe()
    await desk.queue()
    await desk.database.chats.save(replace(await desk.chat(), next_due_at=NOW))
    assert await desk.queue() == 0
    assert (await desk.chat()).next_due_at == NOW + timedelta(days=1)
    assert len(desk.database.tables.slots) == 1


@pytest.mark.parametrize("earlier", [timedelta(minutes=30), timedelta(hours=3)])
async def test_where_the_zone_gets_another_offset_no_digest_is_lost(
    desk: Desk, earlier: timedelta
) -> None:
    """Governments announce it days before: what was reckoned is then past the hour, or before it."""
    await desk.subscribe(next_due_at=NOW + earlier)
    await desk.subscribe(BOB, next_due_at=NOW - HOUR)
    desk.clock.advance(-HOUR)
    assert await desk.queue() == 0  # Bob's is to come
    desk.clock.advance(HOUR)
    assert await desk.queue() == 1
    desk.clock.advance(earlier)
    assert await desk.queue() == 1
    assert [(await desk.chat(chat)).next_due_at for chat in (ADA, BOB)] == [NOW + DAY] * 2
    assert await desk.queue() == 0


async def test_a_chat_without_hours_is_passed_over(desk: Desk) -> None:
    await desk.subscribe(schedule=Schedule("UTC"))
    assert await desk.queue() == 0


async def test_a_channel_is_not_told_of_a_quiet_day_but_the_day_is_recorded(desk: Desk) -> None:
    await desk.subscribe(kind="channel")
    assert await desk.queue() == 1
    assert desk.database.tables.parts == {}
    assert await desk.database.ledger.last(ADA, 0) is not None


async def test_who_gets_nothing_since_feeds_are_down_is_named(desk: Desk) -> None:
    url = "https://paper.example/feed"
    source = await desk.database.sources.add(NewSource(url=url, outlet=Outlet("Paper")), now=NOW)
    await desk.subscribe(ADA)
    await desk.subscribe(BOB, kind="channel")
    await desk.queue()
    assert desk.missed == []  # a quiet day
    outcome = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW, error="no answer")
    await desk.database.articles.add((), outcome)
    desk.clock.advance(timedelta(days=1))
    await desk.queue()
    assert desk.missed == [(BOB, 1)]
    await desk.bring_news()
    desk.clock.advance(timedelta(days=1))
    await desk.bring_news("treaty")
    await desk.queue()
    assert desk.missed == [(BOB, 1)]  # an edition says itself that it is thin


async def test_a_person_is_told_of_a_quiet_day(desk: Desk) -> None:
    await desk.subscribe()
    await desk.queue()
    assert desk.part().message.html == "0 stories for 7"


# --- sending --------------------------------------------------------------------------------


async def test_what_comes_in_quiet_hours_makes_no_sound(desk: Desk) -> None:
    await desk.subscribe(schedule=replace(NOON, quiet=("11:00", "13:00")))
    await desk.subscribe(BOB)

    await desk.queue()
    await desk.send()

    sounds = {one.chat: one.message.silent for one in desk.messenger.sent}
    assert sounds == {ADA: True, BOB: False}


async def test_parts_of_a_digest_arrive_in_order(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(["one", "two", "three"])
    assert await desk.send() == 3
    assert desk.messenger.texts(ADA) == ("one", "two", "three")
    assert await desk.send() == 0


async def test_a_stop_claims_nothing_more(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    stores = desk.database
    sent = await flush(
        clock=desk.clock,
        ledger=stores.ledger,
        chats=stores.chats,
        messenger=desk.messenger,
        is_stopping=lambda: True,
    )
    assert (sent, desk.part().state) == (0, "waiting")


async def test_a_chat_that_fails_hurts_no_other(desk: Desk) -> None:
    for chat in (ADA, BOB):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    desk.fails(ChatGone("bot was blocked by the user"))
    assert await desk.send() == 1
    assert desk.part(BOB).state == "sent"


async def test_telegram_may_ask_to_wait_and_that_is_no_attempt(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(RetryLater("Too Many Requests", after=timedelta(seconds=7)))
    assert await desk.send() == 0
    part = desk.part()
    assert (part.state, part.attempts) == ("waiting", 0)
    assert part.not_before is not None
    assert timedelta(0) <= part.not_before - NOW - timedelta(seconds=7) < timedelta(seconds=1)
    desk.clock.advance(timedelta(seconds=8))
    assert await desk.send() == 1


async def test_a_lost_answer_is_asked_for_once_more_without_a_sound(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(Uncertain("timed out"))
    await desk.send()
    assert (desk.part().state, desk.part().not_before) == ("uncertain", NOW + LOST)
    desk.clock.advance(LOST)
    assert await desk.send() == 1
    assert desk.messenger.sent[0].message.silent


async def test_an_answer_lost_twice_is_left_alone(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(Uncertain("timed out"), Uncertain("timed out"))
    await desk.send()
    desk.clock.advance(LOST)
    await desk.send()
    desk.clock.advance(timedelta(days=1))
    assert await desk.send() == 0
    assert desk.part().state == "uncertain"


async def test_who_wants_no_doubles_never_resends(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(Uncertain("timed out"))
    await desk.send(resends=False)
    desk.clock.advance(timedelta(days=1))
    assert await desk.send(resends=False) == 0
    assert desk.part().state == "uncertain"


async def test_a_group_that_became_a_supergroup_gets_its_digest_there(desk: Desk) -> None:
    await desk.subscribe(-5, kind="group")
    await desk.post(chat=-5)
    desk.fails(ChatMoved("migrated", new_id=-1005), chat=-5)
    assert await desk.send() == 1
    assert desk.messenger.sent[0].chat == -1005
    assert (await desk.chat(-1005)).kind == "supergroup"


async def test_a_chat_that_is_gone_is_paused_with_all_its_topics(desk: Desk) -> None:
    await desk.subscribe(-5, thread=0)
    await desk.subscribe(-5, thread=3)
    await desk.post(["one", "two"], chat=-5)
    desk.fails(ChatGone("bot was kicked"), chat=-5)
    assert await desk.send() == 0
    assert desk.part(-5).state == "failed"
    for thread in (0, 3):
        chat = await desk.chat(-5, thread)
        assert (chat.active, chat.pause_reason) == (False, "bot was kicked")
    assert (await desk.database.ledger.totals())["dropped"] == 1


async def test_a_chat_that_refuses_is_asked_again_in_an_hour(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(ChatRefuses("not enough rights"))
    await desk.send()
    part = desk.part()
    assert (part.state, part.attempts) == ("waiting", 1)
    assert part.not_before == NOW + timedelta(hours=1)


async def test_after_a_day_of_refusals_only_that_topic_is_paused(desk: Desk) -> None:
    await desk.subscribe(-5, thread=3)
    await desk.subscribe(-5, thread=4)
    await desk.post(chat=-5, thread=3)
    desk.fails(*[ChatRefuses("TOPIC_CLOSED")] * 25, chat=-5)
    for _ in range(25):
        assert (await desk.chat(-5, 3)).active
        await desk.send()
        desk.clock.advance(timedelta(hours=1))
    assert desk.part(-5, 3).state == "failed"
    assert not (await desk.chat(-5, 3)).active
    assert (await desk.chat(-5, 4)).active


async def test_a_topic_that_refuses_holds_up_no_other_of_its_group(desk: Desk) -> None:
    await desk.subscribe(-5, thread=3)
    await desk.subscribe(-5, thread=4)
    for thread in (3, 4):
        await desk.post(chat=-5, thread=thread)
    desk.fails(ChatRefuses("TOPIC_CLOSED", in_topic=True), chat=-5)
    assert await desk.send() == 1
    assert (desk.part(-5, 3).state, desk.part(-5, 4).state) == ("waiting", "sent")


async def test_a_group_that_refuses_is_asked_in_no_other_topic_for_an_hour(desk: Desk) -> None:
    await desk.subscribe(-5, thread=3)
    await desk.subscribe(-5, thread=4)
    for thread in (3, 4):
        await desk.post(chat=-5, thread=thread)
    desk.fails(ChatRefuses("not enough rights"), chat=-5)
    assert await desk.send() == 0
    assert desk.part(-5, 4).state == "waiting"


async def test_without_a_connection_the_waits_double_up_to_five_minutes(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(*[NotSent("no connection")] * 8)
    waits = []
    for _ in range(8):
        await desk.send()
        wait = (desk.part().not_before or NOW) - desk.clock.now()
        waits.append(wait.total_seconds())
        desk.clock.advance(wait)
    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]
    assert await desk.send() == 1


async def test_however_long_there_is_no_connection_no_part_is_given_up(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(*[NotSent("no connection")] * 100)
    for _ in range(100):
        await desk.send()
        desk.clock.advance(timedelta(minutes=5))
    assert await desk.send() == 1


async def test_markup_that_is_refused_goes_out_as_plain_text(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(['<b>Trade</b> &amp; <a href="https://paper.example">aid</a> &lt; 3'])
    desk.fails(BadMessage("can't parse entities"))
    assert await desk.send() == 1
    assert desk.messenger.texts(ADA) == ("Trade &amp; aid &lt; 3",)


async def test_text_that_is_refused_even_when_plain_is_given_up(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(["<b>one</b>", "two"])
    desk.fails(BadMessage("can't parse entities"), BadMessage("message is too long"))
    assert await desk.send() == 1
    assert (desk.part().state, desk.part().error) == ("failed", "message is too long")
    assert desk.messenger.texts(ADA) == ("two",)


async def test_a_refused_token_stops_all_sending_and_loses_nothing(desk: Desk) -> None:
    for chat in (ADA, BOB):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    desk.fails(BotRefused("Unauthorized"))
    with pytest.raises(BotRefused):
        await desk.send()
    assert (desk.part(ADA).state, desk.part(ADA).attempts) == ("waiting", 0)
    assert desk.part(BOB).state == "sent"


async def test_a_paused_chat_gets_nothing_that_was_queued_before(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    await desk.database.chats.pause(ADA, "stopped")
    assert await desk.send() == 0


class Breaking(FakeMessenger):
    """A way to chats with a fault of ours in it, once."""

    def __init__(self) -> None:
        super().__init__()
        self._is_broken = True

    async def send(self, outgoing: Outgoing) -> Sent:
        if self._is_broken:
            self._is_broken = False
            raise RuntimeError("a fault of ours")
        return await super().send(outgoing)


async def test_what_an_unexpected_fault_cut_short_blocks_its_chat_no_longer_than_a_lost_answer(
    desk: Desk,
) -> None:
    await desk.subscribe()
    await desk.post(["one", "two"])
    desk.messenger = Breaking()
    with pytest.raises(RuntimeError):
        await desk.send()
    assert await desk.send() == 0
    assert (desk.part().state, desk.part().not_before) == ("uncertain", NOW + LOST)
    desk.clock.advance(LOST)
    assert await desk.send() == 2


async def test_what_arrives_while_a_record_is_written_is_recorded_together(desk: Desk) -> None:
    desk.database.ledger = SlowLedger(desk.database.ledger)  # type: ignore[assignment]
    for chat in range(1, 7):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    assert await desk.send() == 6
    assert desk.database.ledger.batches == [1, 5]  # type: ignore[attr-defined]
    assert {desk.part(chat).state for chat in range(1, 7)} == {"sent"}


class SlowLedger:
    """A ledger that takes its time to record what arrived, and notes how much it was each time."""

    def __init__(self, ledger: object) -> None:
        self._ledger = ledger
        self.batches: list[int] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._ledger, name)

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        self.batches.append(len(results))
        for _ in range(10):
            await asyncio.sleep(0)
        await self._ledger.arrived(results, now=now)  # type: ignore[attr-defined]


# --- after a crash --------------------------------------------------------------------------


@pytest.mark.parametrize(("resends", "resend_at"), [(True, NOW + LOST), (False, None)])
async def test_what_a_crash_left_without_an_answer_is_uncertain(
    desk: Desk, resends: bool, resend_at: datetime | None
) -> None:
    await desk.subscribe()
    await desk.post()
    await desk.database.ledger.claim(NOW, limit=1)
    ledger = desk.database.ledger
    assert await recover(clock=desk.clock, ledger=ledger, resends=resends) == 1
    assert (desk.part().state, desk.part().not_before) == ("uncertain", resend_at)
    assert await recover(clock=desk.clock, ledger=ledger) == 0


# --- troubles -------------------------------------------------------------------------------


class Echo(FakeMessenger):
    """Answers as if each message stood elsewhere."""

    def __init__(self, answer: Sent) -> None:
        super().__init__()
        self.answer = answer

    async def send(self, outgoing: Outgoing) -> Sent:
        await super().send(outgoing)
        return self.answer


async def test_a_text_that_is_too_long_goes_out_in_two(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(["one\n\ntwo", "three"])
    desk.fails(BadMessage("too long", flaw="long"))
    assert await desk.send() == 3
    assert desk.messenger.texts(ADA) == ("one", "two", "three")


async def test_a_word_that_is_too_long_is_given_up(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(["word"])
    desk.fails(BadMessage("too long", flaw="long"))
    await desk.send()
    assert desk.part().state == "failed"


async def test_an_empty_text_is_not_tried_twice(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(BadMessage("empty", flaw="empty"))
    assert await desk.send() == 0
    assert (desk.part().state, desk.part().flaw) == ("failed", "empty")


async def test_refused_buttons_are_left_out_and_the_markup_stays(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(BadMessage("BUTTON_URL_INVALID", flaw="buttons"))
    assert await desk.send() == 1
    assert desk.messenger.texts(ADA) == ("<b>Hello</b>",)


async def test_an_answer_without_its_message_is_not_asked_for_again(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.messenger = Echo(Sent(None, ADA, 0))
    assert [alarm for alarm, _ in await desk.told()] == ["unseen"]
    assert (desk.part().state, desk.part().flaw) == ("sent", "unseen")


async def test_a_group_that_answers_from_another_place_is_followed(desk: Desk) -> None:
    await desk.subscribe(-5, kind="group")
    await desk.post(chat=-5)
    desk.messenger = Echo(Sent(1, -1005, 0))
    assert [alarm for alarm, _ in await desk.told()] == ["astray"]
    assert (await desk.chat(-1005)).active


async def test_a_person_who_answers_from_another_place_gets_nothing_more(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.messenger = Echo(Sent(1, BOB, 0))
    assert [alarm for alarm, _ in await desk.told()] == ["astray"]
    assert not (await desk.chat()).active


async def test_a_topic_that_was_passed_over_gets_nothing_more(desk: Desk) -> None:
    await desk.subscribe(-5, kind="supergroup", thread=3)
    await desk.post(chat=-5, thread=3)
    desk.messenger = Echo(Sent(1, -5, 0))
    assert [what for what, _ in await desk.told()] == ["refused", "astray"]
    assert not (await desk.chat(-5, 3)).active


async def test_a_channel_that_is_gone_is_told_of(desk: Desk) -> None:
    await desk.subscribe(-5, kind="channel")
    await desk.post(chat=-5)
    desk.fails(ChatGone("kicked"), chat=-5)
    assert await desk.told() == [("refused", "kicked")]


@pytest.mark.parametrize("error", [RetryLater("wait", after=timedelta(minutes=9)), ChatGone("no")])
async def test_what_stops_all_outlives_a_restart(desk: Desk, error: DeliveryError) -> None:
    for chat in range(101, 121):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    desk.messenger = FakeMessenger({chat: [error] for chat in range(101, 111)})
    assert await desk.told()  # by a breaker that is forgotten with the program
    await desk.subscribe(ADA)
    await desk.post()

    desk.clock.advance(timedelta(minutes=8))
    assert await desk.send() == 0
    desk.clock.advance(timedelta(minutes=2))
    assert await desk.send() > 0


async def test_where_many_are_under_way_results_are_recorded_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, batches = desk.database.ledger, []
    arrived = ledger.arrived

    async def noted(results: Mapping[PartId, Sent], *, now: datetime) -> None:
        batches.append(len(results))
        await arrived(results, now=now)

    monkeypatch.setattr(ledger, "arrived", noted)
    for chat in range(1, 31):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    await desk.told(at_once=40)
    assert batches == [30]


@pytest.mark.parametrize(("failures", "stored"), [(1, 4), (4, 0)])
async def test_what_could_not_be_recorded_is_not_taken_for_stored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failures: int, stored: int
) -> None:
    ledger = desk.database.ledger
    arrived, errors = ledger.arrived, [StoreError("the disk is full")] * failures

    async def failing(results: Mapping[PartId, Sent], *, now: datetime) -> None:
        await asyncio.sleep(0)
        if errors:
            raise errors.pop()
        await arrived(results, now=now)

    monkeypatch.setattr(ledger, "arrived", failing)
    for chat in range(1, 5):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    with pytest.raises(StoreError):
        await desk.told(at_once=40)
    states = Counter(part.state for part in desk.database.tables.parts.values())
    assert (states["sent"], states["sending"]) == (stored, 4 - stored)


async def test_what_arrived_while_the_database_was_away_does_not_arrive_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = desk.database.ledger
    arrived, errors = ledger.arrived, [StoreError("in use by another program")] * 2

    async def failing(results: Mapping[PartId, Sent], *, now: datetime) -> None:
        if errors:
            raise errors.pop()
        await arrived(results, now=now)

    monkeypatch.setattr(ledger, "arrived", failing)
    await desk.subscribe()
    await desk.post(["one", "two"])
    unrecorded: dict[PartId, Sent] = {}
    for _ in range(2):  # nothing more is sent before it can be recorded
        with pytest.raises(StoreError):
            await desk.told(unrecorded=unrecorded)
        assert desk.messenger.texts(ADA) == ("one",)
    await desk.told(unrecorded=unrecorded)
    desk.clock.advance(LOST)
    await desk.told(unrecorded=unrecorded)
    assert desk.messenger.texts(ADA) == ("one", "two")
    assert unrecorded == {}


async def test_three_chats_told_to_wait_stop_all(desk: Desk) -> None:
    wait = RetryLater("wait", after=timedelta(seconds=20))
    for chat in range(101, 141):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    desk.messenger = FakeMessenger({chat: [wait] for chat in (101, 102, 103)})
    breaker = Breaker()
    assert [what for what, _ in await desk.told(breaker=breaker)] == ["storm"]
    assert len(desk.messenger.sent) < 40
    assert await desk.told(breaker=breaker) == []
    desk.clock.advance(timedelta(seconds=21))
    await desk.told(breaker=breaker)
    assert len(desk.messenger.sent) == 40


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RetryLater("wait", after=timedelta(hours=3)), ["wait"]),
        (RetryLater("wait", after=timedelta(hours=3), asked=False), []),
        (RetryLater("wait", after=timedelta(seconds=30), named=False), []),
        (Uncertain("no answer"), []),
        (Uncertain("no JSON", foreign=True), ["foreign"]),
    ],
)
async def test_the_operator_hears_what_is_out_of_the_ordinary(
    desk: Desk, error: DeliveryError, told: list[str]
) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(error)
    assert [what for what, _ in await desk.told()] == told


async def test_where_many_are_refused_alike_nobody_is_paused(desk: Desk) -> None:
    for chat in range(101, 151):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    gone = range(101, 121)
    desk.messenger = FakeMessenger({chat: [ChatGone("blocked")] for chat in gone})
    breaker = Breaker()
    assert await desk.told(breaker=breaker) == [("incident", "blocked")]
    assert all([(await desk.chat(chat)).active for chat in gone])
    desk.clock.advance(timedelta(minutes=10))
    await desk.told(breaker=breaker)
    assert len(desk.messenger.sent) == 50


async def test_in_a_crowded_hour_each_waits_for_its_turn(desk: Desk) -> None:
    for chat in range(1, 1_701):
        await desk.subscribe(chat)
    assert await desk.queue() == 1_700
    waits = Counter(part.not_before for part in desk.database.tables.parts.values())
    assert waits.pop(None) < 40  # whose turn is in the first second
    assert all(at is not None and NOW < at < NOW + timedelta(minutes=2) for at in waits)
    assert len(waits) > 100


async def test_hours_that_a_clock_a_year_ahead_has_planned_are_planned_anew() -> None:
    desk = Desk()
    year = 365 * DAY
    await desk.subscribe(ADA, next_due_at=NOW + year, covered_until=NOW + year)
    await desk.subscribe(BOB, next_due_at=NOW + DAY)
    await desk.subscribe(CLEO, next_due_at=NOW + year, schedule=Schedule("UTC", ()))

    assert await plan_anew(clock=desk.clock, chats=desk.database.chats) == 2

    hours = {chat.id: chat.next_due_at for chat in await desk.database.chats.all()}
    assert hours == {ADA: NOW + DAY, BOB: NOW + DAY, CLEO: None}
    desk.clock.advance(DAY)
    await desk.bring_news()
    await desk.queue()
    assert [(chat, len(digest.items)) for chat, digest, _ in desk.laid_out] == [(ADA, 1), (BOB, 1)]


async def test_who_changes_a_setting_while_hours_are_planned_anew_waits_for_the_next_look() -> None:
    class Busy(FakeChatStore):
        async def planned(self, now: datetime, *, beyond: datetime) -> tuple[Chat, ...]:
            found = await super().planned(now, beyond=beyond)
            for chat in found:
                await self.save(chat)
            return found

    tables = Tables()
    await FakeChatStore(tables).save(Chat(id=ADA, active=True, next_due_at=NOW + 365 * DAY))

    assert await plan_anew(clock=FakeClock(NOW), chats=Busy(tables)) == 0

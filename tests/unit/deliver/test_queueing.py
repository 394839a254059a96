"""Who is due gets a digest queued, once, and chats that want the same share one composition."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from digest.compose.due import Due
from digest.deliver.queueing import plan_anew
from digest.errors import (
    StoreError,
)
from digest.ingest.intake import Intake
from digest.model.chats import Chat, Schedule, Wish
from digest.model.delivery import Layout, Mailing
from digest.model.digests import Digest, Snapshot, Window
from digest.model.sources import NewSource, Outlet, SourceOutcome
from tests.delivery_desk import ADA, BOB, CLEO, NOON, NOW, Desk
from tests.fakes import (
    FakeArticleStore,
    FakeChatStore,
    FakeDatabase,
    FakeLedger,
)
from tests.patience import PATIENCE


@pytest.fixture
def desk() -> Desk:
    return Desk()


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


async def test_places_of_one_zone_have_their_own_heads(desk: Desk) -> None:
    await desk.subscribe(ADA, schedule=replace(NOON, place="Geneva"))
    await desk.subscribe(BOB, schedule=replace(NOON, place="Bern"))
    await desk.subscribe(CLEO, schedule=replace(NOON, place="Bern"))
    await desk.bring_news()
    assert await desk.queue() == 3
    assert [chat for chat, _, _ in desk.laid_out] == [ADA, BOB]


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


class Clumsy(Desk):
    """A desk whose layout breaks at what it is told of."""

    def __init__(self, breaks: Callable[[Digest, Chat], bool]) -> None:
        super().__init__()
        self._breaks = breaks

    def render(self, digest: Digest, chat: Chat, due: Due, now: datetime) -> Layout:
        if self._breaks(digest, chat):
            raise ZeroDivisionError("as it was told")
        return super().render(digest, chat, due, now)

    async def queue(self) -> int:
        """Stories stay as they were brought: they differ in few words."""
        self.intake = Intake(FakeDatabase().articles)
        return await super().queue()

    async def texts(self, chat: int) -> tuple[str, ...]:
        """What waits for the chat, however the look ended."""
        with suppress(ZeroDivisionError):
            await self.queue()
        await self.send()
        return self.messenger.texts(chat)


async def test_a_digest_that_cannot_be_made_hurts_no_other() -> None:
    desk = Clumsy(lambda _digest, chat: chat.id == ADA)
    for chat in (ADA, BOB):
        await desk.subscribe(chat, language=("en", "fr")[chat == ADA])
    await desk.bring_news()
    with pytest.raises(ZeroDivisionError):
        await desk.queue()
    await desk.send()
    assert desk.messenger.texts(BOB) == (f"1 stories for {BOB}",)
    assert (await desk.chat(ADA)).next_due_at == NOW, "who got none is due still"


async def test_a_story_that_cannot_be_told_is_left_out_of_digests() -> None:
    desk = Clumsy(lambda digest, _chat: any("summit" in one.headline for one in digest.items))
    for chat in (ADA, BOB):
        await desk.subscribe(chat, language=("en", "fr")[chat == ADA])
    for number, key in enumerate(("summit", "budget", "border"), 1):
        await desk.bring_news(key, story=-number)
    with pytest.raises(ZeroDivisionError):
        await desk.queue()
    await desk.send()
    for chat in (ADA, BOB):
        assert desk.messenger.texts(chat) == (f"2 stories for {chat}",)


@pytest.mark.parametrize("stories", [1, 9])
async def test_what_cannot_be_told_is_no_quiet_day(stories: int) -> None:
    desk = Clumsy(lambda digest, _chat: bool(digest.items))
    await desk.subscribe()
    for number in range(1, stories + 1):
        await desk.bring_news(f"summit {number}", story=-number)
    assert await desk.texts(ADA) == ()
    assert (await desk.chat()).next_due_at == NOW


@pytest.mark.parametrize("broken", [1, 9])
async def test_a_story_that_cannot_be_read_hurts_no_other(desk: Desk, broken: int) -> None:
    await desk.subscribe()
    await desk.bring_news()
    desk.intake = Intake(FakeDatabase().articles)
    for number in range(2, 2 + broken):
        await desk.bring_news(f"no {number}", story=-number)
    for one in desk.database.tables.revisions.values():
        if "over the no" in one.article.text:
            one.article = replace(one.article, topics=None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        await desk.queue()
    await desk.send()
    is_told = broken == 1
    assert desk.messenger.texts(ADA) == ((f"1 stories for {ADA}",) if is_told else ())


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


async def test_in_a_crowded_hour_each_waits_for_its_turn(desk: Desk) -> None:
    for chat in range(1, 1_701):
        await desk.subscribe(chat)
    assert await desk.queue() == 1_700
    waits = Counter(part.not_before for part in desk.database.tables.parts.values())
    assert waits.pop(None) < 40  # whose turn is in the first second
    assert all(at is not None and NOW < at < NOW + timedelta(minutes=2) for at in waits)
    assert len(waits) > 100


def stores_of(desk: Desk) -> dict[str, Any]:
    names = ("chats", "articles", "ledger")
    return {name: getattr(desk.database, name) for name in names}


@pytest.mark.parametrize("ahead", [DAY, 365 * DAY])
async def test_a_clock_that_was_ahead_costs_no_digest_and_no_news(
    desk: Desk, ahead: timedelta
) -> None:
    await desk.subscribe()
    await desk.queue()
    desk.clock.advance(ahead)
    await desk.bring_news("told then")
    await desk.queue()
    await desk.bring_news("stored then")
    desk.clock.advance(-ahead)

    assert await plan_anew(clock=desk.clock, **stores_of(desk)) == 1

    for day in (1, 2, ahead.days, ahead.days + 2):
        desk.clock.advance(NOW + day * DAY - desk.clock.now())
        await desk.queue()
    made = desk.database.tables.slots
    told = [
        ((one.slot.local_date - NOW.date()).days, one.digest.count('"status": "new"'))
        for one in made
    ]
    if ahead == DAY:  # who has had the digest of that day gets no other
        assert told == [(0, 0), (1, 1), (2, 1), (3, 0)]
    else:
        assert told == [(0, 0), (365, 1), (1, 1), (2, 0), (365, 0), (367, 0)]


async def test_hours_that_a_clock_a_year_ahead_has_planned_are_planned_anew() -> None:
    desk = Desk()
    year = 365 * DAY
    await desk.subscribe(ADA, next_due_at=NOW + year, covered_until=NOW + year)
    await desk.subscribe(BOB, next_due_at=NOW + DAY)
    await desk.subscribe(CLEO, next_due_at=NOW + year, schedule=Schedule("UTC", ()))

    assert await plan_anew(clock=desk.clock, **stores_of(desk)) == 2

    hours = {chat.id: chat.next_due_at for chat in await desk.database.chats.all()}
    assert hours == {ADA: NOW + DAY, BOB: NOW + DAY, CLEO: None}
    desk.clock.advance(DAY)
    await desk.bring_news()
    await desk.queue()
    assert [(chat, len(digest.items)) for chat, digest, _ in desk.laid_out] == [(ADA, 1), (BOB, 1)]


async def test_who_changes_a_setting_while_hours_are_planned_anew_waits_for_the_next_look() -> None:
    class Busy(FakeChatStore):
        async def planned(
            self, now: datetime, *, beyond: datetime, covered: datetime
        ) -> tuple[Chat, ...]:
            found = await super().planned(now, beyond=beyond, covered=covered)
            for chat in found:
                await self.save(chat)
            return found

    desk = Desk()
    desk.database.chats = Busy(desk.database.tables)
    await desk.subscribe(next_due_at=NOW + 365 * DAY)

    assert await plan_anew(clock=desk.clock, **stores_of(desk)) == 0

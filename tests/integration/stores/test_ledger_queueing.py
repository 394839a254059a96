"""What is queued: a digest for a slot, an alert, the same for a crowd, a broadcast."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from digest.model.articles import StoryId
from digest.model.delivery import Sent, Slot
from digest.model.digests import Shown
from digest.model.messages import Button, Message

from .every import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    Stores,
    a_chat,
    a_digest,
    an_alert,
    claimed,
    queue,
    the_chat,
)


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
    await stores.ledger.arrived({part.id: Sent(1, 7, 0)}, now=NOW)

    assert await stores.ledger.broadcast(Message("news"), mark="1", now=NOW) == 1

    last = await stores.ledger.last(7, 0)
    assert last is not None and last[0].at == "07:30"
    assert await the_chat(stores, 7) == before
    (part,) = await stores.ledger.claim(NOW, limit=1)
    await stores.ledger.fail(part.id, "too long")
    assert [trouble.slot.at for trouble in await stores.ledger.troubles(limit=1)] == ["broadcast 1"]
    await stores.ledger.prune(NOW + DAY)
    assert await stores.ledger.last(7, 0) == last

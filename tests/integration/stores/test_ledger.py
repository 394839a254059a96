"""The ledger: what is queued, claimed, sent, and makes trouble."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from digest.model.articles import StoryId
from digest.model.chats import Chat
from digest.model.delivery import PartId, Queued, Sent, Slot
from digest.model.digests import Shown
from digest.model.messages import Button, Message
from tests.postgres import connect, is_here, postgres

from .every import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    SqlStores,
    Stores,
    a_chat,
    a_digest,
    a_source,
    claimed,
    queue,
    sqlite_file,
    the_chat,
    transactions,
)


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
    await stores.ledger.arrived({one.id: Sent(1, 7, 0)}, now=NOW)
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
    await stores.ledger.arrived({first.id: Sent(1, -7, 1)}, now=NOW)

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
    await stores.ledger.arrived({one.id: Sent(42, 7, 0)}, now=NOW)

    await stores.ledger.postpone(one.id, NOW, "late news", counts=True)
    await stores.ledger.uncertain(one.id, "late news", resend_at=NOW)
    await stores.ledger.fail(one.id, "late news")

    assert await claimed(stores, NOW + DAY) == ()
    assert (await stores.ledger.totals())["sent"] == 1


async def test_who_has_lost_a_part_to_another_does_not_postpone_it(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    await queue(stores, chat, "text")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.recover(now=NOW, resend_at=NOW + MINUTE)
    (again,) = await stores.ledger.claim(NOW + MINUTE, limit=5)

    how = {"counts": False, "attempt": one.attempts}
    await stores.ledger.postpone(one.id, NOW, "late news", **how)  # type: ignore[arg-type]

    assert await claimed(stores, NOW + DAY) == ()
    await stores.ledger.postpone(again.id, NOW, "slow down", counts=False, attempt=again.attempts)
    assert await claimed(stores, NOW + DAY) == ("text",)


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


async def test_what_is_known_to_be_refused_waits_again(stores: Stores) -> None:
    for number in (1, 2, 3):
        await queue(stores, await stores.chats.save(a_chat(number)), f"{number}")
    left = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.arrived({left[1].id: Sent(1, 2, 0)}, now=NOW)

    known = {one.id for one in left[:2]}
    assert await stores.ledger.recover(now=NOW, resend_at=None, refused=known) == 1

    (again,) = await stores.ledger.claim(NOW, limit=5)
    assert (again.message.html, again.message.silent, again.attempts) == ("1", False, 1)
    assert (await stores.ledger.totals())["uncertain"] == 1


async def test_what_is_known_to_be_refused_is_dropped_where_its_chat_was_paused(
    stores: Stores,
) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    chat = await the_chat(stores, 7)
    await stores.chats.save(replace(chat, active=False))

    assert await stores.ledger.recover(now=NOW, resend_at=None, refused={one.id}) == 0

    assert (await stores.ledger.totals())["dropped"] == 1


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
            await stores.ledger.arrived({one.id: Sent(1, 7, 0)}, now=NOW)
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


async def test_a_message_tells_which_digest_it_is_of(stores: Stores) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat()), "one", "two", day=24)
    await queue(stores, chat, "three", day=25)
    for number in (101, 102, 103):
        (part,) = await stores.ledger.claim(NOW, limit=1)
        await stores.ledger.arrived({part.id: Sent(number, 7, 0)}, now=NOW)
    await stores.ledger.broadcast(Message("news"), mark="1", now=NOW)
    (part,) = await stores.ledger.claim(NOW, limit=1)
    await stores.ledger.arrived({part.id: Sent(104, 7, 0)}, now=NOW)

    found = [await stores.ledger.of_message(7, number) for number in (101, 102, 103, 104, 105)]

    assert [one and one[1] for one in found] == ['{"day": 24}'] * 2 + ['{"day": 25}', None, None]
    assert found[0] is not None and found[0][0].local_date == date(2026, 8, 24)
    assert await stores.ledger.of_message(8, 101) is None


async def test_news_of_an_unknown_part_are_ignored(stores: Stores) -> None:
    unknown = PartId(4711)

    await stores.ledger.arrived({unknown: Sent(1, 7, 0)}, now=NOW)
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
        await stores.ledger.arrived({one.id: Sent(1, one.chat, 0)}, now=NOW)

    assert await stores.ledger.prune(NOW) == 1

    totals = await stores.ledger.totals()
    assert (totals["sent"], totals["waiting"]) == (1, 1)
    assert await claimed(stores) == ("text",)
    for number in (7, 8):
        assert await stores.ledger.last(number, 0) is not None


async def test_what_is_no_digest_is_pruned_by_age_alone(stores: Stores) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat()), day=20)
    await stores.ledger.enqueue([an_alert(chat, 1, 25)])
    await stores.chats.save(a_chat(8))
    await stores.ledger.broadcast(Message("to all"), mark="1", now=NOW)
    assert await stores.ledger.prune(NOW + DAY) == 0  # while it is to be sent
    for _ in range(2):
        for one in await stores.ledger.claim(NOW, limit=5):
            await stores.ledger.arrived({one.id: Sent(1, one.chat, 0)}, now=NOW)

    assert await stores.ledger.prune(NOW) == 0
    assert await stores.ledger.prune(NOW + DAY) == 3

    assert (await stores.ledger.totals())["sent"] == 0
    assert await stores.ledger.last(7, 0) is not None


async def test_others_write_between_the_digests_that_are_pruned(stores: Stores) -> None:
    crowd = range(1, 4_501)
    await stores.chats.restore([a_chat(chat) for chat in crowd])
    await stores.ledger.broadcast(Message("to all"), mark="1", now=NOW)
    sent = await stores.ledger.claim(NOW, limit=len(crowd))
    await stores.ledger.arrived({one.id: Sent(1, one.chat, 0) for one in sent}, now=NOW)

    with transactions() as ended:
        assert await stores.ledger.prune(NOW + DAY) == len(crowd)

    assert len(ended) >= 3 or not ended  # the fake has none
    assert (await stores.ledger.totals())["sent"] == 0


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
    await stores.chats.warn(7, 0, warned=False)
    await stores.ledger.postpone(one.id, NOW, "wait", counts=False)
    (one,) = await stores.ledger.claim(NOW + 2 * DAY, limit=5)
    assert (one.refusals, one.refused_since) == (0, None)


async def test_a_refusal_may_be_of_one_thread_alone(stores: Stores) -> None:
    for thread in (3, 4):
        await queue(stores, await stores.chats.save(a_chat(thread=thread)), f"{thread}")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.refused(one.id, NOW + HOUR, "TOPIC_CLOSED", now=NOW, alone=True)

    (two,) = await stores.ledger.claim(NOW, limit=5)
    assert (one.thread, two.thread) == (3, 4)
    await stores.ledger.refused(two.id, NOW + HOUR, "no rights", now=NOW)
    assert await stores.ledger.claim(NOW + HOUR - MINUTE, limit=5) == ()


async def test_what_waits_since_a_refusal_can_be_hastened(stores: Stores) -> None:
    for thread in (3, 4):
        await queue(stores, await stores.chats.save(a_chat(thread=thread)), "one", "two")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.refused(one.id, NOW + HOUR, "no rights", now=NOW)

    await stores.ledger.hasten(7, 4)
    (other,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.arrived({other.id: Sent(1, 7, 4)}, now=NOW)
    await stores.ledger.hasten(7, 3)
    (again,) = await stores.ledger.claim(NOW, limit=5)

    assert (one.thread, other.thread, again.id) == (3, 4, one.id)


async def test_without_a_refusal_nothing_is_hastened(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.postpone(one.id, NOW + HOUR, "too many", counts=False)
    await stores.ledger.hasten(7, 0)
    assert await stores.ledger.claim(NOW, limit=5) == ()


async def test_a_refusal_is_counted_where_it_is_recorded(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    with transactions() as ended:
        await stores.ledger.refused(one.id, NOW + HOUR, "no rights", now=NOW)
    assert len(ended) <= 1  # the fake has none


async def test_a_part_goes_behind_one_of_a_day_that_is_later_by_utc(stores: Stores) -> None:
    hour = datetime(2026, 8, 26, 5, tzinfo=UTC)
    chat = await stores.chats.save(a_chat())
    for number, day in ((1, 25), (2, 26)):  # in Honolulu it is the day before
        slot = Slot(chat.id, chat.thread, date(2026, 8, day), f"alert {number}", hour)
        assert await stores.ledger.enqueue([a_digest(chat, f"{number}", slot=slot)]) == 1
        chat = await the_chat(stores, 7)
    (one,) = await stores.ledger.claim(hour, limit=5)
    assert one.message.html == "1"
    await stores.ledger.postpone(one.id, hour + HOUR, "too many", counts=False, alone=True)
    assert await stores.ledger.claim(hour, limit=5) == ()


async def test_a_chat_may_rest_between_the_parts_of_a_digest(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "one", "two")
    (one,) = await stores.ledger.claim(NOW, limit=5, rested=MINUTE)
    await stores.ledger.arrived({one.id: Sent(1, 7, 0)}, now=NOW)

    assert await stores.ledger.claim(NOW + MINUTE / 2, limit=5, rested=MINUTE) == ()
    (two,) = await stores.ledger.claim(NOW + MINUTE, limit=5, rested=MINUTE)
    assert two.message.html == "two"


async def test_the_rest_of_a_digest_waits_for_no_clock_that_was_ahead(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "one", "two")
    (one,) = await stores.ledger.claim(NOW, limit=5, rested=MINUTE)
    await stores.ledger.arrived({one.id: Sent(1, 7, 0)}, now=NOW + 365 * DAY)

    (two,) = await stores.ledger.claim(NOW, limit=5, rested=MINUTE)
    assert two.message.html == "two"


async def test_what_is_held_waits_in_all_chats(stores: Stores) -> None:
    for number in (1, 2):
        await queue(stores, await stores.chats.save(a_chat(number)), f"{number}")
    await stores.ledger.hold(NOW + HOUR)
    await stores.ledger.hold(NOW + MINUTE)
    await queue(stores, await stores.chats.save(a_chat(3)), "3")
    assert await claimed(stores, NOW + MINUTE) == ()
    assert await claimed(stores, NOW + HOUR) == ("1", "2", "3")


async def test_no_wait_is_longer_than_a_day(stores: Stores) -> None:
    """What lies further ahead was reckoned by a clock that has been put right since."""
    for number in (1, 2):
        await queue(stores, await stores.chats.save(a_chat(number)), f"{number}")
    await stores.ledger.hold(NOW + 365 * DAY)
    one, two = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.postpone(one.id, NOW + 365 * DAY, "wait", counts=False)
    await stores.ledger.postpone(two.id, NOW + DAY, "wait", counts=False)
    assert await claimed(stores, NOW) == ("1",)

    await stores.ledger.hold(NOW + DAY)
    assert await claimed(stores, NOW + DAY - SECOND) == ()
    assert await claimed(stores, NOW + DAY) == ("2",)


async def test_a_refusal_of_days_to_come_is_not_the_first(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text")
    for at in (NOW + 365 * DAY, NOW, NOW + HOUR):
        (one,) = await stores.ledger.claim(at, limit=5)
        await stores.ledger.refused(one.id, at, "no rights", now=at)
    (one,) = await stores.ledger.claim(NOW + HOUR, limit=5)
    assert (one.refusals, one.refused_since) == (3, NOW)


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
        await stores.ledger.arrived({found[0].id: Sent(1, 7, 0)}, now=NOW)
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

    for _ in range(2):
        assert [one.id for one in await stores.ledger.lost()] == [first.id, second.id]
    await stores.ledger.asked(first.id)
    assert [one.id for one in await stores.ledger.lost()] == [second.id]
    await stores.ledger.asked(second.id)
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
    await stores.ledger.arrived({one.id: Sent(1, 7, 0)}, now=NOW)
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


async def test_what_was_due_by_a_clock_ahead_was_due_now_and_its_hour_is_free(
    stores: Stores,
) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat()), "old")
    slot = Slot(7, 0, date(2027, 8, 25), "07:30", NOW + 365 * DAY)
    assert await stores.ledger.enqueue([a_digest(chat, "ahead", slot=slot)]) == 1

    assert await stores.ledger.date_back(NOW + MINUTE, beyond=NOW + HOUR) == 1
    assert await stores.ledger.date_back(NOW + MINUTE, beyond=NOW + HOUR) == 0

    chat = await the_chat(stores, 7)
    assert await stores.ledger.enqueue([a_digest(chat, "then", slot=slot)]) == 1
    last = await stores.ledger.last(7, 0)
    assert last is not None and last[0] == slot
    assert await stores.ledger.catch_up(NOW + HOUR) == 2
    assert await stores.ledger.waiting_since() == slot.due_at


async def test_who_had_a_digest_since_is_not_gone_for_long_whatever_a_clock_said(
    stores: Stores,
) -> None:
    await stores.chats.save(a_chat(7, covered_until=NOW))
    await stores.chats.pause(7, "blocked", now=NOW - 60 * DAY)

    assert await stores.chats.purge(NOW) == 0
    assert await stores.chats.purge(NOW + DAY) == 1


async def test_with_who_is_gone_goes_what_was_theirs(stores: Stores) -> None:
    for id_ in (7, 8):
        chat = await stores.chats.save(a_chat(id_))
        await queue(stores, chat, "text", shown_sentences=("a",))
        await stores.sources.add(a_source(owner=id_), now=NOW)
        await stores.chats.save(a_chat(-id_, owner=id_))
    await stores.chats.pause(7, "blocked", now=NOW)

    assert await stores.chats.purge(NOW + DAY) == 1

    assert await stores.ledger.last(7, 0) is None
    assert await stores.ledger.last(8, 0) is not None
    assert [one.owner for one in await stores.sources.own()] == [8]
    assert [(await the_chat(stores, id_)).owner for id_ in (-7, -8)] == [None, 8]


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


async def test_an_update_that_takes_long_stays_with_its_bot(stores: Stores) -> None:
    claim, renew = stores.updates.claim, stores.updates.renew
    await renew(1, now=NOW)
    assert await claim(1, now=NOW) == "ours"
    await renew(1, now=NOW + 20 * SECOND)
    assert await claim(1, now=NOW + 50 * SECOND) == "elsewhere"
    assert await claim(1, now=NOW + 51 * SECOND) == "ours"
    await stores.updates.handled(1, now=NOW + 52 * SECOND)
    await renew(1, now=NOW + 53 * SECOND)
    assert await claim(1, now=NOW + HOUR) == "handled"


async def test_an_update_claimed_by_a_clock_far_ahead_is_not_in_hand(stores: Stores) -> None:
    claim = stores.updates.claim
    assert await claim(1, now=NOW + DAY) == "ours"
    assert await claim(1, now=NOW + DAY - HOUR) == "elsewhere", "clocks differ a little"
    assert await claim(1, now=NOW) == "ours"


async def test_handled_updates_are_known_for_two_days(stores: Stores) -> None:
    assert not await stores.updates.is_known(1)
    for _ in range(2):
        await stores.updates.handled(1, now=NOW)
    assert await stores.updates.is_known(1)
    await stores.updates.handled(2, now=NOW + 3 * DAY)
    assert not await stores.updates.is_known(1)
    assert await stores.updates.is_known(2)


async def _asked(stores: Stores) -> Sequence[tuple[str, Sequence[object]]]:
    """The statements of what is asked again and again, with their values."""
    said: list[tuple[str, Sequence[object]]] = []

    def note(
        _connection: object, _cursor: object, words: str, given: Sequence[object], *_: object
    ) -> None:
        said.append((words, given))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await stores.ledger.recover(now=NOW, resend_at=None)
        await stores.ledger.catch_up(NOW)
        await stores.ledger.claim(NOW, limit=5, rested=MINUTE)
        await stores.ledger.lost()
        await stores.ledger.waiting_since()
        await stores.ledger.backlog()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return said


async def test_what_is_asked_again_and_again_goes_through_no_table_of_all_messages(
    tmp_path: Path,
) -> None:
    async with sqlite_file(tmp_path) as stores:
        await queue(stores, await stores.chats.save(a_chat()), "text")
        said = await _asked(stores)
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        plans = [database.execute(f"EXPLAIN QUERY PLAN {words}", given) for words, given in said]
        steps = [step for plan in plans for *_, step in plan]
    assert len(steps) > len(said)
    assert not [step for step in steps if step in ("SCAN part", "SCAN slot")]
    assert [step for step in steps if "SEARCH its" in step and "local_date>" in step]


# 1,500 chats, each with 30 digests that are kept: the last waits, or is being sent.
KEPT = """
    INSERT INTO chat SELECT (jsonb_populate_record(chat, jsonb_build_object('id', n))).*
        FROM chat, generate_series(100, 1599) AS n;
    INSERT INTO slot SELECT (jsonb_populate_record(slot, jsonb_build_object('chat', chat.id,
        'id', chat.id * 100 + n, 'local_date', local_date - n, 'due_at', due_at - n * interval '1 day'))).*
        FROM slot, chat, generate_series(0, 29) AS n WHERE chat.id >= 100;
    INSERT INTO part SELECT (jsonb_populate_record(part, jsonb_build_object('id', slot.id,
        'slot_id', slot.id, 'due_at', slot.due_at, 'state', CASE WHEN slot.id % 100 > 0 THEN 'sent'
        WHEN slot.chat % 20 = 0 THEN 'sending' ELSE 'waiting' END))).*
        FROM part, slot WHERE slot.chat >= 100;
"""


@pytest.mark.skipif(not is_here(), reason="no PostgreSQL")
async def test_nor_does_a_server_that_has_counted_how_many_wait() -> None:
    async with postgres().database() as url:
        stores = SqlStores(url)
        await queue(stores, await stores.chats.save(a_chat()), "text")
        connection = await connect(url)
        await connection.execute(KEPT)
        await connection.execute("ANALYZE")
        said = await _asked(stores)
        plans = [await connection.fetch(f"EXPLAIN {words}", *given) for words, given in said]
        await connection.close()
        await stores.engine.dispose()
    steps = [step for plan in plans for (step,) in plan]
    assert not [step for step in steps if "Seq Scan on part" in step or "Seq Scan on slot" in step]

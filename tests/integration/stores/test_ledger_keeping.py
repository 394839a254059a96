"""What the ledger knows of what was sent and waits, and what it forgets."""

from datetime import UTC, date, datetime

from digest.model.delivery import Sent, Slot
from digest.model.messages import Message

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
    transactions,
)


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


async def test_the_longest_wait_is_that_of_an_active_chat(stores: Stores) -> None:
    assert await stores.ledger.waiting_since() is None
    chat = await queue(stores, await stores.chats.save(a_chat()), "text", day=24)
    await queue(stores, chat, "text", day=25)
    assert await stores.ledger.waiting_since() == NOW - DAY
    assert await stores.ledger.backlog() == 2

    await stores.chats.pause(7, "asked for")

    assert await stores.ledger.waiting_since() is None
    assert await stores.ledger.backlog() == 0


async def test_the_last_digest_is_the_latest_due(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, day=25)
    await queue(stores, chat, day=24)

    last = await stores.ledger.last(7, 0)

    assert last is not None
    assert last[0].local_date == date(2026, 8, 25)
    assert await stores.ledger.last(7, 1) is None


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


async def test_an_alert_keeps_no_digest_from_being_the_newest(stores: Stores) -> None:
    chat = await queue(stores, await stores.chats.save(a_chat()), day=20)
    await stores.ledger.enqueue([an_alert(chat, 1, 25)])

    await stores.ledger.prune(datetime(2026, 8, 22, tzinfo=UTC))

    assert await stores.ledger.last(7, 0) is not None


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

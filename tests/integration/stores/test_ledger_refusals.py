"""What a chat refuses or Telegram fails, and what is tried again."""

from dataclasses import replace

from digest.model.delivery import PartId, Sent

from .every import DAY, HOUR, MINUTE, NOW, Stores, a_chat, queue, the_chat, transactions


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


async def test_what_waits_for_another_reason_is_not_hastened(stores: Stores) -> None:
    """A closed topic says nothing of the others, nor of a wait that Telegram asked for."""
    for thread in (3, 4):
        await queue(stores, await stores.chats.save(a_chat(thread=thread)), f"{thread}")
    crowded = await stores.chats.save(a_chat(thread=5))
    await queue(stores, crowded, "5", not_before=NOW + HOUR / 2)
    (one,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.refused(one.id, NOW + HOUR, "TOPIC_CLOSED", now=NOW, alone=True)
    (two,) = await stores.ledger.claim(NOW, limit=5)
    await stores.ledger.postpone(two.id, NOW + HOUR / 4, "too many", counts=False)

    for thread in (4, 5):
        await stores.ledger.hasten(7, thread)
    assert await stores.ledger.claim(NOW, limit=5) == ()
    await stores.ledger.hasten(7, 3)
    (again,) = await stores.ledger.claim(NOW, limit=5)
    assert again.id == one.id


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


async def test_a_refusal_of_days_to_come_is_not_the_first(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text")
    for at in (NOW + 365 * DAY, NOW, NOW + HOUR):
        (one,) = await stores.ledger.claim(at, limit=5)
        await stores.ledger.refused(one.id, at, "no rights", now=at)
    (one,) = await stores.ledger.claim(NOW + HOUR, limit=5)
    assert (one.refusals, one.refused_since) == (3, NOW)


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

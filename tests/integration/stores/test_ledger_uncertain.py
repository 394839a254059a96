"""What was sent without an answer: sent once more, asked about, or left."""

from digest.model.delivery import Sent

from .every import DAY, HOUR, NOW, Stores, a_chat, claimed, queue


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

"""What is claimed to be sent, in which order, and what waits meanwhile."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

from digest.model.delivery import PartId, Sent, Slot
from digest.model.messages import Button, Message

from .every import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    Stores,
    a_chat,
    a_digest,
    claimed,
    queue,
    the_chat,
)


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


async def test_the_first_part_of_a_digest_says_its_hour(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat(language="fr")), "one", "two")
    (one,) = await stores.ledger.claim(NOW, limit=5)
    assert (one.late_from, one.language) == (NOW, "fr")
    await stores.ledger.arrived({one.id: Sent(1, 7, 0)}, now=NOW)
    (two,) = await stores.ledger.claim(NOW, limit=5)
    assert two.late_from is None


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


async def test_a_turn_in_a_crowded_hour_is_waited_for(stores: Stores) -> None:
    await queue(stores, await stores.chats.save(a_chat()), "text", not_before=NOW + MINUTE)
    assert await claimed(stores, NOW) == ()
    assert await claimed(stores, NOW + MINUTE) == ("text",)


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


async def test_news_of_an_unknown_part_are_ignored(stores: Stores) -> None:
    unknown = PartId(4711)

    await stores.ledger.arrived({unknown: Sent(1, 7, 0)}, now=NOW)
    await stores.ledger.postpone(unknown, NOW, "late", counts=True)
    await stores.ledger.fail(unknown, "late")
    await stores.ledger.uncertain(unknown, "late", resend_at=NOW)

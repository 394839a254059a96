"""Who is gone for long is forgotten, with what was theirs."""

from dataclasses import replace

from .every import DAY, NOW, Stores, a_chat, a_source, queue, the_chat


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

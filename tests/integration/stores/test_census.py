"""Subscriptions, counted."""

from digest.model.chats import Subscriptions
from digest.model.messages import Message

from .every import DAY, NOW, Stores, a_chat


async def test_subscriptions_are_counted_by_kind(stores: Stores) -> None:
    assert await stores.census.subscriptions() == Subscriptions({}, 0)
    for chat in (
        a_chat(7),
        a_chat(8, active=False),
        a_chat(-5, kind="supergroup"),
        a_chat(-5, thread=3, kind="supergroup"),
    ):
        await stores.chats.save(chat)
    kinds = {"private": 2, "supergroup": 2}
    assert await stores.census.subscriptions() == Subscriptions(kinds, active=3)


async def test_who_hears_a_broadcast_is_counted_as_it_is_queued(stores: Stores) -> None:
    for chat in (
        a_chat(7),
        a_chat(8, active=False),
        a_chat(9, paused_until=NOW + DAY),
        a_chat(10, paused_until=NOW),
        a_chat(-5, kind="supergroup"),
        a_chat(-5, thread=3, kind="supergroup"),
        a_chat(-6, kind="channel"),
    ):
        await stores.chats.save(chat)
    assert await stores.census.hearing(NOW) == 3
    assert await stores.ledger.broadcast(Message("all"), mark="x", now=NOW) == 3

"""Updates that come twice."""

from tests.fault_world import ADA, FaultWorld
from tests.telegram_server import Answer


async def test_U1_update_redelivered(world: FaultWorld) -> None:
    """The bot answers, and dies before Telegram hears that the update was read."""
    ada = world.person()
    await ada.send("/start")
    await world.settled()
    answers = [call.answer for call in world.server.calls("getUpdates")]
    (update,) = [update for answer in answers for update in updates(answer)]
    await world.stop()
    world.server.updates.pending.append(update)
    await world.start()
    await world.settled()
    assert len(world.texts(ADA)) == 1
    assert [chat.id for chat in await world.stores.chats.all()] == [ADA]


def updates(answer: Answer) -> list[dict[str, object]]:
    assert isinstance(answer.body, dict)
    found: list[dict[str, object]] = answer.body["result"]
    return found

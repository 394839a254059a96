"""Telegram asks to wait: one chat, all of them, for long, or in a way that hardly says so."""

from datetime import timedelta

import pytest

from tests.fault_world import ADA, BOB, FaultWorld
from tests.telegram_server import Answer, error

SECOND = timedelta(seconds=1)


def wait(seconds: int) -> Answer:
    return error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


async def test_D30_429_chat(world: FaultWorld) -> None:
    """The chat is tried again when Telegram said, and not before."""
    await world.reader(ADA)
    await world.reader(BOB)
    world.server.fail(answer=wait(7), method="sendMessage", chat_id=ADA)
    await world.tick()
    assert (len(world.texts(ADA)), len(world.texts(BOB))) == (0, 1)
    await world.tick(6 * SECOND)
    assert len(world.tries(ADA)) == 1, "no call before the time"
    await world.tick(2 * SECOND)
    assert len(world.texts(ADA)) == 1
    assert [row["attempts"] for row in await world.rows()] == [1, 1]


async def test_D30_429_chat_delays_nobody_else(world: FaultWorld) -> None:
    """A person's 429 of five minutes: the digest of that chat is given back, the others go."""
    ada = await world.reader(ADA)
    await world.reader(BOB)
    world.server.fail(answer=wait(300), method="sendMessage", chat_id=ADA)
    await ada.send("/help")
    await world.settled()
    await world.tick()
    assert len(world.texts(BOB)) == 1
    assert len(world.tries(ADA)) == 1, "the answer to /help, and no digest yet"


async def test_D31_429_global(world: FaultWorld) -> None:
    """Three chats told to wait stop all, restart or not; owners hear of it afterwards."""
    for id_ in range(100, 180):
        await world.reader(id_)
    for id_ in range(100, 103):
        world.server.fail(answer=wait(20), method="sendMessage", chat_id=id_)
    await world.tick()
    calls = len(world.server.calls("sendMessage"))
    assert calls <= 40, "what was under way, and not the half of what waits"
    await world.tick(19 * SECOND)
    await world.restart()
    await world.tick()
    assert len(world.server.calls("sendMessage")) == calls, "it outlives a restart"
    assert world.told() == "", "no owner is written to meanwhile"
    await world.tick(3 * SECOND)
    assert all(len(world.texts(id_)) == 1 for id_ in range(100, 180))
    assert world.told().count("all wait") == 1


async def test_D32_429_long(world: FaultWorld) -> None:
    """A wait of hours is told to the owners and outlives a restart; the digest says that it is late."""
    await world.reader(ADA)
    await world.reader(BOB)
    world.server.fail(answer=wait(10072), method="sendMessage", chat_id=ADA)
    await world.tick()
    assert "wait for long" in world.told()
    await world.restart()
    await world.tick(10_071 * SECOND)
    assert len(world.tries(ADA)) == 1
    await world.tick(2 * SECOND)
    (text,) = world.texts(ADA)
    assert "25 Aug · 12:02" in text, "its own date"
    assert "Late by 3 hours" in text


@pytest.mark.parametrize("_", [pytest.param(None, id="D33_429_no_param")])
async def test_a_wait_that_is_not_named_doubles(world: FaultWorld, _: None) -> None:
    await world.reader(ADA)
    html = Answer(429, raw=b"<html>slow down</html>", content_type="text/html")
    world.server.fail(answer=html, method="sendMessage", chat_id=ADA, times=3)
    gaps = []
    for _try in range(3):
        await world.tick()
        (row,) = await world.rows()
        gaps.append(round((row["not_before"] - world.clock.now()).total_seconds()))  # type: ignore[operator]
        world.clock.advance(timedelta(seconds=gaps[-1] + 1))
    assert [gap // 10 * 10 for gap in gaps] == [30, 60, 120]
    await world.tick()
    assert len(world.texts(ADA)) == 1


async def test_D34_flood_server(world: FaultWorld) -> None:
    """A refusal that comes slowly is a refusal, no lost answer."""
    await world.reader(ADA)
    slow = error(429, "Too Many Requests: retry after 60", retry_after=60)
    world.server.fail(
        answer=Answer(slow.status, slow.body, delay=3.0), method="sendMessage", chat_id=ADA
    )
    await world.tick()
    assert await world.states() == ["waiting"], "no answer was lost"
    await world.tick(59 * SECOND)
    assert len(world.tries(ADA)) == 1
    await world.tick(3 * SECOND)
    assert len(world.texts(ADA)) == 1

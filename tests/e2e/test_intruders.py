"""What nobody of ours has sent, to the running program: no row changes, one line each on standard error."""

import json

import pytest

from tests.attache_process import Stage
from tests.telegram_server import Message, Person
from tests.telegram_server.entities import bot_commands

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORGED = (
    "",
    "0:topics",
    "2:topics:+:sanctions",
    "1:nonsense",
    "1:topics:+:no-such-topic",
    "1:settings:minutes:7:7",
    "1:schedule:+:2460",
    "1:timezone:set:Mars/Olympus",
    "1:broadcast:send:20260825",
    "1:feed:1:-",
    "1:ban:7",
    "1:topics:+:" + "x" * 54,  # 65 bytes
    "\x00",
)
LINKS = ("s_x", "s_999999", "a_1_x", "a_999_0", "g_x", "g_" + "A" * 43, "follow_xx")


def state(stage: Stage) -> list[tuple[object, ...]]:
    return stage.attache.query("select * from chat order by id, thread")


def refusals(stage: Stage) -> int:
    """How many lines of the log tell of something refused."""
    lines = (json.loads(line) for line in stage.attache.log.splitlines() if line.startswith("{"))
    return sum(line["event"] == "refused" for line in lines)


async def refused_since(stage: Stage, lines: int, expected: int) -> int:
    """How many lines of refusals came since there were so many; the line comes after the answer."""
    await stage.server.wait_for(lambda: refusals(stage) - lines >= expected)
    return refusals(stage) - lines


async def test_forged_data_is_refused_in_words(stage: Stage, ada: Person) -> None:
    page = await stage.set_up(ada)
    before, lines = state(stage), refusals(stage)
    for data in FORGED:
        press = await ada.press_raw(page, data)
        assert (press.is_answered, press.is_alert, bool(press.text)) == (True, True, True), data
    assert state(stage) == before
    assert await refused_since(stage, lines, len(FORGED)) == len(FORGED)


async def test_a_press_replayed_does_nothing_more(stage: Stage, ada: Person) -> None:
    page = await stage.set_up(ada)
    for _ in range(3):
        assert (await ada.press_raw(page, "1:topics:+:sanctions")).is_answered
    await stage.server.settled()
    rows = stage.attache.query("select topics from chat where id = ?", ada.id)
    assert rows == [('["sanctions"]',)]


async def test_forged_links_are_answered_in_words(stage: Stage, ada: Person) -> None:
    await stage.set_up(ada)
    before, lines = state(stage), refusals(stage)
    for link in LINKS:
        answer = await stage.says(ada, f"/start {link}")
        assert "no longer kept" in answer.text or "leads nowhere" in answer.text, link
    assert state(stage) == before
    assert await refused_since(stage, lines, len(LINKS)) == len(LINKS)


async def test_members_and_strangers_change_nothing_in_a_group(stage: Stage, ada: Person) -> None:
    bob = stage.server.user(1000 + ada.id, "Bob")
    group = stage.server.group("Desk", creator=ada, members=[bob], forum=True)
    other = stage.server.group("Elsewhere", creator=bob)
    mark = len(stage.server.transcript)
    stage.server.add_bot(group, by=ada)
    await stage.answer(mark, group)
    topic = stage.server.topic(group)
    before, lines = state(stage), refusals(stage)

    refused = await stage.says(bob, "/setup", chat=group, thread=topic)
    assert "Only administrators" in refused.text
    forged = Message(group.next_id(), group, int(stage.server.now()), bob.user, thread_id=topic)
    forged.sender_chat, forged.text = other, "/setup"
    forged.entities = bot_commands(forged.text)
    group.messages[forged.id] = forged
    mark = len(stage.server.transcript)
    stage.server.deliver(forged)
    assert "Only administrators" in (await stage.answer(mark, group)).text

    assert state(stage) == before
    await stage.server.wait_for(
        lambda: refusals(stage) - lines >= 2
    )  # the line comes after the answer
    assert refusals(stage) - lines == 2


async def test_buttons_of_anothers_group_are_refused(stage: Stage, ada: Person) -> None:
    page = await stage.set_up(ada)
    bob = stage.server.user(2000 + ada.id, "Bob")
    group = stage.server.group("Theirs", creator=bob)
    mark = len(stage.server.transcript)
    stage.server.add_bot(group, by=bob)
    await stage.answer(mark, group)
    await stage.says(bob, "/setup", chat=group)
    before, lines = state(stage), refusals(stage)
    for action in ("topics:+:sanctions", "deletemydata:yes", "stop"):
        press = await ada.press_raw(page, f"1@{group.id}:{action}")
        assert press.is_alert, action
    assert state(stage) == before
    await stage.server.wait_for(
        lambda: refusals(stage) - lines >= 3
    )  # the line comes after the answer
    assert refusals(stage) - lines == 3

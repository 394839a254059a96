"""What becomes of a digest when the program was not running, or ended in the middle of sending."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.attache_process import Stage
from tests.telegram_server import HANG, Message, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

MISSED = timedelta(hours=3)
TWO_TICKS = 12.0  # seconds from the start within which deliveries are looked for twice


async def test_after_a_crash_missed_digests_come_late_and_sent_ones_not_again(
    stage: Stage, ada: Person
) -> None:
    server, bob = stage.server, stage.server.user(201, "Bob")
    for person in (ada, bob):
        await stage.set_up(person)
    await stage.attache.stop()
    for person in (ada, bob):
        _was_due(stage, person)
    server.fail(answer=HANG, method="sendMessage", chat_id=bob.id, after_effect=True)

    await stage.attache.start()
    await server.wait_for(lambda: _digests(stage, ada) and _digests(stage, bob))
    assert "Late by 3 hours" in _digests(stage, ada)[0].text
    await server.wait_for(lambda: _states(stage, ada) == [("sent", 0)])
    await stage.attache.kill()
    in_hand, given_up = [("sending", 0)], [("uncertain", 1)]  # the latter after five seconds
    assert _states(stage, bob) in (in_hand, given_up)

    await stage.attache.start()
    await asyncio.sleep(TWO_TICKS)
    assert _states(stage, bob) == [("uncertain", 1)]
    assert [len(_digests(stage, person)) for person in (ada, bob)] == [1, 1]


def _digests(stage: Stage, person: Person) -> list[Message]:
    return [message for message in stage.server.sent(person) if "since" in message.text]


def _states(stage: Stage, person: Person) -> list[tuple[object, ...]]:
    """State of each part of the person's digests, and whether its answer was ever lost."""
    return stage.attache.query(
        "select state, was_uncertain from part join slot on slot.id = slot_id where chat = ?",
        person.id,
    )


def _was_due(stage: Stage, person: Person) -> None:
    """As if the program had been down since before the reader's hour, and had run the day before."""
    due = (datetime.now(UTC) - MISSED).replace(second=0, microsecond=0)
    local = due.astimezone(ZoneInfo("Europe/London"))
    stage.attache.query(
        "update chat set at = ?, next_due_at = ?, covered_until = ? where id = ?",
        json.dumps([f"{local:%H:%M}"]),
        f"{due:%Y-%m-%d %H:%M:%S}.000000",
        f"{due - timedelta(days=1):%Y-%m-%d %H:%M:%S}.000000",
        person.id,
    )

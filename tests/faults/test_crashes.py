"""The sender is killed at each point of a delivery, and another goes on after it."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import wiring
from bot.run.delivering import Policy
from tests.fault_sender import FULL
from tests.fault_world import ADA, HOUR, FaultWorld
from tests.patience import PATIENCE
from tests.telegram_server import Call

ROOT = Path(__file__).resolve().parents[2]
LATER = timedelta(minutes=16)

# What of two parts arrives, by the policy: every copy of the first, then of the second.
POINTS: list[tuple[str, str, dict[Policy, list[int]]]] = [
    ("C2_crash", "after-commit", {"resend_once": [1, 1], "never": [1, 1]}),
    ("C3_crash", "after-claim", {"resend_once": [1, 1], "never": [0, 1]}),
    ("C4_crash", "request", {"resend_once": [2, 1], "never": [1, 1]}),
    ("C5_crash", "before-result", {"resend_once": [2, 1], "never": [1, 1]}),
    ("C6_crash", "between-parts", {"resend_once": [1, 1], "never": [1, 1]}),
    ("C8_crash", "full", {"resend_once": [2, 1], "never": [1, 1]}),
]


async def crash(world: FaultWorld, point: str) -> int:
    """How a sender ended that was to die at a point."""
    await world.stop()
    process = await asyncio.to_thread(
        subprocess.Popen,
        [
            sys.executable,
            "-m",
            "tests.fault_sender",
            str(world.database.parent),
            world.settings.telegram_base_url,
            point,
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )

    def kill(call: Call) -> None:
        if point == "request" and call.method == "sendMessage" and process.poll() is None:
            process.kill()
            process.wait()

    world.server.watch(kill)
    _, errors = await asyncio.to_thread(process.communicate, None, PATIENCE)
    assert b"canary" not in errors
    return process.returncode


async def go_on(world: FaultWorld, policy: Policy) -> None:
    await world.start()
    object.__setattr__(world.delivery, "policy", policy)
    await world.tick()
    await world.tick(LATER)
    await world.tick(LATER)


def copies(texts: list[str], *parts: str) -> list[int]:
    return [sum(part in text for text in texts) for part in parts]


@pytest.mark.parametrize("policy", ["resend_once", "never"])
@pytest.mark.parametrize("_", [pytest.param(None, id="C1_crash")])
async def test_before_it_is_queued_nothing_has_happened(
    world: FaultWorld, policy: Policy, _: None
) -> None:
    await world.reader(ADA)
    assert await crash(world, "before-commit") == -signal.SIGKILL
    assert world.tries(ADA) == ()
    await go_on(world, policy)
    assert len(world.texts(ADA)) == 1
    assert await world.states() == ["sent"]


@pytest.mark.parametrize("policy", ["resend_once", "never"])
@pytest.mark.parametrize(
    ("point", "arrives"), [pytest.param(point, arrives, id=name) for name, point, arrives in POINTS]
)
async def test_nothing_is_lost_or_out_of_order(
    world: FaultWorld, policy: Policy, point: str, arrives: dict[Policy, list[int]]
) -> None:
    if point == "after-commit":
        await world.reader(ADA)
    else:
        await world.reader(ADA, next_due_at=None)
        await world.post(ADA, "part one", "part two")
    ended = await crash(world, point)
    assert ended == (FULL if point == "full" else -signal.SIGKILL)
    if point == "full":
        assert len(world.tries(ADA)) == 1, "no further sends"
    await go_on(world, policy)
    if point == "after-commit":
        assert len(world.texts(ADA)) == 1
        return
    texts = world.texts(ADA)
    assert copies(texts, "part one", "part two") == arrives[policy]
    # Where nobody resends, the second part has not waited for the first.
    assert texts == sorted(texts), "in order"
    lost = (await world.stores.ledger.totals())["uncertain_ever"]
    assert lost == (point not in ("between-parts",)), "each such case is counted"


@pytest.mark.parametrize("policy", ["resend_once", "never"])
@pytest.mark.parametrize("_", [pytest.param(None, id="C7_crash")])
async def test_a_move_is_done_or_not(world: FaultWorld, policy: Policy, _: None) -> None:
    group = await world.place("group")
    new = world.server.migrate(group)
    world.server.updates.pending.clear()
    world.refused_rightly.add(group.id)
    assert await crash(world, "migration") == -signal.SIGKILL
    await go_on(world, policy)
    chats = [chat.id for chat in await world.stores.chats.all()]
    if policy == "never":  # the refusal was lost with the sender: the next digest tells again
        assert chats == [group.id]
        await world.tick(24 * HOUR)
        chats = [chat.id for chat in await world.stores.chats.all()]
    assert chats == [new.id]
    assert len(world.texts(new.id)) == 1


async def test_U3_two_workers(world: FaultWorld) -> None:
    """Each part is claimed by one of them; a second sender on the database ends at once."""
    for id_ in range(100, 160):
        await world.reader(id_, next_due_at=None)
        await world.post(id_, "the digest")
    async with wiring.open_stores(world.settings.database_url) as other:
        ledgers = (world.stores.ledger, other.ledger)
        now = world.clock.now()
        claims = await asyncio.gather(*(ledgers[n % 2].claim(now, limit=10) for n in range(8)))
    ids = [part.id for claim in claims for part in claim]
    assert len(ids) == len(set(ids)) == 60
    await world.delivery.ledger.recover(now=now, resend_at=now)
    with wiring.only_here(world.settings.database_url):
        assert await crash(world, "none") == 1, "a second sender says so and ends"
    assert world.server.calls("sendMessage") == ()
    await world.start()

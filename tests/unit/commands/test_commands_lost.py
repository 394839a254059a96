"""What owners do about a message of unknown fate, and the count of our own faults."""

from datetime import timedelta

import pytest

from digest.model.delivery import PartId, Queued, Slot
from digest.model.messages import Message
from tests.bot_world import ADA, NOW, OWNER, BotWorld, text


@pytest.fixture
async def lost() -> tuple[BotWorld, PartId]:
    """A part whose answer was lost and that is not sent again."""
    bot = BotWorld()
    chat = await bot.subscribed()
    queued = Queued(
        slot=Slot(ADA, 0, NOW.date(), "07:30", NOW),
        messages=(Message("text"),),
        digest="{}",
        shown_stories=(),
        shown_sentences=(),
        covered_until=NOW,
        next_due_at=NOW + timedelta(days=1),
        chat_version=chat.version,
    )
    await bot.database.ledger.enqueue([queued])
    (part,) = await bot.database.ledger.claim(NOW, limit=1)
    await bot.database.ledger.uncertain(part.id, "no answer", resend_at=None)
    return bot, part.id


@pytest.mark.parametrize(
    ("data", "notice", "state"),
    [
        ("1:retry:{}", "waits to be sent", "waiting"),
        ("1:retry:{}:leave", "left as it is", "dropped"),
    ],
)
async def test_an_owner_decides_once(
    lost: tuple[BotWorld, PartId], data: str, notice: str, state: str
) -> None:
    bot, part = lost
    said = [await bot.sends(data.format(part), chat=OWNER, user=OWNER) for _ in range(2)]
    assert notice in said[0].notice
    assert said[1].alert
    assert bot.database.tables.parts[part].state == state


async def test_nobody_else_decides(lost: tuple[BotWorld, PartId]) -> None:
    bot, part = lost
    await bot.sends(f"1:retry:{part}")
    assert bot.database.tables.parts[part].state == "uncertain"


async def test_our_own_faults_are_counted(lost: tuple[BotWorld, PartId]) -> None:
    bot, part = lost
    await bot.database.ledger.flawed(part, "markup")
    page = text(await bot.asks("errors", chat=OWNER, user=OWNER))
    assert page.startswith("Our own faults so far: markup refused 1")

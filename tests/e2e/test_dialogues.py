"""Every script of tests/dialogues, in turns of the six languages, against one program by long polling."""

import pytest
import pytest_asyncio

from bot.talk.texts import available
from tests.dialogues.play import beyond_limits
from tests.dialogues.script import Dialogue, dialogues
from tests.dialogues.theatre import Outcome, played

pytestmark = pytest.mark.asyncio(loop_scope="module")

TIMES = 1  # languages in which each script is played; the next one is played in the next


def parts() -> list[tuple[Dialogue, str]]:
    """Each script with its languages."""
    languages = available()
    return [
        (dialogue, languages[(TIMES * number + turn) % len(languages)])
        for number, dialogue in enumerate(dialogues())
        for turn in range(TIMES)
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return await played(parts(), tmp_path_factory.mktemp("dialogues"))


async def test_every_step_of_every_dialogue_is_answered_as_written(outcome: Outcome) -> None:
    assert not outcome.failures, "\n\n".join(outcome.failures.values())


async def test_nothing_is_refused_and_no_keyboard_is_beyond_the_limits(outcome: Outcome) -> None:
    assert outcome.server.refused == ()
    assert [one for call in outcome.server.transcript for one in beyond_limits(call)] == []
    assert all(press.is_answered for press in outcome.server.presses.values())
    assert all(query.is_answered for query in outcome.server.inline_queries.values())


async def test_nobody_expected_nothing_that_happened(outcome: Outcome) -> None:
    assert '"level": "error"' not in outcome.log

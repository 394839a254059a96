"""Generated texts through every message; ``python -m tests.quality.messages`` runs 100,000 of them."""

from tests.quality.messages import run

CASES = 1_500


async def test_nothing_generated_is_refused_or_taken_for_markup() -> None:
    tally = await run(CASES, seed=1)

    assert tally.wrong == []
    assert tally.cases == CASES
    assert len(tally.by_command) > 50  # every command among them

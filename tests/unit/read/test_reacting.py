"""Titles that tell what somebody makes of the news."""

import pytest

from digest.read.reacting import reacts


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Uproar in Ruritania after judge sentences 680 to death", True),
        ("Minister calls nuclear ambitions a 'growing threat'", True),
        ("Opposition hits back: capital hammers envoy", True),
        ("Neutral countries watch deadlock over entry", True),
        ("Judge sentences 680 to death", False),
        ("Minister calls for talks on nuclear ambitions", False),
        ("Calls for calm: ‘no troops’ in the streets", False),
    ],
)
def test_a_reaction_is_known_by_its_title(title: str, expected: bool) -> None:
    assert reacts(title) is expected

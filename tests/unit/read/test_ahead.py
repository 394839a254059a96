"""Appointments that articles announce, and those they only seem to."""

from datetime import UTC, date, datetime

import pytest

from digest.model.articles import Span
from digest.read.events.ahead import announced, appointments
from tests.articles import new_article

TUESDAY = date(2026, 8, 25)
THURSDAY = date(2026, 8, 27)
MONDAY = date(2026, 8, 31)
NOON = datetime(2026, 8, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Delegations will meet in Ankara on Thursday to discuss the corridor.", THURSDAY),
        ("Delegations will meet in Ankara Thursday to discuss the corridor.", THURSDAY),
        ("On Thursday, the delegations will meet in Ankara.", THURSDAY),
        ("The foreign minister is due in Ankara on Thursday.", THURSDAY),
        ("The ministers are to meet in Vienna this coming Thursday.", THURSDAY),
        ("The council is scheduled to vote on August 27.", THURSDAY),
        ("A vote is planned for Thursday, officials said.", THURSDAY),
        ("The president plans to visit Tokyo on 27 August 2026.", THURSDAY),
        ("Both sides agreed to meet on Thursday in Ankara.", THURSDAY),
        ("The envoy will fly to Geneva next Monday for more talks.", MONDAY),
        ("On Monday, 31 August, the court will hear the case.", MONDAY),
        ("On 31 August the court will hear the case.", MONDAY),
        ("The talks will be held in Vienna next Monday.", MONDAY),
        ("The treaty will be signed on 27 août in Paris.", THURSDAY),
    ],
)
def test_a_day_to_come_is_found(sentence: str, day: date) -> None:
    assert announced(sentence, TUESDAY) == day


@pytest.mark.parametrize(
    "sentence",
    [
        "Delegations met in Ankara on Thursday to discuss the corridor.",
        "The minister said on Monday that Ankara will host the talks.",
        "Ankara will host the talks, the minister said on Monday.",
        "Ankara will host the talks, the minister Monday said.",
        "The talks, which began on Monday, will resume soon.",
        "The delegations will not meet on Thursday.",
        "The meeting that is planned for Thursday has been postponed.",
        "The minister was due in Ankara on Thursday.",
        "The delegations will meet later this month.",
        "Who will meet in Ankara on Thursday?",
        "On Thursday, the council overrode the veto of a bill, so that an office will be opened.",
        "The envoy will fly to Geneva next Friday for more talks.",
        "The delegations will meet on Tuesday in Ankara.",
        "Ankara will answer the attack of last Thursday.",
        "Ankara will answer by Thursday.",
        "Thursday's attack is expected to be discussed.",
        "The treaty will expire on 27 August 2027.",
        "The treaty will expire on 1 December.",
        "The treaty will expire on 31 September.",
        "The treaty will be read until 27 August.",
        "The delegations will meet " + "in the great hall of the palace " * 6 + "on Thursday.",
    ],
)
def test_what_is_no_sure_appointment_is_none(sentence: str) -> None:
    assert announced(sentence, TUESDAY) is None


def test_january_may_be_announced_in_december() -> None:
    sentence = "The ministers will meet in Davos on 20 January."

    assert announced(sentence, date(2026, 12, 20)) == date(2027, 1, 20)


TEXT = (
    "Ankara and Kyiv spoke of the corridor. The delegations will meet in Ankara on Thursday. "
    "He will visit the harbour on Thursday as well."
)


def test_the_sentence_is_the_proof_and_stands_alone() -> None:
    article = new_article("a", TEXT, published_at=NOON)

    (only,) = appointments(article)

    assert only.day == THURSDAY
    start = TEXT.index("The delegations")
    assert only.span == Span(start, TEXT.index(" He will"))


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("The games are set for Thursday and will last ten days.", 0),
        ("On Thursday the ministers will meet in the palace for talks.", 0),
        ("The games of Riga are set for Thursday and will last ten days.", 1),
        ("Kerry will meet the ministers in the palace on Thursday.", 1),
    ],
)
def test_what_names_nobody_and_nothing_is_announced_to_nobody(sentence: str, count: int) -> None:
    assert len(appointments(new_article("a", sentence, published_at=NOON))) == count


def test_days_are_counted_from_what_dates_the_article() -> None:
    undated = new_article("a", TEXT, published_at=None, first_seen_at=NOON)
    changed = new_article("b", TEXT, published_at=None, modified_at=NOON)
    proven = new_article("c", TEXT, published_at=None, first_seen_at=NOON, date_source="text")

    assert appointments(undated) == ()
    assert [found.day for found in appointments(changed)] == [THURSDAY]
    assert [found.day for found in appointments(proven)] == [THURSDAY]

"""The day on which something happened that a sentence tells."""

from datetime import date

import pytest

from digest.read.events.happened import happened

THURSDAY = date(2012, 12, 6)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Protesters gathered at the palace Tuesday to protest a decree.", date(2012, 12, 4)),
        ("On Saturday, the ministry expelled the envoy.", date(2012, 12, 1)),
        ("The envoy left on Monday in silence and came back on Wednesday.", date(2012, 12, 5)),
        ("The envoy left on Thursday.", THURSDAY),
        ("The ministry froze new trade in the autumn.", None),
        ("The envoy was to leave on Tuesday.", None),
        ("He said that police had fired on Tuesday.", None),
        ("Prisoners fled at the scene of the fire on Tuesday that killed ten.", None),
        ("The envoy spoke of Tuesday's march.", None),
        ("The envoy left behind the Tuesday talks.", None),
        ("On Friday, the envoy tweeted again.", None),  # tomorrow, or six days ago
    ],
)
def test_the_day_is_told_by_weekdays(sentence: str, expected: date | None) -> None:
    assert happened(sentence, THURSDAY) == expected

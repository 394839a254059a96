"""Quotations that run over several sentences."""

import pytest

from digest.read.balance import RUN, running

PLAIN = "The bridges stay open."


@pytest.mark.parametrize(
    ("sentences", "inside"),
    [
        (["Novak said: “We agree.", PLAIN, "We sign.”", PLAIN], [False, True, False, False]),
        (["“We agree.”", PLAIN], [False, False]),
        (["“We agree.", PLAIN, "“We sign.”", PLAIN], [False, True, False, False]),
        (["“We agree.", 'We sign."', PLAIN], [False, False, False]),  # closed by the other mark
        (["“We agree.’’", PLAIN], [False, False]),  # or by two single ones
        (["“We agree.\ufffd?", PLAIN], [False, False]),  # or garbled
        (['Novak said "yes" and left.', PLAIN], [False, False]),
        ([], []),
    ],
)
def test_what_stands_between_the_marks_of_others_is_speech(
    sentences: list[str], inside: list[bool]
) -> None:
    assert running(sentences) == inside


def test_a_quotation_that_never_closes_is_a_slip() -> None:
    found = running(["“We agree.", *[PLAIN] * (RUN + 2)])

    assert found == [False, *[True] * RUN, False, False]

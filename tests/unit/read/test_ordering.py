"""The chosen sentences of several articles in an order that reads."""

import pytest

from digest.read.summary.ordering import in_order

DOCUMENTS = [["a"] * 10, ["b"] * 10, ["c"] * 10]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ((), ()),
        ((2, 0, 5), (0, 2, 5)),  # one article: as they stand there
        ((14, 3, 10), (10, 14, 3)),  # whose beginning is told comes first
        ((20, 0), (20, 0)),  # of two beginnings the better one
        ((28, 8), (28, 8)),  # deep in an article is deep, however far
        ((7, 26), (7, 26)),
        ((27, 15), (15, 27)),
    ],
)
def test_what_introduces_comes_first(chosen: tuple[int, ...], expected: tuple[int, ...]) -> None:
    assert in_order(chosen, DOCUMENTS) == expected

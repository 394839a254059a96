"""Quotations of nobody who is named, and such as are about what only the sentence before tells."""

import pytest

from digest.read.alone.standing import is_dangling


@pytest.mark.parametrize(
    "sentence",
    [
        "“The mayor hopes that Riga keeps its bridge for many years,” a statement said.",
        '"The ferry will leave the port of Riga at noon," a spokesman said.',
        "“Talks about the bridge and the ferry are going on,” a ministry statement said.",
        "“There are two ways over the river,” said a senior official.",
        "“We have shut the bridge and the port for a year,” the statement read.",
    ],
)
def test_a_quotation_of_no_one_dangles(sentence: str) -> None:
    assert is_dangling(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "“Mrs Novak hopes that Riga keeps its bridge for many years,” a statement said.",
        "“The Ferry Guild of Riga is made up of nine ferrymen,” the statement said.",
        "“The mayor hopes that Riga keeps its bridge,” a Latvian statement said.",
        "“The mayor hopes that Riga keeps its bridge,” a statement by the port of Riga said.",
        "“There are two ways over the river,” said an official of the port of Riga.",
        "A statement said that the mayor of Riga hopes for a new bridge.",
    ],
)
def test_a_quotation_whose_issuer_is_told_stands(sentence: str) -> None:
    assert not is_dangling(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "“We see Riga's hand all over this,” Novak said.",
        "“Nothing in the world justifies that,” Mr Novak said on Monday.",
        "“We do not know anything about it,” Novak told the paper in Riga.",
    ],
)
def test_a_short_quotation_that_ends_in_something_untold_dangles(sentence: str) -> None:
    assert is_dangling(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "“We see Riga's hand all over this,” Novak said of the new toll for barges.",
        "“Nothing in the world justifies that,” Novak said when asked about the toll.",
        "“If you own a raft, you did not build that,” Novak said.",
        "“The bridge is old, and we have sold it,” Novak said.",
        "“The mayors of Riga, Vienna and Tallinn all know the river well and nobody else wants this,”"
        " Novak said.",
        "“Nobody in Riga wants a toll on rafts,” Novak said.",
    ],
)
def test_a_quotation_that_tells_what_it_is_about_stands(sentence: str) -> None:
    assert not is_dangling(sentence, "en")

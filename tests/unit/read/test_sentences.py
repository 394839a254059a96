"""Where sentences end, and where they only seem to."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.articles import Span
from digest.read.splitting.sentences import sentences, split

# One case a line in tests/data/sentences/<language>.txt: " | " stands where a sentence ends at a blank,
# "|" where it ends without one.
CASES = tuple(
    pytest.param(file.stem, line, id=f"{file.stem}-{number}")
    for file in sorted((Path(__file__).parents[2] / "data" / "sentences").glob("*.txt"))
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
)
# What the rules decide on, in any order, and any character, a lone surrogate among them.
MARKS = tuple(".!?…。؟\"'“”„«»‘’‚()[] \n\t\u00a0\u200f\u202e\u2066\ud800\x00")
WORDS = (
    "Mr",
    "U.S",
    "Я",
    "г",
    "3",
    "де",
    "中",
    "a",
    "Le",
    "die",
    "said",
    "etc",
    "II",
    "p.m",
    "::",
    "İ",
    "The end",
)
TEXTS = st.lists(st.sampled_from(MARKS + WORDS) | st.characters(), max_size=60).map("".join)
HOSTILE = (
    "a" * 50_000,
    '"a. ' * 12_000,
    "A." * 25_000,
    ". " * 25_000,
    "“" * 50_000,
    "!?" * 25_000,
    "'a. " * 12_000,
    "(“" * 25_000,
    "a.b" * 16_000,
    "." + "”" * 50_000,
    "中。" * 25_000,
    "\ud800. " * 16_000,
    ". \u202e" * 16_000,
    "A " + " " * 50_000 + ". B",
    "«a» " * 12_000,
    "1. " * 16_000,
    "“(" * 12_000 + ")”" * 12_000,
)


@pytest.mark.parametrize(("language", "case"), CASES)
def test_a_sentence_ends_where_a_reader_ends_it(language: str, case: str) -> None:
    text = case.replace(" | ", " ").replace("|", "")

    assert parts(text, language) == case.replace(" | ", "|").split("|")


def test_a_language_without_rules_gets_those_of_all() -> None:
    text = "Dr. Weber kom den 3. Oktober. Han talte."

    assert parts(text, "da") == parts(text, None) == ["Dr. Weber kom den 3. Oktober.", "Han talte."]


def test_a_language_with_a_region_has_the_rules_of_the_language() -> None:
    text = "Der 5. Gipfel begann. Er war kurz."

    assert parts(text, "de-AT") == ["Der 5. Gipfel begann.", "Er war kurz."]


def test_empty_text_has_no_sentence() -> None:
    assert split("") == ()
    assert split("  \n ") == ()


def test_offsets_point_into_the_whole_text() -> None:
    text = "Heading\n\nOne ends. Two ends.\n\nThree ends."
    found = sentences(text, [Span(9, 28), Span(30, 41)], "en")

    assert [text[span.start : span.end] for span in found] == [
        "One ends.",
        "Two ends.",
        "Three ends.",
    ]


@given(TEXTS, st.sampled_from(["en", "ru", "uk", "fr", "de", "es", "tr", "ar", "zh", "xx", None]))
def test_spans_are_ordered_disjoint_trimmed_and_hold_all_but_white_space(
    text: str, language: str | None
) -> None:
    spans = split(text, language)
    found = [text[span.start : span.end] for span in spans]

    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(part and part == part.strip() for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_keeps_every_character(hostile: str) -> None:
    found = split(hostile)

    assert sum(span.end - span.start for span in found) >= len("".join(hostile.split()))


def parts(text: str, language: str | None) -> list[str]:
    return [text[span.start : span.end] for span in split(text, language)]

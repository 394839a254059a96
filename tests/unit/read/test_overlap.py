"""What sentences have in common, against the plain sums over all pairs."""

import math

import numpy as np
import pytest

from digest.read.summary import overlap as overlap_module
from digest.read.summary.overlap import akin, centrality, cosines, document_frequencies, overlap

TEXTS = [
    "Ministers extended the grain corridor.",
    "The minister praised corridors.",
    "Grain corridor, grain corridor.",
    "Weather.",
    "The",
]
WORDS = [
    {"minist", "extend", "grain", "corrid"},
    {"minist", "praise", "corrid"},
    {"grain", "corrid"},
    {"weathe"},
    set(),
]


def cosine(one: int, other: int) -> float:
    common = len(WORDS[one] & WORDS[other])
    return common / math.sqrt(len(WORDS[one]) * len(WORDS[other])) if common else 0


def test_words_that_begin_alike_are_one_and_stop_words_none() -> None:
    found = overlap(TEXTS, "en")

    assert found.sizes.tolist() == [len(words) for words in WORDS]
    assert found.width == 6


def test_characters_of_han_are_words() -> None:
    assert overlap(["北京会谈"], "zh").sizes.tolist() == [4]


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_the_cosines_are_those_of_sets(at: int) -> None:
    expected = [cosine(at, other) for other in range(len(TEXTS))]

    assert cosines(overlap(TEXTS, "en"), at) == pytest.approx(expected)


def test_centrality_looks_forward_in_an_article_and_everywhere_in_others() -> None:
    owner, counted = np.array([0, 0, 1, 1, 1]), np.array([True, True, True, False, False])

    found = centrality(overlap(TEXTS, "en"), owner, counted)

    sums = np.array([cosine(0, 1) + cosine(0, 2), cosine(1, 2), cosine(2, 0) + cosine(2, 1), 0, 0])
    assert found == pytest.approx(sums / sums.max())


def test_where_nothing_is_common_nothing_is_central() -> None:
    counted = np.array([True, True])

    assert centrality(overlap(["Weather.", "Grain."], "en"), np.zeros(2, int), counted).max() == 0


def test_spread_counts_the_other_articles_that_hold_a_word() -> None:
    found = overlap(TEXTS, "en")

    assert sorted(document_frequencies(found, np.array([0, 1, 2, 2, 2]))) == [0, 0, 0, 1, 1, 2]
    assert not document_frequencies(found, np.zeros(5, dtype=np.int64)).any()


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv, Vienna's",
        "“Kyiv” – Vienna’s!",
        "(kyiv...) _vienna_ -- ,",
        "Kyiv\x1f\x00vienna " + "a" * 41,
    ],
)
def test_marks_around_a_word_are_no_part_of_it(text: str) -> None:
    assert overlap(["Kyiv Vienna", text], "en").width == 2


def test_words_in_other_letters_are_words_too() -> None:
    assert overlap(["Président’s visit", "président visit"], "en").width == 2


TALKS = "Turkey and Ukraine agreed to extend the grain corridor through the Black Sea."
GRAIN = "The grain corridor brought wheat of Ukraine through the Black Sea to Turkey."
NOTICE = "Crawls of public pages are kept by volunteers in an archive."


@pytest.mark.parametrize(
    ("articles", "kept"),
    [
        ([TALKS], [True]),
        ([TALKS, GRAIN], [True, True]),
        ([TALKS, NOTICE, GRAIN], [True, False, True]),
        ([TALKS, TALKS], [True, True]),
        ([NOTICE, TALKS, NOTICE, GRAIN], [False, True, False, True]),
        ([NOTICE, TALKS + " Insurers paid."], [False, True]),
        ([NOTICE, ""], [True, False]),
        ([NOTICE] * 32 + [TALKS], [True] * 33),
    ],
)
def test_an_article_that_tells_of_something_else_is_set_aside(
    articles: list[str], kept: list[bool]
) -> None:
    found = akin(overlap(articles, "en"), np.arange(len(articles)), len(articles))

    assert found.tolist() == kept


def test_words_of_sentences_set_aside_are_not_counted() -> None:
    found = overlap(TEXTS, "en").only(np.array([True, False, True, True, True]))

    assert found.sizes.tolist() == [4, 0, 2, 1, 0]
    assert len(found.words_of(2)) == 2


def test_no_more_words_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    unbounded = overlap(TEXTS, "nb")
    monkeypatch.setattr(overlap_module, "_MOST_KEPT", 2)

    assert overlap(TEXTS, "nn").columns.tolist() == unbounded.columns.tolist()

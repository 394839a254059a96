"""LexRank in matrix products chooses what sumy's loops choose."""

import json
from pathlib import Path

import pytest

from digest.read.splitting.sentences import split
from digest.read.summary.lexrank import lexrank
from digest.read.summary.methods import summariser

STORY = [
    "Ministers of Turkey and Ukraine met in Ankara on Monday to renew the grain corridor.",
    "The grain corridor through the Black Sea expires at the end of the month.",
    "Ukraine and Turkey agreed to extend the grain corridor by ninety days.",
    "A local football club won its match.",
    "The.",
]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_same_sentences_as_sumys(count: int) -> None:
    assert set(lexrank([STORY], count)) == set(summariser("lexrank")([STORY], count))


def test_the_same_sentences_as_sumys_on_outside_articles(shared: Path) -> None:
    lines = (shared / "corpora/summaries/cnndm_frank.jsonl").read_text("utf-8").splitlines()[:30]
    for line in lines:
        text = json.loads(line)["articles"][0]
        article = [text[span.start : span.end] for span in split(text)]

        assert set(lexrank([article], 3)) == set(summariser("lexrank")([article], 3))


def test_equal_sentences_are_rated_once() -> None:
    assert lexrank([[STORY[0], STORY[0]], [STORY[1]]], 5) == (0, 2)


def test_sentences_without_a_common_word_keep_their_order() -> None:
    assert lexrank([["Alpha.", "Beta.", "Gamma."]], 2) == (0, 1)


def test_sentences_without_words_keep_their_order() -> None:
    assert lexrank([["...", "!!!", "???"]], 2) == (0, 1)


def test_nothing_yields_nothing() -> None:
    assert lexrank([], 3) == lexrank([[]], 3) == ()


def test_only_the_first_two_thousand_are_looked_at() -> None:
    many = [f"Talk {at} was held in town {at % 97}." for at in range(2_100)]

    assert max(lexrank([many], 2_100)) == 1_999

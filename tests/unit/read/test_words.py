"""Words, stems and what carries no meaning."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.vocabulary.words import stem, stems, stop_words, vocabulary_of, words


def test_words_are_lower_case_and_in_order() -> None:
    assert words("The U.S. agreed to 3.5 tons — Kyiv's share") == [
        "the", "u", "s", "agreed", "to", "3.5", "tons", "kyiv's", "share",
    ]  # fmt: skip


@given(st.text(st.one_of(st.characters(), st.sampled_from("ab1½-'’.,:“ "))))
def test_words_are_those_of_the_pattern(text: str) -> None:
    pattern = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*"
    han = re.search("[぀-ヿ㐀-鿿]", text)
    assert han or words(text) == [w for w in re.findall(pattern, text.lower()) if len(w) <= 40]


def test_han_is_read_by_single_signs() -> None:
    assert words("外长 meets") == ["外", "长", "meets"]


def test_what_is_too_long_is_no_word() -> None:
    assert words("a" * 50_000) == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "sanctions", "sanction"),
        ("ru", "санкции", "санкций"),
        ("de", "verhandlungen", "verhandlung"),
        ("fr", "négociations", "négociation"),
        ("es", "sanciones", "sanción"),
    ],
)
def test_forms_of_one_word_share_a_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_a_language_without_stemmer_keeps_its_words() -> None:
    assert stem("санкції", "uk") == "санкції"
    assert stop_words("xx") == frozenset()


def test_stop_words_are_left_out() -> None:
    assert stems("the talks of the ministers", "en") == ["talk", "minist"]
    assert stems("и переговоры", "ru") == [stem("переговоры", "ru")]


def test_threads_do_not_disturb_each_other() -> None:
    ends = ("ational", "iveness", "ingly", "ations", "fulness", "izers")
    told = [f"{chr(97 + n % 26)}onst{chr(97 + n // 26)}{end}" for n in range(60) for end in ends]
    orders = (told, told[::-1])
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(2) as pool:
            together = list(pool.map(_stemmed, orders))
    finally:
        sys.setswitchinterval(before)

    assert together == list(map(_stemmed, orders))


def _stemmed(words: list[str]) -> list[str]:
    return [stem.__wrapped__(word, "en") for word in words]  # without what it remembers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The envoys met the envoy's envoys, and (the envoys) met 1,000 envoys.", "en"),
        ("Les ministres se réunissent; les ministres signent.", "fr"),
        ("中国外交部发言人 said 外交部 today", "zh"),
        ("", None),
    ],
)
def test_a_vocabulary_has_each_stem_once(text: str, language: str | None) -> None:
    assert vocabulary_of(text, language) == set(stems(text, language))

"""The lists of words that come with the product, and how a list is read."""

import re
from importlib.resources import files

import pytest

from seeds.wordlists import TABLES, checked, word_lists

LISTS = checked(
    {
        "en": {"verbs": "said says\nsaid", "phrases": "put it | went on\n to say ", "none": ""},
        "fr": {"verbs": "dit"},
    }
)


def test_blanks_part_words_and_each_is_there_once() -> None:
    assert LISTS.words("verbs", "en") == ("said", "says")


def test_without_a_language_the_words_of_all_are_found() -> None:
    assert LISTS.words("verbs") == ("said", "says", "dit")


def test_bars_and_line_ends_part_phrases() -> None:
    assert LISTS.phrases("phrases") == ("put it", "went on", "to say")


def test_a_language_without_the_list_has_no_words() -> None:
    assert LISTS.phrases("phrases", "fr") == LISTS.words("none", "en") == ()


def test_a_list_is_named_once_for_all_languages() -> None:
    assert LISTS.names == ("verbs", "phrases", "none")


def test_a_list_that_no_language_has_is_named() -> None:
    with pytest.raises(ValueError, match="there is no list of the name “nouns”"):
        LISTS.words("nouns", "en")


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_table_that_comes_with_the_product_has_words_in_every_language(table: str) -> None:
    lists = word_lists(table)
    assert all(any(own.values()) for own in lists.languages.values())


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_head_of_each_table_says_what_every_list_is_for(table: str) -> None:
    head, _, _ = (files("seeds") / table).read_text(encoding="utf-8").partition("\n[")

    assert [name for name in word_lists(table).names if not re.search(rf"\b{name}\b", head)] == []

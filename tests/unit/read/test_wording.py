"""All the words of an article together speak for or against diplomacy."""

import pytest

from digest.read.about.wording import bag, log_odds
from seeds.topics import relevance


def test_words_of_the_world_sound_like_diplomacy_and_those_of_home_do_not() -> None:
    abroad = log_odds("Israeli and Syrian leaders met as the regime in Tehran fired a missile.")
    at_home = log_odds("Voters in Iowa chose a nominee, and the senator spoke of her campaign.")

    assert abroad > 1 > 0 > at_home


def test_a_text_without_known_words_says_nothing() -> None:
    assert log_odds("") == 0.0
    assert log_odds("qwzx vbnm") == 0.0


def test_a_word_among_many_has_a_small_share() -> None:
    assert bag("one two three four")["one"] == pytest.approx(1 / 2)


def test_words_of_the_title_are_worth_more() -> None:
    shares = bag("text words", title="Title")

    assert shares["title"] > shares["text"] == shares["words"]


def test_words_are_folded_and_bare_of_marks() -> None:
    assert set(bag("“Talks”, (he said): TALKS!")) == {"talks", "he", "said"}


def test_a_word_counts_once_however_often_it_is_said() -> None:
    assert bag("a b " + "a " * 1000) == bag("a b")


def test_a_known_word_of_the_title_sounds_alone() -> None:
    assert log_odds("", title="Tehran") > 0


def test_what_is_heard_is_the_bag_weighed() -> None:
    head, title = "Israeli leaders met in Iowa, and met again.", "Leaders meet"
    known = relevance().words

    weighed = sum(known.get(word, 0.0) * share for word, share in bag(head, title=title).items())

    assert log_odds(head, title=title) == pytest.approx(relevance().words_bias + weighed)

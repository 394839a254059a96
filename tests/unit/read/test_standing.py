"""What an editor would strike: every flaw has a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.alone.standing import FLAWS, LONGEST, flaws, is_whole, stands_alone


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks continue.",
        "and then the ministers signed the accord in Vienna.",
        ". the ministers signed the accord in Vienna on Monday.",
        "Ministers from six states at the table in Vienna",
        "The minister of foreign affairs said that the accord...",
        "The minister of foreign affairs said that the accord…",
        "The minister of foreign affairs withdrew from the accord…..",
        "The council of the river brought a charge against Mr.",
        " ".join(["word"] * 80) + ".",
        "",
    ],
)
def test_scraps_and_screenfuls_are_not_whole(sentence: str) -> None:
    assert not is_whole(sentence)


def test_a_name_in_lower_case_may_begin_a_sentence() -> None:
    assert is_whole("al-Burhan received the envoys in Port Sudan.")


def test_a_script_without_blanks_is_measured_by_its_signs() -> None:
    assert is_whole("两国外长周一在日内瓦举行会谈。")
    assert not is_whole("会谈。")
    assert flaws("会谈" * 150 + "。", "zh") == {"long"}


def test_news_stands_alone() -> None:
    assert stands_alone("Deputy ministers initialled two annexes on customs in Yerevan on Monday.")
    assert not stands_alone("They initialled two annexes on customs in Yerevan on Monday.")


def test_a_day_known_only_from_the_digest_is_no_flaw() -> None:
    assert stands_alone("Deputy ministers initialled two annexes in Yerevan last night.")


def test_every_flaw_is_named() -> None:
    assert flaws("he left (", "en") == {"short", "unfinished", "unbalanced", "dangling"}
    assert flaws("We " + "we " * 61 + "left.", "en-GB") == {"long", "noise"}


@given(st.text(st.sampled_from("he IWe\"“”‘’'()[].?!, \n|@Яі中\ud800\u202e—§") | st.characters()))
def test_any_text_has_known_flaws_or_none(text: str) -> None:
    assert flaws(text) <= set(FLAWS)
    assert stands_alone(text) == (not flaws(text))


@pytest.mark.parametrize(
    "hostile",
    [
        *(
            "a" * 50_000,
            "“" * 50_000,
            "the also " * 6_000,
            "A-" * 25_000,
            "' " * 25_000,
            "I " * 25_000,
        ),
        *(
            ", he " * 10_000,
            "(AP " * 12_000,
            '"‘' * 25_000,
            "\ud800" * 50_000,
            " . " * 16_000,
            "Aa B: " * 7_000,
            "It became worse when he moved to " + "„" * 50_000 + "“" * 50_000 + ".",
        ),
    ],
    ids=range(13),
)
def test_what_is_longer_than_any_sentence_is_not_looked_into(hostile: str) -> None:
    assert flaws(hostile) == {"long"}
    assert not stands_alone(hostile[:LONGEST]), "as long as is looked into"

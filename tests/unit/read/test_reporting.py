"""The words by which news says who spoke, as the table holds them."""

import tomllib
from dataclasses import fields
from importlib.resources import files

import pytest

from digest.read.vocabulary.reporting import (
    Vocabulary,
    adverbs_behind,
    foreign_work,
    he_or_she,
    indirect,
    other_sex,
    verbs,
    verbs_before,
    vocabulary,
)

APART = frozenset(  # lists that are read into expressions or by themselves
    "verbs phrases leading voiced judged adverbs indirect foreign_work men women houses "
    "denying claims unverified titles".split()
)


def test_every_list_of_the_table_is_read_and_every_one_read_holds_words() -> None:
    table = tomllib.loads((files("seeds") / "reporting.toml").read_text(encoding="utf-8"))
    listed = {name for lists in table.values() for name in lists}
    read = {field.name for field in fields(Vocabulary)}
    assert listed == read | APART
    assert all(getattr(vocabulary(), name) for name in read)


def test_who_is_named_by_an_office_alone_holds_one() -> None:
    assert vocabulary().offices_of_one | vocabulary().royal_surnames <= vocabulary().offices | {
        "farmer"
    }


@pytest.mark.parametrize(
    ("language", "said", "is_read"),
    [
        ("en", "Novak emphasized", True),
        ("en", "заявила Novak", False),
        (None, "Novak emphasised", True),
        ("ru", "заявила Novak", True),
        ("ru", "said Novak", True),  # a page of another language quotes in English
        ("fr", "Novak a rappelé", True),
        ("fr", "Novak rappelé", False),
        ("fi", "sanoi Novak", False),
    ],
)
def test_verbs_are_those_of_the_language_and_of_english(
    language: str | None, said: str, is_read: bool
) -> None:
    assert (verbs(language).search(said) is not None) == is_read


@pytest.mark.parametrize(
    ("led_up", "is_read"),
    [
        ("Novak denounced the ", True),
        ("Novak voiced ", True),
        ("Novak voiced some ", False),
        ("Novak dismissed the plan as an ", True),
        ("Novak dismissed the plan and the ", False),
        ("Novak accused them of being ", True),
        ("Novak was accused of them of being ", False),
    ],
)
def test_some_verbs_report_only_what_follows(led_up: str, is_read: bool) -> None:
    assert (verbs_before("en").search(led_up) is not None) == is_read
    assert verbs("en").search(led_up) is None


def test_a_pronoun_means_somebody_unnamed_after_words_of_the_other_sex() -> None:
    assert other_sex().keys() == he_or_she()
    assert other_sex()["he"].search("The woman left.")
    assert not other_sex()["he"].search("The man left.")
    assert other_sex()["elle"].search("Il est là.")


def test_what_is_no_attribution_is_known_by_what_goes_on() -> None:
    assert adverbs_behind().sub("", "Novak later reportedly on Tuesday") == "Novak"
    assert adverbs_behind().sub("", "the Novak family") == "the Novak family"
    assert indirect().match(" that they would wait")
    assert foreign_work().search("a film titled ")
    assert foreign_work().search("the book, which ")
    assert not foreign_work().search("Novak, the envoy, ")

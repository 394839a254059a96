"""By which name a speaker is known, and who else bears it."""

from datetime import date

import pytest

from digest.model.articles import Quote
from digest.read.speech.quotes import quotes
from tests.speakers import LAVROV, only, speakers


def test_a_surname_becomes_the_fullest_name_of_the_article() -> None:
    text = LAVROV + "“The talks will go on next week,” Lavrov said."
    assert only(text) == Quote(64, 97, "Sergei Lavrov", "Foreign Minister", "RU")


def test_a_first_name_becomes_the_full_name_if_nobody_shares_it() -> None:
    assert speakers("Xi Jinping spoke. “The talks will go on next week,” Xi said.") == [
        "Xi Jinping"
    ]


def test_two_people_of_one_surname_are_not_told_apart() -> None:
    text = "Anna Novak and Petr Novak spoke. “The talks will go on next week,” Novak said."
    assert speakers(text) == []


def test_a_middle_initial_is_no_other_person() -> None:
    text = "Anna J. Novak, or Anna Novak. “The talks will go on next week,” Novak said."
    assert speakers(text) == ["Anna J. Novak"]


def test_a_surname_behind_a_title_is_enough() -> None:
    assert speakers("“The talks will go on next week,” Mr. Novak said.") == ["Novak"]


def test_a_name_with_its_owner_s_sign_still_tells_the_full_name() -> None:
    text = "Anna Novak's plan is read. “The talks will go on next week,” Novak said."
    assert speakers(text) == ["Anna Novak"]


def test_somebody_named_may_is_no_month() -> None:
    text = "Theresa May left. “The talks will go on next week,” Mrs May said."
    assert speakers(text) == ["Theresa May"]


def test_a_known_surname_is_the_person_of_the_catalogue() -> None:
    text = "“The talks will go on next week,” Russian Foreign Minister Lavrov said."
    quote = only(text, at=date(2020, 5, 1))
    assert (quote.speaker, quote.role, quote.country) == ("Sergey Lavrov", "Foreign Minister", "RU")


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("The Office for Budget Responsibility (OBR) met", "Office for Budget Responsibility"),
        (
            "The Office for the Budget and Responsibility met",
            "Office for the Budget and Responsibility",
        ),
        ("The old bureau (OBR) met", "OBR"),
    ],
)
def test_an_acronym_is_written_out_as_the_article_has_it(before: str, speaker: str) -> None:
    assert speakers(f"{before}. “The talks will go on next week,” the OBR said.") == [speaker]


def test_a_title_before_a_surname_tells_a_couple_apart() -> None:
    text = "Anna Novak and Paul Novak came. “All of the sides agree on it,” {} Novak said."
    assert speakers(text.format("Mr")) == ["Paul Novak"]
    assert speakers(text.format("Mrs")) == ["Anna Novak"]
    assert speakers(text.format("Judge")) == []


def test_a_single_name_is_enough_with_an_age_or_a_trade() -> None:
    assert speakers("“All of the sides agree on it,” said Anna, 45, in Vienna.") == ["Anna"]
    assert speakers("“All of the sides agree on it,” Anna, a baker of bread, said.") == ["Anna"]
    assert speakers("“All of the sides agree on it,” Anna, it seems, said.") == []
    assert speakers("Showrunner, 45, adds that all will be: “All of the sides agree on it.”") == []
    assert speakers("Petr, 13, and Anna, 45, said: “All of the sides agree on it.”") == []


def test_a_title_tells_the_full_name() -> None:
    text = "“All of the sides agree on it,” Novak said."
    assert only(text, title="Anna Novak speaks out").speaker == "Anna Novak"
    assert quotes(text, title="Novak speaks out") == ()
    assert quotes(text, title="Anna Novak and Petr Novak speak") == ()
    assert quotes(text, title="Anna Novak's brother speaks out") == ()
    assert quotes(text, title="ANNA NOVAK Speaks Out In Vienna On Talks") == ()
    assert quotes("Anna Novak's sister left. " + text, title="Petr Novak speaks") == ()
    assert quotes("Petr Novak left. " + text, title="Anna Novak speaks")[0].speaker == "Petr Novak"


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Sen. Anna Novak (R-Idaho) met them.", ["Anna Novak"]),
        ("Idaho Republican Anna Novak met them.", ["Anna Novak"]),
        ("Sen. Anna Novak (D-Idaho) met them.", []),
        ("Sen. Anna Novak met them.", []),
        ("Sen. Anna Novak (D-Idaho) left. Republican Anna Novak met them.", []),
    ],
)
def test_a_party_stands_for_its_member(before: str, speaker: list[str]) -> None:
    text = f"{before} “All of the sides agree on it,” the Idaho Republican said."
    assert speakers(text) == speaker


def test_an_acronym_needs_no_article_where_it_is_spelt() -> None:
    text = "The Old Road Board left. “All of the sides agree on it,” {} said."
    assert speakers(text.format("ORB")) == ["Old Road Board"]
    assert speakers(text.format("OTB")) == []


def test_a_short_given_name_is_no_other_person() -> None:
    text = "Rudolph W. Novak left. Rudy Novak came. “All of the sides agree on it,” Novak said."
    assert speakers(text) == ["Rudolph W. Novak"]


def test_an_ordinal_ends_a_name() -> None:
    assert speakers("“All of the sides agree on it,” said Paul Novak II, 27.") == ["Paul Novak II"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "President Obama spoke. “All of the sides agree,” Mr Obama said. Michelle Obama left.",
            "Barack Obama",
        ),
        (
            "Barack Obama came with Michelle Obama. “All of the sides agree,” Obama said.",
            "Barack Obama",
        ),
        (
            "President Obama spoke. Michelle Obama came. “All the sides do agree,” Mrs Obama said.",
            "Michelle Obama",
        ),
        ("“All of the sides agree on it,” said Bill Richardson.", "Bill Richardson"),
        ("“All of the sides agree on it,” said Park Geun-hye.", "Park Geun-hye"),
        ("“All of the sides agree on it,” said CNET Anna Novak.", "Anna Novak"),
        ("“All of the sides agree on it,” said Michigan Republican Anna Novak.", "Anna Novak"),
        (
            "Donald John TrumpGOP left. “All of the sides agree on it,” said Anna Novak.",
            "Anna Novak",
        ),
        ("“All of the sides agree on it,” Megyn Kelly said.", "Megyn Kelly"),
    ],
)
def test_the_name_is_the_speaker_s_and_nothing_more(text: str, speaker: str) -> None:
    assert only(text, at=date(2012, 5, 1)).speaker == speaker


def test_a_bare_surname_of_an_office_holder_s_relative_is_nobody_s() -> None:
    text = "President Obama spoke. Michelle Obama left. “All of the sides agree on it,” Obama said."
    assert quotes(text, at=date(2012, 5, 1)) == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The talks will go on next week,” said Rep. Anna King.", "Anna King"),
        (
            "“The talks will go on next week,” said Ways and Means Committee Chairman Anna King.",
            "Anna King",
        ),
        (
            "“The talks will go on next week,” said Sen. Anna Gray Anna Maria Gray Overnight Budget.",
            "Anna Gray",
        ),
        (
            "“The talks will go on next week,” said Sen. Anna Gray Anna (Anna) Maria Gray MORE.",
            "Anna Gray",
        ),
        ("WATCH NOW Anna Gray came. “The talks will go on next week,” Gray said.", "Anna Gray"),
        (
            "Watching Anna Gray is hard. “The talks will go on next week,” Gray said.",
            "Anna Gray",
        ),
    ],
)
def test_a_surname_is_no_office_and_furniture_no_surname(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on next week,” said the Saudi King.",
        "“The talks will go on next week,” said the Former King.",
        "“The talks will go on next week,” said King of Vienna.",
    ],
)
def test_a_king_is_no_surname(text: str) -> None:
    assert speakers(text) == []


def test_a_given_name_that_is_a_faith_is_kept() -> None:
    text = "“The talks will go on next week,” said Christian Novak."
    assert speakers(text) == ["Christian Novak"]


def test_a_name_is_known_in_either_case() -> None:
    text = "Louis van Dyck came. “The talks will go on next week,” added Van Dyck."
    assert speakers(text) == ["Louis van Dyck"]


def test_kin_of_the_only_bearer_of_a_name_is_not_the_bearer() -> None:
    text = "Petr Novak's brother came. “The talks will go on next week,” Novak said."
    assert speakers(text) == []


@pytest.mark.parametrize(
    ("day", "speaker"), [(date(2014, 5, 1), ["Barack Obama"]), (date(2020, 5, 1), [])]
)
def test_a_bare_surname_means_who_is_in_office(day: date, speaker: list[str]) -> None:
    text = "“The talks will go on next week,” Obama said."
    assert [quote.speaker for quote in quotes(text, at=day)] == speaker

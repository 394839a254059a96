"""Which office a speaker holds, which body speaks, and whom a role means."""

from datetime import date

import pytest

from digest.read.speech.quotes import quotes
from tests.speakers import OTHERS, only, speakers


@pytest.mark.parametrize(
    ("name", "role", "country"),
    [
        ("Ukrainian President Anna Novak", "President", "UA"),
        ("former U.S. Secretary of State Anna Novak", "former U.S. Secretary of State", "US"),
        ("Former Mexican president Anna Novak", "Former Mexican president", "MX"),
        ("Former deputy Mexican premier Anna Novak", "Former deputy Mexican premier", "MX"),
        ("Acting Mexican president Anna Novak", "Acting Mexican president", "MX"),
        ("the then-Mexican president Anna Novak", "then-Mexican president", "MX"),
        ("then-U.S. Secretary of State Anna Novak", "then-U.S. Secretary of State", "US"),
        ("the then Mexican president Anna Novak", "then Mexican president", "MX"),
        ("the office. Then Mexican president Anna Novak", "president", "MX"),
        ("the later Mexican president Anna Novak", "president", "MX"),
        ("State Department spokeswoman Anna Novak", "State Department spokeswoman", "US"),
        ("White House press secretary Anna Novak", "White House press secretary", "US"),
        ("Deputy Prime Minister Anna Novak", "Deputy Prime Minister", None),
        ("New York Mayor Anna Novak", "New York Mayor", None),
        ("Sen. Anna Novak", "Sen.", None),
        ("a ban on Huawei and ZTE. Sen. Anna Novak", "Sen.", None),
        ("Mrs. Anna Novak", None, None),
        ("the bloc's spokesman. Anna Novak", None, None),
        ("the visitor Anna Novak", None, None),
    ],
)
def test_the_office_before_a_name_is_read(name: str, role: str | None, country: str | None) -> None:
    text = f"Yesterday came {name}. “The talks will go on next week,” Novak said."
    quote = only(text)
    assert (quote.role, quote.country) == (role, country)


def test_the_words_before_a_state_count_at_the_very_beginning_of_a_text() -> None:
    quote = only("Former Mexican president Anna Novak came. “The talks will go on,” Novak said.")
    assert quote.role == "Former Mexican president"


@pytest.mark.parametrize(
    ("apposition", "role", "country"),
    [
        ("the Ukrainian foreign minister,", "foreign minister", "UA"),
        ("president of Ukraine,", "president of Ukraine", "UA"),
        ("Ukraine's chief negotiator,", "chief negotiator", "UA"),
        ("45, a spokeswoman for the bloc,", "spokeswoman for the bloc", None),
        ("who is also an envoy who travels,", "envoy", None),
        ("minister for trade with Ukraine,", "minister for trade with Ukraine", None),
        ("who came from a far country,", None, None),
        ("a tall woman from the north,", None, None),
        ("a very tall lady in green,", None, None),
        ("an elderly calm quiet happy famous lady here,", None, None),
        ("President Petr Kos and others,", None, None),
    ],
)
def test_the_office_behind_a_name_is_read(
    apposition: str, role: str | None, country: str | None
) -> None:
    text = (
        f"Here came Anna Novak, {apposition} at noon. “The talks will go on next week,” Novak said."
    )
    quote = only(text)
    assert (quote.role, quote.country) == (role, country)


def test_a_dateline_is_no_country_of_an_office() -> None:
    text = "VIENNA, Austria – President Anna Novak said: “The talks will go on next week.”"
    assert only(text).country is None


def test_the_catalogue_knows_the_office_of_the_day() -> None:
    text = "“The talks will go on next week,” Angela Merkel said."
    quote = only(text, at=date(2015, 5, 1))
    assert (quote.role, quote.country) == ("Chancellor", "DE")


def test_a_namesake_has_no_office_of_the_catalogue() -> None:
    text = "Angela Merkel left. “The talks will go on next week,” Petr Merkel said."
    assert only(text, at=date(2015, 5, 1)).role is None


def test_a_house_that_speaks_is_its_own_speaker() -> None:
    quote = only("“The talks will go on next week,” the White House said. “We shall see.”")
    assert (quote.speaker, quote.role, quote.country) == ("White House", None, "US")
    assert speakers("“The talks will go on next week,” said the Kremlin.") == ["Kremlin"]


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on,” the White House said. “We shall see about all that.”",
        "“The talks will go on,” the White House said.\n\n“We shall see about all that,” it said.",
        "“The talks will go on,” the White House said. It added: “We shall see about all that.”",
        "“The talks will go on,” the White House said. “We shall see all that,” the statement added.",
    ],
)
def test_a_body_goes_on_as_it(text: str) -> None:
    assert speakers(text) == ["White House"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on,” the White House said. “We shall see about all that,” he said.",
        "“The talks will go on,” the White House said. “We shall see all that,” the council said.",
        "“The talks will go on,” Anna Novak said. “We shall see about all that,” it said.",
        "“The talks will go on,” the White House said. Rain fell on it. “We shall see all that,” it said.",
    ],
)
def test_nobody_else_goes_on_so(text: str) -> None:
    assert len(speakers(text)) == 1


def test_an_office_is_known_in_short() -> None:
    text = (
        "Texas Gov. Anna Novak met them. “All of the sides agree on it,” said the Texas governor."
    )
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    ("attribution", "speaker", "country"),
    [
        ("NATO said", "NATO", None),
        ("said the European Commission", "European Commission", "EU"),
        ("the Russian foreign ministry said", "Russian foreign ministry", "RU"),
        ("Russia's foreign ministry said", "Russia's foreign ministry", "RU"),
        ("said the Russian Foreign Ministry", "Russian Foreign Ministry", "RU"),
        ("Human Rights Watch said", "Human Rights Watch", None),
        (
            "said the U.S. International Trade Commission",
            "U.S. International Trade Commission",
            "US",
        ),
        (
            "the Department of Health and Human Services said",
            "Department of Health and Human Services",
            None,
        ),
        ("the Office of the High Representative said", "Office of the High Representative", None),
        ("the NRA said in a statement", "NRA", None),
        ("said UNESCO", "UNESCO", None),
        ("the Fed said", "Fed", None),
        ("Islamic Jihad said", "Islamic Jihad", None),
        ("said the Fed", "Fed", None),
        (
            "the nonpartisan Congressional Research Service said",
            "Congressional Research Service",
            None,
        ),
        ("the Association of Kidney Patients said", "Association of Kidney Patients", None),
    ],
)
def test_a_body_speaks_where_its_name_says_whose_it_is(
    attribution: str, speaker: str, country: str | None
) -> None:
    quote = only(f"“The talks will go on next week,” {attribution}.")
    assert (quote.speaker, quote.role, quote.country) == (speaker, None, country)


@pytest.mark.parametrize(
    "text",
    [
        "Minister Anna Novak came late. “All of the sides agree on it,” the minister said.",
        "Minister Anna Novak came late. “All of the sides agree on it,” said the minister.",
        "Minister Anna Novak said it was “late”. “All of the sides agree on it,” the minister said.",
    ],
)
def test_a_role_means_the_subject_before_who_holds_it(text: str) -> None:
    assert set(speakers(text)) == {"Anna Novak"}


@pytest.mark.parametrize(
    "text",
    [
        "Minister Anna Novak came late. “All of the sides agree on it,” the mayor said.",
        "Minister Anna Novak said it was “late”. “All of the sides agree on it,” the mayor said.",
        "Minister Anna Novak came. As Petr Kos left the minister said: “All of the sides agree on it.”",
    ],
)
def test_a_role_means_nobody_else(text: str) -> None:
    assert speakers(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("It rained. “All of the sides left,” the foreign minister said.", ["Petr Novak"]),
        ("It rained. “All of the sides left,” said the Foreign Minister.", ["Petr Novak"]),
        ("It rained. “All of the sides left,” the minister said.", []),
        ("It rained. “All of the sides left,” the prime minister said.", []),
        ("“All of the sides left early,” the spokesman of many said.", []),
        (
            "It rained. The foreign minister was upset. “All of the sides left,” he said.",
            ["Petr Novak"],
        ),
        ("It rained. The foreign minister was upset. “All of the sides left,” she said.", []),
        ("It rained. The mayor was upset. “All of the sides left early,” he said.", []),
        (
            "Foreign Minister Eva Kos came. It rained. “All left,” the foreign minister said.",
            [],
        ),
    ],
)
def test_an_office_is_its_only_holder_s(text: str, speaker: list[str]) -> None:
    text = text.replace("“All left”", "“All of them left”")
    gone = "Foreign Minister James Novak came. Spokesman Jan Beran left. There was a storm. "
    named = [name.replace("Petr", "James") for name in speaker]
    assert speakers(gone + text) == named


def test_the_catalogue_names_the_holder_of_an_office() -> None:
    text = (
        "Barack Obama came. Somebody left. It rained. “All of the sides left,” the President said."
    )
    assert only(text, at=date(2014, 5, 1)).speaker == "Barack Obama"


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("The Rt Hon Anna Novak MP, Foreign Secretary, said:", "Foreign Secretary"),
        ("The Right Honourable Anna Novak MP said:", None),
        ("Anna Novak MEP said:", None),
    ],
)
def test_a_member_of_a_parliament_is_called_by_name(before: str, role: str | None) -> None:
    (quote,) = quotes(f"{before} “All of the sides left today.”")
    assert (quote.speaker, quote.role) == ("Anna Novak", role)


def test_a_role_is_taken_up_over_a_pronoun() -> None:
    text = "Minister James Novak came. He saw it. “All of the sides left,” the minister said."
    assert speakers(text) == ["James Novak"]


def test_nobody_is_taken_up_behind_a_quotation_of_nobody() -> None:
    text = "Anna Novak came. “We all go home now.” “All of the sides left,” she said."
    assert speakers(OTHERS + text) == []


def test_an_office_is_asked_for_twice() -> None:
    said = "Petr Kos left. “All of the sides left,” the foreign minister said. "
    assert speakers("Foreign Minister James Novak came. " + said + said) == ["James Novak"] * 2

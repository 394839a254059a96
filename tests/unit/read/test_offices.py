"""Whose an office is: the state of a speaker, or none where the text leaves it in doubt."""

from datetime import date

import pytest

from digest.model.articles import Quote
from digest.read.speech.quotes import quotes

SAID = "“We share the same sea and the same worry about the ships on it”"


def of(text: str, *, at: date | None = None) -> Quote:
    (quote,) = quotes(text, at=at)
    return quote


def office(text: str, *, at: date | None = None) -> tuple[str | None, str | None]:
    quote = of(text, at=at)
    return quote.role, quote.country


@pytest.mark.parametrize(
    ("who", "role", "country"),
    [
        ("The US ambassador to Kyiv, Anna Novak,", "ambassador to Kyiv", "US"),
        ("British Ambassador to Lebanon Anna Novak", "Ambassador to Lebanon", "GB"),
        ("US Ambassador to Israel Anna Novak", "Ambassador to Israel", "US"),
        ("Acting US Ambassador to the UN Anna Novak", "Acting US Ambassador to the UN", "US"),
        ("EU Ambassador to Georgia Anna Novak", "Ambassador to Georgia", "EU"),
        ("Ambassador to Ukraine Anna Novak", "Ambassador to Ukraine", None),
        ("Ukraine’s ambassador to Germany Anna Novak", "ambassador to Germany", "UA"),
        (
            "The ambassador of Norway in Paris, Anna Novak,",
            "ambassador of Norway in Paris",
            "NO",
        ),
        (
            "Ambassador of Norway to Lebanon Anna Novak",
            "Ambassador of Norway to Lebanon",
            "NO",
        ),
        ("Ambassador Anna Novak of Norway", "Ambassador", "NO"),
        ("Anna Novak, ambassador to Ukraine,", "ambassador to Ukraine", None),
        ("Anna Novak, the US ambassador to Ukraine,", "ambassador to Ukraine", "US"),
        ("Anna Novak, U.S. special envoy to Syria,", "special envoy to Syria", "US"),
        ("Anna Novak, ambassador of Norway to Lebanon,", "ambassador of Norway to Lebanon", "NO"),
        ("Anna Novak, head of the French mission to Ukraine,", None, None),
        ("UN special envoy for Syria Anna Novak", "special envoy for Syria", None),
        ("Syria envoy Anna Novak", "envoy", None),
        ("Russia expert Anna Novak", "expert", None),
        ("Russian expert Anna Novak", "expert", "RU"),
        ("Anna Novak, Russia analyst at the institute,", "analyst at the institute", None),
        ("Anna Novak, a historian of Ukraine,", "historian of Ukraine", None),
    ],
)
def test_who_is_sent_to_a_state_or_knows_of_it_is_not_of_it(
    who: str, role: str | None, country: str | None
) -> None:
    found = office(f"{who} said: {SAID}.")
    assert found[1] == country
    assert found[0] == role or role is None


@pytest.mark.parametrize(
    ("behind", "role", "country"),
    [
        ("Britain’s ambassador in Washington, Anna Novak.", "ambassador in Washington", "GB"),
        ("the ambassador to Addis Ababa, Anna Novak.", "ambassador to Addis Ababa", None),
        ("Ambassador to Ukraine Anna Novak.", "Ambassador to Ukraine", None),
        ("Minister for Europe Anna Novak.", "Minister for Europe", None),
    ],
)
def test_who_is_sent_speaks_behind_the_verb_too(
    behind: str, role: str, country: str | None
) -> None:
    text = f"{SAID[:-1]},” said {behind}"
    assert of(text).speaker == "Anna Novak"
    assert office(text) == (role, country)


def test_a_place_that_somebody_is_sent_to_speaks_not() -> None:
    assert quotes(f"{SAID[:-1]},” said the ambassador to Addis Ababa.") == ()
    assert quotes(f"{SAID[:-1]},” said the minister in Addis Ababa.") == ()
    assert quotes(f"The ambassador to Port Ilmar said: {SAID}.") == ()


@pytest.mark.parametrize(
    "role",
    [
        "Minister for Europe",
        "Minister for the Middle East",
        "Minister for the Indo-Pacific",
        "Minister for the Middle East, Afghanistan and Pakistan",
        "Minister of State for Development",
        "Secretary of State for Foreign, Commonwealth and Development Affairs",
        "Parliamentary Under-Secretary of State",
    ],
)
def test_what_a_minister_is_for_is_no_part_of_the_name(role: str) -> None:
    for text in (f"{role} Anna Novak said: {SAID}.", f"{role}, Anna Novak, said: {SAID}."):
        quote = of(text)
        assert (quote.speaker, quote.role, quote.country) == ("Anna Novak", role, None)


def test_a_minister_and_another_are_two() -> None:
    assert quotes(f"The Minister for Europe and Anna Novak said: {SAID}.") == ()


@pytest.mark.parametrize(
    "before",
    [
        "In Germany Foreign Minister",
        "After a visit to Poland Foreign Minister",
        "Germany hosted Foreign Minister",
        "In Germany, visiting Foreign Minister",
        "The hosts were from the United Kingdom\n\nForeign Minister",
    ],
)
def test_a_state_that_stands_near_is_not_whose_minister_it_is(before: str) -> None:
    text = f"{before} Anna Novak spoke at noon. Novak said: {SAID}."
    assert office(text) == ("Foreign Minister", None)


@pytest.mark.parametrize(
    ("before", "country"),
    [
        ("Norway’s Foreign Minister Anna Novak", "NO"),
        ("Foreign Minister Anna Novak of Norway", "NO"),
        ("The Foreign Minister of Norway, Anna Novak,", "NO"),
        ("Prime Minister of the United Kingdom Anna Novak", "GB"),
        ("By the sea Norway President Anna Novak", "NO"),
    ],
)
def test_the_state_of_a_minister_is_read_on_either_side(before: str, country: str) -> None:
    assert of(f"{before} spoke at noon. Novak said: {SAID}.").country == country


@pytest.mark.parametrize(
    "listed",
    [
        "UK Prime Minister, Anna Novak and Petr Kos met in Vienna.",
        "UK Prime Minister, Anna Novak, Petr Kos and Jan Borg met in Vienna.",
        "They saw the UK Prime Minister, Anna Novak wrote.",
        "In a talk with Petr Kos, the UK Prime Minister, Anna Novak wrote.",
        "United Kingdom Prime Minister\n\nAnna Novak came too.",
    ],
)
def test_the_office_before_a_comma_is_not_the_next_one_s(listed: str) -> None:
    assert office(f"{listed} Anna Novak said: {SAID}.") == (None, None)


@pytest.mark.parametrize(
    "apposed",
    [
        "The UK Prime Minister, Anna Novak, met them.",
        "The envoys met the UK Prime Minister, Anna Novak.",
        "UK Prime Minister, Anna Novak met them.",
        "It rained. The UK Prime Minister, Anna Novak met them.",
        "Speaking on Monday, the UK Prime Minister, Anna Novak met them.",
    ],
)
def test_the_office_before_a_comma_is_that_of_who_is_named_there(apposed: str) -> None:
    assert office(f"{apposed} Anna Novak said: {SAID}.") == ("Prime Minister", "GB")


@pytest.mark.parametrize(
    ("told", "role", "country"),
    [
        ("the British prime minister", "prime minister", "GR"),
        ("the Greek prime minister", "prime minister", "GR"),
        ("the British foreign minister", "foreign minister", None),
    ],
)
def test_an_office_of_another_state_than_the_catalogue_s_has_no_country(
    told: str, role: str, country: str | None
) -> None:
    text = f"The hosts, Kyriakos Mitsotakis, {told}, and Anna Novak spoke."
    found = office(f"{text} Kyriakos Mitsotakis said: {SAID}.", at=date(2025, 5, 5))
    assert found == (role, country)

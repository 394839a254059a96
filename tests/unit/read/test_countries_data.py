"""The catalogue of states and people is whole, and says nothing twice without knowing it."""

import re
from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest

from digest.read.about import gazetteer
from digest.read.about.actors import people
from digest.read.about.lexicon import fold
from seeds import catalogue

UN_MEMBERS = (
    "AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM "
    "CA CF TD CL CN CO KM CG CD CR CI HR CU CY CZ KP DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR "
    "GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KW KG LA "
    "LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MC MN ME MA MZ MM NA NR NP NL NZ NI "
    "NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA KR MD RO RU RW KN LC VC WS SM ST SA SN RS SC SL "
    "SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY "
    "UZ VU VE VN YE ZM ZW"
).split()
BESIDE_THEM = {"VA", "PS", "TW", "XK", "EU", "EH"}
GONE = {"SU", "DD", "YU", "CS", "VD", "YD"}
REGIONS = {
    "europe", "middle-east", "africa", "asia", "central-asia", "north-america", "latin-america",
    "oceania",
}  # fmt: skip
STATE_KEYS = {
    "name", "regions", "from", "to", "names", "people", "seats", "metonyms", "abroad", "inflected",
    "guarded", "with", "unless", "dated",
}  # fmt: skip
SPEAKING = ("claim", "needs", "spares")


def states() -> dict[str, dict[str, object]]:
    return {code: table for code, table in catalogue.countries().items() if code != "lexicon"}


def test_every_member_of_the_united_nations_is_there() -> None:
    assert len(UN_MEMBERS) == len(set(UN_MEMBERS)) == 193
    assert set(states()) == set(UN_MEMBERS) | BESIDE_THEM | GONE


def test_every_member_is_known_in_latin_and_cyrillic_letters() -> None:
    written = defaultdict(str)
    for phrase, claim in gazetteer.claims():
        if claim.kind in SPEAKING:
            written[claim.code] += phrase

    assert [code for code in UN_MEMBERS if not re.search("[A-Za-z]", written[code])] == []
    assert [code for code in UN_MEMBERS if not re.search("[А-Яа-я]", written[code])] == []


def test_every_member_has_a_people_and_a_capital_of_its_own() -> None:
    tables = states()
    kinds = ("guarded", "dated")

    nameless = [m for m in UN_MEMBERS if not any(tables[m].get(k) for k in ("people", *kinds))]
    assert nameless == []
    headless = {m for m in UN_MEMBERS if not any(tables[m].get(k) for k in ("seats", *kinds))}
    # The capital is called as the state is, or as too many other places are.
    assert headless == {"DJ", "LU", "MC", "SM", "SG", "ST", "SC"}


@pytest.mark.parametrize("word", ["Zelensky", "Zelenskyy", "Zelenski", "Zelenskiy"])
def test_a_president_is_known_however_he_is_spelled(word: str) -> None:
    assert [p.name for p in people(f"President {word} arrived.")] == ["Volodymyr Zelensky"]


def test_only_the_states_that_are_gone_have_an_end() -> None:
    assert {code for code, table in states().items() if "to" in table} == GONE


@pytest.mark.parametrize("code", sorted(states()))
def test_a_state_has_its_fields_and_no_others(code: str) -> None:
    table = states()[code]

    assert set(table) <= STATE_KEYS
    assert table["name"]
    assert table["regions"] and set(table["regions"]) <= REGIONS  # type: ignore[call-overload]
    assert ("with" in table or "unless" in table) == ("guarded" in table)


def test_no_phrase_is_blank_or_padded() -> None:
    phrases = [phrase for phrase, _ in (*gazetteer.claims(), *gazetteer.aliases())]

    assert [phrase for phrase in phrases if phrase != phrase.strip() or not phrase] == []


def test_every_span_begins_before_it_ends() -> None:
    offices = [held for _, alias in gazetteer.aliases() for held in alias.person.offices]
    spans = [(claim.start, claim.end) for _, claim in gazetteer.claims()]
    spans += [(held.start, held.end) for held in offices]

    assert [span for span in spans if span[0] >= span[1]] == []
    assert all(type(day) is date for span in spans for day in span)


def test_a_phrase_on_two_states_at_once_is_named_as_shared() -> None:
    shared = {fold(phrase) for phrase in catalogue.countries()["lexicon"]["shared"]}
    claims = defaultdict(set)
    for phrase, claim in gazetteer.claims():
        if claim.kind in SPEAKING:
            claims[fold(phrase)].add(claim)

    doubled = {
        phrase
        for phrase, meant in claims.items()
        for one, other in combinations(meant, 2)
        if one.code != other.code and one.start < other.end and other.start < one.end
    }

    assert doubled == shared


def test_a_mask_is_not_the_name_of_a_state() -> None:
    speaking = {fold(phrase) for phrase, claim in gazetteer.claims() if claim.kind in SPEAKING}

    assert [
        mask for mask in catalogue.countries()["lexicon"]["masks"] if fold(mask) in speaking
    ] == []


def test_a_name_of_a_person_is_not_the_name_of_a_state() -> None:
    speaking = {fold(phrase) for phrase, claim in gazetteer.claims() if claim.kind in SPEAKING}

    assert [words for words, alias in gazetteer.aliases() if fold(words) in speaking] == []


def test_namesakes_never_hold_office_on_the_same_day() -> None:
    people = defaultdict(set)
    for words, alias in gazetteer.aliases():
        if alias.full:
            people[fold(words)].add(alias.person)

    for words, namesakes in people.items():
        for one, other in combinations(namesakes, 2):
            assert not any(other.office(held.start) for held in one.offices), words
            assert not any(one.office(held.start) for held in other.offices), words


def test_the_countries_of_people_are_states_of_the_catalogue() -> None:
    known = set(states()) | {None}

    for _, alias in gazetteer.aliases():
        assert alias.person.country in known
        assert {held.country for held in alias.person.offices} <= known


def test_every_office_names_the_event_that_dates_it() -> None:
    offices = [held for person in catalogue.people() for held in person.get("offices", ())]

    assert len(catalogue.people()) >= 150
    assert [held for held in offices if not held["source"].strip()] == []


def test_nobody_is_entered_twice() -> None:
    entries = [
        (person["name"], person.get("country"), str(person.get("offices")))
        for person in catalogue.people()
    ]

    assert len(entries) == len(set(entries))

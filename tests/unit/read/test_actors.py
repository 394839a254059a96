"""States and people are told from the words that speak of them, on the day they were written."""

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from digest.read.about import actors, gazetteer

CUBA = date(1962, 10, 23)
TODAY = date(2026, 2, 12)


def codes(text: str, *, title: str = "", at: date | None = None) -> list[str]:
    return [state.code for state in actors.countries(text, title=title, at=at)]


def names(text: str, *, title: str = "", at: date | None = None) -> list[str]:
    return [person.name for person in actors.people(text, title=title, at=at)]


def test_states_come_with_the_places_that_speak_of_them() -> None:
    text = "Ukraine’s envoys met Russian officials. Kyiv expects more talks."

    first, second = actors.countries(text)

    assert (first.code, second.code) == ("UA", "RU")
    assert [text[m.start : m.end] for m in first.mentions] == ["Ukraine", "Kyiv"]
    assert 0 < second.score < first.score < 1


def test_a_text_without_states_has_none() -> None:
    assert actors.countries("The market closed a little higher.") == ()
    assert actors.countries("") == ()


def test_a_score_is_the_same_to_the_last_bit_in_every_run() -> None:
    text = "Kremlin Russians Russian went Russians Kremlin Kremlin on"
    told = f"countries({text!r}, title='Kremlin: Russia will sign')"
    script = f"from digest.read.about.actors import countries; print({told})"

    runs = {
        subprocess.check_output(
            [sys.executable, "-c", script], env=os.environ | {"PYTHONHASHSEED": seed}
        )
        for seed in ("1", "8")  # by which the weights of the title lie the other way round in a set
    }

    assert len(runs) == 1


def test_a_title_weighs_more_than_a_mention_in_the_text() -> None:
    assert codes("Norway and Norway again.", title="Peru votes") == ["PE", "NO"]


def test_one_phrase_counts_three_times_at_most() -> None:
    three, many = actors.countries("Chile. " * 3)[0], actors.countries("Chile. " * 30)[0]

    assert many.score == pytest.approx(three.score)
    assert len(many.mentions) == 30


def test_a_state_named_in_passing_deep_in_a_long_text_is_left_out() -> None:
    text = "Egypt and Sudan met. " * 5 + "Water was spoken of at length. " * 100 + "Fiji was away."

    assert codes(text) == ["EG", "SD"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They ate turkey with us.", []),
        ("TURKEY AND IRAN MEET", ["IR", "TR"]),
        ("Latin American and South American leaders", []),
        ("Signed up to the Paris Agreement and the Vienna Convention", []),
        ("The Washington Post and the New York Times report", []),
        ("Fires in New Mexico", []),
        ("Trade of the Tarn states reached 2.3 billion U.S. dollars, or US$70 a head", []),
        ("le gouvernement grec et les autorités libanaises", ["GR", "LB"]),
        ("die griechische Regierung und der libanesische Präsident", ["GR", "LB"]),
        ("el gobierno griego y la diputada libanesa", ["GR", "LB"]),
        ("Ships in the Indian Ocean", []),
        ("Michael Jordan retired", []),
        ("He told them so in Spanish, and Spanish-speaking voters heard it", []),
        ("Vietnam veterans met; the Vietnam War was long ago", []),
        ("Deutsche Bank lent to a Cuban-American, Agence France-Presse wrote", []),
        ("Deutsche Bank lent to a Cuban-American, he told Agence France Presse", []),
        ("Jordan and Jordanian troops", ["JO"]),
        ("Georgia voted; Atlanta counted the ballots", []),
        ("Georgia voted; Tbilisi counted the ballots", ["GE"]),
        ("Georgia asks for talks", ["GE"]),
        ("Odessa answered", ["UA"]),
        ("Odessa, Texas answered", []),
        ("My neighbour Chad came by", []),
        ("Chad shut its border with Sudan", ["SD", "TD"]),
        ("Fighting in Congo near Goma", ["CD"]),
        ("Congo said in Brazzaville", ["CG"]),
        ("The Democratic Republic of the Congo voted", ["CD"]),
        ("The Republic of the Congo voted", ["CG"]),
        ("Papua New Guinea voted", ["PG"]),
        ("Equatorial Guinea voted", ["GQ"]),
        ("Guinea voted", ["GN"]),
        ("Nigerian troops", ["NG"]),
        ("Nigerien troops", ["NE"]),
        ("Northern Ireland voted", ["GB"]),
        ("South Korean troops", ["KR"]),
        ("Korean troops, Pyongyang said", ["KP"]),
        ("The Élysée and the Kremlin spoke", ["FR", "RU"]),
        ("Kensington Palace gave the names of those who won", ["GB"]),
        ("Fear of a third intifada", ["PS"]),
        ("Президент России прибыл в Киев", ["RU", "UA"]),
        ("Міністр закордонних справ України та польські посли", ["PL", "UA"]),
        ("La Russie et l’Ukraine", ["RU", "UA"]),
        ("Ankara'da Rusya ve Ukrayna", ["RU", "TR", "UA"]),
    ],
)
def test_words_speak_of_a_state_or_they_do_not(text: str, expected: list[str]) -> None:
    assert sorted(codes(text)) == expected


@pytest.mark.parametrize(
    ("text", "then", "now"),
    [
        ("Moscow and the Kremlin answered", ["SU"], ["RU"]),
        ("The Soviet Union answered", ["SU"], []),
        ("East Germany closed the border", ["DD"], ["DE"]),
        ("Fighting in the Congo", ["CD"], []),
        ("Prague answered", ["CS"], ["CZ"]),
        ("Belgrade answered", ["YU"], ["RS"]),
        ("Hanoi answered", ["VD"], ["VN"]),
        ("The Common Market widens", ["EU"], []),
    ],
)
def test_the_day_decides_which_state_is_meant(text: str, then: list[str], now: list[str]) -> None:
    assert codes(text, at=CUBA) == then
    assert codes(text, at=TODAY) == now
    assert codes(text) == now


def test_a_full_name_lets_the_surname_count() -> None:
    text = "Talks go on. Lavrov spoke first. Foreign policy is made by Sergei Lavrov, aides said."

    (person,) = actors.people(text, at=TODAY)

    assert (person.name, person.office, person.country) == (
        "Sergey Lavrov",
        "Minister of Foreign Affairs",
        "RU",
    )
    assert (text[person.start : person.end], person.count) == ("Lavrov", 2)


def test_a_title_before_the_surname_is_enough() -> None:
    assert names("“President Zelensky said so,” Zelensky's aide said.", at=TODAY) == [
        "Volodymyr Zelensky"
    ]
    assert names("Secretary of State Rubio said so.", at=TODAY) == ["Marco Rubio"]
    assert names("President Erdogan spoke.", at=TODAY) == ["Recep Tayyip Erdoğan"]


@pytest.mark.parametrize(
    "text", ["Merz spoke.", "x. \nMerz", "Talks were taking Trump by surprise."]
)
def test_a_surname_alone_is_nobody(text: str) -> None:
    assert names(text, at=TODAY) == []


def test_kennedy_is_the_president_in_1962_and_not_today() -> None:
    text = "President Kennedy spoke to the nation. Kennedy named no date."

    (person,) = actors.people(text, at=CUBA)

    assert (person.name, person.office, person.count) == ("John F. Kennedy", "President", 2)
    assert "John F. Kennedy" not in names(text, at=TODAY)


def test_a_title_that_nobody_of_that_surname_holds_names_nobody() -> None:
    assert names("Attorney General Kennedy spoke.", at=CUBA) == ["Robert F. Kennedy"]
    assert names("Ambassador Kennedy spoke.", at=CUBA) == []


def test_a_former_holder_has_no_office_but_a_country() -> None:
    (person,) = actors.people("Joe Biden spoke.", at=TODAY)

    assert (person.office, person.country) == (None, "US")


def test_who_serves_an_institution_has_no_country() -> None:
    (person,) = actors.people("U Thant spoke.", at=CUBA)

    assert (person.office, person.country) == ("Secretary-General of the United Nations", None)


def test_namesakes_are_told_apart_by_the_day() -> None:
    text = "Gerhard Schröder spoke."

    assert [p.office for p in actors.people(text, at=CUBA)] == ["Minister of Foreign Affairs"]
    assert [p.office for p in actors.people(text, at=date(2000, 1, 1))] == ["Chancellor"]
    assert actors.people(text, at=TODAY) == ()


def test_who_holds_an_office_on_the_day_speaks_for_the_state() -> None:
    text = "Emmanuel Macron and Friedrich Merz walked through the rain. Nothing was signed."

    france, germany = actors.countries(text, at=TODAY)

    assert (france.code, germany.code) == ("FR", "DE")
    assert france.mentions == ()
    assert codes(text, at=CUBA) == []
    assert codes("Nothing was signed.", title="Emmanuel Macron walked", at=TODAY) == ["FR"]
    assert codes("Joe Biden and António Guterres spoke.", at=TODAY) == []


def test_who_holds_an_office_moves_no_state_that_is_named() -> None:
    text = "Germany and France agreed. Spain did not. "

    assert actors.countries(text + "Emmanuel Macron spoke.", at=TODAY)[0].code == "DE"
    assert codes(text + "Emmanuel Macron spoke.", at=TODAY) == codes(text, at=TODAY)


def test_who_holds_an_office_names_the_state_in_a_title() -> None:
    title = "Macron opens talks on Turkey"
    text = "Emmanuel Macron spoke of Turkey. Turkish and Syrian envoys listened. Syria agreed."

    assert codes(text, title=title, at=TODAY) == ["TR", "FR", "SY"]
    assert codes(text, title=title, at=CUBA) == ["TR", "SY"]


def test_a_title_names_a_state_once() -> None:
    text = "Peru signed. Peruvian envoys smiled. Lima and Oslo are glad."

    (first, second), (_, again) = (
        actors.countries(text, title=title)
        for title in ("Peru and Norway sign", "Norwegian envoys in Oslo: Peru and Norway sign")
    )

    assert (first.code, second.code) == ("PE", "NO")
    assert again == second


def test_a_style_means_whoever_holds_the_office() -> None:
    assert names("Crown Prince Faisal left.", at=CUBA) == ["Faisal"]
    assert names("Crown Prince Faisal left.", at=TODAY) == []
    assert names("Pope John prayed.", at=CUBA) == ["John XXIII"]
    assert names("Prince William flew to Kyiv.", at=TODAY) == ["Prince William"]
    assert names("Prince William County voted.", at=TODAY) == []


def test_a_surname_of_two_people_in_the_article_is_given_to_neither() -> None:
    text = "Fidel Castro and Raúl Castro met. Castro spoke."

    assert sorted((p.name, p.count) for p in actors.people(text, at=TODAY)) == [
        ("Fidel Castro", 1),
        ("Raúl Castro", 1),
    ]


def test_a_person_in_the_title_only_has_no_place_in_the_text() -> None:
    (person,) = actors.people("He spoke.", title="Emmanuel Macron speaks", at=TODAY)

    assert (person.start, person.end, person.count) == (0, 0, 1)


def test_the_most_named_person_comes_first() -> None:
    text = "Donald Trump met Emmanuel Macron. Macron spoke."

    assert names(text, at=TODAY) == ["Emmanuel Macron", "Donald Trump"]


def test_regions_follow_from_states() -> None:
    assert actors.regions(["EG", "TR", "FR"]) == ("africa", "middle-east", "europe")
    assert actors.regions([]) == ()


def test_a_state_has_a_flag() -> None:
    assert [actors.flag(code) for code in ("UA", "EU", "XK", "SU")] == ["🇺🇦", "🇪🇺", "🇽🇰", ""]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("ukraine", "UA"),
        ("ua", "UA"),
        ("Ukrainian", "UA"),
        ("Україна", "UA"),
        ("  south   korea ", "KR"),
        ("Korea", "KR"),
        ("Congo", "CD"),
        ("uk", "GB"),
        ("moscow", "RU"),
        ("Deutschland", "DE"),
        ("Soviet Union", "SU"),
        ("Georgia", "GE"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_what_people_type(words: str, code: str | None) -> None:
    assert actors.country_code(words) == code


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_articles_at_hand_are_about_russia_ukraine_and_america(shared: Path, name: str) -> None:
    (path,) = (shared / "articles").glob(f"{name}_*.txt")
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    found = codes(re.split("Read next", text, flags=re.IGNORECASE)[0], title=title, at=TODAY)

    assert set(found[:3]) == {"RU", "UA", "US"}
    assert set(found).isdisjoint({"KG", "CD", "CG", "JP", "FI", "EE", "VN"})


WANTED = {
    "north_korea": {"KP"}, "china": {"CN"}, "russia": {"RU"}, "great_britain": {"GB"},
    "mexico": {"MX"}, "south_korea": {"KR"}, "israel": {"IL", "PS"}, "palestine": {"IL", "PS"},
}  # fmt: skip
WANTED_REGION = {
    "europe": "europe",
    "middle_east": "middle-east",
    "africa": "africa",
    "asia": "asia",
}


def test_the_labelled_country_is_among_the_first_two(shared: Path) -> None:
    """On the half of the rows that no constant was chosen by; 0.95 was reached."""
    lines = (shared / "corpora/topics/allsides.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["topic"] in WANTED | WANTED_REGION]
    held_out = [
        row for row in rows if int(hashlib.md5(str(row["id"]).encode()).hexdigest(), 16) % 2
    ]

    right = sum(_is_right(row) for row in held_out)

    assert right / len(held_out) >= 0.9


def _is_right(row: dict[str, str]) -> bool:
    first = codes(row["text"], title=row["title"])[:2]
    region = WANTED_REGION.get(row["topic"])
    if region:
        return region in actors.regions(first)
    return not WANTED[row["topic"]].isdisjoint(first)


def test_forms_are_spelled_out() -> None:
    phrases = {phrase for phrase, claim in gazetteer.claims() if claim.code in ("RU", "GB")}

    assert {"России", "российского", "Великой Британией"} <= phrases

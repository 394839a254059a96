"""Places that were chosen, by the name they were chosen by."""

import pytest

from bot.talk.callback import aimed, pack
from bot.talk.locations import (
    Location,
    argument,
    city_located,
    known_place,
    located,
    location_of,
    place_name,
)
from bot.talk.locations import _written as every_place
from bot.talk.places import CITIES
from bot.talk.texts import available, texts

T = texts("en")
GENEVA = Location("Europe/Zurich", "Geneva")


def test_a_city_is_told_from_a_country_and_from_any_other_words() -> None:
    assert city_located("geneva", T) == GENEVA
    assert city_located("Switzerland", T) is city_located("Narnia", T) is None


@pytest.mark.parametrize(
    ("words", "location"),
    [
        ("geneva", GENEVA),
        ("GENF", Location("Europe/Zurich", "Genf")),
        ("Женева", Location("Europe/Zurich", "Женева")),
        ("Bern", Location("Europe/Zurich", "Bern")),
        ("ankara", Location("Europe/Istanbul", "Ankara")),
        ("the hague", Location("Europe/Amsterdam", "The Hague")),
        ("санкт петербург", Location("Europe/Moscow", "Санкт-Петербург")),
        ("Zürich", Location("Europe/Zurich")),
        ("Wien", Location("Europe/Vienna")),
        ("Switzerland", Location("Europe/Zurich")),
        ("CH", Location("Europe/Zurich")),
        ("Singapore", Location("Asia/Singapore")),
        ("Europe/Zurich", Location("Europe/Zurich")),
        ("UTC", Location("UTC")),
    ],
)
def test_a_place_keeps_the_name_that_its_zone_does_not_have(words: str, location: Location) -> None:
    assert located(words, T) == (location,)
    assert location_of(argument(location), T) == location


def test_a_country_of_many_clocks_has_no_name_of_its_own() -> None:
    found = located("United States", T)
    assert len(found) > 3
    assert not any(one.place for one in found)
    assert located("Narnia", T) == ()


def test_what_a_forged_button_says_is_no_place() -> None:
    assert location_of("../../etc/passwd", T) is None
    assert location_of("United States", T) is None
    assert location_of("Switzerland", T) is None


def test_a_place_is_read_in_the_language_of_the_chat() -> None:
    assert place_name("Europe/Zurich", "Genf", T) == "Geneva"
    assert place_name("Europe/Zurich", "Geneva", texts("fr")) == "Genève"
    assert place_name("Europe/Zurich", "Lausanne", texts("fr")) == "Lausanne"
    assert place_name("Europe/Zurich", "", texts("de")) == "Zürich"
    assert place_name("America/New_York", "Вашингтон", T) == "Washington"
    assert place_name("America/New_York", "Boston", T) == "Boston"
    assert place_name("Europe/Kyiv", "Dnipro", texts("uk")) == "Дніпро"
    assert place_name("Europe/Rome", "Милан", T) == "Milan"
    assert place_name("Europe/Istanbul", "Измир", texts("ru")) == "Измир"


def test_a_place_of_another_zone_is_none() -> None:
    assert known_place("geneva", "Europe/Zurich") == "Geneva"
    assert known_place("Geneva", "Europe/Paris") == ""
    assert known_place("Narnia", "Europe/Zurich") == ""
    assert known_place("UTC", "UTC") == ""
    assert known_place("", "Europe/Zurich") == ""


@pytest.mark.parametrize("language", available())
def test_every_city_of_the_buttons_is_called_as_its_button(language: str) -> None:
    t = texts(language)
    for city, zone in CITIES:
        (location,) = located(city, t)
        assert location.zone == zone
        assert location_of(argument(location), t) == location


def test_a_button_has_room_for_every_place_of_every_topic() -> None:
    for name in every_place().values():
        button = pack("timezone", "set", name)
        assert aimed(button, -1_009_999_999_999, 2**31 - 1)

"""Places as people type them."""

from zoneinfo import available_timezones

import pytest

from bot.talk.locations import located
from bot.talk.places import (
    CITIES,
    REGIONS,
    button_city,
    city_of,
    countries_of,
    country_codes,
    country_named,
    is_zone,
    zones_named,
    zones_of,
)
from bot.talk.texts import available, texts
from seeds import catalogue

T = texts("en")


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Geneva", "Europe/Zurich"),
        ("genève", "Europe/Zurich"),
        ("Zürich", "Europe/Zurich"),
        ("new york", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
        ("The Hague", "Europe/Amsterdam"),
        ("Ankara", "Europe/Istanbul"),
        ("Kyiv", "Europe/Kyiv"),
        ("Kolkata", "Asia/Kolkata"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("Europe/Zurich", "Europe/Zurich"),
        ("europe/zurich", "Europe/Zurich"),
        ("UTC", "UTC"),
        ("Switzerland", "Europe/Zurich"),
        ("Germany", "Europe/Berlin"),
        ("Cyprus", "Asia/Nicosia"),
        ("Pristina", "Europe/Belgrade"),
        ("Türkiye", "Europe/Istanbul"),
        ("Женева", "Europe/Zurich"),
        ("Київ", "Europe/Kyiv"),
        ("брюссель", "Europe/Brussels"),
        ("Нью-Йорк", "America/New_York"),
        ("Тель-Авив", "Asia/Jerusalem"),
        ("Каир", "Africa/Cairo"),
        ("Le Caire", "Africa/Cairo"),
        ("Kairo", "Africa/Cairo"),
        ("İzmir", "Europe/Istanbul"),
        ("Da Nang", "Asia/Ho_Chi_Minh"),
        ("Дананг", "Asia/Ho_Chi_Minh"),
        ("Mailand", "Europe/Rome"),
        ("Strassburg", "Europe/Paris"),
        ("La Haya", "Europe/Amsterdam"),
        ("Kumasi", "Africa/Accra"),
        ("القاهرة", "Africa/Cairo"),
    ],
)
def test_a_place_has_its_zone(words: str, zone: str) -> None:
    assert zones_named(words, T) == (zone,)


def test_cities_of_one_name_with_several_clocks_are_told_apart() -> None:
    assert zones_named("valencia", T) == ("Europe/Madrid", "America/Caracas")
    assert [one.place for one in located("Valencia", T)] == [
        "Valencia, Spain",
        "Valencia, Venezuela",
    ]
    assert zones_named("Valencia, Spain", T) == ("Europe/Madrid",)


def test_a_country_of_many_clocks_gives_one_city_for_each() -> None:
    found = zones_named("United States", T)
    assert {"America/New_York", "America/Chicago", "Pacific/Honolulu"} <= set(found)
    assert not {"America/Detroit", "America/Indiana/Indianapolis"} & set(found)
    assert zones_named("China", T) == ("Asia/Shanghai", "Asia/Urumqi")


@pytest.mark.parametrize(
    ("country", "first"),
    [
        ("Portugal", "Europe/Lisbon"),
        ("Chile", "America/Santiago"),
        ("Ecuador", "America/Guayaquil"),
        ("Indonesia", "Asia/Jakarta"),
        ("Malaysia", "Asia/Kuala_Lumpur"),
        ("Mexico", "America/Mexico_City"),
        ("Brazil", "America/Sao_Paulo"),
        ("Australia", "Australia/Sydney"),
        ("United States", "America/New_York"),
        ("Ukraine", "Europe/Kyiv"),
        ("Uzbekistan", "Asia/Tashkent"),
        ("Kosovo", "Europe/Belgrade"),
    ],
)
def test_the_clock_that_most_live_by_comes_first(country: str, first: str) -> None:
    assert zones_named(country, T)[0] == first


def test_every_country_that_one_can_live_in_has_a_clock() -> None:
    countries = frozenset[str]().union(*map(countries_of, REGIONS))
    assert [code for code in sorted(countries) if not zones_of(code)] == []


@pytest.mark.parametrize(
    "words", ["", "nowhere at all", "<b>", "EST5EDT", "GMT+3", "gmt-3", "../../etc/passwd"]
)
def test_what_is_no_place_has_no_zone(words: str) -> None:
    assert zones_named(words, T) == ()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ukraine", "UA"),
        ("ua", "UA"),
        ("Iran", "IR"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Russia", "RU"),
        ("USA", "US"),
        ("Pristina", "XK"),
        ("EU", "EU"),
        ("Côte d'Ivoire", "CI"),
        ("Yunanistan", "GR"),
        ("مصر", "EG"),
        ("Paesi Bassi", "NL"),
        ("乌克兰", "UA"),
    ],
)
def test_a_country_has_its_code(words: str, code: str) -> None:
    assert country_named(words, T) == code


@pytest.mark.parametrize("words", ["Atlantis", "USSR", "SU", ""])
def test_what_exists_no_more_is_no_country(words: str) -> None:
    assert country_named(words, T) in (None, "RU")


def test_every_region_has_countries_of_today() -> None:
    assert all(countries_of(region) for region in REGIONS)
    assert frozenset().union(*map(countries_of, REGIONS)) <= country_codes()
    assert "SU" not in countries_of("europe")
    assert countries_of("atlantis") == frozenset()


def test_every_city_of_ours_has_a_zone_of_this_machine() -> None:
    rows = (*catalogue.cities().values(), *catalogue.large_cities().values())
    zones = {zone for _, zone in CITIES} | {city.zone for city in rows}
    assert zones <= available_timezones()
    assert all(zones_named(city, T) == (zone,) for city, zone in CITIES)
    assert not is_zone("Europe/Atlantis")


@pytest.mark.parametrize("language", available())
def test_a_button_names_its_city_in_the_language_of_the_chat(language: str) -> None:
    t = texts(language)
    labels = {button_city(city, zone, t): zone for city, zone in CITIES}
    assert len(labels) == len(CITIES)
    assert all(zones_named(label, t) == (zone,) for label, zone in labels.items())
    assert not any(label.isascii() for label in labels) or language not in ("ru", "uk")


def test_a_button_names_a_city_that_keeps_the_time_of_another_by_its_own_name() -> None:
    assert button_city("Geneva", "Europe/Zurich", T) == "Geneva"
    assert button_city("Geneva", "Europe/Zurich", texts("fr")) == "Genève"
    assert button_city("Vienna", "Europe/Vienna", texts("de")) == "Wien"


def test_a_zone_is_named_after_its_city() -> None:
    assert city_of("Europe/Zurich", T) == "Zurich"
    assert city_of("America/New_York", T) == "New York"
    assert city_of("UTC", T) == "UTC"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("l'Iran", "IR"),
        ("l’Ukraine", "UA"),
        ("la Russie", "RU"),
        ("les États-Unis", "US"),
        ("die Türkei", "TR"),
        ("el Líbano", "LB"),
        ("the Gambia", "GM"),
        ("El Salvador", "SV"),
        ("the", None),
        ("Los Angeles", None),
        ("the the Gambia of", None),
    ],
)
def test_a_country_is_known_with_its_article(words: str, code: str | None) -> None:
    assert country_named(words, T, *map(texts, available())) == code

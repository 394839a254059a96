"""The known place that is nearest to a location."""

import pytest

from bot.talk.locations import Location, location_of
from bot.talk.nearby import Point, nearest
from bot.talk.texts import texts
from seeds import catalogue


@pytest.mark.parametrize(
    ("point", "location"),
    [
        ((52.52, 13.40), Location("Europe/Berlin")),
        ((46.21, 6.14), Location("Europe/Zurich", "Geneva")),
        ((38.89, -77.05), Location("America/New_York", "Washington")),
        ((28.60, 77.20), Location("Asia/Kolkata", "Delhi")),
        ((-33.87, 151.21), Location("Australia/Sydney")),
        ((-17.0, 179.99), Location("Pacific/Fiji")),
        ((16.05, 108.20), Location("Asia/Ho_Chi_Minh", "Da Nang")),
        ((30.66, 104.06), Location("Asia/Shanghai", "Chengdu")),
        ((21.49, 39.19), Location("Asia/Riyadh", "Jeddah")),
        ((35.69, -105.94), Location("America/Denver", "Albuquerque")),  # Santa Fe
    ],
)
def test_a_location_is_known_by_the_place_next_to_it(point: Point, location: Location) -> None:
    assert nearest(point) == (location,)


def test_where_clocks_meet_each_is_offered_the_nearest_first() -> None:
    assert [one.zone for one in nearest((42.24, -8.72))] == ["Europe/Madrid", "Europe/Lisbon"]
    assert [one.place for one in nearest((48.62, 22.29))] == ["Lviv", "Kraków"]
    assert len(nearest((90.0, 0.0))) == 4


def test_each_city_of_the_table_is_itself_and_fits_on_a_button() -> None:
    for name, city in {**catalogue.cities(), **catalogue.large_cities()}.items():
        assert nearest(city.at)[0] == Location(city.zone, name)
        assert location_of(name, texts("en")) == Location(city.zone, name)

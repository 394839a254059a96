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
        ((50.63, 3.06), Location("Europe/Brussels")),  # Lille keeps its time
    ],
)
def test_a_location_is_known_by_the_place_next_to_it(point: Point, location: Location) -> None:
    assert nearest(point) == (location,)


@pytest.mark.parametrize(
    ("point", "location"),
    [
        (
            (35.69, -105.94),
            Location("America/Denver"),
        ),  # Santa Fe, a little nearer to Ciudad Juárez
        ((31.74, -106.48), Location("America/Ciudad_Juarez")),
        ((30.66, 104.06), Location("Asia/Shanghai", "Beijing")),  # Chengdu, nearer to Macau
        ((21.49, 39.19), Location("Asia/Riyadh")),  # Jeddah, nearer to Asmara
    ],
)
def test_of_places_with_one_clock_a_well_known_one_is_named(
    point: Point, location: Location
) -> None:
    assert nearest(point)[0] == location


def test_where_clocks_meet_each_is_offered_the_nearest_first() -> None:
    assert [one.zone for one in nearest((42.24, -8.72))] == ["Europe/Lisbon", "Europe/Madrid"]
    assert [one.place for one in nearest((48.62, 22.29))] == ["Lviv", "Kraków"]
    assert len(nearest((90.0, 0.0))) == 4


def test_each_city_of_the_table_is_itself_and_fits_on_a_button() -> None:
    for city, point in catalogue.cities().items():
        assert nearest(point)[0].place == city
        assert location_of(city, texts("en")) == nearest(point)[0]

"""What an operator types, understood or refused in one sentence."""

from datetime import UTC, datetime

import pytest

from bot.operate.moments import checked_countries, checked_topics, checked_zone, instant
from digest.errors import InputError


@pytest.mark.parametrize(
    ("words", "zone", "found"),
    [
        ("2026-02-10", "UTC", datetime(2026, 2, 10, tzinfo=UTC)),
        ("2026-02-10", "Europe/Zurich", datetime(2026, 2, 9, 23, tzinfo=UTC)),
        ("2026-02-10T12:00Z", "Europe/Zurich", datetime(2026, 2, 10, 12, tzinfo=UTC)),
        ("2026-02-10T12:00+03:00", "UTC", datetime(2026, 2, 10, 9, tzinfo=UTC)),
        ("2026-07-10 07:30", "Europe/Zurich", datetime(2026, 7, 10, 5, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_offset_is_of_the_zone(words: str, zone: str, found: datetime) -> None:
    assert instant(words, zone) == found


@pytest.mark.parametrize(
    "words", ["yesterday", "2026-13-40", "", "10.02.2026", "12:00", "2026-02-1x"]
)
def test_what_is_no_time_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(InputError, match=r"is no time; write it as 2026-02-10T12:00Z"):
        instant(words, "UTC")


@pytest.mark.parametrize("words", ["0001-01-01", "9999-12-31T23:59-12:00", "2206-02-10"])
def test_a_year_of_no_digest_is_refused(words: str) -> None:
    with pytest.raises(InputError, match="see its year"):
        instant(words, "Asia/Tokyo")


def test_a_zone_is_an_iana_zone() -> None:
    assert checked_zone("Asia/Kolkata") == "Asia/Kolkata"


@pytest.mark.parametrize("name", ["Atlantis", "", "../etc/passwd", "CEST"])
def test_another_zone_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="is no time zone; write it as Europe/Zurich"):
        checked_zone(name)


def test_topics_and_countries_are_lists_with_commas() -> None:
    assert checked_topics(" sanctions, Peace talks and ceasefires ,") == {
        "sanctions",
        "peace-talks",
    }
    assert checked_countries("ua, RU,Türkiye") == {"UA", "RU", "TR"}
    assert checked_topics("") == frozenset()


def test_an_unknown_topic_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match=r"'gardening' is no topic; the topics are .*sanctions"):
        checked_topics("sanctions,gardening")


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(InputError, match="'Atlantis' is no country; write its ISO code, as UA"):
        checked_countries("UA,Atlantis")

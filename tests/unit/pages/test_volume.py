"""How much is written a day, and the picture of it."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.pages.picture import picture
from bot.talk.texts import texts
from digest.compose.volume import Volume, volume
from digest.model.digests import Window

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 8, 25, tzinfo=UTC)
DAY = timedelta(days=1)


def counted(*per_day: int, zone: str = "UTC") -> Volume:
    """So many articles a day, the last number being that of today."""
    first = MIDNIGHT - (len(per_day) - 1) * DAY
    moments = [first + at * DAY for at, count in enumerate(per_day) for _ in range(count)]
    return volume(moments, Window(first, NOW, zone))


def test_each_day_is_counted_and_the_usual_is_that_of_days_that_are_over() -> None:
    found = counted(2, 4, 30, 4, 1)

    assert [count for _, count in found.per_day] == [2, 4, 30, 4, 1]
    assert (found.articles, found.usual, found.today) == (41, 4, 1)
    assert found.most == (date(2026, 8, 23), 30)
    assert found.unusual == (date(2026, 8, 23),)


def test_days_are_those_of_the_zone() -> None:
    late = datetime(2026, 8, 24, 22, 30, tzinfo=UTC)
    found = volume([late], Window(MIDNIGHT - DAY, NOW, "Europe/Zurich"))

    assert found.per_day[-1] == (date(2026, 8, 25), 1)


def test_what_is_outside_the_window_does_not_count() -> None:
    found = volume([MIDNIGHT - 2 * DAY, NOW], Window(MIDNIGHT - DAY, NOW))

    assert found.articles == 0
    assert (found.usual, found.unusual) == (0, ())


def test_days_before_the_first_article_are_not_usual() -> None:
    assert counted(0, 0, 0, 0, 10, 12, 0, 11, 11).usual == 10


@pytest.mark.parametrize(
    ("per_day", "is_unusual"),
    [
        ((1, 1, 1, 1, 5), False),  # few are no news
        ((1, 1, 1, 1, 6), True),
        ((16, 16, 16, 16, 27), False),  # chance alone
        ((16, 16, 16, 16, 28), True),
        ((10, 30, 10, 30, 50), False),  # days differ as much
        ((0, 0, 0, 0, 5), True),
        ((9,), True),
    ],
)
def test_a_day_is_unusual_where_chance_and_habit_do_not_explain_it(
    per_day: tuple[int, ...], is_unusual: bool
) -> None:
    assert (date(2026, 8, 25) in counted(*per_day).unusual) == is_unusual


@pytest.mark.parametrize("title", ["Україна", "Türkiye – Côte d’Ivoire", "$x_1$ <b> \\frac"])
def test_a_picture_is_a_png_of_its_size(title: str) -> None:
    shown = picture(counted(*range(30)), title, texts("uk"))

    assert shown.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(shown[16:20]), int.from_bytes(shown[20:24])) == (960, 480)


def test_nothing_can_be_drawn_too() -> None:
    assert picture(counted(0), "Nauru", texts("en"))


def test_what_drawing_needs_can_be_loaded_ahead() -> None:
    drawing = "from bot.pages.picture import draw_the_first; draw_the_first()"
    loaded = "import sys; print('matplotlib.backends.backend_agg' in sys.modules)"

    said = subprocess.run(
        [sys.executable, "-c", f"{drawing}; {loaded}"], check=True, capture_output=True
    )

    assert said.stdout == b"True\n"

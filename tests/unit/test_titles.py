"""Titles and the sites behind them."""

import pytest

from digest.gather.titles import without_site


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Ministers meet | The Paper", None, "Ministers meet"),
        ("Ministers meet « The Paper Breaking News", None, "Ministers meet"),
        ("Ministers meet « Lake Breaking News", "blogs.lakenews.com", "Ministers meet"),
        ("Ministers meet · The Lake Paper", "thelakepaper.org", "Ministers meet"),
        ("Ministers meet | Envoys leave", "The Paper", "Ministers meet | Envoys leave"),
        ("Ministers meet - The Paper", "The Paper", "Ministers meet"),
        ("Ministers meet - The Paper", "Another", "Ministers meet - The Paper"),
        ("Ministers meet - envoys leave", None, "Ministers meet - envoys leave"),
        ("Ministers «meet» in Riga", None, "Ministers «meet» in Riga"),
        ("Ministers meet", "The Paper", "Ministers meet"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(
    title: str, site: str | None, expected: str
) -> None:
    assert without_site(title, site) == expected

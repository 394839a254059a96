"""Titles and the sites behind them."""

import pytest

from digest.gather.titles import without_outlet, without_site


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
        ("Ministers meet - Lake", "www.lakenet.com", "Ministers meet"),
        ("Ministers meet – The Lake Tribune", "tribune.com.pk", "Ministers meet"),
        ("Ministers meet – Lake Political Ticker", "ticker.blogs.lake.com", "Ministers meet"),
        ("Ministers meet : The Palace : LPR", "lpr.org", "Ministers meet"),
        ("Ministers meet : LPR", "lpr.org", "Ministers meet"),
        ("Ministers meet: Riga : LPR", "lpr.org", "Ministers meet: Riga"),
        ("Ministers meet -- LakeDaily", "lakedaily.com", "Ministers meet"),
        ("LUNA : Ministers meet", "luna.net.kw", "Ministers meet"),
        ("The Paper | Ministers meet", "The Paper", "Ministers meet"),
        ("Lakeland : Ministers meet", "luna.net.kw", "Lakeland : Ministers meet"),
        ("LUNA : Ministers meet", None, "LUNA : Ministers meet"),
        ("Ministers meet - Lake poll", "lake.com", "Ministers meet - Lake poll"),
        ("Talks fail, ministers say - Lake", "The Paper", "Talks fail, ministers say - Lake"),
        ("Ministers «meet» in Riga", None, "Ministers «meet» in Riga"),
        ("Ministers meet", "The Paper", "Ministers meet"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(
    title: str, site: str | None, expected: str
) -> None:
    assert without_site(title, site) == expected


@pytest.mark.parametrize(
    ("title", "outlet", "expected"),
    [
        ("Ministers meet - Mercury", "Mercury", "Ministers meet"),
        ("Ministers meet | Mercury News", "Mercury", "Ministers meet"),
        ("Ministers meet « Lake Breaking News", "Lake News", "Ministers meet"),
        ("Ministers meet · Mercury", "Mercury: World", "Ministers meet"),
        ("Aid is cut – UN", "UN News", "Aid is cut – UN"),
        ("Vote on the river - Mercury poll", "Mercury", "Vote on the river - Mercury poll"),
        ("Ministers meet | Envoys leave", "Mercury", "Ministers meet | Envoys leave"),
        ("Ministers meet | Envoys leave", "", "Ministers meet | Envoys leave"),
        ("Ministers meet", "Mercury", "Ministers meet"),
    ],
)
def test_an_outlet_is_no_part_of_its_entries_titles(title: str, outlet: str, expected: str) -> None:
    assert without_outlet(title, outlet) == expected

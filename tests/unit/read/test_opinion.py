"""Articles that say what somebody thinks."""

import pytest

from digest.model.sources import Outlet
from digest.read.opinion import is_opinion
from tests.articles import new_article

TEXT = "The ministers should sign the accord before the winter comes."


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://paper.example/opinion/2026/11/30/sign-it", "Sign the accord"),
        ("https://paper.example/2026/nov/30/commentisfree/sign-it", "Sign the accord"),
        ("https://paper.example/Meinung/sign-it", "Sign the accord"),
        ("https://paper.example/ideas/archive/2026/11/sign-it/4711/", "Sign the accord"),
        ("https://paper.example/opinion-sign-the-accord-4711/", "Sign the accord"),
        ("https://paper.example/a/4711", "Opinion: Sign the accord"),
        ("https://paper.example/a/4711", "OPINION | Sign the accord"),
        ("https://paper.example/a/4711", "Sign the accord | Editorial"),
        ("https://paper.example/a/4711", "Мнение: подпишите договор"),
        (None, "Kommentar: Unterschreibt"),
    ],
)
def test_what_is_called_an_opinion_is_one(url: str | None, title: str) -> None:
    assert is_opinion(new_article("a", TEXT, url=url, title=title))


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://paper.example/world/accord-signed", "Accord signed"),
        ("https://paper.example/world/opinion", "Accord signed"),
        ("https://paper.example", "Opinion polls: accord has a majority"),
        ("https://paper.example/a/4711", "Public opinion turns against the accord"),
        ("https://paper.example/a/4711", "Court gives opinion - and waits"),
        (None, None),
    ],
)
def test_what_only_speaks_of_opinions_is_none(url: str | None, title: str | None) -> None:
    assert not is_opinion(new_article("a", TEXT, url=url, title=title))


def test_what_an_office_issues_is_news() -> None:
    office = Outlet("Foreign Office", "GB", official=True)
    url = "https://office.example/opinion/the-minister-writes"

    assert not is_opinion(new_article("a", TEXT, url=url, outlet=office))

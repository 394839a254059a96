"""The newest report of a story heads it, where it tells what the others tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.compose.edition import ordered
from digest.model.articles import Article
from tests.articles import new_article, stored

MONDAY = datetime(2026, 2, 9, 8, tzinfo=UTC)
SEIZED = "Gunmen in Streslau seized a bus with eight observers on Monday, the ministry said."
HELD = "The gunmen in Streslau hold the eight observers of the bus, the ministry said on Monday."
FREED = "Gunmen in Streslau freed one of the eight observers of the bus, the ministry said."
FAR = "Farmers of the eastern valleys await the ripening of the barley and the plums."


def report(at: int, title: str | None, text: str, hours: int | None) -> Article:
    when = None if hours is None else MONDAY + timedelta(hours=hours)
    return replace(stored(new_article(f"r{at}", text, title=title), id=at), published_at=when)


SEIZING = report(1, "Gunmen seize bus with observers in Streslau", SEIZED, 0)
HOLDING = report(2, "Gunmen in Streslau hold observers of bus", HELD, 2)


def lead(*articles: Article) -> int:
    return ordered(articles)[0].id


def test_the_newest_leads_which_tells_nearly_as_much() -> None:
    freeing = report(3, "Gunmen free one of eight observers", FREED, 24)
    later = replace(freeing, id=4, published_at=MONDAY + timedelta(hours=48))

    assert lead(SEIZING, HOLDING) in (1, 2)
    assert lead(SEIZING, HOLDING, freeing) == 3
    assert lead(SEIZING, HOLDING, freeing, later) == 4


@pytest.mark.parametrize(
    "other",
    [
        report(3, "Gunmen free one of eight observers", FREED, 8),  # of the same day
        report(3, "Gunmen free one of eight observers", FREED, None),  # nobody knows when
        report(3, "Farmers await barley", FAR, 24),  # it tells something else
        report(3, "Outcry over eight observers held by gunmen", FREED, 24),
        report(3, "Who are the eight observers held by gunmen?", FREED, 24),
        report(3, None, FREED, 24),
    ],
)
def test_a_newer_one_does_not_lead_that_tells_less_or_no_news(other: Article) -> None:
    seizing = replace(SEIZING, title="Gunmen seize bus with eight observers in Streslau on Monday")

    assert lead(seizing, HOLDING, other) in (1, 2)

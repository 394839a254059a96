"""The newest report of a story heads it, and what is old gives way to what is new."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.compose.edition import edition, ordered
from digest.compose.tell import cite
from digest.model.articles import Article
from digest.model.digests import Shown
from digest.relate.novelty import trace
from tests.articles import new_article, stored
from tests.unit.compose.editions import snapshot

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


def first_ones(documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
    return tuple(range(min(count, sum(map(len, documents)))))


def test_what_happened_before_a_story_was_first_shown_gives_way() -> None:
    text = (
        "Graustark froze all trade with Ruritania on Sunday and sent its envoy home.\n\n"
        "Ruritania offered Graustark talks on herring, ministers said on Wednesday.\n\n"
        "Fishing villages on both shores have quarrelled over the banks for forty years."
    )
    article = report(1, "Ruritania offers Graustark talks", text, 56)  # on a Wednesday
    (story,) = edition(snapshot(article)).stories
    known = Shown({story.id: date(2026, 2, 10)})

    def told(shown: Shown) -> set[int]:
        cited = cite(story, shown, count=3, summariser=lambda _: first_ones)
        return {text.count("\n\n", 0, one.start) for one in cited}

    assert told(Shown()) == {0, 1, 2}
    assert told(known) == {1, 2}
    assert told(replace(known, sentences=frozenset(map(trace, text.split("\n\n")[1:])))) == {0}

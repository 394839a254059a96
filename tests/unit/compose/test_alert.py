"""Which story is worth a message at once, to whom, and when not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from digest.compose.alert import (
    CRITICAL,
    ENOUGH,
    FOLLOWED,
    MOST_A_DAY,
    RECENT,
    Breaking,
    alert,
    alert_digest,
    breaking,
    of_late,
)
from digest.compose.compose import compose
from digest.compose.edition import Edition, edition
from digest.model.articles import Article, StoryId, Topic
from digest.model.chats import Schedule, Wish
from digest.model.digests import Shown, Snapshot, Window
from digest.model.sources import Outlet
from digest.relate.novelty import trace
from tests.articles import new_article, stored

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TALKS = "Delegations of both states met in Ankara on Monday to extend the grain corridor."
THURSDAY = "Envoys of both states will meet in Vienna on Thursday to sign the text."
WAR = (Topic("armed-conflict", 0.9),)
EXPULSION = (Topic("summits", 0.9), Topic("embassies", 0.8, ("expelled diplomats",)))


def told_by(
    outlets: int, *, story: int = 1, at: datetime = NOW - HOUR, **more: Any
) -> list[Article]:
    """A story as told by so many outlets."""
    return [
        stored(
            new_article(
                f"{story} by {n}",
                f"{TALKS}\n\nThe paper number {n} of story {story} adds a sentence of its own.",
                first_seen_at=at,
                **{"outlet": Outlet(f"Paper {n}", "CH"), "published_at": at} | more,
            ),
            id=100 * story + n,
            story=story,
        )
        for n in range(outlets)
    ]


def edition_of(*articles: Article, began: datetime = NOW - HOUR) -> Edition:
    return edition(of_late(snapshot_of(*articles, began=began)))


def snapshot_of(*articles: Article, began: datetime = NOW - HOUR) -> Snapshot:
    stories = {article.story: began for article in articles if article.story}
    return Snapshot(Window(NOW - RECENT, NOW), articles, stories)


def heard(
    *articles: Article,
    wish: Wish = Wish(),  # noqa: B008 - frozen
    shown: Shown = Shown(),  # noqa: B008 - frozen
    schedule: Schedule = Schedule(),  # noqa: B008 - frozen
    sent_today: int = 0,
) -> Breaking | None:
    found = breaking(edition_of(*articles))
    return alert(found, wish, shown, schedule, now=NOW, sent_today=sent_today)


def test_a_story_is_told_at_once_when_enough_outlets_tell_it() -> None:
    assert heard(*told_by(ENOUGH))
    assert heard(*told_by(ENOUGH - 1)) is None


@pytest.mark.parametrize("follow", ["TR", "s:1"])
def test_what_is_followed_needs_fewer_outlets(follow: str) -> None:
    wish = Wish(topics=frozenset({"climate"}), follow=frozenset({follow}))
    assert heard(*told_by(FOLLOWED), wish=wish)
    assert heard(*told_by(FOLLOWED - 1), wish=wish) is None


@pytest.mark.parametrize(
    "wish",
    [
        Wish(topics=frozenset({"climate"})),
        Wish(countries=frozenset({"JP"})),
        Wish(muted=frozenset({"grain"})),
        Wish(read=frozenset({"fr"})),
    ],
)
def test_what_a_chat_does_not_want_is_not_told(wish: Wish) -> None:
    assert heard(*told_by(8), wish=wish) is None


def test_a_story_that_began_earlier_is_the_digests() -> None:
    assert breaking(edition_of(*told_by(8), began=NOW - RECENT - HOUR)) == ()


def test_only_what_may_break_is_looked_at() -> None:
    none = told_by(8, story=2, outlet=None)
    old = told_by(8, story=3, published_at=NOW - 30 * HOUR)
    apart = [replace(article, story=None) for article in told_by(8, story=4)]
    few = told_by(FOLLOWED - 1, story=5)
    told = told_by(FOLLOWED)
    whole = snapshot_of(*none, *old, *apart, *few, *told)
    assert of_late(whole).articles == tuple(told)
    assert breaking(edition(of_late(whole))) == breaking(edition(whole)) != ()
    assert of_late(snapshot_of(*told, began=NOW - RECENT - HOUR)).articles == ()


def test_what_a_new_feed_brings_of_the_day_before_is_no_news() -> None:
    old = told_by(8, published_at=NOW - 30 * HOUR)
    assert heard(*old) is None
    assert heard(*old[: -ENOUGH + 1], *told_by(ENOUGH, story=1)[1:]) is None


def test_outlets_count_once_and_unnamed_ones_never() -> None:
    same = told_by(8, outlet=Outlet("The Paper", "CH"))
    unnamed = told_by(8, story=2, outlet=None)
    assert heard(*same, *unnamed) is None


def test_a_story_that_was_shown_is_not_told_again() -> None:
    articles = told_by(ENOUGH)
    shown = Shown({StoryId(1): date(2026, 2, 10)})
    assert heard(*articles, shown=shown) is None
    renumbered = Shown(sentences=frozenset({trace(TALKS)}))
    assert heard(*articles, shown=renumbered) is None
    other = Shown({StoryId(2): date(2026, 2, 10)}, frozenset({trace("Something else.")}))
    assert heard(*articles, shown=other)


def test_a_day_has_three_alerts_at_most() -> None:
    assert heard(*told_by(8), sent_today=MOST_A_DAY - 1)
    assert heard(*told_by(8), sent_today=MOST_A_DAY) is None


@pytest.mark.parametrize(
    ("outlets", "topics", "is_heard"),
    [
        (CRITICAL, WAR, True),
        (CRITICAL, EXPULSION, True),
        (CRITICAL, (Topic("terrorism", 0.5),), True),
        (CRITICAL - 1, WAR, False),
        (CRITICAL + 3, (Topic("summits", 0.9), *WAR), False),
        (CRITICAL, (Topic("embassies", 0.9, ("consulate",)),), False),
    ],
)
def test_only_what_is_critical_breaks_the_quiet_hours(
    outlets: int, topics: tuple[Topic, ...], is_heard: bool
) -> None:
    quiet = Schedule(zone="UTC", quiet=("11:00", "13:00"))
    found = heard(*told_by(outlets, topics=topics), schedule=quiet)
    assert (found is not None) == is_heard
    assert heard(*told_by(outlets, topics=topics))


def test_the_most_told_story_comes_first() -> None:
    found = heard(*told_by(ENOUGH), *told_by(ENOUGH + 1, story=2), *told_by(ENOUGH, story=3))
    assert found is not None
    assert (found.story.id, found.outlets) == (2, ENOUGH + 1)


def test_one_story_is_told_whatever_else_there_is() -> None:
    whole = edition_of(*told_by(ENOUGH), *told_by(ENOUGH + 1, story=2))
    news = breaking(whole)[-1]
    digest = alert_digest(news, whole, Shown())
    (item,) = digest.items
    assert (item.story, item.status) == (1, "new")
    assert 1 <= len(item.sentences) <= 3


def test_what_is_announced_is_left_for_the_digest() -> None:
    announcing = stored(new_article("more", THURSDAY, first_seen_at=NOW - HOUR), id=99, story=1)
    whole = edition_of(*told_by(ENOUGH), announcing)

    assert compose(whole, Wish(minutes=1), Shown()).ahead
    assert alert_digest(breaking(whole)[0], whole, Shown()).ahead == ()


def test_a_story_without_a_sentence_that_stands_alone_is_told_by_its_headline() -> None:
    bare = [replace(one, sentences=()) for one in told_by(ENOUGH)]
    found = heard(*bare)
    assert found is not None
    assert alert_digest(found, edition_of(*bare), Shown()).items[0].sentences == ()

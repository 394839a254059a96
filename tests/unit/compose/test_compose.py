"""What a digest holds: which stories, as new as they are to the chat, as many as can be read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.compose.edition import ordered
from digest.compose.export import as_json
from digest.model.articles import Article, StoryId, Topic
from digest.model.chats import Wish
from digest.model.digests import Shown, Window
from digest.relate.novelty import trace
from tests.articles import SEEN, new_article, stored
from tests.unit.compose.editions import END, EXPULSION, GRAIN, START, compose_from, snapshot


def test_what_is_no_diplomacy_is_left_out() -> None:
    sport = stored(new_article("sport", EXPULSION, relevance=0.1), id=9)

    assert compose_from(snapshot(sport), Wish(), Shown()).items == ()


def test_an_article_without_a_story_is_left_out() -> None:
    assert (
        compose_from(
            snapshot(stored(new_article("x", GRAIN), id=1, story=None)), Wish(), Shown()
        ).items
        == ()
    )


def test_a_quiet_day_names_the_top_story_elsewhere(grain: tuple[Article, Article]) -> None:
    digest = compose_from(snapshot(*grain), Wish(countries=frozenset({"JP"})), Shown())

    assert digest.items == ()
    assert digest.elsewhere is not None
    assert digest.elsewhere.story == 1
    assert compose_from(snapshot(), Wish(), Shown()).elsewhere is None


def test_every_topic_of_a_story_of_one_article_counts() -> None:
    both = (Topic("european-union", 0.61), Topic("sanctions", 0.52))
    alone = stored(new_article("a", EXPULSION, topics=both), id=1)

    digest = compose_from(snapshot(alone), Wish(topics=frozenset({"sanctions"})), Shown())

    assert [item.topics for item in digest.items] == [("european-union", "sanctions")]


def test_what_the_headline_is_plainly_about_stands_first(grain: tuple[Article, Article]) -> None:
    plain = (Topic("summits", 0.7), Topic("arms-control", 0.53), Topic("aid", 0.4))
    loud = (Topic("armed-conflict", 0.9),)
    first, second = ordered(grain)
    told = (replace(first, topics=plain), replace(second, topics=loud))

    (item,) = compose_from(snapshot(*told), Wish(), Shown()).items

    assert item.topics == ("summits", "arms-control", "armed-conflict")


def test_a_continuing_story_shows_only_what_is_new(grain: tuple[Article, Article]) -> None:
    first = compose_from(snapshot(*grain), Wish(), Shown()).items[0]
    seen = Shown({StoryId(1): START.date()}, frozenset({trace(first.sentences[0].text)}))
    began = {StoryId(1): START - timedelta(days=2)}

    (item,) = compose_from(snapshot(*grain, story_started_at=began), Wish(), seen).items

    assert (item.status, item.day) == ("continuing", 4)
    assert first.sentences[0].text not in [cited.text for cited in item.sentences]


@pytest.mark.parametrize(("shown", "is_known"), [(1, True), (5, True), (2, False)])
def test_a_chat_knows_a_story_by_each_number_it_had(
    grain: tuple[Article, Article], shown: int, is_known: bool
) -> None:
    began = {StoryId(1): START - timedelta(days=2)}
    parts = {StoryId(1): frozenset({StoryId(5)})}
    found = snapshot(*grain, story_started_at=began, taken_in=parts)

    (item,) = compose_from(found, Wish(), Shown({StoryId(shown): START.date()})).items

    assert (item.status, item.is_known) == ("continuing", is_known)


def test_the_day_of_a_story_follows_the_local_clock() -> None:
    evening = datetime(2026, 2, 9, 23, 30, tzinfo=UTC)  # the 10th in Zurich
    found = stored(new_article("a", GRAIN), id=1)
    window = Window(START, END, "Europe/Zurich")

    (item,) = compose_from(
        snapshot(found, window=window, story_started_at={StoryId(1): evening}), Wish(), Shown()
    ).items

    assert item.day == 2


def test_a_minute_holds_fewer_stories_than_five() -> None:
    many = [
        stored(new_article(f"k{at}", GRAIN.replace("ninety", f"{at} and ninety")), id=at, story=at)
        for at in range(1, 31)
    ]

    short = compose_from(snapshot(*many), Wish(minutes=1), Shown())
    long = compose_from(snapshot(*many), Wish(minutes=5), Shown())

    assert len(short.items) == 5
    assert len(long.items) == 20
    assert sum(bool(item.sentences) for item in long.items) == 3


def test_a_story_that_is_too_long_for_the_budget_becomes_a_line() -> None:
    words = " ".join(["the corridor talks in Ankara"] * 40)
    wordy = "\n\n".join(f"Delegation number {at} said {words}." for at in range(12))

    wordy_one = stored(new_article("a", wordy), id=1)

    (item,) = compose_from(snapshot(wordy_one), Wish(minutes=1), Shown()).items

    assert item.sentences == ()


def test_a_story_with_nothing_but_a_headline_takes_no_full_place() -> None:
    bare = [
        stored(
            new_article(f"bare{at}", "", title=f"Envoys of {place} meet in Geneva"), id=at, story=at
        )
        for at, place in enumerate(("Moravia", "Saxony", "Swabia"), 1)
    ]
    told = stored(new_article("expulsion", EXPULSION, relevance=0.6), id=9, story=9)

    digest = compose_from(snapshot(*bare, told), Wish(), Shown())

    assert [item.story for item in digest.items] == [9, 1, 2, 3]
    assert digest.items[0].sentences


def test_what_cannot_be_read_in_time_is_left_out() -> None:
    many = [
        stored(
            new_article(f"k{at}", GRAIN, title="The corridor talks in Ankara " * 200),
            id=at,
            story=at,
        )
        for at in range(1, 6)
    ]

    items = compose_from(snapshot(*many), Wish(minutes=1), Shown()).items

    assert len(items) < len(many)


def test_a_headline_of_a_thousand_words_takes_the_place_of_no_other_story() -> None:
    endless = stored(new_article("a", GRAIN, title="The corridor talks in Ankara " * 200), id=1)
    other = stored(new_article("b", EXPULSION), id=2, story=2)

    assert len(compose_from(snapshot(endless, other), Wish(minutes=1), Shown()).items) == 2


def test_the_document_of_a_digest_keeps_the_contract(grain: tuple[Article, Article]) -> None:
    unnamed = replace(grain[1], outlet=None, published_at=None)
    feeds = (("RU", True),) * 14 + (("TR", False),) * 46
    digest = compose_from(snapshot(grain[0], unnamed, feeds=feeds), Wish(), Shown())

    document = as_json(digest)

    assert set(document) == {
        "start", "end", "zone", "articles_read", "stories_seen", "stories", "warnings",
    }  # fmt: skip
    assert document["warnings"] == [
        "14 of 60 feeds could not be read; this edition may be thin",
        "no feed of RU could be read",
    ]
    (story,) = document["stories"]
    assert story["status"] == "new"
    assert {article["published_at"] for article in story["articles"]} == {SEEN.isoformat(), None}
    assert as_json(compose_from(snapshot(), Wish(), Shown()))["warnings"] == []


def test_equal_input_gives_an_equal_digest(grain: tuple[Article, Article]) -> None:
    assert compose_from(snapshot(*grain), Wish(), Shown()) == compose_from(
        snapshot(*grain), Wish(), Shown()
    )

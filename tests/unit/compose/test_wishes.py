"""What a chat wants, mutes and follows, and which article answers its wish."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from digest.compose.edition import edition
from digest.compose.matching import contains
from digest.model.articles import Article, StoryId, Topic
from digest.model.chats import Wish
from digest.model.digests import Digest, Shown, Window
from digest.relate.novelty import trace
from tests.unit.compose.editions import END, EXPULSION, START, compose_from, snapshot


def test_a_wish_keeps_what_matches_topic_and_country(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    def stories(**wish: Any) -> list[int]:
        return [
            i.story for i in compose_from(snapshot(*grain, expulsion), Wish(**wish), Shown()).items
        ]

    assert stories(topics=frozenset({"embassies"})) == [2]
    assert stories(countries=frozenset({"TR"})) == [1]
    assert stories(countries=frozenset({"TR"}), topics=frozenset({"embassies"})) == []
    assert stories(countries=frozenset({"JP"}), words=frozenset({"GRAIN"})) == [1]
    assert stories(muted=frozenset({"corridor"})) == [2]
    assert stories(read=frozenset({"fr"})) == []


def test_a_story_is_told_by_the_article_that_answers_the_wish(
    grain: tuple[Article, Article],
) -> None:
    lead, other = edition(snapshot(*grain)).stories[0].articles
    other = replace(other, topics=(Topic("arms-control", 0.9),), countries=("HU", "US"))
    found = snapshot(lead, other)

    for wish, first in (
        (Wish(topics=frozenset({"arms-control"})), other),
        (Wish(countries=frozenset({"HU"})), other),
        (Wish(topics=frozenset({"summits", "arms-control"})), lead),
        (Wish(countries=frozenset({"UA"}), words=("corridor",)), lead),
        (Wish(), lead),
    ):
        (item,) = compose_from(found, wish, Shown()).items
        assert item.lead == first.id
        assert item.sentences[0].article == first.id
    (item,) = compose_from(found, Wish(topics=frozenset({"arms-control"})), Shown()).items
    assert item.topics[0] == "arms-control"


def test_an_article_that_tells_nothing_heads_no_story_for_a_wish(
    grain: tuple[Article, Article],
) -> None:
    lead, other = edition(snapshot(*grain)).stories[0].articles
    topics = (Topic("arms-control", 0.9),)
    for changes in ({"relevance": 0.3}, {"duplicate_of": lead.id}):
        changed = replace(other, topics=topics, **changes)  # type: ignore[arg-type]
        (item,) = compose_from(
            snapshot(lead, changed), Wish(topics=frozenset({"arms-control"})), Shown()
        ).items
        assert item.lead == lead.id


def test_a_muted_story_is_left_out_and_not_the_top_story_elsewhere(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    def composed(**wish: Any) -> Digest:
        return compose_from(snapshot(*grain, expulsion), Wish(**wish), Shown())

    assert [i.story for i in composed(muted=frozenset({"s:1"})).items] == [2]
    quiet = composed(topics=frozenset({"cyber"}), muted=frozenset({"s:1", "helsinki"}))
    assert quiet.items == ()
    assert quiet.elsewhere is None


@pytest.mark.parametrize(
    ("word", "whole", "begins"),
    [
        ("war", False, True),
        ("Warsaw", True, True),
        ("saw", False, False),
        ("the warsaw pact", True, True),
        ("u.s.", True, True),
        ("(nato", True, True),
        ("国", True, True),
        ("парламент", False, True),
        ("парламента", True, True),
    ],
)
def test_a_word_is_held_whole_or_as_a_beginning(word: str, whole: bool, begins: bool) -> None:
    text = "the warsaw pact; the u.s. (nato) and 中国人 парламента"

    assert contains(text, word) == whole
    assert contains(text, word, whole=False) == begins


def test_what_is_followed_is_wanted_whatever_the_topics(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    def stories(*follow: str, **wish: Any) -> list[int]:
        wanted = Wish(topics=frozenset({"aid"}), follow=frozenset(follow), **wish)
        return [i.story for i in compose_from(snapshot(*grain, expulsion), wanted, Shown()).items]

    assert stories("TR") == [1]
    assert stories("FI-RU") == [2]
    assert stories("FI-TR") == []
    assert stories("s:2") == [2]
    assert stories("s:3", "JP") == []
    assert stories("s:2", muted=frozenset({"helsinki"})) == []


def test_a_followed_story_is_known_by_the_number_it_had_before(expulsion: Article) -> None:
    taken_in = {StoryId(2): frozenset({StoryId(5)})}
    wish = Wish(topics=frozenset({"aid"}), follow=frozenset({"s:5"}))

    (item,) = compose_from(snapshot(expulsion, taken_in=taken_in), wish, Shown()).items

    assert item.story == 2


def test_what_is_followed_comes_first_and_says_why(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    wish = Wish(follow=frozenset({"s:2"}))

    first, second = compose_from(snapshot(*grain, expulsion), wish, Shown()).items

    assert (first.story, second.story) == (2, 1)
    assert [part.value for part in first.parts if part.name == "followed"] == [3.0]
    assert [part.value for part in second.parts if part.name == "followed"] == [0.0]


@pytest.mark.parametrize("followed", ["s:2", "s:5"])
def test_that_a_followed_story_is_quiet_is_said_once_a_day(
    expulsion: Article, followed: str
) -> None:
    wish = Wish(follow=frozenset({followed}))
    sentences = frozenset(trace(text) for text in EXPULSION.split("\n\n"))
    shown = Shown({StoryId(2): START.date()}, sentences)
    today = snapshot(expulsion, taken_in={StoryId(2): frozenset({StoryId(5)})})
    morning = replace(today, window=Window(START - timedelta(days=1), END, "UTC"))
    evening = replace(today, window=Window(END - timedelta(minutes=1), END, "Asia/Tokyo"))

    (item,) = compose_from(morning, wish, shown).items
    digest = compose_from(evening, wish, shown)

    assert item.status == "quiet"
    assert (digest.items, digest.elsewhere) == ((), None)

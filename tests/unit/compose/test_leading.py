"""Which article of a story heads it."""

from dataclasses import replace

import pytest

from digest.compose.edition import edition, ordered
from digest.model.articles import Article, Topic
from digest.model.chats import Wish
from digest.model.digests import Shown
from tests.articles import new_article, stored
from tests.unit.compose.editions import GRAIN, GRAIN_TOO, compose_from, snapshot


def test_an_opinion_neither_heads_nor_tells_what_is_reported(
    grain: tuple[Article, Article],
) -> None:
    thought = replace(grain[0], url="https://paper.example/opinion/grain")

    (item,) = compose_from(snapshot(thought, grain[1]), Wish(), Shown()).items

    assert item.lead == grain[1].id
    assert {cited.article for cited in item.sentences} == {grain[1].id}


def test_what_is_no_diplomacy_neither_heads_nor_tells_a_story_that_is(
    grain: tuple[Article, Article],
) -> None:
    ballot = replace(grain[0], relevance=0.1, countries=("US",), topics=(Topic("aid", 0.9),))

    (item,) = compose_from(snapshot(ballot, grain[1]), Wish(), Shown()).items

    assert item.lead == grain[1].id
    assert {cited.article for cited in item.sentences} == {grain[1].id}
    assert item.articles == (grain[1],)
    assert (item.topics, item.countries) == (("summits",), ("TR",))


def test_what_is_no_diplomacy_stands_behind_what_is(grain: tuple[Article, Article]) -> None:
    first, second = ordered(grain)

    assert ordered((replace(first, relevance=0.1), second))[0] == second


def test_an_undated_article_never_leads_beside_a_dated_one() -> None:
    undated = stored(
        new_article("a", GRAIN, published_at=None, date_source="first_seen"), id=1, story=1
    )
    proved = stored(
        new_article("b", GRAIN_TOO, title=None, published_at=None, date_source="text"),
        id=2,
        story=1,
    )

    (item,) = compose_from(snapshot(undated, proved), Wish(), Shown()).items

    assert item.lead == 2
    assert (
        item.headline
        == "The grain corridor through the Black Sea was extended on Monday by Turkey and Ukraine."
    )


def test_an_undated_article_is_not_quoted_beside_a_dated_one() -> None:
    undated = stored(
        new_article("a", GRAIN, published_at=None, date_source="first_seen"), id=1, story=1
    )
    dated = stored(new_article("b", GRAIN_TOO), id=2, story=1)

    (item,) = compose_from(snapshot(undated, dated), Wish(), Shown()).items
    (alone,) = compose_from(snapshot(undated), Wish(), Shown()).items

    assert {cited.article for cited in item.sentences} == {2}
    assert {cited.article for cited in alone.sentences} == {1}


@pytest.mark.parametrize(
    ("first", "second", "leads"),
    [
        ("Why the grain corridor is extended", "Harbour of Odesa waits", 2),  # a title that tells
        (
            "Harbour of Odesa waits",
            "Grain corridor extended",
            2,
        ),  # one whose words the other has too
        ("Grain corridor extended", "Harbour of Odesa waits", 1),
    ],
)
def test_the_headline_is_one_that_tells_what_the_others_tell(
    first: str, second: str, leads: int
) -> None:
    one = stored(new_article("a", GRAIN, title=first), id=1)
    other = stored(new_article("b", GRAIN_TOO, title=second), id=2)
    (story,) = edition(snapshot(one, other)).stories

    assert story.articles[0].id == leads


@pytest.mark.parametrize(
    ("act", "other"),
    [
        ("Israel and Hamas agree to Gaza cease-fire", "Bus bomb in Gaza crisis wounds 21"),
        ("Russian forces seize bridge", "Ministers to boycott games over bridge"),
        ("Talks on trade go on", "Critics mock trade talks"),
    ],
)
def test_what_a_state_does_heads_a_story_before_what_it_leads_to(act: str, other: str) -> None:
    """However many words the others share."""
    said = (
        "The bus bomb, the boycott of games and the mocked talks in Gaza were the news on Monday."
    )
    titles = (other, act, f"{other} again", f"{other}, police say")
    told = [stored(new_article(f"{at}", said, title=t), id=at) for at, t in enumerate(titles)]

    assert ordered(told)[0].title == act


def test_an_empty_untitled_article_has_an_empty_headline() -> None:
    empty = stored(new_article("a", "", title=None), id=1)

    (item,) = compose_from(snapshot(empty), Wish(), Shown()).items

    assert item.headline == ""
    assert item.sentences == ()

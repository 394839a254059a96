"""Which story comes first and why, and which take the full places."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.compose.rank import one_side, parts
from digest.model.articles import Article, StoryId, Topic
from digest.model.chats import Wish
from digest.model.digests import Shown
from digest.model.sources import Outlet
from digest.relate.novelty import trace
from tests.articles import SEEN, new_article, stored
from tests.unit.compose.editions import END, EXPULSION, START, compose_from, snapshot


def test_a_story_of_more_outlets_comes_first(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    digest = compose_from(snapshot(expulsion, *grain), Wish(), Shown())

    assert [item.story for item in digest.items] == [1, 2]
    assert digest.articles_read == 3
    assert digest.stories_seen == 2


def test_a_story_of_opinions_alone_comes_last(grain: tuple[Article, Article]) -> None:
    thought = tuple(replace(one, title=f"Opinion: {one.title}") for one in grain)
    report = stored(new_article("expulsion", EXPULSION, relevance=0.5), id=3, story=2)

    digest = compose_from(snapshot(*thought, report), Wish(), Shown())

    assert [item.story for item in digest.items] == [2, 1]
    assert {part.name: part.value for part in digest.items[1].parts}["opinion"] < 0


def test_an_analysis_loses_less_than_an_opinion_and_a_report_nothing(
    grain: tuple[Article, Article],
) -> None:
    def lost(*titles: str) -> float:
        told = (replace(one, title=title) for one, title in zip(grain, titles, strict=True))
        (item,) = compose_from(snapshot(*told), Wish(), Shown()).items
        return next(part.value for part in item.parts if part.name == "opinion")

    why, opinion, report = "Why the corridor matters", "Opinion: Extend it", "Corridor extended"
    assert lost(opinion, opinion) < lost(why, opinion) == lost(why, why) < 0
    assert lost(why, report) == lost(opinion, report) == 0


def test_a_story_with_nothing_new_is_quiet_and_last(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    first = compose_from(snapshot(*grain), Wish(), Shown())
    everything = frozenset(
        trace(article.text[span.start : span.end])
        for article in grain
        for span in article.sentences
    )
    seen = Shown({StoryId(1): START.date()}, everything)

    digest = compose_from(snapshot(*grain, expulsion), Wish(), seen)

    assert first.items[0].status == "new"
    assert [(item.story, item.status) for item in digest.items] == [(2, "new"), (1, "quiet")]


def test_the_score_is_the_sum_of_its_reasons(grain: tuple[Article, Article]) -> None:
    (item,) = compose_from(snapshot(*grain), Wish(countries=frozenset({"TR"})), Shown()).items

    assert item.score == pytest.approx(sum(part.value for part in item.parts))
    assert {part.name for part in item.parts if part.value > 0} >= {"outlets", "fresh", "asked"}


def test_an_official_text_counts_beside_the_press(grain: tuple[Article, Article]) -> None:
    official = replace(grain[1], outlet=Outlet("Ministry", "TR", official=True))

    def counted(*articles: Article) -> float:
        found = parts(articles, Wish(), now=END, is_new=False)
        return {part.name: part.value for part in found}["official"]

    assert counted(grain[0], official) > 0
    assert counted(official) == counted(grain[0]) == 0  # a ministry alone is no news yet


@pytest.mark.parametrize(
    ("title", "weighs"),
    [
        ("Finland expels two Russian diplomats", True),
        ("Russian warships enter Finnish waters", True),
        ("Finland condemns Russian attack on Ukraine", False),
        ("Two diplomats leave Helsinki for Moscow", False),
    ],
)
def test_a_headline_that_tells_what_states_do_counts(
    expulsion: Article, title: str, weighs: bool
) -> None:
    digest = compose_from(snapshot(replace(expulsion, title=title)), Wish(), Shown())

    (found,) = (part.value for part in digest.items[0].parts if part.name == "acts")

    assert (found > 0) == weighs


def test_a_story_of_one_state_stands_behind_what_concerns_two() -> None:
    def score(*countries: str, hours: int = 0) -> float:
        text = "The ministers met on Monday."
        told = stored(new_article("a", text, title="Ministers meet"), id=1)
        told = replace(told, countries=countries, first_seen_at=SEEN - timedelta(hours=hours))
        (item,) = compose_from(snapshot(replace(told, relevance=0.9)), Wish(), Shown()).items
        return item.score

    assert score("FI", "RU") > score("FI")
    assert score("FI", "RU", hours=12) > score("FI")  # though it is fresh


def test_the_full_places_go_to_different_affairs() -> None:
    about = {1: ("CU", "US", "SU"), 2: ("BR", "CU", "US"), 3: ("IN", "CN"), 4: ("YE",), 5: ("CU",)}
    articles = [
        stored(
            new_article(f"{number}", EXPULSION, countries=countries, relevance=1 - number / 10),
            id=number,
            story=number,
        )
        for number, countries in about.items()
    ]

    items = compose_from(snapshot(*articles), Wish(minutes=5), Shown()).items

    assert [item.story for item in items] == [1, 3, 4, 2, 5]
    assert [bool(item.sentences) for item in items] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("countries", "topic", "is_one"),
    [(("UA",), "summits", True), (("RU",), "summits", False), (("UA",), "aid", False)],
)
def test_a_story_of_one_country_may_belong_to_an_affair_of_more(
    countries: tuple[str, ...], topic: str, is_one: bool
) -> None:
    about = {1: ("UA", "RU"), 2: countries, 3: ("SY",), 4: ("YE",)}
    articles = [
        stored(new_article(f"{n}", EXPULSION, countries=of, relevance=1 - n / 10), id=n, story=n)
        for n, of in about.items()
    ]
    articles[1] = replace(articles[1], topics=(Topic(topic, 0.9), Topic("summits", 0.5)))

    items = compose_from(snapshot(*articles), Wish(minutes=5), Shown()).items

    assert [item.story for item in items if item.sentences] == ([1, 3, 4] if is_one else [1, 2, 3])


def test_one_affair_may_take_every_place_where_there_is_no_other() -> None:
    articles = [
        stored(new_article(f"{n}", EXPULSION, countries=("CU", "US")), id=n, story=n)
        for n in (1, 2)
    ]

    items = compose_from(snapshot(*articles), Wish(), Shown()).items

    assert all(item.sentences for item in items)


@pytest.mark.parametrize(
    ("homes", "countries", "expected"),
    [
        (("RU", "RU"), ("RU", "UA"), "RU"),
        (("RU", "UA"), ("RU", "UA"), None),
        (("RU",), ("RU", "UA"), None),
        (("RU", "RU"), ("RU",), None),
        ((None, None), ("RU", "UA"), None),
    ],
)
def test_a_story_told_from_one_side_only_is_known(
    homes: tuple[str | None, ...], countries: tuple[str, ...], expected: str | None
) -> None:
    told_by = [Outlet(f"Paper {at}", home) for at, home in enumerate(homes)]

    assert one_side(told_by, countries) == expected

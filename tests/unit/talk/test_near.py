"""What may have been meant by words that are no name."""

import re
from collections import Counter

import pytest

from bot.talk.near import named_within, region_named, topic_named
from bot.talk.places import REGIONS, fold
from bot.talk.texts import available, texts
from seeds.topics import SLUGS
from seeds.wordlists import word_lists


@pytest.mark.parametrize("language", available())
def test_each_topic_is_known_by_its_name_and_by_each_long_word_of_it(language: str) -> None:
    t = texts(language)
    for slug in SLUGS:
        name = t.label(f"topic.{slug}")
        assert topic_named(name, t) == topic_named(slug, texts("en")) == slug
        assert {topic_named(word, t) for word in re.findall(r"\w{5,}", name)} <= {slug}


@pytest.mark.parametrize("language", available())
def test_no_two_topics_of_a_language_share_a_word(language: str) -> None:
    label = texts(language).label
    names = (set(re.findall(r"\w{4,}", label(f"topic.{slug}").casefold())) for slug in SLUGS)
    assert max(Counter(word for name in names for word in name).values()) == 1


def test_what_names_no_topic_is_none() -> None:
    assert topic_named("football", texts("en")) is None


def test_a_region_is_known_by_its_name_in_each_language() -> None:
    assert region_named("naher osten") == region_named("Middle-East") == "middle-east"
    assert region_named("Proche-Orient") == region_named("Nahost") == "middle-east"
    assert region_named("Narnia") is None


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("war", "armed-conflict"),
        ("війна", "armed-conflict"),
        ("Krieg", "armed-conflict"),
        ("oil", "energy"),
        ("NATO", "alliances"),
        ("Весь мир", None),
        ("asilo", "refugees"),
        ("Abrüstung", "arms-control"),
    ],
)
def test_a_topic_is_known_by_its_other_names(words: str, slug: str | None) -> None:
    assert topic_named(words, texts("en")) == slug


def test_each_other_name_is_that_of_one_topic() -> None:
    lists = word_lists("topic_names.toml")
    every = [fold(name) for slug in lists.names for name in {*map(fold, lists.phrases(slug))}]
    assert set(lists.names) <= set(SLUGS)
    assert sorted(set(every)) == sorted(every)
    for slug in lists.names:
        named = {
            topic_named(name, texts(one)) for name in lists.phrases(slug) for one in available()
        }
        assert named == {slug}
    assert not any(map(region_named, every))


def test_each_other_name_is_that_of_a_region() -> None:
    assert set(word_lists("regions.toml").names) <= set(REGIONS)


def test_what_is_named_in_a_sentence_is_found_once_and_in_order() -> None:
    said = (
        "I am interested in the Middle East, Ukraine, US-Iran, peace talks and Ukraine; is it on?"
    )
    named = ("middle-east", "UA", "IR", "US", "peace-talks")
    assert set(named_within(said, texts("en"))) == set(named)
    assert named_within(said, texts("en"))[0] == "middle-east"
    assert named_within("what is this", texts("en")) == ()

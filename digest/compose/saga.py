"""Sagas: stories that are chapters of one long affair, by their topics and countries. Pure.

Following an affair over weeks by its words is weak (pairwise F1 of 66, where the stories of a few days
reach 83), so the measure is what both are about: a pair of countries and a topic among those that lead
them. Of a war in one country some chapters name no other: there its name and the first topic decide.
"""

from collections.abc import Mapping, Sequence

from ..model.articles import StoryId
from ..model.digests import Item
from .edition import Story

# Read by eye over the fourteen digests of the bundled sample, 2026-11-28: with two leading countries the
# Cuban settlement stays split where an envoy's country leads, with four all of an assembly is one affair.
_COUNTRIES = 3
_TOPICS = 2


def is_one(one: Story, other: Story) -> bool:
    """Whether the stories share two leading countries and a leading topic, or are of one country."""
    pair = set(one.countries[:_COUNTRIES]) & set(other.countries[:_COUNTRIES])
    topics = set(one.topics[:_TOPICS]) & set(other.topics[:_TOPICS])
    return bool(topics) and (len(pair) > 1 or _are_of_one(one, other))


def _are_of_one(one: Story, other: Story) -> bool:
    """Whether a country and a topic lead both, and one of them names no other country.

    Of the pairs that daily and weekly digests of wikinews_clean, allsides and the sample tell in full two
    more are one affair by that, rightly both (2026-12-01).
    """
    led = (one.countries[:1], one.topics[:1]) == (other.countries[:1], other.topics[:1])
    return led and min(len(one.countries), len(other.countries)) == 1


def varied(items: Sequence[Item], stories: Mapping[StoryId, Story], most: int) -> tuple[Item, ...]:
    """The items with the best chapter of each of up to ``most`` sagas first, then all others.

    Within both parts their order stays. So one affair does not take every full place of a digest;
    quiet items are never brought forward.
    """
    first: list[Item] = []
    for item in items:
        told = stories[item.story]
        is_another = not any(is_one(told, stories[before.story]) for before in first)
        if len(first) < most and item.status != "quiet" and is_another:
            first.append(item)
    return (*first, *(item for item in items if item not in first))

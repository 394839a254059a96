"""Sagas: which stories are chapters of one long affair, by their countries and topics. Pure.

Words are a weak guide over weeks (pairwise F1 of 66, where the stories of a few days reach 83). So two
stories belong together if they share two of their leading countries and one of their leading topics. Some
chapters of a war within one country name no other country; for those the country and the first topic
decide.
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
    """Whether both belong to one affair: they share two countries and a topic, or one country alone."""
    pair = set(one.countries[:_COUNTRIES]) & set(other.countries[:_COUNTRIES])
    topics = set(one.topics[:_TOPICS]) & set(other.topics[:_TOPICS])
    return bool(topics) and (len(pair) > 1 or _are_of_one(one, other))


def _are_of_one(one: Story, other: Story) -> bool:
    """Whether both have the same first country and topic, and one of them names no other country.

    This unites two more pairs of those that daily and weekly digests of wikinews_clean, allsides and the
    sample tell in full, rightly both times (2026-12-01).
    """
    led = (one.countries[:1], one.topics[:1]) == (other.countries[:1], other.topics[:1])
    return led and min(len(one.countries), len(other.countries)) == 1


def varied(items: Sequence[Item], stories: Mapping[StoryId, Story], most: int) -> tuple[Item, ...]:
    """First the best chapter of each of up to ``most`` sagas, then all other items.

    The order within both groups stays. Thus one affair does not take every full place of a digest. Items
    without news are never moved forward.
    """
    first: list[Item] = []
    for item in items:
        told = stories[item.story]
        is_another = not any(is_one(told, stories[before.story]) for before in first)
        if len(first) < most and item.status != "quiet" and is_another:
            first.append(item)
    return (*first, *(item for item in items if item not in first))

"""Weighs the stories of a window all at once, to correct what a single pass placed too early or too late.

Agglomerative clustering with average link, nearest pair first. Pairs that share no weighty stem are never
compared, so a day of 10,000 articles costs what its likely pairs cost. At the end every article that is
left alone is looked at once more: it may be too little alike to begin a story with another article, and
still belong to one that several tell, if it is near no other. Two short texts must be more alike to begin a
story, since a name and a word or two make them alike by chance.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from heapq import heappop, heappush
from typing import Generic, TypeVar

from .shelf import Parts, StoryIndex, cosine, likeness, size, together
from .vectors import Vector

# An article left alone joins the most similar story of at least so many articles if its likeness to it,
# less that to the next story, reaches this share of the threshold. Sweep of 0.54 to 0.86 and 1 to 5
# articles on the tuning halves of wikinews_clean and ecbplus and on 692 articles of allsides on foreign
# affairs and security, which were grouped by their titles and mostly tell of an event alone, 2026-11-29:
# 0.6 to 0.75 and 3 or 4 gain on the first two and mix no more stories on any; with 2 articles 42 % of those
# of allsides are mixed, not 36.
_TOLD_BY = 3
_CLEARLY = 0.65
# Two articles, one of which has fewer stems than this, as summaries in feeds have, begin a story only if
# their cosine, whatever the time between them, is at least so many times the threshold. Labelled by hand:
# three feeds of a real week, 300 texts of one outlet in a month (Lee's background corpus), 346 articles of
# allsides on foreign affairs; the last two as they are and cut to 32 words. Sweep of 1.3 to 1.9 and 30 to
# 60 stems on one half, 2026-11-30: with 1.5 and 40 the mixed stories fall from 49 of 160 to 42 of 153, in
# the other half from 48 of 167 to 41 of 155, and whole texts of wikinews_clean and ecbplus stay. 1.7 parts
# what belongs together, 60 does in whole texts.
_FEW = 40
_OF_TWO = 1.5

Key = TypeVar("Key", bound=Hashable)


def regroup(
    shelf: StoryIndex[Key],
    free: Mapping[Key, Vector],
    beside: Mapping[Key, Key],
    *,
    threshold: float,
) -> dict[Key, Key]:
    """For each free story, the story that it becomes part of, or itself.

    ``free`` are stories of one article each, in the order in which they came; a new story gets the key of
    its first. The other stories of the shelf are fixed: they take free ones in, and never become part of
    another. ``beside`` names stories that must go where another, earlier one goes, as a copy goes with its
    original.
    """
    merging = _Merging(shelf, _together(free, beside), threshold)
    for key, vector in free.items():
        for other in shelf.candidates(vector):
            merging.link(key, other)
    merging.run()
    return merging.joined()


def _together(free: Iterable[Key], beside: Mapping[Key, Key]) -> dict[Key, list[Key]]:
    """The free stories grouped by the one that they must follow, which is included if it is free."""
    groups: defaultdict[Key, list[Key]] = defaultdict(list)
    for key in free:
        first = key
        while first in beside:
            first = beside[first]
        groups[first].append(key)
    return groups


@dataclass(frozen=True, slots=True)
class _Group(Generic[Key]):
    key: Key
    order: int  # place of its first free member; -1 for a fixed story
    parts: Parts
    members: tuple[Key, ...]  # the free ones


class _Merging(Generic[Key]):
    """Groups under numbers; a merged pair gives way to a new number, so that old pairs are stale."""

    def __init__(
        self, shelf: StoryIndex[Key], free: Mapping[Key, Sequence[Key]], threshold: float
    ) -> None:
        self._shelf = shelf
        self._threshold = threshold
        self._groups: dict[int, _Group[Key]] = {}
        self._links: dict[int, set[int]] = {}
        self._pairs: list[tuple[float, int, int]] = []  # a heap: likeness below 0, numbers
        self._numbers: dict[Key, int] = {}
        self._next = 0
        for order, (key, members) in enumerate(free.items()):
            fixed = {key} - set(members)
            parts = reduce(together, map(shelf.parts, (*fixed, *members)))
            group = _Group(key, -1 if fixed else order, parts, tuple(members))
            number = self._put(group, set())
            self._numbers |= dict.fromkeys((key, *members), number)

    def link(self, key: Key, other: Key) -> None:
        """Compare two stories of the shelf; the first is free."""
        if other not in self._numbers:
            group = _Group(other, -1, self._shelf.parts(other), ())
            self._numbers[other] = self._put(group, set())
        one, two = self._numbers[key], self._numbers[other]
        if one != two and two not in self._links[one]:
            self._links[one].add(two)
            self._links[two].add(one)
            self._compare(one, two)

    def run(self) -> None:
        """Merge the nearest pair until none is alike enough."""
        while self._pairs:
            _, one, two = heappop(self._pairs)
            if one in self._groups and two in self._groups:
                self._merge(one, two)

    def joined(self) -> dict[Key, Key]:
        """The key of its group for every free story."""
        homes = [(group, self._home(number)) for number, group in self._groups.items()]
        firsts: dict[Key, Key] = {}
        for group, home in sorted(homes, key=lambda pair: pair[0].order):
            firsts.setdefault(home.key, group.key)
        return {member: firsts[home.key] for group, home in homes for member in group.members}

    def _home(self, number: int) -> _Group[Key]:
        """The group itself; for an article left alone the story that it clearly belongs to, if any."""
        group = self._groups[number]
        if group.order < 0 or size(group.parts) > 1:
            return group
        others = [self._groups[other] for other in sorted(self._links[number])]
        told = [other for other in others if size(other.parts) >= _TOLD_BY]
        scores = {other.key: likeness(group.parts, other.parts) for other in told}
        best = max(told, key=lambda other: scores[other.key], default=group)
        wanted = _CLEARLY * self._threshold
        if scores.get(best.key, 0.0) < wanted:  # most end here, and the rest is not compared
            return group
        rest = (likeness(group.parts, other.parts) for other in others if other is not best)
        return best if scores[best.key] - max(rest, default=0.0) >= wanted else group

    def _merge(self, one: int, two: int) -> None:
        first, second = sorted(
            (self._groups.pop(one), self._groups.pop(two)), key=lambda group: group.order
        )
        links = (self._links.pop(one) | self._links.pop(two)) - {one, two}
        for other in links:
            self._links[other] -= {one, two}
        self._put(
            _Group(
                first.key,
                first.order,
                together(first.parts, second.parts),
                first.members + second.members,
            ),
            links,
        )

    def _put(self, group: _Group[Key], links: set[int]) -> int:
        number = self._next
        self._next += 1
        self._groups[number] = group
        self._links[number] = links
        for other in sorted(links):
            self._links[other].add(number)
            self._compare(other, number)
        return number

    def _compare(self, one: int, two: int) -> None:
        first, second = self._groups[one], self._groups[two]
        if max(first.order, second.order) < 0:  # two fixed ones
            return
        score = likeness(first.parts, second.parts)
        if score >= self._threshold and not self._is_chance(first.parts, second.parts):
            heappush(self._pairs, (-score, one, two))

    def _is_chance(self, one: Parts, other: Parts) -> bool:
        """Whether they are two articles, one of them short, and no more alike than chance makes many."""
        if size(one) + size(other) > 2:
            return False
        (first,), (second,) = one.values(), other.values()
        stems = min(len(first.sums), len(second.sums))
        return stems < _FEW and cosine(first.sums, second.sums) < _OF_TWO * self._threshold

"""Articles become stories: each joins the story that it is most alike on average, or begins one.

A single pass over the stream (Allan, Lavrenko & Jin 2000) with average link; the nearest member or the
centroid instead cost 3 to 5 points of B-cubed F1. A copy goes where its original is, however little of it a
feed left. Stories do not cross languages.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Generic, TypeVar

from .background import background
from .regroup import regroup
from .shelf import WINDOW_DAYS, Day, Shelf, StoryIndex, likeness, single
from .vectors import Frequencies, Vector, weigh

# Mean cosine times nearness in time; sweep of 0.07 to 0.10 on the whole of wikinews_clean, both halves, since
# look-alike events meet there only, 2026-11-28: the best half of B-cubed plus pairwise F1 less mixed stories,
# both modes; 0.08 costs 0.6 of it, 0.10 costs 1.4. Of 0.09 and 0.0925, which differ by a story mixed in
# stream mode (11.2 and 10.3 % of those shown), the one that mixes fewer, for 0.3 points of B-cubed F1.
THRESHOLD = 0.0925
WINDOW = timedelta(days=WINDOW_DAYS)  # a member older than this no longer counts
_MOST_UNDATED = 20_000  # members without a date; the oldest go first

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Member(Generic[Key]):
    story: Key
    vector: Vector
    day: Day
    language: str | None
    copy_of: int | None  # the member whose text it carries


class Stories(Generic[Key]):
    """The articles of the last days by story. It has one writer."""

    def __init__(
        self, *, threshold: float = THRESHOLD, shelf: Callable[[], StoryIndex[Key]] = Shelf
    ) -> None:
        self._threshold = threshold
        self._frequencies: dict[str | None, Frequencies] = {}
        self._shelves: defaultdict[str | None, StoryIndex[Key]] = defaultdict(shelf)
        self._members: dict[int, _Member[Key]] = {}
        self._days: dict[Day, deque[int]] = {}
        self._oldest: list[int] = []  # a heap of the dated days
        self._before: int | None = None  # day of the article before
        self._next = 0

    def place(
        self,
        terms: Mapping[str, float],
        at: datetime | None,
        language: str | None,
        *,
        copy_of: int | None = None,
    ) -> Key | None:
        """The story that an article with these terms belongs to; None if it begins a new one.

        ``copy_of`` is the member that it repeats, if any.
        """
        original = self._original(copy_of, language)
        if original is not None:
            return original.story
        vector = weigh(terms, self._known(language))
        shelf, alone = self._shelves[language], single(vector, _day(at))
        scores = {story: likeness(alone, shelf.parts(story)) for story in shelf.candidates(vector)}
        best = max(scores, key=lambda story: scores[story], default=None)
        return best if best is not None and scores[best] >= self._threshold else None

    def add(
        self,
        story: Key,
        terms: Mapping[str, float],
        at: datetime | None,
        language: str | None,
        *,
        copy_of: int | None = None,
    ) -> int:
        """Count an article as a member of ``story``. Returns the number under which it is kept."""
        frequencies = self._known(language)
        frequencies.add(terms)
        number, day = self._next, _day(at)
        self._next += 1
        self._keep(number, _Member(story, weigh(terms, frequencies), day, language, copy_of))
        self._line_up(number, day)
        self._forget(day)
        return number

    def rename(self, member: int, story: Key) -> None:
        """Move a member to a story, known or new. Nothing happens if it has left the window."""
        if member in self._members and self._members[member].story != story:
            old = self._take(member)
            self._keep(member, replace(old, story=story))

    def holds(self, member: int) -> bool:
        """Whether the member is still in the window."""
        return member in self._members

    def regroup(self, free: Mapping[int, Key]) -> dict[int, Key]:
        """The story of each free member of the window, all of them weighed at once and moved there.

        ``free`` gives each member the key of the story that it would begin; no other member may have that
        key. Members that are not free stay, and their stories take free ones in. Members that tell one
        story get one key: that of the story that they join, or the one that the first of them begins. A
        copy and its original stay together.
        """
        for member, story in free.items():
            self.rename(member, story)
        found = self._joined(free)
        for member, story in found.items():
            self.rename(member, story)
        return found

    def _joined(self, free: Iterable[int]) -> dict[int, Key]:
        found: dict[int, Key] = {}
        by_language: defaultdict[str | None, list[int]] = defaultdict(list)
        for member in free:
            by_language[self._members[member].language].append(member)
        for language, members in by_language.items():
            alone = {
                self._members[member].story: self._members[member].vector for member in members
            }
            joined = regroup(
                self._shelves[language], alone, self._beside(members), threshold=self._threshold
            )
            found |= {member: joined[self._members[member].story] for member in members}
        return found

    def _beside(self, members: Iterable[int]) -> dict[Key, Key]:
        """For each copy among the members, its story and that of its original."""
        copies = (self._members[member] for member in members)
        pairs = ((copy, self._original(copy.copy_of, copy.language)) for copy in copies)
        return {copy.story: whole.story for copy, whole in pairs if whole is not None}

    def _original(self, copy_of: int | None, language: str | None) -> _Member[Key] | None:
        """The member that is repeated, if it is still in the window and in that language."""
        found = None if copy_of is None else self._members.get(copy_of)
        return found if found is not None and found.language == language else None

    def _known(self, language: str | None) -> Frequencies:
        if language not in self._frequencies:
            self._frequencies[language] = Frequencies(background(language))
        return self._frequencies[language]

    def _keep(self, number: int, member: _Member[Key]) -> None:
        self._members[number] = member
        self._shelves[member.language].add(member.story, member.vector, member.day)

    def _take(self, number: int) -> _Member[Key]:
        member = self._members.pop(number)
        self._shelves[member.language].remove(member.story, member.vector, member.day)
        return member

    def _line_up(self, number: int, day: Day) -> None:
        if day not in self._days:
            self._days[day] = deque()
            if day is not None:
                heappush(self._oldest, day)
        self._days[day].append(number)

    def _forget(self, day: Day) -> None:
        """Forget what lies outside the window of this article and of the one before.

        Both count, so that a single date in the future does not empty the memory.
        """
        if day is None:
            if len(self._days[None]) > _MOST_UNDATED:
                self._take(self._days[None].popleft())
            return
        start = min(day, self._before or day) - WINDOW_DAYS
        self._before = day
        while self._oldest[0] < start:
            for number in self._days.pop(heappop(self._oldest)):
                self._take(number)


def _day(at: datetime | None) -> Day:
    return at.toordinal() if at else None

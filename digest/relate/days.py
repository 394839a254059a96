"""Stories as daily digests show them: regrouped at the end of each day, and never moved once shown."""

from collections import Counter, deque
from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime
from typing import Generic, TypeVar

from .duplicates import Duplicates
from .profile import Profile
from .shelf import WINDOW_DAYS
from .stories import THRESHOLD, Stories

# Articles; then the day is closed, so that a stream without dates has an end.
_MOST_IN_A_DAY = 20_000

Key = TypeVar("Key", bound=Hashable)


class Days(Generic[Key]):
    """A stream of articles, each given its story once that is final.

    It is final when a day ends on which the story has two articles, for then it is shown, or when
    the article leaves the window alone. A day ends when an article of a later one comes, or one too
    old for the window: no date of the future holds the stream up.
    """

    def __init__(self, *, threshold: float = THRESHOLD) -> None:
        self._stories: Stories[tuple[int, Key]] = Stories(threshold=threshold)
        self._duplicates: Duplicates[int] = Duplicates()
        self._today: int | None = None
        self._in_day = 0
        self._taken = 0
        self._alone: dict[int, tuple[int, Key]] = {}  # member -> the story it would begin
        self._waiting: deque[tuple[int, Key]] = deque()  # members in order, with their keys
        self._final: dict[int, Key] = {}  # of those that wait for one before them

    def add(
        self, key: Key, looks: Profile, at: datetime | None, language: str | None
    ) -> tuple[tuple[Key, Key], ...]:
        """Take one article; keys and stories, named by their first article, that are now final."""
        if self._ends(at):
            self._regroup()
        if at is not None:
            self._today = at.toordinal()
        story = (self._taken, key)
        original = self._duplicates.find(looks.shingles, at)
        member = self._stories.add(story, looks.terms, at, language, copy_of=original)
        self._duplicates.add(member, looks.shingles, at)
        self._taken += 1
        self._in_day += 1
        self._alone[member] = story
        self._waiting.append((member, key))
        return tuple(self._ready())

    def rest(self) -> tuple[tuple[Key, Key], ...]:
        """What is left when the stream has ended."""
        self._regroup()
        self._settle(dict(self._alone))
        return tuple(self._ready())

    def _ends(self, at: datetime | None) -> bool:
        if self._in_day >= _MOST_IN_A_DAY:
            return True
        if at is None or self._today is None:
            return False
        day = at.toordinal()
        return day > self._today or day < self._today - WINDOW_DAYS

    def _regroup(self) -> None:
        self._in_day = 0
        held = [member for member in self._alone if self._stories.holds(member)]
        self._settle({m: story for m, story in self._alone.items() if not self._stories.holds(m)})
        joined = self._stories.regroup({member: self._alone[member] for member in held})
        sizes = Counter(joined.values())
        shown = {
            member: story
            for member, story in joined.items()
            if sizes[story] > 1 or story != self._alone[member]
        }
        self._settle(shown)

    def _settle(self, found: Mapping[int, tuple[int, Key]]) -> None:
        for member, (_, key) in found.items():
            self._final[member] = key
            del self._alone[member]

    def _ready(self) -> Iterator[tuple[Key, Key]]:
        while self._waiting and self._waiting[0][0] in self._final:
            member, key = self._waiting.popleft()
            yield key, self._final.pop(member)

"""Decides for each new article which story it belongs to, and whether it is a copy.

It remembers the articles of the last days.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.articles import RELEVANT, Article, ArticleId, Known, NewArticle, StoryId
from ..model.stories import Member, Spot, moment
from .duplicates import Duplicates
from .profile import Profile, profile_of
from .stories import Stories


@dataclass(frozen=True, slots=True)
class _Kept:
    """An article of the window and the story it is stored in."""

    key: str
    story: StoryId
    day: int  # ordinal of its date, never later than the day it was first seen
    relevance: float


class Relater:
    """Stories and near-duplicates of the window. One writer; rebuilt from the store at start."""

    def __init__(self, stored: Iterable[Article | Member] = ()) -> None:
        self._stories: Stories[int] = Stories()
        self._duplicates: Duplicates[str] = Duplicates()
        self._ids: dict[str, ArticleId] = {}
        self._numbers: dict[str, int] = {}  # of the members, by key
        self._members: dict[int, _Kept] = {}
        self._older: set[StoryId] = set()  # stories with members that have left the window
        self._pending: dict[int, NewArticle | Member] = {}
        self._today: int | None = None
        self._temporary = 0
        self.learn(stored)

    def learn(self, stored: Iterable[Article | Member]) -> int:
        """Take in what was placed or moved elsewhere, in order. Returns how many articles were unknown."""
        learnt = 0
        for article in stored:
            if article.key not in self._ids:
                self._remember(article, profile_of(article))
                learnt += 1
            else:
                self._move(article.key, article.story)
        return learnt

    def place(
        self,
        articles: Sequence[NewArticle | Member],
        known: Mapping[str, Known],
        *,
        public: "Relater | None" = None,
    ) -> tuple[Spot, ...]:
        """For each article, in order, its story and the article that it repeats.

        A revision stays in the story of its article. ``settle`` must follow once the batch is stored; if
        storing failed, throw the relater away.

        ``public`` is the memory of public articles, for a relater of one reader's own articles. Public
        stories are tried first, and ``public`` is not changed, so that no public article ever follows a
        reader's own.
        """
        placed: list[Spot] = []
        index = {article.key: at for at, article in enumerate(articles)}
        for article in articles:
            old = known.get(article.key)
            member = self._member(article.key)
            if old is not None and old.story is not None:
                placed.append(Spot(old.story))
            elif member is not None:  # it was placed while its revision waited
                placed.append(Spot(member.story))
            else:
                placed.append(self._place(article, profile_of(article), index, public))
        return tuple(placed)

    def settle(self, stored: Mapping[str, Known]) -> None:
        """Take over the ids that the store gave to the articles of the batch, by key."""
        for member, article in self._pending.items():
            found = stored[article.key]
            self._ids[article.key] = found.id
            if found.story is not None:
                self._stories.rename(member, found.story)
                self._members[member] = _kept(article, found.story)
        self._pending.clear()

    def ends_day(self, articles: Iterable[NewArticle | Member]) -> bool:
        """Whether one of the articles is from a later day than all before."""
        return self._today is not None and any(_day(a) > self._today for a in articles)

    def stories(self) -> frozenset[StoryId]:
        """The stories that have an article in the window."""
        self._forget()
        return frozenset(member.story for member in self._members.values())

    def regroup(self, fixed: Collection[StoryId]) -> Mapping[str, StoryId | int]:
        """The articles that should move, by key, with their new story; a negative number is a new story.

        As in ``Days``, the articles of the last day and those still alone are weighed all at once. Articles
        in a ``fixed`` story stay where they are, and so do those that no digest would tell. ``move`` must
        follow once the moves are stored; if storing failed, throw the relater away.
        """
        self._forget()
        free = self._free(fixed)
        joined = self._stories.regroup({member: -1 - member for member in free})
        named = self._named(joined)
        moved = {m: named[story] for m, story in joined.items() if named[story] != free[m].story}
        for member, story in joined.items():
            self._stories.rename(member, named[story])
        return {free[member].key: story for member, story in moved.items()}

    def move(self, stored: Mapping[str, StoryId]) -> None:
        """Take over where the store has put the articles that were moved, by key."""
        for key, story in stored.items():
            self._move(key, story)

    def _member(self, key: str) -> _Kept | None:
        return self._members.get(self._numbers.get(key, -1))

    def _move(self, key: str, story: StoryId | None) -> None:
        member = self._member(key)
        if member is not None and story is not None and member.story != story:
            number = self._numbers[key]
            self._stories.rename(number, story)
            self._members[number] = replace(member, story=story)

    def _free(self, fixed: Collection[StoryId]) -> Mapping[int, _Kept]:
        before = (m.story for m in self._members.values() if m.day != self._today)
        sizes = Counter(before)  # today's are taken out, whatever they were placed beside
        told = {m.story for m in self._members.values() if m.relevance >= RELEVANT} - set(fixed)
        alone = {story for story, size in sizes.items() if size == 1} - self._older
        return {
            number: member
            for number, member in self._members.items()
            if member.story in told and (member.day == self._today or member.story in alone)
        }

    def _named(self, joined: Mapping[int, int]) -> Mapping[int, StoryId | int]:
        """The stored story that each key of ``joined`` stands for, each story used once.

        It is the stored story itself, or that of the first member; a story keeps its number if it has
        members that stay.
        """
        names: dict[int, StoryId | int] = {key: key for key in joined.values() if key > 0}
        used = {m.story for number, m in self._members.items() if number not in joined}
        for member, key in joined.items():
            own = self._members[member].story
            if key not in names and own not in used:
                names[key] = own
                used.add(own)
        return {key: names.get(key, key) for key in joined.values()}

    def _forget(self) -> None:
        held = {n: m for n, m in self._members.items() if self._stories.holds(n)}
        lost = {m.story for n, m in self._members.items() if n not in held}
        self._members = held
        self._numbers = {member.key: number for number, member in held.items()}
        near = self._duplicates.keys() | self._numbers.keys()
        self._ids = {key: number for key, number in self._ids.items() if key in near}
        self._older = (self._older | lost) & {member.story for member in held.values()}

    def _place(
        self,
        article: NewArticle | Member,
        looks: Profile,
        index: Mapping[str, int],
        public: "Relater | None",
    ) -> Spot:
        at = moment(article)
        original = self._duplicates.find(looks.shingles, at)
        copied = None if public is None else public._duplicates.find(looks.shingles, at)
        story = None if public is None else public._story(article, looks.terms, copied)
        if story is None:
            story = self._story(article, looks.terms, original)
        if story is None:
            self._temporary -= 1
            story = self._temporary
        number = self._add(article, story, looks.terms, original)
        self._pending[number] = article
        self._duplicates.add(article.key, looks.shingles, at)
        if public is not None and copied is not None:
            return Spot(story, public._ids[copied])
        return Spot(story, self._id_of(original, index))

    def _story(
        self, article: NewArticle | Member, terms: Mapping[str, float], original: str | None
    ) -> int | None:
        """The story of the article that it repeats, else the story most like it."""
        return self._stories.place(
            terms, moment(article), article.language, copy_of=self._number(original)
        )

    def _add(
        self,
        article: NewArticle | Member,
        story: int,
        terms: Mapping[str, float],
        original: str | None,
    ) -> int:
        number = self._stories.add(
            story, terms, moment(article), article.language, copy_of=self._number(original)
        )
        self._numbers[article.key] = number
        self._today = max(self._today or 0, _day(article))
        return number

    def _number(self, key: str | None) -> int | None:
        return None if key is None else self._numbers.get(key)

    def _id_of(self, key: str | None, index: Mapping[str, int]) -> ArticleId | int | None:
        if key is None:
            return None
        return self._ids[key] if key in self._ids else -1 - index[key]

    def _remember(self, article: Article | Member, looks: Profile) -> None:
        at = moment(article)
        if article.story is not None:
            original = self._duplicates.find(looks.shingles, at) if article.duplicate_of else None
            member = self._add(article, article.story, looks.terms, original)
            self._members[member] = _kept(article, article.story)
        self._duplicates.add(article.key, looks.shingles, at)
        self._ids[article.key] = article.id


def _kept(article: NewArticle | Member, story: StoryId) -> _Kept:
    return _Kept(article.key, story, _day(article), article.relevance)


def _day(article: NewArticle | Member) -> int:
    return min(moment(article), article.first_seen_at).toordinal()

"""The other side: sentences that deny or doubt what is told of a story of several articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..read.vocabulary.denial import denies, disputes, doubts
from .candidates import Candidate
from .similarity import cosine, stems_of

_NEAR = 3  # sentences behind a claim, in its article, in which an answer speaks of that claim
# Cosine from which it speaks of what is told elsewhere. Set on the stories of several articles of
# wikinews_clean, allsides, the sample and a day of pages: of the 14 told otherwise for an answer 10 gained
# and none lost, read by eye in 2026-12.
_RELATED = 0.15


@dataclass(frozen=True)
class Told:
    """Sentences that are told of a story under its title."""

    candidates: Sequence[Candidate]  # of all articles, the leading one's first
    title: str
    chosen: tuple[int, ...]  # the best first

    @property
    def answer(self) -> int | None:
        """What denies what is told, or says that nobody can verify it; None for a single article.

        None as well where a told one denies something. What begins an article whose own title denies
        something comes before a sentence of another.
        """
        if len({one.article.id for one in self.candidates}) < 2 or any(
            map(self._denies, self.chosen)
        ):
            return None
        found = self._of_title()
        return self._of_sentence() if found is None else found

    def joined(self, answer: int, first: int, count: int) -> tuple[int, ...]:
        """The chosen ones and the answer, which takes a place of ``count`` where all are taken.

        What opens the story stays, and what is answered; of two others what says half of the title.
        """
        if len(self.chosen) < count:
            return (*self.chosen, answer)
        claim = max(self.chosen, key=lambda at: self._answers(answer, at))
        others = [at for at in self.chosen if at not in (first, claim)]
        lesser = [at for at in others if 2 * len(self._stems(at) & self._about) < len(self._about)]
        gone = next(reversed(lesser or others), None)
        return self.chosen if gone is None else (*(at for at in self.chosen if at != gone), answer)

    @cached_property
    def _about(self) -> frozenset[str]:
        return stems_of(self.title, self._language)

    @property
    def _language(self) -> str | None:
        return self.candidates[0].article.language

    def _stems(self, at: int) -> frozenset[str]:
        return stems_of(self.candidates[at].text, self._language)

    def _denies(self, at: int) -> bool:
        return denies(self.candidates[at].text, self._language)

    def _of_title(self) -> int | None:
        """What begins another article whose title denies something, and of which nothing is told."""
        known = {self.candidates[at].article.id for at in (0, *self.chosen)}
        found = [
            at
            for at, one in enumerate(self.candidates)
            if one.article.id not in known
            and one.is_early
            and denies(one.article.title or "", self._language)
        ]
        return max(found, key=self._says_own_title, default=None)

    def _says_own_title(self, at: int) -> int:
        title = self.candidates[at].article.title or ""
        return len(stems_of(title, self._language) & self._stems(at))

    def _of_sentence(self) -> int | None:
        """The one that answers best."""
        worth = [self._worth(at) for at in range(len(self.candidates))]
        return worth.index(max(worth)) if any(worth) else None

    def _worth(self, at: int) -> float:
        text = self.candidates[at].text
        if doubts(text, self._language):
            return any(self._follows(self.candidates[at], self.candidates[c]) for c in self.chosen)
        if not disputes(text, self._language):
            return 0
        alike = cosine(self._stems(at), self._about)
        best = max(alike, *(self._answers(at, claim) for claim in self.chosen))
        return best if best >= _RELATED else 0

    def _answers(self, answer: int, claim: int) -> float:
        """How much it speaks of the claim: enough where it stands a few sentences behind that."""
        follows = self._follows(self.candidates[answer], self.candidates[claim])
        return max(cosine(self._stems(answer), self._stems(claim)), _RELATED * follows)

    def _follows(self, one: Candidate, claim: Candidate) -> bool:
        if one.article is not claim.article:
            return False
        starts = (span.start for span in one.article.sentences)
        return 0 < sum(claim.span.start < start <= one.span.start for start in starts) <= _NEAR

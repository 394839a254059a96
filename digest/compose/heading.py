"""Whether what is told of a story says what its headline says, and says it first."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..ports import Summariser
from ..read.vocabulary.denial import denies
from .candidates import Candidate
from .similarity import SIMILAR, cosine, stems_of

# Stems of a headline that a sentence of the same article must share to say what it says: set by reading the
# 41 stories that the digests of the bundled fortnight tell in sentences, 2026-11-28.
_TOLD = 2
# Read in the 47 stories of several articles of one day, and again of four days, that wikinews_clean has,
# 2026-12-01: 9 are told otherwise for the two, all better; 4 had no sentence that begins an article, now all.
_EARLY = 2.0  # as much as so many stems: that a sentence begins its article
_LEADING = 0.5  # the same: that it is of the leading article
_CLEARLY = 2  # stems more, by which the leading article's beginning says it better


@dataclass(frozen=True, slots=True)
class Heading:
    """The headline of a story beside the sentences that may be told under it."""

    candidates: Sequence[Candidate]  # of all articles, the leading one's first
    lead: int  # how many of these are of the leading article
    about: frozenset[str]  # stems of the headline
    language: str | None

    @classmethod
    def of(
        cls, documents: Sequence[Sequence[Candidate]], title: str, language: str | None
    ) -> "Heading":
        """The heading of the documents of one story, not empty, under its title."""
        flat = [candidate for document in documents for candidate in document]
        return cls(flat, len(documents[0]), stems_of(title, language), language)

    def told(self, chosen: tuple[int, ...], choose: Summariser) -> tuple[int, ...]:
        """The chosen ones, with a sentence that says what the headline says.

        That is one with half of its stems, of the beginning of an article where there are several. Where
        none is chosen, the best opener takes the place of the one that says much the same, or else of the
        last one; where nothing says it, the leading article's best one does unless one of it is chosen.
        """
        said = max((self._shared(at) for at in chosen if self._says(at)), default=0)
        if said and (self._is_single or said + _CLEARLY > max(map(self._shared, self._lead))):
            return chosen
        best = choose([[self.candidates[at].text for at in self._lead]], len(chosen))
        opener = self._opener(best)
        if said and not (opener in self._lead and self._begins(opener)):
            return chosen
        if opener in chosen or any(at < opener and self._says_some(at) for at in chosen):
            return chosen
        if self._worth(opener) < _TOLD:
            if any(at in self._lead for at in chosen):
                return chosen
            opener = best[0]
        replaced = self._replaced(chosen, opener)
        return (opener, *(at for at in chosen if at != replaced))

    def opened(self, told: Sequence[int]) -> Sequence[int]:
        """With the first sentence of another article before all, where it says what the headline says.

        Not where the first one shares half of the headline, nor one that does not begin its article.
        Within an article the order stays: what comes later there takes up names and things that come
        before, though each sentence stands alone.
        """
        heads = {self.candidates[at].article.id: at for at in reversed(told)}.values()
        opener = max(
            sorted(at for at in heads if at == told[0] or self.candidates[at].is_early),
            key=self._shared,
        )
        first = self._shared(told[0])
        if 2 * first >= len(self.about) or self._shared(opener) < max(_TOLD, first + 1):
            return told
        return [opener, *(at for at in told if at != opener)]

    @property
    def _lead(self) -> range:
        """The candidates of the leading article."""
        return range(self.lead)

    @property
    def _is_single(self) -> bool:
        return self.lead == len(self.candidates)

    def _stems(self, at: int) -> frozenset[str]:
        return stems_of(self.candidates[at].text, self.language)

    def _shared(self, at: int) -> int:
        return len(self.about & self._stems(at))

    def _begins(self, at: int) -> bool:
        """Whether it begins its article; of a single one what comes later tells the news as well."""
        return self._is_single or self.candidates[at].is_early

    def _says(self, at: int) -> bool:
        return self._begins(at) and 2 * self._shared(at) >= len(self.about)

    def _says_some(self, at: int) -> bool:
        return self._begins(at) and self._shared(at) >= _TOLD

    def _worth(self, at: int) -> float:
        """How much it says of the headline, in stems."""
        shared = self._shared(at)
        if self._is_single:
            return shared
        return shared and shared + _EARLY * self.candidates[at].is_early + _LEADING * (
            at in self._lead
        )

    def _opener(self, best: Sequence[int]) -> int:
        """What says most of it; of a single article that says less than half, of its best sentences."""
        every = range(len(self.candidates))
        most = max(every, key=lambda at: (self._worth(at), at in best, -at))
        if not self._is_single or 2 * self._shared(most) >= len(self.about):
            return most
        return max(best, key=lambda at: (self._shared(at), -at))

    def _replaced(self, chosen: Sequence[int], opener: int) -> int:
        """Which one gives way to the opener: none that denies, nor one that says more of the headline."""
        alike = {at: cosine(self._stems(opener), self._stems(at)) for at in chosen}
        nearest = max(chosen, key=lambda at: alike[at])
        others = [at for at in chosen if not denies(self.candidates[at].text, self.language)]
        lesser = [at for at in others if self._shared(at) <= self._shared(opener)]
        kept = lesser or others or chosen
        return nearest if alike[nearest] >= SIMILAR and nearest in kept else kept[-1]

"""Makes sure that the sentences told of a story say what its headline says, and say it first."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..ports import Summariser
from ..read.vocabulary.denial import denies
from .candidates import Candidate
from .similarity import SIMILAR, cosine, stems_of

# Stems that a sentence must share with the headline of its article to say what it says: set by reading the
# 41 stories that the digests of the bundled fortnight tell in sentences, 2026-11-28.
_TOLD = 2
# Read in the 47 stories of several articles of one day, and again of four days, that wikinews_clean has,
# 2026-12-01: 9 are told otherwise for the two, all better; 4 had no sentence that begins an article, now all.
_EARLY = 2.0  # what it is worth, in stems, that a sentence begins its article
_LEADING = 0.5  # what it is worth, in stems, that it is from the leading article
_CLEARLY = 2  # stems by which the leading article must say it better to be preferred


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
        """The heading of a story under its title; none of the ``documents`` may be empty."""
        flat = [candidate for document in documents for candidate in document]
        return cls(flat, len(documents[0]), stems_of(title, language), language)

    def told(self, chosen: tuple[int, ...], choose: Summariser) -> tuple[int, ...]:
        """The chosen sentences, changed if need be so that one of them says what the headline says.

        A sentence says it if it has half of the headline's stems and, where there are several articles, is
        at the beginning of one. If no chosen sentence does, the best opener is added: in place of a chosen
        one that says much the same, else of the last. If nothing says it, the best sentence of the leading
        article is added, unless one of that article is chosen already.
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
        """The sentences in order, but another article's first one ahead if it says the headline better.

        It moves only if the present first sentence has less than half of the headline's stems, and only if
        it is at the beginning of its own article. Within an article the order stays: later sentences refer
        back to names and things, even though each stands alone.
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
        """The numbers of the leading article's candidates."""
        return range(self.lead)

    @property
    def _is_single(self) -> bool:
        return self.lead == len(self.candidates)

    def _stems(self, at: int) -> frozenset[str]:
        return stems_of(self.candidates[at].text, self.language)

    def _shared(self, at: int) -> int:
        return len(self.about & self._stems(at))

    def _begins(self, at: int) -> bool:
        """Whether it begins its article; in a single article later sentences tell the news as well."""
        return self._is_single or self.candidates[at].is_early

    def _says(self, at: int) -> bool:
        return self._begins(at) and 2 * self._shared(at) >= len(self.about)

    def _says_some(self, at: int) -> bool:
        return self._begins(at) and self._shared(at) >= _TOLD

    def _worth(self, at: int) -> float:
        """How much it says of the headline, in stems, with bonuses for its place."""
        shared = self._shared(at)
        if self._is_single:
            return shared
        return shared and shared + _EARLY * self.candidates[at].is_early + _LEADING * (
            at in self._lead
        )

    def _opener(self, best: Sequence[int]) -> int:
        """The sentence that says most of the headline; else, in a single article, one of the best."""
        every = range(len(self.candidates))
        most = max(every, key=lambda at: (self._worth(at), at in best, -at))
        if not self._is_single or 2 * self._shared(most) >= len(self.about):
            return most
        return max(best, key=lambda at: (self._shared(at), -at))

    def _replaced(self, chosen: Sequence[int], opener: int) -> int:
        """Which sentence the opener replaces; preferably none that denies or says more of the headline."""
        alike = {at: cosine(self._stems(opener), self._stems(at)) for at in chosen}
        nearest = max(chosen, key=lambda at: alike[at])
        others = [at for at in chosen if not denies(self.candidates[at].text, self.language)]
        lesser = [at for at in others if self._shared(at) <= self._shared(opener)]
        kept = lesser or others or chosen
        return nearest if alike[nearest] >= SIMILAR and nearest in kept else kept[-1]

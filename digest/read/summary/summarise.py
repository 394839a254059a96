"""Choosing the sentences that tell an article, or a story of several articles.

Ours ("attache") is made for news. On clean articles every method that sumy ships loses to the first three
sentences. It combines a prior for the beginning of an article, centrality towards what follows (PacSum's
direction, Zheng & Lapata 2019), maximal marginal relevance (Carbonell & Goldstein 1998) against repetition,
and in stories coverage of the words that several articles share. A sentence that does not stand alone gives
way to one that does.
"""

import numpy as np

from ..alone import standing
from ..alone.balance import is_balanced, quoted
from ..alone.standing import LONGEST
from ..vocabulary import words
from .context import LAST, UNEXPLAINED, Context
from .material import TORN_OFF, Documents, Material
from .overlap import Numbers, cosines

# These and those of ``material`` were swept on the tuning halves (tests/quality/halves.py) of cnndm_frank and
# cnndm_train100 together, 2026-11: R1+R2 at 3 sentences, 60 and 100 words, each value as the mean over
# eight settings of the others; _FIRST, _QUOTED and DANGLING on 129 of the 175 rows, 2026-11-28; _WORTHY
# over 48, 2026-11-30. Ridge regressions on 8 to 22 features, a learned likelihood of words, words that
# foretell titles (45,000 sentences of allsides), background idf and pairs of words were within the noise of
# these or below; the best of 3,000 random settings of 19 constants gained in cross-validation at 60 words
# only. A count is a bound as well: +0.5 R1 and +0.4 R2 over both sets, 2026-12-01; with 8 to 16 for _BRIEF
# and 0.6 to 0.7 for _WORTHY within 0.4 of it.
_POSITION = 0.75  # weight of the place within its article, of the first three sentences
_POSITION_IN_WORDS = 0.65  # the same in a budget of 60 to 250 words; 0.56 to 0.75 differ by 0.7 R1
_REPETITION = 0.33  # weight of likeness to a chosen sentence; 0.25 to 0.43
_CLONE = 0.6  # cosine from which they say the same: only one is taken; 0.5 to 0.72
_WORTHY = 0.65  # of the best one's value: of one article none below is taken; 0.6 to 0.7
# Sentences of a count that are taken whatever they are worth beside the best; and all are of an article of
# fewer sentences than _BRIEF, where a third one is mostly news as well.
_SURE = 2
_BRIEF = 12
# Two constants for stories, looked at once on the tuning half of multinews_lb.
_COVERAGE = 2.0  # weight of words that other articles hold too; 0.5 to 2 gain 1.3 R1 at 250 words
_DENSITY = 0.5  # exponent of the length by which that gain is divided; 0.5 to 1

_LEAST = 12  # words of content by which coverage divides at least
# Flaws, in units of the value, which is below 1. By count none is taken that is a class worse than the best:
# 6 % of 3,666 beginnings of articles (allsides, 250 words) have fewer than three sentences for it; those that
# point back fell from 1.7 to 0.4 %, noise from 1.2 to 0.5 %. ROUGE on the tuning halves stayed, 2026-11-29.
# "I" and "you", the middle of a speech, a question, what is torn or cut at an end lose ``LAST``.
_DETACHED = 3.0  # ends in a stop torn off: of 19 read on 2026-11-29 nine were captions
_QUOTED = 0.2  # all in quotation marks, in one article: the news comes before it; 0.1 to 0.3
_PAGE = 30.0  # no news at all: captions, credits, prompts
_NEVER = 100.0  # scraps, open quotation marks
_CLASS = 1.5  # less than the difference between two flaws, more than that between two values

_NOISE: dict[standing.Noise | None, float] = {
    None: 0.0,
    "person": LAST,
    "torn": LAST,
    "question": LAST,
    "page": _PAGE,
}


def choose(documents: Documents, count: int, *, language: str | None = "en") -> tuple[int, ...]:
    """Indices of at most ``count`` sentences, best first, counted through all documents in order.

    A sentence may point back at a chosen one that stands right before it in its article. Fewer where
    nothing is left but repetitions and what an editor would strike beside the best one; and of a long
    article no third one that is worth less than two thirds of the best.
    """
    race = _Race(Material.of(documents, language, position=_POSITION))
    while len(race.chosen) < count and race.run():
        pass
    return tuple(race.chosen)


def choose_words(
    documents: Documents, limit: int, *, language: str | None = "en"
) -> tuple[int, ...]:
    """As ``choose``, but whole sentences of at most ``limit`` words together.

    Of a single article it takes none that is worth less than two thirds of the best: the budget is a bound
    there, not a wish. Of several articles it takes as many as fit.
    """
    material = Material.of(documents, language, position=_POSITION_IN_WORDS)
    race = _Race(material, within_words=True)
    left = limit
    while race.run(left):
        left -= int(material.lengths[race.chosen[-1]])
    return tuple(race.chosen)


class _Race:
    """Sentences that compete, one by one, against what is already chosen.

    Flaws are looked up only for the sentences that lead, since looking them up costs more than the rest.
    """

    def __init__(self, material: Material, *, within_words: bool = False) -> None:
        self.chosen: list[int] = []
        self._material = material
        self._is_single = material.is_single
        self._within_words = within_words
        self._value = material.scores.copy()
        self._nearest = np.zeros(len(material.texts))
        self._uncovered = material.shared.copy()
        self._full = float(self._gains().max(initial=0)) or 1.0
        self._open = np.ones(len(material.texts), dtype=bool)
        self._known: set[int] = set()
        self._context = Context(material)
        self._flaws: dict[int, float] = {}  # each one's own, whatever is chosen
        self._lacking: set[int] = set()  # which take for told what is not
        self._best = 0.0  # value of the first that was chosen
        self._worth = 0.0  # the same without its flaws

    def run(self, left: int | None = None) -> bool:
        """Whether one more was chosen, among those with at most ``left`` words."""
        if self.chosen:
            self._weigh_against(self.chosen[-1])
        if left is not None:
            self._open &= self._material.lengths <= left
        at = self._first()
        if at is None:
            return False
        self.chosen.append(at)
        return True

    def _weigh_against(self, at: int) -> None:
        """Lower the value of what the last chosen sentence has said already."""
        self._nearest = np.maximum(self._nearest, cosines(self._material.overlap, at))
        if not self._is_single:
            self._uncovered[self._material.overlap.words_of(at)] = 0
        self._open &= self._nearest < _CLONE
        self._open[at] = False
        self._look_again(at + 1)
        for other in self._lacking:
            self._look_again(other)
        self._lacking.clear()

    def _look_again(self, at: int) -> None:
        """Judge the sentences after a chosen one anew: they may refer to it. R1 +1.2 at 60 to 250 words."""
        self._known.discard(at)
        self._value[at : at + 1] = self._material.scores[at : at + 1]

    def _first(self) -> int | None:
        """The best one left, or None if nothing is worth its place."""
        if not self._open.any():
            return None
        value = self._value - _REPETITION * self._nearest
        if not self._is_single:
            value += _COVERAGE * self._gains() / self._full
        value[~self._open] = -np.inf
        bound = self._bound()
        while (at := int(value.argmax())) not in self._known and value[at] >= bound:
            self._known.add(at)
            flaw = self._flaw(at)
            self._value[at] -= flaw
            value[at] -= flaw
        if not self.chosen:
            self._worth = float(self._material.scores[at])
            flaw = self._worth - float(self._value[at])
            self._best = float(value[at]) + (flaw if self._is_last_resort(flaw) else 0)
        return at if value[at] >= bound else None

    def _is_last_resort(self, flaw: float) -> bool:
        """Whether the best one refers back or belongs to its page; no other such one is wanted beside it.

        In 2,348 articles of five sets 18 of 6,621 sentences are left out because of it, 2026-12-01.
        """
        flaw /= 1 if self._is_single else 1 + _COVERAGE
        return UNEXPLAINED <= flaw < LAST or flaw >= _PAGE

    def _bound(self) -> float:
        """The value below which nothing is worth its place; the first one always is."""
        if not self.chosen:
            return -np.inf
        if self._is_single and (self._within_words or self._may_end()):
            return self._best - (1 - _WORTHY) * self._worth
        if self._within_words:
            return -_CLASS
        return self._best - _CLASS * (1 if self._is_single else 1 + _COVERAGE)

    def _may_end(self) -> bool:
        """Whether enough is told of a long article for a count to be a bound, not a wish."""
        return len(self.chosen) >= _SURE and len(self._material.texts) >= _BRIEF

    def _flaw(self, at: int) -> float:
        """What the sentence loses here, in units of the value."""
        if at not in self._flaws:
            loss = _flaw(self._material, at)
            is_spoken = loss < LAST and self._context.is_spoken(at)
            self._flaws[at] = LAST if is_spoken else loss
        loss = self._flaws[at]
        if loss == 0:
            loss = self._context.lacks(at, self.chosen)
            if loss:
                self._lacking.add(at)
        if not self._is_single:
            return loss * (1 + _COVERAGE)
        return loss + _QUOTED * quoted(self._material.texts[at]) if loss < LAST else loss

    def _gains(self) -> Numbers:
        """What each sentence would add of the words that several articles share."""
        of = self._material.overlap
        if self._is_single:
            return np.zeros(len(of.sizes))
        fresh = np.bincount(of.rows, weights=self._uncovered[of.columns], minlength=len(of.sizes))
        return np.asarray(fresh / np.maximum(_LEAST, of.sizes) ** _DENSITY)


def _flaw(of: Material, at: int) -> float:
    """What a sentence loses that is unfinished, of the page, said to the reader, or of more words."""
    text = of.texts[at]
    if not of.counted[at] or len(text) > LONGEST:
        return _NEVER
    ends_torn = text.endswith(TORN_OFF) and not _breaks_off(text)
    bare = text.removesuffix(TORN_OFF) + "." if ends_torn else text
    if standing.is_whole(bare, most=standing.MAX_LEAD if of.opens[at] else standing.MAX_WORDS):
        return max(_NOISE[standing.noise_of(bare)], _DETACHED * bool(of.detached[at]))
    return LAST if is_balanced(text) else _NEVER


def _breaks_off(text: str) -> bool:
    """Whether the last word needs another after it, as in "were heading towards ."."""
    return text[:-2].rpartition(" ")[2].lower() in words.stop_words("en")

"""Whether the speaker of one quotation also says the next one."""

import re

from ...model.articles import Span
from ..vocabulary.reporting import he_or_she
from .bodies import means_body
from .bounds import ENDS
from .reading import Reading
from .speakers import LONGEST_JOINT, Attribution

_SHORT_GAP = 3  # words: "He added:" between two quotations
# Chosen by reading what they add and take on the tuning halves of five corpora, 2026-11-28.
_LONG_GAP = 6  # words: "He went on to say that" behind an attribution
_MOST_BETWEEN = 2  # words behind an attribution without the pronoun
_JOINS = re.compile(
    r"\s*[,—–-]?\s*(?:(?:and|but|or|that|to|then|even|also|it|is|was|were|are|would|could|will|"
    r"had|has|he|she|be|been|as|a|an|the|with|for|of|in|on|by|which|because|not|—|–|,)\s+){0,8}[,:—–-]?\s*"
)
_NEW_CLAUSE = re.compile(
    r"[.;!?\n]|\b(?:but|while|whereas|though|although|who|he|she|they|it|we|I|as|after|when|because)\b"
)
_AND_SAID = re.compile(r",? (?:and|but) (?:also |then |later )?[a-z]+(?: that)?[:,]? $")


class Carried:
    """The speakers of one article who go on from one quotation to the next."""

    def __init__(self, reading: Reading, before: re.Pattern[str]) -> None:
        self._text, self._names, self._subjects = reading.text, reading.names, reading.subjects
        self._verbs_before = before

    def speaker(
        self, low: int, span: Span, previous: Attribution | None, pronoun: str
    ) -> str | None:
        """The speaker of the quotation before, if only the attribution stands between the two."""
        if previous is None or previous.speaker is None:
            return None
        if previous.office and pronoun and not means_body(pronoun):
            return None
        gap = self._text[low : span.start]
        if pronoun and len(gap.split()) <= _SHORT_GAP:
            return previous.speaker
        if previous.until > low:
            goes_on = self._is_near(low, span.start, previous, pronoun)
        else:
            joined = _JOINS.fullmatch(gap) is not None
            goes_on = joined or (not pronoun and self._goes_on(low, span.start, previous.speaker))
        return previous.speaker if goes_on else None

    def _is_near(self, low: int, high: int, previous: Attribution, pronoun: str) -> bool:
        """Whether hardly a word stands between an attribution and the next quotation."""
        if not pronoun and "\n" in self._text[low:high]:
            return False
        rest = self._text[previous.until : high].lower().split()
        if len(rest) > (_LONG_GAP if pronoun in rest else _MOST_BETWEEN):
            return False
        between = self._names.between(max(low, previous.at), high)
        return self._subjects.is_sole(previous.speaker, between)

    def _goes_on(self, start: int, end: int, speaker: str) -> bool:
        """Whether a sentence leads from one of its quotations to the next without a new subject."""
        gap = self._text[start:end]
        if len(gap) > LONGEST_JOINT or _NEW_CLAUSE.search(gap) or self._begins_anew(start, gap):
            return False
        if self._verbs_before.search(gap) and not self._says_more(start, gap, speaker):
            return False
        return not self._names.between(start, end)

    def _begins_anew(self, start: int, gap: str) -> bool:
        """Whether a sentence begins after a quotation with any word but "he"."""
        first = gap.split(maxsplit=1)[:1]
        begins = self._text[start - 2] in ENDS and bool(first) and first[0][0].isupper()
        return begins and first[0].lower() not in he_or_she()

    def _says_more(self, start: int, gap: str, speaker: str) -> bool:
        """Whether the subject of the sentence "and added" what follows."""
        return _AND_SAID.match(gap) is not None and self._subjects.of_sentence(start) == speaker

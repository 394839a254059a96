"""Whether a sentence turns against the one right before it: "But ...", "However, ..."."""

import re
from functools import cache

from .balance import is_balanced
from .judged import judged, listed
from .standing import flaws

# Behind the turn, who the sentence before names: "However, they named no measure."
_HE = re.compile(r"(?:he|she|they|it)\b(?!['’])", re.IGNORECASE)


def turns(sentence: str, language: str | None) -> bool:
    """Whether it begins with a word like "But" and, right behind the sentence before it, has no other flaw.

    It may begin with a pronoun, which that sentence explains.
    """
    found = _turn(judged(sentence, language).code).match(sentence)
    if found is None or not is_balanced(sentence):
        return False
    rest = sentence[found.end() :]
    found_flaws = flaws(rest[:1].upper() + rest[1:], language)
    return not found_flaws or (found_flaws == {"dangling"} and _HE.match(rest) is not None)


@cache
def _turn(code: str) -> re.Pattern[str]:
    words = "|".join(listed(code, "turns")) or "(?!)"
    return re.compile(rf"(?:{words}),?\s+(?=\w)", re.IGNORECASE)

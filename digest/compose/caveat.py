"""What turns against a told sentence right behind it: "But ...", "However, ..."."""

from collections.abc import Sequence, Set

from .candidates import Candidate
from .similarity import stems_of

# Words of a caveat: longer ones tell a scene. It was set on the stories of wikinews_clean and of allsides
# 2015 to 2018, of which 26 are told otherwise: 13 better by eye, 1 worse. Of 26 of other years 14 are better
# and 3 worse (2026-12-01).
_MOST = 40


def with_caveat(
    told: Sequence[Candidate], count: int, about: Set[str], known: Set[str]
) -> Sequence[Candidate]:
    """The told sentences, and behind the first of them that has one its caveat.

    Where all ``count`` places are taken, it takes that of the last sentence that neither opens the story, nor
    says half of the title, nor is the one it turns against; where there is none, nothing changes. ``about``
    are the stems of the title, ``known`` the traces of what the chat was shown, which is not told again.
    """
    traces = {one.trace for one in told} | known
    turned = next((one for one in told if _is_turned(one, traces)), None)
    if turned is None or turned.caveat is None:
        return told
    kept = list(told)
    if len(kept) >= count:
        others = [one for one in kept[1:] if one is not turned and not _says(one, about)]
        if not others:
            return told
        kept.remove(others[-1])
    kept.insert(kept.index(turned) + 1, turned.caveat)
    return kept


def _is_turned(one: Candidate, traces: Set[str]) -> bool:
    caveat = one.caveat
    return caveat is not None and caveat.trace not in traces and len(caveat.text.split()) <= _MOST


def _says(one: Candidate, about: Set[str]) -> bool:
    """Whether it has half of the stems of the title."""
    return 2 * len(about & stems_of(one.text, one.article.language)) >= len(about)

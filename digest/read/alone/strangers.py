"""Surnames that stand alone in an English sentence, where only an earlier one says who that is."""

import re
from collections.abc import Mapping
from functools import cache

from seeds.catalogue import people

from ..vocabulary.given_names import is_given, is_known
from ..vocabulary.words import stop_words
from .judged import WEEKDAY, listed

# "Grushko said", "“Mr Grushko’s aides", "On Monday Grushko, who", "Now Grushko and": a name before a word in
# lower case.
_OPENS = re.compile(
    rf"\W*(?:On {WEEKDAY},? |Now )?(?:(?:Mr|Mrs|Ms|Dr)\.? )?"
    r"([A-ZÀ-Þ][\w-]+)(?:[’']s)?,? (?=[a-zß-ÿ])"
)
_NAME = r"[A-ZÀ-Þ][\w-]+"
# "Anna Novak", "Igor I. Novak": with the initial 52 more sentences of wikinews_clean and allsides that open
# with a surname alone are recognised, also those on presidents whom all know.
_FULL = re.compile(rf"([A-ZÀ-Þ](?<!\w.)[\w-]+) (?:(?:[A-Z]\.){{1,2}} )?(?=({_NAME}))")

_AGE = re.compile(r", \d{2},")
_TITLES = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Miss".split())
# "told Novak to", "of Mr. Novak's", but no "Anna Novak", "Novak Square"
_RUN = re.compile(
    r"(?<![\w.’'-])((?:[A-ZÀ-Þ][\w.-]*,? )*)([A-ZÀ-Þ][a-zß-ÿ][\w-]+)(?! [A-ZÀ-Þ])(?![\w-])"
)


def introductions(text: str) -> Mapping[str, int]:
    """For each surname the offset of the full name that introduces it first.

    That is a known given name and the surname, or any two names before a verb of saying or an age.
    """
    found: dict[str, int] = {}
    for pair in _FULL.finditer(text):
        if pair[2] not in found and _introduces(pair, text):
            found[pair[2]] = pair.start()
    return found


def stranger(sentence: str, start: int, introduced: Mapping[str, int]) -> str | None:
    """The surname that stands alone in a sentence, if an earlier sentence introduced it; else None.

    ``start`` is the offset of the sentence in the text of which ``introductions`` gave ``introduced``.
    """
    names = lone_names(sentence)
    return next((name for name in names if introduced.get(name, start) < start), None)


def lone_names(sentence: str) -> tuple[str, ...]:
    """Words that may be surnames alone, at the opening of a sentence or before a verb of saying."""
    found = (_OPENS.match(sentence), _speaker().search(sentence))
    return tuple(match[1] for match in found if match)


def bare_names(sentence: str) -> tuple[str, ...]:
    """Words that may be surnames alone, anywhere in it, without those of people whom all know."""
    found = (run for run in _RUN.finditer(sentence) if not run[1] or run[1].strip() in _TITLES)
    names = dict.fromkeys(run[2] for run in found)
    return tuple(name for name in names if name not in _known_to_all() and not _is_common(name))


def introduced(text: str) -> frozenset[str]:
    """The surnames that ``introductions`` finds, and in longer names every word behind the given name."""
    found = {pair[2] for pair in _FULL.finditer(text) if _introduces(pair, text)}
    for run in _RUN.finditer(text):  # "Jorge Alberto López Amores", "Mohamed Abdulkadir Osman"
        words = run[0].replace(",", "").split()
        given = next((at for at, word in enumerate(words) if is_given(word)), len(words))
        found.update(words[given + 1 :])
    return frozenset(found)


def _introduces(pair: re.Match[str], text: str) -> bool:
    if is_known(f"{pair[1]} {pair[2]}"):
        return True
    # Given names that nobody has listed: "Tourism Minister Bishr Yazigi told Reuters", "Orfeas Boteas, 27,".
    return (_speaks().match(text, pair.end(2)) or _AGE.match(text, pair.end(2))) is not None


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(listed('en', 'saying'))})\b")


@cache
def _speaker() -> re.Pattern[str]:
    """A name alone before a verb of saying: "“...,” Novak said", "that Novak said"; no "Mr Novak said"."""
    return re.compile(
        rf" (?=[A-ZÀ-Þ])(?:(?<=\bthat )|(?<=\bas )|(?<=[,”\"’] ))({_NAME})"
        rf" (?:also |later )?(?:{'|'.join(listed('en', 'saying'))})\b"
    )


def _is_common(word: str) -> bool:
    return word.lower() in stop_words("en")


@cache
def _known_to_all() -> frozenset[str]:
    return frozenset(name for person in people() for name in person.get("surnames", ()))

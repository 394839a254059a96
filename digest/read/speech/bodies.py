"""Bodies that speak under their own names: ministries, agencies, courts, but not those that report news."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ..vocabulary.reporting import IT_OR_THEY, vocabulary

_KNOWN = re.compile(
    r"(?:[\w.-]+ )?(?:Kremlin|White House|Pentagon|State Department|Downing Street|Holy See|Vatican|"
    r"Élysée(?: Palace)?|Foreign Office|Home Office|Fed)|"
    r"(?:[\w.-]+ ){0,2}[\w.-]+(?:[’']s)? (?:foreign|defen[cs]e|interior|finance|trade|health) ministry|"
    r"European (?:Commission|Council|Parliament|Union|Central Bank)|United Nations|UN|U\.N\.|"
    r"NATO|Nato|EU|IMF|WHO|World Bank|World Health Organi[sz]ation|International Monetary Fund|"
    r"(?:UN |U\.N\. )?Security Council|African Union|Arab League|Islamic Jihad|Hamas|Hezbollah|Taliban|"
    r"Palestinian Authority|Israel Defen[cs]e Forces"
)
_TAKEN_UP = frozenset({"group", "company", "statement"})  # "the group added"
_OF_ANY_BODY = IT_OR_THEY | {"statement", "group"}
_JOINTS = frozenset("of for on".split())
_SMALL = frozenset("and the in".split())  # behind a joint
_ACRONYM = re.compile(r"[A-Z]{3,8}")
_MOST_WORDS = 10


def body(phrase: str, text: str) -> str | None:
    """The body's name, if a phrase of an article is one and nothing more: "the Kremlin".

    For an acronym, the words of the article that it stands for.
    """
    name = _without_article(phrase)
    words = name.split()
    if not words or len(words) > _MOST_WORDS:
        return None
    if _KNOWN.fullmatch(name):
        return name
    if any(map(is_no_body, words)):
        return None
    if len(words) > 1:
        return name if _is_body(words) else None
    return _of_acronym(name, text, named=name != phrase or name in vocabulary().acronyms)


def takes_up(role: str, name: str) -> bool:
    """Whether "it", "they" or "the ministry" may mean the body named before."""
    noun = role.split()[-1]
    return noun in _OF_ANY_BODY or noun in name.lower().split()


def is_no_body(word: str) -> bool:
    """Whether a word names somebody who only reports, or is an abbreviation that makes no statements."""
    return word.lower() in vocabulary().no_bodies


def is_noun(word: str) -> bool:
    """Whether "the" and the word may mean a body named before."""
    return word in vocabulary().bodies or word in _TAKEN_UP


def means_body(pronoun: str) -> bool:
    """Whether "it", "they" or a role means a body, not a person."""
    return pronoun in IT_OR_THEY or is_noun(pronoun.split(" ")[-1])


def _without_article(phrase: str) -> str:
    """The name after "the", or after "the" and an adjective: "the nonpartisan Budget Office"."""
    name = phrase[4:] if phrase[:4] in ("the ", "The ") else phrase
    words = name.split()
    if name == phrase or len(words) <= 2:
        return name
    adjective = words[0].isalpha() and words[0].islower()
    return name[len(words[0]) + 1 :] if adjective else name


def _of_acronym(name: str, text: str, *, named: bool) -> str | None:
    """The words of the article that an acronym stands for; if there are none, itself, if it is a name."""
    if not _ACRONYM.fullmatch(name):
        return None
    spelt = _spelt(name).search(text)
    if spelt is None:
        return name if named else None
    full = spelt.group().rstrip(".'’")
    return None if any(map(is_no_body, full.split())) else full


def _is_body(words: Sequence[str]) -> bool:
    joint = next((index for index, word in enumerate(words) if word in _JOINTS), len(words))
    head = words[:joint]
    if not head or head[-1].lower() not in vocabulary().bodies:
        return False
    if not all(word[0].isupper() for word in head):
        return False
    behind = words[joint:]
    named = all(word[0].isupper() or word in _JOINTS or word in _SMALL for word in behind)
    return named and (not behind or behind[-1][0].isupper()) and "and the" not in " ".join(behind)


@lru_cache(maxsize=256)
def _spelt(acronym: str) -> re.Pattern[str]:
    words = (rf"{letter}[\w.’'-]*" for letter in acronym)
    return re.compile(r"\b" + r"(?: (?:of|for|on|and|the|in)){0,2} ".join(words))

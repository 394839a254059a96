"""The frames in which headlines say what states do to one another, as patterns.

They match a folded headline in which one sign stands for each place that names a state.
``seeds/actions.toml`` has them and says how they are written.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from seeds.wordlists import word_lists

from .signs import STATE, TABLE

AND = "(?:, and | and | & |, )"

Side = Literal["acts", "persons", "places", "joint", "meetings", "pairs", "passive"]
_VERBLESS: tuple[Side, ...] = ("places", "pairs", "passive")

_MOST_STATES = 5  # of a list
_MOST_WORDS = 6  # that a star stands for
_FILL = "*"
_SUM = r"\$?\d[\d.,]*(?: ?(?:billion|million|trillion|bn|m|b))?(?: worth)?(?: of| in)"
_TO = "to|will|is to|are to|(?:(?:is|are) )?(?:set|due) to|agrees? to|decides? to"
_QUOTE = "'[^']{1,40}'|\"[^\"]{1,40}\"|“[^”]{1,40}”"
_OWNS = "(?:'s?)?"
_WORD_END = r"(?![\w'-])"


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say what a state does. The names of its groups say how states are named in it."""

    slug: str
    pattern: re.Pattern[str]


@cache
def frames(side: Side) -> tuple[Frame, ...]:
    """The frames of one kind of action, in the order of the file."""
    lines = (line.split() for line in word_lists(TABLE).phrases(side, "en"))
    return tuple(Frame(slug, _compiled(words, side)) for slug, *words in lines)


@cache
def slugs() -> tuple[str, ...]:
    """The kinds of actions, in the order of the file."""
    found = (frame.slug for side in get_args(Side) for frame in frames(side))
    return tuple(dict.fromkeys(found))


@cache
def agents() -> re.Pattern[str]:
    """A pattern for who acts at the beginning of a headline: states, perhaps with an aside about them."""
    aside = f"(?:, (?!(?:the )?{STATE}|and )[^,:;]{{1,60}},)?"
    return re.compile(f"(?P<by>{_whole()}){aside} (?:(?:{any_of('adverbs')}) )?")


@cache
def doers() -> re.Pattern[str]:
    """Whoever acts with a verb of what states do, to whomever: "Russian forces seize", "UN lifts"."""
    deeds, moves = ("/".join(word_lists(TABLE).words(name, "en")) for name in ("deeds", "moves"))
    adverb = f"(?:(?:{any_of('adverbs')}) )?"
    forces = f"{_owner()}(?: (?:{any_of('forces')}){_WORD_END}){{1,3}}"
    does = _verb(deeds, "acts").replace("bare", "does")
    return re.compile(
        f"(?P<by>{_whole()}) {adverb}{does}|{forces} {adverb}{_verb(f'{deeds}/{moves}', 'acts')}"
    )


@cache
def happenings() -> re.Pattern[str]:
    """What is agreed or in force, and that it begins or ends: "Gaza cease-fire takes hold"."""
    what = f"(?:{any_of('deal', 'in_force')})(?: terms)?(?: of [^\\s,:;]+)?"
    begins = f"(?:(?:is|are) )?(?:{any_of('happens')}){_WORD_END}"
    return re.compile(f"(?:[^\\s,:;]+ ){{0,{_MOST_WORDS}}}{what} {begins}")


@cache
def announcers() -> re.Pattern[str]:
    """A pattern for states that announce something of themselves: "Poland says it will"."""
    itself = f"(?:it|he|she|they|(?:the )?(?P<itself>{STATE}))"
    goes_on = rf"(?:(?:'s| is|'re| are)|(?<={STATE}))(?= [a-z]{{1,20}}ing\b)"
    says = f"(?P<by>{_whole()}) (?:{any_of('says')})"
    return re.compile(f"{says} {itself}(?:(?P<will>'ll| will| to)\\b|{goes_on})")


@cache
def any_of(*names: str) -> str:
    """A pattern for any of the words in the lists, longest first."""
    listed = (word for name in names for word in word_lists(TABLE).words(name, "en"))
    found = {word.replace("_", " ") for word in listed}
    return "|".join(map(re.escape, sorted(found, key=lambda word: (-len(word), word))))


def _compiled(words: Sequence[str], side: Side) -> re.Pattern[str]:
    """The pattern of a frame; a space follows each of its words but the last."""
    begins = [] if side in _VERBLESS else [_verb(words[0], side)]
    rest = words[len(begins) :]
    goes_on = rest[-1:] == ["..."]
    ends = [] if goes_on else [_end(word) for word in rest[-1:]]
    pattern = " ".join([*begins, *map(_part, rest[:-1]), *ends])
    return re.compile(pattern.replace(_FILL + " ", _fill()) + (_WORD_END if goes_on else ""))


def _part(word: str) -> str:
    """The pattern for a word of a frame that others follow."""
    if word.startswith("["):
        return f"(?:{any_of(word[1:-1])})"
    return (
        _signs().get(word) or f"(?:{'|'.join(map(re.escape, word.replace('_', ' ').split('/')))})"
    )


def _end(word: str) -> str:
    """The pattern for the last word of a frame."""
    if word == "!":
        return f"(?P<by>{_whole()}){_behind()}"
    if word == "~'":
        return f"(?:(?P<whole>{_whole()}){_behind()}|(?P<owner>{_owner()}){_own()})"
    return _part(word) + _behind()


@cache
def _signs() -> Mapping[str, str]:
    """The signs used in frames, and what they stand for."""
    return {
        "*": _FILL,
        "$": _SUM,
        '"': f"(?P<quoted>{_QUOTE})",
        "~": f"(?P<whole>{_whole()})",
        "~'": f"(?P<owner>{_owner()})",
        "^": f"(?P<theirs>{_owner()})",
        "!": f"(?P<theirs_by>{_owner()})",
        "@": f"(?P<person>{_whole()})",
        "%": f"(?P<place>{_whole()})",
        "±": f"(?P<pair>{STATE}(?:-| - |{AND}){STATE})",
    }


def _verb(words: str, side: Side) -> str:
    """A pattern for verbs in the third person, the participle or the future; others are in group "bare"."""
    verbs = [verb.split("_") for verb in words.split("/")]
    bare = "|".join(" ".join(verb) for verb in verbs)
    ing = "|".join(" ".join((_ongoing(verb[0]), *verb[1:])) for verb in verbs)
    third = "|".join(" ".join((_third(verb[0]), *verb[1:])) for verb in verbs)
    is_noun = side in ("joint", "meetings")  # as may be "Trump, Putin meeting"
    be = "(?:(?:is|are) )" + ("" if is_noun else "?")
    return f"(?:(?:{_TO}) (?:{bare})|{be}(?:{ing})|{third}|(?P<bare>{bare})){_WORD_END}"


def _ongoing(verb: str) -> str:
    """Its participle: "imposing", "cutting", "sending"."""
    if verb.endswith("e") and verb[-2] != "e":
        return f"{verb[:-1]}ing"
    is_doubled = verb in word_lists(TABLE).words("doubled", "en")
    return verb + (verb[-1] if is_doubled else "") + "ing"


def _third(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return verb + ("es" if verb.endswith(("s", "o", "sh", "ch", "x", "z")) else "s")


def _whole() -> str:
    """A pattern for states themselves: "the Polish foreign minister", "Putin and Xi"."""
    style, office = any_of("styles"), any_of("offices", "envoys")
    unit = (
        f"(?:(?:the|his|her|its|their) )?(?:(?:{style}) ){{0,4}}{STATE}{_OWNS}"
        f"(?: (?:{office}){_WORD_END}){{0,5}}(?: {STATE})?"
    )
    return f"{unit}(?:{AND}{unit}){{0,{_MOST_STATES - 1}}}{_WORD_END}"


def _owner() -> str:
    """A pattern for states before something of theirs: "two Russian ..."."""
    count = f"(?:(?:[\\d,]+|{any_of('counts')}) ){{0,3}}"
    return f"(?:the )?{count}{STATE}{_OWNS}(?:(?:{AND}|-){STATE}{_OWNS}){{0,{_MOST_STATES - 1}}}"


def _behind() -> str:
    """A pattern for the end of a clause, or words that are neither a verb nor another state."""
    state = f"(?:and )?(?:the )?{STATE}"
    return f"(?=$|[.;!]|, (?!{state}|and )| (?!{state})(?:{any_of('behind')})\\b)"


def _own() -> str:
    """A pattern for something that belongs to the states before it."""
    return f"(?= [\\w$])(?!(?: [^ ]{{1,40}}){{0,2}} (?:{any_of('others')})\\b)"


def _fill() -> str:
    word = f"(?!(?:{any_of('halts', 'others')})\\b)[^\\s,;:?!']+"
    return f"(?:{word}(?:,(?! (?:the )?{STATE}))? ){{0,{_MOST_WORDS}}}"

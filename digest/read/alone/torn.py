"""Where scraping ran sentences together, or tore them apart."""

import re
from functools import cache

from ...gather.phrases.name_words import PARTICLES
from ..vocabulary.words import stop_words
from .balance import unquoted
from .judged import AROUND, WEEKDAY, listed

# "the palace.They left", "(open or secret)You should".
_GLUED = re.compile(
    r"[.!?)](?:(?:(?<=[a-z]{2}[.!?])|(?<=\)[.!?]))[”\"’)]?(?:[A-Z][a-z’']|[A-Z]{3,} )"
    r"|(?<=[a-z]{2}\))[A-Z][a-z]+ [a-z])"
)
# "Envoys meet in the palace RIGA — Minister Novak": a dateline within.
_DATELINE = re.compile(
    r" (?<=[a-z\d’'”)] )[A-Z]{4,}(?: [A-Z]{3,})?(?:, [A-Z][\w. ]{1,20})? (?:\([A-Z][\w ]+\) )?(?:—|–|--) "
    r"(?=[\"“A-Z])"
)
# "... should become a temple The Indian court has ruled", "averts a crisis Senators cemented a deal": a noun,
# then what has its capital at the beginning of a sentence alone.
_HEADED = re.compile(  # what stands before such a capital is asked there only: a sixth of the time
    r" (?=[A-Z])(?<=[a-z]{3} )(?:The (?:(?!Guardian)[A-Z][a-z]+"
    r"(?:ian|ean|ish|ese|aeli|stani|aqi)|French|Dutch|Greek|Senate|House|Pentagon|Kremlin) [a-z]"
    # These of 26,846 sentences that stood alone are all two: five, and two of the numbers, 2026-12-01.
    r"|The (?:U\.?S\.?|U\.?K\.?|EU|U\.N\.|United (?:States|Nations|Kingdom)|White House"
    r"|(?:Trump|Obama|Biden) administration)(?: Supreme Court| Senate)?,? [a-z]"
    r"|(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten) (?:days|weeks|months|years|people|men|women) [a-z]"
    r"|(?:Senators|Lawmakers|Officials|Police|Authorities|Ministers|Diplomats|Protesters|Demonstrators|Rebels"
    r"|Militants|Gunmen|Scientists|Researchers|Experts|Analysts|Investigators|Prosecutors|Residents|Witnesses"
    r"|Firefighters|Rescuers|Troops|Soldiers|Activists|Outgoing|Former|Hundreds|Dozens) [A-Za-z])"
)
_NOUN = re.compile(r"\b(?!hundred|[a-z]*ty$|five|four|nine|three|seven|eight)([a-z]{3,})$")
_HEADING_END = 160  # code points, within which a longer heading or standfirst ends
# A caption run into its text names its subject again: "freed on Friday Novak, a mother of three, works",
# "mistook her for being hostile Novak had reached". Of the 23 such sentences of 72,190 in five sets that
# stood alone, read by eye on 2026-11-29, 17 were two.
_NAMES = re.compile(r"[A-Z](?<!\w.)\w{2,}")
_BEFORE = 60  # code points that are looked at before a name
_LED_IN = "(?:[A-Z][\\w.’'-]* ){0,3}$"
_AFTER_DAY = re.compile(rf"([a-z]\w*) (?:on |in |last )?(?:{WEEKDAY}|(?:19|20)\d\d) {_LED_IN}")
_AFTER_NOUN = re.compile(rf"(\w+) ([a-z]{{3,}}) {_LED_IN}")
_GOES_ON = re.compile(",? [a-z(]")
_FINITE = re.compile(
    " (?:is|are|was|were|has|had|have|will|would|could|did|does|no longer|[a-z]{3,}ed)\\b"
)
# "Envoys meet in the Vienna Palace Envoys have met", a heading run into its text. Of the 17 such sentences of
# 62,561 in five sets that no other rule here knows, read by eye on 2026-11-30, 16 were two.
_BEGUN_AGAIN = re.compile(
    r"([A-Z]\w{3,})\b.{20,}?([A-Za-z\d]+) \1 (?:is|are|was|were|has|had|have|will|would|could|did|does|do"
    r"|no longer|now|may|can|[a-z]{3,}ed)\b"
)
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your no any every each some all".split()
)
# "As ministers fly into Vienna to look for an accord."
_FRAGMENT = re.compile(
    r"(?:As(?! (?:of|for|if|to|well|long|far|many|much|part|a)\b)|Although|Though|While|Because"
    r"|Whereas) (?!.* (?:-|--|he|she|they|some|many) )[^,;:–—\"“‘']*$"
)


# "sent to camps in , according to": the page's link is gone. Of 100,269 sentences 107, of which two, of one
# report, stood alone; nothing else is torn in them.
_LOST = re.compile(r"\b(?:in|to|from|of|by|at|with|for|on|into|the|an?|said) ,(?= |$)")
# "five-star hotels 3.": the number of what comes next in a list. "T HE bridge": a first letter set large.
_NUMBERED = re.compile(r" (?!day |nearly |exactly |only |roughly )([a-z]{3,}[sy]) \d\.$")
# No verb but infinitives and participles. Of 14,567 sentences of three sets that stood alone 21, of which one
# is whole; words in -s are taken for verbs, or for subjects of one. 2026-12-01.
_ENGLISH = frozenset({"the", "a", "an", "of", "and", "for", "with"})
_TWO_NAMES = re.compile(r"[A-Z]\w+ and [A-Z]")  # who may do something without an ending
_SET_LARGE = re.compile(r"[B-HJ-Z] [A-Z]{2,}\b")


def is_torn(text: str) -> bool:
    """Whether marks stand between blanks, as scraping leaves them, or a word is lost before one."""
    if text[-2:] == " ." or " . " in text or " - - " in text:
        return True
    return " ," in text and _LOST.search(text) is not None


def is_verbless(phrase: str, known: frozenset[str]) -> bool:
    """Whether none of the words of a phrase may be a verb that is no infinitive.

    ``known`` are the words, in lower case, of the English sentence that it is part of.
    """
    words = frozenset(word.strip(AROUND) for word in phrase.lower().split())
    return not _ENGLISH.isdisjoint(known) and _lacks_verb(phrase, words)


def _is_verbless(text: str, known: frozenset[str]) -> bool:
    """The same of a whole sentence: "A bartender in Riga on Monday."."""
    # An unknown language is taken for English.
    return not _ENGLISH.isdisjoint(known) and _lacks_verb(text, known)


def _lacks_verb(text: str, known: frozenset[str]) -> bool:
    if not _finite().isdisjoint(known) or "'" in text or "’" in text:
        return False
    return not (any(map(_may_be_verb, known)) or _TWO_NAMES.search(text))


def _may_be_verb(word: str) -> bool:
    """Whether it has the end of one in the past, or of one in the present or of its subject in the plural."""
    return (word[-1:] == "s" and word[-2:] not in ("ss", "us", "is")) or word[-2:] == "ed"


def _is_numbered(text: str) -> bool:
    if not text[-2:-1].isdigit():
        return False
    found = _NUMBERED.search(text)
    return found is not None and found[1] not in stop_words("en")


def is_fragment(text: str, known: frozenset[str]) -> bool:
    """Whether an English sentence is no whole one: a clause that needs another, or has no verb, or a list's.

    ``known`` are its words in lower case.
    """
    if _FRAGMENT.match(text) or _SET_LARGE.match(text):
        return True
    return _is_numbered(text) or _is_verbless(text, known)


def is_glued(text: str) -> bool:
    """Whether an English sentence goes over into another, or a heading into its text, outside quotations."""
    if _runs_on(text) and _runs_on(unquoted(text)):
        return True
    return _names_anew(text) and _names_anew(unquoted(text))


def _runs_on(text: str) -> bool:
    return bool(_GLUED.search(text) or _headed_at(text) or _DATELINE.search(text))


def heading_end(text: str) -> int:
    """Where an English sentence begins behind the heading that runs into it, or at a dateline; else 0."""
    has_dash = "—" in text or "–" in text or "--" in text
    dateline = _DATELINE.search(text) if has_dash else None
    return dateline.start() + 1 if dateline else _headed_at(text)


def _headed_at(text: str) -> int:
    for found in _HEADED.finditer(text, 0, _HEADING_END):
        noun = _NOUN.search(text[: found.start()].rpartition(" ")[2])
        if noun is not None:
            return 0 if noun[1] in joining() else found.start() + 1
    return 0


def _names_anew(text: str) -> bool:
    """Whether somebody who is named begins another clause that nothing joins to what is before it."""
    names = _NAMES.findall(text)
    if len(set(names)) == len(names):  # 94 % of 5,820 sentences; saves a step for each name
        return False
    begun = _BEGUN_AGAIN.match(text)
    if begun is not None and begun[2].lower() not in joining():
        return True
    seen: set[str] = set()
    for found in _NAMES.finditer(text):
        name = found.group()
        if name in seen and _begins_clause(text, found):
            return True
        seen.add(name)
    return False


def _begins_clause(text: str, name: re.Match[str]) -> bool:
    if not _GOES_ON.match(text, name.end()):
        return False
    before = text[max(0, name.start() - _BEFORE) : name.start()]
    day = _AFTER_DAY.search(before)
    if day is not None and day[1] not in joining():
        return True
    noun = _AFTER_NOUN.search(before) if _FINITE.match(text, name.end()) else None
    return noun is not None and _ends_clause(noun[1], noun[2])


def _ends_clause(before: str, noun: str) -> bool:
    """Whether no name is expected behind two words: not behind a verb, or what a clause may describe."""
    if before.lower() in _DETERMINERS or noun in joining():
        return False
    return not (noun.endswith("ing") or before.endswith("ly") or before == "to")


@cache
def joining() -> frozenset[str]:
    """Words behind which a name, or another word with a capital, begins no sentence."""
    people = (*listed("en", "saying"), *listed("en", "speakers"), *listed("en", "persons"))
    return stop_words("en") | PARTICLES | frozenset((*people, *listed("en", "before_name")))


@cache
def _finite() -> frozenset[str]:
    return frozenset((*listed("en", "finite"), *listed("en", "irregular")))

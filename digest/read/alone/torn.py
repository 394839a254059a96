"""Sentences that scraping ran together, or tore apart."""

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
# then a word that has a capital only where it begins a sentence.
_HEADED = re.compile(  # looks behind at a capital only: a sixth of the time
    r" (?=[A-Z])(?<=[a-z]{3} )(?:The (?:(?!Guardian)[A-Z][a-z]+"
    r"(?:ian|ean|ish|ese|aeli|stani|aqi)|French|Dutch|Greek|Senate|House|Pentagon|Kremlin) [a-z]"
    # Of 26,846 sentences that stood alone five hold these names, two the numbers; all are torn, 2026-12-01.
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
# "mistook her for being hostile Novak had reached". 23 of 72,190 sentences of five sets that stood alone are
# such; 17 of them are two sentences, read by eye on 2026-11-29.
_NAMES = re.compile(r"[A-Z](?<!\w.)\w{2,}")
_BEFORE = 60  # code points that are looked at before a name
_LED_IN = "(?:[A-Z][\\w.’'-]* ){0,3}$"
_AFTER_DAY = re.compile(rf"([a-z]\w*) (?:on |in |last )?(?:{WEEKDAY}|(?:19|20)\d\d) {_LED_IN}")
_AFTER_NOUN = re.compile(rf"(\w+) ([a-z]{{3,}}) {_LED_IN}")
_GOES_ON = re.compile(",? [a-z(]")
_FINITE = re.compile(
    " (?:is|are|was|were|has|had|have|will|would|could|did|does|no longer|[a-z]{3,}ed)\\b"
)
# "Envoys meet in the Vienna Palace Envoys have met", a heading run into its text. 17 of 62,561 sentences of
# five sets are such that no other rule here finds; 16 of them are two, read by eye on 2026-11-30.
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


# "sent to camps in , according to": a link is lost. 107 of 100,269 sentences; two of them, of one report,
# stood alone, as nothing else is wrong with them.
_LOST = re.compile(r"\b(?:in|to|from|of|by|at|with|for|on|into|the|an?|said) ,(?= |$)")
# "five-star hotels 3.": the number of what comes next in a list. "T HE bridge": a drop cap.
_NUMBERED = re.compile(r" (?!day |nearly |exactly |only |roughly )([a-z]{3,}[sy]) \d\.$")
# No verb but infinitives and participles: 21 of 14,567 sentences of three sets that stood alone, one of which
# is whole. Words in -s are taken for verbs, or for plural subjects of one. 2026-12-01.
_ENGLISH = frozenset({"the", "a", "an", "of", "and", "for", "with"})
_TWO_NAMES = re.compile(r"[A-Z]\w+ and [A-Z]")  # a plural subject, whose verb needs no ending
_SET_LARGE = re.compile(r"[B-HJ-Z] [A-Z]{2,}\b")


def is_torn(text: str) -> bool:
    """Whether a full stop or dashes stand between blanks, or the word before a comma is lost."""
    if text[-2:] == " ." or " . " in text or " - - " in text:
        return True
    return " ," in text and _LOST.search(text) is not None


def is_verbless(phrase: str, known: frozenset[str]) -> bool:
    """Whether no word of a phrase can be a finite verb.

    ``known`` are the words, in lower case, of the English sentence that it is part of.
    """
    words = frozenset(word.strip(AROUND) for word in phrase.lower().split())
    return not _ENGLISH.isdisjoint(known) and _lacks_verb(phrase, words)


def _is_verbless(text: str, known: frozenset[str]) -> bool:
    """Whether no word of a sentence can be a finite verb: "A bartender in Riga on Monday."."""
    # An unknown language is taken for English.
    return not _ENGLISH.isdisjoint(known) and _lacks_verb(text, known)


def _lacks_verb(text: str, known: frozenset[str]) -> bool:
    if not _finite().isdisjoint(known) or "'" in text or "’" in text:
        return False
    return not (any(map(_may_be_verb, known)) or _TWO_NAMES.search(text))


def _may_be_verb(word: str) -> bool:
    """Whether it ends like a verb in -ed or -s, or like a plural, whose verb may have no ending."""
    return (word[-1:] == "s" and word[-2:] not in ("ss", "us", "is")) or word[-2:] == "ed"


def _is_numbered(text: str) -> bool:
    if not text[-2:-1].isdigit():
        return False
    found = _NUMBERED.search(text)
    return found is not None and found[1] not in stop_words("en")


def is_fragment(text: str, known: frozenset[str]) -> bool:
    """Whether an English sentence is incomplete: a subordinate clause alone, no verb, or an item of a list.

    ``known`` are its words in lower case.
    """
    if _FRAGMENT.match(text) or _SET_LARGE.match(text):
        return True
    return _is_numbered(text) or _is_verbless(text, known)


def is_glued(text: str) -> bool:
    """Whether two English sentences, or a heading and its text, run together outside quotations."""
    if _runs_on(text) and _runs_on(unquoted(text)):
        return True
    return _names_anew(text) and _names_anew(unquoted(text))


def _runs_on(text: str) -> bool:
    return bool(_GLUED.search(text) or _headed_at(text) or _DATELINE.search(text))


def heading_end(text: str) -> int:
    """The offset at which a sentence begins behind a heading that runs into it, or at a dateline; else 0."""
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
    """Whether a name that occurs before begins another clause without a conjunction."""
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
    """Whether the clause can end with these two words, so that a name behind them begins another."""
    if before.lower() in _DETERMINERS or noun in joining():
        return False
    return not (noun.endswith("ing") or before.endswith("ly") or before == "to")


@cache
def joining() -> frozenset[str]:
    """Words behind which a name, or another word with a capital, does not begin a sentence."""
    people = (*listed("en", "saying"), *listed("en", "speakers"), *listed("en", "persons"))
    return stop_words("en") | PARTICLES | frozenset((*people, *listed("en", "before_name")))


@cache
def _finite() -> frozenset[str]:
    return frozenset((*listed("en", "finite"), *listed("en", "irregular")))

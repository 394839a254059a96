"""Which articles are opinion or analysis: what somebody thinks, or why something is so, not what happened."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from seeds.wordlists import word_lists

from ..model.articles import NewArticle

Thought = Literal["opinion", "analysis"]

# Counted over the 6,535 titles and texts of allsides, wikinews_clean, ecbplus and the summaries, read by eye
# on 2026-12-01; 405 articles of allsides are told by label or address alone. Without these: a text that is
# disclaimed 25 (all rightly), a title signed 8 (all), "I" in a title 9 (all) and in a text 50 (47), what
# contradicts, calls or judges 42 (41); a question or "Why" 212 (203), "How", "What ... means", "explained"
# and "or ...?" 69 (65). Of 741 diplomatic articles of allsides 49 more, of them 46 rightly. Of some 60 that
# the tuning half has unmarked 22 are found.
# Added after them, and what each newly marks in the same and in 590 items of real feeds: "why" behind another
# clause and "here's why" 34 (33), "What ..." told from a beginning or a colon on 18 (18), what is counted or
# answered 34 (33), a question behind "If", "After" or "As ...," 6 (6); "should" 6 (6), "is wrong" 6 (6),
# "isn't just" 3 (3). Of 503 articles of allsides with diplomatic labels 13 more, all rightly. Left alone:
# "must" 4 (3), "time to" 3 (2), a question behind another comma 4 (2), and one without a verb.
_TABLE = "opinion.toml"
_HEAD = 1600  # code points of a text that are looked at, some 250 words
_BEGINNING = 100  # in which its author is called a guest
_LONG_ENOUGH = 600  # code points of a text in which a name stands that its title begins with
_FEWEST = 3  # times that an author says "I"
_SOON = 300  # code points before the first; later it is mostly a quotation without its marks

_SURNAME = re.compile(r"\W*([A-ZÀ-Þ][A-ZÀ-Þ'’-]{3,}): ")
_QUOTED = re.compile(
    r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|(?<!\w)‘.+?’(?!\w)|(?<!\w)'.+?'(?!\w)", re.MULTILINE
)
_NUMBERED = re.compile(
    r"\b(?:War|Part|Phase|Articles?|Title|Type|Class|Stage|Volume|Charles|Elizabeth) I\b"
)
_I = r"\bI(?:[’'](?:m|ve|d|ll))?\b(?![.’'-]| am an? Celeb| an? Celeb)"
_SUBJECT = (
    r"(?:(?:\S+ ){0,2}[^\s:]+: )?"  # with a word more it is "Haller on the accord: Will it hold?"
)
_SAYS_I = re.compile(_I)
_MINE = re.compile(rf"{_I}|\b[Mm]y(?:self)?\b")
_PARTED = re.compile(r":\s|\s[–—-]+\s")
_SAYS = re.compile(r"\b(?:says?|said|tells?|told|asks?|asked|vows?|claims?)\b", re.IGNORECASE)
_SPEAKER = re.compile(r"(?:^|[.?!\"”] )(?:[A-Z][A-Z.' ]{3,}|[A-Z]{1,3}|[A-Z]\w+):", re.MULTILINE)
_OWN = re.compile(
    r"\b(?:opinions?|views?) expressed (?:(?:here|by columnists|in th(?:is|ese|e) \w+) )?(?:are|is) "
    r"(?:(?:solely|entirely) )?(?:(?:his|hers?|their|my|theirs)\b|(?:those|that) of the (?:author|writer))"
)
_JUDGES = re.compile(
    r"\W*(?:Stop \w+ing|In (?:defen[cs]e|praise) of|The (?:\w+ )?(?:case for|dangers? of|folly|lessons? of"
    r"|myths?|(?:problem|trouble) with|real (?:impact|meaning|reason)|truth about))\b",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"(?=.{1,120}$)(?:(?!\b(?:that|whether|if|how|why|wh(?:o|at|ich|en|ere)|you|thinks?|believes?|agrees?|wants?"
    r"|courts?|judges?|panel|inquiry)\b)[^:?])*\bshould (?!have\b)[^:?]*$"
    r"|[^:]*(?<!\bit )\b(?:is|are|was|were)(?:n[’']t just)? (?:(?:dead|so|still|very|\w+ly) )?wrong\b"
    r"(?! to\b)[^:]*$"
    r"|[^:]*(?:\bgets? (?:\w+ ){0,3}wrong|\bthe wrong kind of)\b[^:]*$"
    r"|(?!why\b)[^:]*\b(?:is|are)n[’']t (?:about|only|just|the (?:\w+ )?(?:problem|reason))\b[^:]*$",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    rf"{_SAYS.pattern}|\b(?:say|warns?|urges?|insists?|argues?|finds?|found|rules?|ruled|ruling|polls?|reports?)\b",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r".*(?:[^\s:]: |[.?!…] | [–—-]+ +)(?:so )?why\b(?!.*[.?!] [\"'“‘])"
    r"|.*\bhere[’']s why\b"
    r"|(?:.*[^\s:]: |\W*)what (?!(?:to|we|you|happened)\b)[^?]*$"
    r"|.*\bquestions\b[^.?!]*\banswered\W*$",
    re.IGNORECASE,
)
_TOLD = re.compile(rf"{_SAYS.pattern}|\b(?:say|warns?|urges?|insists?)\b", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"\W*What\b[^?]*\b(?:means?|tells us|says about|reveals?|gets? (?:wrong|right))\b"
    r"|\W*How (?!(?:to|much|many|far|long|is|are|do|does|did)\b)[^?]*"
    r"(?:\b(?:can|could|may|might|should|will|would|must|became|lost|won|made|got|took|went|fell|rose|came"
    r"|beat|led|sold|lied)\b|(?<!\bUnit)(?<=\w\w)ed\b)"
    r"|.*, explained\W*$"
    r"|\W*(?:\S+ ){0,3}[^\s:]+: [^:?]*\bor\b[^:?]*\?\W*$",  # "Obama's shift on Syria: strength or fear?"
    re.IGNORECASE,
)


def thought(article: NewArticle) -> Thought | None:
    """ "opinion", "analysis", or None for a report and for what an office issues."""
    if article.is_official:
        return None
    title, text = article.title or "", article.text
    if _is_called("labels", title) or _is_kept_apart(article.url or "") or _is_disclaimed(text):
        return "opinion"
    if article.language == "en" and (
        _is_signed(title, text) or _is_mine(title) or _judges(title) or _speaks_of_itself(text)
    ):
        return "opinion"
    return "analysis" if _is_called("analyses", title) or _explains(title, article) else None


def thought_of_all(thoughts: Iterable[Thought | None]) -> Thought | None:
    """ "opinion" or "analysis" if no article of a story reports; "analysis" if one of them is. Else None."""
    found = set(thoughts)
    if None in found:
        return None
    return "analysis" if "analysis" in found else "opinion"


def is_labelled(title: str) -> bool:
    """Whether a title itself says so: "Opinion: Sign the accord"."""
    return _is_called("labels", title) or _is_called("analyses", title)


def _is_kept_apart(url: str) -> bool:
    folders = [part for part in urlsplit(url).path.lower().split("/") if part]
    if not folders:
        return False
    return not _folders().isdisjoint(folders[:-1]) or folders[-1].startswith(_beginnings())


def _is_called(name: str, title: str) -> bool:
    return _label(name).search(title) is not None


def _is_disclaimed(text: str) -> bool:
    """Whether a text begins as opinions do, or says that its views are only its author's."""
    return (
        _opening().match(text) is not None
        or _guest().search(text, 0, _BEGINNING) is not None
        or ("expressed" in text and _OWN.search(text) is not None)
    )


def _is_signed(title: str, text: str) -> bool:
    """Whether a title begins with the surname of its author, who does not occur in the text."""
    name = _SURNAME.match(title)
    return (
        name is not None
        and len(text) >= _LONG_ENOUGH
        and name[1].lower() not in _heralds()
        and name[1].lower() not in text.removeprefix(title).lower()
    )


def _is_mine(title: str) -> bool:
    """Whether a title without a quotation has "I" or "my".

    A quotation is recognised by its marks, by a verb of saying, or by a speaker after a colon or dash.
    """
    own = _NUMBERED.sub(" ", _QUOTED.sub(" ", title))
    parts = _PARTED.split(own)
    is_told = "?" not in own and not _SAYS.search(own)
    return is_told and sum(_MINE.search(part) is not None for part in parts) >= min(2, len(parts))


def _judges(title: str) -> bool:
    return bool(_calling().match(title) or _JUDGES.match(title)) or _claims(title)


def _claims(title: str) -> bool:
    """Whether it says what should be or what is wrong, and not in somebody else's words."""
    return _CLAIMS.match(title) is not None and not (
        _NOT_ITS_OWN.search(title) or _QUOTED.search(title)
    )


def _speaks_of_itself(text: str) -> bool:
    """Whether its author says "I" early and again, outside quotations; interviews do not count."""
    head = text[:_HEAD]
    if head.count("I") < _FEWEST or len(_SAYS_I.findall(head)) < _FEWEST:
        return False
    own = _NUMBERED.sub(" ", _QUOTED.sub(" ", head))
    places = [found.start() for found in _SAYS_I.finditer(own)]
    return len(places) >= _FEWEST and places[0] < _SOON and not _SPEAKER.search(own)


def _explains(title: str, article: NewArticle) -> bool:
    """Whether a title as a whole is a question, or says why or how something is so."""
    if _asking().match(title):
        return True
    return article.language == "en" and (
        _EXPLAINS.match(title) is not None or _gives_reasons(title)
    )


def _gives_reasons(title: str) -> bool:
    """Whether a title says why or what after a subject, or counts reasons, without naming who says so."""
    shown = _REASONS.match(title) or _counting().match(title)
    return shown is not None and not _TOLD.search(title)


@cache
def _folders() -> frozenset[str]:
    return frozenset(word_lists(_TABLE).words("folders"))


@cache
def _beginnings() -> tuple[str, ...]:
    return word_lists(_TABLE).words("begins")


@cache
def _heralds() -> frozenset[str]:
    return frozenset(word_lists(_TABLE).words("heralds"))


@cache
def _label(name: str) -> re.Pattern[str]:
    before, behind = _any(_words(name)), _any(_words("at_end"))
    ends = rf"|[|–—-]\s(?:{behind})\W*$" if name == "labels" else ""
    return re.compile(rf"^\W*(?:{before})\s?(?:[:|–—]|- ){ends}", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:\w+ ?/ ?)?(?:{_any(_words('labels'))}) ?:", re.IGNORECASE)


@cache
def _guest() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(word_lists(_TABLE).phrases('guests'))})\b", re.IGNORECASE)


@cache
def _calling() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_any(_words('calls'))})(?!\w)", re.IGNORECASE)


@cache
def _counting() -> re.Pattern[str]:
    """A pattern for "Five rules for ..." or "The 9 biggest questions"."""
    numbers, nouns = _any(_words("numbers")), _any(_words("counted"))
    return re.compile(
        rf"\W*(?:the )?(?:\d{{1,2}}|{numbers}) (?:[\w-]+ )?(?:{nouns})\b", re.IGNORECASE
    )


@cache
def _asking() -> re.Pattern[str]:
    """A pattern for titles that are a question from end to end, or begin with "Why ..."."""
    why = _any(word_lists(_TABLE).phrases("why"))
    before = rf"(?:{_SUBJECT}|(?:{_any(_words('given'))}) [^?!:.]*, )"
    return re.compile(
        rf"\W*(?:(?:{why})\b|{before}(?:{_any(_words('asks'))})\b[^?!:]*\?\W*(?:\(.*\))?$)",
        re.IGNORECASE,
    )


def _words(name: str) -> tuple[str, ...]:
    return word_lists(_TABLE).words(name)


def _any(words: Iterable[str]) -> str:
    """A pattern for any of them, with either kind of apostrophe."""
    return "|".join(re.escape(word).replace("'", "[’']") for word in words)

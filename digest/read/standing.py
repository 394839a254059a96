"""Whether a sentence stands alone: what would make an editor strike it from a digest.

The words of each language are in ``seeds/standing.toml``; a language without an entry is judged
by marks and length alone.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from .sentences import LOWER_CASE_NAME

MIN_WORDS = 6  # fewer say too little ("The talks continue.")
MAX_WORDS = 60  # the longest read in one breath; 99.5 % of 21,000 news sentences are shorter
FLAWS = ("short", "long", "unfinished", "unbalanced", "noise", "dangling")

_TABLE = "standing.toml"
_ENGLISH = frozenset(
    {"the", "of", "and", "said", "with"}
)  # of no other language here; to save time
_OPENING = "\"'“‘„«»([ \u00a0\u202f"
_CLOSING = frozenset(".,;:!?)…")
_OPENERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "(": ")", "[": "]", '"': '"'}
_PAIRED = re.compile('["“”„«»()\\[\\]]')
_SINGLE = re.compile(r"(?<![\w.,!?…)’'])['‘](?=\w)|(?<=[\w.,!?…])(['’])(?!\w)")
_LETTERS_WEIGH = 2  # common words
_AROUND = "\"'“”‘’„«»()[].,:;!?…–—-"
_UNSPACED = re.compile("[぀-鿿]")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|(?<!\w)['‘](?=\w)[^‘]*?[,.!?…]['’](?!\w)"
)
_QUOTES = re.compile("[\"“«„'‘]")
_LETTER = re.compile(r"[^\W\d_]")
_DATELINE = re.compile(
    r"[A-Z][A-Z .’'-]+: "
    r"|[A-ZÀ-Þ][^a-z—–:]{2,40}(?:\([A-Za-z ]+\) ?)?[—–-]+ |[^—–:]{3,40}\([A-Za-z]+\) ?[—–-]+ "
)

# Of English: who speaks is known only from the sentence before.
_SPEAKERS = (
    "minister|president|officials?|diplomats?|spokesman|spokeswoman|spokesperson|ambassador|envoy|premier"
    "|chancellor|commander|general|senator|politician|man|woman|suspect|couple|lawmaker|governor"
)
_MATTERS = (
    "group|move|decision|remarks?|comments?|statement|measure|document|ministry|report|leader|agency|deal|meeting"
    "|visit|incident|attack|plan|proposal|letter|newspaper|paper"
)
_OFFICES = frozenset(
    [
        *f"{_SPEAKERS}|{_MATTERS}".replace("?", "").split("|"),
        "official",
        "diplomat",
        "remark",
        "comment",
    ]
)
_GOES_ON = (
    "also|too|then|further|later|added|went on|continued|comes?|came|follow(?:s|ed)?"
    "|did not (?:say|elaborate|specify|name)"
)
_DOES = (
    "said|says|told|added|warned|noted|stressed|claimed|insisted|wrote|called|urged|has|had|was|is|did|also"
    "|will|would"
)
_CARRY_ON = frozenset(
    [
        *_DOES.split("|"),
        *"too then further later went continued comes come came follow follows followed".split(),
    ]
)
_WENT_ON = re.compile(rf"the (?:{_SPEAKERS}|{_MATTERS}) (?:{_GOES_ON})\b")
_OFFICE_FIRST = re.compile(rf"\W*the (?:{_SPEAKERS}|\d\d)(?:-year-old)? (?:{_DOES})\b")
_ALSO = re.compile(r"\W*(?:[\w’'.-]+\W+){1,8}?also\b(?! known)")
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_SAYING = (
    "said|says|added|adds|told|wrote|writes|stated|noted|warned|stressed|insisted|argued|claimed|explained|continued"
    "|concluded|asked|replied|recalled|tweeted|announced|admitted|declared|joked|remarked"
)
_SAYING_WORDS = frozenset(_SAYING.split("|"))
_REPORTED_PRONOUN = re.compile(
    rf"[,\"”»’'?!]\s*(?:he|she|they|it) (?:also |then |later )?(?:{_SAYING})\b"
)
_INVERTED_PRONOUN = re.compile(r"[,\"”»’'?!] (?:said|added|asked|says) (?:he|she)\b")
_BEFORE_PRONOUN = frozenset(
    "on in at during speaking asked addressing after before when while as since following citing earlier "
    "last over "
    "from under by with for despite once until if although though because where whether to through without "
    "according unlike like even just only but".split()
)
_LINKS = frozenset(
    "when while as after before since if because although though until once where whether according".split()
)
_OCCASIONS = frozenset("first second third fourth fifth last final latest annual".split())
_POSSESSED = frozenset("he she it they his her its their him them these those".split())
_INTRODUCED = re.compile(
    r"([^,]{3,70}), (?:he|she|they|it (?:said|also|had|has|will|would|announced|added))\b"
)
_BARE = re.compile(  # "By the end of the week he had left", "On Monday she said"
    r"[A-Z]\w+ (?:(?:[a-z]+|\w+day|[A-Z][a-z]+ \d+) ){1,7}?"
    r"(?:he|she|they) (?:had|has|was|were|is|said|will|would|also)\b"
)
_CAPITAL = re.compile(" [A-Z]")
_CALENDAR = re.compile(
    r" (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|[A-Z][a-z]{2}\.)"
)

_SIGN = re.compile("[©®►•▶■|@#»/]")
_SIGNS = re.compile(r"[©®►•▶■|]|»$|(?<!\w)[@#]\w|https?:|pic\.twitter")
_AT_START = re.compile(
    r"\W*(?:\d{1,2}[.)]|[*•–—-]) |\([^()]*\)\W*$|(?:File|FILE|ADVERTISEMENT|CLOSE|Story [Cc]ontinue[sd])\b"
    r"|\(?(?:(?:Additional )?[Rr]eporting|Writing|Editing|Compiled) by [A-Z]"
    r"|[Aa] (?:screengrab|screenshot)|(?:Q|A): "
    r"|(?:View|Watch|Click|Read|Check out|Find out|Listen to|Subscribe to|More on) [a-z]"
    r"|By (?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\w+day)[A-Z][\w.'’-]+ (?:[A-Z][\w.'’-]+ ?){1,3}"
    r"(?:,|for\b|and [A-Z]|in [A-Z]|\W*$)|(?:[A-Z][A-Z’'-]+ ){3}[A-Z]{2}"
)
_DATED = re.compile(
    r"day, (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z.]* \d{1,2}, \d{4}"
)
_PLACED = re.compile(", (?:left|right|cent(?:er|re)|second from|top|bottom|L|R), ")
_CLOCK = re.compile(r"\d[:.]\d\d (?:EST|EDT|GMT|BST)\b")
_CLOCKS = frozenset({"est", "edt", "gmt", "bst"})
_STAMP = re.compile("PUBLISHED:|UPDATED:")
_STAMPS = frozenset({"published", "updated"})
_CREDIT = re.compile(
    r"\((?:[^()]* )?(?:AP|AFP|Reuters|REUTERS|EPA|Getty|Photo|TASS|dpa|Bloomberg)(?:[ /][^()]*)?\)\W*$"
)
_LABEL = re.compile(r"['‘]?([A-Z][\w’'-]*(?: [\w’'-]+){0,4})['’]?: [A-Z]")
_I = re.compile(r"(?:^|(\w+)?\W+)I(?:[’'](?:m|ve|d|ll)\b| [a-z]+)")
_NO_NAME = frozenset(
    "and but if when as what while that because so then how why where today yes no now once before after "
    "although though since maybe perhaps here well first last all which who or nor than until unless "
    "whether".split()
)


@dataclass(frozen=True, slots=True)
class _Words:
    first: frozenset[str]
    phrases: re.Pattern[str]
    heads: frozenset[str]  # the first words of the phrases
    free: re.Pattern[str]
    personal: frozenset[str]
    page: dict[str, tuple[str, ...]]  # phrases of the page by their longest word


class _Read(NamedTuple):
    """A sentence with what every question needs of it."""

    text: str
    lower: str
    tokens: list[str]  # in lower case
    known: frozenset[str]
    code: str  # of the language

    @property
    def words(self) -> _Words | None:
        """The words of its language, None if none are known."""
        return _words(self.code) if self.code in _table() else None

    @property
    def unquoted(self) -> str:
        """The sentence without what stands in quotation marks."""
        return _QUOTED.sub(" ", self.text) if _QUOTES.search(self.text) else self.text


def stands_alone(sentence: str, language: str | None = None) -> bool:
    """Whether a digest may show it without the sentence before it.

    A language that is not given is told by its words.
    """
    return next(_flaws(sentence, language), None) is None


def flaws(sentence: str, language: str | None = None) -> frozenset[str]:
    """All that keeps it from standing alone, of ``FLAWS``; empty if it stands."""
    return frozenset(_flaws(sentence, language))


def is_whole(sentence: str) -> bool:
    """Whether it is one finished sentence of prose, neither a scrap nor a screenful."""
    return next(_form(sentence.strip()), None) is None


def is_balanced(sentence: str) -> bool:
    """Whether every quotation mark and bracket that opens is closed, and none closes unopened."""
    awaited: list[str] = []
    for mark in _PAIRED.findall(sentence):
        if awaited and mark in awaited[-1]:
            awaited.pop()
        elif mark in _OPENERS:
            awaited.append(_OPENERS[mark])
        else:
            return False
    return not awaited and _has_even_singles(sentence)


def quoted(sentence: str) -> float:
    """The share of it that stands in quotation marks, in 0..1."""
    if not _QUOTES.search(sentence):
        return 0.0
    return sum(map(len, _QUOTED.findall(sentence))) / len(sentence)


def is_dangling(sentence: str, language: str | None = None) -> bool:
    """Whether its beginning, or who it says spoke, points back at a sentence not seen."""
    return _dangles(_read(sentence, language))


def is_noise(sentence: str, language: str | None = None) -> bool:
    """Whether it speaks of the page and not of the news, or speaks to the reader."""
    return _is_noise(_read(sentence, language))


def _read(sentence: str, language: str | None) -> _Read:
    text = sentence.strip()
    lower = text.lower()
    tokens = [word.strip(_AROUND) for word in lower.replace("’", "'").split()]
    known = frozenset(tokens)
    return _Read(text, lower, tokens, known, _language(language, lower, known))


def _flaws(sentence: str, language: str | None) -> Iterator[str]:
    yield from _form(sentence.strip())
    read = _read(sentence, language)
    if _dangles(read):
        yield "dangling"
    if _is_noise(read):
        yield "noise"


def _dangles(read: _Read) -> bool:
    words = read.words
    if words is None:
        return False
    return _begins_dangling(read, words) or (read.code == "en" and _leans(read))


def _is_noise(read: _Read) -> bool:
    if _is_torn(read) or _is_of_page(read):
        return True
    words = read.words
    if words is None:
        return False
    if any(
        phrase in read.lower
        for word in read.known & words.page.keys()
        for phrase in words.page[word]
    ):
        return True
    if words.personal.isdisjoint(read.known) and not (read.code == "en" and "i" in read.known):
        return False
    return _is_personal(read.unquoted, words.personal, read.code)


def _is_torn(read: _Read) -> bool:
    """Whether marks stand between blanks, as scraping leaves them."""
    text = read.text
    return "" in read.known and (text[-2:] == " ." or " . " in text or " - - " in text)


def _is_of_page(read: _Read) -> bool:
    """Whether its signs are those of captions, bylines, stamps, lists and labels."""
    text = read.text
    label = _LABEL.match(text)
    if _AT_START.match(text) or (label and not label.group(1).isupper()):
        return True
    if "www." in text or (_SIGN.search(text) and _SIGNS.search(text)):
        return True
    if ")" in text[-3:] and _CREDIT.search(text):
        return True
    return _is_stamped(read)


def _is_stamped(read: _Read) -> bool:
    """Whether it tells the day of a photograph, who stands where on it, or when the page changed."""
    text, known = read.text, read.known
    if _DATED.search(text) or _PLACED.search(text):
        return True
    clock = not known.isdisjoint(_CLOCKS) and _CLOCK.search(text)
    return bool(clock or (not known.isdisjoint(_STAMPS) and _STAMP.search(text)))


def _form(text: str) -> Iterator[str]:
    count = len(text.split())
    unspaced = count < MIN_WORDS and _UNSPACED.search(text) is not None
    if len(text) < 12 if unspaced else count < MIN_WORDS:
        yield "short"
    if len(text) > 200 if unspaced else count > MAX_WORDS:
        yield "long"
    if not (_starts(text) and _ends(text)):
        yield "unfinished"
    if not is_balanced(text):
        yield "unbalanced"


def _starts(text: str) -> bool:
    bare = text.lstrip(_OPENING)
    if bare[:1] in _CLOSING:
        return False
    return not bare[:1].islower() or LOWER_CASE_NAME.match(bare) is not None


def _ends(text: str) -> bool:
    """Whether it ends in a mark; dots of omission leave it open."""
    bare = text.rstrip("\"'”’»“)] \u00a0\u202f")
    return bare[-1:] in (".", "!", "?", "。", "！", "？", "؟") and bare[-3:] != "..."


def _has_even_singles(text: str) -> bool:
    """Whether single quotation marks come in pairs, as far as they can be told from apostrophes."""
    if "'" not in text and "’" not in text and "‘" not in text:
        return True
    depth = 0
    for found in _SINGLE.finditer(text):
        closing = found.group(1) is not None
        if closing and depth == 0 and text[found.start() - 1] in ".,!?…":
            return False
        depth = max(0, depth - 1) if closing else depth + 1
    return depth == 0


def _begins_dangling(read: _Read, words: _Words) -> bool:
    body = _body(read.text)
    head = _WORD.match(body)
    if head is None or _is_all_quoted(read):
        return True
    word = head.group().lower().replace("’", "'")
    stem = word.partition("'")[0]
    if not (word in words.first or stem in words.first or stem in words.heads):
        return False
    lower = body.lower().replace("’", "'")
    if words.free.match(lower):
        return False
    return word in words.first or stem in words.first or words.phrases.match(lower) is not None


def _is_all_quoted(read: _Read) -> bool:
    """Whether there is nothing but a quotation, so that who spoke is lost."""
    return not read.text[0].isalnum() and not _LETTER.search(read.unquoted)


def _body(text: str) -> str:
    """Behind a dateline and opening marks."""
    dateline = _DATELINE.match(text)
    return (text[dateline.end() :] if dateline else text).lstrip(_OPENING + "—–-")


def _leans(read: _Read) -> bool:
    """Whether an English sentence names who acts or speaks only by a pronoun or an office."""
    text, tokens, known = read.text, read.tokens, read.known
    speaks = not (_PRONOUNS.isdisjoint(known) or _SAYING_WORDS.isdisjoint(known))
    if speaks and _is_said_by_pronoun(read):
        return True
    if tokens[0] in _BEFORE_PRONOUN and _opens_on_pronoun(text, tokens):
        return True
    office = not _OFFICES.isdisjoint(known) or "-year-old" in text
    if not ("also" in tokens[:10] or (office and not _CARRY_ON.isdisjoint(known))):
        return False
    unquoted = _body(read.unquoted).lower()
    found = _WENT_ON.search(unquoted) or _OFFICE_FIRST.match(unquoted) or _ALSO.match(unquoted)
    return found is not None


def _is_said_by_pronoun(read: _Read) -> bool:
    if _INVERTED_PRONOUN.search(read.lower):
        return True
    found = _REPORTED_PRONOUN.search(read.lower)
    # "When Novak resigned, she said ..." names her.
    return found is not None and not (found.group()[0] == "," and read.tokens[0] in _LINKS)


def _opens_on_pronoun(text: str, tokens: list[str]) -> bool:
    """Of "After he left, ..." and "In Vienna, she ...": whether nobody was named before the pronoun."""
    if len(tokens) > 1 and tokens[1] in _POSSESSED:
        return tokens[0] in _LINKS or not _names_owner(text, tokens)
    body = _body(text)
    if tokens[0] not in _LINKS and _BARE.match(body):
        return True
    found = _INTRODUCED.match(body)
    if found is None:
        return False
    named = _CAPITAL.search(_CALENDAR.sub("", found.group(1)))
    return not (named and tokens[0] in _LINKS)


def _names_owner(text: str, tokens: list[str]) -> bool:
    """Of "On his first visit, President Novak ...": whether the owner follows the comma."""
    if tokens[0] == "in" and not _OCCASIONS.intersection(tokens[2:3]):
        return False
    return re.match(r"[^,]{3,80}, (?:(?:the )?[A-Z]|the )", text) is not None


def _is_personal(unquoted: str, personal: frozenset[str], code: str) -> bool:
    """Whether the writer or the reader is meant: "WE Charity", "Our Lady" and "Elizabeth I" are names."""
    raw = [word.strip(_AROUND) for word in unquoted.split()]
    for place, word in enumerate(raw):
        if word.lower().replace("’", "'") in personal and (
            word.islower() or (place == 0 and not _begins_name(raw))
        ):
            return True
    return code == "en" and any(_is_writer(found.group(1)) for found in _I.finditer(unquoted))


def _begins_name(words: list[str]) -> bool:
    """Of "Our World in Data": whether a capital follows the first word."""
    return len(words) > 1 and words[1][:1].isupper()


def _is_writer(before: str | None) -> bool:
    """Whether "I" behind this word is a person and no number."""
    return before is None or before[0].islower() or before.lower() in _NO_NAME


def _language(given: str | None, lower: str, known: frozenset[str]) -> str:
    """The given language without its region; else the one whose common words and letters are found."""
    if given is not None:
        return given.partition("-")[0].lower()
    if not known.isdisjoint(_ENGLISH):
        return "en"
    letters = set(lower)
    scores = {
        code: len(common & known) + _LETTERS_WEIGH * (not own.isdisjoint(letters))
        for code, common, own in _signs()
    }
    return max(scores, key=scores.__getitem__)


@cache
def _signs() -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """Each language with its common words and its letters."""
    return tuple(
        (code, frozenset(words["common"].split()), frozenset(words["letters"]))
        for code, words in _table().items()
    )


@cache
def _words(code: str) -> _Words:
    table = _table()[code]
    phrases, page = _listed(table["phrases"]), _by_longest_word(_listed(table["page"]))
    return _Words(
        first=frozenset(table["first"].split()),
        phrases=re.compile(f"(?:{'|'.join(map(re.escape, phrases))})(?!\\w)"),
        heads=frozenset(re.split(r"['’ ,]", phrase)[0] for phrase in phrases),
        free=re.compile("|".join(_listed(table["free"]))),
        personal=frozenset(table["personal"].split()),
        page=page,
    )


def _by_longest_word(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        word = max(_WORD.findall(phrase), key=len)
        found[word] = (*found.get(word, ()), phrase)
    return found


def _listed(text: str) -> tuple[str, ...]:
    parts = text.replace("\n", " | ").split(" | ")
    return tuple(part.strip() for part in parts if part.strip())


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("seeds") / _TABLE).read_text(encoding="utf-8"))

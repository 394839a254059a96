"""Whether a sentence stands alone: what would make an editor strike it from a digest.

A language without words in ``seeds/standing.toml`` is judged by punctuation and length alone.
"""

import re
from collections.abc import Iterator
from typing import Literal

from ..splitting.sentences import LOWER_CASE_NAME
from . import furniture, on_air, torn
from .balance import is_balanced, unquoted
from .judged import AROUND, WORD, Judged, Words, judged, listed
from .leaning import OPENING, behind_dateline, leans

MIN_WORDS = 6  # fewer say too little ("The talks continue.")
MAX_WORDS = 60  # the longest read in one breath; 99.5 % of 21,000 news sentences are shorter
# The same of an article's first sentence, if no shorter one tells what it does: six diplomatic articles of
# the tuning halves of allsides and wikinews begin with 61 to 75 words, five of them with the news (2026-12).
MAX_LEAD = 75
LONGEST = 2_000  # code points; what is longer is no sentence, and is not looked into
Noise = Literal["page", "torn", "question", "person"]
FLAWS = ("short", "long", "unfinished", "unbalanced", "noise", "dangling")

_ASKING = ("?", "？", "؟")
_CLOSING = frozenset(".,;:!?)…")
_TITLE_LAST = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Capt|Cmdr|Sgt|Prof)\.$")
_UNSPACED = re.compile("[぀-鿿]")
_LETTER = re.compile(r"[^\W\d_]")
# The pronoun, as in "of America, I congratulate", and no numeral, as in "Elizabeth I received".
_I = re.compile(r"(?:^|[,;:—–]\W+|(\w+)?(?![,;:—–])\W+)I(?:[’'](?:m|ve|d|ll)\b| [a-z]+)")
# Also where texts run together, "Anna Novak We’ve spent years on": nine of 42,065 sentences that stood alone.
_I_AM = re.compile(
    r"\bI[’'](?:m|ve|ll)\b|, I [a-z]+(?:ed|t|nd|w)\b|\b(?:We|You|Let)[’'](?:ve|re|ll|d|s) [a-z]"
)


def stands_alone(sentence: str, language: str | None = None) -> bool:
    """Whether a digest may show it without the sentence before it.

    A language that is not given is guessed from its words.
    """
    return next(_flaws(sentence, language), None) is None


def flaws(sentence: str, language: str | None = None) -> frozenset[str]:
    """All that keeps it from standing alone, of ``FLAWS``; empty if it stands."""
    return frozenset(_flaws(sentence, language))


def is_whole(sentence: str, *, most: int = MAX_WORDS) -> bool:
    """Whether it is one finished sentence of prose, neither a scrap nor of more than ``most`` words."""
    return next(_form(sentence.strip(), most), None) is None


def leads(sentence: str, language: str | None = None) -> bool:
    """Whether it can be an article's first sentence: up to ``MAX_LEAD`` words, no flaw but its length."""
    return len(sentence.split()) <= MAX_LEAD and flaws(sentence, language) == {"long"}


def is_dangling(sentence: str, language: str | None = None) -> bool:
    """Whether it needs an antecedent from an earlier sentence: by its beginning, its actor or its speaker."""
    return _dangles(judged(sentence, language))


def noise_of(sentence: str, language: str | None = None) -> Noise | None:
    """Why it is no news: of the page, torn by scraping, a question, or with "I" or "you"; None if it is."""
    return _noise(judged(sentence, language))


def _flaws(sentence: str, language: str | None) -> Iterator[str]:
    if len(sentence) > LONGEST:
        yield "long"
        return
    yield from _form(sentence.strip())
    read = judged(sentence, language)
    if _dangles(read):
        yield "dangling"
    if _noise(read) is not None:
        yield "noise"


def _dangles(read: Judged) -> bool:
    words = read.words
    if words is None:
        return False
    if _begins_dangling(read, words) or (read.code == "en" and leans(read)):
        return True
    return (
        words.leaning is not None
        and words.leaning.match(behind_dateline(read.text).lower()) is not None
    )


def _noise(read: Judged) -> Noise | None:
    if _is_of_page(read):
        return "page"
    if "" in read.known and torn.is_torn(read.text):
        return "torn"
    if read.code == "en" and torn.is_fragment(read.text, read.known):
        return "torn"
    if read.text[-1:] in _ASKING or (read.code == "en" and read.text.startswith("What if ")):
        return "question"
    words = read.words
    if words is None:
        return None
    if words.personal.isdisjoint(read.known) and not (read.code == "en" and "i" in read.known):
        return None
    return "person" if _is_personal(unquoted(read.text), words.personal, read.code) else None


def _is_of_page(read: Judged) -> bool:
    if furniture.is_of_page(read.text, read.known):
        return True
    if read.code == "en" and _is_of_english_page(read):
        return True
    words = read.words
    return words is not None and any(
        phrase in read.lower
        for word in read.known & words.page.keys()
        for phrase in words.page[word]
    )


def _is_of_english_page(read: Judged) -> bool:
    if torn.is_glued(read.text) or furniture.is_bare(read.text):
        return True
    if furniture.is_under_head(read.text, read.known):
        return True
    return on_air.announces(read.text, read.known)


def _form(text: str, most: int = MAX_WORDS) -> Iterator[str]:
    count = len(text.split())
    unspaced = count < MIN_WORDS and _UNSPACED.search(text) is not None
    if len(text) < 12 if unspaced else count < MIN_WORDS:
        yield "short"
    if len(text) > 200 if unspaced else count > most:
        yield "long"
    if not (_starts(text) and _ends(text)):
        yield "unfinished"
    if not is_balanced(text):
        yield "unbalanced"


def _starts(text: str) -> bool:
    bare = text.lstrip(OPENING)
    if bare[:1] in _CLOSING:
        return False
    return not bare[:1].islower() or LOWER_CASE_NAME.match(bare) is not None


def _ends(text: str) -> bool:
    """Whether it ends in ".", "!" or "?", but not in an ellipsis; an item of a list may end in ";"."""
    bare = text.rstrip("\"'”’»“)] \u00a0\u202f")
    if bare[-3:] == "..." or "…" in bare[-4:] or _TITLE_LAST.search(bare[-6:]):
        return False
    is_item = bare[-1:] == ";" and ":\n" in text
    return is_item or bare[-1:] in (".", "!", "?", "。", "！", "？", "؟")


def _begins_dangling(read: Judged, words: Words) -> bool:
    said = behind_dateline(read.text)
    head = WORD.match(said)
    if head is None or _is_all_quoted(read):
        return True
    word = head.group().lower().replace("’", "'")
    stem = word.partition("'")[0]
    if not (word in words.first or stem in words.first or stem in words.heads):
        return False
    lower = said.lower().replace("’", "'")
    if words.free.match(lower):
        return False
    return word in words.first or stem in words.first or words.phrases.match(lower) is not None


def _is_all_quoted(read: Judged) -> bool:
    """Whether there is nothing but a quotation, so that the speaker is unknown."""
    return not read.text[0].isalnum() and not _LETTER.search(unquoted(read.text))


def _is_personal(prose: str, personal: frozenset[str], code: str) -> bool:
    """Whether it is in the first or second person; "WE Charity", "Our Lady" and "Elizabeth I" are names."""
    raw = [word.strip(AROUND) for word in prose.split()]
    for place, word in enumerate(raw):
        if word.lower().replace("’", "'") in personal and (
            word.islower() or (place == 0 and not _begins_name(raw))
        ):
            return True
    if code != "en":
        return False
    if _I_AM.search(prose):
        return True
    return any(_is_writer(found.group(1)) for found in _I.finditer(prose))


def _begins_name(words: list[str]) -> bool:
    """Whether the first word begins a name: a capital follows, as in "Our World in Data"."""
    return len(words) > 1 and words[1][:1].isupper()


def _is_writer(before: str | None) -> bool:
    """Whether "I" behind this word is the pronoun and no numeral."""
    return before is None or before[0].islower() or before.lower() in listed("en", "no_name")

"""Which language a text is written in.

Scripts decide what they can, exactly and for next to nothing; letters that only one language uses
tell relatives apart; the statistical model of py3langid is asked for the rest, among languages
that a diplomacy desk meets and not among its 140, where short headlines get lost.
"""

import math
import re
import unicodedata
from functools import cache
from itertools import islice

from py3langid.langid import LanguageIdentifier

LONGEST = 1_200  # characters looked at: 0.4 ms in the model, and more text changes no answer
FEWEST_LETTERS = 12  # letters of an alphabet below which a text is too little to tell
FEWEST_SIGNS = 4  # the same for scripts that write a syllable or a word with one sign
LEAST_CONFIDENCE = 0.5  # of the model; names in a row ("Macron Scholz Meloni") stay below 0.3
LEAST_KANA = 0.05  # of the signs: it marks Japanese, which else looks Chinese

_ALPHABETS = {
    "latin": re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]"),
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "arabic": re.compile(r"[\u0620-\u06d3\u06fa-\u06fc\ufb50-\ufdfb\ufe70-\ufefc]"),
    "he": re.compile(r"[\u05d0-\u05ea]"),
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "hy": re.compile(r"[\u0531-\u0587]"),
    "ka": re.compile(r"[\u10a0-\u10ff]"),
    "hi": re.compile(r"[\u0904-\u0939]"),
    "bn": re.compile(r"[\u0985-\u09b9]"),
    "th": re.compile(r"[\u0e01-\u0e2e]"),
}
_SIGNS = {
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
    "ja": re.compile(r"[\u3041-\u30ff\uff66-\uff9d]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
}
# Neither Latin nor a mark: of this all other scripts are.
_NOT_LATIN = re.compile(r"[^\x00-\u036f\u1e00-\u1eff\u2000-\u206f]")
# Letters found in one language of the script only; Urdu has those of Persian and its own.
_TELLING_CYRILLIC = (
    ("be", re.compile(r"[ўЎ]")),
    ("mk", re.compile(r"[ѓќѕЃЌЅ]")),
    ("sr", re.compile(r"[ђћјљњџЂЋЈЉЊЏ]")),
    ("kk", re.compile(r"[әғқңөұүһӘҒҚҢӨҰҮҺ]")),
    ("uk", re.compile(r"[їєґЇЄҐ]")),
    ("ru", re.compile(r"[ыэёЫЭЁ]")),
)
_TELLING_ARABIC = (
    ("fa", re.compile(r"[پچژگی]")),
    ("ur", re.compile(r"[پچژگیٹڈڑے]")),
)
_WESTERN_I = re.compile(r"[іІ]")  # Ukrainian and Belarusian
_EASTERN_Y = re.compile(r"[ыЫ]")  # Russian and Belarusian
_OF_LATIN = frozenset(
    {"az", "cs", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt"}
    | {"lv", "ms", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sq", "sv", "sw", "tr", "vi"}
)
_OF_CYRILLIC = frozenset({"be", "bg", "ru", "uk"})
# Not of these blocks, in which every sign is one to read: the rest is looked up, 0.5 ms for 1,200 signs.
_ODD = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u024f\u0400-\u052f\u2010-\u2027\u4e00-\u9fff]")
# Words that make up a quarter of English and next to nothing of other languages in Latin script.
_ENGLISH = re.compile(r"\b(?:the|of|and|that|with|to|said|from|which|by|has|have)\b")
# Per sign; nine in ten of 6,700 English texts of the corpora have more, the model agrees on all of those,
# and the highest share in a text of another language is 0.002. 2026-11-28.
_SURELY_ENGLISH = 0.018
_FEWEST_ENGLISH = 6  # of these words: shorter texts are the model's
_ADDRESSED = ("http", "www.", "@", "#")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*|[@#]\w+")


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, or None if that cannot be said.

    The first 1,200 characters decide. None means too little text, none in a known script, or no language
    that stands out; it is never a guess.
    """
    sample = _plain(text)
    script = _main_script(sample)
    if script == "cyrillic":
        return _of_cyrillic(sample)
    if script == "arabic":
        return _telling(sample, _TELLING_ARABIC, least=2) or "ar"
    if script == "latin":
        return "en" if _is_surely_english(sample) else _by_model(sample, _OF_LATIN)
    return "zh" if script == "han" else script


def _plain(text: str) -> str:
    cut = text[:LONGEST]
    if any(sign in cut for sign in _ADDRESSED):
        cut = _ADDRESS.sub(" ", cut)
    return _ODD.sub(lambda sign: " " if unicodedata.category(sign[0])[0] == "C" else sign[0], cut)


def _main_script(sample: str) -> str | None:
    """The script of most letters, or the language itself if only one is written in that script."""
    if not _NOT_LATIN.search(sample):  # saves a look for each of the scripts
        return "latin" if _holds(sample, _ALPHABETS["latin"], FEWEST_LETTERS) else None
    letters = {name: len(pattern.findall(sample)) for name, pattern in _ALPHABETS.items()}
    signs = {name: len(pattern.findall(sample)) for name, pattern in _SIGNS.items()}
    signed = sum(signs.values())
    # A sign says as much as some three letters, hence names in Latin letters do not outvote it.
    if signed >= FEWEST_SIGNS and 3 * signed >= max(letters.values()):
        return _of_signs(signs, signed)
    best = max(letters, key=lambda name: letters[name])
    return best if letters[best] >= FEWEST_LETTERS else None


def _of_signs(signs: dict[str, int], signed: int) -> str:
    if signs["ko"] * 2 >= signed:
        return "ko"
    return "ja" if signs["ja"] >= LEAST_KANA * signed else "han"


def _of_cyrillic(sample: str) -> str | None:
    code = _telling(sample, _TELLING_CYRILLIC, least=1)
    western, eastern = len(_WESTERN_I.findall(sample)), len(_EASTERN_Y.findall(sample))
    # Of these three only Belarusian has both; one in five is more than a quoted name brings.
    if code in {"ru", "uk"} and 5 * min(western, eastern) >= max(western, eastern) > 0:
        return "be"
    return code or _by_model(sample, _OF_CYRILLIC)


def _telling(
    sample: str, letters: tuple[tuple[str, re.Pattern[str]], ...], *, least: int
) -> str | None:
    """The language whose own letters occur most, if at least ``least`` times; the first among equals."""
    counts = [(len(pattern.findall(sample)), code) for code, pattern in letters]
    most, code = max(counts, key=lambda pair: pair[0])
    return code if most >= least else None


def _is_surely_english(sample: str) -> bool:
    """Whether the text is plainly English; spares most articles the model, which costs much."""
    wanted = math.ceil(max(_FEWEST_ENGLISH, _SURELY_ENGLISH * len(sample)))
    return _holds(sample, _ENGLISH, wanted)


def _holds(sample: str, pattern: re.Pattern[str], times: int) -> bool:
    """Whether the pattern is found so often; stops as soon as it is."""
    return sum(1 for _ in islice(pattern.finditer(sample), times)) == times


def _by_model(sample: str, among: frozenset[str]) -> str | None:
    ranked = [(code, share) for code, share in _model().rank(sample) if code in among]
    total = sum(share for _, share in ranked)
    code, share = ranked[0]
    return str(code) if share > LEAST_CONFIDENCE * total else None


@cache
def _model() -> LanguageIdentifier:
    """The model of py3langid. It takes a second and 90 MB, so it is loaded on first use."""
    return LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)

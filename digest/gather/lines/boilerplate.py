"""Lines that stand around an article on its page: what they say, in the languages of outlets."""

import re
from functools import cache, lru_cache

from ..phrases.folding import LONGEST_LINE, fold, label, long_fold
from ..phrases.wordlists import pattern, phrases, wording

LONGEST_PLEA = 1_200  # characters; appeals for money and notices about data are written long

_CLIP = re.compile(r"\D{5,100}[—–|-] ?\d{1,2}:\d\d(?::\d\d)?")  # a title and how long it plays
_ADDRESS = re.compile(
    r"(?:embed\])?(?:https?://|www\.|t\.me/|youtu\.be/|x\.com/)\S+"
    r"|\S{1,64}@\S{1,64}\.\w{2,10}|@\w{1,30}|(?:#\w+[ ,]{0,3}){2,}|#\w+"
    r"|pic\.(?:twitter|x)\.com/\S+"
)
# A sign or an agency in brackets stands for rights; arrows lead to another page.
_SIGNS = re.compile(
    r"^(?:©|\(c\) ?(?:19|20)\d\d|\((?:dpa|afp|apa|ap|reuters|sda)(?:/\w{2,10}){0,3}\)$)|(?:>>|→)$"
)
_NUMBER = r"[\d.,]+ ?[kmк]?"
_BAR = re.compile(r" ?[|›»>•·] ?")
_QUOTES = "\"'“”«»„‘’‹›"


def is_boilerplate(line: str) -> bool:
    """Whether the line, taken alone, is no part of any article: sharing, advertising, rights, prompts.

    A line in quotation marks is somebody's words and stays, as does prose above 400 characters
    that asks for nothing.
    """
    return is_plea(line) if len(line) > LONGEST_LINE else _is_short_boilerplate(line)


@lru_cache(maxsize=1024)  # of one article each line is asked about twice
def _is_short_boilerplate(line: str) -> bool:
    short = label(line)
    if short and (short in _labels() or _is_small_print(short)):
        return True
    plain = fold(line)
    if _is_bare(plain) or (":" in plain and _CLIP.fullmatch(plain)):
        return True
    return line.lstrip()[:1] not in _QUOTES and _says_so(plain)


def is_plea(line: str) -> bool:
    """Whether a paragraph asks the reader for money, an address or consent, or says who owns the text."""
    if len(line) > LONGEST_PLEA or line.lstrip()[:1] in _QUOTES:
        return False
    return bool(pattern("pleas").search(long_fold(line)))


def is_appeal(line: str) -> bool:
    """Whether a letter to the reader begins with this line: "Dear readers,"."""
    return (
        len(line) <= 120
        and line.rstrip()[-1:] != "."
        and bool(pattern("appeals").match(fold(line)))
    )


def is_widget(line: str) -> bool:
    """Whether a list of other stories begins with this line."""
    short = label(line)
    is_open = bool(short) and line.rstrip()[-1:] not in ".?!" and bool(_more().fullmatch(short))
    return is_open or short in phrases("widgets")


def is_comment_box(line: str) -> bool:
    """Whether readers' comments, or the box for them, begin with this line."""
    short = label(line)
    return bool(short) and (
        short in phrases("comments") or ("omment" in short and bool(_counts().fullmatch(short)))
    )


def is_clock(line: str) -> bool:
    """Whether the line is a time of day, or an age such as "5 minutes ago", and nothing else."""
    short = label(line)
    return bool(short) and bool(_clock().fullmatch(short))


def _labels() -> frozenset[str]:
    return phrases("widgets", "comments", "furniture")


def _is_small_print(short: str) -> bool:
    """Counters, reading times, ages and bars of networks."""
    patterns = (_counts(), _reading_time(), _clock())
    is_counted = any(pattern.fullmatch(short) for pattern in patterns)
    return is_counted or _is_share_bar(short) or _is_menu_bar(short)


def _is_share_bar(short: str) -> bool:
    words = {word for word in re.split(r"[^\w'-]+", short) if word and not word.isdigit()}
    return words <= phrases("sharing") and not words.isdisjoint(phrases("networks"))


def _is_menu_bar(short: str) -> bool:
    """Three words or more with bars between them; a headline with bars has longer parts."""
    parts = _BAR.split(short)
    return len(parts) >= 3 and all(part.count(" ") <= 1 for part in parts)


def _is_bare(plain: str) -> bool:
    """Nothing to read: no letters at all, an address, a handle, hashtags."""
    has_letter = plain[:1].isalpha() or any(sign.isalpha() for sign in plain)
    return not has_letter or bool(_ADDRESS.fullmatch(plain))


def _says_so(plain: str) -> bool:
    if pattern("begins").match(plain) or pattern("holds").search(plain):
        return True
    if _has_sign(plain) or _whole().fullmatch(plain) or _holds_within(plain) or _is_posted(plain):
        return True
    if _syndicated().match(plain):
        return True
    prompts, media, you = pattern("prompts"), pattern("media"), pattern("you")
    return bool(prompts.match(plain) and media.search(plain) and you.search(plain))


def _has_sign(plain: str) -> bool:
    return (plain[:1] in "©(" or plain[-1:] in ">→") and _SIGNS.search(plain) is not None


def _is_posted(plain: str) -> bool:
    return ": " in plain and _posted().fullmatch(plain) is not None


def _holds_within(plain: str) -> bool:
    # What has neither is nearly every paragraph, and to search it takes a tenth of cleaning.
    return ("@" in plain or plain[-1:] != ".") and _within().search(plain) is not None


# --- words in their places -------------------------------------------------------------------


@cache
def _whole() -> re.Pattern[str]:
    """Lines known from one end to the other."""
    return re.compile(
        rf"(?:{wording('teasers')})\s?[:|] .{{0,120}}[^.]|(?:{wording('more')}) .{{1,60}}[^.]"
        rf"|(?:{wording('whole')})\W*"
    )


@cache
def _posted() -> re.Pattern[str]:
    """Somebody's words on a network, which end as no sentence does."""
    return re.compile(rf"[^.]{{3,40}} (?:{wording('posted')}): [\"“][^\"”]{{3,280}}[^\"”.!?][\"”]")


@cache
def _within() -> re.Pattern[str]:
    """A word before an address of e-mail, or at the end without a full stop before it."""
    return re.compile(
        rf"\b(?:{wording('reach')})\b.{{0,120}}\S@\w[\w.-]*\.\w{{2,}}|[^.] (?:{wording('ends')})$"
    )


@cache
def _syndicated() -> re.Pattern[str]:
    """What software puts below each entry of a feed: "The post ... appeared first on The Paper"."""
    return re.compile(rf"(?:{wording('entries')}) .{{1,300}} (?:{wording('appeared')}) \S")


@cache
def _more() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('more')}|{wording('also')}) .{{2,45}}")


@cache
def _counts() -> re.Pattern[str]:
    return re.compile(
        rf"{_NUMBER}\+? ?(?:{wording('counted')})|(?:{wording('counters')})\W{{1,3}}{_NUMBER}\)?"
    )


@cache
def _reading_time() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{wording('reading')})?\W{{0,3}}(?:~|(?:{wording('about')}) )?\d{{1,3}}(?:[-– ]\d{{1,3}})?"
        rf"[ -]?(?:{wording('minutes')})\b\.?(?: ?(?:{wording('read')}))?"
    )


@cache
def _clock() -> re.Pattern[str]:
    """A time of day with its zone, or an age."""
    return re.compile(
        r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?"
        rf"\W{{0,2}}(?:{wording('hours')})?\W{{0,2}}(?:{wording('zones')})?(?:\s?[+-]\s?\d{{1,2}})?"
        rf"|{wording('ago')}"
    )

"""Posts of social networks, flattened into the lines of an article."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from ..phrases.wordlists import wording
from .boilerplate import is_boilerplate

MOST_LINES = 12  # of one post
# Characters; posts of paying accounts may be longer, but outlets embed short ones.
LONGEST_POST = 1500
# Characters of a line with its signature. Of the lines of 6,000 texts of allsides, wikinews and ecbplus six
# longer ones end so, each an article in one line that is cut off behind a post (2026-12).
LONGEST_SIGNED = 1_000
LONGEST_UNMARKED = 560  # characters of lines that only sound like a post

_SIGNATURE = re.compile(
    r"(?:^|\s|[.!?\"”…])[—–―-]{1,2}\s?[^()]{1,100}\((@[\w.]{1,30})\)[^()]{0,40}$"
)
_SIGNED = re.compile(
    r"^[^()]{1,80}\(@\w{1,20}\)\s?[·,•|-]?\s?(?:[^\W\d_]{3,12}\.? \d{1,2}, \d{4}"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.? (?:de )?\d{4}.{0,4})$"
)
_FORWARDED = re.compile(
    r"RT @\w|(?:Replying to|В ответ|En réponse à|Antwort an|En respuesta a) @\w"
)
_LINK = re.compile(r"https?://t\.co/\w|pic\.(?:twitter|x)\.com/\w")
_TAGGED = re.compile(r"^[#@]\w|^RT @|^\d{1,2}/\d{0,2}\s|(?:^|\s)[#@]\w+\W*$")
_HANDLE = re.compile(r"@\w{1,20}")
_HEADER = re.compile(r".{1,60} @\w{1,20} ?[·•] ?[\w. ,]{2,20}")  # name, handle and day in one line
_HANDLE_DATE = re.compile(
    r"[·•|-]?\s?(?:[^\W\d_]{3,12}\.? \d{1,2}(?:, \d{4})?"
    r"|\d{1,2}\.? [^\W\d_]{3,12}\.?(?: \d{4})?|\d{1,2}[hmч])"
)
_FOOTER = re.compile(
    r"(?:view|watch|read|see|show) (?:on|more on|more replies|full|this|the) .{0,24}(?:x"
    r"|twitter|conversation|thread)?$"
    r"|\d{1,2}:\d\d ?(?:am|pm)? ?[·•-] ?.{6,20}|[\d.,]+ ?[kmк]?(?: ?(?:views|likes|reposts"
    r"|retweets|replies|quotes|просмотров))?|(?:[\d.,]+ ?[kmк]? (?:views|likes|reposts|retweets"
    r"|replies|quotes|bookmarks)\W{0,3}){2,5}"
    r"|last edited .{4,40}|translate (?:post|tweet)|read \d+ repl(?:y|ies)"
    r"|copy link to (?:post|tweet)",
    re.IGNORECASE,
)


def posts(lines: Sequence[str]) -> frozenset[int]:
    """Indices of the lines that belong to embedded posts: text, links and signature."""
    gone: set[int] = set()
    for index, line in enumerate(lines):
        if len(line) <= LONGEST_SIGNED and is_signature(line):
            gone |= _signed_post(lines, index, gone)
        elif _shared().match(line):
            gone.add(index)
        elif "@" in line and (_HANDLE.fullmatch(line.strip()) or _HEADER.fullmatch(line.strip())):
            gone |= _card(lines, index)
        elif _is_only_links(line) or _FORWARDED.match(line):
            gone.add(index)
    return frozenset(gone)


def is_signature(line: str) -> bool:
    """Whether the line ends a post: "- Name (@handle) February 9, 2026"."""
    tail = line[-200:]
    return "(@" in tail and bool(
        _SIGNATURE.search(tail) or (len(line) <= 160 and _SIGNED.match(line))
    )


def _signed_post(lines: Sequence[str], end: int, gone: set[int]) -> set[int]:
    """The post that is signed on line ``end``; its text may be on the same line."""
    has_text = any(f" {dash}" in lines[end] for dash in "—–―")
    if not _begins_with_dash(lines[end]) and (has_text or not _SIGNED.match(lines[end])):
        return {end}
    return {end, *range(_first_line(lines, end, gone), end)}


def _first_line(lines: Sequence[str], end: int, gone: set[int]) -> int:
    """The furthest line above that shows marks of a post, else those that sound like one."""
    first, start, size = end, end - 1, 0
    while start >= max(0, end - MOST_LINES) and start not in gone:
        size += len(lines[start])
        if size > LONGEST_POST or _leads_in(lines[start]) or is_signature(lines[start]):
            break
        if _is_marked(lines[start]) or _is_next(lines, start, first, end, size):
            first = start
        start -= 1
    return first


def _is_next(lines: Sequence[str], start: int, first: int, end: int, size: int) -> bool:
    """Whether an unmarked line joins the post: it stands right above and is its only text, or sounds so."""
    if start != first - 1 or size > LONGEST_UNMARKED:
        return False
    if first < end and any(_is_marked(line) for line in lines[first:end]):
        return False
    return first == end or _sounds_like_one(lines[start])


def _sounds_like_one(line: str) -> bool:
    is_quoted = any(sign in line for sign in '"“”«»„')
    return not is_quoted and (bool(_own_voice().search(line)) or line.rstrip()[-1:] == "!")


def _is_marked(line: str) -> bool:
    text = line.strip()
    has_signs = bool(text) and (_is_emoji(text[0]) or _is_emoji(text[-1]))
    return has_signs or bool(_LINK.search(text) or _TAGGED.search(text))


def _leads_in(line: str) -> bool:
    """An article's own sentence that announces a post."""
    return line.rstrip().endswith(":") and not _is_marked(line)


def _begins_with_dash(line: str) -> bool:
    return line.lstrip()[:1] in {"—", "–", "―", "-"}


def _is_emoji(sign: str) -> bool:
    """Pictographs and flags; not the signs that typography uses."""
    point = ord(sign)
    return point >= 0x1F000 or (0x2600 <= point <= 0x27BF and unicodedata.category(sign) == "So")


def _card(lines: Sequence[str], index: int) -> set[int]:
    """A post drawn as a card: name, handle, date, text, counters."""
    gone = {index}
    if index and len(lines[index - 1]) <= 50 and lines[index - 1][-1:] not in ".!?:":
        gone.add(index - 1)
    after = index + 1
    while after < len(lines) and _is_beside_name(lines[after].strip()):
        gone.add(after)
        after += 1
    return gone | set(range(after, _card_end(lines, after)))


def _is_beside_name(line: str) -> bool:
    is_sign = line in {"", "·", "•", "Follow", "Подписаться", "Folgen"}
    return is_sign or bool(_HANDLE_DATE.fullmatch(line))


def _card_end(lines: Sequence[str], start: int) -> int:
    """One past the last line of the card: its counters, else the last marked line in sight."""
    end, has_footer = start, False
    for index in range(start, min(start + MOST_LINES, len(lines))):
        if _FOOTER.fullmatch(lines[index].strip()) or (has_footer and is_boilerplate(lines[index])):
            end, has_footer = index + 1, True
        elif has_footer or _HANDLE.fullmatch(lines[index].strip()):
            break
        elif _is_marked(lines[index]):
            end = index + 1
    return end


def _is_only_links(line: str) -> bool:
    if "://t.co/" not in line and "pic." not in line:
        return False
    rest = re.sub(r"(?:https?://t\.co/|pic\.(?:twitter|x)\.com/)\w+", "", line)
    return rest != line and not any(sign.isalpha() for sign in rest)


@cache
def _shared() -> re.Pattern[str]:
    return re.compile(wording("shared"), re.IGNORECASE)


@cache
def _own_voice() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wording('own_voice')})\b", re.IGNORECASE)

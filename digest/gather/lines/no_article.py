"""Files that are no articles: refused by the shape of their lines, or by what is left when they are clean."""

import re
from collections.abc import Sequence

from ...errors import Unreadable
from ..phrases.folding import fold
from ..phrases.wordlists import pattern, phrases
from .clean import Cleaned
from .layout import Row, rows_of
from .prose import is_ended, is_unspaced

LARGEST = 5_000_000  # characters; a book is shorter
MOST_ROWS = 10_000  # paragraphs and labels; the longest live blogs have some 2,000
FEWEST_WORDS = 6  # of a real sentence

# Lines of programs: how they begin in the languages that people paste, and how they end in most of them.
_CODE = re.compile(
    r"\s*(?:import |from \w+ import|def |class |return |#include|function |const |let |var "
    r"|public |private |<\?|<!|</?\w+[ >]"
    r"|[{}\[\]();]+,?$|\"[\w-]+\": |#(?!#* [^\W\d_a-z])|//|/\*|\"\"\"|'''|@\w+(?:$|\()"
    r"|(?:if|for|while|elif|with|except|async|try|else)\b.{0,120}:\s*$|raise |assert |self\."
    r"|yield |pass$|fn |pub |use \w+::|package |struct |[\w.\[\]]{1,60} (?:=|\+=|:=) \S"
    r"|[)\]}]+[,;:]?\s*$|[\w.]{1,60}\(.{0,300}\)[,;]?\s*$)"
    r"|.*(?:[;{}=(\[]|\)\s?=>|==|!=|\(\);?)$"
)
_LOG = re.compile(
    r"\s*\[?\d{2,4}[-/.]\d\d[-/.]\d{2,4}[T ]\d\d:\d\d|.{0,40}\b(?:INFO|WARN|WARNING|ERROR"
    r"|DEBUG|TRACE)\b|\s*\w{3} +\d+ \d\d:\d\d:\d\d "
)
_TABLE = re.compile(r"[^,;\t|]{0,60}(?:[,;\t|][^,;\t|]{0,60}){4,}$")
# The end of a sentence within a paragraph, whose own end may be torn.
_ENDED_WITHIN = re.compile(r"[^\W\d_]{3}[.!?][\"”’»]? ?[\"“‘«]?[^\W\d_a-z]")
# Shares of the lines. Of 654 articles of three lines and more (stories/wikinews_clean and
# summaries/multinews_lb, 2026-11-30) none has more than 0.00, 0.19, 0.14 and 0.20 of such lines. Of 6,024
# modules of Python, docstrings included, 80 % are code by this; they were 7 % without the kinds of lines that
# these modules showed.
_KINDS = (
    ("a log", _LOG, 0.5),
    ("program code", _CODE, 0.4),
    ("a list of links", re.compile(r".{0,200}(?:https?://|www\.)"), 0.5),
    ("a table", _TABLE, 0.7),
)


def telling_rows(text: str, name: str) -> tuple[Row, ...]:
    """The rows of a text. Raises Unreadable for nothing, too much, a log, code, links or a table."""
    if "\x00" in text:
        raise Unreadable(f"{name} is not text: it holds NUL characters.")
    if len(text) > LARGEST:
        raise Unreadable(f"{name} is too long for an article: {len(text):,} characters.")
    rows = rows_of(text)
    if not rows:
        raise Unreadable(f"{name} is empty.")
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"{name} is too long for an article: {len(rows):,} paragraphs.")
    lines = [line[:500] for line in text.splitlines() if line.strip()]
    for what, kind, share in _KINDS:
        if len(lines) >= 3 and sum(bool(kind.match(line)) for line in lines) >= share * len(lines):
            raise Unreadable(f"{name} is no article but {what}.")
    return rows


# Its numbers were set on the files of tests/data/articles and not swept. Of 1,846 articles of the outside
# sets of stories and summaries it refuses seven, each for want of a whole sentence (2026-11-30).
def refuse_if_no_article(rows: Sequence[Row], cleaned: Cleaned, name: str) -> None:
    """Raise Unreadable for a notice of its site, a list of headlines, or what has no whole sentence."""
    paragraphs = [each.text for each in cleaned.paragraphs if each.kind == "p"]
    sentences = [text for text in paragraphs if _is_sentence(text)]
    if not sentences:
        raise Unreadable(f"{name} is no article: there is not one whole sentence in it.")
    firsts = [row.text for row in rows[:3]]
    is_notice = any(map(_says_no_article, firsts))
    if is_notice and (len(sentences) < 4 or _says_no_article(firsts[0])):
        raise Unreadable(f"{name} is no article but a notice of its site.")
    labels = len(rows) - len(sentences)
    if labels >= 12 and len(sentences) < 2:
        raise Unreadable(f"{name} is no article but a list of headlines.")


def _says_no_article(text: str) -> bool:
    """Whether it begins as what a site says in place of an article, or is the title of a legal page."""
    plain = fold(text)
    return pattern("notices").match(plain) is not None or plain in phrases("legal")


def _is_sentence(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text[:2000])
    return (
        (is_ended(text) or _ENDED_WITHIN.search(text) is not None)
        and (len(text.split()) >= FEWEST_WORDS or is_unspaced(text))
        and letters >= 0.6 * len(text[:2000].replace(" ", ""))
    )

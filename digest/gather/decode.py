"""From bytes to text, whatever encoding is declared: for feeds and pages alike.

The bytes themselves count for more than what is said about them: first a byte order mark, then UTF-8 that
decodes with letters beyond ASCII (other encodings do not look like that by chance), then the header, then
the document's own declaration. Text that somebody had encoded twice is read as it was written.
"""

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (  # how "<" looks without a mark
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9._:-]{2,40})""")
# Declared as the one on the left, written as the one on the right, as browsers have it (WHATWG).
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
BROKEN_AT_MOST = 0.05  # of the bytes beyond ASCII, in UTF-8 that was cut or pasted into
_LOOKED_AT = 2_048  # bytes in which a declaration stands
# What outlets of the languages read here have used; of the others charset_normalizer takes those of
# the Baltic for French.
_GUESSABLE = (
    "cp1252", "cp1251", "cp1250", "cp1254", "cp1253", "cp1255", "cp1256", "koi8_r", "koi8_u", "cp866",
    "iso8859_2", "iso8859_5", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949",
)  # fmt: skip
_EASTERN = re.compile("[łąěřđő]")  # in cp1252 they would be signs, or letters of no large language
_TURKISH = re.compile("[ğşıİ]")
_GUESSED_FROM = 50_000  # bytes: more costs time and changes no guess
# UTF-8 taken for cp1252 or Latin-1 and encoded once more ("Syriaâ\x80\x99s", "PeÃ±a"): 35 of 452 articles of
# wikinews_clean hold some. Looked for first, since ftfy takes 0.2 ms for 1,000 characters, of noise 4 ms.
_TWICE = re.compile("[\xc2-\xf4][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_MENDED_UP_TO = 500_000  # characters: 2 s of noise at most
# A control that is a sign of cp1252, as browsers have it, and no rest of UTF-8: 8 of 7,326 texts of the sets
# hold 17, dashes all but one, 2026-12-01.
_CONTROL = re.compile(
    "(?<![\xc2-\xf4])(?<![\xc2-\xf4][\x80-\xbf])(?<![\xc2-\xf4][\x80-\xbf]{2})[\x80-\x9f]"
)


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of ``body``; ``charset`` is what the header said. Never fails: the last resort is cp1252."""
    text = _decoded(body, charset)
    is_twice = len(text) <= _MENDED_UP_TO and _TWICE.search(text)
    return _CONTROL.sub(_sign, _written(text) if is_twice else text)


def _sign(control: re.Match[str]) -> str:
    return control[0].encode("latin-1").decode("cp1252", "ignore")


def _decoded(body: bytes, charset: str | None) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for sign, encoding in _WIDE:
        if body.startswith(sign):
            return body.decode(encoding, "replace")
    return _utf8(body) or _as_said(body, charset) or _guessed(body)


def _written(text: str) -> str:
    from ftfy import fix_encoding  # 40 ms of the bot's start, for one text in a hundred

    return fix_encoding(text)


def _utf8(body: bytes) -> str | None:
    if body.isascii():
        return None
    return _strict(body, "utf-8")


def _as_said(body: bytes, charset: str | None) -> str | None:
    declared = _DECLARED.search(body, 0, _LOOKED_AT)
    said = (charset, declared[1].decode("ascii") if declared else None)
    found = (_strict(body, known) for name in said if name and (known := _codec(name)))
    return next((text for text in found if text is not None), None)


def _codec(name: str) -> str | None:
    """The codec of the encoding called ``name``; None if there is none."""
    try:
        known = codecs.lookup(name)
        b"<".decode(known.name)
    except (LookupError, ValueError):
        return None
    return _MEANT.get(known.name, known.name)


def _strict(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except ValueError:
        return None


def _likely(body: bytes, encoding: str) -> str:
    """The guess; among encodings that share most letters, the one whose own letters occur."""
    if encoding in {"cp1250", "iso8859_2"}:
        return encoding if _EASTERN.search(body.decode(encoding, "replace")) else "cp1252"
    if encoding == "cp1252":
        return "cp1254" if len(_TURKISH.findall(body.decode("cp1254", "replace"))) > 1 else encoding
    return encoding


def _guessed(body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    beyond = len(body) - len(body.decode("ascii", "ignore"))
    if text.count("\ufffd") <= beyond * BROKEN_AT_MOST:
        return text
    best = from_bytes(body[:_GUESSED_FROM], cp_isolation=list(_GUESSABLE)).best()
    guess = _strict(body, _likely(body, best.encoding)) if best else None
    return body.decode("cp1252", "replace") if guess is None else guess

"""Telegram's HTML as the Bot API reads it: text and entities, or the reason why not.

Follows the rules and messages of tdlib's parser; positions in messages are byte offsets.
"""

import re
from dataclasses import dataclass, replace

from .entities import Entity, checked_link, ordered, units

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}  # the only ones that Telegram knows
DATE_FLAGS = {"t": 2, "T": 4, "d": 8, "D": 16, "w": 32, "W": 32}
SPACES = " \t\r\n\0\v"
SURROGATE = re.compile(r"[\ud800-\udfff]")
PLAIN = re.compile(r"[^<&]+")  # in one step: letter by letter a long text takes 3 ms
END = ""  # what is read past the last character


class MarkupError(ValueError):
    """The text is not Telegram HTML; the message is Telegram's own, without its prefix."""


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int  # UTF-16 units
    start: int  # index into the text so far


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The plain text and its entities, sorted. Raises MarkupError."""
    return _Parser(source).run()


def _without_language(entity: Entity) -> Entity:
    """Code alone has no language: it counts only where pre covers the very same text."""
    return replace(entity, language=None) if entity.kind == "code" else entity


class _Parser:
    """One reading of one source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def run(self) -> tuple[str, tuple[Entity, ...]]:
        while self._at < len(self._source):
            if self._peek() == "<":
                self._tag()
            elif plain := PLAIN.match(self._source, self._at):
                self._at = plain.end()
                self._add(plain.group())
            else:
                self._add(self._character())
        if self._open:
            tag = self._open[-1].tag
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        if SURROGATE.search(self._text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return self._text, ordered([_without_language(one) for one in self._entities])

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._source[at] if at < len(self._source) else END

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode("utf-8", "surrogatepass"))

    def _add(self, text: str) -> None:
        self._text += text
        self._units += units(text)

    def _character(self) -> str:
        """The next character, with a character reference decoded."""
        if self._peek() == "&" and (decoded := self._reference()) is not None:
            return decoded
        self._at += 1
        return self._source[self._at - 1]

    def _reference(self) -> str | None:
        end = self._at + 1
        if self._source[end : end + 1] == "#":
            return self._number(end + 1)
        while (
            end < len(self._source) and self._source[end].isascii() and self._source[end].isalpha()
        ):
            end += 1
        letter = NAMED.get(self._source[self._at + 1 : end])
        if letter is not None:
            self._skip_semicolon(end)
        return letter

    def _number(self, start: int) -> str | None:
        base, digits = 10, "0123456789"
        if self._source[start : start + 1] == "x":
            start, base, digits = start + 1, 16, "0123456789abcdefABCDEF"
        end = start
        while end < len(self._source) and self._source[end] in digits:
            end += 1
        code = int(self._source[start:end] or "0", base)
        if end - start > 8 or not 0 < code <= 0x10FFFF:
            return None
        self._skip_semicolon(end)
        return chr(code)

    def _skip_semicolon(self, end: int) -> None:
        self._at = end + (self._source[end : end + 1] == ";")

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._peek() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _word(self, stops: str) -> str:
        start = self._at
        while self._peek() != END and self._peek() not in SPACES + stops:
            self._at += 1
        return self._source[start : self._at]

    def _spaces(self) -> None:
        while self._peek() != END and self._peek() in SPACES:
            self._at += 1

    def _start_tag(self, begin: int) -> None:
        tag = self._word(">").lower()
        where = f"at byte offset {self._byte(begin)}"
        if self._peek() == END:
            raise MarkupError(f"Unclosed start tag {where}")
        if tag not in TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" {where}')
        attributes = self._attributes(tag, where)
        self._at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" {where}')
        self._open.append(_Open(tag, attributes, self._units, len(self._text)))

    def _attributes(self, tag: str, where: str) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._spaces()
            if self._peek() == ">":
                return found
            name = self._word("=>/\"'")
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}" {where}')
            self._spaces()
            found[name] = self._value(tag, where)
            if tag == "tg-time" and self._peek() == ",":
                self._at += 1

    def _value(self, tag: str, where: str) -> str:
        if self._peek() == END:
            raise MarkupError(f'Unclosed start tag "{tag}" {where}')
        if self._peek() != "=":
            return ""
        self._at += 1
        self._spaces()
        if self._peek() == END:
            raise MarkupError(f'Unclosed start tag "{tag}" {where}')
        value = self._quoted(self._peek()) if self._peek() in "\"'" else self._token()
        if self._peek() == END:
            raise MarkupError(f"Unclosed start tag {where}")
        return value

    def _token(self) -> str:
        start = self._at
        while self._peek().isascii() and (self._peek().isalnum() or self._peek() in (".", "-")):
            self._at += 1
        if self._peek() == END or self._peek() not in SPACES + ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self._source[start : self._at].lower()

    def _quoted(self, quote: str) -> str:
        self._at += 1
        value = ""
        while self._peek() not in (quote, END):
            value += self._character()
        if self._peek() == quote:
            self._at += 1
        return value

    def _end_tag(self, begin: int) -> None:
        where = f"at byte offset {self._byte(begin)}"
        if not self._open:
            raise MarkupError(f"Unexpected end tag {where}")
        self._at += 1
        name = self._word(">")
        self._spaces()
        if self._peek() != ">":
            raise MarkupError(f"Unclosed end tag {where}")
        self._at += 1
        opened = self._open.pop()
        if name not in ("", opened.tag):
            raise MarkupError(
                f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{name}>"'
            )
        if self._units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        plain = Entity(TAGS[opened.tag], opened.offset, self._units - opened.offset)
        makers = {
            "a": self._link,
            "pre": self._pre,
            "code": self._code,
            "tg-time": self._time,
            "tg-emoji": self._emoji,
            "blockquote": self._quote,
        }
        maker = makers.get(opened.tag)
        entity = maker(opened, plain) if maker else plain
        if entity is not None:
            self._entities.append(entity)

    def _link(self, opened: _Open, plain: Entity) -> Entity | None:
        target = opened.attributes.get("href") or self._text[opened.start :]
        person = target.removeprefix("tg://user?id=")
        if person != target and person.isdigit():
            return Entity("text_mention", plain.offset, plain.length, user=int(person))
        url = checked_link(target)
        return Entity("text_link", plain.offset, plain.length, url=url) if url else None

    def _twin(self, kind: str, plain: Entity) -> Entity | None:
        """The last entity, if it is of this kind and covers the same characters."""
        last = self._entities[-1] if self._entities else None
        same = last and (last.kind, last.offset, last.length) == (kind, plain.offset, plain.length)
        return last if same else None

    def _pre(self, opened: _Open, plain: Entity) -> Entity:
        twin = self._twin("code", plain)
        if twin is None or not twin.language:
            return plain
        self._entities.pop()
        return Entity("pre", plain.offset, plain.length, language=twin.language)

    def _code(self, opened: _Open, plain: Entity) -> Entity:
        name = opened.attributes.get("class", "")
        language = name.removeprefix("language-") if name.startswith("language-") else ""
        if language and self._twin("pre", plain):
            self._entities.pop()
            return Entity("pre", plain.offset, plain.length, language=language)
        return Entity("code", plain.offset, plain.length, language=language or None)

    def _time(self, opened: _Open, plain: Entity) -> Entity:
        moment, form = opened.attributes.get("unix", ""), opened.attributes.get("format", "")
        if not moment.lstrip("-").isdigit():
            raise MarkupError("Invalid date specified")
        if form != "r" and set(form) - set(DATE_FLAGS):
            raise MarkupError("Invalid date format used")
        flags = 1 if form == "r" else 0
        for letter in form if form != "r" else "":
            flags |= DATE_FLAGS[letter]
        return Entity("date_time", plain.offset, plain.length, unix=int(moment), flags=flags)

    def _emoji(self, opened: _Open, plain: Entity) -> Entity:
        number = opened.attributes.get("emoji-id", "")
        if not number.isdigit() or int(number) == 0:
            raise MarkupError("Invalid custom emoji identifier specified")
        return Entity("custom_emoji", plain.offset, plain.length, emoji=number)

    def _quote(self, opened: _Open, plain: Entity) -> Entity:
        if "expandable" not in opened.attributes:
            return plain
        return Entity("expandable_blockquote", plain.offset, plain.length)

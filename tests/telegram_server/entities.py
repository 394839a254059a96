"""Message entities: UTF-16 offsets, links, bot commands, and the tidying done before storing.

Offsets and lengths are in UTF-16 code units, as in the Telegram Bot API (MessageEntity).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

PRIORITY = {  # which of two entities over the same characters comes first
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_COMMAND = re.compile(r"(?<![\w/@])/([A-Za-z0-9_]{1,32})(@[A-Za-z0-9_]{3,32})?(?![\w@/])")
_HOST = re.compile(r"^(?=.{1,253}$)([\w\-]+\.)+(\w{2,}|xn--[\w-]+)$|^\d{1,3}(\.\d{1,3}){3}$")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")  # all but the line feed
_TELEGRAM_SCHEMES = ("tg", "ton", "tonsite")


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of text with a meaning."""

    kind: str  # the Bot API's type: bold, text_link, pre ...
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    emoji: str | None = None
    user: int | None = None
    unix: int | None = None
    flags: int | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def as_json(self) -> Json:
        extra: Json = {"url": self.url, "language": self.language, "custom_emoji_id": self.emoji}
        if self.user is not None:
            extra["user"] = {"id": self.user, "is_bot": False, "first_name": f"User {self.user}"}
        if self.unix is not None:
            extra |= {"unix_time": self.unix, "date_time_format": _date_format(self.flags or 0)}
        present = {key: value for key, value in extra.items() if value is not None}
        return {"type": self.kind, "offset": self.offset, "length": self.length, **present}


def _date_format(flags: int) -> str:
    letters = {1: "r", 2: "t", 4: "T", 8: "d", 16: "D", 32: "w"}
    return "".join(letter for bit, letter in letters.items() if flags & bit)


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def ordered(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """By offset, the longer first, then by the rank of the kind."""
    return tuple(
        sorted(entities, key=lambda one: (one.offset, -one.length, PRIORITY.get(one.kind, 50)))
    )


def checked_link(url: str) -> str | None:
    """The address as Telegram keeps it, or None if it is none (the link is then dropped)."""
    if not re.match(r"^[a-zA-Z][a-zA-Z0-9+.\-]*:", url) or re.match(r"^[^/?#]+:\d", url):
        url = f"http://{url}"
    parts = urlsplit(url)
    if parts.scheme.lower() in _TELEGRAM_SCHEMES:
        return url
    if parts.scheme.lower() not in ("http", "https") or not _HOST.match(parts.hostname or ""):
        return None
    path = parts.path or "/"
    rest = url.split(parts.netloc, 1)[1] if parts.path else path + url.split(parts.netloc, 1)[1]
    return f"{parts.scheme.lower()}://{parts.netloc}{rest}"


def bot_commands(text: str) -> tuple[Entity, ...]:
    """The commands that a client marks in a text."""
    return tuple(
        Entity("bot_command", units(text[: found.start()]), units(found.group()))
        for found in _COMMAND.finditer(text)
    )


def tidy(text: str, entities: Sequence[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """The text and entities as they are stored: control signs replaced, ends trimmed.

    Entities over nothing but white space are dropped, nested ones of one kind are joined and
    code holds no others, as tdlib's fix_formatted_text does.
    """
    cleaned = _CONTROL.sub(" ", text)
    kept = _joined(_outside_code(ordered(entities)))
    visible = [one for one in kept if cut(cleaned, one.offset, one.length).strip()]
    first = min((one.offset for one in visible), default=units(cleaned))
    lead = min(units(cleaned) - units(cleaned.lstrip(" \n")), first)
    trimmed = cleaned[lead:].rstrip()  # white space is one unit each
    size = units(trimmed)
    clipped = (
        replace(one, offset=one.offset - lead, length=min(one.end - lead, size) - one.offset + lead)
        for one in visible
    )
    return trimmed, tuple(one for one in clipped if one.length > 0)


def _outside_code(entities: Sequence[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    code_end = -1
    for one in entities:
        if one.offset < code_end and one.kind not in ("blockquote", "expandable_blockquote"):
            continue
        kept.append(one)
        if one.kind in ("code", "pre"):
            code_end = one.end
    return kept


def _joined(entities: Sequence[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for one in entities:
        same = [other for other in kept if _may_join(other, one)]
        if not same:
            kept.append(one)
            continue
        other = same[-1]
        kept[kept.index(other)] = replace(other, length=max(other.end, one.end) - other.offset)
    return kept


def _may_join(first: Entity, second: Entity) -> bool:
    quotes = ("blockquote", "expandable_blockquote")
    alike = first.kind == second.kind or (first.kind in quotes and second.kind in quotes)
    same_target = (first.url, first.user, first.emoji) == (second.url, second.user, second.emoji)
    inside = second.offset < first.end
    touching = second.offset == first.end and first.kind in ("bold", "italic", "underline")
    return alike and same_target and (inside or touching)

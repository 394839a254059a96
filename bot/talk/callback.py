"""Callback data of inline buttons: versioned, at most 64 bytes, and never trusted. Pure.

``1:topics:+:sanctions``, or ``1@-1001234567890:topics:+:sanctions`` if the button is about a channel or group
that is managed from a private chat. For a forum topic it is ``1@<group>.<thread>:...``, both in base 36,
since the longest name of a timezone leaves 18 bytes for them.
"""

import re
from dataclasses import dataclass

VERSION = "1"
HERE = 0  # as target: the private chat itself, not one that is managed from it
LIMIT = 64  # bytes; Telegram Bot API, InlineKeyboardButton

_FORM = re.compile(
    rf"{VERSION}(?:@(?:(?P<chat>-?[0-9]{{1,18}})|(?P<group>-?[0-9a-z]{{1,10}})\.(?P<thread>[0-9a-z]{{1,6}})))?"
    r":(?P<action>[a-z]{1,16})(?P<rest>(?::[^\n]*)?)",
    re.ASCII,
)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Callback:
    """Callback data, parsed."""

    action: str
    data: str  # the action and its arguments, as Request.data takes them
    target: int | None = None  # the channel or group it is about
    thread: int = 0  # the forum topic of that group


def pack(action: str, *arguments: str | int, target: int | None = None, thread: int = 0) -> str:
    """Callback data. Raises ValueError if they are too long or could not be parsed again."""
    data = ":".join((_head(target, thread), action, *map(str, arguments)))
    if unpack(data) is None:
        raise ValueError(f"no button can carry {data!r}")
    return data


def fits(action: str, *arguments: str | int) -> bool:
    """Whether callback data can hold an action and its arguments, without a target."""
    return unpack(":".join((VERSION, action, *map(str, arguments)))) is not None


def unpack(raw: str) -> Callback | None:
    """The callback data in ``raw``; None if they are garbage, too long or of another version."""
    if len(raw.encode("utf-8", "surrogatepass")) > LIMIT:
        return None
    found = _FORM.fullmatch(raw)
    if found is None:
        return None
    action, rest = found["action"], found["rest"]
    if found["group"]:
        group, thread = int(found["group"], 36), int(found["thread"], 36)
        return Callback(action, action + rest, group, thread)
    return Callback(action, action + rest, int(found["chat"] or HERE) or None)


def aimed(data: str, target: int, thread: int) -> str:
    """The same callback data with a target; unchanged if they have one already, or cannot be parsed."""
    button = unpack(data)
    if button is None or data.startswith(f"{VERSION}@"):
        return data
    return pack(*button.data.split(":"), target=target, thread=thread)


def number(data: str) -> int | None:
    """The first argument as a number; 0 if there is none, None if it is no plain number."""
    first = (*arguments(data), "0")[0]
    return int(first) if is_number(first) else None


def is_number(words: str) -> bool:
    """Whether ``words`` are a decimal number of at most 18 digits, which a database can hold."""
    return re.fullmatch(r"[0-9]{1,18}", words) is not None


def _head(target: int | None, thread: int) -> str:
    if target is None:
        return VERSION
    return f"{VERSION}@{_base_36(target)}.{_base_36(thread)}" if thread else f"{VERSION}@{target}"


def _base_36(number: int) -> str:
    """The number in base 36."""
    rest, digits = abs(number), ""
    while rest or not digits:
        rest, digit = divmod(rest, 36)
        digits = _DIGITS[digit] + digits
    return f"-{digits}" if number < 0 else digits


def arguments(data: str) -> tuple[str, ...]:
    """The arguments of Request.data, without its action; () for a typed command."""
    return tuple(data.split(":")[1:])

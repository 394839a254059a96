"""What a button says when it is pressed: versioned, at most 64 bytes, and never trusted.

``1:topics:+:sanctions``, or ``1@-1001234567890:topics:+:sanctions`` where the button is for a
channel or group that is managed from a private chat. The forum topic of a group stands behind it, both
to the base of 36 then, since the longest name of a time zone leaves 18 bytes for them.
"""

import re
from dataclasses import dataclass

VERSION = "1"
HERE = 0  # in place of a channel or group: the private chat itself, from which one is managed
LIMIT = 64  # bytes; Telegram Bot API, InlineKeyboardButton

_FORM = re.compile(
    rf"{VERSION}(?:@(?:(?P<chat>-?[0-9]{{1,18}})|(?P<group>-?[0-9a-z]{{1,10}})\.(?P<thread>[0-9a-z]{{1,6}})))?"
    r":(?P<action>[a-z]{1,16})(?P<rest>(?::[^\n]*)?)",
    re.ASCII,
)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Callback:
    """A pressed button, taken apart."""

    action: str
    data: str  # the action and its arguments, as Request.data takes them
    target: int | None = None  # the channel or group it is about
    thread: int = 0  # the forum topic of that group


def pack(action: str, *arguments: str | int, target: int | None = None, thread: int = 0) -> str:
    """The data of a button. Raises ValueError where it does not fit or could not be read back."""
    data = ":".join((_head(target, thread), action, *map(str, arguments)))
    if unpack(data) is None:
        raise ValueError(f"no button can carry {data!r}")
    return data


def fits(action: str, *arguments: str | int) -> bool:
    """Whether a button can carry this."""
    return unpack(":".join((VERSION, action, *map(str, arguments)))) is not None


def unpack(raw: str) -> Callback | None:
    """The button that says ``raw``; None for anything else: another version, garbage, too long."""
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
    """The same button, about a chat that is managed from elsewhere; one that names a chat stays."""
    button = unpack(data)
    if button is None or data.startswith(f"{VERSION}@"):
        return data
    return pack(*button.data.split(":"), target=target, thread=thread)


def number(data: str) -> int | None:
    """The first argument as a number; 0 where there is none, None where it is no plain number."""
    first = (*arguments(data), "0")[0]
    return int(first) if is_number(first) else None


def is_number(words: str) -> bool:
    """Whether they are a plain number that a database can hold."""
    return re.fullmatch(r"[0-9]{1,18}", words) is not None


def _head(target: int | None, thread: int) -> str:
    if target is None:
        return VERSION
    return f"{VERSION}@{_short(target)}.{_short(thread)}" if thread else f"{VERSION}@{target}"


def _short(number: int) -> str:
    """The number to the base of 36."""
    rest, digits = abs(number), ""
    while rest or not digits:
        rest, digit = divmod(rest, 36)
        digits = _DIGITS[digit] + digits
    return f"-{digits}" if number < 0 else digits


def arguments(data: str) -> tuple[str, ...]:
    """The arguments of Request.data, without its action; () for a typed command."""
    return tuple(data.split(":")[1:])

"""What a button says when it is pressed: versioned, at most 64 bytes, and never trusted.

``1:topics:+:sanctions``, or ``1@-1001234567890:topics:+:sanctions`` where the button is for a
channel that is managed from a private chat.
"""

import re
from dataclasses import dataclass

VERSION = "1"
LIMIT = 64  # bytes; Telegram Bot API, InlineKeyboardButton

_FORM = re.compile(rf"{VERSION}(?:@(-?[0-9]{{1,18}}))?:([a-z]{{1,16}})((?::[^\n]*)?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Callback:
    """A pressed button, taken apart."""

    action: str
    data: str  # the action and its arguments, as Request.data takes them
    target: int | None = None  # the channel it is about


def pack(action: str, *arguments: str | int, target: int | None = None) -> str:
    """The data of a button. Raises ValueError where it does not fit or could not be read back."""
    head = VERSION if target is None else f"{VERSION}@{target}"
    data = ":".join((head, action, *map(str, arguments)))
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
    target, action, rest = found.groups()
    return Callback(action, action + rest, int(target) if target else None)


def number(data: str) -> int | None:
    """The first argument as a number; 0 where there is none, None where it is no plain number."""
    first = (*arguments(data), "0")[0]
    return int(first) if re.fullmatch(r"[0-9]{1,18}", first) else None


def arguments(data: str) -> tuple[str, ...]:
    """The arguments of Request.data, without its action; () for a typed command."""
    return tuple(data.split(":")[1:])

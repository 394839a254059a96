"""Messages and their buttons, as Telegram takes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """One button: it answers with ``data``, or opens ``url``."""

    label: str
    data: str | None = None  # at most 64 bytes
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as Telegram takes it: HTML of at most 4096 UTF-16 units once parsed."""

    html: str
    keyboard: Keyboard = ()
    silent: bool = False

"""Small things that tests hold in hand."""

import struct

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import NetworkError, TelegramError, TimedOut

from .faults import BAD_GATEWAY, CAPTIVE_PORTAL, CLOSE, HALF_JSON, HANG, RESET, TRUNCATED

BROKEN = (  # a transport that breaks, what the library raises of it, and its words
    (HANG, TimedOut, "Timed out"),
    (CLOSE, NetworkError, "RemoteProtocolError"),
    (RESET, NetworkError, "ReadError"),
    (TRUNCATED, NetworkError, "RemoteProtocolError"),
    (HALF_JSON, TelegramError, "Invalid server response"),
    (CAPTIVE_PORTAL, TelegramError, "Invalid server response"),
    (BAD_GATEWAY, NetworkError, "Bad Gateway"),
)


class StillClock:
    """Unix seconds that stand still until told: ``clock.time += 60``."""

    def __init__(self, time: float = 1_790_000_000.0) -> None:
        self.time = time

    def __call__(self) -> float:
        return self.time


def buttons(*labels: str) -> InlineKeyboardMarkup:
    """A row of buttons, each with its label as data."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(one, callback_data=one) for one in labels]])


def png(width: int = 8, height: int = 6) -> bytes:
    """The head of a PNG of that size, as much as anybody reads of it here."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)

"""A strict Bot API server for tests and for playing by hand.

It holds a small world (people, groups, forums, channels), checks every request against the
models and limits of the Bot API, records all and can be told to fail.

    server = TelegramServer()
    ada = server.user(7, "Ada")
    bot = in_process_bot(server)
    await ada.send("/start")
    await bot.send_message(7, "<b>Welcome</b>", parse_mode="HTML")
    print(server.dump(ada))

By hand: ``python -m tests.telegram_server --port 8081``.
"""

from .entities import Entity
from .faults import (
    BAD_GATEWAY,
    CAPTIVE_PORTAL,
    CLOSE,
    HALF_JSON,
    HANG,
    REFUSED,
    RESET,
    TRUNCATED,
    Answer,
    Fault,
    error,
    result,
)
from .html import MarkupError, parse_html
from .http import file_url, serve
from .people import InlineQuery, Person, Press
from .request import InProcessRequest, in_process_bot
from .server import Call, TelegramServer
from .state import ANONYMOUS, Chat, Member, Message, Topic, User
from .view import shown_message

__all__ = [
    "ANONYMOUS",
    "BAD_GATEWAY",
    "CAPTIVE_PORTAL",
    "CLOSE",
    "HALF_JSON",
    "HANG",
    "REFUSED",
    "RESET",
    "TRUNCATED",
    "Answer",
    "Call",
    "Chat",
    "Entity",
    "Fault",
    "InProcessRequest",
    "InlineQuery",
    "MarkupError",
    "Member",
    "Message",
    "Person",
    "Press",
    "TelegramServer",
    "Topic",
    "User",
    "error",
    "file_url",
    "in_process_bot",
    "parse_html",
    "result",
    "serve",
    "shown_message",
]

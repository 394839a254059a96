"""What the bot has said to somebody, as the strict server saw it."""

from tests.telegram_server import (
    Person,
    TelegramServer,
    error,
)
from tests.telegram_server.state import Chat, Message

OLD = error(
    400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
)


async def said(server: TelegramServer, where: Person | Chat, thread: int | None = None) -> Message:
    """The newest message of the bot, once it has nothing more to say."""
    await server.settled()
    return server.sent(where, thread)[-1]


async def silent(server: TelegramServer, where: Person | Chat) -> bool:
    await server.settled()
    return not server.sent(where)

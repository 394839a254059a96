"""Whether Telegram knows the token, for the operator's check-up."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from digest.errors import InputError

from ..settings import Settings
from .request import AiohttpRequest


async def greet(settings: Settings) -> str:
    """The bot's name as Telegram tells it. Raises InputError that says what to do."""
    if settings.telegram_token is None:
        raise InputError("ATTACHE_TELEGRAM_TOKEN is not set: ask @BotFather for a token")
    bot = Bot(
        settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        request=AiohttpRequest(connections=1),
        get_updates_request=AiohttpRequest(connections=1),
    )
    try:
        async with bot:
            return f"@{bot.username} at {settings.telegram_base_url}"
    except InvalidToken:
        raise InputError(
            "Telegram does not accept the token: copy it again from @BotFather"
        ) from None
    except TelegramError as error:
        raise InputError(f"{settings.telegram_base_url} does not answer: {error.message}") from None

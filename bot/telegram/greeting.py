"""Whether Telegram knows the token, for the operator's check-up."""

from digest.errors import BotRefused, DeliveryError, InputError, NotSent

from ..settings import Settings
from .app import calling, make_bot


async def greet(settings: Settings) -> str:
    """The bot's name as Telegram tells it. Raises an AttacheError that says what to do."""
    if settings.telegram_token is None:
        raise InputError("ATTACHE_TELEGRAM_TOKEN is not set: ask @BotFather for a token")
    address = settings.telegram_base_url
    bot = make_bot(token=settings.telegram_token.get_secret_value(), base_url=address)
    try:
        async with calling(bot) as (_, username):
            return f"@{username} at {address}"
    except BotRefused as error:
        raise InputError(f"{error}: copy it again from @BotFather") from None
    except NotSent:  # it says so itself
        raise
    except DeliveryError as error:
        raise InputError(f"{address} does not answer: {error}") from None

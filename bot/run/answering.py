"""The bot that answers people: it polls, as only one process may, or Telegram posts to it and to others.

A process that does not answer gets its connection to Telegram from here as well.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import structlog

from digest.errors import BotRefused, InputError, StoreError

from ..settings import Settings
from ..talk.alarms import Alarm, Alarms
from ..talk.app import App
from ..telegram import app as telegram_app
from ..telegram import webhook as telegram_webhook
from ..telegram.app import Telegram
from ..telegram.messenger import TelegramMessenger
from ..telegram.pace import Pace
from ..telegram.polling import Polling
from ..telegram.turns import turns_of
from . import wiring
from .door import Slit
from .wiring import House

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramConnection:
    """One process's connection to Telegram."""

    messenger: TelegramMessenger
    username: str
    raised: "asyncio.Queue[tuple[Alarm, str]]"  # from where nothing can be waited for
    telegram: Telegram | None = None  # where this process answers


@asynccontextmanager
async def telegram_connection(
    house: House, *, answers: bool, refused: asyncio.Event
) -> AsyncIterator[TelegramConnection]:
    """The connection to Telegram. If it ``answers``, updates come in from now on, unless there is a webhook.

    Raises as ``telegram_app.running``.
    """
    settings = house.settings
    token = settings.telegram_token
    assert token is not None  # checked before anything was opened
    bot = telegram_app.make_bot(
        token=token.get_secret_value(),
        base_url=settings.telegram_base_url,
        pace=Pace(paid=settings.paid_broadcast == "on"),
    )
    raised: asyncio.Queue[tuple[Alarm, str]] = asyncio.Queue()
    if not answers:
        async with telegram_app.calling(bot) as (messenger, username):
            yield TelegramConnection(messenger, username, raised)
        return
    polling = Polling(refused=refused.set, alarm=lambda *alarm: raised.put_nowait(alarm))
    async with telegram_app.running(
        partial(_app, house),
        bot,
        not_fetched=polling,
        polls=settings.webhook_url is None,
    ) as telegram:
        yield TelegramConnection(
            telegram.messenger, telegram.username, raised, telegram.application
        )


def check_webhook(settings: Settings) -> None:
    """Raise InputError if the settings of a webhook contradict each other."""
    if settings.webhook_url is not None and settings.webhook_secret is None:
        raise InputError("ATTACHE_WEBHOOK_URL needs an ATTACHE_WEBHOOK_SECRET that Telegram sends")
    if settings.webhook_url is not None and settings.http is None:
        raise InputError("ATTACHE_WEBHOOK_URL needs ATTACHE_HTTP, where the updates come in")


def slit(house: House, telegram: Telegram | None) -> Slit | None:
    """Where the door takes updates in; None for a process that polls or does not answer."""
    url, secret = house.settings.webhook_url, house.settings.webhook_secret
    if telegram is None or url is None or secret is None:
        return None
    receive = telegram_webhook.receiving(telegram, updates=house.stores.updates, clock=house.clock)
    return Slit(urlsplit(url).path or "/", secret.get_secret_value(), receive)


def dropped(telegram: Telegram | None) -> int:
    """How many updates were not taken because their chat had too many in work."""
    return turns_of(telegram).dropped if telegram is not None else 0


async def set_webhook(settings: Settings, telegram: Telegram | None) -> None:
    """Tell Telegram the address of the webhook, once the door is open."""
    url, secret = settings.webhook_url, settings.webhook_secret
    if telegram is not None and url is not None and secret is not None:
        await telegram_webhook.set_webhook(telegram, url, secret.get_secret_value())


async def pass_on(raised: "asyncio.Queue[tuple[Alarm, str]]", alarms: Alarms) -> None:
    """Raise the alarms that were put into the queue by code that cannot wait."""
    while True:
        alarm, reason = await raised.get()
        try:
            await alarms(alarm, reason)
        except BotRefused as error:
            log.error("telegram refuses the bot", reason=str(error))
        except StoreError as error:  # the next alarm may be told
            log.error("alarm not kept", reason=str(error))


def _app(house: House, username: str) -> App:
    return wiring.build_app(
        house.stores,
        house.settings,
        house.clock,
        username=username,
        fetcher=house.fetcher,
        parser=house.parser,
        intake=house.intake,
    )

"""Runs a process of the bot until it is told to stop: all of it, or one role beside other processes."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from digest.deliver.flush import AT_ONCE, recover
from digest.errors import BotRefused, Conflict, InputError

from ..intake import catalogue
from ..pages import picture
from ..settings import Settings, unknown
from ..talk.alarms import Alarms
from . import answering, door, tuning, watching, wiring, working
from .answering import TelegramConnection
from .delivering import Delivery
from .metrics import Counted, Metrics
from .scheduler import Clockwork, Tick
from .watching import Watch
from .wiring import House

log = structlog.get_logger(__name__)

EXIT_REFUSED = 3  # tells the supervisor that another start will not help
_DELIVER_EVERY = timedelta(seconds=2)
_TELL_EVERY = timedelta(seconds=60)  # alarms that could not be told at once
_PAID_AT_ONCE = 160  # messages under way: 1,000 a second, each a tenth of one long, and some
_LOOK_EVERY = 0.2  # seconds between two looks whether the other bot has ended
_SECONDS = 8.0  # for the message in hand, of the 10 that a stop may take
_PATIENCE = timedelta(seconds=_SECONDS)


@dataclass(frozen=True, slots=True)
class Role:
    """Which parts of the work a process does."""

    answers: bool = False
    works: bool = False
    sends: bool = False


ROLES = {
    "all": Role(answers=True, works=True, sends=True),
    "bot": Role(answers=True),
    "worker": Role(works=True),
    "sender": Role(sends=True),
}


def _nothing() -> None:
    """Tell nobody."""


async def serve(
    settings: Settings,
    *,
    role: str = "all",
    waits: bool = False,
    stopping: Callable[[], None] = _nothing,
) -> None:
    """Run until SIGTERM or SIGINT; the message in hand is finished first, and ``stopping`` is called.

    If another process holds what only one may hold, this one waits until that has ended, if ``waits`` or if
    it is a sender or a bot that polls. Raises Conflict if it should not wait, InputError without a token or
    for a role that the database is not made for, BotRefused if Telegram does not accept the token.
    """
    _name_unknown()
    does = _checked(settings, role)
    refused, stop = asyncio.Event(), asyncio.Event()
    async with (
        _held(settings, does, waits=waits or role != "all"),
        wiring.open_house(settings) as house,
        answering.telegram_connection(house, answers=does.answers, refused=refused) as connection,
    ):
        await _furnish(house, does)
        metrics = Metrics()
        stores = house.stores
        look = partial(
            metrics.look,
            clock=house.clock,
            ledger=stores.ledger,
            chats=stores.chats,
            sources=stores.sources,
            dropped=partial(answering.dropped, connection.telegram),
        )
        slit = answering.slit(house, connection.telegram)
        async with door.opened(settings.http_place, metrics, look, slit):
            await answering.set_webhook(settings, connection.telegram)
            _heed_signals(stop.set, stopping)
            await _serve(house, role, connection, metrics, refused, stop)
    if refused.is_set():
        raise BotRefused("Telegram does not accept the token; nothing was sent since")


async def _furnish(house: House, does: Role) -> None:
    """Store the catalogue, and load what the first request would wait for."""
    stores, on = house.stores, house.settings.catalogue == "on"
    await catalogue.seed(stores.sources, stores.articles, switched_on=on, clock=house.clock)
    await wiring.load_the_rest()
    tuning.keep_what_is_loaded()
    if does.answers:
        tuning.take_short_turns()


def _name_unknown() -> None:
    """Log variables that look like settings and are none: they are ignored, and may be misspelt."""
    for name, near in unknown():
        say = log.warning if near else log.info
        say("no such setting", name=name, meant=near)


def _checked(settings: Settings, role: str) -> Role:
    if settings.telegram_token is None:
        raise InputError("ATTACHE_TELEGRAM_TOKEN is not set: ask @BotFather for a token")
    if role not in ROLES:
        raise InputError(f"--role is one of {', '.join(ROLES)}, not {role!r}")
    if role != "all" and not wiring.takes_many(settings.database_url):
        raise InputError(
            f"--role {role} needs a database on a server: set ATTACHE_DATABASE_URL to"
            " postgresql+asyncpg://..., or leave the role out"
        )
    if ROLES[role].answers:
        answering.check_webhook(settings)
    return ROLES[role]


@asynccontextmanager
async def _held(settings: Settings, does: Role, *, waits: bool) -> AsyncIterator[None]:
    """Hold what only one process may hold at a time; the system frees it however the process ends."""
    polls = does.answers and settings.webhook_url is None
    takes_posts = does.answers and not polls
    alone = _named(sending=does.sends, updates=polls)
    beside = _named(running=True, updates=takes_posts)
    with ExitStack() as held:
        is_told = False
        while other := _entered(held, wiring.only_here(settings.database_url, alone, beside)):
            if not waits:
                raise other
            if not is_told:
                log.warning("waiting for the other bot to end", reason=str(other))
            is_told = True
            await asyncio.sleep(_LOOK_EVERY)
        yield


def _entered(held: ExitStack, place: AbstractContextManager[None]) -> Conflict | None:
    """The process that stands in the way; None if there is none, and the place is held now."""
    try:
        held.enter_context(place)
    except Conflict as other:
        return other
    return None


def _named(**wanted: bool) -> Collection[str]:
    return tuple(name for name, is_wanted in wanted.items() if is_wanted)


def _heed_signals(*told: Callable[[], None]) -> None:
    def tell() -> None:
        for one in told:
            one()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, tell)


async def _serve(
    house: House,
    role: str,
    connection: TelegramConnection,
    metrics: Metrics,
    refused: asyncio.Event,
    stop: asyncio.Event,
) -> None:
    does = ROLES[role]
    messenger = Counted(connection.messenger, metrics)
    alarms = Alarms(
        owners=house.settings.owners,
        untold=house.stores.alarms,
        chats=house.stores.chats,
        messenger=messenger,
        clock=house.clock,
    )
    lost = await _recovered(house) if does.sends else 0
    metrics.lost(lost)
    clockwork = Clockwork(_ticks(house, does, messenger, alarms, stop), refused=refused)
    clockwork.start()
    beside = [asyncio.create_task(answering.pass_on(connection.raised, alarms))]
    if does.answers:
        beside.append(asyncio.create_task(asyncio.to_thread(picture.draw_the_first)))
    jobs = asyncio.create_task(_jobs(house, does, connection.username, stop))
    log.info("started", bot=connection.username, role=role, uncertain=lost)
    ends = [asyncio.create_task(event.wait()) for event in (stop, refused)]
    await asyncio.wait((jobs, *ends), return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    stop.set()
    await asyncio.gather(clockwork.stop(patience=_PATIENCE), asyncio.wait({jobs}, timeout=_SECONDS))
    for task in (*beside, jobs, *ends):
        task.cancel()
    with suppress(asyncio.CancelledError):  # it was cut short, and is given to another
        await jobs


async def _recovered(house: House) -> int:
    resends = house.settings.uncertain == "resend_once"
    return await recover(clock=house.clock, ledger=house.stores.ledger, resends=resends)


def _ticks(
    house: House, does: Role, messenger: Counted, alarms: Alarms, stop: asyncio.Event
) -> tuple[Tick, ...]:
    looks = working.looks(house) if does.works else ()
    stores = house.stores
    watch = Watch(sources=stores.sources, chats=stores.chats, alarms=alarms, clock=house.clock)
    watches = (Tick("watch", watching.EVERY, watch),) if does.sends else ()
    return (*looks, *watches, _tick(house, does, messenger, alarms, stop))


def _tick(
    house: House, does: Role, messenger: Counted, alarms: Alarms, stop: asyncio.Event
) -> Tick:
    """The tick that sends by itself: what is queued, or for other roles than the sender, alarms alone."""
    if not does.sends:
        return Tick("tell", _TELL_EVERY, alarms.tell)
    settings = house.settings
    delivery = Delivery(
        clock=house.clock,
        chats=house.stores.chats,
        ledger=house.stores.ledger,
        messenger=messenger,
        alarms=alarms,
        policy=settings.uncertain,
        is_stopping=stop.is_set,
        at_once=_PAID_AT_ONCE if settings.paid_broadcast == "on" else AT_ONCE,
    )
    return Tick("deliver", _DELIVER_EVERY, delivery)


async def _jobs(house: House, does: Role, username: str, stop: asyncio.Event) -> None:
    """Do jobs until ``stop``, if this process works."""
    if does.works:
        await working.work(house.stores.jobs, working.handlers(house, username), stop)
    await stop.wait()

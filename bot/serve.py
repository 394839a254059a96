"""The running bot: Telegram, the ticks and the ledger, until it is told to stop."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog

from digest.alerts import queue_alerts
from digest.deliver import AT_ONCE, queue_due, recover
from digest.errors import BotRefused, Conflict, InputError
from digest.ingest import Intake, ingest_sources
from digest.ports import Clock, Fetcher, Parser

from . import catalogue, door, picture, telegram_app, wiring
from .alarms import Alarm, Alarms
from .delivering import Delivery
from .inbox import Inbox
from .metrics import Counted, Metrics
from .scheduler import Clockwork, Tick
from .settings import Settings
from .telegram_pace import Pace
from .telegram_polling import Polling
from .wiring import Stores, SystemClock

log = structlog.get_logger(__name__)

EXIT_REFUSED = 3  # tells the supervisor that another start will not help
_INGEST_EVERY = timedelta(seconds=60)
_QUEUE_EVERY = timedelta(seconds=10)  # the latest that a digest waits after its minute
_DELIVER_EVERY = timedelta(seconds=2)
_PAID_AT_ONCE = 160  # messages under way: 1,000 a second, each a tenth of one long, and some
_ALERT_EVERY = timedelta(seconds=60)  # as often as sources are read
_INBOX_EVERY = timedelta(seconds=5)
_PRUNE_EVERY = timedelta(hours=24)
_GONE_FOR = timedelta(days=30)  # then the data of who cannot be reached is deleted
_LOOK_EVERY = 0.2  # seconds between two looks whether the other bot has ended
_PATIENCE = timedelta(seconds=8)  # for the message in hand, of the 10 s that a stop may take


async def serve(settings: Settings, *, waits: bool = False) -> None:
    """Run until SIGTERM or SIGINT; the message in hand is finished first.

    Where another bot runs on the database, it ``waits`` until that one has ended. Raises Conflict if
    it shall not wait, InputError without a token, BotRefused when Telegram does not accept it.
    """
    if settings.telegram_token is None:
        raise InputError("ATTACHE_TELEGRAM_TOKEN is not set: ask @BotFather for a token")
    clock = SystemClock()
    async with (
        _alone(settings.database_url, waits),
        wiring.open_stores(settings.database_url) as stores,
        wiring.open_fetcher(settings, clock) as fetcher,
        wiring.open_parser() as parser,
    ):
        refused = asyncio.Event()
        raised: asyncio.Queue[tuple[Alarm, str]] = asyncio.Queue()
        polling = Polling(refused=refused.set, alarm=lambda *alarm: raised.put_nowait(alarm))
        intake = stores.intake()  # one for the tick and the chats: stories have one writer
        async with telegram_app.running(
            lambda username: wiring.build_app(
                stores,
                settings,
                clock,
                username=username,
                fetcher=fetcher,
                parser=parser,
                intake=intake,
            ),
            token=settings.telegram_token.get_secret_value(),
            base_url=settings.telegram_base_url,
            pace=Pace(paid=settings.paid_broadcast == "on"),
            not_fetched=polling,
        ) as telegram:
            on = settings.catalogue == "on"
            await catalogue.seed(stores.sources, switched_on=on, clock=clock)
            wiring.keep_what_is_loaded()
            metrics = Metrics()
            look = partial(metrics.look, clock=clock, ledger=stores.ledger, sources=stores.sources)
            async with door.opened(settings.http_place, metrics, look):
                delivery = _delivery(settings, stores, clock, Counted(telegram.messenger, metrics))
                passing = asyncio.create_task(_pass_on(raised, delivery.alarms))
                drawing = asyncio.create_task(asyncio.to_thread(picture.draw_the_first))
                try:
                    await _serve(
                        settings,
                        stores,
                        fetcher,
                        parser,
                        intake,
                        clock,
                        telegram,
                        metrics,
                        delivery,
                        refused,
                    )
                finally:
                    passing.cancel()
                    drawing.cancel()


async def _pass_on(raised: "asyncio.Queue[tuple[Alarm, str]]", alarms: Alarms) -> None:
    """Raise what comes from where nothing can be waited for."""
    while True:
        alarm, reason = await raised.get()
        try:
            await alarms(alarm, reason)
        except BotRefused as error:
            log.error("telegram refuses the bot", reason=str(error))


def _delivery(settings: Settings, stores: Stores, clock: Clock, messenger: Counted) -> Delivery:
    alarms = Alarms(owners=settings.owners, chats=stores.chats, messenger=messenger, clock=clock)
    return Delivery(
        clock=clock,
        chats=stores.chats,
        ledger=stores.ledger,
        messenger=messenger,
        alarms=alarms,
        policy=settings.uncertain,
        at_once=_PAID_AT_ONCE if settings.paid_broadcast == "on" else AT_ONCE,
    )


@asynccontextmanager
async def _alone(database: str, waits: bool) -> AsyncIterator[None]:
    """Hold the database for this bot; the system frees it however the other one ends."""
    with ExitStack() as held:
        said = False
        while True:
            try:
                held.enter_context(wiring.only_here(database))
                break
            except Conflict as error:
                if not waits:
                    raise
                if not said:
                    log.warning("waiting for the other bot to end", reason=str(error))
                said = True
            await asyncio.sleep(_LOOK_EVERY)
        yield


async def _serve(
    settings: Settings,
    stores: Stores,
    fetcher: Fetcher,
    parser: Parser,
    intake: Intake,
    clock: Clock,
    telegram: telegram_app.Running,
    metrics: Metrics,
    delivery: Delivery,
    refused: asyncio.Event,
) -> None:
    resends = settings.uncertain == "resend_once"
    stop = asyncio.Event()
    lost = await recover(clock=clock, ledger=stores.ledger, resends=resends)
    metrics.lost(lost)
    delivery = replace(delivery, is_stopping=stop.is_set)
    ticks: tuple[Tick, ...] = (
        Tick("ingest", _INGEST_EVERY, _ingest(stores, intake, fetcher, parser, clock)),
        Tick("queue", _QUEUE_EVERY, _queue(stores, intake, clock, telegram.username)),
        Tick("deliver", _DELIVER_EVERY, delivery),
        Tick("alert", _ALERT_EVERY, _alert(stores, clock, telegram.username)),
        Tick(
            "prune", _PRUNE_EVERY, pruning(stores, clock, timedelta(days=settings.retention_days))
        ),
    )
    if settings.inbox is not None:
        watched = Inbox(settings.inbox, clock=clock, intake=intake, parser=parser)
        ticks = (*ticks, Tick("inbox", _INBOX_EVERY, _inbox(watched)))
    clockwork = Clockwork(ticks, refused=refused)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    clockwork.start()
    log.info("started", bot=telegram.username, uncertain=lost)
    await _either(stop, refused)
    log.info("stopping")
    await clockwork.stop(patience=_PATIENCE)
    if refused.is_set():
        raise BotRefused("Telegram does not accept the token; nothing was sent since")


async def _either(*events: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


def _ingest(
    stores: Stores, intake: Intake, fetcher: Fetcher, parser: Parser, clock: Clock
) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        reports = ingest_sources(
            clock=clock, sources=stores.sources, fetcher=fetcher, parser=parser, intake=intake
        )
        async for report in reports:
            tell = log.warning if report.is_stopped else log.info
            tell(
                "source stopped" if report.is_stopped else "source",
                name=report.name,
                new=report.counts.new,
                error=report.error,
            )

    return tick


def _queue(
    stores: Stores, intake: Intake, clock: Clock, username: str
) -> Callable[[], Awaitable[None]]:
    """Digests wait in the ledger for the deliver tick, which a crowd may keep busy for long."""
    render = wiring.renderer(username)

    async def tick() -> None:
        queued = await queue_due(
            clock=clock,
            chats=stores.chats,
            articles=stores.articles,
            ledger=stores.ledger,
            grouper=intake,
            render=render,
        )
        if queued:
            log.info("queued", digests=queued)

    return tick


def _alert(stores: Stores, clock: Clock, username: str) -> Callable[[], Awaitable[None]]:
    """Alerts wait in the ledger for the deliver tick."""
    render = wiring.alert_renderer(username)

    async def tick() -> None:
        queued = await queue_alerts(
            clock=clock,
            chats=stores.chats,
            articles=stores.articles,
            ledger=stores.ledger,
            render=render,
        )
        if queued:
            log.info("alerts", queued=queued)

    return tick


def _inbox(inbox: Inbox) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        async for report in inbox.tick():
            log.info("file", name=report.name, new=report.counts.new, error=report.error)

    return tick


def pruning(stores: Stores, clock: Clock, age: timedelta) -> Callable[[], Awaitable[None]]:
    """The tick that forgets: old articles and digests, and all of who cannot be reached for a month."""

    async def tick() -> None:
        before = clock.now() - age
        articles, slots = await stores.articles.prune(before), await stores.ledger.prune(before)
        gone = await stores.chats.purge(clock.now() - _GONE_FOR)
        if articles or slots or gone:
            log.info("pruned", articles=articles, slots=slots, gone=gone)

    return tick

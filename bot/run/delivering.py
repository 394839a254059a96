"""The deliver tick of the running bot: what is queued is sent, owners are told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import structlog

from digest.deliver.breaker import Breaker
from digest.deliver.flush import AT_ONCE, flush
from digest.deliver.outcome import Sender, Unrecorded
from digest.ports import ChatStore, Clock, Ledger, Messenger

from ..pages.lateness import late
from ..talk.alarms import Alarms, ask_about_lost
from ..talk.troubles import Troubles

log = structlog.get_logger(__name__)

Policy = Literal["resend_once", "never", "ask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The deliver tick of one bot: calling it sends what waits."""

    clock: Clock
    chats: ChatStore
    ledger: Ledger
    messenger: Messenger
    alarms: Alarms
    policy: Policy = "resend_once"
    is_stopping: Callable[[], bool] = lambda: False
    at_once: int = AT_ONCE
    breaker: Breaker = field(default_factory=Breaker)
    unrecorded: Unrecorded = field(default_factory=Unrecorded)

    async def __call__(self) -> None:
        """Send what waits."""
        if not self.breaker.is_open(self.clock.now()):
            await self.alarms.tell()
        sender = Sender(
            clock=self.clock,
            ledger=self.ledger,
            chats=self.chats,
            messenger=self.messenger,
            resends=self.policy == "resend_once",
            breaker=self.breaker,
            unrecorded=self.unrecorded,
            refused=Troubles(chats=self.chats, messenger=self.messenger),
            alarmed=self.alarms,
            late=late,
        )
        sent = await flush(sender, is_stopping=self.is_stopping, at_once=self.at_once)
        if self.policy == "ask":
            await ask_about_lost(self.ledger, self.alarms)
        if sent:
            log.info("delivered", sent=sent)

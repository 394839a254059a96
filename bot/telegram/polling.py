"""What goes wrong while updates are fetched: a line of the log, an alarm, or the end of all calls."""

from collections.abc import Callable

import structlog
from telegram.error import Conflict, TelegramError

from digest.errors import BotRefused

from ..talk.alarms import Alarm
from .messenger import delivery_error

log = structlog.get_logger(__name__)


class Polling:
    """Called for each failed fetch of updates. Sending goes on, unless the token is refused.

    python-telegram-bot tries again by itself, after up to 30 s.
    """

    def __init__(self, *, refused: Callable[[], None], alarm: Callable[[Alarm, str], None]) -> None:
        self._refused = refused
        self._alarm = alarm

    def __call__(self, error: TelegramError) -> None:
        """Log one line for each try; the library would log a traceback each, for hours."""
        log.warning("updates not fetched", reason=error.message)
        if isinstance(error, Conflict):
            is_webhook = "webhook" in error.message.casefold()
            self._alarm("webhook" if is_webhook else "conflict", error.message)
        elif isinstance(delivery_error(error), BotRefused):
            self._refused()

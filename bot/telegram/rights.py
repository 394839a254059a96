"""What somebody is in a chat, according to Telegram; asked again after a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from telegram.error import BadRequest, Forbidden

from digest.ports import Clock

from ..talk.access import ADMINISTRATORS
from .messenger import Bot

log = structlog.get_logger(__name__)

KEEP = timedelta(seconds=60)
MOST = 10_000  # standings kept before the old ones are thrown away


@dataclass(frozen=True, slots=True)
class _Asked:
    status: str | None
    at: datetime


class Rights:
    """The standing of people in chats."""

    def __init__(self, clock: Clock, *, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._known: dict[tuple[int, int], _Asked] = {}

    async def status(self, bot: Bot, chat: int, user: int) -> str | None:
        """ "creator", "administrator", "member" ...; None if Telegram does not tell."""
        now = self._clock.now()
        known = self._known.get((chat, user))
        if known is None or now - known.at >= KEEP:
            known = _Asked(await _ask(bot, chat, user), now)
            self._remember((chat, user), known)
        return known.status

    async def administers(self, bot: Bot, chat: int, user: int) -> bool:
        """Whether somebody is an administrator of a group or channel; False if Telegram does not tell."""
        return await self.status(bot, chat, user) in ADMINISTRATORS

    def _remember(self, key: tuple[int, int], asked: _Asked) -> None:
        if len(self._known) >= self._most:
            fresh = {k: v for k, v in self._known.items() if asked.at - v.at < KEEP}
            self._known = fresh
        self._known[key] = asked


async def _ask(bot: Bot, chat: int, user: int) -> str | None:
    try:
        return str((await bot.get_chat_member(chat, user)).status)
    except (BadRequest, Forbidden) as error:
        log.warning("rights unknown", chat=chat, user=user, reason=error.message)
        return None

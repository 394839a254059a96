"""What every request goes through: checking what the person may do, and carrying the reply out."""

from dataclasses import replace

import structlog

from ..commands.last_digest import arrived_in
from ..commands.scopes import needs_rights
from ..talk.access import may_configure
from ..talk.app import App
from ..talk.request import Reply, Request
from .messenger import Bot
from .replies import Destination, LastMessages, carry_out
from .rights import Rights

log = structlog.get_logger(__name__)


class Clerk:
    """Knows what people may do, and carries out what a command replies."""

    def __init__(self, app: App, rights: Rights) -> None:
        self._app = app
        self._rights = rights
        self._last = LastMessages()

    async def entitled(
        self, name: str, request: Request, bot: Bot, sender_chat: int | None = None
    ) -> Request:
        """The request with the rights of the person; Telegram is asked only if that matters."""
        chat, kind = request.chat, request.kind
        if request.target is not None:
            chat, kind = request.target, "channel"  # or a group: its rights are asked alike
        status = None
        may_ask = sender_chat is None and needs_rights(name, request.kind, request.target)
        if may_ask and await self._may_be_managed(request):
            status = await self._rights.status(bot, chat, request.user)
        may = may_configure(kind, chat=chat, sender_chat=sender_chat, status=status)
        return replace(request, may_configure=may, is_owner=request.user in self._app.owners)

    async def hand_out(
        self, request: Request, reply: Reply, bot: Bot, pressed_in: int | None = None
    ) -> None:
        """Carry out the reply; ``pressed_in`` is the message whose button asked for it, if one did."""
        to = replace(destination(request), message_id=pressed_in)
        sent = await carry_out(bot, to, reply, self._last)
        if reply.digest is not None:
            await arrived_in(sent, request, reply.digest, self._app)

    async def _may_be_managed(self, request: Request) -> bool:
        """Whether asking is worth it: Telegram is asked nothing for forged data."""
        if request.target is None or not request.data:
            return True
        managed = await self._app.chats.get(request.target, request.target_thread)
        return managed is not None and managed.owner == request.user


def note(request: Request, action: str, reason: str) -> None:
    """Log one line for a request that was refused: forged, not allowed, or not possible here."""
    if reason:
        log.info("refused", chat=request.chat, user=request.user, action=action, reason=reason)


def destination(request: Request) -> Destination:
    """Where the answer to a request goes."""
    return Destination(request.chat, request.kind, request.thread)

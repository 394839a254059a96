"""Updates: the queue, long polling and the webhook's settings."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .entities import Json
from .errors import Refusal, bad_request

if TYPE_CHECKING:
    from .server import TelegramServer

UNASKED = ("chat_member", "message_reaction", "message_reaction_count")  # only if asked for
BATCH = 100
TAKEN_OVER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True)
class UpdateQueue:
    """What the bot has not confirmed yet."""

    pending: list[Json] = field(default_factory=list)
    allowed: tuple[str, ...] = ()  # none: all but the unasked
    last_id: int = 100_000
    webhook: Json = field(default_factory=dict)
    _polls: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def push(self, kind: str, payload: Json) -> bool:
        """Queue an update unless the bot does not want its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in UNASKED
        if wanted:
            self.last_id += 1
            self.pending.append({"update_id": self.last_id, kind: payload})
            self._news.set()
        return wanted

    def confirm(self, offset: int) -> None:
        """Forget what came before the offset; a negative one keeps that many of the last."""
        if offset < 0:
            del self.pending[:offset]
        else:
            self.pending[:] = [one for one in self.pending if one["update_id"] >= offset]

    async def wait(self, seconds: float) -> bool:
        """Until something is pending; False if another poll took over."""
        self._polls += 1
        mine = self._polls
        self._news.set()  # wakes a poll that still waits: it has lost its turn
        await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self.pending and mine == self._polls and (left := end - loop.time()) > 0:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                break
        return mine == self._polls


async def get_updates(server: "TelegramServer", params: Json) -> list[Json]:
    queue = server.updates
    if queue.webhook.get("url"):
        raise Refusal(409, WEBHOOK_ACTIVE)
    if "allowed_updates" in params:
        queue.allowed = tuple(params["allowed_updates"])
    queue.confirm(params.get("offset") or 0)
    if not await queue.wait(min(params.get("timeout") or 0, 50)):
        raise Refusal(409, TAKEN_OVER)
    limit = params.get("limit") or BATCH
    if not 1 <= limit <= BATCH:
        limit = BATCH
    return queue.pending[:limit]


def set_webhook(server: "TelegramServer", params: Json) -> bool:
    url = urlsplit(params["url"])
    if params["url"] and url.scheme != "https" and url.hostname not in LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if params.get("drop_pending_updates"):
        server.updates.pending.clear()
    if "allowed_updates" in params:
        server.updates.allowed = tuple(params["allowed_updates"])
    server.updates.webhook = {**params, "certificate": None} if params["url"] else {}
    return True


def delete_webhook(server: "TelegramServer", params: Json) -> bool:
    return set_webhook(server, {**params, "url": ""})


def get_webhook_info(server: "TelegramServer", params: Json) -> Json:
    queue = server.updates
    shown: Json = {
        "url": queue.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending),
    }
    return shown | ({"allowed_updates": list(queue.allowed)} if queue.allowed else {})


UPDATES = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}

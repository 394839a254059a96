"""/digest: what is new since the last scheduled digest, at once; no cursor moves.

Stores the digest for a day, so that its numbers work.
"""

from datetime import timedelta

from ..talk.app import App
from ..talk.callback import arguments
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import texts_of
from .last_digest import remember

_PREVIEW = timedelta(hours=24)


async def digest(request: Request, app: App) -> Reply:
    """The digest as it would be sent now; a preview looks back over the last 24 hours."""
    chat = await subscription(request, app)
    is_preview = arguments(request.data) == ("preview",)
    since = request.now - _PREVIEW if is_preview else None
    made, messages = await app.compose(chat, now=request.now, since=since)
    if not messages:
        return say(texts_of(chat)("digest.empty"))
    kept = await remember(made, chat, app, now=request.now)
    return Reply(messages=messages, digest=kept)

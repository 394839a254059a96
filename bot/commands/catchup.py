"""/catchup: the last days in one digest; no cursor moves, and nothing counts as shown.

Stores the digest for a day, so that its numbers work.
"""

from dataclasses import replace
from datetime import timedelta

from ..talk import keyboards
from ..talk.app import App
from ..talk.callback import arguments
from ..talk.request import Reply, Request, say
from ..talk.spans import days
from ..talk.subscriptions import subscription
from ..talk.texts import texts_of
from ..talk.typed import unread
from .last_digest import remember

MOST_DAYS = 14
_MINUTES = 5  # the largest budget, since it stands for several digests


async def catchup(request: Request, app: App) -> Reply:
    """The stories of the last n days, also those that earlier digests have shown."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    asked = request.words or ":".join(arguments(request.data))
    count = days(asked, most=MOST_DAYS)
    if count is None:
        return say(unread(request.words, t("catchup.how"), t), keyboards.spans(chat, t))
    with_most_minutes = replace(chat, wish=replace(chat.wish, minutes=_MINUTES))
    since = request.now - timedelta(days=count)
    made, messages = await app.compose(with_most_minutes, now=request.now, since=since)
    if not messages:
        return say(t("catchup.nothing"))
    kept = await remember(made, chat, app, now=request.now)
    return Reply(messages=messages, digest=kept)

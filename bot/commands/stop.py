"""/stop, /pause in a group: pauses at once, and asks what is meant."""

from ..talk import keyboards
from ..talk.app import App
from ..talk.changes import stopped
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import change, subscription
from ..talk.texts import texts


async def stop(request: Request, app: App) -> Reply:
    """Nothing is pushed from now on; the settings stay."""
    chat = await subscription(request, app)
    chat = await change(app, chat, stopped, now=request.now)
    t = texts(chat.language)
    return say(t("stop.done"), keyboards.stopped(chat, t), edits=bool(request.data))

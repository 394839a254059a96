"""/stop, /pause in a group: pauses at once, and asks what is meant."""

from ..talk import keyboards
from ..talk.app import App
from ..talk.changes import step_of, stopped
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import change, subscription
from ..talk.texts import texts_of


async def stop(request: Request, app: App) -> Reply:
    """Nothing is pushed from now on; the settings stay. A chat in set-up gets nothing yet."""
    chat = await subscription(request, app)
    chat = await change(app, chat, stopped, now=request.now)
    t = texts_of(chat)
    said = t("next.not-yet" if step_of(chat) else "stop.done")
    return say(said, keyboards.stopped(chat, t), edits=bool(request.data))

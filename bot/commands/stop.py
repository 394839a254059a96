"""/stop, and /pause without words: pauses at once, and offers to resume, change the hour or delete."""

from ..talk import keyboards
from ..talk.app import App
from ..talk.changes import step_of, stopped
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import change, subscription
from ..talk.texts import texts_of


async def stop(request: Request, app: App) -> Reply:
    """Push nothing from now on; the settings stay, and so does the step of a set-up."""
    chat = await subscription(request, app)
    chat = await change(app, chat, stopped, now=request.now)
    t = texts_of(chat)
    said = t("next.not-yet" if step_of(chat) else "stop.done")
    return say(said, keyboards.stopped(chat, t), edits=bool(request.data))

"""/pause 7d: no digests for some days, after which they resume by themselves; without words as /stop.

Changes the subscription alone.
"""

from datetime import timedelta

from ..talk.app import App
from ..talk.buttons import one_button
from ..talk.changes import resting, step_of
from ..talk.request import Reply, Request, say
from ..talk.spans import until
from ..talk.subscriptions import change, subscription
from ..talk.texts import texts_of
from ..talk.typed import echoed
from .confirmation import next_digest
from .stop import stop

MOST_DAYS = 90
_EXAMPLE = timedelta(days=14)


async def pause(request: Request, app: App) -> Reply:
    """Pause, and say when the digests resume; a set-up stays at its step."""
    if not request.words:
        return await stop(request, app)
    chat = await subscription(request, app)
    t = texts_of(chat)
    zone = chat.schedule.zone
    end = until(request.words, now=request.now, zone=zone, most=MOST_DAYS)
    if end is None:
        example = (request.now + _EXAMPLE).date().isoformat()
        return say(t("pause.how", words=echoed(request.words), date=example))
    chat = await change(app, chat, resting(end, now=request.now), now=request.now)
    label = t.label("button.resume")
    keyboard = () if step_of(chat) else one_button(chat, label, "start", "resume")
    return say(await next_digest(chat, app, now=request.now), keyboard)

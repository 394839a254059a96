"""/broadcast, for owners: a message to every active chat, previewed and confirmed first.

Nothing is stored between preview and confirmation: the text is that of the previewed message. A confirmed
one is queued in the ledger, once per chat even if the button is pressed twice.
"""

import hashlib
import re

from digest.model.messages import Message

from ..talk import operator_keyboards
from ..talk.app import App
from ..talk.callback import arguments
from ..talk.markup import escape, harmless
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.texts import texts

_DAY = re.compile(r"[0-9]{8}")


async def broadcast(request: Request, app: App) -> Reply:
    """The preview with its two buttons; after "send", for how many chats it was queued."""
    match arguments(request.data):
        case ("send", day) if _DAY.fullmatch(day):
            return await _send(request, app, day)
        case ():
            return await _preview(request, app)
    return NOTHING


async def _preview(request: Request, app: App) -> Reply:
    t = texts(request.language)
    if not harmless(request.words).strip():
        return say(t("broadcast.how"))
    reached = await app.census.hearing(request.now)
    keyboard = operator_keyboards.broadcast(t, reached, f"{request.now:%Y%m%d}")
    return say(escape(request.words), keyboard)


async def _send(request: Request, app: App, day: str) -> Reply:
    """Queue the text; the preview stays, without its buttons."""
    t = texts(request.language)
    if not request.shown:
        return Reply(notice=t.label("broadcast.gone"), alert=True)
    message = Message(escape(request.shown))
    mark = hashlib.blake2b(request.shown.encode(), digest_size=4).hexdigest()
    count = await app.ledger.broadcast(message, mark=f"{day} {mark}", now=request.now)
    queued = Message(t.plural("broadcast.queued", count))
    return Reply(messages=(message, queued), edits=True)

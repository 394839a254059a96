"""/mute and /unmute: stories that hold one of these words are left out."""

from digest.model import Chat, Message

from .. import keyboards
from ..app import App
from ..callback import arguments
from ..changes import muting
from ..keyboards import OFF
from ..refs import mark, word
from ..request import NOTHING, Reply, Request
from ..subscriptions import change, subscription
from ..texts import Html, joined, texts
from ..typed import pieces


async def mute(request: Request, app: App) -> Reply:
    """The muted words, each with a button to end it, after what was asked has been done."""
    return await _asked(request, app, wanted=True)


async def unmute(request: Request, app: App) -> Reply:
    """As /mute, but what is typed is muted no longer."""
    return await _asked(request, app, wanted=False)


async def _asked(request: Request, app: App, *, wanted: bool) -> Reply:
    chat = await subscription(request, app)
    if request.words:
        return await _typed(request, app, chat, wanted)
    match arguments(request.data):
        case ():
            return Reply(messages=(_page(chat),), edits=bool(request.data))
        case (sign, pressed) if sign == OFF:
            ended = [one for one in chat.wish.muted if mark(one) == pressed]
            chat = await change(app, chat, muting(ended, False), now=request.now)
            return Reply(messages=(_page(chat),), edits=True)
    return NOTHING


async def _typed(request: Request, app: App, chat: Chat, wanted: bool) -> Reply:
    t = texts(chat.language)
    kept = [found for piece in pieces(request.words) if (found := word(piece))]
    chat = await change(app, chat, muting(kept, wanted), now=request.now)
    is_done = bool(kept) and (not wanted or chat.wish.muted.issuperset(kept))
    return Reply(messages=(_page(chat, None if is_done else t("mute.not-added")),))


def _page(chat: Chat, note: Html | None = None) -> Message:
    t = texts(chat.language)
    how = () if chat.kind == "channel" else (t("mute.how"),)
    words = [(mark(one), f"“{one}”") for one in sorted(chat.wish.muted)]
    head = t("mute.title") if words else t("mute.none")
    lines = joined([head, *how, *([note] if note else [])])
    return Message(lines, keyboards.listed(chat, t, "mute", words))

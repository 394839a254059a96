"""/opml: export the feeds as an OPML file, and import such a file that was sent."""

import json
from collections.abc import Sequence

from digest.compose.view import reader_of
from digest.errors import SourceError, Unreadable
from digest.gather.feed.opml import read_opml, write_opml
from digest.model.chats import Chat
from digest.model.sources import Listed, Source

from ..intake import lists
from ..talk.app import App
from ..talk.buttons import press
from ..talk.callback import arguments, is_number
from ..talk.own import MOST, own_of
from ..talk.request import NOTHING, Document, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Html, Texts, joined, texts_of
from .add import own_button

_KIND = "list"
_PUBLIC, _OWN = "public", "own"


async def opml(request: Request, app: App) -> Reply:
    """The feeds that are read here, as a file; or import a list that was sent, as a button says."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    if request.data:
        return await _pressed(chat, request, app)
    every = await app.sources.all(reader=reader_of(chat))
    own = [_listed(source) for source in every if source.owner is not None]
    public = [_listed(source) for source in every if source.owner is None and source.enabled]
    if not own and not public:
        return say(t("opml.nothing"))
    groups = ((t.label("button.own"), own), ("Attaché", public))
    content = write_opml(groups, title="Attaché", created=request.now)
    count = len(own) + len(public)
    return Reply(
        messages=say(t.plural("opml.done", count)).messages,
        document=Document("attache.opml", content),
    )


async def take(name: str, content: bytes, chat: Chat, request: Request, app: App) -> Reply:
    """Import a file: its feeds become the reader's own; an owner is first asked whether everybody's.

    A file that cannot be read is answered with the reason.
    """
    t = texts_of(chat)
    try:
        listed = await app.parser(read_opml, content, name=name)
    except SourceError as error:
        why = error.why if isinstance(error, Unreadable) else ""
        return say(t(f"file.{why or 'damaged'}"))
    if not listed:
        return say(t("opml.empty"))
    if request.is_owner:
        return await _asked(listed, chat, request, app)
    return await _own(listed, chat, request, app)


async def _asked(listed: Sequence[Listed], chat: Chat, request: Request, app: App) -> Reply:
    t = texts_of(chat)
    content = json.dumps([(one.url, one.name) for one in listed], ensure_ascii=False)
    number = await app.offers.put(chat.id, _KIND, content, now=request.now)
    keyboard = (
        (press(chat, t.label("button.for-everybody"), "opml", _PUBLIC, number),),
        (press(chat, t.label("button.for-me"), "opml", _OWN, number),),
        (press(chat, t.label("button.cancel"), "close"),),
    )
    return say(t.plural("opml.ask", len(listed)), keyboard)


async def _pressed(chat: Chat, request: Request, app: App) -> Reply:
    match arguments(request.data):
        case ("public" | "own" as what, number) if is_number(number):
            content = await app.offers.get(chat.id, _KIND, int(number), now=request.now)
        case _:
            return NOTHING
    if content is None or not request.is_owner:
        return Reply(notice=texts_of(chat).label("refuse.old-offer"), alert=True)
    listed = [Listed(url, name) for url, name in json.loads(content)]
    if what == _OWN:
        return await _own(listed, chat, request, app)
    taken = await lists.take(listed, sources=app.sources, now=request.now)
    return say(_told(taken, texts_of(chat)), edits=True)


async def _own(listed: Sequence[Listed], chat: Chat, request: Request, app: App) -> Reply:
    t = texts_of(chat)
    room = (await own_of(chat.id, app)).room
    taken = await lists.take(listed, sources=app.sources, now=request.now, owner=chat.id, room=room)
    return say(_told(taken, t), own_button(chat, t), edits=bool(request.data))


def _told(taken: lists.Taken, t: Texts) -> Html:
    lines = [t.plural("opml.added", taken.added)]
    if taken.known:
        lines.append(t.plural("opml.known", taken.known))
    if taken.left:
        lines.append(t.plural("opml.left", taken.left, limit=MOST))
    return joined(lines)


def _listed(source: Source) -> Listed:
    return Listed(source.url, source.outlet.name)

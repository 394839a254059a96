"""/sources: the feeds that are read with their state, and the reader's own sources and files.

May remove a source or file of the reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from digest.compose.view import reader_of
from digest.ingest.checked import is_new
from digest.model.articles import Article
from digest.model.chats import Chat
from digest.model.messages import Message
from digest.model.sources import Outlet, Source
from digest.read.about.actors import flag

from ..pages.citing import named
from ..talk.app import App
from ..talk.buttons import OFF, page_turns, pages_beside, press, rows
from ..talk.callback import arguments, number
from ..talk.own import MOST, Own, own_of, used_up
from ..talk.request import NOTHING, Reply, Request
from ..talk.subscriptions import subscription
from ..talk.texts import Html, Texts, joined, texts_of

PAGE = 20
_NAME = 60  # characters
_OWN = "own"


async def sources(request: Request, app: App) -> Reply:
    """A page of the public feeds, by name, or the reader's own sources and files."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    pressed = arguments(request.data)
    reader = reader_of(chat)
    if pressed and pressed[0] in (_OWN, OFF):
        return NOTHING if reader is None else await _own(pressed, reader, chat, request, app)
    read = tuple(source for source in await app.sources.all() if source.enabled)
    offset = number(request.data)
    if offset is None or 0 < offset >= len(read):
        return NOTHING
    before, after = pages_beside(offset, PAGE, end=len(read))
    keyboard = page_turns(chat, t, "sources", before, after)
    has_own = reader is not None and (await own_of(reader, app)).count > 0
    text = _page(read, offset, chat, has_own=has_own)
    if reader is not None and has_own:
        own = press(chat, t.label("button.own"), "sources", _OWN)
        keyboard = (*keyboard, (own,))
        text = joined([text, *await used_up(reader, app, t, now=request.now)], "\n\n")
    return Reply(messages=(Message(text, keyboard),), edits=bool(request.data))


async def _own(
    pressed: Sequence[str], reader: int, chat: Chat, request: Request, app: App
) -> Reply:
    """The reader's own sources and files, after removing the one whose ✕ was pressed."""
    t = texts_of(chat)
    own, notice = await own_of(reader, app), ""
    match pressed:
        case (sign, kind, number) if sign == OFF:
            gone = await _remove(kind, number, own, reader, app)
            notice = t.label("own.removed", name=gone) if gone else ""
            own = await own_of(reader, app)
    entries = (
        *map(_source_line(chat), own.sources),
        *(_file_line(one, t, chat) for one in own.files),
    )
    removable_ids = (*(("s", one.id) for one in own.sources), *(("f", one.id) for one in own.files))
    crosses = (
        press(chat, f"✕ {number}", "sources", OFF, kind, one)
        for number, (kind, one) in enumerate(removable_ids, 1)
    )
    back = press(chat, t.label("button.back"), "sources", 0)
    lines = [t("own.line", number=number, line=line) for number, line in enumerate(entries, 1)]
    title = t("own.title", count=own.count, limit=MOST)
    full = await used_up(reader, app, t, now=request.now)
    text = joined([title, t("own.about"), *full, Html(), *lines])
    keyboard = (*rows(crosses, 5), (back,))
    return Reply(messages=(Message(text, keyboard),), edits=True, notice=notice)


async def _remove(kind: str, number: str, own: Own, reader: int, app: App) -> str | None:
    """Remove a source ("s") or file ("f") by its id. Returns its name; None if the reader has no such one."""
    source = next((one for one in own.sources if (kind, number) == ("s", str(one.id))), None)
    if source is not None:
        await app.sources.remove(source.url, owner=reader)
        return source.outlet.name[:_NAME]
    file = next((one for one in own.files if (kind, number) == ("f", str(one.id))), None)
    if file is not None:
        await app.articles.remove(file.id, owner=reader)
        return (file.file or "")[:_NAME]
    return None


def _source_line(chat: Chat) -> Callable[[Source], Html]:
    return lambda source: _line(replace(source, outlet=Outlet(source.outlet.name[:_NAME])), chat)


def _file_line(article: Article, t: Texts, chat: Chat) -> Html:
    day = t.day_of(article.first_seen_at, chat.schedule.zone)
    return t("own.file", name=(article.file or "")[:_NAME], day=day)


def _page(read: Sequence[Source], offset: int, chat: Chat, *, has_own: bool) -> Html:
    t = texts_of(chat)
    if not read:
        return t("sources.only-own" if has_own else "sources.none")
    lines = [t.plural("sources.title", len(read))]
    failing = sum(source.failures > 0 for source in read)
    if failing:
        lines.append(t.plural("sources.failing", failing))
    lines += [Html(), *(_line(source, chat) for source in read[offset : offset + PAGE])]
    return joined(lines)


def _line(source: Source, chat: Chat) -> Html:
    """A feed; one that fails with the day it last answered: its error is in English and for operators."""
    t, country = texts_of(chat), source.outlet.country
    name, state = named(source.outlet.name), flag(country or "")
    if is_new(source):
        return t("sources.new", name=name, flag=state)
    if source.failures == 0:
        return t("sources.ok", name=name, flag=state)
    if source.last_ok_at is None:
        return t("sources.never", name=name, flag=state)
    day = t.day_of(source.last_ok_at, chat.schedule.zone)
    return t("sources.bad", name=name, flag=state, day=day)

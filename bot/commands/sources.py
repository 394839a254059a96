"""/sources: what is read, and how each feed stands."""

from collections.abc import Sequence

from digest.model import Message, Source
from digest.read.actors import flag
from digest.read.gazetteer import states

from .. import keyboards
from ..app import App
from ..callback import arguments
from ..request import NOTHING, Reply, Request
from ..subscriptions import subscription
from ..texts import Html, Texts, joined, texts

PAGE = 20
_ERROR = 80  # characters


async def sources(request: Request, app: App) -> Reply:
    """A page of the feeds that are read, by name."""
    chat = await subscription(request, app)
    t = texts(chat.language)
    read = tuple(source for source in await app.sources.all() if source.enabled)
    pressed = arguments(request.data) or ("0",)
    if not pressed[0].isdecimal() or int(pressed[0]) > len(read):
        return NOTHING
    offset = int(pressed[0])
    before = offset - PAGE if offset >= PAGE else None
    after = offset + PAGE if offset + PAGE < len(read) else None
    keyboard = keyboards.pages(chat, t, "sources", before, after)
    return Reply(messages=(Message(_page(read, offset, t), keyboard),), edits=bool(request.data))


def _page(read: Sequence[Source], offset: int, t: Texts) -> Html:
    if not read:
        return t("sources.none")
    lines = [t.plural("sources.title", len(read))]
    failing = sum(source.failures > 0 for source in read)
    if failing:
        lines.append(t.plural("sources.failing", failing))
    lines += [Html(), *(_line(source, t) for source in read[offset : offset + PAGE])]
    return joined(lines)


def _line(source: Source, t: Texts) -> Html:
    country = source.outlet.country
    name, state = source.outlet.name, flag(country) if country and country in states() else ""
    if source.failures == 0:
        return t("sources.ok", name=name, flag=state)
    return t("sources.bad", name=name, flag=state, error=(source.last_error or "")[:_ERROR])

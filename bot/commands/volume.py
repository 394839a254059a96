"""The chart of a brief: articles per day over 30 days on a country, a pair or a topic."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.compose.due import instant
from digest.compose.view import reader_of
from digest.compose.volume import Volume, volume
from digest.model.chats import Chat
from digest.model.digests import Window
from seeds.topics import SLUGS

from ..pages.picture import picture
from ..talk.app import App
from ..talk.refs import place_name
from ..talk.request import Photo, Reply, Request
from ..talk.texts import Html, Texts, joined

DAYS = 30
_NAMED = 5  # unusual days


async def drawn(what: str, chat: Chat, t: Texts, request: Request, app: App) -> Reply:
    """The chart of ``what``, a code, pair or topic slug, as a PNG; the caption says the same in words."""
    zone = chat.schedule.zone
    window = Window(_start(request, zone), request.now, zone)
    topic = what if what in SLUGS else ""
    countries = () if topic else tuple(what.split("-"))
    # They are chosen by when they were first seen, which is never before they were published: none is missed.
    found = await app.articles.publications(
        window.start, countries=countries, topic=topic, reader=reader_of(chat)
    )
    made = volume((one.at for one in found), window)
    name = t.label(f"topic.{topic}") if topic else " – ".join(map(t.country, countries))
    content = await asyncio.to_thread(picture, made, name, t)
    shown = name if topic else place_name(what, t)
    return Reply(photo=Photo(f"{what}.png", content, _caption(shown, made, t)))


def _start(request: Request, zone: str) -> datetime:
    """The local midnight at which the thirty days begin, of which today is the last."""
    first = request.now.astimezone(ZoneInfo(zone)).date() - timedelta(days=DAYS - 1)
    return instant(first, "00:00", zone)


def _caption(name: str, made: Volume, t: Texts) -> Html:
    day, most = made.most
    line = t.plural(
        "volume.caption",
        made.articles,
        name=name,
        days=DAYS,
        day=t.day(day),
        most=most,
        today=made.today,
        usual=made.usual,
    )
    if not made.unusual:
        return line
    days = ", ".join(map(t.day, made.unusual[-_NAMED:]))
    return joined([line, t("volume.unusual", days=days)])

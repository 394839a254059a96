"""/ahead: what is announced for the next two weeks, as sentences by day and as a calendar file.

Reads only.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.compose.ahead import ahead as composed
from digest.compose.tell import headline
from digest.compose.view import reader_of
from digest.model.articles import RELEVANT, Article
from digest.model.chats import Chat
from digest.model.digests import Announced

from ..pages.calendar import calendar_page
from ..pages.calendar_file import Event, calendar_file
from ..pages.links import Link, proof_link
from ..talk import markup
from ..talk.app import App
from ..talk.buttons import one_button
from ..talk.callback import arguments
from ..talk.request import Document, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import texts_of

_DAYS = 14
_BACK = timedelta(days=14)  # oldest articles that are read
_MOST = 500  # articles that are read at most, the latest
_FILE = "file"


async def ahead(request: Request, app: App) -> Reply:
    """What is announced in articles that match the wish; the button, or "/ahead file", sends an .ics file."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    articles = await app.articles.recent(
        request.now - _BACK, limit=_MOST, relevance=RELEVANT, reader=reader_of(chat)
    )
    found = await asyncio.to_thread(_announced, articles, chat, request.now)
    link = proof_link(app.bot_username)
    if not found:
        return say(t("ahead.nothing", days=_DAYS))
    if _FILE in (*arguments(request.data), request.words.strip().casefold()):
        name = t.label("ahead.title")
        content = calendar_file(_events(found, link), name=name, stamp=request.now)
        return Reply(document=Document("ahead.ics", content))
    keyboard = one_button(chat, t.label("button.calendar-file"), "ahead", _FILE)
    return say(markup.html(calendar_page(found, t, link)), keyboard)


def _announced(articles: Sequence[Article], chat: Chat, now: datetime) -> tuple[Announced, ...]:
    today = now.astimezone(ZoneInfo(chat.schedule.zone)).date()
    return composed(articles, chat.wish, now=now, today=today, days=_DAYS)


def _events(found: Sequence[Announced], link: Link) -> tuple[Event, ...]:
    return tuple(
        Event(
            key=f"{one.day:%Y%m%d}-{one.article.id}-{one.span.start}",
            day=one.day,
            summary=headline(one.article),
            description=f"“{one.text}”",
            url=link(one.article, one.span.start),
        )
        for one in found
    )

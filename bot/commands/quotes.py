"""/quotes name: what somebody has said over the last week, each quotation with its source. Reads only."""

from datetime import timedelta
from itertools import islice

from digest.compose.quoted import Said, said
from digest.compose.view import reader_of
from digest.model.chats import Chat
from digest.model.messages import Keyboard
from digest.model.stories import moment

from ..pages.links import proof_link
from ..pages.quotes import quotes_page
from ..talk import markup
from ..talk.app import App
from ..talk.buttons import press, rows
from ..talk.callback import arguments, fits
from ..talk.near import is_person
from ..talk.near import meant as near_names
from ..talk.places import fold
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import joined, texts_of
from .last_digest import last_digest
from .names import without_from

_BACK = timedelta(days=7)
_MOST = 500  # articles that are read at most, the latest that hold the name
_LONGEST = 100  # characters of a name
_PROPOSED = 6  # buttons at most where no name is typed


async def quotes(request: Request, app: App) -> Reply:
    """The quotations whose speaker's name holds all typed words; without words, names to choose from."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    asked = request.words or ":".join(arguments(request.data))
    name = " ".join(asked.split())[:_LONGEST]
    if not without_from(name):
        return say(t("quotes.how"), await _proposed(chat, app))
    for meant in dict.fromkeys((name, without_from(name))):
        if found := await _said_by(meant, chat, request, app):
            break
    else:
        said_so = meant if meant[:1].isupper() else name  # "from Kennedy", but "von der Leyen"
        advice = [t("quotes.shorter")] if " " in said_so else []
        told = joined([t("quotes.nothing", name=said_so), *advice], " ")
        near = [one for one in near_names(said_so) if is_person(one) and fits("quotes", one)]
        lines = [told, t("typing.near")] if near else [told]
        return say(joined(lines), rows((press(chat, one, "quotes", one) for one in near), 1))
    link = proof_link(app.bot_username)
    page = quotes_page(found, meant, t, link, zone=chat.schedule.zone)
    return say(markup.html(page))


async def _said_by(name: str, chat: Chat, request: Request, app: App) -> tuple[Said, ...]:
    since = request.now - _BACK
    articles = await app.articles.recent(since, limit=_MOST, words=name, reader=reader_of(chat))
    wanted = set(fold(name).split())
    return tuple(
        one
        for one in said(article for article in articles if moment(article) >= since)
        if wanted <= set(fold(one.quote.speaker).split())
    )


async def _proposed(chat: Chat, app: App) -> Keyboard:
    """A button for each speaker of the last digest whose name fits into callback data, six at most."""
    last = await last_digest(chat, app)
    sentences = (one for story in last.stories for one in story.sentences) if last else ()
    names = dict.fromkeys(one.speaker for one in sentences if one.speaker)
    fit = (name for name in names if fits("quotes", name))
    return rows((press(chat, name, "quotes", name) for name in islice(fit, _PROPOSED)), 1)

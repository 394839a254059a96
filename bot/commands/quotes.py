"""/quotes name: what somebody has said over the last week, each quotation with its source."""

from datetime import timedelta

from digest.compose.quoted import said
from digest.compose.view import reader_of
from digest.model.stories import moment

from ..pages.links import proof_link
from ..pages.quotes import quotes_page
from ..talk import markup
from ..talk.app import App
from ..talk.places import fold
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import joined, texts

_BACK = timedelta(days=7)
_MOST = 500  # articles that name the speaker; the latest of them are read
_LONGEST = 100  # characters of a name


async def quotes(request: Request, app: App) -> Reply:
    """The quotations whose speaker bears all words of the name."""
    chat = await subscription(request, app)
    t = texts(chat.language)
    name = " ".join(request.words.split())[:_LONGEST]
    if not name:
        return say(t("quotes.how"))
    since = request.now - _BACK
    articles = await app.articles.recent(since, limit=_MOST, words=name, reader=reader_of(chat))
    wanted = set(fold(name).split())
    found = tuple(
        one
        for one in said(article for article in articles if moment(article) >= since)
        if wanted <= set(fold(one.quote.speaker).split())
    )
    if not found:
        advice = [t("quotes.shorter")] if " " in name else []
        return say(joined([t("quotes.nothing", name=name), *advice], " "))
    link = proof_link(app.bot_username)
    page = quotes_page(found, name, t, link, zone=chat.schedule.zone)
    return say(markup.html(page))

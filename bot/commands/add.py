"""/add and typed web addresses: summarise a page once, or read its feed from now on for this reader.

A feed becomes a source that belongs to the reader alone. Of a summary nothing is stored.
"""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from digest.compose.single import best_sentences
from digest.errors import (
    AttacheError,
    Conflict,
    InputError,
    Overrun,
    Refused,
    SourceError,
    Unreadable,
)
from digest.gather import drafts
from digest.gather.feed.discover import feeds_on
from digest.gather.identity import feed_url
from digest.model.articles import NewArticle, Span
from digest.model.chats import Chat
from digest.model.gathered import Entry, Feed, Fetched
from digest.model.messages import Button, Keyboard
from digest.model.sources import NewSource, Outlet
from digest.read.jobs import read_all

from ..intake import catalogue, gathering
from ..pages.summary import summary_page
from ..talk import markup
from ..talk.app import App
from ..talk.buttons import one_button, press
from ..talk.callback import arguments, is_number
from ..talk.markup import shortened
from ..talk.own import MOST, own_of
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Html, Texts, joined, texts_of
from ..talk.typed import address, unread
from .told import is_web

_KIND = "link"
_ONCE, _SOURCE = "once", "source"
_TRIES = 3  # feeds named by one page that are tried
_HEADLINES = 5  # of a feed, in its summary
_NAME, _TITLE, _SHOWN = 60, 200, 100  # characters


async def add(request: Request, app: App) -> Reply:
    """Add the feed of a typed address, or do what a button below an address says."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    if request.data:
        return await _pressed(chat, request, app)
    url = address(request.words, bare=True)
    if url is None:
        return say(unread(request.words, t("add.how", limit=MOST), t))
    return await _add(url, chat, request, app)


async def offer(url: str, chat: Chat, request: Request, app: App) -> Reply:
    """The question what to do with an address: buttons to summarise it once and to add it as a source."""
    t = texts_of(chat)
    number = await app.offers.put(chat.id, _KIND, url, now=request.now)
    keyboard = (
        (_once(chat, t, number), press(chat, t.label("button.source"), "add", _SOURCE, number)),
    )
    return say(t("add.ask", url=shortened(url, _SHOWN)), keyboard)


async def _pressed(chat: Chat, request: Request, app: App) -> Reply:
    match arguments(request.data):
        case ("once" | "source" as what, number) if is_number(number):
            url = await app.offers.get(chat.id, _KIND, int(number), now=request.now)
        case _:
            return NOTHING
    if url is None:
        return Reply(notice=texts_of(chat).label("refuse.old-offer"), alert=True)
    act = _summarise if what == _ONCE else _add
    return await act(url, chat, request, app)


async def _summarise(url: str, chat: Chat, request: Request, app: App) -> Reply:
    """The article in three sentences, or the headlines of a feed; nothing is stored."""
    t = texts_of(chat)
    try:
        fetched = await app.fetcher.fetch(url)
        feed = await _feed_in(fetched, app, request.now)
        if feed is not None:
            return say(_headlines(feed, url, t))
        article, sentences = await _article_in(fetched, app, request.now)
    except (SourceError, InputError) as error:
        return say(_why_not(error, url, t))
    zone = chat.schedule.zone
    page = summary_page(article, sentences, lambda _: article.url or url, t, zone=zone)
    return say(markup.html(page))


async def _article_in(
    fetched: Fetched, app: App, now: datetime
) -> tuple[NewArticle, tuple[Span, ...]]:
    """The article of a fetched page, and its best sentences. Raises Unreadable if the page holds none."""
    draft = await app.parser(drafts.page_in, fetched, seen_at=now)
    draft = replace(draft, outlet=gathering.outlet_of(draft.url, _outlets()) or draft.outlet)
    (article,) = await app.parser(read_all, (draft,), first_seen_at=now, source=None, owner=None)
    return article, await app.parser(best_sentences, article)


async def _feed_in(fetched: Fetched, app: App, now: datetime) -> Feed | None:
    """The feed that was fetched; None if it is something else."""
    try:
        return await app.parser(drafts.feed_in, fetched, seen_at=now)
    except Unreadable:
        return None


def _headlines(feed: Feed, url: str, t: Texts) -> Html:
    title = t("add.feed", name=(feed.title or _host(url))[:_NAME], url=shortened(url, _SHOWN))
    entries = [entry for entry in feed.entries if entry.title and entry.url][:_HEADLINES]
    return joined([title, *(_headline(one, t) for one in entries)], "\n\n")


def _headline(entry: Entry, t: Texts) -> Html:
    title = (entry.title or "")[:_TITLE]
    is_linked = is_web(entry.url)
    return t("search.link", url=entry.url, title=title) if is_linked else Html(markup.escape(title))


async def _add(url: str, chat: Chat, request: Request, app: App) -> Reply:
    """Add the feed at the address, or the first that the page there names, as the reader's own source."""
    t = texts_of(chat)
    if not (await own_of(chat.id, app)).room:
        return say(t("own.full", limit=MOST), own_button(chat, t))
    try:
        found = await _feed_at(url, app, request.now)
    except SourceError as error:
        return say(_why_not(error, url, t))
    if found is None:
        number = await app.offers.put(chat.id, _KIND, url, now=request.now)
        return say(t("add.no-feed", host=_host(url)), ((_once(chat, t, number),),))
    return await _store(*found, chat, request, app)


async def _store(url: str, feed: Feed, chat: Chat, request: Request, app: App) -> Reply:
    t = texts_of(chat)
    named = Outlet((feed.title or _host(url))[:_TITLE])
    outlet = gathering.outlet_of(url, _outlets()) or named
    source = NewSource(url=feed_url(url), outlet=outlet, owner=chat.id)
    name = outlet.name[:_NAME]
    try:
        gathering.refuse_known(url, await app.sources.all(reader=chat.id))
        await app.sources.add(source, now=request.now)
    except Conflict:
        return say(t("add.known", name=name))
    count = (await own_of(chat.id, app)).count
    return say(t("add.done", name=name, count=count, limit=MOST), own_button(chat, t))


async def _feed_at(url: str, app: App, now: datetime) -> tuple[str, Feed] | None:
    """The feed at the address, or the first that can be read of those its page names, with its address.

    None if there is none. Raises SourceError if the address itself does not answer.
    """
    fetched = await app.fetcher.fetch(url)
    feed = await _feed_in(fetched, app, now)
    if feed is not None:
        return url, feed
    page = fetched.final_url
    named = await app.parser(feeds_on, fetched.body, url=page, charset=fetched.charset)
    for one in named[:_TRIES]:
        try:
            answer = await app.fetcher.fetch(one)
            feed = await _feed_in(answer, app, now)
        except SourceError:  # the next one may answer
            continue
        if feed is not None:
            return one, feed
    return None


def own_button(chat: Chat, t: Texts) -> Keyboard:
    """A button that leads to the reader's own sources and files."""
    return one_button(chat, t.label("button.own"), "sources", "own")


def _once(chat: Chat, t: Texts, number: int) -> Button:
    return press(chat, t.label("button.once"), "add", _ONCE, number)


def _why_not(error: AttacheError, url: str, t: Texts) -> Html:
    host = _host(url)
    match error:
        case Refused(status=int(status)):
            return t("add.refused", host=host, status=status)
        case Refused():
            return t("add.forbidden", host=host)
        case Unreadable() | Overrun() | InputError():
            return t("add.no-article", host=host)
    return t("add.unreachable", host=host)


def _outlets() -> gathering.Outlets:
    return gathering.by_host(catalogue.outlets())


def _host(url: str) -> str:
    return urlsplit(url).hostname or url[:_SHOWN]

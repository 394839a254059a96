"""/search: the stored articles that hold all words, a page at a time. Reads only."""

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.compose.view import reader_of
from digest.model.articles import Article
from digest.model.chats import Chat
from digest.model.messages import Keyboard, Message

from ..talk.app import App
from ..talk.buttons import page_turns, pages_beside, press, rows
from ..talk.callback import arguments, is_number
from ..talk.refs import country_or_pair, place_name
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Html, Texts, available, joined, texts, texts_of
from .told import entry

PAGE = 5
_DAYS = 7  # of the brief that is offered where a country is searched for
_LAST_OFFSET = 500  # nobody pages further, and a forged offset costs nothing
_LONGEST = 200  # characters of a query
_WORD = re.compile(r"\w{4,}")  # "is" and "in" are codes of countries, too
_READ = 20  # words that are read of a query without results
_MOST = 3  # countries found in it at most


async def search(request: Request, app: App) -> Reply:
    """A page of results."""
    return await looked_for(request, app)


async def looked_for(
    request: Request,
    app: App,
    *,
    above: Keyboard = (),
    else_above: Keyboard = (),
    else_meant: Sequence[str] = (),
) -> Reply:
    """A page of results with its pagination, below the buttons ``above``.

    ‹ and › work after a restart: the words are in the callback data, or in the message where they are too
    long for that. Without results the buttons ``else_above`` follow, and the text names the commands
    ``else_meant``.
    """
    chat = await subscription(request, app)
    t = texts_of(chat)
    words, offset = _query(request)
    if offset > _LAST_OFFSET or (request.data and not words):
        return NOTHING
    if not words:
        return say(t("search.how"))
    found = await app.articles.search(words, limit=PAGE + 1, offset=offset, reader=reader_of(chat))
    message = _page(chat, t, words, offset, found)
    if not found and else_meant:
        message = replace(message, html=joined([Html(message.html), meant(else_meant, t)]))
    others = above if found else (*above, *else_above)
    message = replace(message, keyboard=(*others, *message.keyboard))
    return Reply(messages=(message,), edits=bool(request.data))


def meant(commands: Sequence[str], t: Texts) -> Html:
    """A line that names the commands that may be meant."""
    return t("search.meant", names=", ".join(f"/{one}" for one in commands))


def _query(request: Request) -> tuple[str, int]:
    """The words and the offset; words that are too long for callback data stand in the message's title."""
    match arguments(request.data):
        case (offset,) if is_number(offset):
            return _words_of_title(request.shown), int(offset)
        case (offset, *words) if is_number(offset):
            return ":".join(words)[:_LONGEST], int(offset)
    return " ".join(request.words.split())[:_LONGEST], 0


def _words_of_title(message: str) -> str:
    """The words in the title of a page of results, in whatever language it was written; "" if it has none."""
    title = message.partition("\n")[0]
    for language in available():
        before, _, after = _title(texts(language))
        if title.startswith(before) and title.endswith(after):
            return title[len(before) : len(title) - len(after)][:_LONGEST]
    return ""


def _title(t: Texts) -> tuple[str, str, str]:
    """The title of a page, as what stands before the words, a separator, and what stands behind them."""
    pattern = t.label("search.title", words="\n").replace("<b>", "").replace("</b>", "")
    return pattern.partition("\n")


def _page(chat: Chat, t: Texts, words: str, offset: int, found: Sequence[Article]) -> Message:
    ref = country_or_pair(words, t)
    about = _briefs([ref] if ref else [], chat, t)
    if not found:
        return Message(
            t("search.nothing", words=words), about or _briefs(_named(words, t), chat, t)
        )
    end = min(offset + len(found), _LAST_OFFSET + 1)
    before, after = pages_beside(offset, PAGE, end=end)
    keyboard = page_turns(chat, t, "search", before, after, words)
    hits = [entry(article, chat) for article in found[:PAGE]]
    return Message(joined([t("search.title", words=words), *hits], "\n\n"), (*about, *keyboard))


def _briefs(refs: Sequence[str], chat: Chat, t: Texts) -> Keyboard:
    """A button for the brief of each country or pair."""
    return rows((press(chat, f"📋 {place_name(r, t)}", "brief", _DAYS, r) for r in refs), 1)


def _named(words: str, t: Texts) -> tuple[str, ...]:
    """The first countries named within a sentence, as in "and what of Cuba?"; three at most."""
    found = (country_or_pair(word, t) for word in _WORD.findall(words)[:_READ])
    return tuple(dict.fromkeys(ref for ref in found if ref))[:_MOST]

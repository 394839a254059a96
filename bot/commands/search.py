"""/search: the stored articles that hold all words, a page at a time."""

from collections.abc import Sequence

from digest.deliver import reader_of
from digest.model import Article, Chat, Message

from .. import keyboards
from ..app import App
from ..callback import arguments
from ..request import NOTHING, Reply, Request, say
from ..subscriptions import subscription
from ..texts import Html, Texts, joined, texts

PAGE = 5
_LAST_OFFSET = 500  # nobody pages further, and a forged offset costs nothing
_TITLE = 200  # characters


async def search(request: Request, app: App) -> Reply:
    """A page of findings; ‹ and › carry the words, so they work after a restart."""
    chat = await subscription(request, app)
    t = texts(chat.language)
    words, offset = _asked(request)
    if not words:
        return say(t("search.how"))
    if not 0 <= offset <= _LAST_OFFSET:
        return NOTHING
    found = await app.articles.search(words, limit=PAGE + 1, offset=offset, reader=reader_of(chat))
    message = _page(chat, t, words, offset, found)
    return Reply(messages=(message,), edits=bool(request.data))


def _asked(request: Request) -> tuple[str, int]:
    match arguments(request.data):
        case (offset, *words) if offset.isdecimal():
            return ":".join(words), int(offset)
    return " ".join(request.words.split()), 0


def _page(chat: Chat, t: Texts, words: str, offset: int, found: Sequence[Article]) -> Message:
    if not found:
        return Message(t("search.nothing", words=words))
    before = offset - PAGE if offset >= PAGE else None
    after = offset + PAGE if len(found) > PAGE else None
    keyboard = keyboards.pages(chat, t, "search", before, after, words)
    hits = [_hit(article, t) for article in found[:PAGE]]
    has_more = after is not None and not keyboard
    note = [t("search.too-long")] if has_more else []
    return Message(joined([t("search.title", words=words), *hits, *note], "\n\n"), keyboard)


def _hit(article: Article, t: Texts) -> Html:
    title = (article.title or article.text)[:_TITLE]
    outlet = article.outlet.name if article.outlet else t("search.no-outlet")
    at = article.published_at or article.first_seen_at
    is_web = (article.url or "").startswith(("http://", "https://"))
    head = (
        t("search.link", url=article.url, title=title) if is_web else t("search.file", title=title)
    )
    return joined([head, t("search.from", outlet=outlet, day=t.day(at.date()))])

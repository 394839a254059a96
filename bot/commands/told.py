"""A stored story or article in a line or two: its headline, its link, where it is from."""

from digest.compose import tell
from digest.compose.edition import ordered
from digest.model.articles import Article, ArticleId, StoryId
from digest.model.chats import Chat
from digest.view import reader_of

from ..talk.app import App
from ..talk.refs import number_of
from ..talk.texts import Html, joined, texts
from .last_digest import lead_in_digest

_TITLE, _OUTLET = 200, 100  # characters
_URL = 1500  # bytes; Telegram has room for some 9,500 of all links in a message


async def leading(ref: str, chat: Chat, app: App) -> Article | None:
    """The article that leads a story, or the article itself; None where the chat has no such.

    A story of the last digest is led by the article under whose headline it stood there.
    """
    number = number_of(ref)
    if number is None:
        return None
    if ref.startswith("a:"):
        return await app.articles.get(ArticleId(number), reader=reader_of(chat))
    members = await app.articles.story(StoryId(number), reader=reader_of(chat))
    lead = await lead_in_digest(number, chat, app)
    shown = (article for article in members if article.id == lead)
    return next(shown, ordered(members)[0]) if members else None


def title(article: Article) -> str:
    """Its headline, verbatim, cut for a list."""
    return tell.headline(article)[:_TITLE]


def entry(article: Article, chat: Chat) -> Html:
    """Headline with its link, and below it outlet and day, by the chat's own clocks."""
    t = texts(chat.language)
    outlet = article.outlet.name[:_OUTLET] if article.outlet else t("search.no-outlet")
    at = article.published_at or article.first_seen_at
    key = "search.link" if is_web(article.url) else "search.file"
    head = t(key, url=article.url, title=title(article) or t("proof.untitled"))
    return joined([head, t("search.from", outlet=outlet, day=t.day_of(at, chat.schedule.zone))])


def is_web(url: str | None) -> bool:
    """Whether it can be linked to."""
    address = url or ""
    return address.startswith(("http://", "https://")) and len(address.encode()) <= _URL

"""A stored story or article in a line or two: its headline, its link, where it is from."""

from collections.abc import Iterable, Mapping

from digest.compose import tell
from digest.compose.edition import ordered
from digest.compose.view import reader_of
from digest.model.articles import Article, ArticleId, StoryId
from digest.model.chats import Chat

from ..pages.citing import heading
from ..talk.app import App
from ..talk.markup import shortened
from ..talk.refs import is_story, number_of
from ..talk.texts import Html, joined, texts_of
from .last_digest import leads_in_digest

_TITLE, _OUTLET = 200, 100  # characters
_URL = 1500  # bytes; Telegram has room for some 9,500 of all links in a message


async def leading(ref: str, chat: Chat, app: App) -> Article | None:
    """The article that leads a story, or the article itself; None where this chat may see no such one."""
    return (await all_leading((ref,), chat, app)).get(ref)


async def all_leading(refs: Iterable[str], chat: Chat, app: App) -> Mapping[str, Article]:
    """As ``leading`` for several, by ref; what the chat may not see is left out.

    A story of the last digest is led by the article that headed it there.
    """
    numbers = {ref: number for ref in refs if (number := number_of(ref)) is not None}
    if not numbers:
        return {}
    reader = reader_of(chat)
    asked = [StoryId(number) for ref, number in numbers.items() if is_story(ref)]
    members = await app.articles.stories(asked, reader=reader)
    single = [ArticleId(number) for ref, number in numbers.items() if not is_story(ref)]
    articles = await app.articles.some(single, reader=reader)
    leads = await leads_in_digest(chat, app) if members else {}
    first = {
        story: next((one for one in told if one.id == leads.get(story)), ordered(told)[0])
        for story, told in members.items()
    }
    found = (
        (ref, first.get(StoryId(number)) if is_story(ref) else articles.get(ArticleId(number)))
        for ref, number in numbers.items()
    )
    return {ref: article for ref, article in found if article is not None}


def title(article: Article) -> str:
    """The headline of an article, cut to what a list has room for."""
    return shortened(heading(tell.headline(article), article.title), _TITLE)


def entry(article: Article, chat: Chat) -> Html:
    """Headline with its link, and below it outlet and day, in the chat's time zone."""
    t = texts_of(chat)
    outlet = article.outlet.name[:_OUTLET] if article.outlet else t("search.no-outlet")
    at = article.published_at or article.first_seen_at
    key = "search.link" if is_web(article.url) else "search.file"
    head = t(key, url=article.url, title=title(article) or t("proof.untitled"))
    return joined([head, t("search.from", outlet=outlet, day=t.day_of(at, chat.schedule.zone))])


def is_web(url: str | None) -> bool:
    """Whether a message can link to it: a web address that is not too long."""
    address = url or ""
    return address.startswith(("http://", "https://")) and len(address.encode()) <= _URL

"""/saved and /save n: stories and articles to come back to, newest first.

Changes the list of what the chat has saved.
"""

from digest.model.articles import Article
from digest.model.chats import Chat
from digest.model.messages import Message

from ..pages.citing import heading
from ..talk import keyboards
from ..talk.app import App
from ..talk.buttons import OFF, press
from ..talk.callback import arguments, is_number
from ..talk.changes import keeping
from ..talk.refs import is_kept
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import change, subscription
from ..talk.texts import Html, joined, texts_of
from .last_digest import meant, number_of
from .told import all_leading, entry, leading

PAGE = 5


async def saved(request: Request, app: App) -> Reply:
    """A page of what was saved, each with a button to remove it."""
    chat = await subscription(request, app)
    match arguments(request.data):
        case ():
            return await _listed(request, app, chat, 0)
        case (offset,) if is_number(offset):
            return await _listed(request, app, chat, int(offset))
        case (sign, kind, number, offset) if sign == OFF and is_number(offset):
            edit = keeping(f"{kind}:{number}", wanted=False)
            chat = await change(app, chat, edit, now=request.now)
            return await _listed(request, app, chat, int(offset))
    return NOTHING


async def save(request: Request, app: App) -> Reply:
    """Save story n of the digest that is meant, or the story or article that a button names."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    if request.data:
        return await _pressed(request, app, chat)
    found = await meant(request, chat, app)
    if found is None or (found.is_last and not found.stories):
        return say(t("save.no-story"))
    number = number_of(request.words, found.stories)
    if number is None:
        keyboard = found.buttons(lambda n, one: press(chat, n, "save", f"s:{one.id}"))
        return say(found.how("save.how", request.words, t), keyboard)
    story = found.stories[number - 1]
    await change(app, chat, keeping(f"s:{story.id}", wanted=True), now=request.now)
    return say(t("save.done", headline=heading(story.headline, story.title)))


async def _pressed(request: Request, app: App, chat: Chat) -> Reply:
    """Save by the button of another message, which stays as it is: the answer is a notice."""
    ref = ":".join(arguments(request.data))
    if not is_kept(ref):
        return NOTHING
    t = texts_of(chat)
    if await leading(ref, chat, app) is None:
        return Reply(notice=t.label("saved.gone"))
    await change(app, chat, keeping(ref, wanted=True), now=request.now)
    return Reply(notice=t.label("save.noted"))


async def _listed(request: Request, app: App, chat: Chat, offset: int) -> Reply:
    page = await _page(chat, app, min(offset, _last_page(chat)))
    return Reply(messages=(page,), edits=bool(request.data))


def _last_page(chat: Chat) -> int:
    return max(0, len(chat.saved) - 1) // PAGE * PAGE


async def _page(chat: Chat, app: App, offset: int) -> Message:
    t = texts_of(chat)
    if not chat.saved:
        return Message(t("saved.none"))
    start = offset // PAGE * PAGE
    shown = tuple(reversed(chat.saved))[start : start + PAGE]
    numbered = tuple(enumerate(shown, start + 1))
    leads = await all_leading(shown, chat, app)
    lines = [_line(number, leads.get(ref), chat) for number, ref in numbered]
    keyboard = keyboards.saved(chat, t, numbered, start, PAGE)
    title = t.plural("saved.title", len(chat.saved))
    return Message(joined([title, *lines], "\n\n"), keyboard)


def _line(number: int, article: Article | None, chat: Chat) -> Html:
    t = texts_of(chat)
    shown = entry(article, chat) if article else t("saved.gone")
    return t("saved.entry", number=number, entry=shown)

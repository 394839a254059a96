"""/settings: one message, edited in place, whose buttons carry the current values."""

from dataclasses import replace

from digest.model import Chat, Keyboard

from .. import keyboards
from ..app import App
from ..callback import arguments
from ..changes import Edit, lasting, reading, speaking
from ..keyboards import LANGUAGES, MINUTES, ON
from ..request import NOTHING, Reply, Request, say
from ..subscriptions import NotSubscribed, change, subscription
from ..texts import Texts, available, texts
from .confirmation import next_digest


async def settings(request: Request, app: App) -> Reply:
    """The page that was asked for, after what was pressed has been done."""
    chat = await _chat(request, app)
    match arguments(request.data):
        case ():
            return await _front(request, app, chat)
        case ("minutes", *chosen):
            edit = _minutes(chosen)
            return await _page(request, app, chat, "minutes", edit)
        case ("read",):
            return await _page(request, app, chat, "read", None)
        case (sign, "read", code) if code in LANGUAGES:
            return await _page(request, app, chat, "read", reading(code, sign == ON))
        case ("language", *chosen):
            edit = _language(chosen)
            return await _page(request, app, chat, "language", edit)
    return NOTHING


async def _chat(request: Request, app: App) -> Chat:
    """The subscription; for a person who only manages channels, the first of these."""
    try:
        return await subscription(request, app)
    except NotSubscribed:
        channels = await app.chats.owned_by(request.user) if request.kind == "private" else ()
        if not channels or request.target is not None:
            raise
        return channels[0]


async def _front(request: Request, app: App, chat: Chat) -> Reply:
    t = texts(chat.language)
    is_own = chat.kind == "private"
    channels = await app.chats.owned_by(request.user) if request.kind == "private" else ()
    others = tuple(channel for channel in channels if channel.id != chat.id)
    title = t("settings.title") if is_own else t("settings.title-chat", title=chat.title)
    text = t("settings.page", title=title, next=next_digest(chat, t, now=request.now))
    keyboard = keyboards.settings(chat, t, others, now=request.now)
    return say(text, keyboard, edits=bool(request.data))


async def _page(request: Request, app: App, chat: Chat, page: str, edit: Edit | None) -> Reply:
    if edit:
        chat = await change(app, chat, edit, now=request.now)
    t = texts(chat.language)
    return say(t(f"settings.{page}"), _keyboard(chat, t, page), edits=bool(request.data))


def _keyboard(chat: Chat, t: Texts, page: str) -> Keyboard:
    pages = {
        "minutes": keyboards.minutes,
        "read": keyboards.read,
        "language": keyboards.languages,
    }
    return pages[page](chat, t)


def _minutes(chosen: list[str]) -> Edit | None:
    return next((lasting(n) for n in MINUTES if chosen == [str(n)]), None)


def _language(chosen: list[str]) -> Edit | None:
    return next((speaking(code) for code in available() if chosen == [code]), None)


async def language(request: Request, app: App) -> Reply:
    """/lang: the languages the bot speaks."""
    return await settings(replace(request, data="settings:language", words=""), app)

"""/settings: one message, edited in place, whose buttons carry the current values.

Changes reading time, languages, alerts and sound; other pages are those of other commands.
"""

from dataclasses import replace

from digest.model.chats import Chat
from digest.model.messages import Keyboard

from ..pages.links import start_link
from ..talk import keyboards
from ..talk.aiming import aim
from ..talk.app import App
from ..talk.buttons import ON, SIGNS
from ..talk.callback import arguments
from ..talk.changes import Edit, alerted, lasting, reading, sounding, speaking, step_of
from ..talk.group_link import group_link
from ..talk.keyboards import MINUTES
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import NotSubscribed, change, subscription, taken_over
from ..talk.texts import READ, Texts, available, joined, texts_of
from ..talk.typed import language as language_named
from ..talk.typed import unread
from . import asked
from .confirmation import next_digest


async def settings(request: Request, app: App) -> Reply:
    """Do what was pressed, then show its page; without a button the front page."""
    try:
        chat = await subscription(request, app)
    except NotSubscribed:
        return await _managed(request, app)
    match arguments(request.data):
        case ():
            return await _front(request, app, await taken_over(chat, request, app))
        case ("minutes" | "read" | "language" | "alerts" | "sound" as page,):
            return await _page(request, app, chat, page, None)
        case ("minutes", chosen) if edit := _minutes(chosen):
            return await _page(request, app, chat, "minutes", edit)
        case (sign, "read", code) if sign in SIGNS and code in READ:
            return await _page(request, app, chat, "read", reading(code, wanted=sign == ON))
        case (sign, "alerts" | "sound" as page) if sign in SIGNS:
            edit = alerted(sign == ON) if page == "alerts" else sounding(sign == ON)
            return await _page(request, app, chat, page, edit)
        case ("language", chosen) if edit := _language(chosen):
            return await _page(request, app, chat, "language", edit)
    return NOTHING


async def _managed(request: Request, app: App) -> Reply:
    """For a person without a digest of their own, the settings of the first chat they still administer.

    Raises NotSubscribed if there is none.
    """
    managed = await app.chats.owned_by(request.user) if request.kind == "private" else ()
    for one in managed if request.target is None else ():
        if await app.administers(one.id, request.user):
            return aim(await _front(request, app, one), one.id, one.thread)
    raise NotSubscribed(f"chat {request.chat} has no subscription")


async def _front(request: Request, app: App, chat: Chat) -> Reply:
    t = texts_of(chat)
    is_here, is_own = request.kind == "private", chat.kind == "private"
    managed = await app.chats.owned_by(request.user) if is_here else ()
    others = tuple(one for one in managed if (one.id, one.thread) != (chat.id, chat.thread))
    title = t("settings.title") if is_own else t("settings.title-chat", title=chat.title)
    coming = await next_digest(chat, app, now=request.now)
    text = t("settings.page", title=title, next=coming)
    if is_here and not is_own and step_of(chat) is None:
        text = joined([text, t("settings.from-private")])
    link = None if is_here else _link(chat, request, app)
    keyboard = keyboards.settings(
        chat, t, others, now=request.now, link=link, from_afar=request.is_from_afar
    )
    return say(text, keyboard, edits=bool(request.data))


def _link(chat: Chat, request: Request, app: App) -> str:
    """The deep link from a group to its settings in private."""
    return start_link(app.bot_username, group_link(app.secret, chat, now=request.now))


async def _page(request: Request, app: App, chat: Chat, page: str, edit: Edit | None) -> Reply:
    if edit:
        chat = await change(app, chat, edit, now=request.now)
    t = texts_of(chat)
    top = asked.heading(chat, from_afar=request.is_from_afar)
    text = joined([*top, unread(request.words, t(f"settings.{page}"), t)])
    return say(text, _keyboard(chat, t, page), edits=bool(request.data))


def _keyboard(chat: Chat, t: Texts, page: str) -> Keyboard:
    pages = {
        "minutes": keyboards.minutes,
        "read": keyboards.read,
        "language": keyboards.languages,
        "alerts": keyboards.alerts,
        "sound": keyboards.sound,
    }
    return pages[page](chat, t)


def _minutes(chosen: str) -> Edit | None:
    return next((lasting(n) for n in MINUTES if chosen == str(n)), None)


def _language(chosen: str) -> Edit | None:
    return speaking(chosen) if chosen in available() else None


async def language(request: Request, app: App) -> Reply:
    """/lang: set the language that was typed, then show the page of languages.

    For a person without a digest of their own it is that of the only channel or group they manage.
    """
    typed = language_named(request.words)
    data = f"settings:language:{typed}" if typed else "settings:language"
    words = "" if typed else request.words
    request = replace(request, data=data, words=words)
    if chat := await _only_managed(request, app):
        aimed = replace(request, target=chat.id, target_thread=chat.thread)
        return aim(await settings(aimed, app), chat.id, chat.thread)
    return await settings(request, app)


async def _only_managed(request: Request, app: App) -> Chat | None:
    """The one chat that a person without a digest of their own manages; None for others, and for several."""
    if request.kind != "private" or request.is_from_afar or await app.chats.get(request.chat):
        return None
    managed = await app.chats.owned_by(request.user)
    is_meant = len(managed) == 1 and await app.administers(managed[0].id, request.user)
    return managed[0] if is_meant else None

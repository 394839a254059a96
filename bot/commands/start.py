"""/start and /setup: four steps, each of which can be skipped; nothing is pushed before the last.

Creates the subscription; the last step, or a later /start, makes it active.
"""

from dataclasses import replace

from digest.model.chats import Chat
from digest.model.messages import Message

from ..talk import group_link
from ..talk.access import INVITATION_PREFIX, is_invitation
from ..talk.app import App
from ..talk.buttons import one_button
from ..talk.callback import arguments
from ..talk.changes import at_step, following, newly, rests, started, step_of
from ..talk.refs import LINK, from_link
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import change, may_join, subscription, taken_over
from ..talk.texts import Html, joined, texts, texts_of
from . import another_topic, follow, link, story, timezone, topics
from .confirmation import done, hours_page, next_digest
from .proof import PREFIX, proof
from .refusing import refusal


async def start(request: Request, app: App) -> Reply:
    """The set-up step that was pressed. Without a button the page of the current step, or of the first one.

    What a deep link leads to comes before that. A chat that is set up is started again if it was paused.
    """
    if request.data:
        return await _step(request, app)
    chat = await app.chats.get(request.chat, request.thread)
    if told := await _linked(request, app, chat):
        return told
    if chat is None:
        return await another_topic.choice(request, app) or await _welcome(request, app)
    if ref := from_link(request.words):
        chat = await change(app, chat, following((ref,), wanted=True), now=request.now)
        if step_of(chat) is None:
            full = () if ref in chat.wish.follow else (await _told_of(ref, chat, app),)
            return Reply(messages=(await follow.page(chat, app, full),))
    if step_of(chat):
        return Reply(messages=(await _first_page(chat, request, app),))
    return await _welcome_back(request, app, await taken_over(chat, request, app))


async def _linked(request: Request, app: App, chat: Chat | None) -> Reply | None:
    """What a deep link leads to outside the set-up; a refusal for a bad link, None for no such link."""
    may_read = chat is not None or app.access == "open"
    if request.words.startswith(PREFIX) and may_read:
        return await proof(request, app)
    if request.words.startswith(story.PREFIX) and may_read:
        return await story.linked_story(request, app)
    if request.words.startswith(group_link.PREFIX) and request.kind == "private":
        return await link.linked(request, app)
    if request.words.startswith(LINK):
        ref, reader = from_link(request.words), chat or _new(request, language=request.language)
        is_real = ref is not None and await follow.exists(ref, reader, app)
        return None if is_real else refusal(request, "refuse.link")
    return None


async def page(chat: Chat, request: Request, app: App, *, introduces: bool = True) -> Message:
    """The page of the set-up step at which a chat is; with ``introduces`` the first one explains the bot."""
    match step_of(chat):
        case "when":
            return await hours_page(chat, request, app)
        case "where":
            return timezone.page(chat, request)
    return topics.page(chat, from_afar=request.is_from_afar, introduces=introduces)


async def _welcome(request: Request, app: App) -> Reply:
    t = texts(request.language)
    is_invited = request.words.startswith(INVITATION_PREFIX) and is_invitation(
        request.words, app.secret, now=request.now
    )
    if not await may_join(request, app, is_invited=is_invited):
        return say(t(f"refuse.{app.access}"))
    chat = await app.chats.save(_new(request, language=t.language))
    first = await _first_page(chat, request, app)
    return Reply(messages=(first, *await _of_channels(request, app)))


async def _of_channels(request: Request, app: App) -> tuple[Message, ...]:
    """The first set-up page of each channel that the person had added the bot to before starting it."""
    managed = await app.chats.owned_by(request.user) if request.kind == "private" else ()
    waiting = [one for one in managed if one.kind == "channel" and step_of(one) == "topics"]
    return tuple([topics.page(o) for o in waiting if await app.administers(o.id, request.user)])


async def _first_page(chat: Chat, request: Request, app: App) -> Message:
    """The page of the current step, with a note whether the chat now follows what a deep link names."""
    message, ref = await page(chat, request, app), from_link(request.words)
    if ref is None:
        return message
    told = await _told_of(ref, chat, app)
    return replace(message, html=joined([Html(message.html), Html(), told]))


async def _told_of(ref: str, chat: Chat, app: App) -> Html:
    """That the chat follows what a deep link names, or that its list is full."""
    t = texts_of(chat)
    key = "follow.added" if ref in chat.wish.follow else "follow.full"
    return t(key, name=await follow.name(ref, chat, app, t))


def _new(request: Request, *, language: str) -> Chat:
    chat = Chat(
        id=request.chat,
        thread=request.thread,
        kind=request.kind,
        title=request.title,
        language=language,
        owner=None if request.kind == "private" or request.anonymous else request.user,
    )
    ref = from_link(request.words)
    wanted = following((ref,), wanted=True)(chat) if ref else chat
    return newly(wanted, now=request.now)


async def _welcome_back(request: Request, app: App, chat: Chat) -> Reply:
    t = texts_of(chat)
    is_awake = chat.active and not rests(chat, request.now)
    greeting = t("start.set-up-already" if is_awake else "start.back")
    chat = await change(app, chat, started(request.now), now=request.now)
    lines = joined([greeting, await next_digest(chat, app, now=request.now)])
    return say(lines, one_button(chat, t.label("button.settings"), "settings"))


async def _own(request: Request, app: App) -> Reply:
    """Begin the set-up of a digest for this topic; a second press shows the step at which that is."""
    known = await app.chats.get(request.chat, request.thread)
    if known is None:
        return replace(await _welcome(request, app), edits=True)
    return (
        Reply(messages=(await page(known, request, app),), edits=True)
        if step_of(known)
        else NOTHING
    )


async def _step(request: Request, app: App) -> Reply:
    match arguments(request.data):
        case (another_topic.MOVE, thread) if request.kind == "supergroup":
            return await another_topic.moved(thread, request, app)
        case (another_topic.OWN,) if request.kind == "supergroup":
            return await _own(request, app)
    chat = await subscription(request, app)
    is_awake = chat.active and not rests(chat, request.now)
    match arguments(request.data):
        case ("when",):
            chat = await change(app, chat, at_step("when"), now=request.now)
            message = await hours_page(chat, request, app)
        case ("where",):
            chat = await change(app, chat, at_step("where"), now=request.now)
            message = timezone.page(chat, request)
        case ("resume",) if step_of(chat):
            message = await page(chat, request, app)
        case ("resume",):
            return replace(await _welcome_back(request, app, chat), edits=True)
        case ("done",) if step_of(chat) or is_awake:
            chat = await change(app, chat, started(request.now), now=request.now)
            message = await done(chat, app, now=request.now)
        case _:
            return NOTHING
    return Reply(messages=(message,), edits=True)

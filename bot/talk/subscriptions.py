"""Which subscription a request is about, and how it is changed without losing anybody's change."""

from dataclasses import replace
from datetime import datetime

from digest.compose.due import latest_due
from digest.errors import AttacheError, Conflict
from digest.model.chats import Chat

from .access import may_manage, may_subscribe
from .app import App
from .callback import arguments
from .changes import Edit, Step, managed_by, opening
from .request import Request

_TRIES = 5  # two administrators who press at once need two


class NotSubscribed(AttacheError):
    """There is no subscription here yet."""


class NotManaged(AttacheError):
    """The channel or group is not this person's to manage from a private chat."""


async def subscription(request: Request, app: App) -> Chat:
    """The subscription that a request is about.

    In a forum topic that has none it is the group's only one. Raises NotSubscribed, or
    NotManaged for a channel or group of somebody else.
    """
    if request.target is not None:
        return await _managed(request, request.target, app)
    chat = await app.chats.get(request.chat, request.thread) or await _only(request.chat, app)
    if chat is None:
        raise NotSubscribed(f"chat {request.chat} has no subscription")
    return chat


async def opened(step: Step, request: Request, app: App) -> Chat:
    """The subscription; one that is being set up goes to the step whose page is asked for.

    So what is typed below that page answers it.
    """
    chat = await subscription(request, app)
    if arguments(request.data):
        return chat
    return await change(app, chat, opening(step), now=request.now)


async def taken_over(chat: Chat, request: Request, app: App) -> Chat:
    """The group, which the administrator who configures it manages where who did so is none any more.

    So what goes wrong there is told to somebody who can help. A channel is taken over by adding the bot.
    """
    is_group = chat.kind in ("group", "supergroup") and not (request.anonymous or request.data)
    if not is_group or request.is_from_afar or chat.owner is None or chat.owner == request.user:
        return chat
    if await app.administers(chat.id, chat.owner):
        return chat
    return await change(app, chat, managed_by(request.user), now=request.now)


async def language_of(app: App, chat: int, user: int, *, thread: int = 0, otherwise: str) -> str:
    """The language in which a chat is answered: its own, else the one the person has in private."""
    here = await app.chats.get(chat, thread) or await _only(chat, app)
    known = here or await app.chats.get(user)
    return known.language if known else otherwise


async def spoken_to(request: Request, app: App) -> Request:
    """The request in the language of its chat; that of the person's Telegram where none is known."""
    language = await language_of(
        app, request.chat, request.user, thread=request.thread, otherwise=request.language
    )
    return replace(request, language=language)


async def change(app: App, chat: Chat, edit: Edit, *, now: datetime) -> Chat:
    """The chat as stored once ``edit`` is applied to what is stored at that moment.

    When somebody else saves in between, the change is applied again to theirs. Raises
    NotSubscribed when the chat was removed meanwhile.
    """
    for _ in range(_TRIES):
        edited = _with_due(chat, edit(chat), app, now)
        if edited == chat:
            return chat
        try:
            return await app.chats.save(edited)
        except Conflict:
            chat = await _again(chat, app)
    raise Conflict(f"chat {chat.id} keeps changing; the change was not made")


async def may_join(request: Request, app: App, *, is_invited: bool = False) -> bool:
    """Whether the person may make a new subscription, for themselves or for a group."""
    is_known = await app.chats.get(request.user) is not None
    is_owner = request.user in app.owners
    return may_subscribe(app.access, is_owner=is_owner, is_known=is_known, is_invited=is_invited)


async def _managed(request: Request, target: int, app: App) -> Chat:
    """The channel, or the forum topic of a group, that is managed from a private chat."""
    chat = await app.chats.get(target, request.target_thread)
    if chat is None:
        raise NotSubscribed(f"chat {target} has no subscription")
    if not may_manage(chat, user=request.user, may_configure=request.may_configure):
        raise NotManaged(f"chat {target} is not managed by {request.user}")
    return chat


async def _only(chat: int, app: App) -> Chat | None:
    found = await app.chats.of(chat)
    return found[0] if len(found) == 1 else None


async def _again(chat: Chat, app: App) -> Chat:
    stored = await app.chats.get(chat.id, chat.thread)
    if stored is None:
        raise NotSubscribed(f"chat {chat.id} was removed meanwhile")
    return stored


def _with_due(before: Chat, after: Chat, app: App, now: datetime) -> Chat:
    """The chat with its next slot; one that has come is lost to no change but of its own hour."""
    if not after.active:
        return replace(after, next_due_at=None)
    if before.active and _is_settled(before, after, now):
        return after
    since = max(now, after.paused_until or now)
    return replace(after, next_due_at=app.next_due(after.schedule, since))


def _is_settled(before: Chat, after: Chat, now: datetime) -> bool:
    """Whether the next slot stays; an hour that has come and is not wanted any more does not."""
    since = before.next_due_at
    if before.paused_until != after.paused_until:
        return False
    if since is None or since > now:
        return before.schedule == after.schedule
    return latest_due(after.schedule, since, now) is not None

"""Find the subscription that a request is about, and change it without overwriting another's change."""

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

    In a forum topic without one it is the group's, if the group has exactly one. Raises NotSubscribed if
    there is none, NotManaged if it is a channel or group that the person may not manage.
    """
    if request.target is not None:
        return await _managed(request, request.target, app)
    chat = await app.chats.get(request.chat, request.thread) or await _only_one(request.chat, app)
    if chat is None:
        raise NotSubscribed(f"chat {request.chat} has no subscription")
    return chat


async def opened(step: Step, request: Request, app: App) -> Chat:
    """The subscription; if it is being set up, it goes to the ``step`` whose page the request opens.

    So text typed below that page is taken as its answer. A button with arguments opens no page.
    """
    chat = await subscription(request, app)
    if arguments(request.data):
        return chat
    return await change(app, chat, opening(step), now=request.now)


async def taken_over(chat: Chat, request: Request, app: App) -> Chat:
    """The group, now managed by the person who configures it if its manager is no administrator any more.

    So problems there are told to somebody who can help. Nothing changes for anonymous administrators, button
    presses and requests from another chat. A channel is taken over by adding the bot again.
    """
    is_group = chat.kind in ("group", "supergroup") and not (request.anonymous or request.data)
    if not is_group or request.is_from_afar or chat.owner is None or chat.owner == request.user:
        return chat
    if await app.administers(chat.id, chat.owner):
        return chat
    return await change(app, chat, managed_by(request.user), now=request.now)


async def language_of(app: App, chat: int, user: int, *, thread: int = 0, otherwise: str) -> str:
    """The language to answer in: the chat's, else that of the person's private chat, else ``otherwise``."""
    here = await app.chats.get(chat, thread) or await _only_one(chat, app)
    known = here or await app.chats.get(user)
    return known.language if known else otherwise


async def spoken_to(request: Request, app: App) -> Request:
    """The request with the language to answer in; that of the person's Telegram if no other is known."""
    language = await language_of(
        app, request.chat, request.user, thread=request.thread, otherwise=request.language
    )
    return replace(request, language=language)


async def change(app: App, chat: Chat, edit: Edit, *, now: datetime) -> Chat:
    """Apply ``edit`` to the chat and save it. Returns the chat as stored.

    If somebody else saves in between, the edit is applied again to what they saved; after five such conflicts
    it raises Conflict. Raises NotSubscribed if the chat was removed meanwhile.
    """
    for _ in range(_TRIES):
        edited = _with_next_due(chat, edit(chat), app, now)
        if edited == chat:
            return chat
        try:
            return await app.chats.save(edited)
        except Conflict:
            chat = await _reread(chat, app)
    raise Conflict(f"chat {chat.id} keeps changing; the change was not made")


async def may_join(request: Request, app: App, *, is_invited: bool = False) -> bool:
    """Whether the person may make a new subscription, for themselves or for a group."""
    is_known = await app.chats.get(request.user) is not None
    is_owner = request.user in app.owners
    return may_subscribe(app.access, is_owner=is_owner, is_known=is_known, is_invited=is_invited)


async def _managed(request: Request, target: int, app: App) -> Chat:
    """The channel or group (or its forum topic) that is managed from a private chat."""
    chat = await app.chats.get(target, request.target_thread)
    if chat is None:
        raise NotSubscribed(f"chat {target} has no subscription")
    if not may_manage(chat, user=request.user, may_configure=request.may_configure):
        raise NotManaged(f"chat {target} is not managed by {request.user}")
    return chat


async def _only_one(chat: int, app: App) -> Chat | None:
    found = await app.chats.of(chat)
    return found[0] if len(found) == 1 else None


async def _reread(chat: Chat, app: App) -> Chat:
    stored = await app.chats.get(chat.id, chat.thread)
    if stored is None:
        raise NotSubscribed(f"chat {chat.id} was removed meanwhile")
    return stored


def _with_next_due(before: Chat, after: Chat, app: App, now: datetime) -> Chat:
    """``after`` with its next slot; a slot that is due already stays unless the change removes its hour."""
    if not after.active:
        return replace(after, next_due_at=None)
    if before.active and _keeps_next_due(before, after, now):
        return after
    since = max(now, after.paused_until or now)
    return replace(after, next_due_at=app.next_due(after.schedule, since))


def _keeps_next_due(before: Chat, after: Chat, now: datetime) -> bool:
    """Whether the next slot stays; one that is due already does if the new schedule has an hour since."""
    since = before.next_due_at
    if before.paused_until != after.paused_until:
        return False
    if since is None or since > now:
        return before.schedule == after.schedule
    return latest_due(after.schedule, since, now) is not None

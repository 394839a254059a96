"""?start=g_<token>: the deep link by which an administrator manages a group from the private chat."""

from dataclasses import replace

from digest.errors import Conflict

from ..talk.app import App
from ..talk.group_link import PREFIX, group_named, is_group_link
from ..talk.request import Reply, Request
from .refusing import refusal
from .settings import settings


async def claimed(request: Request, app: App) -> Request:
    """The request, aimed at the group of a valid link; unchanged for anything else."""
    place = group_named(request.words) if request.words.startswith(PREFIX) else None
    chat = await app.chats.get(*place) if place else None
    if chat is None or not is_group_link(request.words, app.secret, chat, now=request.now):
        return request
    return replace(request, target=chat.id, target_thread=chat.thread)


async def linked(request: Request, app: App) -> Reply:
    """Make the person the manager of the group, and show its settings; their rights were checked before.

    The chat is saved even if nothing changes: the link holds its version, so it works only once.
    """
    place = (request.target or 0, request.target_thread)
    chat = await app.chats.get(*place) if request.target is not None else None
    if chat is None:
        return refusal(request, "refuse.link")
    try:
        await app.chats.save(replace(chat, owner=request.user))
    except Conflict:  # the link was used a moment ago
        return refusal(request, "refuse.link")
    return await settings(replace(request, words=""), app)

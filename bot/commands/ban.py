"""/ban and /unban, for owners: a person or chat that is turned away, in words once and in silence then."""

import re

from ..talk.app import App
from ..talk.changes import BANNED
from ..talk.request import Reply, Request, say
from ..talk.texts import texts
from ..talk.typed import unread

_ID = re.compile(r"-?[1-9][0-9]{0,17}", re.ASCII)


async def ban(request: Request, app: App) -> Reply:
    """Turn somebody away, and stop the digests there and in the channels that they manage."""
    t = texts(request.language)
    if not _ID.fullmatch(request.words):
        return say(unread(request.words, t("ban.how"), t))
    who = int(request.words)
    if who in app.owners:
        return say(t("ban.owner"))
    is_new = await app.people.ban(who, now=request.now)
    for chat in (who, *(channel.id for channel in await app.chats.owned_by(who))):
        await app.chats.pause(chat, BANNED)
    return say(t("ban.done" if is_new else "ban.already", id=who))


async def unban(request: Request, app: App) -> Reply:
    """Let somebody in again; the digests rest until they send /start."""
    t = texts(request.language)
    if not _ID.fullmatch(request.words):
        return say(unread(request.words, t("ban.how"), t))
    who = int(request.words)
    was_banned = await app.people.unban(who)
    return say(t("unban.done" if was_banned else "unban.not", id=who))

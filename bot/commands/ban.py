"""/ban and /unban, for owners: turn a person or chat away; they are told once and then ignored.

Pauses subscriptions, and deletes nothing.
"""

import re

from ..talk.app import App
from ..talk.changes import BANNED
from ..talk.request import Reply, Request, say
from ..talk.texts import texts
from ..talk.typed import unread

_ID = re.compile(r"-?[1-9][0-9]{0,17}", re.ASCII)


async def ban(request: Request, app: App) -> Reply:
    """Ban a person or chat, and pause its digests and those of the channels and groups that they manage."""
    t = texts(request.language)
    if not _ID.fullmatch(request.words):
        return say(unread(request.words, t("ban.how"), t))
    who = int(request.words)
    if who in app.owners:
        return say(t("ban.owner"))
    is_new = await app.people.ban(who, now=request.now)
    for chat in (who, *(managed.id for managed in await app.chats.owned_by(who))):
        await app.chats.pause(chat, BANNED)
    return say(t("ban.done" if is_new else "ban.already", id=who))


async def unban(request: Request, app: App) -> Reply:
    """Lift a ban; the digests stay paused until they send /start."""
    t = texts(request.language)
    if not _ID.fullmatch(request.words):
        return say(unread(request.words, t("ban.how"), t))
    who = int(request.words)
    was_banned = await app.people.unban(who)
    return say(t("unban.done" if was_banned else "unban.not", id=who))

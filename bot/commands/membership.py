"""What happens when the bot is added, removed or blocked, or when a group becomes a supergroup.

Source: Telegram Bot API, my_chat_member and migrate_to_chat_id.
"""

from dataclasses import dataclass
from datetime import datetime

from digest.model.chats import Chat, ChatKind
from digest.model.messages import Message

from ..talk.app import App
from ..talk.changes import BANNED, REMOVED, comes_back, managed_by, newly, started, step_of, titled
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import change, may_join
from ..talk.texts import texts
from . import topics
from .confirmation import next_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A change of the bot's own membership in a chat."""

    chat: int
    kind: ChatKind
    user: int  # who changed it
    now: datetime
    title: str = ""
    language: str = "en"  # that the person has chosen in private, else of their Telegram
    was_present: bool
    is_present: bool
    may_post: bool = True


Addressed = tuple[int, Reply]  # the chat that is written to, and what


async def membership(event: Membership, app: App) -> Addressed:
    """Carry out the change. Returns the chat to write to, and the reply, NOTHING if there is none."""
    await renamed(event.chat, event.title, app, now=event.now)
    if not event.is_present:
        return await _left(event, app)
    if event.kind == "channel":
        return await _channel(event, app)
    await _resumed(event, app)
    is_set_up = any(step_of(chat) is None for chat in await app.chats.of(event.chat))
    if event.kind == "private" or event.was_present or is_set_up:
        return event.chat, NOTHING
    return event.chat, say(texts(event.language)("group.greeting"))


async def moved(old: int, new: int, app: App, *, now: datetime) -> None:
    """Move a group's subscriptions, and its ban if it is banned, to the supergroup that it has become."""
    await app.chats.move(old, new)
    standing = await app.people.standing((old,))
    if standing != "welcome":
        await app.people.ban(new, now=now)
        await app.chats.pause(new, BANNED)
    if standing == "told":
        await app.people.told((new,))
    for chat in await app.chats.of(new):
        await _resume(chat, app, now)


async def renamed(chat: int, title: str, app: App, *, now: datetime) -> None:
    """Store the present title of a group or channel in each of its subscriptions."""
    for one in await app.chats.of(chat):
        await change(app, one, titled(title), now=now)


async def reopened(chat: int, thread: int, app: App, *, now: datetime) -> None:
    """Resume in a forum topic that was opened again; what waited for that is sent at once."""
    held = await app.chats.get(chat, thread)
    if held is not None:
        await _resume(held, app, now)
        await app.ledger.hasten(chat, thread)


async def _left(event: Membership, app: App) -> Addressed:
    """Pause what is active; what its reader has stopped stays stopped when the bot comes back."""
    held = await app.chats.of(event.chat)
    for chat in held:
        if chat.active:
            await app.chats.pause(chat.id, REMOVED, chat.thread, now=event.now)
    if not event.was_present or any(map(comes_back, held)):
        return event.chat, NOTHING  # from kicked to left, or a digest was refused: it has been told
    owner = held[0].owner if held and event.kind == "channel" else None
    if owner is None or await _is_turned_away(held[0], app):
        return event.chat, NOTHING
    return owner, say(texts(held[0].language)("channel.removed", title=held[0].title))


async def _channel(event: Membership, app: App) -> Addressed:
    """Begin the set-up of a channel, in private with the person who added the bot."""
    known = await app.chats.get(event.chat)
    if known:
        return await _known_channel(event, app, known)
    t = texts(event.language)
    if not await may_join(_as_request(event), app):
        return event.user, say(t(f"refuse.{app.access}"))
    chat = Chat(
        id=event.chat,
        kind="channel",
        title=event.title,
        language=t.language,
        owner=event.user,
    )
    chat = await app.chats.save(newly(chat, now=event.now))
    missing = () if event.may_post else (Message(t("channel.no-right", title=event.title)),)
    return event.user, Reply(messages=(topics.page(chat), *missing))


async def _known_channel(event: Membership, app: App, known: Chat) -> Addressed:
    if await _is_turned_away(known, app):
        return known.owner or event.user, NOTHING
    known = await _taken_over(event, app, known)
    owner = known.owner or event.user
    t = texts(known.language)
    if not event.may_post:
        return owner, say(t("channel.no-right", title=event.title))
    is_back = await _resumed(event, app)
    if event.was_present or not is_back:
        return owner, NOTHING
    chat = await app.chats.get(event.chat) or known
    if step_of(chat) is not None:  # it has not begun yet, and nothing else leads on
        return owner, Reply(messages=(topics.page(chat),))
    coming = await next_digest(chat, app, now=event.now)
    return owner, say(t("channel.back", title=chat.title, next=coming))


async def _taken_over(event: Membership, app: App, known: Chat) -> Chat:
    """The channel; who adds the bot again becomes its manager if the old one administers it no more."""
    if event.was_present or known.owner == event.user:
        return known
    if known.owner is not None and await app.administers(known.id, known.owner):
        return known
    if not await may_join(_as_request(event), app):
        return known
    return await change(app, known, managed_by(event.user), now=event.now)


async def _resumed(event: Membership, app: App) -> bool:
    """Resume what a removal had paused, and send what waited for a missing right.

    Returns whether the chat has a subscription.
    """
    held = await app.chats.of(event.chat)
    for chat in held:
        await _resume(chat, app, event.now)
        if event.may_post:
            await app.ledger.hasten(chat.id, chat.thread)
    return bool(held)


async def _resume(chat: Chat, app: App, now: datetime) -> None:
    if comes_back(chat) and not await _is_turned_away(chat, app):
        await change(app, chat, started(now), now=now)


async def _is_turned_away(chat: Chat, app: App) -> bool:
    """Whether the chat or its manager is banned; the reason of its pause may be an older one."""
    who = (chat.id,) if chat.owner is None else (chat.id, chat.owner)
    return await app.people.standing(who) != "welcome"


def _as_request(event: Membership) -> Request:
    return Request(chat=event.user, kind="private", user=event.user, now=event.now)

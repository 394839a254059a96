"""Text of several pages: when the next digest comes, how to type an answer, that the set-up is done."""

from datetime import datetime

from digest.compose.due import spread
from digest.model.chats import Chat
from digest.model.messages import Message

from ..talk import keyboards
from ..talk.app import App
from ..talk.changes import rests, step_of
from ..talk.request import Request
from ..talk.texts import Html, Texts, joined, texts_of
from . import asked


async def next_digest(chat: Chat, app: App, *, now: datetime) -> Html:
    """The line "Next digest Wed 07:30 (Europe/Zurich)", or why there is none; above it the end of a pause.

    Where many chats are due at that instant it gives the interval in which their digests are sent.
    """
    t = texts_of(chat)
    coming = _coming(chat, t, now, await _crowd_at(chat, app))
    if chat.paused_until is None or not rests(chat, now):
        return coming
    end = t.when(chat.paused_until, chat.schedule.zone, now=now)
    return joined([t("next.rests", when=end), coming])


async def _crowd_at(chat: Chat, app: App) -> int:
    """How many chats have their next digest at the same instant; 0 if the chat has none to come."""
    return await app.chats.crowd(chat.next_due_at) if chat.next_due_at and chat.active else 0


def _coming(chat: Chat, t: Texts, now: datetime, crowd: int) -> Html:
    zone = chat.schedule.zone
    if step_of(chat):
        return t("next.not-yet")
    if not chat.active:
        return t("next.paused")
    if chat.next_due_at is None:
        return t("next.never-channel" if chat.kind == "channel" else "next.never")
    when, width = t.when(chat.next_due_at, zone, now=now), spread(crowd)
    if width:
        until = t.time(chat.next_due_at + width, zone)
        when = t.label("next.between", when=when, until=until)
    return t("next.at", when=when, zone=zone)


async def done(chat: Chat, app: App, *, now: datetime) -> Message:
    """The last message of the set-up: when the first digest comes, with a button for a preview."""
    t = texts_of(chat)
    next_one = await next_digest(chat, app, now=now)
    closing = t("done.private" if chat.kind == "private" else "done.chat")
    return Message(joined([t("done.title"), next_one, closing]), keyboards.done(chat, t))


async def hours_page(chat: Chat, request: Request, app: App, note: Html | None = None) -> Message:
    """The page of /schedule: hours and days as switches, and ``note`` as its last line."""
    t = texts_of(chat)
    lines = [
        *asked.heading(chat, from_afar=request.is_from_afar),
        t("schedule.title"),
        *typing_hint(chat, t, "schedule", from_afar=request.is_from_afar),
        await next_digest(chat, app, now=request.now),
    ]
    return Message(joined([*lines, *([note] if note else [])]), keyboards.schedule(chat, t))


def typing_hint(chat: Chat, t: Texts, page: str, *, from_afar: bool) -> tuple[Html, ...]:
    """How to type an answer: as plain words during a set-up in private, else behind the command.

    Empty where a typed command would be about another chat.
    """
    if step_of(chat) and chat.kind in ("private", "channel"):
        return (t(f"typing.{page}"),)
    return (t(f"typing.{page}-command"),) if takes_commands(chat, from_afar=from_afar) else ()


def takes_commands(chat: Chat, *, from_afar: bool) -> bool:
    """Whether a command typed below a page is about its chat, and not about the person's own digest."""
    return chat.kind != "channel" and not from_afar

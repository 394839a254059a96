"""When the next digest comes, in words; the last message of every set-up."""

from datetime import datetime

from digest.model import Chat, Message

from .. import keyboards
from ..changes import step_of
from ..texts import Html, Texts, joined, texts


def next_digest(chat: Chat, t: Texts, *, now: datetime) -> Html:
    """As "Next digest Wed 07:30 (Europe/Zurich)", or why there is none."""
    zone = chat.schedule.zone
    if step_of(chat):
        return t("next.not-yet")
    if not chat.active:
        return t("next.paused")
    if chat.next_due_at is None:
        return t("next.never")
    return t("next.at", when=t.when(chat.next_due_at, zone, now=now), zone=zone)


def done(chat: Chat, *, now: datetime) -> Message:
    """A chat is set up: when its first digest comes, and a preview until then."""
    t = texts(chat.language)
    next_one = next_digest(chat, t, now=now)
    closing = t("done.private" if chat.kind == "private" else "done.chat")
    return Message(joined([t("done.title"), next_one, closing]), keyboards.done(chat, t))

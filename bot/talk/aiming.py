"""Buttons that are pressed in one chat and about another."""

from dataclasses import replace

from digest.model.messages import Button, Keyboard, Message

from .callback import aimed
from .request import Reply


def aim(reply: Reply, target: int, thread: int = 0) -> Reply:
    """The reply with its buttons about the chat that is managed from here."""

    def message(one: Message) -> Message:
        return replace(one, keyboard=aim_keyboard(one.keyboard, target, thread))

    return replace(reply, messages=tuple(map(message, reply.messages)))


def aim_keyboard(keyboard: Keyboard, target: int, thread: int) -> Keyboard:
    """The keyboard with its buttons about a chat; those that name one already stay."""

    def button(one: Button) -> Button:
        return replace(one, data=aimed(one.data, target, thread)) if one.data else one

    return tuple(tuple(map(button, row)) for row in keyboard)

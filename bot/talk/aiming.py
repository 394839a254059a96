"""Buttons that are pressed in a private chat and are about a channel or group. Pure."""

from dataclasses import replace

from digest.model.messages import Button, Keyboard, Message

from .callback import aimed
from .request import Reply


def aim(reply: Reply, target: int, thread: int = 0) -> Reply:
    """The reply with ``target`` in the callback data of all its buttons (see ``aim_keyboard``)."""

    def message(one: Message) -> Message:
        return replace(one, keyboard=aim_keyboard(one.keyboard, target, thread))

    return replace(reply, messages=tuple(map(message, reply.messages)))


def aim_keyboard(keyboard: Keyboard, target: int, thread: int) -> Keyboard:
    """The keyboard with ``target`` in its callback data; buttons that name a chat already are unchanged."""

    def button(one: Button) -> Button:
        return replace(one, data=aimed(one.data, target, thread)) if one.data else one

    return tuple(tuple(map(button, row)) for row in keyboard)

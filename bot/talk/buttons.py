"""The parts of every inline keyboard: buttons that are pressed, switched or lead back, in rows. Pure."""

import re
from collections.abc import Iterable, Sequence

from digest.model.chats import Chat
from digest.model.messages import Button, Keyboard

from . import callback
from .changes import step_of
from .markup import harmless
from .texts import Texts

_MOST_LISTED = 98  # an import may bring more; Telegram takes 100 buttons, and two lead back
LABEL = 64  # characters; a telephone shows some 40 of them
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")  # not those that French puts before ":" and "?"
_FAR = 1000  # an offset with as many digits as any

ON, OFF = SIGNS = ("+", "-")


def press(chat: Chat, label: str, action: str, *arguments: str | int) -> Button:
    """A button with callback data; for a channel they hold its id, since the button is pressed in private."""
    target = chat.id if chat.kind == "channel" else None
    return Button(one_line(label), data=callback.pack(action, *arguments, target=target))


def one_line(label: str) -> str:
    """A label as a button can have it: one line of at most 64 characters; "…" if nothing of it is visible."""
    return _BLANKS.sub(" ", harmless(label)).strip()[:LABEL] or "…"


def rows(buttons: Iterable[Button], width: int) -> Keyboard:
    """Buttons in rows of ``width``, the last one shorter."""
    every = tuple(buttons)
    return tuple(every[start : start + width] for start in range(0, len(every), width))


def one_button(chat: Chat, label: str, action: str, *arguments: str | int) -> Keyboard:
    """A keyboard of a single button."""
    return ((press(chat, label, action, *arguments),),)


def pages_beside(offset: int, size: int, *, end: int) -> tuple[int | None, int | None]:
    """The offsets of the pages before and after; None where none begins from 0 to before ``end``."""
    before, after = max(0, offset - size), offset + size
    return before if offset else None, after if after < end else None


def page_turns(
    chat: Chat, t: Texts, action: str, before: int | None, after: int | None, tail: str = ""
) -> Keyboard:
    """A row of ‹ and › for the offsets ``before`` and ``after`` that are not None; no row without any.

    ``tail`` is one more argument of both; it is left out if it does not fit into callback data.
    """
    ends = ((t.label("button.before"), before), (t.label("button.after"), after))
    rest = (tail,) if tail and callback.fits(action, _FAR, tail) else ()
    row = tuple(
        press(chat, label, action, offset, *rest) for label, offset in ends if offset is not None
    )
    return (row,) if row else ()


def removable(
    chat: Chat, t: Texts, action: str, items: Sequence[tuple[str, str]], *adds: Button
) -> Keyboard:
    """A ✕ button for each (argument, label), then ``adds``, together at most 98, and back to the settings."""
    buttons = (
        press(chat, f"✕ {label}", action, OFF, argument)
        for argument, label in items[: _MOST_LISTED - len(adds)]
    )
    return (*rows(buttons, 1), *rows(adds, 1), back_and_close(chat, t))


def switch(chat: Chat, label: str, action: str, *arguments: str, is_on: bool) -> Button:
    """A button that turns something on or off; it says which, so that pressing it twice has one effect."""
    return press(chat, ticked(label, is_on=is_on), action, OFF if is_on else ON, *arguments)


def ticked(label: str, *, is_on: bool) -> str:
    """The label, with a tick if it is on."""
    return f"✓ {label}" if is_on else label


def onwards(chat: Chat, t: Texts, step: str) -> tuple[Button, ...]:
    """The last row: to the steps before and after while the chat is being set up, else to the settings."""
    if step_of(chat) is None:
        return back_and_close(chat, t)
    is_chosen = {"when": chat.wish.topics or chat.wish.countries, "where": chat.schedule.at}
    label = t.label("button.next") if is_chosen.get(step) else t.label("button.skip")
    before = {"where": "topics", "done": "schedule"}.get(step)
    there = (press(chat, t.label("button.back"), before),) if before else ()
    return (*there, press(chat, label, "start", step))


def back(chat: Chat, t: Texts, action: str, *arguments: str) -> tuple[Button, ...]:
    """The last row: back, and ✕ unless the chat is being set up, since nothing would lead back to that."""
    there = press(chat, t.label("button.back"), action, *arguments)
    return (there,) if step_of(chat) else (there, close(chat, t))


def back_and_close(chat: Chat, t: Texts) -> tuple[Button, ...]:
    """The last row of a page that the settings open."""
    return back(chat, t, "settings")


def close(chat: Chat, t: Texts) -> Button:
    """✕, which deletes the message."""
    return press(chat, t.label("button.close"), "close")

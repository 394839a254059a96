"""Inline keyboards for the owners of the bot; none is about a subscription. Pure."""

from collections.abc import Iterable, Sequence

from digest.model.delivery import Trouble
from digest.model.messages import Button, Keyboard
from digest.model.sources import Source

from . import callback
from .buttons import OFF, ON, one_line, rows
from .texts import Texts

ADOPT = "adopt"  # argument of the button that makes a reader's own feed everybody's


def feeds(t: Texts, shown: Sequence[Source], before: int | None, after: int | None) -> Keyboard:
    """A button for each feed of the page, then ‹ and ›."""
    opened = (_press(str(source.id), "feed", source.id) for source in shown)
    return (*rows(opened, 5), *_turn(t, "feeds", before, after))


def feed(t: Texts, source: Source) -> Keyboard:
    """On or off for one feed, sharing it with everybody if it is a reader's own, and back to all feeds."""
    label, state = ("button.feed-off", OFF) if source.enabled else ("button.feed-on", ON)
    switch = _press(t.label(label), "feed", source.id, state)
    adopt = _press(t.label("button.adopt"), "feed", source.id, ADOPT)
    first = (switch,) if source.owner is None else (switch, adopt)
    return (first, (_press(t.label("button.back"), "feeds"), _close(t)))


def troubles(t: Texts, shown: Sequence[Trouble], before: int | None, after: int | None) -> Keyboard:
    """A retry button for each part of the page, then ‹ and ›."""
    again = (_press(f"↻ {one.id}", "retry", one.id) for one in shown)
    return (*rows(again, 4), *_turn(t, "errors", before, after))


def broadcast(t: Texts, count: int, day: str) -> Keyboard:
    """Send it to all, or cancel; ``day`` is the date of the preview, as 20260825."""
    yes = _press(t.plural("button.broadcast", count), "broadcast", "send", day)
    return ((yes,), (_press(t.label("button.cancel"), "close"),))


def _turn(t: Texts, action: str, before: int | None, after: int | None) -> Keyboard:
    ends = (("button.before", before), ("button.after", after))
    return _row(_press(t.label(label), action, at) for label, at in ends if at is not None)


def _row(buttons: Iterable[Button]) -> Keyboard:
    row = tuple(buttons)
    return (row,) if row else ()


def _close(t: Texts) -> Button:
    return _press(t.label("button.close"), "close")


def _press(label: str, action: str, *arguments: str | int) -> Button:
    return Button(one_line(label), data=callback.pack(action, *arguments))

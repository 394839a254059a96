"""Refusals: that something is not done, and why."""

from dataclasses import replace

from ..talk.request import Reply, Request, say
from ..talk.texts import texts


def refusal(request: Request, key: str, **values: object) -> Reply:
    """The refusal with text ``key``: an alert over the chat after a button press, else a message."""
    t = texts(request.language)
    if request.data:
        return Reply(notice=t.label(key, **values), alert=True, refused=key)
    return replace(say(t(key, **values)), refused=key)

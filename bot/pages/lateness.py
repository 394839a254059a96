"""What a digest that could not be sent at its hour says about that. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from digest.model.delivery import Outgoing
from digest.model.messages import Message

from ..talk.texts import Texts, texts

TOLERATED = timedelta(hours=1)  # a crowded hour takes 20 minutes, Telegram's waits are shorter


def late(part: Outgoing, now: datetime) -> Message:
    """The message; if it is more than an hour late, with a line below its header that says so."""
    message, since = part.message, part.late_from
    if since is None or now - since <= TOLERATED:
        return message
    t = texts(part.language)
    delay = t.duration(now - since)
    header, *rest = message.html.split("\n")
    if rest and rest[0] == t("digest.late", time=delay):
        return message  # composed late, and sent at once
    if rest and _says_so(rest[0], t):
        rest = rest[1:]  # composed late, and later still by now
    return replace(message, html="\n".join((header, t("digest.outage", time=delay), *rest)))


def _says_so(line: str, t: Texts) -> bool:
    before, after = t("digest.late", time="|").split("|")
    return line.startswith(before) and line.endswith(after)

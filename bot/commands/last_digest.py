"""Which digest a story number refers to, and its stories under the numbers that the reader saw.

That is the digest whose message is replied to, where that is known; else the newest, whether it was scheduled
or asked for.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.compose.stored import StoredDigest, StoredStory, stored
from digest.deliver.record import record
from digest.model.articles import ArticleId, StoryId
from digest.model.chats import Chat
from digest.model.delivery import Slot
from digest.model.digests import Digest
from digest.model.messages import Button, Keyboard

from ..talk.app import App
from ..talk.buttons import rows
from ..talk.request import Remembered, Request
from ..talk.texts import Html, Texts
from ..talk.typed import unread

_A_ROW = 5  # buttons side by side
_STANDS_IN = "messages"  # key of the ids of its messages, added to the stored digest


@dataclass(frozen=True, slots=True)
class Meant:
    """The digest that a story number refers to."""

    slot: Slot  # made up from its end if it was asked for
    digest: StoredDigest
    is_last: bool  # the newest one, not one that is replied to

    @property
    def stories(self) -> tuple[StoredStory, ...]:
        """In order."""
        return self.digest.stories

    def how(self, key: str, words: str, t: Texts) -> Html:
        """How many stories there are to choose from, below an echo of ``words`` that name none of them."""
        told = t.plural(key if self.is_last else "digest.that", len(self.stories))
        return unread(words, told, t)

    def buttons(self, press: Callable[[str, StoredStory], Button]) -> Keyboard:
        """The number of each story as a button, which ``press`` makes from its label and the story."""
        return rows((press(f"{at}", one) for at, one in enumerate(self.stories, 1)), _A_ROW)


async def remember(digest: Digest, chat: Chat, app: App, *, now: datetime) -> Remembered | None:
    """Store a digest that was asked for, so that its numbers work; None if it has no stories to store."""
    if not digest.items:
        return None
    number = await app.offers.put(chat.id, _kind(chat.thread), record(digest).text, now=now)
    return Remembered(chat.id, chat.thread, number)


async def arrived_in(
    messages: Sequence[int], request: Request, digest: Remembered, app: App
) -> None:
    """Store the ids of a remembered digest's messages, so that a reply to one of them means this digest.

    Not if it was asked for in another chat than its own: message ids count per chat.
    """
    kind = _kind(digest.thread)
    text = await app.offers.get(digest.chat, kind, digest.number, now=request.now)
    if text is not None and request.chat == digest.chat:
        document = json.dumps(json.loads(text) | {_STANDS_IN: list(messages)}, ensure_ascii=False)
        await app.offers.amend(digest.chat, kind, digest.number, document)


async def meant(request: Request, chat: Chat, app: App) -> Meant | None:
    """The digest whose message is replied to, where that is known; else the newest; None without any."""
    told = await _replied_to(request, chat, app) if request.chat == chat.id else None
    return Meant(told[0], stored(told[1]), is_last=False) if told else await last_digest(chat, app)


async def last_digest(chat: Chat, app: App) -> Meant | None:
    """The newest digest, scheduled or asked for; None if there is none."""
    sent = await app.ledger.last(chat.id, chat.thread)
    asked = await app.offers.newest(chat.id, _kind(chat.thread), now=app.clock.now())
    found = [
        one for one in (sent, _asked_for(chat.id, chat.thread, asked) if asked else None) if one
    ]
    if not found:
        return None
    slot, text = max(found, key=lambda one: one[0].due_at)
    return Meant(slot, stored(text), is_last=True)


async def _replied_to(request: Request, chat: Chat, app: App) -> tuple[Slot, str] | None:
    """Slot and JSON of the digest in the message that is replied to; None if it is no reply or unknown."""
    message, now = request.replied, request.now
    if message is None:
        return None
    if sent := await app.ledger.of_message(chat.id, message):
        return sent
    for asked in await app.offers.every(chat.id, _kind(chat.thread), now=now):
        if message in json.loads(asked).get(_STANDS_IN, ()):
            return _asked_for(chat.id, chat.thread, asked)
    return None


def _kind(thread: int) -> str:
    return f"digest {thread}"


def _asked_for(chat: int, thread: int, text: str) -> tuple[Slot, str]:
    document = json.loads(text)
    end = datetime.fromisoformat(document["end"])
    local = end.astimezone(ZoneInfo(document["zone"]))
    return Slot(chat, thread, local.date(), f"{local:%H:%M}", end), text


async def leads_in_digest(chat: Chat, app: App) -> Mapping[StoryId, ArticleId]:
    """For each story of the last digest the article that headed it there; empty without a digest."""
    last = await last_digest(chat, app)
    return {one.id: one.articles[0].id for one in last.stories} if last else {}


async def story_numbered(request: Request, words: str, chat: Chat, app: App) -> StoredStory | None:
    """The story with the typed number in the digest that is meant; None for any other words."""
    found = await meant(request, chat, app)
    number = number_of(words, found.stories) if found else None
    return found.stories[number - 1] if found and number else None


def number_of(words: str, stories: Sequence[StoredStory]) -> int | None:
    """The typed words as a number, counted from 1; None if they are none or there is no such story."""
    if not (words.isascii() and words.isdecimal()):
        return None
    number = int(words[:4])
    return number if 1 <= number <= len(stories) else None

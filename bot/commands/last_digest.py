"""The stories of the last digest, by the numbers under which the reader saw them.

That is the one that came last, at its hour or because somebody asked for it: who reads "2" there means it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.compose.stored import StoredDigest, StoredStory, stored
from digest.deliver.record import record
from digest.model.articles import ArticleId, StoryId
from digest.model.chats import Chat
from digest.model.delivery import Slot
from digest.model.digests import Digest

from ..talk.app import App


async def remember(digest: Digest, chat: Chat, app: App, *, now: datetime) -> None:
    """Have its numbers mean its stories for a day, or until the next digest; a quiet one has none."""
    if digest.items:
        await app.offers.put(chat.id, _kind(chat), record(digest).text, now=now)


async def last_digest(chat: Chat, app: App) -> tuple[Slot, StoredDigest] | None:
    """The newest digest and its slot, or when it was asked for."""
    sent = await app.ledger.last(chat.id, chat.thread)
    asked = await app.offers.newest(chat.id, _kind(chat), now=app.clock.now())
    found = [one for one in (sent, _asked_for(chat, asked) if asked else None) if one]
    if not found:
        return None
    slot, text = max(found, key=lambda one: one[0].due_at)
    return slot, stored(text)


def _kind(chat: Chat) -> str:
    return f"digest {chat.thread}"


def _asked_for(chat: Chat, text: str) -> tuple[Slot, str]:
    document = json.loads(text)
    end = datetime.fromisoformat(document["end"])
    local = end.astimezone(ZoneInfo(document["zone"]))
    return Slot(chat.id, chat.thread, local.date(), f"{local:%H:%M}", end), text


async def stories_of(chat: Chat, app: App) -> tuple[StoredStory, ...]:
    """The stories of the last digest, in order; none where there was no digest or a quiet one."""
    last = await last_digest(chat, app)
    return last[1].stories if last else ()


async def leads_in_digest(chat: Chat, app: App) -> Mapping[StoryId, ArticleId]:
    """The article under whose headline each story stood in the last digest."""
    return {one.id: one.articles[0].id for one in await stories_of(chat, app)}


async def story_numbered(words: str, chat: Chat, app: App) -> StoredStory | None:
    """The story of the last digest with a typed number; None for anything else."""
    stories = await stories_of(chat, app)
    number = number_of(words, stories)
    return stories[number - 1] if number else None


def number_of(words: str, stories: Sequence[StoredStory]) -> int | None:
    """The typed number, where there is such a story."""
    if not (words.isascii() and words.isdecimal()):
        return None
    number = int(words[:4])
    return number if 1 <= number <= len(stories) else None

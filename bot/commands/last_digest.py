"""The stories of the last digest, by the numbers under which the reader saw them."""

import json
from collections.abc import Mapping
from typing import Any

from digest.model import ArticleId, Chat

from ..talk.app import App

Story = Mapping[str, Any]  # as `attache digest --format json` has it


async def stories_of(chat: Chat, app: App) -> tuple[Story, ...]:
    """The stories of the last digest, in order; none where there was no digest or a quiet one."""
    last = await app.ledger.last(chat.id, chat.thread)
    return tuple(json.loads(last[1])["stories"]) if last else ()


async def lead_in_digest(number: int, chat: Chat, app: App) -> ArticleId | None:
    """The article under whose headline a story stood in the last digest; None where it did not."""
    leads = (one["articles"][0]["id"] for one in await stories_of(chat, app) if one["id"] == number)
    return next(map(ArticleId, leads), None)


async def story_numbered(words: str, chat: Chat, app: App) -> Story | None:
    """The story of the last digest with a typed number; None for anything else."""
    if not (words.isascii() and words.isdecimal()):
        return None
    stories = await stories_of(chat, app)
    number = int(words[:4])
    return stories[number - 1] if 1 <= number <= len(stories) else None

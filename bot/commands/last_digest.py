"""The stories of the last digest, by the numbers under which the reader saw them."""

from collections.abc import Sequence

from digest.compose.stored import StoredDigest, StoredStory, stored
from digest.model.articles import ArticleId
from digest.model.chats import Chat
from digest.model.delivery import Slot

from ..talk.app import App


async def last_digest(chat: Chat, app: App) -> tuple[Slot, StoredDigest] | None:
    """The newest digest and its slot."""
    last = await app.ledger.last(chat.id, chat.thread)
    return (last[0], stored(last[1])) if last else None


async def stories_of(chat: Chat, app: App) -> tuple[StoredStory, ...]:
    """The stories of the last digest, in order; none where there was no digest or a quiet one."""
    last = await last_digest(chat, app)
    return last[1].stories if last else ()


async def lead_in_digest(number: int, chat: Chat, app: App) -> ArticleId | None:
    """The article under whose headline a story stood in the last digest; None where it did not."""
    leads = (one.articles[0].id for one in await stories_of(chat, app) if one.id == number)
    return next(leads, None)


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

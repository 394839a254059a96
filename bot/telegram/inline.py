"""Answers inline queries with suggestions; one that is too old, or followed by another, is dropped."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.error import BadRequest

from ..pages.inline import Suggestion
from .messenger import NO_PREVIEW
from .replies import is_too_late

log = structlog.get_logger(__name__)

AT_ONCE = 2  # queries of all people; one comes with each letter and takes 0.12 to 0.18 s
KEPT = 60  # seconds for which Telegram gives somebody the same answer: another may read another language


class Newest:
    """Answers one query of a person at a time; of those that wait meanwhile, only the newest."""

    def __init__(self, answer: Callable[[InlineQuery], Awaitable[None]]) -> None:
        self._answer = answer
        self._places = asyncio.Semaphore(AT_ONCE)
        self._newest: dict[int, InlineQuery] = {}

    async def __call__(self, query: InlineQuery) -> None:
        """Answer it, or leave it to the task that answers an earlier one of this person."""
        who = query.from_user.id
        is_in_hand = who in self._newest
        self._newest[who] = query
        if is_in_hand:
            return
        answered = None
        try:
            while answered is not self._newest[who]:
                async with self._places:
                    answered = self._newest[who]
                    await self._answer(answered)
        finally:
            del self._newest[who]


async def show(query: InlineQuery, suggestions: Sequence[Suggestion]) -> None:
    """The suggestions under the line in which somebody types."""
    try:
        await query.answer([_result(one) for one in suggestions], cache_time=KEPT, is_personal=True)
    except BadRequest as error:
        if not is_too_late(error):
            raise
        log.info("inline query answered too late", reason=error.message)


def _result(one: Suggestion) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        one.html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
    )
    return InlineQueryResultArticle(one.id, one.title, content, description=one.about)

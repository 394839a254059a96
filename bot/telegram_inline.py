"""Answers an inline query with cards; one that is too old by then is let go."""

from collections.abc import Sequence

import structlog
from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.error import BadRequest

from .inline import Card
from .telegram_messenger import NO_PREVIEW
from .telegram_replies import is_too_late

log = structlog.get_logger(__name__)

KEPT = 60  # seconds for which Telegram gives somebody the same answer: another may read another language


async def show(query: InlineQuery, cards: Sequence[Card]) -> None:
    """The cards under the line in which somebody types."""
    try:
        await query.answer([_result(card) for card in cards], cache_time=KEPT, is_personal=True)
    except BadRequest as error:
        if not is_too_late(error):
            raise
        log.info("inline query answered too late", reason=error.message)


def _result(card: Card) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        card.html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
    )
    return InlineQueryResultArticle(card.id, card.title, content, description=card.about)

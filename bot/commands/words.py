"""Words without a slash, in private: an answer to the step at hand, else a search."""

from ..app import App
from ..changes import step_of
from ..request import Reply, Request
from ..subscriptions import subscription
from . import schedule, search, timezone, topics


async def words(request: Request, app: App) -> Reply:
    """What typed words come to, by the step at which the chat stands."""
    chat = await subscription(request, app)
    match step_of(chat):
        case "topics":
            return await topics.typed(request, app, chat)
        case "when":
            return await schedule.by_words(request, app, chat)
        case "where":
            return timezone.by_words(request, chat)
    return await search.search(request, app)

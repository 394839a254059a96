"""✕: the message goes away."""

from ..talk.app import App
from ..talk.request import Reply, Request


async def close(request: Request, app: App) -> Reply:
    """Close the message whose button was pressed."""
    return Reply(closes=bool(request.data))

"""✕: the message goes away."""

from ..app import App
from ..request import Reply, Request


async def close(request: Request, app: App) -> Reply:
    """Close the message whose button was pressed."""
    return Reply(closes=bool(request.data))

"""The ✕ button: its message is deleted, or loses its buttons once it is older than 48 hours."""

from ..talk.app import App
from ..talk.request import Reply, Request


async def close(request: Request, app: App) -> Reply:
    """Delete the message whose button was pressed; a typed /close does nothing."""
    return Reply(closes=bool(request.data))

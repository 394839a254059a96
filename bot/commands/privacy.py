"""/privacy: what is stored about a chat, and how to have it deleted."""

from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import texts


async def privacy(request: Request, app: App) -> Reply:
    """The notice; it can be read before anything is stored."""
    return say(texts(request.language)("privacy.text"))

"""/privacy: what is kept about a chat, and how to be rid of it."""

from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import texts


async def privacy(request: Request, app: App) -> Reply:
    """The notice; it can be read before anything is stored."""
    return say(texts(request.language)("privacy.text"))

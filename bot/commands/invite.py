"""/invite, for owners: a link with which others may subscribe where subscribing takes an invitation."""

from ..pages.links import start_link
from ..talk.access import INVITATION_DAYS, invitation
from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import texts


async def invite(request: Request, app: App) -> Reply:
    """A link that is good for a week."""
    t = texts(request.language)
    link = start_link(app.bot_username, invitation(app.secret, now=request.now))
    return say(t.plural("invite.link", INVITATION_DAYS, link=link))

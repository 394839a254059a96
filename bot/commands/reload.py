"""/reload, for owners: tables that were edited are read without a restart."""

import asyncio

from ..intake.reread import reread
from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import texts


async def reload(request: Request, app: App) -> Reply:
    """How many tables are read anew; a table that cannot be read is named instead."""
    t = texts(request.language)
    count = await asyncio.to_thread(reread)
    app.parser.renew()
    return say(t.plural("reload.done", count))

"""/reload, for owners: tables that were edited are read without a restart."""

import asyncio

from ..intake.reread import reread
from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import joined, texts


async def reload(request: Request, app: App) -> Reply:
    """How many tables are read anew; a table that cannot be read is named instead.

    What other processes keep is theirs: they may run on machines whose tables nobody has edited.
    """
    t = texts(request.language)
    count = await asyncio.to_thread(reread)
    app.parser.renew()
    others = [t("reload.others")] if app.articles.is_shared else []
    return say(joined([t.plural("reload.done", count), *others]))

"""/reload, for owners: read edited word lists and other tables anew, without a restart."""

import asyncio

from ..intake.reread import reread
from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import joined, texts


async def reload(request: Request, app: App) -> Reply:
    """Read all tables of this process anew, and say how many. Raises InputError that names a bad table.

    Other processes keep theirs: they may run on machines whose tables nobody has edited.
    """
    t = texts(request.language)
    count = await asyncio.to_thread(reread)
    app.parser.renew()
    others = [t("reload.others")] if app.articles.is_shared else []
    return say(joined([t.plural("reload.done", count), *others]))

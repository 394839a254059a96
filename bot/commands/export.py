"""/export: the last digest as a press review, a file in Markdown or HTML."""

import json
from datetime import date

from digest.model import Message

from .. import keyboards
from ..app import App
from ..callback import arguments
from ..export_files import as_html, as_markdown, press_review
from ..request import Document, Reply, Request, say
from ..subscriptions import subscription
from ..texts import texts

_FORMS = {"html": "html", "md": "md", "markdown": "md"}


async def export(request: Request, app: App) -> Reply:
    """The file in the form that was asked for; without one in Markdown, with a button for HTML."""
    chat = await subscription(request, app)
    t = texts(chat.language)
    last = await app.ledger.last(chat.id, chat.thread)
    stored = json.loads(last[1]) if last else {}
    if last is None or not stored["stories"]:
        return say(t("export.nothing"))
    day = last[0].local_date
    asked = (*arguments(request.data), request.words.strip().casefold())
    form = next((_FORMS[word] for word in asked if word in _FORMS), None)
    review = press_review(stored, day, t, username=app.bot_username)
    if form == "html":
        return Reply(document=_file(day, "html", as_html(review, language=t.language)))
    document = _file(day, "md", as_markdown(review))
    if form == "md":
        return Reply(document=document)
    other = keyboards.one_button(chat, t.label("button.as-html"), "export", "html")
    return Reply(messages=(Message(t("export.done", day=t.day(day)), other),), document=document)


def _file(day: date, form: str, content: bytes) -> Document:
    return Document(f"attache-{day.isoformat()}.{form}", content)

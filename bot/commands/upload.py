"""A file sent in private: stored for this reader alone, and summarised in sentences linked to its text."""

import asyncio
from dataclasses import replace

from digest.compose.single import best_sentences
from digest.errors import InputError, Overrun, SourceError, Unreadable
from digest.gather import drafts
from digest.gather.documents.files import Skipped, kind_of
from digest.gather.feed.opml import is_opml
from digest.model.articles import Article
from digest.model.chats import Chat
from digest.model.gathered import Draft
from digest.read.article import identity

from ..pages.links import proof_link
from ..pages.summary import summary_page
from ..talk import markup
from ..talk.app import App
from ..talk.own import MOST, own_of
from ..talk.request import Document, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import texts_of
from . import opml
from .add import own_button

MOST_BYTES = 10_000_000  # Telegram hands out 20 MB at most; a text of that size is no article
_LONGEST_NAME = 100  # characters


async def upload(request: Request, app: App) -> Reply:
    """The summary of the file that came with the request, or why there is none; an OPML file is imported."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    document = request.document
    if document is None or len(document.content) > MOST_BYTES:
        return say(t("file.too-large", limit=MOST_BYTES // 1_000_000))
    name = name_of(document)
    if is_opml(document.content):
        return await opml.take(name, document.content, chat, request, app)
    found = kind_of(name, document.content)
    if isinstance(found, Skipped) or found.kind == "feed":
        return say(t("file.unknown"))
    try:
        (draft,) = await app.parser(
            drafts.of_data, document.content, found.kind, name, seen_at=request.now
        )
        return await _keep(replace(draft, file=name), chat, request, app)
    except Unreadable as error:
        return say(t(f"file.{error.why or 'no-article'}"))
    except (SourceError, InputError):
        return say(t("file.no-article"))


def name_of(document: Document) -> str:
    """The file's name on one line, without a folder; its ending stays where it is long."""
    name = document.name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in name if sign.isprintable()).strip() or "file"
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[:80]}…{plain[-19:]}"


async def _keep(draft: Draft, chat: Chat, request: Request, app: App) -> Reply:
    """Store the article unless it is known, and summarise it. Raises Overrun if it has no text."""
    t = texts_of(chat)
    marks = await asyncio.to_thread(identity, draft, owner=chat.id)
    stored = await _stored(*marks, chat.id, app)
    if stored is None:
        if not (await own_of(chat.id, app)).room:
            return say(t("own.full", limit=MOST), own_button(chat, t))
        await app.intake.take((draft,), seen_at=request.now, owner=chat.id)
        stored = await _stored(*marks, chat.id, app)
    assert stored is not None, "what was taken in is there"
    kept, link = stored, proof_link(app.bot_username)
    if not kept.text:  # its title is all that could be read
        await app.articles.remove(kept.id, owner=chat.id)
        raise Overrun(f"{kept.file} could not be read, and is not kept")
    sentences = await app.parser(best_sentences, kept)
    zone = chat.schedule.zone
    page = summary_page(kept, sentences, lambda start: link(kept, start), t, zone=zone)
    return say(markup.html(page), own_button(chat, t))


async def _stored(key: str, fingerprint: str, reader: int, app: App) -> Article | None:
    """The stored article with this key or fingerprint, if its text has not changed; else None."""
    known = await app.articles.known([key], [fingerprint])
    found = known.get(key) or known.get(fingerprint)
    if found is None or found.fingerprint != fingerprint:
        return None
    return await app.articles.get(found.id, reader=reader)

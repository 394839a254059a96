"""Digests and alerts as a chat gets them, and digests composed on request."""

import asyncio
from datetime import datetime

from digest.compose.compose import compose
from digest.compose.due import Due, next_due
from digest.compose.edition import edition
from digest.compose.view import reader_of, window_of
from digest.deliver import alerts, press
from digest.model.chats import Chat, Schedule
from digest.model.delivery import Layout
from digest.model.digests import Digest, Shown, Snapshot
from digest.model.messages import Message
from digest.ports import ArticleStore, ChatStore

from ..pages import digest as render
from ..pages.alert import alert_page
from ..pages.links import proof_link
from ..talk import markup
from ..talk.texts import texts_of


def due_after(schedule: Schedule, after: datetime) -> datetime | None:
    """The instant of the first appointment after ``after``."""
    due = next_due(schedule, after)
    return due.due_at if due else None


def renderer(username: str) -> press.RenderDigest:
    """A function that lays out a digest for a chat."""
    link = proof_link(username)

    def lay_out(digest: Digest, chat: Chat, due: Due, now: datetime) -> Layout:
        is_channel = chat.kind == "channel"
        is_silent = is_channel and not chat.sound
        occasion = render.Occasion(
            chat.schedule.zone,
            due.due_at,
            now,
            commands=not is_channel,
            shared=chat.kind != "private",
            place=chat.schedule.place,
        )
        found, kept = render.fitted(digest, occasion, texts_of(chat), link)
        return Layout(tuple(Message(markup.html(page), silent=is_silent) for page in found), kept)

    return lay_out


def alert_renderer(username: str) -> alerts.RenderAlert:
    """A function that lays out an alert for a chat."""
    link = proof_link(username)

    def lay_out(digest: Digest, chat: Chat, *, is_critical: bool) -> Layout:
        return alert_page(digest, chat, texts_of(chat), link, is_critical=is_critical)

    return lay_out


class Composer:
    """Composes digests on request; nothing counts as shown, and no cursor moves."""

    def __init__(self, *, articles: ArticleStore, chats: ChatStore, username: str) -> None:
        self._articles, self._chats = articles, chats
        self._render = renderer(username)

    async def __call__(
        self, chat: Chat, *, now: datetime, since: datetime | None = None
    ) -> tuple[Digest, tuple[Message, ...]]:
        window = window_of(chat, now, since)
        snapshot = await self._articles.snapshot(window, reader=reader_of(chat))
        shown = await self._chats.shown((chat,)) if since is None else {}
        had = shown.get((chat.id, chat.thread), Shown())
        return await asyncio.to_thread(self._made, snapshot, chat, had, now)

    def _made(
        self, snapshot: Snapshot, chat: Chat, had: Shown, now: datetime
    ) -> tuple[Digest, tuple[Message, ...]]:
        digest = compose(edition(snapshot), chat.wish, had)
        layout = self._render(digest, chat, Due(now.date(), "", now), now)
        return layout.kept, layout.messages

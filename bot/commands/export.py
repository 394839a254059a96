"""/export: the last digest, or a story, as a press review: a file in Word, Markdown or HTML. Reads only."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from digest.compose.card import card
from digest.compose.export import as_json
from digest.compose.stored import StoredDigest, digest_of
from digest.compose.view import reader_of
from digest.model.articles import ArticleId, StoryId
from digest.model.chats import Chat
from digest.model.digests import Digest, Window
from digest.model.messages import Keyboard

from ..pages.docx_file import as_docx
from ..pages.export_files import as_html, as_markdown, press_review
from ..talk.app import App
from ..talk.buttons import press
from ..talk.callback import arguments
from ..talk.request import NOTHING, Document, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Texts, texts_of
from ..talk.typed import unread
from .last_digest import meant

_FORMS = {"docx": "docx", "word": "docx", "html": "html", "md": "md", "markdown": "md"}
_LABELS = (("docx", "Word"), ("html", "HTML"), ("md", "Markdown"))  # the same in every language
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Review:
    """What is exported: a stored digest, its title, its day and the name of its file without ending."""

    digest: StoredDigest
    title: str
    day: date
    name: str


async def export(request: Request, app: App) -> Reply:
    """The file in the format that was asked for; without one the question, with a button for each."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    match arguments(request.data):
        case () | ("",):
            return await _answered(request.words.strip().casefold(), (), chat, t, request, app)
        case ("s", *story) if _is_story(story):
            return await _answered("", story, chat, t, request, app)
        case (form, "s", *story) if form in _FORMS and _is_story(story):
            return await _answered(form, story, chat, t, request, app)
        case (form,) if form in _FORMS:
            return await _answered(form, (), chat, t, request, app)
    return NOTHING


def _is_story(numbers: Sequence[str]) -> bool:
    """Whether the arguments are a story's id, and perhaps that of the article that heads its card."""
    return len(numbers) in (1, 2) and all(map(_NUMBER.fullmatch, numbers))


async def _answered(
    form: str, story: Sequence[str], chat: Chat, t: Texts, request: Request, app: App
) -> Reply:
    review = await (
        _of_story(story, chat, request, app) if story else _of_digest(request, chat, app)
    )
    if review is None:
        return say(t("story.gone" if story else "export.nothing"))
    if form not in _FORMS:
        question = unread(request.words, t("export.ask", title=review.title), t)
        return say(question, _keyboard(chat, story))
    written = asyncio.to_thread(_written, review, _FORMS[form], t, app.bot_username)
    return Reply(document=Document(f"{review.name}.{_FORMS[form]}", await written))


async def _of_digest(request: Request, chat: Chat, app: App) -> _Review | None:
    """The digest that is meant; None where there is none or it has no stories."""
    found = await meant(request, chat, app)
    if found is None or not found.stories:
        return None
    day, t = found.slot.local_date, texts_of(chat)
    title = t.label("export.digest", day=t.day(day))
    return _Review(found.digest, title, day, f"attache-{day.isoformat()}")


async def _of_story(named: Sequence[str], chat: Chat, request: Request, app: App) -> _Review | None:
    """A story as a digest of its own, under the headline of its card; None where it is gone."""
    story, *leads = map(int, named)
    articles = await app.articles.story(StoryId(story), reader=reader_of(chat))
    zone, lead = chat.schedule.zone, ArticleId(leads[0]) if leads else None
    made = await asyncio.to_thread(card, articles, now=request.now, zone=zone, lead=lead)
    if made is None:
        return None
    window = Window(request.now, request.now, zone)
    read, item = len(articles), made.item
    whole = Digest(window=window, articles_read=read, stories_seen=1, minutes=5, items=(item,))
    stored, title = digest_of(as_json(whole)), item.headline[:200]
    today = request.now.astimezone(ZoneInfo(zone)).date()
    return _Review(stored, title, today, f"attache-story-{story}")


def _written(review: _Review, form: str, t: Texts, username: str) -> bytes:
    blocks = press_review(review.digest, review.day, t, username=username)
    match form:
        case "docx":
            return as_docx(blocks, review.day, language=t.language)
        case "html":
            return as_html(blocks, language=t.language)
    return as_markdown(blocks)


def _keyboard(chat: Chat, story: Sequence[str]) -> Keyboard:
    about = ("s", *story) if story else ()
    return (tuple(press(chat, label, "export", form, *about) for form, label in _LABELS),)

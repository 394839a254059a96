"""/story n and ?start=s_<story>: one story as a whole, with its days, voices and sources. Reads only."""

import asyncio
import re
from dataclasses import replace

from digest.compose.card import card
from digest.compose.view import reader_of
from digest.model.articles import ArticleId, StoryId
from digest.model.chats import Chat
from digest.model.messages import Keyboard

from ..pages.card import card_page
from ..pages.links import proof_link
from ..talk import markup
from ..talk.app import App
from ..talk.buttons import ON, press
from ..talk.callback import arguments, is_number
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Texts, texts, texts_of
from .last_digest import meant, number_of
from .refusing import refusal

PREFIX = "s_"
_FORM = re.compile(r"s_([0-9]{1,18})", re.ASCII)


async def story(request: Request, app: App) -> Reply:
    """The card of story n of the digest that is meant, under the headline that it has there."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    if request.data:
        return await _pressed(chat, t, request, app)
    found = await meant(request, chat, app)
    if found is None or (found.is_last and not found.stories):
        return say(t("story.none"))
    number = number_of(request.words, found.stories)
    if number is None:
        keyboard = found.buttons(lambda n, one: press(chat, n, "story", one.id, one.articles[0].id))
        return say(found.how("story.how", request.words, t), keyboard)
    asked = found.stories[number - 1]
    lead = asked.articles[0].id
    return await _shown(asked.id, chat, t, request, app, lead=lead)


async def _pressed(chat: Chat, t: Texts, request: Request, app: App) -> Reply:
    """The card behind a number button, which holds the ids: a newer digest does not change what it means."""
    match arguments(request.data):
        case (number, lead) if is_number(number) and is_number(lead):
            article = ArticleId(int(lead))
            return await _shown(StoryId(int(number)), chat, t, request, app, lead=article)
    return NOTHING


async def linked_story(request: Request, app: App) -> Reply:
    """The card that a deep link leads to; a refusal where it leads to none."""
    asked = _FORM.fullmatch(request.words)
    if asked is None:
        return refusal(request, "refuse.link")
    chat = await app.chats.get(request.chat, request.thread)
    t = texts(request.language)
    return await _shown(StoryId(int(asked[1])), chat, t, request, app)


async def _shown(
    number: StoryId,
    chat: Chat | None,
    t: Texts,
    request: Request,
    app: App,
    *,
    lead: ArticleId | None = None,
) -> Reply:
    articles = await app.articles.story(number, reader=reader_of(chat) if chat else None)
    zone = chat.schedule.zone if chat else "UTC"
    made = await asyncio.to_thread(card, articles, now=request.now, zone=zone, lead=lead)
    if made is None:
        return replace(say(t("story.gone")), refused="story.gone")
    page = card_page(made, t, proof_link(app.bot_username))
    return say(markup.html(page), _keyboard(number, made.item.lead, chat, t) if chat else ())


def _keyboard(number: StoryId, lead: ArticleId, chat: Chat, t: Texts) -> Keyboard:
    """Buttons to follow, save, mute and export the story; the file has the headline of this card."""
    ref = f"s:{number}"
    return (
        (
            press(chat, t.label("button.follow-story"), "follow", ON, ref),
            press(chat, t.label("button.save-story"), "save", ref),
        ),
        (
            press(chat, t.label("button.mute-story"), "mute", ON, ref),
            press(chat, t.label("button.export-story"), "export", ref, lead),
        ),
    )

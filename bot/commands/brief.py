"""/brief TR and /brief IR-US: the stories of 1, 7 or 30 days on a country, or on two countries together.

/brief sanctions sends the chart of a topic, since the stories of a topic do not belong together. Reads only.
"""

import asyncio
from datetime import timedelta
from itertools import chain, islice

from digest.compose.brief import brief as composed
from digest.compose.view import reader_of
from digest.model.chats import Chat
from digest.model.digests import Window
from digest.model.messages import Keyboard, Message
from seeds.topics import SLUGS

from ..pages.brief import brief_page
from ..pages.links import proof_link
from ..talk import markup
from ..talk.app import App
from ..talk.buttons import press, rows, ticked
from ..talk.callback import arguments
from ..talk.labels import single_countries
from ..talk.near import countries_and_topics, name_of, topic_named
from ..talk.refs import country_or_pair, is_place, is_story, pair_by_blank, pairs_near, place_name
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Texts, joined, texts_of
from .last_digest import last_digest
from .volume import drawn

_DAYS = (1, 7, 30)
_FIRST = 7  # days of a typed brief
_MOST = 500  # articles that are read at most, the latest
_PROPOSED = 8  # buttons at most where no place is typed
_NEAR = 3  # buttons at most where a pair is misspelt
_LONGEST = 100  # characters of two names
_RELEVANCE = 0.3  # 0..1; below RELEVANT, since articles of a story may be less about diplomacy


async def brief(request: Request, app: App) -> Reply:
    """The brief or chart that was typed or pressed; a pressed brief is edited in place."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    if request.data:
        match arguments(request.data):
            case (days, place) if days in map(str, _DAYS) and is_place(place):
                message = await _message(place, int(days), chat, t, request, app)
                return Reply(messages=(message,), edits=True)
            case ("picture", what) if what in SLUGS or is_place(what):
                return await drawn(what, chat, t, request, app)
        return NOTHING
    if not request.words.strip():
        return say(t("brief.how"), await _proposed(chat, t, app))
    asked = request.words.strip()[:_LONGEST]
    named, topic = country_or_pair(asked, t), topic_named(asked, t)
    if named is None and topic is not None:
        return await drawn(topic, chat, t, request, app)
    named = named or pair_by_blank(asked, t)
    if named is None:
        return _unknown(asked, chat, t)
    return Reply(messages=(await _message(named, _FIRST, chat, t, request, app),))


async def _proposed(chat: Chat, t: Texts, app: App) -> Keyboard:
    """A button for each place that is followed, wanted or in the last digest, eight at most."""
    followed = (ref for ref in sorted(chat.wish.follow) if not is_story(ref))
    last = await last_digest(chat, app)
    told = (code for story in last.stories for code in story.countries) if last else ()
    refs = dict.fromkeys(chain(followed, single_countries(chat), filter(is_place, told)))
    buttons = (press(chat, place_name(ref, t), "brief", _FIRST, ref) for ref in refs)
    return rows(islice(buttons, _PROPOSED), 2)


def _unknown(asked: str, chat: Chat, t: Texts) -> Reply:
    """What can be typed, and a button for each place or topic with a name spelt nearly so."""
    near = pairs_near(asked, t, countries_and_topics)[:_NEAR] or countries_and_topics(asked)
    if not near:
        return say(t("brief.unknown", words=asked))
    buttons = (
        press(chat, name_of(ref, t), "brief", "picture" if ref in SLUGS else _FIRST, ref)
        for ref in near
    )
    return say(joined([t("brief.unknown", words=asked), t("typing.near")]), rows(buttons, 1))


async def _message(
    place: str, days: int, chat: Chat, t: Texts, request: Request, app: App
) -> Message:
    countries = frozenset(place.split("-"))
    window = Window(request.now - timedelta(days=days), request.now, chat.schedule.zone)
    reader = reader_of(chat)
    publications = await app.articles.publications(window.start, countries=countries, reader=reader)
    articles = await app.articles.recent(
        window.start, limit=_MOST, countries=countries, relevance=_RELEVANCE, reader=reader
    )
    made = await asyncio.to_thread(composed, articles, publications, window)
    page = brief_page(made, place_name(place, t), days, t, proof_link(app.bot_username))
    return Message(markup.html(page), _keyboard(chat, t, place, days))


def _keyboard(chat: Chat, t: Texts, place: str, shown: int) -> Keyboard:
    labels = ((days, t.label("button.days", count=days)) for days in _DAYS)
    return (
        tuple(
            press(chat, ticked(label, is_on=days == shown), "brief", days, place)
            for days, label in labels
        ),
        (press(chat, t.label("button.picture"), "brief", "picture", place),),
    )

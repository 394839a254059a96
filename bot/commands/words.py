"""Words without a slash, in private: an address, an answer to the step at hand, a story, else a search."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from digest.model.chats import Chat

from ..talk.app import App
from ..talk.changes import Step, step_of
from ..talk.places import fold, zones_named
from ..talk.request import Reply, Request
from ..talk.subscriptions import subscription
from ..talk.texts import texts
from ..talk.typed import address, when
from . import add, beforehand, schedule, search, settings, story, timezone, topics, why
from .digest import digest
from .help import help
from .stop import stop

_STORY = re.compile(r"([0-9]{1,2})", re.ASCII)  # a digest has fewer than a hundred
_WHY = re.compile(  # in each language of the bot
    r"(?:why|warum|pourquoi|¿?por ?qu[eé]|почему|чому)\s+([0-9]{1,2})\s*\??", re.IGNORECASE
)
# Commands that people say as a word, folded. None does harm: a stop is undone by a tap.
_PLAIN: Mapping[str, Callable[[Request, App], Awaitable[Reply]]] = {
    **dict.fromkeys(("help", "hilfe", "aide", "ayuda", "помощь", "допомога"), help),
    **dict.fromkeys(
        (
            "settings",
            "einstellungen",
            "reglages",
            "parametres",
            "ajustes",
            "настроики",
            "налаштування",
        ),
        settings.settings,
    ),
    **dict.fromkeys(
        (
            "stop",
            "stopp",
            "unsubscribe",
            "abbestellen",
            "arreter",
            "parar",
            "стоп",
            "отписаться",
            "відписатися",
        ),
        stop,
    ),
    **dict.fromkeys(("digest", "boletin", "даиджест"), digest),
}


async def addressed(request: Request, app: App) -> Request:
    """The request with the channel it is about: one in set-up whose question the words answer."""
    own = await app.chats.get(request.chat)
    if own is not None and step_of(own):
        return request
    managed = await app.chats.owned_by(request.user)
    channels = (one for one in managed if one.kind == "channel")  # a group is asked where it is
    waiting = next((one for one in channels if _answers(request.words, one)), None)
    return replace(request, target=waiting.id) if waiting else request


def _answers(words: str, chat: Chat) -> bool:
    t = texts(chat.language)
    match step_of(chat):
        case "topics":
            return topics.knows(words, t)
        case "when":
            return when(words, str(t.locale)) is not None
        case "where":
            return bool(zones_named(words, t))
    return False


async def words(request: Request, app: App) -> Reply:
    """What typed words come to, by the step at which the chat stands."""
    if handler := _PLAIN.get(fold(request.words.rstrip("!.?"))):
        return await handler(replace(request, words=""), app)
    chat = await subscription(request, app)
    if (url := address(request.words)) and chat.kind == "private":
        return await add.offer(url, chat, request, app)
    if step := step_of(chat):
        return await _in_set_up(step, request, app, chat)
    if number := _STORY.fullmatch(request.words):
        return await story.story(replace(request, words=number[1]), app)
    if number := _WHY.fullmatch(request.words):
        return await why.why(replace(request, words=number[1]), app)
    return await search.search(request, app)


async def _in_set_up(step: Step, request: Request, app: App, chat: Chat) -> Reply:
    """The answer to the step at hand, or to another one."""
    if early := await beforehand.taken(step, request, app, chat):
        return early
    match step:
        case "topics":
            return await topics.typed(request, app, chat)
        case "when":
            return await schedule.by_words(request, app, chat)
        case "where":
            return timezone.by_words(request, chat)

"""Text without a slash, in private: the reply depends on what was asked, then on what the words say.

In this order: the answer to an open question, a command by its name alone, a web address, the answer to a
step of the set-up, a command with its words, else a search.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from digest.model.chats import Chat

from ..talk.aiming import aim
from ..talk.app import App
from ..talk.changes import Step, lacks_hour, step_of
from ..talk.locations import city_located
from ..talk.places import zones_named
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Html, joined, texts, texts_of
from ..talk.typed import address
from . import (
    add,
    ahead,
    asked,
    beforehand,
    brief,
    catchup,
    follow,
    mute,
    offers,
    quotes,
    saved,
    schedule,
    search,
    settings,
    sources,
    start,
    timezone,
    topics,
    why,
)
from .deletemydata import deletemydata
from .digest import digest
from .help import help
from .names import (
    agrees,
    asks,
    command_called,
    goes_on,
    is_idle,
    mentioned,
    misspelt,
    without_please,
)
from .router import Handler, route
from .stop import stop
from .unslashed import unslashed

_MARKS = "!.?"  # may follow a command's name
_SAYS_SOMETHING = re.compile(r"\w")
# Commands that people say as a word. None does harm: a stop is undone by a tap, deleting asks first.
_PLAIN: Mapping[str, Handler] = {
    "help": help,
    "settings": settings.settings,
    "stop": stop,
    "pause": stop,
    "digest": digest,
    "start": start.start,
    "brief": brief.brief,
    "ahead": ahead.ahead,
    "quotes": quotes.quotes,
    "why": why.why,
    "topics": topics.topics,
    "schedule": schedule.schedule,
    "sources": sources.sources,
    "saved": saved.saved,
    "follow": follow.follow,
    "unfollow": follow.unfollow,
    "mute": mute.mute,
    "unmute": mute.unmute,
    "catchup": catchup.catchup,
    "lang": settings.language,
    "timezone": timezone.timezone,
    "deletemydata": deletemydata,
}


async def addressed(request: Request, app: App) -> Request:
    """The request, aimed at the chat whose question it answers: one that asked, or a channel in set-up."""
    request = replace(request, words=without_please(request.words))
    if (wanted := await asked.asked(request, app)) and _answer(wanted, request) is not None:
        return asked.about(wanted, request)
    own = await app.chats.get(request.chat)
    if own is not None and step_of(own):
        return request
    managed = await app.chats.owned_by(request.user)
    channels = (one for one in managed if one.kind == "channel")  # a group is asked where it is
    waiting = next((one for one in channels if _answers(request, one)), None)
    return replace(request, target=waiting.id) if waiting else request


def _answers(request: Request, chat: Chat) -> bool:
    """Whether it answers the set-up step of the channel; a location answers "where" alone."""
    step, words = step_of(chat), request.words
    if request.point is not None or step is None:
        return step == "where"
    return agrees(words) or goes_on(words) or _is_answer(step, words, chat)


async def words(request: Request, app: App) -> Reply:
    """The reply to typed words: as the answer to the open question, which it closes, or by what they say."""
    request = replace(request, words=without_please(request.words))
    wanted = await asked.asked(request, app)
    await asked.over(request, app)
    answer = _answer(wanted, request) if wanted else None
    if wanted is None or answer is None:
        return await _unasked(request, app)
    return await _answered_question(wanted.action, replace(request, words=answer), app)


def _answer(wanted: asked.Asked, request: Request) -> str | None:
    """The words that answer the question, without the command's name; None for another command."""
    if _plain(request.words):
        return None
    command, said = unslashed(request, texts(request.language)) or ("", request)
    if said == request:  # no command, or the number of a story, which may be what is to be followed
        return request.words
    return said.words if command == wanted.action else None


async def _unasked(request: Request, app: App) -> Reply:
    """The reply to words that answer no open question."""
    if handler := _plain(request.words):
        return await handler(replace(request, words=""), app)
    if not _SAYS_SOMETHING.search(request.words) and not is_idle(request.words):
        return await help(replace(request, words=""), app)
    chat = await subscription(request, app)
    if (url := address(request.words)) and chat.kind == "private":
        return await add.offer(url, chat, request, app)
    if step := step_of(chat):
        return await _in_set_up(step, request, app, chat)
    if command := unslashed(request, texts_of(chat)):
        return await route(*command, app)
    if is_idle(request.words):
        return say(texts_of(chat)("words.idle"))
    return await _searched(request, app, chat)


async def _searched(request: Request, app: App, chat: Chat) -> Reply:
    """The results of a search, below buttons for what else may be meant.

    If nothing is found there are more buttons, and the commands that are named in the words.
    """
    above = await offers.at_once(request, app, chat)
    if above:
        return await search.looked_for(request, app, above=above)
    instead = await offers.within(request, app, chat)
    named = mentioned(request.words) or misspelt(request.words)
    return await search.looked_for(request, app, else_above=instead, else_meant=named)


def _plain(words: str) -> Handler | None:
    """The command that is typed as its name alone; help for "what can you do?"; None for other words."""
    return help if asks(words) else _PLAIN.get(command_called(words.rstrip(_MARKS)) or "")


async def _answered_question(action: str, request: Request, app: App) -> Reply:
    """The page of /follow or /mute after it has taken the words; unchanged where they only say "no"."""
    given = replace(request, words="") if is_idle(request.words) else request
    reply = await (mute.mute if action == "mute" else follow.follow)(given, app)
    if request.target is None:
        return reply
    return aim(reply, request.target, request.target_thread)


async def _in_set_up(step: Step, request: Request, app: App, chat: Chat) -> Reply:
    """The reply during a set-up: the words may answer this step or another, confirm, or be a command."""
    request = replace(request, words=request.words.rstrip("?! "))
    if agrees(request.words) and (place := await timezone.asked_of(chat, app, now=request.now)):
        return replace(await timezone.settle(request, app, chat, place), edits=False)
    await timezone.ask(None, chat, app, now=request.now)
    if not request.words or is_idle(request.words):
        return await _onwards(step, request, app, chat)
    if command := _command_in_set_up(request, chat):
        return await route(*command, app)
    if early := await beforehand.taken(step, request, app, chat):
        return early
    reply = await _answered(step, request, app, chat)
    named = mentioned(request.words) or misspelt(request.words)
    if not named or _is_answer(step, request.words, chat):
        return reply
    page = reply.messages[-1]
    meant = search.meant(named, texts_of(chat))
    return replace(reply, messages=(replace(page, html=joined([Html(page.html), meant])),))


def _command_in_set_up(request: Request, chat: Chat) -> tuple[str, Request] | None:
    """A command with its words; a bare number is no story, since no digest came yet."""
    if request.words.isdecimal():
        return None
    return unslashed(request, texts_of(chat))


async def _answered(step: Step, request: Request, app: App, chat: Chat) -> Reply:
    """The reply of the current step to the words, whether it understands them or not."""
    match step:
        case "topics":
            place = city_located(request.words, texts_of(chat))
            await timezone.ask(place, chat, app, now=request.now)
            return await topics.typed(request, app, chat)
        case "when":
            return await schedule.by_words(request, app, chat)
        case "where":
            return await timezone.by_words(request, app, chat)


def _is_answer(step: Step, words: str, chat: Chat) -> bool:
    """Whether the words say what the step asks for."""
    match step:
        case "topics":
            return topics.knows(words, texts_of(chat))
        case "when":
            return schedule.answer(words) is not None
        case "where":
            return bool(zones_named(words, texts_of(chat)))


async def _onwards(step: Step, request: Request, app: App, chat: Chat) -> Reply:
    """The next step, as its button shows it, for "next"; for "ok" only if this step needs nothing more."""
    has_answered = {"topics": True, "when": bool(chat.schedule.at)}.get(step, False)
    if not (goes_on(request.words) or (agrees(request.words) and has_answered)):
        return Reply(messages=(await start.page(chat, request, app, introduces=False),))
    next_step = {"topics": "when", "when": "where"}.get(
        step, "when" if lacks_hour(chat) else "done"
    )
    pressed = replace(request, words="", data=f"start:{next_step}")
    return replace(await start.start(pressed, app), edits=False)

"""Buttons for what a typed sentence may ask for: an hour, days, a topic, a language, a place, a story."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from digest.model.chats import Chat
from digest.model.messages import Button, Keyboard
from seeds.topics import SLUGS

from ..talk import hours, keyboards, labels
from ..talk.app import App
from ..talk.buttons import OFF, ON, one_button, press, rows
from ..talk.labels import whole_regions
from ..talk.locations import city_located
from ..talk.near import name_of, named_within
from ..talk.places import REGIONS
from ..talk.request import Request
from ..talk.texts import Texts, texts_of
from ..talk.typed import language
from . import meaning, schedule
from .last_digest import meant, number_of
from .names import leads_to_a_place, mentioned, speaks
from .unslashed import in_doubt

_WORD = re.compile(r"[\w'’-]+")
_READ, _MOST = 20, 3  # words of a sentence, and buttons of a kind
_LONGEST_NAME = 3  # words
_SHORTEST_NAME = 4  # letters
_NUMBER = re.compile(r"(?<![\w:.,-])[0-9]{1,2}(?![\w:-])", re.ASCII)
_OF_A_STORY = ("story", "why", "save")


async def at_once(request: Request, app: App, chat: Chat) -> Keyboard:
    """Buttons if the words are just a thing to follow or mute, another language, hours or days; else ()."""
    if may := in_doubt(request.words):
        return await meaning.proposal(*may, chat, app, now=request.now)
    code = language(request.words)
    if code and code != chat.language:
        return one_button(chat, *_language(code, texts_of(chat)))
    match schedule.hours_in(request.words):
        case (at, days) if at and not days:
            return rows(_hours(at, chat), _MOST)
        case ((), days) if len(days) > 1 and days != chat.schedule.weekdays:
            label = f"🗓 {labels.day_names(days, texts_of(chat))}"
            return one_button(chat, label, "schedule", "days", "".join(map(str, sorted(days))))
    return ()


async def within(request: Request, app: App, chat: Chat) -> Keyboard:
    """Buttons for all that a sentence names; they stand where a search for it finds no article.

    Unless it addresses the bot ("I", "you"), only stories of the digest are offered.
    """
    words, t = request.words, texts_of(chat)
    at = hours.within(words) if speaks(words) else ()
    stories = () if at else await _stories(request, app, chat)
    if not speaks(words):
        return rows(stories, _MOST)
    offered = chain(
        stories,
        _hours(at, chat),
        _languages(words, chat, t),
        islice(_switches(words, chat, t), _MOST),
        islice(_places(words, chat, t), _MOST),
    )
    return rows(offered, 2)


async def _stories(request: Request, app: App, chat: Chat) -> tuple[Button, ...]:
    """A button for each story of the digest that the sentence gives the number of."""
    about = set(mentioned(request.words, everyday=True)) & set(_OF_A_STORY)
    numbers = _NUMBER.findall(request.words)[:_MOST]
    if not numbers or not (about or speaks(request.words)):
        return ()
    found = await meant(request, chat, app)
    stories = found.stories if found else ()
    named = {number: stories[number - 1] for one in numbers if (number := number_of(one, stories))}
    return tuple(
        press(chat, f"📖 {number}", "story", one.id, one.articles[0].id)
        for number, one in named.items()
    )


def _hours(named: tuple[str, ...], chat: Chat) -> tuple[Button, ...]:
    return tuple(
        press(chat, f"🕘 + {hour}", "schedule", ON, hour.replace(":", ""))
        for hour in named[:_MOST]
        if hour not in chat.schedule.at
    )


def _language(code: str, t: Texts) -> tuple[str, str, str, str]:
    return f"🗣 {t.language_name(code)}", "settings", "language", code


def _languages(words: str, chat: Chat, t: Texts) -> Iterator[Button]:
    codes = dict.fromkeys(map(language, _WORD.findall(words)[:_READ]))
    return (press(chat, *_language(code, t)) for code in codes if code and code != chat.language)


def _switches(words: str, chat: Chat, t: Texts) -> Iterator[Button]:
    """A switch for each topic and region that is named."""
    for ref in named_within(words, t):
        if ref in SLUGS:
            yield _switch(chat, t, ref, ref, is_on=ref in chat.wish.topics)
        elif ref in REGIONS:
            yield _switch(chat, t, ref, "region", ref, is_on=ref in whole_regions(chat))


def _switch(chat: Chat, t: Texts, ref: str, *arguments: str, is_on: bool) -> Button:
    sign, action = ("✕", OFF) if is_on else ("+", ON)
    return press(chat, f"{sign} {name_of(ref, t)}", "topics", action, *arguments)


def _places(words: str, chat: Chat, t: Texts) -> Iterator[Button]:
    """A button for the time zone of each city behind a preposition of place: "I am in Oslo"."""
    each = _WORD.findall(words)[:_READ]
    runs = (
        " ".join(each[at : at + size])
        for at in range(1, len(each))
        for size in range(_LONGEST_NAME, 0, -1)
        if leads_to_a_place(each[at - 1])
    )
    for run in dict.fromkeys(runs):
        if len(run) >= _SHORTEST_NAME and run[0].isupper() and (where := city_located(run, t)):
            yield keyboards.here(chat, t, where)

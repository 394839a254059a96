"""/topics: what a chat wants to read, by switches or by typing countries and topics.

Changes the chat's wish: its topics and countries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from digest.model.chats import Chat
from digest.model.messages import Button, Message
from seeds.topics import SLUGS

from ..talk import keyboards, labels, topic_keyboards
from ..talk.app import App
from ..talk.buttons import ON, SIGNS, press, rows
from ..talk.callback import arguments
from ..talk.changes import Edit, in_order, step_of, with_countries, with_everything, with_topic
from ..talk.locations import Location, city_located, place_name
from ..talk.near import (
    countries_and_topics,
    name_of,
    named_within,
    region_named,
    topic_named,
)
from ..talk.places import REGIONS, countries_of, country_codes, country_of
from ..talk.refs import country_or_pair, word
from ..talk.request import NOTHING, Reply, Request
from ..talk.small_words import parts
from ..talk.subscriptions import change, opened
from ..talk.texts import Html, Texts, joined, texts_of
from ..talk.typed import echoed, pieces
from . import asked
from .confirmation import takes_commands, typing_hint
from .names import reads_on

_GUESSED = 3  # at most: unknown names looked up, cities, and suggestions

_WORDS = 3  # most words of a phrase that can be followed

_Proposal = tuple[list[Html], list[Button]]


async def topics(request: Request, app: App) -> Reply:
    """Do what was pressed or typed, then show the page of topics."""
    chat = await opened("topics", request, app)
    if request.words:
        return await typed(request, app, chat)
    match arguments(request.data):
        case ():
            return Reply(messages=(_page(chat, request),), edits=bool(request.data))
        case ("regions",):
            return _regions(chat)
        case ("countries", region) if region in REGIONS:
            return _countries(chat, region)
        case (sign, "in", region, code) if _is_switch(sign, region, code):
            edit = with_countries((code,), wanted=sign == ON)
            return _countries(await change(app, chat, edit, now=request.now), region)
        case pressed:
            return await _switched(request, app, chat, _edit(pressed))


async def typed(request: Request, app: App, chat: Chat) -> Reply:
    """Add every typed country, region and topic, and show the page; notes name what changes nothing."""
    t = texts_of(chat)
    edits = {name: _named(name, t) for name in pieces(request.words)}
    cities = {name: where for name in edits if (where := city_located(name, t))}
    unknown = [name for name, edit in edits.items() if edit is None and name not in cities]
    known = {name: edit for name, edit in edits.items() if edit and name not in cities}
    held = [name for name, edit in known.items() if edit(chat) == chat]
    chat = await change(app, chat, in_order(*filter(None, edits.values())), now=request.now)
    notes = [t("topics.already", names=echoed(", ".join(held)))] if held else []
    notes += [t("topics.unknown", names=echoed(", ".join(unknown)))] if unknown else []
    guesses = (
        countries_and_topics(name, regions=True) or named_within(name, t)
        for name in unknown[:_GUESSED]
    )
    near = tuple(dict.fromkeys(chain.from_iterable(guesses)))[:_GUESSED]
    if (
        unknown
        and not near
        and _are_words(unknown)
        and takes_commands(chat, from_afar=request.is_from_afar)
    ):
        notes.append(t("topics.as-words", names=echoed(", ".join(unknown))))
    told = [_proposed(near, chat, t), *(_city(*one, edits, chat, t) for one in cities.items())]
    notes += chain.from_iterable(lines for lines, _ in told[: 1 + _GUESSED])
    shown = page(chat, notes, from_afar=request.is_from_afar, introduces=False)
    above = chain.from_iterable(buttons for _, buttons in told[: 1 + _GUESSED])
    return Reply(messages=(replace(shown, keyboard=(*rows(above, 1), *shown.keyboard)),))


def _are_words(names: Sequence[str]) -> bool:
    """Whether all are short phrases that can be followed as words, and no part of a sentence."""
    return all(word(one) and len(one.split()) <= _WORDS and not reads_on(one) for one in names)


def _proposed(near: Sequence[str], chat: Chat, t: Texts) -> _Proposal:
    """A button for each suggestion, and the line above them."""
    buttons = [press(chat, f"+ {name_of(r, t)}", "topics", ON, *_kind(r), r) for r in near]
    return ([t("typing.near")] if near else []), buttons


def _city(
    name: str, where: Location, edits: Mapping[str, Edit | None], chat: Chat, t: Texts
) -> _Proposal:
    """What a city suggests: its country, unless the name means that too; at the first step its time zone."""
    lines, buttons, country = [], [], country_of(where.zone)
    if edits[name] is None and country is not None:
        lines.append(t("topics.city", name=echoed(name)))
        buttons += _proposed((country,), chat, t)[1]
    if step_of(chat) == "topics":
        lines.append(t("timezone.here", name=place_name(where.zone, where.place, t)))
        buttons.append(keyboards.here(chat, t, where))
    return lines, buttons


def _kind(ref: str) -> tuple[str, ...]:
    if ref in SLUGS:
        return ()
    return ("region",) if ref in REGIONS else ("country",)


def added(words: str, t: Texts) -> Edit:
    """The edit that adds every country, region and topic that the words name."""
    return in_order(*(edit for name in pieces(words) if (edit := _named(name, t))))


def understands(words: str, t: Texts) -> bool:
    """Whether each piece of ``words`` is a country, region or topic."""
    named = [_named(name, t) for name in pieces(words)]
    return bool(named) and all(named)


def knows(words: str, t: Texts) -> bool:
    """Whether some piece of ``words`` is a country, region or topic."""
    return any(_named(name, t) for name in pieces(words))


async def _switched(request: Request, app: App, chat: Chat, edit: Edit | None) -> Reply:
    if edit is None:
        return NOTHING
    chat = await change(app, chat, edit, now=request.now)
    return Reply(messages=(_page(chat, request),), edits=True)


def _regions(chat: Chat) -> Reply:
    t = texts_of(chat)
    message = Message(t("topics.regions"), topic_keyboards.regions(chat, t, "topics"))
    return Reply(messages=(message,), edits=True)


def _countries(chat: Chat, region: str) -> Reply:
    t = texts_of(chat)
    title = t("topics.countries", region=t.label(f"region.{region}"))
    keyboard = topic_keyboards.switched_countries(chat, t, region, "topics", chat.wish.countries)
    return Reply(messages=(Message(title, keyboard),), edits=True)


def _page(chat: Chat, request: Request) -> Message:
    return page(chat, from_afar=request.is_from_afar)


def page(
    chat: Chat, notes: Sequence[Html] = (), *, from_afar: bool = False, introduces: bool = True
) -> Message:
    """The page of topics, regions and countries as switches.

    During the set-up it explains the bot with ``introduces``, which is off in an answer to typed words; that
    of a channel always does, since it names the channel.
    """
    t = texts_of(chat)
    welcome = _welcome(chat, t) if introduces or chat.kind == "channel" else []
    lines = [
        *(welcome or asked.heading(chat, from_afar=from_afar)),
        t("topics.title"),
        t("topics.hint"),
        *typing_hint(chat, t, "topics", from_afar=from_afar),
    ]
    lines.append(t("topics.chosen", value=labels.chosen(chat, t)))
    return Message(joined([*lines, *notes]), topic_keyboards.topics(chat, t))


def _welcome(chat: Chat, t: Texts) -> list[Html]:
    """The introduction during the set-up, else nothing; on this page, which is then edited in place."""
    if step_of(chat) is None:
        return []
    keys = {"private": "start.welcome", "channel": "channel.welcome"}
    return [t(keys.get(chat.kind, "start.welcome-chat"), title=chat.title), Html()]


def _edit(pressed: tuple[str, ...]) -> Edit | None:
    match pressed:
        case ("all",):
            return with_everything
        case (sign, *_) if sign not in SIGNS:
            return None
        case (sign, slug) if slug in SLUGS:
            return with_topic(slug, wanted=sign == ON)
        case (sign, "region", region) if region in REGIONS:
            return with_countries(countries_of(region), wanted=sign == ON)
        case (sign, "country", code) if code in country_codes():
            return with_countries((code,), wanted=sign == ON)
    return None


def _is_switch(sign: str, region: str, code: str) -> bool:
    return sign in SIGNS and region in REGIONS and code in country_codes()


def _named(name: str, t: Texts) -> Edit | None:
    """The edit that adds what the name means, or each of several joined by "and"; None if one is unknown."""
    if whole := _one(name, t):
        return whole
    each = [_one(part, t) for part in parts(name)]
    return in_order(*filter(None, each)) if all(each) else None


def _one(name: str, t: Texts) -> Edit | None:
    if topic := topic_named(name, t):
        return with_topic(topic, wanted=True)
    if region := region_named(name):
        return with_countries(countries_of(region), wanted=True)
    named = country_or_pair(name, t)
    return with_countries(named.split("-"), wanted=True) if named else None

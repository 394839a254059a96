"""/timezone: the time zone of a chat; a place is stored once its local time has been confirmed.

Changes the chat's zone and place.
"""

from collections.abc import Sequence
from datetime import datetime

from digest.model.chats import Chat
from digest.model.messages import Message

from ..talk import keyboards, topic_keyboards
from ..talk.app import App
from ..talk.buttons import back, one_button
from ..talk.callback import arguments
from ..talk.changes import Step, at_step, in_order, in_zone, lacks_hour, started, step_of
from ..talk.locations import Location, argument, located, location_of, place_name
from ..talk.near import cities
from ..talk.nearby import nearest
from ..talk.places import REGIONS, country_codes, zones_of
from ..talk.request import NOTHING, Reply, Request
from ..talk.subscriptions import change, opened, subscription
from ..talk.texts import Html, joined, texts_of
from ..talk.typed import echoed
from . import asked, topics
from .confirmation import done, hours_page, next_digest, typing_hint

_ASKED = "place"  # kind of the offer that keeps the place a typed "yes" confirms


async def timezone(request: Request, app: App) -> Reply:
    """The page of cities, the question whether a place's time is right, or the result of the answer."""
    chat = await opened("where", request, app)
    await ask(None, chat, app, now=request.now)
    if request.words:
        return await by_words(request, app, chat)
    match arguments(request.data):
        case ():
            return Reply(messages=(page(chat, request),), edits=bool(request.data))
        case ("regions",):
            return _regions(chat)
        case ("countries", region) if region in REGIONS:
            return _countries(chat, region)
        case ("country", code) if code in country_codes():
            found = tuple(map(Location, zones_of(code)))
            return await _found(request, app, chat, texts_of(chat).country(code), found)
        case ("is", named) if location := location_of(named, texts_of(chat)):
            return await _question(request, app, chat, location)
        case ("set", named) if location := location_of(named, texts_of(chat)):
            return await settle(request, app, chat, location)
    return NOTHING


async def by_words(request: Request, app: App, chat: Chat) -> Reply:
    """The question whether the time of a typed place is right; a choice where several places may be meant."""
    return await _found(request, app, chat, request.words, located(request.words, texts_of(chat)))


async def by_point(request: Request, app: App) -> Reply:
    """The question whether the time of the place nearest to a location is right; a choice near a zone border.

    The location itself is not stored.
    """
    await asked.over(request, app)
    chat = await subscription(request, app)
    await ask(None, chat, app, now=request.now)
    assert request.point is not None, "there is one"
    found = nearest(request.point)
    if len(found) == 1:
        return await _question(request, app, chat, found[0])
    t = texts_of(chat)
    keyboard = (*keyboards.locations(chat, t, found, 2), back(chat, t, "timezone"))
    return Reply(messages=(Message(t("timezone.nearby"), keyboard),))


async def ask(location: Location | None, chat: Chat, app: App, *, now: datetime) -> None:
    """During the set-up, keep the place that a typed "yes" confirms; None means that no question is open."""
    if step_of(chat) and (location or await asked_of(chat, app, now=now)):
        await app.offers.put(chat.id, _ASKED, argument(location) if location else "", now=now)


async def asked_of(chat: Chat, app: App, *, now: datetime) -> Location | None:
    """The place that a typed "yes" confirms; None if no question is open."""
    return location_of(await app.offers.newest(chat.id, _ASKED, now=now) or "", texts_of(chat))


async def _found(
    request: Request, app: App, chat: Chat, words: str, found: Sequence[Location]
) -> Reply:
    """The question about the one place found, else a choice."""
    if len(found) == 1:
        return await _question(request, app, chat, found[0])
    return Reply(messages=(_choice(chat, words, found),), edits=bool(request.data))


def _choice(chat: Chat, words: str, found: Sequence[Location]) -> Message:
    t = texts_of(chat)
    if found:
        offered = keyboards.locations(chat, t, found, 3)
        keyboard = (*offered, back(chat, t, "timezone"))
        return Message(t("timezone.several", words=echoed(words)), keyboard)
    unknown, near = t("timezone.unknown", words=echoed(words)), cities(words, t)
    lines = [unknown, t("typing.near")] if near else [unknown]
    return Message(
        joined(lines), (*keyboards.locations(chat, t, near, 1), *keyboards.places(chat, t))
    )


def _regions(chat: Chat) -> Reply:
    t = texts_of(chat)
    message = Message(t("timezone.regions"), topic_keyboards.regions(chat, t, "timezone"))
    return Reply(messages=(message,), edits=True)


def _countries(chat: Chat, region: str) -> Reply:
    t = texts_of(chat)
    title = t("timezone.countries", region=t.label(f"region.{region}"))
    return Reply(
        messages=(Message(title, topic_keyboards.countries_to_live_in(chat, t, region)),),
        edits=True,
    )


def page(chat: Chat, request: Request) -> Message:
    """The page of cities to choose from; once the chat is set up it also says which one holds."""
    t = texts_of(chat)
    hint = typing_hint(chat, t, "timezone", from_afar=request.is_from_afar)
    top = asked.heading(chat, from_afar=request.is_from_afar)
    lines = [*top, t("timezone.title"), *hint]
    if step_of(chat) is None:
        zone = chat.schedule.zone
        city = place_name(zone, chat.schedule.place, t)
        lines.append(t("timezone.current", city=city, zone=zone))
    return Message(joined(lines), keyboards.places(chat, t))


async def _question(request: Request, app: App, chat: Chat, location: Location) -> Reply:
    """The question whether the time of a place is right, which a typed "yes" confirms."""
    await ask(location, chat, app, now=request.now)
    t, zone = texts_of(chat), location.zone
    city = place_name(zone, location.place, t)
    question = t("timezone.right", time=t.time(request.now, zone), city=city, zone=zone)
    message = Message(question, keyboards.confirm_zone(chat, t, location))
    return Reply(messages=(message,), edits=bool(request.data))


async def _before(step: Step, chat: Chat, request: Request, app: App, note: Html) -> Message:
    """The page of the earlier step at which the chat still is, with ``note``."""
    if step == "when":
        return await hours_page(chat, request, app, note)
    return topics.page(chat, (note,), from_afar=request.is_from_afar, introduces=False)


async def settle(request: Request, app: App, chat: Chat, location: Location) -> Reply:
    """Store a confirmed place, then show the next step of the set-up, or when the next digest comes."""
    await ask(None, chat, app, now=request.now)
    t, step = texts_of(chat), step_of(chat)
    moved = in_zone(location.zone, location.place)
    city = place_name(location.zone, location.place, t)
    note = t("timezone.set", city=city, zone=location.zone)
    if step in ("topics", "when"):  # it was named before it was asked for
        chat = await change(app, chat, moved, now=request.now)
        return Reply(messages=(await _before(step, chat, request, app, note),), edits=True)
    if lacks_hour(chat):
        chat = await change(app, chat, in_order(moved, at_step("when")), now=request.now)
        return Reply(messages=(await hours_page(chat, request, app),), edits=True)
    is_last_step = step is not None
    edit = in_order(moved, started(request.now)) if is_last_step else moved
    chat = await change(app, chat, edit, now=request.now)
    if is_last_step:
        message = await done(chat, app, now=request.now)
        return Reply(messages=(message,), edits=True)
    lines = joined([note, await next_digest(chat, app, now=request.now)])
    return Reply(
        messages=(Message(lines, one_button(chat, t.label("button.settings"), "settings")),),
        edits=True,
    )

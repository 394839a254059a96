"""/timezone: by which clocks a chat lives; a place is only taken once its time has been confirmed."""

from collections.abc import Sequence

from digest.model.chats import Chat
from digest.model.messages import Message

from ..talk import keyboards, topic_keyboards
from ..talk.app import App
from ..talk.buttons import one_button, press, rows
from ..talk.callback import arguments
from ..talk.changes import Step, at_step, in_order, in_zone, lacks_hour, started, step_of
from ..talk.near import cities
from ..talk.places import REGIONS, city_of, country_codes, is_zone, zones_named, zones_of
from ..talk.request import NOTHING, Reply, Request
from ..talk.subscriptions import change, opened
from ..talk.texts import joined, texts
from ..talk.typed import echoed
from . import topics
from .confirmation import crowd_at, done, hours_page, next_digest, typing_hint


async def timezone(request: Request, app: App) -> Reply:
    """The page of cities, the question whether the time is right, or what came of it."""
    chat = await opened("where", request, app)
    if request.words:
        return by_words(request, chat)
    match arguments(request.data):
        case ():
            return Reply(messages=(page(chat, request),), edits=bool(request.data))
        case ("regions",):
            return _regions(chat)
        case ("countries", region) if region in REGIONS:
            return _countries(chat, region)
        case ("country", code) if code in country_codes():
            return _country(request, chat, code)
        case ("is", zone) if is_zone(zone):
            return Reply(messages=(_question(chat, request, zone),), edits=True)
        case ("set", zone) if is_zone(zone):
            return await _settle(request, app, chat, zone)
    return NOTHING


def by_words(request: Request, chat: Chat) -> Reply:
    """The question whether a typed place is right; a choice where it may be several."""
    t = texts(chat.language)
    return Reply(messages=(_found(request, chat, request.words, zones_named(request.words, t)),))


def _found(request: Request, chat: Chat, words: str, zones: Sequence[str]) -> Message:
    t = texts(chat.language)
    if len(zones) == 1:
        return _question(chat, request, zones[0])
    if zones:
        return Message(t("timezone.several", words=echoed(words)), keyboards.zones(chat, t, zones))
    unknown, near = t("timezone.unknown", words=echoed(words)), cities(words, t)
    buttons = (press(chat, city, "timezone", "is", zone) for city, zone in near)
    lines = [unknown, t("typing.near")] if near else [unknown]
    return Message(joined(lines), (*rows(buttons, 1), *keyboards.places(chat, t)))


def _regions(chat: Chat) -> Reply:
    t = texts(chat.language)
    message = Message(t("timezone.regions"), topic_keyboards.regions(chat, t, "timezone"))
    return Reply(messages=(message,), edits=True)


def _countries(chat: Chat, region: str) -> Reply:
    t = texts(chat.language)
    title = t("timezone.countries", region=t.label(f"region.{region}"))
    return Reply(
        messages=(Message(title, topic_keyboards.countries_to_live_in(chat, t, region)),),
        edits=True,
    )


def _country(request: Request, chat: Chat, code: str) -> Reply:
    name = texts(chat.language).country(code)
    return Reply(messages=(_found(request, chat, name, zones_of(code)),), edits=True)


def page(chat: Chat, request: Request) -> Message:
    """Cities to choose from."""
    t = texts(chat.language)
    hint = typing_hint(chat, t, "timezone", from_afar=request.is_from_afar)
    lines = [t("timezone.title"), *hint]
    if step_of(chat) is None:
        zone = chat.schedule.zone
        lines.append(t("timezone.current", city=city_of(zone, t), zone=zone))
    return Message(joined(lines), keyboards.places(chat, t))


def _question(chat: Chat, request: Request, zone: str) -> Message:
    t = texts(chat.language)
    key = "timezone.right" if chat.kind == "private" else "timezone.right-here"
    question = t(key, time=t.time(request.now, zone), zone=zone)
    return Message(question, keyboards.confirm_zone(chat, t, zone))


def _before(step: Step, chat: Chat, request: Request, zone: str) -> Message:
    """The page of an earlier step, which stays at hand."""
    note = texts(chat.language)("timezone.set", zone=zone)
    if step == "when":
        return hours_page(chat, request, note)
    return topics.page(chat, (note,), from_afar=request.is_from_afar, introduces=False)


async def _settle(request: Request, app: App, chat: Chat, zone: str) -> Reply:
    t, step = texts(chat.language), step_of(chat)
    if step in ("topics", "when"):  # it was named before it was asked for
        chat = await change(app, chat, in_zone(zone), now=request.now)
        return Reply(messages=(_before(step, chat, request, zone),), edits=True)
    if lacks_hour(chat):
        chat = await change(app, chat, in_order(in_zone(zone), at_step("when")), now=request.now)
        return Reply(messages=(hours_page(chat, request),), edits=True)
    is_last_step = step is not None
    edit = in_order(in_zone(zone), started(request.now)) if is_last_step else in_zone(zone)
    chat = await change(app, chat, edit, now=request.now)
    if is_last_step:
        message = done(chat, now=request.now, crowd=await crowd_at(chat, app))
        return Reply(messages=(message,), edits=True)
    lines = joined([t("timezone.set", zone=zone), next_digest(chat, t, now=request.now)])
    return Reply(
        messages=(Message(lines, one_button(chat, t.label("button.settings"), "settings")),),
        edits=True,
    )

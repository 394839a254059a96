"""Text typed at one step of the set-up that answers another: it is stored, and the current step stays."""

from dataclasses import replace

from digest.model.chats import Chat
from digest.model.messages import Keyboard

from ..talk import keyboards, labels
from ..talk.app import App
from ..talk.changes import MAX_HOURS, Step, at_hours, in_order, on_weekdays
from ..talk.locations import city_located, place_name
from ..talk.places import zones_named
from ..talk.request import Reply, Request
from ..talk.subscriptions import change
from ..talk.texts import Html, joined, texts_of
from . import schedule, start, timezone, topics


async def taken(step: Step, request: Request, app: App, chat: Chat) -> Reply | None:
    """The page of the current step with a note of what was stored; None if no other step is answered.

    A city named before its step is not stored: a button leads to the question whether its time is right.
    """
    t, words = texts_of(chat), request.words
    above: Keyboard = ()
    hours = schedule.hours_in(words) if step != "when" else None
    where = city_located(words, t) if step == "when" else None
    if step == "where" and zones_named(words, t):
        return None
    if hours and len(hours[0]) <= MAX_HOURS:
        edits = [at_hours(hours[0])] if hours[0] else []
        edits += [on_weekdays(hours[1])] if hours[1] else []
        chat = await change(app, chat, in_order(*edits), now=request.now)
        note = t("schedule.noted", value=labels.rhythm(chat, t))
    elif where:
        note = t("timezone.here", name=place_name(where.zone, where.place, t))
        above = ((keyboards.here(chat, t, where),),)
        await timezone.ask(where, chat, app, now=request.now)
    elif step != "topics" and topics.knows(words, t):
        chat = await change(app, chat, topics.added(words, t), now=request.now)
        note = t("topics.chosen", value=labels.chosen(chat, t))
    else:
        return None
    page = await start.page(chat, request, app, introduces=False)
    html = joined([Html(page.html), note])
    return Reply(messages=(replace(page, html=html, keyboard=(*above, *page.keyboard)),))

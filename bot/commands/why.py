"""/why n: why a story has its place in a digest, and the phrases that its topics rest on. Reads only."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.compose.stored import StoredStory
from digest.compose.view import reader_of
from digest.model.articles import Article
from digest.model.chats import Chat
from digest.model.delivery import Slot

from ..pages.citing import heading
from ..pages.story import acted
from ..talk.app import App
from ..talk.buttons import press
from ..talk.callback import arguments, is_number
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Html, Texts, joined, texts_of
from ..talk.typed import echoed
from .last_digest import last_digest, meant, number_of
from .refusing import refusal

_EVIDENCE = 6  # phrases a topic


async def why(request: Request, app: App) -> Reply:
    """The parts of a story's score, what its headline states, and the phrases of its topics."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    if request.data:
        return await _pressed(request, app)
    found = await meant(request, chat, app)
    if found is None:
        return say(t("why.no-digest"))
    if found.is_last and not found.stories:
        return say(t("why.quiet"))
    number = number_of(request.words, found.stories)
    if number is None:
        its = _mark(found.slot) if found.is_last else str(request.replied)
        keyboard = found.buttons(lambda n, _: press(chat, n, "why", n, its))
        return say(found.how("why.how", request.words, t), keyboard)
    story = found.stories[number - 1]
    return say(_explained(found.slot, number, story, await _articles(story, chat, app), t))


async def _pressed(request: Request, app: App) -> Reply:
    """As if it was typed, about the digest whose numbers were shown.

    That is the digest of a message, or the last one: a refusal if another has come since.
    """
    match arguments(request.data):
        case (number, message) if is_number(message):
            return await why(replace(request, data="", words=number, replied=int(message)), app)
        case (number, mark):
            last = await last_digest(await subscription(request, app), app)
            if last is None or _mark(last.slot) != mark:
                return refusal(request, "refuse.old-question", name="why")
            return await why(replace(request, data="", words=number), app)
    return NOTHING


def _mark(slot: Slot) -> str:
    """The day and hour of a digest in callback data, as "20261201-0730"."""
    return f"{slot.local_date:%Y%m%d}-{slot.at.replace(':', '')}"


async def _articles(story: StoredStory, chat: Chat, app: App) -> tuple[Article, ...]:
    ids = [article.id for article in story.articles]
    found = await app.articles.some(ids, reader=reader_of(chat))
    return tuple(found[article] for article in ids if article in found)


def _explained(
    slot: Slot, number: int, story: StoredStory, articles: Sequence[Article], t: Texts
) -> Html:
    day = t.day(slot.local_date)
    lines = [
        t("why.title", number=number, day=day),
        t("why.headline", headline=heading(story.headline, story.title)),
        t("why.score", score=t.figure(round(story.score * 100) / 100)),
        *(_part(name, value, t) for name, value in _rounded(story).items() if value),
        *([t("why.action", action=acted(story.action, t))] if story.action else []),
        *_topics(story, articles, t),
    ]
    return joined(lines)


def _rounded(story: StoredStory) -> Mapping[str, float]:
    """The parts of the score in hundredths that add up to it; largest remainders are rounded up."""
    exact = {name: value * 100 for name, value in story.parts.items()}
    down = {name: math.floor(round(value, 2)) for name, value in exact.items()}
    missing = max(0, round(story.score * 100) - sum(down.values()))
    by_rest = sorted(exact, key=lambda name: down[name] - exact[name])
    return {name: (down[name] + (name in by_rest[:missing])) / 100 for name in exact}


def _part(name: str, value: float, t: Texts) -> Html:
    return t("why.part", name=t.label_or(f"part.{name}", name), value=t.figure(value))


def _topics(story: StoredStory, articles: Sequence[Article], t: Texts) -> list[Html]:
    lines = []
    for slug in story.topics:
        phrases = _evidence(slug, articles)
        name = t.label_or(f"topic.{slug}", slug)
        key = "why.topic" if phrases else "why.topic-bare"
        lines.append(t(key, topic=name, evidence=", ".join(phrases)))
    return lines


def _evidence(slug: str, articles: Sequence[Article]) -> tuple[str, ...]:
    topics = (topic for article in articles for topic in article.topics if topic.slug == slug)
    phrases = dict.fromkeys(phrase for topic in topics for phrase in topic.evidence)
    return tuple(map(echoed, tuple(phrases)[:_EVIDENCE]))

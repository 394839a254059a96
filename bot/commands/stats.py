"""/stats, for owners: who subscribes, what was read in a day, what became of the messages. Reads only."""

from collections.abc import Mapping
from datetime import timedelta

from digest.model.chats import Subscriptions

from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import Html, Texts, joined, texts

DAY = timedelta(hours=24)


async def stats(request: Request, app: App) -> Reply:
    """Subscriptions, the last 24 hours, and the ledger, in one message."""
    t = texts(request.language)
    subscribed = await app.census.subscriptions()
    articles, stories = await app.articles.count(request.now - DAY)
    day = t("stats.day", articles=articles, stories=stories)
    totals = await app.ledger.totals()
    return say(joined([*_subscriptions(subscribed, t), day, *_ledger(totals, t)]))


def _subscriptions(found: Subscriptions, t: Texts) -> tuple[Html, ...]:
    kinds = sorted(found.kinds.items())
    lines = (t("stats.kind", kind=t.label(f"kind.{kind}"), n=n) for kind, n in kinds)
    return (t("stats.chats", all=sum(found.kinds.values()), active=found.active), *lines)


def _ledger(totals: Mapping[str, int], t: Texts) -> tuple[Html, ...]:
    states = (s for s in totals if s != "uncertain_ever")
    lines = (t("stats.kind", kind=t.label(f"state.{state}"), n=totals[state]) for state in states)
    return (t("stats.messages"), *lines, t("stats.uncertain", n=totals["uncertain_ever"]))

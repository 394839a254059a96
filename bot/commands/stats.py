"""/stats, for owners: who subscribes, what was read in a day, what became of the messages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from digest.model import Chat

from ..talk.app import App
from ..talk.request import Reply, Request, say
from ..talk.texts import Html, Texts, joined, texts

DAY = timedelta(hours=24)


async def stats(request: Request, app: App) -> Reply:
    """Subscriptions, the last 24 hours, and the ledger, in one message."""
    t = texts(request.language)
    chats = await app.chats.all()
    articles, stories = await app.articles.count(request.now - DAY)
    day = t("stats.day", articles=articles, stories=stories)
    totals = await app.ledger.totals()
    return say(joined([*_subscriptions(chats, t), day, *_ledger(totals, t)]))


def _subscriptions(chats: Sequence[Chat], t: Texts) -> tuple[Html, ...]:
    active = sum(chat.active for chat in chats)
    kinds = Counter(chat.kind for chat in chats)
    lines = (
        t("stats.kind", kind=t.label(f"kind.{kind}"), n=n) for kind, n in sorted(kinds.items())
    )
    return (t("stats.chats", all=len(chats), active=active), *lines)


def _ledger(totals: Mapping[str, int], t: Texts) -> tuple[Html, ...]:
    states = (s for s in totals if s != "uncertain_ever")
    lines = (t("stats.kind", kind=t.label(f"state.{state}"), n=totals[state]) for state in states)
    return (t("stats.messages"), *lines, t("stats.uncertain", n=totals["uncertain_ever"]))

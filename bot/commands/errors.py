"""/errors and /retry, for owners: the parts that failed and why, and another attempt at one.

Changes the state of the part in the ledger.
"""

from collections.abc import Mapping, Sequence

from digest.model.delivery import PartId, Trouble
from digest.model.messages import Message

from ..talk import operator_keyboards
from ..talk.app import App
from ..talk.buttons import pages_beside
from ..talk.callback import arguments, is_number, number
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.texts import Html, Texts, joined, texts
from ..talk.typed import unread

PAGE = 8
_REASON = 200  # characters
_LAST_OFFSET = 10_000  # nobody pages further


async def errors(request: Request, app: App) -> Reply:
    """A page of failed and uncertain parts, the latest due first."""
    t = texts(request.language)
    offset = number(request.data)
    if offset is None or offset > _LAST_OFFSET:
        return NOTHING
    found = await app.ledger.troubles(limit=PAGE + 1, offset=offset)
    before, after = pages_beside(offset, PAGE, end=min(offset + len(found), _LAST_OFFSET + 1))
    keyboard = operator_keyboards.troubles(t, found[:PAGE], before, after)
    page = joined([*_counts(await app.ledger.flaws(), t), _page(found[:PAGE], t)], "\n\n")
    return Reply(messages=(Message(page, keyboard),), edits=bool(request.data))


async def retry(request: Request, app: App) -> Reply:
    """Queue a failed or uncertain part once more; or leave an uncertain one, if the button says so."""
    t = texts(request.language)
    wanted, *more = (*arguments(request.data), request.words)
    if not is_number(wanted):
        return say(unread(request.words, t("retry.how"), t))
    key = await _decided(PartId(int(wanted)), app, is_left="leave" in more)
    if request.data:
        return Reply(notice=t.label(key, id=wanted), alert=key == "retry.impossible")
    return say(t(key, id=wanted))


async def _decided(part: PartId, app: App, *, is_left: bool) -> str:
    """Carry out the decision. Returns the text key of the answer."""
    if is_left:
        done = await app.ledger.settle(part, again=False)
        return "retry.left" if done else "retry.impossible"
    done = await app.ledger.retry(part) or await app.ledger.settle(part, again=True)
    return "retry.done" if done else "retry.impossible"


def _counts(flaws: Mapping[str, int], t: Texts) -> tuple[Html, ...]:
    """A line with how many parts had which flaw; empty without flaws."""
    named = (t.label(f"flaw.{flaw}", count=count) for flaw, count in sorted(flaws.items()))
    line = " · ".join(named)
    return (t("errors.flaws", flaws=line),) if line else ()


def _page(shown: Sequence[Trouble], t: Texts) -> Html:
    if not shown:
        return t("errors.none")
    return joined([t("errors.title"), *(_entry(one, t) for one in shown)], "\n\n")


def _entry(one: Trouble, t: Texts) -> Html:
    where = f"{one.slot.chat}/{one.slot.thread}" if one.slot.thread else one.slot.chat
    return t.plural(
        "errors.part",
        one.attempts,
        id=one.id,
        state=t.label(f"state.{one.state}"),
        chat=where,
        day=t.day(one.slot.local_date),
        at=one.slot.at,
        reason=one.error[:_REASON],
    )

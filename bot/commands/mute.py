"""/mute and /unmute: words whose stories are left out, and single stories, by their number, that are.

Changes the chat's wish: what it mutes.
"""

from collections.abc import Sequence

from digest.compose.stored import StoredStory
from digest.model.chats import Chat
from digest.model.messages import Message

from ..talk.app import App
from ..talk.buttons import OFF, ON, press, removable
from ..talk.callback import arguments
from ..talk.changes import muting
from ..talk.refs import is_story, word, word_ref
from ..talk.request import NOTHING, Reply, Request
from ..talk.subscriptions import change, subscription
from ..talk.texts import Html, Texts, joined, texts_of
from ..talk.typed import echoed, pieces
from . import asked
from .confirmation import takes_commands
from .follow import name
from .last_digest import meant, number_of
from .meaning import answered, named_as
from .names import is_everywhere, means_all
from .refusing import refusal


async def mute(request: Request, app: App) -> Reply:
    """Do what was typed or pressed, then list what is muted, each with a button to unmute it."""
    return await _handled(request, app, wanted=True)


async def unmute(request: Request, app: App) -> Reply:
    """As ``mute``, but unmute what is typed; "all" unmutes everything."""
    return await _handled(request, app, wanted=False)


async def _handled(request: Request, app: App, *, wanted: bool) -> Reply:
    chat = await subscription(request, app)
    if not wanted and means_all(request.words):
        chat = await change(app, chat, muting(chat.wish.muted, wanted=False), now=request.now)
        return Reply(messages=(await _page(chat, request, app),))
    if request.words:
        return await _typed(request, app, chat, wanted)
    match arguments(request.data):
        case ():
            await asked.over(request, app)
            return Reply(messages=(await _page(chat, request, app),), edits=bool(request.data))
        case (asked.ASK,) if request.kind == "private":
            return await asked.ask("mute", chat, request, app)
        case ("meant", *pressed):
            return await _meant(pressed, request, app, chat)
        case (sign, *rest) if sign == ON and is_story(ref := ":".join(rest)):
            return await _story(request, app, chat, ref)
        case (sign, pressed) if sign == OFF:
            ended = [one for one in chat.wish.muted if word_ref(one) == pressed]
            chat = await change(app, chat, muting(ended, wanted=False), now=request.now)
            return Reply(messages=(await _page(chat, request, app),), edits=True)
    return NOTHING


async def _meant(pressed: Sequence[str], request: Request, app: App, chat: Chat) -> Reply:
    """Mute the words of a button below a search; the list of what is muted."""
    found = await answered(pressed, chat, app, now=request.now)
    kept = word(found[0]) if found else None
    if found is None or kept is None:
        return refusal(request, "refuse.old-question", name="mute")
    chat = await change(app, chat, muting((kept,), wanted=True), now=request.now)
    if kept not in chat.wish.muted:
        t = texts_of(chat)
        return Reply(notice=t.label("mute.full", name=named_as(found[0], t)), alert=True)
    return Reply(messages=(await _page(chat, request, app),), edits=True)


async def _story(request: Request, app: App, chat: Chat, ref: str) -> Reply:
    """Mute a story by the button of its card, which stays as it is: the answer is a notice."""
    t = texts_of(chat)
    chat = await change(app, chat, muting((ref,), wanted=True), now=request.now)
    key = "mute.added" if ref in chat.wish.muted else "mute.full"
    return Reply(notice=t.label(key, name=await name(ref, chat, app, t)))


async def _typed(request: Request, app: App, chat: Chat, wanted: bool) -> Reply:
    t = texts_of(chat)
    common = [one for one in pieces(request.words) if wanted and word(one) and is_everywhere(one)]
    stories = await _numbered(request, app, chat)
    typed = {
        piece: _meant_by(piece, stories, chat, wanted=wanted)
        for piece in pieces(request.words)
        if piece not in common
    }
    before, edit = chat.wish.muted, muting(filter(None, typed.values()), wanted=wanted)
    chat = await change(app, chat, edit, now=request.now)
    held, key = (chat.wish.muted, "mute.not-added") if wanted else (before, "typing.not-listed")
    left = ", ".join(piece for piece, kept in typed.items() if kept not in held)
    notes = [t(key, names=echoed(left))] if left else []
    notes += [t("typing.everywhere", names=echoed(", ".join(common)))] if common else []
    return Reply(messages=(await _page(chat, request, app, notes),))


async def _numbered(request: Request, app: App, chat: Chat) -> tuple[StoredStory, ...]:
    """The stories whose numbers are typed are among these; () if there is no number among the words."""
    is_asked = any(map(str.isdecimal, pieces(request.words)))
    found = await meant(request, chat, app) if is_asked else None
    return found.stories if found else ()


def _meant_by(
    piece: str, stories: Sequence[StoredStory], chat: Chat, *, wanted: bool
) -> str | None:
    """The story with that number, else the word; a word that is muted already is what is unmuted."""
    number, kept = number_of(piece, stories), word(piece)
    if number is None or (kept in chat.wish.muted and not wanted):
        return kept
    return f"s:{stories[number - 1].id}"


async def _page(chat: Chat, request: Request, app: App, notes: Sequence[Html] = ()) -> Message:
    t = texts_of(chat)
    is_typed = takes_commands(chat, from_afar=request.is_from_afar)
    how = (t("mute.how"),) if is_typed else ()
    items = [(word_ref(one), await _label(one, chat, app, t)) for one in sorted(chat.wish.muted)]
    head = t("mute.title") if items else t("mute.none")
    top = asked.heading(chat, from_afar=request.is_from_afar)
    lines = joined([*top, head, *how, *notes])
    adds = [press(chat, t.label("button.words"), "mute", asked.ASK)]
    is_asked = asked.can_ask(chat, from_afar=request.is_from_afar)
    return Message(lines, removable(chat, t, "mute", items, *(adds if is_asked else ())))


async def _label(muted: str, chat: Chat, app: App, t: Texts) -> str:
    return (
        await name(muted, chat, app, t) if is_story(muted) else t.label("label.words", words=muted)
    )

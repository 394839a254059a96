"""/follow and /unfollow: countries, pairs, stories and words that are wanted whatever topics are chosen.

Changes the chat's wish: what it follows, and its words.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from digest.model.articles import Article
from digest.model.chats import Chat, Wish
from digest.model.messages import Message

from ..talk import topic_keyboards
from ..talk.app import App
from ..talk.buttons import OFF, ON, SIGNS, press, removable
from ..talk.callback import arguments
from ..talk.changes import MOST_LISTED, Edit, following, following_nothing, in_order, with_words
from ..talk.markup import shortened
from ..talk.near import meant_by
from ..talk.places import REGIONS, countries_of
from ..talk.refs import country_or_pair, is_followed, number_of, place_name, word, word_ref
from ..talk.request import NOTHING, Reply, Request
from ..talk.small_words import parts
from ..talk.subscriptions import change, subscription
from ..talk.texts import Html, Texts, joined, texts_of
from ..talk.typed import echoed, pieces
from . import asked
from .confirmation import takes_commands
from .last_digest import story_numbered
from .meaning import Doubts, Question, answered, named_as, question, wish_for
from .names import is_everywhere, means_all
from .refusing import refusal
from .told import all_leading, leading, title

_ASKED = 8  # words that may be misspelt and are asked about, each with four buttons at most
_LABEL = 40  # characters of a headline on a button


async def follow(request: Request, app: App) -> Reply:
    """Do what was typed or pressed, then list what is followed, each with a button to unfollow it."""
    return await _handled(request, app, wanted=True)


async def unfollow(request: Request, app: App) -> Reply:
    """As ``follow``, but unfollow what is typed; "all" unfollows everything."""
    return await _handled(request, app, wanted=False)


async def page(
    chat: Chat, app: App, notes: Sequence[Html] = (), *, from_afar: bool = False
) -> Message:
    """The list of what a chat follows, with ``notes`` below it."""
    t = texts_of(chat)
    how = (t("follow.how"),) if takes_commands(chat, from_afar=from_afar) else ()
    leads = await all_leading(chat.wish.follow, chat, app)
    refs = [(ref, _name(ref, leads.get(ref), t)) for ref in sorted(chat.wish.follow)]
    words = [
        (f"w:{word_ref(one)}", t.label("label.words", words=one)) for one in sorted(chat.wish.words)
    ]
    head = t("follow.title") if refs or words else t("follow.none")
    more = [press(chat, t.label("button.countries"), "follow", "regions")]
    if asked.can_ask(chat, from_afar=from_afar):
        more.append(press(chat, t.label("button.words"), "follow", asked.ASK))
    keyboard = removable(chat, t, "follow", [*refs, *words], *more)
    top = asked.heading(chat, from_afar=from_afar)
    return Message(joined([*top, head, *how, *notes]), keyboard)


async def name(ref: str, chat: Chat, app: App, t: Texts) -> str:
    """The label of what is followed: a country, a pair, or the headline of a story."""
    return _name(ref, await leading(ref, chat, app), t)


def _name(ref: str, article: Article | None, t: Texts) -> str:
    """As ``name``, given the article that leads a story, or None if the story is gone."""
    if number_of(ref) is None:
        return place_name(ref, t)
    if article is None:
        return t.label("follow.gone", number=ref[2:])
    return shortened(title(article), _LABEL)


async def exists(ref: str, chat: Chat, app: App) -> bool:
    """Whether there is such a country or pair, or a story that this chat may see."""
    return number_of(ref) is None or await leading(ref, chat, app) is not None


async def _handled(request: Request, app: App, *, wanted: bool) -> Reply:
    chat, afar = await subscription(request, app), request.is_from_afar
    if not wanted and means_all(request.words):
        chat = await change(app, chat, following_nothing, now=request.now)
        return Reply(messages=(await page(chat, app, from_afar=afar),))
    if request.words:
        return await _typed(request, app, chat, wanted)
    match arguments(request.data):
        case ():
            await asked.over(request, app)
            return Reply(
                messages=(await page(chat, app, from_afar=afar),),
                edits=bool(request.data),
            )
        case ("meant", *pressed):
            return await _meant(pressed, request, app, chat)
        case ("regions" | asked.ASK,) | ("countries", _) | (_, "in", _, _) as pressed:
            return await _tapped(pressed, request, app, chat)
        case (sign, *rest) if sign == ON and is_followed(ref := ":".join(rest)):
            return (
                await _added(request, app, chat, ref) if await exists(ref, chat, app) else NOTHING
            )
        case (sign, *rest) if sign == OFF:
            edit = _removal(chat, ":".join(rest))
            chat = await change(app, chat, edit, now=request.now)
            return Reply(messages=(await page(chat, app, from_afar=afar),), edits=True)
    return NOTHING


async def _meant(pressed: Sequence[str], request: Request, app: App, chat: Chat) -> Reply:
    """Follow what was chosen in answer to a question; the list, with the questions that are left."""
    found = await answered(pressed, chat, app, now=request.now)
    if found is None:
        return refusal(request, "refuse.old-question", name="follow")
    ref, doubts = found
    edit, t = wish_for(ref), texts_of(chat)
    chat = await change(app, chat, edit, now=request.now)
    if not _holds(chat, edit):
        return Reply(notice=t.label("follow.full", name=named_as(ref, t)), alert=True)
    doubt = await question(doubts, chat, app, now=request.now)
    shown = await page(chat, app, _lines_of(doubt), from_afar=request.is_from_afar)
    return Reply(messages=(_with_buttons(doubt, shown),), edits=True)


async def _tapped(pressed: Sequence[str], request: Request, app: App, chat: Chat) -> Reply:
    """The regions, or the countries of one as switches: a channel, where nothing is typed, needs them."""
    t = texts_of(chat)
    match pressed:
        case (asked.ASK,) if request.kind == "private":
            return await asked.ask("follow", chat, request, app)
        case ("regions",):
            regions = Message(t("topics.regions"), topic_keyboards.regions(chat, t, "follow"))
            return Reply(messages=(regions,), edits=True)
        case ("countries", region) if region in REGIONS:
            return _countries(chat, region)
        case (sign, "in", region, code) if sign in SIGNS and code in countries_of(region):
            edit = following((code,), wanted=sign == ON)
            chat = await change(app, chat, edit, now=request.now)
            if sign == ON and code not in chat.wish.follow:
                return Reply(notice=t.label("follow.full", name=t.country(code)), alert=True)
            return _countries(chat, region)
    return NOTHING


def _countries(chat: Chat, region: str) -> Reply:
    t = texts_of(chat)
    title = t("topics.countries", region=t.label(f"region.{region}"))
    keyboard = topic_keyboards.switched_countries(chat, t, region, "follow", chat.wish.follow)
    return Reply(messages=(Message(title, keyboard),), edits=True)


async def _typed(request: Request, app: App, chat: Chat, wanted: bool) -> Reply:
    t = texts_of(chat)
    every = tuple(dict.fromkeys(pieces(request.words)))
    common = [one for one in every if wanted and word(one) and is_everywhere(one)]
    typed = tuple(one for one in every if one not in common)
    doubts = _doubts(typed, chat, t) if wanted else {}
    clear = [piece for piece in typed[:MOST_LISTED] if piece not in doubts]
    found = {piece: await _edit(piece, chat, request, app, wanted) for piece in clear}
    edits = [edit for edit in found.values() if edit]
    before, chat = chat, await change(app, chat, in_order(*edits), now=request.now)
    unknown = [piece for piece, edit in found.items() if edit is None]
    notes = _noted("follow.unknown", unknown, t)
    notes += _noted("typing.everywhere", common, t)
    both = [piece for piece in clear if wanted and len(parts(piece)) == 2 and "-" in _ref(piece, t)]
    notes += [t("follow.both", pair=echoed(one), each=", ".join(parts(one))) for one in both]
    left = ", ".join(piece for piece, edit in found.items() if edit and not _holds(chat, edit))
    if wanted and left:
        notes.append(t("follow.no-room", names=echoed(left)))
    elif wanted and edits and chat == before:
        notes.append(t("follow.nothing-added"))
    if not wanted:
        idle = [piece for piece, edit in found.items() if edit and edit(before) == before]
        chosen = [piece for piece in idle if _ref(piece, t) in chat.wish.countries]
        notes += _noted("follow.among-topics", chosen, t)
        notes += _noted("typing.not-listed", [one for one in idle if one not in chosen], t)
    if len(typed) > MOST_LISTED:
        notes.append(t("follow.rest", limit=MOST_LISTED))
    doubt = await question(doubts, chat, app, now=request.now)
    notes += _lines_of(doubt)
    shown = await page(chat, app, notes, from_afar=request.is_from_afar)
    return Reply(messages=(_with_buttons(doubt, shown),))


def _noted(key: str, names: Sequence[str], t: Texts) -> list[Html]:
    return [t(key, names=echoed(", ".join(names)))] if names else []


def _doubts(typed: Sequence[str], chat: Chat, t: Texts) -> Doubts:
    """The words that may be misspelt, with what may be meant; not those that are followed already."""
    words = [piece for piece in typed[:MOST_LISTED] if word(piece) not in chat.wish.words]
    near = ((piece, refs) for piece in words if (refs := meant_by(piece, t)))
    return dict(islice((one for one in near if not country_or_pair(one[0], t)), _ASKED))


def _lines_of(doubt: Question | None) -> tuple[Html, ...]:
    return (doubt.text,) if doubt else ()


def _with_buttons(doubt: Question | None, shown: Message) -> Message:
    """The page with the buttons of a question above its own."""
    return replace(shown, keyboard=(*doubt.keyboard, *shown.keyboard)) if doubt else shown


def _holds(chat: Chat, edit: Edit) -> bool:
    """Whether all that an edit adds is on the chat's list, which may have been full."""
    wanted = edit(replace(chat, wish=Wish())).wish
    return wanted.follow <= chat.wish.follow and wanted.words <= chat.wish.words


async def _added(request: Request, app: App, chat: Chat, ref: str) -> Reply:
    """Follow by the button of another message, which stays as it is: the answer is a notice."""
    t = texts_of(chat)
    chat = await change(app, chat, following((ref,), wanted=True), now=request.now)
    key = "follow.added" if ref in chat.wish.follow else "follow.full"
    return Reply(notice=t.label(key, name=await name(ref, chat, app, t)))


def _ref(piece: str, t: Texts) -> str:
    return country_or_pair(piece, t) or ""


async def _edit(piece: str, chat: Chat, request: Request, app: App, wanted: bool) -> Edit | None:
    """The edit for a country, a pair, a story's number, or else a word; None where it is none of them."""
    if ref := _ref(piece, texts_of(chat)):
        return following((ref,), wanted=wanted)
    if piece.isdecimal():
        story = await story_numbered(request, piece, chat, app)
        return following((f"s:{story.id}",), wanted=wanted) if story else None
    kept = word(piece)
    return with_words((kept,), wanted=wanted) if kept else None


def _removal(chat: Chat, ref: str) -> Edit:
    if ref.startswith("w:"):
        return with_words(
            (one for one in chat.wish.words if word_ref(one) == ref[2:]), wanted=False
        )
    return following((ref,), wanted=False)

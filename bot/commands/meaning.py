"""The question what was meant by a word to follow that may be misspelt; also a button for words in doubt.

It is asked before the word is stored, since no digest would show that a misspelt one finds nothing. It is
stored as an offer; the callback data holds the number of the offer, the index of the word and the choice.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.model.chats import Chat
from digest.model.messages import Keyboard

from ..talk.app import App
from ..talk.buttons import one_button, press, rows
from ..talk.callback import is_number
from ..talk.changes import Edit, following, with_words
from ..talk.near import name_of
from ..talk.refs import is_place, word
from ..talk.texts import Html, Texts, texts_of
from ..talk.typed import echoed

_KIND = "meant"
_AS_TYPED = "typed"

Doubts = Mapping[str, Sequence[str]]  # typed word -> what may be meant: country codes, pairs, names


@dataclass(frozen=True, slots=True)
class Question:
    """The question about some words, with a button for each answer."""

    text: Html
    keyboard: Keyboard


async def question(doubts: Doubts, chat: Chat, app: App, *, now: datetime) -> Question | None:
    """Store the question about all ``doubts``, and return it; None without doubts."""
    if not doubts:
        return None
    t = texts_of(chat)
    number = await app.offers.put(chat.id, _KIND, json.dumps(list(doubts.items())), now=now)
    buttons = []
    for at, (typed, near) in enumerate(doubts.items()):
        named = [(str(choice), named_as(ref, t)) for choice, ref in enumerate(near)]
        for choice, label in (*named, (_AS_TYPED, named_as(typed, t))):
            buttons.append(press(chat, f"+ {label}", "follow", "meant", number, at, choice))
    return Question(t("follow.near", names=echoed(", ".join(doubts))), rows(buttons, 1))


async def proposal(action: str, words: str, chat: Chat, app: App, *, now: datetime) -> Keyboard:
    """A button that follows or mutes ``words``, as ``action`` says; it is stored like a question."""
    t = texts_of(chat)
    number = await app.offers.put(chat.id, _KIND, json.dumps([(words, ())]), now=now)
    label = f"{t.label(f'button.{action}-story')}{t.colon} {t.label('label.words', words=words)}"
    return one_button(chat, label, action, "meant", number, 0, _AS_TYPED)


async def answered(
    pressed: Sequence[str], chat: Chat, app: App, *, now: datetime
) -> tuple[str, Doubts] | None:
    """The country, pair or word that was chosen, and the doubts that are left.

    None if the question is too old or the callback data is forged.
    """
    if len(pressed) != 3 or not all(map(is_number, pressed[:2])):
        return None
    offered = await app.offers.get(chat.id, _KIND, int(pressed[0]), now=now)
    doubts: list[tuple[str, list[str]]] = json.loads(offered) if offered else []
    at, choice = int(pressed[1]), pressed[2]
    if at >= len(doubts):
        return None
    typed, near = doubts[at]
    if choice == _AS_TYPED:
        ref = typed
    elif is_number(choice) and int(choice) < len(near):
        ref = near[int(choice)]
    else:
        return None
    return ref, dict(one for one in doubts if one[0] != typed)


def wish_for(ref: str) -> Edit:
    """The edit that follows the country, pair or word that was chosen."""
    if is_place(ref):
        return following((ref,), wanted=True)
    return with_words(filter(None, (word(ref),)), wanted=True)


def named_as(ref: str, t: Texts) -> str:
    """The label of a country, pair or word on a button."""
    return name_of(ref, t) if is_place(ref) else t.label("label.words", words=ref)

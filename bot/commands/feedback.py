"""/feedback words: a letter to the operators, with the reader's name only if the reader says so.

The words are stored at once and sent when a button says how. The name is never stored: it comes with the
press.
"""

from digest.model.chats import Chat, LetterId
from digest.model.messages import Keyboard, Message

from ..talk.access import alias
from ..talk.app import App
from ..talk.buttons import press
from ..talk.callback import arguments, is_number
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.subscriptions import subscription
from ..talk.texts import Texts, texts, texts_of

_LONGEST = 2000  # characters: with the text around them they fit into one message
_NAME = 100  # characters
_SIGNED, _BARE, _NOT = "name", "bare", "no"


async def feedback(request: Request, app: App) -> Reply:
    """The question how to send the words; after a press, what became of them."""
    chat = await subscription(request, app)
    t = texts_of(chat)
    match arguments(request.data):
        case ():
            return await _written(request, app, chat, t)
        case (how, number) if how in (_SIGNED, _BARE, _NOT) and is_number(number):
            return await _pressed(how, LetterId(int(number)), request, app, t)
    return NOTHING


async def _written(request: Request, app: App, chat: Chat, t: Texts) -> Reply:
    words = request.words.strip()
    if not words:
        return say(t("feedback.how"))
    if not app.owners:
        return say(t("feedback.nobody"))
    if len(words) > _LONGEST:
        return say(t.plural("feedback.too-long", _LONGEST))
    known_as = alias(app.secret, chat.id)
    letter = await app.people.write(chat.id, words, alias=known_as, now=request.now)
    if letter is None:
        return say(t("feedback.enough"))
    return say(t("feedback.ask", words=words), _keyboard(letter, chat, t))


async def _pressed(how: str, letter: LetterId, request: Request, app: App, t: Texts) -> Reply:
    """Send or withdraw the letter; a second press does nothing."""
    if how == _NOT:
        await app.people.withdraw(letter, request.chat)
        return say(t("feedback.withdrawn"), edits=True)
    words = await app.people.pass_on(letter, request.chat)
    if words is None:
        return say(t("feedback.done-already"), edits=True)
    name = request.name[:_NAME] if how == _SIGNED else ""
    copies = [(owner, await _copy(owner, words, name, app)) for owner in sorted(app.owners)]
    done, untold = Message(t("feedback.done")), Message(t("feedback.nobody"))
    return Reply(messages=(done,), edits=True, elsewhere=tuple(copies), untold=untold)


async def _copy(owner: int, words: str, name: str, app: App) -> Message:
    """The letter as an operator reads it, in their own language; "en" if they have no digest."""
    chat = await app.chats.get(owner)
    t = texts(chat.language if chat else "en")
    return Message(t("feedback.from", name=name or t.label("feedback.nameless"), words=words))


def _keyboard(letter: LetterId, chat: Chat, t: Texts) -> Keyboard:
    ways = (
        ("button.feedback-signed", _SIGNED),
        ("button.feedback-bare", _BARE),
        ("button.feedback-withdraw", _NOT),
    )
    return tuple((press(chat, t.label(label), "feedback", how, letter),) for label, how in ways)

"""/help: what can be asked here, each command in one line."""

from collections.abc import Iterable

from ..talk.app import App
from ..talk.buttons import one_button
from ..talk.request import Reply, Request, say
from ..talk.texts import Html, Texts, joined, texts
from .scopes import COMMANDS, UNLISTED, menu


async def help(request: Request, app: App) -> Reply:
    """The commands of this kind of chat."""
    if request.kind != "private":
        return say(_group(texts(request.language, shared=True)), edits=bool(request.data))
    chat = await app.chats.get(request.chat, request.thread)
    t = texts(request.language)
    keyboard = one_button(chat, t.label("button.settings"), "settings") if chat else ()
    lines = [_private(t), *(_owners(t) if request.is_owner else ())]
    return say(joined(lines), keyboard, edits=bool(request.data))


def _private(t: Texts) -> Html:
    offered = menu("private")
    private = (c.name for c in COMMANDS if c.in_private and not c.for_owners)
    typed = [name for name in private if name not in (*offered, *UNLISTED)]
    return joined(
        [
            t("help.title"),
            *_lines(offered, t),
            Html(),
            t("help.typed"),
            *_lines(typed, t),
            Html(),
            t("help.words"),
        ]
    )


def _owners(t: Texts) -> tuple[Html, ...]:
    names = (c.name for c in COMMANDS if c.for_owners and c.name not in UNLISTED)
    return (Html(), t("help.owners"), *_lines(names, t))


def _group(t: Texts) -> Html:
    members = menu("members")
    administrators = [name for name in menu("administrators") if name not in members]
    return joined(
        [
            t("help.members"),
            *_lines(members, t),
            Html(),
            t("help.administrators"),
            *_lines(administrators, t),
        ]
    )


def _lines(names: Iterable[str], t: Texts) -> list[Html]:
    return [t("help.line", name=name, does=t.label(f"command.{name}")) for name in names]

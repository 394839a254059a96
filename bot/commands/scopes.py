"""Which command exists where, and who may use it. What each does is in ``texts`` as "command.<name>"."""

from dataclasses import dataclass
from typing import Literal

from digest.model.chats import ChatKind

Audience = Literal["nobody", "members", "administrators"]
Scope = Literal["private", "members", "administrators", "owners"]


@dataclass(frozen=True, slots=True)
class Command:
    """One command; ``in_menu`` says whether it is offered, not whether it works."""

    name: str
    in_private: bool = True
    in_groups: Audience = "nobody"
    in_menu: bool = True
    in_group_menu: bool = False
    for_owners: bool = False  # nobody else is told that it exists


COMMANDS = (
    Command("start", in_groups="administrators", in_menu=False),
    Command("setup", in_private=False, in_groups="administrators", in_group_menu=True),
    Command("digest", in_groups="members", in_group_menu=True),
    Command("topics", in_groups="administrators", in_group_menu=True),
    Command("schedule", in_groups="administrators", in_group_menu=True),
    Command("brief", in_groups="members", in_group_menu=True),
    Command("ahead", in_groups="members", in_group_menu=True),
    Command("search", in_groups="members", in_group_menu=True),
    Command("saved"),
    Command("catchup"),
    Command("sources", in_groups="members"),
    Command("settings", in_groups="administrators", in_group_menu=True),
    Command("timezone", in_groups="administrators", in_menu=False),
    Command("lang", in_groups="administrators", in_menu=False),
    Command("story", in_menu=False),
    Command("quotes", in_menu=False),
    Command("export", in_menu=False),
    Command("add", in_menu=False),
    Command("opml", in_menu=False),
    Command("why", in_groups="members", in_menu=False),
    Command("save", in_menu=False),
    Command("follow", in_groups="administrators", in_menu=False),
    Command("unfollow", in_groups="administrators", in_menu=False),
    Command("mute", in_groups="administrators", in_menu=False),
    Command("unmute", in_groups="administrators", in_menu=False),
    Command("pause", in_groups="administrators", in_menu=False, in_group_menu=True),
    Command("unlink", in_private=False, in_groups="administrators", in_group_menu=True),
    Command("help", in_groups="members", in_group_menu=True),
    Command("stop", in_groups="administrators"),
    Command("feedback", in_menu=False),
    Command("privacy", in_groups="members", in_menu=False),
    Command("deletemydata", in_groups="administrators", in_menu=False),
    Command("invite", in_menu=False, for_owners=True),
    Command("close", in_groups="administrators", in_menu=False),
    Command("stats", for_owners=True),
    Command("feeds", for_owners=True),
    Command("feed", in_menu=False, for_owners=True),
    Command("health", for_owners=True),
    Command("errors", for_owners=True),
    Command("retry", in_menu=False, for_owners=True),
    Command("broadcast", in_menu=False, for_owners=True),
    Command("ban", in_menu=False, for_owners=True),
    Command("unban", in_menu=False, for_owners=True),
    Command("reload", in_menu=False, for_owners=True),
)
_BY_NAME = {command.name: command for command in COMMANDS}
UNLISTED = ("start", "close", "invite")  # not worth a line of /help


def command_named(name: str) -> Command | None:
    """The command of that name."""
    return _BY_NAME.get(name)


def works_in(command: Command, kind: ChatKind) -> bool:
    """Whether a command does anything in chats of a kind."""
    return command.in_private if kind == "private" else command.in_groups != "nobody"


def needs_rights(name: str, kind: ChatKind, target: int | None = None) -> bool:
    """Whether the person's rights must be asked from Telegram before it runs (Bot API, getChatMember)."""
    if target is not None:
        return True
    command = command_named(name)
    return kind != "private" and command is not None and command.in_groups == "administrators"


def works_from_afar(command: Command) -> bool:
    """Whether a command can be about a channel or group that is managed from a private chat."""
    return command.in_groups == "administrators" or command.name in ("digest", "help")


def is_known_to(command: Command, *, is_owner: bool, kind: ChatKind) -> bool:
    """Whether a command may be named at all: those for owners only to owners, and only in private."""
    return not command.for_owners or (is_owner and kind == "private")


def offered(*, is_owner: bool) -> tuple[str, ...]:
    """The commands that may be proposed in private; those for owners only to owners."""
    known = (c for c in COMMANDS if c.in_private and (is_owner or not c.for_owners))
    return tuple(c.name for c in known if c.name != "close")


def menu(scope: Scope) -> tuple[str, ...]:
    """The commands that Telegram's menu offers in a scope, in order (Bot API, setMyCommands)."""
    if scope in ("private", "owners"):
        listed = (c for c in COMMANDS if c.in_private and c.in_menu)
        return tuple(c.name for c in listed if scope == "owners" or not c.for_owners)
    audiences = ("members",) if scope == "members" else ("administrators", "members")
    return tuple(c.name for c in COMMANDS if c.in_group_menu and c.in_groups in audiences)

"""README, menus and /help name what people can type and set: every command and every setting."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from bot import cli
from bot.commands.router import HANDLERS
from bot.commands.scopes import COMMANDS, UNLISTED, Command, Scope, menu
from bot.operate import engine
from bot.settings import Settings
from bot.talk.texts import available, texts
from tests.bot_world import ADA, OWNER, BotWorld, text
from tests.telegram_server.checks import check_commands

ROOT = Path(__file__).resolve().parents[3]
README = ROOT / "README.md"


def commands(program: Any, *path: str) -> Iterator[str]:
    """As one types it: "attache db backup"; a group has commands itself."""
    for name, command in program.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *path, name)
        else:
            yield " ".join(("attache", *path, name))


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", tuple(commands(typer.main.get_command(cli.app))))
def test_every_command_is_in_the_readme(readme: str, command: str) -> None:
    group, _, name = command.rpartition(" ")
    rows = (row for row in readme.splitlines() if row.startswith(f"| `{group} "))

    assert command in readme or any(f"`{name}" in row for row in rows)


@pytest.mark.parametrize("field", tuple(Settings.model_fields))
def test_every_setting_is_in_the_readme(readme: str, field: str) -> None:
    assert f"ATTACHE_{field.upper()}" in readme


@pytest.mark.parametrize("part", engine.NAMES)
def test_every_part_of_the_engine_is_in_the_readme(readme: str, part: str) -> None:
    assert f"`{part}`" in readme


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_of_the_chat_is_in_the_readme(readme: str, command: Command) -> None:
    assert re.search(rf"(?<![\w/])/{command.name}\b", readme) or command.name == "close"


def test_every_command_has_one_handler_and_one_line_in_each_menu() -> None:
    names = [command.name for command in COMMANDS]
    assert sorted(names) == sorted(HANDLERS)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("scope", get_args(Scope))
def test_every_menu_is_one_that_telegram_takes(scope: Scope) -> None:
    for language in available():
        t = texts(language)
        offered = [
            {"command": name, "description": t.label(f"command.{name}")} for name in menu(scope)
        ]
        check_commands(offered)
        assert offered


async def test_every_command_is_in_help_where_it_works() -> None:
    bot = BotWorld()
    for language in available():
        for who, chat, kind in (
            (ADA, ADA, "private"),
            (OWNER, OWNER, "private"),
            (ADA, -9, "group"),
        ):
            shown = text(await bot.asks("help", chat=chat, user=who, kind=kind, language=language))
            named = set(re.findall(r"(?m)^/([a-z]+)\b", shown))
            assert named == _helped(kind, is_owner=who == OWNER)


def _helped(kind: str, *, is_owner: bool) -> set[str]:
    """What /help lists: in private all that works there, in groups what their menus offer."""
    if kind == "group":
        return set(menu("administrators"))
    private = (one for one in COMMANDS if one.in_private and one.name not in UNLISTED)
    return {one.name for one in private if is_owner or not one.for_owners}


def test_no_change_is_told_twice() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    told = Counter(line for line in lines if line.startswith("- "))
    assert [line for line, times in told.items() if times > 1] == []

"""README names what people can type and set: every command and every setting."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot import cli, engine
from bot.settings import Settings

README = Path(__file__).resolve().parents[2] / "README.md"


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

"""The command line as people and scripts use it: data, exit codes, and one sentence for what is wrong."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import typer

from bot import cli
from tests.command_line import TALKS, Attache, is_sentence
from tests.patience import PATIENCE

pytestmark = pytest.mark.usefixtures("loggers_as_before")


PROGRAM = typer.main.get_command(cli.app)


def commands(program: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """The words of every command; a group has commands itself."""
    for name, command in program.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *path, name)
        else:
            yield (*path, name)


@pytest.mark.parametrize("words", tuple(commands(PROGRAM)), ids=" ".join)
def test_every_command_has_help_with_an_example(attache: Attache, words: tuple[str, ...]) -> None:
    result = attache(*words, "--help")

    assert result.code == 0
    assert f"attache {' '.join(words)}" in " ".join(result.out.split("Example:")[1].split())
    assert result.err == ""


@pytest.mark.parametrize("words", [(), ("sources",), ("chats",), ("db",)], ids=" ".join)
def test_a_group_of_commands_has_an_example_too(attache: Attache, words: tuple[str, ...]) -> None:
    result = attache(*words, "--help")

    assert result.code == 0
    assert " ".join(("Example: attache", *words)) in result.out


def test_help_is_there_before_anything_reads_settings() -> None:
    code = "import sys, bot.cli; print('pydantic' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "False\n"


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("ingest",),
        ("digest", "--chat", "many"),
        ("digest", "--nonsense"),
        ("engine", "tag"),
        ("engine", "summarise", "a", "b", "--sentences", "0"),
        ("sources", "add"),
        ("db",),
    ],
)
def test_wrong_usage_ends_with_2(attache: Attache, words: tuple[str, ...]) -> None:
    result = attache(*words)

    assert result.code == 2
    assert "Usage: " in result.err + result.out


def test_engine_reads_rows_and_writes_rows(attache: Attache, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "file": "talks.txt"}\n')

    result = attache("engine", "article", "in.jsonl", "-", "--root", folder)

    assert result.code == 0
    assert json.loads(result.out)["title"] == "Turkey and Ukraine resume grain talks in Ankara"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("ingest", "missing"), "missing does not exist."),
        (("sources", "import", "missing"), "missing does not exist."),
        (("chats", "import", "missing"), "missing cannot be read"),
        (("demo", "missing"), "missing does not exist."),
        (("engine", "tag", "missing", "-"), "missing cannot be read"),
        (("engine", "tag", "in.jsonl", "no/out.jsonl"), "no/out.jsonl cannot be written"),
        (("digest", "--chat", "5"), "chat 5 is not subscribed"),
        (("sources", "remove", "https://paper.example/feed"), "is not among the sources"),
    ],
)
def test_what_is_asked_rightly_and_is_not_there_ends_with_1(
    attache: Attache, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "in.jsonl").write_text("")
    attache("db", "upgrade")

    result = attache(*words)

    assert result.code == 1
    assert reason in result.out + result.err


def test_engine_names_the_lines_it_skips(attache: Attache, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{\n{"id": 1, "text": "Ankara."}\n')

    result = attache("engine", "tag", "in.jsonl", "-")

    assert result.code == 1
    assert result.err == "line 1 skipped: it is no JSON\n"
    assert json.loads(result.out)["id"] == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("dream", "in.jsonl", "-"), "is no part of the engine"),
        (("tag", "in.jsonl", "in.jsonl"), "in.jsonl is both IN and OUT"),
        (("summarise", "in.jsonl", "-", "--method", "magic"), "'magic' is no method"),
        (("summarise", "in.jsonl", "-", "--method", "lead", "--words", "9"), "--method"),
        (("summarise", "in.jsonl", "-", "--sentences", "2", "--words", "9"), "--sentences"),
        (("relate", "in.jsonl", "-", "--mode", "backwards"), "'backwards' is no mode"),
    ],
)
def test_engine_refuses_what_it_cannot_do(
    attache: Attache, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "Ankara."}\n')

    result = attache("engine", *words)

    assert (result.code, result.out) == (2, "")
    assert is_sentence(result.err)
    assert reason in result.err


def test_a_pipe_gets_each_row_as_it_is_done() -> None:
    code = "from bot import cli; cli.main()"
    row = json.dumps({"id": 1, "text": TALKS}) + "\n"
    environment = {name: value for name, value in os.environ.items() if "UNBUFFERED" not in name}
    with subprocess.Popen(
        [sys.executable, "-c", code, "engine", "tag", "-", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(row)
        process.stdin.flush()
        readable, _, _ = select.select([process.stdout], [], [], PATIENCE)
        assert readable
        assert json.loads(process.stdout.readline())["id"] == 1


def test_a_reader_that_has_gone_is_no_traceback(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    # What could not be written is tried once more when the stream is closed.
    with suppress(BrokenPipeError), os.fdopen(writer, "w") as output:
        monkeypatch.setattr("sys.stdout", output)
        result = attache("db", "upgrade")

    assert (result.code, result.err) == (1, "")


def test_standard_error_that_is_closed_is_no_failure(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("in.jsonl").write_text(json.dumps({"id": 1, "text": TALKS}) + "\nno JSON\n")
    monkeypatch.setattr("sys.stderr", None)

    codes = [
        attache(*words).code
        for words in (("db", "upgrade"), ("engine", "tag", "in.jsonl", "-"), ("ingest", "missing"))
    ]

    sys.stderr.close()
    assert codes == [0, 1, 1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_in_a_sentence(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w") as output:
        monkeypatch.setattr("sys.stdout", output)
        result = attache("db", "upgrade")

    assert result.code == 1
    assert result.err == "attache: the output cannot be written: No space left on device\n"


def test_another_failure_of_the_system_is_ours_to_see(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*, style: str, level: str) -> None:
        raise PermissionError("who did that?")

    monkeypatch.setattr("bot.logs.set_up", broken)
    monkeypatch.setattr("sys.argv", ["attache", "articles"])

    with pytest.raises(PermissionError):
        cli.main()

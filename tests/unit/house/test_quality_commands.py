"""How the measurements of tests/quality are called."""

import argparse
import re
from pathlib import Path

import pytest

from tests.quality.command import above_zero, command

MODULES = sorted((Path(__file__).parents[2] / "quality").glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_whatever_is_run_reads_its_arguments_in_the_same_way(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    if "\nif __name__ ==" in source:
        assert "command(__doc__)" in source
        assert not re.search(r"argv|ArgumentParser", source)


def test_help_is_the_docstring_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command("What it costs.\n\n    an example").parse_args(["--help"])
    assert ended.value.code == 0
    assert "What it costs.\n\n    an example\n" in capsys.readouterr().out


def test_what_is_not_known_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command("").parse_args(["12"])
    assert ended.value.code == 2
    assert "unrecognized arguments: 12" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", ""])
def test_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="no whole number above 0"):
        above_zero(text)


def test_a_whole_number_is_read() -> None:
    assert above_zero("12") == 12

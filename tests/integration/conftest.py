"""The command line for every test of whole parts."""

from pathlib import Path

import pytest

from bot import cli
from tests.command_line import SANCTIONS, TALKS, Attache, Result


@pytest.fixture
def attache(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Attache:
    """Runs ``attache`` with these words in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTACHE_DATABASE_URL", database_url)
    monkeypatch.setenv("PTB_TIMEDELTA", "1")

    def run(*words: object) -> Result:
        capsys.readouterr()
        monkeypatch.setattr("sys.argv", ["attache", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Result(int(left.value.code or 0), out, err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles on two stories."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, title, text in (
        ("talks", "Turkey and Ukraine resume grain talks in Ankara", TALKS),
        ("sanctions", "European Union extends sanctions against Russia", SANCTIONS),
    ):
        (folder / f"{name}.txt").write_text(
            f"{title}\nBy Ada Lovelace\n9 February 2026\n\n{text}\n"
        )
    return folder

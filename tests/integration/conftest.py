"""The command line for every test of whole parts."""

from pathlib import Path

import pytest

from bot import cli
from tests.command_line import Attache, Result


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

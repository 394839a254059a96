"""The process ends although something in it never does."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE

CHECKOUT = Path(__file__).resolve().parents[3]
NEVER = "threading.Thread(target=threading.Event().wait).start()"


@pytest.mark.parametrize("work", ["", NEVER, f"{NEVER}; threading.Event().wait()"])
def test_what_never_ends_does_not_keep_the_process(work: str) -> None:
    code = f"import threading\nfrom bot.run.ending import end_soon\nend_soon(0.2)\n{work}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    assert ("ended in the middle" in done.stdout) == bool(work)

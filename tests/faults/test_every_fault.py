"""Every known fault of delivery has its test."""

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_every_fault_has_a_test_of_its_name(shared: Path) -> None:
    faults = [one["id"] for one in json.loads((shared / "faults.json").read_text())["delivery"]]
    collected = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", str(HERE)],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    named = set(re.findall(r"(?<![A-Z])([A-Z]\d+_[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*)", collected))
    missing = [id_ for id_ in faults if not any(name.startswith(id_) for name in named)]
    assert len(faults) == 65
    assert missing == []

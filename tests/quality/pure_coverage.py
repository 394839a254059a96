"""Pure modules are covered to the last branch; all others together to 95 %.

Reads the data that ``pytest --cov`` has left in ``.coverage``.
"""

import json
import sys
import tempfile
from pathlib import Path

from coverage import Coverage

from .command import command

PURE = (
    "bot/talk/access.py",
    "bot/talk/callback.py",
    "bot/operate/formats.py",
    "bot/pages/lateness.py",
    "bot/talk/markup.py",
    "bot/operate/moments.py",
    "bot/pages/digest.py",
    "bot/pages/story.py",
    "digest/compose/",
    "digest/deliver/breaker.py",
    "digest/deliver/pieces.py",
    "digest/deliver/press.py",
    "digest/deliver/record.py",
    "digest/deliver/sound.py",
    "digest/errors.py",
    "digest/gather/",
    "digest/ingest/checked.py",
    "digest/model/",
    "digest/read/",
    "digest/relate/",
)
IMPURE = (
    "digest/gather/child.py",  # runs in a process of its own
    "digest/gather/children.py",  # starts and kills it
    "digest/gather/fetching/fetch.py",  # the way to the network
)
OVERALL = 95.0


def main() -> None:
    """Exit with 1 and the gaps where a floor is not reached."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        coverage = Coverage()
        coverage.load()
        overall = coverage.json_report(outfile=str(report))
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    gaps = [
        f"{name}: lines {found['missing_lines']}, branches {found['missing_branches']}"
        for name, found in sorted(files.items())
        if name.startswith(PURE)
        and name not in IMPURE
        and found["summary"]["percent_covered"] < 100
    ]
    print(
        f"branch coverage {overall:.1f} % overall (floor {OVERALL} %), {len(gaps)} pure modules with gaps"
    )
    if gaps or overall < OVERALL:
        sys.exit("\n".join(["not covered:", *gaps]))


if __name__ == "__main__":
    command(__doc__).parse_args()
    main()

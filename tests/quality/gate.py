"""The quality gate: figures on outside data may not fall below their floors.

python -m tests.quality.gate                       compare with floors.json
python -m tests.quality.gate --pin                 raise the floors to what is measured, less a margin
python -m tests.quality.gate --pin --allow-regression   lower them too (the commit says why)
"""

import json
import sys
from pathlib import Path

from . import (
    actions,
    duplicates,
    gathering,
    speakers,
    stories,
    summaries,
    tagging,
    world_items,
    world_news,
)
from .command import command
from .halves import CORPORA

FLOORS = Path(__file__).with_name("floors.json")
_MARGIN = 0.3  # points below the measured figure; the figures are deterministic, libraries move


def main() -> None:
    """Exit with 1 when a figure has fallen below its floor."""
    parser = command(__doc__)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    asked = parser.parse_args()
    if not CORPORA.is_dir():
        print("quality gate skipped: the shared data folder is not beside this checkout")
        return
    found = figures()
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if asked.pin:
        pinned = _pinned(found, floors, lowers=asked.allow_regression)
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
        return
    fallen = [name for name, floor in floors.items() if found.get(name, float("-inf")) < floor]
    for name, value in sorted(found.items()):
        floor = floors.get(name)
        print(f"{'FELL' if name in fallen else 'ok  '} {name:42} {value:7.2f}  floor {floor}")
    if fallen:
        sys.exit(f"below the floor: {', '.join(fallen)}")


def figures() -> dict[str, float]:
    """Every guarded figure, higher is better."""
    return {
        **summaries.figures(),
        **stories.figures(),
        **duplicates.figures(),
        **tagging.figures(),
        **world_news.figures(),
        **world_items.figures(),
        **gathering.figures(),
        **speakers.gated(),
        **actions.figures(),
    }


def _pinned(found: dict[str, float], floors: dict[str, float], *, lowers: bool) -> dict[str, float]:
    pinned = {}
    for name, value in sorted(found.items()):
        wanted = round(value - _MARGIN, 2)
        pinned[name] = wanted if lowers else max(wanted, floors.get(name, wanted))
    return pinned


if __name__ == "__main__":
    main()

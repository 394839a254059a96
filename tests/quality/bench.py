"""``make bench``: every measurement in one run, ours beside the lead, sumy and the oracle."""

import runpy

from .command import command
from .halves import CORPORA

_MODULES = (
    "summaries",
    "speed",
    "stories",
    "duplicates",
    "tagging",
    "world_news",
    "world_items",
    "speakers",
    "actions",
    "gathering",
)


def main() -> None:
    """Print all figures."""
    if not CORPORA.is_dir():
        print("nothing to measure on: the shared data folder is not beside this checkout")
        return
    for name in _MODULES:
        print(f"\n=== {name}")
        runpy.run_module(f"tests.quality.{name}", run_name="__main__")


if __name__ == "__main__":
    command(__doc__).parse_args()
    main()

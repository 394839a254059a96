"""What a command puts on standard output: lines, or one JSON document."""

import json
import sys


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def print_json(value: object) -> None:
    """Print a JSON document."""
    say(json.dumps(value, ensure_ascii=False, indent=2))

"""What a command puts on standard output: lines, or one JSON document."""

import json
import sys
from collections.abc import AsyncIterable


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def print_json(value: object) -> None:
    """Print a JSON document."""
    say(_json(value))


async def print_list(values: AsyncIterable[object]) -> None:
    """Print a JSON list, each value as it comes."""
    before = "["
    async for value in values:
        sys.stdout.write(f"{before}\n  " + _json(value).replace("\n", "\n  "))
        before = ","
    say("[]" if before == "[" else "\n]")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)

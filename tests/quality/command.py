"""How measurements are called: --help prints the docstring, what is not known is refused in words."""

import argparse
import sys


def command(doc: str | None) -> argparse.ArgumentParser:
    """A parser for the module that is run; without more arguments it takes none."""
    spec = sys.modules["__main__"].__spec__
    return argparse.ArgumentParser(
        prog=f"python -m {spec.name}" if spec else None,
        description=doc,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def above_zero(text: str) -> int:
    """A whole number from 1 on, as an argument."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)

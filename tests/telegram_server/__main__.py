"""``python -m tests.telegram_server --port 8081``."""

import argparse
import asyncio

from .console import play


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="port on 127.0.0.1; 0 takes any")
    asyncio.run(play(port=parser.parse_args().port))


if __name__ == "__main__":
    main()

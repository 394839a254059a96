"""Structured logs on standard error, set up once at the edge; the token never gets into them."""

import logging
import re
import sys
from contextlib import suppress
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor

# The first print the address of every request at INFO, and the bot's token stands in it; the last calls
# it a failure that it draws no emoji.
_TALKATIVE = ("httpx", "httpx2", "httpcore", "httpcore2", "alembic", "matplotlib")
# Warns of each tick that comes while the one before is under way, as for the minutes of every delivery.
_IMPATIENT = "apscheduler"
# Logs an answer that is no JSON with a traceback, and raises what we log in a line.
_SAYS_TWICE = "telegram.request.BaseRequest"
# Three digits or more, and a letter: "10.0.0.1:8081" is an address. In URLs "bot" stands before it.
_TOKEN = re.compile(r"(?<!\d)\d{3,15}:(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{4,}")

# What steers a terminal or turns the order of reading (UAX 9), ends a line, or is no character.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_OF_LINES = ("exception", "stack")
_INDENT = " " * 4


def set_up(*, style: str, level: str) -> None:
    """Send the logs of this program and its libraries to standard error, as "text" or "json"."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: list[Processor] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False), _escape_json]
        if style == "json"
        else [_escape, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    )
    handler = _Stderr(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *last,
                _hide_token,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.getLogger(_IMPATIENT).setLevel(logging.ERROR)
    logging.getLogger(_SAYS_TWICE).setLevel(logging.CRITICAL)


class _Stderr(logging.StreamHandler[TextIO]):
    """Standard error, and one plain sentence where a line cannot be written.

    The library's own report would print the arguments as they are, the token among them.
    """

    def handleError(self, record: logging.LogRecord) -> None:
        """Say whose line is missing, and why; nothing where standard error itself is gone."""
        reason = type(sys.exc_info()[1]).__name__
        with suppress(OSError, ValueError):
            sys.stderr.write(f"a line of {record.name} could not be logged: {reason}\n")


def without_token(line: str) -> str:
    """The line with everything that looks like a bot token struck out."""
    return _TOKEN.sub("<token>", line)


def _escape(_logger: object, _method: str, event: EventDict) -> EventDict:
    """The words of strangers as one line each; those of an exception indented, so that none poses as ours.

    What is no string is shown by its repr, which escapes by itself.
    """
    event["event"] = str(event["event"])
    return {name: _visible(name, value) for name, value in event.items()}


def _visible(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name not in _OF_LINES:
        return _HARMFUL.sub(_escaped, value)
    return "\n".join(_INDENT + _HARMFUL.sub(_escaped, line) for line in value.split("\n"))


def _escaped(sign: re.Match[str]) -> str:
    return sign[0].encode("unicode_escape").decode("ascii")


def _escape_json(_logger: object, _method: str, line: object) -> str:
    """The same JSON: outside of its strings nothing like that can stand."""
    return _HARMFUL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", str(line))


def _hide_token(_logger: object, _method: str, line: object) -> str:
    """On the finished line: a token may hide in an exception or within a list."""
    return without_token(str(line))

"""The program ``attache``: how failures end it, and the commands that stand in no group."""

import errno
import gc
import os
import sys
from datetime import timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from digest.errors import AttacheError, BotRefused, InputError

from . import chats, db, sources
from .running import FAILED, WRONG_USAGE, Json, finish, settings

app = typer.Typer(
    name="attache",
    help="Daily diplomacy digests for Telegram, in sentences taken word for word from their sources."
    "\n\nExample: attache demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(sources.group, name="sources")
app.add_typer(chats.group, name="chats")
app.add_typer(db.group, name="db")

_PARTS = "One of summarise, relate, duplicates, tag, quotes, extract, feed, article."


def main() -> None:
    """Run a command; a failure is one plain sentence and an exit code, never a traceback."""
    if sys.stderr is None:  # a shell's 2>&-
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever the locale says; a file's name may be odd
            # A line at a time: who reads it from a pipe waits for each answer, or sees how far we are.
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    try:
        try:
            app()
        finally:
            if sys.stdout is not None:  # a shell's >&-
                sys.stdout.flush()
    except InputError as error:
        _leave(error, WRONG_USAGE)
    except AttacheError as error:
        _leave(error, FAILED)
    except OSError as error:
        _leave_unwritten(error)


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Argument(help="A folder of your own articles.")] = None,
) -> None:
    """Print the digest of the last day of the bundled sample, or of a folder of articles.

    Needs no token and no network.   Example: attache demo
    """
    from ..operate import demonstrate

    finish(demonstrate.demo(folder, console=Console()))


@app.command()
def run(
    role: Annotated[
        str,
        typer.Option(
            help="all, bot, worker or sender: where several share a database on a server."
        ),
    ] = "all",
    wait: Annotated[
        bool, typer.Option("--wait", help="Take over when the bot that runs already has ended.")
    ] = False,
) -> None:
    """Run the bot until SIGTERM: answers, digests and delivery, or one role of it.

    Example: ATTACHE_TELEGRAM_TOKEN=123:abc attache run
    """
    gc.disable()  # until all is loaded: a sixth of that time went into looking through it
    from ..run import ending, serve

    try:
        finish(serve.serve(settings(), role=role, waits=wait, stopping=ending.end_soon))
    except BotRefused as error:
        _leave(error, serve.EXIT_REFUSED)
    finally:
        gc.enable()


@app.command()
def ingest(
    places: Annotated[list[str], typer.Argument(help="Files, folders, feeds and pages.")],
    first_seen: Annotated[
        str | None, typer.Option("--first-seen", help="The time taken for what has no date.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Read files, folders, feeds and pages into the database; one line per source.

    Example: attache ingest articles/ https://example.org/feed.xml
    """
    from ..operate import articles as operate
    from ..operate import moments
    from ..run import wiring

    if not all(places):  # a shell's "$UNSET", which would be the folder one is in
        raise InputError("a name is empty; name files, folders, feeds or pages")
    now = wiring.SystemClock().now()
    seen_at = now if first_seen is None else moments.instant(first_seen, "UTC")
    failed = finish(operate.ingest(settings(), places, seen_at=seen_at, as_json=as_json))
    raise SystemExit(FAILED if failed else 0)


@app.command()
def articles(as_json: Json = False) -> None:
    """List what is stored.   Example: attache articles --json"""
    from ..operate import articles as operate

    finish(operate.articles(settings(), as_json=as_json))


@app.command()
def digest(
    chat: Annotated[
        int | None, typer.Option(help="Novelty against what this chat was shown.")
    ] = None,
    topics: Annotated[str, typer.Option(help="Slugs with commas between.")] = "",
    countries: Annotated[str, typer.Option(help="ISO codes with commas between.")] = "",
    since: Annotated[str | None, typer.Option(help="Default: 24 hours before --until.")] = None,
    until: Annotated[str | None, typer.Option(help="Default: now.")] = None,
    zone: Annotated[str, typer.Option(help="An IANA time zone.")] = "UTC",
    minutes: Annotated[
        int | None, typer.Option(help="Reading budget: 1, 3 or 5; default: the chat's, or 3.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, html, markdown or json.")] = "text",
) -> None:
    """Compose a digest from the database; nothing is sent and no cursor moves.

    Example: attache digest --topics sanctions --countries RU --since 2026-02-09 --format json
    """
    from ..operate import digests as operate
    from ..operate import moments
    from ..operate.formats import FORMATS
    from ..operate.subscription_file import CHAT_IDS
    from ..run import wiring

    zone = moments.checked_zone(zone)
    end = wiring.SystemClock().now() if until is None else moments.instant(until, zone)
    start = end - timedelta(hours=24) if since is None else moments.instant(since, zone)
    if start >= end:
        raise InputError("--since must be before --until")
    if chat is not None and chat not in CHAT_IDS:
        raise InputError(f"{chat} is the id of no chat")
    if minutes not in (None, 1, 3, 5):
        raise InputError(f"--minutes is 1, 3 or 5, not {minutes}")
    if form not in FORMATS:
        raise InputError(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    asked = operate.Asked(
        start=start,
        end=end,
        zone=zone,
        minutes=minutes,
        topics=moments.checked_topics(topics),
        countries=moments.checked_countries(countries),
        chat=chat,
    )
    finish(operate.digest(settings(), asked, form=form))


@app.command("engine")
def engine_command(
    what: Annotated[str, typer.Argument(help=_PARTS)],
    source: Annotated[str, typer.Argument(metavar="IN", help="JSONL; - for standard input.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="JSONL; - for standard output.")],
    root: Annotated[Path | None, typer.Option(help="Where the files that rows name are.")] = None,
    sentences: Annotated[
        int | None, typer.Option(min=1, help="summarise: how many sentences.")
    ] = None,
    words: Annotated[int | None, typer.Option(min=1, help="summarise: how many words.")] = None,
    method: Annotated[str, typer.Option(help="summarise: attache, lead, lexrank ...")] = "attache",
    mode: Annotated[str, typer.Option(help="relate: stream or digest.")] = "stream",
) -> None:
    """Run one part of the engine on files, without database or network.

    Example: attache engine article rows.jsonl - --root articles/
    """
    from ..operate import engine

    options = engine.Options(root=root, sentences=sentences, words=words, method=method, mode=mode)
    skipped = engine.run(what, source, target, options)
    raise SystemExit(FAILED if skipped else 0)


@app.command()
def doctor() -> None:
    """Check token, database, schema, time zones and feeds: each ok, or what to do.

    Example: attache doctor
    """
    from ..operate import doctor as operate

    healthy = finish(operate.doctor(settings()))
    raise SystemExit(0 if healthy else FAILED)


def _leave_unwritten(error: OSError) -> None:
    """End silently if the reader of our output has gone, and with a sentence if the disk is full."""
    if error.errno not in (errno.EPIPE, errno.ENOSPC):
        raise error
    # What is left goes nowhere, or the interpreter would try once more at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.ENOSPC:
        _leave(AttacheError(f"the output cannot be written: {error.strerror}"), FAILED)
    raise SystemExit(FAILED) from None


def _leave(error: AttacheError, code: int) -> None:
    sys.stderr.write(f"attache: {error}\n")
    raise SystemExit(code) from None

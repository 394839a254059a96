"""The command line: ``attache``. Data to standard output, progress and logs to standard error.

Each command imports what it needs when it is run: all of it together takes 2 s.
"""

import asyncio
import errno
import gc
import os
import sys
from collections.abc import Coroutine
from datetime import timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from digest.errors import AttacheError, BotRefused, InputError

if TYPE_CHECKING:
    from .settings import Settings

app = typer.Typer(
    name="attache",
    help="Daily diplomacy digests for Telegram, in sentences taken word for word from their sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
sources_app = typer.Typer(help="The feeds that are read.", no_args_is_help=True)
chats_app = typer.Typer(help="The subscriptions: back-up and move.", no_args_is_help=True)
db_app = typer.Typer(help="The database: schema, copies, integrity.", no_args_is_help=True)
app.add_typer(sources_app, name="sources")
app.add_typer(chats_app, name="chats")
app.add_typer(db_app, name="db")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
FAILED, WRONG_USAGE = 1, 2
_PARTS = "One of summarise, relate, duplicates, tag, quotes, extract, feed, article."


def main() -> None:
    """Run a command; a failure is one plain sentence and an exit code, never a traceback."""
    if sys.stderr is None:  # a shell's 2>&-
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever the locale says; a file's name may be odd
            stream.reconfigure(encoding="utf-8", errors="replace")
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
    from .operate import demonstrate

    _run(demonstrate.demo(folder, console=Console()))


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
    from .run import ending, serve

    try:
        _run(serve.serve(_settings(), role=role, waits=wait, stopping=ending.end_soon))
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
    from .operate import database as operate
    from .operate import moments
    from .run import wiring

    seen_at = moments.instant(first_seen, "UTC") if first_seen else wiring.SystemClock().now()
    failed = _run(operate.ingest(_settings(), places, seen_at=seen_at, as_json=as_json))
    raise SystemExit(FAILED if failed else 0)


@app.command()
def articles(as_json: Json = False) -> None:
    """List what is stored.   Example: attache articles --json"""
    from .operate import database as operate

    _run(operate.articles(_settings(), as_json=as_json))


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
    from .operate import database as operate
    from .operate import moments
    from .operate.formats import FORMATS
    from .run import wiring

    zone = moments.checked_zone(zone)
    end = moments.instant(until, zone) if until else wiring.SystemClock().now()
    start = moments.instant(since, zone) if since else end - timedelta(hours=24)
    if start >= end:
        raise InputError("--since must be before --until")
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
    _run(operate.digest(_settings(), asked, form=form))


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
    from .operate import engine

    options = engine.Options(root=root, sentences=sentences, words=words, method=method, mode=mode)
    skipped = engine.run(what, source, target, options)
    raise SystemExit(FAILED if skipped else 0)


@sources_app.command("add")
def sources_add(url: str) -> None:
    """Read a feed from now on.   Example: attache sources add https://example.org/feed.xml"""
    from .operate import sources as operate_sources

    _run(operate_sources.add_source(_settings(), url))


@sources_app.command("list")
def sources_list(as_json: Json = False) -> None:
    """List the feeds and how each stands.   Example: attache sources list"""
    from .operate import sources as operate_sources

    _run(operate_sources.list_sources(_settings(), as_json=as_json))


@sources_app.command("remove")
def sources_remove(url: str) -> None:
    """Stop reading a feed; its articles stay.   Example: attache sources remove https://example.org/feed.xml"""
    from .operate import sources as operate_sources

    _run(operate_sources.remove_source(_settings(), url))


@sources_app.command("import")
def sources_import(
    path: Annotated[Path, typer.Argument(metavar="F.opml", help="As feed readers export it.")],
) -> None:
    """Read the feeds of a list from now on.   Example: attache sources import feeds.opml"""
    from .operate import sources as operate_sources

    _run(operate_sources.import_sources(_settings(), path))


@sources_app.command("export")
def sources_export() -> None:
    """Print every feed as OPML.   Example: attache sources export > feeds.opml"""
    from .operate import sources as operate_sources

    _run(operate_sources.export_sources(_settings()))


@sources_app.command("check")
def sources_check(as_json: Json = False) -> None:
    """Fetch each feed once and say how it stands.   Example: attache sources check"""
    from .operate import sources as operate_sources

    failed = _run(operate_sources.check_sources(_settings(), as_json=as_json))
    raise SystemExit(FAILED if failed else 0)


@chats_app.command("export")
def chats_export() -> None:
    """Print every subscription as a line of JSON.   Example: attache chats export > chats.jsonl"""
    from .operate import chats as operate_chats

    _run(operate_chats.export_chats(_settings()))


@chats_app.command("import")
def chats_import(
    path: Annotated[Path, typer.Argument(metavar="F.jsonl", help="As export prints it.")],
) -> None:
    """Store subscriptions, over any that are there; a wrong line is named and skipped.

    Example: attache chats import chats.jsonl
    """
    from .operate import chats as operate_chats

    skipped = _run(operate_chats.import_chats(_settings(), path))
    raise SystemExit(FAILED if skipped else 0)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to this program's schema.   Example: attache db upgrade"""
    from .operate import database as operate

    _run(operate.upgrade(_settings()))


@db_app.command("backup")
def db_backup(target: Path) -> None:
    """Write a consistent copy while the bot runs.   Example: attache db backup copy.db"""
    from .operate import database as operate

    _run(operate.back_up(_settings(), target))


@db_app.command("move")
def db_move(
    source: Annotated[str, typer.Argument(metavar="SQLITE_URL", help="Where everything is.")],
    target: Annotated[str, typer.Argument(metavar="POSTGRES_URL", help="An empty database.")],
) -> None:
    """Move everything to a server, and compare. Interrupted, the same command goes on.

    Example: attache db move sqlite+aiosqlite:///attache.db postgresql+asyncpg://ada:pw@localhost/attache
    """
    from . import settings
    from .operate import database as operate

    settings.load()
    _run(operate.move(source, target))


@db_app.command("check")
def db_check() -> None:
    """Check the integrity of the database.   Example: attache db check"""
    from .operate import database as operate

    _run(operate.check(_settings()))


@app.command()
def doctor() -> None:
    """Check token, database, schema, time zones and feeds: each ok, or what to do.

    Example: attache doctor
    """
    from .operate import doctor as operate_doctor

    healthy = _run(operate_doctor.doctor(_settings()))
    raise SystemExit(0 if healthy else FAILED)


def _settings() -> "Settings":
    from . import logs, settings

    found = settings.load()
    logs.set_up(style=found.log_format, level=found.log_level)
    return found


def _run(task: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(task)


def _leave_unwritten(error: OSError) -> None:
    """End in silence when the reader of our output has gone, with a sentence when the disk is full."""
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

"""``attache sources``: the feeds that are read."""

from pathlib import Path
from typing import Annotated

import typer

from .running import FAILED, Json, finish, settings

group = typer.Typer(
    help="The feeds that are read.\n\nExample: attache sources list", no_args_is_help=True
)


@group.command("add")
def add_source(url: str) -> None:
    """Read a feed from now on.   Example: attache sources add https://example.org/feed.xml"""
    from ..operate import sources as operate

    finish(operate.add_source(settings(), url))


@group.command("list")
def list_sources(as_json: Json = False) -> None:
    """List the feeds and how each stands.   Example: attache sources list"""
    from ..operate import sources as operate

    finish(operate.list_sources(settings(), as_json=as_json))


@group.command("remove")
def remove_source(url: str) -> None:
    """Stop reading a feed; its articles stay.   Example: attache sources remove https://example.org/feed.xml"""
    from ..operate import sources as operate

    finish(operate.remove_source(settings(), url))


@group.command("import")
def import_sources(
    path: Annotated[Path, typer.Argument(metavar="F.opml", help="As feed readers export it.")],
) -> None:
    """Read the feeds of a list from now on.   Example: attache sources import feeds.opml"""
    from ..operate import sources as operate

    finish(operate.import_sources(settings(), path))


@group.command("export")
def export_sources() -> None:
    """Print every feed as OPML.   Example: attache sources export > feeds.opml"""
    from ..operate import sources as operate

    finish(operate.export_sources(settings()))


@group.command("check")
def check_sources(as_json: Json = False) -> None:
    """Fetch each feed once and say how it stands.   Example: attache sources check"""
    from ..operate import sources as operate

    failed = finish(operate.check_sources(settings(), as_json=as_json))
    raise SystemExit(FAILED if failed else 0)

"""A reader's own sources and files: at most twenty, visible to nobody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.ingest.brought import MOST_OWN, is_used_up
from digest.model.articles import Article
from digest.model.sources import Source

from .app import App
from .texts import Html, Texts

MOST = 20  # sources and files together


@dataclass(frozen=True, slots=True)
class Own:
    """The sources and files of one reader."""

    sources: tuple[Source, ...]
    files: tuple[Article, ...]

    @property
    def count(self) -> int:
        """How many of the twenty places are taken."""
        return len(self.sources) + len(self.files)

    @property
    def room(self) -> int:
        """How many places are left."""
        return max(0, MOST - self.count)


async def own_of(reader: int, app: App) -> Own:
    """A reader's own sources and files, without those that were removed."""
    every = await app.sources.all(reader=reader)
    sources = tuple(source for source in every if source.owner == reader)
    return Own(sources, await app.articles.files(reader))


async def used_up(reader: int, app: App, t: Texts, *, now: datetime) -> tuple[Html, ...]:
    """A line saying that the reader's sources brought all they may within a day; empty if they did not."""
    if not is_used_up(await app.articles.amount(reader, now - timedelta(days=1))):
        return ()
    millions = MOST_OWN.characters // 1_000_000
    return (t("own.used-up", entries=MOST_OWN.articles, millions=millions),)

"""What a reader brought: own sources and files, so many and no more, seen by nobody else."""

from dataclasses import dataclass

from digest.model import Article, Source

from .app import App

MOST = 20  # sources and files together


@dataclass(frozen=True, slots=True)
class Own:
    """The sources and files of one reader."""

    sources: tuple[Source, ...]
    files: tuple[Article, ...]

    @property
    def count(self) -> int:
        """How many of the twenty are taken."""
        return len(self.sources) + len(self.files)

    @property
    def room(self) -> int:
        """How many more there may be."""
        return max(0, MOST - self.count)


async def own_of(reader: int, app: App) -> Own:
    """All that a reader brought and did not remove."""
    every = await app.sources.all(reader=reader)
    sources = tuple(source for source in every if source.owner == reader)
    return Own(sources, await app.articles.files(reader))

"""The lines of one page while its article is told apart from them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from .stamps import Stamp


@dataclass(slots=True)
class Page:
    """What is known so far while one article is cleaned."""

    lines: list[str]
    title: str = ""  # white space folded
    is_plain: bool = True  # nothing but its words tells a heading from a title of another story
    gone: set[int] = field(default_factory=set)
    cuts: defaultdict[int, list[str]] = field(  # beginnings and ends cut off, by line
        default_factory=lambda: defaultdict(list)
    )
    byline: str | None = None
    kicker: str | None = None
    dateline: str | None = None
    stamps: list[Stamp] = field(default_factory=list)

    def left(self) -> Iterator[tuple[int, str]]:
        """The lines still there."""
        return ((at, line) for at, line in enumerate(self.lines) if at not in self.gone)

"""What comes in from the world before it is read: answers, feeds, and drafts of articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ..errors import Wall
from .sources import Outlet

DateSource = Literal["feed", "page", "text", "first_seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one request brought; ``body`` is empty when nothing has changed (304)."""

    url: str  # asked for
    final_url: str  # after redirects
    status: int
    body: bytes
    media_type: str | None = None  # without parameters, lower case
    charset: str | None = None  # as declared in the header
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None  # where permanent redirects led, before the first temporary one


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says about one article."""

    id: str | None
    url: str | None
    title: str | None
    published_at: datetime | None
    updated_at: datetime | None
    summary: str  # HTML or text, as the feed has it
    content: str  # HTML or text, as the feed has it; empty when there is none
    author: str | None = None
    source: str | None = None  # the outlet that an entry is from, in a feed that gathers several


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: what it says about itself, and its entries in its own order."""

    title: str | None
    url: str | None  # the site's address
    language: str | None
    entries: tuple[Entry, ...]


# quote: set apart as a block; item: of a list
ParagraphKind = Literal["p", "heading", "quote", "item"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article, without line breaks."""

    kind: ParagraphKind
    text: str


def length(paragraphs: Iterable[Paragraph]) -> int:
    """How many characters the paragraphs have together."""
    return sum(len(each.text) for each in paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as gathered and cleaned, before it is read. What is not known is None."""

    title: str | None
    paragraphs: tuple[Paragraph, ...]
    url: str | None = None
    file: str | None = None
    byline: str | None = None
    outlet: Outlet | None = None
    kicker: str | None = None
    dateline: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    date_source: DateSource = "first_seen"
    language: str | None = None
    removed: tuple[str, ...] = ()  # source lines that are no part of the article
    is_backlog: bool = False  # it was old when its source was first read: no digest tells it
    full_text: tuple[Paragraph, ...] = ()  # the text of its page, used in place of its feed's
    withheld: Wall | None = None  # what its page showed in place of the text

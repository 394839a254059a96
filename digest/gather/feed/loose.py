"""Feeds so broken that libxml2 gives up half-way, read by feedparser's tag-soup parser.

Used only then: it takes 20 to 40 times as long, and whoever writes the feed can make its expressions for
authors run for minutes.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import feedparser

from ..identity import absolute
from ..mending import without_programs
from .reader import RawEntry, RawFeed

# Characters, 2.6 s at worst; the longest of 1,336 feeds at hand has 0.4 million.
MOST_LOOSE = 1_000_000

_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_loose(mended: str, *, url: str) -> RawFeed:
    """What the feed says, with as many entries as can be found; ``mended`` as by ``mend``."""
    found = feedparser.parse(
        BytesIO(mended.encode()),  # never the text itself: feedparser would fetch an address
        response_headers=_HEADERS,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return RawFeed(
        title=found.feed.get("title"),
        url=found.feed.get("link"),
        language=found.feed.get("language"),
        entries=tuple(_entry(entry, url) for entry in found.entries),
    )


def _entry(entry: Mapping[str, Any], url: str) -> RawEntry:
    words = dict(entry.items())  # its own get() answers with another key where one is missing
    link = words.get("feedburner_origlink") or words.get("link")
    content = words.get("content") or [{}]
    return RawEntry(
        id=words.get("id"),
        url=absolute(url, link) if link else None,
        title=words.get("title"),
        published=words.get("published"),
        updated=words.get("updated"),
        summary=without_programs(words.get("summary") or ""),
        content=without_programs(content[0].get("value") or ""),
        author=words.get("author"),
    )

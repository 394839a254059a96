"""The feeds that a web page says it has."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree, html

from ...errors import InputError
from ..decode import decode
from ..identity import feed_key, feed_url
from ..mending import NEVER_XML

MOST = 5  # feeds of one page; those behind are comments and tags
_LARGEST = 3_000_000  # bytes
_TYPES = tuple(f"application/{kind}" for kind in ("rss+xml", "atom+xml", "feed+json", "rdf+xml"))
_NAMED = re.compile(
    r"(?:^|[/.?=_-])(?:rss|atom|feeds?)(?:\.(?:xml|rss|atom|php))?/?$", re.IGNORECASE
)


def feeds_on(page: bytes, *, url: str, charset: str | None = None) -> tuple[str, ...]:
    """Addresses of at most five feeds, first those that the page declares to programs.

    After them links whose address ends as feeds' addresses do. Nothing is fetched.
    """
    text = NEVER_XML.sub("", decode(page[:_LARGEST], charset))
    parser = html.HTMLParser(no_network=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        return ()
    base = next(iter(tree.xpath("//base/@href")), "")
    found: dict[str, str] = {}
    for href in (*_declared(tree), *_linked(tree)):
        named = _absolute(href, url, base)
        if named is not None:
            found.setdefault(feed_key(named), named)
    return tuple(found.values())[:MOST]


def _declared(tree: etree._Element) -> Iterator[str]:
    for link in tree.xpath("//link[@href and @type]"):
        is_other = "alternate" in link.get("rel", "").lower().split()
        if is_other and link.get("type").split(";")[0].strip().lower() in _TYPES:
            yield link.get("href")


def _linked(tree: etree._Element) -> Iterator[str]:
    for href in tree.xpath("//a/@href"):
        if _NAMED.search(href.split("#")[0]):
            yield href


def _absolute(href: str, url: str, base: str) -> str | None:
    """The address of a feed; None if it is no web address."""
    try:
        return feed_url(urljoin(urljoin(url, base), href.strip()))
    except (InputError, ValueError):
        return None

"""Lists of feeds as OPML (http://opml.org/spec2.opml), read from other readers and written for them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from ...errors import InputError, Unreadable
from ...model.sources import Listed
from ..decode import decode
from ..identity import feed_key, feed_url
from ..mending import mend

LARGEST = 2_000_000  # bytes, 28,000 feeds read in 1.2 s; the largest public lists have some 200 kB
_LONGEST_NAME = 200  # characters
_SIGN = "<opml"
# "feed:https://..." and "feed://...", as some readers write them.
_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed(?=://)", re.IGNORECASE)
_READ = frozenset({"xmlurl", "text", "title"})


def is_opml(data: bytes) -> bool:
    """Whether it begins as an OPML list does."""
    return _SIGN in data[:4096].replace(b"\0", b"").decode("latin-1").lower()


def read_opml(data: bytes, *, name: str) -> tuple[Listed, ...]:
    """The feeds of a list in order, each address once; what is no address is left out.

    No entity is expanded and nothing is fetched. Raises Unreadable if it is too large or no list.
    """
    if len(data) > LARGEST:
        raise Unreadable(f"{name} is too large for a list of feeds.", why="long")
    text = decode(data)
    start = text.lower().find(_SIGN)
    if start < 0:
        raise Unreadable(f"{name} is no OPML file.", why="unknown")
    found: dict[str, Listed] = {}
    for outline in _parsed(mend(text[start:]), name).iter("{*}outline"):
        listed = _listed(_said(outline))
        if listed is not None:
            found.setdefault(feed_key(listed.url), listed)
    return tuple(found.values())


def write_opml(
    groups: Sequence[tuple[str, Iterable[Listed]]], *, title: str, created: datetime
) -> bytes:
    """A list for other feed readers, with a folder for each group, without empty ones."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _xml(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(created)
    body = etree.SubElement(root, "body")
    for group, feeds in groups:
        listed = tuple(feeds)
        folder = etree.SubElement(body, "outline", text=_xml(group)) if listed else body
        for feed in listed:
            name = _xml(feed.name).strip() or feed.url
            etree.SubElement(
                folder, "outline", type="rss", text=name, title=name, xmlUrl=_xml(feed.url)
            )
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _parsed(text: str, name: str) -> etree._Element:
    """Its root. Raises Unreadable if the parser cannot recover even that."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    root = None
    with suppress(etree.XMLSyntaxError):  # the one or the other, by what was parsed before
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise Unreadable(f"{name} is damaged.", why="damaged")
    return root


def _said(outline: etree._Element) -> dict[str, str]:
    """The address, text and title of an outline, whatever their case.

    Each value is asked for by name, a walk along all attributes each: ``items()`` of 100,000 takes 32 s and
    lets no other thread run (lxml 6, 2026-11-30).
    """
    keys = (key for key in outline.keys() if key.lower() in _READ)  # noqa: SIM118 - it holds tags
    return {key.lower(): outline.get(key) for key in keys}


def _listed(said: Mapping[str, str]) -> Listed | None:
    try:
        url = feed_url(_address(said.get("xmlurl", "").strip()))
    except InputError:
        return None
    name = " ".join((said.get("text") or said.get("title") or "").split())
    return Listed(url, name[:_LONGEST_NAME])


def _address(given: str) -> str:
    scheme = _SCHEME.match(given)
    if scheme is None:
        return given
    rest = given[scheme.end() :]
    return f"http{rest}" if rest.startswith("://") else rest


def _xml(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\t")

"""RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0 and CDF, well formed or not, by one reader on lxml.

The text is mended before it is parsed (entities, control characters, document type), so that
libxml2's recovery has little left to lose; nothing that a document defines itself is expanded.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml import etree

from ..identity import absolute
from ..mending import mend
from .elements import Parts, attribute, base_of, children, first_html, first_text, name_of

# That are looked at, half from each end: the newest stand at one. The longest of 24 real feeds has 141.
MOST_ITEMS = 1_000
MOST_ATTRIBUTES = 200  # of one element; none of 1,336 feeds at hand has more than 6
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ROOTS = frozenset({"rss", "rdf", "feed", "channel", "entry", "item"})
_ITEMS = frozenset({"item", "entry"})
# What an entry's parts are called, the name that says most first.
_IDS = ("guid", "id", "dc:identifier")
_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_PUBLISHED = tuple(
    "published pubdate issued dcterms:issued dc:date created dcterms:created".split()
)
_UPDATED = ("updated", "modified", "dcterms:modified", "lastbuilddate", "dc:date")
_SUMMARIES = tuple(
    "description summary abstract dc:description itunes:summary media:description".split()
)
_CONTENTS = ("content:encoded", "content", "xhtml:body", "xhtml:div", "body", "fullitem")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One entry as written: dates are words, links absolute if possible."""

    id: str | None
    url: str | None
    title: str | None  # HTML or text
    published: str | None
    updated: str | None
    summary: str
    content: str
    author: str | None
    source: str | None = None  # who told it first, as feeds say that gather from others


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """One feed as it is written."""

    title: str | None
    url: str | None
    language: str | None
    entries: tuple[RawEntry, ...]


def read_xml(text: str, *, url: str) -> RawFeed | None:
    """What the feed says; None if there is no feed in ``text``."""
    root = _parse(text)
    if root is None or (name_of(root) not in _ROOTS and not _some_items(root)):
        return None
    items = _items(root)
    half = MOST_ITEMS // 2
    looked_at = chain(list(islice(items, half)), deque(items, maxlen=half))
    head = _head(root)
    return RawFeed(
        title=first_html(head, ("title", "dc:title", "itunes:title")),
        url=_page_link(head, url) or _rss_link(head, url) or attribute(_channel(root), "href"),
        language=first_text(head, ("language", "dc:language")) or root.get(_LANG),
        entries=tuple(_entry(item, url) for item in looked_at),
    )


def _parse(text: str) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(mend(text).encode(), parser)
    except etree.XMLSyntaxError:
        return None
    if root is not None:
        _thin(root)
        if name_of(root).startswith("?:"):
            _free(root)
    return root


def _thin(root: etree._Element) -> None:
    """Remove attributes if there are too many: for each link, those above it are asked for a base."""
    for element in root.iter(etree.Element):
        if len(element.attrib) > MOST_ATTRIBUTES:
            element.attrib.clear()


def _free(root: etree._Element) -> None:
    """Remove the root's namespace if nobody knows it: it is that of the feed all the same."""
    space = root.tag.rpartition("}")[0] + "}"
    for element in root.iter(etree.Element):
        element.tag = element.tag.removeprefix(space)


def _items(root: etree._Element) -> Iterator[etree._Element]:
    """Each entry, in order; also one inside an entry that lacks its end, but none inside an entry's parts.

    Each part is read with all that it holds: what is nested in 120 descriptions would be read as often.
    """
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        above = element.getparent()
        if name_of(element) in _ITEMS:
            yield element
        elif above is not None and name_of(above) in _ITEMS:
            walk.skip_subtree()


def _some_items(root: etree._Element) -> bool:
    return any(name_of(element) in _ITEMS for element in root.iter(etree.Element))


def _head(root: etree._Element) -> Parts:
    """What is said of the feed itself: children of the channel and of the root."""
    channel = _channel(root)
    return children(chain(channel, root if channel is not root else ()))


def _channel(root: etree._Element) -> etree._Element:
    elements = root.iter(etree.Element)
    return next((element for element in elements if name_of(element) == "channel"), root)


def _entry(item: etree._Element, url: str) -> RawEntry:
    parts = children(item)
    groups = chain.from_iterable(parts.get(name, ()) for name in ("media:group", "media:content"))
    media = children(chain.from_iterable(groups))
    about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or item.get("about")
    return RawEntry(
        id=_identity(parts, url) or first_text(parts, _IDS) or about,
        url=first_text(parts, ("feedburner:origlink",))
        or _page_link(parts, url)
        or _rss_link(parts, url)
        or _address_in_id(parts, url)
        or about
        or attribute(item, "href"),
        title=first_html(parts, _TITLES) or first_html(media, ("media:title",)),
        published=first_text(parts, _PUBLISHED),
        updated=first_text(parts, _UPDATED) or attribute(item, "lastmod"),
        summary=first_html(parts, _SUMMARIES) or first_html(media, ("media:description",)) or "",
        content=first_html(parts, _CONTENTS) or "",
        author=_author(parts),
        source=first_text(parts, ("source",)),
    )


def _identity(parts: Parts, url: str) -> str | None:
    """Atom's id, if it is relative to an xml:base."""
    for element in parts.get("id", ())[:1]:
        base = base_of(element, "")
        if base and element.text:
            return absolute(absolute(url, base), element.text)
    return None


def _page_link(parts: Parts, url: str) -> str | None:
    """The page among Atom's links: an alternate in HTML, or else any alternate.

    Only for that one is its base looked up: there may be as many links as fit into a feed.
    """
    pages, others = list[etree._Element](), list[etree._Element]()
    for element in parts.get("link", ()):
        relation = (element.get("rel") or "alternate").strip().lower()
        if relation.endswith("alternate") and attribute(element, "href"):
            is_page = "html" in (element.get("type") or "").lower()
            (pages if is_page else others).append(element)
    found = next(iter((*pages, *others)), None)
    if found is None:
        return None
    return absolute(base_of(found, url), attribute(found, "href") or "")


def _rss_link(parts: Parts, url: str) -> str | None:
    for element in parts.get("link", ()):
        text = "".join(element.itertext()).strip()
        if text and not attribute(element, "href"):
            return absolute(base_of(element, url), text)
    return None


def _address_in_id(parts: Parts, url: str) -> str | None:
    """An address elsewhere: RSS's guid, Atom's content, or an id that is one."""
    for element in parts.get("guid", ()):
        text = (element.text or "").strip()
        permanent = (element.get("isPermaLink") or element.get("ispermalink") or "true").lower()
        if text and permanent == "true":
            return absolute(base_of(element, url), text)
    for element in parts.get("content", ()):
        if element.get("src"):
            return absolute(base_of(element, url), element.get("src"))
    identity = first_text(parts, ("id",)) or ""
    return identity if identity.startswith(("http://", "https://")) else None


def _author(parts: Parts) -> str | None:
    for element in chain.from_iterable(
        parts.get(name, ()) for name in ("dc:creator", "author", "itunes:author")
    ):
        inner = children(element)
        text = first_text(inner, ("name", "itunes:name")) or "".join(element.itertext()).strip()
        if text:
            return text
    return None

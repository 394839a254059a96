"""RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0 and CDF, well formed or not, by one reader on lxml.

The text is mended before it is parsed (entities, control characters, document type), so that
libxml2's recovery has little left to lose; nothing that a document defines itself is expanded.
Elements are known by their usual prefix ("dc:date"), whatever prefix the feed gives them.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from html.entities import name2codepoint
from itertools import chain, islice
from urllib.parse import urljoin

from lxml import etree

_Parts = Mapping[str, Sequence[etree._Element]]  # children by name

MOST_ITEMS = 1_000  # that are looked at; the longest of 24 real feeds has 141

MOST_ATTRIBUTES = 200  # of one element; none of 1,336 feeds at hand has more than 6

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Parts of a namespace's address that tell what it is: feeds misspell the rest of it.
_NAMESPACES = (
    ("purl.org/rss/1.0/modules/content", "content:"),
    ("purl.org/dc/terms", "dcterms:"),
    ("purl.org/dc/elements", "dc:"),
    ("search.yahoo.com/mrss", "media:"),
    ("itunes", "itunes:"),
    ("feedburner", "feedburner:"),
    ("w3.org/1999/xhtml", "xhtml:"),
    ("w3.org/2005/atom", ""),
    ("purl.org/atom", ""),
    ("purl.org/rss/1.0", ""),
    ("purl.org/net/rss1.1", ""),
    ("my.netscape.com/rdf", ""),
    ("backend.userland.com/rss", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("channel.netscape.com/rdf", ""),
    ("22-rdf-syntax", ""),
)
_ROOTS = frozenset({"rss", "rdf", "feed", "channel", "entry", "item"})
_ITEMS = frozenset({"item", "entry"})
_APART = _ITEMS | {"image", "textinput", "source", "author", "cloud"}  # not the feed's own words
_XML_NAMES = frozenset({"lt", "gt", "amp", "quot", "apos"})
_REFERENCE = re.compile(
    r"&(?:#(\d{1,7});?|#[xX]([0-9a-fA-F]{1,6});?|([A-Za-z][A-Za-z0-9]{1,31});)?"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile("[\x80-\x9f]")  # cp1252 taken for Latin-1 somewhere on the way
_ENTITY = re.compile(r"""<!ENTITY\s+(\w{1,40})\s+["'](&#\w{1,8};|[^&"'<>]{0,100})["']\s*>""")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MOST_NAMED = 10_000  # references in one document
_BEGIN = re.compile(
    r"<(?:\?xml|!--|!doctype|[a-z0-9]{0,9}:?(?:rss|feed|rdf|channel|entry))\b", re.IGNORECASE
)
_DECLARATION = re.compile(r"<\?xml\s[^>]{0,200}\?>")
_NAMESPACE = re.compile(r"""\sxmlns(?::[\w.-]{1,40})?="[^"<>]*\"""")
_PROGRAM = re.compile(r"<(/?)(?:script|style)\b[^<>]*>", re.IGNORECASE)
_TYPE_END = re.compile(r"\][ \t\r\n]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One entry as it is written: dates are words, links absolute if they can be."""

    id: str | None
    url: str | None
    title: str | None  # HTML or text
    published: str | None
    updated: str | None
    summary: str
    content: str
    author: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """One feed as it is written."""

    title: str | None
    url: str | None
    language: str | None
    entries: tuple[RawEntry, ...]


def read_xml(text: str, *, url: str) -> RawFeed | None:
    """What the feed says; None where there is no feed in ``text``."""
    root = _parse(text)
    if root is None or (_name(root) not in _ROOTS and not _some_items(root)):
        return None
    items = islice(_items(root), MOST_ITEMS)
    head = _head(root)
    return RawFeed(
        title=_first_html(head, ("title", "dc:title", "itunes:title")),
        url=_page_link(head, url) or _rss_link(head, url) or _attribute(_channel(root), "href"),
        language=_first_text(head, ("language", "dc:language")) or root.get(_LANG),
        entries=tuple(_entry(item, url) for item in items),
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
        if _name(root).startswith("?:"):
            _free(root)
    return root


def _thin(root: etree._Element) -> None:
    """Take attributes away where there are too many: those above a link are asked for a base at each."""
    for element in root.iter(etree.Element):
        if len(element.attrib) > MOST_ATTRIBUTES:
            element.attrib.clear()


def _free(root: etree._Element) -> None:
    """Take the root's namespace away where nobody knows it: it is the feed's own all the same."""
    space = root.tag.rpartition("}")[0] + "}"
    for element in root.iter(etree.Element):
        element.tag = element.tag.removeprefix(space)


def mend(text: str) -> str:
    """The same document as XML may have it: no document type, no entity that HTML alone knows."""
    begin = _BEGIN.search(text)  # warnings of a broken site may stand before it
    text = _NOT_XML.sub("", text[begin.start() if begin else 0 :])
    text = _DECLARATION.sub("", text)
    text = _CONTROLS.sub(lambda control: unescape(f"&#{ord(control[0])};"), text)
    text = _with_entities(_without_type(text).lstrip(), _entities(text))
    return "".join(_mended_parts(text))


def _entities(text: str) -> dict[str, str]:
    """What the document type calls by short names: plain text only, so nothing grows or is fetched."""
    start = text[:5_000].lower().find("<!doctype")
    if start < 0:
        return {}
    found = _ENTITY.findall(text, start, start + 5_000)
    return {name: unescape(value) for name, value in found if name not in _OF_XML}


def _with_entities(text: str, entities: dict[str, str]) -> str:
    if not entities:
        return text
    names = re.compile(rf"&({'|'.join(map(re.escape, entities))});")
    return names.sub(lambda name: escape(entities[name[1]]), text, count=_MOST_NAMED)


def _without_type(text: str) -> str:
    start = text[:5_000].lower().find("<!doctype")
    if start < 0:
        return text
    end = text.find(">", start)
    if 0 <= text.find("[", start) < end:
        inner = _TYPE_END.search(text, start)
        end = inner.end() - 1 if inner else -1
    return text[:start] + text[end + 1 :] if end >= 0 else text[:start]


def _mended_parts(text: str) -> Iterator[str]:
    """Character data with its references mended, CDATA sections as they are."""
    place = 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + 3
        yield _REFERENCE.sub(_mended, text[place:start])
        yield text[start:end]
        place = end
    yield _REFERENCE.sub(_mended, text[place:])


def _mended(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name in _XML_NAMES:
        return reference[0]
    if name:
        code = name2codepoint.get(name)
        return chr(code) if code else f"&amp;{name};"
    if decimal or hexadecimal:
        sign = unescape(f"&#{decimal};" if decimal else f"&#x{hexadecimal};")
        return _NOT_XML.sub("", escape(sign)).replace("\ufffd", "")
    return "&amp;"


def _name(element: etree._Element) -> str:
    """The local name in lower case with its usual prefix: ``title``, ``dc:date``, ``?:title``."""
    tag: str = element.tag
    namespace, _, local = tag.rpartition("}")
    if not namespace:  # libxml2 leaves a prefix that is not declared in the name
        return local.lower().removeprefix("atom:").removeprefix("rss:")
    space = namespace.lower()
    prefix = next((prefix for part, prefix in _NAMESPACES if part in space), "?:")
    return prefix + local.lower()


def _items(root: etree._Element) -> Iterator[etree._Element]:
    """Each entry, in order; one within an entry too, which lacks its end, but none within its parts.

    Each part is read with all that it holds: what stood in 120 descriptions would be read as often.
    """
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        above = element.getparent()
        if _name(element) in _ITEMS:
            yield element
        elif above is not None and _name(above) in _ITEMS:
            walk.skip_subtree()


def _some_items(root: etree._Element) -> bool:
    return any(_name(element) in _ITEMS for element in root.iter(etree.Element))


def _head(root: etree._Element) -> _Parts:
    """What is said of the feed itself: children of the channel and of the root, items left out."""
    channel = _channel(root)
    return _children(chain(channel, root if channel is not root else ()))


def _channel(root: etree._Element) -> etree._Element:
    elements = root.iter(etree.Element)
    return next((element for element in elements if _name(element) == "channel"), root)


def _attribute(element: etree._Element, name: str) -> str | None:
    """An attribute whose name may be in capitals (CDF), as it is when it is not empty.

    Asked for by its name: to list all values costs lxml the square of their number.
    """
    spelt = (key for key in element.keys() if key.lower() == name)  # noqa: SIM118 - iterates children
    return next((value for key in spelt if (value := element.get(key))), None)


def _children(elements: Iterable[etree._Element]) -> _Parts:
    found: dict[str, list[etree._Element]] = {}
    for element in elements:
        found.setdefault(_name(element), []).append(element)
    return found


def _entry(item: etree._Element, url: str) -> RawEntry:
    parts = _children(item)
    media = [
        *chain.from_iterable(
            group for name in ("media:group", "media:content") for group in parts.get(name, ())
        )
    ]
    inner = _children(media)
    guid = _first_text(parts, ("guid", "id", "dc:identifier"))
    about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or item.get("about")
    return RawEntry(
        id=_identity(parts, url) or guid or about,
        url=_first_text(parts, ("feedburner:origlink",))
        or _page_link(parts, url)
        or _rss_link(parts, url)
        or _address_in_id(parts, url)
        or about
        or _attribute(item, "href"),
        title=_first_html(parts, ("title", "dc:title", "media:title", "itunes:title"))
        or _first_html(inner, ("media:title",)),
        published=_first_text(
            parts,
            (
                "published",
                "pubdate",
                "issued",
                "dcterms:issued",
                "dc:date",
                "created",
                "dcterms:created",
            ),
        ),
        updated=_first_text(
            parts, ("updated", "modified", "dcterms:modified", "lastbuilddate", "dc:date")
        )
        or _attribute(item, "lastmod"),
        summary=_first_html(
            parts,
            (
                "description",
                "summary",
                "abstract",
                "dc:description",
                "itunes:summary",
                "media:description",
            ),
        )
        or _first_html(inner, ("media:description",))
        or "",
        content=_first_html(
            parts, ("content:encoded", "content", "xhtml:body", "xhtml:div", "body", "fullitem")
        )
        or "",
        author=_author(parts),
    )


def _identity(parts: _Parts, url: str) -> str | None:
    """Atom's id where it is relative to an xml:base."""
    for element in parts.get("id", ())[:1]:
        base = _base(element, "")
        if base and element.text:
            return absolute(absolute(url, base), element.text)
    return None


def _first_text(parts: _Parts, names: Sequence[str]) -> str | None:
    for element in chain.from_iterable(parts.get(name, ()) for name in names):
        text = "".join(element.itertext()).strip()
        if text:
            return text
    return None


def _first_html(parts: _Parts, names: Sequence[str]) -> str | None:
    for element in chain.from_iterable(parts.get(name, ()) for name in names):
        text = _html(element).strip()
        if text:
            return text
    return None


def _html(element: etree._Element) -> str:
    """What an element holds, as HTML, without what is meant for programs."""
    return without_programs(_raw_html(element))


def without_programs(html: str) -> str:
    """The same without scripts and styles; one that is never closed takes the rest with it."""
    if not _PROGRAM.search(html):
        return html
    kept, place, depth = [], 0, 0
    for tag in _PROGRAM.finditer(html):
        if depth == 0:
            kept.append(html[place : tag.start()])
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        place = tag.end()
    return "".join([*kept, html[place:] if depth == 0 else ""])


def _raw_html(element: etree._Element) -> str:
    kind = (element.get("type") or "").strip().lower()
    if element.get("mode") == "base64" or kind == "application/octet-stream":
        return _from_base64(element)
    if len(element):
        return _markup(element)
    text = element.text or ""
    if (
        _is_atom(element)
        and kind in ("", "text", "text/plain")
        and element.get("mode") != "escaped"
    ):
        return escape(text, quote=False)
    return text


def _is_atom(element: etree._Element) -> bool:
    return "atom" in etree.QName(element).namespace.lower() if element.tag[0] == "{" else False


def _from_base64(element: etree._Element) -> str:
    try:
        return base64.b64decode("".join(element.itertext())).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _markup(element: etree._Element) -> str:
    """The markup inside an element, without the wrapping <div> of XHTML content."""
    only = element[0]
    if len(element) == 1 and _name(only) in ("xhtml:div", "div", "xhtml:body", "body"):
        element = only
    pieces = [escape(element.text or "", quote=False)]
    pieces += [etree.tostring(_bare(child), encoding="unicode", method="html") for child in element]
    return _NAMESPACE.sub("", "".join(pieces))


def _bare(element: etree._Element) -> etree._Element:
    """The element with all names freed of namespaces, as HTML has them."""
    for each in element.iter(etree.Element):
        each.tag = etree.QName(each).localname
    return element


def _base(element: etree._Element, url: str) -> str:
    """What addresses in an element are relative to: every xml:base above it, outermost first."""
    bases = [element.get(_BASE), *(above.get(_BASE) for above in element.iterancestors())]
    for base in reversed(bases):
        url = absolute(url, base) if base else url
    return url


def absolute(base: str, address: str) -> str:
    """An address seen from ``base``; as it is where that cannot be."""
    try:
        return urljoin(base, address.strip())
    except ValueError:  # "http://[" and the like
        return address.strip()


def _page_link(parts: _Parts, url: str) -> str | None:
    """The page among Atom's links: an alternate in HTML, else any alternate.

    What it is relative to is asked for that one alone, since there may be as many links as a feed holds.
    """
    pages, others = list[etree._Element](), list[etree._Element]()
    for element in parts.get("link", ()):
        relation = (element.get("rel") or "alternate").strip().lower()
        if relation.endswith("alternate") and _attribute(element, "href"):
            is_page = "html" in (element.get("type") or "").lower()
            (pages if is_page else others).append(element)
    found = next(iter((*pages, *others)), None)
    if found is None:
        return None
    return absolute(_base(found, url), _attribute(found, "href") or "")


def _rss_link(parts: _Parts, url: str) -> str | None:
    for element in parts.get("link", ()):
        text = "".join(element.itertext()).strip()
        if text and not _attribute(element, "href"):
            return absolute(_base(element, url), text)
    return None


def _address_in_id(parts: _Parts, url: str) -> str | None:
    """RSS's guid where it is the address too, Atom's content elsewhere, an id that is an address."""
    for element in parts.get("guid", ()):
        text = (element.text or "").strip()
        permanent = (element.get("isPermaLink") or element.get("ispermalink") or "true").lower()
        if text and permanent == "true":
            return absolute(_base(element, url), text)
    for element in parts.get("content", ()):
        if element.get("src"):
            return absolute(_base(element, url), element.get("src"))
    identity = _first_text(parts, ("id",)) or ""
    return identity if identity.startswith(("http://", "https://")) else None


def _author(parts: _Parts) -> str | None:
    for element in chain.from_iterable(
        parts.get(name, ()) for name in ("dc:creator", "author", "itunes:author")
    ):
        inner = _children(element)
        text = _first_text(inner, ("name", "itunes:name")) or "".join(element.itertext()).strip()
        if text:
            return text
    return None

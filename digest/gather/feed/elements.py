"""The elements of a feed, known by their usual prefix ("dc:date") whatever prefix the feed gives them."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape, unescape
from itertools import chain

from lxml import etree

from ..identity import absolute
from ..mending import without_programs

Parts = Mapping[str, Sequence[etree._Element]]  # children by name

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
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
# What Blogger calls text has them: both of its feeds among 24 real ones say "&nbsp;".
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAMESPACE = re.compile(r"""\sxmlns(?::[\w.-]{1,40})?="[^"<>]*\"""")


def name_of(element: etree._Element) -> str:
    """The local name in lower case with its usual prefix: ``title``, ``dc:date``, ``?:title``."""
    tag: str = element.tag
    namespace, _, local = tag.rpartition("}")
    if not namespace:  # libxml2 leaves a prefix that is not declared in the name
        return local.lower().removeprefix("atom:").removeprefix("rss:")
    space = namespace.lower()
    prefix = next((prefix for part, prefix in _NAMESPACES if part in space), "?:")
    return prefix + local.lower()


def children(elements: Iterable[etree._Element]) -> Parts:
    """The elements by name, in their order."""
    found: dict[str, list[etree._Element]] = {}
    for element in elements:
        found.setdefault(name_of(element), []).append(element)
    return found


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute whose name may be in capitals (CDF), unless it is empty.

    It is asked for by name: listing all values takes lxml the square of their number.
    """
    spelt = (key for key in element.keys() if key.lower() == name)  # noqa: SIM118 - iterates children
    return next((value for key in spelt if (value := element.get(key))), None)


def first_text(parts: Parts, names: Sequence[str]) -> str | None:
    """The text of the first part that has one, in the order of ``names``."""
    for element in chain.from_iterable(parts.get(name, ()) for name in names):
        text = "".join(element.itertext()).strip()
        if text:
            return text
    return None


def first_html(parts: Parts, names: Sequence[str]) -> str | None:
    """As ``first_text``, with its markup."""
    for element in chain.from_iterable(parts.get(name, ()) for name in names):
        text = _html(element).strip()
        if text:
            return text
    return None


def _html(element: etree._Element) -> str:
    """The content of an element as HTML, without scripts and styles."""
    return without_programs(_raw_html(element))


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
        return escape(_ENTITY.sub(lambda entity: unescape(entity[0]), text), quote=False)
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
    if len(element) == 1 and name_of(only) in ("xhtml:div", "div", "xhtml:body", "body"):
        element = only
    pieces = [escape(element.text or "", quote=False)]
    pieces += [etree.tostring(_bare(child), encoding="unicode", method="html") for child in element]
    return _NAMESPACE.sub("", "".join(pieces))


def _bare(element: etree._Element) -> etree._Element:
    """The element with all names freed of namespaces, as in HTML."""
    for each in element.iter(etree.Element):
        each.tag = etree.QName(each).localname
    return element


def base_of(element: etree._Element, url: str) -> str:
    """What addresses in an element are relative to: every xml:base above it, outermost first."""
    bases = [element.get(_BASE), *(above.get(_BASE) for above in element.iterancestors())]
    for base in reversed(bases):
        url = absolute(url, base) if base else url
    return url

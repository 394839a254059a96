"""Repairs strangers' markup before it is parsed: XML that parses, HTML without scripts."""

import re
from collections.abc import Iterator
from html import escape, unescape
from html.entities import name2codepoint

_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_REFERENCE = re.compile(
    r"&(?:#(\d{1,7});?|#[xX]([0-9a-fA-F]{1,6});?|([A-Za-z][A-Za-z0-9]{1,31});)?"
)
NEVER_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # lxml refuses these
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile("[\x80-\x9f]")  # cp1252 taken for Latin-1 somewhere on the way
_OF_CP1252 = re.compile(r"&#0*1[2-5]\d;")  # lxml takes them for controls, browsers do not
_ENTITY = re.compile(r"""<!ENTITY\s+(\w{1,40})\s+["'](&#\w{1,8};|[^&"'<>]{0,100})["']\s*>""")
_MOST_NAMED = 10_000  # references in one document
_BEGIN = re.compile(
    r"<(?:\?xml|!--|!doctype|[a-z0-9]{0,9}:?(?:rss|feed|rdf|channel|entry))\b", re.IGNORECASE
)
_DECLARATION = re.compile(r"<\?xml\s[^>]{0,200}\?>")
_PROGRAM = re.compile(r"<(/?)(?:script|style)\b[^<>]*>", re.IGNORECASE)
_TYPE_END = re.compile(r"\][ \t\r\n]*>")


def mend(text: str) -> str:
    """The same document as XML allows it: without document type and entities that only HTML knows."""
    begin = _BEGIN.search(text)  # warnings of a broken site may stand before it
    text = _NOT_XML.sub("", text[begin.start() if begin else 0 :])
    text = _DECLARATION.sub("", text)
    text = _CONTROLS.sub(lambda control: unescape(f"&#{ord(control[0])};"), text)
    text = _with_entities(_without_type(text).lstrip(), _entities(text))
    return "".join(_mended_parts(text))


def _entities(text: str) -> dict[str, str]:
    """The entities that the document type defines as plain text, so that nothing grows or is fetched."""
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
    if name in _OF_XML:
        return reference[0]
    if name:
        code = name2codepoint.get(name)
        return chr(code) if code else f"&amp;{name};"
    if decimal or hexadecimal:
        sign = unescape(f"&#{decimal};" if decimal else f"&#x{hexadecimal};")
        return _NOT_XML.sub("", escape(sign)).replace("\ufffd", "")
    return "&amp;"


def with_signs(html: str) -> str:
    """The text with the characters that browsers read for references to control codes: "&#150;"."""
    return _OF_CP1252.sub(lambda reference: unescape(reference[0]), html) if "&#" in html else html


def without_programs(html: str) -> str:
    """The text without scripts and styles; one that is never closed takes the rest with it."""
    if not _PROGRAM.search(html):
        return html
    kept, place, depth = [], 0, 0
    for tag in _PROGRAM.finditer(html):
        if depth == 0:
            kept.append(html[place : tag.start()])
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        place = tag.end()
    return "".join([*kept, html[place:] if depth == 0 else ""])

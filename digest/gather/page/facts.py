"""What a web page says about itself: title, address, dates, author, language, publisher."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import chain
from urllib.parse import urlsplit

from lxml import etree

from ..dates import parse_instant
from ..identity import absolute
from ..phrases.date_words import months, weekdays
from ..titles import as_line, without_site

_DEEPEST = 6  # levels of JSON-LD that are looked into: graph, list, page, main entity, author
_ARTICLE = re.compile(r"Article|BlogPosting|Reportage|Report$|NewsMedia$")
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "og:article:published_time",
    "parsely-pub-date", "sailthru.date", "article.published", "publish-date", "publish_date",
    "pubdate", "publication_date", "published-date", "cxenseparse:recs:publishtime", "date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "dc.date", "dc.date.created",
    "article_date_original", "originalpublicationdate", "displaydate", "rnews:datepublished",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-]|$)")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]|$)")
_BY = re.compile(r"^\s*(?:by|von|par|por|автор:?)\s+", re.IGNORECASE)
_SIGNED = (
    "//*[@rel='author' or @itemprop='author' or contains(@class, 'author-name')"
    " or contains(@class, 'byline')]"
)
_AFTER_NAME = re.compile(r"(?<!\w)\d|[@|•·]|\b(?:Published|Updated|Posted|Print this)\b")
_LOOSE = " ,;–—-"
_WORD = re.compile(r"\w+")
_SURELY_HEADLINE = 5  # words
_LONGEST_NAME = 120  # characters: more is no name


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """Each as the page says it; None where it does not."""

    title: str | None
    url: str | None  # its canonical address, absolute
    author: str | None
    site: str | None
    language: str | None  # ISO 639-1
    published_at: datetime | None
    modified_at: datetime | None
    text: str | None  # of the whole article, where the page has it for search engines
    is_free: bool  # unless it says that it is not


def page_facts(tree: etree._Element, *, url: str | None, seen_at: datetime) -> PageFacts:
    """What the page says about itself: JSON-LD first, then <meta>, then what readers see."""
    meta, linked = _meta(tree), _linked(tree)
    site = as_line(meta.get("og:site_name")) or _name_of(linked.get("publisher"))
    canonical = _canonical(tree, meta, url)
    return PageFacts(
        title=_title(tree, meta, linked, site=site, host=_host(canonical or url)),
        url=canonical,
        author=_author(tree, meta, linked),
        site=site,
        language=_language(tree, meta, linked),
        published_at=_published(tree, meta, linked, canonical or url, seen_at),
        modified_at=_first_instant(
            [linked.get("dateModified"), *map(meta.get, _MODIFIED)], seen_at
        ),
        text=_text_of(linked.get("articleBody")),
        is_free=_is_free(linked, meta),
    )


def _host(url: str | None) -> str:
    return urlsplit(url or "").hostname or ""


def _meta(tree: etree._Element) -> Mapping[str, str]:
    """The first content under each name, names in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked(tree: etree._Element) -> Mapping[str, object]:
    """The page's article in JSON-LD; empty where there is none that can be read."""
    records = chain.from_iterable(_records(data, _DEEPEST) for data in _scripts(tree))
    return next((one for one in records if _ARTICLE.search(str(one.get("@type")))), {})


def _scripts(tree: etree._Element) -> Iterator[object]:
    """What the page says to programs, as far as it can be read."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                data = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            yield data


def _records(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for each in data:
            yield from _records(each, depth - 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _records(data.get(key), depth - 1)


def _title(
    tree: etree._Element,
    meta: Mapping[str, str],
    linked: Mapping[str, object],
    *,
    site: str | None,
    host: str,
) -> str | None:
    """The heading that is the title which <meta> knows, as readers see it; else either of them."""
    called = (_text_of(linked.get("headline")), meta.get("og:title"), meta.get("twitter:title"))
    name = as_line(next(filter(None, called), None) or tree.findtext(".//title"))
    headings = (as_line("".join(heading.itertext())) for heading in tree.iter("h1"))
    seen = [title for title in headings if title and title != site]
    if not name:
        return next(iter(seen), None)
    headline = next((title for title in seen if _is_headline(title, name)), None)
    bare = without_site(name, site) if headline is None else headline
    return reduce(without_site, filter(None, (site, host)), bare)


def _is_headline(heading: str, name: str) -> bool:
    """Whether a heading is the title, perhaps in other words, and not a logo or a section's name."""
    words = set(_WORD.findall(heading.casefold()))
    shared = words & set(_WORD.findall(name.casefold()))
    return len(words) >= _SURELY_HEADLINE or 3 * len(shared) >= len(words)


def _is_free(linked: Mapping[str, object], meta: Mapping[str, str]) -> bool:
    """False where schema.org's or Facebook's way of saying so is used."""
    said = str(linked.get("isAccessibleForFree")).casefold()
    return said != "false" and meta.get("article:content_tier") != "locked"


def _canonical(tree: etree._Element, meta: Mapping[str, str], url: str | None) -> str | None:
    """The page's own address, unless it is the site's front page or another site's."""
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    said = [link.get("href") for link in links] + [meta.get("og:url")]
    for address in filter(None, said):
        full = absolute(url or "", address)
        parts = urlsplit(full) if full.startswith(("http://", "https://")) else None
        if parts and parts.path.strip("/") and (not url or _same_site(full, url)):
            return full
    return url


def _same_site(one: str, other: str) -> bool:
    hosts = [(urlsplit(address).hostname or "").split(".")[-2:] for address in (one, other)]
    return hosts[0] == hosts[1]


def _author(
    tree: etree._Element, meta: Mapping[str, str], linked: Mapping[str, object]
) -> str | None:
    said = (_name_of(linked.get("author")), *(meta.get(name) for name in _AUTHOR))
    for words in chain(said, _signatures(tree)):
        said_so = _BY.sub("", as_line(words) or "")
        is_name = len(said_so) <= _LONGEST_NAME and not said_so.startswith(("http:", "https:"))
        if is_name and (name := _named(said_so)):
            return name
    return None


def _signatures(tree: etree._Element) -> Iterator[str]:
    """What stands where authors are named, for readers."""
    for element in tree.xpath(_SIGNED):
        yield " ".join(" ".join(element.itertext()).split())


def _named(words: str) -> str:
    """The names before a day, an account or what a page offers."""
    head = _AFTER_NAME.split(words, maxsplit=1)[0]
    name = head.strip(_LOOSE)
    day = words[len(head) :].casefold().replace(",", " ").split()[:3]
    if not any(map(str.isdigit, day[:1])):
        return name
    for calendar in (months(), weekdays()):
        before, _, last = name.rpartition(" ")
        # "Theresa May 12 May 2026" has the month behind the day, and "May" is her name.
        if calendar.isdisjoint(day) and last.strip(",.").casefold() in calendar:
            name = before.rstrip(_LOOSE)
    return name


def _name_of(value: object) -> str | None:
    """The names in what JSON-LD has for a person or an organisation."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name_of, value[:10]))) or None
    if isinstance(value, dict):
        return _name_of(value.get("name"))
    return _text_of(value)


def _text_of(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _language(
    tree: etree._Element, meta: Mapping[str, str], linked: Mapping[str, object]
) -> str | None:
    said = (tree.get("lang"), _text_of(linked.get("inLanguage")), meta.get("og:locale"))
    codes = (_LANGUAGE.match(words) for words in said if words)
    return next((code[1].lower() for code in codes if code), None)


def _published(
    tree: etree._Element,
    meta: Mapping[str, str],
    linked: Mapping[str, object],
    url: str | None,
    seen_at: datetime,
) -> datetime | None:
    said = (linked.get("datePublished"), *(meta.get(name) for name in _PUBLISHED))
    return (
        _first_instant(said, seen_at)
        or _first_instant(_times(tree), seen_at)
        or _in_address(url, seen_at)
        or _first_instant(_dated(tree), seen_at)
        or _first_instant([linked.get("dateCreated"), linked.get("uploadDate")], seen_at)
    )


def _first_instant(said: Iterable[object], seen_at: datetime) -> datetime | None:
    found = (parse_instant(words, seen_at=seen_at) for words in said if isinstance(words, str))
    return next(filter(None, found), None)


def _times(tree: etree._Element) -> Iterator[str]:
    """What <time> elements say, those that are marked as the publication first."""
    times = list(tree.iter("time"))
    marked = [
        time for time in times if time.get("itemprop") == "datePublished" or time.get("pubdate")
    ]
    for element in (*marked, *times[:5]):
        yield element.get("datetime") or "".join(element.itertext())


def _dated(tree: etree._Element) -> Iterator[str]:
    """Short texts of elements that are called dates."""
    named = tree.xpath(
        "//*[@itemprop='datePublished' or contains(@class, 'date') or contains(@class, 'time')"
        " or contains(@class, 'publish') or contains(@id, 'date')]"
    )
    for element in named[:30]:
        yield element.get("content") or " ".join("".join(element.itertext()).split())


def _in_address(url: str | None, seen_at: datetime) -> datetime | None:
    found = _DATE_IN_ADDRESS.search(url or "")
    return parse_instant("-".join(found.groups()), seen_at=seen_at) if found else None

"""Feeds as they are published, and their entries as articles."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final, NoReturn

from ...errors import Unreadable
from ...model.gathered import Draft, Entry, Feed, Paragraph
from ...model.sources import Outlet
from ..dates import parse_instant
from ..decode import decode
from ..identity import absolute
from ..lines.clean import Cleaned, clean_paragraphs
from ..mending import mend
from ..paragraphs import paragraphs, retyped
from ..titles import as_line, without_outlet
from .loose import MOST_LOOSE, read_loose
from .reader import MOST_ITEMS, RawEntry, RawFeed, read_xml

MOST_ENTRIES: Final = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # what software writes for "no date"
_FIRST = re.compile(r"<(?:[a-z0-9]{1,9}:)?(html|head|body|rss|feed|rdf|channel)\b", re.IGNORECASE)
_OPENING = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_ADDRESSED = re.compile(r"\S+@\S+\s*(?:\((.+)\))?")


def parse_feed(
    body: bytes,
    *,
    url: str,
    media_type: str | None = None,
    charset: str | None = None,
    country: str | None = None,
    seen_at: datetime,
) -> Feed:
    """What a feed says; at most its 200 newest entries, in the order of the feed.

    ``url`` is where it came from, against which links are resolved. ``charset`` is what the header said.
    ``country`` is that of the outlet, by whose clock a time without a zone is read. Raises Unreadable if
    the bytes are no feed, and says what they are instead.
    """
    text = decode(body, charset).strip("\ufeff \t\r\n\0")
    if not text:
        raise Unreadable(f"{url} is no feed: empty body")
    is_page = _is_page(text)
    raw = None if is_page else _read(text, url)
    if raw is None:
        kind = "a web page" if is_page or media_type == "text/html" else "something else"
        raise Unreadable(f"{url} is {kind}, not a feed")
    dated = partial(_instant, country=country, seen_at=seen_at)
    entries = [_entry(entry, dated) for entry in raw.entries]
    return Feed(
        title=as_line(raw.title),
        url=raw.url,
        language=raw.language,
        entries=_newest(_told_apart(entries)),
    )


def _is_page(text: str) -> bool:
    """Whether HTML begins before any feed does; a document type says nothing, feeds have them too."""
    first = _FIRST.search(text)
    return first is not None and first[1].lower() in ("html", "head", "body")


def _read(text: str, url: str) -> RawFeed | None:
    if text[0] in "{[":
        return _read_json(text, url)
    raw = read_xml(text, url=url)
    found = len(raw.entries) if raw else 0
    if not found < len(_OPENING.findall(text)) <= MOST_ITEMS:
        return raw
    if len(text) > MOST_LOOSE:
        return raw if found else _refuse(len(text), url)
    loose = read_loose(mend(text), url=url)
    return loose if len(loose.entries) > found else raw


def _refuse(length: int, url: str) -> NoReturn:
    raise Unreadable(
        f"{url} is no valid XML, and with {length:,} characters too long to be read all the same"
    )


def in_full(feed: Feed, *, url: str) -> Feed:
    """The feed as it is shown: what is missing is replaced by what comes nearest.

    Summary and content stand in for each other, the address for the id, the first line of text or the
    address for the title. Articles are never made from this: there, unknown is None.
    """
    page = feed.url or url
    entries = tuple(_entry_in_full(entry) for entry in feed.entries)
    return replace(feed, title=feed.title or page, url=page, entries=entries)


def _entry_in_full(entry: Entry) -> Entry:
    words = entry.summary or entry.content
    return replace(
        entry,
        id=entry.id or entry.url,
        title=entry.title or as_line(words) or entry.url,
        summary=words,
        content=entry.content or entry.summary,
        published_at=entry.published_at or entry.updated_at,
    )


def _entry(raw: RawEntry, dated: Callable[[str | None], datetime | None]) -> Entry:
    return Entry(
        id=raw.id,
        url=raw.url,
        title=as_line(raw.title),
        published_at=dated(raw.published),
        updated_at=dated(raw.updated),
        summary=raw.summary,
        content=raw.content,
        author=as_line(raw.author),
        source=as_line(raw.source),
    )


def _instant(words: str | None, *, country: str | None, seen_at: datetime) -> datetime | None:
    found = parse_instant(words, seen_at=seen_at, country=country) if words else None
    return None if found == _EPOCH else found


def _told_apart(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries with ids that tell them apart; an id that several share is replaced by the link."""
    times = Counter(entry.id for entry in entries)
    return [
        replace(entry, id=entry.url) if entry.id and times[entry.id] > 1 else entry
        for entry in entries
    ]


def _newest(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    if len(entries) <= MOST_ENTRIES:
        return tuple(entries)
    order = sorted(range(len(entries)), key=lambda place: _age(entries[place]), reverse=True)
    return tuple(entries[place] for place in sorted(order[:MOST_ENTRIES]))


def _age(entry: Entry) -> datetime:
    return entry.published_at or entry.updated_at or datetime.min.replace(tzinfo=UTC)


def _read_json(text: str, url: str) -> RawFeed | None:
    """A JSON Feed (jsonfeed.org, versions 1 and 1.1); None if the text is another JSON."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{url} is neither JSON nor XML: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        return None
    items = (item for item in data["items"] if isinstance(item, dict))
    return RawFeed(
        title=_word(data, "title"),
        url=_link(data, "home_page_url", url),
        language=_word(data, "language"),
        entries=tuple(_json_entry(item, url) for item in items),
    )


def _json_entry(item: Mapping[str, object], url: str) -> RawEntry:
    return RawEntry(
        id=_word(item, "id"),
        url=_link(item, "url", url) or _link(item, "external_url", url),
        title=_word(item, "title"),
        published=_word(item, "date_published"),
        updated=_word(item, "date_modified"),
        summary=_word(item, "summary") or "",
        content=_word(item, "content_html") or _word(item, "content_text") or "",
        author=_json_author(item),
    )


def _json_author(item: Mapping[str, object]) -> str | None:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return _word(first, "name") if isinstance(first, dict) else None


def _link(record: Mapping[str, object], key: str, url: str) -> str | None:
    word = _word(record, key)
    return absolute(url, word) if word else None


def _word(record: Mapping[str, object], key: str) -> str | None:
    value = record.get(key)
    return str(value).strip() or None if isinstance(value, str | int | float) else None


def entry_draft(entry: Entry, *, outlet: Outlet | None) -> Draft:
    """An entry as an article, cleaned.

    Its text is the content, or the summary if that comes to nothing; no paragraphs if it has neither. The
    address is None unless it is absolute.
    """
    found, cleaned = _cleaned(entry.content, entry.title)
    if not cleaned.paragraphs:
        found, cleaned = _cleaned(entry.summary, entry.title)
    published_at = entry.published_at or entry.updated_at
    return Draft(
        title=_headline(entry, outlet),
        paragraphs=retyped(cleaned.paragraphs, found),
        url=entry.url if (entry.url or "").startswith(("http://", "https://")) else None,
        byline=_person(entry.author) or cleaned.byline,
        outlet=outlet,
        kicker=cleaned.kicker,
        dateline=cleaned.dateline,
        published_at=published_at,
        modified_at=entry.updated_at if entry.updated_at != published_at else None,
        date_source="feed" if published_at else "first_seen",
        removed=cleaned.removed,
    )


def _headline(entry: Entry, outlet: Outlet | None) -> str | None:
    """The title without the name of the outlet, or of the one it was gathered from, behind it."""
    names = (outlet.name if outlet else None, entry.source)
    title = entry.title
    for name in names:
        title = without_outlet(title, name) if title and name else title
    return title


def _cleaned(markup: str, title: str | None) -> tuple[tuple[Paragraph, ...], Cleaned]:
    """The paragraphs as they are, and without what is no part of the article."""
    found = paragraphs(markup)
    return found, clean_paragraphs([each.text for each in found], title=title, is_plain=False)


def _person(author: str | None) -> str | None:
    """The name in ``desk@paper.example (A. Writer)``; None for an address alone."""
    addressed = _ADDRESSED.fullmatch(author or "")
    return addressed[1] if addressed else author

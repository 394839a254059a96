"""The parts of the engine whose rows name files: a page, a feed, an article."""

import gzip
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from digest.errors import AttacheError, InputError, Unreadable
from digest.gather.documents.articlefile import read_article
from digest.gather.documents.files import LARGEST, decode, read_bytes
from digest.gather.feed.feeds import in_full, parse_feed
from digest.gather.lines.bylines import authors_of
from digest.gather.page.extract import extract_page
from digest.model.gathered import Draft
from digest.read.language import language

from ..intake.gathering import Reads
from .jsonl import Row, text_of, text_or_none


def page_rows(reads: Reads, root: Path, *, now: datetime) -> Callable[[Row], Row]:
    """Text, title, date, authors and language of the page that a row names."""

    def row(given: Row) -> Row:
        path = _below(root, text_of(given, "html"))
        data = _unpacked(path) if path.suffix == ".gz" else read_bytes(path)
        url = text_or_none(given, "url")
        draft = reads(extract_page, data, url=url, seen_at=now)
        text = "\n".join(paragraph.text for paragraph in draft.paragraphs)
        return {
            "id": given["id"],
            "title": draft.title,
            "text": text,
            "published_at": _iso(draft.published_at),
            "authors": list(authors_of(draft.byline or "")),
            "language": language(text) or draft.language,
        }

    return row


def feed_rows(reads: Reads, root: Path, *, now: datetime) -> Callable[[Row], Row]:
    """The feed that a row names with its entries, or why it is none."""

    def row(given: Row) -> Row:
        headers = _lowered(given.get("headers"))
        media_type, charset = _content_type(headers.get("content-type", ""))
        base = text_or_none(given, "base_url") or headers.get("content-location", "")
        data = read_bytes(_below(root, text_of(given, "file")))
        try:
            read = reads(
                parse_feed,
                data,
                url=base,
                media_type=media_type,
                charset=charset,
                seen_at=now,
            )
            feed = in_full(read, url=base)
        except AttacheError as error:
            return {"id": given["id"], "ok": False, "error": str(error), "feed": None, "items": []}
        return {
            "id": given["id"],
            "ok": True,
            "error": None,
            "feed": {"title": feed.title, "link": feed.url},
            "items": [
                {
                    "title": entry.title,
                    "link": entry.url,
                    "id": entry.id,
                    "published": _iso(entry.published_at),
                    "updated": _iso(entry.updated_at),
                    "summary": entry.summary,
                    "content": entry.content,
                }
                for entry in feed.entries
            ],
        }

    return row


def article_rows(reads: Reads, root: Path, *, now: datetime) -> Callable[[Row], Row]:
    """The article in the file that a row names, in parts."""

    def row(given: Row) -> Row:
        name = text_of(given, "file")
        text = decode(read_bytes(_below(root, name)))
        draft = reads(read_article, text, file=name, seen_at=now)
        return {"id": given["id"], **_draft(draft)}

    return row


def _draft(draft: Draft) -> Row:
    text = "\n".join(paragraph.text for paragraph in draft.paragraphs)
    return {
        "title": draft.title,
        "byline": draft.byline,
        "outlet": draft.outlet.name if draft.outlet else None,
        "kicker": draft.kicker,
        "dateline": draft.dateline,
        "published_at": _iso(draft.published_at),
        "modified_at": _iso(draft.modified_at),
        "date_source": draft.date_source,
        "language": language(text) or draft.language,
        "paragraphs": [
            {"type": paragraph.kind, "text": paragraph.text} for paragraph in draft.paragraphs
        ],
        "removed": list(draft.removed),
    }


def _below(root: Path, name: str) -> Path:
    """The file that a row names. Raises InputError if it lies outside of the root, also through a link."""
    path = root / name
    try:
        is_below = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, or a name that none has
        is_below = False
    if not is_below:
        raise InputError(
            f"{name} does not lie in the root; name a file below it, or another --root"
        )
    return path


def _unpacked(path: Path) -> bytes:
    """The content of a gzip file; a small one may hold far more than is ever read, so that is limited."""
    try:
        with gzip.GzipFile(fileobj=BytesIO(read_bytes(path))) as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise Unreadable(f"{path} is no whole gzip file.") from None
    if len(data) > LARGEST:
        raise Unreadable(f"{path} is too large: at most {LARGEST / 1e6:,.0f} MB are read.")
    return data


def _lowered(headers: object) -> Mapping[str, str]:
    """The headers to assume, with their names in lower case; none if they are no object."""
    given = headers if isinstance(headers, dict) else {}
    return {str(name).lower(): str(value) for name, value in given.items()}


def _content_type(declared: str) -> tuple[str | None, str | None]:
    """Media type and charset as declared."""
    media_type, _, parameters = declared.lower().partition(";")
    _, _, charset = parameters.partition("charset=")
    return media_type.strip() or None, charset.split(";")[0].strip(" \"'") or None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

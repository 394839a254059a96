"""What a file or an answer holds, as drafts: the jobs that are done apart from the program."""

from datetime import datetime

from ..errors import Unreadable
from ..model import Draft, Feed, Fetched, Outlet
from .articlefile import read_article
from .extract import extract_page
from .feeds import entry_draft, parse_feed
from .files import Kind, decode
from .from_docx import docx_text
from .from_pdf import pdf_text


def of_data(data: bytes, kind: Kind, name: str, *, seen_at: datetime) -> tuple[Draft, ...]:
    """The articles in a file's content. Raises Unreadable where there is none."""
    match kind:
        case "feed":
            return entry_drafts(parse_feed(data, url=name, seen_at=seen_at), outlet=None)
        case "html":
            return (extract_page(data, url=None, seen_at=seen_at),)
        case "pdf":
            return (read_article(pdf_text(data, name=name), file=name, seen_at=seen_at),)
        case "docx":
            return (read_article(docx_text(data, name=name), file=name, seen_at=seen_at),)
        case "text":
            return (read_article(decode(data), file=name, seen_at=seen_at),)


def feed_in(fetched: Fetched, *, seen_at: datetime) -> Feed:
    """The feed that a request brought. Raises Unreadable where it is something else."""
    return parse_feed(
        fetched.body,
        url=fetched.final_url,
        media_type=fetched.media_type,
        charset=fetched.charset,
        seen_at=seen_at,
    )


def entry_drafts(feed: Feed, *, outlet: Outlet | None) -> tuple[Draft, ...]:
    """The entries of a feed, of this outlet, else of what the feed calls itself."""
    outlet = outlet or (Outlet(feed.title) if feed.title else None)
    return tuple(entry_draft(entry, outlet=outlet) for entry in feed.entries)


def of_answer(fetched: Fetched, *, seen_at: datetime) -> tuple[Draft, ...]:
    """The articles of what a request brought: a feed's entries, or the page itself."""
    try:
        return entry_drafts(feed_in(fetched, seen_at=seen_at), outlet=None)
    except Unreadable:
        return (page_in(fetched, seen_at=seen_at),)


def page_in(fetched: Fetched, *, seen_at: datetime) -> Draft:
    """The article on the page that a request brought. Raises Unreadable where it holds none."""
    return extract_page(
        fetched.body, url=fetched.final_url, charset=fetched.charset, seen_at=seen_at
    )

"""What a file or an answer holds, as drafts: the jobs for the processes that parse input from strangers.

The program names these jobs and its children do them, so each parser is imported where it is used: those of
pages and documents would take half of the bot's start.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from ..errors import InputError, Unreadable, Withheld
from ..model.gathered import Draft, Feed, Fetched, Paragraph
from ..model.sources import Outlet
from .documents.files import Kind, Skipped, decode, kind_of
from .identity import canonical_url

# Characters. Of 6,684 titles of articles one is longer, which lists the parties of an inquiry (485); the
# next has 205, and 99 of 100 have at most 200 (2026-11-29).
LONGEST_TITLE = 300
# Characters of an address in its one form: an index of PostgreSQL holds 2,704 bytes.
LONGEST_KEY = 2_500
# Characters of an article from the network, some fifty pages: one entry may fill the 5 MB of a feed.
LONGEST_TEXT = 100_000

# NUL and halves of surrogate pairs, which JSON may escape and a PDF file map to; no database holds both.
_NO_SIGN = re.compile("[\0\ud800-\udfff]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*(?=\s)|[。！？]["'”’」』）]*""")
_SHARED = 3  # headlines of one address; two are an article whose headline was changed
_BETWEEN = 2  # line ends between two paragraphs of the stored text
_DATA = re.compile(rb"""(?:\xef\xbb\xbf)?\s*(?:<\?xml|\{|\[\s*[{"])""")


def of_data(data: bytes, kind: Kind, name: str, *, seen_at: datetime) -> tuple[Draft, ...]:
    """The articles in a file's content. Raises Unreadable if there is none."""
    if kind == "feed":
        from .feed.feeds import parse_feed

        return entry_drafts(parse_feed(data, url=name, seen_at=seen_at), outlet=None)
    if kind == "html":
        from .page.extract import extract_page

        return (_whole(extract_page(data, url=None, seen_at=seen_at), name),)
    from .documents.articlefile import read_article

    return (fit(read_article(_text(data, kind, name), file=name, seen_at=seen_at)),)


def _text(data: bytes, kind: Kind, name: str) -> str:
    if kind == "pdf":
        from .documents.from_pdf import pdf_text

        return pdf_text(data, name=name)
    if kind == "docx":
        from .documents.from_docx import docx_text

        return docx_text(data, name=name)
    return decode(data)


def feed_in(fetched: Fetched, *, country: str | None = None, seen_at: datetime) -> Feed:
    """The feed that a request brought, of an outlet in ``country``. Raises Unreadable if it is none."""
    from .feed.feeds import parse_feed

    return parse_feed(
        fetched.body,
        url=fetched.final_url,
        media_type=fetched.media_type,
        charset=fetched.charset,
        country=country,
        seen_at=seen_at,
    )


def entry_drafts(
    feed: Feed, *, outlet: Outlet | None, titles_only: bool = False
) -> tuple[Draft, ...]:
    """The entries of a feed as drafts, without those that say nothing.

    Their outlet is ``outlet``, or what the feed calls itself. With ``titles_only`` they have no text,
    unless a title is too long for a headline.
    """
    from .feed.feeds import entry_draft

    outlet = outlet or (Outlet(feed.title) if feed.title else None)
    entries = [entry_draft(entry, outlet=outlet) for entry in feed.entries]
    made = [one for one in entries if one.title or one.url or one.paragraphs]
    shared = _shared(made)
    addressed = (replace(one, url=None) if one.url in shared else one for one in made)
    return tuple(_short(replace(one, paragraphs=()) if titles_only else one) for one in addressed)


def _shared(drafts: Sequence[Draft]) -> Collection[str]:
    """Addresses that several headlines have, as that of a list: it would make all of them one article."""
    titles = defaultdict[str, set[str]](set)
    for draft in drafts:
        if draft.url and draft.title:
            titles[draft.url].add(draft.title)
    return {url for url, told in titles.items() if len(told) >= _SHARED}


def of_answer(fetched: Fetched, *, seen_at: datetime) -> tuple[Draft, ...]:
    """The articles that a request brought: a feed's entries, or the page itself."""
    try:
        return entry_drafts(feed_in(fetched, seen_at=seen_at), outlet=None)
    except Unreadable:
        return (page_in(fetched, seen_at=seen_at),)


def page_in(fetched: Fetched, *, seen_at: datetime) -> Draft:
    """The article on the page that a request brought. Raises Unreadable if it holds none, or a stub."""
    from .page.extract import extract_page

    url = fetched.final_url
    _refuse_other(fetched.body, url)
    return _whole(
        extract_page(fetched.body, url=url, charset=fetched.charset, seen_at=seen_at), url
    )


def _refuse_other(body: bytes, url: str) -> None:
    """Raise Unreadable for what is no page: feeds link to documents, too."""
    judged = kind_of("page.html", body)
    if isinstance(judged, Skipped):
        raise Unreadable(f"{url} {judged.reason}")
    if _DATA.match(body) and isinstance(kind_of("page.xml", body), Skipped):
        raise Unreadable(f"{url} holds data, and no article")


def _whole(draft: Draft, name: str) -> Draft:
    if draft.withheld is not None:
        raise Withheld(f"{name} shows no more than a beginning", by=draft.withheld)
    whole = _short(draft)
    if not whole.paragraphs:
        raise Unreadable(f"{name} holds no article")
    return whole


def _short(draft: Draft) -> Draft:
    """As ``fit``, with the text cut to an article's length: feeds decide how long their entries are."""
    draft = fit(draft)
    byline = draft.byline if len(draft.byline or "") <= LONGEST_TITLE else None
    return replace(draft, byline=byline, paragraphs=shortened(draft.paragraphs))


def shortened(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The first paragraphs, as long as an article may be; the last one up to the end of a sentence."""
    kept: list[Paragraph] = []
    room = LONGEST_TEXT
    for one in paragraphs:
        if len(one.text) > room:
            ends = [end.end() for end in _SENTENCE_END.finditer(one.text, 0, max(room, 0))]
            begun = (Paragraph(one.kind, one.text[: ends[-1]]),) if ends else ()
            return (*kept, *begun)
        kept.append(one)
        room -= len(one.text) + _BETWEEN
    return tuple(kept)


def fit(draft: Draft) -> Draft:
    """The draft as it may be read and stored: with a proper headline, address and characters."""
    return headed(_addressed(_legible(draft)))


def _legible(draft: Draft) -> Draft:
    """The draft with a replacement character for each that no database can hold."""
    texts = (draft.title, draft.byline, draft.url, draft.outlet.name if draft.outlet else None)
    if not any(map(_NO_SIGN.search, filter(None, (*texts, *(p.text for p in draft.paragraphs))))):
        return draft
    title, byline, url, outlet = (text and _NO_SIGN.sub("\ufffd", text) for text in texts)
    return replace(
        draft,
        title=title,
        byline=byline,
        url=url,
        outlet=draft.outlet and replace(draft.outlet, name=outlet or ""),
        paragraphs=tuple(replace(p, text=_NO_SIGN.sub("\ufffd", p.text)) for p in draft.paragraphs),
    )


def _addressed(draft: Draft) -> Draft:
    """The draft without an address that leads nowhere, or is too long to be a key."""
    try:
        is_known = draft.url is None or len(canonical_url(draft.url)) <= LONGEST_KEY
    except InputError:
        is_known = False
    return draft if is_known else replace(draft, url=None)


def headed(draft: Draft) -> Draft:
    """The draft without a title that is too long for one; it becomes the text if there is no other.

    A title that is an address is dropped too, if there is a text.
    """
    title = draft.title or ""
    if draft.paragraphs and _ADDRESS.fullmatch(title):
        return replace(draft, title=None)
    if len(title) <= LONGEST_TITLE:
        return draft
    return replace(draft, title=None, paragraphs=draft.paragraphs or (Paragraph("p", title),))

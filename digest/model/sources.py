"""The feeds that are read: who publishes them, how they stand, and what a check of one came to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NewType

SourceId = NewType("SourceId", int)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes. It holds only what is known, never a guess."""

    name: str
    country: str | None = None  # ISO 3166 alpha-2, EU, XK, INT for institutions
    kind: str | None = None  # agency, paper, broadcaster, official, ...
    official: bool = False  # a government or an institution speaking for itself
    state_funded: bool = False  # only with dated evidence


FullText = Literal["feed", "page", "headline"]  # where an article's text is from; headline: none
NoticeKind = Literal["gone", "overrun", "moved"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A grave answer of a source, which is acted on once it has come often enough."""

    kind: NoticeKind
    target: str  # where it moved to; empty for others
    times: int  # in a row with the same target
    since: datetime
    at: datetime  # the latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One feed that is read, and how it stands."""

    id: SourceId
    url: str
    outlet: Outlet
    language: str | None = None
    enabled: bool = True
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None  # of the last body read: equal means no news
    next_check_at: datetime | None = None
    promised_until: datetime | None = None  # until when it asked to be left alone
    failures: int = 0  # in a row
    last_ok_at: datetime | None = None
    last_error: str | None = None
    added_at: datetime | None = None
    owner: int | None = None  # the reader whose own it is; None: everybody's
    notice: Notice | None = None
    moved_from: str | None = None  # the address before the last move that was followed for good
    newest_at: datetime | None = None  # the latest date of an entry
    full_text: FullText = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A feed to be read from now on."""

    url: str
    outlet: Outlet
    language: str | None = None
    enabled: bool = True
    owner: int | None = None  # the reader whose own it is; None: everybody's
    full_text: FullText = "feed"


@dataclass(frozen=True, slots=True)
class Listed:
    """One feed in a list that another feed reader wrote."""

    url: str
    name: str  # empty if the list does not say


@dataclass(frozen=True, slots=True)
class Amount:
    """How much the sources of a reader brought in some period."""

    articles: int = 0  # including their revisions
    characters: int = 0  # of their texts


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What one check of a source came to. It is stored together with the articles of the check."""

    source: SourceId
    checked_at: datetime
    next_check_at: datetime
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    notice: Notice | None = None
    stops: bool = False  # it is switched off until somebody switches it on again
    url: str | None = None  # its new address, if it has moved for good
    newest_at: datetime | None = None
    # It holds for every source of the host, or if a reader's own source was checked, for that reader's.
    host_rests_until: datetime | None = None
    promised_until: datetime | None = None  # as it asked; for all of those if the host rests


# A source without an answer for so long counts as unread: one that answers is checked six times meanwhile.
UNREAD = timedelta(hours=3)

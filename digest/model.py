"""The words of the project, as frozen values; every instant is an aware UTC datetime.

A type per stage: Source, Fetched, Entry, Draft, NewArticle, Article, Item, Digest, Outgoing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, NewType

from .errors import Wall

ArticleId = NewType("ArticleId", int)
StoryId = NewType("StoryId", int)
SourceId = NewType("SourceId", int)
PartId = NewType("PartId", int)
LetterId = NewType("LetterId", int)

DateSource = Literal["feed", "page", "text", "first_seen"]
ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["new", "continuing", "quiet"]
TroubleState = Literal["failed", "uncertain"]
CitedKind = Literal["summary", "quote", "official", "differs"]


# --- gather ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes; only what is known, never a guess."""

    name: str
    country: str | None = None  # ISO 3166 alpha-2, EU, XK, INT for institutions
    kind: str | None = None  # agency, paper, broadcaster, official, ...
    official: bool = False  # a government or an institution speaking for itself
    state_funded: bool = False  # only with dated evidence


FullText = Literal["feed", "page", "headline"]  # whose words an article gets; the last: none
NoticeKind = Literal["gone", "overrun", "moved"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A grave answer of a source that is acted on once it has come often enough."""

    kind: NoticeKind
    target: str  # where it moved to; empty for others
    times: int  # in a row, equal
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
    """One feed of a list that another reader wrote."""

    url: str
    name: str  # empty where the list does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one request brought; ``body`` is empty when nothing has changed (304)."""

    url: str  # asked for
    final_url: str  # after redirects
    status: int
    body: bytes
    media_type: str | None = None  # without parameters, lower case
    charset: str | None = None  # as declared in the header
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None  # where redirects that are permanent led, before any other


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one article."""

    id: str | None
    url: str | None
    title: str | None
    published_at: datetime | None
    updated_at: datetime | None
    summary: str  # HTML or text, as the feed has it
    content: str  # HTML or text, as the feed has it; empty when there is none
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says: itself and its entries, in its own order."""

    title: str | None
    url: str | None  # the site's address
    language: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article, without line breaks."""

    kind: Literal["p", "heading"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as gathered and cleaned, before it is read; unknown is None."""

    title: str | None
    paragraphs: tuple[Paragraph, ...]
    url: str | None = None
    file: str | None = None
    byline: str | None = None
    outlet: Outlet | None = None
    kicker: str | None = None
    dateline: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    date_source: DateSource = "first_seen"
    language: str | None = None
    removed: tuple[str, ...] = ()  # source lines that are no part of the article
    is_backlog: bool = False  # old when its source was first read: it is in no digest
    full_text: tuple[Paragraph, ...] = ()  # of its page, in place of what its feed says
    withheld: Wall | None = None  # why there is none, where that was seen


# --- read -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end) in code points of the stored text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of an article, with what it was recognised by."""

    slug: str
    score: float  # 0..1
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person of public office whom an article names."""

    name: str
    title: str | None = None  # the office at the article's date
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: [start, end) in the stored text, and who said it."""

    start: int
    end: int
    speaker: str
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """One article, read; not stored yet."""

    key: str  # identity: canonical address, or content hash where there is none
    fingerprint: str  # equal for equal texts
    url: str | None
    file: str | None
    title: str | None
    byline: str | None
    outlet: Outlet | None
    published_at: datetime | None
    modified_at: datetime | None
    first_seen_at: datetime
    date_source: DateSource
    language: str | None
    text: str  # paragraphs and headings, an empty line between two
    headings: tuple[Span, ...]
    sentences: tuple[Span, ...]  # of the paragraphs, in text order
    relevance: float  # 0..1, how much it is about diplomacy
    topics: tuple[Topic, ...]  # best first
    countries: tuple[str, ...]  # most important first
    people: tuple[Person, ...]
    quotes: tuple[Quote, ...]
    source: SourceId | None = None
    owner: int | None = None  # the reader whose own it is; None: everybody's
    is_backlog: bool = False  # old when its source was first read: it is in no digest
    withheld: Wall | None = None  # what stood on its page in place of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(NewArticle):
    """One stored revision of an article; never changed, only followed by another."""

    id: ArticleId
    revision: int  # 1, 2, ...
    story: StoryId | None
    duplicate_of: ArticleId | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the store has under a key: its newest revision."""

    id: ArticleId
    fingerprint: str
    revision: int
    story: StoryId | None


@dataclass(frozen=True, slots=True)
class Volume:
    """How much the sources of a reader brought in some time."""

    articles: int = 0  # and revisions of such
    characters: int = 0  # of their texts


# --- relate ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has followed what was placed in stories, and moved between them."""

    move: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A stored article as the memory of stories needs it: half of what reading a whole one costs."""

    id: ArticleId
    key: str
    revision: int
    fingerprint: str
    title: str | None
    text: str
    language: str | None
    published_at: datetime | None
    modified_at: datetime | None
    first_seen_at: datetime
    relevance: float
    story: StoryId | None
    duplicate_of: ArticleId | None


RELEVANT = 0.5  # from this relevance on an article is about diplomacy; the fit puts it there


def moment(article: NewArticle | Member) -> datetime:
    """When the article belongs in the stream: published where known, else first seen."""
    return article.published_at or article.modified_at or article.first_seen_at


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """How many there are, by the kind of their chat, and how many of all are active."""

    kinds: Mapping[str, int]
    active: int


@dataclass(frozen=True, slots=True)
class Mention:
    """That an article was published about what is counted, and the story that it tells."""

    at: datetime  # as by ``moment``
    story: StoryId | None  # None: it waits for one


@dataclass(frozen=True, slots=True)
class Changes:
    """What was placed or moved since a mark, where it is now, and the mark for the next look."""

    articles: tuple[Member, ...]  # public, newest revisions, in that order
    mark: Mark


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What waits for its story."""

    count: int = 0
    first: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an article belongs."""

    story: StoryId | int  # a stored one, or a negative number: the same number, the same new story
    duplicate_of: ArticleId | int | None = None  # a stored article, or -1 - index within the batch


@dataclass(frozen=True, slots=True)
class Placed:
    """A new article and where it belongs, as in Spot."""

    article: NewArticle
    story: StoryId | int
    duplicate_of: ArticleId | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What one check of a source came to; stored with the articles it brought."""

    source: SourceId
    checked_at: datetime
    next_check_at: datetime
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    notice: Notice | None = None
    stops: bool = False  # it is not read any more until somebody switches it on again
    url: str | None = None  # its new address, for good
    newest_at: datetime | None = None
    host_rests_until: datetime | None = (
        None  # for every source of the host; of a reader's, for that reader's
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """What an ingestion came to."""

    new: int = 0
    revised: int = 0
    known: int = 0
    failed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new,
            self.revised + other.revised,
            self.known + other.known,
            self.failed + other.failed,
        )


# --- chats ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """What a chat wants to read; an empty set means no restriction."""

    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()  # whole words, and stories as "s:12"
    read: frozenset[str] = frozenset()  # languages of articles
    follow: frozenset[str] = frozenset()  # wanted whatever the topics: "TR", "IR-US" sorted, "s:12"
    minutes: int = 3  # reading budget: 1, 3 or 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a chat's digests are due, by its own wall clock."""

    zone: str = "UTC"  # IANA
    at: tuple[str, ...] = ()  # HH:MM, ascending; none: nothing is pushed
    weekdays: frozenset[int] = frozenset(range(7))  # Monday is 0
    quiet: tuple[str, str] | None = None  # HH:MM to HH:MM, may cross midnight


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One subscription: a chat, or one forum topic of a group."""

    id: int
    thread: int = 0  # message_thread_id; 0 where the chat has no topics
    kind: ChatKind = "private"
    title: str = ""
    wish: Wish = field(default_factory=Wish)
    schedule: Schedule = field(default_factory=Schedule)
    language: str = "en"  # of the interface
    saved: tuple[str, ...] = ()  # "s:12" a story, "a:45" an article; newest last
    alerts: bool = False  # one story at once, a few times a day
    sound: bool = False  # a channel's posts make a sound
    active: bool = False
    pause_reason: str | None = None
    paused_until: datetime | None = None  # an active chat is not due before it
    owner: int | None = None  # who manages a channel or group in private
    # The cursor: what was first seen before it has had its digest.
    covered_until: datetime | None = None
    next_due_at: datetime | None = None
    version: int = 0  # grows with each change; guards against lost updates


@dataclass(frozen=True, slots=True)
class Slot:
    """One digest of one chat and thread for one local date and hour: the key of delivery."""

    chat: int
    thread: int
    local_date: date
    at: str  # HH:MM; of what is no digest one of the kinds below, a blank and its number or mark
    due_at: datetime


ALERT = "alert"  # with its number of the day
BROADCAST = "broadcast"  # a message that the operator sends to all


def is_hour(at: str) -> bool:
    """Whether a slot's ``at`` is the hour of a digest."""
    return " " not in at


Standing = Literal["welcome", "banned", "told"]  # told: turned away, and knows it

# --- compose --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """Which articles count: first seen in [start, end)."""

    start: datetime
    end: datetime
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Health:
    """How many sources could be read lately."""

    sources: int = 0
    failing: int = 0
    silent: tuple[str, ...] = ()  # countries with two feeds and more of which none could be read

    @property
    def is_down(self) -> bool:
        """Whether most could not be read: then nobody knows whether a day is quiet."""
        return self.failing * 2 > self.sources


UNREAD = timedelta(hours=3)  # without an answer; a source that answers is asked six times meanwhile
OWN_AT_ONCE = 500  # of a reader's own articles that are read for one purpose: the latest


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one edition is composed from: never changed while it is used."""

    window: Window
    articles: tuple[Article, ...]  # those that count, newest revision each, no duplicates left out
    story_started_at: Mapping[StoryId, datetime]  # first seen, whole life of the story
    # Of each source that is read the country of its outlet, and whether it is unread.
    feeds: tuple[tuple[str | None, bool], ...] = ()
    # Stories that have become part of one: their numbers stay good.
    taken_in: Mapping[StoryId, frozenset[StoryId]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """What earlier digests of one chat have shown."""

    stories: Mapping[StoryId, date] = field(
        default_factory=dict
    )  # the local date of its first showing
    sentences: frozenset[str] = frozenset()  # folded texts, see relate.novelty


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One sentence, word for word: ``text`` equals the article's ``text[start:end]``."""

    text: str
    article: ArticleId
    start: int
    end: int
    kind: CitedKind = "summary"
    speaker: str | None = None
    figure: str | None = None  # the words in which accounts differ, verbatim


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One reason for a story's place, for /why."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story in one digest."""

    story: StoryId
    headline: str  # verbatim: a member's title, or its first sentence
    lead: ArticleId  # whose headline it is
    status: Status
    day: int  # 1 on the first day
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    outlets: tuple[Outlet, ...]  # distinct, leading one first
    score: float
    parts: tuple[ScorePart, ...]
    sentences: tuple[Cited, ...]  # empty: one line under "Also today"
    articles: tuple[Article, ...]  # leading one first


@dataclass(frozen=True, slots=True)
class Announced:
    """One sentence that announces something for a day."""

    day: date
    article: Article
    span: Span
    outlets: int  # that tell its story

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one chat gets for one slot."""

    window: Window
    articles_read: int
    stories_seen: int
    minutes: int
    items: tuple[Item, ...]
    elsewhere: Item | None = None  # the top story outside the wish, on a quiet day
    ahead: tuple[Announced, ...] = ()  # what its stories announce, by day; none told above
    health: Health = Health()


# --- deliver --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """One button: it answers with ``data``, or opens ``url``."""

    label: str
    data: str | None = None  # at most 64 bytes
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as Telegram takes it: HTML of at most 4096 UTF-16 units once parsed."""

    html: str
    keyboard: Keyboard = ()
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A digest as the messages of one chat."""

    messages: tuple[Message, ...]
    kept: Digest  # without the sentences for which they had no room


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One part of one slot, claimed to be sent."""

    id: PartId
    chat: int
    thread: int
    kind: ChatKind
    message: Message
    attempts: int  # including this one
    language: str = "en"  # of the chat
    late_from: datetime | None = None  # the hour of a digest, on its first part
    refusals: int = 0  # of its chat so far, that may pass
    refused_since: datetime | None = None  # the first of them


@dataclass(frozen=True, slots=True)
class Sent:
    """What Telegram answered to a sent message."""

    message_id: int | None
    chat: int
    thread: int


@dataclass(frozen=True, slots=True)
class Untold:
    """An alarm that somebody is still to be told in private; one of each kind waits."""

    chat: int
    kind: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One part that did not arrive, or of which nobody knows."""

    id: PartId
    slot: Slot
    state: TroubleState
    attempts: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """All that becomes true together when one slot's digest is composed."""

    slot: Slot
    messages: tuple[Message, ...]  # none: an empty digest, recorded all the same
    digest: str  # JSON of the digest, for /why and the export
    shown_stories: tuple[StoryId, ...]
    shown_sentences: tuple[str, ...]
    covered_until: datetime
    next_due_at: datetime | None
    chat_version: int
    not_before: datetime | None = None  # of a crowded hour: this chat's turn in it


Place = tuple[datetime, int, int]  # in the order of waiting: next_due_at, chat, thread


class Addressee(NamedTuple):
    """Who gets a digest, as of one version of the subscription."""

    chat: int
    thread: int
    version: int
    not_before: datetime | None = None  # as in Queued


@dataclass(frozen=True, slots=True)
class Alike:
    """Subscriptions that are due, and differ in nothing that a digest depends on."""

    chat: Chat  # the first of them; what they need not share is left as it is in a new one
    to: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """As Queued, for all who get the same digest at the same hour."""

    local_date: date
    at: str
    due_at: datetime
    messages: tuple[Message, ...]
    digest: str
    shown_stories: tuple[StoryId, ...]
    shown_sentences: tuple[str, ...]
    covered_until: datetime
    next_due_at: datetime | None
    to: tuple[Addressee, ...]


# --- work -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """Something for one of the workers to do; while one waits or is done, its equal is not added."""

    name: str
    about: str = ""
    urgency: int = 0  # the higher goes first
    after: timedelta = timedelta(0)

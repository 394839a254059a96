"""What the engine needs from the world: small protocols, each with a real one and a fake.

One method is one transaction. I/O is async, computing is not. The store contract tests in
``tests/integration/stores`` say the same in code, for the fake and for every database.
"""

from asyncio import Event
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import Literal, ParamSpec, Protocol, TypeVar

from .model import (
    Alike,
    Article,
    ArticleId,
    Backlog,
    Changes,
    Chat,
    Counts,
    Fetched,
    FullText,
    Job,
    Known,
    LetterId,
    Mailing,
    Mark,
    Member,
    Message,
    NewArticle,
    NewSource,
    Outgoing,
    PartId,
    Place,
    Placed,
    Queued,
    Sent,
    Shown,
    Slot,
    Snapshot,
    Source,
    SourceId,
    SourceOutcome,
    Spot,
    Standing,
    StoryId,
    Trouble,
    Window,
)

P = ParamSpec("P")
T = TypeVar("T")

Claim = Literal["ours", "handled", "elsewhere"]


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""


class Fetcher(Protocol):
    """The only way to the network for articles."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """What is at ``url`` now; ``body`` is empty with status 304 when nothing has changed.

        Raises Unreachable when no answer came, Refused for an address that may not be reached or
        a status of 400 and above.
        """


class Parser(Protocol):
    """Where what strangers wrote is read: apart from this process, within limits of time and memory."""

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function makes of the arguments; a function of a module, plain values in and out.

        Raises what the function raises of our own errors, Unreadable for what else went wrong in it,
        Overrun when it took too much time or memory, and NotStarted where nothing could be read at all.
        """

    def renew(self) -> None:
        """Whatever was loaded for the jobs is loaded anew before the next ones."""


class SourceStore(Protocol):
    """The feeds, and how each stands."""

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        """The source stored, due at once.

        Raises Conflict if the address is known already to all who would read it: among the public
        sources, or among the owner's own.
        """

    async def all(self, *, reader: int | None = None) -> tuple[Source, ...]:
        """Every public source, and the reader's own, by outlet name."""

    async def own(self) -> tuple[Source, ...]:
        """The sources that readers added for themselves, by outlet name; for the operator."""

    async def due(
        self, now: datetime, *, limit: int, host: str | None = None
    ) -> tuple[Source, ...]:
        """Enabled sources whose next check has come, of one host or all, longest waiting first."""

    async def remove(self, url: str, *, owner: int | None = None) -> bool:
        """Whether there was such a source, public or that reader's own.

        The articles of a public one stay, those of a reader's own go.
        """

    async def enable(self, url: str, enabled: bool, *, owner: int | None = None) -> bool:
        """Whether there was such a source; ``enabled`` says whether it is read from now on.

        Switched on, its grave answers are forgotten.
        """

    async def take_text(self, source: SourceId, full_text: FullText) -> bool:
        """Whether there was such a source; what is new in it has its words from there from now on."""

    async def adopt(self, source: SourceId) -> bool:
        """Whether a reader's own source was made everybody's; it is due at once, as if never read.

        Its articles as the reader's own go. Raises Conflict if the address is public already.
        """


class ArticleStore(Protocol):
    """Articles in immutable revisions, their stories, and the search over them.

    A reader's own articles are found only where that ``reader`` is named; without one, and for
    everybody else, they are not there.
    """

    async def known(self, keys: Sequence[str], fingerprints: Sequence[str]) -> Mapping[str, Known]:
        """The newest revision under each key that is stored, by key.

        A stored article that has one of the ``fingerprints`` and no address is found under its
        fingerprint, so that a file is known by its text whatever its name.
        """

    async def add(
        self, placed: Sequence[Placed], outcome: SourceOutcome | None = None
    ) -> tuple[ArticleId, ...]:
        """Ids of the articles, in order, stored with their stories and the source's outcome at once.

        An article whose key is known becomes its next revision; one whose key and fingerprint are
        known is not stored again, its id is returned.
        """

    async def bring(
        self, articles: Sequence[NewArticle], outcome: SourceOutcome | None = None
    ) -> Counts:
        """As ``add`` without stories, beside what others bring: how many were new, revised and known.

        They wait for ``settle``. A revision stays in the story of its article; where that waits too,
        only the revision does.
        """

    async def waiting(self, limit: int) -> tuple[Member, ...]:
        """The first public articles, newest revisions, that wait for a story; by id."""

    async def backlog(self) -> Backlog:
        """How many articles wait for a story, and the first of them."""

    async def settle(
        self, waiting: Sequence[Member], spots: Sequence[Spot]
    ) -> tuple[Mapping[str, Known], Mark]:
        """Give what waits its stories, one for each; what is stored then, by key, and a mark behind it."""

    @property
    def is_shared(self) -> bool:
        """Whether other processes store and place beside this one."""

    def placing(self, *, waits: bool) -> AbstractAsyncContextManager[bool]:
        """While it is open, no other process places or moves articles through such a block.

        Where the store ``is_shared``, one may have done so before: ``changes`` tell what. False where
        another is in such a block now, and this one neither waits for it nor may do the same.
        """

    async def changes(self, start: datetime, mark: Mark | None) -> Changes:
        """What was settled or moved since ``mark``; without one, all first seen at ``start`` or later.

        What waits for its story is left out. The second are by first seen and id.
        """

    async def count(self, start: datetime) -> tuple[int, int]:
        """How many public articles were first seen at ``start`` or later, and how many stories they tell."""

    async def own(self, reader: int, start: datetime) -> tuple[Article, ...]:
        """The reader's own articles first seen at ``start`` or later, newest revision each, by first seen."""

    async def files(self, reader: int) -> tuple[Article, ...]:
        """The files that the reader sent, newest revision each, by first seen and id."""

    async def readers(self, window: Window) -> frozenset[int]:
        """Those whose own articles count in ``window``."""

    async def remove(self, article: ArticleId, *, owner: int) -> bool:
        """Whether the reader had such an article of their own; it is gone in all its revisions."""

    async def recent(
        self,
        start: datetime,
        *,
        limit: int,
        countries: Collection[str] = (),
        words: str = "",
        relevance: float = 0.0,
        reader: int | None = None,
    ) -> tuple[Article, ...]:
        """At most ``limit`` articles first seen at ``start`` or later, the latest first; newest revisions.

        Of those that name one of ``countries``, hold all ``words`` as ``search`` finds them, and are
        at least so much about diplomacy; empty means no restriction.
        """

    async def moments(
        self,
        start: datetime,
        *,
        countries: Collection[str] = (),
        topic: str = "",
        reader: int | None = None,
    ) -> tuple[datetime, ...]:
        """When each article was published that names all ``countries`` and bears ``topic``, ascending.

        Newest revisions that are about diplomacy and were first seen at ``start`` or later, all that
        ``reader`` may see; where nothing dates one, when it was first seen.
        """

    async def story(self, story: StoryId, *, reader: int | None = None) -> tuple[Article, ...]:
        """The articles of one story, newest revisions, by first seen and id; none for an unknown one.

        A story that has become part of another is found under its old number too.
        """

    async def shown(self, stories: Collection[StoryId]) -> frozenset[StoryId]:
        """Those of the stories that a digest of any chat has shown."""

    async def move(self, moves: Mapping[str, StoryId | int]) -> Mapping[str, StoryId]:
        """Put articles, by key, into other stories; where each of them, if it is stored, is now.

        Equal negative numbers are one new story. An article of a story that was shown stays. A story
        that is left without articles becomes part of the one that its first article went to.
        """

    async def snapshot(self, window: Window, *, reader: int | None = None) -> Snapshot:
        """What one edition over ``window`` is composed from; never the backlog of a new source.

        Newest revision as of ``window.end`` of the articles first seen in [start, end) and
        published, else modified, where either is known, at most 48 hours before ``start``.
        """

    async def get(self, article: ArticleId, *, reader: int | None = None) -> Article | None:
        """One stored revision."""

    async def some(
        self, ids: Collection[ArticleId], *, reader: int | None = None
    ) -> Mapping[ArticleId, Article]:
        """Those of the revisions that are stored, by id."""

    async def all(self) -> tuple[Article, ...]:
        """Every public revision, by id."""

    async def search(
        self, words: str, *, limit: int, offset: int = 0, reader: int | None = None
    ) -> tuple[Article, ...]:
        """Articles that hold all ``words``, best first, newest revisions only.

        Where many do, the newest of them are ranked. The last word may be the beginning of one from
        three letters on. Any text is a valid query: operators and quotation marks in it mean themselves.
        """

    async def prune(self, before: datetime) -> int:
        """How many articles first seen before ``before`` were removed, with their empty stories.

        What belongs to readers who are no longer there goes as well.
        """


class Grouper(Protocol):
    """Weighs the stories of the last days again before they are told."""

    async def regroup(self, now: datetime) -> int:
        """How many articles were moved to another story; none of a story that was shown."""


class ChatStore(Protocol):
    """Who wants which digest, and when."""

    async def get(self, chat: int, thread: int = 0) -> Chat | None:
        """One subscription."""

    async def of(self, chat: int) -> tuple[Chat, ...]:
        """Every subscription of one chat, by thread."""

    async def owned_by(self, user: int) -> tuple[Chat, ...]:
        """Channels and groups that this person manages in private, by id and thread."""

    async def save(self, chat: Chat) -> Chat:
        """The chat as stored, its version one higher.

        Raises Conflict when ``chat.version`` is not the stored one (0 for a new chat).
        """

    async def restore(self, chats: Sequence[Chat]) -> None:
        """Store the subscriptions as they are given, over any that are there: a back-up brought back."""

    async def delete(self, chat: int, thread: int | None = None) -> None:
        """Remove every row that speaks of the chat, or of one thread of it: subscriptions, digests, history.

        Without a thread its own sources and articles go too, and the channels and groups that the
        chat manages go on without an owner.
        """

    async def move(self, old: int, new: int) -> None:
        """Give all that belongs to ``old`` to ``new`` (a group became a supergroup); idempotent.

        Where ``new`` has a subscription of the same thread already, its settings stay, unless it is
        not active and ``old``'s is; what either has saved and was shown is kept.
        """

    async def pause(
        self, chat: int, reason: str, thread: int | None = None, *, now: datetime | None = None
    ) -> None:
        """Stop pushing to the chat (or one thread of it): settings stay, queued parts are dropped.

        ``now`` begins the time after which ``purge`` takes it; without it stays.
        """

    async def purge(self, before: datetime) -> int:
        """How many subscriptions were deleted that were paused before then, and never came back."""

    async def crowd(self, at: datetime) -> int:
        """How many active subscriptions are due at this very instant."""

    async def alerting(self, now: datetime) -> tuple[Chat, ...]:
        """Active chats that want alerts, channels left out, while no pause lasts; by id and thread."""

    async def is_warned(self, chat: int, thread: int) -> bool:
        """Whether somebody was told of a trouble, and no message has arrived since.

        A pause takes the mark away.
        """

    async def warn(self, chat: int, thread: int, warned: bool) -> None:
        """Mark that somebody was told of a trouble, or that a message arrived: then no refusal counts.

        No version is raised, since no setting changes.
        """

    async def due(
        self, now: datetime, *, limit: int, after: Place | None = None
    ) -> tuple[Alike, ...]:
        """Active chats whose ``next_due_at`` has come, those alike together; longest waiting first.

        One whose ``paused_until`` is still to come is not due. ``limit`` counts chats, those
        behind ``after``. Alike are who was shown the same, too; addressees come by id and thread.
        """

    async def shown(self, chats: Sequence[Chat]) -> Mapping[tuple[int, int], Shown]:
        """What earlier digests have shown, by (chat id, thread); missing where nothing was."""

    async def all(self) -> tuple[Chat, ...]:
        """Every subscription, by id and thread."""


class UpdateStore(Protocol):
    """Which of Telegram's updates have been handled: it sends one again after a crash."""

    async def is_known(self, update: int) -> bool:
        """Whether it was handled."""

    async def claim(self, update: int, *, now: datetime) -> Claim:
        """ "ours" to handle; "handled" before; or "elsewhere", claimed or renewed within half a minute.

        What is claimed, neither renewed since nor ``handled``, was in the hands of a bot that died: it
        is given again.
        """

    async def renew(self, update: int, *, now: datetime) -> None:
        """Record that a claimed update is still in hand: an answer may take minutes."""

    async def handled(self, update: int, *, now: datetime) -> None:
        """Record it; those of more than two days ago are forgotten, Telegram keeps them for one."""


class Jobs(Protocol):
    """Work handed out to workers: a job is done by one at a time, and again where that one has died."""

    async def put(self, jobs: Sequence[Job]) -> None:
        """Hand out jobs."""

    async def work(
        self, handlers: Mapping[str, Callable[[str], Awaitable[None]]], *, stop: Event
    ) -> None:
        """Do jobs by their names, each with what it is about, until ``stop``; those in hand are finished.

        A job that fails is logged and gone: whoever looks what is due makes it anew. Raises
        StoreError when the queue cannot be reached any more.
        """

    async def tidy(self) -> None:
        """Forget what was done."""


class OfferStore(Protocol):
    """What a chat was offered by buttons and may still take up; it survives a restart."""

    async def put(self, chat: int, kind: str, content: str, *, now: datetime) -> int:
        """The number of the offer, good for a day; the chat's oldest beyond twenty are dropped."""

    async def get(self, chat: int, kind: str, number: int, *, now: datetime) -> str | None:
        """What was offered to this chat under that number; None where it is another's or too old."""


class PeopleStore(Protocol):
    """What readers wrote to the operators, and who is turned away."""

    async def write(self, chat: int, words: str, *, now: datetime) -> LetterId | None:
        """The letter as stored; None where the chat has written three within a day.

        Letters older than 90 days are gone then. ``ChatStore.delete`` removes those of its chat.
        """

    async def pass_on(self, letter: LetterId, chat: int) -> str | None:
        """The words of a chat's letter, the first time they are asked for; None afterwards."""

    async def withdraw(self, letter: LetterId, chat: int) -> bool:
        """Whether a chat's letter was there, and was not passed on yet; it is gone then."""

    async def ban(self, who: int, *, now: datetime) -> bool:
        """Whether a person or chat is turned away from now on, and was not before."""

    async def unban(self, who: int) -> bool:
        """Whether a person or chat was turned away until now."""

    async def standing(self, who: Sequence[int]) -> Standing:
        """Whether one of a person and a chat is turned away, and has been told so."""

    async def told(self, who: Sequence[int]) -> None:
        """Remember that they know that they are turned away."""


class Ledger(Protocol):
    """Every digest and its parts: what is queued, claimed, sent, uncertain.

    A part is ``waiting`` -> ``sending`` (claimed, committed before the call) -> ``sent`` | ``waiting``
    | ``uncertain`` | ``failed`` | ``dropped``. A later part of a slot is never claimed before the
    earlier ones are done.
    """

    async def enqueue(self, queued: Sequence[Queued]) -> int:
        """How many slots were queued; slot, parts, shown history and cursor at once, each or nothing.

        A slot that exists already, or whose chat has changed its version, is left out (the
        chat comes due again), so that two workers never queue one digest twice.
        """

    async def mail(self, mailings: Sequence[Mailing]) -> int:
        """As ``enqueue``, each for many chats, none of which is in two."""

    async def claim(
        self, now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        """Parts that may be sent now, oldest first, at most one per chat, each marked ``sending``.

        Digests go before messages to all. None of a slot of which a part arrived less than ``rested`` ago.
        """

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        """Record that the parts arrived, in one transaction."""

    async def postpone(self, part: PartId, until: datetime, error: str, *, counts: bool) -> None:
        """Let the part, and all others of its chat, wait until then; ``counts`` adds to its attempts."""

    async def refused(self, part: PartId, until: datetime, error: str, *, now: datetime) -> None:
        """As ``postpone``, and count for its chat a refusal that may pass, the first at ``now``.

        They are counted until ``warn`` says that a message arrived.
        """

    async def hold(self, until: datetime) -> None:
        """Let nothing be claimed before then, neither what waits nor what is queued meanwhile.

        It outlives the program; a hold that ends earlier than the one before changes nothing.
        """

    async def split(self, part: PartId, texts: Sequence[str]) -> None:
        """Put several parts in the place of a claimed one, in order; the last has its keyboard."""

    async def flawed(self, part: PartId, flaw: str) -> None:
        """Record what was wrong with the part, for the count of our own faults."""

    async def catch_up(self, before: datetime) -> int:
        """How many parts were dropped: of digests due before then that a newer one has followed."""

    async def fail(self, part: PartId, error: str) -> None:
        """Give the part up for good; later parts of its slot go on."""

    async def uncertain(self, part: PartId, error: str, *, resend_at: datetime | None) -> None:
        """Record that the answer was lost; with ``resend_at`` the part is sent once more, silently."""

    async def recover(self, *, now: datetime, resend_at: datetime | None) -> int:
        """How many parts were left in ``sending``; each becomes uncertain.

        To be called only while nothing is being sent: at start, and before each flush.
        """

    async def last(self, chat: int, thread: int) -> tuple[Slot, str] | None:
        """The newest slot of a chat and the JSON of its digest; no alert and no broadcast is one."""

    async def alerts(
        self, chats: Sequence[Chat], since: date
    ) -> Mapping[tuple[int, int], Mapping[date, int]]:
        """How many alerts were queued by local day from ``since`` on, by (chat id, thread)."""

    async def prune(self, before: datetime) -> int:
        """How many slots due before ``before`` were removed, with their parts.

        The newest of each subscription stays, and every one that is not finished.
        """

    async def totals(self) -> Mapping[str, int]:
        """Parts by state, and under ``uncertain_ever`` those whose answer was ever lost."""

    async def flaws(self) -> Mapping[str, int]:
        """Parts that had something wrong, by what; those without are missing."""

    async def lost(self) -> tuple[Trouble, ...]:
        """Uncertain parts that nobody was asked about yet and that are not sent again, by id."""

    async def asked(self, part: PartId) -> None:
        """Record that an owner was asked about it."""

    async def settle(self, part: PartId, *, again: bool) -> bool:
        """Whether an uncertain part that is not sent again was decided: once more, or left as it is."""

    async def broadcast(self, message: Message, *, mark: str, now: datetime) -> int:
        """How many chats the message was queued for: every active one but channels and those that rest.

        A chat gets it once, in its first thread; one that has a message of that ``mark`` is left out.
        It is no digest: ``last`` does not give it, and no cursor moves.
        """

    async def troubles(self, *, limit: int, offset: int = 0) -> tuple[Trouble, ...]:
        """Failed and uncertain parts, the latest due first."""

    async def retry(self, part: PartId) -> bool:
        """Whether a failed part of an active chat waits again; its attempts are not forgotten."""

    async def waiting_since(self) -> datetime | None:
        """When the longest waiting part of an active chat was due; None where nothing waits."""

    async def backlog(self) -> int:
        """How many parts of active chats are still to be sent."""


class Messenger(Protocol):
    """The way to a chat."""

    async def send(self, outgoing: Outgoing) -> Sent:
        """What Telegram answered. Raises a DeliveryError that says what to do next."""


class Summariser(Protocol):
    """Chooses sentences. Pure: the same input gives the same choice."""

    def __call__(self, documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        """Indices of at most ``count`` sentences, best first, counted over all documents in order."""

"""What one answer of a source brings: which drafts, how old, how many, and with whose text."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter

from ..errors import Overrun, Refused, SourceError, Unreadable
from ..gather.drafts import LONGEST_TEXT, entry_drafts, feed_in
from ..gather.feed.discover import feeds_on
from ..gather.fetching.turns import HostTurns
from ..gather.page.challenge import is_challenge
from ..model.gathered import Draft, Fetched, length
from ..model.sources import Amount, Source
from ..ports import Fetcher, Parser
from .pages import AT_ONCE, Pages

_EMPTY = 200  # bytes; the shortest feed with an entry in it has 230
_FRESH = timedelta(hours=24)  # entries of a new source that are younger can enter a digest
# More unknown entries than this, older than that: the site has moved.
_FLOOD, _FLOODED = 20, timedelta(hours=48)
_UNCHANGED = 304
# What all sources of one reader may bring in a day. Twenty feeds added in one hour bring some 600 entries; a
# character takes two bytes of the database, so that 90 days of it are 0.9 GB at the very most.
MOST_OWN = Amount(articles=1_000, characters=5_000_000)

# Gives those drafts that pass a test.
Sifts = Callable[[Sequence[Draft]], Awaitable[tuple[Draft, ...]]]


async def drafts_of(
    fetched: Fetched,
    source: Source,
    fetcher: Fetcher,
    parser: Parser,
    turns: HostTurns,
    now: datetime,
) -> tuple[Draft, ...]:
    """The drafts of a feed that was fetched; none if it is unchanged.

    Their texts are as long as the source's setting allows. Raises Unreadable or Refused if the body is no
    feed.
    """
    if fetched.status == _UNCHANGED:
        return ()
    if len(fetched.body.strip()) <= _EMPTY:
        raise Unreadable(f"{fetched.final_url} answered with an empty body")
    if hash_of(fetched.body) == source.body_hash:
        return ()
    try:
        feed = await parser(feed_in, fetched, country=source.outlet.country, seen_at=now)
    except Unreadable as error:
        raise await _what_it_is(fetched, fetcher, parser, turns, error, now) from error
    titles_only = source.full_text == "headline"
    try:
        return await parser(entry_drafts, feed, outlet=source.outlet, titles_only=titles_only)
    except Overrun:  # the text of an entry may do that; summaries are short
        entries = tuple(replace(entry, content="") for entry in feed.entries)
        short = replace(feed, entries=entries)
        return await parser(entry_drafts, short, outlet=source.outlet, titles_only=titles_only)


async def _what_it_is(
    fetched: Fetched,
    fetcher: Fetcher,
    parser: Parser,
    turns: HostTurns,
    error: Unreadable,
    now: datetime,
) -> SourceError:
    """Why the body is no feed: it is a check for people, or a page that names its feed, or else ``error``."""
    if is_challenge(fetched.body):
        return Refused(f"{fetched.final_url} is blocked for programs: it shows a check for people")
    named = await parser(feeds_on, fetched.body, url=fetched.final_url, charset=fetched.charset)
    for url in named[:1]:
        try:
            async with turns.at(url):
                answer = await fetcher.fetch(url)
            await parser(feed_in, answer, seen_at=now)
        except SourceError:  # it is no feed either: what is known stays as it is
            return error
        return Unreadable(f"{error}; its feed is {url}")
    return error


async def aged(
    drafts: tuple[Draft, ...], source: Source, now: datetime, *, unknown: Sifts
) -> tuple[Draft, ...]:
    """The drafts, with those of the backlog marked, which no digest tells.

    A new source starts from now: its entries older than a day, or of unknown age, are backlog. Of a known
    source, many old entries that were never seen are backlog too: the site has renamed all that it has.
    """
    if source.last_ok_at is None:
        return tuple(replace(one, is_backlog=not _is_since(now - _FRESH, one)) for one in drafts)
    old = [one for one in drafts if date_of(one) and not _is_since(now - _FLOODED, one)]
    if len(old) <= _FLOOD:
        return drafts
    flood = frozenset(map(id, await unknown(old)))
    if len(flood) <= _FLOOD:
        return drafts
    return tuple(replace(one, is_backlog=id(one) in flood) for one in drafts)


async def afforded(
    drafts: tuple[Draft, ...],
    source: Source,
    *,
    news: Sifts,
    amount: Callable[[int], Awaitable[Amount]],
) -> tuple[tuple[Draft, ...], int]:
    """The drafts of a reader's source that may still be stored today, and how many new ones must wait.

    ``amount`` gives what the reader's sources brought within a day. The last entries of the feed are taken
    first, since they leave it first, and the backlog after all others. Sources that are read at the same
    moment may together exceed the limit, each by what one feed holds.
    """
    if source.owner is None or not drafts:
        return drafts, 0
    new = await news(drafts)
    taken = _within(sorted(reversed(new), key=attrgetter("is_backlog")), await amount(source.owner))
    left = len(new) - len(taken)
    return (tuple(one for one in new if id(one) in taken) if left else drafts), left


def _within(drafts: Sequence[Draft], amount: Amount) -> frozenset[int]:
    """The ids (``id()``) of those that still fit into what a reader may store."""
    left = MOST_OWN.articles - amount.articles
    room = MOST_OWN.characters - amount.characters
    taken = set()
    for draft in drafts[: max(left, 0)]:
        room -= length(draft.paragraphs)
        if room < 0:
            break
        taken.add(id(draft))
    return frozenset(taken)


def is_used_up(amount: Amount) -> bool:
    """Whether a reader's sources brought so much within a day that an entry may have to wait."""
    room = MOST_OWN.characters - amount.characters
    return amount.articles >= MOST_OWN.articles or room < LONGEST_TEXT


async def worded(
    drafts: tuple[Draft, ...], source: Source, pages: Pages | None, turns: HostTurns, *, news: Sifts
) -> tuple[Draft, ...]:
    """The drafts with the text of their pages, if the source is set to that.

    If there are more than can be fetched in one check, only the last ones are returned, since they leave
    the feed first. The others must not be stored without their page, or they would count as known from then
    on.
    """
    if source.full_text != "page" or pages is None:
        return drafts
    new = await news(drafts)
    wanted = [draft for draft in new if not draft.is_backlog]
    if len(wanted) > AT_ONCE:
        left, wanted = wanted[:-AT_ONCE], wanted[-AT_ONCE:]
        later = frozenset(map(id, left))
        drafts = tuple(draft for draft in new if id(draft) not in later)
    filled = dict(zip(map(id, wanted), await pages.filled(wanted, turns), strict=True))
    return tuple(filled.get(id(draft), draft) for draft in drafts)


def date_of(draft: Draft) -> datetime | None:
    """When it was published, else when it was changed; None if neither is known."""
    return draft.published_at or draft.modified_at


def _is_since(start: datetime, draft: Draft) -> bool:
    date = date_of(draft)
    return date is not None and date >= start


def hash_of(body: bytes) -> str:
    """A hash by which the same body is recognised."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()

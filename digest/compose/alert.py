"""Which story is worth an alert: a few a day, and never one that the chat has seen already. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..model.articles import Article
from ..model.chats import Schedule, Wish
from ..model.digests import Digest, Item, Shown, Snapshot
from ..model.stories import moment
from . import rank
from .compose import compose
from .due import is_quiet
from .edition import Edition, Story, members
from .matching import follows, matches

MOST_A_DAY = 3  # by the chat's own calendar
RECENT = timedelta(hours=6)  # a story that began earlier is the digest's

# Set by judgement: no test set has stories with the hours of many outlets. A sweep of 1 to 8 outlets
# over the bundled sample, 2026-11-28: of its 32 stories 7 have two outlets within six hours, one has three,
# none four, so four is above what a thin fortnight calls an event.
FOLLOWED = 2  # outlets that report a followed story: one alone may be mistaken
ENOUGH = 4  # outlets that report any other story
CRITICAL = 5  # outlets that report a story which may break the quiet hours

_ARMED = frozenset({"armed-conflict", "terrorism"})
_EXPELLED = ("expel", "expuls", "persona non grata", "ausgewiesen", "высыл", "висил")


@dataclass(frozen=True, slots=True)
class Breaking:
    """A story that may be sent at once, with how urgent it is."""

    story: Story
    outlets: int  # distinct ones with a name
    is_critical: bool


def of_late(snapshot: Snapshot) -> Snapshot:
    """The same with no other stories than those that ``breaking`` may find; most have a single outlet."""
    since, began = snapshot.window.end - RECENT, snapshot.story_started_at
    kept = {
        story
        for story, told in members(snapshot.articles).items()
        if began.get(story, snapshot.window.start) >= since
        and _named(_lately(told, since)) >= FOLLOWED
    }
    return replace(snapshot, articles=tuple(a for a in snapshot.articles if a.story in kept))


def breaking(edition: Edition) -> tuple[Breaking, ...]:
    """Stories that began within the last six hours and that several outlets report, most outlets first."""
    since = edition.window.end - RECENT
    found = (_weighed(story, since) for story in edition.stories if story.started_at >= since)
    told = (one for one in found if one.outlets >= FOLLOWED)
    return tuple(sorted(told, key=lambda one: (-one.outlets, one.story.id)))


def alert(
    breaking: Sequence[Breaking],
    wish: Wish,
    shown: Shown,
    schedule: Schedule,
    *,
    now: datetime,
    sent_today: int,
) -> Breaking | None:
    """The story that the chat should be alerted to now, or None.

    It matches the wish, enough outlets report it, no earlier digest or alert has shown it to the chat, and
    neither the limit per day nor the quiet hours stand in the way.
    """
    if sent_today >= MOST_A_DAY:
        return None
    is_resting = is_quiet(schedule, now)
    heard = (one for one in breaking if one.is_critical or not is_resting)
    return next((one for one in heard if _concerns(one, wish, shown)), None)


def alert_digest(news: Breaking, edition: Edition, shown: Shown) -> Digest:
    """A digest of this one story, without differing accounts and announcements: the daily one has them."""
    alone = replace(edition, stories=(news.story,))
    digest = compose(alone, Wish(minutes=1), shown)
    return replace(digest, items=tuple(map(_plain, digest.items)), ahead=())


def _plain(item: Item) -> Item:
    return replace(item, sentences=tuple(one for one in item.sentences if one.kind != "differs"))


def _weighed(story: Story, since: datetime) -> Breaking:
    lately = _lately(story.articles, since)
    named = _named(lately)
    return Breaking(story, named, named >= CRITICAL and _is_grave(lately))


def _named(articles: Sequence[Article]) -> int:
    """How many distinct outlets with a name they are of."""
    return sum(1 for outlet in rank.outlets(articles) if outlet.name)


def _lately(articles: Sequence[Article], since: datetime) -> list[Article]:
    """Those published lately: a new feed brings the news of two days."""
    return [article for article in articles if moment(article) >= since]


def _concerns(news: Breaking, wish: Wish, shown: Shown) -> bool:
    story = news.story
    is_read = not wish.read or story.language in wish.read
    is_strong = news.outlets >= ENOUGH or follows(story, wish)
    is_new = story.id not in shown.stories and not _is_said(story, shown)
    return is_strong and is_read and is_new and matches(story, wish)


def _is_said(story: Story, shown: Shown) -> bool:
    """Whether the chat has seen the story under another number: a sentence of its lead was shown."""
    lead = story.candidates[0] if story.candidates else ()
    return any(one.trace in shown.sentences for one in lead)


def _is_grave(articles: Sequence[Article]) -> bool:
    """Whether at least half of the articles are mainly about war or terror, or report an expulsion."""
    grave = sum(_leads(article) or _expels(article) for article in articles)
    return 2 * grave >= len(articles)


def _leads(article: Article) -> bool:
    return any(topic.slug in _ARMED for topic in article.topics[:1])


def _expels(article: Article) -> bool:
    phrases = (p for topic in article.topics if topic.slug == "embassies" for p in topic.evidence)
    return any(mark in phrase.casefold() for phrase in phrases for mark in _EXPELLED)

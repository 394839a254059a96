"""A country's, or a pair of countries', stories over some days: nothing is left out as known. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from ..model import RELEVANT, Article, Item, Shown, Snapshot, StoryId, Window, Wish, moment
from ..read.methods import summariser
from . import rank, tell
from .compose import compose
from .edition import countries_of, edition

_STORIES = 6  # told with a sentence each


@dataclass(frozen=True, slots=True)
class Brief:
    """What some days brought of one or two countries."""

    window: Window
    stories: int  # that concern all the countries
    items: tuple[Item, ...]  # the best of them, with one sentence each where one stands alone
    per_day: tuple[
        tuple[date, int], ...
    ]  # articles of those stories, every local day of the window


def brief(articles: Sequence[Article], countries: Collection[str], window: Window) -> Brief:
    """The stories among ``articles`` that concern all ``countries``, published within ``window``.

    Only the best are made ready to be told: a month may hold hundreds.
    """
    inside = (a for a in articles if window.start <= moment(a) < window.end)
    wanted = [told for told in _stories(inside) if set(countries) <= set(countries_of(told))]
    wanted.sort(key=lambda told: (-_score(told, window), told[0].id))
    every = [article for told in wanted for article in told]
    return Brief(window, len(wanted), _told(wanted[:_STORIES], window), _per_day(every, window))


def _stories(articles: Iterable[Article]) -> Iterator[tuple[Article, ...]]:
    """The articles of each story of diplomacy."""
    members: defaultdict[StoryId, list[Article]] = defaultdict(list)
    for article in articles:
        if article.story is not None:
            members[article.story].append(article)
    for found in members.values():
        if max(article.relevance for article in found) >= RELEVANT:
            yield tuple(found)


def _score(articles: Sequence[Article], window: Window) -> float:
    parts = rank.parts(articles, Wish(), now=window.end, is_new=True)
    return sum(part.value for part in parts)


def _told(stories: Sequence[Sequence[Article]], window: Window) -> tuple[Item, ...]:
    """The stories with a sentence each, in the order of a digest."""
    articles = tuple(article for told in stories for article in told)
    whole = edition(Snapshot(window, articles, {}))
    by_id = {story.id: story for story in whole.stories}
    cite = partial(tell.cite, shown=Shown(), count=1, summariser=partial(summariser, "attache"))
    items = compose(whole, Wish(minutes=5), Shown()).items
    return tuple(replace(item, sentences=cite(by_id[item.story])) for item in items)


def _per_day(articles: Sequence[Article], window: Window) -> tuple[tuple[date, int], ...]:
    zone = ZoneInfo(window.zone)
    counts = Counter(moment(article).astimezone(zone).date() for article in articles)
    first, last = (at.astimezone(zone).date() for at in (window.start, window.end))
    days = (first + timedelta(days=gap) for gap in range((last - first).days + 1))
    return tuple((day, counts[day]) for day in days)

"""A country's, or a pair of countries', stories over some days: nothing is left out as known. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from ..model import Article, Item, Shown, Snapshot, StoryId, Window, Wish
from ..read.summarise import summariser
from ..relate.relater import moment
from . import tell
from .compose import compose
from .edition import edition

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
    """The stories among ``articles`` that concern all ``countries``, published within ``window``."""
    inside = tuple(a for a in articles if window.start <= moment(a) < window.end)
    whole = edition(Snapshot(window, inside, _started(inside)))
    wanted = tuple(s for s in whole.stories if set(countries) <= set(s.countries))
    by_id = {story.id: story for story in wanted}
    digest = compose(replace(whole, stories=wanted), Wish(minutes=5), Shown())
    cite = partial(tell.cite, shown=Shown(), count=1, summariser=partial(summariser, "attache"))
    items = (replace(i, sentences=cite(by_id[i.story])) for i in digest.items[:_STORIES])
    told = [article for story in wanted for article in story.articles]
    return Brief(window, len(wanted), tuple(items), _per_day(told, window))


def _started(articles: Sequence[Article]) -> dict[StoryId, datetime]:
    started: dict[StoryId, datetime] = {}
    for article in articles:
        if article.story is not None:
            seen = article.first_seen_at
            started[article.story] = min(seen, started.get(article.story, seen))
    return started


def _per_day(articles: Sequence[Article], window: Window) -> tuple[tuple[date, int], ...]:
    zone = ZoneInfo(window.zone)
    counts = Counter(moment(article).astimezone(zone).date() for article in articles)
    first, last = (at.astimezone(zone).date() for at in (window.start, window.end))
    days = (first + timedelta(days=gap) for gap in range((last - first).days + 1))
    return tuple((day, counts[day]) for day in days)

"""The calendar of /ahead: what is announced for the days to come, in the articles that fit a wish. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from ..model.articles import Article, ArticleId
from ..model.chats import Wish
from ..model.digests import Announced, Snapshot, Window
from ..read.events.ahead import Appointment, appointments
from .edition import Story, edition
from .matching import matches


def ahead(
    articles: Sequence[Article], wish: Wish, *, now: datetime, today: date, days: int
) -> tuple[Announced, ...]:
    """Announcements for today and the following ``days``, by day, the most widely reported story first.

    At most one sentence for each story and day, taken from the article that ranks highest in its story.
    """
    last = today + timedelta(days=days)
    found = {article.id: _between(article, today, last) for article in articles}
    announcing = {article.story for article in articles if found[article.id]}
    members = tuple(article for article in articles if article.story in announcing)
    stories = edition(Snapshot(Window(now, now), members, {})).stories
    readable = (s for s in stories if not wish.read or s.language in wish.read)
    wanted = (story for story in readable if matches(story, wish))
    every = (one for story in wanted for one in _of(story, found))
    return tuple(sorted(every, key=lambda one: (one.day, -one.outlets, one.article.id)))


def _between(article: Article, first: date, last: date) -> tuple[Appointment, ...]:
    return tuple(one for one in appointments(article) if first <= one.day <= last)


def _of(story: Story, found: Mapping[ArticleId, tuple[Appointment, ...]]) -> tuple[Announced, ...]:
    outlets = len({article.outlet for article in story.articles})
    first: dict[date, Announced] = {}
    for article in story.articles:
        for one in found[article.id]:
            first.setdefault(one.day, Announced(one.day, article, one.span, outlets))
    return tuple(first.values())

"""The calendar: what the articles a reader wishes for announce for the days to come. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..model import Article, Snapshot, Span, Window, Wish
from ..read.ahead import appointments
from .compose import matches
from .edition import Story, edition


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


def ahead(
    articles: Sequence[Article], wish: Wish, *, now: datetime, today: date, days: int
) -> tuple[Announced, ...]:
    """What is announced for today and the ``days`` after it, by day, the most told story first.

    One sentence for each story and day, of the article that leads the story before the others.
    """
    last = today + timedelta(days=days)
    stories = edition(Snapshot(Window(now, now), tuple(articles), {})).stories
    wanted = (s for s in stories if not wish.read or s.language in wish.read)
    found = [
        announced
        for story in wanted
        if matches(story, wish)
        for announced in _of(story)
        if today <= announced.day <= last
    ]
    return tuple(sorted(found, key=lambda one: (one.day, -one.outlets, one.article.id)))


def _of(story: Story) -> Iterator[Announced]:
    outlets = len({article.outlet for article in story.articles})
    first: dict[date, Announced] = {}
    for article in story.articles:
        for appointment in appointments(article):
            one = Announced(appointment.day, article, appointment.span, outlets)
            first.setdefault(appointment.day, one)
    yield from first.values()

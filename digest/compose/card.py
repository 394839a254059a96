"""A card: one story as a whole, with its best sentences, its days and its quotations. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..model.articles import Article, ArticleId
from ..model.chats import Wish
from ..model.digests import Item, Shown, Snapshot, Window
from ..model.stories import moment
from ..read.events.actions import action_of
from .compose import compose
from .edition import by_story, edition
from .quoted import Said, said
from .tell import headline

_DAY = timedelta(days=1)  # a story that began within it is new


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that /story shows of one story."""

    item: Item  # its headline, day, outlets, and its best sentences
    timeline: tuple[tuple[date, Article], ...]  # the first article of each local day
    quotes: tuple[Said, ...]  # latest first


def card(
    articles: Sequence[Article], *, now: datetime, zone: str, lead: ArticleId | None = None
) -> Card | None:
    """The card of the story that ``articles`` belong to; None if there are none, or none is about diplomacy.

    Its headline is that of the article ``lead``, by which the reader knows the story, if that is among
    them.
    """
    every = by_story(articles).items()
    told = {story: min(one.first_seen_at for one in members) for story, members in every}
    whole = edition(Snapshot(Window(now - _DAY, now, zone), tuple(articles), told))
    items = compose(whole, Wish(minutes=5), Shown()).items
    if not items:
        return None
    return Card(_led(items[0], lead), _timeline(articles, zone), said(articles))


def _led(item: Item, lead: ArticleId | None) -> Item:
    found = next((article for article in item.articles if article.id == lead), None)
    if found is None:
        return item
    others = (article for article in item.articles if article is not found)
    return replace(
        item,
        lead=found.id,
        headline=headline(found),
        articles=(found, *others),
        action=action_of(found),
    )


def _timeline(articles: Sequence[Article], zone: str) -> tuple[tuple[date, Article], ...]:
    first: dict[date, Article] = {}
    for article in sorted(articles, key=lambda article: (moment(article), article.id)):
        first.setdefault(moment(article).astimezone(ZoneInfo(zone)).date(), article)
    return tuple(first.items())

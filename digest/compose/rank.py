"""Which story comes first, and why: a score that is a sum of named parts, as /why shows them."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from ..model.articles import Article
from ..model.chats import Wish
from ..model.digests import ScorePart
from ..model.sources import Outlet
from ..model.stories import moment
from ..read.opinion import Thought

# Set by reading digests side by side: the fourteen of the bundled sample, one of the feeds of three outlets,
# one of 128 pages, and 454 weekly ones of wikinews_clean and allsides. With 0.8 for what is fresh and 1.5 for
# diplomacy a firm's dolls stood 5th and the annexation of the West Bank 18th of 20, now 17th and 12th; of the
# 24 weekly digests with another order 14 are better and 3 worse by eye (2026-12-01).
_OUTLETS = 1.0  # a story told by one outlet gets 1, by three 2, by seven 3
_FRESH = 0.4  # for an article of this hour, half after the half-life
_HALF_LIFE = timedelta(hours=18)
_RELEVANCE = 2.5  # for an article that is wholly about diplomacy
_NEW = 0.4  # the story began since the last digest
_OFFICIAL = 0.3  # an official text stands beside the press
# Nobody reports it. An opinion of one outlet has 5.3 at most, a report 2.25 at least. Of some thirty stories
# in weekly digests of allsides that a question or "Why" makes an analysis four report what has happened: they
# come behind reports of equal weight, and not behind all (2026-12-01).
_UNREPORTED: Mapping[Thought, float] = {"opinion": -4.0, "analysis": -1.0}
# Its headline tells what states do, and not only what they say; less if no other state stands in it. 0.5 for
# that leaves missiles that leave Cuba behind a visit of which more outlets tell.
_ACTS: Mapping[int, float] = {2: 1.0, 1: 0.8}
_STATES = 0.4  # it is about two states or more: what is one's own affair comes later
_ASKED = 0.6  # a wished country or topic leads the story, not only occurs in it


def parts(
    articles: Sequence[Article],
    wish: Wish,
    *,
    now: datetime,
    is_new: bool,
    acts: int = 0,
    states: int = 0,
    thought: Thought | None = None,
) -> tuple[ScorePart, ...]:
    """The reasons for a story's place; their sum is its score.

    ``acts`` is how much its headline tells of what states do, ``states`` how many it is about. ``thought``
    says whether it is opinion or analysis, and is None if an article of it is a report.
    """
    newest = max(moment(article) for article in articles)
    age = max(timedelta(0), now - newest)
    return (
        ScorePart("outlets", _OUTLETS * math.log2(1 + len(outlets(articles)))),
        ScorePart("fresh", _FRESH * 0.5 ** (age / _HALF_LIFE)),
        ScorePart("diplomacy", _RELEVANCE * max(article.relevance for article in articles)),
        ScorePart("new", _NEW if is_new else 0.0),
        ScorePart("official", _OFFICIAL if _is_official_beside_press(articles) else 0.0),
        ScorePart("acts", _ACTS.get(acts, 0.0)),
        ScorePart("states", _STATES if states > 1 else 0.0),
        ScorePart("asked", _ASKED if _leads(articles, wish) else 0.0),
        ScorePart("opinion", _UNREPORTED[thought] if thought else 0.0),
    )


def outlets(articles: Sequence[Article]) -> tuple[Outlet, ...]:
    """The distinct outlets in order, then one without a name for each article whose outlet is unknown."""
    named = dict.fromkeys(article.outlet for article in articles if article.outlet)
    return (*named, *(Outlet("") for article in articles if not article.outlet))


def one_side(told_by: Sequence[Outlet], countries: Sequence[str]) -> str | None:
    """The one country that all outlets are from, if the story concerns another country too; else None."""
    homes = {outlet.country for outlet in told_by}
    (home,) = homes if len(homes) == 1 else (None,)
    others = any(country != home for country in countries)
    return home if len(told_by) > 1 and others else None


def _is_official_beside_press(articles: Sequence[Article]) -> bool:
    return len({article.is_official for article in articles}) > 1


def _leads(articles: Sequence[Article], wish: Wish) -> bool:
    """Whether a topic or country of the wish comes first in one of the articles."""
    return any(
        bool(wish.countries & set(article.countries[:1]))
        or bool(wish.topics & {topic.slug for topic in article.topics[:1]})
        for article in articles
    )

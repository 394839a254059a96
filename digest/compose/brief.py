"""A brief: the stories of a country, or of a pair of countries, over some days. Pure.

Unlike a digest it leaves nothing out that the chat has seen before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ..model.articles import Article
from ..model.chats import Wish
from ..model.digests import Item, Shown, Snapshot, Window
from ..model.stories import Publication, moment
from ..read.opinion import thought, thought_of_all
from ..read.summary.methods import summariser
from . import rank, tell
from .compose import compose
from .edition import by_story, edition
from .volume import volume

_STORIES = 6  # told with a sentence each


@dataclass(frozen=True, slots=True)
class Brief:
    """What a period brought on one or two countries."""

    window: Window
    stories: int  # how many the counted articles belong to
    items: tuple[Item, ...]  # the best of them, with one sentence each where one stands alone
    per_day: tuple[tuple[date, int], ...]  # counted articles, every local day of the window


def brief(
    articles: Sequence[Article], publications: Sequence[Publication], window: Window
) -> Brief:
    """The best stories of ``articles``, and how many ``publications`` fall on each day of ``window``.

    Both are of the same place. ``publications`` is every one of them, ``articles`` may be only the latest:
    a month can have many thousands.
    """
    counted = [one for one in publications if window.start <= one.at < window.end]
    inside = (a for a in articles if window.start <= moment(a) < window.end)
    best = sorted(by_story(inside).values(), key=lambda told: (-_score(told, window), told[0].id))
    return Brief(
        window,
        len({one.story for one in counted} - {None}),
        _told(best[:_STORIES], window),
        volume((one.at for one in counted), window).per_day,
    )


def _score(articles: Sequence[Article], window: Window) -> float:
    kind = thought_of_all(map(thought, articles))
    parts = rank.parts(articles, Wish(), now=window.end, is_new=True, thought=kind)
    return sum(part.value for part in parts)


def _told(stories: Sequence[Sequence[Article]], window: Window) -> tuple[Item, ...]:
    """The stories in the order of a digest, with one sentence each."""
    articles = tuple(article for told in stories for article in told)
    whole = edition(Snapshot(window, articles, {}))
    by_id = {story.id: story for story in whole.stories}
    cite = partial(tell.cite, shown=Shown(), count=1, summariser=partial(summariser, "attache"))
    items = compose(whole, Wish(minutes=5), Shown()).items
    return tuple(replace(item, sentences=cite(by_id[item.story])) for item in items)

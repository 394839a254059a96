"""What "@bot words" offers to share in any chat: stories, and articles that belong to none.

Anybody may ask, so only articles with an address are shown, in the language and by the clock of the asker.
The same words find the same for everybody; without words, the stories of the asker's last digest come
first.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from digest.compose.card import card
from digest.compose.rank import outlets
from digest.compose.tell import headline
from digest.model.articles import Article, ArticleId, StoryId
from digest.ports import Library
from digest.read.alone.standing import stands_alone

from ..talk import markup
from ..talk.markup import Block, run, shortened
from ..talk.texts import FALLBACK, Texts, texts
from .card import shared_page
from .citing import in_one_line
from .links import proof_link, start_link

MOST = 10  # suggestions
LONGEST_QUERY = 256  # characters; Telegram Bot API, InlineQuery
LATELY = timedelta(days=7)  # how far back an empty query looks
_ASKED = 10 * MOST  # articles: several tell one story; copies and those without address go
# Articles of a story whose sentences are weighed, the latest: 0.12 to 0.18 s of CPU for ten.
_READ = 6
_WORDS = 8  # of a query
_TITLE, _HEADLINE, _SENTENCE = 120, 300, 600  # characters
NONE_KNOWN: Mapping[StoryId, ArticleId] = MappingProxyType({})

_Told = dict[object, tuple[Article, Sequence[Article]]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One story or article to share."""

    id: str
    title: str
    about: str  # outlet, or how many, and date
    html: str  # what is posted


@dataclass(frozen=True, slots=True)
class _Asker:
    """When, for which bot, in which language and by which clock the question is asked."""

    now: datetime
    username: str
    t: Texts
    zone: str
    leads: frozenset[ArticleId]  # under whose headlines they know their stories


async def suggestions(
    words: str,
    articles: Library,
    *,
    now: datetime,
    language: str = FALLBACK,
    zone: str = "UTC",
    username: str = "",
    known: Mapping[StoryId, ArticleId] = NONE_KNOWN,
) -> tuple[Suggestion, ...]:
    """At most ten suggestions: stories with an article that has all ``words``, or the newest stories.

    Before the newest come the stories ``known`` to the asker, each under the headline of its article there.
    With the bot's ``username``, a suggestion links to the whole story.
    """
    wanted = _telling(words[:LONGEST_QUERY])
    told = {} if wanted else await _known(known, articles)
    for article in filter(_is_public, await _found(wanted, articles, now)):
        if len(told) < MOST and (key := article.story or -article.id) not in told:
            told[key] = article, await _members(article, articles)
    asker = _Asker(now, username, texts(language), zone, frozenset(known.values()))
    return await asyncio.to_thread(_made, tuple(told.values()), asker)


async def _known(known: Mapping[StoryId, ArticleId], articles: Library) -> _Told:
    """The first ten of the stories, in order, with those of their articles that anybody may see."""
    found = await articles.stories(known)
    told: _Told = {}
    for story in known:
        members = tuple(filter(_is_public, found.get(story, ())))
        if members and len(told) < MOST:
            told.setdefault(members[0].story, (members[0], members))
    return told


async def _members(article: Article, articles: Library) -> Sequence[Article]:
    if article.story is None:
        return (article,)
    members = await articles.story(article.story)
    return tuple(filter(_is_public, members))


def _is_public(article: Article) -> bool:
    return (article.url or "").startswith(("http://", "https://"))


def _made(
    told: Sequence[tuple[Article, Sequence[Article]]], asker: _Asker
) -> tuple[Suggestion, ...]:
    made = (_story(found, asker) or _alone(one, asker) for one, found in told)
    return tuple(one for one in made if one)


def _story(articles: Sequence[Article], asker: _Asker) -> Suggestion | None:
    """The suggestion of a story; None if it is not about diplomacy, or Telegram would not take it."""
    lead = next((one for one in articles if one.id in asker.leads), None)
    read = [one for one in articles if one is lead or one in articles[-_READ:]]
    made = card(read, now=asker.now, zone=asker.zone, lead=lead.id if lead else None)
    title = run(made.item.headline).text.strip() if made else ""
    if made is None or not title:
        return None
    number, username, t = made.item.story, asker.username, asker.t
    made = replace(made, item=replace(made.item, outlets=outlets(articles)))
    whole = start_link(username, f"s_{number}") if username else None
    blocks = shared_page(made, t, proof_link(username), whole)
    if not markup.fits(blocks):
        return None
    day = t.day(max(day for day, _ in made.timeline))
    told_by = t.plural("digest.outlets", len(made.item.outlets))
    return Suggestion(
        f"s{number}", shortened(title, _TITLE), f"{told_by} · {day}", markup.html(blocks)
    )


def _alone(article: Article, asker: _Asker) -> Suggestion | None:
    return None if article.duplicate_of is not None else _suggestion(article, asker)


async def _found(wanted: Sequence[str], articles: Library, now: datetime) -> Sequence[Article]:
    if wanted:
        return await articles.search(" ".join(wanted), limit=_ASKED)
    return await articles.recent(now - LATELY, limit=_ASKED)


def _telling(query: str) -> list[str]:
    """The words that tell articles apart, the longer ones last, since the last may be a beginning.

    A beginning of one letter is found in nearly every article: 24 s over 40,000 of them.
    """
    words = [word for word in query.split() if any(map(str.isalnum, word)) and not _is_vague(word)]
    return sorted(words[:_WORDS], key=lambda word: len(word) > 2)


def _is_vague(word: str) -> bool:
    """Whether it is only the beginning of a word; "EU" and "中国" are words."""
    is_short = len(word) < 3 and word.isascii()
    return is_short and not (len(word) == 2 and word.isupper())


def _suggestion(article: Article, asker: _Asker) -> Suggestion | None:
    """None for an article that Telegram would not take."""
    url, title = article.url or "", run(headline(article)).text.strip()
    about = _about(article, asker)
    blocks = _blocks(article, title, url, about)
    if not (title and markup.fits(blocks)):
        return None
    return Suggestion(str(article.id), shortened(title, _TITLE), about, markup.html(blocks))


def _blocks(article: Article, title: str, url: str, about: str) -> markup.Blocks:
    head = (run(shortened(title, _HEADLINE), bold=True, url=url),)
    lines: list[markup.Line] = [head, (run(about, italic=True),)]
    sentence = _sentence(article, title)
    if sentence:
        lines.append((run(f'"{in_one_line(sentence)}" '), run("¹", url=url)))
    return (Block(tuple(lines)),)


def _sentence(article: Article, title: str) -> str:
    """The first sentence that stands alone and does not repeat the headline; whole or not at all."""
    every = (article.text[span.start : span.end] for span in article.sentences)
    fit = (one for one in every if len(one) <= _SENTENCE and one != title and stands_alone(one))
    return next(fit, "")


def _about(article: Article, asker: _Asker) -> str:
    outlet = article.outlet.name if article.outlet else asker.t.label("search.no-outlet")
    at = article.published_at or article.first_seen_at
    return f"{shortened(run(outlet).text, _TITLE)} · {asker.t.day_of(at, asker.zone)}"

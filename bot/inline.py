"""Cards to share from any chat by "@bot words": stored articles, each with its proof.

Anybody may ask, so only articles with an address are shown, and the same ones to everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.compose.tell import headline
from digest.model import Article
from digest.ports import ArticleStore
from digest.read.standing import stands_alone

from . import markup
from .markup import Block, run
from .texts import FALLBACK, Texts, texts

MOST = 10  # cards
LONGEST_QUERY = 256  # characters; Telegram Bot API, InlineQuery
LATELY = timedelta(days=7)  # how far back an empty query looks
_ASKED = 4 * MOST  # articles: copies and those without an address are left out afterwards
_WORDS = 8  # of a query
_TITLE, _HEADLINE, _SENTENCE = 120, 300, 600  # characters


@dataclass(frozen=True, slots=True)
class Card:
    """One article to share."""

    id: str
    title: str
    about: str  # outlet and date
    html: str  # what is posted


async def cards(words: str, articles: ArticleStore, *, now: datetime) -> tuple[Card, ...]:
    """At most ten cards: articles that hold all ``words``, or the newest where there are none."""
    t = texts(FALLBACK)  # the answer is kept for everybody, whatever language who asks first has
    found = await _found(words[:LONGEST_QUERY], articles, now)
    shared = (article for article in found if article.duplicate_of is None)
    made = tuple(card for article in shared if (card := _card(article, t)))
    return made[:MOST]


async def _found(words: str, articles: ArticleStore, now: datetime) -> Sequence[Article]:
    if wanted := _telling(words):
        return await articles.search(" ".join(wanted), limit=_ASKED)
    return await articles.recent(now - LATELY, limit=_ASKED)


def _telling(query: str) -> list[str]:
    """The words that tell articles apart, the longer ones last, as the last may be a beginning.

    What begins with one letter is found in nearly every article: 24 s over 40,000 of them.
    """
    words = [word for word in query.split() if any(map(str.isalnum, word)) and not _is_vague(word)]
    return sorted(words[:_WORDS], key=lambda word: len(word) > 2)


def _is_vague(word: str) -> bool:
    """Whether it is only the beginning of a word; "EU" and "中国" are words."""
    is_short = len(word) < 3 and word.isascii()
    return is_short and not (len(word) == 2 and word.isupper())


def _card(article: Article, t: Texts) -> Card | None:
    """None for an article without an address, and for one that Telegram would not take."""
    url, title = article.url or "", run(headline(article)).text.strip()
    blocks = _blocks(article, title, url, t)
    if not (url.startswith(("http://", "https://")) and title and markup.fits(blocks)):
        return None
    return Card(str(article.id), _short(title, _TITLE), _about(article, t), markup.html(blocks))


def _blocks(article: Article, title: str, url: str, t: Texts) -> markup.Blocks:
    head = (run(_short(title, _HEADLINE), bold=True, url=url),)
    lines: list[markup.Line] = [head, (run(_about(article, t), italic=True),)]
    sentence = _sentence(article, title)
    if sentence:
        lines.append((run(f'"{sentence}" '), run("¹", url=url)))
    return (Block(tuple(lines)),)


def _sentence(article: Article, title: str) -> str:
    """The first sentence that stands alone, whole or not at all; not what the headline says already."""
    every = (article.text[span.start : span.end] for span in article.sentences)
    fit = (one for one in every if len(one) <= _SENTENCE and one != title and stands_alone(one))
    return next(fit, "")


def _about(article: Article, t: Texts) -> str:
    outlet = article.outlet.name if article.outlet else t.label("search.no-outlet")
    at = article.published_at or article.first_seen_at
    return f"{_short(outlet, _TITLE)} · {t.day(at.date())}"


def _short(text: str, longest: int) -> str:
    """The text, or its beginning up to a whole word and "…"."""
    if len(text) <= longest:
        return text
    return (text[:longest].rpartition(" ")[0] or text[:longest]) + "…"

"""An edition: one frozen snapshot, prepared once for all the digests that are composed from it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from ..model.articles import RELEVANT, Action, Article, StoryId
from ..model.digests import Health, Snapshot, Window
from ..read.events.actions import deed_of
from ..read.opinion import Thought, thought, thought_of_all
from ..read.reacting import reacts
from ..read.teasing import teases
from ..relate.vectors import vocabulary
from .candidates import Candidate, Quotable
from .health import health_of

# Of the 37 stories of wikinews_clean with three articles or more that it gives another headline, read by eye
# on 2026-11-29, 19 gained by it and 4 lost; 1.0 and 0.3 change 45 and 26.
_TITLE = 0.5  # weight of what a title shares with the other articles, where the whole text has 1
# A newer article leads where it was published so much later ... The dates of many outlets are days.
_LATER = timedelta(hours=12)
# ... and shares at least so much of what the most central one shares with the rest. In weekly digests of
# wikinews_clean, allsides and the sample it heads 21 of 136 stories of several articles otherwise: 14 gained,
# 1 lost, read by eye in 2026-12; with 0.74 three of those that gain stay behind.
_AS_MUCH = 0.7
# A topic score above: two phrases say it. In the fourteen digests of the sample, read by eye on 2026-12-01,
# 4 pairs of labels changed, all for the better; with 0.34 "Embassies" stands on a border war.
_PLAIN = 0.5
# Of 204 articles in the stories of diplomacy of wikinews_clean 18 are below, which no digest should tell; the
# three between this and RELEVANT tell the same event as the others (read 2026-12-01).
_NEARLY = 0.25
_ENOUGH = (
    2  # articles of a story that must name a topic or country, unless one of them leads with it
)


@dataclass(frozen=True, slots=True)
class Story:
    """One story of the window, as prepared for every chat."""

    id: StoryId
    started_at: datetime
    articles: tuple[Article, ...]  # the leading one first
    topics: tuple[str, ...]  # most important first
    countries: tuple[str, ...]  # most important first
    quotable: tuple[Quotable, ...]  # the articles that may be quoted
    text: str  # titles and texts, case folded, for the words of a wish
    action: Action | None  # in the headline of the leading article
    acts: int  # how much that headline tells of what states do, from 2 to -1
    thought: Thought | None  # "opinion" or "analysis" if no article of it is a report
    ids: frozenset[StoryId] = frozenset()  # its own, and those of the stories it has taken in

    @property
    def candidates(self) -> tuple[tuple[Candidate, ...], ...]:
        """The sentences that may be told, of each article that has any."""
        return tuple(one.candidates for one in self.quotable if one.candidates)

    @property
    def language(self) -> str | None:
        """The language of all its articles: stories do not cross languages."""
        return self.articles[0].language


@dataclass(frozen=True, slots=True)
class _Told:
    """One article of a story, with what is found out once for all who ask."""

    article: Article
    thought: Thought | None
    action: Action | None
    acts: int


@dataclass(frozen=True, slots=True)
class Edition:
    """What all digests over one window share."""

    window: Window
    health: Health
    articles_read: int
    stories: tuple[Story, ...]


def edition(snapshot: Snapshot) -> Edition:
    """The stories of diplomacy in a snapshot, each with its order of articles and its topics."""
    found = members(snapshot.articles).items()
    stories = tuple(_story(story, told, snapshot) for story, told in found if _on_diplomacy(told))
    return Edition(snapshot.window, health_of(snapshot.feeds), len(snapshot.articles), stories)


def by_story(articles: Iterable[Article]) -> Mapping[StoryId, Sequence[Article]]:
    """The articles of each story of diplomacy, in their given order.

    Articles of the story that are not about diplomacy are left out: they neither lead nor tell it, and
    their outlets, topics and countries do not count. Of the 105 stories of several articles in the days of
    wikinews_clean and allsides 24 had such, and seven were led by one, for instance an election in which a
    prime minister congratulates (2026-12-01).
    """
    found = {story: _on_diplomacy(told) for story, told in members(articles).items()}
    return {story: told for story, told in found.items() if told}


def members(articles: Iterable[Article]) -> Mapping[StoryId, Sequence[Article]]:
    """The articles of each story, in their given order, whatever they are about."""
    found: defaultdict[StoryId, list[Article]] = defaultdict(list)
    for article in articles:
        if article.story is not None:
            found[article.story].append(article)
    return found


def _on_diplomacy(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Those about diplomacy or nearly so, if at least one is about diplomacy; else none."""
    if all(article.relevance < RELEVANT for article in articles):
        return ()
    return tuple(article for article in articles if article.relevance >= _NEARLY)


def led_by(story: Story, leads: Callable[[Article], bool]) -> Story:
    """The same story, led by the first of its articles that ``leads``; unchanged if there is none."""
    articles = tuple(sorted(story.articles, key=lambda article: not leads(article)))
    lead = _told(articles[0])
    return replace(
        story,
        articles=articles,
        topics=topics_of(articles),
        quotable=tuple(sorted(story.quotable, key=lambda one: not leads(one.article))),
        action=lead.action,
        acts=lead.acts,
    )


def _told(article: Article) -> _Told:
    kind = thought(article)
    return _Told(article, kind, *deed_of(article, kind))


def in_zone(whole: Edition, zone: str) -> Edition:
    """The same edition with its days counted in another zone; the sentences do not depend on that."""
    return replace(whole, window=replace(whole.window, zone=zone))


def ordered(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles of a story, the one that should lead first.

    Undated articles come last, so that one never leads while another is there. Then, in this order:
    originals before copies, diplomacy before the rest, reports before opinions, other outlets before
    state-funded ones, titled texts before untitled ones, titles that tell the news before those that
    only tease, and what states do before what is only said of it. Among equals the one comes first that
    shares most words with the others, its title above all. An article that is clearly newer than that one,
    and shares nearly as much, leads in its place, unless its title tells less of what states do. Of the
    stories of several articles in daily and weekly digests of wikinews_clean and allsides ten are headed
    otherwise for what states do: 6 better, 1 worse by eye (2026-12-01).
    """
    return tuple(one.article for one in _ordered(tuple(map(_told, articles))))


def _ordered(told: Sequence[_Told]) -> Sequence[_Told]:
    if len(told) == 1:
        return told
    weight = _centrality([one.article for one in told])
    kinds = {one.article.id: _kind(one) for one in told}
    first, *rest = sorted(
        told,
        key=lambda one: (kinds[one.article.id], -one.acts, -weight[one.article.id], one.article.id),
    )
    newer = [
        one
        for one in rest
        if kinds[one.article.id] == kinds[first.article.id]
        and one.acts >= first.acts
        and weight[one.article.id] >= _AS_MUCH * weight[first.article.id]
        and _is_later(one.article, first.article)
        and not reacts(one.article.title or "")
    ]
    latest = [o for o in newer if not any(_is_later(n.article, o.article) for n in newer)]
    lead = next(iter(latest), first)
    return (lead, *(one for one in (first, *rest) if one is not lead))


def _kind(told: _Told) -> tuple[bool, ...]:
    """What sets it behind others, however much it tells."""
    article = told.article
    return (
        _is_undated(article),
        article.duplicate_of is not None,
        article.relevance < RELEVANT,
        told.thought is not None,
        article.outlet is not None and article.outlet.state_funded,
        article.title is None,
        teases(article.title or ""),
    )


def _is_later(one: Article, other: Article) -> bool:
    """Whether it was clearly published later, as far as both say."""
    if one.published_at is None or other.published_at is None:
        return False
    return one.published_at - other.published_at >= _LATER


def _story(story: StoryId, articles: Sequence[Article], snapshot: Snapshot) -> Story:
    every = _ordered(tuple(map(_told, articles)))  # all say what the story is about
    told = tuple(one for one in every if one.article.relevance >= _NEARLY)
    articles = tuple(one.article for one in told)
    return Story(
        id=story,
        started_at=snapshot.story_started_at.get(story, snapshot.window.start),
        articles=articles,
        topics=topics_of(articles),
        countries=countries_of(articles),
        quotable=tuple(Quotable(one.article) for one in _quotable(told)),
        text="\n".join(f"{article.title or ''}\n{article.text}" for article in articles).casefold(),
        action=told[0].action,
        acts=told[0].acts,
        thought=thought_of_all(one.thought for one in told),
        ids=snapshot.taken_in.get(story, frozenset()) | {story},
    )


def _quotable(told: Sequence[_Told]) -> Sequence[_Told]:
    """Without copies, undated articles and opinions, as far as that leaves anything.

    Undated articles are left out because they may be old.
    """
    originals = [one for one in told if one.article.duplicate_of is None] or told
    dated = [one for one in originals if not _is_undated(one.article)] or originals
    return [one for one in dated if one.thought is None] or dated


def _is_undated(article: Article) -> bool:
    return article.date_source == "first_seen" and article.published_at is None


def topics_of(articles: Sequence[Article]) -> tuple[str, ...]:
    """The topics of a story: first those that the leading article is plainly about, each part by total score.

    A topic of one article among several counts only if it is that article's first one, or plain in the
    leading article.
    """
    scores: Counter[str] = Counter()
    for article in articles:
        scores.update({topic.slug: topic.score for topic in article.topics})
    headline = {topic.slug for topic in articles[0].topics if topic.score > _PLAIN}
    firsts = headline.union(topic.slug for article in articles for topic in article.topics[:1])
    occurrences = Counter(t.slug for a in articles for t in a.topics)
    carried = _carried(scores, occurrences, firsts, min(_ENOUGH, len(articles)))
    return tuple(sorted(carried, key=lambda slug: slug not in headline))


def countries_of(articles: Sequence[Article]) -> tuple[str, ...]:
    """The countries of a story, the most important first.

    A country that only one of several articles names counts only if it is among the first two of that
    article.
    """
    scores: Counter[str] = Counter()
    for article in articles:
        scores.update({code: 1 / (1 + place) for place, code in enumerate(article.countries)})
    firsts = {code for article in articles for code in article.countries[:2]}
    occurrences = Counter(c for a in articles for c in a.countries)
    return _carried(scores, occurrences, firsts, min(_ENOUGH, len(articles)))


def _carried(
    scores: Counter[str], occurrences: Counter[str], firsts: set[str], enough: int
) -> tuple[str, ...]:
    return tuple(
        name
        for name, _ in sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if occurrences[name] >= enough or name in firsts
    )


def _centrality(articles: Sequence[Article]) -> dict[int, float]:
    """For each article, the share of its stems, and of its title's, that the other articles have too."""
    titles = [vocabulary(article.title or "", article.language) for article in articles]
    texts = [vocabulary(article.text, article.language) for article in articles]
    found = [text | title for text, title in zip(texts, titles, strict=True)]
    spread = Counter(chain.from_iterable(found))

    def shared(stems: Set[str]) -> float:
        others = sum(map(spread.__getitem__, stems)) - len(stems)
        return others / ((len(stems) or 1) * len(articles))

    return {
        article.id: shared(stems) + _TITLE * shared(title)
        for article, stems, title in zip(articles, found, titles, strict=True)
    }

"""What an article is about, and whether it is diplomacy at all, by weighted phrases.

Every score comes with the phrases that made it, so /why can say it. Relevance is a logistic model
over the same phrases and the countries named; nothing else is learnt.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from seeds.topics import SLUGS, diplomacy, relevance, topics

from .actors import CountryScore
from .actors import countries as countries_in
from .lexicon import Lexicon, fold

WORDS = 250  # of the text; what comes later is background more often than subject
FEWEST_WORDS = 10  # a text is not taken for shorter
TITLE_COUNTS = 3  # a phrase in the title counts as three in the text
MOST_COUNTS = 3  # of one phrase: ten times "tariff" is not ten reasons
HALF_SCORE = 8.0  # weighted phrases that make a topic score of 0.5: two that say it
LEAST_SCORE = 0.25  # a topic below has one hint and no more
LEAST_SHARE = 0.4  # of the best topic's weight; a topic below is a side issue
MOST_TOPICS = 4
MOST_EVIDENCE = 5  # phrases named for one topic
HOME = "US"  # whose domestic news is not "abroad" unless told; the labelled articles are American
DEFAULT_LANGUAGE = "en"

# Log-odds that one phrase adds to "diplomacy" where nothing was fitted: half its weight by hand.
ODDS_BY_WEIGHT = 0.5
# A topic's phrases say "diplomacy" too, though less surely than those chosen for it. Energy,
# climate, espionage, migration and aid are domestic matters as often.
ODDS_BY_TOPIC = 0.3
ODDS_BY_DOMESTIC_TOPIC = 0.15
DOMESTIC_TOPICS = frozenset({"energy", "climate", "cyber", "refugees", "aid"})
_GROWTH = (0.0, 1.0, math.sqrt(2), math.sqrt(3))  # of a phrase's weight with its count
_NO_SLUG = ""  # stands for relevance among the values of a phrase


@dataclass(frozen=True, slots=True)
class TopicScore:
    """A topic that an article is about."""

    slug: str
    score: float  # 0..1
    evidence: tuple[str, ...]  # the phrases that counted, strongest first


@dataclass(frozen=True, slots=True)
class Tags:
    """What an article is about."""

    relevance: float  # 0..1: how surely this is diplomacy
    is_diplomatic: bool
    topics: tuple[TopicScore, ...]  # best first, only those above the cut-off


_Weighed = tuple[str, float]  # slug (or _NO_SLUG) and weight
_Counts = Mapping[str, tuple[int, tuple[_Weighed, ...]]]


def tag(
    text: str,
    *,
    title: str = "",
    language: str = DEFAULT_LANGUAGE,
    countries: Sequence[CountryScore] | None = None,
    home: str = HOME,
) -> Tags:
    """Topics and relevance of an article; an empty one has no topic and hardly any relevance.

    ``countries`` are those of the article and are looked for if not given; ``home`` is the
    country whose own affairs are domestic news to the outlet. A language without phrases of its
    own is read with the English ones.
    """
    if countries is None:
        countries = countries_in(text, title=title)
    head = first_words(text)
    counts = _counts(head, title, language)
    seen = features(_odds(counts), countries, words=len(head.split()), home=home)
    likely = 1 / (1 + math.exp(-_logit(seen)))
    return Tags(likely, likely >= relevance().cut, tuple(_ranked(counts)))


def first_words(text: str) -> str:
    """The part of a text that is looked at: its first 250 words."""
    words = text.split(maxsplit=WORDS)
    return text if len(words) <= WORDS else text[: len(text) - len(words[WORDS])]


def phrase_counts(head: str, *, title: str = "") -> dict[str, int]:
    """How often each English phrase counts in a title and the first words, 1 to 3."""
    counts = _counts(head, title, DEFAULT_LANGUAGE)
    return {phrase: count for phrase, (count, _) in counts.items()}


def phrase_odds(language: str = DEFAULT_LANGUAGE) -> Mapping[str, float]:
    """The log-odds that each phrase of a language adds to "diplomacy" as set by hand."""
    by_hand: dict[str, float] = {}
    for topic in topics():
        share = ODDS_BY_DOMESTIC_TOPIC if topic.slug in DOMESTIC_TOPICS else ODDS_BY_TOPIC
        for phrase, weight in topic.phrases.get(language, {}).items():
            by_hand[phrase] = max(by_hand.get(phrase, 0.0), share * weight)
    by_hand.update(
        (phrase, ODDS_BY_WEIGHT * weight) for phrase, weight in diplomacy()[language].items()
    )
    return by_hand


def grown(odds: float, count: int) -> float:
    """What a phrase adds that counts ``count`` times, 1 to 3: its square root, not itself."""
    return odds * _GROWTH[count]


def features(
    odds: Iterable[float], countries: Sequence[CountryScore], *, words: int, home: str = HOME
) -> tuple[float, ...]:
    """What relevance is judged by; ``odds`` are those of the phrases found in ``words`` words.

    The log-odds for, against, and their balance; of the states abroad the score of the foremost,
    the sum of the first three, and the number up to four; the score of home; and how short the
    text is, since forty words hold fewer phrases than 250.
    """
    given = tuple(odds)
    speaks_for = sum(number for number in given if number > 0)
    against = -sum(number for number in given if number < 0)
    abroad = [country.score for country in countries if country.code != home]
    return (
        math.log1p(speaks_for),
        math.log1p(against),
        max(-20.0, min(speaks_for - against, 20.0)),
        max(abroad, default=0.0),
        sum(abroad[:3]),
        float(min(len(abroad), 4)),
        sum(country.score for country in countries if country.code == home),
        math.log(max(FEWEST_WORDS, words) / WORDS),
    )


def topic_names() -> Mapping[str, str]:
    """Slug to English name, in the order in which readers are shown them."""
    return {topic.slug: topic.name for topic in topics()}


def topic_slug(words: str) -> str | None:
    """The topic that somebody means who types a slug, a name or one of its strongest phrases.

    In any language and any case; None for what is no topic or hints at several.
    """
    return _slugs_by_words().get(_key(words))


def _counts(head: str, title: str, language: str) -> _Counts:
    counts: dict[str, tuple[int, tuple[_Weighed, ...]]] = {}
    lexicon = _lexicon(language if language in diplomacy() else DEFAULT_LANGUAGE)
    # One pass over both, no phrase holds the bar: a second call costs as much as forty words.
    for match in lexicon.matches(f"{title} | {head}"):
        times = TITLE_COUNTS if match.start < len(title) else 1
        before = counts[match.phrase][0] if match.phrase in counts else 0
        counts[match.phrase] = (min(before + times, MOST_COUNTS), match.values)
    return counts


def _odds(counts: _Counts) -> Iterable[float]:
    for count, weights in counts.values():
        for slug, weight in weights:
            if slug == _NO_SLUG:
                yield grown(weight, count)


def _logit(given: tuple[float, ...]) -> float:
    model = relevance()
    weighted = zip(model.coefficients, given, strict=True)
    return model.intercept + sum(weight * number for weight, number in weighted)


def _ranked(counts: _Counts) -> Iterable[TopicScore]:
    """The topics above the cut-offs, best first; of equals the one that readers see first."""
    totals: dict[str, float] = {}
    for count, weights in counts.values():
        for slug, weight in weights:
            if slug != _NO_SLUG:
                totals[slug] = totals.get(slug, 0.0) + weight * _GROWTH[count]
    best = sorted(totals, key=lambda slug: (-totals[slug], SLUGS.index(slug)))[:MOST_TOPICS]
    for slug in best:
        score = totals[slug] / (totals[slug] + HALF_SCORE)
        if score >= LEAST_SCORE and totals[slug] >= LEAST_SHARE * totals[best[0]]:
            yield TopicScore(slug, score, _evidence(slug, counts))


def _evidence(slug: str, counts: _Counts) -> tuple[str, ...]:
    strength = {
        phrase: grown(weight, count)
        for phrase, (count, weights) in counts.items()
        for named, weight in weights
        if named == slug
    }
    return tuple(sorted(strength, key=lambda phrase: -strength[phrase])[:MOST_EVIDENCE])


@cache
def _lexicon(language: str) -> Lexicon[_Weighed]:
    """Every phrase of a language with its topics and its log-odds for relevance."""
    phrases: list[tuple[str, _Weighed]] = [
        (phrase, (topic.slug, float(weight)))
        for topic in topics()
        for phrase, weight in topic.phrases.get(language, {}).items()
    ]
    fitted = relevance().fitted if language == DEFAULT_LANGUAGE else {}
    for phrase, odds in phrase_odds(language).items():
        phrases.append((phrase, (_NO_SLUG, fitted.get(phrase, odds))))
    return Lexicon(phrases)


@cache
def _slugs_by_words() -> Mapping[str, str]:
    """What may be typed, folded, to the one topic it means; slugs and names come first."""
    meant: dict[str, set[str]] = {}
    for topic in topics():
        for phrases in topic.phrases.values():
            for phrase, weight in phrases.items():
                if weight == 5:
                    meant.setdefault(_key(phrase), set()).add(topic.slug)
    typed = {key: next(iter(slugs)) for key, slugs in meant.items() if len(slugs) == 1}
    for topic in topics():
        typed[_key(topic.slug)] = typed[_key(topic.name)] = topic.slug
    return typed


def _key(words: str) -> str:
    return " ".join(fold(words).replace("-", " ").split())

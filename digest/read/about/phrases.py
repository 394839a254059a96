"""The phrases that say what an article is about, each with its topics and its log-odds."""

from collections.abc import Mapping

from seeds.topics import diplomacy, others, relevance, topics

DEFAULT_LANGUAGE = "en"
# Log-odds that one phrase adds to "diplomacy" where nothing was fitted: half its weight by hand.
ODDS_BY_WEIGHT = 0.5
# A topic's phrases say "diplomacy" too, though less surely than those chosen for it. Energy,
# climate, espionage, migration and aid are domestic matters as often.
ODDS_BY_TOPIC = 0.3
ODDS_BY_DOMESTIC_TOPIC = 0.15
DOMESTIC_TOPICS = frozenset({"energy", "climate", "cyber", "refugees", "aid"})
NO_SLUG = ""  # stands for relevance among the values of a phrase

Weighed = tuple[str, float]  # slug, or NO_SLUG, and weight


def weighed(language: str) -> tuple[tuple[str, Weighed], ...]:
    """Every phrase of a language with its topics and its log-odds for relevance."""
    phrases: list[tuple[str, Weighed]] = [
        (phrase, (topic.slug, float(weight)))
        for topic in topics()
        for phrase, weight in topic.phrases.get(language, {}).items()
    ]
    fitted = relevance().fitted if language == DEFAULT_LANGUAGE else {}
    for phrase, odds in phrase_odds(language).items():
        phrases.append((phrase, (NO_SLUG, fitted.get(phrase, odds))))
    return tuple(phrases)


def phrase_odds(language: str = DEFAULT_LANGUAGE) -> Mapping[str, float]:
    """The log-odds, set by hand, that each phrase of a language adds to "this is diplomacy"."""
    by_hand: dict[str, float] = {}
    for topic in topics():
        share = ODDS_BY_DOMESTIC_TOPIC if topic.slug in DOMESTIC_TOPICS else ODDS_BY_TOPIC
        for phrase, weight in topic.phrases.get(language, {}).items():
            by_hand[phrase] = max(by_hand.get(phrase, 0.0), share * weight)
    by_hand.update(
        (phrase, ODDS_BY_WEIGHT * weight) for phrase, weight in diplomacy()[language].items()
    )
    return by_hand


def other_subjects() -> tuple[tuple[str, float], ...]:
    """Every English phrase of a subject other than diplomacy, with its weight."""
    return tuple(
        (phrase, float(weight))
        for phrases in others().values()
        for phrase, weight in phrases.items()
    )

"""The topics and their phrases are complete and well formed."""

import re
import unicodedata

from digest.read.about.lexicon import fold
from digest.read.about.phrases import phrase_odds
from digest.read.about.topics import features
from seeds.topics import SLUGS, diplomacy, others, relevance, topics

LANGUAGES = ("en", "ru", "uk", "fr", "de", "es")
FEWEST = {"en": 40}  # phrases of a topic, 15 in the other languages
CYRILLIC = {"ru", "uk"}
IPTC = {
    "peace-talks": "20000639",
    "armed-conflict": "20000056",
    "alliances": "20000598",
    "sanctions": "20000642",
    "trade": "20000374",
    "arms-control": "20000635",
    "united-nations": "20000644",
    "european-union": "20000644",
    "summits": "20000640",
    "treaties": "20000641",
    "embassies": "20000639",
    "territory": "20000638",
    "refugees": "20000645",
    "aid": "20000643",
}  # as agreed; the other five by the vocabulary


def words() -> list[tuple[str, str, str]]:
    """(where, language, phrase) of every phrase."""
    tables = [(topic.slug, topic.phrases) for topic in topics()] + [("diplomacy", diplomacy())]
    beside = [(subject, {"en": phrases}) for subject, phrases in others().items()]
    return [
        (slug, language, phrase)
        for slug, table in [*tables, *beside]
        for language, phrases in table.items()
        for phrase in phrases
    ]


def test_the_list_is_closed_and_in_order() -> None:
    assert tuple(topic.slug for topic in topics()) == SLUGS
    assert len(SLUGS) == 19
    assert len({topic.name for topic in topics()}) == 19


def test_every_topic_has_its_public_identifier() -> None:
    for topic in topics():
        assert all(re.fullmatch(r"20\d{6}", number) for number in topic.iptc), topic.slug
        assert topic.iptc[0] == IPTC.get(topic.slug, topic.iptc[0]), topic.slug
    assert next(t.iptc for t in topics() if t.slug == "trade") == ("20000374", "20000377")


def test_every_topic_has_enough_phrases_in_every_language() -> None:
    for topic in topics():
        assert tuple(topic.phrases) == LANGUAGES, topic.slug
        for language, phrases in topic.phrases.items():
            assert len(phrases) >= FEWEST.get(language, 15), (topic.slug, language)


def test_weights_stay_in_their_scale() -> None:
    for topic in topics():
        for phrases in topic.phrases.values():
            assert set(phrases.values()) <= {1, 2, 3, 4, 5}, topic.slug
    for language, phrases in diplomacy().items():
        assert set(phrases.values()) <= {-5, -4, -3, -2, -1, 1, 2, 3, 4, 5}
        assert min(phrases.values()) < 0 < max(phrases.values()), language
    for subject, weights in others().items():
        assert set(weights.values()) <= {1, 2, 5}, subject


def test_a_phrase_speaks_of_one_other_subject() -> None:
    known = [phrase for phrases in others().values() for phrase in phrases]
    assert len(known) == len(set(known))


def test_phrases_are_trimmed_and_composed() -> None:
    for slug, language, phrase in words():
        assert phrase == " ".join(phrase.split()), (slug, language, phrase)
        assert phrase == unicodedata.normalize("NFC", phrase), (slug, language, phrase)
        assert not re.search(r"[{}|;]", phrase), (slug, language, phrase)


def test_no_phrase_of_a_topic_differs_from_another_by_capitals_alone() -> None:
    for topic in topics():
        for language, phrases in topic.phrases.items():
            small = {phrase for phrase in phrases if phrase == phrase.lower()}
            doubled = [p for p in phrases if p not in small and fold(p) in small]
            assert not doubled, (topic.slug, language)


def test_no_word_mixes_alphabets() -> None:
    for slug, language, phrase in words():
        for word in re.findall(r"[^\W\d_]+", phrase):
            scripts = {unicodedata.name(letter).split()[0] for letter in word}
            assert len(scripts) == 1, (slug, language, phrase)
            assert language not in CYRILLIC or scripts == {"CYRILLIC"}, (slug, phrase)


def test_what_was_fitted_speaks_of_known_phrases() -> None:
    model = relevance()
    for fitted in (model.english, model.foreign):
        assert len(fitted.coefficients) == len(features((), (), words=1))
    assert model.foreign.coefficients[-2:] == (0, 0)
    assert set(model.fitted) <= set(phrase_odds())
    assert all(abs(odds) < 8 for odds in model.fitted.values())


def test_fitted_words_are_folded_and_whole() -> None:
    known = relevance().words
    assert len(known) == 3000
    assert all(word == fold(word) and word.isalpha() for word in known)


def test_seeds_are_read_once() -> None:
    assert topics() is topics()
    assert diplomacy() is diplomacy()
    assert relevance() is relevance()
    assert others() is others()

"""Copies, stories, and the memory that places articles in them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digest.model.articles import ArticleId, Known, NewArticle, StoryId
from digest.model.stories import Spot
from digest.relate import duplicates as duplicates_module
from digest.relate.duplicates import Duplicates, shingles
from digest.relate.novelty import trace
from digest.relate.relater import Relater
from digest.relate.stories import Stories
from digest.relate.vectors import Frequencies, terms, weigh
from tests.articles import new_article, stored

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
GRAIN = (
    "Turkey and Ukraine agreed in Ankara to extend the grain corridor through the Black Sea. "
    "Ships may sail for ninety more days, and insurance for the vessels remains the main open point."
)
GRAIN_TOO = (
    "The grain corridor through the Black Sea is extended by ninety days, Turkey and Ukraine said "
    "in Ankara. Ship owners still ask who pays the insurance of vessels."
)
LONG = f"{GRAIN} {GRAIN_TOO} The accord was drafted by officials of both states over two weeks."
VISA = (
    "The interior ministers of the Nordic states discussed visa rules for students at a meeting in Oslo. "
    "No decision was taken on fees."
)


def test_a_name_is_one_however_it_is_spelt() -> None:
    one = terms("Slaviansk falls", "Zelenskyy, Erdoğan and Qaddafi spoke in Kyiv.", "en")
    other = terms("Slovyansk falls", "Zelensky, Erdogan and Gaddafi spoke in Kiev.", "en")

    assert one == other


def test_accents_part_words_of_other_languages() -> None:
    assert terms("pêche", "", "fr") != terms("péché", "", "fr")


def test_a_copy_cut_short_is_found() -> None:
    kept: Duplicates[str] = Duplicates()
    kept.add("original", shingles(LONG), NOON)

    assert kept.find(shingles("(Agency) " + LONG[:300]), NOON) == "original"


def test_another_telling_is_no_copy() -> None:
    kept: Duplicates[str] = Duplicates()
    kept.add("original", shingles(GRAIN), NOON)

    assert kept.find(shingles(GRAIN_TOO), NOON) is None


def test_a_statement_that_a_report_quotes_most_of_is_no_copy() -> None:
    statement = "One two three four five six seven eight nine ten eleven twelve " * 2 + GRAIN
    kept: Duplicates[str] = Duplicates()
    kept.add("statement", shingles(f"{statement} {VISA}"), NOON)
    words = " ".join(f"word{number}" for number in range(600))

    assert kept.find(shingles(f"{words} {statement}"), NOON) is None
    assert kept.find(shingles(f"{words} {statement} {VISA}"), NOON) == "statement"


def test_a_text_as_long_with_some_words_changed_is_a_copy() -> None:
    kept: Duplicates[str] = Duplicates()
    kept.add("original", shingles(LONG), NOON)
    reworded = LONG.replace("ninety", "90").replace("accord", "deal").replace("both", "the two")

    assert kept.find(shingles(reworded), NOON) == "original"


def test_what_has_left_the_window_is_forgotten() -> None:
    kept: Duplicates[str] = Duplicates()
    kept.add("old", shingles(LONG), NOON)
    for _ in range(2):  # one time in the future would not do
        kept.add("new", shingles(f"{LONG[:100]} {VISA}"), NOON + timedelta(days=4))

    assert kept.find(shingles(LONG), None) is None
    assert kept.find(shingles(VISA), NOON + timedelta(days=8)) is None


def test_the_most_alike_of_several_is_named_and_of_equals_the_first() -> None:
    kept: Duplicates[str] = Duplicates()
    for key, text in (("short", GRAIN), ("first", LONG), ("second", LONG)):
        kept.add(key, shingles(text), NOON)

    assert kept.find(shingles(f"{GRAIN_TOO} {VISA} {LONG}"), NOON) == "short"
    assert kept.find(shingles(LONG[150:]), NOON) == "first"


def test_texts_without_a_time_are_compared_with_all() -> None:
    kept: Duplicates[str] = Duplicates()
    kept.add("undated", shingles(LONG), None)

    assert kept.find(shingles(LONG), NOON) == "undated"
    assert kept.find(shingles(LONG), None) == "undated"


def test_a_single_time_in_the_future_empties_no_memory() -> None:
    kept: Duplicates[str] = Duplicates()
    kept.add("original", shingles(LONG), NOON)
    kept.add("wrong", shingles(VISA), datetime.max.replace(tzinfo=UTC))

    assert kept.find(shingles(LONG), NOON) == "original"


def test_texts_out_of_order_are_forgotten_by_their_time() -> None:
    kept: Duplicates[str] = Duplicates()
    for key, text, days in (("late", VISA, 3), ("early", LONG, 0), ("a", "", 4), ("b", "", 4)):
        kept.add(key, shingles(text), NOON + timedelta(days=days))

    assert kept.find(shingles(LONG), None) is None
    assert kept.find(shingles(VISA), None) == "late"


def test_the_first_texts_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates_module, "_MOST_KEPT", 1)
    kept: Duplicates[str] = Duplicates()
    kept.add("old", shingles(LONG), NOON)
    kept.add("new", shingles(VISA), NOON)
    for key in ("late", "later"):
        kept.add(key, shingles(VISA), NOON + timedelta(days=9))

    assert kept.find(shingles(LONG), None) is None
    assert kept.find(shingles(VISA), None) == "later"


def test_what_very_many_texts_hold_is_held_for_the_first_of_them() -> None:
    kept: Duplicates[int] = Duplicates()
    for key in range(60):
        kept.add(key, shingles(VISA), NOON)

    assert kept.find(shingles(VISA), NOON) == 0


@pytest.mark.parametrize("count", [0, 4, 5, 7, 8])
def test_texts_of_few_words_have_few_shingles(count: int) -> None:
    text = " ".join("one two three four five six seven eight".split()[:count])

    assert bool(shingles(text)) is (count > 4)


@pytest.mark.parametrize("text", ["war " * 20_000, "x" * 50_000, "и 中 a " * 9_000, "\udcff" * 9])
def test_odd_texts_have_shingles_in_good_time(text: str) -> None:
    assert len(shingles(text)) <= 9


def test_a_text_of_a_few_words_is_never_a_copy() -> None:
    kept: Duplicates[str] = Duplicates()
    kept.add("short", shingles("Talks go on in Vienna"), NOON)

    assert kept.find(shingles("Talks go on in Vienna"), NOON) is None


def test_a_new_event_begins_a_story_and_another_telling_joins_it() -> None:
    stories: Stories[str] = Stories()
    stories.add("grain", terms("Corridor extended", GRAIN, "en"), NOON, "en")
    stories.add("visa", terms("Visa rules", VISA, "en"), NOON, "en")

    assert stories.place(terms("Grain corridor", GRAIN_TOO, "en"), NOON, "en") == "grain"
    assert (
        stories.place(terms("Volcano", "A volcano erupted in Iceland.", "en"), NOON, "en") is None
    )
    assert stories.place({}, NOON, "en") is None


def test_one_name_in_common_makes_no_story_of_two_short_texts() -> None:
    stories: Stories[str] = Stories()
    flood = terms("Moravia asks for help after floods", "Rivers broke their banks on Monday.", "en")
    stories.add("flood", flood, NOON, "en")
    strike = "Pilots walked out over pensions, and two hundred departures were cancelled."
    rivers = "Moravia's rivers broke their banks, and its government asked for help."

    assert stories.place(terms("Moravia: strike ends", strike, "en"), NOON, "en") is None
    assert stories.place(terms("Moravia", "", "en"), NOON, "en") == "flood"
    assert stories.place(terms("Floods in Moravia", rivers, "en"), NOON, "en") == "flood"


def test_stories_do_not_cross_languages_or_weeks() -> None:
    stories: Stories[str] = Stories()
    stories.add("grain", terms("Corridor extended", GRAIN, "en"), NOON, "en")
    found = terms("Grain corridor", GRAIN_TOO, "en")

    assert stories.place(found, NOON, "de") is None
    assert stories.place(found, NOON + timedelta(days=5), "en") is None
    assert stories.place(found, None, "en") == "grain"


def test_a_member_that_has_left_the_window_is_forgotten() -> None:
    stories: Stories[str] = Stories()
    number = stories.add("grain", terms("Corridor", GRAIN, "en"), NOON, "en")
    for _ in range(2):  # one date in the future would not do
        later = NOON + timedelta(days=5)
        stories.add("visa", terms("Visa", f"{VISA} Ukraine", "en"), later, "en")
    stories.rename(number, "renamed")

    assert stories.place(terms("Corridor", GRAIN, "en"), None, "en") is None


def test_undated_members_stay() -> None:
    stories: Stories[str] = Stories()
    stories.add("grain", terms("Corridor", GRAIN, "en"), None, "en")

    assert stories.place(terms("Corridor", GRAIN_TOO, "en"), NOON, "en") == "grain"


def test_a_vector_has_length_one_or_no_terms() -> None:
    vector = weigh(terms("Title", GRAIN, "en"), Frequencies())

    assert sum(value * value for value in vector.values()) == pytest.approx(1)
    assert weigh({}, Frequencies()) == {}


def test_rare_words_weigh_more_than_common_ones() -> None:
    frequencies = Frequencies()
    for text in ("talks in oslo", "talks in bonn", "talks in rome"):
        frequencies.add(terms(None, text, "en"))

    assert max(frequencies.weighed({"talk": 1.0, "oslo": 1.0}))[1] == "oslo"


def test_what_is_known_is_not_learnt_again() -> None:
    article = stored(new_article("a", LONG), id=1, story=7)
    relater = Relater([article])

    relater.learn([article, stored(new_article("b", VISA), id=2, story=8)])

    assert relater.stories() == {7, 8}


def test_what_has_left_both_windows_is_no_longer_known() -> None:
    old = stored(new_article("a", LONG), id=1, story=7)
    relater = Relater([old])
    for number, day in enumerate((20, 21), 2):
        now = NOON + timedelta(days=day)
        news = new_article(f"b{number}", VISA, first_seen_at=now, published_at=now)
        relater.learn([stored(news, id=number, story=8)])

    assert relater.stories() == {8}
    assert set(relater._ids) == {"b2", "b3"}


def test_a_batch_is_placed_and_settled() -> None:
    relater = Relater()
    first, copy, other = (
        new_article("a", LONG),
        new_article("b", "(Agency) " + LONG[:300]),
        new_article("c", VISA, title="Visa rules"),
    )

    placed = relater.place((first, copy, other), {})

    assert placed[0].story == placed[1].story != placed[2].story
    assert placed[1].duplicate_of == -1
    relater.settle({"a": known(1, 7), "b": known(2, 7), "c": known(3, None)})
    again = relater.place((new_article("d", GRAIN_TOO), new_article("e", LONG)), {})
    assert [p.story for p in again] == [7, 7]
    assert again[1].duplicate_of == 1


def test_a_revision_stays_in_its_story() -> None:
    placed = Relater().place((new_article("a", VISA),), {"a": known(1, 9)})

    assert placed[0].story == 9


def test_a_revision_that_waited_while_its_article_was_placed_stays_in_its_story() -> None:
    relater = Relater([stored(new_article("a", VISA), id=1, story=9)])
    (spot,) = relater.place((new_article("a", f"{VISA} Since Monday."),), {})
    assert spot == Spot(StoryId(9))


def test_what_was_moved_elsewhere_is_followed_and_no_news() -> None:
    here, there = (stored(new_article("a", VISA), id=1, story=story) for story in (9, 8))
    relater = Relater([here])
    assert relater.learn([there, stored(new_article("b", LONG), id=2, story=7)]) == 1
    assert relater.stories() == {8, 7}


def test_the_memory_is_rebuilt_from_the_store() -> None:
    relater = Relater(
        [
            stored(new_article("a", GRAIN), id=1, story=5),
            stored(new_article("x", VISA), id=2, story=None),
        ]
    )

    (placed,) = relater.place((new_article("b", GRAIN_TOO),), {})

    assert placed.story == 5


def test_words_are_equal_whichever_apostrophe_they_are_set_with() -> None:
    assert trace("Khrushchev’s decision") == trace("Khrushchev's decision")


def test_a_shown_sentence_is_known_by_its_words() -> None:
    assert trace("“Talks go on,” he said.") == trace('"Talks go on", he said')
    assert trace("“Talks go on,” he said.") != trace("Talks ended.")


def known(id: int, story: int | None) -> Known:
    return Known(ArticleId(id), "f", 1, None if story is None else StoryId(story))


# --- regrouping before a digest -------------------------------------------------------------

VISA_TOO = f"Oslo: {VISA}"


def relater_of(*articles: tuple[str, str, int, int], **changes: Any) -> Relater:
    """Of (key, text, story, day)."""
    return Relater(
        stored(seen(key, text, day, **changes), id=number, story=story)
        for number, (key, text, story, day) in enumerate(articles, 1)
    )


def seen(key: str, text: str, day: int, **changes: Any) -> NewArticle:
    at = NOON + timedelta(days=day)
    return new_article(key, text, title=None, published_at=at, first_seen_at=at, **changes)


def test_articles_of_one_event_are_brought_together_and_the_first_story_stays() -> None:
    relater = relater_of(("a", GRAIN, 1, 0), ("b", VISA, 2, 0), ("c", GRAIN_TOO, 3, 0))

    assert relater.stories() == {1, 2, 3}
    assert relater.regroup(()) == {"c": 1}
    relater.move({"c": StoryId(1)})
    assert relater.stories() == {1, 2}
    assert relater.regroup(()) == {}


def test_what_was_shown_is_not_moved_but_takes_in() -> None:
    articles = (("a", GRAIN, 1, 0), ("b", GRAIN_TOO, 2, 0))

    assert relater_of(*articles).regroup({StoryId(2)}) == {"a": 2}
    assert relater_of(*articles).regroup({StoryId(1), StoryId(2)}) == {}


def test_what_was_put_together_wrongly_comes_apart() -> None:
    relater = relater_of(("a", GRAIN, 1, 0), ("b", VISA, 1, 0), ("c", VISA_TOO, 1, 0))

    moves = relater.regroup(())

    assert set(moves) == {"b", "c"}
    assert moves["b"] == moves["c"] < 0
    relater.move({"b": StoryId(9), "c": StoryId(9)})
    assert relater.stories() == {1, 9}


def test_only_the_last_day_and_single_articles_are_weighed_again() -> None:
    wrong = (("a", GRAIN, 1, 0), ("b", VISA, 1, 0))

    assert relater_of(*wrong, ("c", GRAIN_TOO, 2, 1)).regroup(()) == {"c": 1}
    assert relater_of(("a", GRAIN, 1, 0), ("c", GRAIN_TOO, 2, 1)).regroup(()) == {"c": 1}


def test_the_article_of_the_last_day_leaves_a_story_that_keeps_others() -> None:
    relater = relater_of(("a", GRAIN, 1, 0), ("b", GRAIN_TOO, 1, 0), ("c", VISA, 1, 1))

    (story,) = relater.regroup(()).values()

    assert story < 0


def test_what_no_digest_tells_is_left_as_it_is() -> None:
    relater = relater_of(("a", GRAIN, 1, 0), ("b", GRAIN_TOO, 2, 0), relevance=0.1)

    assert relater.regroup(()) == {}


def test_one_that_is_left_of_a_long_story_is_no_single_article() -> None:
    long_ago = ("a", GRAIN, 1, 0), ("b", GRAIN_TOO, 1, 4)
    later = ("c", VISA, 2, 6), ("d", VISA_TOO, 2, 6), ("e", f"{GRAIN} {GRAIN_TOO}", 3, 6)

    assert relater_of(*long_ago, *later).regroup(()) == {"e": 1}


def test_a_day_ends_with_an_article_of_a_later_one_and_none_lies_in_the_future() -> None:
    relater = relater_of(("a", GRAIN, 1, -1))
    today, future = new_article("b", VISA), new_article("c", VISA, published_at=NOON.replace(2030))

    assert not Relater().ends_day([today])
    assert relater.ends_day([future])
    relater.place([future], {})
    assert not relater.ends_day([today])

"""Stories weighed again at each day's end, and the shelf and the table they are compared with."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.relate import days as days_module
from digest.relate import stories as stories_module
from digest.relate import vectors as vectors_module
from digest.relate.background import NOTHING, background
from digest.relate.days import Days
from digest.relate.profile import Profile
from digest.relate.regroup import regroup
from digest.relate.shelf import Shelf, likeness, nearness, single, together
from digest.relate.stories import Stories
from digest.relate.vectors import Frequencies

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
GRAIN = {"grain": 2.0, "corridor": 2.0, "odesa": 1.5, "ship": 1.0}
GRAIN_TOO = {"grain": 1.5, "corridor": 1.0, "odesa": 2.0, "insur": 1.0}
VISA = {"visa": 2.0, "student": 1.5, "nordic": 2.0, "oslo": 1.0}
UNIT = {"a": 0.6, "b": 0.8}


def looks(terms: dict[str, float], *shingles: int) -> Profile:
    return Profile(terms, frozenset(shingles))


def on_day(number: int) -> datetime:
    return NOON + timedelta(days=number)


def placed(*stream: tuple[dict[str, float], datetime | None]) -> dict[int, int]:
    found: dict[int, int] = {}
    days: Days[int] = Days()
    for number, (terms, at) in enumerate(stream):
        found.update(days.add(number, looks(terms), at, "en"))
    found.update(days.rest())
    return found


def test_articles_of_one_day_are_weighed_together() -> None:
    assert placed((GRAIN, NOON), (VISA, NOON), (GRAIN_TOO, NOON)) == {0: 0, 1: 1, 2: 0}


def test_a_shown_story_takes_in_what_follows() -> None:
    stream = ((GRAIN, NOON), (GRAIN_TOO, NOON), (VISA, on_day(1)), (GRAIN, on_day(2)))

    assert placed(*stream) == {0: 0, 1: 0, 2: 2, 3: 0}


def test_a_single_article_may_join_on_a_later_day() -> None:
    assert placed((GRAIN, NOON), (VISA, on_day(1)), (GRAIN_TOO, on_day(2))) == {0: 0, 1: 1, 2: 0}


def test_what_was_shown_apart_stays_apart() -> None:
    bridge = {**GRAIN, **VISA}
    stream = (
        (GRAIN, NOON),
        (GRAIN_TOO, NOON),
        (VISA, NOON),
        (VISA, NOON),
        *((bridge, on_day(1)) for _ in range(5)),
    )

    found = placed(*stream)

    assert found[0] == found[1] != found[2] == found[3]
    assert {found[number] for number in range(4, 9)} <= {found[0], found[2]}


def test_a_story_is_final_once_its_day_has_ended() -> None:
    days: Days[str] = Days()

    assert days.add("a", looks(GRAIN), NOON, "en") == ()
    assert days.add("b", looks(GRAIN_TOO), NOON, "en") == ()
    assert days.add("c", looks(VISA), on_day(1), "en") == (("a", "a"), ("b", "a"))
    assert days.rest() == (("c", "c"),)


def test_an_article_that_stays_alone_is_final_when_it_leaves_the_window() -> None:
    days: Days[str] = Days()
    days.add("a", looks(GRAIN), NOON, "en")
    days.add("b", looks(VISA), on_day(5), "en")
    days.add("c", looks(VISA), on_day(5), "en")

    assert days.add("d", looks(GRAIN), on_day(6), "en") == (("a", "a"), ("b", "b"), ("c", "b"))


def test_a_date_in_the_future_does_not_hold_the_stream_up() -> None:
    days: Days[str] = Days()
    days.add("a", looks(GRAIN), NOON, "en")
    days.add("wrong", looks(VISA), on_day(9000), "en")
    days.add("b", looks(GRAIN_TOO), NOON, "en")

    assert ("b", "a") in (*days.add("c", looks(VISA), on_day(1), "en"), *days.rest())


def test_undated_articles_make_one_day() -> None:
    assert placed((GRAIN, None), (VISA, None), (GRAIN_TOO, None)) == {0: 0, 1: 1, 2: 0}


def test_a_day_without_end_is_closed_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days_module, "_MOST_IN_A_DAY", 2)
    days: Days[str] = Days()
    days.add("a", looks(GRAIN), None, "en")
    days.add("b", looks(GRAIN_TOO), None, "en")

    assert days.add("c", looks(VISA), None, "en") == (("a", "a"), ("b", "a"))


def test_undated_members_are_forgotten_when_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stories_module, "_MOST_UNDATED", 2)
    stories: Stories[str] = Stories()
    numbers = [stories.add(story, VISA, None, "en") for story in "abc"]

    assert [stories.holds(number) for number in numbers] == [False, True, True]


def test_stories_of_several_languages_are_regrouped_apart() -> None:
    stories: Stories[int] = Stories()
    numbers = [
        stories.add(number, GRAIN, NOON, language)
        for number, language in enumerate(("en", "de", "en", None))
    ]

    assert stories.regroup(dict(enumerate(numbers))) == {0: 0, 1: 1, 2: 0, 3: 3}


def test_fixed_stories_are_never_merged() -> None:
    shelf: Shelf[str] = Shelf()
    for story in ("one", "other", "free"):
        shelf.add(story, UNIT, 0)

    assert regroup(shelf, {"free": UNIT}, {}, threshold=0.5) in ({"free": "one"}, {"free": "other"})
    assert regroup(shelf, {}, {}, threshold=0.5) == {}


ALONE = {"a": 0.5, "b": 0.866}


def with_alone(told: int, **beside: dict[str, float]) -> dict[str, str]:
    """Where an article goes that is half like a story told by so many, beside others of one."""
    shelf: Shelf[str] = Shelf()
    for _ in range(told):
        shelf.add("told", {"a": 1.0}, 0)
    for story, vector in {**beside, "alone": ALONE}.items():
        shelf.add(story, vector, 0)
    return regroup(shelf, {"alone": ALONE}, {}, threshold=0.5)


def test_an_article_left_alone_joins_a_story_that_several_tell() -> None:
    assert with_alone(3) == {"alone": "told"}


def with_three(alone: tuple[str, ...]) -> dict[str, str]:
    """The stories of three articles, and of one half like them that is free or fixed."""
    shelf: Shelf[str] = Shelf()
    vectors = {"alone": ALONE} | {key: {"a": 1.0} for key in ("one", "two", "three")}
    for story, vector in vectors.items():
        shelf.add(story, vector, 0)
    free = {key: vectors[key] for key in (*alone, "one", "two", "three")}
    return regroup(shelf, free, {}, threshold=0.55)


def test_a_story_is_named_by_its_first_article_even_if_that_joins_last() -> None:
    assert set(with_three(("alone",)).values()) == {"alone"}


def test_a_story_of_one_that_was_shown_takes_no_part_in_the_second_look() -> None:
    assert with_three(()) == {"one": "one", "two": "one", "three": "one"}


def test_an_article_left_alone_does_not_join_what_only_two_tell() -> None:
    assert with_alone(2) == {"alone": "alone"}


def test_an_article_between_two_stories_stays_alone() -> None:
    assert with_alone(3, other={"a": 0.1, "b": 0.24, "c": 0.966}) == {"alone": "alone"}
    assert with_alone(3, other={"a": 0.01, "b": 0.1, "c": 0.995}) == {"alone": "told"}


def test_an_article_far_from_a_told_story_stays_alone() -> None:
    assert with_alone(12) == {"alone": "told"}
    assert with_alone(500) == {"alone": "alone"}


ONE = {"a": 0.6, "b": 0.5, "c": 0.62}
LIKE_ONE = {"a": 0.6, "b": 0.5, "d": 0.62}  # by a cosine of 0.61


def with_one(*told: dict[str, float], threshold: float = 0.5) -> str:
    """Where an article goes beside a fixed story of others."""
    shelf: Shelf[str] = Shelf()
    for vector in told:
        shelf.add("told", vector, 0)
    shelf.add("one", ONE, 0)
    return regroup(shelf, {"one": ONE}, {}, threshold=threshold)["one"]


def test_two_short_texts_must_be_more_alike_to_begin_a_story() -> None:
    assert with_one(LIKE_ONE) == "one"
    assert with_one(LIKE_ONE, threshold=0.4) == "told"


def test_a_short_text_joins_what_two_tell() -> None:
    assert with_one(LIKE_ONE, LIKE_ONE) == "told"


def test_two_long_texts_begin_a_story_as_any_join_one() -> None:
    rest = {f"rest{number}": 0.001 for number in range(40)}
    shelf: Shelf[str] = Shelf()
    free = {"one": ONE | rest, "two": LIKE_ONE | rest}
    for story, vector in free.items():
        shelf.add(story, vector, 0)

    assert regroup(shelf, free, {}, threshold=0.5) == {"one": "one", "two": "one"}


def test_members_come_and_go() -> None:
    shelf: Shelf[str] = Shelf()
    shelf.add("story", UNIT, 1)
    shelf.add("story", {"a": 1.0}, 1)
    shelf.add("story", {"a": 1.0}, 2)
    shelf.remove("story", {"a": 1.0}, 2)
    shelf.remove("story", {"a": 1.0}, 1)

    assert likeness(single(UNIT, 1), shelf.parts("story")) == pytest.approx(1)
    shelf.remove("story", UNIT, 1)
    assert shelf.candidates(UNIT) == []


def test_common_stems_are_not_followed_once_a_rare_one_has_led_somewhere() -> None:
    shelf: Shelf[int] = Shelf()
    for story in range(2000):
        shelf.add(story, {"common": 1.0}, 0)
    shelf.add(-1, {"common": 0.6, "rare": 0.8}, 0)

    assert shelf.candidates({"common": 0.8, "rare": 0.6}) == [-1]
    assert len(shelf.candidates({"common": 1.0})) == 10


def test_likeness_is_the_mean_over_all_pairs() -> None:
    pair = together(single({"a": 1.0}, 0), single({"b": 1.0}, 0))

    assert likeness(single({"a": 1.0}, 0), pair) == pytest.approx(0.5 / 1.1)


def test_likeness_falls_with_the_days_between() -> None:
    assert nearness(10, 10) == 1
    assert nearness(10, 12) == pytest.approx(0.41, abs=0.01)
    assert nearness(10, 15) == 0
    assert nearness(None, 15) == 0.65


def test_an_old_member_does_not_hold_a_running_story_back() -> None:
    running = together(single(UNIT, 6), single(UNIT, 9))

    assert likeness(single(UNIT, 10), running) == pytest.approx(nearness(9, 10) / 1.1)
    assert likeness(single(UNIT, 15), running) == 0


def test_two_groups_must_be_more_alike_than_an_article_and_a_group() -> None:
    pair = together(single(UNIT, 0), single(UNIT, 0))

    assert likeness(single(UNIT, 0), pair) == pytest.approx(1 / 1.1)
    assert likeness(pair, pair) == pytest.approx(1 / 1.2)


def test_the_first_day_knows_which_words_are_common() -> None:
    before = Frequencies(background("en"))

    common, rare = before.weighed({"presid": 1.0, "quarantin": 1.0})
    assert common[0] < rare[0]
    assert background("fr") is NOTHING


def test_old_counts_fade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_module, "_LONGEST", 4)
    frequencies = Frequencies()
    for found in ({"often": 1.0}, {"often": 1.0}, {"once": 1.0}, {"other": 1.0}):
        frequencies.add(found)

    once, never, often = frequencies.weighed({"once": 1.0, "never": 1.0, "often": 1.0})
    assert once[0] == never[0] > often[0]


@pytest.mark.parametrize("text", ["", "war " * 20_000, "x" * 50_000, "и 中 a " * 9_000, "\udcff"])
def test_odd_texts_are_placed(text: str) -> None:
    stories: Stories[str] = Stories()
    found = vectors_module.terms(text, text, "en")
    stories.add("odd", found, NOON, "en")

    assert stories.place(found, NOON, "en") in {"odd", None}


# --- copies -----------------------------------------------------------------------------------

CUT = {"minist": 1.0}  # what a feed left of a report on grain


def test_a_copy_goes_where_its_original_is_whatever_is_left_of_it() -> None:
    stories: Stories[str] = Stories()
    original = stories.add("grain", GRAIN, NOON, "en")

    assert stories.place(CUT, NOON, "en") is None
    assert stories.place(CUT, NOON, "en", copy_of=original) == "grain"
    assert stories.place(CUT, NOON, "de", copy_of=original) is None
    assert stories.place(CUT, NOON, "en", copy_of=4711) is None


def test_a_copy_stays_with_its_original_when_a_day_is_weighed_again() -> None:
    days: Days[str] = Days()
    days.add("a", looks(GRAIN, 1, 2, 3, 4), NOON, "en")
    days.add("b", looks(CUT, 1, 2, 3, 4), NOON, "en")
    days.add("c", looks(GRAIN_TOO), NOON, "en")

    assert dict(days.rest()) == {"a": "a", "b": "a", "c": "a"}


def test_a_copy_is_told_with_an_original_that_was_shown() -> None:
    days: Days[str] = Days()
    days.add("a", looks(GRAIN, 1, 2, 3, 4), NOON, "en")
    days.add("b", looks(GRAIN_TOO), NOON, "en")
    days.add("c", looks(CUT, 1, 2, 3, 4), on_day(1), "en")
    days.add("d", looks(VISA), on_day(1), "en")

    assert dict(days.rest()) == {"c": "a", "d": "d"}


def test_a_copy_of_a_copy_follows_the_first() -> None:
    shelf: Shelf[str] = Shelf()
    for story in ("first", "second", "third"):
        shelf.add(story, {story: 1.0}, 0)
    free = {story: {story: 1.0} for story in ("first", "second", "third")}

    joined = regroup(shelf, free, {"second": "first", "third": "second"}, threshold=0.5)

    assert joined == {"first": "first", "second": "first", "third": "first"}

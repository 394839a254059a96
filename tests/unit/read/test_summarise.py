"""Which sentences are chosen."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.read.summary.summarise import choose, choose_words

ONE = [
    "Ministers of Turkey and Ukraine met in Ankara on Monday to renew the grain corridor.",
    "The corridor through the Black Sea expires at the end of the month.",
    "The weather in Ankara was mild for the season.",
    "Ukraine and Turkey agreed to extend the grain corridor by ninety days.",
    "A local football club won its match.",
]
OTHER = [
    "Turkey and Ukraine agreed on Monday to extend the grain corridor by ninety days.",
    "Grain prices fell after the agreement on the corridor.",
    "Insurance for ships remains open.",
]


def test_the_beginning_counts_and_what_stands_apart_does_not() -> None:
    chosen = choose([ONE], 2)

    assert chosen[0] == 0
    assert not {2, 4} & set(chosen)


def test_a_repeated_sentence_is_taken_once() -> None:
    chosen = choose([ONE, OTHER], 8)

    assert not {3, 5} <= set(chosen)
    assert len(choose([["The same words again and again."] * 5], 3)) == 1


def test_what_another_article_says_too_comes_first() -> None:
    one = [
        "Novak left Riga for the capital on Monday with nine envoys of the council.",
        "The train was late and the ministers waited in a cold hall for an hour.",
        "The council will vote on the treaty of the river in the spring of the year.",
    ]
    other = [
        "A vote on the treaty of the river comes in the spring, the council said.",
        "Fishermen fear that the treaty ends their trade on the lower river.",
    ]

    assert choose([one], 1) == (0,)
    assert choose([one, other], 1) == (2,)


def test_a_budget_in_words_is_kept_with_whole_sentences() -> None:
    chosen = choose_words([ONE], 30)

    assert 0 < sum(len(ONE[at].split()) for at in chosen) <= 30


DANGLING = "He said that ships with grain were safe on the way through the corridor for a year."
AFTER = [
    "Ministers said on Monday that ships would be safe in the corridor for grain.",
    "Grain left the harbour of Odesa on Tuesday, and the corridor was open to ships.",
]


def test_a_sentence_that_points_back_gives_way_to_one_that_does_not() -> None:
    assert choose([[DANGLING, *AFTER]], 1) == (1,)
    assert choose([[DANGLING]], 1) == (0,)


def test_a_sentence_may_point_back_at_a_chosen_one_right_before_it() -> None:
    article = [ONE[0], DANGLING, AFTER[0], *ONE[2:]]

    assert choose([article], 2) == (0, 1)
    assert choose_words([article], 32) == (0, 1)
    assert choose([[*ONE[2:], DANGLING, AFTER[0]]], 1) != (len(ONE) - 2,)


def test_a_surname_alone_waits_for_a_sentence_that_says_whose_it_is() -> None:
    named = "Is it true that Minister Alexander Novak opened the talks on the grain corridor?"
    alone = "Novak promised the envoys of Turkey ninety days of talks on the grain corridor."
    others = [
        "The grain corridor and its talks were on the minds of the envoys of Turkey.",
        "Ninety days of talks on the grain corridor is what the envoys of Turkey asked for.",
    ]

    assert choose([[named, alone, *others]], 1) != (1,)
    unexplained = named.replace("Alexander Novak", "")  # it may be a place, or an agency
    assert choose([[unexplained, alone, *others]], 1) == (1,)
    told = "Minister Alexander Novak came to Ankara by train on Monday."
    assert set(choose([[told, alone]], 2)) == {0, 1}


def test_a_surname_anywhere_waits_for_a_sentence_that_says_whose_it_is() -> None:
    named = "Is it true that Minister Alexander Novak opened the talks on the grain corridor?"
    alone = (
        "The envoys of Turkey told Novak that ninety days of talks on the grain corridor remain."
    )
    other = alone.replace("Novak", "Ankara")

    more = "Ninety days of talks on the grain corridor is what the envoys of Turkey asked for."

    assert choose([[named, alone, other, more]], 1) == (2,)
    assert choose([[named.replace("Novak", "Borg"), alone, other, more]], 1) == (1,)


def test_a_thing_that_only_an_unchosen_sentence_tells_gives_way() -> None:
    told = "Is it true that a raft with grain for Turkey was seen in the corridor on Monday?"
    taken = "Turkey and Ukraine sent envoys to the corridor for grain ships, and took the raft."
    other = taken.replace("took the raft", "took a tug")

    assert choose([[told, taken, other]], 1) == (2,)
    assert choose([[told.replace("raft", "ship"), taken, other]], 1) == (1,)


def test_what_waited_for_its_antecedent_is_free_once_that_is_chosen() -> None:
    told = "A raft with grain of Turkey and Ukraine was held in the corridor on Monday."
    taken = "Envoys of Ankara and Odesa said later that ferries along the coast had met the raft."

    assert choose([[told, "Envoys dined.", taken, ONE[4], ONE[2]]], 2) == (0, 2)


def test_of_several_articles_one_points_back_only_within_its_own() -> None:
    follows = [ONE[0], DANGLING, *ONE[2:]]

    assert {0, 1} <= set(choose([follows, OTHER], 8))
    assert len(ONE) not in choose_words([ONE, [DANGLING, *OTHER]], 300)


def test_a_torn_stop_behind_a_broken_sentence_is_a_flaw() -> None:
    torn = ONE[0].removesuffix("Monday to renew the grain corridor.") + "the ."

    assert 0 not in choose([[torn, *ONE[1:]]], 2)


@pytest.mark.parametrize(
    "flawed",
    [
        "By our staff.",
        "“Ministers of Turkey and Ukraine met in Ankara, said the ministry on Monday.",
        "Ministers met in Ankara. " * 100,
    ],
)
def test_what_is_no_sentence_of_the_news_is_chosen_only_alone(flawed: str) -> None:
    assert choose([[flawed, ONE[1], ONE[3]]], 3) in ((1, 2), (2, 1))
    assert choose([[flawed]], 3) == (0,)


@pytest.mark.parametrize(
    "last",
    [
        "I think that you and my ministers of Turkey and Ukraine met in Ankara.",
        "Click here to read more about the ministers of Turkey and Ukraine in Ankara.",
    ],
)
def test_what_speaks_to_the_reader_stands_beside_no_news(last: str) -> None:
    assert 0 not in choose([[last, *ONE[1:4]]], 4)
    assert 0 not in choose([[last, *ONE[1:4]], OTHER], 9)
    assert 0 not in choose_words([[last, *ONE[1:4]]], 300)
    assert 0 not in choose_words([[last, *ONE[1:4]], OTHER], 300)


def test_what_points_back_at_nothing_shown_stands_beside_no_news() -> None:
    assert 2 not in choose([[ONE[0], "By our staff.", DANGLING, *ONE[3:]]], 5)


def test_a_thing_is_taken_up_behind_a_chosen_sentence_that_tells_it() -> None:
    told = "Ministers of Turkey and Ukraine met in Ankara on Monday to renew a law on the corridor."
    taken_up = "The law would keep the grain corridor open for ships from Turkey."
    between = "Envoys dined at eight."

    assert set(choose([[told, between, taken_up]], 2)) == {0, 2}
    untold = told.replace("a law on the corridor", "the grain corridor")
    assert set(choose([[untold, between, taken_up, *ONE[3:]]], 2)) == {0, 3}


def test_a_noun_that_nothing_tells_gives_way_and_stands_where_nothing_else_is() -> None:
    untold = "The harvest was on the minds of the ministers of Turkey and Ukraine in Ankara."
    named = untold.replace("The harvest", "Wheat")

    assert choose([[untold, "Envoys dined at eight.", named]], 1) == (2,)
    assert choose([[untold]], 1) == (0,)
    told = "Farmers along the Danube brought in a good harvest of wheat before the rain."
    assert set(choose([[told, "Envoys dined at eight.", untold]], 2)) == {0, 2}


def test_beside_one_that_points_back_only_what_it_explains_is_chosen() -> None:
    other = "They agreed that Turkey and Ukraine would meet in the spring for talks on grain."

    assert len(choose([[DANGLING, "By our staff.", other]], 3)) == 1
    assert choose([[DANGLING, other]], 3) == (0, 1)


def test_of_what_belongs_to_the_page_one_is_chosen_at_most() -> None:
    page = [
        "Click here to read more about the ministers of Turkey and Ukraine in Ankara.",
        "Sign up for our newsletter on the grain corridor and the ships of the Black Sea.",
    ]

    assert len(choose([page], 3)) == 1
    assert len(choose([page, page], 3)) == 1


def test_of_several_articles_a_surname_alone_waits_too() -> None:
    alone = "Novak promised the envoys of Turkey ninety days of talks on the grain corridor."
    named = "Is it true that Minister Alexander Novak opened the talks on the grain corridor?"
    article = [named, alone, *ONE]

    assert 1 not in choose([article, OTHER], 2)


def test_an_article_all_in_the_first_person_has_its_sentences() -> None:
    mine = [sentence.replace("Ankara", "my town") for sentence in (ONE[0], ONE[2])]

    assert set(choose([[*mine, "Click here to read more about my ministers of Turkey."]], 3)) == {
        0,
        1,
    }


def test_a_sentence_about_a_speech_loses_a_little() -> None:
    plain = "The corridor for the grain of Turkey and Ukraine was safe, Ankara said."

    assert choose([[plain.replace("Ankara", "he")], [plain]], 1) == (1,)


def test_a_first_sentence_may_be_longer_than_others() -> None:
    long = " ".join([ONE[0].removesuffix("."), *["and to meet again in the spring"] * 8]) + "."
    article = [ONE[2], ONE[4], "The minister of Latvia saw the ships in the harbour of Riga."]

    assert choose([[long, *article]], 1) == (0,)
    assert choose([[ONE[2], long, *article[1:]]], 1) != (1,)


def test_scraps_before_the_first_sentence_do_not_move_it_back() -> None:
    scraps = ["By .", "Staff writer ."]

    assert choose([[*scraps, *ONE]], 5) == tuple(at + 2 for at in choose([ONE], 5))


def test_a_word_budget_takes_nothing_far_below_the_best() -> None:
    article = [*ONE, *(f"Unrelated {at} thing without anything common {at}." for at in range(40))]

    assert sum(len(article[at].split()) for at in choose_words([article], 300)) < 100


def test_of_a_long_article_no_third_sentence_far_below_the_best_is_told() -> None:
    unrelated = [
        f"Unrelated {at} thing without anything common {at} is here now." for at in range(40)
    ]

    assert len(choose([[*ONE[:2], *unrelated]], 3)) == 2
    assert len(choose([[*ONE[:2], *unrelated[:9]]], 3)) == 3


def test_of_several_articles_a_word_budget_takes_what_fits() -> None:
    chosen = choose_words([ONE, OTHER], 60)

    assert 45 < sum(len([*ONE, *OTHER][at].split()) for at in chosen) <= 60
    assert {at >= len(ONE) for at in chosen} == {True, False}


def test_an_article_on_something_else_does_not_speak_in_the_story() -> None:
    notice = [
        "Crawls of public pages are kept by volunteers in an archive for later readers.",
        "Volunteers of the archive keep crawls of pages that change or vanish every day.",
    ]

    chosen = choose_words([notice, ONE, OTHER], 300)

    assert chosen
    assert not {0, 1} & set(chosen)
    assert set(choose([notice, ONE], 3)) <= {2, 3, 4, 5, 6}


def test_the_middle_of_a_speech_is_not_told_as_fact() -> None:
    speech = ["Novak said: “We extend the corridor.", ONE[0], "The envoys agree.”"]

    assert choose([[*speech, *ONE[1:4]]], 2, language="en")[0] != 1
    assert 1 in choose([[*speech, *ONE[1:4]]], 2, language="de")  # where “ closes
    assert set(choose([["Novak said: “We extend it."], ONE], 9)) == {
        at + 1 for at in choose([ONE], 9)
    }


CAPTION = "Fishermen and their children look at a painted lighthouse on a rainy summer evening ."


def test_a_caption_gives_way_and_takes_no_place_of_what_follows() -> None:
    assert choose([[CAPTION, *ONE]], 3) == tuple(at + 1 for at in choose([ONE], 3))
    assert len(ONE) not in choose_words([ONE, [CAPTION, *OTHER]], 300)


def test_a_caption_is_told_rather_than_what_points_back() -> None:
    assert choose([[DANGLING, CAPTION]], 2) == (1,)


def test_no_caption_is_told_beside_a_name_that_nothing_told_explains() -> None:
    asks = "Will Anna Novak, the minister of Latvia, come to the talks in Vienna on Monday?"
    named = "Novak told the council of Riga that the bridge over the river would be shut."

    assert choose([[asks, named, CAPTION]], 3) == (1,)


def test_where_every_stop_is_torn_off_they_are_chosen_as_others_are() -> None:
    torn = [sentence.removesuffix(".") + " ." for sentence in ONE]

    assert choose([torn], 3) == choose([ONE], 3)
    assert len(choose_words([torn], 60)) > 1


def test_of_one_article_what_is_all_quoted_waits() -> None:
    plain = "Turkey and Ukraine extended the grain corridor through the sea, Ankara said."
    spoken = "“Turkey and Ukraine extended the grain corridor through the sea”, Ankara said."

    assert choose([[spoken, plain, *OTHER]], 1) == (1,)


HOSTILE = {
    "one word": "word " * 5_000,
    "no spaces": "a" * 50_000,
    "a sentence of 50,000 characters": "Ministers met, " * 3_333 + "and left.",
    "marks alone": "。" * 500,
    "open quotations": "“ " * 25_000,
    "control and direction marks": "‮\x00\u2066\ufeff x\x07" * 50,
    "surrogates": "\ud800 and \udfff met in Ankara on Monday to talk.",
    "scripts": "Ministers Министры 部長 وزراء met in 北京 и Киеве on Monday.",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_sentences_do_not_stop_the_choice(text: str) -> None:
    started = time.process_time()

    assert 1 in choose([[text, ONE[0]]], 2)
    assert time.process_time() - started < 1


def test_twice_the_sentences_cost_about_twice_the_time() -> None:
    def cost(count: int) -> float:
        many = [
            f"Talk {at}: town {1000 + at % 97}, land {2000 + at % 89}, day {3000 + at % 83}."
            for at in range(count)
        ]
        started = time.process_time()
        assert len(choose([many], 3)) >= 2
        return time.process_time() - started

    assert cost(10_000) < 20 * cost(2_500) + 0.1


LINES = st.text(st.characters(exclude_categories=()), max_size=80) | st.sampled_from(ONE + OTHER)


@settings(max_examples=60)
@given(st.lists(st.lists(LINES, max_size=6), max_size=4), st.integers(0, 8), st.integers(0, 90))
def test_any_text_yields_distinct_sentences_within_the_budget(
    documents: list[list[str]], count: int, limit: int
) -> None:
    flat = [sentence for document in documents for sentence in document]
    by_count, by_words = choose(documents, count), choose_words(documents, limit)

    assert len(set(by_count)) == len(by_count) <= count
    assert len(set(by_words)) == len(by_words)
    assert sum(len(flat[at].split()) for at in by_words) <= limit
    assert all(0 <= at < len(flat) for at in (*by_count, *by_words))
    if flat and count:
        assert by_count

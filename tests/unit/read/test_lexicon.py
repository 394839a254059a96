"""Known phrases are found whole, longest first, at the offsets of the text as given."""

import time
from unicodedata import combining

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.about.lexicon import Layers, Lexicon, distinct, fold, spaced


def found(lexicon: Lexicon[str], text: str) -> list[str]:
    return [text[match.start : match.end] for match in lexicon.matches(text)]


def test_matches_stand_at_their_offsets_in_text_order() -> None:
    lexicon = Lexicon([("peace talks", "talks"), ("Ankara", "TR")])

    first, second = lexicon.matches("In Ankara, peace talks go on")

    assert (first.start, first.end, first.phrase, first.values) == (3, 9, "Ankara", ("TR",))
    assert (second.start, second.end, second.values) == (11, 22, ("talks",))


def test_the_longest_of_the_leftmost_phrases_wins() -> None:
    lexicon = Lexicon([("Korea", "?"), ("North Korea", "KP"), ("North Korea policy", "policy")])

    assert found(lexicon, "North Korea policy, North Korea, Korea") == [
        "North Korea policy",
        "North Korea",
        "Korea",
    ]


def test_a_phrase_that_overlaps_an_earlier_one_is_left_out() -> None:
    lexicon = Lexicon([("trade war", "a"), ("war crimes", "b")])

    assert found(lexicon, "trade war crimes") == ["trade war"]


def test_a_longer_phrase_that_breaks_a_word_does_not_hide_a_shorter_one() -> None:
    lexicon = Lexicon([("new", "a"), ("new york", "b")])

    assert found(lexicon, "new yorkers") == ["new"]


@pytest.mark.parametrize(
    "text", ["Nigeria", "xNiger", "\u0301Niger", "Niger2", "Nige\u0301r", "Niger\u0301"]
)
def test_a_part_of_a_word_is_not_a_match(text: str) -> None:
    assert found(Lexicon([("Niger", "NE")]), text) == []


@pytest.mark.parametrize("text", ["Niger's", "Niger’s", "Niger-led", "(Niger)", "l'Niger", "Niger"])
def test_marks_and_possessives_end_a_word(text: str) -> None:
    assert found(Lexicon([("Niger", "NE")]), text) == ["Niger"]


def test_a_phrase_may_end_in_a_mark() -> None:
    assert found(Lexicon([("U.S.", "US")]), "The U.S. and U.S.-led") == ["U.S.", "U.S."]


def test_a_capital_asks_for_a_capital() -> None:
    lexicon = Lexicon([("Turkey", "TR"), ("US", "US")])

    assert found(lexicon, "Turkey TURKEY turkey US us Us") == ["Turkey", "TURKEY", "US"]


def test_a_small_letter_finds_both_cases() -> None:
    assert found(Lexicon([("ceasefire", "x")]), "Ceasefire CEASEFIRE ceasefire") == [
        "Ceasefire",
        "CEASEFIRE",
        "ceasefire",
    ]


def test_spellings_that_differ_by_case_keep_their_own_values() -> None:
    lexicon = Lexicon([("polish", "verb"), ("Polish", "PL")])

    assert [match.values for match in lexicon.matches("polish Polish")] == [("verb",), ("PL",)]


def test_one_phrase_carries_each_of_its_values_once() -> None:
    lexicon = Lexicon([("the Congo", "CD"), ("the Congo", "CG"), ("the Congo", "CD")])

    assert lexicon.matches("the Congo")[0].values == ("CD", "CG")


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Côte d'Ivoire", "Côte d’Ivoire"),
        ("Côte d’Ivoire", "Côte d'Ivoire"),
        ("cease-fire", "cease\u2011fire"),
        ("White House", "White\u00a0House"),
        ("White House", "White\nHouse"),
        ("İstanbul", "İSTANBUL"),
        ("Αθήνας", "ΑΘΉΝΑΣ"),
        ("Россия", "РОССИЯ"),
    ],
)
def test_typographic_variants_are_one(phrase: str, text: str) -> None:
    assert found(Lexicon([(phrase, "x")]), f"– {text}!") == [text]


def test_folding_never_moves_an_offset() -> None:
    text = "İİ ’– Straße ΟΔΟΣ Kyiv"

    assert len(fold(text)) == len(text)
    assert found(Lexicon([("Kyiv", "UA")]), text) == ["Kyiv"]


def test_every_code_point_folds_to_one() -> None:
    between = "\1"  # which is no variant of another
    every = [chr(code) for code in range(0x110000) if code != ord(between)]
    folded = fold(between.join(every)).split(between)
    assert [len(one) for one in folded] == [1] * len(every)


def test_a_lexicon_without_phrases_finds_nothing() -> None:
    assert Lexicon[str]([]).matches("anything") == ()


def test_no_text_has_no_matches() -> None:
    assert Lexicon([("a", "b")]).matches("") == ()


def test_a_blank_phrase_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with a word"):
        Lexicon([(" ", "x")])


def test_layers_are_found_together_and_do_not_hide_each_other() -> None:
    layers = Layers([("Paris", "FR"), ("accord", "a")], [("Paris accord", "climate")], [])

    states, topics, none = layers.matches("The Paris accord")

    assert [match.phrase for match in states] == ["Paris", "accord"]
    assert [match.values for match in topics] == [("climate",)]
    assert none == ()


def test_one_beginning_may_go_on_in_several_ways() -> None:
    lexicon = Lexicon([("Gov.", "a"), ("Gov. & Co", "b"), ("U.S. Army", "c"), ("U.S.", "d")])

    assert found(lexicon, "Gov. & Co, Gov.John, Gov, gov.") == ["Gov. & Co", "Gov."]
    assert found(lexicon, "U.S. Army, U.S. Armyman, U.S") == ["U.S. Army", "U.S."]


@pytest.mark.parametrize("text", ["a, b", "«é», b", "\u0301a\u2014b", "İ_b"])
def test_words_stay_where_they_stand(text: str) -> None:
    words = spaced(text)

    assert len(words) == len(text) + 2
    assert words[0] == words[-1] == " "
    assert all(sign == " " or sign.isalnum() or combining(sign) for sign in words)


def test_the_words_of_a_beginning_are_those_of_the_whole_text() -> None:
    assert distinct("One, two. One three", 8) == distinct("One, two") == {"one", "two"}


def test_places_are_code_points_behind_letters_of_several_bytes() -> None:
    lexicon = Lexicon([("Киев", "UA"), ("Paris", "FR")])

    assert found(lexicon, "«Мир» é 𝒳 Киев, Paris; Киев") == ["Киев", "Paris", "Киев"]


PHRASES = ("a", "aa", "a b", "a.", "a.b", "b a", "A", "é", "a-", "a--b", "B, a", "b' a")


@given(st.text("aAbBé.,-' \u0301ʼ1", max_size=30))
def test_the_words_find_what_a_search_for_every_phrase_finds(text: str) -> None:
    lexicon = Lexicon([(phrase, phrase) for phrase in PHRASES])

    assert [(m.start, m.end, m.phrase) for m in lexicon.matches(text)] == searched(text)


def searched(text: str) -> list[tuple[int, int, str]]:
    """Every phrase tried at every place: slow, and plain to see."""
    folded, kept, start = fold(text), list[tuple[int, int, str]](), 0
    while start < len(text):
        standing = [
            (len(phrase), sum(map(str.isupper, phrase)), phrase)
            for phrase in PHRASES
            if folded.startswith(fold(phrase), start)
            and all(text[start + at].isupper() for at, sign in enumerate(phrase) if sign.isupper())
            and not goes_on(folded, start)
            and not goes_on(folded, start + len(phrase))
        ]
        if standing:
            kept.append((start, start + max(standing)[0], max(standing)[2]))
        start = kept[-1][1] if standing else start + 1
    return kept


def goes_on(text: str, place: int) -> bool:
    """Whether a word goes on over the place."""
    return 0 < place < len(text) and all(
        sign.isalnum() or combining(sign) for sign in text[place - 1 : place + 1]
    )


def test_a_hostile_text_takes_time_in_proportion_to_its_length() -> None:
    lexicon = Lexicon([("a", "1"), ("aa", "2"), ("a" * 40, "3"), ("a a", "4")])
    start = time.process_time()

    assert lexicon.matches("a" * 50_000) == ()
    assert len(lexicon.matches("a " * 25_000)) == 12_500

    assert time.process_time() - start < 4  # quadratic time would be minutes

"""Which sentences are chosen, by ours and by sumy's."""

import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from digest.read.summarise import (
    METHODS,
    AttacheSummarizer,
    Tokenizer,
    choose,
    choose_words,
    ranking,
    summariser,
)

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


@pytest.mark.parametrize("name", METHODS)
def test_every_method_chooses_as_many_as_asked(name: str) -> None:
    chosen = summariser(name)([ONE], 2)

    assert len(set(chosen)) == 2
    assert all(0 <= at < len(ONE) for at in chosen)


@pytest.mark.parametrize("name", METHODS)
def test_no_method_fails_on_nothing(name: str) -> None:
    assert summariser(name)([], 3) == ()
    assert summariser(name)([[]], 3) == ()


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(KeyError):
        summariser("oracle")


def test_the_beginning_counts_and_what_stands_apart_does_not() -> None:
    chosen = choose([ONE], 2)

    assert chosen[0] == 0
    assert not {2, 4} & set(chosen)


def test_a_repeated_sentence_is_taken_once() -> None:
    chosen = choose([ONE, OTHER], 8)

    assert not {3, 5} <= set(chosen)
    assert len(choose([["The same words again and again."] * 5], 3)) == 1


def test_what_other_articles_say_too_is_worth_more() -> None:
    alone = ranking([ONE])
    together = ranking([ONE, OTHER])

    assert together[3] / together[1] > alone[3] / alone[1]


def test_a_budget_in_words_is_kept_with_whole_sentences() -> None:
    chosen = choose_words([ONE], 30)

    assert 0 < sum(len(ONE[at].split()) for at in chosen) <= 30


def test_equal_sentences_are_rated_once_by_sumy() -> None:
    assert len(set(summariser("lexrank")([["One and the same sentence here."] * 3], 3))) == 1


def test_ours_is_one_of_sumys_summarizers() -> None:
    tokenizer = Tokenizer()
    model = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in ONE])])

    found = AttacheSummarizer()(model, 2)

    assert [str(sentence) for sentence in found] == [ONE[at] for at in sorted(choose([ONE], 2))]


def test_our_tokenizer_serves_sumys_parsers() -> None:
    assert Tokenizer().to_sentences("One ends. Two ends.") == ("One ends.", "Two ends.")
    assert Tokenizer().to_words("One ends.") == ("one", "ends")


@pytest.mark.parametrize("text", ["word " * 5_000, "a" * 50_000, "‮\x00\ud800 x", "。" * 500])
def test_hostile_sentences_are_ranked_all_the_same(text: str) -> None:
    assert len(ranking([[text, "A plain sentence."]])) == 2


def test_ten_thousand_sentences_are_chosen_from_the_first_ones() -> None:
    many = [f"Sentence number {at} tells of the talks in town {at % 97}." for at in range(10_000)]

    assert max(choose([many], 3)) < 400

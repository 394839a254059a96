"""The ways to choose sentences: ours and sumy's, each in the other's place."""

import subprocess
import sys

import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from digest.read.summary.methods import METHODS, summariser
from digest.read.summary.summarise import choose
from digest.read.summary.through_sumy import AttacheSummarizer, Tokenizer

ONE = [
    "Ministers of Turkey and Ukraine met in Ankara on Monday to renew the grain corridor.",
    "The corridor through the Black Sea expires at the end of the month.",
    "Ukraine and Turkey agreed to extend the grain corridor by ninety days.",
    "A local football club won its match.",
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


def test_the_engine_is_imported_without_sumy() -> None:
    code = "import sys, digest.read.summary.methods; print('sumy' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "False\n"

"""Sentences that contradict what others say."""

import pytest

from digest.read.vocabulary.denial import denies


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The ministry denied that any of its aircraft had been lost.", "en", True),
        ("The ministry denied that any of its aircraft had been lost.", None, True),
        ("The army undenied nothing and confirmed the loss of two aircraft.", "en", False),
        ("Le ministère dément toute perte d'appareil.", "fr", True),
        ("Das Ministerium bestreitet den Verlust.", "de", True),
        ("Министерство опровергло сообщения; посол отрицает потери.", "ru", True),
        ("Міністерство заперечує втрату літака.", "uk", True),
        ("El ministerio niega la pérdida de un avión.", "es", True),
        ("Bakanlık kaybı yalanladı.", "tr", False),  # no list of Turkish
    ],
)
def test_a_denial_is_known_by_its_words(
    sentence: str, language: str | None, expected: bool
) -> None:
    assert denies(sentence, language) is expected

"""Sentences that contradict what others say."""

import pytest

from digest.read.vocabulary.denial import denies, disputes, doubts


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The ministry denied that any of its aircraft had been lost.", "en", True),
        ("The ministry denied that any of its aircraft had been lost.", None, True),
        ("The army undenied nothing and confirmed the loss of two aircraft.", "en", False),
        ("Ministry Denies Role in Loss of Aircraft", "en", True),
        ("The pilots were denied leave to land.", "en", False),
        ("The ministry refused to deny the loss.", "en", False),
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


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The ministry denied that any of its aircraft had been lost.", "en", True),
        ("Leaders of the rebels denied any involvement.", None, True),
        ("The embassy flatly denies Western and other charges.", "en", True),
        ("The movement rejected the truce plan on Monday.", "en", False),
        ("The firms will be denied any licence.", "en", False),
        ("The minister, after initially denying any role, gave in.", "en", False),
        ("It is a disputed territory that is claimed by both.", "en", False),
        ("Le ministère dément toute implication.", "fr", True),
        ("Das Ministerium weist auf die Lage hin.", "de", False),
        ("Das Ministerium weist die Vorwürfe zurück.", "de", True),
        ("Bakanlık kaybı yalanladı.", "tr", False),  # no list of Turkish
    ],
)
def test_a_denial_of_what_others_say_is_told_from_a_refusal(
    sentence: str, language: str | None, expected: bool
) -> None:
    assert disputes(sentence, language) is expected


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The recording could not immediately be verified.", "en", True),
        ("The newspaper is unable to verify its authenticity.", None, True),
        ("The ministry has confirmed the loss.", "en", False),
        ("Le ministère n'a rien dit.", "fr", False),  # no list of French
    ],
)
def test_a_doubt_is_known_by_its_words(sentence: str, language: str | None, expected: bool) -> None:
    assert doubts(sentence, language) is expected

"""Things of which a sentence says "the" before it says anything of them."""

import pytest

from digest.read.alone.definite import taken_for_known


@pytest.mark.parametrize(
    ("sentence", "nouns"),
    [
        ("Envoys broke the accord, and the ferries were stopped.", ("accord", "ferr")),
        ("The accord's text was read in Riga.", ("accord",)),
        ("Envoys broke the accord on rivers.", ()),  # it says which
        ("An accord was signed, and Riga broke the accord.", ()),
        ("The government of Riga told the press that it left the early talks.", ()),
    ],
)
def test_a_noun_is_taken_for_known_that_nothing_describes(
    sentence: str, nouns: tuple[str, ...]
) -> None:
    assert taken_for_known(sentence) == nouns

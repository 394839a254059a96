"""Quotation marks and brackets: closed or not, in one sentence and over several."""

import pytest

from digest.read.alone.balance import RUN, in_open_quotation, is_balanced, quoted, unquoted
from digest.read.alone.standing import flaws

PLAIN = "The bridges stay open."


@pytest.mark.parametrize(
    ("sentences", "inside"),
    [
        (["Novak said: “We agree.", PLAIN, "We sign.”", PLAIN], [False, True, False, False]),
        (["“We agree.”", PLAIN], [False, False]),
        (["“We agree.", PLAIN, "“We sign.”", PLAIN], [False, True, False, False]),
        (["“We agree.", 'We sign."', PLAIN], [False, False, False]),  # closed by the other mark
        (["“We agree.’’", PLAIN], [False, False]),  # or by two single ones
        (["“We agree.\ufffd?", PLAIN], [False, False]),  # or garbled
        (['Novak said "yes" and left.', PLAIN], [False, False]),
        (['Novak said: "We agree.', PLAIN, 'We sign."', PLAIN], [False, True, False, False]),
        (['She said that "it is so" and ("all agree.', PLAIN, '"We sign."'], [False, True, False]),
        (["The mast is 6' 2\" tall.", PLAIN], [False, False]),
        ([], []),
    ],
)
def test_what_stands_between_the_marks_of_others_is_speech(
    sentences: list[str], inside: list[bool]
) -> None:
    assert in_open_quotation(sentences) == inside


@pytest.mark.parametrize(
    ("language", "opens", "closes"),
    [
        ("de", "„Ja.", "Ja.“"),
        ("fr", "« Oui.", "Oui. »"),
        ("ru", "«Да.", "Да»."),
        ("es", "“Sí.", "Sí”."),
    ],
)
def test_the_marks_are_those_of_the_language(language: str, opens: str, closes: str) -> None:
    sentences = [opens, PLAIN, closes, PLAIN]
    assert in_open_quotation(sentences, language) == [False, True, False, False]
    assert in_open_quotation(sentences, "fi") == in_open_quotation(sentences, None) == [False] * 4


def test_a_quotation_that_never_closes_is_a_slip() -> None:
    found = in_open_quotation(["“We agree.", *[PLAIN] * (RUN + 2)])

    assert found == [False, *[True] * RUN, False, False]


@pytest.mark.parametrize(
    "sentence",
    [
        '“We welcome the accord on the river today," the minister of Latvia, Anna Novak, said in Riga.',
        '"We welcome the accord on the river today,” the minister of Latvia, Anna Novak, said in Riga.',
        "\"We welcome the accord on the river today,'' the minister of Latvia, Anna Novak, said in Riga.",
    ],
)
def test_a_quotation_may_close_with_a_mark_of_another_kind(sentence: str) -> None:
    assert is_balanced(sentence)
    assert "We" not in unquoted(sentence)
    assert not flaws(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        '“We welcome the accord on the river today."',
        '"We welcome the accord on the river today.”',
    ],
)
def test_a_quotation_of_which_nobody_says_whose_it_is_dangles(sentence: str) -> None:
    assert "dangling" in flaws(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        'The accord is signed," said Novak of the “river.',
        'The accord” is signed, said Novak of the "river.',
        '“The “accord" is signed, said Novak.',
        '"The accord” of the river” is signed, said Novak.',
    ],
)
def test_marks_that_are_no_fellows_do_not_close(sentence: str) -> None:
    assert not is_balanced(sentence)


def test_a_sentence_that_opens_in_single_marks_is_followed_by_speech_for_two() -> None:
    found = in_open_quotation(["‘It is a good bridge.", PLAIN, PLAIN, PLAIN])

    assert found == [False, True, True, False]
    assert in_open_quotation(["‘It is a good bridge.’", PLAIN]) == [False, False]
    assert in_open_quotation(["'It is,' Novak said. 'A bridge.", PLAIN, "'We go.'", PLAIN]) == [
        *(False, False, False, False)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "He said “no.",
            "They left” at once.",
            "« Non.",
            '"Yes, he said.',
            "One (two.",
            "One] two.",
        ),
        *(
            "'No, he said.",
            "They left at once.’",
            "He said ‘no.",
            "Ja,“ sagte er.",
            "«Да, сказал он.",
        ),
    ],
)
def test_a_half_quotation_or_bracket_is_not_balanced(sentence: str) -> None:
    assert not is_balanced(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        *("„Ja“, sagte er.", "«Да», сказал он.", "It’s “fine” (so far).", "»Ja«, sagte er."),
        *(
            "'No,' he said.",
            "The workers' union and the miners’ union won.",
            "«МИД „Север“», — сказал он.",
        ),
    ],
)
def test_whole_quotations_are_balanced(sentence: str) -> None:
    assert is_balanced(sentence)


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("Ministers met.", 0),
        ("“Ministers met.”", 1),
        ('Ada said: "We met."', 9 / 19),
        ("It’s so.", 0),
    ],
)
def test_quoted_is_the_share_between_quotation_marks(sentence: str, share: float) -> None:
    assert quoted(sentence) == pytest.approx(share)

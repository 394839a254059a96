"""Sentences of a text that nobody has gathered."""

import textwrap

import pytest

from digest.read.plain import as_they_stand, plain_sentences

TITLE = "Envoys leave Lakeland"
TOLD = "The envoys of three states left Lakeland on Monday after two days of talks."
UNSEEN = (
    "\u202a\u202c",
    "\u202e\u202c",
    "\u2066\u2069",
    "\u200e\u200f",
    "\u061c\u061c",
    "\u200b\u200b",
)


def test_what_speaks_of_the_page_and_headings_are_left_out() -> None:
    text = (
        f"Share this article\n{TOLD} They will meet again.\n\nWhat comes next\n{TOLD[:-1]} there.\n"
    )
    assert plain_sentences(text) == (TOLD, "They will meet again.", f"{TOLD[:-1]} there.")


def test_lines_wrapped_at_a_column_are_one_sentence() -> None:
    second = "They will meet again in Riga, where the ministers of the lake have met since the war."
    text = "\n\n".join(textwrap.fill(each, 40) for each in (TOLD, second))
    assert plain_sentences(text) == (TOLD, second)


def test_sentences_stand_in_the_text_to_the_sign() -> None:
    """Also where a file of the same text would lose its marks of Markdown and what nobody sees."""
    told = "The [envoys](https://lake.example/1) of the two\u200b lands met in Riga on Monday."
    text = f"{told}\n{TOLD}"
    assert as_they_stand(plain_sentences(text), text) == (told, TOLD)


@pytest.mark.parametrize("signs", UNSEEN, ids=ascii)
def test_signs_that_nobody_sees_hide_no_sentence(signs: str) -> None:
    told = f"{signs[0]}{TOLD}{signs[1]}"
    assert plain_sentences(told) == (TOLD,)
    again = f"{TOLD[:-1]} there."
    text = f"{told} {signs[0]}{again}{signs[1]}\n{told.replace('three', 'two')}"
    found = as_they_stand(plain_sentences(text), text)
    assert found == (TOLD, again, TOLD.replace("three", "two"))


def test_a_title_told_once_more_is_left_out() -> None:
    assert plain_sentences(f"{TITLE}\n{TOLD}", title=TITLE) == (TOLD,)


def test_the_language_of_the_text_says_where_a_sentence_ends() -> None:
    told = "Die Minister der beiden Länder trafen sich am 12. Mai in Wien mit dem Botschafter."
    assert plain_sentences(f"{told} Danach reisten sie nach Riga zum Gipfel der Staaten.") == (
        told,
        "Danach reisten sie nach Riga zum Gipfel der Staaten.",
    )


def test_nothing_has_no_sentences() -> None:
    assert plain_sentences("\n \n") == ()


def test_a_sentence_has_the_white_space_that_it_has_in_its_text() -> None:
    wide = TOLD.replace(" of ", "  of ").replace("on Monday", "on\u00a0Monday")
    text = f"{wide}\n{TOLD} They\tmeet again."
    assert as_they_stand((TOLD, "They meet again."), text) == (wide, "They\tmeet again.")


def test_a_sentence_of_wrapped_lines_has_their_ends() -> None:
    text = "Before it all.\r\nThe envoys made a peace-\nful start\n  in Riga."
    told = "The envoys made a peace-ful start in Riga."
    assert as_they_stand((told,), text) == (text.partition("\r\n")[2],)


def test_sentences_told_twice_are_both_found() -> None:
    assert as_they_stand((TOLD, TOLD), f"{TOLD} {TOLD}") == (TOLD, TOLD)
    assert as_they_stand((), TOLD) == ()

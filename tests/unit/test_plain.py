"""Sentences of a text that nobody has gathered."""

import textwrap

from digest.read.plain import plain_sentences

TITLE = "Envoys leave Lakeland"
TOLD = "The envoys of three states left Lakeland on Monday after two days of talks."


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
    assert plain_sentences(f"{told}\n{TOLD}") == (told, TOLD)


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

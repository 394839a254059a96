"""What an editor would strike, and what only looks like it."""

import pytest

from digest.read.standing import is_balanced, is_dangling, is_noise, is_whole, stands_alone

DANGLING = [
    "He rejected the offer made in Geneva last week.",
    "But the ministry denied any contact with the rebels.",
    "Meanwhile, the envoy travelled on to Amman for talks.",
    "The minister also pushed back against the proposal.",
    "His comments contrast with remarks by other officials.",
    "In addition, the council extended its mandate by a year.",
    "These actions show that the accord is not being kept.",
    "The latter has refused to take part in the talks.",
    "“Nobody asked us about the corridor at all,” he said on Monday.",
    "The official said talks would resume within the week.",
    "Однако министр отверг это предложение в понедельник.",
    "Er lehnte den Vorschlag der Kommission am Montag ab.",
    "Il a rejeté la proposition de la Commission lundi.",
    "The government also promised two new border posts.",
    "In his remarks, Anna Novak revived a proposal of last spring.",
    "Foreign Minister Anna Novak of Slovenia also revived a proposal.",
]
FREE = [
    "It is the first time that both presidents have met.",
    "Both France and Germany rejected the draft on Monday.",
    "This week the council votes on the renewal of the mandate.",
    "There were no contacts between Ankara and Damascus in May.",
    "Not all members of the alliance supported the statement.",
    "Foreign Minister Anna Novak said talks would resume on Friday.",
    "Later on Monday the delegation left Vienna for Kyiv.",
    "Abu Omar, also known as the Engineer, was arrested in Amman.",
    "Neither Cairo nor Khartoum commented on the proposal.",
]


@pytest.mark.parametrize("sentence", DANGLING)
def test_a_sentence_that_points_back_dangles(sentence: str) -> None:
    assert is_dangling(sentence)


@pytest.mark.parametrize("sentence", FREE)
def test_a_sentence_that_only_begins_like_one_does_not(sentence: str) -> None:
    assert not is_dangling(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["He said “no.", "They left” at once.", "« Non.", '"Yes, he said.', "One (two.", "One] two."],
)
def test_a_half_quotation_or_bracket_is_not_balanced(sentence: str) -> None:
    assert not is_balanced(sentence)


@pytest.mark.parametrize(
    "sentence", ["„Ja“, sagte er.", "«Да», сказал он.", "It’s “fine” (so far)."]
)
def test_whole_quotations_are_balanced(sentence: str) -> None:
    assert is_balanced(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks continue.",
        "and then the ministers signed the accord in Vienna.",
        "Ministers from six states at the table in Vienna",
        " ".join(["word"] * 80) + ".",
        "",
    ],
)
def test_scraps_and_screenfuls_are_not_whole(sentence: str) -> None:
    assert not is_whole(sentence)


def test_a_script_without_blanks_is_measured_by_its_signs() -> None:
    assert is_whole("两国外长周一在日内瓦举行会谈。")
    assert not is_whole("会谈。")


@pytest.mark.parametrize(
    "sentence",
    [
        "Click here to read more about the talks in Vienna.",
        "We have covered the talks since the spring of last year.",
        "See https://example.org for the full text of the accord.",
        "Reporting by Ann Other in Vienna and John Doe in Kyiv.",
    ],
)
def test_what_speaks_of_the_page_or_to_the_reader_is_noise(sentence: str) -> None:
    assert is_noise(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The US and the U.S. Senate disagreed over the accord.",
        "“We are ready to talk,” Foreign Minister Anna Novak said.",
        "World War II ended in 1945 with a conference in Potsdam.",
    ],
)
def test_acronyms_and_quoted_persons_are_no_noise(sentence: str) -> None:
    assert not is_noise(sentence)


def test_news_stands_alone() -> None:
    assert stands_alone("Deputy ministers initialled two annexes on customs in Yerevan on Monday.")
    assert not stands_alone("They initialled two annexes on customs in Yerevan on Monday.")

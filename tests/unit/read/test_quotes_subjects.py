"""Whom a pronoun, a longer sentence or the quotation before makes the speaker."""

import pytest

from digest.read.speech.quotes import quotes
from tests.speakers import OTHERS, speakers


def test_a_split_quotation_keeps_its_speaker() -> None:
    text = "“The talks will go on,” Anna Novak said, “until all the sides agree.” He left."
    assert speakers(text) == ["Anna Novak", "Anna Novak"]


def test_a_quotation_right_behind_the_attribution_goes_on() -> None:
    text = "“The talks will go on soon,” Anna Novak said. “All of the sides agree on it.”"
    assert speakers(text) == ["Anna Novak", "Anna Novak"]


def test_two_parts_in_one_sentence_share_the_speaker() -> None:
    text = "Anna Novak said it was “far too early for talks” and “far too late for peace”."
    assert speakers(text) == ["Anna Novak", "Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on soon,” Anna Novak said.\n\n“All of the sides agree on it.”",
        "Anna Novak said Petr Kos had “left”.\n\n“All of the sides agree on it now.” Then all went.",
        "Anna Novak said that Petr Kos was “late” and added: “All of the sides agree on it.”",
        "“We go,” said Anna Novak, of the Bakers’ Hall, “and all of the sides agree on it.”",
        "Anna Novak said “early, far too early for talks” and their “chance was next to nil”.",
    ],
)
def test_a_quotation_without_attribution_goes_on_from_the_one_before(text: str) -> None:
    assert set(speakers(text)) == {"Anna Novak"}
    assert speakers(text)[-1:] == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on soon,” Anna Novak said.\n\nThere was rain. “All of the sides agree.”",
        "Anna Novak said Petr Kos confirms they are “late” and added: “All of the sides agree on it.”",
        "“We go,” said Petr Kos. “All left.” As the BBC has it, “All of the sides agree on it.”",
        "“The talks will go on soon,” the White House said.\n\n“All of the sides agree on it.”",
        "“We go,” Anna Novak said as Petr Kos left.\n\n“All of the sides agree on it.”",
        "“We go,” Anna Novak said.\n\n“All of the sides agree on it.” And so it was said.",
    ],
)
def test_it_does_not_where_another_may_speak(text: str) -> None:
    assert "All of the sides" not in "".join(text[q.start : q.end] for q in quotes(text)) or (
        speakers(text)[-1] == "Anna Novak"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Anna Novak said: “The talks go on.\n\n“All of the sides agree on it.”",
        "Anna Novak said: “We talk.\n\n“Nobody left.\n\n“All of the sides agree on it.”",
        "“We talk,” Anna Novak said. “Nobody left.\n\n“All of the sides agree on it.”",
        "Somebody said: “We talk.\n\n“All of the sides agree on it,” Anna Novak said.",
        "Anna Novak said: “We talk.\n\n“All of the sides agree on it,” she said.",
        "'We talk,' Anna Novak said. 'Nobody left. 'All of the sides agree on it.'",
        "“We talk,” Anna Novak said. “Nobody left.\n\n“All of the sides agree on it,” she said.",
        '“We talk,” Anna Novak said. “Nobody left.\n\n"All of the sides agree on it."',
    ],
)
def test_a_speech_of_several_paragraphs_is_its_first_speaker_s(text: str) -> None:
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "A witness said: “We talk.\n\n“All of the sides agree on it.”",
        "Anna Novak said: “We talk and\n\n“all of the sides agree on it.”",
        "Anna Novak said: “We talk.\n\nNobody left.\n\n“All of the sides agree on it.”",
        'It is so. \'They met. He told Anna Novak, "all of the sides agree on it."',
        "It is so. “Nobody left.\n\n'All of the sides agree on it.'",
    ],
)
def test_a_speech_that_nobody_begins_is_nobody_s(text: str) -> None:
    assert speakers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Anna Novak thanked the hosts, saying: “All of the sides agree on it.”",
        "Anna Novak met Petr Kos in Vienna and said: “All of the sides agree on it.”",
        "Anna Novak came late. She thanked the hosts, adding: “All of the sides agree on it.”",
        "Last night, Anna Novak met the hosts but also said: “All of the sides agree on it.”",
        "Talks spokeswoman Anna Novak met the hosts, saying: “All of the sides agree on it.”",
        "The group's leader, Anna Novak, left Vienna, saying: “All of the sides agree on it.”",
        "Anna Novak said Petr Kos, 45, had been “the best of all the envoys”.",
        "Anna Novak said Petr Kos's long speech was “the best of all the speeches”.",
        "Anna Novak said in a brief statement that a “mission would go there to look”.",
        "“All of the sides agree on it,” Sen. Anna Novak of Arizona told reporters.",
        "“All of the sides agree on it,” said Talks flack Anna Novak.",
        "“All of the sides agree on it,” said Talks Minister of many years Anna Novak.",
        "“All of the sides agree on it,” said study author and Vienna biologist Anna Novak.",
        "US Ambassador to Israel Anna Novak said: “All of the sides agree on it.”",
        "Anna Novak, standing in for Petr Kos, said: “All of the sides agree on it,” she said.",
    ],
)
def test_the_subject_of_a_longer_sentence_speaks(text: str) -> None:
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Novak's aide thanked the hosts, saying: “All of the sides agree on it.”",
        "Anna Novak was attacked by the hosts, saying: “All of the sides agree on it.”",
        "The winner thanked his mate Anna Novak, saying: “All of the sides agree on it.”",
        "The visitors, Anna Novak, left, saying: “All of the sides agree on it.”",
        "The host left, saying: “All of the sides agree on it.”",
        "Anna Novak left as Petr Kos came, saying: “All of the sides agree on it.”",
        "He left as Petr Kos came, saying: “All of the sides agree on it.”",
        "He saw the one whom Anna Novak met, saying: “All of the sides agree on it.”",
        "Anna Novak said Petr Kos had said it was “the best of all the speeches”.",
        "“All of the sides agree on it,” said Petr Kos of Anna Novak's many long years.",
    ],
)
def test_whoever_is_not_its_subject_does_not(text: str) -> None:
    assert "Anna Novak" not in speakers(text)


def test_what_is_added_is_the_subject_s_and_no_other_s() -> None:
    text = (
        "Anna Novak said that Petr Kos confirms “it is late” and added: “All of the sides agree.”"
    )
    assert speakers(text) == []


def test_another_subject_between_two_quotations_ends_the_first_speech() -> None:
    text = "“The talks go on today,” Anna Novak said, and Petr Kos cut in, “let us end it here.”"
    assert speakers(text) == ["Anna Novak"]


def test_a_quotation_cut_off_behind_its_comma_is_nobody_s() -> None:
    text = "“The talks will go on soon,” Anna Novak said. “All of the sides agree on it,”"
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on,” Anna Novak said. “All of the sides agree,” she said.",
        "“The talks will go on,” Anna Novak said.\n\n“All of the sides agree,” she said.",
        "“The talks will go on,” Anna Novak said. She added: “All of the sides agree.”",
        "Anna Novak said little. “The talks go on. All of the sides agree,” she said.",
        "Anna Novak said little. “All of the sides agree on it.”",
        "Anna Novak said little.\n\n“All of the sides agree on it,” she said.",
        "Anna Novak arrived late. “All of the sides agree on it,” said she.",
        "Anna Novak arrived late.\n\n“All of the sides agree on it,” she said.",
        "Anna Novak arrived late. She met nobody. It rained. “All of the sides agree,” she said.",
        "Anna Novak met Petr Kos. “All of the sides agree on it,” she said.",
        "Anna Novak praised Petr Kos's work. “All of the sides agree on it,” she said.",
        "On Monday, Anna Novak arrived. “All of the sides agree on it,” she said.",
        "Anna Novak said Petr Kos was late. “All of the sides agree on it,” she said.",
        "Anna Novak later cited what she called “the best of all the envoys”.",
        "Anna Novak said it was “late”. It rained. “All of the sides agree on it,” she said.",
        "Anna Novak thanked him. “All of the sides agree on it,” she said.",
        "“We go,” Anna Novak said, the BBC has it . “All of the sides agree on it,” she said.",
        "Anna Novak, late, cited what she called “the best of all the envoys”.",
        "Mrs Anna Novak thanked him. “All of the sides agree on it,” she said.",
        "“We go,” said Anna Novak, as Petr Kos left. “All of the sides agree on it,” she said.",
        "But Anna Novak came late. “All of the sides agree on it,” she said.",
        "But Anna Novak came late, saying: “All of the sides agree on it.”",
        "That evening, Anna Novak came. “All of the sides agree on it,” she said.",
        "Anna Novak was in Vienna with Petr Kos, and she called it “the best of all the envoys”.",
        "Anna Novak led. Ticking off her plan “to help the middle-class,” Mrs. Novak vowed to remove the"
        " barriers. She also pledged to confront Riga over its “unfair trade practices of ferries”.",
        "It was Anna Novak who wrote “The Bridges of Riga”. In it “all of the sides agree on it,” she said.",
    ],
)
def test_a_pronoun_counts_where_one_person_alone_can_be_meant(text: str) -> None:
    assert set(speakers(text)) == {"Anna Novak"}


@pytest.mark.parametrize(
    "text",
    [
        "Anna Novak met Petr Kos. “All of the sides agree on it,” he said.",
        "Anna Novak met the envoys in Riga, where “all of the sides agree on it,” he said.",
        "Mr Novak arrived late. “All of the sides agree on it,” she said.",
        "Mrs Novak arrived late. “All of the sides agree on it,” he said.",
        "Paul Kos arrived late. “All of the sides agree on it,” she said.",
        "Paul Kos said it was “late”. “All of the sides agree on it,” she said.",
        "Robin Novak arrived with her man. “All of the sides agree on it,” he said.",
        "Robin Novak arrived with his wife. “All of the sides agree on it,” she said.",
        "Anna Novak in a photograph . “All of the sides agree on it,” she said.",
        "Anna Novak arrived late. He left. “All of the sides agree on it,” she said.",
        "Anna Novak arrived late. A man left. “All of the sides agree on it,” she said.",
        "Anna Novak arrived late. The envoy left. “All of the sides agree on it,” she said.",
        "Anna Novak arrived late. “We go. “All of the sides agree on it,” she said.",
        "Anna Novak arrived late"
        + ". It rained" * 9
        + ". “All of the sides agree on it,” she said.",
        "Anna Novak arrived as Petr Kos left. “All of the sides agree on it,” she said.",
        "Anna Novak saw him. Here she cited what Petr Kos as he called “the best of all envoys”.",
        "Anna Novak, as Petr Kos left, cited what she called “the best of all the envoys”.",
        "Robin Novak, late, cited what she called “the best of all the envoys”.",
        "Mr Kos later cited what she called “the best of all the envoys”.",
        "Anna Novak arrived late. “All of the sides agree on it.”",
        "Anna Novak’s car arrived late. “All of the sides agree on it,” he said.",
        "They had seen nobody but Anna Novak. “All of the sides agree on it,” he said.",
        "After this came Anna Novak. “All of the sides agree on it,” he said.",
        "It is late. “All of the sides agree on it,” he said.",
        "Anna Novak said little. And then there was this: “All of the sides agree on it.”",
        "Anna Novak said little. “All of the sides agree on it,” they said.",
    ],
)
def test_a_pronoun_that_may_mean_another_is_dropped(text: str) -> None:
    assert speakers(OTHERS + text) == []


def test_words_that_introduce_a_question_outweigh_what_follows_it() -> None:
    text = "Anna Novak asked, “Will the talks go on next week?” Petr Kos responded by leaving."
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "The talks failed, Anna Novak said. “All of the sides left early,” she added.",
        "The talks failed, said spokeswoman Anna Novak. “All of the sides left early,” she added.",
        "The talks failed, says Anna Novak, head of the mission. “All of the sides left,” she said.",
        "But Anna Novak had another view. “All of the sides left early,” she said.",
        "Outside Vienna on Monday, Anna Novak met the press. “All of the sides left,” she said.",
        "Pressed by Petr Kos, Anna Novak stepped up. “All of the sides left early,” she said.",
        "A member of the mission, Anna Novak has a plan. “All of the sides left early,” she said.",
        "Spokeswoman Ariel Novak praised Petr Kos. “All of the sides left early,” she said.".replace(
            "Ariel", "Anna"
        ),
        "Anna Novak met last year's Kos Prize winner. “All of the sides left early,” she said.",
        "Anna Novak came (Kos did not). “All of the sides left early,” she said.",
        "Anna Novak warned of Petr Kos and Jan Beran. “All of the sides left early,” she said.",
        "Anna Novak, D-La., met Petr Kos. “All of the sides left early,” she said.",
        "US Ambassador to Israel Anna Novak hoped for more. “All of the sides left,” she said.",
        "Anna Novak came. She saw the delegates of Petr Kos. “All of the sides left,” she said.",
        "Anna Novak came. The talks, she says, went well for Petr Kos. “All of the sides left,” she said.",
        "Anna Novak came. She said it went well. “All of the sides left early.”",
        "“We go,” Anna Novak said. She then said once again, “all of the sides left early.”",
        "Anna Novak took up the talks and laid the blame on others: “All of the sides left,” she said.",
        "Anna Novak came to Vienna. “All of the sides left early,” the 24-year-old said.",
    ],
)
def test_she_is_the_subject_of_the_sentence_before(text: str) -> None:
    assert set(speakers(text)) == {"Anna Novak"}


@pytest.mark.parametrize(
    "text",
    [
        "While Anna Novak left, she met Eva Kos. Eva Kos spoke on. “All of the sides left,” he said.",
        "“We go,” Petr Kos said. But that did not please Jan. “All of the sides left early,” he said.",
        "The talks failed, told Petr Kos. “All of the sides left early,” the envoys of he said.",
        "It rained, told Petr Kos the guide Anna. “All of the sides left early,” he said of it.",
    ],
)
def test_he_is_nobody_else(text: str) -> None:
    assert not {"Petr Kos", "Anna Novak"} & set(speakers(OTHERS + text))


def test_a_clause_of_somebody_else_hides_no_subject() -> None:
    text = "While Petr Novak left early, he saw no end. “All of the sides left,” he said."
    assert speakers(text) == ["Petr Novak"]

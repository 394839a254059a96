"""Who said what, and when nobody certain did: marks, verbs, and what is no attribution."""

import time
from pathlib import Path

import pytest

from digest.read.speech.marked import LONGEST, marked, quotations
from digest.read.speech.quotes import quotes
from tests.speakers import LAVROV, only, speakers


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on next week,” Anna Novak said.",
        '"The talks will go on next week," said Anna Novak on Monday.',
        '"The talks will go on next week," said the top diplomat, Politburo member Anna Novak, who left.',
        "“The talks will go on next week”, Anna Novak told reporters.",
        "‘The talks will go on next week,’ said Anna Novak.",
        "'The talks will go on next week,' said Anna Novak.",
        "Anna Novak said: “The talks will go on next week.”",
        "Anna Novak told the council that “the talks will go on next week”.",
        "Anna Novak said in Vienna on Monday that it was “far too early for any talks”.",
        "According to Anna Novak, “the talks will go on next week”.",
        "“The talks will go on next week,” according to Anna Novak.",
        "“Will the talks go on next week?” Anna Novak asked.",
        "“Will the talks go on next week?” asked Anna Novak.",
        "“The talks will go on next week,” Anna Novak, a spokeswoman for the bloc, said.",
        "“The talks will go on next week,” Anna Novak, 45, who leads the mission, later told AFP.",
        "“The talks will go on next week,” the group's director, Anna Novak, said.",
        "“The talks will go on next week,” said the group's director, Anna Novak.",
        "“The talks will go on next week,” Anna Novak of the Vienna Institute said.",
        "“The talks will go on next week,” Rep. Anna Novak (R-Idaho) said.",
        "“The talks will go on next week,” Anna Novak, R-Idaho, said.",
        "“The talks will go on next week,” Sen. Anna Novak (R) of Idaho said.",
        "“The talks will go on next week,” said Government and Government Reform Chair Anna Novak.",
        "“The talks will go on next week,” Anna Novak was quoted as saying.",
        "Officials from three states talked for days and Anna Novak said “the talks will go on”.",
        "Asked about the matter, Anna Novak answered: “The talks will go on next week.”",
        "The mediator is Anna Novak, who said: “The talks will go on next week.”",
        "“The talks will go on next week,” said the U.S. envoy, Anna Novak.",
    ],
)
def test_the_named_speaker_is_found(text: str) -> None:
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("ru", "«Переговоры пойдут дальше на этой неделе», — сказал Иван Петров.", "Иван Петров"),
        ("ru", "Министр Иван Петров заявил: «Переговоры пойдут на этой неделе».", "Иван Петров"),
        ("uk", "«Перемовини підуть далі вже цього тижня», – сказав Іван Петрук.", "Іван Петрук"),
        ("de", "„Die Gespräche gehen nächste Woche weiter“, sagte Anna Novak.", "Anna Novak"),
        (
            "fr",
            "« Les pourparlers continuent la semaine prochaine », a dit Anna Novak.",
            "Anna Novak",
        ),
        ("es", "«Las conversaciones siguen la próxima semana», dijo Anna Novak.", "Anna Novak"),
    ],
)
def test_the_marks_and_verbs_of_other_languages_are_known(
    language: str, text: str, speaker: str
) -> None:
    assert speakers(text, language) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on next week,” a spokesman said.",
        "“The talks will go on next week,” the ministry said.",
        "“The talks will go on next week,” it said.",
        "“The talks will go on next week,” she said.",
        "“The talks will go on next week,” said she.",
        "“The talks will go on next week,” Novak said.",
        "“The talks will go on next week,” the Associated Press said.",
        "“The talks will go on next week,” the Blue Lotus said.",
        "“The talks will go on next week,” security firm Blue Lotus said.",
        "“The talks will go on next week,” the Foreign Ministry said.",
        "“The talks will go on next week,” the New York Times Company said.",
        "“The talks will go on next week,” the BBC said.",
        "“The talks will go on next week,” WARREN said.",
        "“The talks will go on next week,” the Chief of the Justice Department said.",
        "“The talks will go on next week,” the Head of Office and the Justice Department said.",
        "“The talks will go on next week,” the Department of the loud said.",
        "“The talks will go on next week,” the Commission said.",
        "“The talks will go on next week,” said the Foreign Office and Anna Novak.",
        "“The talks will go on next week,” said the Foreign Office and the unions.",
        "Anna Novak and the Foreign Office said: “The talks will go on next week.”",
        "“The talks will go on next week,” North Korea said.",
        "“The talks will go on next week,” the foreign ministry said.",
        "“The talks will go on next week,” their long-suffering foreign ministry said.",
        "“The talks will go on next week,” said the minister and Anna Novak.",
        "“The talks will go on next week,” Anna Novak's family said.",
        "“The talks will go on next week,” the Vienna ORF said.",
        "“The talks will go on next week,” Anna Novak and Petr Kos said.",
        "“The talks will go on next week,” said Anna Novak and Petr Kos.",
        "“The talks will go on next week,” Anna Novak's lawyer said.",
        "“The talks will go on next week,” said Anna Novak's lawyer.",
        "“The talks will go on next week,” Petr Kos, Anna Novak, said.",
        "“The talks will go on next week,” a source, who knows them, said.",
        "“The talks will go on next week,” as Anna Novak said.",
        "“The talks will go on next week.” Anna Novak said nothing.",
        "“The talks will go on next week”. Anna Novak said nothing.",
        "“Will the talks go on?” Anna Novak said that she did not know.",
        "“Will the talks go on at all?” Nobody knew. Anna Novak said nothing.",
        "“The talks go on,” Anna Novak said.",
        "Anna Novak said the play “The Long Winter Of Our Discontent” had moved her.",
        "Anna Novak said there were signs reading “the talks will go on next week”.",
        "Anna Novak said she agreed with Petr Kos's claim that “the talks will go on”.",
        "Anna Novak said Petr Kos wanted “the talks to go on next week”.",
        "Anna Novak said it; the others thought “the talks will go on next week”.",
        "Petr Kos and Anna Novak said: “The talks will go on next week.”",
        "He and Anna Novak said: “The talks will go on next week.”",
        "The envoy who said: “The talks will go on next week.”",
        "A letter was told by Anna Novak: “The talks will go on next week.”",
        "An envoy of Anna Novak said: “The talks will go on next week.”",
        "A long way from here, in the old town, by the river, she, they, said: “The talks will go on.”",
        "They, as Anna Novak, said: “The talks will go on next week.”",
        "“The talks will go on next week,” told on a mild and rainy evening.",
        "“The talks will go on next week,” said the president, smiling.",
        "“The talks will go on next week,” said the visitor, Anna Novak.",
        "“The talks will go on next week,” THE FINAL WORD said.",
        "Nothing is in marks here, said Anna Novak.",
        "",
    ],
)
def test_where_no_person_is_certain_there_is_no_speaker(text: str) -> None:
    assert speakers(text) == []


def test_the_quotation_is_the_words_with_their_marks() -> None:
    text = LAVROV + "“The talks will go on next week,” Lavrov said."
    quote = only(text)
    assert text[quote.start : quote.end] == "“The talks will go on next week,”"


@pytest.mark.parametrize(
    "text",
    [
        "It is so. “All of the sides agree on it.” Anna Novak, The Guardian",
        "“All of the sides agree on it.” Anna Novak, Vox “None of us will stay.”",
        "“All of us agree.\n“All of the sides agree on it …” Anna Novak, Washington Post Some differ.",
    ],
)
def test_the_writer_whom_a_press_review_credits_is_the_speaker(text: str) -> None:
    assert speakers(text)[:1] == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "“All of the sides agree on it.” Anna Novak, The Minister, left.",
        "“All of the sides agree on it,” Anna Novak, The Guardian",
        "“All of the sides agree on it.” Novak, The Guardian",
        "“All of the sides agree on it.” Anna Novak, Reuters correspondents and all others left.",
    ],
)
def test_who_is_named_behind_a_quotation_is_no_credit(text: str) -> None:
    assert speakers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“All of the sides agree on it,” as Anna Novak put it.",
        "Anna Novak shot back: “All of the sides agree on it.”",
        "Anna Novak put it bluntly: “All of the sides agree on it.”",
        "Anna Novak: “All of the sides agree on it.”",
        "Anna Novak charged that all “of the sides left far too early”.",
        "Left activist Anna Novak: “All of the sides agree on it.”",
        "Anna Novak accused Petr Kos of “being wholly unable to agree”.",
        "On Monday Anna Novak accused them of waging “a war upon their own people”.",
        '“All of the sides agree on it," said Anna Novak.',
        '"All of the sides agree on it,” said Anna Novak.',
        'Anna Novak said: “All of the sides agree."\n\n“We go,” she said.',
        "Anna Novak said Petr Kos hasn't “been at all able to agree on it”.",
    ],
)
def test_more_ways_to_say(text: str) -> None:
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "Media caption of Anna Novak: “All of the sides agree on it.”",
        "This is from the famous Anna Novak: “All of the sides agree on it.”",
        "Novak: “All of the sides agree on it.”",
        "Royal Bodyguard Warns: “All of the sides agree on it!”",
        "Islamic Flame left. Islamic Flame came. “All of the sides agree on it,” Islamic Flame said.",
        "The Old News Agency left. “All of the sides agree on it,” ONA said.",
        "“All of the sides agree on it,” the 4th Circuit Court said.",
        "Politico came. Then Politico went. “All of the sides agree on it,” Politico said.",
        "Anna [Novak, an envoy] left. Novak came. “All of the sides agree on it,” Novak said.",
        "Anna Novak was accused of “being wholly unable to agree”.",
        "Anna Novak accused by them of “being wholly unable to agree”.",
    ],
)
def test_these_say_nothing(text: str) -> None:
    assert speakers(text) == []


def test_a_word_in_single_marks_leaves_none_open() -> None:
    assert marked("the 'odd' and ‘even’ ones “two”\n").unclosed == ()
    assert len(marked("'the boy" + " a" * 100 + " boys' home\n").unclosed) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“One” and ”two", ["“One”"]),
        ("“One “two”", ["“two”"]),
        ("'One “two”", ["“two”"]),
        ('it\'s 5" long "yes"', ['"yes"']),
        ("“One\ntwo”", []),
        ("“" + "a " * LONGEST + "”", []),
        ('say "one" and " two', ['"one"']),
        ("dogs' “bones”", ["“bones”"]),
        ("'yes' and 'no,' he", ["'no,'"]),
        ("a 'plain' one “two”", ["“two”"]),
        ("'the boys' home is here,' he", ["'the boys' home is here,'"]),
        ("get 'em in the '90s by 'one,' he", ["'one,'"]),
        ('"Ends here "', ['"Ends here "']),
        ('“One and two." He', ['“One and two."']),
        ('"One and two,” he', ['"One and two,”']),
        ('"One and two.”', ['"One and two.”']),
        ('“One "and two." three.” He', ['“One "and two." three.”']),
        ('"One” and two,” he', []),
        ('“One and two" he', []),
        ('“One and two."3', []),
    ],
)
def test_marks_pair_within_a_paragraph(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in quotations(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "“" * 50_000,
        '"' * 50_000,
        "A" * 50_000,
        "A'a" * 17_000,
        "A." * 25_000,
        "Novak, " * 7_000 + "said: “all of the sides agree on it”",
        "“All of the sides agree on it,” said Anna Novak. " * 1_000,
        " ".join(f"“All of the sides agree,” said A{n} Novak." for n in range(500)),
        " ".join(f"“All of the sides agree on it,” the a{n} mayor said." for n in range(2_000)),
        "“All of the sides agree on it " * 2_000,
        " " * 50_000 + "“All of the sides agree on it,” he said",
        "Anna Novak and " * 1_700 + "he said, “All of the sides agree,” and " * 640,
        "Anna Novak and " * 1_700 + "went. " + "“All of the sides agree,” he said, and " * 640,
        "he said, “All of the sides agree,” and " * 1_280,
        "“一二三四五六七八九十”王毅说。" * 3_000,
    ],
)
def test_a_hostile_text_takes_a_moment_and_no_more(text: str) -> None:
    started = time.process_time()
    quotes(text)
    assert time.process_time() - started < 3


def test_speakers_of_outside_articles_are_right(shared: Path) -> None:
    if not (shared / "corpora").is_dir():
        pytest.skip("the corpora are not in the shared data folder")
    from tests.quality.speakers import PRECISION_FLOOR, figures

    ours = figures()
    assert ours.precision >= PRECISION_FLOOR, ours.wrong
    assert ours.said / ours.articles >= 2.0


@pytest.mark.parametrize(
    "text",
    [
        "Anna Novak left Vienna, saying the talks with Petr Kos were “a waste of the time”.",
        "Anna Novak defended the talks by calling them “the best of all the ways”.",
        "“We go,” Anna Novak said, adding that it was “far too early for any talks”.",
        "It was early, Anna Novak said, adding that there was “far too little for any talks”.",
        "Anna Novak said Petr Kos “should have been at the talks”.",
        "Anna Novak said Petr Kos and his mission “should have been at the talks”.",
        "Anna Novak said Petr Kos served “the cause of all the sides”.",
        "Anna Novak wrote that Petr Kos's acts “would change all of the talks”.",
        "Anna Novak said a ban on talks with Petr Kos was “far too early for us”.",
        "Anna Novak ridiculed the talks as “the best of all the ways”.",
        "Anna Novak voiced “grave concern over all the talks”.",
        "“The best of all the ways” made them talk, says envoy Anna Novak.",
        "“We agree on all of it,” Anna Novak agreed.",
    ],
)
def test_the_quoted_part_of_a_report_is_its_speaker_s(text: str) -> None:
    assert "Anna Novak" in speakers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Novak said Petr Kos wanted “the best of all the ways”.",
        "Anna Novak repeated Petr Kos's old line “the best of all the ways”.",
        "Anna Novak stressed the need for a bill, which “sets up all the talks”.",
        "Anna Novak got a note saying, “the best of all the ways”.",
        "Anna Novak spoke in “The Long Way Home.” Then she left.",
        "Anna Novak said in “The Long Way Home From Vienna,” her book.",
        "“The best of all the ways” made them talk, said somebody else.",
    ],
)
def test_what_another_wrote_is_not(text: str) -> None:
    assert speakers(text) == []

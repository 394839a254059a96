"""Who said what, and when nobody certain did."""

import time
from datetime import date
from pathlib import Path

import pytest

from digest.model.articles import Quote
from digest.read.marked import LONGEST, marked, quotations
from digest.read.quotes import quotes

LAVROV = "Russian Foreign Minister Sergei Lavrov met the press in Vienna. "
OTHERS = (  # whom a pronoun may mean as well
    "Eva Bartok, Ivo Hus, Ada Hus and Paul Bartok stayed in Graz. "
    "Ten days went by. It rained. Then it did not. "
)


def speakers(text: str, language: str = "en") -> list[str]:
    return [quote.speaker for quote in quotes(text, language=language)]


def only(text: str, *, at: date | None = None, title: str = "", language: str = "en") -> Quote:
    (quote,) = quotes(text, at=at, title=title, language=language)
    return quote


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


def test_a_surname_becomes_the_fullest_name_of_the_article() -> None:
    text = LAVROV + "“The talks will go on next week,” Lavrov said."
    assert only(text) == Quote(64, 97, "Sergei Lavrov", "Foreign Minister", "RU")


def test_a_first_name_becomes_the_full_name_if_nobody_shares_it() -> None:
    assert speakers("Xi Jinping spoke. “The talks will go on next week,” Xi said.") == [
        "Xi Jinping"
    ]


def test_two_people_of_one_surname_are_not_told_apart() -> None:
    text = "Anna Novak and Petr Novak spoke. “The talks will go on next week,” Novak said."
    assert speakers(text) == []


def test_a_middle_initial_is_no_other_person() -> None:
    text = "Anna J. Novak, or Anna Novak. “The talks will go on next week,” Novak said."
    assert speakers(text) == ["Anna J. Novak"]


def test_a_surname_behind_a_title_is_enough() -> None:
    assert speakers("“The talks will go on next week,” Mr. Novak said.") == ["Novak"]


def test_a_name_with_its_owner_s_sign_still_tells_the_full_name() -> None:
    text = "Anna Novak's plan is read. “The talks will go on next week,” Novak said."
    assert speakers(text) == ["Anna Novak"]


def test_somebody_named_may_is_no_month() -> None:
    text = "Theresa May left. “The talks will go on next week,” Mrs May said."
    assert speakers(text) == ["Theresa May"]


def test_a_known_surname_is_the_person_of_the_catalogue() -> None:
    text = "“The talks will go on next week,” Russian Foreign Minister Lavrov said."
    quote = only(text, at=date(2020, 5, 1))
    assert (quote.speaker, quote.role, quote.country) == ("Sergey Lavrov", "Foreign Minister", "RU")


@pytest.mark.parametrize(
    ("name", "role", "country"),
    [
        ("Ukrainian President Anna Novak", "President", "UA"),
        ("former U.S. Secretary of State Anna Novak", "Secretary of State", "US"),
        ("State Department spokeswoman Anna Novak", "State Department spokeswoman", "US"),
        ("White House press secretary Anna Novak", "White House press secretary", "US"),
        ("Deputy Prime Minister Anna Novak", "Deputy Prime Minister", None),
        ("New York Mayor Anna Novak", "New York Mayor", None),
        ("Sen. Anna Novak", "Sen.", None),
        ("a ban on Huawei and ZTE. Sen. Anna Novak", "Sen.", None),
        ("Mrs. Anna Novak", None, None),
        ("the bloc's spokesman. Anna Novak", None, None),
        ("the visitor Anna Novak", None, None),
    ],
)
def test_the_office_before_a_name_is_read(name: str, role: str | None, country: str | None) -> None:
    text = f"Yesterday came {name}. “The talks will go on next week,” Novak said."
    quote = only(text)
    assert (quote.role, quote.country) == (role, country)


@pytest.mark.parametrize(
    ("apposition", "role", "country"),
    [
        ("the Ukrainian foreign minister,", "foreign minister", "UA"),
        ("president of Ukraine,", "president of Ukraine", "UA"),
        ("Ukraine's chief negotiator,", "chief negotiator", "UA"),
        ("45, a spokeswoman for the bloc,", "spokeswoman for the bloc", None),
        ("who is also an envoy who travels,", "envoy", None),
        ("minister for trade with Ukraine,", "minister for trade with Ukraine", None),
        ("who came from a far country,", None, None),
        ("a tall woman from the north,", None, None),
        ("a very tall lady in green,", None, None),
        ("an elderly calm quiet happy famous lady here,", None, None),
        ("President Petr Kos and others,", None, None),
    ],
)
def test_the_office_behind_a_name_is_read(
    apposition: str, role: str | None, country: str | None
) -> None:
    text = (
        f"Here came Anna Novak, {apposition} at noon. “The talks will go on next week,” Novak said."
    )
    quote = only(text)
    assert (quote.role, quote.country) == (role, country)


def test_a_dateline_is_no_country_of_an_office() -> None:
    text = "VIENNA, Austria – President Anna Novak said: “The talks will go on next week.”"
    assert only(text).country is None


def test_the_catalogue_knows_the_office_of_the_day() -> None:
    text = "“The talks will go on next week,” Angela Merkel said."
    quote = only(text, at=date(2015, 5, 1))
    assert (quote.role, quote.country) == ("Chancellor", "DE")


def test_a_namesake_has_no_office_of_the_catalogue() -> None:
    text = "Angela Merkel left. “The talks will go on next week,” Petr Merkel said."
    assert only(text, at=date(2015, 5, 1)).role is None


def test_a_house_that_speaks_is_its_own_speaker() -> None:
    quote = only("“The talks will go on next week,” the White House said. “We shall see.”")
    assert (quote.speaker, quote.role, quote.country) == ("White House", None, "US")
    assert speakers("“The talks will go on next week,” said the Kremlin.") == ["Kremlin"]


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on,” the White House said. “We shall see about all that.”",
        "“The talks will go on,” the White House said.\n\n“We shall see about all that,” it said.",
        "“The talks will go on,” the White House said. It added: “We shall see about all that.”",
        "“The talks will go on,” the White House said. “We shall see all that,” the statement added.",
    ],
)
def test_a_body_goes_on_as_it(text: str) -> None:
    assert speakers(text) == ["White House"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on,” the White House said. “We shall see about all that,” he said.",
        "“The talks will go on,” the White House said. “We shall see all that,” the council said.",
        "“The talks will go on,” Anna Novak said. “We shall see about all that,” it said.",
        "“The talks will go on,” the White House said. Rain fell on it. “We shall see all that,” it said.",
    ],
)
def test_nobody_else_goes_on_so(text: str) -> None:
    assert len(speakers(text)) == 1


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("The Office for Budget Responsibility (OBR) met", "Office for Budget Responsibility"),
        (
            "The Office for the Budget and Responsibility met",
            "Office for the Budget and Responsibility",
        ),
        ("The old bureau (OBR) met", "OBR"),
    ],
)
def test_an_acronym_is_written_out_as_the_article_has_it(before: str, speaker: str) -> None:
    assert speakers(f"{before}. “The talks will go on next week,” the OBR said.") == [speaker]


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


def test_a_title_before_a_surname_tells_a_couple_apart() -> None:
    text = "Anna Novak and Paul Novak came. “All of the sides agree on it,” {} Novak said."
    assert speakers(text.format("Mr")) == ["Paul Novak"]
    assert speakers(text.format("Mrs")) == ["Anna Novak"]
    assert speakers(text.format("Judge")) == []


def test_a_single_name_is_enough_with_an_age_or_a_trade() -> None:
    assert speakers("“All of the sides agree on it,” said Anna, 45, in Vienna.") == ["Anna"]
    assert speakers("“All of the sides agree on it,” Anna, a baker of bread, said.") == ["Anna"]
    assert speakers("“All of the sides agree on it,” Anna, it seems, said.") == []
    assert speakers("Showrunner, 45, adds that all will be: “All of the sides agree on it.”") == []
    assert speakers("Petr, 13, and Anna, 45, said: “All of the sides agree on it.”") == []


def test_a_title_tells_the_full_name() -> None:
    text = "“All of the sides agree on it,” Novak said."
    assert only(text, title="Anna Novak speaks out").speaker == "Anna Novak"
    assert quotes(text, title="Novak speaks out") == ()
    assert quotes(text, title="Anna Novak and Petr Novak speak") == ()
    assert quotes(text, title="Anna Novak's brother speaks out") == ()
    assert quotes(text, title="ANNA NOVAK Speaks Out In Vienna On Talks") == ()
    assert quotes("Anna Novak's sister left. " + text, title="Petr Novak speaks") == ()
    assert quotes("Petr Novak left. " + text, title="Anna Novak speaks")[0].speaker == "Petr Novak"


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Sen. Anna Novak (R-Idaho) met them.", ["Anna Novak"]),
        ("Idaho Republican Anna Novak met them.", ["Anna Novak"]),
        ("Sen. Anna Novak (D-Idaho) met them.", []),
        ("Sen. Anna Novak met them.", []),
        ("Sen. Anna Novak (D-Idaho) left. Republican Anna Novak met them.", []),
    ],
)
def test_a_party_stands_for_its_member(before: str, speaker: list[str]) -> None:
    text = f"{before} “All of the sides agree on it,” the Idaho Republican said."
    assert speakers(text) == speaker


def test_an_acronym_needs_no_article_where_it_is_spelt() -> None:
    text = "The Old Road Board left. “All of the sides agree on it,” {} said."
    assert speakers(text.format("ORB")) == ["Old Road Board"]
    assert speakers(text.format("OTB")) == []


def test_a_short_given_name_is_no_other_person() -> None:
    text = "Rudolph W. Novak left. Rudy Novak came. “All of the sides agree on it,” Novak said."
    assert speakers(text) == ["Rudolph W. Novak"]


def test_an_ordinal_ends_a_name() -> None:
    assert speakers("“All of the sides agree on it,” said Paul Novak II, 27.") == ["Paul Novak II"]


def test_an_office_is_known_in_short() -> None:
    text = (
        "Texas Gov. Anna Novak met them. “All of the sides agree on it,” said the Texas governor."
    )
    assert speakers(text) == ["Anna Novak"]


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


@pytest.mark.parametrize(
    ("attribution", "speaker", "country"),
    [
        ("NATO said", "NATO", None),
        ("said the European Commission", "European Commission", "EU"),
        ("the Russian foreign ministry said", "Russian foreign ministry", "RU"),
        ("Russia's foreign ministry said", "Russia's foreign ministry", "RU"),
        ("said the Russian Foreign Ministry", "Russian Foreign Ministry", "RU"),
        ("Human Rights Watch said", "Human Rights Watch", None),
        (
            "said the U.S. International Trade Commission",
            "U.S. International Trade Commission",
            "US",
        ),
        (
            "the Department of Health and Human Services said",
            "Department of Health and Human Services",
            None,
        ),
        ("the Office of the High Representative said", "Office of the High Representative", None),
        ("the NRA said in a statement", "NRA", None),
        ("said UNESCO", "UNESCO", None),
        ("the Fed said", "Fed", None),
        ("Islamic Jihad said", "Islamic Jihad", None),
        ("said the Fed", "Fed", None),
        (
            "the nonpartisan Congressional Research Service said",
            "Congressional Research Service",
            None,
        ),
        ("the Association of Kidney Patients said", "Association of Kidney Patients", None),
    ],
)
def test_a_body_speaks_where_its_name_says_whose_it_is(
    attribution: str, speaker: str, country: str | None
) -> None:
    quote = only(f"“The talks will go on next week,” {attribution}.")
    assert (quote.speaker, quote.role, quote.country) == (speaker, None, country)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "President Obama spoke. “All of the sides agree,” Mr Obama said. Michelle Obama left.",
            "Barack Obama",
        ),
        (
            "Barack Obama came with Michelle Obama. “All of the sides agree,” Obama said.",
            "Barack Obama",
        ),
        (
            "President Obama spoke. Michelle Obama came. “All the sides do agree,” Mrs Obama said.",
            "Michelle Obama",
        ),
        ("“All of the sides agree on it,” said Bill Richardson.", "Bill Richardson"),
        ("“All of the sides agree on it,” said Park Geun-hye.", "Park Geun-hye"),
        ("“All of the sides agree on it,” said CNET Anna Novak.", "Anna Novak"),
        ("“All of the sides agree on it,” said Michigan Republican Anna Novak.", "Anna Novak"),
        (
            "Donald John TrumpGOP left. “All of the sides agree on it,” said Anna Novak.",
            "Anna Novak",
        ),
        ("“All of the sides agree on it,” Megyn Kelly said.", "Megyn Kelly"),
    ],
)
def test_the_name_is_the_speaker_s_and_nothing_more(text: str, speaker: str) -> None:
    assert only(text, at=date(2012, 5, 1)).speaker == speaker


def test_a_bare_surname_of_an_office_holder_s_relative_is_nobody_s() -> None:
    text = "President Obama spoke. Michelle Obama left. “All of the sides agree on it,” Obama said."
    assert quotes(text, at=date(2012, 5, 1)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Minister Anna Novak came late. “All of the sides agree on it,” the minister said.",
        "Minister Anna Novak came late. “All of the sides agree on it,” said the minister.",
        "Minister Anna Novak said it was “late”. “All of the sides agree on it,” the minister said.",
    ],
)
def test_a_role_means_the_subject_before_who_holds_it(text: str) -> None:
    assert set(speakers(text)) == {"Anna Novak"}


@pytest.mark.parametrize(
    "text",
    [
        "Minister Anna Novak came late. “All of the sides agree on it,” the mayor said.",
        "Minister Anna Novak said it was “late”. “All of the sides agree on it,” the mayor said.",
        "Minister Anna Novak came. As Petr Kos left the minister said: “All of the sides agree on it.”",
    ],
)
def test_a_role_means_nobody_else(text: str) -> None:
    assert speakers(text) == []


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
    ],
)
def test_a_pronoun_counts_where_one_person_alone_can_be_meant(text: str) -> None:
    assert set(speakers(text)) == {"Anna Novak"}


@pytest.mark.parametrize(
    "text",
    [
        "Anna Novak met Petr Kos. “All of the sides agree on it,” he said.",
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
    ("text", "speaker"),
    [
        ("“The talks will go on next week,” said Rep. Anna King.", "Anna King"),
        (
            "“The talks will go on next week,” said Ways and Means Committee Chairman Anna King.",
            "Anna King",
        ),
        (
            "“The talks will go on next week,” said Sen. Anna Gray Anna Maria Gray Overnight Budget.",
            "Anna Gray",
        ),
        (
            "“The talks will go on next week,” said Sen. Anna Gray Anna (Anna) Maria Gray MORE.",
            "Anna Gray",
        ),
        ("WATCH NOW Anna Gray came. “The talks will go on next week,” Gray said.", "Anna Gray"),
        (
            "Watching Anna Gray is hard. “The talks will go on next week,” Gray said.",
            "Anna Gray",
        ),
    ],
)
def test_a_surname_is_no_office_and_furniture_no_surname(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“The talks will go on next week,” said the Saudi King.",
        "“The talks will go on next week,” said the Former King.",
        "“The talks will go on next week,” said King of Vienna.",
    ],
)
def test_a_king_is_no_surname(text: str) -> None:
    assert speakers(text) == []


def test_a_given_name_that_is_a_faith_is_kept() -> None:
    text = "“The talks will go on next week,” said Christian Novak."
    assert speakers(text) == ["Christian Novak"]


def test_a_name_is_known_in_either_case() -> None:
    text = "Louis van Dyck came. “The talks will go on next week,” added Van Dyck."
    assert speakers(text) == ["Louis van Dyck"]


def test_kin_of_the_only_bearer_of_a_name_is_not_the_bearer() -> None:
    text = "Petr Novak's brother came. “The talks will go on next week,” Novak said."
    assert speakers(text) == []


@pytest.mark.parametrize(
    ("day", "speaker"), [(date(2014, 5, 1), ["Barack Obama"]), (date(2020, 5, 1), [])]
)
def test_a_bare_surname_means_who_is_in_office(day: date, speaker: list[str]) -> None:
    text = "“The talks will go on next week,” Obama said."
    assert [quote.speaker for quote in quotes(text, at=day)] == speaker


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


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("It rained. “All of the sides left,” the foreign minister said.", ["Petr Novak"]),
        ("It rained. “All of the sides left,” said the Foreign Minister.", ["Petr Novak"]),
        ("It rained. “All of the sides left,” the minister said.", []),
        ("It rained. “All of the sides left,” the prime minister said.", []),
        ("“All of the sides left early,” the spokesman of many said.", []),
        (
            "It rained. The foreign minister was upset. “All of the sides left,” he said.",
            ["Petr Novak"],
        ),
        ("It rained. The foreign minister was upset. “All of the sides left,” she said.", []),
        ("It rained. The mayor was upset. “All of the sides left early,” he said.", []),
        (
            "Foreign Minister Eva Kos came. It rained. “All left,” the foreign minister said.",
            [],
        ),
    ],
)
def test_an_office_is_its_only_holder_s(text: str, speaker: list[str]) -> None:
    text = text.replace("“All left”", "“All of them left”")
    gone = "Foreign Minister James Novak came. Spokesman Jan Beran left. There was a storm. "
    named = [name.replace("Petr", "James") for name in speaker]
    assert speakers(gone + text) == named


def test_the_catalogue_names_the_holder_of_an_office() -> None:
    text = (
        "Barack Obama came. Somebody left. It rained. “All of the sides left,” the President said."
    )
    assert only(text, at=date(2014, 5, 1)).speaker == "Barack Obama"


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


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("The Rt Hon Anna Novak MP, Foreign Secretary, said:", "Foreign Secretary"),
        ("The Right Honourable Anna Novak MP said:", None),
        ("Anna Novak MEP said:", None),
    ],
)
def test_a_member_of_a_parliament_is_called_by_name(before: str, role: str | None) -> None:
    (quote,) = quotes(f"{before} “All of the sides left today.”")
    assert (quote.speaker, quote.role) == ("Anna Novak", role)


def test_a_role_is_taken_up_over_a_pronoun() -> None:
    text = "Minister James Novak came. He saw it. “All of the sides left,” the minister said."
    assert speakers(text) == ["James Novak"]


def test_nobody_is_taken_up_behind_a_quotation_of_nobody() -> None:
    text = "Anna Novak came. “We all go home now.” “All of the sides left,” she said."
    assert speakers(OTHERS + text) == []


def test_an_office_is_asked_for_twice() -> None:
    said = "Petr Kos left. “All of the sides left,” the foreign minister said. "
    assert speakers("Foreign Minister James Novak came. " + said + said) == ["James Novak"] * 2

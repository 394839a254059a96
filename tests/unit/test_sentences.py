"""Where sentences end, and where they only seem to."""

import pytest

from digest.model import Span
from digest.read.sentences import sentences, split

# One string a case: " | " stands where a sentence ends.
ENGLISH = [
    "The U.S. said on Feb. 10 that Mr. Okafor left. | It did not elaborate.",
    "He met J. F. Linden in Washington, D.C. | The talks lasted 3.5 hours.",
    "Officials met at 5 p.m. | The talks ended late.",
    "U.S. Ambassador Hale spoke. | U.S. officials agreed.",
    "The treaty (signed in Vienna on Jan. 3) expires. | Nobody mourns it.",
    'She said "no." | The minister left.',
    "“Yes or no?” Hale asked. | Nobody answered.",
    '"It is not easy. We are talking," the envoy told a newspaper. | Talks go on.',
    "They spoke of “facts on the ground.” | Nothing followed.",
    "See www.un.org for more. | The site is slow.",
    "It was dropped in committee. | Then it came back.",
    "Talks are going on… there is a way. | They go on… | But not fast.",
    "It was a hit! | Everyone left? | Yes.",
    "Gen. Ruiz and Col. Abbas met Sen. Gray. | Nobody else came.",
    "Acme Corp. of Ohio and Bolt Inc. merged. | Shares fell.",
    "Resolution No. 242 was cited. | It is old.",
    "Some 40 tons, i.e. two trucks, crossed. | More will follow.",
    "Dr. A. Weiss, Ph.D. of Basel, spoke. | Few came.",
    "The West (the U.S. and the U.K.) agreed. | Russia did not.",
    "“We wait. We hope.” | The hall was silent.",
    "An open “quotation that never ends. | It must not swallow the rest.",
    "He was born in St. Gallen. | He lives in Ft. Worth.",
    "Prime Minister Lee Jr. resigned. | A vote follows.",
    "Prices rose 2.5 percent vs. 1.9 a year ago. | Wages did not.",
    "The plan – drafted in Geneva – failed. | It had no friends.",
    "Is it peace?! | Nobody knows.",
    "The accord [text here.] holds. | So far.",
    "World War I ended. | World War II began.",
    "The vote was 9-2 in Sept. 2019. | No other followed.",
    "A. Novak wrote it. | B. Horvat signed it.",
]
OTHERS = {
    "ru": [
        "Он сказал: «Мы готовы. Ждем». | Затем уехал.",
        "В 2024 г. подписано соглашение. | Оно действует.",
        "Г-н Иванов и проф. Петров прибыли. | Встреча началась.",
        "Помощь составила 5 млн руб. в год. | Этого мало.",
        "А. С. Орлов не ответил. | Он молчал.",
    ],
    "uk": [
        "Він сказав: «Ми готові. Чекаємо». | Потім поїхав.",
        "Допомога становить 5 млн грн на рік. | Цього мало.",
        "Проф. Коваль прибув. | Зустріч почалася.",
    ],
    "fr": [
        "M. Dupont a parlé. | Mme Leroy a écouté.",
        "« Nous attendons. Nous espérons », a dit le ministre. | Il est parti.",
        "L'accord de janv. 2020 est caduc. | Rien ne le remplace.",
    ],
    "de": [
        "Am 3. Oktober kam er, z.B. nach Bonn. | Er blieb.",
        "„Wir warten. Wir hoffen“, sagte Dr. Weber. | Dann ging er.",
        "Das Treffen am 12. Mai endete. | Es war kurz.",
    ],
    "es": [
        "El Sr. Ruiz llegó a EE.UU. con retraso. | Nadie lo esperaba.",
        "¿Habrá acuerdo? | ¡Nadie lo sabe!",
    ],
    "tr": ["Dr. Kaya geldi. | Görüşme başladı.", "“Bekliyoruz,” dedi. | Sonra gitti."],
    "ar": ["وصل الوزير. | بدأت المحادثات؟ | نعم."],
    "zh": ["部长抵达。 | 会谈开始！ | 没有结果。"],
}


@pytest.mark.parametrize("case", ENGLISH)
def test_english_sentences_end_where_a_reader_ends_them(case: str) -> None:
    assert parts(case, "en") == case.split(" | ")


@pytest.mark.parametrize(
    ("language", "case"), [(code, case) for code, cases in OTHERS.items() for case in cases]
)
def test_other_languages_have_their_own_abbreviations_and_marks(language: str, case: str) -> None:
    assert parts(case, language) == case.split(" | ")


def test_a_missing_blank_does_not_glue_two_sentences() -> None:
    text = "The end.Next one began."

    assert [text[span.start : span.end] for span in split(text)] == ["The end.", "Next one began."]


def test_empty_text_has_no_sentence() -> None:
    assert split("") == ()
    assert split("  \n ") == ()


def test_offsets_point_into_the_whole_text() -> None:
    text = "Heading\n\nOne ends. Two ends.\n\nThree ends."
    found = sentences(text, [Span(9, 28), Span(30, 41)], "en")

    assert [text[span.start : span.end] for span in found] == ["One ends.", "Two ends.", "Three ends."]


def test_sentences_hold_every_character_but_white_space() -> None:
    text = "  «A. B.» (c) d! 'E'? \t F… g. H"
    joined = "".join(text[span.start : span.end] for span in split(text))

    assert joined.replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize(
    "hostile", ["a" * 50_000, '"a. ' * 12_000, "A." * 25_000, ". " * 25_000, "“" * 50_000, "!?" * 25_000]
)
def test_hostile_text_keeps_every_character(hostile: str) -> None:
    assert sum(span.end - span.start for span in split(hostile)) >= len(hostile.replace(" ", "")) - 1


def parts(case: str, language: str) -> list[str]:
    text = case.replace(" | ", "" if language == "zh" else " ")
    return [text[span.start : span.end] for span in split(text, language)]

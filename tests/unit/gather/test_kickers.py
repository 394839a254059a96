"""What is glued to the first paragraph: kickers, datelines, agencies."""

import pytest

from digest.gather.lines.kickers import open_paragraph

FIRST = "The two foreign ministers met in the harbour town on Monday and spoke for three hours about pilots."


@pytest.mark.parametrize(
    ("line", "kicker", "dateline", "text"),
    [
        ("WAR-REPORT : The talks go on.", "WAR-REPORT", None, "The talks go on."),
        ("EXCLUSIVE — The talks go on.", "EXCLUSIVE", None, "The talks go on."),
        ("BREAKING: MOSCOW — The talks go on.", "BREAKING", "MOSCOW", "The talks go on."),
        ("Moscow: The talks go on.", None, "Moscow", "The talks go on."),
        ("MOSCOW, Feb 10 (Reuters) — The talks go on.", None, "MOSCOW", "The talks go on."),
        ("SEOUL, Dec. 12 (Yonhap) -- The talks go on.", None, "SEOUL", "The talks go on."),
        ("OSMUND, Arvania (AP) — The talks go on.", None, "OSMUND, Arvania", "The talks go on."),
        ("Kyiv – The talks go on.", None, "Kyiv", "The talks go on."),
        (
            "GINEBRA (EFE).- Siguen las conversaciones.",
            None,
            "GINEBRA",
            "Siguen las conversaciones.",
        ),
        ("МОСКВА, 10 фев - РИА Новости. Переговоры идут.", None, "МОСКВА", "Переговоры идут."),
        ("МОСКВА, 10 февраля. /ТАСС/. Переговоры идут.", None, "МОСКВА", "Переговоры идут."),
        ("ПЕКИН, 10 фев /Синьхуа/ -- Переговоры идут.", None, "ПЕКИН", "Переговоры идут."),
        ("Москва. 10 февраля. INTERFAX.RU - Переговоры идут.", None, "Москва", "Переговоры идут."),
        ("MOSCOW, May 21. /TASS/. The talks go on.", None, "MOSCOW", "The talks go on."),
        (
            "MOSCOW, May 21, 2025. /TASS Correspondent Ivan Lukin/. The talks go on.",
            None,
            "MOSCOW",
            "The talks go on.",
        ),
        ("МОСКВА, 10 ноября. ТАСС. Переговоры идут.", None, "МОСКВА", "Переговоры идут."),
        ("МОСКВА, 10 ноя — РИА Новости. Переговоры идут.", None, "МОСКВА", "Переговоры идут."),
        (
            "МОСКВА, 10 сен - РИА Новости, Иван Лукин. Переговоры идут.",
            None,
            "МОСКВА",
            "Переговоры идут.",
        ),
        ("OSMUND: The talks go on till Sunday.", None, "OSMUND", "The talks go on till Sunday."),
        ("(ANSA) - ROME, NOV 12 - The talks go on.", None, "ROME", "The talks go on."),
        ("[Mercury] The talks go on.", None, None, "The talks go on."),
        ("Moscow, Russia: The talks go on.", None, "Moscow, Russia", "The talks go on."),
        (
            "Washington, DC, United States: The talks go on.",
            None,
            "Washington, DC, United States",
            "The talks go on.",
        ),
        ("[Radio Mercury] Khartoum -- The talks go on.", None, "Khartoum", "The talks go on."),
        ("[Mercury of Osmund] Khartoum — “We go on.”", None, "Khartoum", "“We go on.”"),
        ("CAIRO - 12 November 2025: The talks go on.", None, "CAIRO", "The talks go on."),
        ("Mumbai, July 17: The talks go on.", None, "Mumbai", "The talks go on."),
        ("Geneva, 17 July 2025: The talks go on.", None, "Geneva", "The talks go on."),
        ("(Washington, DC) – The talks go on.", None, "Washington, DC", "The talks go on."),
        ("ODESSA, Arvania â\x80\x94 The talks go on.", None, "ODESSA, Arvania", "The talks go on."),
        ("17 July 2025 – The talks go on.", None, None, "The talks go on."),
        ("17 July 2025 | The talks go on.", None, None, "The talks go on."),
        ("(Reuters) - The talks go on.", None, None, "The talks go on."),
        ("Osmund, Arvania (CNN) The talks go on.", None, "Osmund, Arvania", "The talks go on."),
    ],
)
def test_what_is_glued_before_the_first_paragraph_is_peeled_off(
    line: str, kicker: str | None, dateline: str | None, text: str
) -> None:
    opening = open_paragraph(line)
    assert (opening.kicker, opening.dateline, opening.text) == (kicker, dateline, text)
    assert opening.cut is not None and f"{opening.cut} {text}" == line


def test_a_hyphen_may_touch_the_first_word_behind_an_agency() -> None:
    opening = open_paragraph("LONDON (Reuters) -The talks go on.")
    assert (opening.dateline, opening.text) == ("LONDON", "The talks go on.")


def test_thousands_of_kickers_are_no_kickers() -> None:
    opening = open_paragraph("Exclusive: " * 5_000 + FIRST)
    assert (opening.kicker, opening.text.endswith(FIRST)) == ("Exclusive", True)


@pytest.mark.parametrize(
    "line",
    [
        "Osmund, Quay 9. /North side/. It is shut.",
        "NATO: The allies meet.",
        "NATO: The allies meet on Monday.",
        "OSMUND: The talks go on.",
        "VOGT: The harbour opens on Monday, and we are glad.",
        "Brandt: The harbour stays shut.",
        "Brandt — a veteran — said so.",
        "Iran - which denies it - said so.",
        "Russia, China and Iran — the three of them — said so.",
        "The old harbour of the northern town — a ruin — is sold.",
        "Kyiv, once rich — now poor — pays.",
        "The ruling party (AP) Tuesday left the talks.",
        "Geneva, 40 ministers: The talks go on.",
        "Osmund, July 17: The talks go on.",
        "17 July 2025 was the day of the talks.",
        "[Novak] was heard by the council.",
        "Moscow, Kyiv: The talks go on.",
        "Moscow, the capital: The talks go on.",
        "Arvania, Lakeland: The talks go on.",
        "[The] Council of Osmund met.",
        "17 Drachm 2025 – The talks go on.",
        FIRST,
    ],
)
def test_a_sentence_with_colon_or_dash_is_left_whole(line: str) -> None:
    assert open_paragraph(line).text == line

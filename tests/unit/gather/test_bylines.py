"""Who wrote an article."""

import pytest

from digest.gather.lines.bylines import authors_of, byline_of


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Nora Feld", "Nora Feld"),
        ("By Nora Feld 'Bell': Chief Editor", "Nora Feld 'Bell'"),
        ("By Nora Feld and Tom Ark | Reuters", "Nora Feld and Tom Ark"),
        ("By Nora Feld, Diplomatic Correspondent", "Nora Feld"),
        ("By Nora Feld in Geneva", "Nora Feld"),
        ("By Tom Ark Jr.", "Tom Ark Jr."),
        ("Von Anna Müller, Berlin", "Anna Müller"),
        ("Par Hélène de la Tour", "Hélène de la Tour"),
        ("Автор: Ирина Соколова", "Ирина Соколова"),
        ("Haber: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("Nora Feld with AFP, dpa", "Nora Feld"),
        ("Nora Feld and agencies", "Nora Feld"),
        ("Nora Feld, Political Editor", "Nora Feld"),
        ("Reuters and AFP", None),
        ("The envoys, a reporter", None),
        ("By Monday", None),
        ("By the time he left", None),
        ("Von der Leyen besucht den Hafen", None),
        ("By Nora Feld.", None),
        ("By " + "Nora " * 40, None),
        ("Nora Feld", None),
        ("By 12 Monkeys", None),
    ],
)
def test_a_byline_gives_the_names_alone(line: str, name: str | None) -> None:
    assert byline_of(line) == name


def test_authors_are_named_one_by_one() -> None:
    assert authors_of("Nora Feld, Tom Ark and Ayşe Yılmaz") == (
        "Nora Feld",
        "Tom Ark",
        "Ayşe Yılmaz",
    )
    assert authors_of("") == ()

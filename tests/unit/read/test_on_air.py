"""Sentences that say who reports, and not what."""

import pytest

from digest.read.alone.standing import noise_of


@pytest.mark.parametrize(
    "sentence",
    [
        "CBS News' Jan Borg reports from Riga.",
        "FRANCE 24's Jan Borg tells more about the bridge.",
        "Al Jazeera’s Jan Borg reports from the bank of the river.",
        "The BBC's Jan Borg looks at what might come next on the river.",
        "WSJ's Jan P. Borg discusses five bridges to watch.",
        "Anna Novak reports live from Riga on the vote.",
        "Anna Novak talks to former minister Jan Borg about the bridge.",
        "Anna Novak joins CBS News with the latest from Riga.",
        "Anna Novak joins from Riga with more on the vote.",
        'Former envoy Anna Novak joins "The River Hour" to speak of the vote.',
        "Lake correspondent Anna Novak explains what was decided in Riga.",
        "As talks resume, the paper’s diplomatic editor explains what to expect.",
        "Bridge founder Anna Novak discusses how the river is shared.",
        "This week’s episode looks at the talks on the river.",
        "Key takeaways from the talks on the river in Vienna.",
        "This is the mayor of Riga, Jan Borg, responding to the ruling.",
        "JAN BORG: We begin with Riga, which has shut its bridge over the river.",
    ],
)
def test_what_only_announces_who_reports_is_of_the_page(sentence: str) -> None:
    assert noise_of(sentence, "en") == "page"


@pytest.mark.parametrize(
    "sentence",
    [
        "NPR's Jan Borg reports that the bridge over the river is shut.",
        "Human Rights Watch reports on the camps by the river each year.",
        "Amnesty International talks to the envoys about the camps by the river.",
        "Minister Anna Novak joins the envoys in Vienna to speak of the vote.",
        "This is the mayor who shut the bridge, responding to the ruling, the paper said.",
        "This is a city whose mayor, speaking to the envoys, shut the bridge.",
        "The report explains that the bridge of Riga was never shut.",
        "The paper's editor asked the court of Riga for the text of the accord.",
    ],
)
def test_what_somebody_reports_is_news(sentence: str) -> None:
    assert noise_of(sentence, "en") is None

"""Sentences that are one of a series which the sentence before begins."""

import pytest

from digest.read.alone.standing import is_dangling
from digest.read.alone.strangers import lone_names


@pytest.mark.parametrize(
    "sentence",
    [
        "Two men then approached the palace, armed with black handguns.",
        "Minister Novak was then presented with a map of the river.",
        "The accord was thus signed in the palace of Riga on Monday.",
        "The fighting itself left four dead and twelve wounded, the ministry said.",
        "A third is a drawing of the palace of Riga on the river.",
        "Two other weapons that were found in the palace were handguns.",
        "In both cases, the envoys were held up on the bridge of Riga.",
        "Despite all that, Minister Novak is unlikely to sign the accord.",
        "The rest of her sizable estate is to be split between three children.",
        "Hours later, the envoys left the palace of Riga by the bridge.",
        "Less than two weeks later Minister Novak signed the accord in Riga.",
        "A day earlier, the council of Lakeland had closed the bridge.",
        "“Years later, Minister Novak signed it,” the ministry of Lakeland said.",
        "That evening, Minister Novak met the envoys in the palace of Riga.",
        "On the same day, the council of Lakeland closed the bridge.",
        "Earlier in the day, Minister Novak met the envoys in the palace of Riga.",
        "The following month, Minister Novak met the envoys in the palace of Riga.",
        "Shortly afterwards, the council of Lakeland closed the bridge.",
        "Ever since, Minister Novak has refused to open the bridge of Riga.",
        "Police at the scene recovered the equipment he was using on the bridge.",
        "Prosecutors argued that he made up the story to avoid the court.",
    ],
)
def test_what_a_sentence_before_begins_is_not_told_without_it(sentence: str) -> None:
    assert is_dangling(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "Minister Novak left the palace and then signed the accord in Riga.",
        "Envoys who then met in Riga have signed the accord of the palace.",
        "Nine states, and therefore the council, are in favour of the bridge.",
        "The public distress manifests itself across a range of issues in Riga.",
        "A third of the envoys is still in the palace of Riga.",
        "Two other buildings besides the palace were set on fire in Riga.",
        "In all cases, the responsibility rests with the ministry of Lakeland.",
        "For all that divides the two ministers, both will sign the accord.",
        "The opinions of his family are critical, as Minister Novak has made no secret of it.",
        "A day earlier than planned, the envoys left the palace of Riga.",
        "Hours later this evening the envoys will leave the palace of Riga.",
        "Earlier in the war, Lakeland closed its bridges to the envoys of Riga.",
        "Ever since the war, Minister Novak has refused to open the bridge of Riga.",
        "Soon after the war, Minister Novak opened the bridge of Riga.",
        "Two hours before the vote, the envoys left the palace of Riga.",
        "On the same day that Minister Novak signed the accord, the bridge fell.",
        "Police in Riga have detained a monk and his nephew for the fire.",
        "Police say Novak left the bridge before he was seen in Riga.",
    ],
)
def test_what_begins_a_series_itself_is_told(sentence: str) -> None:
    assert not is_dangling(sentence, "en")


def test_a_surname_alone_may_stand_behind_now() -> None:
    assert lone_names("Now Novak and his guests are in Riga.") == ("Novak",)

"""Titles that promise news and do not tell it."""

import pytest

from digest.read.teasing import teases


@pytest.mark.parametrize(
    "title",
    [
        "Will the envoys meet again?",
        "«Кто возглавит переговоры?»",
        "Why the envoys left the palace",
        "The river talks: what we know",
        "Three strong reasons to meet again",
        "Talks on the river: 7 takeaways",
        "This map is bad news for the envoys",
        "Video: envoys leave the palace",
        "Talks on the river, as it happened",
        "Talks on the river – live updates",
        "Talks on the river – the day’s events",
        "Envoys leave the palace – live",
        "River talks live: envoys leave the palace",
        "River talks LIVE | Envoys leave the palace",
        "Envoys leave the palace (VIDEO)",
        "[WATCH] Envoys leave the palace",
        "Envoys leave the palace – in pictures",
        "Video. Envoys leave the palace",
        "PODCAST: Envoys leave the palace",
        "River briefing: envoys leave the palace",
        "Everything you need to know about the river talks",
        "The river talks: list of key events, day 12",
        "World news in brief: river, lake, harbour",
        "See the count of votes on the river",
        "Watch the envoys leave the palace",
        "Envoys leave the palace for...",
    ],
)
def test_a_title_that_tells_nothing_teases(title: str) -> None:
    assert teases(title)


@pytest.mark.parametrize(
    "title",
    [
        "Envoys meet again in Riga",
        "Three envoys meet in Riga",
        "Envoys ask who shall lead the talks",
        "Whoever leads the talks, Riga stays away",
        "Live ammunition found near the river",
        "10 states sign the accord",
        "WHO declares the outbreak over",
        "Envoys will talk live on Sunday",
        "River police watch the palace",
        "See of Riga sends an envoy",
        "Photo of the minister angers Riga",
        "Envoys leave the river video conference",
        "",
    ],
)
def test_a_title_that_tells_does_not(title: str) -> None:
    assert not teases(title)

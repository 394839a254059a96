"""When an article was published or changed, and lines that also say who wrote it."""

import pytest

from digest.gather.lines.meta import split_meta
from digest.gather.lines.stamps import Stamp, stamps_of


@pytest.mark.parametrize(
    ("line", "stamps"),
    [
        ("Updated: Sunday, November 09, 2025, 05:32 PM IST", ["modified"]),
        ("Published: Feb 9, 2026 10:00 | Updated: Feb 10, 2026 12:00", ["published", "modified"]),
        ("Publié le 9 février 2026 à 10h00 - Mis à jour le 10 février 2026", ["published", "modified"]),
        ("Veröffentlicht am 10. Februar 2026, 14:05 Uhr", ["published"]),
        ("Yayınlanma: 10 Şubat 2026 14:05 Güncelleme: 10 Şubat 2026 15:00", ["published", "modified"]),
        ("Дата публікації: 10.02.2026 14:05", ["published"]),
        ("Date de publication : 10 février 2026", ["published"]),
        ("Last modified on 2026-02-10T14:05:00Z", ["modified"]),
        ("Updated 2 hours ago", ["modified"]),
        ("10.02.2026, 14:05", ["published"]),
        ("Feb. 10, 2026 / 2:05 PM EST", ["published"]),
        ("Published in 2024, the report names nobody.", []),
        ("Update 3: Minister denies", []),
        ("Agenda 2030", []),
        ("14:05 +02:00", []),
        ("No number", []),
        ("1 " * 100, []),
        (" | 5", []),
    ],
)  # fmt: skip
def test_a_stamp_is_a_line_of_dates_and_nothing_else(line: str, stamps: list[str]) -> None:
    assert [stamp.kind for stamp in stamps_of(line)] == stamps


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Last updated 23 August 2025 — See all updates", ["23 August 2025"]),
        ("12.11.2025, 17:03 Uhr Lesezeit: 3 Min.", ["12.11.2025, 17:03"]),
        ("12 November 2025 - 4 min read", ["12 November 2025"]),
        ("Published - May 12, 2025 10:03 pm IST - NEW DELHI", ["May 12, 2025 10:03 pm IST"]),
        ("Published May 2 2025 1:02 PM ESTUpdated May 3 2025", ["May 2 2025 1:02 PM EST", "May 3 2025"]),
    ],
)  # fmt: skip
def test_what_stands_behind_a_stamp_does_not_hide_it(line: str, words: list[str]) -> None:
    found = split_meta(line)
    assert found is not None and [stamp.words for stamp in found[1]] == words
    assert split_meta("Talks since 2025 - SEE BELOW") is None


def test_a_line_may_hold_byline_agency_and_stamp() -> None:
    stamp = Stamp("published", "10 February 2026")
    for line in (
        "By Nora Feld | Reuters | 10 February 2026",
        "By Nora Feld 10 February 2026",
        "Published 10 February 2026 By Nora Feld",
    ):
        assert split_meta(line) == ("Nora Feld", (stamp,))
    assert split_meta("By Nora Feld | A long sentence ended here by a full stop.") is None
    assert split_meta("x" * 200) is None

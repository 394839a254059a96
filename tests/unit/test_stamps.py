"""When an article was published or changed, and lines that also say who wrote it."""

import pytest

from digest.gather.meta import split_meta
from digest.gather.stamps import Stamp, stamps_of


@pytest.mark.parametrize(
    ("line", "stamps"),
    [
        ("Updated: Sunday, November 09, 2025, 05:32 PM IST", ["modified"]),
        ("Published: Feb 9, 2026 10:00 | Updated: Feb 10, 2026 12:00", ["published", "modified"]),
        ("Publié le 9 février 2026 à 10h00 - Mis à jour le 10 février 2026", ["published", "modified"]),
        ("Veröffentlicht am 10. Februar 2026, 14:05 Uhr", ["published"]),
        ("Yayınlanma: 10 Şubat 2026 14:05 Güncelleme: 10 Şubat 2026 15:00", ["published", "modified"]),
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

"""Tables are read anew, all or none."""

from pathlib import Path

import pytest

from bot.commands import names
from bot.intake.reread import check, drop_caches, reread
from bot.talk import locations, near, spans
from digest.errors import InputError
from digest.read.about import gazetteer
from seeds import catalogue


def test_what_was_read_is_read_again() -> None:
    before, states = catalogue.people(), gazetteer.states()
    numbers, called = spans._numbers(), names._by_name()
    assert catalogue.people() is before
    assert reread() > 20
    assert catalogue.people() is not before
    assert catalogue.people() == before
    assert gazetteer.states() is not states
    assert spans._numbers() is not numbers
    assert names._by_name() is not called


def test_what_is_made_of_tables_for_slips_and_cities_is_made_again() -> None:
    followable, capitals = near._followable(), locations._capitals()
    reread()
    assert near._followable() is not followable
    assert locations._capitals() is not capitals


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "fine.toml").write_text("a = 1")
    (tmp_path / "topics" / "notes.txt").write_text("no table")
    assert check(tmp_path) == 1
    (tmp_path / "topics" / "broken.toml").write_text("a = ")
    with pytest.raises(InputError, match=r"broken\.toml cannot be read, so nothing was changed"):
        check(tmp_path)


def test_a_table_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("a = 'é'".encode("latin-1"))
    with pytest.raises(InputError, match=r"latin\.toml"):
        check(tmp_path)


def test_a_malformed_phrase_is_named_and_its_table(tmp_path: Path) -> None:
    (tmp_path / "lines.toml").write_text('[en]\nbegins = "read {more"')
    with pytest.raises(
        InputError, match=r"lines\.toml cannot be read.*in \[en\], begins,.*“read {more”"
    ):
        check(tmp_path)


@pytest.mark.parametrize(
    ("table", "trouble"),
    [
        ('said = "says"\n[en]\n', "“said” stands above the first language"),
        ('[en]\nverbs = ["said"]', r"in \[en\], verbs is no text"),
    ],
)
def test_a_list_of_words_that_is_none_is_named(tmp_path: Path, table: str, trouble: str) -> None:
    (tmp_path / "reporting.toml").write_text(table, encoding="utf-8")
    with pytest.raises(InputError, match=rf"reporting\.toml cannot be read.*{trouble}"):
        check(tmp_path)


def test_forgetting_twice_does_no_harm() -> None:
    drop_caches()
    drop_caches()
    assert gazetteer.states()

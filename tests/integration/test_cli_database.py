"""The database by command: made, moved, copied, checked, and left alone."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.upkeep import upkeep
from tests.command_line import SEEN, Attache, is_sentence, on_a_file

pytestmark = pytest.mark.usefixtures("loggers_as_before")


@on_a_file
def test_a_database_is_made_checked_and_copied(attache: Attache, tmp_path: Path) -> None:
    assert attache("db", "upgrade").out == "the database is up to date\n"
    assert attache("db", "check").out == "the database is sound\n"
    assert attache("db", "backup", "copy.db").out == "copied to copy.db\n"

    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM article").fetchone() == (0,)


def test_everything_in_a_file_is_moved_to_a_server_only(attache: Attache, folder: Path) -> None:
    target = os.environ["ATTACHE_DATABASE_URL"]
    os.environ["ATTACHE_DATABASE_URL"] = source = "sqlite+aiosqlite:///old.db"
    attache("ingest", folder, *SEEN)
    stored = attache("articles", "--json").json

    result = attache("db", "move", source, target)

    os.environ["ATTACHE_DATABASE_URL"] = target
    if target.startswith("sqlite"):
        assert result.code == 2
        assert is_sentence(result.err)
    else:
        assert result.out == "6 rows moved, equal by count and checksum in each table\n"
        assert "article: 2 of 2\n" in result.err
        assert attache("articles", "--json").json == stored


@on_a_file
def test_a_copy_never_takes_the_place_of_the_database(attache: Attache) -> None:
    attache("db", "upgrade")

    result = attache("db", "backup", "attache.db")

    assert result.code == 2
    assert is_sentence(result.err)


def test_a_copy_that_cannot_be_written_is_named(attache: Attache) -> None:
    attache("db", "upgrade")

    result = attache("db", "backup", "no/folder/copy.db")

    assert result.code == 1
    assert "no/folder/copy.db" in result.err
    assert "attache.db" not in result.err
    assert is_sentence(result.err)


@on_a_file
def test_a_damaged_database_is_not_called_sound(attache: Attache, tmp_path: Path) -> None:
    attache("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("INSERT INTO shown (chat, thread, showing_id) VALUES (1, 0, 99)")
        database.commit()

    result = attache("db", "check")

    assert result.code == 1
    assert "the database is damaged: " in result.err
    assert is_sentence(result.err)
    assert "FAIL  database: the database is damaged" in attache("doctor").out


@on_a_file
def test_a_database_in_use_is_not_called_damaged(
    attache: Attache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attache("db", "upgrade")
    monkeypatch.setattr(upkeep, "BUSY_MS", 50)
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        database.execute("BEGIN IMMEDIATE")
        result = attache("db", "check")

    assert result.code == 1
    assert result.err.endswith("is in use by another program; stop it or try again\n")


@on_a_file
def test_a_database_from_the_future_is_left_alone(attache: Attache, tmp_path: Path) -> None:
    attache("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    result = attache("articles")

    assert (result.code, result.out) == (1, "")
    assert "newer attache" in result.err
    assert is_sentence(result.err)
    assert "FAIL  database: a newer attache made it (revision 9999)" in attache("doctor").out


@on_a_file
def test_a_file_that_is_no_database_is_left_alone(attache: Attache, tmp_path: Path) -> None:
    (tmp_path / "attache.db").write_text("My memoirs. " * 1000)

    for words in (("articles",), ("db", "upgrade"), ("db", "check"), ("digest",)):
        result = attache(*words)
        assert result.code == 1
        assert "is no SQLite database" in result.err
        assert is_sentence(result.err)
    assert (tmp_path / "attache.db").read_text() == "My memoirs. " * 1000


@on_a_file
@pytest.mark.parametrize(
    "words",
    [
        ("articles",),
        ("digest",),
        ("chats", "export"),
        ("sources", "list"),
        ("sources", "export"),
        ("sources", "check"),
        ("db", "backup", "copy.db"),
    ],
)
def test_who_only_looks_makes_no_database(
    attache: Attache, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "attache.db").unlink()

    result = attache(*words)

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("attache: there is no database ")
    assert result.err.endswith("attache.db; run `attache db upgrade`\n")
    assert list(tmp_path.iterdir()) == []


@on_a_file
def test_a_database_in_a_folder_that_is_not_there_is_named(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_DATABASE_URL", "sqlite+aiosqlite:///no/folder/attache.db")

    result = attache("articles")

    assert result.code == 1
    assert "no/folder/attache.db" in result.err
    assert is_sentence(result.err)


@on_a_file
def test_an_address_that_is_none_is_not_echoed(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_DATABASE_URL", "postgres ada:secret@host")

    result = attache("articles")

    assert result.code == 2
    assert is_sentence(result.err)
    assert "secret" not in result.err

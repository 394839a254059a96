"""The schema grows by migrations only, and none of them loses anything."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from digest.errors import StoreError, WrongVersion
from storage import check, head, make_engine, revision, upgrade, upgrade_engine
from storage.tables import Row
from storage.upkeep.upkeep import MIGRATIONS, newest

FIRST = "0001"

# What every revision must bring along: rows of the first schema, a child for each parent.
CONTENT = """
    INSERT INTO source (id, url, outlet_name, official, state_funded, enabled, failures)
    VALUES (1, 'https://a.example', 'Gazette', 0, 0, 1, 0);
    INSERT INTO story (id, started_at, last_at) VALUES (1, '2026-08-25', '2026-08-25');
    INSERT INTO article (id, key, revision, is_newest, fingerprint, title, official, state_funded,
        first_seen_at, revised_at, date_source, text, headings, sentences, topics, countries, people,
        quotes, relevance, source_id, story_id)
    VALUES (1, 'k', 1, 1, 'f', 'Accord', 0, 0, '2026-08-25', '2026-08-25', 'feed', 'On grain', '[]',
        '[]', '[]', '[]', '[]', '[]', 0.5, 1, 1);
    INSERT INTO article (id, key, revision, is_newest, fingerprint, title, official, state_funded,
        first_seen_at, revised_at, date_source, text, headings, sentences, topics, countries, people,
        quotes, relevance, source_id, story_id, duplicate_of)
    SELECT 2, 'l', 1, 1, 'f', title, 0, 0, first_seen_at, revised_at, date_source, text, '[]', '[]', '[]',
        '[]', '[]', '[]', 0.5, 1, 1, 1 FROM article;
    INSERT INTO chat (id, thread, kind, title, topics, countries, words, muted, read, minutes, zone,
        at, weekdays, language, active, version)
    VALUES (7, 0, 'private', '', '[]', '[]', '[]', '[]', '[]', 3, 'UTC', '[]', '[]', 'en', 1, 1);
    INSERT INTO slot VALUES (1, 7, 0, '2026-08-25', '07:30', '2026-08-25', '{}');
    INSERT INTO part (id, slot_id, position, silent, state, attempts, was_uncertain, keyboard, html)
    VALUES (1, 1, 0, 0, 'waiting', 0, 0, '[]', 'text');
    INSERT INTO shown_story VALUES (7, 0, 1, '2026-08-25');
    INSERT INTO shown_sentence VALUES (7, 0, 'a', '2026-08-25');
"""

LATER = (
    "alarm",
    "banned",
    "body",
    "handled_update",
    "hold",
    "letter",
    "moved",
    "offer",
    "showing",
    "showing_sentence",
    "showing_story",
    "shown",
    "waiting",
)  # tables that the first schema did not have

REBUILD = """
import sqlalchemy as sa
from alembic import op

from storage.migrations import search

revision = "9001"
down_revision = "{head}"


def upgrade() -> None:
    for table in ("source", "story", "article", "chat", "slot", "part"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("later", sa.String()))
    search.watch(op.execute)
"""

ORPHAN = """
from alembic import op

revision = "9001"
down_revision = "{head}"


def upgrade() -> None:
    op.execute("DELETE FROM chat")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "attache.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def migrations(folder: Path, *, until: str = "9999", then: str = "") -> Path:
    """The project's migrations up to a revision, and perhaps one more."""
    copied = folder / "migrations"
    shutil.copytree(MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    for script in (copied / "versions").glob("0*.py"):
        if script.name[:4] > until:
            script.unlink()
    if then:
        (copied / "versions" / "9001_then.py").write_text(then.format(head=head()))
    return copied


async def migrate(url: str, scripts: Path) -> None:
    engine = make_engine(url)
    try:
        await upgrade_engine(engine, migrations=scripts)
    finally:
        await engine.dispose()


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


def fill(path: Path) -> None:
    with opened(path) as connection:
        connection.executescript(CONTENT)


async def grown(url: str, path: Path, tmp_path: Path) -> None:
    """A database of the first schema with something in each table, brought to the newest."""
    await migrate(url, migrations(tmp_path / "first", until=FIRST))
    fill(path)
    await upgrade(url)


def counts(path: Path) -> dict[str, int]:
    with opened(path) as connection:
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in sorted(table.name for table in Row.metadata.sorted_tables)
            if name not in LATER
        }


def hits(path: Path, words: str) -> list[int]:
    with opened(path) as connection:
        found = connection.execute(
            "SELECT rowid FROM article_search WHERE article_search MATCH ? ORDER BY rowid", (words,)
        )
        return [row for (row,) in found]


def schema(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The lines that declare each table and index, without the search index and what Alembic keeps.

    SQLite quotes the name of a table that a migration has rebuilt.
    """
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        " AND name NOT LIKE 'article_search%' AND name NOT LIKE 'alembic%'"
    )
    plain = ((name, sql.replace('"', "").splitlines()) for name, sql in found)
    return {name: sorted(line.strip(" \t,") for line in lines) for name, lines in plain}


async def test_an_upgrade_makes_the_database_and_repeats_harmlessly(url: str) -> None:
    assert await revision(url) is None

    await upgrade(url)
    await upgrade(url)

    assert await revision(url) == head()
    assert await check(url) == ()


async def test_nothing_is_made_by_asking_for_the_revision(url: str, path: Path) -> None:
    assert await revision(url) is None
    assert list(path.parent.iterdir()) == []


async def test_every_row_of_the_first_schema_reaches_the_newest(
    url: str, path: Path, tmp_path: Path
) -> None:
    await migrate(url, migrations(tmp_path, until=FIRST))
    fill(path)
    before = counts(path)

    await upgrade(url)

    assert set(before.values()) <= {1, 2}
    assert counts(path) == before
    assert hits(path, "accord grain") == [1, 2]
    assert await check(url) == ()


async def test_a_chat_of_the_first_schema_follows_and_keeps_nothing(
    url: str, path: Path, tmp_path: Path
) -> None:
    await migrate(url, migrations(tmp_path, until=FIRST))
    fill(path)

    await upgrade(url)

    with opened(path) as connection:
        added = "SELECT follow, saved, alerts, paused_until FROM chat"
        assert connection.execute(added).fetchall() == [("[]", "[]", 0, None)]


async def test_equal_texts_are_stored_once_and_a_part_knows_its_turn(
    url: str, path: Path, tmp_path: Path
) -> None:
    await migrate(url, migrations(tmp_path, until="0006"))
    fill(path)
    with opened(path) as connection:
        connection.executescript("""
            INSERT INTO slot VALUES (2, 7, 0, '2026-08-26', 'broadcast x', '2026-08-26', '{}');
            INSERT INTO part (id, slot_id, position, silent, state, attempts, was_uncertain, keyboard, html)
            VALUES (2, 2, 0, 0, 'waiting', 0, 0, '[]', 'text');
        """)

    await upgrade(url)

    with opened(path) as connection:
        texts = "SELECT text FROM body ORDER BY text"
        assert connection.execute(texts).fetchall() == [("text",), ("{}",)]
        of_parts = (
            "SELECT text, due_at, for_all FROM part JOIN body ON body.id = body_id ORDER BY part.id"
        )
        assert connection.execute(of_parts).fetchall() == [
            ("text", "2026-08-25", 0),
            ("text", "2026-08-26", 1),
        ]
        of_slots = "SELECT count(*) FROM slot JOIN body ON body.id = body_id WHERE text = '{}'"
        assert connection.execute(of_slots).fetchall() == [(2,)]


async def test_equal_histories_are_stored_once_and_each_chat_keeps_its_own(
    url: str, path: Path, tmp_path: Path
) -> None:
    await migrate(url, migrations(tmp_path / "first", until=FIRST))
    fill(path)
    with opened(path) as connection:
        for new in ("8, 3", "9, 0", "10, 0"):
            connection.execute(f"""
                INSERT INTO chat (id, thread, kind, title, topics, countries, words, muted, read, minutes,
                    zone, at, weekdays, language, active, version)
                SELECT {new}, kind, title, topics, countries, words, muted, read, minutes,
                    zone, at, weekdays, language, active, version FROM chat WHERE id = 7
            """)
        connection.executescript("""
            INSERT INTO shown_story VALUES (8, 3, 1, '2026-08-25');
            INSERT INTO shown_sentence VALUES (8, 3, 'a', '2026-08-25');
            INSERT INTO shown_sentence VALUES (9, 0, 'b', '2026-08-26');
        """)
    await migrate(url, migrations(tmp_path / "then", until="0063"))
    with opened(path) as connection:  # its number says that it was shown something, now forgotten
        connection.execute("UPDATE chat SET history = 5 WHERE id = 10")

    await upgrade(url)

    with opened(path) as connection:
        assert connection.execute("SELECT count(*) FROM showing").fetchone() == (2,)
        stories = (
            "chat, thread, story_id, local_date FROM shown JOIN showing_story USING (showing_id)"
        )
        assert connection.execute(f"SELECT {stories}").fetchall() == [
            (7, 0, 1, "2026-08-25"),
            (8, 3, 1, "2026-08-25"),
        ]
        said = (
            "chat, thread, sentence, shown_at FROM shown JOIN showing_sentence USING (showing_id)"
        )
        assert connection.execute(f"SELECT {said}").fetchall() == [
            (7, 0, "a", "2026-08-25"),
            (8, 3, "a", "2026-08-25"),
            (9, 0, "b", "2026-08-26"),
        ]
    assert await check(url) == ()


async def test_models_and_migrations_agree(url: str, path: Path) -> None:
    await upgrade(url)

    def ours(_object: object, name: str | None, *_: object) -> bool:
        return not (name or "").startswith("article_search")

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        return list(compare_metadata(context, Row.metadata))

    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


def test_the_newest_file_is_where_alembic_would_go() -> None:
    assert newest(MIGRATIONS) == ScriptDirectory(str(MIGRATIONS)).get_current_head()


async def test_models_and_migrations_say_the_same_line_by_line(url: str, path: Path) -> None:
    await upgrade(url)
    fresh = path.with_name("fresh.db")
    engine = create_engine(f"sqlite:///{fresh}")
    Row.metadata.create_all(engine)
    engine.dispose()

    with opened(path) as migrated, opened(fresh) as declared:
        assert schema(migrated) == schema(declared)


async def test_a_rebuilt_table_keeps_its_children_and_its_search(
    url: str, path: Path, tmp_path: Path
) -> None:
    await grown(url, path, tmp_path)
    before = counts(path)

    await migrate(url, migrations(tmp_path, then=REBUILD))

    assert counts(path) == before
    assert await check(url) == ()
    with opened(path) as connection:
        connection.execute("UPDATE article SET is_newest = 0 WHERE id = 2")
        connection.execute("UPDATE article SET later = 'x'")
    assert hits(path, "grain") == [1]


async def test_an_upgrade_that_would_lose_a_parent_changes_nothing(
    url: str, path: Path, tmp_path: Path
) -> None:
    await grown(url, path, tmp_path)
    before = counts(path)

    with pytest.raises(StoreError, match="without what they belong to; nothing was changed"):
        await migrate(url, migrations(tmp_path, then=ORPHAN))

    assert counts(path) == before
    assert await revision(url) == head()


async def test_foreign_keys_are_on_again_after_an_upgrade() -> None:
    engine = make_engine("sqlite+aiosqlite://")
    await upgrade_engine(engine)

    async with engine.connect() as connection:
        on = (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar()
        legacy = (await connection.exec_driver_sql("PRAGMA legacy_alter_table")).scalar()
    await engine.dispose()

    assert (on, legacy) == (1, 0)


async def test_a_database_from_the_future_is_refused(url: str, path: Path) -> None:
    await upgrade(url)
    with opened(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(WrongVersion, match=r"made by a newer attache \(revision 9999\)"):
        await upgrade(url)

    assert await revision(url) == "9999"


async def test_a_database_of_another_program_is_refused(url: str, path: Path) -> None:
    with opened(path) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")

    with pytest.raises(StoreError, match="tables of another program"):
        await upgrade(url)
    with pytest.raises(StoreError, match="tables of another program"):
        await revision(url)

    with opened(path) as connection:
        assert schema(connection).keys() == {"recipe"}

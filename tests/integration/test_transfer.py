"""Everything from a file to a server, whatever interrupts it."""

import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from digest.errors import Conflict, InputError, StoreError
from digest.model.stories import Placed
from storage import SqlArticleStore, check, make_engine, transfer, upgrade
from storage.tables import Row
from tests.filling import fill
from tests.integration.stores.every import an_article
from tests.postgres import Databases, connect, is_here, postgres

MANY = {"article": 3_500, "story": 1_200, "chat": 2_100, "slot": 1_500, "part": 1_500}


class Interrupted(Exception):
    """What a test stops a move by."""


def quiet(_step: str, _done: int, _total: int) -> None:
    """Watch nothing."""


def stops_at(step: str, least: int) -> Callable[[str, int, int], None]:
    """Break off when so much of a step is done."""

    def watch(now: str, done: int, _total: int) -> None:
        if now == step and done >= least:
            raise Interrupted

    return watch


if is_here():

    @pytest.fixture
    def databases() -> Databases:
        return postgres()

    @pytest.fixture
    async def target(databases: Databases) -> AsyncIterator[str]:
        async with databases.database(empty=True) as url:
            yield url

    @pytest.fixture
    def path(tmp_path: Path) -> Path:
        return tmp_path / "attache.db"

    @pytest.fixture
    async def source(path: Path) -> str:
        url = f"sqlite+aiosqlite:///{path}"
        await upgrade(url)
        return url

    async def moved(source: str, target: str) -> int:
        return sum(
            found.rows for found in (await transfer(source, target, progress=quiet)).values()
        )

    async def asked(url: str, question: str) -> object:
        connection = await connect(url)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    async def keys(url: str) -> object:
        return await asked(url, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'")

    async def test_every_table_arrives_and_is_worked_with(
        source: str, target: str, path: Path, databases: Databases
    ) -> None:
        fill(path, {"article": 1_001})

        rows = await moved(source, target)

        assert rows == 1_001 + 2 * (len(Row.metadata.sorted_tables) - 1)
        assert await check(target) == ()
        assert await asked(target, "SELECT part_of FROM story WHERE id = 1") == 2
        async with databases.database() as fresh:
            assert await keys(target) == await keys(fresh)
        engine = make_engine(target)
        articles = SqlArticleStore(engine=engine)
        assert len(await articles.search("geneve", limit=2_000)) > 300
        assert await articles.add([Placed(an_article(), -1)]) == (1_002,)
        assert len(await articles.search("corridor", limit=5)) == 1
        await engine.dispose()

    async def test_an_id_that_was_given_is_never_given_again(
        source: str, target: str, path: Path
    ) -> None:
        fill(path, {})
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")  # what was moved goes with its article
            connection.execute("DELETE FROM article")
        await moved(source, target)

        engine = make_engine(target)
        assert await SqlArticleStore(engine=engine).add([Placed(an_article(), -1)]) == (3,)
        await engine.dispose()

    async def test_a_character_that_no_server_stores_is_shown_as_such(
        source: str, target: str, path: Path
    ) -> None:
        fill(path, {})
        await moved(source, target)
        assert await asked(target, "SELECT text FROM article WHERE id = 2") == "Nothing\ufffdmore"

    async def test_a_move_interrupted_twice_is_equal_in_the_end(
        source: str, target: str, path: Path
    ) -> None:
        fill(path, MANY)
        for step, least in (("article", 2_000), ("comparing", 3)):
            with pytest.raises(Interrupted):
                await transfer(source, target, progress=stops_at(step, least))
            with pytest.raises(StoreError, match="move into this database was interrupted"):
                await upgrade(target)

        found = await transfer(source, target, progress=quiet)

        assert {name: found[name].rows for name in MANY} == MANY
        assert await check(target) == ()
        await upgrade(target)

    async def test_what_was_copied_is_not_copied_again(
        source: str, target: str, path: Path
    ) -> None:
        fill(path, MANY)
        steps: list[tuple[str, int]] = []
        with pytest.raises(Interrupted):
            await transfer(source, target, progress=stops_at("article", 2_000))
        await transfer(source, target, progress=lambda step, done, _: steps.append((step, done)))
        assert [done for step, done in steps if step == "article"] == [2_000, 3_000, 3_500]

    async def test_a_file_that_was_used_meanwhile_is_noticed(
        source: str, target: str, path: Path
    ) -> None:
        fill(path, MANY)
        with pytest.raises(Interrupted):
            await transfer(source, target, progress=stops_at("article", 2_000))
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE article SET title = 'another' WHERE id = 7")

        with pytest.raises(StoreError, match="was the file in use"):
            await moved(source, target)
        with pytest.raises(StoreError, match="move into this database was interrupted"):
            await upgrade(target)

    async def test_a_target_with_rows_is_left_alone(
        source: str, databases: Databases, path: Path
    ) -> None:
        async with databases.database() as target:
            engine = make_engine(target)
            await SqlArticleStore(engine=engine).add([Placed(an_article(), -1)])
            await engine.dispose()
            with pytest.raises(StoreError, match="has rows in its table"):
                await moved(source, target)
            await upgrade(target)

    async def test_another_file_does_not_go_on_with_a_move(
        source: str, target: str, path: Path, tmp_path: Path
    ) -> None:
        fill(path, {})
        with pytest.raises(Interrupted):
            await transfer(source, target, progress=stops_at("article", 0))
        other = f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
        await upgrade(other)
        with pytest.raises(StoreError, match=r"attache\.db into this database was interrupted"):
            await moved(other, target)

    async def test_two_moves_into_one_database_do_not_mix(
        source: str, target: str, path: Path
    ) -> None:
        connection = await connect(target)
        await connection.execute("SELECT pg_advisory_lock(hashtextextended('moving', 0))")
        with pytest.raises(Conflict, match="under way"):
            await moved(source, target)
        await connection.close()

    async def test_a_move_of_another_version_is_not_gone_on_with(
        source: str, target: str, path: Path
    ) -> None:
        fill(path, {})
        with pytest.raises(Interrupted):
            await transfer(source, target, progress=stops_at("article", 0))
        await asked(target, "UPDATE alembic_version SET version_num = '0001' RETURNING 1")
        with pytest.raises(StoreError, match="another version"):
            await moved(source, target)

    async def test_only_a_file_is_moved_and_only_to_a_server(
        source: str, target: str, tmp_path: Path
    ) -> None:
        with pytest.raises(InputError, match="database on a server"):
            await moved(source, source)
        with pytest.raises(InputError, match="works on a SQLite file"):
            await moved(target, target)
        with pytest.raises(StoreError, match="there is no database"):
            await moved(f"sqlite+aiosqlite:///{tmp_path / 'missing.db'}", target)
        assert "missing.db" not in os.listdir(tmp_path)  # noqa: PTH208 - an async test

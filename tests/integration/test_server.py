"""What a database on a server does otherwise than a file: its lock, its copies, its errors."""

import asyncio
import os
import random
import shutil
import string
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, make_url

from digest.errors import Conflict, InputError, StoreError, Unstorable
from digest.model.chats import Chat
from digest.model.stories import Placed
from storage import (
    SqlArticleStore,
    SqlChatStore,
    SqlLedger,
    backup,
    check,
    make_engine,
    revision,
    single_process,
    upgrade,
)
from storage.database import server as tools
from storage.tables import Row
from storage.upkeep.upkeep import head
from tests.integration.stores.every import a_chat, a_digest, an_article
from tests.patience import PATIENCE
from tests.postgres import Databases, connect, is_here, postgres

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)

HOLD = """
import sys
from storage import single_process
with single_process(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


if is_here():

    @pytest.fixture
    def databases() -> Databases:
        return postgres()

    @pytest.fixture
    async def url(databases: Databases) -> AsyncIterator[str]:
        async with databases.database() as url:
            yield url

    @pytest.mark.parametrize("asked", ["ssl=prefer", "sslmode=prefer", "command_timeout=60"])
    async def test_what_an_address_asks_for_holds_for_each_connection(url: str, asked: str) -> None:
        url = make_url(url).update_query_string(asked).render_as_string(hide_password=False)
        await upgrade(url)
        assert await check(url) == ()
        with single_process(url):
            pass

    def test_an_address_without_our_driver_is_told_how_it_is_written(url: str) -> None:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with single_process(plain), pytest.raises(InputError, match=r"postgresql\+asyncpg://"):
            make_engine(plain)

    async def test_an_address_that_asks_for_what_is_not_there_is_named(url: str) -> None:
        unknown = make_url(url).update_query_string("tls=on").render_as_string(hide_password=False)
        with pytest.raises(InputError, match="takes no 'tls'"):
            await upgrade(unknown)
        with pytest.raises(InputError, match="takes no 'tls'"):
            await check(unknown)

    async def test_a_server_whose_certificate_cannot_be_checked_is_told_as_that(
        url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        asked = make_url(url).update_query_string("ssl=verify-full")
        with pytest.raises(StoreError, match="root certificate"):
            await check(asked.render_as_string(hide_password=False))

    def test_the_tools_of_the_server_are_told_how_it_is_reached_safely() -> None:
        for asked in ("ssl=verify-full", "sslmode=verify-full"):
            told = tools.environment_of(f"postgresql+asyncpg://ada@db.example/attache?{asked}")
            assert told["PGSSLMODE"] == "verify-full"

    async def until(url: str, wanted: bool) -> None:
        """Wait until somebody has the lock, or nobody; who tried to take it would be in the way."""
        held = (
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND granted AND datname = current_database())"
        )
        connection = await connect(url)
        async with asyncio.timeout(PATIENCE):
            while await connection.fetchval(held) != wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await connection.close()

    async def break_all(url: str) -> None:
        """End every other connection to the database, as a restart of the server does."""
        outside = await connect(url)
        await outside.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        await outside.close()

    def test_a_database_has_one_running_bot_however_the_other_ends(url: str) -> None:
        command = [sys.executable, "-c", HOLD, url]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            with pytest.raises(Conflict, match="another attache runs"), single_process(url):
                pytest.fail("the lock was given twice")
            other.kill()

        asyncio.run(until(url, False))

    async def test_the_lock_is_taken_again_when_the_server_was_away(url: str) -> None:
        lost = threading.Event()
        with single_process(url, lost=lost.set):
            await break_all(url)
            await until(url, True)
        assert not lost.is_set()
        await until(url, False)

    async def test_a_bot_is_told_when_another_took_its_place(url: str) -> None:
        lost = threading.Event()
        with single_process(url, lost=lost.set):
            await break_all(url)
            with single_process(url):
                assert await asyncio.to_thread(lost.wait, PATIENCE)

    async def test_a_bot_that_stands_still_loses_its_place(
        url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Frozen, or starved of its processor; the connection of its lock lives on."""
        monkeypatch.setattr("storage.database.lock.STILL", 0.5)
        monkeypatch.setattr("storage.database.lock.LOOK_EVERY", PATIENCE)
        with single_process(url):
            await until(url, False)
            with single_process(url):
                await until(url, True)  # of the other one now

    async def test_a_lock_on_a_server_that_is_not_there_is_an_error() -> None:
        nowhere = "postgresql+asyncpg://ada@127.0.0.1:1/attache"
        with pytest.raises(StoreError, match="cannot be reached"), single_process(nowhere):
            pytest.fail("there is no lock")

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"database": "attache_missing"}, "is not on the server"),
            ({"query": {"host": "/tmp/attache-nowhere"}}, "cannot be reached"),
            ({"host": "127.0.0.1", "port": 1, "query": {}}, "cannot be reached"),
        ],
    )
    async def test_what_cannot_be_opened_is_one_sentence(
        url: str, change: dict[str, object], reason: str
    ) -> None:
        wrong = make_url(url).set(**change).render_as_string()  # type: ignore[arg-type]
        for task in (revision, upgrade, check):
            with pytest.raises(StoreError, match=reason) as raised:
                await task(wrong)
            assert "\n" not in str(raised.value)

    async def test_an_address_that_no_index_holds_is_refused_as_a_value(url: str) -> None:
        """An index holds 2,704 bytes; what can be compressed may be longer."""
        signs = random.Random(1).choices(string.ascii_letters + string.digits, k=4_000)
        engine = make_engine(url)
        with pytest.raises(Unstorable, match="cannot hold a value: index row size"):
            await SqlArticleStore(engine=engine).bring([an_article("".join(signs))])
        await engine.dispose()

    async def test_a_database_without_tables_says_what_to_do(databases: Databases) -> None:
        async with databases.database(empty=True) as url:
            assert await revision(url) is None
            with pytest.raises(StoreError, match="attache db upgrade"):
                await check(url)
            engine = make_engine(url)
            with pytest.raises(StoreError, match="attache db upgrade"):
                await SqlArticleStore(engine=engine).all()
            await engine.dispose()

    async def test_a_password_is_in_no_error(url: str) -> None:
        secret = make_url(url).set(password="s3cret", database="attache_missing")
        with pytest.raises(StoreError) as raised:
            await revision(secret.render_as_string(hide_password=False))
        assert "s3cret" not in str(raised.value)

    async def test_models_and_migrations_agree(url: str) -> None:
        def ours(_object: object, name: str | None, *_: object) -> bool:
            is_unchecked = (name or "").endswith("_body_id_body")  # on a file only
            return not is_unchecked and not (name or "").startswith(("article_search", "pgqueuer"))

        def differences(connection: Connection) -> list[object]:
            context = MigrationContext.configure(connection, opts={"include_object": ours})
            return list(compare_metadata(context, Row.metadata))

        engine = make_engine(url)
        async with engine.connect() as connection:
            assert await connection.run_sync(differences) == []
        await engine.dispose()

    async def test_imported_chats_are_known_to_the_planner_at_once(url: str) -> None:
        engine = make_engine(url)
        chats = SqlChatStore(engine=engine)
        await chats.restore([Chat(id=number) for number in range(1, 51)])
        connection = await connect(url)
        known = "SELECT reltuples FROM pg_class WHERE oid = 'chat'::regclass"
        assert await connection.fetchval(known) == 50
        await connection.close()
        await engine.dispose()

    async def test_many_digests_are_known_to_the_planner_at_once(
        url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("storage.deliveries.outbox._MANY", 1)
        engine = make_engine(url)
        chat = await SqlChatStore(engine=engine).save(a_chat())
        assert await SqlLedger(engine=engine).enqueue([a_digest(chat, "text")]) == 1
        connection = await connect(url)
        known = "SELECT reltuples FROM pg_class WHERE relname IN ('slot', 'part')"
        assert [row["reltuples"] for row in await connection.fetch(known)] == [1, 1]
        await connection.close()
        await engine.dispose()

    async def test_digests_are_queued_as_fast_when_the_server_counted_between(url: str) -> None:
        each = 400
        read = "SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'slot'"
        engine = make_engine(url)
        chats, ledger = SqlChatStore(engine=engine), SqlLedger(engine=engine)
        await chats.restore([a_chat(number) for number in range(1, 2 * each + 1)])
        rows, found = [], await chats.all()
        for some in (found[:each], found[each:]):
            digests = [
                a_digest(chat, f"text {chat.id % 50}", digest=f"[{chat.id % 50}]") for chat in some
            ]
            assert await ledger.enqueue(digests) == each
            await engine.dispose()  # with it the server learns what was read
            connection = await connect(url)
            rows.append(await connection.fetchval(read))
            await connection.execute("ANALYZE slot, part")
            await connection.close()
        assert rows[1] - rows[0] < 20 * each

    async def test_who_comes_back_while_the_gone_are_forgotten_loses_nothing(url: str) -> None:
        engine = make_engine(url)
        chats = SqlChatStore(engine=engine)
        for number in (7, 8):
            await chats.save(a_chat(number))
            await chats.pause(number, "blocked", now=NOW)
        outside = await connect(url)
        waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"

        async with outside.transaction(), asyncio.timeout(PATIENCE):
            await outside.execute("UPDATE chat SET active = true, gone_at = NULL WHERE id = 7")
            purging = asyncio.create_task(chats.purge(NOW + timedelta(days=1)))
            while not purging.done() and not await outside.fetchval(waits):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

        assert await purging == 1
        assert [(chat.id, chat.active) for chat in await chats.all()] == [(7, True)]
        await outside.close()
        await engine.dispose()

    async def test_bots_that_start_together_upgrade_once(databases: Databases) -> None:
        async with databases.database(empty=True) as url:
            await asyncio.gather(*(upgrade(url) for _ in range(3)))
            assert await revision(url) == head()

    async def test_a_database_that_cannot_hold_every_letter_is_refused(
        databases: Databases,
    ) -> None:
        name = f"attache_latin_{os.getpid()}"
        outside = await connect(databases.server)
        await outside.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
        )
        await outside.close()
        url = make_url(databases.server).set(database=name).render_as_string(hide_password=False)
        with pytest.raises(StoreError, match="encoding UTF8"):
            await upgrade(url)
        await databases.drop(url)

    async def test_an_article_out_of_the_index_is_found_by_the_check(url: str) -> None:
        engine = make_engine(url)
        await SqlArticleStore(engine=engine).add([Placed(an_article(), -1)])
        await engine.dispose()
        assert await check(url) == ()

        outside = await connect(url)
        await outside.execute("DELETE FROM article_search")
        await outside.close()

        assert await check(url) == ("the search index does not match 1 articles",)

    async def test_a_copy_is_restored_by_the_server_s_own_tool(
        url: str, databases: Databases, tmp_path: Path
    ) -> None:
        engine = make_engine(url)
        await SqlArticleStore(engine=engine).add([Placed(an_article(), -1)])
        await engine.dispose()
        copy = tmp_path / "attache.dump"

        await backup(url, copy)

        assert names(tmp_path) == ["attache.dump"]
        restore = tools.tool("pg_restore")
        assert restore is not None
        async with databases.database(empty=True) as other:
            environment = {**os.environ, **tools.environment_of(other)}
            name = str(make_url(other).database)
            command = [restore, "--no-owner", "-d", name, str(copy)]
            await asyncio.to_thread(subprocess.run, command, env=environment, check=True)
            restored = make_engine(other)
            found = await SqlArticleStore(engine=restored).search("corridor", limit=5)
            await restored.dispose()
            assert len(found) == 1
            assert await check(other) == ()

    async def test_a_copy_that_fails_leaves_nothing(url: str, tmp_path: Path) -> None:
        for target in (tmp_path / "no" / "folder" / "copy", tmp_path):
            with pytest.raises(StoreError) as caught:
                await backup(url, target)
            assert str(caught.value).count(f"the copy {target} could not be written: ") == 1
        assert names(tmp_path) == []

    async def test_without_pg_dump_a_copy_is_refused_in_words(
        url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(tools, "INSTALLED", tmp_path)
        assert shutil.which("pg_dump") is None
        with pytest.raises(StoreError, match="copied by pg_dump, which is not here"):
            await backup(url, tmp_path / "copy")


async def test_a_database_in_memory_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not in memory"):
        await backup("sqlite+aiosqlite://", tmp_path / "copy")

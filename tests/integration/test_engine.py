"""The database under load, in two processes, damaged, locked and copied."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import AsyncAdaptedQueuePool, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from digest.errors import Conflict, InputError, StoreError
from digest.model.articles import StoryId
from digest.model.chats import Chat
from digest.model.delivery import Queued, Slot
from digest.model.messages import Message
from storage import (
    SqlChatStore,
    SqlLedger,
    backup,
    check,
    make_engine,
    revision,
    single_process,
    upgrade,
)
from storage.database.engine import asking, database_file, reading, writing
from storage.database.errors import plain_errors

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "attache.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def write(path: Path) -> None:
    path.write_text("These are not the tables you are looking for. " * 100)


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder that this process may not write to, even where the tests run as root."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    yield folder
    if is_root:
        os.seteuid(0)
    shutil.rmtree(folder)


async def count_up(url: str, times: int) -> None:
    """Read a number and write the next one, many at once."""
    engine = make_engine(url)

    async def step() -> None:
        async with writing(engine) as connection:
            number = await connection.scalar(text("SELECT number FROM counter"))
            await asyncio.sleep(0)
            await connection.execute(text("UPDATE counter SET number = :n"), {"n": number + 1})

    async with writing(engine) as connection:
        await connection.execute(text("CREATE TABLE counter (number INTEGER)"))
        await connection.execute(text("INSERT INTO counter VALUES (0)"))
    await asyncio.gather(*(step() for _ in range(times)))
    async with reading(engine) as connection:
        assert await connection.scalar(text("SELECT number FROM counter")) == times
    await engine.dispose()


async def test_of_200_concurrent_updates_none_is_lost(url: str) -> None:
    await count_up(url, 200)


async def test_updates_of_a_database_in_memory_are_not_lost_either() -> None:
    await count_up("sqlite+aiosqlite://", 200)


async def test_sqlite_is_set_up_for_safety_and_speed(url: str) -> None:
    engine = make_engine(url)
    async with reading(engine) as connection:
        found = {
            pragma: await connection.scalar(text(f"PRAGMA {pragma}"))
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    await engine.dispose()

    assert found == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


async def test_a_reader_does_not_wait_for_a_writer(url: str) -> None:
    await upgrade(url)
    engine = make_engine(url)
    async with writing(engine) as writer:
        await writer.execute(text("INSERT INTO story (started_at, last_at) VALUES ('x', 'x')"))
        async with reading(engine) as reader:
            assert await reader.scalar(text("SELECT count(*) FROM story")) == 0
    await engine.dispose()


async def test_who_reads_sees_one_state_and_who_asks_the_latest(database_url: str) -> None:
    engine, count = make_engine(database_url), text("SELECT count(*) FROM told")
    async with writing(engine) as writer:
        await writer.execute(text("CREATE TABLE told (number INTEGER)"))

    async with reading(engine) as reader, asking(engine) as asker:
        before = [await reader.scalar(count), await asker.scalar(count)]
        async with writing(engine) as writer:
            await writer.execute(text("INSERT INTO told VALUES (1)"))
        after = [await reader.scalar(count), await asker.scalar(count)]

    await engine.dispose()
    assert (before, after) == ([0, 0], [0, 1])


async def test_a_failed_transaction_leaves_nothing(url: str) -> None:
    await upgrade(url)
    engine = make_engine(url)

    with pytest.raises(InputError):
        async with writing(engine) as connection:
            await connection.execute(text("INSERT INTO story (started_at, last_at) VALUES (1, 1)"))
            raise InputError("no")

    async with reading(engine) as connection:
        assert await connection.scalar(text("SELECT count(*) FROM story")) == 0
    await engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "attache.db",
        "sqlite:///attache.db",
        "sqlite+aiosqlite://attache.db",
        "moon://phase",
        "mysql://localhost/attache",
        "mysql+aiomysql://localhost/attache",
        "postgres://ada:pw@localhost/attache",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(InputError, match=r"write it like sqlite\+aiosqlite:///attache\.db"):
        make_engine(url)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite+aiosqlite:///attache.db", "attache.db"),
        ("sqlite+aiosqlite:////var/lib/attache.db", "/var/lib/attache.db"),
        ("sqlite+aiosqlite://", None),
        ("sqlite+aiosqlite:///:memory:", None),
        ("postgresql+asyncpg://somebody@localhost/attache", None),
    ],
)
def test_only_a_sqlite_file_has_a_path(url: str, file: str | None) -> None:
    assert database_file(url) == (None if file is None else Path(file))


async def test_a_file_that_is_no_database_gets_a_plain_sentence(url: str, path: Path) -> None:
    write(path)

    for attempt in (upgrade(url), revision(url), check(url), backup(url, path.with_name("copy"))):
        with pytest.raises(StoreError, match=r"attache\.db is no SQLite database"):
            await attempt
    assert [file.name for file in path.parent.glob("copy*")] == []


async def test_a_name_that_cannot_be_looked_at_gets_a_plain_sentence() -> None:
    with pytest.raises(StoreError, match="cannot be read: File name too long"):
        await revision(f"sqlite+aiosqlite:///{'a' * 300}")


async def test_a_missing_folder_gets_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        await upgrade(f"sqlite+aiosqlite:///{tmp_path / 'missing' / 'attache.db'}")


async def test_a_read_only_folder_gets_a_plain_sentence(read_only_folder: Path) -> None:
    url = f"sqlite+aiosqlite:///{read_only_folder / 'attache.db'}"

    with pytest.raises(StoreError, match="cannot be opened"):
        await upgrade(url)
    with pytest.raises(StoreError, match="cannot be written"), single_process(url):
        pytest.fail("the lock was given")


@pytest.mark.parametrize("target", ["missing/copy.db", "file/copy.db", ".", "/"])
async def test_a_copy_that_cannot_be_written_gets_a_plain_sentence(
    url: str, path: Path, target: str
) -> None:
    await upgrade(url)
    (path.parent / "file").touch()
    before = sorted(path.parent.iterdir())

    with pytest.raises(StoreError, match="could not be written"):
        await backup(url, path.parent / target)

    assert sorted(path.parent.iterdir()) == before


async def test_a_locked_database_gets_a_plain_sentence(url: str, path: Path) -> None:
    await upgrade(url)
    engine = make_engine(url)
    async with reading(engine) as connection:
        await connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            async with writing(engine):
                pytest.fail("two wrote at once")
    await engine.dispose()


async def test_an_empty_database_says_what_to_run(url: str) -> None:
    engine = make_engine(url)

    with pytest.raises(StoreError, match="attache db upgrade"):
        async with reading(engine) as connection:
            await connection.execute(text("SELECT * FROM article"))
    await engine.dispose()


def test_another_failure_keeps_its_own_words_and_the_password_to_itself() -> None:
    url = make_url("postgresql+asyncpg://somebody:secret@host/attache")

    with pytest.raises(StoreError, match="failed: the moon is full") as caught, plain_errors(url):
        raise sqlite3.OperationalError("the moon is full")

    assert "secret" not in str(caught.value)


async def test_a_pool_without_a_free_connection_says_so() -> None:
    engine = create_async_engine(
        "sqlite+aiosqlite://",
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=0.01,
    )

    async with reading(engine):
        with pytest.raises(StoreError, match="too busy"):
            async with reading(engine):
                pytest.fail("there was one more")
    await engine.dispose()


async def test_a_deleted_chat_is_in_no_table_at_all(url: str, path: Path) -> None:
    await upgrade(url)
    engine = make_engine(url)
    chats, ledger = SqlChatStore(engine=engine), SqlLedger(engine=engine)
    now = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
    chat = await chats.save(Chat(id=70_001, active=True))
    await chats.save(Chat(id=-5, owner=70_001))
    digest = Queued(
        slot=Slot(70_001, 0, now.date(), "07:30", now),
        messages=(Message("a text for 70001"),),
        digest="{}",
        shown_stories=(StoryId(1),),
        shown_sentences=("a",),
        covered_until=now,
        next_due_at=None,
        chat_version=chat.version,
    )
    assert await ledger.enqueue([digest]) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert sum("70001" in line for line in connection.iterdump()) == 5

    await chats.delete(70_001)
    await engine.dispose()

    with closing(sqlite3.connect(path)) as connection:
        assert [line for line in connection.iterdump() if "70001" in line] == []
        for table in ("showing", "showing_story", "showing_sentence"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


async def test_a_digest_in_two_languages_is_stored_once(url: str, path: Path) -> None:
    await upgrade(url)
    engine = make_engine(url)
    chats, ledger = SqlChatStore(engine=engine), SqlLedger(engine=engine)
    now = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
    told = {1: "Ambassador summoned", 2: "Botschafter einbestellt"}
    digests = [
        Queued(
            slot=Slot(number, 0, now.date(), "07:30", now),
            messages=(Message(text),),
            digest='{"stories": []}',
            shown_stories=(StoryId(1),),
            shown_sentences=("a",),
            covered_until=now,
            next_due_at=None,
            chat_version=(await chats.save(Chat(id=number, active=True))).version,
        )
        for number, text in told.items()
    ]

    assert await ledger.enqueue(digests) == 2

    parts = await ledger.claim(now, limit=2)
    assert {part.chat: part.message.html for part in parts} == told
    assert len(await chats.shown([Chat(id=number) for number in told])) == 2
    await engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        stored = {text for (text,) in connection.execute("SELECT text FROM body")}
        assert stored == {'{"stories": []}', *told.values()}
        assert connection.execute("SELECT count(*) FROM body").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM showing").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM shown").fetchone() == (2,)


# --- copies and checks ----------------------------------------------------------------------


async def test_a_copy_is_whole_while_others_write(url: str, path: Path) -> None:
    await upgrade(url)
    engine = make_engine(url)
    copy = path.with_name("copy.db")
    async with writing(engine) as connection:
        for _ in range(500):
            await connection.execute(text("INSERT INTO story (started_at, last_at) VALUES (1, 1)"))
    async with writing(engine) as connection:
        await connection.execute(text("DELETE FROM story"))
        await backup(url, copy)
    await engine.dispose()

    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM story").fetchone() == (500,)
    assert await check(f"sqlite+aiosqlite:///{copy}") == ()


async def test_a_copy_replaces_an_older_one_but_never_the_database(url: str, path: Path) -> None:
    await upgrade(url)
    copy = path.with_name("copy.db")
    write(copy)

    await backup(url, copy)

    assert await check(f"sqlite+aiosqlite:///{copy}") == ()
    with pytest.raises(InputError, match="the database itself"):
        await backup(url, path)


async def test_what_is_not_there_cannot_be_copied_or_checked(url: str, path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database"):
        await backup(url, path.with_name("copy.db"))
    with pytest.raises(InputError, match="not in memory"):
        await check("sqlite+aiosqlite://")


async def test_a_check_names_what_is_wrong(url: str, path: Path) -> None:
    await upgrade(url)
    assert await check(url) == ()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO slot VALUES (1, 7, 0, '2026-08-25', '07:30', 'x', '{}')")
        connection.execute(
            "INSERT INTO article_search (rowid, title, text, outlet) VALUES (9, 'lost', '', '')"
        )
        connection.commit()

    body, orphan, index = await check(url)

    assert body == "row 1 of slot points to a missing body"
    assert orphan == "row 1 of slot points to a missing chat"
    assert "search index" in index


# --- one process ----------------------------------------------------------------------------

HOLD = """
import sys
from storage import single_process
with single_process(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_gone(url: str) -> None:
    command = [sys.executable, "-c", HOLD, url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Conflict, match="another attache runs on"), single_process(url):
            pytest.fail("the lock was given twice")
        other.kill()

    with single_process(url):
        pass


def test_a_database_in_memory_needs_no_lock() -> None:
    with single_process("sqlite+aiosqlite://"), single_process("sqlite+aiosqlite://"):
        pass


def remove(path: Path) -> None:
    path.unlink()


def replace(path: Path) -> None:
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


@pytest.mark.parametrize(("change", "is_there"), [(remove, False), (replace, True)])
async def test_a_file_that_is_removed_or_replaced_is_not_gone_on_with(
    path: Path, url: str, change: Callable[[Path], None], is_there: bool
) -> None:
    """It stays open without a name, and what is stored in it is lost with the process."""
    await upgrade(url)
    engine = make_engine(url)
    chats = SqlChatStore(engine=engine)
    await chats.save(Chat(id=1))
    change(path)

    for ask in (lambda: chats.save(Chat(id=2)), lambda: chats.get(1), lambda: chats.get(1)):
        with pytest.raises(StoreError, match="removed or replaced while in use"):
            await ask()
    async with contextlib.AsyncExitStack() as held:  # each has a connection of its own
        with pytest.raises(StoreError, match="removed or replaced while in use"):
            for _ in range(2):
                await held.enter_async_context(reading(engine))
    await engine.dispose()
    assert os.access(path, os.F_OK) == is_there, "nor is an empty one made"


async def another(url: str, path: Path) -> None:
    """A database of its own, larger than the one in use."""
    other = f"sqlite+aiosqlite:///{path}"
    await upgrade(other)
    await fill_with_chats(other, range(100, 900))


async def a_back_up(url: str, path: Path) -> None:
    await backup(url, path)


async def an_older_state(url: str, path: Path) -> None:
    shutil.copy(url.removeprefix("sqlite+aiosqlite:///"), path)


async def nothing(_url: str, path: Path) -> None:
    shutil.copy(os.devnull, path)


async def fill_with_chats(url: str, numbers: Iterable[int]) -> None:
    """Store chats, all of which are in the file itself once its last connection is closed."""
    engine = make_engine(url)
    await SqlChatStore(engine=engine).restore([Chat(id=number) for number in numbers])
    await engine.dispose()


@pytest.mark.parametrize("make", [another, a_back_up, an_older_state, nothing])
async def test_a_file_that_is_overwritten_is_not_gone_on_with(
    path: Path, url: str, make: Callable[[str, Path], Awaitable[None]]
) -> None:
    """As by cp: it is the file that was opened, and holds something else."""
    await upgrade(url)
    other = path.with_name("other")
    await make(url, other)
    await fill_with_chats(url, range(300))
    engine = make_engine(url)
    chats = SqlChatStore(engine=engine)
    assert await chats.get(1) is not None
    shutil.copyfile(other, path)

    for ask in (lambda: chats.save(Chat(id=901)), lambda: chats.get(1)):
        with pytest.raises(StoreError, match="overwritten while in use"):
            await ask()
    await engine.dispose()


async def test_a_file_that_others_write_and_rearrange_is_gone_on_with(path: Path, url: str) -> None:
    """As beside `attache ingest`, or a VACUUM: then it is another to its last byte."""
    await upgrade(url)
    engine = make_engine(url)
    chats = SqlChatStore(engine=engine)
    await chats.save(Chat(id=1))
    for number in range(2, 5):
        await fill_with_chats(url, range(1000 * number, 1000 * number + 500))
        with contextlib.closing(sqlite3.connect(path)) as outside:
            outside.execute("DELETE FROM chat WHERE id > 999")
            outside.commit()
            outside.execute("VACUUM")
            outside.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        await chats.save(Chat(id=number))
        assert len(await chats.all()) == number
    await engine.dispose()

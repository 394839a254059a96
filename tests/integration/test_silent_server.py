"""A server that never answers, and a network that swallows what is said: nobody waits for ever."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.run.working import work
from digest.deliver.flush import flush
from digest.deliver.outcome import Sender
from digest.errors import StoreError
from digest.model.work import Job
from storage import (
    SqlArticleStore,
    SqlChatStore,
    SqlLedger,
    make_engine,
    make_jobs,
    revision,
    single_process,
    upgrade,
)
from storage.database import limits
from storage.database.engine import writing
from tests.fakes import FakeClock, FakeMessenger
from tests.integration.stores.every import a_chat, a_digest
from tests.line import Line, line_to, words
from tests.patience import PATIENCE
from tests.postgres import connect, is_here, postgres

NOW = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
SOON = 0.5  # seconds, in place of a minute


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONNECT", SOON)
    monkeypatch.setattr(limits, "ANSWER", SOON)


@pytest.fixture
async def silent() -> AsyncIterator[str]:
    """A server that says nothing at all."""

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)

    writers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"postgresql+asyncpg://ada@127.0.0.1:{server.sockets[0].getsockname()[1]}/attache"
    server.close()
    for writer in writers:
        writer.close()


async def test_a_server_that_never_answers_is_named(silent: str) -> None:
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(StoreError, match="does not answer"):
            await revision(silent)


async def test_a_lock_is_not_waited_for_at_a_server_that_never_answers(silent: str) -> None:
    def hold() -> None:
        with single_process(silent):
            pytest.fail("there is no lock")

    async with asyncio.timeout(PATIENCE):
        with pytest.raises(StoreError, match="does not answer"):
            await asyncio.to_thread(hold)


if is_here():

    @pytest.fixture
    async def url() -> AsyncIterator[str]:
        async with postgres().database() as url:
            yield url

    @pytest.fixture
    async def line(url: str) -> AsyncIterator[Line]:
        async with line_to(url) as line:
            yield line

    async def test_a_question_that_is_swallowed_ends_and_the_next_one_is_answered(
        line: Line,
    ) -> None:
        engine = make_engine(line.url)
        chats = SqlChatStore(engine=engine)
        await chats.save(a_chat())
        line.swallow()
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(StoreError, match="does not answer"):
                await chats.all()
        line.mend()
        async with asyncio.timeout(PATIENCE):
            assert len(await chats.all()) == 1
        await engine.dispose()

    async def test_what_was_queued_when_the_answer_was_swallowed_is_queued_once(line: Line) -> None:
        engine = make_engine(line.url)
        chats, ledger = SqlChatStore(engine=engine), SqlLedger(engine=engine)
        chat = await chats.save(a_chat())
        line.is_deaf_from = words(b"COMMIT")
        with pytest.raises(StoreError, match="does not answer"):
            await ledger.enqueue([a_digest(chat, "text")])
        line.mend()
        assert await ledger.enqueue([a_digest(chat, "text")]) == 0
        assert [one.message.html for one in await ledger.claim(NOW, limit=9)] == ["text"]
        await engine.dispose()

    async def test_what_was_claimed_when_the_answer_was_swallowed_arrives_once(line: Line) -> None:
        """Though nothing whose answer is lost is sent again: this was not sent at all."""
        engine = make_engine(line.url)
        chats, ledger = SqlChatStore(engine=engine), SqlLedger(engine=engine)
        await ledger.enqueue([a_digest(await chats.save(a_chat()), "text")])
        messenger, clock = FakeMessenger(), FakeClock(NOW)
        sender = Sender(clock=clock, ledger=ledger, chats=chats, messenger=messenger, resends=False)

        line.is_deaf_from = words(b"claim", b"COMMIT")
        with pytest.raises(StoreError, match="does not answer"):
            await flush(sender)
        line.mend()
        assert await flush(sender) == 1
        assert messenger.texts(7) == ("text",)
        await engine.dispose()

    async def test_who_stops_in_the_middle_of_a_transaction_holds_nobody_up(
        url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As a process that is frozen, whose connections live on."""
        monkeypatch.setattr(limits, "IDLE", SOON)
        frozen, other = make_engine(url), make_engine(url)
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(StoreError):
                async with writing(frozen, alone="claim"):
                    monkeypatch.setattr(limits, "ANSWER", PATIENCE)
                    assert await SqlLedger(engine=other).claim(NOW, limit=1) == ()
        for engine in (frozen, other):
            await engine.dispose()

    async def test_who_places_stories_holds_the_turn_while_it_computes(
        url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "IDLE", SOON)
        here, there = make_engine(url), make_engine(url)
        for waits in (False, True):
            async with SqlArticleStore(engine=here).placing(waits=waits) as is_ours:
                assert is_ours
                await asyncio.sleep(3 * SOON)
                async with SqlArticleStore(engine=there).placing(waits=False) as is_theirs:
                    assert not is_theirs
        for engine in (here, there):
            await engine.dispose()

    async def test_an_upgrade_takes_as_long_as_it_takes(url: str) -> None:
        """Another process may be at it for minutes, and statements over large tables take some."""
        outside = await connect(url)
        async with outside.transaction(), asyncio.timeout(PATIENCE):
            await outside.execute("SELECT pg_advisory_xact_lock(hashtextextended('schema', 0))")
            upgrading = asyncio.create_task(upgrade(url))
            await asyncio.sleep(2 * SOON)
            assert not upgrading.done()
        await upgrading
        await outside.close()

    async def test_a_worker_goes_on_with_its_jobs_once_the_network_is_back(
        url: str, line: Line
    ) -> None:
        near, far = make_engine(url), make_engine(line.url)
        stop, done = asyncio.Event(), asyncio.Semaphore(0)

        async def act(_about: str) -> None:
            done.release()

        jobs = make_jobs(near, url)
        with capture_logs() as logged:
            working = asyncio.create_task(work(make_jobs(far, line.url), {"act": act}, stop))
            async with asyncio.timeout(PATIENCE):
                await jobs.put([Job("act", "a")])
                await done.acquire()
                line.swallow()
                while not logged:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
                await jobs.put([Job("act", "b")])
                line.mend()
                await done.acquire()
                stop.set()
                await working
        assert {one["event"] for one in logged} == {"queue out of reach"}
        for engine in (near, far):
            await engine.dispose()

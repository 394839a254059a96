"""One role a process, on one server: a digest passes through all, and a killed sender is replaced."""

import os
import signal
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.run import wiring
from bot.run.serve import serve
from bot.settings import Settings
from digest.errors import InputError
from digest.model.chats import Chat, Schedule
from digest.model.delivery import Queued, Slot
from digest.model.messages import Message
from tests.attache_process import TOKEN, Attache
from tests.postgres import connect, is_here, postgres
from tests.telegram_server import Call, TelegramServer
from tests.telegram_server import serve as telegram_serve


@pytest.mark.parametrize("role", ("bot", "worker", "sender"))
async def test_a_file_is_for_one_process_that_does_all(role: str) -> None:
    settings = Settings(telegram_token=SecretStr("1:a"), database_url="sqlite+aiosqlite:///a.db")
    with pytest.raises(InputError, match=f"--role {role} needs a database on a server"):
        await serve(settings, role=role)


async def test_an_unknown_role_is_named() -> None:
    with pytest.raises(InputError, match="one of all, bot, worker, sender, not 'chef'"):
        await serve(Settings(telegram_token=SecretStr("1:a")), role="chef")


if is_here():

    @pytest.fixture
    async def url() -> AsyncIterator[str]:
        async with postgres().database() as url:
            yield url

    def process(role: str, number: int, url: str, base_url: str, folder: Path) -> Attache:
        made = folder / f"{role}-{number}"
        made.mkdir()
        attache = Attache(made / "none.db", base_url, role=role)
        attache.environment["ATTACHE_DATABASE_URL"] = url
        return attache

    async def subscribe(url: str, chat: int) -> None:
        """Somebody whose digest was due a minute ago."""
        due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
        subscribed = Chat(
            id=chat,
            active=True,
            schedule=Schedule("UTC", (f"{due:%H:%M}",)),
            covered_until=due - timedelta(days=1),
            next_due_at=due,
        )
        async with wiring.open_stores(url) as stores:
            await stores.chats.save(subscribed)

    async def test_each_role_does_its_part_and_a_dead_sender_is_replaced(
        url: str, tmp_path: Path
    ) -> None:
        server = TelegramServer(token=TOKEN)
        ada, ben = server.user(7, "Ada"), server.user(8, "Ben")
        ben.chat.is_started = True
        async with telegram_serve(server) as base_url:
            roles = ("bot", "worker", "sender", "sender")
            processes = [process(r, n, url, base_url, tmp_path) for n, r in enumerate(roles)]
            bot, worker, first, second = processes
            try:
                for attache in (bot, worker, first):
                    attache.launch()
                for attache in (bot, worker, first):
                    await attache.started()
                second.launch()
                await ada.send("/start")
                await server.wait_for(lambda: server.sent(ada))
                await subscribe(url, 8)
                await server.wait_for(lambda: server.sent(ben))
                await server.wait_for(lambda: "waiting" in second.log)
                assert '"started"' not in second.log
                await first.kill()
                await second.started()
                assert await second.stop() == 0
                assert await worker.stop() == 0
            finally:
                for attache in processes:
                    attache.clean_up()
        assert len(server.sent(ben)) == 1
        assert server.refused == ()

    @pytest.mark.parametrize("is_cut", [False, True])
    async def test_a_sender_that_stood_still_sends_nothing_twice(
        url: str, tmp_path: Path, is_cut: bool
    ) -> None:
        """Its connections are cut, or live on and are silent: another takes its place, and keeps it."""
        server, readers = TelegramServer(token=TOKEN), range(100, 160)
        for number in readers:
            server.user(number, f"Reader {number}").chat.is_started = True
        async with telegram_serve(server) as base_url:
            first, second = [process("sender", n, url, base_url, tmp_path) for n in (1, 2)]

            def freeze(call: Call) -> None:
                if call.method == "sendMessage" and len(server.calls("sendMessage")) == 10:
                    os.kill(first.pid, signal.SIGSTOP)

            server.watch(freeze)
            try:
                first.launch()
                await first.started()
                pid = first.pid
                second.launch()
                await server.wait_for(lambda: "waiting" in second.log)
                await queue(url, readers)
                await server.wait_for(lambda: len(server.calls("sendMessage")) >= 10)
                if is_cut:
                    await cut(url)
                await second.started()
                await server.wait_for(lambda: len(server.calls("sendMessage")) >= 40)
                os.kill(pid, signal.SIGCONT)
                await server.wait_for(lambda: all(map(server.sent, readers)))
                await server.wait_for(lambda: '"stopping"' in first.log)
            finally:
                for attache in (first, second):
                    attache.clean_up()
        assert {number: len(server.sent(number)) for number in readers} == dict.fromkeys(readers, 1)
        assert server.refused == ()

    async def queue(url: str, chats: Iterable[int]) -> None:
        """A digest for each of them, to be sent now."""
        now = datetime.now(UTC)
        async with wiring.open_stores(url) as stores:
            for number in chats:
                chat = await stores.chats.save(Chat(id=number, active=True))
                queued = Queued(
                    slot=Slot(number, 0, now.date(), "06:00", now),
                    messages=(Message("The digest"),),
                    digest="{}",
                    shown_stories=(),
                    shown_sentences=(),
                    covered_until=now,
                    next_due_at=None,
                    chat_version=chat.version,
                )
                assert await stores.ledger.enqueue([queued]) == 1

    async def cut(url: str) -> None:
        """Break every connection to the database, as a network does that is gone for minutes."""
        connection = await connect(url)
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await connection.close()

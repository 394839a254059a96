"""The running bot in this process: its ticks, its end, and why it does not begin."""

import asyncio
import gc
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.run import wiring
from bot.run.serve import serve
from bot.settings import Settings
from bot.telegram.turns import WAITING
from digest.errors import BotRefused, Conflict, InputError
from digest.model.chats import Chat, Schedule
from digest.model.gathered import Draft, Paragraph
from digest.model.sources import NewSource, Outlet
from digest.model.stories import Placed
from tests import outlet_site
from tests.articles import new_article
from tests.patience import PATIENCE
from tests.serving import serving
from tests.telegram_server import BAD_GATEWAY, TelegramServer, error
from tests.telegram_server import serve as telegram_serve

ADA = 7
TALKS = "Delegations of both states met in Ankara on Monday to extend the grain corridor."


@pytest.fixture
def server() -> TelegramServer:
    return TelegramServer(token="7200000042:AAH-token-of-this-test")


@pytest.fixture
async def settings(
    server: TelegramServer, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Settings]:
    monkeypatch.chdir(tmp_path)  # no .env of the developer's
    async with telegram_serve(server) as base_url:
        yield Settings(
            telegram_token=SecretStr(server.token),
            telegram_base_url=base_url,
            database_url=database_url,
            catalogue="off",
        )


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    with capture_logs() as lines:
        yield lines


async def said(server: TelegramServer, logged: list[EventDict], event: str) -> EventDict:
    """The first line of the log about this event, once it is there."""
    await server.wait_for(lambda: any(line["event"] == event for line in logged), PATIENCE)
    return next(line for line in logged if line["event"] == event)


async def subscribe(settings: Settings, *, minutes_ago: int = 1) -> None:
    """Ada, whose digest was due some minutes ago."""
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=minutes_ago)
    chat = Chat(
        id=ADA,
        active=True,
        schedule=Schedule("UTC", (f"{due:%H:%M}",)),
        covered_until=due - timedelta(days=1),
        next_due_at=due,
    )
    async with wiring.open_stores(settings.database_url) as stores:
        await stores.chats.save(chat)


async def test_the_bot_answers_until_it_is_told_to_stop(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    ada = server.user(ADA, "Ada")
    async with serving(settings):
        await said(server, logged, "started")
        await ada.send("/start")
        await server.wait_for(lambda: server.sent(ada), PATIENCE)
    assert logged[-1]["event"] == "stopping"
    assert server.refused == ()


async def test_while_telegram_does_not_answer_each_try_is_one_line_of_the_log(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    ada = server.user(ADA, "Ada")
    server.fail(answer=BAD_GATEWAY, method="getUpdates", times=2)
    async with serving(settings):
        line = await said(server, logged, "updates not fetched")
        await ada.send("/start")
        await server.wait_for(lambda: server.sent(ada), PATIENCE)
    assert line["log_level"] == "warning"


async def test_who_wants_alerts_hears_of_a_story_at_once(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    ada, at = server.user(ADA, "Ada"), datetime.now(UTC) - timedelta(minutes=5)
    ada.chat.is_started = True
    async with wiring.open_stores(settings.database_url) as stores:
        await stores.chats.save(Chat(id=ADA, active=True, alerts=True, covered_until=at))
        for name in ("Anna", "Berta", "Cleo", "Dora"):
            outlet = Outlet(f"Paper {name}", "CH")
            article = new_article(name, TALKS, outlet=outlet, published_at=at, first_seen_at=at)
            await stores.articles.add([Placed(article, 1 if name != "Anna" else -1)])
    async with serving(settings):
        await said(server, logged, "alerts")
        await server.wait_for(lambda: server.sent(ada), PATIENCE)
    assert TALKS in server.sent(ada)[-1].text


async def test_who_is_due_gets_a_digest(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    ada = server.user(ADA, "Ada")
    ada.chat.is_started = True
    await subscribe(settings)
    async with serving(settings):
        queued, line = [await said(server, logged, event) for event in ("queued", "delivered")]
    assert (queued["digests"], line["sent"]) == (1, 1)
    assert len(server.sent(ada)) == 1


async def test_a_digest_missed_while_the_bot_was_down_waits_for_what_feeds_bring(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    ada = server.user(ADA, "Ada")
    ada.chat.is_started = True
    await subscribe(settings, minutes_ago=90)
    home = settings.model_copy(update={"allow_private": (ip_network("127.0.0.0/8"),)})
    down = datetime.now(UTC) - timedelta(hours=2)
    async with outlet_site.site() as url:
        source = NewSource(url=f"{url}/feed.xml", outlet=Outlet("The Paper"))
        async with wiring.open_stores(settings.database_url) as stores:
            await stores.sources.add(source, now=down)
        async with serving(home):
            waits, read, queued = [
                await said(server, logged, event)
                for event in ("digests wait until feeds are read", "source", "queued")
            ]
            await server.wait_for(lambda: server.sent(ada), PATIENCE)
    assert logged.index(waits) < logged.index(read) < logged.index(queued)
    assert outlet_site.TITLE in server.sent(ada)[0].text
    assert "Late by 2 hours" in server.sent(ada)[0].text


async def test_sources_are_checked_and_each_is_reported(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    source = NewSource(url="http://127.0.0.1:9/feed.xml", outlet=Outlet("The Paper"))
    async with wiring.open_stores(settings.database_url) as stores:
        await stores.sources.add(source, now=datetime.now(UTC))
    async with serving(settings):
        line = await said(server, logged, "source")
    assert (line["name"], line["new"]) == ("The Paper", 0)
    assert line["error"]


async def test_old_articles_are_removed(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=settings.retention_days + 1)
    old = Draft(title="Old", paragraphs=(Paragraph("p", "The ministers met in Ankara."),))
    async with wiring.open_stores(settings.database_url) as stores:
        await stores.intake().take([old], seen_at=long_ago)
    async with serving(settings):
        assert (await said(server, logged, "pruned"))["articles"] == 1


async def test_a_token_refused_while_running_ends_the_bot(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    server.user(ADA, "Ada")
    await subscribe(settings)
    server.fail(answer=error(401, "Unauthorized"), method="sendMessage", chat_id=ADA)
    with pytest.raises(BotRefused, match="does not accept the token"):
        await asyncio.wait_for(serve(settings), PATIENCE)
    assert "telegram refuses the bot" in [line["event"] for line in logged]


async def test_a_wrong_token_ends_the_bot_before_it_begins(
    settings: Settings, logged: list[EventDict]
) -> None:
    wrong = settings.model_copy(update={"telegram_token": SecretStr("7200000042:AAH-wrong")})
    with pytest.raises(BotRefused, match="does not accept the token"):
        await serve(wrong)
    gc.collect()  # a connection left open would be a warning here
    assert "started" not in [line["event"] for line in logged]


async def test_without_a_token_the_bot_says_where_to_get_one(settings: Settings) -> None:
    with pytest.raises(InputError, match="@BotFather"):
        await serve(settings.model_copy(update={"telegram_token": None}))


async def test_a_setting_that_is_none_is_named_at_the_start(
    settings: Settings, logged: list[EventDict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_OWNER", "7")
    monkeypatch.setenv("ATTACHE_PORT", "9100")
    with pytest.raises(InputError):
        await serve(settings.model_copy(update={"telegram_token": None}))
    said = [(line["log_level"], line["name"], line["meant"]) for line in logged]
    assert said == [
        ("warning", "ATTACHE_OWNER", "ATTACHE_OWNERS"),
        ("info", "ATTACHE_PORT", None),
    ]


async def test_two_bots_do_not_share_a_database(settings: Settings) -> None:
    with wiring.only_here(settings.database_url), pytest.raises(Conflict, match="already"):
        await serve(settings)


async def test_a_second_bot_may_wait_and_takes_over(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    with wiring.only_here(settings.database_url):
        second = asyncio.create_task(serve(settings, waits=True))
        await said(server, logged, "waiting for the other bot to end")
        await asyncio.sleep(0.5)
        assert "started" not in [line["event"] for line in logged]
    await said(server, logged, "started")
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(second, PATIENCE)
    assert [line["event"] for line in logged].count("waiting for the other bot to end") == 1


async def test_the_door_tells_how_the_running_bot_is(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    ada = server.user(ADA, "Ada")
    ada.chat.is_started = True
    await subscribe(settings)
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    async with serving(settings.model_copy(update={"http": place})):
        await said(server, logged, "delivered")
        async with ClientSession() as session, session.get(f"http://{place}/metrics") as answer:
            text = await answer.text()
    assert "attache_sent_total 1.0" in text.splitlines()
    assert server.token.partition(":")[2] not in text


async def test_updates_of_a_chat_that_floods_are_counted_at_the_door(
    settings: Settings, server: TelegramServer, logged: list[EventDict]
) -> None:
    ada = server.user(ADA, "Ada")
    ada.chat.is_started = True
    for _ in range(WAITING + 5):
        await ada.send("/help")
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    async with serving(settings.model_copy(update={"http": place})):
        await said(server, logged, "started")
        line = await said(server, logged, "update not taken")
        async with ClientSession() as session, session.get(f"http://{place}/metrics") as answer:
            text = await answer.text()
    assert line["chat"] == ADA
    assert "attache_updates_dropped_total 5.0" in text.splitlines()


async def test_a_file_in_the_inbox_is_read(
    settings: Settings, logged: list[EventDict], server: TelegramServer, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(f"Talks in Ankara\n\n{TALKS}\n")
    async with serving(settings.model_copy(update={"inbox": inbox})):
        line = await said(server, logged, "file")
    assert (line["name"], line["new"], line["error"]) == ("a.txt", 1, None)

"""Health and metrics over HTTP, and what is counted."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession

from bot.run.door import opened
from bot.run.metrics import Counted, Metrics
from digest.errors import AttacheError, BadMessage, ChatGone, DeliveryError, StoreError, Uncertain
from digest.model.chats import Chat, Schedule
from digest.model.delivery import Outgoing, PartId, Queued, Slot
from digest.model.messages import Message
from digest.model.sources import NewSource, Outlet
from tests.fakes import FakeClock, FakeDatabase, FakeMessenger

NOW = datetime(2026, 11, 28, 8, 5, tzinfo=UTC)
TODAY = datetime(2026, 11, 28, 8, tzinfo=UTC)
ADA = 7


class Desk:
    """What the figures are about."""

    def __init__(self) -> None:
        self.metrics = Metrics()
        self.database = FakeDatabase()
        self.clock = FakeClock(NOW)
        self.error: StoreError | None = None
        self.dropped = 0  # updates

    async def look(self) -> None:
        if self.error is not None:
            raise self.error
        await self.metrics.look(
            clock=self.clock,
            ledger=self.database.ledger,
            chats=self.database.chats,
            sources=self.database.sources,
            dropped=lambda: self.dropped,
        )

    async def post(self) -> None:
        """Two messages of a digest that was due five minutes ago."""
        chat = await self.database.chats.save(Chat(id=ADA, active=True, schedule=Schedule()))
        queued = Queued(
            slot=Slot(ADA, 0, TODAY.date(), "08:00", TODAY),
            messages=(Message("one"), Message("two")),
            digest="{}",
            shown_stories=(),
            shown_sentences=(),
            covered_until=TODAY,
            next_due_at=TODAY + timedelta(days=1),
            chat_version=chat.version,
        )
        assert await self.database.ledger.enqueue([queued]) == 1

    @asynccontextmanager
    async def door(self) -> AsyncIterator[str]:
        async with opened(("127.0.0.1", 0), self.metrics, self.look) as port:
            yield f"http://127.0.0.1:{port}"


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def got(url: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


def part() -> Outgoing:
    message = Message("text")
    return Outgoing(id=PartId(1), chat=ADA, thread=0, kind="private", message=message, attempts=1)


async def test_a_healthy_bot_says_so(desk: Desk) -> None:
    async with desk.door() as url:
        assert await got(f"{url}/healthz") == (200, '{"status": "ok"}')


async def test_a_bot_without_its_database_is_not_healthy(desk: Desk) -> None:
    desk.error = StoreError("the database x.db is damaged")
    async with desk.door() as url:
        answers = [await got(f"{url}/{page}") for page in ("healthz", "metrics")]
    for status, text in answers:
        assert status == 503
        assert "the database x.db is damaged" in text


async def test_the_figures_tell_how_things_stand(desk: Desk) -> None:
    await desk.post()
    await desk.database.chats.save(Chat(id=8, active=True, next_due_at=NOW - timedelta(hours=1)))
    added = [
        await desk.database.sources.add(
            NewSource(url=f"https://{name}.example", outlet=Outlet(name)), now=NOW
        )
        for name in "ab"
    ]
    await desk.database.sources.enable(added[0].url, enabled=False)
    async with desk.door() as url:
        await asyncio.sleep(0.3)
        status, text = await got(f"{url}/metrics")
    assert status == 200
    lines = text.splitlines()
    assert "attache_unmade_seconds 3600.0" in lines
    assert "attache_queue_depth 2.0" in lines
    assert "attache_slot_lag_seconds 300.0" in lines
    assert 'attache_feeds{state="ok"} 0.0' in lines
    assert 'attache_feeds{state="new"} 1.0' in lines
    assert 'attache_feeds{state="off"} 1.0' in lines
    assert 'attache_feeds{state="failing"} 0.0' in lines
    assert "attache_unread_seconds 0.0" in lines
    assert 'attache_loop_lag_seconds_bucket{le="+Inf"} 1.0' in lines


async def test_where_nothing_waits_nothing_is_late(desk: Desk) -> None:
    async with desk.door() as url:
        _, text = await got(f"{url}/metrics")
    assert "attache_slot_lag_seconds 0.0" in text.splitlines()


async def test_what_becomes_of_messages_is_counted_by_its_kind(desk: Desk) -> None:
    errors = (Uncertain("the answer was lost"), ChatGone("blocked"), BadMessage("bad"))
    messenger = Counted(FakeMessenger({ADA: errors}), desk.metrics)
    for _ in errors:
        with pytest.raises(DeliveryError):
            await messenger.send(part())
    await messenger.send(part())
    desk.metrics.lost(2)
    lines = desk.metrics.shown().decode().splitlines()
    assert "attache_sent_total 1.0" in lines
    assert "attache_uncertain_total 3.0" in lines
    assert 'attache_failed_total{reason="Uncertain"} 1.0' in lines
    assert 'attache_failed_total{reason="ChatGone"} 1.0' in lines


async def test_updates_that_were_dropped_are_counted_once(desk: Desk) -> None:
    async with desk.door() as url:
        for desk.dropped in (0, 3, 3, 5):
            _, text = await got(f"{url}/metrics")
            assert f"attache_updates_dropped_total {desk.dropped}.0" in text.splitlines()


async def test_a_feed_that_fails_is_counted_as_such(desk: Desk) -> None:
    new = NewSource(url="https://a.example", outlet=Outlet("a"))
    source = await desk.database.sources.add(new, now=NOW)
    desk.database.tables.sources[source.id] = replace(source, failures=2)
    await desk.look()
    assert 'attache_feeds{state="failing"} 1.0' in desk.metrics.shown().decode().splitlines()


async def test_without_a_place_there_is_no_door(desk: Desk) -> None:
    async with opened(None, desk.metrics, desk.look) as port:
        assert port is None


async def test_a_place_that_is_taken_is_named(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AttacheError, match=f"ATTACHE_HTTP: 127.0.0.1:{port}"):
            async with opened(("127.0.0.1", port), desk.metrics, desk.look):
                pass

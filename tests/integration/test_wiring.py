"""The composition root: real parts, put together."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.pages.links import proof_link
from bot.run import rendering, wiring
from bot.run.wiring import Stores
from bot.settings import Settings
from bot.talk.app import App
from digest.compose.due import Due
from digest.errors import Conflict
from digest.model.chats import Chat, Schedule
from digest.model.digests import Digest, Window
from digest.model.sources import Outlet
from digest.model.stories import Placed
from tests.articles import SEEN, new_article, stored
from tests.fakes import FakeClock, FakeFetcher, FakeParser

DAILY = Schedule("Europe/Zurich", ("07:30",))
LATER = SEEN + timedelta(hours=1)
TALKS = (
    "Delegations from Turkey and Ukraine met in Ankara on Monday to discuss the grain corridor. "
    "Forty ships are waiting off Odesa for an inspection of their cargo."
)


@pytest.fixture
async def stores() -> AsyncIterator[Stores]:
    async with wiring.open_stores("sqlite+aiosqlite:///:memory:") as stores:
        yield stores


@pytest.fixture
async def app(stores: Stores) -> App:
    """An app whose database holds one article, from a file."""
    article = new_article("talks", TALKS, url=None, file="talks.txt", first_seen_at=SEEN)
    await stores.articles.add([Placed(article, -1)])
    settings = Settings(owners=frozenset({9}), access="invite")
    return built(stores, settings)


def built(stores: Stores, settings: Settings) -> App:
    return wiring.build_app(
        stores,
        settings,
        FakeClock(LATER),
        username="attache_bot",
        fetcher=FakeFetcher({}),
        parser=FakeParser(),
        intake=stores.intake(),
    )


def quiet(at: datetime) -> Digest:
    return Digest(
        window=Window(at - timedelta(days=1), at),
        articles_read=0,
        stories_seen=0,
        minutes=3,
        items=(),
    )


async def test_a_digest_on_request_is_composed_and_moves_nothing(app: App, stores: Stores) -> None:
    chat = await stores.chats.save(Chat(id=5, schedule=DAILY, covered_until=SEEN, active=True))

    digest, (message,) = await app.compose(chat, now=LATER)

    assert [item.headline for item in digest.items] == ["Title of talks"]
    assert "Delegations from Turkey and Ukraine met in Ankara" in message.html
    assert 'href="https://t.me/attache_bot?start=a_1_0"' in message.html
    assert await stores.chats.get(5) == chat


async def test_a_preview_begins_where_it_is_asked_to(app: App) -> None:
    chat = Chat(id=5, schedule=DAILY, covered_until=LATER)

    preview, _ = await app.compose(chat, now=LATER, since=LATER - timedelta(hours=24))
    digest, _ = await app.compose(chat, now=LATER)

    assert len(preview.items) == 1
    assert digest.items == ()


async def test_others_are_answered_while_a_digest_is_composed(app: App, stores: Stores) -> None:
    placed = [
        Placed(new_article(f"k{n}", f"{TALKS} {n} ships left.", first_seen_at=SEEN), -n)
        for n in range(1, 301)
    ]
    await stores.articles.add(placed)
    gc.collect()  # else a full collection, which a bot that runs puts off, may fall into the gaps
    async with beats() as gaps:
        began = time.process_time()
        digest, _ = await app.compose(Chat(id=5, covered_until=SEEN), now=LATER)
        took = time.process_time() - began

    assert digest.articles_read == 301
    assert max(gaps) < took / 2


@asynccontextmanager
async def beats() -> AsyncIterator[list[float]]:
    """The seconds of a processor that the loop took between two turns of a task beside the block's."""
    gaps: list[float] = []

    async def beat() -> None:
        last = time.thread_time()
        while True:
            await asyncio.sleep(0)
            gaps.append(time.thread_time() - last)
            last += gaps[-1]

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0)
    try:
        yield gaps
        await asyncio.sleep(0)
    finally:
        beating.cancel()


async def test_an_app_knows_its_settings_and_hides_the_token(app: App, stores: Stores) -> None:
    settings = Settings(telegram_token=SecretStr("123456:AAsecret"))
    other = built(stores, settings)

    assert app.owners == {9}
    assert (app.access, app.bot_username) == ("invite", "attache_bot")
    assert len(app.secret) == len(other.secret) == 64
    assert app.secret != other.secret
    assert b"AAsecret" not in other.secret


def test_the_next_appointment_is_by_the_readers_clock() -> None:
    assert rendering.due_after(DAILY, SEEN) == datetime(2026, 2, 11, 6, 30, tzinfo=UTC)
    assert rendering.due_after(Schedule(), SEEN) is None


def test_a_channel_is_written_to_in_silence_and_without_commands() -> None:
    render = rendering.renderer("attache_bot")
    private = Chat(id=5, schedule=DAILY)
    due = Due(SEEN.date(), "07:30", SEEN)

    (to_reader,) = render(quiet(SEEN), private, due, SEEN).messages
    (to_channel,) = render(quiet(SEEN), replace(private, kind="channel"), due, SEEN).messages

    assert "0 for you" in to_reader.html
    assert "0 chosen" in to_channel.html
    assert "/settings" in to_reader.html
    assert not to_reader.silent
    assert "/settings" not in to_channel.html
    assert to_channel.silent


def test_a_digest_is_headed_by_the_place_that_its_chat_chose() -> None:
    geneva = Chat(id=5, schedule=replace(DAILY, place="Geneva"))
    (message,) = rendering.renderer("")(
        quiet(SEEN), geneva, Due(SEEN.date(), "07:30", SEEN), SEEN
    ).messages
    assert "Geneva" in message.html


def test_a_proof_is_the_address_or_the_stored_text() -> None:
    published = stored(new_article("a", "x", outlet=Outlet("A")), id=3)
    file = replace(published, url=None)

    assert proof_link("attache_bot")(published, 7) == "https://paper.example/a"
    assert proof_link("attache_bot")(file, 7) == "https://t.me/attache_bot?start=a_3_7"
    assert proof_link("")(file, 7) is None


def test_a_database_has_one_running_bot(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'attache.db'}"

    refused = pytest.raises(Conflict, match="another attache runs")
    with wiring.only_here(url), refused, wiring.only_here(url):
        pass
    with wiring.only_here(url):
        pass


def test_a_database_is_made_copied_and_checked(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'attache.db'}"
    stored_before, wanted = asyncio.run(wiring.schema(url))

    asyncio.run(wiring.upgrade(url))
    asyncio.run(wiring.back_up(url, tmp_path / "copy.db"))

    assert stored_before is None
    assert asyncio.run(wiring.schema(url)) == (wanted, wanted)
    assert asyncio.run(wiring.check(f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}")) == ()


async def test_a_fetcher_is_closed_at_the_end() -> None:
    async with wiring.open_fetcher(
        Settings(contact="ada@example.org"), wiring.SystemClock()
    ) as one:
        assert one is not None


def test_the_clock_of_this_machine_is_in_utc() -> None:
    assert wiring.SystemClock().now().tzinfo is UTC

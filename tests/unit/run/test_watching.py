"""Owners hear once that no feed is read, or no digest made, and once that one is; never of a quiet day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.run.watching import EVERY, Watch
from bot.talk.alarms import Alarms
from digest.ingest.checked import INTERVAL
from digest.model.chats import Chat
from digest.model.sources import UNREAD, NewSource, Outlet, Source, SourceOutcome
from tests.fakes import FakeClock, FakeDatabase, FakeMessenger

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OLGA = 9


class Desk:
    def __init__(self, *owners: int) -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock(NOW)
        self.messenger = FakeMessenger()
        self._owners = frozenset(owners)
        self.restart()

    def restart(self) -> None:
        """All that is only in memory is gone."""
        alarms = Alarms(
            owners=self._owners,
            untold=self.database.alarms,
            chats=self.database.chats,
            messenger=self.messenger,
            clock=self.clock,
        )
        self.watch = Watch(
            sources=self.database.sources,
            chats=self.database.chats,
            alarms=alarms,
            clock=self.clock,
        )

    async def add(self, name: str, *, enabled: bool = True, owner: int | None = None) -> Source:
        url = f"https://{name.lower()}.example/feed"
        new = NewSource(url=url, outlet=Outlet(name), enabled=enabled, owner=owner)
        return await self.database.sources.add(new, now=self.clock.now())

    async def check(
        self,
        source: Source,
        error: str | None = None,
        *,
        again: timedelta = INTERVAL,
        promised: timedelta | None = None,
    ) -> None:
        now = self.clock.now()
        outcome = SourceOutcome(
            source=source.id,
            checked_at=now,
            next_check_at=now + again,
            error=error,
            promised_until=now + promised if promised else None,
        )
        await self.database.articles.add((), outcome)

    async def look(self, span: timedelta) -> None:
        for _ in range(span // EVERY):
            self.clock.advance(EVERY)
            await self.watch()

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(text.splitlines()[0] for text in self.messenger.texts(OLGA))


@pytest.fixture
def desk() -> Desk:
    return Desk(OLGA)


ALARM = "<b>⚠️ Attaché needs its operator</b>"
OVER = "✓ Attaché reads feeds again. What they brought meanwhile comes with the next digests."


async def test_owners_are_told_once_that_no_feed_answers_and_once_that_one_does(
    desk: Desk,
) -> None:
    alpha, beta = await desk.add("Alpha"), await desk.add("Beta")
    await desk.check(beta)
    for source in (alpha, beta):
        await desk.check(source, "no answer")
    await desk.look(UNREAD - EVERY)
    assert desk.told == ()
    await desk.look(timedelta(hours=30))
    assert desk.told == (ALARM,)
    reason = "no answer since 2026-08-25 12:00 UTC; Alpha: no answer"
    assert desk.messenger.texts(OLGA)[0].endswith(reason)
    await desk.check(beta)
    await desk.look(UNREAD - EVERY)
    assert desk.told == (ALARM, OVER)
    await desk.look(timedelta(hours=1))
    assert desk.told == (ALARM, OVER, ALARM)  # it is news again


async def test_a_restart_neither_repeats_the_alarm_nor_loses_its_end(desk: Desk) -> None:
    source = await desk.add("Alpha")
    await desk.look(UNREAD + EVERY)
    desk.restart()
    await desk.look(timedelta(hours=8))
    desk.restart()
    await desk.check(source)
    await desk.look(EVERY)
    assert desk.told == (ALARM, OVER)
    assert "no feed is asked" in desk.messenger.texts(OLGA)[0]


async def test_feeds_are_asked_again_soon_after_an_outage(desk: Desk) -> None:
    feeds = [await desk.add(name) for name in ("Alpha", "Beta", "Gamma", "Delta")]
    off = await desk.add("Epsilon", enabled=False)
    for source in feeds[:3]:
        await desk.check(source)
    for source in (*feeds, off):
        await desk.check(source, "no address", again=timedelta(days=1))

    async def due() -> set[str]:
        found = await desk.database.sources.due(desk.clock.now(), limit=9)
        return {source.outlet.name for source in found}

    await desk.look(UNREAD - EVERY)
    assert await due() == set()
    await desk.look(EVERY)
    assert await due() == {"Alpha", "Beta", "Gamma"}  # those that answered last
    await desk.check(feeds[0])
    await desk.look(EVERY)
    assert await due() == {"Beta", "Gamma", "Delta"}
    for source in feeds[1:]:
        await desk.check(source, "answered 503", again=timedelta(days=1))
    await desk.look(EVERY)
    assert await due() == set()  # they fail for themselves, and wait


async def test_who_asked_to_be_left_alone_is_not_asked_in_place_of_another(desk: Desk) -> None:
    feeds = [await desk.add(name) for name in ("Alpha", "Beta", "Gamma", "Delta")]
    for source in (feeds[3], *feeds[:3]):
        await desk.check(source)
        desk.clock.advance(timedelta(seconds=1))
    for source in feeds:
        wait = DAY if source is feeds[0] else None
        await desk.check(source, "answered 503", again=DAY, promised=wait)
    await desk.look(UNREAD + EVERY)
    found = await desk.database.sources.due(desk.clock.now(), limit=9)
    assert {source.outlet.name for source in found} == {"Beta", "Gamma", "Delta"}


async def test_who_was_away_for_long_is_given_time_to_read(desk: Desk) -> None:
    source = await desk.add("Alpha")
    desk.clock.advance(timedelta(days=1))
    await desk.watch()
    await desk.check(source)
    await desk.look(UNREAD - EVERY)
    assert desk.told == ()


async def test_where_no_feed_is_read_for_all_none_is_missed(desk: Desk) -> None:
    await desk.add("Alpha", enabled=False)
    await desk.add("Beta", owner=7)
    await desk.look(timedelta(hours=8))
    assert desk.told == ()


async def test_owners_are_told_once_that_digests_are_not_made_and_once_that_they_are(
    desk: Desk,
) -> None:
    chat = await desk.database.chats.save(Chat(id=7, active=True, next_due_at=NOW))
    await desk.look(timedelta(minutes=30))
    assert desk.told == ()
    await desk.look(timedelta(hours=9))
    assert desk.told == (ALARM,)
    assert desk.messenger.texts(OLGA)[0].endswith("none since 2026-08-25 12:00 UTC")
    await desk.database.chats.save(replace(chat, next_due_at=NOW + DAY))
    await desk.look(EVERY)
    assert desk.told == (
        ALARM,
        "✓ Attaché makes digests again. Who waited gets the last one that was due.",
    )


async def test_after_a_rest_of_days_digests_are_given_time_to_be_made(desk: Desk) -> None:
    chat = await desk.database.chats.save(Chat(id=7, active=True, next_due_at=NOW - DAY))
    await desk.look(EVERY)
    await desk.database.chats.save(replace(chat, next_due_at=NOW + DAY))
    await desk.look(timedelta(hours=1))
    assert desk.told == ()


async def test_where_nobody_is_an_owner_the_log_says_so() -> None:
    desk = Desk()
    source = await desk.add("Alpha")
    with capture_logs() as logged:
        await desk.look(UNREAD + EVERY)
        await desk.check(source)
        await desk.look(2 * EVERY)
    assert [line["event"] for line in logged] == ["alarm", "alarm over"]

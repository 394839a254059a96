"""No connection for a minute, six hours, a week; clocks that jump, skip and repeat."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.model.chats import Schedule
from tests.bot_world import NOW
from tests.fault_world import ADA, DAY, HOUR, FaultWorld

MINUTE = timedelta(minutes=1)


async def test_S1_refused(world: FaultWorld) -> None:
    """Where nothing can have arrived the part waits, and nothing is called uncertain."""
    await world.reader(ADA)
    await world.unplug()
    for _ in range(3):
        await world.tick(MINUTE)
    assert await world.states() == ["waiting"]
    assert world.tries(ADA) == ()
    await world.plug()
    await world.tick(5 * MINUTE)
    await world.tick(HOUR)
    assert len(world.texts(ADA)) == 1
    assert (await world.stores.ledger.totals())["uncertain_ever"] == 0


async def test_S2_outage(world: FaultWorld) -> None:
    """Six hours over two of three daily digests: the newest comes, and says so if it is late."""
    noon = f"{NOW:%H:%M}"
    hours = Schedule("UTC", (noon, f"{NOW + 2 * HOUR:%H:%M}", f"{NOW + 9 * HOUR:%H:%M}"))
    await world.reader(ADA, schedule=hours)
    await world.unplug()
    for _ in range(6):
        await world.tick(timedelta(0))
        world.clock.advance(HOUR)
    await world.plug()
    await world.tick()
    (text,) = world.texts(ADA)
    assert f"{NOW + 2 * HOUR:%H:%M}" in text.splitlines()[0]
    assert "Late by 4 hours: it could not be sent at the hour set." in text
    assert await world.states() == ["dropped", "sent"]


@pytest.mark.parametrize(
    ("down", "late"),
    [
        pytest.param(6 * HOUR, "6 hours", id="U2_clock-six-hours-down"),
        pytest.param(7 * DAY + HOUR, "1 hour", id="U2_clock-a-week-down"),
    ],
)
async def test_down_at_the_hour(world: FaultWorld, down: timedelta, late: str) -> None:
    await world.reader(ADA)
    await world.stop()
    world.clock.advance(down)
    await world.start()
    await world.tick()
    await world.tick(HOUR)
    (text,) = world.texts(ADA)
    assert f"Late by {late}" in text
    assert text.count("Late by") == 1


async def test_U2_clock_set_back(world: FaultWorld) -> None:
    """An hour that comes again brings no second digest."""
    await world.reader(ADA)
    await world.tick()
    await world.tick(-2 * HOUR)
    await world.tick(2 * HOUR)
    assert len(world.texts(ADA)) == 1
    await world.tick(DAY)
    assert len(world.texts(ADA)) == 2


@pytest.mark.parametrize(
    ("night", "first", "hours"),
    [
        # 02:30 does not exist on 29 March 2026 in Berlin; on 25 October it comes twice.
        pytest.param(
            datetime(2026, 3, 28, 12, tzinfo=UTC), "2026-03-29 01:00", 20, id="U2_clock-dst-gap"
        ),
        pytest.param(
            datetime(2026, 10, 24, 12, tzinfo=UTC),
            "2026-10-25 00:30",
            20,
            id="U2_clock-dst-overlap",
        ),
    ],
)
async def test_once_a_local_day(world: FaultWorld, night: datetime, first: str, hours: int) -> None:
    world.clock.advance(night - world.clock.now())
    due = datetime.fromisoformat(first).replace(tzinfo=UTC)
    berlin = Schedule("Europe/Berlin", ("02:30",))
    await world.reader(ADA, schedule=berlin, next_due_at=due, covered_until=night)
    sent_at = []
    for _ in range(hours * 2):
        had = len(world.texts(ADA))
        await world.tick(30 * MINUTE)
        if len(world.texts(ADA)) > had:
            sent_at.append(world.clock.now())
    assert sent_at == [due]


async def test_U2_clock_zone_changed_between_two_digests(world: FaultWorld) -> None:
    """Tokyo's noon of that day has passed already: the next comes on the next local day."""
    await world.reader(ADA)
    await world.tick()
    ada = world.person()
    await ada.send("/timezone Asia/Tokyo")
    await world.settled()
    await ada.press(world.server.sent(ADA)[-1], "Yes, that is right")
    await world.settled()
    before = len([text for text in world.texts(ADA) if "Attaché ·" in text])
    assert before == 1
    chat = await world.chat(ADA)
    assert chat.schedule.zone == "Asia/Tokyo"
    assert chat.next_due_at == datetime(2026, 8, 26, 3, 2, tzinfo=UTC)
    for _ in range(24):
        await world.tick(HOUR)
    assert len([text for text in world.texts(ADA) if "Attaché ·" in text]) == 2

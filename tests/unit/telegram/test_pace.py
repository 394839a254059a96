"""How fast Telegram is called, on a clock that only sleeping moves."""

import asyncio
import heapq
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.telegram.pace import (
    BROADCAST,
    IDLE_CHATS,
    OVERALL,
    SURE,
    Lane,
    Pace,
    RateLimit,
    StillPaused,
    retry_after,
)
from tests.patience import PATIENCE


class Loop:
    """Time that jumps to the next sleeper once nobody has anything else to do."""

    def __init__(self) -> None:
        self.time = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = count()

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heapq.heappush(self._sleepers, (self.time + seconds, next(self._numbers), woken))
        await woken.wait()

    async def run(self, *tasks: "asyncio.Task[Any]") -> None:
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers:
                self.time, _, woken = heapq.heappop(self._sleepers)
                woken.set()


class Line:
    """A Telegram that notes when each call came; ``refusals`` are raised in order."""

    def __init__(self, *refusals: Exception, paid: bool = False, trip: float = 0.0) -> None:
        self.loop = Loop()
        self.pace = Pace(margin=0.0, paid=paid, clock=self.loop.now, sleep=self.loop.sleep)
        self.calls: list[tuple[float, int]] = []
        self.data: list[dict[str, Any]] = []
        self._refusals = list(refusals)
        self._trip = trip

    def call(
        self, chat: int, lane: Lane | None = None, endpoint: str = "sendMessage"
    ) -> "asyncio.Task[Any]":
        async def post() -> bool:
            self.calls.append((self.loop.time, chat))
            if self._trip:
                await self.loop.sleep(self._trip)
            if self._refusals:
                raise self._refusals.pop(0)
            return True

        data: dict[str, Any] = {"chat_id": chat}
        self.data.append(data)
        return asyncio.create_task(
            self.pace.process_request(post, (), {}, endpoint, data, lane)  # type: ignore[arg-type]
        )

    @property
    def times(self) -> list[float]:
        return [time for time, _ in self.calls]


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def test_no_second_holds_more_than_thirty_messages() -> None:
    line = Line()
    await line.loop.run(*(line.call(chat) for chat in range(1, 101)))
    for start in line.times:
        assert sum(start <= time < start + 1 for time in line.times) <= OVERALL
    assert line.times[-1] == pytest.approx(3.0)


async def test_a_private_chat_gets_one_message_a_second() -> None:
    line = Line()
    await line.loop.run(*(line.call(7) for _ in range(3)))
    assert line.times == [0.0, 1.0, 2.0]


async def test_a_group_gets_twenty_messages_a_minute() -> None:
    line = Line()
    await line.loop.run(*(line.call(-100) for _ in range(21)))
    assert line.times == [0.0] * 20 + [60.0]


async def test_a_person_goes_before_a_waiting_broadcast() -> None:
    line = Line()
    broadcast = [line.call(chat, BROADCAST) for chat in range(100, 400)]
    await asyncio.sleep(0)
    reply = line.call(7)
    await line.loop.run(*broadcast, reply)
    assert next(time for time, chat in line.calls if chat == 7) == 0.0


async def test_a_person_who_gives_up_holds_no_broadcast_back() -> None:
    line = Line()
    people = [line.call(chat) for chat in range(1, 42)]
    for _ in range(5):
        await asyncio.sleep(0)
    given_up = people.pop()
    given_up.cancel()
    await asyncio.wait_for(line.loop.run(*people, line.call(100, BROADCAST)), PATIENCE)
    assert line.calls[-1] == (1.0, 100)


async def test_many_people_hold_a_broadcast_back() -> None:
    line = Line()
    people = [line.call(chat) for chat in range(1, 41)]
    broadcast = line.call(100, BROADCAST)
    await line.loop.run(*people, broadcast)
    assert line.calls[-1][1] == 100


async def test_a_person_who_waits_for_their_own_chat_holds_nobody_up() -> None:
    line = Line()
    replies = [line.call(7) for _ in range(3)]
    broadcast = line.call(100, BROADCAST)
    await line.loop.run(*replies, broadcast)
    assert (0.0, 100) in line.calls


async def test_taps_and_questions_are_not_slowed_down() -> None:
    line = Line()
    edits = [line.call(7, endpoint="editMessageText") for _ in range(5)]
    asked = [line.call(7, endpoint="getChatMember") for _ in range(50)]
    await line.loop.run(*edits, *asked)
    assert line.times == [0.0] * 55


async def test_a_person_is_answered_once_the_wait_is_over() -> None:
    line = Line(RetryAfter(7))
    reply = line.call(7)
    await line.loop.run(reply)
    assert line.times == [0.0, 7.0]
    assert reply.result() is True


async def test_a_second_refusal_is_not_tried_again() -> None:
    line = Line(RetryAfter(7), RetryAfter(7))
    reply = line.call(7)
    await line.loop.run(reply)
    assert isinstance(reply.exception(), RetryAfter)


async def test_nobody_waits_for_hours() -> None:
    line = Line(RetryAfter(10_072))
    reply = line.call(7)
    await line.loop.run(reply)
    assert isinstance(reply.exception(), RetryAfter)
    assert line.times == [0.0]


async def test_a_refused_broadcast_goes_back_and_its_chat_pauses() -> None:
    line = Line(RetryAfter(7))
    part = line.call(7, BROADCAST)
    await line.loop.run(part)
    assert isinstance(part.exception(), RetryAfter)
    later = [line.call(7, BROADCAST), line.call(8, BROADCAST)]
    await line.loop.run(*later)
    assert [chat for _, chat in line.calls[1:]] == [8]
    again = later[0].exception()
    assert isinstance(again, RetryAfter)
    assert retry_after(again) == timedelta(seconds=7)


async def test_a_broadcast_waits_a_moment_for_its_own_chat() -> None:
    line = Line()
    await line.loop.run(line.call(7), line.call(7, BROADCAST), line.call(8, BROADCAST))
    assert line.calls == [(0.0, 7), (0.0, 8), (1.0, 7)]


async def test_a_person_may_take_the_place_that_a_broadcast_waited_for() -> None:
    line = Line()
    before = [line.call(chat, BROADCAST) for chat in range(100, 103)]
    part = line.call(7, BROADCAST)
    for _ in range(5):
        await asyncio.sleep(0)
    await line.loop.run(line.call(7), *before, part)
    assert [time for time, chat in line.calls if chat == 7] == [0.0, pytest.approx(1.0, abs=0.1)]


async def test_broadcasts_are_spread_so_that_a_person_waits_for_the_next_place_only() -> None:
    line = Line()
    broadcast = [line.call(chat, BROADCAST) for chat in range(100, 200)]
    steady = asyncio.create_task(line.loop.sleep(2.015))
    await line.loop.run(steady)
    asked = line.loop.time
    await line.loop.run(line.call(7), *broadcast)
    answered = next(time for time, chat in line.calls if chat == 7)
    assert answered - asked < 0.05
    assert line.times[-1] <= 100 / OVERALL


async def test_a_place_is_counted_from_when_the_call_arrived_at_the_latest() -> None:
    line = Line(trip=0.25)
    await line.loop.run(*(line.call(7) for _ in range(3)))
    assert line.times == [0.0, 1.25, 2.5]  # how long the way is, few answers do not tell
    line = Line(trip=0.25)
    line.pace._answers = SURE
    quick, line._trip = line.call(8), 0.25
    await line.loop.run(quick)
    line._trip = 0.75
    slow = line.call(7)
    await line.loop.run(slow)
    line._trip = 0.25
    await line.loop.run(line.call(7))
    assert line.times[-1] - line.times[-2] == 1.625


async def test_where_many_are_under_way_only_the_answer_counts() -> None:
    line = Line(paid=True, trip=0.25)
    line.pace._answers = SURE
    await line.loop.run(line.call(7))
    await line.loop.run(line.call(7))
    assert line.times[-1] - line.times[-2] == 1.25


async def test_a_call_under_way_keeps_its_place() -> None:
    line = Line(trip=3.0)
    await line.loop.run(line.call(7), line.call(7))
    assert line.times == [0.0, pytest.approx(4.0, abs=0.011)]


async def test_the_paid_lane_takes_a_thousand_a_second_and_says_so() -> None:
    line = Line(paid=True)
    calls = [line.call(chat, BROADCAST) for chat in range(1, 1003)]
    await line.loop.run(*calls, line.call(9000), line.call(9001, endpoint="sendChatAction"))
    assert line.times[999] == 0.0
    assert line.times[-1] <= 1.02
    assert [data.get("allow_paid_broadcast") for data in line.data] == [True] * 1003 + [None]


async def test_three_refused_chats_stop_everything() -> None:
    line = Line(*(RetryAfter(5) for _ in range(3)))
    refused = [line.call(chat, BROADCAST) for chat in (1, 2, 3)]
    await line.loop.run(*refused)
    assert all(isinstance(task.exception(), RetryAfter) for task in refused)
    other = line.call(4)
    await line.loop.run(other)
    assert line.calls[-1] == (pytest.approx(5.06), 4)


async def test_while_all_wait_a_broadcast_goes_back_at_once() -> None:
    line = Line(*(RetryAfter(300) for _ in range(3)))
    refused = [line.call(chat, BROADCAST) for chat in (1, 2, 3)]
    behind = [line.call(chat, BROADCAST) for chat in (4, 5, 6)]
    await line.loop.run(*refused, *behind)
    assert line.loop.time < 1.0
    assert len(line.calls) == 3
    later = line.call(7, BROADCAST)
    await line.loop.run(later)
    # Not of its chat: whoever sends lets all wait, and claims no more.
    for task in (*behind, later):
        error = task.exception()
        assert type(error) is RetryAfter
        assert retry_after(error) == timedelta(seconds=300)


async def test_a_broadcast_waits_where_all_wait_for_a_moment() -> None:
    line = Line(*(RetryAfter(1) for _ in range(3)))
    await line.loop.run(*(line.call(chat, BROADCAST) for chat in (1, 2, 3)))
    other = line.call(4, BROADCAST)
    await line.loop.run(other)
    assert line.calls[-1] == (pytest.approx(1.06), 4)


async def test_old_refusals_do_not_add_up() -> None:
    line = Line(RetryAfter(1), RetryAfter(1), RetryAfter(1))
    for chat in (1, 2, 3):
        await line.loop.run(line.call(chat, BROADCAST))
        line.loop.time += 2
    now = line.loop.time
    await line.loop.run(line.call(4))
    assert line.calls[-1] == (now, 4)


async def test_other_errors_are_not_ours() -> None:
    line = Line(BadRequest("chat not found"))
    part = line.call(7)
    await line.loop.run(part)
    assert isinstance(part.exception(), BadRequest)


async def test_idle_chats_are_forgotten() -> None:
    line = Line()
    for chat in range(1, IDLE_CHATS + 3):
        line.loop.time += 2
        await line.loop.run(line.call(chat))
    assert len(line.pace._chats) <= IDLE_CHATS
    await line.pace.initialize()
    await line.pace.shutdown()


async def test_a_chat_that_waits_is_not_forgotten() -> None:
    line = Line()
    busy = [line.call(chat) for chat in range(1, OVERALL + 1)]
    waiting = line.call(7000)
    for _ in range(5):
        await asyncio.sleep(0)
    line.pace._forget_idle()
    await line.loop.run(*busy, waiting)
    await line.loop.run(line.call(7000))
    first, second = (time for time, chat in line.calls if chat == 7000)
    assert second - first >= 1.0


def test_a_limit_frees_its_places_one_by_one() -> None:
    limit = RateLimit(2, 10.0)
    assert limit.wait(0.0) == 0.0
    limit.under_way += 2
    assert 0 < limit.wait(0.0) < 1
    limit.count(0.0)
    limit.count(4.0)
    assert limit.wait(5.0) == 5.0
    assert limit.wait(10.0) == 0.0


def test_the_wait_is_read_in_seconds_or_as_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = RetryAfter(7)
    assert retry_after(refused) == timedelta(seconds=7)
    monkeypatch.delenv("PTB_TIMEDELTA")
    with pytest.warns(DeprecationWarning, match="timedelta"):
        assert retry_after(refused) == timedelta(seconds=7)


@pytest.mark.parametrize(("stands_still", "called"), [(250.0, 2), (600.0, 1)])
async def test_what_waited_while_the_program_stood_still_goes_back(
    stands_still: float, called: int
) -> None:
    """Another sender may have taken it for lost meanwhile, and sent it."""
    now, calls = 0.0, []

    async def sleep(_seconds: float) -> None:
        nonlocal now
        now += stands_still

    async def post() -> bool:
        calls.append(now)
        return True

    pace = Pace(clock=lambda: now, sleep=sleep)
    with suppress(StillPaused):
        for _ in range(2):
            await pace.process_request(post, (), {}, "sendMessage", {"chat_id": 7}, BROADCAST)
    assert len(calls) == called

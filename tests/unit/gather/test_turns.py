"""One request to a host at a time."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from digest.gather.fetching.turns import HostTurns
from tests.patience import PATIENCE


async def test_a_host_serves_one_at_a_time_and_rests_between() -> None:
    turns, under_way, times = HostTurns(timedelta(milliseconds=20)), 0, list[float]()
    loop = asyncio.get_running_loop()

    async def ask(url: str) -> None:
        nonlocal under_way
        async with turns.at(url):
            under_way += 1
            times.append(loop.time())
            assert under_way == 1
            await asyncio.sleep(0)
            under_way -= 1

    await asyncio.gather(*(ask(f"https://paper.example/{n}") for n in range(3)))
    assert all(later - earlier >= 0.02 for earlier, later in pairwise(times))


async def test_a_host_that_has_rested_is_forgotten() -> None:
    turns = HostTurns(timedelta(0))
    for number in range(100):
        async with (
            turns.at(f"https://{number}.example/"),
            turns.at(f"https://{number}.example:81/"),
        ):
            assert max(len(turns._locks), len(turns._rested_at)) <= 3
    assert (len(turns._locks), len(turns._rested_at)) == (0, 1)


async def test_hosts_do_not_wait_for_each_other_nor_for_a_failure() -> None:
    turns, asked = HostTurns(timedelta(hours=1)), []
    async with (
        asyncio.timeout(PATIENCE),
        turns.at("https://paper.example/1"),
        turns.at("https://gazette.example/1"),
    ):
        asked.append("both")

    failed = HostTurns(timedelta(0))
    for number in range(2):
        with pytest.raises(ZeroDivisionError):
            async with asyncio.timeout(PATIENCE), failed.at("https://paper.example/1"):
                asked.append(f"failure {number}")
                raise ZeroDivisionError
    assert asked == ["both", "failure 0", "failure 1"]

"""Each update is in the hands of one bot, and known once it was handled."""

from .every import DAY, HOUR, NOW, SECOND, Stores


async def test_an_update_is_given_to_one_bot_and_again_when_that_has_died(stores: Stores) -> None:
    claim = stores.updates.claim
    assert await claim(1, now=NOW) == "ours"
    assert not await stores.updates.is_known(1)
    assert await claim(1, now=NOW + 30 * SECOND) == "elsewhere"
    assert await claim(1, now=NOW + 31 * SECOND) == "ours"
    await stores.updates.handled(1, now=NOW + 32 * SECOND)
    assert await claim(1, now=NOW + HOUR) == "handled"


async def test_an_update_that_takes_long_stays_with_its_bot(stores: Stores) -> None:
    claim, renew = stores.updates.claim, stores.updates.renew
    await renew(1, now=NOW)
    assert await claim(1, now=NOW) == "ours"
    await renew(1, now=NOW + 20 * SECOND)
    assert await claim(1, now=NOW + 50 * SECOND) == "elsewhere"
    assert await claim(1, now=NOW + 51 * SECOND) == "ours"
    await stores.updates.handled(1, now=NOW + 52 * SECOND)
    await renew(1, now=NOW + 53 * SECOND)
    assert await claim(1, now=NOW + HOUR) == "handled"


async def test_an_update_claimed_by_a_clock_far_ahead_is_not_in_hand(stores: Stores) -> None:
    claim = stores.updates.claim
    assert await claim(1, now=NOW + DAY) == "ours"
    assert await claim(1, now=NOW + DAY - HOUR) == "elsewhere", "clocks differ a little"
    assert await claim(1, now=NOW) == "ours"


async def test_handled_updates_are_known_for_two_days(stores: Stores) -> None:
    assert not await stores.updates.is_known(1)
    for _ in range(2):
        await stores.updates.handled(1, now=NOW)
    assert await stores.updates.is_known(1)
    await stores.updates.handled(2, now=NOW + 3 * DAY)
    assert not await stores.updates.is_known(1)
    assert await stores.updates.is_known(2)

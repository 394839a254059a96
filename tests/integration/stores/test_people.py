"""Who may not write, and what a person is remembered by."""

from datetime import UTC, datetime

from digest.model.delivery import Untold

from .every import DAY, HOUR, MINUTE, NOW, Stores

ALIAS = 2**62 + 1


async def test_a_letter_is_passed_on_once_and_by_its_chat(stores: Stores) -> None:
    letter = await stores.people.write(7, "words", alias=ALIAS, now=NOW)
    assert letter is not None

    assert await stores.people.pass_on(letter, 8) is None
    assert await stores.people.pass_on(letter, 7) == "words"
    assert await stores.people.pass_on(letter, 7) is None
    assert not await stores.people.withdraw(letter, 7)


async def test_a_withdrawn_letter_is_gone(stores: Stores) -> None:
    letter = await stores.people.write(7, "words", alias=ALIAS, now=NOW)
    assert letter is not None

    assert not await stores.people.withdraw(letter, 8)
    assert await stores.people.withdraw(letter, 7)
    assert await stores.people.pass_on(letter, 7) is None


async def test_three_letters_a_day_are_taken_of_each_chat(stores: Stores) -> None:
    for hour in range(3):
        assert await stores.people.write(7, "words", alias=ALIAS, now=NOW + hour * HOUR)

    assert await stores.people.write(7, "words", alias=ALIAS, now=NOW + 23 * HOUR) is None
    assert await stores.people.write(8, "words", alias=ALIAS, now=NOW + 23 * HOUR)
    assert await stores.people.write(7, "words", alias=ALIAS, now=NOW + 24 * HOUR)


async def test_old_letters_and_those_of_a_deleted_chat_are_gone(stores: Stores) -> None:
    old = await stores.people.write(7, "old", alias=ALIAS, now=NOW)
    young = await stores.people.write(8, "young", alias=ALIAS, now=NOW + 91 * DAY)
    assert old is not None and young is not None
    await stores.people.forget_old(NOW + 91 * DAY, today=NOW + 91 * DAY)

    assert await stores.people.pass_on(old, 7) is None
    await stores.chats.delete(8)
    assert await stores.people.pass_on(young, 8) is None


async def test_forgotten_letters_count_for_a_day_and_hold_nothing(stores: Stores) -> None:
    for hour in (0, 2, 2):
        letter = await stores.people.write(7, "words", alias=ALIAS, now=NOW + hour * HOUR)
    await stores.people.forget(7, alias=ALIAS, now=NOW + 3 * HOUR)
    await stores.chats.delete(7)

    assert letter is not None
    for chat in (7, ALIAS):
        assert await stores.people.pass_on(letter, chat) is None
    late = NOW + 22 * HOUR
    assert await stores.people.write(7, "words", alias=ALIAS, now=late) is None
    assert await stores.people.write(8, "words", alias=ALIAS + 1, now=late)
    await stores.people.forget_old(NOW + 23 * HOUR, today=NOW)
    assert await stores.people.write(7, "words", alias=ALIAS, now=late)
    assert await stores.people.write(7, "words", alias=ALIAS, now=late) is None


async def test_who_is_banned_is_told_once(stores: Stores) -> None:
    people = stores.people
    assert await people.standing((7, -100)) == "welcome"

    assert await people.ban(7, now=NOW)
    assert not await people.ban(7, now=NOW)
    assert await people.standing((7, -100)) == "banned"
    await people.told((7, -100))
    assert await people.standing((7, -100)) == "told"
    assert await people.ban(-100, now=NOW)
    assert await people.standing((7, -100)) == "banned"
    assert await people.standing((8,)) == await people.standing(()) == "welcome"

    assert await people.unban(7)
    assert not await people.unban(7)
    assert await people.standing((7,)) == "welcome"


async def test_an_alarm_is_given_to_one_at_a_time_until_it_is_told(stores: Stores) -> None:
    wait, storm = Untold(7, "wait", "<b>ten minutes</b>"), Untold(7, "storm", "all")
    other = Untold(-(2**60), "wait", "of another")
    for alarm in (wait, storm, other):
        await stores.alarms.put(alarm)

    assert await stores.alarms.take(NOW) == (other, storm, wait)
    assert await stores.alarms.take(NOW + 4 * MINUTE) == ()
    await stores.alarms.told(storm)
    await stores.alarms.put(wait)
    assert await stores.alarms.take(NOW + 4 * MINUTE) == (wait,)
    assert await stores.alarms.take(NOW + 5 * MINUTE) == (other,)  # who had it has died


async def test_an_alarm_waits_until_messages_may_be_sent(stores: Stores) -> None:
    storm = Untold(7, "storm", "all")
    await stores.alarms.put(storm, NOW + MINUTE)

    assert await stores.alarms.take(NOW) == ()
    assert await stores.alarms.take(NOW + MINUTE) == (storm,)


async def test_what_is_kept_for_later_is_freed_once_by_its_kind(stores: Stores) -> None:
    never = datetime.max.replace(tzinfo=UTC)
    over = Untold(7, "unread-over", "it goes again")
    await stores.alarms.put(over, never)
    await stores.alarms.put(Untold(7, "storm", "all"), never)

    assert await stores.alarms.take(NOW) == ()
    assert [await stores.alarms.is_kept(kind) for kind in ("unread-over", "wait")] == [True, False]
    assert [await stores.alarms.free("unread-over", NOW) for _ in range(2)] == [True, False]
    assert await stores.alarms.take(NOW) == (over,)
    assert not await stores.alarms.free("unread-over", NOW)  # it is being told


async def test_of_one_kind_the_latest_alarm_is_told(stores: Stores) -> None:
    await stores.alarms.put(Untold(7, "wait", "ten minutes"))
    await stores.alarms.put(Untold(7, "wait", "twenty minutes"))

    assert await stores.alarms.take(NOW) == (Untold(7, "wait", "twenty minutes"),)


async def test_an_alarm_that_comes_while_one_of_its_kind_is_told_is_told_as_well(
    stores: Stores,
) -> None:
    first, later = Untold(7, "wait", "ten minutes"), Untold(7, "wait", "twenty minutes")
    await stores.alarms.put(first)
    assert await stores.alarms.take(NOW) == (first,)

    await stores.alarms.put(later)
    await stores.alarms.told(first)

    assert await stores.alarms.take(NOW) == (later,)


async def test_the_alarms_of_a_deleted_chat_are_gone(stores: Stores) -> None:
    await stores.alarms.put(Untold(7, "wait", "ten minutes"))
    await stores.alarms.put(Untold(8, "wait", "ten minutes"))

    await stores.chats.delete(7)

    assert await stores.alarms.take(NOW) == (Untold(8, "wait", "ten minutes"),)

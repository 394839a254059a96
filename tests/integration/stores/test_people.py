"""Who may not write, and what a person is remembered by."""

from .every import DAY, HOUR, NOW, Stores


async def test_a_letter_is_passed_on_once_and_by_its_chat(stores: Stores) -> None:
    letter = await stores.people.write(7, "words", now=NOW)
    assert letter is not None

    assert await stores.people.pass_on(letter, 8) is None
    assert await stores.people.pass_on(letter, 7) == "words"
    assert await stores.people.pass_on(letter, 7) is None
    assert not await stores.people.withdraw(letter, 7)


async def test_a_withdrawn_letter_is_gone(stores: Stores) -> None:
    letter = await stores.people.write(7, "words", now=NOW)
    assert letter is not None

    assert not await stores.people.withdraw(letter, 8)
    assert await stores.people.withdraw(letter, 7)
    assert await stores.people.pass_on(letter, 7) is None


async def test_three_letters_a_day_are_taken_of_each_chat(stores: Stores) -> None:
    for hour in range(3):
        assert await stores.people.write(7, "words", now=NOW + hour * HOUR)

    assert await stores.people.write(7, "words", now=NOW + 23 * HOUR) is None
    assert await stores.people.write(8, "words", now=NOW + 23 * HOUR)
    assert await stores.people.write(7, "words", now=NOW + 24 * HOUR)


async def test_old_letters_and_those_of_a_deleted_chat_are_gone(stores: Stores) -> None:
    old = await stores.people.write(7, "old", now=NOW)
    young = await stores.people.write(8, "young", now=NOW + 91 * DAY)
    assert old is not None and young is not None

    assert await stores.people.pass_on(old, 7) is None
    await stores.chats.delete(8)
    assert await stores.people.pass_on(young, 8) is None


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

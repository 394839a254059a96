"""/feedback, /ban and /unban: what readers tell the operators, and who is turned away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.membership import Membership, membership, moved, reopened
from bot.commands.scopes import COMMANDS
from digest.compose.view import hour_of
from digest.model.chats import ChatKind
from tests.bot_world import ADA, BOB, NOW, OWNER, BotWorld, button, buttons, text

DAY = timedelta(days=1)


@pytest.fixture
async def bot() -> BotWorld:
    world = BotWorld()
    await world.subscribed()
    return world


async def test_feedback_goes_to_the_owners_with_the_name_once_the_reader_agrees(
    bot: BotWorld,
) -> None:
    await bot.subscribed(OWNER, language="de")
    asked = await bot.asks("feedback", "more on <the> Sahel", name="Ada (@ada)")
    assert "“more on &lt;the&gt; Sahel”" in text(asked)
    assert asked.elsewhere == ()

    passed = await bot.presses(button(asked, "With my name"), name="Ada (@ada)")

    ((owner, message),) = passed.elsewhere
    assert owner == OWNER
    assert message.html == "✉️ <b>Rückmeldung</b> · Ada (@ada)\n\nmore on &lt;the&gt; Sahel"
    assert passed.edits and "Passed on" in text(passed)


async def test_without_consent_the_name_stays_out(bot: BotWorld) -> None:
    asked = await bot.asks("feedback", "words", name="Ada (@ada)")

    passed = await bot.presses(button(asked, "Without my name"), name="Ada (@ada)")

    ((_, message),) = passed.elsewhere
    assert message.html == "✉️ <b>Feedback</b> · without a name\n\nwords"


async def test_feedback_is_passed_on_once(bot: BotWorld) -> None:
    asked = await bot.asks("feedback", "words")
    for label in ("Without", "With my name"):
        again = await bot.presses(button(asked, label))

    assert again.elsewhere == ()
    assert "already" in text(again)


async def test_where_nobody_can_be_told_no_feedback_is_taken(bot: BotWorld) -> None:
    bot.app = replace(bot.app, owners=frozenset())

    asked = await bot.asks("feedback", "words")

    assert text(asked) == "I can reach nobody who runs this bot, so it is not passed on."
    assert buttons(asked) == ()
    assert bot.database.tables.letters == {}


async def test_feedback_that_reaches_no_owner_is_not_called_passed_on(bot: BotWorld) -> None:
    asked = await bot.asks("feedback", "words")

    passed = await bot.presses(button(asked, "Without my name"))

    assert passed.untold is not None
    assert "I can reach nobody" in passed.untold.html


async def test_withdrawn_feedback_goes_nowhere(bot: BotWorld) -> None:
    asked = await bot.asks("feedback", "words")

    assert "not passed on" in text(await bot.presses(button(asked, "Do not send")))
    assert (await bot.presses(button(asked, "With my name"))).elsewhere == ()
    assert bot.database.tables.letters == {}


async def test_nobody_passes_on_what_another_wrote(bot: BotWorld) -> None:
    await bot.subscribed(BOB)
    asked = await bot.asks("feedback", "words")

    pressed = await bot.presses(button(asked, "With my name"), chat=BOB, user=BOB)

    assert pressed.elsewhere == ()


async def test_who_has_written_three_times_a_day_waits_for_tomorrow(bot: BotWorld) -> None:
    for _ in range(3):
        assert buttons(await bot.asks("feedback", "words"))
    assert "three times" in text(await bot.asks("feedback", "words"))

    bot.clock.advance(DAY)
    assert buttons(await bot.asks("feedback", "words"))


async def test_feedback_has_a_length(bot: BotWorld) -> None:
    assert "/feedback more" in text(await bot.asks("feedback"))
    assert "2000 characters at most" in text(await bot.asks("feedback", "x" * 2001))
    assert buttons(await bot.asks("feedback", "x" * 2000))


@pytest.mark.parametrize(
    "data", ["1:feedback:name", "1:feedback:name:x", "1:feedback:all:1", "1:feedback:name:²"]
)
async def test_a_forged_button_of_feedback_does_nothing(bot: BotWorld, data: str) -> None:
    assert (await bot.sends(data)).refused


async def test_deleting_ones_data_deletes_what_one_wrote(bot: BotWorld) -> None:
    await bot.asks("feedback", "words")
    await bot.presses(button(await bot.asks("deletemydata"), "Yes, delete"))

    (left,) = bot.database.tables.letters.values()
    assert (left.chat != ADA, left.words) == (True, "")
    await bot.app.people.forget_old(NOW + DAY, today=NOW)
    assert bot.database.tables.letters == {}


async def test_who_erases_their_data_has_no_more_letters_than_others(bot: BotWorld) -> None:
    for _ in range(2):
        await bot.asks("feedback", "words")
    await bot.presses(button(await bot.asks("deletemydata"), "Yes"))
    await bot.subscribed()

    assert buttons(await bot.asks("feedback", "words"))
    assert not buttons(await bot.asks("feedback", "words"))
    bot.clock.advance(DAY)
    assert buttons(await bot.asks("feedback", "words"))


async def test_a_ban_stops_the_digests_of_a_person_and_of_their_channels(bot: BotWorld) -> None:
    await bot.subscribed(-100, kind="channel", owner=ADA)

    assert "7 is turned away" in text(await bot.asks("ban", str(ADA), chat=OWNER, user=OWNER))

    assert not (await bot.chat()).active
    assert not (await bot.chat(-100)).active
    assert await bot.database.people.standing((ADA,)) == "banned"
    assert "already" in text(await bot.asks("ban", str(ADA), chat=OWNER, user=OWNER))


@pytest.mark.parametrize("kind", ["channel", "supergroup"])
async def test_nobody_else_wakes_what_a_ban_has_stopped(bot: BotWorld, kind: ChatKind) -> None:
    await bot.subscribed(-100, kind=kind, owner=ADA)
    await bot.asks("ban", str(ADA), chat=OWNER, user=OWNER)

    there = Membership(
        chat=-100, kind=kind, user=BOB, now=NOW, was_present=True, is_present=True, may_post=True
    )
    told = [
        await membership(one, bot.app)
        for one in (
            there,  # a right was given
            replace(there, is_present=False),
            replace(there, was_present=False),
        )
    ]
    await reopened(-100, 0, bot.app, now=NOW)
    await moved(-100, -200, bot.app, now=NOW)

    assert not (await bot.chat(-200)).active
    assert not any(reply.messages for _, reply in told)


@pytest.mark.parametrize(("who", "is_active"), [(ADA, False), (-100, False), (BOB, True)])
async def test_what_was_out_of_reach_at_a_ban_rests_until_it_ends(
    bot: BotWorld, who: int, is_active: bool
) -> None:
    await bot.subscribed(-100, kind="channel", owner=ADA)
    there = Membership(
        chat=-100, kind="channel", user=BOB, now=NOW, was_present=False, is_present=True
    )
    await membership(replace(there, was_present=True, is_present=False), bot.app)
    await bot.asks("ban", str(who), chat=OWNER, user=OWNER)

    await membership(there, bot.app)

    assert (await bot.chat(-100)).active == is_active


async def test_a_ban_goes_with_a_group_that_becomes_a_supergroup(bot: BotWorld) -> None:
    await bot.subscribed(-5, kind="group")
    await bot.subscribed(-1005, kind="supergroup")  # set up there before the news came
    await bot.asks("ban", "-5", chat=OWNER, user=OWNER)

    for _ in range(2):  # both halves of the news
        await moved(-5, -1005, bot.app, now=NOW)

    assert not (await bot.chat(-1005)).active
    assert await bot.app.people.standing((-1005,)) == "banned"


async def test_a_ban_that_was_told_is_not_told_again_in_the_supergroup(bot: BotWorld) -> None:
    await bot.asks("ban", "-5", chat=OWNER, user=OWNER)
    await bot.app.people.told((-5,))

    await moved(-5, -1005, bot.app, now=NOW)

    assert await bot.app.people.standing((-1005,)) == "told"


async def test_who_is_let_in_again_has_its_digests_by_start(bot: BotWorld) -> None:
    await bot.asks("ban", str(ADA), chat=OWNER, user=OWNER)
    bot.clock.advance(DAY)

    assert "may come in" in text(await bot.asks("unban", str(ADA), chat=OWNER, user=OWNER))
    assert "was not" in text(await bot.asks("unban", str(ADA), chat=OWNER, user=OWNER))
    assert not (await bot.chat()).active
    await bot.asks("start")
    chat = await bot.chat()
    assert chat.active
    assert chat.covered_until == hour_of(NOW)  # a day at most, not all that was missed


async def test_who_is_banned_in_the_middle_of_the_set_up_goes_on_there_once_let_in(
    bot: BotWorld,
) -> None:
    first = await bot.asks("start", chat=BOB, user=BOB)
    second = await bot.presses(button(first, "Skip"), chat=BOB, user=BOB)
    await bot.asks("ban", str(BOB), chat=OWNER, user=OWNER)
    await bot.asks("unban", str(BOB), chat=OWNER, user=OWNER)

    again = await bot.asks("start", chat=BOB, user=BOB)

    assert text(again) == text(second)
    assert not (await bot.chat(BOB)).active
    await bot.types("06:45", chat=BOB, user=BOB)
    assert (await bot.chat(BOB)).schedule.at == ("06:45",)


async def test_what_a_banned_person_had_stopped_stays_stopped(bot: BotWorld) -> None:
    await bot.asks("stop")
    await bot.asks("ban", str(ADA), chat=OWNER, user=OWNER)
    await bot.asks("unban", str(ADA), chat=OWNER, user=OWNER)
    gone = Membership(
        chat=ADA, kind="private", user=ADA, now=NOW, was_present=True, is_present=False
    )

    await membership(gone, bot.app)
    await membership(replace(gone, was_present=False, is_present=True), bot.app)

    assert not (await bot.chat()).active


async def test_a_channel_of_a_banned_person_does_not_come_back_by_itself(bot: BotWorld) -> None:
    await bot.subscribed(-100, kind="channel", owner=ADA)
    await bot.asks("ban", str(ADA), chat=OWNER, user=OWNER)
    left = Membership(
        chat=-100, kind="channel", user=BOB, now=NOW, was_present=True, is_present=False
    )

    await membership(left, bot.app)
    await membership(replace(left, was_present=False, is_present=True), bot.app)

    assert not (await bot.chat(-100)).active


@pytest.mark.parametrize("command", [one.name for one in COMMANDS if one.for_owners])
async def test_no_command_of_an_owner_touches_the_step_of_their_own_set_up(
    bot: BotWorld, command: str
) -> None:
    first = await bot.asks("start", chat=OWNER, user=OWNER)
    await bot.presses(button(first, "Skip"), chat=OWNER, user=OWNER)
    before = await bot.chat(OWNER)

    for words in ("", str(ADA), str(OWNER)):
        await bot.asks(command, words, chat=OWNER, user=OWNER)

    assert await bot.chat(OWNER) == before
    await bot.types("06:45", chat=OWNER, user=OWNER)
    assert (await bot.chat(OWNER)).schedule.at == ("06:45",)


@pytest.mark.parametrize("words", ["", "ada", "0", "-", "1" * 30, "²"])
@pytest.mark.parametrize("command", ["ban", "unban"])
async def test_a_ban_takes_a_number(bot: BotWorld, command: str, words: str) -> None:
    assert "/ban 12345" in text(await bot.asks(command, words, chat=OWNER, user=OWNER))


async def test_owners_are_not_banned_and_nobody_else_bans(bot: BotWorld) -> None:
    assert "cannot be" in text(await bot.asks("ban", str(OWNER), chat=OWNER, user=OWNER))
    assert "do not know that command" in text(await bot.asks("ban", str(BOB)))
    assert bot.database.tables.banned == {}

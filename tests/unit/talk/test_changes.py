"""Changes to a subscription: each applied to what is stored, none lost."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.talk.changes import (
    BANNED,
    MAX_HOURS,
    Edit,
    at_hours,
    at_step,
    comes_back,
    in_zone,
    lasting,
    newly,
    on_weekdays,
    reading,
    speaking,
    started,
    step_of,
    stopped,
    with_countries,
    with_everything,
    with_hour,
    with_topic,
)
from bot.talk.subscriptions import NotSubscribed, change
from digest.errors import Conflict
from digest.model.chats import Chat, Schedule
from tests.bot_world import ADA, NOW, BotWorld

ON_THE_HOUR = NOW.replace(minute=0)
SET_UP = Chat(id=ADA, active=True)


def test_a_new_chat_stands_at_the_first_step_and_starts_from_this_hour() -> None:
    chat = newly(Chat(id=ADA), now=NOW)
    assert (step_of(chat), chat.active, chat.covered_until) == ("topics", False, ON_THE_HOUR)


def test_a_chat_that_is_set_up_does_not_go_back_to_a_step() -> None:
    assert step_of(at_step("where")(newly(SET_UP, now=NOW))) == "where"
    assert at_step("where")(SET_UP) == SET_UP


def test_a_new_chat_that_dallied_still_starts_from_this_hour() -> None:
    chat = newly(Chat(id=ADA), now=NOW)
    later = NOW + timedelta(days=3)
    assert started(later)(chat) == replace(
        chat, active=True, pause_reason=None, covered_until=ON_THE_HOUR + timedelta(days=3)
    )


def test_a_chat_that_comes_back_gets_a_day_at_most() -> None:
    away = replace(stopped(SET_UP), covered_until=NOW - timedelta(days=30))
    assert started(NOW)(away).covered_until == ON_THE_HOUR - timedelta(days=1)
    recent = replace(away, covered_until=NOW - timedelta(hours=2))
    assert started(NOW)(recent).covered_until == NOW - timedelta(hours=2)
    assert started(NOW)(SET_UP) == SET_UP


def test_only_what_could_not_be_reached_comes_back_by_itself() -> None:
    assert comes_back(replace(SET_UP, active=False, pause_reason="blocked"))
    assert not comes_back(stopped(SET_UP))
    assert not comes_back(replace(SET_UP, active=False, pause_reason=BANNED))
    assert not comes_back(newly(SET_UP, now=NOW))
    assert not comes_back(replace(SET_UP, active=False))
    assert not comes_back(SET_UP)


def test_wishes_are_switched_on_and_off() -> None:
    chat = with_countries(("UA", "IR"), wanted=True)(with_topic("trade", wanted=True)(SET_UP))
    assert (chat.wish.topics, chat.wish.countries) == ({"trade"}, {"UA", "IR"})
    chat = with_countries(("UA",), wanted=False)(with_topic("trade", wanted=False)(chat))
    assert (chat.wish.topics, chat.wish.countries) == (frozenset(), {"IR"})
    assert with_everything(chat).wish == SET_UP.wish


def test_budget_and_languages_are_changed() -> None:
    chat = speaking("fr")(reading("de", wanted=True)(lasting(5)(SET_UP)))
    assert (chat.wish.minutes, chat.wish.read, chat.language) == (5, {"de"}, "fr")


def test_hours_stand_in_order_and_are_not_too_many() -> None:
    chat = with_hour("07:30", wanted=True)(at_hours(("18:00",))(SET_UP))
    assert chat.schedule.at == ("07:30", "18:00")
    assert with_hour("18:00", wanted=False)(chat).schedule.at == ("07:30",)
    full = at_hours(f"{hour:02}:00" for hour in range(24))(SET_UP)
    assert len(full.schedule.at) == MAX_HOURS
    assert with_hour("23:30", wanted=True)(full) == full


async def test_a_change_is_applied_to_what_somebody_else_has_stored() -> None:
    bot = BotWorld()
    seen = await bot.subscribed()
    await change(bot.app, seen, with_topic("trade", wanted=True), now=NOW)
    await change(bot.app, seen, with_topic("aid", wanted=True), now=NOW)
    assert (await bot.chat()).wish.topics == {"trade", "aid"}


async def test_a_change_that_changes_nothing_is_not_stored() -> None:
    bot = BotWorld()
    seen = await bot.subscribed()
    same = await change(bot.app, seen, with_topic("trade", wanted=False), now=NOW)
    assert same.version == seen.version


async def test_a_removed_chat_cannot_be_changed() -> None:
    bot = BotWorld()
    seen = await bot.subscribed()
    await bot.database.chats.delete(ADA)
    with pytest.raises(NotSubscribed):
        await change(bot.app, seen, with_topic("trade", wanted=True), now=NOW)


async def test_a_chat_that_never_stands_still_is_given_up() -> None:
    bot = BotWorld()
    seen = await bot.subscribed()

    class Restless:
        async def save(self, chat: Chat) -> Chat:
            raise Conflict("changed")

        async def get(self, chat: int, thread: int = 0) -> Chat | None:
            return seen

    app = replace(bot.app, chats=Restless())  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="keeps changing"):
        await change(app, seen, with_topic("trade", wanted=True), now=NOW)


async def test_a_new_hour_moves_the_next_digest() -> None:
    bot = BotWorld()
    chat = await change(bot.app, await bot.subscribed(), at_hours(("18:00",)), now=NOW)
    assert chat.next_due_at == NOW.replace(hour=16, minute=0)
    chat = await change(bot.app, chat, in_zone("UTC"), now=NOW)
    assert chat.next_due_at == NOW.replace(hour=18, minute=0)
    chat = await change(bot.app, chat, on_weekdays((0,)), now=NOW)
    assert chat.next_due_at == NOW.replace(day=31, hour=18, minute=0)


async def test_a_digest_that_is_due_is_not_lost_to_a_change() -> None:
    bot = BotWorld()
    due = await bot.subscribed(schedule=replace(SET_UP.schedule, at=("12:01",)))
    due = await bot.database.chats.save(replace(due, next_due_at=NOW - timedelta(minutes=1)))
    for edit in (with_topic("trade", wanted=True), at_hours(("12:01", "18:00"))):
        due = await change(bot.app, due, edit, now=NOW)
        assert due.next_due_at == NOW - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("edit", "following"),
    [
        (at_hours(()), None),
        (at_hours(("18:00",)), NOW.replace(hour=18, minute=0)),
        (on_weekdays((0,)), NOW.replace(day=31, minute=1)),
        (in_zone("Asia/Tokyo"), NOW + timedelta(hours=14, minutes=59)),
    ],
)
async def test_an_hour_that_has_come_and_is_switched_off_is_not_waited_for(
    edit: Edit, following: datetime | None
) -> None:
    bot = BotWorld()
    hour = Schedule("UTC", ("12:01",))
    due = await bot.subscribed(schedule=hour)
    due = await bot.database.chats.save(replace(due, next_due_at=NOW - timedelta(minutes=1)))

    changed = await change(bot.app, due, edit, now=NOW)

    assert changed.next_due_at == following
    assert await bot.database.chats.due(NOW, limit=1) == ()


async def test_what_is_paused_has_no_next_digest() -> None:
    bot = BotWorld()
    chat = await change(bot.app, await bot.subscribed(), stopped, now=NOW)
    assert chat.next_due_at is None
    chat = await change(bot.app, chat, started(NOW), now=NOW)
    assert chat.next_due_at is not None

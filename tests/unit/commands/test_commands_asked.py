"""Words that a button asks for, for a channel or group managed in private, and for one's own."""

from datetime import timedelta

import pytest

from bot.talk.callback import pack
from bot.talk.changes import newly
from digest.model.chats import Chat
from tests.bot_world import ADA, NOW, BotWorld, button, buttons, text


@pytest.fixture
async def bot() -> BotWorld:
    world = BotWorld()
    await world.subscribed()
    return world


CHANNEL = -100_5


@pytest.fixture
async def channel(bot: BotWorld) -> BotWorld:
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    return bot


@pytest.mark.parametrize(("action", "kept"), [("mute", "muted"), ("follow", "words")])
async def test_words_for_a_channel_are_asked_for_and_come_as_the_next_message(
    channel: BotWorld, action: str, kept: str
) -> None:
    page = await channel.sends(f"1@{CHANNEL}:{action}", may_configure=True)
    asked = await channel.presses(button(page, "Add words"), may_configure=True)
    assert asked.edits and "for Edition?" in text(asked)

    told = await channel.types("cricket, transfer market", may_configure=True)

    assert getattr((await channel.chat(CHANNEL)).wish, kept) == {"cricket", "transfer market"}
    assert getattr((await channel.chat()).wish, kept) == frozenset()
    assert "✕ “cricket”" in [one.label for one in buttons(told)]
    assert text(told).startswith("📢 Edition\n")
    assert "/mute" not in text(told) and "/follow" not in text(told)
    await channel.presses(button(told, "✕ “cricket”"), may_configure=True)
    assert getattr((await channel.chat(CHANNEL)).wish, kept) == {"transfer market"}
    assert "No article" in text(await channel.types("cricket"))


@pytest.mark.parametrize(
    "page",
    [
        *("topics", "schedule", "timezone", "mute", "follow", "topics:countries:europe"),
        *("settings:minutes", "settings:read", "settings:language", "settings:sound"),
    ],
)
async def test_what_is_managed_from_private_is_named_above_its_pages(
    channel: BotWorld, page: str
) -> None:
    managed = await channel.sends(f"1@{CHANNEL}:{page}", may_configure=True)
    assert text(managed).startswith("📢 Edition\n") == ("countries" not in page)
    assert "Edition" not in text(await channel.sends(f"1:{page}"))


async def test_the_steps_of_a_channel_name_it(bot: BotWorld) -> None:
    await bot.database.chats.save(
        newly(Chat(id=CHANNEL, kind="channel", title="Edition", owner=ADA), now=NOW)
    )
    for step in ("when", "where"):
        page = await bot.sends(f"1@{CHANNEL}:start:{step}", may_configure=True)
        assert text(page).startswith("📢 Edition\n")


async def test_words_for_a_topic_of_a_group_are_taken_from_private(bot: BotWorld) -> None:
    group, topic = -100_9, 4
    await bot.subscribed(group, kind="supergroup", thread=topic, title="Desk", owner=ADA)
    page = await bot.sends(pack("mute", target=group, thread=topic), may_configure=True)
    await bot.presses(button(page, "Add words"), may_configure=True)
    told = await bot.types("cricket", may_configure=True)
    assert (await bot.chat(group, topic)).wish.muted == {"cricket"}
    await bot.presses(button(told, "✕ “cricket”"), may_configure=True)
    assert (await bot.chat(group, topic)).wish.muted == frozenset()


async def test_who_asks_for_words_and_goes_back_searches_again(channel: BotWorld) -> None:
    page = await channel.sends(f"1@{CHANNEL}:mute", may_configure=True)
    asked = await channel.presses(button(page, "Add words"), may_configure=True)
    await channel.presses(button(asked, "‹ Back"), may_configure=True)
    assert "No article" in text(await channel.types("cricket", may_configure=True))
    assert (await channel.chat(CHANNEL)).wish.muted == frozenset()


@pytest.mark.parametrize(
    "said", ["no", "thanks", "no thanks", "Nein, danke!", "https://example.org/x"]
)
async def test_what_is_no_answer_adds_no_word(channel: BotWorld, said: str) -> None:
    page = await channel.sends(f"1@{CHANNEL}:mute", may_configure=True)
    await channel.presses(button(page, "Add words"), may_configure=True)
    await channel.types(said, may_configure=True)
    assert (await channel.chat(CHANNEL)).wish.muted == frozenset()


@pytest.mark.parametrize("said", ["/digest", "/follow Iran", "https://example.org/x", "location"])
async def test_whatever_came_next_the_words_after_it_are_searched_for(
    channel: BotWorld, said: str
) -> None:
    page = await channel.sends(f"1@{CHANNEL}:mute", may_configure=True)
    await channel.presses(button(page, "Add words"), may_configure=True)
    match said.split():
        case ["location"]:
            await channel.points(48.2, 16.4)
        case [command, *words] if command.startswith("/"):
            await channel.asks(command[1:], " ".join(words))
        case _:
            await channel.types(said, may_configure=True)

    assert "No article" in text(await channel.types("cricket", may_configure=True))
    assert (await channel.chat(CHANNEL)).wish.muted == frozenset()


async def test_words_are_asked_for_a_quarter_of_an_hour(channel: BotWorld) -> None:
    page = await channel.sends(f"1@{CHANNEL}:mute", may_configure=True)
    await channel.presses(button(page, "Add words"), may_configure=True)
    channel.clock.advance(timedelta(minutes=15))
    assert "No article" in text(await channel.types("cricket", may_configure=True))


async def test_one_s_own_words_are_asked_for_by_the_same_button(bot: BotWorld) -> None:
    await bot.presses(button(await bot.asks("mute"), "Add words"))
    told = await bot.types("cricket")
    assert (await bot.chat()).wish.muted == {"cricket"}
    assert "No word is muted" in text(await bot.presses(button(told, "✕")))


@pytest.mark.parametrize(
    ("said", "command", "words"),
    [
        ("help", "help", ""),
        ("Hilfe!", "help", ""),
        ("settings", "settings", ""),
        ("brief Iran", "brief", "Iran"),
        ("search corridor", "search", "corridor"),
    ],
)
async def test_a_command_is_no_word_that_was_asked_for(
    channel: BotWorld, said: str, command: str, words: str
) -> None:
    page = await channel.sends(f"1@{CHANNEL}:mute", may_configure=True)
    await channel.presses(button(page, "Add words"), may_configure=True)
    told = await channel.types(said, may_configure=True)
    assert (await channel.chat(CHANNEL)).wish.muted == frozenset()
    assert text(told) == text(await channel.asks(command, words))
    assert "No article" in text(await channel.types("cricket", may_configure=True))


@pytest.mark.parametrize("said", ["mute cricket", "ausblenden cricket"])
async def test_the_command_that_asked_is_said_for_the_same_chat(
    channel: BotWorld, said: str
) -> None:
    page = await channel.sends(f"1@{CHANNEL}:mute", may_configure=True)
    await channel.presses(button(page, "Add words"), may_configure=True)
    await channel.types(said, may_configure=True)
    assert (await channel.chat(CHANNEL)).wish.muted == {"cricket"}
    assert (await channel.chat()).wish.muted == frozenset()


async def test_who_is_no_administrator_any_more_adds_no_word(channel: BotWorld) -> None:
    page = await channel.sends(f"1@{CHANNEL}:mute", may_configure=True)
    await channel.presses(button(page, "Add words"), may_configure=True)
    assert "can manage" in text(await channel.types("cricket"))
    assert (await channel.chat(CHANNEL)).wish.muted == frozenset()


async def test_in_a_group_no_word_is_asked_for(bot: BotWorld) -> None:
    here = {"chat": -5, "kind": "supergroup", "may_configure": True}
    await bot.subscribed(-5, kind="supergroup")
    assert "Add words" not in [one.label for one in buttons(await bot.asks("mute", **here))]
    assert (await bot.sends("1:mute:words", **here)).refused == "refuse.old-button"

"""Topics, hours, places and settings: every switch, every page, every typed value."""

from dataclasses import replace

import pytest

from bot.talk import keyboards, topic_keyboards
from bot.talk.aiming import aim_keyboard
from bot.talk.buttons import one_line, page_turns, removable
from bot.talk.callback import LIMIT
from bot.talk.changes import newly
from bot.talk.locations import Location
from bot.talk.places import REGIONS, countries_of
from bot.talk.texts import READ, available, texts
from digest.model.chats import Chat, Schedule, Wish
from seeds.topics import SLUGS
from tests.bot_world import ADA, NOW, OWNER, BotWorld, button, buttons, text

CHANNEL = -1001234567890
T = texts("en")


@pytest.fixture
async def bot() -> BotWorld:
    world = BotWorld()
    await world.subscribed()
    return world


async def test_all_topics_and_regions_stand_on_one_page(bot: BotWorld) -> None:
    labels = [one.label for one in buttons(await bot.asks("topics"))]
    assert {T.label(f"topic.{slug}") for slug in SLUGS} <= set(labels)
    assert {f"🌍 {T.label(f'region.{region}')}" for region in REGIONS} <= set(labels)
    assert labels[-2:] == ["‹ Back", "✕ Close"]


async def test_a_switch_pressed_twice_does_its_thing_once(bot: BotWorld) -> None:
    sanctions = button(await bot.asks("topics"), "Sanctions")
    await bot.presses(sanctions)
    reply = await bot.presses(sanctions)
    assert button(reply, "Sanctions").label == "✓ Sanctions"
    await bot.presses(button(reply, "Sanctions"))
    assert (await bot.chat()).wish.topics == frozenset()


async def test_a_region_is_all_its_countries(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("topics"), "Oceania"))
    assert (await bot.chat()).wish.countries == countries_of("oceania")
    assert "Now: Oceania" in text(reply)
    reply = await bot.presses(button(reply, "Oceania"))
    assert (await bot.chat()).wish.countries == frozenset()


async def test_a_typed_country_gets_a_switch_of_its_own(bot: BotWorld) -> None:
    reply = await bot.asks("topics", "Ukraine, Europe")
    assert not any(one.label == "✓ 🇺🇦 Ukraine" for one in buttons(reply))  # Europe covers it
    reply = await bot.asks("topics", "Iran, sanctions")
    reply = await bot.presses(button(reply, "✓ 🇮🇷 Iran"))
    assert (await bot.chat()).wish.countries == countries_of("europe")
    assert (await bot.chat()).wish.topics == {"sanctions"}


async def test_everything_is_one_tap_away(bot: BotWorld) -> None:
    reply = await bot.asks("topics", "Iran")
    reply = await bot.presses(button(reply, "Clear"))
    assert "Now: everything" in text(reply)


async def test_many_choices_are_said_in_few_words(bot: BotWorld) -> None:
    reply = await bot.asks("topics", "Iran, Iraq, Israel, India, sanctions")
    assert "Now: Sanctions, Israel, India +2" in text(reply)


@pytest.mark.parametrize(
    "data",
    [
        "1:topics:+:no-such-topic",
        "1:topics:+:region:atlantis",
        "1:topics:+:in:europe:XX",
        "1:topics:countries:atlantis",
        "1:timezone:countries:atlantis",
        "1:timezone:country:XX",
        "1:topics:+:country:XX",
        "1:topics:x:y:z:w",
        "1:schedule:+:2561",
        "1:schedule:*:0730",
        "1:schedule:hour:24",
        "1:schedule:days:789",
        "1:schedule:a:b:c",
        "1:timezone:set:Europe/Atlantis",
        "1:timezone:is:../../etc/passwd",
        "1:settings:+:read:tlh",
        "1:settings:what",
        "1:search:-5:x",
        "1:search:99999:x",
        "1:sources:99999",
        "1:sources:x",
    ],
)
async def test_forged_data_changes_nothing_and_breaks_nothing(bot: BotWorld, data: str) -> None:
    before = await bot.chat()
    await bot.sends(data)
    assert await bot.chat() == before


async def test_countries_can_be_tapped_region_by_region(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("topics"), "Countries"))
    reply = await bot.presses(button(reply, "Oceania"))
    reply = await bot.presses(button(reply, "Fiji"))
    assert button(reply, "✓ 🇫🇯 Fiji")
    assert (await bot.chat()).wish.countries == {"FJ"}
    reply = await bot.presses(button(reply, "‹ Back"))
    assert "Now: Fiji" in text(await bot.presses(button(reply, "‹ Back")))


async def test_any_clock_can_be_tapped_country_by_country(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("timezone"), "Elsewhere"))
    africa = await bot.presses(button(reply, "Africa"))
    assert "Africa/Dakar" in text(await bot.presses(button(africa, "Senegal")))
    reply = await bot.presses(button(reply, "Central Asia"))
    reply = await bot.presses(button(reply, "Kazakhstan"))
    assert "Asia/Almaty" in text(reply)


async def test_hours_are_switches_once_the_chat_is_set_up(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("schedule"), "18:00"))
    assert (await bot.chat()).schedule.at == ("07:30", "18:00")
    assert "Next digest Tue 18:00" in text(reply)
    reply = await bot.presses(button(reply, "✓ 07:30"))
    await bot.presses(button(reply, "✓ 18:00"))
    assert (await bot.chat()).next_due_at is None


async def test_any_quarter_of_any_hour_can_be_tapped(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("schedule"), "Another hour"))
    assert len([one for one in buttons(reply) if one.label.isdecimal()]) == 24
    reply = await bot.presses(button(reply, "06"))
    reply = await bot.presses(button(reply, "06:45"))
    assert button(reply, "06:45").label == "✓ 06:45"


async def test_days_are_chosen_together(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("schedule"), "Mon–Fri"))
    assert button(reply, "Mon–Fri").label == "✓ Mon–Fri"
    await bot.presses(button(reply, "Daily"))
    assert (await bot.chat()).schedule.weekdays == frozenset(range(7))


async def test_days_that_were_typed_are_shown(bot: BotWorld) -> None:
    reply = await bot.asks("schedule", "mon wed")
    assert button(reply, "Mon Wed").label == "✓ Mon Wed"
    assert button(await bot.presses(button(reply, "✓ Mon Wed")), "✓ Mon Wed")
    assert len(buttons(await bot.presses(button(reply, "Daily")))) == len(buttons(reply)) - 1


async def test_hours_and_days_can_be_typed(bot: BotWorld) -> None:
    await bot.asks("schedule", "06:45 18:00 tue thu")
    schedule = (await bot.chat()).schedule
    assert (schedule.at, schedule.weekdays) == (("06:45", "18:00"), {1, 3})
    assert button(await bot.asks("settings"), "When: 06:45, 18:00 · Tue Thu")
    await bot.asks("schedule", "sat")
    assert (await bot.chat()).schedule.at == ("06:45", "18:00")


async def test_more_hours_than_a_day_may_have_are_refused_in_words(bot: BotWorld) -> None:
    before = await bot.chat()
    nine = " ".join(f"{hour:02}:00" for hour in range(8, 17))
    assert "8 digests at most" in text(await bot.asks("schedule", nine))
    assert await bot.chat() == before

    eight = nine.removesuffix(" 16:00")
    await bot.asks("schedule", eight)
    reply = await bot.presses(button(await bot.asks("schedule"), "18:00"))
    assert "8 digests at most" in reply.notice
    assert (await bot.chat()).schedule.at == tuple(eight.split())
    reply = await bot.presses(button(await bot.asks("schedule"), "✓ 08:00"))
    assert len((await bot.chat()).schedule.at) == 7


async def test_settings_name_the_days(bot: BotWorld) -> None:
    await bot.asks("schedule", "mon-fri")
    assert button(await bot.asks("settings"), "When: 07:30 · Mon–Fri")
    await bot.asks("schedule", "sat")
    assert button(await bot.asks("settings"), "When: 07:30 · Sat")


async def test_what_is_no_hour_is_said_and_nothing_changes(bot: BotWorld) -> None:
    before = await bot.chat()
    assert "I cannot read “&lt;soon&gt;”" in text(await bot.asks("schedule", "<soon>"))
    assert await bot.chat() == before


async def test_a_place_is_taken_only_once_it_is_confirmed(bot: BotWorld) -> None:
    reply = await bot.asks("timezone", "New York")
    assert "It is <b>08:02</b> for you, right?" in text(reply)
    assert (await bot.chat()).schedule.zone == "Europe/Zurich"
    reply = await bot.presses(button(reply, "Yes"))
    assert (await bot.chat()).schedule.zone == "America/New_York"
    assert "Next digest Wed 07:30 (America/New_York)" in text(reply)


async def test_a_place_keeps_its_name_beside_the_zone_of_another(bot: BotWorld) -> None:
    reply = await bot.asks("timezone", "the hague")
    assert "right? The Hague (Europe/Amsterdam)" in text(reply)
    reply = await bot.presses(button(reply, "Yes"))
    assert "the clocks of The Hague (Europe/Amsterdam) count" in text(reply)
    assert "Next digest Wed 07:30 (Europe/Amsterdam)" in text(reply)
    assert (await bot.chat()).schedule.place == "The Hague"
    assert "Now: The Hague (Europe/Amsterdam)" in text(await bot.asks("timezone"))
    assert button(await bot.asks("settings"), "Where: The Hague · 14:02")


async def test_a_place_of_the_buttons_is_named_in_the_language_of_the_chat(bot: BotWorld) -> None:
    page = await bot.presses(button(await bot.asks("timezone"), "Washington"))
    await bot.presses(button(page, "Yes"))
    assert button(await bot.asks("settings"), "Where: Washington · 08:02")
    await bot.asks("lang", "ru")
    assert button(await bot.asks("settings"), "Где: Вашингтон · 08:02")


async def test_a_button_from_before_places_had_names_sets_the_zone_alone(bot: BotWorld) -> None:
    await bot.presses(button(await bot.asks("timezone", "Geneva"), "Yes"))
    reply = await bot.sends("1:timezone:set:Europe/Zurich")
    assert "the clocks of Zurich (Europe/Zurich) count" in text(reply)
    assert (await bot.chat()).schedule.place == ""


async def test_a_country_of_many_clocks_asks_which(bot: BotWorld) -> None:
    reply = await bot.asks("timezone", "USA")
    reply = await bot.presses(button(reply, "Honolulu"))
    assert "02:02" in text(reply)


async def test_an_unknown_place_is_said(bot: BotWorld) -> None:
    reply = await bot.asks("timezone", "Narnia")
    assert "“Narnia”" in text(reply)
    assert button(reply, "Geneva")


async def test_the_page_of_places_names_the_present_one(bot: BotWorld) -> None:
    assert "Now: Zurich (Europe/Zurich)" in text(await bot.asks("timezone"))


async def test_settings_carry_the_present_values(bot: BotWorld) -> None:
    await bot.asks("topics", "sanctions")
    labels = [one.label for one in buttons(await bot.asks("settings"))]
    assert labels[:5] == [
        "Topics: Sanctions",
        "When: 07:30 · Daily",
        "Where: Zurich · 14:02",
        "3 min",
        "Languages: all",
    ]
    assert labels[-2:] == ["‹ Back", "✕ Close"]


async def test_every_page_of_settings_leads_back_and_closes(bot: BotWorld) -> None:
    front = await bot.asks("settings")
    for label in ("Topics", "When", "Where", "3 min", "Languages"):
        page = await bot.presses(button(front, label))
        assert page.edits
        assert button(page, "✕ Close")
        assert "Settings" in text(await bot.presses(button(page, "‹ Back")))


async def test_budget_and_languages_are_set_in_place(bot: BotWorld) -> None:
    page = await bot.presses(button(await bot.asks("settings"), "3 min"))
    page = await bot.presses(button(page, "5 min"))
    assert button(page, "✓ 5 min")
    page = await bot.presses(button(await bot.asks("settings"), "Languages"))
    page = await bot.presses(button(page, "français"))
    assert button(page, "✓ français")
    assert (await bot.chat()).wish == Wish(read=frozenset({"fr"}), minutes=5)


@pytest.mark.parametrize("words", ["fr", "FR", "French", "français", "Französisch", "французский"])
async def test_the_bots_language_can_be_typed_by_code_or_name(bot: BotWorld, words: str) -> None:
    reply = await bot.asks("lang", words)

    assert (await bot.chat()).language == "fr"
    assert button(reply, "✓ français")


@pytest.mark.parametrize("words", ["Klingon", "italiano", "", "French, German"])
async def test_a_language_that_is_none_of_ours_is_answered_with_ours(
    bot: BotWorld, words: str
) -> None:
    reply = await bot.asks("lang", words)

    assert "Which language" in text(reply)
    assert (f"what to do with “{words}”" in text(reply)) == bool(words)
    assert (await bot.chat()).language == "en"
    assert button(reply, "français")


@pytest.mark.parametrize("language", available())
@pytest.mark.parametrize(
    ("command", "words", "key"),
    [
        ("lang", "Klingon", "settings.language"),
        ("timezone", "Mars", "timezone.unknown"),
        ("topics", "Atlantis", "topics.unknown"),
        ("brief", "Atlantis", "brief.unknown"),
        ("schedule", "27:00", "schedule.unknown"),
        ("schedule", "quiet 27:00-28:00", "typing.quiet-command"),
        ("schedule", "quiet", "typing.quiet-command"),
        ("pause", "soon", "pause.how"),
        ("catchup", "100d", "catchup.how"),
        ("add", "ftp://feeds", "add.how"),
        ("follow", "99", "follow.unknown"),
        ("unfollow", "Atlantis", "typing.not-listed"),
        ("mute", "a", "mute.not-added"),
        ("unmute", "cricket", "typing.not-listed"),
        ("feed", "99", "feed.none"),
        ("retry", "x", "retry.how"),
        ("ban", "Ada", "ban.how"),
        ("unban", "Ada", "ban.how"),
    ],
)
async def test_what_is_not_understood_is_said_back_with_what_is(
    language: str, command: str, words: str, key: str
) -> None:
    bot, t = BotWorld(), texts(language)
    await bot.subscribed(OWNER, language=language)

    said = text(await bot.asks(command, words, chat=OWNER, user=OWNER))

    assert words in said
    values = {"words": words, "names": words, "number": words}
    assert t(key, **values, limit=20, date="2026-09-08") in said  # in a fortnight


async def test_the_bots_language_can_be_chosen(bot: BotWorld) -> None:
    page = await bot.asks("lang")
    await bot.presses(button(page, "English"))
    assert (await bot.chat()).language == "en"


async def test_alerts_are_switched_on_and_off(bot: BotWorld) -> None:
    front = await bot.asks("settings")
    page = await bot.presses(button(front, "Alerts: off"))
    assert "three a day" in text(page)
    await bot.presses(button(page, "on"))
    assert (await bot.chat()).alerts
    assert "Alerts: on" in {one.label[2:] for one in buttons(await bot.asks("settings"))}
    await bot.presses(button(page, "✓ off"))
    assert not (await bot.chat()).alerts


async def test_a_channel_makes_a_sound_only_if_it_is_asked_to(bot: BotWorld) -> None:
    await bot.subscribed(CHANNEL, kind="channel", owner=ADA)
    front = await bot.sends(f"1@{CHANNEL}:settings", may_configure=True)
    assert not [one for one in buttons(front) if "Alerts" in one.label]
    page = await bot.presses(button(front, "Sound: off"), may_configure=True)
    await bot.presses(button(page, "on"), may_configure=True)
    assert (await bot.chat(CHANNEL)).sound


@pytest.mark.parametrize("data", ["1:settings:x:alerts", "1:settings:+:minutes", "1:settings:+:x"])
async def test_a_forged_switch_switches_nothing(bot: BotWorld, data: str) -> None:
    before = await bot.chat()
    assert (await bot.sends(data)).refused == "refuse.old-button"
    assert await bot.chat() == before


async def test_back_from_the_front_page_shows_what_the_bot_can_do(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("settings"), "‹ Back"))
    assert reply.edits
    assert "/digest" in text(reply)


async def test_close_removes_the_message(bot: BotWorld) -> None:
    assert (await bot.presses(button(await bot.asks("settings"), "✕ Close"))).closes
    assert not (await bot.asks("close")).closes


async def test_pausing_asks_and_resuming_is_one_tap(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("settings"), "Pause"))
    assert "your settings are kept" in text(reply)
    assert "Paused" in text(await bot.asks("settings"))
    await bot.presses(button(await bot.asks("settings"), "Resume"))
    assert (await bot.chat()).active


def crowded(chat: Chat) -> Chat:
    """A chat that makes every keyboard as large as it gets."""
    wish = Wish(topics=frozenset(SLUGS), countries=frozenset({"IR", "UA", "US", "KE"} | ASIA))
    at = tuple(f"0{hour}:15" for hour in range(8))
    return replace(chat, wish=wish, schedule=Schedule(zone="America/Argentina/Buenos_Aires", at=at))


ASIA = countries_of("asia") - {"JP"}


@pytest.mark.parametrize("kind", ["private", "supergroup", "channel"])
@pytest.mark.parametrize("is_new", [True, False])
def test_every_keyboard_is_one_that_telegram_takes(kind: str, is_new: bool) -> None:
    chat = crowded(Chat(id=CHANNEL, kind=kind))  # type: ignore[arg-type]
    chat = newly(chat, now=NOW) if is_new else chat
    every = [
        topic_keyboards.topics(chat, T),
        keyboards.schedule(chat, T),
        keyboards.hours(chat, T),
        keyboards.minutes_of(chat, T, "23"),
        keyboards.places(chat, T),
        keyboards.locations(chat, T, [Location(zone) for _, zone in keyboards.CITIES], 3),
        keyboards.confirm_zone(chat, T, Location("America/Argentina/Buenos_Aires")),
        keyboards.done(chat, T),
        *(
            topic_keyboards.switched_countries(chat, T, region, "topics", chat.wish.countries)
            for region in REGIONS
        ),
        *(topic_keyboards.countries_to_live_in(chat, T, region) for region in REGIONS),
        topic_keyboards.regions(chat, T, "timezone"),
        keyboards.settings(chat, T, [chat] * 60, now=NOW, link="https://t.me/x?start=g_"),
        keyboards.minutes(chat, T),
        keyboards.alerts(chat, T),
        keyboards.sound(chat, T),
        keyboards.read(chat, T),
        keyboards.languages(chat, T),
        page_turns(chat, T, "search", 0, 10, "corridor"),
        keyboards.quiet(chat, T),
        removable(chat, T, "follow", [(f"s:{10**18 - n}", "story") for n in range(80)]),
        keyboards.spans(chat, T),
        keyboards.saved(chat, T, [(n, f"s:{10**18 - n}") for n in range(5)], 195, 5),
        keyboards.stopped(chat, T),
        keyboards.confirm_deletion(chat, T, "deletemydata"),
    ]
    every += [aim_keyboard(keyboard, -1_009_999_999_999, 9_999_999) for keyboard in every]
    for keyboard in every:
        assert sum(len(row) for row in keyboard) <= 100
        assert all(1 <= len(row) <= 8 for row in keyboard)
        for one in (one for row in keyboard for one in row):
            assert one.label.strip()
            assert len((one.data or "").encode()) <= LIMIT


def test_every_language_of_articles_has_a_name() -> None:
    names = {T.language_name(code) for code in READ}
    assert len(names) == len(READ)


async def test_a_stranger_is_told_to_start() -> None:
    bot = BotWorld()
    for command in ("digest", "topics", "settings", "search", "stop", "deletemydata", "why"):
        assert "/start" in text(await bot.asks(command, chat=ADA))
    assert "/start" in text(await bot.types("corridor"))


async def test_a_button_keeps_the_blank_that_does_not_break_in_french(bot: BotWorld) -> None:
    await bot.asks("lang", "fr")
    assert button(await bot.asks("settings"), "Thèmes\u00a0: tout")
    assert one_line(" \u00a0\n") == "…"
    assert one_line(" a \n b ") == "a b"


async def test_a_sentence_about_topics_is_offered_what_it_names(bot: BotWorld) -> None:
    told = await bot.asks("topics", "I am interested in Ukraine and the Middle East")
    assert (await bot.chat()).wish.countries == frozenset()
    await bot.presses(button(told, "+ 🇺🇦 Ukraine"))
    await bot.presses(button(told, "+ Middle East"))
    assert {"UA", "IR"} <= (await bot.chat()).wish.countries


async def test_topics_are_taken_with_an_and_between(bot: BotWorld) -> None:
    await bot.asks("topics", "Proche-Orient et énergie")
    wish = (await bot.chat()).wish
    assert "energy" in wish.topics and "IR" in wish.countries
    assert "I know no country" in text(await bot.asks("topics", "Iran and Narnia"))

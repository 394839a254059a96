"""The set-up in four taps, by words, in groups, and who may begin it."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from bot.talk.access import invitation
from bot.talk.changes import step_of
from bot.talk.places import fold
from bot.talk.texts import available, texts
from digest.compose.due import A_MINUTE
from digest.compose.view import hour_of
from digest.model.chats import Schedule, Wish
from seeds.topics import SLUGS
from tests.bot_world import ADA, BOB, NOW, OWNER, BotWorld, button, buttons, text
from tests.fakes import FakeChatStore


@pytest.fixture
def bot() -> BotWorld:
    return BotWorld()


async def test_four_taps_set_a_reader_up(bot: BotWorld) -> None:
    reply = await bot.asks("start")
    reply = await bot.presses(button(reply, "Skip ›"))
    reply = await bot.presses(button(reply, "07:30"))
    reply = await bot.presses(button(reply, "Geneva"))
    assert "It is <b>14:02</b> for you, right?" in text(reply)
    reply = await bot.presses(button(reply, "Yes, that is right"))
    assert "Next digest Wed 07:30 (Europe/Zurich)" in text(reply)
    chat = await bot.chat()
    assert chat.active
    assert chat.schedule == Schedule(zone="Europe/Zurich", at=("07:30",), place="Geneva")
    assert chat.covered_until == hour_of(NOW)


async def test_a_first_start_by_a_link_says_what_is_followed(bot: BotWorld) -> None:
    assert text(await bot.asks("start", "follow_tr")).endswith("You follow it now: 🇹🇷 Türkiye")
    again = text(await bot.asks("start", "follow_ir-us"))
    assert again.endswith("You follow it now: 🇮🇷 Iran – 🇺🇸 United States")
    assert "You follow" not in text(await bot.asks("start"))


async def test_no_page_of_the_setup_can_be_closed(bot: BotWorld) -> None:
    topics = await bot.asks("start")
    hours = await bot.presses(button(topics, "Skip ›"))
    places = await bot.presses(button(hours, "Skip ›"))
    for page, label in ((topics, "Countries"), (hours, "Another hour"), (places, "Elsewhere")):
        within = await bot.presses(button(page, label))
        assert [one.label for one in buttons(within)][-1] == "‹ Back"


async def test_each_step_of_the_setup_leads_back_to_the_one_before(bot: BotWorld) -> None:
    topics = await bot.presses(button(await bot.asks("start"), "Sanctions"))
    assert "‹ Back" not in [one.label for one in buttons(topics)]
    hours = await bot.presses(button(topics, "Next ›"))
    places = await bot.presses(button(hours, "18:00"))

    hours = await bot.presses(button(places, "‹ Back"))
    assert button(hours, "✓ 18:00")
    assert step_of(await bot.chat()) == "when"
    topics = await bot.presses(button(hours, "‹ Back"))
    assert button(topics, "✓ Sanctions")
    assert step_of(await bot.chat()) == "topics"

    hours = await bot.presses(button(topics, "Next ›"))
    places = await bot.presses(button(hours, "07:30"))
    await bot.presses(button(await bot.presses(button(places, "Geneva")), "Yes"))
    assert (await bot.chat()).schedule.at == ("07:30",)


async def test_nothing_is_pushed_before_the_last_step(bot: BotWorld) -> None:
    reply = await bot.asks("start")
    for label in ("Sanctions", "Next ›", "07:30", "Geneva"):
        chat = await bot.chat()
        assert (chat.active, chat.next_due_at) == (False, None)
        reply = await bot.presses(button(reply, label))
    assert not (await bot.chat()).active


async def test_every_step_can_be_skipped(bot: BotWorld) -> None:
    reply = await bot.asks("start")
    for _ in range(3):
        reply = await bot.presses(button(reply, "Skip ›"))
    assert "only on request" in text(reply)
    assert (await bot.chat()).next_due_at is None


async def test_all_pages_are_one_message_edited_in_place(bot: BotWorld) -> None:
    reply = await bot.asks("start")
    assert not reply.edits
    for label in ("Sanctions", "Next ›", "18:00", "Kyiv", "Another place"):
        reply = await bot.presses(button(reply, label))
        assert reply.edits
        assert len(reply.messages) == 1


async def test_typed_words_answer_the_step_at_hand_even_after_a_restart(bot: BotWorld) -> None:
    await bot.asks("start")
    reply = await bot.types("Ukraine, Iran, Peace talks, Narnia")
    assert "Narnia" in text(reply)
    assert (await bot.chat()).wish.countries == {"UA", "IR"}
    assert (await bot.chat()).wish.topics == {"peace-talks"}
    await bot.presses(button(reply, "Next ›"))
    reply = await bot.types("6:45 mon-fri")
    assert "Where are you" in text(reply)
    reply = await bot.types("Ankara")
    assert "Europe/Istanbul" in text(reply)
    await bot.presses(button(reply, "Yes"))
    assert (await bot.chat()).schedule == Schedule(
        zone="Europe/Istanbul", at=("06:45",), weekdays=frozenset(range(5)), place="Ankara"
    )


@pytest.mark.parametrize(
    ("command", "words", "step"),
    [("schedule", "", "when"), ("schedule", "soon", "when"), ("timezone", "", "where")],
)
async def test_what_is_typed_answers_the_page_that_was_asked_for(
    bot: BotWorld, command: str, words: str, step: str
) -> None:
    await bot.asks("start")
    await bot.asks(command, words)
    assert step_of(await bot.chat()) == step
    await bot.types("06:45" if step == "when" else "Lausanne")
    assert not (await bot.chat()).wish.countries
    await bot.asks("topics")
    assert "Now: Kenya" in text(await bot.types("Kenya"))


@pytest.mark.parametrize("typed", ["Ukraine", "Narnia", "Geneva", "7:30"])
async def test_what_is_typed_is_answered_without_the_introduction(
    bot: BotWorld, typed: str
) -> None:
    first = await bot.asks("start")
    assert "brings you one diplomacy digest" in text(first)
    said = text(await bot.types(typed))
    assert said.startswith("<b>What shall I watch?</b>")
    assert "brings you" in text(await bot.presses(button(first, "Sanctions")))


async def test_a_city_is_not_said_to_be_chosen_already(bot: BotWorld) -> None:
    await bot.asks("start")
    await bot.types("Ukraine")
    assert "already" not in text(await bot.types("Kyiv"))


@pytest.mark.parametrize("typed", ["Geneva", "genf", "Женева", "GENÈVE"])
async def test_a_city_typed_where_topics_are_asked_may_be_the_place_or_the_country(
    bot: BotWorld, typed: str
) -> None:
    await bot.asks("start")
    reply = await bot.types(typed)
    assert "I know no" not in text(reply)
    assert f"“{typed}” is a city" in text(reply)
    assert "Is Geneva where you are?" in text(reply)

    await bot.presses(button(reply, "+ 🇨🇭 Switzerland"))
    assert (await bot.chat()).wish.countries == {"CH"}
    question = await bot.presses(button(reply, "📍 Geneva"))
    assert "It is <b>14:02</b> for you, right?" in text(question)
    page = await bot.presses(button(question, "Yes"))
    assert "From now on the clocks of Geneva (Europe/Zurich) count." in text(page)
    assert step_of(await bot.chat()) == "topics"

    hours = await bot.presses(button(page, "Next ›"))
    done = await bot.presses(button(hours, "07:30"))
    assert "Next digest Wed 07:30 (Europe/Zurich)" in text(done)


async def test_a_capital_is_its_country_and_may_be_the_place(bot: BotWorld) -> None:
    await bot.asks("start")
    reply = await bot.types("kyiv, Iran")
    assert (await bot.chat()).wish.countries == {"UA", "IR"}
    assert "Is Kyiv where you are?" in text(reply)
    assert "is a city" not in text(reply)
    assert buttons(reply)[0].label == "📍 Kyiv"


@pytest.mark.parametrize("typed", ["Singapore", "Luxemburg", "Mexique", "Trade and tariffs"])
async def test_a_country_is_asked_about_no_clock(bot: BotWorld, typed: str) -> None:
    await bot.asks("start")
    assert "where you are" not in text(await bot.types(typed))


async def test_once_set_up_a_city_is_only_proposed_as_its_country(bot: BotWorld) -> None:
    await bot.subscribed()
    reply = await bot.asks("topics", "Geneva")
    assert "“Geneva” is a city" in text(reply)
    assert buttons(reply)[0].label == "+ 🇨🇭 Switzerland"
    assert "📍" not in "".join(one.label for one in buttons(reply))


async def test_a_place_typed_where_the_hour_is_asked_is_taken(bot: BotWorld) -> None:
    await bot.presses(button(await bot.asks("start"), "Skip ›"))
    reply = await bot.types("Geneva")
    page = await bot.presses(button(await bot.presses(button(reply, "📍 Geneva")), "Yes"))
    assert "When shall it come" in text(page)
    assert "From now on the clocks of Geneva (Europe/Zurich) count." in text(page)
    assert "Next digest Wed 06:45 (Europe/Zurich)" in text(await bot.types("6:45"))


@pytest.mark.parametrize(
    ("typed", "label", "zone"),
    [
        ("Warsw", "Warsaw", "Europe/Warsaw"),
        ("Geneav", "Geneva", "Europe/Zurich"),
        ("zurch", "Zurich", "Europe/Zurich"),
        ("Munch", "Munich", "Europe/Berlin"),
        ("Москв", "Moscow", "Europe/Moscow"),
    ],
)
async def test_a_misspelt_city_is_proposed_as_a_button(
    bot: BotWorld, typed: str, label: str, zone: str
) -> None:
    await bot.asks("start")
    reply = await bot.asks("timezone", typed)
    assert f"called “{typed}”" in text(reply)
    assert "Did you mean" in text(reply)
    assert f"({zone})" in text(await bot.presses(button(reply, label)))


async def test_a_place_that_is_like_none_is_only_unknown(bot: BotWorld) -> None:
    await bot.asks("start")
    assert "Did you mean" not in text(await bot.asks("timezone", "Nowhere-on-Sea"))


async def test_an_hour_typed_where_topics_are_asked_is_taken(bot: BotWorld) -> None:
    await bot.asks("start")
    reply = await bot.types("7:45 mon-fri")
    assert "Noted: 07:45 · Mon–Fri" in text(reply)
    assert step_of(await bot.chat()) == "topics"
    hours = await bot.presses(button(reply, "Skip ›"))
    assert button(hours, "✓ 07:45")
    places = await bot.presses(button(hours, "Next ›"))
    assert "Noted: 06:15 · Tue" in text(await bot.types("6:15 tue"))
    await bot.presses(button(await bot.presses(button(places, "Geneva")), "Yes"))
    assert (await bot.chat()).schedule == Schedule(
        zone="Europe/Zurich", at=("06:15",), weekdays=frozenset({1}), place="Geneva"
    )


@pytest.mark.parametrize("step", ["when", "where"])
async def test_a_country_typed_too_late_is_taken_all_the_same(bot: BotWorld, step: str) -> None:
    await bot.asks("start")
    await bot.sends(f"1:start:{step}")
    reply = await bot.types("sanctions, Iran")
    assert "Now: Sanctions, Iran" in text(reply)
    assert step_of(await bot.chat()) == step
    assert "Where are you" in text(reply) or "When shall it come" in text(reply)


async def test_too_many_hours_are_taken_at_no_step(bot: BotWorld) -> None:
    await bot.asks("start")
    await bot.types(" ".join(f"{hour}:00" for hour in range(9)))
    assert (await bot.chat()).schedule.at == ()


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Ukraine and Iran", {"UA", "IR"}),
        ("Kenya, Bosnia and Herzegovina", {"KE", "BA"}),
        ("IR-US", {"IR", "US"}),
        ("Иран, Allemagne", {"IR", "DE"}),
    ],
)
async def test_countries_are_typed_as_everywhere_else(
    bot: BotWorld, words: str, codes: set[str]
) -> None:
    await bot.asks("start")
    await bot.types(words)
    assert (await bot.chat()).wish.countries == codes


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Trade and tariffs", "trade"),
        ("tariffs", "trade"),
        ("commerce", "trade"),
        ("Espionage", "cyber"),
        ("peace", "peace-talks"),
        ("переговоры", "peace-talks"),
        ("menschenrechte", "human-rights"),
    ],
)
async def test_a_topic_is_known_by_a_word_of_its_name_in_any_language(
    bot: BotWorld, words: str, slug: str
) -> None:
    await bot.asks("start")
    await bot.types(words)
    assert (await bot.chat()).wish.topics == {slug}


async def test_the_european_union_is_a_topic_by_its_name_and_a_place_by_its_code(
    bot: BotWorld,
) -> None:
    await bot.asks("start")
    await bot.types("European Union")
    assert (await bot.chat()).wish == Wish(topics=frozenset({"european-union"}))
    await bot.types("EU")
    assert (await bot.chat()).wish.countries == {"EU"}


@pytest.mark.parametrize("language", available())
def test_no_two_topics_share_a_word(language: str) -> None:
    names = [fold(texts(language).label(f"topic.{slug}")) for slug in SLUGS]
    words = [word for name in names for word in re.findall(r"\w{4,}", name)]
    assert len(words) == len(set(words))


async def test_what_is_misspelt_is_proposed_as_a_button(bot: BotWorld) -> None:
    await bot.asks("start")
    for typed, label in (("Ukrain", "+ 🇺🇦 Ukraine"), ("sanction", "+ Sanctions")):
        reply = await bot.types(typed)
        assert f"called “{typed}”" in text(reply)
        assert "Did you mean" in text(reply)
        assert "Did you mean" not in text(await bot.presses(button(reply, label)))
    await bot.presses(button(await bot.types("Oceana"), "+ Oceania"))
    wish = (await bot.chat()).wish
    assert (wish.topics, {"UA", "NZ"} <= wish.countries) == ({"sanctions"}, True)


async def test_of_many_misspelt_names_the_first_three_are_compared(bot: BotWorld) -> None:
    await bot.asks("start")
    reply = await bot.types("Ukrain, Ukrane, Germny, Frnace, Swizerland, Polland")
    offered = [one.label for one in buttons(reply) if one.label.startswith("+")]
    assert offered == ["+ 🇺🇦 Ukraine", "+ 🇩🇪 Germany"]


async def test_what_is_chosen_already_is_said_when_it_is_typed(bot: BotWorld) -> None:
    await bot.presses(button(await bot.asks("start"), "🌍 Europe"))
    await bot.presses(button(await bot.asks("start"), "Sanctions"))

    reply = await bot.types("Ukraine, Iran, sanctions, Narnia")

    assert "Now: Sanctions, Europe, Iran" in text(reply)
    assert "Chosen already: Ukraine, sanctions\n" in text(reply)
    assert "called “Narnia”" in text(reply)
    assert "already" not in text(await bot.types("Kenya"))


@pytest.mark.parametrize(("step", "words"), [("topics", "Geneva"), ("topics", ""), ("when", "")])
async def test_a_place_named_before_the_hour_leads_to_the_hour_and_is_not_asked_again(
    bot: BotWorld, step: str, words: str
) -> None:
    first = await bot.asks("start")
    if step == "when":
        await bot.presses(button(first, "Skip ›"))
    asked = await bot.asks("timezone", words)
    asked = asked if words else await bot.types("Geneva")
    hours = await bot.presses(button(asked, "Yes"))
    assert ("When shall it come" in text(hours), step_of(await bot.chat())) == (True, "when")
    reply = await bot.presses(button(hours, "07:30"))
    assert "Next digest Wed 07:30 (Europe/Zurich)" in text(reply)
    assert (await bot.chat()).active


async def test_a_place_skipped_before_the_hour_leads_to_the_hour(bot: BotWorld) -> None:
    await bot.asks("start")
    places = await bot.asks("timezone")
    assert "When shall it come" in text(await bot.presses(button(places, "Skip ›")))


async def test_a_place_asked_for_once_the_hour_was_chosen_ends_the_set_up(bot: BotWorld) -> None:
    hours = await bot.presses(button(await bot.asks("start"), "Skip ›"))
    await bot.presses(button(hours, "07:30"))
    await bot.asks("topics")
    reply = await bot.presses(button(await bot.asks("timezone", "Geneva"), "Yes"))
    assert "Next digest Wed 07:30" in text(reply)


class Crowded(FakeChatStore):
    """A store in which very many chats are due whenever a chat is."""

    async def crowd(self, at: datetime) -> int:
        return 10 * A_MINUTE


@pytest.mark.parametrize(
    ("command", "words"), [("start", ""), ("settings", ""), ("schedule", ""), ("pause", "7d")]
)
async def test_every_page_tells_how_crowded_the_hour_is(
    bot: BotWorld, command: str, words: str
) -> None:
    bot.app = replace(bot.app, chats=Crowded(bot.database.tables))
    await bot.subscribed()
    assert "07:30 to 07:40, since many" in text(await bot.asks(command, words))


async def test_a_new_place_is_told_with_how_crowded_the_hour_is(bot: BotWorld) -> None:
    bot.app = replace(bot.app, chats=Crowded(bot.database.tables))
    await bot.subscribed()
    reply = await bot.presses(button(await bot.asks("timezone", "Geneva"), "Yes"))
    assert "07:30 to 07:40, since many" in text(reply)


@pytest.mark.parametrize("last", ["Geneva", "07:30"])
async def test_whichever_page_is_the_last_tells_how_crowded_the_hour_is(
    bot: BotWorld, last: str
) -> None:
    bot.app = replace(bot.app, chats=Crowded(bot.database.tables))
    page = await bot.presses(button(await bot.asks("start"), "Skip ›"))
    if last == "07:30":
        page = await bot.presses(button(await bot.asks("timezone", "Geneva"), "Yes"))
    reply = await bot.presses(button(page, "07:30"))
    if last == "Geneva":
        reply = await bot.presses(button(await bot.asks("timezone", "Geneva"), "Yes"))
    assert "07:30 to 07:40, since many" in text(reply)


async def test_a_second_start_goes_on_where_the_first_one_stopped(bot: BotWorld) -> None:
    first = await bot.asks("start")
    await bot.presses(button(first, "Skip ›"))
    assert "When shall it come" in text(await bot.asks("start"))
    await bot.sends("1:start:where")
    assert "Where are you" in text(await bot.asks("start"))


async def test_start_twice_is_one_subscription(bot: BotWorld) -> None:
    await bot.asks("start")
    await bot.asks("start")
    assert len(await bot.database.chats.all()) == 1


async def test_who_is_set_up_is_told_when_the_next_digest_comes(bot: BotWorld) -> None:
    await bot.subscribed()
    reply = await bot.asks("start")
    assert "You are all set" in text(reply)
    assert "Next digest Wed 07:30" in text(reply)


async def test_start_after_stop_begins_again(bot: BotWorld) -> None:
    await bot.subscribed()
    await bot.asks("stop")
    assert "Welcome back" in text(await bot.asks("start"))
    assert (await bot.chat()).active


async def test_the_first_page_says_that_topics_and_countries_must_both_fit(bot: BotWorld) -> None:
    page = text(await bot.asks("start"))

    assert "With topics and countries chosen, a story must fit both." in page


@pytest.mark.parametrize("step", ["topics", "when", "where"])
async def test_a_set_up_that_was_stopped_goes_on_at_its_step(bot: BotWorld, step: str) -> None:
    page = await bot.asks("start")
    while step_of(await bot.chat()) != step:
        page = await bot.presses(button(page, "Skip ›"))

    stopped = await bot.asks("stop")

    assert "Nothing is sent until the last step is done" in text(stopped)
    assert "hours" not in " ".join(one.label for one in buttons(stopped))
    assert text(await bot.asks("start")) == text(page)
    resumed = await bot.presses(button(stopped, "Resume"))
    assert (text(resumed), resumed.edits) == (text(page), True)
    assert step_of(await bot.chat()) == step
    assert not (await bot.chat()).active


async def test_the_settings_resume_no_chat_past_its_set_up(bot: BotWorld) -> None:
    page = await bot.asks("start")

    resumed = await bot.presses(button(await bot.asks("settings"), "Resume"))

    assert text(resumed) == text(page)
    assert not (await bot.chat()).active


async def test_an_old_keyboard_of_the_set_up_still_works(bot: BotWorld) -> None:
    first = await bot.asks("start")
    for data in ("1:start:when", "1:start:where", "1:start:done"):
        await bot.sends(data)
    reply = await bot.presses(button(first, "Sanctions"))
    assert any(one.label == "‹ Back" for one in buttons(reply))


@pytest.mark.parametrize(("command", "words"), [("stop", ""), ("pause", "7d")])
async def test_an_old_button_of_the_set_up_resumes_no_chat(
    bot: BotWorld, command: str, words: str
) -> None:
    await bot.subscribed()
    await bot.asks(command, words)
    before = await bot.chat()
    assert (await bot.sends("1:start:done")).refused == "refuse.old-button"
    assert await bot.chat() == before


async def test_the_preview_looks_back_a_day_and_moves_no_cursor(bot: BotWorld) -> None:
    await bot.subscribed()
    before = await bot.chat()
    reply = await bot.sends("1:start:done")
    await bot.presses(button(reply, "preview"))
    chat, since = bot.composer.asked[-1]
    assert (chat, since) == (ADA, NOW.replace(day=24))
    assert await bot.chat() == before


async def test_a_forged_step_does_nothing(bot: BotWorld) -> None:
    await bot.subscribed()
    assert (await bot.sends("1:start:elsewhere")).messages == ()


@pytest.mark.parametrize("access", ["invite", "list"])
async def test_a_stranger_is_refused_in_words(access: str) -> None:
    bot = BotWorld(access=access)  # type: ignore[arg-type]
    assert "ask whoever runs this bot" in text(await bot.asks("start"))
    assert await bot.database.chats.all() == ()


async def test_an_invitation_lets_a_stranger_in() -> None:
    bot = BotWorld(access="invite")
    link = text(await bot.asks("invite", chat=OWNER, user=OWNER))
    words = invitation(b"secret", now=NOW)
    assert f"https://t.me/attache_test_bot?start={words}" in link
    assert "refuse" not in text(await bot.asks("start", words))
    assert step_of(await bot.chat()) == "topics"


async def test_only_owners_invite(bot: BotWorld) -> None:
    assert text(await bot.asks("invite")) == text(await bot.asks("nonsense"))


async def test_who_has_a_subscription_may_set_up_a_group() -> None:
    bot = BotWorld(access="list")
    await bot.subscribed(BOB)
    desk = {"chat": -100, "kind": "supergroup", "title": "Desk", "may_configure": True}
    assert "list" in text(await bot.asks("setup", user=ADA, **desk))
    await bot.asks("setup", user=BOB, **desk)
    assert (await bot.chat(-100)).title == "Desk"


async def test_a_topic_of_a_forum_is_set_up_by_its_administrator(bot: BotWorld) -> None:
    topic = {"chat": -100, "kind": "supergroup", "thread": 5, "may_configure": True}
    reply = await bot.asks("setup", **topic)
    assert "/topics Ukraine" in text(reply)
    for label in ("Skip ›", "08:00", "Brussels", "Yes"):
        reply = await bot.presses(button(reply, label), **topic)
    chat = await bot.chat(-100, 5)
    assert chat.active
    assert (await bot.database.chats.get(-100)) is None


async def test_settings_of_a_chat_in_set_up_say_that_nothing_is_sent(bot: BotWorld) -> None:
    await bot.asks("start")
    reply = await bot.asks("settings")
    assert "Nothing is sent until" in text(reply)


async def test_a_reader_starts_in_their_own_language_if_there_is_one(bot: BotWorld) -> None:
    await bot.asks("start", language="en-US")
    assert (await bot.chat()).language == "en"


async def test_a_location_names_the_place_and_its_clock_is_confirmed(bot: BotWorld) -> None:
    await bot.presses(button(await bot.asks("start"), "Skip ›"))
    reply = await bot.types("07:30")
    assert "or send your location" in text(reply)
    asked = await bot.points(46.21, 6.14)
    assert "It is <b>14:02</b> for you, right? Geneva (Europe/Zurich)" in text(asked)
    assert "Next digest Wed 07:30" in text(await bot.types("yes"))
    assert (await bot.chat()).schedule == Schedule("Europe/Zurich", ("07:30",), place="Geneva")


async def test_a_location_moves_a_reader_who_has_been_set_up(bot: BotWorld) -> None:
    await bot.subscribed()
    asked = await bot.points(35.68, 139.69)
    assert (await bot.chat()).schedule.zone == "Europe/Zurich"
    assert "Tokyo" in text(await bot.presses(button(asked, "Yes")))
    assert (await bot.chat()).schedule.zone == "Asia/Tokyo"


async def test_where_clocks_meet_a_location_leaves_the_choice(bot: BotWorld) -> None:
    await bot.subscribed()
    asked = await bot.points(42.24, -8.72)
    assert "Several clocks meet near you" in text(asked)
    assert "Lisbon (Europe/Lisbon)" in text(await bot.presses(button(asked, "Lisbon")))


@pytest.mark.parametrize(
    ("said", "is_offered"),
    [
        ("ECOWAS", True),
        ("coffee, cocoa prices", True),
        ("Irann", False),
        ("what do you do at night", False),
    ],
)
async def test_what_is_no_topic_can_be_followed_as_words(
    bot: BotWorld, said: str, is_offered: bool
) -> None:
    await bot.asks("start")
    assert (f"<code>/follow {said}</code>" in text(await bot.types(said))) == is_offered


async def test_a_misspelt_place_is_offered_once_by_each_name(bot: BotWorld) -> None:
    await bot.subscribed()
    offered = [one.label for one in buttons(await bot.asks("timezone", "Genvea"))]
    assert offered.index("Geneva") == 0 and offered[1] != "Geneva"


async def test_cities_of_one_name_leave_the_choice(bot: BotWorld) -> None:
    await bot.subscribed()
    asked = await bot.asks("timezone", "Valencia")
    assert "“Valencia” has more than one clock" in text(asked)
    sure = await bot.presses(button(asked, "Valencia, Spain"))
    await bot.presses(button(sure, "Yes"))
    assert (await bot.chat()).schedule.place == "Valencia, Spain"


async def test_a_location_answers_the_question_about_a_channel(bot: BotWorld) -> None:
    await bot.subscribed()
    await bot.subscribed(
        -5, kind="channel", owner=ADA, active=False, pause_reason="setting up: where"
    )
    asked = await bot.points(35.68, 139.69, may_configure=True)
    await bot.presses(button(asked, "Yes"), may_configure=True)
    assert (await bot.chat(-5)).schedule.zone == "Asia/Tokyo"
    assert (await bot.chat()).schedule.zone == "Europe/Zurich"


async def test_a_location_of_a_stranger_leads_to_the_start(bot: BotWorld) -> None:
    assert text(await bot.points(35.68, 139.69)) == texts("en")("refuse.start")

"""What a reader follows, mutes, saves, catches up on and rests from."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import FrameType

import pytest

from bot.commands.saved import PAGE
from bot.commands.told import leading
from bot.talk.changes import MOST_LISTED, MOST_SAVED, keeping, newly
from digest.compose.view import hour_of
from digest.model.articles import StoryId
from digest.model.chats import Chat, Schedule, Wish
from digest.model.delivery import Queued, Slot
from digest.model.stories import Placed
from tests.articles import new_article, told_article, told_story
from tests.bot_world import ADA, BOB, NOW, BotWorld, button, buttons, text

CHANNEL = -1001234567890
TEXT = "Delegations met in Ankara on Monday to discuss the corridor."


@pytest.fixture
async def bot() -> BotWorld:
    world = BotWorld()
    await world.subscribed()
    return world


async def told(bot: BotWorld, *titles: str) -> tuple[StoryId, ...]:
    """A last digest of as many stories, of one article each."""
    given = [
        Placed(new_article(title, TEXT, title=title, first_seen_at=NOW, fingerprint=title), -n)
        for n, title in enumerate(titles, 1)
    ]
    ids = await bot.database.articles.add(given)
    articles = [await bot.database.articles.get(article) for article in ids]
    stories = [article.story for article in articles if article and article.story]
    chat = await bot.chat()
    rows = [
        told_story(id=story, headline=title, articles=[told_article(article)])
        for story, title, article in zip(stories, titles, ids, strict=True)
    ]
    slot = Slot(chat.id, 0, NOW.date(), "07:30", NOW)
    queued = Queued(
        slot=slot,
        messages=(),
        digest=json.dumps({"stories": rows}),
        shown_stories=(),
        shown_sentences=(),
        covered_until=NOW,
        next_due_at=chat.next_due_at,
        chat_version=chat.version,
    )
    assert await bot.database.ledger.enqueue([queued]) == 1
    return tuple(stories)


# --- sentences ---


@pytest.mark.parametrize(
    "said", ["what is story 2 about?", "tell me more about 2", "warum ist 2 da?"]
)
async def test_who_speaks_of_a_story_by_its_number_may_open_it(bot: BotWorld, said: str) -> None:
    await told(bot, "Corridor talks", "Two envoys expelled")
    assert "Two envoys expelled" in text(await bot.presses(button(await bot.types(said), "📖 2")))


@pytest.mark.parametrize(
    "said", ["send it at 2", "tell me more about 3", "2 lorries wait", "tell me of 1962"]
)
async def test_another_number_in_a_sentence_is_no_story(bot: BotWorld, said: str) -> None:
    await told(bot, "Corridor talks", "Two envoys expelled")
    assert "📖" not in "".join(one.label for one in buttons(await bot.types(said)))


# --- follow ---------------------------------------------------------------------------------


async def test_countries_pairs_and_words_are_followed_as_typed(bot: BotWorld) -> None:
    assert "You follow nothing yet" in text(await bot.asks("follow"))
    reply = await bot.asks("follow", "Turkey, US – Iran, Guinea-Bissau, Grain  Corridor")
    wish = (await bot.chat()).wish
    assert wish.follow == {"TR", "IR-US", "GW"}
    assert wish.words == {"grain corridor"}
    labels = [one.label for one in buttons(reply)]
    assert "✕ 🇮🇷 Iran – 🇺🇸 United States" in labels
    assert "✕ “grain corridor”" in labels


@pytest.mark.parametrize("words", ["Iran – États-Unis", "США — Иран", "USA und Iran", "IR_US"])
async def test_a_pair_is_read_in_any_language_with_its_hyphens(bot: BotWorld, words: str) -> None:
    await bot.asks("follow", words)
    assert (await bot.chat()).wish.follow == {"IR-US"}


async def test_who_follows_two_with_an_and_is_told_what_that_means(bot: BotWorld) -> None:
    told = text(await bot.asks("follow", "Ghana and Nigeria"))
    assert "“Ghana and Nigeria” is for stories about both." in told
    assert "<code>/follow Ghana, Nigeria</code>" in told
    assert "about both" not in text(await bot.asks("follow", "Iran-US, Bosnia and Herzegovina"))


@pytest.mark.parametrize("sign", ["-", "\ufdfa-", " and ", "-IR"])
async def test_many_places_to_part_a_text_cost_no_more_than_few(bot: BotWorld, sign: str) -> None:
    # by two rules the whole, and both ends of eight places; as a slip the whole, and both of three
    # small words and those for "all" are two more
    most = 2 + 2 * (1 + 2 * 8) + 1 + 2 * 2 * 3
    assert 0 < await folds(bot, "US" + sign * 8) <= most
    assert await folds(bot, "US" + sign * 24) <= most
    assert await folds(bot, ("US" + sign * 2000)[:4000]) == 0


async def test_what_is_typed_again_and_again_is_looked_up_once(bot: BotWorld) -> None:
    assert await folds(bot, "Iran\n" * 800) == await folds(bot, "Iran")


async def test_of_a_long_list_what_finds_room_is_read(bot: BotWorld) -> None:
    reply = await bot.asks("follow", ",".join(f"word{n}" for n in range(MOST_LISTED + 1)))
    assert (await bot.chat()).wish.words == {f"word{n}" for n in range(MOST_LISTED)}
    assert f"first {MOST_LISTED}" in text(reply)


async def folds(bot: BotWorld, words: str) -> int:
    """How many times a text is made ready to be compared while /follow reads ``words``."""
    await bot.asks("follow", "Iran-US")  # what is loaded once is loaded
    count = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code.co_name == "fold"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        await bot.asks("follow", words)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Ukrain", "+ 🇺🇦 Ukraine"),
        ("ukrainne", "+ 🇺🇦 Ukraine"),
        ("Turky", "+ 🇹🇷 Türkiye"),
        ("Германя", "+ 🇩🇪 Germany"),
        ("Macrno", "+ “Macron”"),
        ("emmanuel macrom", "+ “Emmanuel Macron”"),
        ("sanctons", "+ “Sanctions”"),
    ],
)
async def test_a_slip_is_asked_about_before_it_is_followed(
    bot: BotWorld, typed: str, label: str
) -> None:
    reply = await bot.asks("follow", f"Iran, {typed}")
    assert f"Not added yet: {typed}." in text(reply)
    wish = (await bot.chat()).wish
    assert (wish.follow, wish.words) == ({"IR"}, frozenset())

    meant = await bot.presses(button(reply, label))

    assert meant.edits
    assert "Not added yet" not in text(meant)
    assert button(meant, label.replace("+", "✕").casefold() if "“" in label else "✕")
    wish = (await bot.chat()).wish
    assert len(wish.follow | wish.words) == 2


@pytest.mark.parametrize(
    "typed", ["Ukrain-Iran", "Iran – Ukrain", "Ukrain und Iran", "Iran/Ukrainie"]
)
async def test_a_slip_in_a_pair_is_asked_about(bot: BotWorld, typed: str) -> None:
    reply = await bot.asks("follow", typed)
    assert "Not added yet" in text(reply)
    await bot.presses(button(reply, "+ 🇮🇷 Iran – 🇺🇦 Ukraine"))
    wish = (await bot.chat()).wish
    assert (wish.follow, wish.words) == ({"IR-UA"}, frozenset())


async def test_a_slip_may_be_a_word_of_its_own(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.asks("follow", "Begin"), "+ “Begin”"))
    assert (await bot.chat()).wish.words == {"begin"}
    again = await bot.asks("follow", "begin")
    assert "Nothing was added" in text(again)
    assert button(reply, "✕ “begin”")


async def test_of_several_slips_the_others_are_still_asked_about(bot: BotWorld) -> None:
    reply = await bot.asks("follow", "Ukrain, Germny")
    rest = await bot.presses(button(reply, "🇺🇦 Ukraine"))
    assert "Not added yet: Germny." in text(rest)
    assert "+ “Ukrain”" not in [one.label for one in buttons(rest)]
    await bot.presses(button(rest, "🇩🇪 Germany"))
    assert (await bot.chat()).wish.follow == {"UA", "DE"}


@pytest.mark.parametrize(
    "typed", ["grain", "Zelensky", "Sanctions", "Bali", "Merkel", "Ukraine-aid", "Ukrain-Ukraine"]
)
async def test_what_is_no_slip_is_followed_at_once(bot: BotWorld, typed: str) -> None:
    assert "Not added yet" not in text(await bot.asks("follow", typed))
    assert (await bot.chat()).wish.words == {typed.casefold()}


async def test_a_slip_in_what_is_to_end_is_not_on_the_list(bot: BotWorld) -> None:
    await bot.asks("follow", "Ukraine")
    assert "Not on the list: Ukrain" in text(await bot.asks("unfollow", "Ukrain"))


async def test_a_full_list_has_no_room_for_what_was_meant(bot: BotWorld) -> None:
    await bot.follows(*(f"s:{number}" for number in range(1, MOST_LISTED + 1)))
    reply = await bot.presses(button(await bot.asks("follow", "Ukrain"), "🇺🇦 Ukraine"))
    assert reply.alert
    assert "Your list is full" in reply.notice


@pytest.mark.parametrize("pressed", ["", "1", "1:0", "x:0:0", "1:7:0", "1:0:9", "1:0:x", "99:0:0"])
async def test_forged_and_old_answers_to_a_question_change_nothing(
    bot: BotWorld, pressed: str
) -> None:
    await bot.asks("follow", "Ukrain")
    assert (await bot.sends(f"1:follow:meant:{pressed}")).refused == "refuse.old-question"
    assert (await bot.chat()).wish == Wish()


async def test_eight_slips_are_asked_about_and_the_rest_is_taken_as_typed(bot: BotWorld) -> None:
    slips = [f"Ukrain{letter}" for letter in "bcdfghjkl"]
    reply = await bot.asks("follow", ",".join(slips))
    assert (await bot.chat()).wish.words == {slips[-1].casefold()}
    assert len([one for one in buttons(reply) if one.label.startswith("+")]) == 16


async def test_a_cross_ends_what_is_followed(bot: BotWorld) -> None:
    reply = await bot.asks("follow", "Iran, grain")
    reply = await bot.presses(button(reply, "Iran"))
    assert reply.edits
    await bot.presses(button(reply, "grain"))
    assert (await bot.chat()).wish == Wish()


@pytest.mark.parametrize("every", ["all", "ALL", "alles", "tout", "todo", "всё", "усе"])
async def test_all_that_is_followed_ends_at_once(bot: BotWorld, every: str) -> None:
    await bot.asks("follow", "Turkey, Iran-US, grain")
    assert "You follow nothing" in text(await bot.asks("unfollow", every))
    assert (await bot.chat()).wish == Wish()


async def test_a_country_of_the_topics_is_not_unfollowed_but_led_to(bot: BotWorld) -> None:
    await bot.asks("topics", "Ghana")
    told = text(await bot.asks("unfollow", "Ghana, Chad"))
    assert "Among your topics: Ghana. /topics takes it out." in told
    assert "Not on the list: Chad" in told


async def test_what_is_typed_after_unfollow_ends(bot: BotWorld) -> None:
    await bot.asks("follow", "Iran, grain")
    await bot.asks("unfollow", "Iran, Grain")
    assert (await bot.chat()).wish == Wish()
    assert "You follow nothing" in text(await bot.asks("unfollow"))


async def test_a_story_of_the_last_digest_is_followed_by_its_number(bot: BotWorld) -> None:
    _, second = await told(
        bot, "Talks", "A headline that is longer than any button has room for it"
    )
    reply = await bot.asks("follow", "2")
    assert (await bot.chat()).wish.follow == {f"s:{second}"}
    label = button(reply, "A headline").label
    assert label.endswith("…")
    assert len(label) <= 42


async def test_a_number_without_a_story_is_said(bot: BotWorld) -> None:
    assert "“3, x”" in text(await bot.asks("follow", "3, x"))
    await told(bot, "Talks")
    assert "“0, 2”" in text(await bot.asks("follow", "0, 2"))
    assert (await bot.chat()).wish == Wish()


async def test_a_followed_story_that_is_gone_can_still_be_ended(bot: BotWorld) -> None:
    await bot.follows("s:99")
    reply = await bot.presses(button(await bot.asks("follow"), "story 99"))
    assert [one.label for one in buttons(reply)] == [
        "Countries",
        "Add words",
        "‹ Back",
        "✕ Close",
    ]


async def test_a_button_to_follow_leaves_its_message_as_it_is(bot: BotWorld) -> None:
    reply = await bot.sends("1:follow:+:IR-US")
    assert (reply.messages, reply.edits) == ((), False)
    assert "Iran" in reply.notice
    assert (await bot.chat()).wish.follow == {"IR-US"}


async def test_a_full_list_takes_nothing_more_and_says_so(bot: BotWorld) -> None:
    await bot.follows(*(f"s:{number}" for number in range(1, MOST_LISTED + 1)))
    assert "full" in (await bot.sends("1:follow:+:TR")).notice
    assert "The list is full" in text(await bot.asks("follow", "Turkey"))
    assert len((await bot.chat()).wish.follow) == MOST_LISTED


async def test_what_finds_no_room_on_a_list_is_named(bot: BotWorld) -> None:
    await bot.follows(*(f"s:{number}" for number in range(2, MOST_LISTED + 1)))
    said = text(await bot.asks("follow", "Iran, Turkey, grain, Iran-US"))
    assert (await bot.chat()).wish.follow >= {"IR", "s:2"}
    assert "left out: Turkey, Iran-US" in said
    assert "already" in text(await bot.asks("follow", "Iran"))


async def test_a_link_follows_at_once(bot: BotWorld) -> None:
    assert "Türkiye" in button(await bot.asks("start", "follow_tr"), "🇹🇷").label
    (story,) = await told(bot, "Talks")
    await bot.asks("start", "follow_us-ir")
    await bot.asks("start", f"follow_s{story}")
    assert (await bot.chat()).wish.follow == {"TR", "IR-US", f"s:{story}"}


@pytest.mark.parametrize(
    "parameter",
    [
        "follow_",
        "follow_xx",
        "follow_tr-tr",
        "follow_tr-us-ir",
        "follow_s",
        "follow_s0",
        "follow_s4711",
        "follow_s-1",
        "follow_s" + "9" * 40,
        "follow_\u0661",
        "follow_<b>",
    ],
)
async def test_a_forged_link_to_follow_is_refused_in_words(bot: BotWorld, parameter: str) -> None:
    before = await bot.chat()
    reply = await bot.asks("start", parameter)
    assert "leads nowhere" in text(reply)
    assert reply.refused == "refuse.link"
    assert await bot.chat() == before


async def test_a_button_to_follow_a_story_that_is_not_there_does_nothing(bot: BotWorld) -> None:
    assert (await bot.sends("1:follow:+:s:4711")).alert
    assert (await bot.chat()).wish.follow == frozenset()


async def test_a_new_reader_follows_once_set_up() -> None:
    bot = BotWorld()
    reply = await bot.asks("start", "follow_tr")
    assert "What shall I watch?" in text(reply)
    for _ in range(3):
        reply = await bot.presses(button(reply, "Skip ›"))
    chat = await bot.chat()
    assert (chat.active, chat.wish.follow) == (True, {"TR"})


async def test_a_link_during_the_set_up_follows_and_stays_at_the_step() -> None:
    bot = BotWorld()
    await bot.asks("start")
    assert "What shall I watch?" in text(await bot.asks("start", "follow_tr"))
    assert (await bot.chat()).wish.follow == {"TR"}


@pytest.mark.parametrize("words", ["follow_", "follow_xx", "follow_tr-tr", "follow_s0", "follow"])
async def test_a_broken_link_follows_nothing(bot: BotWorld, words: str) -> None:
    await bot.asks("start", words)
    assert (await bot.chat()).wish.follow == frozenset()


@pytest.mark.parametrize(
    "data",
    [
        "1:follow:+:XX",
        "1:follow:+:US-IR",
        "1:follow:+:s:x",
        "1:follow:-:nothing",
        "1:follow:*:TR",
        "1:mute:+:word",
        "1:mute:-:0000000000",
        "1:save:s:99",
        "1:save:x",
        "1:saved:x",
        "1:saved:-:s:1:x",
        "1:schedule:quiet:2561:0700",
        "1:schedule:quiet:0700:0700",
        "1:schedule:quiet:x",
        "1:catchup:99d",
    ],
)
async def test_forged_data_changes_nothing(bot: BotWorld, data: str) -> None:
    before = await bot.chat()
    await bot.sends(data)
    assert await bot.chat() == before


# --- mute -----------------------------------------------------------------------------------


async def test_words_are_muted_and_let_in_again(bot: BotWorld) -> None:
    assert "No word is muted" in text(await bot.asks("mute"))
    reply = await bot.asks("mute", "Cricket, Ein sehr langes Wort in vielen Silben ohne Ende")
    assert len((await bot.chat()).wish.muted) == 2
    assert "Not added" not in text(reply)
    reply = await bot.presses(button(reply, "sehr"))
    assert (await bot.chat()).wish.muted == {"cricket"}
    await bot.asks("unmute", "CRICKET")
    assert (await bot.chat()).wish.muted == frozenset()
    assert "No word is muted" in text(await bot.asks("unmute"))


async def test_all_words_are_let_in_again_at_once(bot: BotWorld) -> None:
    await bot.asks("mute", "cricket, tea")
    assert "No word is muted" in text(await bot.asks("unmute", "alles"))


@pytest.mark.parametrize("typed", ["2", "story 2"])
async def test_a_story_is_muted_and_let_in_again_by_its_number(bot: BotWorld, typed: str) -> None:
    stories = await told(bot, "Corridor talks", "Two envoys expelled")
    reply = await bot.types(f"mute {typed}")
    assert (await bot.chat()).wish.muted == {f"s:{stories[1]}"}
    assert button(reply, "✕ Two envoys expelled")
    await bot.types(f"unmute {typed}")
    assert (await bot.chat()).wish.muted == frozenset()


async def test_a_number_that_no_story_has_is_muted_as_a_word(bot: BotWorld) -> None:
    await bot.asks("mute", "12")
    stories = await told(bot, *(f"Talks {day}" for day in range(1, 13)))
    assert "2" in text(await bot.asks("mute", "99, 2024"))
    assert (await bot.chat()).wish.muted == {"12", "99", "2024"}
    await bot.asks("unmute", "12")
    assert (await bot.chat()).wish.muted == {"99", "2024"}
    await bot.asks("mute", "12, cricket")
    assert (await bot.chat()).wish.muted == {"99", "2024", "cricket", f"s:{stories[11]}"}


async def test_what_is_no_word_is_not_muted(bot: BotWorld) -> None:
    assert "Not added: a, z." in text(await bot.asks("mute", "a, cricket, z"))
    assert (await bot.chat()).wish.muted == {"cricket"}


@pytest.mark.parametrize("is_new", [False, True])
async def test_a_link_to_follow_says_that_the_list_is_full(bot: BotWorld, is_new: bool) -> None:
    if is_new:
        await bot.database.chats.save(newly(await bot.chat(), now=NOW))
    await bot.follows(*(f"s:{number}" for number in range(1, MOST_LISTED + 1)))
    told = text(await bot.asks("start", "follow_tr"))
    assert "list is full" in told and "then 🇹🇷 Türkiye finds room" in told
    assert "TR" not in (await bot.chat()).wish.follow


async def test_a_list_that_is_full_takes_no_word(bot: BotWorld) -> None:
    await bot.asks("mute", ",".join(f"word{n}" for n in range(MOST_LISTED)))
    assert "Not added: cricket." in text(await bot.asks("mute", "word1, cricket"))


@pytest.mark.parametrize("page", ["mute", "follow"])
async def test_a_list_that_was_longer_elsewhere_has_as_many_buttons_as_telegram_takes(
    page: str,
) -> None:
    many = frozenset(f"word{n}" for n in range(150))
    bot = BotWorld()
    await bot.subscribed(wish=Wish(muted=many, words=many))

    assert len(buttons(await bot.asks(page))) == 100


async def test_what_is_on_no_list_cannot_be_taken_off(bot: BotWorld) -> None:
    await bot.asks("follow", "Iran")
    await bot.asks("mute", "cricket")
    assert "Not on the list: Turkey, tea" in text(await bot.asks("unfollow", "Turkey, Iran, tea"))
    assert "Not on the list: tea" in text(await bot.asks("unmute", "cricket, tea"))


@pytest.mark.parametrize("command", ["mute", "follow"])
@pytest.mark.parametrize("words", ["all", "the", "Everything", "для", "the, cricket"])
async def test_a_word_of_nearly_every_story_is_not_taken(
    bot: BotWorld, command: str, words: str
) -> None:
    told = await bot.asks(command, words)
    wish = (await bot.chat()).wish
    assert wish.muted | wish.words == ({"cricket"} if "cricket" in words else set())
    assert f"Not added: {words.split(',')[0]}. Nearly every story holds it." in text(told)


async def test_settings_lead_to_what_is_followed_and_muted(bot: BotWorld) -> None:
    await bot.asks("follow", "Iran, grain")
    await bot.asks("mute", "cricket")
    front = await bot.asks("settings")
    followed = await bot.presses(button(front, "Followed: 2"))
    assert followed.edits
    assert "Settings" in text(await bot.presses(button(followed, "‹ Back")))
    assert button(await bot.presses(button(front, "Muted words: 1")), "“cricket”")


async def test_a_channels_lists_are_managed_in_private() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", owner=ADA, wish=Wish(muted=frozenset({"x y"})))
    front = await bot.asks("settings")
    reply = await bot.presses(button(front, "Muted words: 1"), may_configure=True)
    assert "/mute" not in text(reply)
    await bot.presses(button(reply, "x y"), may_configure=True)
    assert (await bot.chat(CHANNEL)).wish.muted == frozenset()
    reply = await bot.presses(button(front, "Followed: 0"), may_configure=True)
    assert "/follow" not in text(reply)


async def test_in_a_group_administrators_decide(bot: BotWorld) -> None:
    await bot.subscribed(-100, kind="group")
    refused = await bot.asks("follow", "Iran", chat=-100, kind="group")
    assert "Only administrators" in text(refused)
    await bot.asks("follow", "Iran", chat=-100, kind="group", may_configure=True)
    assert (await bot.chat(-100)).wish.follow == {"IR"}


# --- pause ----------------------------------------------------------------------------------


async def test_a_pause_ends_by_itself(bot: BotWorld) -> None:
    reply = await bot.asks("pause", "7d")
    assert "Paused until" in text(reply)
    chat = await bot.chat()
    assert chat.active
    assert chat.paused_until == NOW + timedelta(days=7)
    assert chat.next_due_at == datetime(2026, 9, 2, 5, 30, tzinfo=UTC)
    assert await bot.database.chats.due(NOW + timedelta(days=6, hours=23), limit=9) == ()


async def test_a_pause_until_a_day_ends_at_its_midnight(bot: BotWorld) -> None:
    assert "Paused until Mon" in text(await bot.asks("pause", "until Monday"))
    assert (await bot.chat()).paused_until == datetime(2026, 8, 30, 22, tzinfo=UTC)


async def test_a_pause_until_a_date_ends_at_its_midnight(bot: BotWorld) -> None:
    await bot.asks("pause", "until 2026-09-01")
    assert (await bot.chat()).paused_until == datetime(2026, 8, 31, 22, tzinfo=UTC)


async def test_the_date_that_is_proposed_is_one_that_is_taken(bot: BotWorld) -> None:
    bot.clock.advance(timedelta(days=30))
    told = text(await bot.asks("pause", "soon"))
    proposed = told.rpartition("<code>/pause ")[2].removesuffix("</code>")
    assert "Paused until" in text(await bot.asks("pause", proposed))


async def test_a_change_of_hours_does_not_end_a_pause(bot: BotWorld) -> None:
    await bot.asks("pause", "7d")
    await bot.asks("schedule", "18:00")
    assert (await bot.chat()).next_due_at == datetime(2026, 9, 1, 16, tzinfo=UTC)


async def test_a_pause_ends_with_a_tap_and_covers_a_day(bot: BotWorld) -> None:
    reply = await bot.asks("pause", "30d")
    bot.clock.advance(timedelta(days=9))
    assert button(await bot.asks("settings"), "Resume")
    await bot.presses(button(reply, "Resume"))
    chat = await bot.chat()
    later = NOW + timedelta(days=9)
    assert (chat.paused_until, chat.covered_until) == (None, hour_of(later - timedelta(days=1)))
    assert chat.next_due_at == datetime(2026, 9, 4, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("command", ["follow", "mute"])
async def test_words_stand_in_the_quotation_marks_of_the_language(
    bot: BotWorld, command: str
) -> None:
    await bot.database.chats.save(replace(await bot.chat(), language="de"))
    assert button(await bot.asks(command, "cricket"), "✕ „cricket“")


@pytest.mark.parametrize("command", ["pause", "stop"])
async def test_resuming_is_no_beginning(bot: BotWorld, command: str) -> None:
    reply = await bot.presses(button(await bot.asks(command), "Resume"))
    assert text(reply).startswith("Welcome back.")
    assert "starts from now" not in text(reply)
    assert reply.edits


async def test_a_pause_does_not_skip_a_setup(bot: BotWorld) -> None:
    await bot.asks("start", chat=BOB, user=BOB)
    assert not buttons(await bot.asks("pause", "7d", chat=BOB, user=BOB))
    assert not (await bot.chat(BOB)).active


async def test_start_ends_a_pause(bot: BotWorld) -> None:
    await bot.asks("pause", "30d")
    assert "Welcome back" in text(await bot.asks("start"))
    assert (await bot.chat()).paused_until is None


async def test_a_slot_that_has_come_is_dropped_by_a_pause(bot: BotWorld) -> None:
    chat = await bot.chat()
    await bot.database.chats.save(replace(chat, next_due_at=NOW))
    await bot.asks("pause", "1 day")
    assert (await bot.chat()).next_due_at == datetime(2026, 8, 27, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "words", ["soon", "0d", "91d", "until 2026-08-25", "until 2026-13-01", "until 2027-01-01"]
)
async def test_what_is_no_pause_is_said(bot: BotWorld, words: str) -> None:
    assert "as a pause" in text(await bot.asks("pause", words))
    assert (await bot.chat()).paused_until is None


async def test_who_is_stopped_and_asks_for_days_goes_on_after_them(bot: BotWorld) -> None:
    await bot.asks("stop")
    reply = await bot.asks("pause", "7d")
    assert "Paused until Tue 1 Sept 14:02. Then it goes on by itself." in text(reply)
    chat = await bot.chat()
    assert (chat.active, chat.paused_until) == (True, NOW + timedelta(days=7))
    assert chat.next_due_at == datetime(2026, 9, 2, 5, 30, tzinfo=UTC)
    await bot.presses(button(reply, "Resume"))
    assert (await bot.chat()).paused_until is None


async def test_a_pause_without_words_lasts_until_start(bot: BotWorld) -> None:
    await bot.asks("pause", "7d")
    assert "your settings are kept" in text(await bot.asks("pause"))
    chat = await bot.chat()
    assert (chat.active, chat.paused_until) == (False, None)


# --- catch up -------------------------------------------------------------------------------


async def test_catching_up_looks_back_so_many_days(bot: BotWorld) -> None:
    before = await bot.chat()
    assert text(await bot.asks("catchup", "3d")) == "a digest"
    reply = await bot.asks("catchup")
    await bot.presses(button(reply, "14 d"))
    days = [timedelta(days=3), timedelta(days=14)]
    assert bot.composer.asked == [(ADA, NOW - span) for span in days]
    assert await bot.chat() == before


async def test_days_that_held_nothing_are_said(bot: BotWorld) -> None:
    bot.composer.messages = ()
    assert "Nothing was found" in text(await bot.asks("catchup", "1"))
    assert "How many days" in text(await bot.asks("catchup", "15d"))


# --- save -----------------------------------------------------------------------------------


async def test_a_story_is_saved_by_its_number(bot: BotWorld) -> None:
    assert "none to save" in text(await bot.asks("save", "1"))
    first, second = await told(bot, "Talks", "Accord & <more>")
    assert "with “3”.\nYour last digest has 2 stories" in text(await bot.asks("save", "3"))
    assert "2 stories" in text(await bot.asks("save"))
    assert "Accord &amp; &lt;more&gt;" in text(await bot.asks("save", "2"))
    await bot.asks("save", "1")
    await bot.asks("save", "2")
    assert (await bot.chat()).saved == (f"s:{first}", f"s:{second}")
    listed = text(await bot.asks("saved"))
    assert listed.index("Accord") < listed.index("Talks")
    assert 'href="https://paper.example/Talks"' in listed


async def test_a_button_saves_what_it_names(bot: BotWorld) -> None:
    (story,) = await told(bot, "Talks")
    (article,) = await bot.database.articles.story(story)
    assert "Saved" in (await bot.sends(f"1:save:a:{article.id}")).notice
    assert "no longer" in (await bot.sends("1:save:a:999")).notice
    assert (await bot.chat()).saved == (f"a:{article.id}",)
    assert "Talks" in text(await bot.asks("saved"))


async def test_saved_stories_come_in_pages_and_go_with_a_cross(bot: BotWorld) -> None:
    assert "Nothing is saved" in text(await bot.asks("saved"))
    await told(bot, *(f"Talks {n}" for n in range(1, PAGE + 2)))
    for number in range(1, PAGE + 2):
        await bot.asks("save", str(number))
    first = await bot.asks("saved")
    second = await bot.presses(button(first, "More ›"))
    assert "Talks 1" in text(second)
    assert button(second, "‹ Before")
    back = await bot.presses(button(second, f"✕ {PAGE + 1}"))
    assert "Talks 1" not in text(back)
    assert "Talks 2" in text(back)
    assert len((await bot.chat()).saved) == PAGE


async def test_what_is_no_longer_kept_is_said_in_its_line(bot: BotWorld) -> None:
    chat = await bot.chat()
    await bot.database.chats.save(replace(chat, saved=("s:98", "a:99")))
    assert text(await bot.asks("saved")).count("no longer kept") == 2


async def test_an_article_without_outlet_or_address_is_listed_too(bot: BotWorld) -> None:
    new = new_article("x", TEXT, url=None, file="a.txt", outlet=None, published_at=None)
    (article,) = await bot.database.articles.add([Placed(new, -1)])
    await bot.sends(f"1:save:a:{article}")
    listed = text(await bot.asks("saved"))
    assert "from a file" in listed
    assert "outlet unknown · Tue 10 Feb" in listed


async def test_what_is_saved_has_the_day_of_the_chat_s_own_clocks(bot: BotWorld) -> None:
    late = datetime(2026, 8, 24, 22, 30, tzinfo=UTC)  # half past midnight in Zurich
    (article,) = await bot.database.articles.add(
        [Placed(new_article("x", TEXT, published_at=late), -1)]
    )
    await bot.sends(f"1:save:a:{article}")
    assert "The Paper · Tue 25 Aug" in text(await bot.asks("saved"))


class Counting:
    """Passes everything on to a store, and counts what it is asked."""

    def __init__(self, store: object) -> None:
        self.asked = 0
        self._store = store

    def __getattr__(self, name: str) -> object:
        self.asked += 1
        return getattr(self._store, name)


@pytest.mark.parametrize("command", ["follow", "saved"])
async def test_a_page_of_many_stories_asks_the_database_a_few_times(
    bot: BotWorld, command: str
) -> None:
    refs = [f"s:{story}" for story in await told(bot, *(f"Talks {n}" for n in range(10, 40)))]
    chat = await bot.chat()
    wish = replace(chat.wish, follow=frozenset(refs))
    await bot.database.chats.save(replace(chat, saved=tuple(refs), wish=wish))
    articles, ledger = Counting(bot.app.articles), Counting(bot.app.ledger)
    bot.app = replace(bot.app, articles=articles, ledger=ledger)  # type: ignore[arg-type]
    reply = await bot.asks(command)
    assert "Talks 39" in text(reply) + "".join(one.label for one in buttons(reply))
    assert articles.asked + ledger.asked <= 4


async def test_a_country_has_no_leading_article(bot: BotWorld) -> None:
    assert await leading("TR", await bot.subscribed(chat=99), bot.app) is None


def test_of_too_many_saved_the_oldest_goes() -> None:
    chat = newly(Chat(id=ADA, saved=tuple(f"s:{n}" for n in range(MOST_SAVED))), now=NOW)
    kept = keeping("a:1", wanted=True)(chat).saved
    assert (len(kept), kept[0], kept[-1]) == (MOST_SAVED, "s:1", "a:1")


# --- quiet hours ----------------------------------------------------------------------------


async def test_quiet_hours_are_tapped(bot: BotWorld) -> None:
    page = await bot.presses(button(await bot.asks("schedule"), "Quiet: none"))
    page = await bot.presses(button(page, "22:00–07:00"))
    assert button(page, "✓ 22:00–07:00")
    assert (await bot.chat()).schedule.quiet == ("22:00", "07:00")
    reply = await bot.presses(button(page, "‹ Back"))
    page = await bot.presses(button(reply, "Quiet: 22:00–07:00"))
    await bot.presses(button(page, "none"))
    assert (await bot.chat()).schedule == Schedule(zone="Europe/Zurich", at=("07:30",))


async def test_quiet_hours_can_be_typed(bot: BotWorld) -> None:
    reply = await bot.asks("schedule", "quiet 23:15 - 6:30")
    assert (await bot.chat()).schedule.quiet == ("23:15", "06:30")
    page = await bot.presses(button(reply, "Quiet: 23:15–06:30"))
    assert button(page, "✓ 23:15–06:30")
    for wrong in ("quiet now", "quiet 22:00-22:00", "quiet 22:00"):
        assert f"what to do with “{wrong}”" in text(await bot.asks("schedule", wrong))
    assert (await bot.chat()).schedule.at == ("07:30",)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "quiet off"), ("de", "Quiet keine"), ("ru", "quiet НЕТ"), ("uk", "quiet off")],
)
async def test_quiet_hours_are_ended_by_a_word(bot: BotWorld, language: str, words: str) -> None:
    await bot.asks("schedule", "quiet 23:15 - 6:30")
    await bot.database.chats.save(replace(await bot.chat(), language=language))
    await bot.asks("schedule", words)
    assert (await bot.chat()).schedule.quiet is None


async def test_nobody_is_asked_for_quiet_hours_while_setting_up() -> None:
    bot = BotWorld()
    reply = await bot.presses(button(await bot.asks("start"), "Skip"))
    assert not any("Quiet" in one.label for one in buttons(reply))

"""/story, /brief, /ahead, /quotes and /export: the same articles, seen five ways."""

import html
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.commands.last_digest import arrived_in
from bot.talk.request import Remembered, Reply
from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.compose.export import as_json
from digest.model.articles import NewArticle, Quote
from digest.model.chats import Wish
from digest.model.delivery import Queued, Sent, Slot
from digest.model.digests import Shown, Window
from digest.model.messages import Message
from digest.model.sources import Outlet
from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import ADA, BOB, NOW, BotWorld, button, buttons, text

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TALKS = (
    "Delegations from Turkey and Ukraine will meet in Ankara on Thursday to discuss the grain corridor. "
    "“The corridor must stay open to every ship that asks for it,” Foreign Minister Ada Envoy said."
)
EARLIER = (
    "Turkey and Ukraine said in Kyiv that the corridor's renewal is close. Insurance for the vessels "
    "remains the main open point of the negotiations, two officials said."
)
FRANCE = (
    "France and Iran exchanged notes in Paris on the release of two detained travellers this week."
)
POST = Outlet("Ankara Post", "TR", state_funded=True)
MINISTRY = Outlet("Ministry & Co", "UA", official=True)


def an_article(key: str, body: str, **changes: Any) -> NewArticle:
    plain = new_article(key, body, published_at=NOW - HOUR, first_seen_at=NOW - HOUR)
    return replace(plain, **changes)


def spoken(body: str) -> tuple[Quote, ...]:
    start, end = body.index("“"), body.index("”") + 1
    return (Quote(start, end, "Ada Envoy", "Foreign Minister", "TR"),)


@pytest.fixture
async def bot() -> BotWorld:
    """Two stories, the first one told over two days; the last digest held both."""
    bot = BotWorld()
    await bot.subscribed()
    begun = NOW - 2 * DAY
    both = ("TR", "UA")
    await bot.database.articles.add(
        [
            Placed(
                an_article(
                    "early",
                    EARLIER,
                    title="Corridor accord <close>",
                    countries=both,
                    published_at=begun,
                    first_seen_at=begun,
                    outlet=MINISTRY,
                ),
                -1,
            ),
            Placed(
                an_article(
                    "talks",
                    TALKS,
                    title="Ankara to host corridor talks",
                    countries=both,
                    quotes=spoken(TALKS),
                    outlet=POST,
                ),
                -1,
            ),
            Placed(an_article("france", FRANCE, countries=("FR", "IR"), outlet=None), -2),
        ]
    )
    await queue(bot)
    return bot


async def queue(
    bot: BotWorld, wish: Wish | None = None, *, days: int = 3, messages: tuple[Message, ...] = ()
) -> None:
    """The digest of the last days, as the ledger keeps it."""
    snapshot = await bot.database.articles.snapshot(Window(NOW - days * DAY, NOW))
    digest = compose(edition(snapshot), wish or Wish(), Shown())
    queued = Queued(
        slot=Slot(ADA, 0, date(2026, 8, 25), f"0{9 - days}:30", NOW - days * HOUR),
        messages=messages,
        digest=json.dumps(as_json(digest)),
        shown_stories=(),
        shown_sentences=(),
        covered_until=NOW,
        next_due_at=None,
        chat_version=(await bot.chat()).version,
    )
    assert await bot.database.ledger.enqueue((queued,)) == 1


def file(reply: Reply) -> str:
    assert reply.document is not None, "no file went out"
    return reply.document.content.decode()


# --- the story card -------------------------------------------------------------------------


async def corridor(bot: BotWorld) -> Reply:
    """The card of the story about the corridor, wherever it stands in the digest."""
    cards = [await bot.asks("story", number) for number in ("1", "2")]
    return next(card for card in cards if "corridor" in text(card))


async def test_a_card_tells_days_voices_and_sources(bot: BotWorld) -> None:
    shown = text(await corridor(bot))

    assert "🔄 Day 3" in shown
    assert (
        'Sun 23 Aug · <a href="https://paper.example/early">Corridor accord &lt;close&gt;</a>'
        in shown
    )
    assert "<b>Ada Envoy, Foreign Minister 🇹🇷</b>: “The corridor must stay open" in shown
    assert "🇹🇷 Türkiye: Ankara Postˢ" in shown or "🇹🇷 Turkey: Ankara Postˢ" in shown
    assert "🇺🇦 Ukraine: Ministry &amp; Co 🏛" in shown


async def test_a_card_has_the_colons_of_its_language(bot: BotWorld) -> None:
    await bot.sends("1:settings:language:fr")

    shown = text(await corridor(bot))

    assert "🇺🇦 Ukraine\u00a0: Ministry &amp; Co 🏛" in shown
    assert "<b>Ada Envoy, Foreign Minister 🇹🇷</b>\u00a0: “The corridor must" in shown


async def test_a_card_stands_under_the_headline_that_its_number_had(bot: BotWorld) -> None:
    assert "Corridor accord" in text(await corridor(bot)).partition("\n")[0]

    await queue(bot, days=1)  # in which the story goes on, told by another article

    shown = text(await corridor(bot))
    head = '<a href="https://paper.example/talks"><b>Ankara to host corridor talks</b></a>'
    assert shown.startswith(head)
    assert "Corridor accord" in shown


async def test_a_card_offers_to_follow_and_to_keep_its_story(bot: BotWorld) -> None:
    card = await corridor(bot)

    await bot.presses(button(card, "Follow"))
    await bot.presses(button(card, "Save"))

    assert len((await bot.chat()).wish.follow) == 1
    assert "Corridor accord" in text(await bot.asks("saved"))


async def test_what_is_done_with_a_card_is_called_by_its_headline(bot: BotWorld) -> None:
    await queue(bot, days=1)  # in which another article tells the story than in the whole of it
    card = await corridor(bot)
    (number,) = [n for n in ("1", "2") if "corridor" in text(await bot.asks("story", n))]

    for label in ("Follow", "Mute"):
        assert "Ankara to host" in (await bot.presses(button(card, label))).notice
    await bot.asks("save", number)

    assert "Ankara to host corridor talks" in text(await bot.asks("saved"))
    for command in ("follow", "mute"):
        assert button(await bot.asks(command), "✕ Ankara to host")


async def test_a_story_of_one_day_and_one_voice_is_a_short_card(bot: BotWorld) -> None:
    cards = [text(await bot.asks("story", number)) for number in ("1", "2")]
    (shown,) = (card for card in cards if "France" in card)

    assert "🆕" in shown
    assert "Day by day" not in shown
    assert "Who said what" not in shown
    assert "outlet unknown" in shown


@pytest.mark.parametrize("words", ["", "0", "3", "one", "²", "9" * 5000])
async def test_another_number_says_how_many_stories_there_are(bot: BotWorld, words: str) -> None:
    said = text(await bot.asks("story", words))
    assert "2 stories" in said
    assert ("what to do with" in said) == bool(words)


async def test_a_story_is_opened_explained_and_saved_by_tapping_its_number(bot: BotWorld) -> None:
    for command in ("story", "why", "save"):
        asked = await bot.asks(command)
        assert [one.label for one in buttons(asked)] == ["1", "2"]
        typed, tapped = await bot.asks(command, "2"), await bot.presses(button(asked, "2"))
        assert (tapped.messages == typed.messages) == (command != "save")
    assert tapped.notice.startswith("Saved.")


async def test_a_number_means_the_story_it_stood_for_when_it_was_shown(twice: BotWorld) -> None:
    asked = {command: await twice.asks(command) for command in ("story", "why")}
    older = {command: await twice.asks(command, replied=40) for command in ("story", "why")}
    await queue(twice, Wish(countries=frozenset({"IR"})), days=0)

    assert "corridor" in text(await twice.presses(button(asked["story"], "1")))
    old = await twice.presses(button(asked["why"], "1"))
    assert (old.refused, "/why" in old.notice) == ("refuse.old-question", True)
    assert "France" in text(await twice.presses(button(older["story"], "1")))
    assert "france" in text(await twice.presses(button(older["why"], "1")))


@pytest.mark.parametrize(
    "data", ["story:x:1", "story:1", "why:1", "why:1:x", "why::", "story:1:2:3"]
)
async def test_forged_numbers_lead_nowhere(bot: BotWorld, data: str) -> None:
    assert (await bot.sends(f"1:{data}")).refused in ("refuse.old-button", "refuse.old-question")


@pytest.mark.parametrize("number", ["1", "2", "3", "99"])
async def test_a_number_alone_is_that_of_a_story(bot: BotWorld, number: str) -> None:
    assert await bot.types(number) == await bot.asks("story", number)


@pytest.mark.parametrize(
    "words",
    ["why 1", "Why 1?", "warum 1", "pourquoi 1 ?", "¿Por qué 1?", "porque 1", "почему 1", "Чому 1"],
)
async def test_why_is_asked_without_a_slash_too(bot: BotWorld, words: str) -> None:
    assert await bot.types(words) == await bot.asks("why", "1")


@pytest.mark.parametrize("words", ["1962", "2 corridors", "why 1962", "²"])
async def test_other_words_with_a_number_still_search(bot: BotWorld, words: str) -> None:
    assert f"No article holds “{words}”" in text(await bot.types(words))


@pytest.fixture
async def twice(bot: BotWorld) -> BotWorld:
    """Message 40 brought the digest with France alone, and a later one with the corridor alone followed."""
    await queue(bot, Wish(countries=frozenset({"FR"})), days=2, messages=(Message("France"),))
    (part,) = await bot.database.ledger.claim(NOW, limit=1)
    await bot.database.ledger.arrived({part.id: Sent(40, ADA, 0)}, now=NOW)
    await queue(bot, Wish(countries=frozenset({"UA"})), days=1)
    return bot


async def test_a_number_in_reply_is_that_of_the_digest_replied_to(twice: BotWorld) -> None:
    assert "corridor" in text(await twice.types("1"))

    assert "France" in text(await twice.types("1", replied=40))
    assert "France" in text(await twice.asks("story", "1", replied=40))
    assert "france" in text(await twice.asks("why", "1", replied=40))
    assert "france" in text(await twice.asks("save", "1", replied=40))
    assert "France" in file(await twice.asks("export", "md", replied=40))
    assert button(await twice.asks("follow", "1", replied=40), "✕ Title of france")


async def test_a_number_in_reply_to_anything_else_is_that_of_the_newest(twice: BotWorld) -> None:
    assert await twice.types("1", replied=39) == await twice.types("1")


@pytest.mark.parametrize("command", ["story", "why", "save"])
async def test_a_number_that_the_digest_replied_to_has_not(twice: BotWorld, command: str) -> None:
    said = text(await twice.asks(command, "2", replied=40))
    assert said.splitlines()[1] == "That digest has 1 story."


async def test_a_quiet_digest_that_is_replied_to_has_no_story(twice: BotWorld) -> None:
    nothing = Wish(countries=frozenset({"NZ"}))
    await queue(twice, nothing, days=0, messages=(Message("Quiet"),))
    (part,) = await twice.database.ledger.claim(NOW, limit=1)
    await twice.database.ledger.arrived({part.id: Sent(41, ADA, 0)}, now=NOW)

    assert "That digest has 0 stories." in text(await twice.types("1", replied=41))


async def test_a_digest_that_was_asked_for_is_known_by_its_messages(twice: BotWorld) -> None:
    twice.clock.advance(-5 * HOUR)
    await _asked(twice, "FR", (50, 51))
    twice.clock.advance(5 * HOUR)

    assert "corridor" in text(await twice.types("1"))
    assert "France" in text(await twice.types("1", replied=51))


async def test_a_digest_that_was_asked_for_long_ago_is_not_known(twice: BotWorld) -> None:
    await arrived_in((50,), twice.request(), Remembered(ADA, 0, 4711), twice.app)

    assert await twice.types("1", replied=50) == await twice.types("1")


async def test_a_digest_takes_up_one_offer_however_many_messages_it_has(twice: BotWorld) -> None:
    await _asked(twice, "FR", (60, 61, 62, 63))
    for number in range(19):
        await _asked(twice, "UA", (70 + number, 170 + number))

    assert "France" in text(await twice.types("1", replied=63))
    assert "corridor" in text(await twice.types("1", replied=70))


async def _asked(bot: BotWorld, country: str, messages: tuple[int, ...], chat: int = ADA) -> None:
    """A digest about a country that was asked for, and arrived in these messages of a chat."""
    snapshot = await bot.database.articles.snapshot(Window(NOW - 3 * DAY, NOW))
    made = compose(edition(snapshot), Wish(countries=frozenset({country})), Shown())
    bot.composer.items = made.items
    digest = (await bot.asks("digest")).digest
    assert digest is not None
    await arrived_in(messages, bot.request(chat=chat), digest, bot.app)


async def test_a_digest_asked_for_from_afar_is_not_known_by_the_numbers_of_its_own_chat(
    twice: BotWorld,
) -> None:
    twice.clock.advance(-5 * HOUR)
    await _asked(twice, "FR", (50,), chat=BOB)
    twice.clock.advance(5 * HOUR)

    assert "corridor" in text(await twice.types("1", replied=50))


async def test_without_a_digest_there_is_no_story_to_open() -> None:
    bot = BotWorld()
    await bot.subscribed()

    assert "no story to open" in text(await bot.asks("story", "1"))


async def test_a_link_opens_the_card(bot: BotWorld) -> None:
    (early, *_) = await bot.database.articles.all()

    assert "Day by day" in text(await bot.asks("start", f"s_{early.story}"))


async def test_a_passer_by_sees_the_card_without_buttons(bot: BotWorld) -> None:
    (early, *_) = await bot.database.articles.all()

    reply = await bot.asks("start", f"s_{early.story}", chat=99, user=99)

    assert "Day by day" in text(reply)
    assert buttons(reply) == ()


async def test_a_link_to_nothing_is_answered_in_words(bot: BotWorld) -> None:
    assert text(await bot.asks("start", "s_999")) == "That story is no longer kept."


@pytest.mark.parametrize("words", ["s_", "s_x", "s_abc", "s_-1", "s_²", "s_" + "9" * 40])
async def test_a_malformed_link_leads_nowhere(bot: BotWorld, words: str) -> None:
    reply = await bot.asks("start", words)

    assert (reply.refused, "leads nowhere" in text(reply)) == ("refuse.link", True)


# --- the brief ------------------------------------------------------------------------------


async def test_a_brief_tells_of_one_country(bot: BotWorld) -> None:
    reply = await bot.asks("brief", "Ukraine")

    assert "🇺🇦 Ukraine</b> · last 7 days" in text(reply)
    assert "1 story · 2 articles" in text(reply)
    assert "most on Sun 23 Aug: 1" in text(reply)
    assert "France" not in text(reply)


@pytest.mark.parametrize("words", ["TR-UA", "ua – tr", "Turkey, Ukraine", "Ukraine and Turkey"])
async def test_a_pair_is_what_concerns_both(bot: BotWorld, words: str) -> None:
    shown = text(await bot.asks("brief", words))

    assert "1 story" in shown
    assert "corridor" in shown


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Trinidad and Tobago", "🇹🇹 Trinidad & Tobago"),
        ("Guinea-Bissau", "🇬🇼 Guinea-Bissau"),
        ("Guinea-Bissau – Senegal", "🇬🇼 Guinea-Bissau – 🇸🇳 Senegal"),
        ("Serbia and Bosnia and Herzegovina", "🇧🇦 Bosnia & Herzegovina – 🇷🇸 Serbia"),
        ("Teheran / Washington", "🇮🇷 Iran – 🇺🇸 United States"),
        ("US IR", "🇮🇷 Iran – 🇺🇸 United States"),
        ("Cuba United States", "🇨🇺 Cuba – 🇺🇸 United States"),
        ("Bosnia and Herzegovina  Serbia", "🇧🇦 Bosnia & Herzegovina – 🇷🇸 Serbia"),
        ("South Sudan", "🇸🇸 South Sudan"),
    ],
)
async def test_names_of_several_words_are_no_pair(bot: BotWorld, words: str, title: str) -> None:
    assert f"<b>{title}</b>".replace("&", "&amp;") in text(await bot.asks("brief", words))


@pytest.mark.parametrize("words", ["Iran – Iran", "Iran – Nowhere", "–", "Iran Iran", "US IR TR"])
async def test_half_a_pair_is_none(bot: BotWorld, words: str) -> None:
    assert "I know no country, pair or topic" in text(await bot.asks("brief", words))


async def test_two_words_are_followed_as_words_and_as_no_pair(bot: BotWorld) -> None:
    await bot.asks("follow", "it is")
    wish = (await bot.chat()).wish
    assert (wish.follow, wish.words) == (frozenset(), {"it is"})


async def test_a_brief_counts_what_it_does_not_read(bot: BotWorld) -> None:
    one_alone = [an_article(f"t{n}", FRANCE, countries=("TR",)) for n in range(500)]
    both = [an_article(f"b{n}", TALKS, countries=("BR", "TR")) for n in range(501)]
    await bot.database.articles.add([Placed(one, -1 - n) for n, one in enumerate(both)])
    await bot.database.articles.add([Placed(one, -1) for one in one_alone])

    shown = text(await bot.asks("brief", "TR-BR"))

    assert "501 stories · 501 articles" in shown
    assert "most on Tue 25 Aug: 501" in shown
    assert "corridor" in shown


async def test_a_pair_without_a_story_in_common_says_so(bot: BotWorld) -> None:
    assert "No story was found" in text(await bot.asks("brief", "TR-FR"))


async def test_the_span_is_changed_in_place(bot: BotWorld) -> None:
    week = await bot.asks("brief", "UA")

    day = await bot.presses(button(week, "1 d"))

    assert day.edits
    assert "last 24 hours" in text(day)
    assert "1 article" in text(day)
    assert [one.label for one in buttons(day)] == ["✓ 1 d", "7 d", "30 d", "📊 Picture"]


async def test_what_was_published_before_the_span_does_not_count(bot: BotWorld) -> None:
    late = an_article("late", FRANCE, countries=("BR",), published_at=NOW - 90 * DAY)
    await bot.database.articles.add([Placed(late, -1)])

    assert "No story was found" in text(await bot.asks("brief", "BR"))


async def test_a_misspelt_name_is_offered_as_it_is_written(bot: BotWorld) -> None:
    reply = await bot.asks("quotes", "Guteres")
    assert "No quotation" in text(reply)
    assert [one.label for one in buttons(reply)] == ["Guterres"]


async def test_who_is_quoted_in_the_last_digest_is_asked_about_by_a_tap(bot: BotWorld) -> None:
    asked = await bot.asks("quotes")
    assert [one.label for one in buttons(asked)] == ["Ada Envoy"]
    tapped = await bot.presses(button(asked, "Ada Envoy"))
    assert tapped.messages == (await bot.asks("quotes", "Ada Envoy")).messages


async def test_a_brief_is_had_by_tapping_what_is_followed_wanted_or_told(bot: BotWorld) -> None:
    await bot.follows("IR-US", "s:1")
    await bot.asks("topics", "Ukraine")

    asked = await bot.asks("brief")

    labels = [one.label for one in buttons(asked)]
    assert labels[:2] == ["🇮🇷 Iran – 🇺🇸 United States", "🇺🇦 Ukraine"]
    assert set(labels[2:]) == {"🇹🇷 Türkiye", "🇫🇷 France", "🇮🇷 Iran"}
    tapped = await bot.presses(button(asked, "🇺🇦 Ukraine"))
    assert "🇺🇦 Ukraine</b> · last 7 days" in text(tapped)


async def test_a_brief_without_or_with_unknown_words_tells_how(bot: BotWorld) -> None:
    assert "/brief TR" in text(await bot.asks("brief"))
    assert "“&lt;Ruritania&gt;”" in text(await bot.asks("brief", "<Ruritania>"))


async def test_a_brief_proposes_a_pair_of_which_one_is_misspelt(bot: BotWorld) -> None:
    reply = await bot.asks("brief", "Turky-Ukrain")
    brief = await bot.presses(button(reply, "🇹🇷 Türkiye – 🇺🇦 Ukraine"))
    assert "Türkiye – 🇺🇦 Ukraine" in text(brief)


async def test_a_brief_proposes_what_is_written_nearly_so(bot: BotWorld) -> None:
    reply = await bot.asks("brief", "Ukrain")
    assert "called “Ukrain”" in text(reply)
    assert "Did you mean" in text(reply)
    assert "🇺🇦 Ukraine</b> · last 7 days" in text(await bot.presses(button(reply, "Ukraine")))
    topic = await bot.asks("brief", "sanction")
    assert (await bot.presses(button(topic, "Sanctions"))).photo is not None
    assert "Did you mean" not in text(await bot.asks("brief", "x" * 100))


@pytest.mark.parametrize("data", ["1:brief:2:UA", "1:brief:7:XX", "1:brief:7:UA-FR-TR", "1:brief"])
async def test_a_forged_brief_button_does_nothing(bot: BotWorld, data: str) -> None:
    assert (await bot.sends(data)).refused == "refuse.old-button"


async def test_a_brief_offers_the_picture_of_its_month(bot: BotWorld) -> None:
    late = an_article("late", TALKS, countries=("UA",), published_at=NOW - 40 * DAY)
    await bot.database.articles.add([Placed(late, -1)])

    reply = await bot.presses(button(await bot.asks("brief", "UA"), "Picture"))

    assert reply.photo is not None
    assert reply.photo.content.startswith(b"\x89PNG")
    assert reply.photo.caption == (
        "🇺🇦 Ukraine: 2 articles in 30 days, most on Tue 25 Aug (1), today 1; usual 0 a day"
    )


@pytest.mark.parametrize("words", ["summits", "Summits and visits", "Саміти та візити"])
async def test_a_topic_is_shown_as_a_picture(bot: BotWorld, words: str) -> None:
    many = [Placed(an_article(f"{n}", f"{FRANCE} {n}"), -1 - n) for n in range(6)]
    await bot.database.articles.add(many)

    photo = (await bot.asks("brief", words)).photo

    assert photo is not None
    assert photo.caption.startswith("Summits and visits: 9 articles in 30 days")
    assert photo.caption.endswith("❗ Unusually many: Tue 25 Aug")


@pytest.mark.parametrize("data", ["1:brief:picture:XX", "1:brief:picture:UA-FR-TR"])
async def test_a_forged_picture_button_does_nothing(bot: BotWorld, data: str) -> None:
    assert (await bot.sends(data)).refused


async def test_members_of_a_group_may_ask_for_briefs_and_the_calendar(bot: BotWorld) -> None:
    await bot.subscribed(-100, kind="supergroup")

    assert "Ukraine" in text(await bot.asks("brief", "UA", chat=-100, kind="supergroup"))
    assert "Ahead" in text(await bot.asks("ahead", chat=-100, kind="supergroup"))


# --- the calendar ---------------------------------------------------------------------------


async def test_the_calendar_lists_sentences_by_day(bot: BotWorld) -> None:
    shown = text(await bot.asks("ahead"))

    assert "<b>Thu 27 Aug</b>" in shown
    assert "will meet in Ankara on Thursday" in shown
    assert '<a href="https://paper.example/talks">¹</a>' in shown


async def test_the_calendar_keeps_to_the_wish(bot: BotWorld) -> None:
    chat = await bot.chat()
    await bot.database.chats.save(replace(chat, wish=Wish(countries=frozenset({"FR"}))))

    assert "Nothing was found" in text(await bot.asks("ahead"))


async def test_the_calendar_goes_out_as_a_file(bot: BotWorld) -> None:
    listed = await bot.asks("ahead")

    pressed = await bot.presses(button(listed, "calendar file"))

    assert pressed.document is not None
    assert pressed.document.name == "ahead.ics"
    assert "DTSTART;VALUE=DATE:20260827\r\n" in file(pressed)
    assert "SUMMARY:Ankara to host corridor talks\r\n" in file(pressed)
    assert file(await bot.asks("ahead", "file")) == file(pressed)


# --- quotations -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Envoy", "ada envoy", "Énvoy"])
async def test_quotes_are_found_by_a_name_or_a_part_of_it(bot: BotWorld, name: str) -> None:
    shown = text(await bot.asks("quotes", name))

    assert "“The corridor must stay open to every ship that asks for it,”" in shown
    assert '<a href="https://paper.example/talks">Ankara Postˢ</a>' in shown


@pytest.mark.parametrize("name", ["from Ada Envoy", "von Envoy", "de Envoy"])
async def test_quotes_are_found_from_somebody(bot: BotWorld, name: str) -> None:
    assert "The corridor must stay open" in text(await bot.asks("quotes", name))


@pytest.mark.parametrize(
    ("words", "name"),
    [("from Nobody", "Nobody"), ("von der Leyen", "von der Leyen"), ("Nora Nobody", "Nora Nobody")],
)
async def test_who_is_not_quoted_is_named(bot: BotWorld, words: str, name: str) -> None:
    assert f"No quotation of “{name}”" in text(await bot.asks("quotes", words))


async def test_quotes_stand_under_the_day_of_the_chat_s_own_clocks(bot: BotWorld) -> None:
    assert "<b>Tue 25 Aug</b>" in text(await bot.asks("quotes", "Envoy"))
    chat = await bot.chat()
    east = replace(chat.schedule, zone="Pacific/Kiritimati")  # 14 hours ahead of UTC
    await bot.database.chats.save(replace(chat, schedule=east))
    assert "<b>Wed 26 Aug</b>" in text(await bot.asks("quotes", "Envoy"))


async def test_who_is_only_named_has_said_nothing(bot: BotWorld) -> None:
    assert "No quotation of “Ankara”" in text(await bot.asks("quotes", "Ankara"))


async def test_old_words_are_not_this_week_s(bot: BotWorld) -> None:
    bot.clock.advance(8 * DAY)

    assert "No quotation" in text(await bot.asks("quotes", "Envoy"))


async def test_a_shorter_name_is_advised_where_there_is_one(bot: BotWorld) -> None:
    assert text(await bot.asks("quotes", "Nora Nobody")).endswith(
        "The last name alone may find more."
    )
    for words in ("Nobody", "from Nobody"):
        assert text(await bot.asks("quotes", words)).endswith("in the last 7 days.")


@pytest.mark.parametrize("words", ["from", "von", " Of ", "от"])
async def test_quotes_from_nobody_tell_how(bot: BotWorld, words: str) -> None:
    assert text(await bot.asks("quotes", words)) == text(await bot.asks("quotes"))


async def test_quotes_of_nobody_tell_how(bot: BotWorld) -> None:
    assert "/quotes Guterres" in text(await bot.asks("quotes", "  "))


# --- the export -----------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "words"), [("digest", ""), ("catchup", "3d")])
async def test_the_numbers_of_a_digest_that_was_asked_for_are_known(
    bot: BotWorld, command: str, words: str
) -> None:
    snapshot = await bot.database.articles.snapshot(Window(NOW - 3 * DAY, NOW))
    made = compose(edition(snapshot), Wish(), Shown()).items
    bot.composer.items = made[::-1]  # in another order than at its hour
    await bot.asks(command, words)

    for number, item in enumerate(made[::-1], 1):
        assert item.headline in html.unescape(text(await bot.asks("story", str(number))))
        assert item.headline in html.unescape(text(await bot.asks("why", str(number))))
    assert "digest of Tue 25 Aug" in text(await bot.asks("why", "1"))


async def test_a_quiet_digest_that_was_asked_for_leaves_the_numbers_as_they_were(
    bot: BotWorld,
) -> None:
    before = text(await bot.asks("story", "1"))
    await bot.asks("digest")

    assert text(await bot.asks("story", "1")) == before


async def test_the_last_digest_goes_out_in_the_form_that_is_pressed(bot: BotWorld) -> None:
    asked = await bot.asks("export")
    word = await bot.presses(button(asked, "Word"))
    page = await bot.presses(button(asked, "HTML"))
    plain = await bot.presses(button(asked, "Markdown"))

    assert "“Digest of Tue 25 Aug” as a press review" in text(asked)
    assert word.document is not None and word.document.name == "attache-2026-08-25.docx"
    assert word.document.content.startswith(b"PK")
    assert page.document is not None and page.document.name == "attache-2026-08-25.html"
    assert file(plain).startswith("**Press review · Tue 25 Aug 2026**")
    assert "[Ankara to host corridor talks](<https://paper.example/talks>)" in file(plain)
    assert "Ankara Postˢ · Tue 25 Aug · https://paper.example/talks" in file(plain).replace(
        "\\", ""
    )
    assert "<blockquote>" in file(page)
    assert "Corridor accord &lt;close&gt;" in file(page)


async def test_a_card_is_left_out_or_goes_out_as_a_file(bot: BotWorld) -> None:
    card = await corridor(bot)
    asked = await bot.presses(button(card, "Export"))
    plain = await bot.presses(button(asked, "Markdown"))
    muted = await bot.presses(button(card, "Mute"))

    assert "Corridor accord &lt;close&gt;” as a press review" in text(asked)
    assert plain.document is not None and plain.document.name.startswith("attache-story-")
    assert "> “Turkey and Ukraine said in Kyiv" in file(plain)
    assert muted.notice == "Left out from now on: Corridor accord <close>"
    listed = await bot.asks("mute")
    assert "Corridor accord <close>" in buttons(listed)[0].label
    await bot.presses(buttons(listed)[0])
    assert (await bot.chat()).wish.muted == frozenset()


async def test_a_card_is_exported_under_its_own_headline(bot: BotWorld) -> None:
    await queue(bot, days=1)  # in which another article tells the story than in the whole of it
    card = await corridor(bot)

    asked = await bot.presses(button(card, "Export"))
    plain = await bot.presses(button(asked, "Markdown"))

    assert "“Ankara to host corridor talks” as a press review" in text(asked)
    assert plain.document is not None and plain.document.name.startswith("attache-story-")


async def test_a_story_is_exported_under_the_day_of_the_chat_s_own_clocks(bot: BotWorld) -> None:
    card = await corridor(bot)
    bot.clock.advance(10 * HOUR + HOUR / 2)  # half past midnight in Zurich
    asked = await bot.presses(button(card, "Export"))
    assert "Wed 26 Aug 2026" in file(await bot.presses(button(asked, "Markdown")))


async def test_a_button_of_an_earlier_card_still_exports_its_story(bot: BotWorld) -> None:
    (early, *_) = await bot.database.articles.all()

    asked = await bot.sends(f"1:export:s:{early.story}")
    (plain,) = [one for one in buttons(asked) if one.label == "Markdown"]

    assert "Corridor accord" in text(asked)
    assert (await bot.sends(f"1:export:md:s:{early.story}")).document is not None
    assert (await bot.presses(plain)).document is not None


async def test_a_full_list_mutes_no_story(bot: BotWorld) -> None:
    chat = await bot.chat()
    full = frozenset(f"word {number}" for number in range(40))
    await bot.database.chats.save(replace(chat, wish=Wish(muted=full)))

    pressed = await bot.presses(button(await corridor(bot), "Mute"))

    assert pressed.notice.startswith("Your list is full. /mute")


@pytest.mark.parametrize("data", ["1:export:s:999", "1:export:docx:s:999"])
async def test_a_story_that_is_gone_is_not_exported(bot: BotWorld, data: str) -> None:
    assert text(await bot.sends(data)) == "That story is no longer kept."


@pytest.mark.parametrize(
    "data",
    [
        "1:export:exe",
        "1:export:s:x",
        "1:export:s:1:x",
        "1:export:md:s:0",
        "1:export:md:s:1:0",
        "1:export:md:s:1:1:1",
        "1:export:md:a:1",
        "1:mute:+:a:1",
    ],
)
async def test_forged_buttons_of_a_card_do_nothing(bot: BotWorld, data: str) -> None:
    assert (await bot.sends(data)).refused


async def test_a_form_may_be_typed(bot: BotWorld) -> None:
    assert file(await bot.asks("export", "HTML")).startswith("<!doctype html>")
    assert file(await bot.asks("export", "md")).startswith("**Press review")
    assert (await bot.asks("export", "word")).document is not None
    assert "with “exe”.\n" in text(await bot.asks("export", "exe"))


async def test_before_the_first_digest_and_after_a_quiet_one_nothing_is_exported() -> None:
    bot = BotWorld()
    await bot.subscribed()
    assert "no digest to export" in text(await bot.asks("export"))

    await queue(bot, Wish(topics=frozenset({"cyber"})))
    assert "no digest to export" in text(await bot.asks("export"))

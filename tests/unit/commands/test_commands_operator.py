"""What owners see and do, and that nobody else hears of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands import errors as bot_errors
from bot.commands.errors import PAGE
from bot.commands.refusing import refusal
from bot.commands.scopes import COMMANDS, menu
from bot.talk.callback import LIMIT, number
from bot.talk.request import Reply, Request
from digest.model.delivery import PartId, Queued, Slot
from digest.model.messages import Message
from digest.model.sources import UNREAD, NewSource, Outlet, SourceOutcome
from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import ADA, NOW, OWNER, BotWorld, button, buttons, text

STALE = refusal(
    Request(chat=OWNER, kind="private", user=OWNER, now=NOW, data="x"), "refuse.old-button"
)
FOR_OWNERS = tuple(command.name for command in COMMANDS if command.for_owners)


@pytest.fixture
def bot() -> BotWorld:
    return BotWorld()


async def owner_asks(bot: BotWorld, command: str, words: str = "") -> Reply:
    return await bot.asks(command, words, chat=OWNER, user=OWNER)


async def owner_presses(bot: BotWorld, reply: Reply, label: str) -> Reply:
    return await bot.presses(button(reply, label), chat=OWNER, user=OWNER)


async def owner_sends(bot: BotWorld, data: str) -> Reply:
    return await bot.sends(data, chat=OWNER, user=OWNER)


async def feed(
    bot: BotWorld, name: str, *, country: str = "GB", failures: int = 0, is_new: bool = False
) -> int:
    """The id of a feed that has answered, and whose last checks failed so often; or that is new."""
    outlet = Outlet(name, country, "paper")
    added = await bot.database.sources.add(
        NewSource(url=f"https://{name}.example/feed", outlet=outlet), now=NOW
    )
    for error in () if is_new else (None, *["answered <403>"] * failures):
        await bot.database.articles.add((), replace(_failure(added.id), error=error))
    return added.id


def _failure(source: int) -> SourceOutcome:
    return SourceOutcome(
        source=source,  # type: ignore[arg-type]
        checked_at=NOW,
        next_check_at=NOW + timedelta(hours=1),
        error="answered <403>",
    )


async def failed_part(bot: BotWorld, *, day: int = 24) -> PartId:
    """A message to Ada that did not arrive."""
    chat = await bot.database.chats.get(ADA) or await bot.subscribed()
    due_at = NOW.replace(day=day)
    queued = Queued(
        slot=Slot(ADA, 0, due_at.date(), "07:30", due_at),
        messages=(Message("a digest"),),
        digest="{}",
        shown_stories=(),
        shown_sentences=(),
        covered_until=NOW,
        next_due_at=None,
        chat_version=chat.version,
    )
    await bot.database.ledger.enqueue([queued])
    (part,) = await bot.database.ledger.claim(NOW, limit=1)
    await bot.database.ledger.fail(part.id, "Bad Request: <b> is too long")
    return part.id


# --- who hears of it ------------------------------------------------------------------------


@pytest.mark.parametrize("command", FOR_OWNERS)
async def test_a_reader_is_told_what_is_told_of_any_unknown_command(
    bot: BotWorld, command: str
) -> None:
    unknown = "statt" if command == "stats" else "nonsense"  # as near to /start
    assert await bot.asks(command, "1") == await bot.asks(unknown, "1")
    assert await bot.sends(f"1:{command}:1") == await bot.sends("1:nonsense:1")


@pytest.mark.parametrize("command", FOR_OWNERS)
@pytest.mark.parametrize("user", [ADA, OWNER])
async def test_in_a_group_nobody_is_answered(bot: BotWorld, command: str, user: int) -> None:
    reply = await bot.asks(command, chat=-1001, kind="supergroup", user=user, may_configure=True)
    assert reply == Reply()


def test_the_menu_of_owners_is_that_of_readers_and_more() -> None:
    more = [name for name in menu("owners") if name not in menu("private")]
    assert more == [c.name for c in COMMANDS if c.for_owners and c.in_menu]
    assert set(menu("private")) < set(menu("owners"))
    assert not {*menu("members"), *menu("administrators")} & set(FOR_OWNERS)


async def test_help_names_them_to_owners_only(bot: BotWorld) -> None:
    assert "/feeds" in text(await owner_asks(bot, "help"))
    assert "/feeds" not in text(await bot.asks("help"))


# --- /stats ---------------------------------------------------------------------------------


async def test_statistics_count_chats_articles_and_messages(bot: BotWorld) -> None:
    await failed_part(bot)
    await bot.subscribed(-1001, kind="supergroup", active=False)
    for key, age in (("a", 1), ("b", 2), ("old", 30)):
        article = new_article(key, "It rained.", first_seen_at=NOW - timedelta(hours=age))
        await bot.database.articles.add([Placed(article, -1)])

    said = text(await owner_asks(bot, "stats"))

    assert "<b>Subscriptions</b> 2, active 1\n· private 1\n· supergroups and their topics 1" in said
    assert "· articles 2\n· stories 2" in said
    assert "· failed 1" in said
    assert said.endswith("ever lost: 0")


# --- /feeds and /feed -----------------------------------------------------------------------


async def test_failing_feeds_come_first_and_those_switched_off_last(bot: BotWorld) -> None:
    fine, bad = await feed(bot, "Alpha"), await feed(bot, "Beta", failures=2)
    off = await feed(bot, "Gamma", failures=1)
    await bot.database.sources.enable("https://Gamma.example/feed", enabled=False)

    said = text(await owner_asks(bot, "feeds"))

    assert "read 2, failing 1, switched off 1" in said
    assert said.endswith(
        f"{bad} ✗ Beta 🇬🇧 · answered &lt;403&gt;\n{fine} ✓ Alpha 🇬🇧\n{off} ⏸ Gamma 🇬🇧"
    )


async def test_a_readers_feed_is_counted_neither_as_read_nor_as_switched_off(
    bot: BotWorld,
) -> None:
    await feed(bot, "Alpha")
    own = NewSource(url="https://own.example/feed", outlet=Outlet("Own"), owner=ADA)
    await bot.database.sources.add(own, now=NOW)
    for _ in range(2):
        assert "read 1, failing 0, switched off 0" in text(await owner_asks(bot, "feeds"))
        await bot.database.sources.enable(own.url, enabled=False, owner=ADA)


async def test_a_side_that_is_wholly_down_is_named(bot: BotWorld) -> None:
    await feed(bot, "Alpha", country="IR", failures=1)
    await feed(bot, "Beta", country="IR", failures=1)
    await feed(bot, "Gamma")

    said = text(await owner_asks(bot, "feeds"))

    assert "Every feed of 🇮🇷 is down (2)." in said
    assert "by country: 🇮🇷 0/2 · 🇬🇧 1/1" in said
    assert "by kind: paper 1/3" in said
    assert "feed of paper" not in said


async def test_one_feed_and_what_nothing_is_known_of_are_no_side(bot: BotWorld) -> None:
    await feed(bot, "Alpha", country="IR", failures=1)
    for name in ("a", "b"):
        await feed(bot, name, country="", failures=1)
    await feed(bot, "Beta")

    said = text(await owner_asks(bot, "feeds"))

    assert "? 0/2" in said
    assert "is down" not in said


async def test_a_feed_that_was_never_fetched_does_not_answer(bot: BotWorld) -> None:
    await feed(bot, "Alpha")
    new = await feed(bot, "Beta", is_new=True)

    said = text(await owner_asks(bot, "feeds"))

    assert "read 2, failing 0, switched off 0\nNot fetched yet: 1\n" in said
    assert "by country: 🇬🇧 1/2" in said
    assert f"{new} … Beta 🇬🇧 · not fetched yet" in said
    assert "Last answered: never" in text(await owner_asks(bot, "feed", str(new)))
    said = text(await owner_asks(bot, "health"))
    assert "⚠️ Feeds not fetched yet, or not for hours: 1 of 2." in said
    assert "✓ All feeds" not in said


async def test_feeds_of_unknown_sides_are_counted_too(bot: BotWorld) -> None:
    for name, country in (("a", "INT"), ("b", None)):
        source = NewSource(url=f"https://{name}.example", outlet=Outlet(name, country))
        added = await bot.database.sources.add(source, now=NOW)
        await bot.database.articles.add((), replace(_failure(added.id), error=None))
    assert "by country: INT 1/1 · ? 1/1\nAnswering by kind: ? 2/2" in text(
        await owner_asks(bot, "feeds")
    )


async def test_many_feeds_are_paged(bot: BotWorld) -> None:
    for number_ in range(25):
        await feed(bot, f"Feed {number_:02}")
    second = await owner_presses(bot, await owner_asks(bot, "feeds"), "More ›")
    assert "page 2" in text(second) and "Feed 10" in text(second)
    third = await owner_presses(bot, second, "More ›")
    assert not any(one.label == "More ›" for one in buttons(third))
    assert await owner_presses(bot, third, "‹ Before") == second


async def test_no_page_follows_the_last_feed(bot: BotWorld) -> None:
    for number_ in range(10):
        await feed(bot, f"Feed {number_:02}")
    assert await owner_sends(bot, "1:feeds:10") == STALE
    await bot.subscribed()
    for number_ in range(10, 20):
        await feed(bot, f"Feed {number_:02}")
    assert (await bot.sends("1:sources:20")).refused == "refuse.old-button"


async def test_a_message_about_very_many_sides_fits(bot: BotWorld) -> None:
    for number_ in range(60):
        await feed(bot, f"{number_:03}" + "n" * 500, country=f"Country {number_}", failures=1)
    reply = await owner_asks(bot, "feeds")
    assert "…" in text(reply)
    assert len(text(reply)) < 4096
    assert all(len((one.data or "").encode()) <= LIMIT for one in buttons(reply))


async def test_a_feed_is_switched_off_and_on(bot: BotWorld) -> None:
    wanted = await feed(bot, "Alpha", failures=2)
    reply = await owner_presses(bot, await owner_asks(bot, "feeds"), str(wanted))
    assert "It failed 2 times in a row: answered &lt;403&gt;" in text(reply)
    assert "Last answered: Tue 25 Aug 12:02 UTC" in text(reply)
    assert "Next check: Tue 25 Aug 13:02 UTC" in text(reply)
    switch = button(reply, "Switch off")
    for _ in range(2):  # an old button pressed again does nothing more
        reply = await bot.presses(switch, chat=OWNER, user=OWNER)
        assert "It is switched off." in text(reply)
    assert not (await bot.database.sources.all())[0].enabled
    reply = await owner_presses(bot, reply, "Switch on")
    assert "It is read." in text(reply)
    assert "Feeds" in text(await owner_presses(bot, reply, "‹ Back"))


async def test_a_public_feed_is_adopted_no_more(bot: BotWorld) -> None:
    wanted = await feed(bot, "Alpha")
    told = "The same address is read for everybody already."
    assert text(await owner_asks(bot, "feed", f"{wanted} adopt")) == told
    pressed = await owner_sends(bot, f"1:feed:{wanted}:adopt")
    assert (pressed.notice, pressed.alert, pressed.messages) == (told, True, ())


async def test_a_feed_that_answers_with_nothing_new_or_has_moved_says_so(bot: BotWorld) -> None:
    wanted = await feed(bot, "Alpha")
    outcome = SourceOutcome(
        source=wanted,  # type: ignore[arg-type]
        checked_at=NOW,
        next_check_at=NOW + timedelta(hours=1),
        url="https://new.example/feed",
        newest_at=NOW - timedelta(days=40),
    )
    await bot.database.articles.add((), outcome)
    shown = text(await owner_asks(bot, "feed", str(wanted)))
    assert "its newest article is of Thu 16 Jul" in shown
    assert "it was https://Alpha.example/feed" in shown


async def test_a_feed_is_found_by_its_number(bot: BotWorld) -> None:
    wanted = await feed(bot, "Alpha")
    assert "Alpha" in text(await owner_asks(bot, "feed", str(wanted)))
    assert "in a row" not in text(await owner_asks(bot, "feed", str(wanted)))
    assert text(await owner_asks(bot, "feed", "4711")).startswith("There is no feed 4711.")
    for words in ("", "Alpha"):
        assert "Which feed?" in text(await owner_asks(bot, "feed", words))


async def test_whose_text_a_feed_s_articles_have_is_said_behind_its_number(bot: BotWorld) -> None:
    wanted = await feed(bot, "Alpha")
    assert "the text that the feed gives" in text(await owner_asks(bot, "feed", str(wanted)))
    for word, told in (
        ("full", "the text of their pages"),
        ("Headline", "only title and link"),
        ("feed", "the text that the feed gives"),
        ("whole", "the text that the feed gives"),
    ):
        said = text(await owner_asks(bot, "feed", f"{wanted} {word}"))
        assert told in said
        assert ("what to do with “whole”" in said) == (word == "whole")
    assert (await bot.database.sources.all())[0].full_text == "feed"


# --- /health --------------------------------------------------------------------------------


async def test_all_is_well_where_nothing_waits_and_nothing_fails(bot: BotWorld) -> None:
    await feed(bot, "Alpha")
    said = text(await owner_asks(bot, "health"))
    assert "✓ Nothing waits" in said
    assert "✓ All feeds answer: 1." in said


async def test_no_feed_that_is_read_is_no_feed_that_answers(bot: BotWorld) -> None:
    said = text(await owner_asks(bot, "health"))
    assert said.endswith("⚠️ No feed is read.")
    assert "answer" not in said


@pytest.mark.parametrize(("minutes", "sign"), [(3, "✓ What waits"), (30, "⚠️ Something has waited")])
async def test_a_long_wait_is_a_warning(bot: BotWorld, minutes: int, sign: str) -> None:
    part = await failed_part(bot, day=25)
    await bot.database.ledger.retry(part)
    bot.clock.advance(timedelta(minutes=minutes))
    said = text(await owner_asks(bot, "health"))
    assert sign in said
    assert f"Tue 25 Aug 12:02 UTC, {minutes} min" in said


async def test_a_digest_that_is_due_and_not_made_waits_too(bot: BotWorld) -> None:
    chat = await bot.subscribed()
    await bot.database.chats.save(replace(chat, next_due_at=NOW))
    bot.clock.advance(timedelta(minutes=30))
    said = text(await owner_asks(bot, "health"))
    assert "⚠️ Something has waited since Tue 25 Aug 12:02 UTC, 30 min" in said


async def test_failing_feeds_are_named_worst_first(bot: BotWorld) -> None:
    once, often = await feed(bot, "Alpha", failures=1), await feed(bot, "Beta", failures=3)
    said = text(await owner_asks(bot, "health"))
    assert "⚠️ Feeds that fail: 2 of 2." in said
    assert f"{often} ✗ Beta · 3 times · answered &lt;403&gt;\n{once} ✗ Alpha · once" in said


async def test_that_no_feed_has_answered_for_hours_is_said(bot: BotWorld) -> None:
    await feed(bot, "Alpha", failures=1)
    assert "No feed has answered" not in text(await owner_asks(bot, "health"))
    bot.clock.advance(UNREAD)
    said = text(await owner_asks(bot, "health"))
    assert "⚠️ No feed has answered since Tue 25 Aug 12:02 UTC." in said


async def test_a_clock_that_no_feed_keeps_up_with_is_doubted(bot: BotWorld) -> None:
    added = await feed(bot, "Alpha")
    dated = replace(_failure(added), error=None, newest_at=NOW)
    await bot.database.articles.add((), dated)
    assert "clock" not in text(await owner_asks(bot, "health"))
    bot.clock.advance(timedelta(days=7))
    said = text(await owner_asks(bot, "health"))
    assert "⚠️ Feeds date nothing later than Tue 25 Aug. Is this machine's clock right?" in said


@pytest.mark.parametrize("command", ["feeds", "health"])
async def test_the_reason_is_told_however_long_the_address(bot: BotWorld, command: str) -> None:
    await bot.subscribed(OWNER)
    url = f"https://alpha.example/{'long/' * 20}feed"
    added = await bot.database.sources.add(NewSource(url=url, outlet=Outlet("Alpha")), now=NOW)
    error = f"{url} has no address: no such host as alpha.example"
    await bot.database.articles.add((), replace(_failure(added.id), error=error))
    said = text(await owner_asks(bot, command))
    assert "Alpha" in said
    assert "has no address: no such host as alpha.example" in said
    assert url not in said


# --- /errors and /retry ---------------------------------------------------------------------


async def test_what_did_not_arrive_is_told_with_chat_slot_and_reason(bot: BotWorld) -> None:
    assert "Nothing failed" in text(await owner_asks(bot, "errors"))
    part = await failed_part(bot)
    assert text(await owner_asks(bot, "errors")).endswith(
        f"{part} · failed after one try\nchat 7 · Mon 24 Aug 07:30\nBad Request: &lt;b&gt; is too long"
    )


async def test_a_topic_is_told_with_its_chat(bot: BotWorld) -> None:
    await failed_part(bot)
    (stored,) = bot.database.tables.slots
    stored.slot = replace(stored.slot, thread=5)
    assert "chat 7/5 ·" in text(await owner_asks(bot, "errors"))


async def test_troubles_are_paged(bot: BotWorld) -> None:
    for day in range(1, 21):
        await failed_part(bot, day=day)
    second = await owner_presses(bot, await owner_asks(bot, "errors"), "More ›")
    assert "Wed 12 Aug" in text(second)
    third = await owner_presses(bot, second, "More ›")
    assert [one.label for one in buttons(third) if "↻" not in one.label] == ["‹ Before"]
    assert await owner_presses(bot, third, "‹ Before") == second


async def test_no_button_leads_past_the_last_page(
    bot: BotWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_errors, "_LAST_OFFSET", PAGE)
    for day in range(1, 21):
        await failed_part(bot, day=day)
    second = await owner_presses(bot, await owner_asks(bot, "errors"), "More ›")
    assert [one.label for one in buttons(second) if "↻" not in one.label] == ["‹ Before"]


async def test_a_failed_message_is_sent_once_more(bot: BotWorld) -> None:
    part = await failed_part(bot)
    again = button(await owner_asks(bot, "errors"), f"↻ {part}")
    reply = await bot.presses(again, chat=OWNER, user=OWNER)
    assert (reply.notice, reply.alert) == (f"Message {part} waits to be sent once more.", False)
    reply = await bot.presses(again, chat=OWNER, user=OWNER)
    assert "cannot be sent again" in reply.notice
    assert reply.alert


async def test_a_failed_message_is_named_by_its_number(bot: BotWorld) -> None:
    part = await failed_part(bot)
    assert "waits to be sent" in text(await owner_asks(bot, "retry", str(part)))
    assert "cannot be sent again" in text(await owner_asks(bot, "retry", "4711"))
    for words in ("", "all", "9" * 30, "٣"):
        assert "Which message?" in text(await owner_asks(bot, "retry", words))


# --- /broadcast -----------------------------------------------------------------------------


async def test_a_broadcast_is_shown_first_as_it_will_look(bot: BotWorld) -> None:
    await bot.subscribed()
    await bot.subscribed(-1001, kind="supergroup", thread=3)
    await bot.subscribed(-1001, kind="supergroup", thread=5)
    await bot.subscribed(-1002, kind="channel")
    await bot.subscribed(8, active=False)
    await bot.subscribed(10, paused_until=NOW + timedelta(days=1))
    reply = await owner_asks(bot, "broadcast", "Rest <tonight>\n& tomorrow")
    assert text(reply) == "Rest &lt;tonight&gt;\n&amp; tomorrow"
    assert [one.label for one in buttons(reply)] == ["Send to 2 chats", "Cancel"]
    assert bot.database.tables.parts == {}


async def test_a_confirmed_broadcast_goes_to_each_chat_once(bot: BotWorld) -> None:
    await bot.subscribed()
    send = button(await owner_asks(bot, "broadcast", "Rest & peace"), "Send to 1 chat")
    for told in ("1 chat will get it", "0 chats will get it"):
        reply = await bot.presses(send, chat=OWNER, user=OWNER, shown="Rest & peace")
        assert reply.edits
        assert reply.messages[0] == Message("Rest &amp; peace")
        assert told in reply.messages[1].html
        bot.clock.advance(timedelta(days=1))
    (part,) = await bot.database.ledger.claim(NOW, limit=9)
    assert (part.chat, part.message) == (ADA, Message("Rest &amp; peace"))


async def test_a_cancelled_broadcast_goes_away(bot: BotWorld) -> None:
    await bot.subscribed()
    reply = await owner_asks(bot, "broadcast", "Rest")
    assert (await owner_presses(bot, reply, "Cancel")).closes
    assert bot.database.tables.parts == {}


async def test_a_broadcast_needs_words_that_are_still_to_be_read(bot: BotWorld) -> None:
    await bot.subscribed()
    assert "after the command" in text(await owner_asks(bot, "broadcast"))
    reply = await owner_sends(bot, "1:broadcast:send:20260825")
    assert "too old" in reply.notice
    for data in ("1:broadcast:send", "1:broadcast:send:today", "1:broadcast:x:20260825"):
        assert await bot.sends(data, chat=OWNER, user=OWNER, shown="Rest") == STALE
    assert bot.database.tables.parts == {}


@pytest.mark.parametrize(
    "data",
    ["1:feeds:x", "1:feeds:-5", "1:feeds:99999", "1:errors:99999", "1:errors:" + "9" * 40],
)
async def test_forged_pages_are_refused(bot: BotWorld, data: str) -> None:
    assert await owner_sends(bot, data) == STALE


async def test_a_forged_switch_changes_nothing(bot: BotWorld) -> None:
    wanted = await feed(bot, "Alpha")
    await owner_sends(bot, f"1:feed:{wanted}:x")
    await owner_sends(bot, "1:feed:4711:-")
    assert (await bot.database.sources.all())[0].enabled


def test_a_number_is_read_from_plain_digits_only() -> None:
    assert number("feeds") == 0
    assert number("feeds:12:x") == 12
    assert number("feeds:") is number("feeds:1.5") is number("feeds:²") is None


async def test_edited_tables_are_read_without_a_restart(bot: BotWorld) -> None:
    bot.database.articles.is_shared = False
    said = text(await owner_asks(bot, "reload"))
    assert "tables are read anew" in said
    assert "--role" not in said
    assert bot.app.parser.renewals == 1  # type: ignore[attr-defined]  # so do the processes that read


async def test_where_several_processes_share_a_database_a_reload_is_of_one(bot: BotWorld) -> None:
    assert "Only this process" in text(await owner_asks(bot, "reload"))

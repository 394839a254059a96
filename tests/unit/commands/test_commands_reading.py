"""Digest on request, search, sources, /why, help, and the end of it all."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.commands import search as bot_search
from bot.talk.request import Reply
from bot.talk.texts import available
from digest.model.articles import NewArticle, Topic
from digest.model.delivery import Queued, Slot
from digest.model.sources import NewSource, Outlet, SourceOutcome
from digest.model.stories import Placed
from tests.articles import told_article, told_story
from tests.bot_world import ADA, BOB, NOW, OWNER, BotWorld, button, buttons, text
from tests.telegram_server import parse_html


@pytest.fixture
async def bot() -> BotWorld:
    world = BotWorld()
    await world.subscribed()
    return world


def article(number: int, **more: object) -> NewArticle:
    plain = NewArticle(
        key=f"https://example.org/{number}",
        fingerprint=str(number),
        url=f"https://example.org/{number}",
        file=None,
        title=f"Corridor talks, day {number}",
        byline=None,
        outlet=Outlet("Example Post", "CH"),
        published_at=NOW - timedelta(hours=number),
        modified_at=None,
        first_seen_at=NOW,
        date_source="feed",
        language="en",
        text=f"Delegations met on the corridor for day {number}.",
        headings=(),
        sentences=(),
        relevance=1.0,
        topics=(Topic("peace-talks", 0.9, ("corridor talks", "delegations")),),
        countries=(),
        people=(),
        quotes=(),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


async def store(bot: BotWorld, *articles: NewArticle) -> tuple[int, ...]:
    return await bot.database.articles.add([Placed(one, -1) for one in articles])


async def test_the_digest_on_request_starts_at_the_cursor(bot: BotWorld) -> None:
    assert text(await bot.asks("digest")) == "a digest"
    assert bot.composer.asked == [(ADA, None)]


async def test_nothing_new_is_said_in_words(bot: BotWorld) -> None:
    bot.composer.messages = ()
    assert "Nothing new" in text(await bot.asks("digest"))


async def test_no_button_leads_past_the_last_page_of_a_search(
    bot: BotWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_search, "_LAST_OFFSET", 5)
    await store(bot, *(article(number) for number in range(1, 12)))
    second = await bot.presses(button(await bot.asks("search", "corridor talks"), "More ›"))
    assert [one.label for one in buttons(second)] == ["‹ Before"]


async def test_search_pages_forth_and_back(bot: BotWorld) -> None:
    await store(bot, *(article(number) for number in range(1, 8)))
    first = await bot.asks("search", "corridor talks")
    assert text(first).count("<a href=") == 5
    second = await bot.presses(button(first, "More ›"))
    assert second.edits
    assert text(second).count("<a href=") == 2
    assert [one.label for one in buttons(second)] == ["‹ Before"]
    assert text(await bot.presses(button(second, "‹ Before"))) == text(first)


async def test_words_without_a_slash_search(bot: BotWorld) -> None:
    await store(bot, article(1))
    assert "Example Post · Tue 25 Aug" in text(await bot.types("corridor"))


async def test_a_finding_has_the_day_of_the_chat_s_own_clocks(bot: BotWorld) -> None:
    late = datetime(2026, 8, 24, 22, 30, tzinfo=UTC)  # half past midnight in Zurich
    await store(
        bot, article(1, published_at=late), article(2, published_at=None, first_seen_at=late)
    )
    assert text(await bot.asks("search", "corridor")).count("Example Post · Tue 25 Aug") == 2


async def test_what_comes_from_outside_is_escaped(bot: BotWorld) -> None:
    await store(bot, article(1, title="A <b> & corridor", outlet=None))
    found = text(await bot.asks("search", "corridor"))
    assert "A &lt;b&gt; &amp; corridor" in found
    assert "outlet unknown" in found
    assert "“&lt;i&gt;”" in text(await bot.asks("search", "<i>"))


async def test_an_article_from_a_file_has_no_link(bot: BotWorld) -> None:
    await store(bot, article(1, url=None, file="a.txt", title=None))
    found = text(await bot.asks("search", "corridor"))
    assert "<a " not in found
    assert "(from a file)" in found


async def test_an_address_that_is_no_web_address_is_not_linked(bot: BotWorld) -> None:
    await store(bot, article(1, url="javascript:alert(1)"))
    assert "javascript" not in text(await bot.asks("search", "corridor"))


@pytest.mark.parametrize("language", ["en", "fr", "uk"])
async def test_words_too_long_for_a_button_are_read_from_their_page(
    bot: BotWorld, language: str
) -> None:
    words = "delegations met on the corridor for day " + "corridor " * 3 + "day"
    await store(bot, *(article(number) for number in range(1, 8)))
    chat = await bot.chat()
    await bot.database.chats.save(replace(chat, language=language))
    first = await bot.asks("search", words)
    assert max(len((one.data or "").encode()) for one in buttons(first)) <= 64

    shown = parse_html(text(first))[0]
    await bot.database.chats.save(replace(await bot.chat(), language="en"))
    second = await bot.presses(buttons(first)[-1], shown=shown)

    assert words in text(second)
    assert text(second) != text(first)
    assert second.edits


@pytest.mark.parametrize("shown", ["", "some other message", "Articles on nothing"])
async def test_a_page_whose_message_is_gone_is_not_turned(bot: BotWorld, shown: str) -> None:
    assert (await bot.sends("1:search:5", shown=shown)).refused


async def test_a_query_is_read_to_its_limit(bot: BotWorld) -> None:
    found = text(await bot.asks("search", "x" * 10_000))

    assert len(found) < 400


async def test_a_search_for_nothing_tells_how(bot: BotWorld) -> None:
    assert "/search grain corridor" in text(await bot.asks("search"))


async def test_sources_say_how_they_stand(bot: BotWorld) -> None:
    assert "No source is read yet" in text(await bot.asks("sources"))
    good = NewSource(url="https://a.example/feed", outlet=Outlet("A & Co", "CH"))
    bad = NewSource(url="https://b.example/feed", outlet=Outlet("B", "INT"))
    off = NewSource(url="https://c.example/feed", outlet=Outlet("C"), enabled=False)
    new = NewSource(url="https://d.example/feed", outlet=Outlet("D"))
    for source in (off, new):
        await bot.database.sources.add(source, now=NOW)
    fine = await bot.database.sources.add(good, now=NOW)
    answered = SourceOutcome(source=fine.id, checked_at=NOW, next_check_at=NOW)
    await bot.database.articles.add([], answered)
    failed = await bot.database.sources.add(bad, now=NOW)
    outcome = SourceOutcome(
        source=failed.id, checked_at=NOW, next_check_at=NOW, error="answered <403>"
    )
    await bot.database.articles.add([], outcome)
    said = text(await bot.asks("sources"))
    assert "3 sources are read" in said
    assert "… D  · not fetched yet" in said
    assert "✓ A &amp; Co 🇨🇭" in said
    assert "✗ B  · could not be read yet" in said
    assert "1 could not be read" in said


async def test_since_when_a_source_fails_is_said_in_the_chats_language(bot: BotWorld) -> None:
    new = NewSource(url="https://b.example/feed", outlet=Outlet("B"))
    source = await bot.database.sources.add(new, now=NOW)
    for at, error in ((NOW - timedelta(days=3), None), (NOW, "https://b.example answered 403")):
        outcome = SourceOutcome(source=source.id, checked_at=at, next_check_at=NOW, error=error)
        await bot.database.articles.add([], outcome)
    await bot.database.chats.save(replace(await bot.chat(), language="de"))
    assert "✗ B  · zuletzt gelesen: Sa., 22. Aug." in text(await bot.asks("sources"))


async def test_many_sources_are_paged(bot: BotWorld) -> None:
    for number in range(25):
        source = NewSource(url=f"https://{number}.example/feed", outlet=Outlet(f"O{number:02}"))
        await bot.database.sources.add(source, now=NOW)
    first = await bot.asks("sources")
    second = await bot.presses(button(first, "More ›"))
    assert "O20" in text(second)
    assert "O00" in text(await bot.presses(button(second, "‹ Before")))


async def delivered(bot: BotWorld, *stories: dict[str, Any]) -> None:
    chat = await bot.chat()
    slot = Slot(chat.id, chat.thread, date(2026, 8, 25), "07:30", NOW)
    queued = Queued(
        slot=slot,
        messages=(),
        digest=json.dumps({"stories": stories}),
        shown_stories=(),
        shown_sentences=(),
        covered_until=NOW,
        next_due_at=None,
        chat_version=chat.version,
    )
    assert await bot.database.ledger.enqueue([queued]) == 1


async def test_why_names_the_parts_and_the_evidence(bot: BotWorld) -> None:
    (known,) = await store(bot, article(1))
    await delivered(
        bot,
        told_story(
            headline="Talks <resume>",
            score=1.75,
            parts={"outlets": 1.0, "fresh": 0.75, "new": 0.0, "unheard": 0.1},
            topics=["peace-talks", "trade"],
            action={"kind": "aid", "by": ["US"], "to": ["IN"]},
            articles=[told_article(known), told_article(999)],
        ),
    )
    said = text(await bot.asks("why", "1"))
    assert "Why story 1 is in the digest of Tue 25 Aug" in said
    assert "Talks &lt;resume&gt;" in said
    assert "how many outlets tell it 1.00" in said
    assert "unheard 0.10" in said
    assert "new to you" not in said
    assert "Aid 🇺🇸 → 🇮🇳: the headline says so" in said
    assert "Peace talks, by the words: corridor talks, delegations" in said
    assert said.endswith("Trade and tariffs")


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (
            (1.585, 1.4149, 0.7855, 0.4),
            (1.59, 1.41, 0.79, 0.4),
        ),  # 4.1854: each by itself makes 4.18
        ((0.3349, 0.3349, 0.3349), (0.34, 0.33, 0.33)),
        ((4.3322, 0.6666, -4.0), (4.33, 0.67, -4.0)),
        ((1.004, 0.0049), (1.0, 0.01)),
        ((1.0, 0.0012), (1.0,)),
    ],
)
async def test_the_parts_that_why_shows_add_up_to_the_score(
    bot: BotWorld, parts: tuple[float, ...], shown: tuple[float, ...]
) -> None:
    named = {f"part{n}": value for n, value in enumerate(parts)}
    await delivered(bot, told_story(score=round(sum(parts), 4), parts=named, topics=[]))

    said = text(await bot.asks("why", "1"))

    figures = [float(figure) for figure in re.findall(r"part\d (\S+)", said)]
    assert figures == list(shown)
    (score,) = re.findall(r"Score (\S+),", said)
    assert round(sum(figures), 2) == float(score)


@pytest.mark.parametrize("words", ["", "0", "2", "x", "-1", "1.5"])
async def test_why_needs_the_number_of_a_story(bot: BotWorld, words: str) -> None:
    await delivered(bot, told_story())
    said = text(await bot.asks("why", words))
    assert "has 1 story" in said
    assert (f"what to do with “{words}”" in said) == bool(words)


async def test_why_without_a_digest_or_a_story_says_so(bot: BotWorld) -> None:
    assert "No digest has been sent" in text(await bot.asks("why", "1"))
    await delivered(bot)
    assert "a quiet one" in text(await bot.asks("why", "1"))


async def test_help_lists_what_works_where(bot: BotWorld) -> None:
    private, group = text(await bot.asks("help")), text(await in_group(bot))
    assert "/deletemydata" in private
    assert "/setup" not in private
    assert "/setup" in group
    assert "/deletemydata" not in group


@pytest.mark.parametrize(
    ("words", "command"),
    [
        *(("help", "help"), ("Hilfe!", "help"), ("Помощь", "help"), ("aide", "help")),
        *(("Einstellungen", "settings"), ("réglages", "settings"), ("настройки", "settings")),
        *(("дайджест", "digest"), ("Digest", "digest"), ("boletín", "digest")),
    ],
)
async def test_a_command_is_understood_without_its_slash(
    bot: BotWorld, words: str, command: str
) -> None:
    assert (await bot.types(words)).messages == (await bot.asks(command)).messages


@pytest.mark.parametrize("words", ["stop", "Stopp.", "СТОП", "arrêter"])
async def test_who_says_stop_is_stopped(bot: BotWorld, words: str) -> None:
    assert "Paused" in text(await bot.types(words))
    assert not (await bot.chat()).active


async def test_help_is_given_in_the_midst_of_the_set_up_and_before() -> None:
    bot = BotWorld()
    assert "What I can do" in text(await bot.types("help"))
    await bot.asks("start")
    assert "What I can do" in text(await bot.types("help"))
    assert "/start" in text(await BotWorld().types("settings"))


async def in_group(bot: BotWorld) -> Reply:
    return await bot.asks("help", chat=-100, kind="supergroup")


@pytest.mark.parametrize("language", available())
async def test_privacy_says_nothing_twice(language: str) -> None:
    said = text(await BotWorld().asks("privacy", language=language))
    sentences = [one.strip() for one in re.split(r"[.;\n]", said) if one.strip()]
    assert len(sentences) == len(set(sentences))


async def test_privacy_can_be_read_before_anything_is_stored() -> None:
    assert "What is kept" in text(await BotWorld().asks("privacy"))


async def test_deleting_asks_first_and_then_really_deletes(bot: BotWorld) -> None:
    reply = await bot.asks("deletemydata")
    assert "cannot be undone" in text(reply)
    assert await bot.chat()
    assert button(reply, "No, keep it")
    reply = await bot.presses(button(reply, "Yes, delete everything"))
    assert "Deleted" in text(reply)
    assert await bot.database.chats.all() == ()


async def test_the_channels_of_a_person_go_with_them(bot: BotWorld) -> None:
    await bot.subscribed(-1001, kind="channel", title="Edition", owner=ADA)
    await bot.subscribed(BOB)
    reply = await bot.asks("deletemydata")
    assert "Edition" in text(reply)
    await bot.presses(button(reply, "Yes"))
    assert [one.id for one in await bot.database.chats.all()] == [BOB]


async def test_who_only_manages_channels_can_delete_too() -> None:
    bot = BotWorld()
    await bot.subscribed(-1001, kind="channel", owner=ADA)
    reply = await bot.asks("deletemydata")
    assert "-1001" in text(reply)
    await bot.presses(button(reply, "Yes"))
    assert await bot.database.chats.all() == ()


async def test_an_unknown_command_names_those_that_are_written_nearly_so(bot: BotWorld) -> None:
    assert "Did you mean /help?" in text(await bot.asks("halp"))
    assert "/settings" in text(await bot.asks("setings"))
    assert "Did you mean" not in text(await bot.asks("nonsense"))
    assert "Did you mean" not in text(await bot.asks("brodcast"))
    assert "/broadcast" in text(await bot.asks("brodcast", chat=OWNER, user=OWNER))
    assert (await bot.asks("halp", chat=-100, kind="group")).messages == ()


async def test_an_unknown_command_is_answered_in_private_only(bot: BotWorld) -> None:
    assert "/help" in text(await bot.asks("nonsense"))
    assert (await bot.asks("nonsense", chat=-100, kind="group")).messages == ()
    assert (await bot.sends("1:nonsense")).alert

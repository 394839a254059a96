"""The stored text behind a sentence whose source has no address."""

from dataclasses import replace

import pytest

from digest.model.articles import Span
from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import BotWorld, text
from tests.telegram_server import parse_html

LONG = " ".join(f"Sentence {at} tells of the talks in Ankara." for at in range(200))
BODY = f"The first paragraph tells of <ships>.\n\nThe second one goes on. It ends here.\n\n{LONG}"


@pytest.fixture
async def bot() -> BotWorld:
    bot = BotWorld()
    article = new_article("a", BODY, url=None, file="a.txt", title="Ships & grain")
    await bot.database.articles.add([Placed(article, -1)])
    return bot


async def test_the_sentence_stands_in_bold_in_its_paragraph(bot: BotWorld) -> None:
    start = BODY.index("It ends")

    shown = text(await bot.asks("start", f"a_1_{start}"))

    assert "<b>It ends here.</b>" in shown
    assert "The second one goes on. " in shown
    assert "<b>Ships &amp; grain</b>" in shown
    assert "a.txt" in shown
    assert shown.count("…") == 1


async def test_the_offset_of_a_headline_shows_the_beginning(bot: BotWorld) -> None:
    assert "<b>The first paragraph tells of &lt;ships&gt;.</b>" in text(
        await bot.asks("start", "a_1_0")
    )


async def test_a_sentence_deep_in_the_text_is_shown_with_what_is_around_it(bot: BotWorld) -> None:
    shown = text(await bot.asks("start", f"a_1_{BODY.index('Sentence 100 ')}"))

    assert "<b>Sentence 100 tells of the talks in Ankara.</b>" in shown
    assert shown.count("…") == 2
    assert len(shown) < 4096


async def test_the_last_sentence_is_followed_by_nothing(bot: BotWorld) -> None:
    shown = text(await bot.asks("start", f"a_1_{BODY.index('Sentence 199 ')}"))

    assert shown.endswith("Sentence 199 tells of the talks in Ankara.</b></blockquote>")


@pytest.mark.parametrize("sign", ["w", "🕊"])
async def test_the_page_is_one_message_however_long_its_parts_are(bot: BotWorld, sign: str) -> None:
    sentence = sign * 1480
    body = f"{LONG}\n\n{sentence}\n\n{LONG}"
    at = body.index(sentence)
    article = replace(
        new_article("d", body, url=None, file=sign * 300, title=sign * 400),
        sentences=(Span(at, at + len(sentence)),),
    )
    (stored,) = await bot.database.articles.add([Placed(article, -1)])

    shown = parse_html(text(await bot.asks("start", f"a_{stored}_{at}")))[0]

    assert sentence in shown
    assert len(shown.encode("utf-16-le")) // 2 <= 4096


async def test_a_sentence_that_is_too_long_is_cut_in_sight(bot: BotWorld) -> None:
    body = "w" * 2000
    article = replace(new_article("e", body, url=None), sentences=(Span(0, 2000),))
    (stored,) = await bot.database.articles.add([Placed(article, -1)])
    assert f"<b>{'w' * 1499}…</b>" in text(await bot.asks("start", f"a_{stored}_0"))


@pytest.mark.parametrize("words", ["a_9_0", "a_1_999999"])
async def test_a_link_to_nothing_is_answered_in_words(bot: BotWorld, words: str) -> None:
    assert text(await bot.asks("start", words)) == "That text is no longer kept."


@pytest.mark.parametrize("words", ["a_", "a_x", "a_1_0_0", "a_1_²", "a_99999999999999_1"])
async def test_a_malformed_link_leads_nowhere(bot: BotWorld, words: str) -> None:
    reply = await bot.asks("start", words)

    assert (reply.refused, "leads nowhere" in text(reply)) == ("refuse.link", True)


async def test_an_untitled_article_is_called_so(bot: BotWorld) -> None:
    article = new_article("b", "One untitled sentence tells of the talks.", url=None, title=None)
    (stored,) = await bot.database.articles.add([Placed(article, -1)])

    assert "(untitled)" in text(await bot.asks("start", f"a_{stored}_0"))


async def test_an_article_without_sentences_has_no_proof(bot: BotWorld) -> None:
    (stored,) = await bot.database.articles.add([Placed(new_article("c", ""), -1)])

    assert text(await bot.asks("start", f"a_{stored}_0")) == "That text is no longer kept."


async def test_a_stranger_reads_it_only_where_subscribing_is_open(bot: BotWorld) -> None:
    closed = BotWorld(access="list")

    assert "no longer kept" not in text(await closed.asks("start", "a_1_0"))
    assert await closed.database.chats.get(7) is None

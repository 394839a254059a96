"""Stories and articles shared from any chat, against a strict server."""

from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import BotWorld
from tests.telegram_messages import OLD
from tests.telegram_server import (
    Person,
    TelegramServer,
    error,
    parse_html,
)


async def test_articles_are_shared_from_any_chat(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    text = "Deputy ministers of both states initialled two annexes on customs in Ankara on Monday."
    for key, title in (("a", "Border <accord> & customs"), ("b", "Another accord")):
        await world.database.articles.add([Placed(new_article(key, text, title=title), -1)])
    query = await ada.inline("border accord")
    assert [one["title"] for one in query.results] == ["Border <accord> & customs"]
    content = query.results[0]["input_message_content"]
    shown = parse_html(content["message_text"])
    assert shown[0].startswith("Border <accord> & customs\nSummits and visits · 🇹🇷 · 1 outlet\n")
    assert f"“{text}” The Paper" in shown[0]
    call = server.calls("answerInlineQuery")[-1].params
    assert (call["cache_time"], call["is_personal"]) == (60, True)
    assert len((await ada.inline("")).results) == 0  # nothing of the last days
    assert (await ada.inline("no such words")).results == ()
    assert server.refused == ()


@pytest.mark.parametrize(
    "query", ['"', "a" * 300, "<b>&'\" OR *)(", "\0", "١٢", "accord " * 40, "NEAR/2", "🕊" * 128]
)
async def test_no_inline_query_goes_unanswered(
    world: BotWorld, server: TelegramServer, ada: Person, query: str
) -> None:
    await world.database.articles.add([Placed(new_article("a", "It rained in Ankara."), -1)])
    assert (await ada.inline(query)).is_answered
    assert server.refused == ()


async def test_an_inline_query_that_is_too_old_is_let_go(
    server: TelegramServer, ada: Person
) -> None:
    server.fail(method="answerInlineQuery", answer=OLD)
    with capture_logs() as logs:
        await ada.inline("x", patience=0.1)
        await server.settled()
    assert "inline query answered too late" in [one["event"] for one in logs]


async def test_another_refusal_of_cards_is_logged(server: TelegramServer, ada: Person) -> None:
    server.fail(method="answerInlineQuery", answer=error(400, "Bad Request: RESULT_ID_INVALID"))
    with capture_logs() as logs:
        await ada.inline("x", patience=0.1)
        await server.settled()
    assert "answer not delivered" in [one["event"] for one in logs]


async def test_cards_are_in_the_language_and_by_the_clocks_chosen_in_private(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(ada.id, language="de")
    late = datetime(2026, 8, 24, 22, 30, tzinfo=UTC)  # half past midnight in Zurich
    article = new_article("a", "It rained in Ankara.", published_at=late, relevance=0.2)
    await world.database.articles.add([Placed(article, -1)])
    query = await ada.inline("rained")
    assert query.results[0]["description"] == "The Paper · Di., 25. Aug."

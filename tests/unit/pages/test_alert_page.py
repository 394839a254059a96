"""An alert as its reader sees it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.pages.alert import alert_page
from bot.pages.links import proof_link
from bot.talk.texts import available, texts
from digest.compose.alert import alert_digest, breaking
from digest.compose.edition import edition
from digest.model.articles import StoryId
from digest.model.chats import Chat
from digest.model.digests import Cited, Digest, Shown, Snapshot, Window
from digest.model.messages import Message
from digest.model.sources import Outlet
from tests.articles import new_article, stored
from tests.telegram_server import parse_html

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
TITLE = "Talks <begin> & go on"
TEXT = "Delegations of both states met in Ankara on Monday to extend the grain corridor."
LONG = " ".join(
    f"The {'very ' * 200}long corridor number {n} was opened in Ankara." for n in range(9)
)


def digest(text: str = TEXT, title: str = TITLE) -> Digest:
    seen = NOW - timedelta(hours=1)
    articles = tuple(
        stored(
            new_article(
                f"a{n}",
                text,
                title=title,
                outlet=Outlet(f"Paper {n}", "CH"),
                published_at=seen,
                first_seen_at=seen,
            ),
            id=n,
            story=1,
        )
        for n in range(1, 5)
    )
    window = Window(NOW - timedelta(hours=6), NOW)
    whole = edition(Snapshot(window, articles, {StoryId(1): seen}))
    return alert_digest(breaking(whole)[0], whole, Shown())


def page(told: Digest, kind: str = "private", language: str = "en", **more: bool) -> Message:
    chat = Chat(id=7, kind=kind)  # type: ignore[arg-type]
    is_critical = more.get("is_critical", False)
    layout = alert_page(told, chat, texts(language), proof_link("bot"), is_critical=is_critical)
    (message,) = layout.messages
    return message


@pytest.mark.parametrize("language", available())
def test_an_alert_tells_one_story_word_for_word(language: str) -> None:
    shown = parse_html(page(digest(), language=language).html)[0]
    assert shown.startswith("⚡ ")
    assert TITLE in shown
    assert f"“{TEXT}” Paper 1" in shown
    assert "/settings" in shown


def test_what_is_critical_is_marked() -> None:
    assert page(digest(), is_critical=True).html.startswith("<b>🚨")


def test_one_person_may_follow_and_keep_the_story() -> None:
    ((follow, save),) = page(digest()).keyboard
    assert (follow.data, save.data) == ("1:follow:+:s:1", "1:save:s:1")
    assert page(digest(), kind="supergroup").keyboard == ()


def test_what_has_no_room_in_an_alert_is_not_kept_of_it() -> None:
    story = digest().items[0]
    texts_of = [f"The corridor number {n} is {'very ' * 300}long." for n in range(3)]
    long = tuple(Cited(text=text, article=story.lead, start=0, end=9) for text in texts_of)
    found = replace(digest(), items=(replace(story, sentences=long),))

    layout = alert_page(found, Chat(id=7), texts("en"), proof_link("bot"), is_critical=False)

    (kept,) = layout.kept.items
    assert kept.sentences == long[:2]
    assert [one.text in layout.messages[0].html for one in long] == [True, True, False]


def test_a_long_alert_is_still_one_message() -> None:
    for story in (digest(LONG), digest(LONG, "x" * 9000)):
        assert len(parse_html(page(story).html)[0].encode("utf-16-le")) // 2 <= 4096


def test_an_alert_without_sentences_is_its_headline() -> None:
    (item,) = digest().items
    bare = replace(digest(), items=(replace(item, sentences=()),))
    assert "“" not in parse_html(page(bare).html)[0]

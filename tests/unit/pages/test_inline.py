"""Suggestions to share: what is found, what is left out, and that every sentence is the article's own."""

from datetime import timedelta
from typing import Any

import pytest

from bot.pages.inline import LATELY, MOST, Suggestion, suggestions
from digest.model.articles import ArticleId, StoryId
from digest.model.sources import Outlet
from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import NOW
from tests.fakes import FakeDatabase
from tests.telegram_server import parse_html

TEXT = "Deputy ministers of both states initialled two annexes on customs in Ankara on Monday."


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


async def add(
    database: FakeDatabase,
    key: str,
    text: str = TEXT,
    *,
    of: int | None = None,
    story: int = -1,
    **changes: Any,
) -> int:
    """An article that is no diplomacy, and so tells no story, unless ``relevance`` says otherwise."""
    plain = {"first_seen_at": NOW, "relevance": 0.2}
    article = new_article(key, text, **{**plain, **changes})
    (found,) = await database.articles.add([Placed(article, story, of)])
    return found


async def tell(database: FakeDatabase, *keys: str, **changes: Any) -> int:
    """The number of a story that these articles tell."""
    story = -1
    for key in keys:
        number = await add(database, key, story=story, **{"relevance": 0.9, **changes})
        article = await database.articles.get(ArticleId(number))
        assert article is not None and article.story is not None
        story = article.story
    return story


async def asked(database: FakeDatabase, words: str = "") -> tuple[Suggestion, ...]:
    return await suggestions(words, database.articles, now=NOW)


def shown(one: Suggestion) -> str:
    """The posted message as a reader sees it."""
    return parse_html(one.html)[0]


async def test_a_card_has_a_headline_its_outlet_and_a_sentence_with_its_link(
    database: FakeDatabase,
) -> None:
    number = await add(database, "a", title="Accord <initialled>")
    (one,) = await asked(database, "accord")
    assert (one.id, one.title) == (str(number), "Accord <initialled>")
    assert one.about == "The Paper · Tue 10 Feb"
    assert shown(one) == f'Accord <initialled>\nThe Paper · Tue 10 Feb\n"{TEXT}" ¹'
    assert one.html.count('href="https://paper.example/a"') == 2


async def test_the_name_of_an_outlet_turns_no_reading_order(database: FakeDatabase) -> None:
    await add(database, "a", outlet=Outlet("The\u202e Paper\u061c\n& Co"))
    (one,) = await asked(database)
    assert one.about == "The Paper & Co · Tue 10 Feb"


async def test_an_empty_query_shows_the_newest_first(database: FakeDatabase) -> None:
    await add(database, "old", first_seen_at=NOW - LATELY - timedelta(minutes=1))
    await add(database, "early", first_seen_at=NOW - timedelta(hours=2))
    await add(database, "late", first_seen_at=NOW - timedelta(hours=1))
    for words in ("", "  ", "?!!", "🕊", "t", "ti l a"):
        assert [one.title for one in await asked(database, words)] == [
            "Title of late",
            "Title of early",
        ]


async def test_there_are_ten_cards_at_most(database: FakeDatabase) -> None:
    for number in range(MOST + 5):
        await add(database, f"{number}")
    assert len(await asked(database)) == MOST
    assert len(await asked(database, "ankara")) == MOST


@pytest.mark.parametrize("url", [None, "ftp://paper.example/a", "file:///etc/passwd"])
async def test_what_has_no_address_on_the_web_is_not_shown(
    database: FakeDatabase, url: str | None
) -> None:
    await add(database, "a", url=url, file="private notes.txt")
    assert await asked(database) == await asked(database, "ankara") == ()


async def test_a_copy_is_not_shown_beside_its_original(database: FakeDatabase) -> None:
    first = await add(database, "a")
    await add(database, "b", of=first)
    assert [one.id for one in await asked(database, "ankara")] == [str(first)]


async def test_a_sentence_that_leans_on_another_is_passed_over(database: FakeDatabase) -> None:
    await add(database, "a", f"He also said so. {TEXT}")
    assert f'"{TEXT}"' in shown((await asked(database))[0])


@pytest.mark.parametrize(
    "text", ["He also said so.", "Delegates met " + "and met " * 100 + "again."]
)
async def test_no_sentence_is_better_than_one_that_is_cut_or_leans(
    database: FakeDatabase, text: str
) -> None:
    await add(database, "a", text)
    assert '"' not in shown((await asked(database))[0])


async def test_an_untitled_article_is_headed_by_its_first_sentence_once(
    database: FakeDatabase,
) -> None:
    await add(database, "a", title=None, outlet=None, published_at=None)
    (one,) = await asked(database)
    assert shown(one) == f"{TEXT}\noutlet unknown · Tue 25 Aug"


async def test_long_names_are_cut_at_a_word(database: FakeDatabase) -> None:
    title, outlet = "word " * 100, Outlet("x" * 500)
    await add(database, "a", title=title, outlet=outlet)
    (one,) = await asked(database)
    assert one.title == "word " * 22 + "word…"
    assert one.about.startswith("x" * 119 + "… ·")


async def test_what_telegram_would_not_take_is_left_out(database: FakeDatabase) -> None:
    await add(database, "a", url="https://paper.example/" + "a" * 8000)
    await add(database, "b", title="\u202e\u2066")
    assert await asked(database) == ()


async def test_short_words_are_words_where_they_are_written_so(database: FakeDatabase) -> None:
    await add(database, "a", "The EU met 中国 in Geneva.", title="Talks")
    for words in ("EU", "中国", "gen EU", "x EU", "the geneva EU"):
        assert [one.title for one in await asked(database, words)] == ["Talks"]
    assert await asked(database, "UN") == await asked(database, "UN geneva") == ()


async def test_a_query_is_read_to_its_limit(database: FakeDatabase) -> None:
    await add(database, "a")
    assert len(await asked(database, "ankara " * 37 + "nowhere")) == 1  # the rest is not read


# --- stories --------------------------------------------------------------------------------


async def test_articles_of_one_story_are_one_card_that_leads_to_it(database: FakeDatabase) -> None:
    story = await tell(database, "a", "b")
    await add(database, "c", title="Another <matter>")
    found = await suggestions("", database.articles, now=NOW, username="attache_test_bot")
    assert {one.id for one in found} == {f"s{story}", "4"}
    (one,) = (one for one in found if one.id == f"s{story}")
    assert one.about == "1 outlet · Tue 10 Feb"
    assert f"“{TEXT}” The Paper" in shown(one)
    assert "🇨🇭 Switzerland: The Paper" in shown(one)
    assert (
        f'<a href="https://t.me/attache_test_bot?start=s_{story}">The whole story</a>' in one.html
    )
    assert "🆕" not in shown(one)


async def test_a_card_is_told_in_the_language_of_who_asks(database: FakeDatabase) -> None:
    await tell(database, "a")
    (one,) = await suggestions("customs", database.articles, now=NOW, language="de")
    assert one.about == "1 Medium · Di., 10. Feb."
    assert f"“{TEXT}” The Paper" in shown(one)  # what is quoted stays as it was written


async def test_without_a_name_of_the_bot_a_card_leads_to_its_sources_only(
    database: FakeDatabase,
) -> None:
    await tell(database, "a")
    (one,) = await asked(database, "customs")
    assert "The whole story" not in shown(one)
    assert 'href="https://paper.example/a"' in one.html


async def test_of_a_story_only_what_has_an_address_is_told(database: FakeDatabase) -> None:
    secret = "The envoy keeps a private note on the annexes and on Ankara in his desk drawer."
    story = await tell(database, "a")
    await add(
        database,
        "file",
        secret,
        story=story,
        url=None,
        file="notes.txt",
        relevance=0.9,
        title="Notes",
    )
    (one,) = await asked(database, "ankara")
    assert one.id == f"s{story}"
    assert "private note" not in shown(one)
    assert "Notes" not in shown(one)


async def test_a_story_that_telegram_would_not_take_is_left_out(
    database: FakeDatabase,
) -> None:
    await tell(database, "a", title="\u202e\u2066", url="https://paper.example/" + "a" * 5000)
    await tell(database, "b", title="\u202e\u2066")
    await tell(database, "c", url="https://paper.example/" + "c" * 5000)
    assert await asked(database) == ()


async def test_ten_stories_are_ten_cards_within_the_size_of_a_message(
    database: FakeDatabase,
) -> None:
    for number in range(MOST + 5):
        await tell(database, *(f"{number}-{member}" for member in range(3)))
    found = await asked(database, "ankara")
    assert len({one.id for one in found}) == MOST


# --- what the asker's last digest told ------------------------------------------------------


async def article_of(database: FakeDatabase, story: int) -> ArticleId:
    return (await database.articles.story(StoryId(story)))[0].id


async def test_an_empty_query_offers_the_last_digest_first(database: FakeDatabase) -> None:
    old = timedelta(days=30)
    stories = [await tell(database, key, first_seen_at=NOW - old) for key in ("a", "b")]
    newest = await tell(database, "c")
    known = {
        StoryId(one): await article_of(database, one) for one in (stories[1], newest, stories[0])
    }

    found = await suggestions("", database.articles, now=NOW, known=known)
    searched = await suggestions("customs", database.articles, now=NOW, known=known)

    assert [one.id for one in found] == [f"s{one}" for one in (stories[1], newest, stories[0])]
    assert {one.id for one in searched} == {one.id for one in found}
    assert [one.id for one in await asked(database)] == [f"s{newest}"]


async def test_a_story_of_the_digest_keeps_its_headline(database: FakeDatabase) -> None:
    story = await tell(database, *(f"{n}" for n in range(9)))
    known = {StoryId(story): await article_of(database, story)}

    (card,) = await suggestions("", database.articles, now=NOW, known=known)

    assert card.title == "Title of 0"


async def test_of_the_last_digest_only_what_anybody_may_see_is_offered(
    database: FakeDatabase,
) -> None:
    secret = await tell(database, "a", url=None, file="notes.txt")
    gone = StoryId(4711)
    known = {StoryId(secret): await article_of(database, secret), gone: ArticleId(1)}

    assert await suggestions("", database.articles, now=NOW, known=known) == ()


async def test_a_long_digest_is_offered_to_the_tenth_story(database: FakeDatabase) -> None:
    stories = [await tell(database, f"{number}") for number in range(MOST + 2)]
    known = {StoryId(one): await article_of(database, one) for one in stories}

    found = await suggestions("", database.articles, now=NOW, known=known)

    assert [one.id for one in found] == [f"s{one}" for one in stories[:MOST]]

"""Official words and quotations: marked as such, told with who speaks."""

from dataclasses import replace

import pytest

from digest.compose.edition import edition
from digest.model.articles import Article, Quote, StoryId, Topic
from digest.model.chats import Wish
from digest.model.digests import Shown
from digest.model.sources import Outlet
from digest.read.speech.quotes import quotes
from tests.articles import new_article, stored
from tests.unit.compose.editions import EXPULSION, compose_from, snapshot


def test_official_words_and_quotations_are_marked() -> None:
    official = stored(
        new_article("a", EXPULSION, outlet=Outlet("Ministry", "FI", official=True)), id=1
    )
    quoted = stored(
        new_article(
            "b", "“The corridor through the Black Sea will stay open,” Anna Novak said in Ankara."
        ),
        id=2,
        story=2,
    )
    quoted = replace(quoted, quotes=(Quote(0, 51, "Anna Novak"),))

    items = compose_from(snapshot(official, quoted), Wish(), Shown()).items

    kinds = {item.story: item.sentences[0] for item in items}
    assert kinds[StoryId(1)].kind == "official"
    assert (kinds[StoryId(2)].kind, kinds[StoryId(2)].speaker) == ("quote", "Anna Novak")


MINISTRY = Outlet("Ministry", "FI", official=True)
STATEMENT = (
    "Foreign Minister Anna Novak said:\n\n“We condemn the closure of the strait by armed men.\n\n"
    "“It must end.\n\n“I call on both states to open the strait again by Monday.”"
)


def statement(text: str = STATEMENT, outlet: Outlet | None = MINISTRY) -> Article:
    return stored(
        new_article("a", text, outlet=outlet, quotes=quotes(text)),
        id=1,
        topics=(Topic("summits", 1),),
    )


def test_a_ministry_s_page_that_is_all_statement_is_told_with_its_speaker() -> None:
    (item,) = compose_from(snapshot(statement()), Wish(), Shown()).items

    (cited,) = item.sentences
    assert cited.text == "“I call on both states to open the strait again by Monday.”"
    assert (cited.kind, cited.speaker) == ("quote", "Anna Novak")
    assert STATEMENT[cited.start : cited.end] == cited.text


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (STATEMENT, None),
        (STATEMENT, Outlet("The Paper", "FI")),
        (STATEMENT.replace("Foreign Minister Anna Novak", "The hosts"), MINISTRY),
        (STATEMENT.replace("“I call", "I call"), MINISTRY),
        (STATEMENT.replace("”", "” She left."), MINISTRY),
        ("Anna Novak said: " + STATEMENT.split("\n\n")[3], MINISTRY),
    ],
)
def test_other_statements_are_not(text: str, outlet: Outlet | None) -> None:
    (story,) = edition(snapshot(statement(text, outlet))).stories
    told = [one.text for document in story.candidates for one in document]
    assert all("Anna Novak" in one for one in told)


def test_a_page_with_news_of_its_own_is_told_by_that() -> None:
    (story,) = edition(snapshot(statement(f"{EXPULSION}\n\n{STATEMENT}"))).stories
    assert [one.text for one in story.candidates[0]] == EXPULSION.split("\n\n")


def test_an_official_text_says_we_and_the_press_does_not() -> None:
    we = "We condemn the closure of the strait and call on both states to open it again."
    text = f"{we}\n\nI thank you for the work that we have done for the strait this week."

    def told(outlet: Outlet) -> list[str]:
        (story,) = edition(snapshot(stored(new_article("a", text, outlet=outlet), id=1))).stories
        return [candidate.text for document in story.candidates for candidate in document]

    assert told(Outlet("Ministry", "FI", official=True)) == [we]
    assert told(Outlet("The Paper", "FI")) == []

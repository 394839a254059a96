"""What is told of a story says what its headline says, by what the articles begin with."""

from collections.abc import Callable, Sequence

import pytest

from digest.compose.edition import Story, edition
from digest.compose.heading import Heading
from digest.compose.tell import cite
from digest.model.digests import Shown
from digest.ports import Summariser
from tests.articles import new_article, stored
from tests.unit.compose.editions import snapshot

CLAIM = (
    "The coast guard of Ruritania sank a trawler of Graustark in the strait, officials said Monday.\n\n"
    "Ruritania closed its side of the strait to fishing boats for the rest of the week."
)
DENIAL = (
    "Graustark denied on Monday that any trawler had been lost in the strait or near it.\n\n"
    "Its harbour master counted every boat of the fleet at the quays on Monday evening."
)
BACKGROUND = (
    "Fishing villages on both shores have quarrelled over the herring grounds for forty years.\n\n"
    "A treaty of 1931 gave the eastern banks to Graustark and the western ones to Ruritania.\n\n"
    "Storms kept most boats in their harbours for the first three weeks of the month.\n\n"
    "A trawler of Graustark was sunk by the coast guard of Ruritania in the strait in 1958 too."
)


def story(*texts: str, titles: Sequence[str | None]) -> Story:
    articles = [
        stored(new_article(f"a{at}", text, title=title), id=at)
        for at, (text, title) in enumerate(zip(texts, titles, strict=True), 1)
    ]
    (found,) = edition(snapshot(*articles)).stories
    return found


def by_hand(found: Story, *chosen: str) -> Callable[[str | None], Summariser]:
    """A summariser that chooses the sentences of a story that begin so, and of one article the first ones."""
    flat = [candidate.text for document in found.candidates for candidate in document]
    picks = tuple(next(at for at, t in enumerate(flat) if t.startswith(c)) for c in chosen)

    def choose(documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        return tuple(range(count)) if len(documents) == 1 else picks

    return lambda _: choose


def told(found: Story, *chosen: str) -> list[str]:
    """The beginnings of what is told where a summariser chooses the sentences that begin so."""
    cited = cite(found, Shown(), count=len(chosen), summariser=by_hand(found, *chosen))
    return [sentence.text.split(" ")[0] for sentence in cited]


@pytest.fixture
def sinking() -> Story:
    title = "Ruritania coast guard sinks Graustark trawler in strait"
    return story(CLAIM, DENIAL, BACKGROUND, titles=(title, None, None))


def test_a_denial_does_not_give_way_to_the_claim(sinking: Story) -> None:
    assert told(sinking, "Ruritania closed", "Graustark denied") == ["The", "Graustark"]


def test_of_denials_alone_the_last_one_gives_way(sinking: Story) -> None:
    assert told(sinking, "Graustark denied") == ["The"]


def test_what_stands_deep_in_an_article_does_not_tell_the_news() -> None:
    title = "Ruritania coast guard sinks Graustark trawler in strait"
    found = story(CLAIM, BACKGROUND, titles=(title, None))

    assert told(found, "A trawler", "Fishing") == ["The", "Fishing"]


def test_the_news_may_be_told_by_another_article_than_the_leading_one() -> None:
    title = "Ruritania coast guard sinks Graustark trawler in strait"
    found = story(BACKGROUND, CLAIM, titles=(title, None))

    assert found.articles[0].title == title
    assert told(found, "Storms", "Ruritania closed") == ["The", "Storms"]


def test_what_stands_deep_in_an_article_opens_no_story() -> None:
    title = "Coast guard of Ruritania sank a trawler"
    found = story(DENIAL, BACKGROUND, titles=(title, None))
    heading = Heading.of(found.candidates, title, "en")
    starts = [candidate.text.split(" ")[:2] for candidate in heading.candidates]
    trawler, fishing = starts.index(["A", "trawler"]), starts.index(["Fishing", "villages"])

    assert heading.opened([0, trawler]) == [0, trawler]
    assert heading.opened([1, trawler, fishing]) == [1, trawler, fishing]


def test_what_says_half_of_the_headline_gives_way_to_a_lead_that_says_all() -> None:
    title = "Coast guard of Ruritania sank trawler of Graustark in the strait on Monday"
    other = (
        "A trawler of Graustark was awaited in the strait on Monday by its owners.\n\n"
        "The owners of the fleet met in the harbour for an hour in the morning."
    )
    found = story(CLAIM, other, titles=(title, None))

    assert found.articles[0].title == title
    assert told(found, "A trawler", "The owners")[0] == "The"


def test_it_stays_where_what_says_most_of_it_does_not_begin_the_leading_article() -> None:
    title = "Trawler of Graustark sunk by coast guard of Ruritania in strait in 1958"
    other = "Coast guard of Ruritania and a trawler of Graustark met in the strait on Monday."
    found = story(BACKGROUND, other, titles=(title, None))

    assert found.articles[0].title == title
    assert "Coast" in told(found, "Coast guard", "Storms")

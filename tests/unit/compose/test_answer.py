"""What contradicts, within a story, what is told of it is told as well."""

from digest.compose.edition import Story
from digest.compose.tell import cite
from digest.model.digests import Shown
from tests.unit.compose.test_heading import BACKGROUND, CLAIM, DENIAL, by_hand, story

TITLE = "Ruritania coast guard sinks Graustark trawler in strait"
COAST, CLOSED, GRAUSTARK = "The coast", "Ruritania closed", "Graustark denied"
FISHING, STORMS, SUNK = "Fishing villages", "Storms kept", "A trawler"


def sinking(*, also: str = "", title: str | None = None) -> Story:
    return story(CLAIM + also, DENIAL, BACKGROUND, titles=(TITLE, title, None))


def told(found: Story, *chosen: str, count: int = 3) -> list[str]:
    """The two words that each told sentence begins with, where a summariser chooses those."""
    cited = cite(found, Shown(), count=count, summariser=by_hand(found, *chosen))
    return [" ".join(sentence.text.split(" ")[:2]) for sentence in cited]


def test_a_denial_takes_the_last_place() -> None:
    assert told(sinking(), COAST, CLOSED, FISHING) == [COAST, CLOSED, GRAUSTARK]


def test_it_takes_a_free_place() -> None:
    assert told(sinking(), COAST, CLOSED) == [COAST, CLOSED, GRAUSTARK]


def test_it_does_not_take_the_only_place() -> None:
    assert told(sinking(), COAST, count=1) == [COAST]


def test_what_says_half_of_the_title_does_not_give_way() -> None:
    assert told(sinking(), COAST, CLOSED, SUNK) == [COAST, GRAUSTARK, SUNK]


def test_where_a_denial_is_told_nothing_changes() -> None:
    assert told(sinking(), COAST, GRAUSTARK) == [COAST, GRAUSTARK]


def test_a_denial_of_something_else_is_not_told() -> None:
    other = "The theatre of Streslau denied that its singers had quarrelled over roles.\n\n"
    found = story(CLAIM, other + BACKGROUND, titles=(TITLE, None))

    assert told(found, COAST, CLOSED, FISHING) == [COAST, CLOSED, FISHING]


def test_of_a_single_article_nothing_changes() -> None:
    found = story(f"{CLAIM}\n\n{DENIAL}", titles=(TITLE,))

    assert told(found, COAST, CLOSED, count=2) == [COAST, CLOSED]


def test_a_caveat_close_behind_is_told() -> None:
    caveat = "\n\nReports from the strait could not be verified by the news agencies on Monday."
    found = story(CLAIM + caveat, BACKGROUND, titles=(TITLE, None))

    assert told(found, COAST, FISHING, STORMS) == [COAST, "Reports from", FISHING]


def test_a_caveat_on_what_is_not_told_is_not() -> None:
    caveat = "Nobody was hurt.\n\nOld maps of the banks could not be verified by the court.\n\n"
    found = story(CLAIM, BACKGROUND + "\n\n" + caveat, titles=(TITLE, None))

    assert told(found, COAST, CLOSED, FISHING) == [COAST, CLOSED, FISHING]


def test_what_begins_an_article_whose_title_denies_is_told() -> None:
    adamant = "The boats of the fleet lie at the quays of Graustark, its harbour master said."
    title = "Graustark Denies Loss of Fleet's Boats"
    found = story(CLAIM, f"{adamant}\n\n{BACKGROUND}", titles=(TITLE, title))

    assert told(found, COAST, CLOSED) == [COAST, CLOSED, "The boats"]


def test_the_answer_does_not_open() -> None:
    denial, claim = DENIAL.split("\n\n")[0], CLAIM.split("\n\n")[0]
    found = story(f"{denial}\n\n{claim}", BACKGROUND, titles=(TITLE, None))

    assert told(found, COAST, FISHING, STORMS) == [COAST, GRAUSTARK, FISHING]

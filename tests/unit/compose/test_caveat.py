"""What turns against a told sentence is told right behind it."""

from functools import partial

from digest.compose.edition import edition
from digest.compose.tell import cite
from digest.model.digests import Shown
from digest.read.summary.methods import summariser
from digest.relate.novelty import trace
from tests.articles import new_article, stored
from tests.unit.compose.editions import snapshot

TITLE = "Lakeland and the river states agree to open the harbour"
NEWS = "Lakeland and the river states agreed on Monday to open the harbour to ships of all flags."
CLAIM = "Minister Anna Novak said that the harbour of Lakeland would be open by the spring."
CAVEAT = "However, they named no day on which the first ship may enter."
MORE = "Fishermen fear that strangers will take the trade of the villages by the shore."
LONG = CAVEAT.removesuffix(".") + f", {'and no night, ' * 10}and no hour."


def told(*sentences: str, count: int = 3, known: str = "", title: str = TITLE) -> list[str]:
    article = stored(new_article("a", " ".join(sentences), title=title), id=1)
    (story,) = edition(snapshot(article)).stories
    shown = Shown(sentences=frozenset({trace(known)}))
    choose = partial(summariser, "attache")
    return [one.text for one in cite(story, shown, count=count, summariser=choose)]


def test_a_caveat_stands_behind_what_it_turns_against() -> None:
    assert told(NEWS, CLAIM, CAVEAT) == [NEWS, CLAIM, CAVEAT]


def test_it_takes_the_place_of_another_sentence() -> None:
    assert told(NEWS, CLAIM, MORE) == [NEWS, CLAIM, MORE]
    assert told(NEWS, CLAIM, CAVEAT, MORE) == [NEWS, CLAIM, CAVEAT]


def test_it_takes_no_place_of_what_opens_or_of_what_it_turns_against() -> None:
    assert told(NEWS, CLAIM, CAVEAT, count=2) == [NEWS, CLAIM]
    assert told(CLAIM, CAVEAT, count=1) == [CLAIM]


def test_it_takes_no_place_of_what_says_half_of_the_title() -> None:
    title = "Fishermen fear strangers on the shore"
    assert CAVEAT not in told(NEWS, CLAIM, CAVEAT, MORE, title=title)


def test_a_long_one_or_one_that_the_chat_knows_is_not_told() -> None:
    assert told(NEWS, CLAIM, LONG, MORE) == [NEWS, CLAIM, MORE]
    assert told(NEWS, CLAIM, CAVEAT, MORE, known=CAVEAT) == [NEWS, CLAIM, MORE]

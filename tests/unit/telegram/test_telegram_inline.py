"""Who is answered when many type at once, and nobody waits for what is typed over."""

import asyncio

import pytest
from telegram import InlineQuery, User

from bot.telegram.inline import AT_ONCE, Newest

ADA, BOB, CLEO = (User(id_, name, is_bot=False) for id_, name in ((7, "A"), (8, "B"), (9, "C")))


class Line:
    """Answers queries once its gate is open, and notes which, and how many at a time."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.answered: list[str] = []
        self.most = self.under_way = 0
        self.newest = Newest(self._answer)

    async def _answer(self, query: InlineQuery) -> None:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.gate.wait()
        self.under_way -= 1
        self.answered.append(query.query)
        if query.query == "broken":
            raise ValueError

    def asks(self, who: User, *words: str) -> list[asyncio.Task[None]]:
        queries = [InlineQuery(each, who, each, "") for each in words]
        return [asyncio.create_task(self.newest(query)) for query in queries]


@pytest.fixture
def line() -> Line:
    return Line()


async def test_of_what_one_person_types_meanwhile_the_newest_is_answered(line: Line) -> None:
    first, *others = line.asks(ADA, "b", "bo", "bor", "bord")
    await asyncio.wait(others)
    assert not first.done()
    line.gate.set()
    await first
    assert line.answered == ["b", "bord"]


async def test_few_are_answered_at_a_time_and_each_in_turn(line: Line) -> None:
    asked = [*line.asks(ADA, "a1", "a2"), *line.asks(BOB, "b"), *line.asks(CLEO, "c1", "c2")]
    await asyncio.wait([asked[1], asked[4]])
    line.gate.set()
    await asyncio.gather(*asked)
    assert line.answered == ["a1", "b", "c2", "a2"]  # c1 was typed over before its turn
    assert line.most == AT_ONCE


async def test_who_got_no_answer_may_ask_again(line: Line) -> None:
    line.gate.set()
    (failed,) = line.asks(ADA, "broken")
    with pytest.raises(ValueError):
        await failed
    await asyncio.gather(*line.asks(ADA, "border"))
    assert line.answered == ["broken", "border"]

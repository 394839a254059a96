"""Texts, markup and buttons that Telegram does not take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk import callback
from digest.model.messages import Button
from tests.fault_world import ADA, HOUR, FaultWorld
from tests.telegram_server import Answer, error

PARAGRAPHS = [f"<b>{number}.</b> " + "word " * 60 for number in range(1, 9)]
BUTTONS = ((Button("Proof", url="https://example.org/"),),)
MORE = ((Button("More", data="1:help"),),)


def refusal(words: str) -> Answer:
    return error(400, f"Bad Request: {words}")


async def test_D21_too_long(world: FaultWorld) -> None:
    """What Telegram calls too long is sent in parts, each paragraph once, in order."""
    await world.reader(next_due_at=None)
    await world.post(ADA, "\n\n".join(PARAGRAPHS), "the second part", keyboard=MORE)
    world.server.fail(answer=refusal("message is too long"), method="sendMessage", times=2)
    await world.tick()
    said = world.texts(ADA)
    assert len(said) == 4
    numbers = [text.partition(".")[0] for text in "\n\n".join(said[:3]).split("\n\n")]
    assert numbers == list("12345678"), "each paragraph once, in order"
    assert said[3] == "the second part"
    assert all(len(text.encode("utf-16-le")) // 2 <= 4096 for text in said)
    assert await world.stores.ledger.flaws() == {"long": 1}


async def test_D21_too_long_in_truth(world: FaultWorld) -> None:
    """So is what no message holds, as often as it takes."""
    await world.reader(next_due_at=None)
    await world.post(ADA, "\n\n".join(PARAGRAPHS * 3))
    world.refused_rightly.add(ADA)
    await world.tick()
    numbers = [text.partition(".")[0] for text in "\n\n".join(world.texts(ADA)).split("\n\n")]
    assert numbers == list("12345678") * 3


async def test_D22_cant_parse(world: FaultWorld) -> None:
    """Text with markup that Telegram refuses is sent once, as plain text."""
    await world.reader(next_due_at=None)
    await world.post(ADA, "<b>Trade &amp; aid</b>")
    words = 'can\'t parse entities: Unsupported start tag "script" at byte offset 12'
    world.server.fail(answer=refusal(words), method="sendMessage")
    await world.tick()
    await world.tick(HOUR)
    assert world.texts(ADA) == ["Trade & aid"]
    assert len(world.tries(ADA)) == 2
    assert await world.stores.ledger.flaws() == {"markup": 1}


async def test_D23_empty(world: FaultWorld) -> None:
    """An empty part is given up, and the next of its digest goes on."""
    await world.reader(next_due_at=None)
    await world.post(ADA, "\u2063", "the second part")
    world.server.fail(answer=refusal("message text is empty"), method="sendMessage")
    await world.tick()
    await world.tick(HOUR)
    assert world.texts(ADA) == ["the second part"]
    assert len(world.tries(ADA)) == 2
    assert await world.states() == ["failed", "sent"]
    assert await world.stores.ledger.flaws() == {"empty": 1}


async def test_D24_over_100_entities(world: FaultWorld) -> None:
    """The strict server refuses what Telegram would cut without a word."""
    await world.reader(next_due_at=None)
    links = "\n".join(f'<a href="https://example.org/{n}">{n}</a>' for n in range(100))
    await world.post(ADA, links)
    await world.tick()
    assert len(world.server.sent(ADA)[0].entities) == 100
    more = links + '\n<a href="https://example.org/100">100</a>'
    await world.post(ADA, more, hour="07:00")
    world.refused_rightly.add(ADA)
    await world.tick()
    assert world.server.refused, "the server counts"
    assert len(world.texts(ADA)) == 2, "and what it refuses is told without marks"


async def test_D25_button_url(world: FaultWorld) -> None:
    """A message whose buttons are refused is sent without them."""
    await world.reader(next_due_at=None)
    await world.post(ADA, "<b>Trade</b>", keyboard=BUTTONS)
    world.server.fail(answer=refusal("BUTTON_URL_INVALID"), method="sendMessage")
    await world.tick()
    (message,) = world.server.sent(ADA)
    assert (message.text, message.labels) == ("Trade", ())
    assert message.entities, "its markup stays"
    assert await world.stores.ledger.flaws() == {"buttons": 1}


WORDS = st.one_of(st.text(max_size=70), st.integers())


@pytest.mark.parametrize("_", [pytest.param(None, id="D26_button_data")])
@given(action=st.text(max_size=20), words=st.lists(WORDS, max_size=4), target=st.integers())
def test_no_button_says_more_than_64_bytes(
    _: None, action: str, words: list[str | int], target: int
) -> None:
    try:
        data = callback.pack(action, *words, target=target)
    except ValueError:
        return
    assert len(data.encode()) <= 64
    assert callback.unpack(data) is not None


async def page(world: FaultWorld) -> None:
    """Ada has a page with buttons before her."""
    person = world.person()
    await person.send("/start")
    await world.settled()
    await person.press(world.server.sent(ADA)[-1], "Skip ›")
    await world.settled()


async def test_D27_not_modified(world: FaultWorld) -> None:
    """It is a success: nothing is edited or sent again."""
    words = (
        "message is not modified: specified new message content and reply markup are exactly the"
        " same as a current content and reply markup of the message"
    )
    world.server.fail(answer=refusal(words), method="editMessageText")
    await page(world)
    before = len(world.server.transcript)
    await world.settled()
    assert len(world.server.transcript) == before
    assert len(world.texts(ADA)) == 1, "it is a success: nothing is sent instead"


async def test_D28_edit_gone(world: FaultWorld) -> None:
    """A new message takes the place of the one that is gone, once."""
    world.server.fail(answer=refusal("message to edit not found"), method="editMessageText")
    await page(world)
    assert len(world.server.calls("editMessageText")) == 1
    assert len(world.texts(ADA)) == 2, "a new one takes its place, once"


async def test_D29_query_too_old(world: FaultWorld) -> None:
    """What a press asked for is done, once, though it can no longer be acknowledged."""
    words = "query is too old and response timeout expired or query ID is invalid"
    world.server.fail(answer=refusal(words), method="answerCallbackQuery")
    person = world.person()
    await person.send("/start")
    await world.settled()
    await person.press(world.server.sent(ADA)[-1], "Skip ›", patience=1.0)
    await world.settled()
    assert len(world.server.calls("answerCallbackQuery")) == 1
    assert len(world.server.calls("editMessageText")) == 1, "what was asked for is done, once"

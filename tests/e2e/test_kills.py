"""The program is killed between any two steps of several flows at once; each next press goes on."""

import pytest

from tests.attache_process import Stage
from tests.outlet_site import TITLE, WORD, site
from tests.telegram_server import Message, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def kill(stage: Stage) -> None:
    """A power cut, and the next start."""
    await stage.attache.kill()
    await stage.attache.start()


async def test_every_flow_goes_on_after_a_kill_between_any_two_steps(
    stage: Stage, ada: Person
) -> None:
    names = ("Bob", "Cleo", "Eve")
    bob, cleo, eve = (stage.server.user(7_000 + n, name) for n, name in enumerate(names))
    stage.attache.environment["ATTACHE_OWNERS"] = str(eve.id)
    stage.attache.environment["ATTACHE_ALLOW_PRIVATE"] = "127.0.0.0/8"
    await kill(stage)
    for person in (bob, cleo):
        await stage.set_up(person)
    async with site() as url:
        start = await stage.says(ada, "/start")
        offer = await stage.says(bob, f"{url}/feed.xml")
        question = await stage.says(cleo, "/deletemydata")
        preview = await stage.says(eve, "/broadcast The bot rests tonight.")

        await kill(stage)
        await stage.presses(ada, start, "Sanctions")
        assert TITLE in (await stage.presses(bob, offer, "Summarise once")).text
        assert "Deleted." in (await stage.presses(cleo, question, "Yes, delete everything")).text
        await stage.presses(eve, preview, preview.labels[0])

        await kill(stage)
        await stage.server.wait_for(lambda: told(stage, bob))
        await stage.presses(ada, start, "Next ›")
        added = await stage.presses(bob, offer, "Add as source")
        assert f"{WORD} Bulletin is read for you" in added.text

        await kill(stage)
        await stage.presses(ada, start, "18:00")
        own = await stage.presses(bob, added, "My own sources")

        await kill(stage)
        await stage.presses(ada, start, "Tokyo")
        press = await bob.press(own, "✕ 1")
        assert press.is_answered
        # A busy machine is late for the notice over the chat, which the page makes up for.
        assert not press.text or press.text.endswith("is removed.")
        await stage.server.wait_for(lambda: shows(stage, bob, "(0 of 20)"))

        await kill(stage)
        done = await stage.presses(ada, start, "Yes, that is right")
    assert "18:00 (Asia/Tokyo)" in done.text
    assert len(told(stage, bob)) == 1
    rows = "select count(*) from source where owner = ?"
    assert stage.attache.query(rows, bob.id) == [(0,)]
    assert stage.attache.query("select count(*) from chat where id = ?", cleo.id) == [(0,)]


def shows(stage: Stage, person: Person, words: str) -> bool:
    """Whether a message in the person's chat holds the words now."""
    return any(words in one.text for one in stage.server.sent(person))


def told(stage: Stage, person: Person) -> list[Message]:
    """What came of the message to all."""
    return [one for one in stage.server.sent(person) if one.text == "The bot rests tonight."]

"""What a reader brings is theirs alone, and survives whatever happens to the program."""

import sqlite3
from contextlib import closing

import pytest

from tests.attache_process import Stage
from tests.documents import docx
from tests.outlet_site import LINES, TITLE, WORD, site
from tests.telegram_server import Message, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

TABLES = (("source", "owner"), ("article", "owner"), ("offer", "chat"), ("chat", "id"))


async def uploads(stage: Stage, person: Person, name: str, data: bytes) -> Message:
    """What the bot answers to a file."""
    mark = len(stage.server.transcript)
    await person.send_document(name, data)
    return await stage.answer(mark, person.chat)


def dump(stage: Stage) -> str:
    """Everything that the database says in words."""
    with closing(sqlite3.connect(stage.attache.database)) as connection:
        return "\n".join(connection.iterdump())


async def test_an_own_source_is_read_for_its_reader_and_for_nobody_else(
    stage: Stage, ada: Person
) -> None:
    bob = stage.server.user(1000 + ada.id, "Bob")
    for person in (ada, bob):
        await stage.set_up(person)
    before = (await stage.says(bob, "/catchup 1d")).text
    async with site() as url:
        offered = await stage.says(ada, f"{url}/talks")
        refused = await stage.presses(ada, offered, "Summarise once")
        assert "public web addresses only" in refused.text  # the guard holds

        await stage.attache.stop()
        stage.attache.environment["ATTACHE_ALLOW_PRIVATE"] = "127.0.0.0/8"
        await stage.attache.start()
        once = await stage.presses(ada, offered, "Summarise once")
        assert f"“{LINES[0]}”" in once.text
        assert set(once.links) == {f"{url}/talks"}
        assert WORD not in dump(stage).replace(f"{url}/talks", "")
        added = await stage.says(ada, f"/add {url}")
        assert f"{WORD} Bulletin is read for you from now on" in added.text

        await stage.attache.kill()
        await stage.attache.start()  # its first tick reads what is due
        read = "select count(*) from article where owner = ?"
        await stage.server.wait_for(lambda: stage.attache.query(read, ada.id) == [(1,)])

    assert TITLE in (await stage.says(ada, f"/search {WORD}")).text
    assert WORD in (await stage.says(ada, "/catchup 1d")).text
    for command in (f"/search {WORD}", f"/quotes {WORD}", "/brief IR", "/ahead", "/sources"):
        assert f"{WORD} B" not in (await stage.says(bob, command)).text
        assert TITLE not in (await stage.says(bob, command)).text
    after = (await stage.says(bob, "/catchup 1d")).text
    assert after.splitlines()[2:] == before.splitlines()[2:]  # below the hour
    for words in (("articles", "--json"), ("digest", "--format", "json"), ("sources", "list")):
        assert WORD not in (await stage.attache.command(*words)).stdout


async def test_all_of_it_goes_when_the_reader_says_so(stage: Stage, ada: Person) -> None:
    await stage.set_up(ada)
    told = await uploads(stage, ada, "bulletin.docx", docx("Rumours of Pecangate", *LINES))
    assert f"“{LINES[0]}”" in told.text
    assert all("?start=a_" in link for link in told.links)
    proof = await stage.says(ada, f"/start {told.links[-1].partition('start=')[2]}")
    assert "from the file bulletin.docx" in proof.text or "bulletin.docx" in proof.text
    await stage.says(ada, "https://pecangate.example/feed")
    assert "Pecangate" in dump(stage)

    question = await stage.says(ada, "/deletemydata")
    await stage.presses(ada, question, "Yes, delete everything")

    for table, column in TABLES:
        statement = f"select count(*) from {table} where {column} = ?"
        assert stage.attache.query(statement, ada.id) == [(0,)], table
    assert "pecangate" not in dump(stage).lower()

"""A reader in private, from the first word to the last."""

import pytest

from tests.attache_process import Stage
from tests.telegram_server import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

TABLES = (("chat", "id"), ("slot", "chat"), ("shown", "chat"))


async def test_buttons_alone_lead_to_the_next_digest(stage: Stage, ada: Person) -> None:
    topics = await stage.says(ada, "/start")
    assert "nothing is sent before you have finished" in topics.text
    when = await stage.taps(ada, topics, "Arms control", "🌍 Europe", "Next ›")
    where = await stage.taps(ada, when, "Mon–Fri", "Another hour", "09", "09:15")
    right = await stage.presses(ada, where, "Nairobi")
    assert "(Africa/Nairobi)" in right.text
    done = await stage.presses(ada, right, "Yes, that is right")
    assert "Next digest" in done.text
    assert "09:15 (Africa/Nairobi)" in done.text
    assert len(stage.server.sent(ada)) == 1  # one message, edited in place


async def test_a_preview_shows_the_last_day_and_cites_each_sentence(
    stage: Stage, ada: Person
) -> None:
    done = await stage.set_up(ada)
    preview = await stage.presses(ada, done, "Show a preview now")
    assert "Nuclear inspectors return to Iran's Isfahan site" in preview.text
    assert "“Kenya recalled its ambassador from Sudan on Monday" in preview.text
    assert preview.links


async def test_words_before_the_first_start_are_answered_too(stage: Stage, ada: Person) -> None:
    assert "/start" in (await stage.says(ada, "hello")).text


async def test_countries_and_a_city_can_be_typed(stage: Stage, ada: Person) -> None:
    await stage.says(ada, "/start")
    topics = await stage.says(ada, "Ukraine, Atlantis")
    assert "Now: Ukraine" in topics.text
    assert "“Atlantis”" in topics.text
    await stage.presses(ada, topics, "Next ›")
    where = await stage.says(ada, "06:45 mon-fri")
    assert "Where are you?" in where.text
    right = await stage.says(ada, "Lausanne")
    done = await stage.presses(ada, right, "Yes, that is right")
    assert "06:45 (Europe/Zurich)" in done.text


async def test_a_digest_comes_on_request(stage: Stage, ada: Person) -> None:
    await stage.set_up(ada)
    digest = await stage.says(ada, "/digest")
    assert digest.text.startswith("🕊 Attaché · ")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/why 1", "No digest has been sent here yet"),
        ("/search Isfahan", "Nuclear inspectors return"),
        ("Svalbard", "Court in The Hague"),
        ("/settings", "Next digest"),
        ("/topics", "What shall I watch?"),
        ("/schedule", "When shall it come?"),
        ("/timezone", "Now: London (Europe/London)"),
        ("/sources", "No source is read yet"),
        ("/help", "/deletemydata"),
        ("/privacy", "What is kept"),
        ("/nonsense", "/help"),
    ],
)
async def test_each_command_is_answered(
    stage: Stage, ada: Person, command: str, answer: str
) -> None:
    await stage.set_up(ada)
    reply = await stage.says(ada, command)
    assert answer in reply.text


async def test_stop_pauses_and_resume_goes_on(stage: Stage, ada: Person) -> None:
    await stage.set_up(ada)
    paused = await stage.says(ada, "/stop")
    assert paused.text.startswith("Paused.")
    assert "Paused" in (await stage.says(ada, "/settings")).text
    assert "Next digest" in (await stage.presses(ada, paused, "▶️ Resume")).text


async def test_deletemydata_leaves_nothing_in_the_database(stage: Stage, ada: Person) -> None:
    await stage.set_up(ada)
    question = await stage.says(ada, "/deletemydata")
    assert "Deleted." in (await stage.presses(ada, question, "Yes, delete everything")).text
    for table, column in TABLES:
        statement = f"select count(*) from {table} where {column} = ?"
        assert stage.attache.query(statement, ada.id) == [(0,)], table


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_the_next_tap_goes_on_after_a_restart(stage: Stage, ada: Person, end: str) -> None:
    topics = await stage.says(ada, "/start")
    when = await stage.taps(ada, topics, "Sanctions", "Next ›")
    await getattr(stage.attache, end)()
    await stage.attache.start()
    where = await stage.presses(ada, when, "18:00")
    done = await stage.taps(ada, where, "Tokyo", "Yes, that is right")
    assert "18:00 (Asia/Tokyo)" in done.text
    assert "Topics: Sanctions" in (await stage.says(ada, "/settings")).labels

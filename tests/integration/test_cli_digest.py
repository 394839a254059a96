"""Digests by command: of the database, for a chat, of a folder and of the bundled sample."""

import asyncio
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.run import wiring
from digest.model.chats import Chat, Wish
from digest.model.delivery import Queued, Slot
from digest.model.messages import Message
from digest.relate.novelty import trace
from tests.command_line import SEEN, TALKS, Attache, is_sentence

pytestmark = pytest.mark.usefixtures("loggers_as_before")


DAY = ("--since", "2026-02-10", "--until", "2026-02-11")


def test_a_digest_holds_sentences_word_for_word(attache: Attache, folder: Path) -> None:
    attache("ingest", folder, *SEEN)

    result = attache("digest", *DAY, "--format", "json")

    found = result.json
    texts = {a["id"]: a["text"] for a in attache("articles", "--json").json}
    assert (found["articles_read"], found["stories_seen"]) == (2, 2)
    assert (found["start"], found["zone"]) == ("2026-02-10T00:00:00+00:00", "UTC")
    sentences = [s for story in found["stories"] for s in story["sentences"]]
    assert len(sentences) >= 4
    for sentence in sentences:
        assert texts[sentence["article"]][sentence["start"] : sentence["end"]] == sentence["text"]


def test_a_digest_has_four_forms(attache: Attache, folder: Path) -> None:
    attache("ingest", folder, *SEEN)

    plain = attache("digest", *DAY).out
    html = attache("digest", *DAY, "--format", "html").out
    markdown = attache("digest", *DAY, "--format", "markdown", "--zone", "Europe/Zurich").out

    assert "🕊 Attaché · Wed 11 Feb · 00:00" in plain
    assert "▎ “Delegations from Turkey and Ukraine met" in plain
    assert "<b>Attaché</b>" in html
    assert "<blockquote>" in html
    assert "**Attaché** · Wed 11 Feb · 00:00 Zurich" in markdown
    assert "> “Delegations" in markdown


def test_topics_and_countries_choose(attache: Attache, folder: Path) -> None:
    attache("ingest", folder, *SEEN)

    by_topic = attache("digest", *DAY, "--topics", "european-union", "--format", "json").json
    by_country = attache("digest", *DAY, "--countries", "UA,TR", "--format", "json").json

    assert [s["headline"] for s in by_topic["stories"]] == [
        "European Union extends sanctions against Russia"
    ]
    assert [s["headline"] for s in by_country["stories"]] == [
        "Turkey and Ukraine resume grain talks in Ankara"
    ]


def test_a_digest_without_dates_is_of_the_last_24_hours(attache: Attache, folder: Path) -> None:
    (folder / "talks.txt").write_text(f"Turkey and Ukraine resume grain talks\n\n{TALKS}\n")
    attache("ingest", folder / "talks.txt")

    assert attache("digest", "--format", "json").json["articles_read"] == 1


def test_a_quiet_digest_is_no_failure(attache: Attache) -> None:
    result = attache("digest", "--minutes", "1")

    assert result.code == 0
    assert "There is no new story" in result.out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--topics", "gardening"), "'gardening' is no topic"),
        (("--countries", "Atlantis"), "'Atlantis' is no country"),
        (("--zone", "Atlantis"), "'Atlantis' is no time zone"),
        (("--since", "yesterday"), "'yesterday' is no time"),
        (("--until", "2026-13-01"), "'2026-13-01' is no time"),
        (("--until", "0001-01-01"), "see its year"),
        (("--since", ""), "'' is no time"),
        (("--until", ""), "'' is no time"),
        (("--chat", "9223372036854775808"), "9223372036854775808 is the id of no chat"),
        (("--chat=-9223372036854775809",), "-9223372036854775809 is the id of no chat"),
        (("--since", "2026-02-11", "--until", "2026-02-10"), "--since must be before --until"),
        (("--minutes", "4"), "--minutes is 1, 3 or 5, not 4"),
        (("--format", "pdf"), "--format is one of text, html, markdown, json, not 'pdf'"),
    ],
)
def test_what_no_digest_can_be_of_is_refused(
    attache: Attache, words: tuple[str, ...], reason: str
) -> None:
    result = attache("digest", *words)

    assert (result.code, result.out) == (2, "")
    assert is_sentence(result.err)
    assert reason in result.err


def subscribe(wish: Wish, shown: str = "", *, thread: int = 0) -> None:
    """Store a chat, and a digest that has shown it a sentence of the first story."""

    async def store() -> None:
        async with wiring.open_stores(os.environ["ATTACHE_DATABASE_URL"]) as stores:
            chat = await stores.chats.save(Chat(id=5, thread=thread, wish=wish, active=True))
            if shown:
                await stores.ledger.enqueue([_shown(chat, shown)])

    asyncio.run(store())


def _shown(chat: Chat, sentence: str) -> Queued:
    now = datetime(2026, 2, 9, 7, 30, tzinfo=UTC)
    (story,) = (1,)
    return Queued(
        slot=Slot(chat.id, chat.thread, date(2026, 2, 9), "07:30", now),
        messages=(Message("a digest"),),
        digest="{}",
        shown_stories=(story,),  # type: ignore[arg-type]
        shown_sentences=(trace(sentence),),
        covered_until=now,
        next_due_at=None,
        chat_version=chat.version,
    )


def test_a_digest_for_a_chat_is_of_its_wish(attache: Attache, folder: Path) -> None:
    attache("ingest", folder, *SEEN)
    subscribe(Wish(topics=frozenset({"european-union"}), muted=frozenset({"grain"})))

    own = attache("digest", *DAY, "--chat", 5, "--format", "json").json
    asked = attache("digest", *DAY, "--chat", 5, "--countries", "UA", "--format", "json").json
    short = attache("digest", *DAY, "--chat", 5, "--minutes", 1).out

    assert [s["topics"][0] for s in own["stories"]] == ["european-union"]
    assert asked["stories"] == []
    assert "· 1 min" in short


@pytest.mark.parametrize("thread", [0, 12])
def test_a_digest_for_a_chat_repeats_nothing(attache: Attache, folder: Path, thread: int) -> None:
    attache("ingest", folder / "talks.txt", *SEEN)
    first = TALKS.split(". ")[0] + "."
    subscribe(Wish(), shown=first, thread=thread)

    known = attache("digest", *DAY, "--chat", 5, "--format", "json").json["stories"]
    fresh = attache("digest", *DAY, "--format", "json").json["stories"]

    assert first in {s["text"] for s in fresh[0]["sentences"]}
    assert first not in {s["text"] for s in known[0]["sentences"]}
    assert (fresh[0]["status"], known[0]["status"]) == ("new", "continuing")


def test_a_digest_for_a_chat_moves_no_cursor(attache: Attache, folder: Path) -> None:
    attache("ingest", folder, *SEEN)
    subscribe(Wish())

    once, twice = (attache("digest", *DAY, "--chat", 5).out for _ in range(2))

    assert once == twice


def test_demo_of_a_folder_shows_its_last_day(attache: Attache, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "empty.txt").touch()
    (folder / "talks.txt").write_text(
        f"Turkey and Ukraine resume grain talks\n8 February 2026\n\n{TALKS}\n"
    )

    result = attache("demo", folder)

    assert result.code == 0
    assert "🕊 Attaché · Mon 9 Feb · 22:00 Zurich" in result.out
    assert "European Union extends sanctions against Russia" in result.out
    assert "picture.png: skipped, is of an unknown kind (.png)" in result.err
    assert "\nempty.txt is empty.\n" in f"\n{result.err}"


def test_demo_shows_what_has_no_date_with_the_last_day(attache: Attache, folder: Path) -> None:
    (folder / "talks.txt").write_text(f"Turkey and Ukraine resume grain talks\n\n{TALKS}\n")

    result = attache("demo", folder)

    assert "🕊 Attaché · Mon 9 Feb · 22:00 Zurich" in result.out
    assert "European Union extends sanctions against Russia" in result.out
    assert "Turkey and Ukraine resume grain talks" in result.out


def test_demo_shows_what_has_no_date_on_the_day_of_a_post_in_it(
    attache: Attache, folder: Path
) -> None:
    post = "— MFA Turkey (@mfa_turkey) February 10, 2026"
    first, *rest = TALKS.split(". ")
    text = f"Turkey and Ukraine resume grain talks\n\n{first}.\n{post}\n\n{'. '.join(rest)}\n"
    (folder / "talks.txt").write_text(text)

    result = attache("demo", folder)

    assert "🕊 Attaché · Tue 10 Feb · 22:00 Zurich" in result.out
    assert "Turkey and Ukraine resume grain talks" in result.out
    assert "European Union extends sanctions against Russia" not in result.out


def test_demo_of_the_sample_is_a_full_digest(attache: Attache) -> None:
    result = attache("demo")

    assert result.code == 0
    assert "🕊 Attaché · Mon 29 Oct · 22:00 Zurich" in result.out
    assert "IN BRIEF" in result.out
    assert "🔄 Day" in result.out
    assert result.out.count("▎ ") >= 6


def test_demo_leaves_no_file_behind(attache: Attache, folder: Path, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    attache("demo", folder)

    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["missing", "x" * 300])
def test_demo_of_a_folder_that_is_not_there_is_refused(attache: Attache, name: str) -> None:
    result = attache("demo", name)

    assert (result.code, result.out) == (1, "")
    assert is_sentence(result.err)


def test_demo_of_an_empty_folder_is_refused(attache: Attache, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = attache("demo", empty)

    assert (result.code, result.err) == (1, f"attache: {empty} holds no article\n")

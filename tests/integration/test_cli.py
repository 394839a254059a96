"""The command line as people and scripts use it: data, exit codes, and one sentence for what is wrong."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
import typer

from bot import cli
from bot.operate.sources import checked
from bot.run import serve, wiring
from bot.settings import Settings
from digest.errors import BotRefused, SourceError, Unreachable
from digest.model.chats import Chat, Wish
from digest.model.delivery import Queued, Slot
from digest.model.gathered import Fetched
from digest.model.messages import Message
from digest.model.sources import NewSource, Outlet, Source, SourceId, SourceOutcome
from digest.relate.novelty import trace
from storage import upkeep
from tests.command_line import Attache
from tests.fakes import FakeClock, FakeFetcher, FakeParser
from tests.patience import PATIENCE
from tests.telegram_server import TelegramServer
from tests.telegram_server import serve as serve_telegram

pytestmark = pytest.mark.usefixtures("loggers_as_before")

TALKS = (
    "Delegations from Turkey and Ukraine met in Ankara on Monday to discuss the grain corridor. "
    "The Foreign Ministry of Turkey said the talks would continue for three more days this week. "
    "Insurance for vessels in the Black Sea remains the main open point, two officials said. "
    "Forty ships are waiting off Odesa for an inspection of their cargo."
)
SANCTIONS = (
    "The European Union extended its sanctions against Russia on Monday for another six months. "
    "Foreign ministers of the European Union agreed on the extension at a meeting in Brussels. "
    "The sanctions freeze the assets of more than two thousand people and companies from Russia."
)
DAY = ("--since", "2026-02-10", "--until", "2026-02-11")
SEEN = ("--first-seen", "2026-02-10T12:00Z")


on_a_file = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles on two stories."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, title, text in (
        ("talks", "Turkey and Ukraine resume grain talks in Ankara", TALKS),
        ("sanctions", "European Union extends sanctions against Russia", SANCTIONS),
    ):
        (folder / f"{name}.txt").write_text(
            f"{title}\nBy Ada Lovelace\n9 February 2026\n\n{text}\n"
        )
    return folder


PROGRAM = typer.main.get_command(cli.app)


def commands(program: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """The words of every command; a group has commands itself."""
    for name, command in program.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *path, name)
        else:
            yield (*path, name)


def is_sentence(err: str) -> bool:
    return err.startswith("attache: ") and err.count("\n") == 1


# --- help and usage -------------------------------------------------------------------------


@pytest.mark.parametrize("words", tuple(commands(PROGRAM)), ids=" ".join)
def test_every_command_has_help_with_an_example(attache: Attache, words: tuple[str, ...]) -> None:
    result = attache(*words, "--help")

    assert result.code == 0
    assert f"attache {' '.join(words)}" in " ".join(result.out.split("Example:")[1].split())
    assert result.err == ""


def test_help_is_there_before_anything_reads_settings() -> None:
    code = "import sys, bot.cli; print('pydantic' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "False\n"


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("ingest",),
        ("digest", "--chat", "many"),
        ("digest", "--nonsense"),
        ("engine", "tag"),
        ("engine", "summarise", "a", "b", "--sentences", "0"),
        ("sources", "add"),
        ("db",),
    ],
)
def test_wrong_usage_ends_with_2(attache: Attache, words: tuple[str, ...]) -> None:
    result = attache(*words)

    assert result.code == 2
    assert "Usage: " in result.err + result.out


# --- ingest and articles --------------------------------------------------------------------


def test_ingest_says_one_line_and_count_per_source(attache: Attache, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG")

    result = attache("ingest", folder, *SEEN)

    assert result.code == 0
    assert result.out.splitlines() == [
        f"{folder / 'picture.png'}: skipped, is of an unknown kind (.png)",
        "sanctions.txt: 1 new",
        "talks.txt: 1 new",
        "in all: 2 new",
    ]
    assert result.err == ""


def test_a_second_ingest_adds_nothing(attache: Attache, folder: Path) -> None:
    attache("ingest", folder, *SEEN)

    result = attache("ingest", folder, *SEEN)

    assert result.code == 0
    assert result.out.splitlines()[-1] == "in all: 2 known"
    assert len(attache("articles").out.splitlines()) == 2


def test_articles_are_printed_some_at_a_time(
    attache: Attache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attache("ingest", folder, *SEEN)
    listed, printed = attache("articles").out, attache("articles", "--json").out

    monkeypatch.setattr("bot.operate.database._AT_ONCE", 1)

    assert len(listed.splitlines()) == 2
    assert attache("articles").out == listed
    assert attache("articles", "--json").out == printed
    assert printed == json.dumps(json.loads(printed), ensure_ascii=False, indent=2) + "\n"


def test_ingest_of_one_file_needs_no_sum(attache: Attache, folder: Path) -> None:
    assert attache("ingest", folder / "talks.txt").out == "talks.txt: 1 new\n"


@on_a_file
def test_ingest_beside_what_runs_on_the_file_leaves_placing_to_it(
    attache: Attache, folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operate.database._LOOKS", 1)
    with wiring.only_here(database_url):
        result = attache("ingest", folder, *SEEN)
        found = attache("articles", "--json").json

    assert (result.code, result.out.splitlines()[-1]) == (0, "in all: 2 new")
    assert result.err == "2 articles wait for what runs on this database to place them\n"
    assert [article["story"] for article in found] == [None, None]

    assert attache("ingest", folder / "talks.txt", *SEEN).err == ""
    assert None not in [article["story"] for article in attache("articles", "--json").json]


@on_a_file
def test_ingest_places_what_is_left_when_that_has_ended(
    attache: Attache, folder: Path, database_url: str
) -> None:
    with ExitStack() as held:
        held.enter_context(wiring.only_here(database_url))
        ends = threading.Timer(2.0, held.close)
        ends.start()
        assert attache("ingest", folder, *SEEN).err == ""
        ends.join()
    assert None not in [article["story"] for article in attache("articles", "--json").json]


def test_ingest_as_json_is_one_document(attache: Attache, folder: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "picture.png").write_bytes(b"\x89PNG")

    result = attache("ingest", folder, "--json")

    assert result.code == 1
    assert result.json == {
        "sources": [
            {
                "source": "empty.txt",
                "new": 0,
                "revised": 0,
                "known": 0,
                "failed": 1,
                "error": "empty.txt is empty.",
            },
            {"source": str(folder / "picture.png"), "skipped": "is of an unknown kind (.png)"},
            {
                "source": "sanctions.txt",
                "new": 1,
                "revised": 0,
                "known": 0,
                "failed": 0,
                "error": None,
            },
            {"source": "talks.txt", "new": 1, "revised": 0, "known": 0, "failed": 0, "error": None},
        ],
        "new": 2,
        "revised": 0,
        "known": 0,
        "failed": 1,
    }


def test_what_failed_is_named_and_hurts_nothing_beside_it(attache: Attache, folder: Path) -> None:
    result = attache("ingest", folder / "missing.txt", folder)

    assert result.code == 1
    assert result.out.splitlines() == [
        f"{folder / 'missing.txt'} does not exist.",
        "sanctions.txt: 1 new",
        "talks.txt: 1 new",
        "in all: 2 new, 1 failed",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"404 Not Found\n", "is no article"),
        (b"\x00\x01\x02" * 100, "is binary, not text"),
        (os.urandom(1) + bytes(range(128, 160)) * 40, ""),
    ],
)
def test_a_file_without_an_article_is_told_in_one_sentence(
    attache: Attache, tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "odd.txt").write_bytes(content)

    result = attache("ingest", "odd.txt")

    assert result.code == 1
    assert result.out.startswith("odd.txt")
    assert reason in result.out
    assert result.out.count("\n") == 1


def test_a_text_in_another_encoding_is_read(attache: Attache, tmp_path: Path) -> None:
    text = "Хельсинки высылает двух атташе посольства России\n\n" + (
        "Финляндия в понедельник выслала двух военных атташе посольства России в Хельсинки. "
        "Министерство иностранных дел дало обоим неделю на то, чтобы покинуть страну."
    )
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))

    assert attache("ingest", "a.txt").out == "a.txt: 1 new\n"
    (article,) = attache("articles", "--json").json
    assert article["language"] == "ru"
    assert "Министерство" in article["text"]


def test_a_file_of_100_mb_is_refused_at_once(attache: Attache, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)  # sparse: nothing is written

    result = attache("ingest", "huge.txt")

    assert (result.code, result.out) == (
        1,
        "huge.txt is too large: 105 MB, and at most 21 MB are read.\n",
    )


@pytest.mark.parametrize("place", ["HTTP://127.0.0.1:9/feed.xml", "ftp://paper.example/feed.xml"])
def test_an_address_is_no_file_whatever_its_scheme(attache: Attache, place: str) -> None:
    result = attache("ingest", place)

    assert result.code == 1
    assert "does not exist" not in result.out


def test_an_address_that_does_not_answer_is_a_failure(attache: Attache) -> None:
    result = attache("ingest", "http://127.0.0.1:9/feed.xml")

    assert result.code == 1
    assert result.out.startswith("http://127.0.0.1:9/feed.xml")
    assert result.out.count("\n") == 1


def test_articles_are_listed_with_their_day(attache: Attache, folder: Path) -> None:
    (folder / "talks.txt").write_text(f"Turkey and Ukraine resume grain talks\n\n{TALKS}\n")
    attache("ingest", folder, *SEEN)

    assert attache("articles").out.splitlines() == [
        "     1  2026-02-09  European Union extends sanctions against Russia  [sanctions.txt]",
        "     2  undated     Turkey and Ukraine resume grain talks  [talks.txt]",
    ]


def test_articles_as_json_follow_the_contract(attache: Attache, folder: Path) -> None:
    attache("ingest", folder / "talks.txt", *SEEN)

    (article,) = attache("articles", "--json").json

    assert article["title"] == "Turkey and Ukraine resume grain talks in Ankara"
    assert article["byline"] == "Ada Lovelace"
    assert article["published_at"].startswith("2026-02-09")
    assert article["first_seen_at"] == "2026-02-10T12:00:00+00:00"
    assert (article["url"], article["outlet"]) == (None, None)
    assert article["text"] == TALKS
    assert article["countries"][:2] == ["TR", "UA"]


def test_no_articles_are_an_empty_list(attache: Attache) -> None:
    assert attache("articles", "--json").json == []
    assert attache("articles").out == ""


def test_a_time_that_is_none_is_refused(attache: Attache, folder: Path) -> None:
    result = attache("ingest", folder, "--first-seen", "noon")

    assert result.code == 2
    assert result.err == (
        "attache: 'noon' is no time; write it as 2026-02-10T12:00Z or 2026-02-10\n"
    )


# --- digest ---------------------------------------------------------------------------------


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


# --- demo -----------------------------------------------------------------------------------


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


# --- engine ---------------------------------------------------------------------------------


def test_engine_reads_rows_and_writes_rows(attache: Attache, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "file": "talks.txt"}\n')

    result = attache("engine", "article", "in.jsonl", "-", "--root", folder)

    assert result.code == 0
    assert json.loads(result.out)["title"] == "Turkey and Ukraine resume grain talks in Ankara"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("ingest", "missing"), "missing does not exist."),
        (("sources", "import", "missing"), "missing does not exist."),
        (("chats", "import", "missing"), "missing cannot be read"),
        (("demo", "missing"), "missing does not exist."),
        (("engine", "tag", "missing", "-"), "missing cannot be read"),
        (("engine", "tag", "in.jsonl", "no/out.jsonl"), "no/out.jsonl cannot be written"),
        (("digest", "--chat", "5"), "chat 5 is not subscribed"),
        (("sources", "remove", "https://paper.example/feed"), "is not among the sources"),
    ],
)
def test_what_is_asked_rightly_and_is_not_there_ends_with_1(
    attache: Attache, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "in.jsonl").write_text("")
    attache("db", "upgrade")

    result = attache(*words)

    assert result.code == 1
    assert reason in result.out + result.err


def test_engine_names_the_lines_it_skips(attache: Attache, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{\n{"id": 1, "text": "Ankara."}\n')

    result = attache("engine", "tag", "in.jsonl", "-")

    assert result.code == 1
    assert result.err == "line 1 skipped: it is no JSON\n"
    assert json.loads(result.out)["id"] == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("dream", "in.jsonl", "-"), "is no part of the engine"),
        (("tag", "in.jsonl", "in.jsonl"), "in.jsonl is both IN and OUT"),
        (("summarise", "in.jsonl", "-", "--method", "magic"), "'magic' is no method"),
        (("summarise", "in.jsonl", "-", "--method", "lead", "--words", "9"), "--method"),
        (("summarise", "in.jsonl", "-", "--sentences", "2", "--words", "9"), "--sentences"),
        (("relate", "in.jsonl", "-", "--mode", "backwards"), "'backwards' is no mode"),
    ],
)
def test_engine_refuses_what_it_cannot_do(
    attache: Attache, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "Ankara."}\n')

    result = attache("engine", *words)

    assert (result.code, result.out) == (2, "")
    assert is_sentence(result.err)
    assert reason in result.err


# --- sources --------------------------------------------------------------------------------


def test_sources_are_added_listed_and_removed(attache: Attache) -> None:
    added = attache("sources", "add", "HTTPS://Paper.example/feed.xml#top")
    assert (added.code, added.out) == (
        0,
        "https://paper.example/feed.xml is read from now on, as paper.example\n",
    )

    assert attache("sources", "list").out.split(maxsplit=2) == [
        "paper.example",
        "https://paper.example/feed.xml",
        "not fetched yet\n",
    ]
    assert attache("sources", "list", "--json").json == [
        {
            "url": "https://paper.example/feed.xml",
            "name": "paper.example",
            "country": None,
            "enabled": True,
            "failures": 0,
            "last_ok_at": None,
            "last_error": None,
            "state": "new",
            "newest_at": None,
            "moved_from": None,
        }
    ]

    assert attache("sources", "remove", "https://paper.example/feed.xml").code == 0
    assert attache("sources", "list").out == ""


def test_a_source_is_added_once(attache: Attache) -> None:
    attache("sources", "add", "https://paper.example/feed.xml")

    result = attache("sources", "add", "https://paper.example/feed.xml")

    assert result.code == 1
    assert is_sentence(result.err)


def test_a_source_is_known_however_its_address_is_spelt(attache: Attache, tmp_path: Path) -> None:
    attache("sources", "add", "https://paper.example/feed/")
    assert "https://paper.example/feed/" in attache("sources", "list").out

    assert attache("sources", "add", "https://paper.example/feed").code == 1
    (tmp_path / "feeds.opml").write_text(OPML.replace("/feed.xml", "/feed?"))
    assert attache("sources", "import", "feeds.opml").out == "feeds.opml: 1 added, 1 known\n"
    assert attache("sources", "remove", "https://paper.example/feed").code == 0
    assert "paper" not in attache("sources", "list").out


def test_a_source_that_is_known_by_its_host_has_its_name(attache: Attache) -> None:
    assert attache("sources", "add", "https://www.state.gov/other.xml").out.endswith("\n")


def test_what_is_no_address_is_no_source(attache: Attache) -> None:
    result = attache("sources", "add", "my feed")

    assert result.code == 2
    assert is_sentence(result.err)


def test_a_source_that_is_not_there_cannot_be_removed(attache: Attache) -> None:
    result = attache("sources", "remove", "https://paper.example/feed.xml")

    assert result.code == 1
    assert "is not among the sources; see: attache sources list" in result.err


def test_feeds_that_answer_now_are_not_unread_in_a_digest_of_tomorrow(attache: Attache) -> None:
    now = datetime.now(UTC)
    check("https://paper.example/feed.xml", now)

    until = (now + timedelta(days=1)).isoformat()
    assert attache("digest", "--until", until, "--format", "json").json["warnings"] == []


def check(url: str, now: datetime, error: str | None = None) -> None:
    """Store a source as it was checked then."""

    async def store() -> None:
        async with wiring.open_stores(os.environ["ATTACHE_DATABASE_URL"]) as stores:
            source = await stores.sources.add(
                NewSource(url=url, outlet=Outlet("The Feed")), now=now
            )
            outcome = SourceOutcome(
                source=source.id, checked_at=now, next_check_at=now, error=error
            )
            await stores.intake().take((), seen_at=now, outcome=outcome)

    asyncio.run(store())


def test_a_source_that_fails_says_why(attache: Attache) -> None:
    now = datetime(2026, 2, 10, tzinfo=UTC)
    check("https://paper.example/feed.xml", now, "it answered 403")

    assert attache("sources", "list").out.rstrip().endswith("it answered 403")


OPML = """<opml version="2.0"><body><outline text="The Paper" xmlUrl="https://paper.example/feed.xml"/>
<outline text="Gazette" xmlUrl="https://gazette.example/feed.xml"/></body></opml>"""


def test_a_list_of_feeds_comes_in_and_goes_out(attache: Attache, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML)
    attache("sources", "add", "https://paper.example/feed.xml")

    assert attache("sources", "import", "feeds.opml").out == "feeds.opml: 1 added, 1 known\n"
    (tmp_path / "out.opml").write_text(attache("sources", "export").out)
    assert attache("sources", "import", "out.opml").out == "out.opml: 0 added, 2 known\n"


@pytest.mark.parametrize("content", ["<rss></rss>", None])
def test_what_is_no_list_of_feeds_is_refused(
    attache: Attache, tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "feeds.opml").write_text(content)
    result = attache("sources", "import", "feeds.opml")

    assert result.code == 1
    assert is_sentence(result.err)


def test_a_dead_network_is_told_once(
    attache: Attache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_ALLOW_PRIVATE", "127.0.0.0/8")
    feeds = (f'<outline xmlUrl="http://127.0.0.{number}:9/rss"/>' for number in range(1, 21))
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{''.join(feeds)}</body></opml>")
    attache("sources", "import", "feeds.opml")
    result = attache("sources", "check")

    assert (result.code, result.out) == (1, "")
    assert is_sentence(result.err)


def test_a_check_says_a_line_for_each_feed(attache: Attache) -> None:
    attache("sources", "add", "http://127.0.0.1:9/feed.xml")  # private, so it may not be reached

    result = attache("sources", "check")

    assert result.code == 1
    assert result.out.startswith("FAIL  127.0.0.1: ")
    assert result.out.endswith("in all: 0 ok, 1 failed\n")
    (row,) = attache("sources", "check", "--json").json
    assert (row["ok"], row["entries"], row["name"]) == (False, 0, "127.0.0.1")


def test_without_sources_there_is_nothing_to_check(attache: Attache) -> None:
    assert attache("sources", "check").out == ""
    assert attache("sources", "check", "--json").json == []


async def test_each_feed_is_fetched_once_and_said_how_it_stands() -> None:
    bodies = {
        "https://a.example/feed": b"<rss><channel><item><title>x</title></item></channel></rss>"
        + b"<!-- -->" * 30,
        "https://b.example/feed": b"<html><body>no feed</body></html>" + b"<!-- -->" * 30,
        "https://d.example/feed": b"<rss/>",
        "https://e.example/feed": b"<html><link rel=alternate type=application/rss+xml href=/rss>"
        + b"<!-- -->" * 30,
        "https://e.example/rss": b"<rss><channel><item><title>x</title></item></channel></rss>",
    }
    pages: dict[str, Fetched | SourceError] = {
        url: Fetched(url=url, final_url=url, status=200, body=body) for url, body in bodies.items()
    }
    sources = [
        Source(id=SourceId(number), url=f"https://{name}.example/feed", outlet=Outlet(name))
        for number, name in enumerate("abcdefghijklmnopqrst")
    ]
    clock, fetcher = FakeClock(datetime(2026, 2, 10, tzinfo=UTC)), FakeFetcher(pages)

    found = [
        one async for one in checked(sources, fetcher=fetcher, parser=FakeParser(), clock=clock)
    ]

    urls = [*(source.url for source in sources), "https://e.example/rss"]
    assert sorted(fetcher.asked) == sorted(urls)
    by_name = {one.source.outlet.name: one for one in found}
    assert (by_name["a"].entries, by_name["a"].error) == (1, None)
    assert "is a web page, not a feed" in str(by_name["b"].error)
    assert "does not answer" in str(by_name["c"].error)
    assert "empty body" in str(by_name["d"].error), "as where it is read"
    assert str(by_name["e"].error).endswith("not a feed; its feed is https://e.example/rss")


class SlowFetcher(FakeFetcher):
    """Lets others go on before it answers, as a network does."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        await asyncio.sleep(0)
        return await super().fetch(url, etag=etag, last_modified=last_modified)


async def test_a_network_that_is_not_there_is_asked_no_further() -> None:
    sources = [
        Source(id=SourceId(number), url=f"https://{number}.example/feed", outlet=Outlet("x"))
        for number in range(112)
    ]
    clock, fetcher = FakeClock(datetime(2026, 2, 10, tzinfo=UTC)), SlowFetcher({})

    with pytest.raises(Unreachable, match="none of 30 feeds could be reached"):
        [one async for one in checked(sources, fetcher=fetcher, parser=FakeParser(), clock=clock)]

    assert len(fetcher.asked) < 112


# --- database -------------------------------------------------------------------------------


@on_a_file
def test_a_database_is_made_checked_and_copied(attache: Attache, tmp_path: Path) -> None:
    assert attache("db", "upgrade").out == "the database is up to date\n"
    assert attache("db", "check").out == "the database is sound\n"
    assert attache("db", "backup", "copy.db").out == "copied to copy.db\n"

    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM article").fetchone() == (0,)


def test_everything_in_a_file_is_moved_to_a_server_only(attache: Attache, folder: Path) -> None:
    target = os.environ["ATTACHE_DATABASE_URL"]
    os.environ["ATTACHE_DATABASE_URL"] = source = "sqlite+aiosqlite:///old.db"
    attache("ingest", folder, *SEEN)
    stored = attache("articles", "--json").json

    result = attache("db", "move", source, target)

    os.environ["ATTACHE_DATABASE_URL"] = target
    if target.startswith("sqlite"):
        assert result.code == 2
        assert is_sentence(result.err)
    else:
        assert result.out == "4 rows moved, equal by count and checksum in each table\n"
        assert "article: 2 of 2\n" in result.err
        assert attache("articles", "--json").json == stored


@on_a_file
def test_a_copy_never_takes_the_place_of_the_database(attache: Attache) -> None:
    attache("db", "upgrade")

    result = attache("db", "backup", "attache.db")

    assert result.code == 2
    assert is_sentence(result.err)


def test_a_copy_that_cannot_be_written_is_named(attache: Attache) -> None:
    attache("db", "upgrade")

    result = attache("db", "backup", "no/folder/copy.db")

    assert result.code == 1
    assert "no/folder/copy.db" in result.err
    assert "attache.db" not in result.err
    assert is_sentence(result.err)


@on_a_file
def test_a_damaged_database_is_not_called_sound(attache: Attache, tmp_path: Path) -> None:
    attache("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("INSERT INTO shown (chat, thread, showing_id) VALUES (1, 0, 99)")
        database.commit()

    result = attache("db", "check")

    assert result.code == 1
    assert "the database is damaged: " in result.err
    assert is_sentence(result.err)
    assert "FAIL  database: the database is damaged" in attache("doctor").out


@on_a_file
def test_a_database_in_use_is_not_called_damaged(
    attache: Attache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attache("db", "upgrade")
    monkeypatch.setattr(upkeep, "BUSY_MS", 50)
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        database.execute("BEGIN IMMEDIATE")
        result = attache("db", "check")

    assert result.code == 1
    assert result.err.endswith("is in use by another program; stop it or try again\n")


@on_a_file
def test_a_database_from_the_future_is_left_alone(attache: Attache, tmp_path: Path) -> None:
    attache("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    result = attache("articles")

    assert (result.code, result.out) == (1, "")
    assert "newer attache" in result.err
    assert is_sentence(result.err)
    assert "FAIL  database: a newer attache made it (revision 9999)" in attache("doctor").out


@on_a_file
def test_a_file_that_is_no_database_is_left_alone(attache: Attache, tmp_path: Path) -> None:
    (tmp_path / "attache.db").write_text("My memoirs. " * 1000)

    for words in (("articles",), ("db", "upgrade"), ("db", "check"), ("digest",)):
        result = attache(*words)
        assert result.code == 1
        assert "is no SQLite database" in result.err
        assert is_sentence(result.err)
    assert (tmp_path / "attache.db").read_text() == "My memoirs. " * 1000


@on_a_file
@pytest.mark.parametrize(
    "words",
    [
        ("articles",),
        ("digest",),
        ("chats", "export"),
        ("sources", "list"),
        ("sources", "export"),
        ("sources", "check"),
        ("db", "backup", "copy.db"),
    ],
)
def test_who_only_looks_makes_no_database(
    attache: Attache, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "attache.db").unlink()

    result = attache(*words)

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("attache: there is no database ")
    assert result.err.endswith("attache.db; run `attache db upgrade`\n")
    assert list(tmp_path.iterdir()) == []


@on_a_file
def test_a_database_in_a_folder_that_is_not_there_is_named(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_DATABASE_URL", "sqlite+aiosqlite:///no/folder/attache.db")

    result = attache("articles")

    assert result.code == 1
    assert "no/folder/attache.db" in result.err
    assert is_sentence(result.err)


@on_a_file
def test_an_address_that_is_none_is_not_echoed(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_DATABASE_URL", "postgres ada:secret@host")

    result = attache("articles")

    assert result.code == 2
    assert is_sentence(result.err)
    assert "secret" not in result.err


# --- settings, doctor, run ------------------------------------------------------------------


def test_a_setting_that_cannot_be_used_is_named(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_OWNERS", "12:secret")

    result = attache("articles")

    assert result.code == 2
    assert result.err.startswith("attache: the setting ATTACHE_OWNERS cannot be used")
    assert "secret" not in result.err


@on_a_file
def test_doctor_without_a_token_says_what_to_do(attache: Attache, database_url: str) -> None:
    Path(database_url.partition("///")[2]).unlink()
    result = attache("doctor")

    assert result.code == 1
    first, *others = result.out.splitlines()
    assert first == (
        "FAIL  token and base URL: ATTACHE_TELEGRAM_TOKEN is not set: ask @BotFather for a token"
    )
    assert others[0] == "ok    database: none yet; it is made at the first run"
    assert others[1].startswith("ok    time zones: ")
    assert others[2] == "ok    feeds: none yet"


class Telegram:
    """A server in a thread of its own: the command brings its own event loop."""

    def __init__(self) -> None:
        self.server = TelegramServer()
        self.base_url = ""
        self._loop = asyncio.new_event_loop()
        self._stop: asyncio.Event
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(lambda: self._stop.set())
        self._thread.join(PATIENCE)
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        async with serve_telegram(self.server) as self.base_url:
            self._ready.set()
            await self._stop.wait()


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[Telegram]:
    telegram = Telegram()
    telegram.start()
    monkeypatch.setenv("ATTACHE_TELEGRAM_BASE_URL", telegram.base_url)
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", telegram.server.token)
    yield telegram
    telegram.stop()


def test_doctor_finds_all_well(attache: Attache, telegram: Telegram) -> None:
    attache("db", "upgrade")
    attache("sources", "add", "https://paper.example/feed.xml")

    result = attache("doctor")

    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0].startswith("ok    token and base URL: @")
    assert lines[0].endswith(telegram.base_url)
    assert lines[1].startswith("ok    database: schema ")
    assert lines[1].endswith(", sound")
    assert lines[3] == "ok    feeds: 1 read, 0 failing, 1 not fetched yet"


def test_doctor_names_a_setting_that_is_none(
    attache: Attache, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_PORT", "tcp://10.0.0.1:9100")
    said = attache("doctor")
    assert said.out.splitlines()[-1] == "ok    settings: ATTACHE_PORT not known, and not used"
    assert said.code == 0

    monkeypatch.setenv("ATTACHE_OWNER", "7")
    said = attache("doctor")
    assert said.out.splitlines()[-1] == (
        "FAIL  settings: ATTACHE_OWNER is none; did you mean ATTACHE_OWNERS?"
    )
    assert said.code == 1


def test_doctor_tells_a_token_that_telegram_does_not_know(
    attache: Attache, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", "123456:AAwrong")

    result = attache("doctor")

    assert result.code == 1
    assert "FAIL  token and base URL: Telegram does not accept the token" in result.out
    assert "AAwrong" not in result.out + result.err


def test_doctor_tells_a_telegram_that_is_not_there(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_TELEGRAM_BASE_URL", "http://127.0.0.1:9/bot")
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", "123456:AAsecret")

    result = attache("doctor")

    assert result.code == 1
    assert "FAIL  token and base URL: http://127.0.0.1:9/bot does not answer" in result.out
    assert "AAsecret" not in result.out + result.err


def test_doctor_tells_feeds_that_all_fail(attache: Attache) -> None:
    check("https://paper.example/feed.xml", datetime(2026, 2, 10, tzinfo=UTC), "it answered 403")

    assert "FAIL  feeds: none of 1 could be read; is the network there?" in attache("doctor").out


@on_a_file
def test_doctor_tells_an_older_schema(
    attache: Attache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attache("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0065'")
        database.commit()

    out = attache("doctor").out

    assert "ok    database: schema 0065; the next run brings it to 00" in out
    assert "ok    feeds: not looked at" in out
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        stored = database.execute("SELECT version_num FROM alembic_version").fetchone()
    assert stored == ("0065",), "who looks changes nothing"


@on_a_file
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:///attache.db", "the database address cannot be used"),
        ("postgresql+asyncpg://a:b@host:port/name", "the database address cannot be used"),
        ("sqlite+aiosqlite:///no/folder/attache.db", "no/folder/attache.db cannot be opened"),
        ("sqlite+aiosqlite:////tmp", "the database /tmp cannot be opened"),
    ],
)
def test_doctor_tells_a_database_that_no_run_could_make(
    attache: Attache, monkeypatch: pytest.MonkeyPatch, url: str, reason: str
) -> None:
    monkeypatch.setenv("ATTACHE_DATABASE_URL", url)

    assert reason in attache("doctor").out.splitlines()[1].removeprefix("FAIL  database: ")


def test_run_without_a_token_says_what_to_do(attache: Attache) -> None:
    result = attache("run")

    assert result.code == 2
    assert result.err == (
        "attache: ATTACHE_TELEGRAM_TOKEN is not set: ask @BotFather for a token\n"
    )


def test_run_tells_its_supervisor_when_another_start_will_not_help(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(settings: Settings, **how: object) -> None:
        raise BotRefused("Telegram does not accept the token; nothing was sent since")

    monkeypatch.setattr(serve, "serve", refused)

    result = attache("run")

    assert result.code == 3
    assert is_sentence(result.err)


def test_a_reader_that_has_gone_is_no_traceback(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "w") as output:
        monkeypatch.setattr("sys.stdout", output)
        result = attache("db", "upgrade")

    assert (result.code, result.err) == (1, "")


def test_doctor_begins_no_look_that_nobody_reads(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "wb", buffering=0) as output:
        monkeypatch.setattr("sys.stdout", TextIOWrapper(output, write_through=True))
        result = attache("doctor")  # a look that is not awaited warns, which fails here

    assert (result.code, result.err) == (1, "")


def test_standard_error_that_is_closed_is_no_failure(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("in.jsonl").write_text(json.dumps({"id": 1, "text": TALKS}) + "\nno JSON\n")
    monkeypatch.setattr("sys.stderr", None)

    codes = [
        attache(*words).code
        for words in (("db", "upgrade"), ("engine", "tag", "in.jsonl", "-"), ("ingest", "missing"))
    ]

    sys.stderr.close()
    assert codes == [0, 1, 1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_in_a_sentence(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w") as output:
        monkeypatch.setattr("sys.stdout", output)
        result = attache("db", "upgrade")

    assert result.code == 1
    assert result.err == "attache: the output cannot be written: No space left on device\n"


def test_another_failure_of_the_system_is_ours_to_see(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*, style: str, level: str) -> None:
        raise PermissionError("who did that?")

    monkeypatch.setattr("bot.logs.set_up", broken)
    monkeypatch.setattr("sys.argv", ["attache", "articles"])

    with pytest.raises(PermissionError):
        cli.main()

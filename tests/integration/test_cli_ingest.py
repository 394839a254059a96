"""What is read into the database by command, and listed from it."""

import asyncio
import io
import json
import os
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.operate.articles import shown
from bot.run import wiring
from digest.model.stories import Unplaced
from tests.command_line import SEEN, TALKS, Attache, on_a_file
from tests.fakes import FakeArticleStore, FakeDatabase

pytestmark = pytest.mark.usefixtures("loggers_as_before")


class Terminal(io.StringIO):
    """A standard error that somebody watches."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal as standard error; set in the test itself, since capsys sets its own before it."""
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", terminal)
    return terminal


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


def test_what_ingest_says_stays_on_standard_output_beside_a_bar(
    attache: Attache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = watched(monkeypatch)

    result = attache("ingest", folder, *SEEN)

    assert result.out.splitlines()[:2] == ["sanctions.txt: 1 new", "talks.txt: 1 new"]
    assert "reading" in terminal.getvalue()
    assert "1 new" not in terminal.getvalue()


def test_who_watches_sees_how_many_have_their_stories(
    attache: Attache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = watched(monkeypatch)

    attache("ingest", folder, *SEEN)

    assert "placing: 0 of 2" in terminal.getvalue()
    assert "placing: 2 of 2" in terminal.getvalue()


@on_a_file
def test_who_watches_sees_it_where_another_process_places(
    attache: Attache, folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operate.articles._LOOKS", 1)
    terminal = watched(monkeypatch)

    with wiring.only_here(database_url):
        attache("ingest", folder, *SEEN)

    assert "placing: 0 of 2" in terminal.getvalue()
    assert "2 articles wait for what runs on this database" in terminal.getvalue()


async def test_no_look_at_what_waits_outlives_a_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(FakeArticleStore):
        async def unplaced(self) -> Unplaced:
            for _ in range(9):
                await asyncio.sleep(0)
            return Unplaced(count=2)

    watched(monkeypatch)

    with pytest.raises(asyncio.CancelledError):
        async with shown(Slow(FakeDatabase().tables)):
            raise asyncio.CancelledError

    assert asyncio.all_tasks() == {asyncio.current_task()}


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

    monkeypatch.setattr("bot.operate.articles._AT_ONCE", 1)

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
    monkeypatch.setattr("bot.operate.articles._LOOKS", 1)
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


def test_stories_are_the_same_whatever_files_are_called(attache: Attache, tmp_path: Path) -> None:
    days = {"a": "2 March 2026", "b": "20 March 2026", "c": "21 March 2026", "d": "3 March 2026"}
    for name, day in days.items():
        text = TALKS if name in "ad" else f"The volcano of {name} erupted again near the harbour."
        (tmp_path / f"{name}.txt").write_text(f"Title of {name}\n{day}\n\n{text} Signed {name}.\n")

    attache("ingest", *(tmp_path / f"{name}.txt" for name in days))

    found = {one["file"][0]: one for one in attache("articles", "--json").json}
    assert found["d"]["story"] == found["a"]["story"]
    assert found["d"]["duplicate_of"] == found["a"]["id"]


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


@pytest.mark.parametrize("words", ["noon", ""])
def test_a_time_that_is_none_is_refused(attache: Attache, folder: Path, words: str) -> None:
    result = attache("ingest", folder, "--first-seen", words)

    assert result.code == 2
    assert result.err == (
        f"attache: {words!r} is no time; write it as 2026-02-10T12:00Z or 2026-02-10\n"
    )


def test_a_place_without_a_name_is_not_the_folder_one_is_in(attache: Attache, folder: Path) -> None:
    result = attache("ingest", folder, "")

    assert (result.code, result.out) == (2, "")
    assert result.err == "attache: a name is empty; name files, folders, feeds or pages\n"

"""Faults of files in the watched folder, and whether every fault has its test."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.intake.inbox import Inbox
from digest.errors import AttacheError, NotStarted, StoreError
from digest.ingest.hosts import Report
from digest.ingest.intake import Intake
from digest.model.articles import Counts
from tests.faults.hostile_web import Gathering, children, world

__all__ = ["children", "world"]  # fixtures

TEXT = """Ministers sign a treaty in Ankara

The foreign ministers of Norway and Kenya signed a treaty in Ankara on Monday.

They agreed to meet again in Oslo in May, the ministry said in a statement.
"""


class Folder:
    """The watched folder, and looks at it some seconds apart."""

    def __init__(self, path: Path, world: Gathering) -> None:
        self.path, self.world = path, world
        path.mkdir()
        self.inbox = Inbox(path, clock=world.clock, intake=world.intake, parser=world.parser)

    def put(self, name: str, text: str | bytes = TEXT) -> Path:
        file = self.path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    async def look(self, after: float = 0) -> dict[str, Report]:
        self.world.clock.advance(timedelta(seconds=after))
        return {report.name: report async for report in self.inbox.tick()}

    async def read(self) -> dict[str, Report]:
        """The second look."""
        await self.look()
        return await self.look(after=3)


@pytest.fixture
def folder(tmp_path: Path, world: Gathering) -> Folder:
    return Folder(tmp_path / "inbox", world)


async def test_I44_file_traversal(folder: Folder, world: Gathering, tmp_path: Path) -> None:
    """Only regular files of the folder are read; what is strange is named and hurts no other."""
    secret = tmp_path / "secret.txt"
    secret.write_text(TEXT.replace("Norway", "Nowhere"))
    (folder.path / "link.txt").symlink_to(secret)
    (folder.path / "up").symlink_to(tmp_path)
    os.mkfifo(folder.path / "pipe.txt")
    with (folder.path / "huge.txt").open("wb") as huge:
        huge.truncate(5_000_000_000)
    folder.put("nul.txt", b"a\0b\0c" * 100)
    folder.put("latin.txt", TEXT.replace("Ankara", "Köln").encode("latin-1"))
    folder.put("good.txt")
    reports = await folder.read()
    assert {name for name, report in reports.items() if report.error} == {
        "link.txt", "up", "pipe.txt", "huge.txt", "nul.txt"
    }  # fmt: skip
    stored = {article.file: article.text for article in await world.articles()}
    assert set(stored) == {"good.txt", "latin.txt"}
    assert "Köln" in stored["latin.txt"]
    assert not any("Nowhere" in text for text in stored.values())
    assert await folder.look(after=60) == {}


async def test_I45_file_partial(folder: Folder, world: Gathering) -> None:
    """A file that is being written is left alone until it lies still; unfinished names always."""
    file = folder.put("a.txt", TEXT[:60])
    for name in ("b.txt.part", "c.tmp"):
        folder.put(name)
    assert await folder.look() == {}
    file.write_text(TEXT[:90])
    assert await folder.look(after=3) == {}
    file.write_text(TEXT)
    assert await folder.look(after=3) == {}
    assert await folder.look(after=1) == {}
    reports = await folder.look(after=2)
    assert {name: report.counts.new for name, report in reports.items()} == {"a.txt": 1}
    (folder.path / "c.tmp").rename(folder.path / "c.txt")
    assert set(await folder.read()) == {"c.txt"}
    file.unlink()
    assert await folder.look(after=3) == {}


async def test_I46_file_dup(folder: Folder, world: Gathering) -> None:
    """One text under two names is one article."""
    folder.put("a.txt")
    folder.put("b.txt", TEXT.replace("\n\n", "\r\n\r\n"))
    reports = await folder.read()
    assert sum(report.counts.new for report in reports.values()) == 1
    assert len(await world.articles()) == 1


class Lame(Intake):
    """Takes nothing as long as it ``fails``."""

    fails: Exception | None = None

    async def take(self, *args: Any, **more: Any) -> Counts:
        if self.fails:
            raise self.fails
        return await super().take(*args, **more)


@pytest.mark.parametrize("error", [StoreError("the disk is full"), NotStarted("no memory")])
async def test_a_file_that_was_not_stored_for_no_fault_of_its_own_is_read_again(
    world: Gathering, tmp_path: Path, error: AttacheError
) -> None:
    world.intake = intake = Lame(world.stores.articles, parser=world.parser)
    folder = Folder(tmp_path / "inbox", world)
    folder.put("a.txt")
    await folder.look()
    intake.fails = error
    with pytest.raises(type(error)):
        await folder.look(after=3)
    intake.fails = None
    assert (await folder.look(after=5))["a.txt"].counts == Counts(new=1)
    assert await folder.look(after=5) == {}


async def test_a_file_at_which_we_fail_is_left_alone_and_holds_up_no_other(
    world: Gathering, tmp_path: Path
) -> None:
    world.intake = intake = Lame(world.stores.articles, parser=world.parser)
    folder = Folder(tmp_path / "inbox", world)
    folder.put("a.txt")
    folder.put("b.txt", TEXT.replace("Norway", "Chile"))
    await folder.look()
    intake.fails = RuntimeError("a fault of ours")
    with pytest.raises(RuntimeError):
        await folder.look(after=3)
    intake.fails = None
    assert set(await folder.look(after=5)) == {"b.txt"}


async def test_a_folder_that_is_gone_is_named_once(folder: Folder) -> None:
    for _ in range(2):
        folder.path.rmdir()
        (report,) = (await folder.look()).values()
        assert "does not exist" in str(report.error)
        assert await folder.look(after=5) == {}
        folder.path.mkdir()
        assert await folder.look(after=5) == {}


def test_every_fault_of_the_list_has_its_test(shared: Path) -> None:
    """By its whole id, in one of these modules."""
    wanted = {fault["id"] for fault in json.loads((shared / "faults.json").read_text())["ingest"]}
    here = Path(__file__).parent.glob("test_ingest_*.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in here)
    found = re.findall(r"^(?:async )?def test_(I\d\d_\w+)\(", code, re.MULTILINE)
    assert {id for id in wanted if id not in found} == set()

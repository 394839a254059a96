"""Files on disk: found by name and content, read within limits, refused in words."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.errors import Unreadable
from digest.gather.documents.files import Found, Skipped, decode, find, read_bytes

FEED = b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>"
PAGE = b"<!DOCTYPE html><html><body><p>Talks go on.</p></body></html>"


def kinds(path: Path) -> dict[str, str]:
    return {
        each.path.name: each.kind if isinstance(each, Found) else f"skipped: {each.reason}"
        for each in find(path)
    }


def put(path: Path, content: bytes = b"Talks go on.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_files_of_a_folder_are_found_by_name_and_content(tmp_path: Path) -> None:
    put(tmp_path / "b.txt")
    put(tmp_path / "a" / "deep.md")
    put(tmp_path / "feed.xml", FEED)
    put(tmp_path / "page.html", PAGE)
    put(tmp_path / "page.xml", PAGE)
    put(tmp_path / "feed.htm", FEED)
    put(tmp_path / "feed.json", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}')
    put(tmp_path / "page.txt", PAGE)
    put(tmp_path / "feed.txt", b"\xef\xbb\xbf" + FEED)
    put(tmp_path / "about_xml.txt", b"<?xml is a header.")
    assert kinds(tmp_path) == {
        "deep.md": "text", "b.txt": "text", "feed.xml": "feed", "page.html": "html", "page.xml": "html",
        "feed.htm": "feed", "feed.json": "feed", "page.txt": "html", "feed.txt": "feed",
        "about_xml.txt": "text",
    }  # fmt: skip


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        put(tmp_path / name)
    assert [each.path.name for each in find(tmp_path)] == ["a.txt", "b.txt", "c.txt"]


def test_hidden_and_unfinished_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", "a.txt.part", "b.tmp", "c.txt~", ".git/config.txt"):
        put(tmp_path / name)
    assert kinds(tmp_path) == {}


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    put(tmp_path / "table.xlsx")
    put(tmp_path / "data.json", b"[]")
    put(tmp_path / "image.txt", b"\x89PNG\r\n\x1a\n")
    put(tmp_path / "nul.txt", b"ab\x00cd")
    (tmp_path / "link.txt").symlink_to(tmp_path / "nul.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(100_000_000)
        stream.seek(0)
        stream.write(b"a" * 5000)
    assert kinds(tmp_path) == {
        "table.xlsx": "skipped: is of an unknown kind (.xlsx)",
        "data.json": "skipped: holds no feed",
        "image.txt": "skipped: is binary, not text",
        "nul.txt": "skipped: is binary, not text",
        "link.txt": "skipped: is a link; links are not followed",
        "pipe.txt": "skipped: is no regular file",
        "huge.txt": "skipped: is too large: 100 MB, and at most 21 MB are read",
    }


def test_folders_too_deep_are_named(tmp_path: Path) -> None:
    put(tmp_path.joinpath(*(["d"] * 40)) / "a.txt")
    (found,) = find(tmp_path)
    assert isinstance(found, Skipped)
    assert "folders deep" in found.reason


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of somebody who is not root, for whom rights count."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.geteuid()
        if before == 0:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        yield Path(folder)
        os.seteuid(before)


def test_what_rights_forbid_is_named(unprivileged: Path) -> None:
    put(unprivileged / "file.txt").chmod(0)
    put(unprivileged / "folder" / "a.txt").parent.chmod(0)
    assert set(kinds(unprivileged).values()) == {"skipped: may not be read: its rights forbid it"}
    with pytest.raises(Unreadable, match="folder may not be read"):
        list(find(unprivileged / "folder"))
    with pytest.raises(Unreadable, match=r"file\.txt may not be read"):
        read_bytes(unprivileged / "file.txt")
    (unprivileged / "folder").chmod(0o700)


def test_what_vanishes_meanwhile_is_named(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    gone = put(tmp_path / "b.txt")
    found = find(tmp_path)
    next(found)
    gone.unlink()
    assert list(found) == [Skipped(gone, "does not exist")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", "does not exist"),
        ("a.txt/b", "does not exist"),
        ("a" * 300, "name that is too long"),
        ("nul\x00", "is no name of a file"),
        ("link", "is a link"),
        ("pipe", "is no regular file"),
    ],
)
def test_a_path_that_cannot_be_used_is_refused_in_words(
    tmp_path: Path, name: str, reason: str
) -> None:
    put(tmp_path / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match=reason):
        list(find(tmp_path / name))
    with pytest.raises(Unreadable, match=reason):
        read_bytes(tmp_path / name)


def test_a_single_file_is_found(tmp_path: Path) -> None:
    path = put(tmp_path / "article.txt")
    assert list(find(path)) == [Found(path, "text")]
    assert read_bytes(path) == b"Talks go on."


def test_a_folder_and_a_large_file_are_not_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is a folder"):
        read_bytes(tmp_path)
    with pytest.raises(Unreadable, match="too large"):
        read_bytes(put(tmp_path / "a.txt"), cap=5)


def test_an_endless_file_is_cut_short() -> None:
    with pytest.raises(Unreadable, match=r"no regular file"):
        read_bytes(Path("/dev/zero"))
    with pytest.raises(Unreadable, match="too large"):
        read_bytes(Path("/proc/cpuinfo"), cap=5)  # its size is said to be 0


RUSSIAN = "Министры договорились открыть консульства в двух портах до конца года.\n" * 5
GERMAN = "Die Minister einigten sich über die Öffnung der Häfen für Schiffe größerer Bauart.\n" * 5


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "latin-1"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        ("Plain.", "ascii"),
    ],
)
def test_a_text_is_decoded_whatever_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 text", b"ab\x00cd", b"\x01\x02\x03" * 100, b"\x00\x00\x00\x00", b"a\x00b\x00c"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(data)


def test_a_text_in_no_encoding_is_refused() -> None:
    with pytest.raises(Unreadable, match="broken"):
        decode(b"\xff\xfe" + b"a\xd8" * 50)

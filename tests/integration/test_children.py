"""Reading in processes that can be killed: hostile bytes end one of them and nothing else."""

import asyncio
import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from digest.errors import NotStarted, Overrun, Refused, Unreadable
from digest.gather import children
from digest.gather.child import unpickled
from digest.gather.children import Child, Children
from digest.gather.feed.feeds import parse_feed
from digest.gather.feed.opml import read_opml
from digest.gather.page.extract import extract_page
from digest.model.gathered import Feed
from digest.model.sources import Listed
from tests.jobs import after, die, keep, kept, refuse, run, stumble
from tests.patience import PATIENCE

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
OVER = 6.0  # seconds of a processor; what else the machine does makes them no more
FEED = (
    b'<rss version="2.0"><channel><title>Paper</title><item><title>Talks</title>'
    b"<link>https://paper.example/1</link></item></channel></rss>"
)
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(30)
)


@pytest.fixture
def child() -> Iterator[Child]:
    with closing(Child()) as child:
        child(os.getpid)
        yield child


@asynccontextmanager
async def pool(
    *, count: int = 2, seconds: float = 5.0, first: Callable[[], None] | None = None
) -> AsyncIterator[Children]:
    children = Children(count=count, seconds=seconds, first=first)
    try:
        yield children
    finally:
        await children.aclose()


def read(child: Child, body: bytes = FEED) -> Feed:
    return child(parse_feed, body, url="https://paper.example/feed", seen_at=NOW)


@contextmanager
def soon_over(child: Child) -> Iterator[None]:
    """Fails where what the child is given takes more than OVER, whether it lives or was ended."""
    began, dead = child(time.process_time), of_the_dead()
    yield
    died = of_the_dead() - dead
    assert (died or child(time.process_time)) - began < OVER


def of_the_dead() -> float:
    """Seconds of a processor that children took who have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rss(item: str) -> bytes:
    return (
        f'<rss version="2.0"><channel><title>P</title><item>{item}</item></channel></rss>'.encode()
    )


def test_one_child_serves_many_jobs(child: Child) -> None:
    first = child(os.getpid)
    assert read(child).title == "Paper"
    assert child(os.getpid) == first != os.getpid()


def test_errors_of_ours_come_back_as_they_are(child: Child) -> None:
    with pytest.raises(Unreadable, match="empty body"):
        read(child, b"")
    with pytest.raises(Refused, match="the desk answered 403") as refused:
        child(refuse)
    assert refused.value.status == 403


def test_what_nobody_expected_is_the_failure_of_that_source(child: Child) -> None:
    first = child(os.getpid)
    with pytest.raises(Unreadable, match="ZeroDivisionError: by nothing"):
        child(stumble)
    assert child(os.getpid) == first


def test_nothing_but_plain_values_comes_back(child: Child) -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"pathlib\.PosixPath"):
        child(Path, "/etc")
    assert unpickled(pickle.dumps((True, NOW))) == (True, NOW)


def test_memory_has_an_end_and_comes_back(child: Child) -> None:
    first = child(os.getpid)
    with pytest.raises(Overrun, match="more than 768 MB"):
        child(bytearray, 2_000_000_000)
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert read(child).title == "Paper"


def test_a_child_that_died_is_replaced(child: Child) -> None:
    first = child(os.getpid)
    with pytest.raises(Overrun, match="too much time or memory"):
        child(os.kill, first, signal.SIGKILL)
    assert child(os.getpid) != first


def test_a_child_that_ended_while_it_had_nothing_to_do_costs_no_job(child: Child) -> None:
    first = child(os.getpid)
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert read(child).title == "Paper"


@pytest.mark.parametrize(
    "start",
    [("/nowhere/python",), (sys.executable, "-c", ""), ("sleep", "60")],
    ids=["none", "ends", "hangs"],
)
def test_a_child_that_does_not_start_is_nobodys_fault_and_not_kept(
    monkeypatch: pytest.MonkeyPatch, start: tuple[str, ...]
) -> None:
    with closing(Child()) as child:
        with monkeypatch.context() as bad:
            bad.setattr(children, "_START", start)
            bad.setattr(children, "STARTING", 0.5)
            with pytest.raises(NotStarted):
                child(os.getpid)
            assert not child.is_running
        assert read(child).title == "Paper"


def test_a_child_that_dies_of_what_it_loads_is_nobodys_fault(tmp_path: Path) -> None:
    with closing(Child(first=partial(die, tmp_path / "mark"))) as child:
        with pytest.raises(NotStarted):
            child(os.getpid)
        assert not child.is_running
        assert read(child).title == "Paper"


def test_a_child_whose_first_job_fails_is_not_kept() -> None:
    with closing(Child(first=stumble)) as child:
        with pytest.raises(AssertionError, match="by nothing"):
            child(os.getpid)
        assert not child.is_running


def test_the_secrets_of_the_program_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", "1:secret")
    with closing(Child()) as child:
        assert child(os.getenv, "ATTACHE_TELEGRAM_TOKEN") is None


@pytest.mark.parametrize(
    "body",
    [
        rss(f"<title>a</title><author>{'a-' * 39_000}@a{'.a' * 10}</author>"),
        b"<rss><channel><item><title>a</title></item><itme><author>"
        + b"a-" * 39_000
        + b"@a</author></item><item><title>b</title>",
        f"<!DOCTYPE rss [{LAUGHS}]>".encode() + rss("<title>&l29;</title>"),
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("<title>a&x;</title>"),
        b"\x8b\x03\x80" + b"\x00\xff" * 157,  # 317 bytes that say they are brotli, to a parser
        b"{" * 1_000_000,
    ],
    ids=["author", "soup", "laughs", "xxe", "brotli", "braces"],
)
def test_a_hostile_feed_is_soon_over(child: Child, body: bytes) -> None:
    found = ""
    with soon_over(child), suppress(Overrun, Unreadable):
        found = repr(read(child, body))
    assert "root:" not in found
    assert len(found) < 200_000
    assert read(child).title == "Paper"


MANY = " ".join(f'a{number}="1"' for number in range(150_000))


@pytest.mark.parametrize(
    "body",
    [
        rss("<title>a</title>" + f"<link {MANY}>https://a.example/1</link>" * 2),
        rss("<title>a</title>").replace(b"<item>", f"<item {MANY}>".encode()),
        rss("<title>a</title>").replace(b"<rss", f"<rss {MANY}".encode()),
        rss("<title>a</title>" + "<link href='b'/>" * 50_000).replace(
            b"<channel>", f"<channel {MANY}>".encode()
        ),
    ],
    ids=["link", "item", "rss", "channel"],
)
def test_a_feed_is_soon_read_however_many_attributes_it_has(body: bytes) -> None:
    """To list them costs lxml the square of their number."""
    with closing(Child(seconds=PATIENCE)) as child, soon_over(child):
        assert [entry.title for entry in read(child, body).entries] == ["a"]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss>" + b"<x>" * 240 + b"<item><title>a</title>" + b"<link href='b'/>" * 150_000,
        b"<rss>" + b"<item><title>a</title><description>" * 120 + b"<a>b</a>" * 25_000,
    ],
    ids=["links", "items"],
)
def test_a_feed_is_soon_read_however_deep_it_is(body: bytes) -> None:
    """Nothing is asked for each link that all above it must tell, and no part is read for each item."""
    with closing(Child(seconds=PATIENCE)) as child, soon_over(child):
        assert read(child, body).entries[0].title == "a"


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>" + b"<span>" * 20_000 + b"x" * 180_000,
        b"<html><body>" + b"<span>a</span>" * 20_000,
        b"<html><body><p " + b" ".join(b'a%d="x"' % n for n in range(30_000)) + b">Hello",
        b"<html><body>" + b"<div><table><tr><td>" * 20_000,
    ],
    ids=["nested", "spans", "attributes", "tables"],
)
def test_a_hostile_page_is_soon_over(child: Child, body: bytes) -> None:
    with soon_over(child), suppress(Overrun, Unreadable):
        child(extract_page, body, url="https://paper.example/1", seen_at=NOW)


def test_a_list_of_many_attributes_is_read_before_it_would_be_stopped(child: Child) -> None:
    many = " ".join(f'a{n}="1"' for n in range(100_000))
    url = "https://paper.example/feed"
    body = f'<opml><outline {many} text="Paper" xmlUrl="{url}"/></opml>'.encode()
    assert child(read_opml, body, name="a.opml") == (Listed(url, "Paper"),)


async def test_a_job_without_end_is_stopped_and_holds_up_no_other() -> None:
    async with pool(seconds=1.0) as parser:
        await asyncio.gather(parser(after, 0.2), parser(after, 0.2))  # both have started
        endless = asyncio.create_task(parser(run))
        feed = await parser(parse_feed, FEED, url="https://paper.example/feed", seen_at=NOW)
        assert feed.title == "Paper"
        assert not endless.done()
        with pytest.raises(Overrun, match="more than 1 s"):
            await endless


async def test_a_second_child_is_started_only_if_it_is_needed() -> None:
    async with pool() as parser:
        assert len({await parser(os.getpid) for _ in range(3)}) == 1
        both = await asyncio.gather(parser(after, 0.2), parser(after, 0.2))
        assert len(set(both)) == 2


async def test_tables_that_were_edited_are_loaded_by_the_next_child() -> None:
    async with pool(count=1, first=keep) as parser:
        number = await parser(os.getpid)
        assert await parser(kept) == "loaded first"
        parser.renew()
        assert await parser(os.getpid) != number


async def test_a_pool_that_is_closed_leaves_no_process() -> None:
    async with pool() as parser:
        number = await parser(os.getpid)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)

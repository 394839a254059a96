"""Faults of the answer: statuses, redirects, packing, time. Each test is named by the id of its fault."""

import asyncio
import gzip
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from pathlib import Path
from shutil import which
from socket import EAI_AGAIN, EAI_NONAME, gaierror
from ssl import PROTOCOL_TLS_SERVER, SSLContext, create_default_context

import pytest

from digest.gather.children import Children
from digest.gather.fetching.fetch import Patience
from digest.ingest.checked import state_of
from tests.faults.hostile_web import (
    HOSTS,
    NEWS,
    NOW,
    Gathering,
    HostileWeb,
    Writer,
    answer,
    children,
    gathering,
    hostile_web,
    item,
    rss,
    web,
    world,
)

__all__ = ["children", "web", "world"]  # fixtures

HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)


async def test_I01_304(world: Gathering, web: HostileWeb) -> None:
    """Nothing is parsed, the answer counts as one, new validators are kept."""
    web.says(answer(NEWS, ETag='"1"', Last_Modified="Mon, 02 Mar 2026 07:00:00 GMT"))
    await world.add(web.url())
    assert (await world.check()).counts.new == 2
    web.says(answer(status="304 Not Modified", ETag='"2"', Content_Length=""))
    report = await world.check()
    assert (report.error, report.counts.new, report.counts.known) == (None, 0, 0)
    assert 'if-none-match: "1"' in web.asked()[-1].lower()
    assert "if-modified-since: mon, 02 mar 2026" in web.asked()[-1].lower()
    source = await world.source()
    assert (source.etag, source.last_ok_at) == ('"2"', world.clock.now())
    assert source.last_modified == "Mon, 02 Mar 2026 07:00:00 GMT"


async def test_I02_no_validators(world: Gathering, web: HostileWeb) -> None:
    """The same body again is known by its hash."""
    web.says(answer(NEWS))
    await world.add(web.url())
    await world.check()
    report = await world.check()
    assert (report.error, report.counts.new, report.counts.known) == (None, 0, 0)
    assert "if-none-match" not in web.asked()[-1].lower()


async def test_I03_etag_lies(world: Gathering, web: HostileWeb) -> None:
    """A changed body is taken although its tag is the old one."""
    web.says(answer(NEWS, ETag='"1"'))
    await world.add(web.url())
    await world.check()
    web.says(answer(rss(item("Peru", at=world.clock.now())), ETag='"1"'))
    assert (await world.check()).counts.new == 1


@pytest.mark.parametrize(
    ("statement", "last", "kept"),
    [
        ("INSERT INTO article ", 1, 0),
        ("INSERT INTO article ", 3, 100),
        ("UPDATE source", 1, 100),
    ],
)
async def test_I04_validators_before_items(
    tmp_path: Path, children: Children, web: HostileWeb, statement: str, last: int, kept: int
) -> None:
    """A kill leaves no validators without their articles, since they become true together."""
    web.says(answer(rss(*(item(f"State{n}") for n in range(120))), ETag='"1"'))
    async with gathering(tmp_path, children) as world:
        await world.add(web.url())
    database = f"sqlite+aiosqlite:///{tmp_path}/attache.db"
    words = [sys.executable, "-m", "tests.faults.killed_tick", database, statement, str(last)]
    killed = await asyncio.create_subprocess_exec(*words, cwd=Path(__file__).parents[2])
    assert await killed.wait() == -9
    async with gathering(tmp_path, children) as world:
        source = await world.source()
        assert (source.etag, source.body_hash, source.last_ok_at) == (None, None, None)
        assert len(await world.articles()) == kept
        assert (await world.check()).counts.new == 120 - kept
        titles = await world.titles()
        assert len(titles) == len(set(titles)) == 120


@pytest.mark.parametrize("status", ["301 Moved Permanently", "308 Permanent Redirect"])
async def test_I05_301(world: Gathering, web: HostileWeb, status: str) -> None:
    """Followed at once; the address is changed after equal answers on three days, with a note."""
    old, new = web.url("/old"), web.url("/new", HOSTS[1])
    web.says(answer(status=status, Location=new), "/old")
    web.says(answer(NEWS), "/new")
    await world.add(old)
    assert (await world.check()).counts.new == 2
    await world.tick(HALF_HOUR)  # the same day
    await world.check()
    assert (await world.source()).url == old
    await world.check()
    source = await world.source()
    assert (source.url, source.moved_from, source.notice) == (new, old, None)
    await world.check()
    assert (len(web.asked("/old")), len(web.asked("/new"))) == (4, 5)


async def test_I05_301_that_changes_its_mind(world: Gathering, web: HostileWeb) -> None:
    """Three different answers are no move."""
    await world.add(web.url("/old"))
    for name in ("/a", "/b", "/a", "/b"):
        web.says(answer(status="301 Moved Permanently", Location=name), "/old")
        web.says(answer(NEWS), name)
        await world.check()
    assert (await world.source()).url == web.url("/old")


async def test_I05_301_to_what_is_read_already(world: Gathering, web: HostileWeb) -> None:
    """Two sources never get one address."""
    web.says(answer(status="301 Moved Permanently", Location="/new"), "/old")
    web.says(answer(NEWS), "/new")
    await world.add(web.url("/old"), "Old")
    await world.add(web.url("/new"), "New")
    for _ in range(4):
        await world.tick(DAY + HALF_HOUR)
    assert (await world.source("Old")).url == web.url("/old")


@pytest.mark.parametrize("status", ["302 Found", "303 See Other", "307 Temporary Redirect"])
async def test_I06_302(world: Gathering, web: HostileWeb, status: str) -> None:
    """Followed, and the address stays whatever the days."""
    web.says(answer(status=status, Location="/new"), "/old")
    web.says(answer(NEWS), "/new")
    await world.add(web.url("/old"))
    for _ in range(4):
        assert (await world.check()).error is None
    assert (await world.source()).url == web.url("/old")


async def test_I07_loop(world: Gathering, web: HostileWeb) -> None:
    """A loop ends after five hops, and is left alone longer each time."""
    web.says(answer(status="302 Found", Location="/feed"))
    await world.add(web.url())
    report = await world.check()
    assert "redirects more than 5 times" in str(report.error)
    assert len(web.asked()) == 6
    assert (await world.source()).next_check_at == world.clock.now() + 2 * HALF_HOUR


async def test_I08_downgrade(tmp_path: Path, children: Children) -> None:
    """From https to http is refused."""
    theirs, ours = _contexts(tmp_path)
    async with (
        hostile_web(tls=theirs) as web,
        gathering(tmp_path, children, tls=ours, resolver=_here) as world,
    ):
        web.says(answer(status="302 Found", Location="http://news.example/feed"))
        await world.add(web.url(host="news.example", scheme="https"))
        assert "not encrypted" in str((await world.check()).error)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.2", "10.0.0.1", "169.254.169.254", "100.64.0.1", "[::1]", "[64:ff9b::7f00:2]",
     "[::ffff:127.0.0.2]", "[2002:7f00:2::]", "inside.example"],
)  # fmt: skip
async def test_I09_redirect_private(
    tmp_path: Path, children: Children, web: HostileWeb, host: str
) -> None:
    """A way into the house is refused before anything is connected to, whoever shows it."""

    async def resolver(name: str, port: int) -> Sequence[str]:
        return ["127.0.0.2"] if name == "inside.example" else [name.strip("[]")]

    allow = (ip_network("127.0.0.1/32"),)
    async with gathering(tmp_path, children, allow=allow, resolver=resolver) as world:
        web.says(answer(status="302 Found", Location=f"http://{host}:{web.port}/inside"))
        await world.add(web.url())
        assert "not on the public internet" in str((await world.check()).error)
    assert web.asked("/inside") == []


async def test_I10_404(world: Gathering, web: HostileWeb) -> None:
    """The wait doubles up to a day; after a week the feed is named as silent."""
    web.says(answer(b"gone?", "404 Not Found"))
    await world.add(web.url())
    waits = []
    for _ in range(8):
        now = (await world.source()).next_check_at
        assert now is not None
        await world.tick(now - world.clock.now())
        source = await world.source()
        assert source.next_check_at is not None
        waits.append(source.next_check_at - world.clock.now())
    hours = [wait / timedelta(hours=1) for wait in waits]
    assert hours == [1, 2, 4, 8, 16, 24, 24, 24]
    source = await world.source()
    assert source.enabled
    assert state_of(source, world.clock.now()) == "failing"
    assert state_of(source, NOW + timedelta(days=7)) == "silent"


async def test_I11_410(world: Gathering, web: HostileWeb) -> None:
    """Three answers over 48 hours stop the feed, and the operator is told why."""
    web.says(answer(b"gone", "410 Gone"))
    await world.add(web.url())
    for _ in range(4):  # within a day: not yet
        await world.tick(timedelta(hours=6))
        assert (await world.source()).enabled
    report = await world.check(timedelta(days=2))
    source = await world.source()
    assert (report.is_stopped, source.enabled) == (True, False)
    assert "answered 410" in str(source.last_error)
    assert await world.tick(timedelta(days=30)) == {}
    await world.stores.sources.enable(source.url, enabled=True)
    web.says(answer(NEWS))
    assert (await world.check()).counts.new + (await world.check()).counts.new == 2


@pytest.mark.parametrize(
    "said",
    [
        answer(b"<html>no", "403 Forbidden"),
        answer(b"<html>no", "503 Busy", cf_mitigated="challenge"),
        answer(b"<html><head><title>Just a moment...</title></head><body>" + b"x" * 300),
        answer(b"<html><head><script src='/TSPD/0819?type=9'></script></head>" + b"x" * 300),
    ],
    ids=["403", "mitigated", "cloudflare", "f5"],
)
async def test_I12_403_challenge(world: Gathering, web: HostileWeb, said: bytes) -> None:
    """Named as blocked, left alone for longer each time, and never asked under another name."""
    web.says(said)
    await world.add(web.url())
    for _ in range(7):
        assert "blocked for programs" in str((await world.check()).error)
    source = await world.source()
    assert source.next_check_at == world.clock.now() + DAY
    assert "blocked" in str(source.last_error)
    assert all("user-agent: attache/1.2 (+https" in head.lower() for head in web.asked())
    assert len(web.asked()) == 7


async def test_I13_406(world: Gathering, web: HostileWeb) -> None:
    """Asked once more for anything at all."""

    def picky(head: str) -> bytes:
        return (
            answer(NEWS) if "accept: */*\r\n" in head.lower() else answer(b"", "406 Not Acceptable")
        )

    web.says(picky)
    await world.add(web.url())
    assert (await world.check()).counts.new == 2
    assert len(web.asked()) == 2
    web.says(answer(b"", "406 Not Acceptable"))
    assert "answered 406" in str((await world.check()).error)
    assert len(web.asked()) == 4


async def _rests(world: Gathering, web: HostileWeb, status: str, retry_after: str) -> timedelta:
    """How long the other feed of the host is left alone; one of another host goes on."""
    web.says(answer(b"", status, Retry_After=retry_after), "/busy")
    web.says(answer(NEWS), "/calm")
    await world.add(web.url("/busy"), "Busy")
    await world.add(web.url("/calm"), "Calm")
    await world.add(web.url("/calm", HOSTS[1]), "Elsewhere")
    reports = await world.tick()
    assert set(reports) == {"Busy", "Elsewhere"}
    assert web.asked("/calm") != []
    busy, calm = await world.source("Busy"), await world.source("Calm")
    assert busy.next_check_at == calm.next_check_at
    assert calm.failures == 0
    assert calm.next_check_at is not None
    return calm.next_check_at - world.clock.now()


async def test_I14_429_seconds(world: Gathering, web: HostileWeb) -> None:
    """The whole host rests."""
    assert await _rests(world, web, "429 Too Many Requests", "7200") == timedelta(hours=2)


async def test_I14_429_seconds_of_two_minutes(world: Gathering, web: HostileWeb) -> None:
    """Less than we would wait anyway changes nothing."""
    wait = await _rests(world, web, "429 Too Many Requests", "120")
    assert timedelta(seconds=120) <= wait == timedelta(hours=1)


async def test_I15_429_date(world: Gathering, web: HostileWeb) -> None:
    """The same for a date."""
    date = format_datetime(NOW + timedelta(hours=5), usegmt=True)
    assert await _rests(world, web, "429 Too Many Requests", date) == timedelta(hours=5)


@pytest.mark.parametrize(
    ("said", "wait"),
    [("-5", timedelta(hours=1)), ("abc", timedelta(hours=1)), ("99999999", DAY)],
)
async def test_I16_429_silly(world: Gathering, web: HostileWeb, said: str, wait: timedelta) -> None:
    """Never sooner than after our own interval, never later than after a day."""
    assert await _rests(world, web, "429 Too Many Requests", said) == wait


async def test_I17_503(world: Gathering, web: HostileWeb) -> None:
    """As 429."""
    assert await _rests(world, web, "503 Busy", "10800") == timedelta(hours=3)


async def test_I18_slowloris(tmp_path: Path, children: Children, web: HostileWeb) -> None:
    """A byte a second for ever ends at the deadline of the whole; others are on time."""

    async def drip(_: str, writer: Writer) -> None:
        writer.write(answer(b"", Content_Length="100000"))
        while True:
            writer.write(b"<")
            await writer.drain()
            await asyncio.sleep(0.05)

    assert Patience().whole == timedelta(seconds=30)
    patience = Patience(whole=timedelta(seconds=1))
    async with gathering(tmp_path, children, patience=patience) as world:
        web.says(drip)
        web.says(answer(NEWS), "/calm")
        await world.add(web.url(), "Slow")
        await world.add(web.url("/calm", HOSTS[1]), "Calm")
        reports = await world.tick()
    assert "did not answer within 1 s" in str(reports["Slow"].error)
    assert reports["Calm"].counts.new == 2


@pytest.mark.parametrize(
    "said",
    [
        answer(NEWS[:-60], Content_Length=str(len(NEWS))),
        answer(
            f"{len(NEWS):x}\r\n".encode() + NEWS[:-60],
            Content_Length="",
            Transfer_Encoding="chunked",
        ),
    ],
    ids=["length", "chunked"],
)
async def test_I19_truncated(world: Gathering, web: HostileWeb, said: bytes) -> None:
    """Half a body is an error, and no half of it is kept."""
    web.says(said)
    await world.add(web.url())
    assert "ended early" in str((await world.check()).error)
    assert await world.articles() == ()


async def test_I20_gzip_bomb(world: Gathering, web: HostileWeb) -> None:
    """200 kB that unpack to 200 MB stop at 5 MB."""
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=6)
    web.says(answer(bomb, Content_Encoding="gzip"))
    await world.add(web.url())
    before = _memory()
    assert "larger than 5,000,000 bytes" in str((await world.check()).error)
    assert _memory() - before < 60_000_000


async def test_I20_gzip_bomb_of_10_gb(world: Gathering, web: HostileWeb) -> None:
    """What would go on for 10 GB is hung up on."""
    piece = gzip.compress(b"\0" * 100_000_000, compresslevel=9)
    sent = []

    async def bomb(_: str, writer: Writer) -> None:
        writer.write(answer(b"", Content_Length="", Content_Encoding="gzip"))
        for _ in range(100):
            writer.write(piece)
            await writer.drain()
            sent.append(piece)

    web.says(bomb)
    await world.add(web.url())
    before = _memory()
    assert "larger than 5,000,000 bytes" in str((await world.check()).error)
    assert _memory() - before < 60_000_000


async def test_I21_br_unasked(world: Gathering, web: HostileWeb) -> None:
    """317 bytes of brotli, which may be anything, are not unpacked."""
    web.says(answer(b"\x8b\x03\x80" + b"\x00\xff" * 157, Content_Encoding="br"))
    await world.add(web.url())
    assert "packed as br, which was not asked for" in str((await world.check()).error)
    assert len(web.asked()) == 1


@pytest.mark.parametrize("lie", [NEWS, gzip.compress(gzip.compress(NEWS))], ids=["plain", "double"])
async def test_I22_gzip_lie(world: Gathering, web: HostileWeb, lie: bytes) -> None:
    """Asked once more for plain bytes; what lies again is an error."""

    def honest(head: str) -> bytes:
        if "accept-encoding: identity\r\n" in head.lower():
            return answer(NEWS)
        return answer(lie, Content_Encoding="gzip")

    web.says(honest)
    await world.add(web.url())
    assert (await world.check()).counts.new == 2
    assert len(web.asked()) == 2
    web.says(answer(lie, Content_Encoding="gzip"))
    assert (await world.check()).error
    assert len(web.asked()) == 4


@pytest.mark.parametrize("is_expired", [True, False], ids=["expired", "unknown"])
async def test_I41_tls(tmp_path: Path, children: Children, is_expired: bool) -> None:
    """Certificates that are expired, or that nobody we know has signed, are not believed."""
    theirs, ours = _contexts(tmp_path, until="20210201000000Z" if is_expired else "20400101000000Z")
    async with (
        hostile_web(tls=theirs) as web,
        gathering(tmp_path, children, tls=ours if is_expired else True, resolver=_here) as world,
    ):
        web.says(answer(NEWS))
        await world.add(web.url(host="news.example", scheme="https"))
        error = str((await world.check()).error)
    assert "certificate has expired" in error if is_expired else "self-signed" in error
    assert web.heads == []


@pytest.mark.parametrize("code", [EAI_NONAME, EAI_AGAIN], ids=["nxdomain", "servfail"])
async def test_I42_dns(tmp_path: Path, children: Children, code: int) -> None:
    """A name without an address is left alone for longer each time, and stays."""

    async def nowhere(host: str, port: int) -> Sequence[str]:
        raise gaierror(code, "no")

    async with gathering(tmp_path, children, resolver=nowhere) as world:
        await world.add("http://news.example/feed")
        for _ in range(10):
            assert "no address" in str((await world.check()).error)
        source = await world.source()
    assert (source.enabled, source.failures) == (True, 10)
    assert source.next_check_at == world.clock.now() + DAY


async def _here(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def _contexts(folder: Path, *, until: str = "20400101000000Z") -> tuple[SSLContext, SSLContext]:
    """Of a server at news.example, and of a client that trusts it."""
    assert which("openssl"), "the tests of TLS make their certificates with openssl"
    (folder / "index").touch()
    (folder / "ca").write_text(
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\ndefault_md=sha256\n"
        "rand_serial=yes\npolicy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n"
        "[x]\nsubjectAltName=DNS:news.example\n"
    )
    for words in (
        "req -newkey rsa:2048 -nodes -subj /CN=news.example -keyout key -out csr",
        f"ca -config ca -batch -notext -selfsign -keyfile key -in csr -out crt "
        f"-startdate 20210101000000Z -enddate {until}",
    ):
        subprocess.run(["openssl", *words.split()], check=True, capture_output=True, cwd=folder)
    theirs = SSLContext(PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(folder / "crt", folder / "key")
    return theirs, create_default_context(cafile=str(folder / "crt"))


def _memory() -> int:
    """Bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096

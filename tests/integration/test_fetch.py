"""Fetching from a server on loopback, and refusing every way into the house."""

import asyncio
import gzip
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from shutil import which
from ssl import PROTOCOL_TLS_SERVER, SSLContext, create_default_context

import httpx2
import pytest

from digest.errors import Refused, SourceError, Unreachable, Unreadable
from digest.gather.fetching.fetch import HttpFetcher, Patience, retry_after, user_agent
from digest.gather.fetching.guard import GuardedTransport, Resolver, is_public, resolve

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
PATIENT = Patience()
LOOPBACK = (ip_network("127.0.0.0/8"),)
Answer = Callable[[str], bytes]  # the request's head -> all that is sent back


class StoppedClock:
    def now(self) -> datetime:
        return NOW


class Server:
    """Answers each request with the bytes that ``answer`` makes of its head, then hangs up."""

    def __init__(self, answer: Answer, *, delay: float = 0) -> None:
        self.answer = answer
        self.delay = delay
        self.heads: list[str] = []
        self.tasks: list[asyncio.Future[None]] = []
        self.port = 0

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.tasks.append(asyncio.ensure_future(self.reply(reader, writer)))

    async def reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        await asyncio.sleep(self.delay)
        writer.write(self.answer(head))
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@asynccontextmanager
async def serving(
    answer: Answer | bytes, *, delay: float = 0, tls: SSLContext | None = None
) -> AsyncIterator[Server]:
    server = Server(answer if callable(answer) else lambda _: answer, delay=delay)
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    async with listener:
        yield server
        await asyncio.gather(*server.tasks)


@asynccontextmanager
async def fetching(
    *,
    resolver: Resolver = resolve,
    patience: Patience = PATIENT,
    private: bool = True,
    tls: SSLContext | bool = True,
) -> AsyncIterator[HttpFetcher]:
    fetcher = HttpFetcher(
        agent=user_agent("1.2", "https://example.org/bot"),
        clock=StoppedClock(),
        allow=LOOPBACK if private else (),
        resolver=resolver,
        patience=patience,
        tls=tls,
    )
    try:
        yield fetcher
    finally:
        await fetcher.aclose()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    headers = {"Content_Length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def naming(*addresses: str) -> Resolver:
    async def resolver(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolver


async def test_a_body_comes_with_what_the_headers_say() -> None:
    page = answer(
        b"<rss/>",
        Content_Type="Text/XML; charset='windows-1251'",
        ETag='"a1"',
        Last_Modified="Mon, 02 Mar 2026 07:00:00 GMT",
    )
    async with serving(page) as server, fetching() as fetcher:
        fetched = await fetcher.fetch(server.url("/feed#top"))
    assert (fetched.status, fetched.body) == (200, b"<rss/>")
    assert (fetched.url, fetched.final_url) == (server.url("/feed#top"), server.url())
    assert (fetched.media_type, fetched.charset) == ("text/xml", "windows-1251")
    assert (fetched.etag, fetched.last_modified) == ('"a1"', "Mon, 02 Mar 2026 07:00:00 GMT")


async def test_what_the_headers_do_not_say_is_none() -> None:
    async with serving(answer(b"x")) as server, fetching() as fetcher:
        fetched = await fetcher.fetch(server.url())
    assert (fetched.media_type, fetched.charset, fetched.etag) == (None, None, None)


async def test_a_request_says_who_asks_and_takes_gzip_only() -> None:
    async with serving(answer()) as server, fetching() as fetcher:
        await fetcher.fetch(server.url())
    head = server.heads[0].lower()
    assert "user-agent: attache/1.2 (+https://example.org/bot)\r\n" in head
    assert "accept-encoding: gzip\r\n" in head
    assert "if-none-match" not in head


def test_a_contact_is_not_made_up() -> None:
    assert user_agent("1.2") == "Attache/1.2"


async def test_304_that_nobody_asked_for_is_no_answer() -> None:
    async with serving(answer(status="304 Not Modified")) as server, fetching() as fetcher:
        with pytest.raises(Refused, match=r"answered 304$") as refused:
            await fetcher.fetch(server.url())
    assert refused.value.status == 304


async def test_an_endless_address_to_go_to_is_refused_in_few_words() -> None:
    there = answer(status="302 Found", Location="/x" * 30_000)
    async with serving(there) as server, fetching() as fetcher:
        with pytest.raises(Refused, match=r"redirects to an address of 60,000 characters$"):
            await fetcher.fetch(server.url())


async def test_validators_are_sent_and_304_brings_no_body() -> None:
    async with serving(answer(status="304 Not Modified")) as server, fetching() as fetcher:
        fetched = await fetcher.fetch(
            server.url(), etag='W/"7"', last_modified="Mon, 02 Mar 2026 07:00:00 GMT"
        )
    assert (fetched.status, fetched.body) == (304, b"")
    assert 'if-none-match: w/"7"\r\n' in server.heads[0].lower()
    assert "if-modified-since: mon, 02 mar 2026 07:00:00 gmt\r\n" in server.heads[0].lower()


async def test_a_validator_that_no_header_can_hold_is_not_sent() -> None:
    named = answer(b"<rss/>", ETag='"caf\xe9"', Last_Modified="Mon, 02 Mar 2026 07:00:00 GMT")
    async with serving(named.decode().encode("latin-1")) as server, fetching() as fetcher:
        first = await fetcher.fetch(server.url())
        await fetcher.fetch(server.url(), etag=first.etag, last_modified=first.last_modified)
    assert "if-none-match" not in server.heads[1].lower()
    assert "if-modified-since: mon, 02 mar 2026 07:00:00 gmt\r\n" in server.heads[1].lower()


async def test_cookies_are_not_kept() -> None:
    async with serving(answer(Set_Cookie="id=7; Path=/")) as server, fetching() as fetcher:
        await fetcher.fetch(server.url())
        await fetcher.fetch(server.url())
    assert "cookie" not in server.heads[1].lower()


async def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with serving(answer(b"x")) as server, fetching() as fetcher:
        assert (await fetcher.fetch(server.url())).body == b"x"


@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "503 Busy"])
async def test_an_error_status_is_refused_with_its_number(status: str) -> None:
    page = answer(b"no", status, Retry_After="120")
    async with serving(page) as server, fetching() as fetcher:
        with pytest.raises(Refused, match=f"/feed answered {status[:3]}") as caught:
            await fetcher.fetch(server.url())
    assert caught.value.status == int(status[:3])
    assert caught.value.retry_after == timedelta(minutes=2)


async def test_a_redirect_without_an_address_is_refused() -> None:
    async with serving(answer(status="302 Found")) as server, fetching() as fetcher:
        with pytest.raises(Refused, match="answered 302"):
            await fetcher.fetch(server.url())


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        (None, None),
        ("soon", None),
        ("-5", None),
        ("0", timedelta(0)),
        (" 90 ", timedelta(seconds=90)),
        ("999999", timedelta(hours=24)),
        ("9" * 40, timedelta(hours=24)),
        ("Mon, 02 Mar 2026 08:00:00 GMT", timedelta(minutes=30)),
        ("Mon, 02 Mar 2026 08:00:00 -0000", timedelta(minutes=30)),
        ("Sun, 01 Mar 2026 08:00:00 GMT", timedelta(0)),
        ("Fri, 06 Mar 2026 08:00:00 GMT", timedelta(hours=24)),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_a_day_at_most(
    value: str | None, wait: timedelta | None
) -> None:
    assert retry_after(value, now=NOW) == wait


async def test_gzip_is_unpacked() -> None:
    text = b"<item>word</item>" * 20_000
    packed = answer(gzip.compress(text), Content_Encoding="gzip")
    async with serving(packed) as server, fetching() as fetcher:
        assert (await fetcher.fetch(server.url())).body == text


async def test_an_empty_body_called_gzip_is_empty() -> None:
    async with serving(answer(b"", Content_Encoding="gzip")) as server, fetching() as fetcher:
        assert (await fetcher.fetch(server.url())).body == b""


@pytest.mark.parametrize("limit", [1_000, 70_000])
async def test_a_gzip_bomb_goes_no_further_than_the_limit(limit: int) -> None:
    bomb = answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    async with serving(bomb) as server, fetching() as fetcher:
        with pytest.raises(Unreadable, match=f"larger than {limit:,} bytes"):
            await fetcher.fetch(server.url(), limit=limit)


async def test_a_plain_body_has_the_same_limit() -> None:
    async with serving(answer(bytes(1_001))) as server, fetching() as fetcher:
        with pytest.raises(Unreadable, match="larger than 1,000 bytes"):
            await fetcher.fetch(server.url(), limit=1_000)


async def test_a_packing_that_was_not_asked_for_is_refused() -> None:
    async with serving(answer(b"\x0b", Content_Encoding="br")) as server, fetching() as fetcher:
        with pytest.raises(Unreadable, match="packed as br"):
            await fetcher.fetch(server.url())


async def test_gzip_that_is_none_is_unreadable() -> None:
    page = answer(b"<rss/>", Content_Encoding="gzip")
    async with serving(page) as server, fetching() as fetcher:
        with pytest.raises(Unreadable, match="says it is gzip and is not"):
            await fetcher.fetch(server.url())


@pytest.mark.parametrize(
    "cut",
    [
        answer(b"<rss>", Content_Length="100"),
        answer(gzip.compress(b"<rss/>" * 1_000)[:-20], Content_Encoding="gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<rss>",
    ],
    ids=["length", "gzip", "chunked"],
)
async def test_a_body_that_is_cut_is_not_taken_for_whole(cut: bytes) -> None:
    async with serving(cut) as server, fetching() as fetcher:
        with pytest.raises(Unreachable, match="ended early"):
            await fetcher.fetch(server.url())


async def test_an_answer_that_is_no_http_is_unreachable() -> None:
    async with serving(b"SSH-2.0-OpenSSH_9.6\r\n") as server, fetching() as fetcher:
        with pytest.raises(Unreachable, match="could not be read"):
            await fetcher.fetch(server.url())


async def test_a_server_that_hangs_up_is_unreachable() -> None:
    async with serving(b"") as server, fetching() as fetcher:
        with pytest.raises(Unreachable, match="could not be read"):
            await fetcher.fetch(server.url())


async def test_a_closed_port_is_unreachable() -> None:
    async with serving(b"") as server:
        url = server.url()
    async with fetching() as fetcher:
        with pytest.raises(Unreachable, match="could not be read") as caught:
            await fetcher.fetch(url)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    ("patience", "words"),
    [
        (Patience(read=timedelta(seconds=0.05)), "silent for too long"),
        (Patience(whole=timedelta(seconds=0.05)), "did not answer within 0.05 s"),
    ],
    ids=["read", "whole"],
)
async def test_a_slow_server_is_given_up(patience: Patience, words: str) -> None:
    async with (
        serving(answer(b"late"), delay=0.3) as server,
        fetching(patience=patience) as fetcher,
    ):
        with pytest.raises(Unreachable, match=words):
            await fetcher.fetch(server.url())


async def test_redirects_are_followed_and_both_addresses_kept() -> None:
    def redirecting(head: str) -> bytes:
        if head.startswith("GET /feed "):
            return answer(status="301 Moved", Location="/новое?a=1")
        return answer(b"moved")

    async with serving(redirecting) as server, fetching() as fetcher:
        fetched = await fetcher.fetch(server.url())
    assert (fetched.body, fetched.url) == (b"moved", server.url())
    assert fetched.final_url == server.url("/%D0%BD%D0%BE%D0%B2%D0%BE%D0%B5?a=1")


async def test_a_failure_names_the_host_that_a_redirect_led_to() -> None:
    busy = answer(status="429 Too Many Requests", Retry_After="60")
    cut = answer(b"<rss/>", Content_Length="99")
    for there, kind in ((busy, Refused), (cut, Unreachable)):
        async with serving(there) as other, fetching() as fetcher:
            away = answer(status="302 Found", Location=other.url())
            with pytest.raises(kind) as caught:
                await fetcher.fetch(other.url())
            assert caught.value.host is None
            async with serving(away) as server:
                with pytest.raises(kind) as caught:
                    await fetcher.fetch(server.url())
            assert caught.value.host == f"127.0.0.1:{other.port}"


async def test_five_redirects_are_enough() -> None:
    async with (
        serving(answer(status="302 Found", Location="/feed")) as server,
        fetching() as fetcher,
    ):
        with pytest.raises(Refused, match="more than 5 times"):
            await fetcher.fetch(server.url())
    assert len(server.heads) == 6


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://10.0.0.1/", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("file:///etc/passwd", "no http or https address"),
        ("http://user:secret@127.0.0.1/", "user name"),
        ("http://ｎｅｗｓ.example/", "no web address"),
    ],
)
async def test_a_redirect_is_checked_like_any_address(location: str, words: str) -> None:
    async with (
        serving(answer(status="302 Found", Location=location)) as server,
        fetching() as fetcher,
    ):
        with pytest.raises(Refused, match=words):
            await fetcher.fetch(server.url())


PRIVATE = (
    "127.0.0.1",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[::]",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2001:0:7f00:1::]",
    "[2001:db8::1]",
    "[2002:7f00:1::]",
    "[fc00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "2130706433",
    "0x7f.1",
    "017700000001",
    "127.1",
    "127。0。0。1",
)


@pytest.mark.parametrize("host", PRIVATE)
async def test_the_house_is_closed_however_it_is_spelt(host: str) -> None:
    async with serving(answer(b"secret")) as server, fetching(private=False) as fetcher:
        with pytest.raises(Refused, match="not on the public internet"):
            await fetcher.fetch(server.url(host=host))
    assert server.heads == []


def test_public_addresses_are_open() -> None:
    assert is_public("93.184.216.34") and is_public("2606:4700::6810:84e5")


async def test_a_name_that_leads_into_the_house_is_refused() -> None:
    async with fetching(resolver=naming("10.1.2.3", "::1"), private=False) as fetcher:
        with pytest.raises(Refused, match=r"leads to 10\.1\.2\.3, ::1"):
            await fetcher.fetch("http://news.example/feed")


async def test_a_name_without_an_address_is_unreachable() -> None:
    async def resolver(host: str, port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    async with fetching(resolver=resolver) as fetcher:
        with pytest.raises(Unreachable, match=r"no such host as news\.example"):
            await fetcher.fetch("http://news.example/feed")


class Wire(httpx2.AsyncBaseTransport):
    """Records the requests; connections to the addresses in ``dead`` fail."""

    def __init__(self, *dead: str) -> None:
        self.dead = dead
        self.requests: list[httpx2.Request] = []
        self.closed = False

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        if request.url.host in self.dead:
            raise httpx2.ConnectError("no route to host")
        return httpx2.Response(200, content=b"ok")

    async def aclose(self) -> None:
        self.closed = True


def sending(transport: GuardedTransport, url: str) -> Awaitable[httpx2.Response]:
    return transport.handle_async_request(httpx2.Request("GET", url))


async def test_the_checked_number_is_connected_to_and_the_name_kept() -> None:
    wire = Wire()
    transport = GuardedTransport(wire, resolver=naming("93.184.216.34"))
    await sending(transport, "https://bücher.example.:8443/a?b")
    request = wire.requests[0]
    assert str(request.url) == "https://93.184.216.34:8443/a?b"
    assert request.headers["Host"] == "xn--bcher-kva.example.:8443"
    assert request.extensions["sni_hostname"] == "xn--bcher-kva.example"


async def test_a_name_that_changes_its_mind_is_never_asked_twice() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return next(answers)

    wire = Wire()
    transport = GuardedTransport(wire, resolver=rebinding)
    await sending(transport, "http://news.example/")
    with pytest.raises(Refused):
        await sending(transport, "http://news.example/")
    assert [request.url.host for request in wire.requests] == ["93.184.216.34"]


async def test_only_the_public_ones_of_a_names_addresses_are_tried() -> None:
    wire = Wire("2606:4700::1")
    transport = GuardedTransport(wire, resolver=naming("10.0.0.1", "2606:4700::1", "93.184.216.34"))
    await sending(transport, "http://news.example/")
    assert [request.url.host for request in wire.requests] == ["2606:4700::1", "93.184.216.34"]


async def test_the_last_address_says_why_no_connection_was_made() -> None:
    wire = Wire("93.184.216.34", "93.184.216.35")
    transport = GuardedTransport(wire, resolver=naming(*wire.dead))
    with pytest.raises(httpx2.ConnectError, match="no route"):
        await sending(transport, "http://news.example/")
    await transport.aclose()
    assert wire.closed


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "no http or https"),
        ("news.example/feed", "no http or https"),
        ("ftp://news.example/feed", "no http or https"),
        ("file:///etc/passwd", "no http or https"),
        ("http:///feed", "no http or https"),
        ("http://news.example:65536/", "port above 65535"),
        ("http://[::1/", "no web address"),
        ("http://ｎｅｗｓ.example/", "no web address"),
        ("http://news.example/\ud800", "no web address"),
    ],
)
async def test_what_is_no_web_address_is_refused(url: str, words: str) -> None:
    async with fetching() as fetcher:
        with pytest.raises(Refused, match=words):
            await fetcher.fetch(url)


async def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    async with fetching() as fetcher:
        with pytest.raises(Refused, match="user name") as caught:
            await fetcher.fetch("http://me:secret@news.example/")
    assert "secret" not in str(caught.value)


async def test_a_host_that_no_resolver_can_spell_is_a_source_error() -> None:
    async with fetching() as fetcher:
        with pytest.raises(SourceError):
            await fetcher.fetch(f"http://{'a' * 70}..example/")


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for news.example and its key, made for this test."""
    if which("openssl") is None:
        pytest.skip("openssl is not installed")
    crt, key = tmp_path / "crt.pem", tmp_path / "key.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example"
    files = ["-keyout", str(key), "-out", str(crt), "-addext", "subjectAltName=DNS:news.example"]
    subprocess.run(["openssl", *words.split(), *files], check=True, capture_output=True)
    return crt, key


async def test_tls_is_checked_by_name_although_a_number_is_connected_to(
    certificate: tuple[Path, Path],
) -> None:
    crt, key = certificate
    theirs = SSLContext(PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(crt, key)
    ours = create_default_context(cafile=str(crt))
    async with (
        serving(answer(status="302 Found", Location="http://news.example/"), tls=theirs) as server,
        fetching(resolver=naming("127.0.0.1"), tls=ours) as fetcher,
    ):
        with pytest.raises(Refused, match="not encrypted"):
            await fetcher.fetch(f"https://news.example:{server.port}/")
        with pytest.raises(Unreachable, match=r"could not be read.*mismatch"):
            await fetcher.fetch(f"https://other.example:{server.port}/")
    assert len(server.heads) == 1

"""Fetches addresses from the network: politely and within limits. ``guard`` decides where to."""

import asyncio
import re
import ssl
import zlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from ...errors import Refused, Unreachable, Unreadable
from ...model.gathered import Fetched
from ...ports import Clock
from ..identity import LONGEST_URL
from .guard import GuardedTransport, Network, Resolver, resolve

LARGEST = 5_000_000  # bytes of an answer, unpacked; the largest of 24 real feeds has 0.4 MB
MOST_HOPS = 5  # from one address to the next
LONGEST_WAIT = timedelta(hours=24)  # for which Retry-After is believed
CHUNK = 65_536  # bytes read, or unpacked, at once
HIGHEST_PORT = 65_535
ACCEPTED = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)

FORBIDDEN, NOT_ACCEPTABLE = 403, 406
_NOT_MODIFIED = 304
_CONDITIONS = frozenset({"If-None-Match", "If-Modified-Since"})
_GZIP = b"\x1f\x8b"
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one fetch may take."""

    connect: timedelta = timedelta(seconds=5)
    read: timedelta = timedelta(seconds=10)  # between two pieces of an answer
    whole: timedelta = timedelta(seconds=30)  # with all redirects


def user_agent(version: str, contact: str | None = None) -> str:
    """How we introduce ourselves: ``Attache/1.0 (+https://example.org/bot)``."""
    return f"Attache/{version} (+{contact})" if contact else f"Attache/{version}"


class HttpFetcher:
    """Fetches over HTTP as ports.Fetcher; one for the whole program, closed with ``aclose``.

    ``allow`` names private networks that may be reached. ``resolver``, ``patience`` and ``tls`` are there
    for tests. Proxies and .netrc of the environment are not used: they would decide which address is
    connected to.
    """

    def __init__(
        self,
        *,
        agent: str,
        clock: Clock,
        allow: Sequence[Network] = (),
        resolver: Resolver = resolve,
        patience: Patience = Patience(),
        tls: ssl.SSLContext | bool = True,
    ) -> None:
        self._clock = clock
        self._patience = patience
        # No connection is kept: two names may share an address, and a connection that was opened
        # under one of them must not serve the other. A feed is asked for minutes apart anyway.
        limits = httpx2.Limits(max_keepalive_connections=0)
        inner = httpx2.AsyncHTTPTransport(verify=tls, trust_env=False, limits=limits)
        self._client = httpx2.AsyncClient(
            transport=GuardedTransport(inner, allow=allow, resolver=resolver),
            timeout=httpx2.Timeout(
                patience.read.total_seconds(), connect=patience.connect.total_seconds()
            ),
            headers={"User-Agent": agent, "Accept-Encoding": "gzip", "Accept": ACCEPTED},
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=())),
            trust_env=False,
        )

    async def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        limit: int = LARGEST,
    ) -> Fetched:
        """What is at ``url`` now; the body is empty, with status 304, if nothing has changed.

        At most ``limit`` bytes, unpacked. Raises Unreachable when no (whole) answer came, Refused for an
        address that may not be reached or a status of 400 and above (with its Retry-After, 24 hours at
        most), Unreadable for a body that is too large or packed in a wrong way.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        # A header holds ASCII; a validator that came with more cannot be sent as it came.
        headers = {name: value for name, value in conditions.items() if value and value.isascii()}
        seconds = self._patience.whole.total_seconds()
        try:
            async with asyncio.timeout(seconds):
                return await self._tolerantly(url, headers, limit)
        except TimeoutError as error:
            raise Unreachable(f"{url} did not answer within {seconds:g} s") from error

    async def aclose(self) -> None:
        """Close what is still open."""
        await self._client.aclose()

    async def _tolerantly(self, url: str, headers: dict[str, str], limit: int) -> Fetched:
        """Ask once more in another way if a server cannot answer, or answers wrongly."""
        try:
            return await self._follow(url, headers, limit)
        except Refused as error:
            if error.status != NOT_ACCEPTABLE:
                raise
            return await self._follow(url, {**headers, "Accept": "*/*"}, limit)
        except _Mispacked:
            return await self._follow(url, {**headers, "Accept-Encoding": "identity"}, limit)

    async def _follow(self, url: str, headers: dict[str, str], limit: int) -> Fetched:
        asked = here = _address(url)
        moved_to, is_permanent = None, True
        for _ in range(MOST_HOPS + 1):
            try:
                found = await self._ask(here, headers, limit)
            except (Refused, Unreachable) as error:
                error.host = None if here.netloc == asked.netloc else here.netloc.decode("ascii")
                raise
            if isinstance(found, _Answer):
                return replace(found.told(url, here), moved_to=moved_to)
            here = _next_hop(here, found.location)
            is_permanent = is_permanent and found.is_permanent
            moved_to = str(here) if is_permanent else moved_to
        raise Refused(f"{url} redirects more than {MOST_HOPS} times")

    async def _ask(self, url: httpx2.URL, headers: dict[str, str], limit: int) -> "_Answer | _Hop":
        """An answer, or the address of the next hop."""
        try:
            async with self._client.stream("GET", url, headers=headers) as response:
                if response.status_code in _REDIRECTS and "Location" in response.headers:
                    return _Hop(response.headers["Location"], response.status_code in _PERMANENT)
                self._check_status(url, response, conditional=bool(_CONDITIONS & headers.keys()))
                return _Answer(response.status_code, response.headers, await _body(response, limit))
        except httpx2.TimeoutException as error:
            raise Unreachable(f"{url} was silent for too long") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError) as error:
            raise Unreachable(f"{url} could not be read: {_reason(error)}") from error

    def _check_status(
        self, url: httpx2.URL, response: httpx2.Response, *, conditional: bool
    ) -> None:
        status = response.status_code
        # Unasked, 304 would pass for good: a feed that has never been read, and looks healthy.
        if 200 <= status < 300 or (status == _NOT_MODIFIED and conditional):
            return
        is_blocked = status == FORBIDDEN or "cf-mitigated" in response.headers
        why = ": it is blocked for programs" if is_blocked else ""
        after = retry_after(response.headers.get("Retry-After"), now=self._clock.now())
        raise Refused(f"{url} answered {status}{why}", status=status, retry_after=after)


class _Mispacked(Unreadable):
    """The body is not packed in the way that the answer says."""


@dataclass(frozen=True, slots=True)
class _Hop:
    location: str
    is_permanent: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx2.Headers
    body: bytes

    def told(self, asked: str, final: httpx2.URL) -> Fetched:
        """The same in our words."""
        media_type, _, parameters = self.headers.get("Content-Type", "").partition(";")
        charset = _CHARSET.search(parameters)
        return Fetched(
            url=asked,
            final_url=str(final),
            status=self.status,
            body=b"" if self.status == _NOT_MODIFIED else self.body,
            media_type=media_type.strip().lower() or None,
            charset=charset[1] if charset else None,
            etag=self.headers.get("ETag"),
            last_modified=self.headers.get("Last-Modified"),
        )


def retry_after(value: str | None, *, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for, from nothing to 24 hours; None if that is unclear.

    Seconds or an HTTP date: RFC 9110, 10.2.3.
    """
    if value is None:
        return None
    try:
        wait = timedelta(seconds=int(value)) if value.strip().isdecimal() else _until(value, now)
    except OverflowError:
        return LONGEST_WAIT
    except ValueError:
        return None
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


def _until(value: str, now: datetime) -> timedelta:
    moment = parsedate_to_datetime(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now


def _address(url: str) -> httpx2.URL:
    """The address to ask. Raises Refused unless it is a plain http(s) address."""
    try:
        address = httpx2.URL(url)
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise Refused(f"{url!r} is no web address: {error}") from error
    return _checked(address)


def _checked(address: httpx2.URL) -> httpx2.URL:
    if address.userinfo:
        raise Refused(f"{address.copy_with(userinfo=b'')} was given with a user name: leave it out")
    if address.scheme not in ("http", "https") or not address.host:
        raise Refused(f"{address} is no http or https address")
    if (address.port or 80) > HIGHEST_PORT:
        raise Refused(f"{address} names a port above {HIGHEST_PORT}")
    return address.copy_with(fragment=None)


def _next_hop(here: httpx2.URL, location: str) -> httpx2.URL:
    if len(location) > LONGEST_URL:
        raise Refused(f"{here} redirects to an address of {len(location):,} characters")
    try:
        there = _checked(here.join(location))
    except httpx2.InvalidURL as error:
        raise Refused(f"{here} redirects to {location!r}, which is no web address") from error
    if here.scheme == "https" and there.scheme == "http":
        raise Refused(f"{here} redirects to {there}, which is not encrypted")
    return there


async def _body(response: httpx2.Response, limit: int) -> bytes:
    """The whole body, unpacked. Raises Unreadable above ``limit`` bytes, Unreachable when cut."""
    url, encoding = response.url, response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise Unreadable(f"{url} is packed as {encoding}, which was not asked for")
    pieces = response.aiter_raw(CHUNK)
    body = bytearray()
    try:
        async for piece in _unpacked(pieces) if encoding.endswith("gzip") else pieces:
            body += piece
            if len(body) > limit:
                raise Unreadable(f"{url} is larger than {limit:,} bytes")
    except (httpx2.RemoteProtocolError, httpx2.ReadError, EOFError) as error:
        raise Unreachable(f"{url} ended early, after {len(body):,} bytes") from error
    except zlib.error as error:
        raise _Mispacked(f"{url} says it is gzip and is not: {error}") from error
    if encoding.endswith("gzip") and body.startswith(_GZIP):
        raise _Mispacked(f"{url} is packed twice")
    return bytes(body)


async def _unpacked(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The content of a gzip stream in pieces of at most CHUNK bytes, so that no bomb goes off.

    Raises EOFError where it is cut, zlib.error where it is no gzip. What stands behind the end of the
    stream is left alone, as browsers do.
    """
    unpacker = zlib.decompressobj(wbits=31)  # 15 bits of window, and a gzip header is a must
    begun = False
    async for piece in pieces:
        begun = begun or bool(piece)
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, CHUNK)
            piece = unpacker.unconsumed_tail
    if begun and not unpacker.eof:
        raise EOFError


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__

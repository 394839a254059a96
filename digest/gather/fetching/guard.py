"""Decides where fetching may go: to the public internet, and never to a private network.

The address that was checked is the address that is connected to: the name is resolved once for each hop,
here, and the connection goes to that number, with the name kept for TLS and for Host. A name that answers
differently the second time (DNS rebinding) is never asked a second time.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx2

from ...errors import Refused, Unreachable

MOST_ADDRESSES = 4  # of one name that are tried: at 5 s each, 20 of the 30 s

Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

_GLOBAL_IPV6 = ip_network("2000::/3")  # all that IANA has given out; tunnels and NAT64 lie outside
# Inside of what is global by the registries, and still a way back to any IPv4 address.
_TUNNELS = (
    ip_network("192.88.99.0/24"),  # 6to4 relays, RFC 7526
    ip_network("2001::/23"),  # Teredo, ORCHID and their like, RFC 6890
    ip_network("2002::/16"),  # 6to4, RFC 3056
)


def is_public(address: str, allow: Sequence[Network] = ()) -> bool:
    """Whether ``address`` may be connected to: it is on the public internet, or inside ``allow``."""
    ip = ip_address(address)
    if any(ip in network for network in allow):
        return True
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL_IPV6:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _TUNNELS)


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a name, in the system's order of preference. Raises OSError if none."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedTransport(httpx2.AsyncBaseTransport):
    """A transport that resolves names itself and connects only to addresses that may be reached.

    Raises Refused when a name has no such address, Unreachable when it has none at all.
    """

    def __init__(
        self,
        inner: httpx2.AsyncBaseTransport,
        *,
        allow: Sequence[Network] = (),
        resolver: Resolver = resolve,
    ) -> None:
        self._inner = inner
        self._allow = tuple(allow)
        self._resolver = resolver

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the first permitted address that accepts the connection."""
        *others, last = await self._addresses(request.url)
        for address in others:
            with suppress(httpx2.ConnectError, httpx2.ConnectTimeout):
                return await self._inner.handle_async_request(_pinned(request, address))
        return await self._inner.handle_async_request(_pinned(request, last))

    async def aclose(self) -> None:
        """Close what is still open."""
        await self._inner.aclose()

    async def _addresses(self, url: httpx2.URL) -> list[str]:
        host = url.raw_host.decode("ascii")
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = await self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"{url} has no address: no such host as {url.host}") from error
        reachable = [address for address in found if is_public(address, self._allow)]
        if not reachable:
            raise Refused(f"{url} leads to {', '.join(found)}, which is not on the public internet")
        return reachable[:MOST_ADDRESSES]


def _pinned(request: httpx2.Request, address: str) -> httpx2.Request:
    """The same request to an IP address; Host is set already, and TLS still asks for the name."""
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={
            **request.extensions,
            "sni_hostname": request.url.raw_host.decode("ascii").rstrip("."),
        },
    )

"""What a site asks of programs in its robots.txt (RFC 9309)."""

from urllib.parse import urlsplit, urlunsplit

NAME = "Attache"  # the name under which rules for us stand; the first word of our User-Agent
LONGEST = 512_000  # bytes that are read: 500 KiB are asked for in 2.5


def robots_url(url: str) -> str:
    """The address of the robots.txt for this address."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def allows(rules: bytes, url: str) -> bool:
    """Whether the rules let us fetch this address."""
    from protego import Protego  # only in the processes that read: a rule may be a slow pattern

    found = Protego.parse(rules[:LONGEST].decode("utf-8-sig", "replace"))
    return bool(found.can_fetch(url, NAME))

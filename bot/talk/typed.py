"""Addresses, lists and names of languages as people type them, and what was typed as it is said back."""

import re

from digest.errors import InputError
from digest.gather.identity import canonical_url

from .markup import shortened
from .places import fold
from .texts import Html, Texts, available, joined, texts

_ECHOED = 100  # characters
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(/\S*)?", re.IGNORECASE)
_BEHIND = ".,;:!?\"'”’»…"  # what a sentence puts behind an address
_LONGEST_ADDRESS = 2_000  # characters


def address(words: str, *, bare: bool = False) -> str | None:
    """The first web address in a text; None where there is none.

    Without "https://" only where it is all of the text, and begins with "www." or goes on behind the
    host; with ``bare`` a host is enough.
    """
    found = _ADDRESS.search(words)
    alone = words.strip()
    if found:
        url = found[0].rstrip(_BEHIND)
        url = url if "(" in url else url.rstrip(")" + _BEHIND)
    elif (host := _BARE.fullmatch(alone)) and (bare or host[1] or alone.lower().startswith("www.")):
        url = f"https://{alone}"
    else:
        return None
    try:
        canonical_url(url)
    except InputError:
        return None
    return url if len(url) <= _LONGEST_ADDRESS else None


def pieces(words: str) -> tuple[str, ...]:
    """What stands between commas, semicolons and line ends, in order, without the empty ones."""
    return tuple(piece.strip() for piece in re.split(r"[,;\n]", words) if piece.strip())


def echoed(words: str) -> str:
    """What was typed, as it is said back: on one line, its beginning where it is long."""
    return shortened(" ".join(words.split()), _ECHOED)


def unread(words: str, how: Html, t: Texts) -> Html:
    """What is understood, after what was typed and is not; that alone where nothing was typed."""
    return joined([t("typing.unread", words=echoed(words)), how]) if words.strip() else how


def language(words: str) -> str | None:
    """The language of the bot's that ``words`` mean: its code, or its name in any of them; else None."""
    asked, names = fold(words), [texts(spoken).locale.languages for spoken in available()]
    meant = (code for code in available() if asked in (code, *(fold(own[code]) for own in names)))
    return next(meant, None)

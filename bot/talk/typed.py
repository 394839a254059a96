"""What people type: web addresses, lists and names of languages; and how the bot quotes it back. Pure."""

import re

from digest.errors import InputError
from digest.gather.identity import canonical_url

from .markup import shortened
from .places import fold
from .texts import Html, Texts, available, joined, texts

_LONGEST_ECHO = 100  # characters
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(/\S*)?", re.IGNORECASE)
_TRAILING = ".,;:!?\"'”’»…"  # punctuation of the sentence, not of the address
_LONGEST_ADDRESS = 2_000  # characters


def address(words: str, *, bare: bool = False) -> str | None:
    """The first web address in a text; None if there is none, or if it is too long.

    Without "https://" the address must be the whole text, and begin with "www." or have a path; with
    ``bare`` a host name is enough.
    """
    found = _ADDRESS.search(words)
    alone = words.strip()
    if found:
        url = found[0].rstrip(_TRAILING)
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(_TRAILING)
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
    """The parts between commas, semicolons and line ends, in order, without empty ones."""
    return tuple(piece.strip() for piece in re.split(r"[,;\n]", words) if piece.strip())


def echoed(words: str) -> str:
    """Typed text to be quoted in a reply: on one line, shortened to 100 characters."""
    return shortened(" ".join(words.split()), _LONGEST_ECHO)


def unread(words: str, how: Html, t: Texts) -> Html:
    """A reply that quotes what is not understood and says ``how`` to write it; ``how`` alone for no words."""
    return joined([t("typing.unread", words=echoed(words)), how]) if words.strip() else how


def language(words: str) -> str | None:
    """The code of the bot's language that ``words`` mean, by code or by name in any of them; else None."""
    asked, names = fold(words), [texts(spoken).locale.languages for spoken in available()]
    meant = (code for code in available() if asked in (code, *(fold(own[code]) for own in names)))
    return next(meant, None)

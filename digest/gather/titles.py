"""Titles on one line, without the name of the site."""

import re
from html import unescape

from .mending import without_programs

_SITE = re.compile(r"\s+([|–—·»«:-]|--)\s+((?:(?!\s(?:[:-]|--)\s)[^|–—·»«]){2,40})$")
_SITE_FIRST = re.compile(r"([^|:]{2,40}?) [|:] (?=\S)")
_SHORTEST_LABEL = 2  # characters: "co", "uk"
_COMMON = frozenset("news blogs blog www com net org gov press".split())
_OF_NAME = re.compile(r"(?:net|news|online|tv|media|press)$")
_SURELY = ("|", "«")  # a dash may be the title's own
_BARS = ("|", "«", "·", "»")  # behind a colon stands what is told as often as an outlet
_TAG = re.compile(r"<(?:[/!?]?[A-Za-z]|!--)[^<>]*>")
_SPACE = re.compile(r"\s+")
# Controls that are no space, and what turns the order of reading (UAX 9); NUL is marked where it is stored.
_STEERING = re.compile(
    "[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def as_line(markup: str | None) -> str | None:
    """A title on one line, without tags, entities and characters that steer a terminal.

    None when nothing is left.
    """
    once = unescape(_TAG.sub("", without_programs(markup or "")))
    text = unescape(_TAG.sub("", without_programs(once)))
    return _SPACE.sub(" ", _STEERING.sub("", text)).strip() or None


def without_site(title: str, site: str | None = None) -> str:
    """``Ministers meet | The Paper`` without the paper; after a dash only if that is its name.

    ``site`` is a name or a host. ``The Paper : Ministers meet`` is told from what names its subject by it.
    """
    title = _behind_site(title, site or "")
    end = _SITE.search(title)
    if end is None:
        return title
    name, known = _bare(end[2]), _bare(site or "")
    is_called = end[1] in _BARS or all(word[0].isupper() for word in end[2].split())
    is_named = name == known or (bool(known) and is_called and (name in known or known in name))
    begins_so = _bare(end[2].split()[0]) in known  # "VOA Breaking News" of voanews.com
    is_site = is_named or (end[1] in _SURELY and (not known or begins_so))
    if not (is_site or _is_host(end[2], site or "")):
        return title
    rest = title[: end.start()]
    section = _SITE.search(rest) if end[1] == ":" else None  # "... : The Section : The Paper"
    return rest[: section.start()] if section is not None and section[1] == ":" else rest


def _behind_site(title: str, site: str) -> str:
    """The title without the name of the site before it, if a space precedes the colon, or a bar follows."""
    begin = _SITE_FIRST.match(title)
    if begin is None or not site:
        return title
    is_site = _bare(begin[1]) == _bare(site) or _is_host(begin[1], site)
    return title[begin.end() :] if is_site else title


def _is_host(name: str, site: str) -> bool:
    """Whether a host has that name: "Xinhua" is xinhuanet.com, "The Lake Tribune" tribune.example."""
    if "." not in site or not all(word[0].isupper() for word in name.split()):
        return False
    bare = _bare(name).removeprefix("the")
    labels = [label for label in site.casefold().split(".")[:-1] if len(label) > _SHORTEST_LABEL]
    ends = tuple(label for label in labels if " " in name and label not in _COMMON)
    return any(_OF_NAME.sub("", label) == bare for label in labels) or bare.endswith(ends)


def without_outlet(title: str, outlet: str) -> str:
    """An entry's title without the outlet behind it; after a dash only the exact name.

    "Aid is cut - UN", of UN News, says who told it.
    """
    end, known = _SITE.search(title), _bare(outlet)
    if end is None or not known:
        return title
    name = _bare(end[2])
    is_own = name == known or (
        end[1] in _BARS and (name in known or known in name or _bare(end[2].split()[0]) in known)
    )
    return title[: end.start()] if is_own else title


def _bare(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()

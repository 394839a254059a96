"""Titles as one reads them: on one line, without the name of the site that stands behind them."""

import re
from html import unescape

from .mending import without_programs

_SITE = re.compile(r"\s+([|–—·»«-])\s+([^|–—·»«]{2,40})$")
_SURELY = ("|", "«")  # a dash may be the title's own
_BARS = ("|", "«", "·", "»")
_TAG = re.compile(r"<(?:[/!?]?[A-Za-z]|!--)[^<>]*>")
_SPACE = re.compile(r"\s+")
# Controls that are no space, and what turns the order of reading (UAX 9); NUL is marked where it is stored.
_STEERING = re.compile(
    "[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def as_line(markup: str | None) -> str | None:
    """A title as one reads it: without tags, entities and signs that steer a screen, on one line.

    None when nothing is left.
    """
    once = unescape(_TAG.sub("", without_programs(markup or "")))
    text = unescape(_TAG.sub("", without_programs(once)))
    return _SPACE.sub(" ", _STEERING.sub("", text)).strip() or None


def without_site(title: str, site: str | None = None) -> str:
    """``Ministers meet | The Paper`` without the paper; after a dash only if that is its name."""
    end = _SITE.search(title)
    if end is None:
        return title
    name, known = _bare(end[2]), _bare(site or "")
    is_named = bool(known) and (name in known or known in name)
    begins_so = _bare(end[2].split()[0]) in known  # "VOA Breaking News" of voanews.com
    is_site = is_named or (end[1] in _SURELY and (not known or begins_so))
    return title[: end.start()] if is_site else title


def without_outlet(title: str, outlet: str) -> str:
    """An entry's title without the outlet behind it: after a dash only the very name.

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

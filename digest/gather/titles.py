"""Titles without the name of the site that stands behind them."""

import re

_SITE = re.compile(r"\s+([|–—·»«-])\s+([^|–—·»«]{2,40})$")
_SURELY = ("|", "«")  # a dash may be the title's own


def without_site(title: str, site: str | None = None) -> str:
    """``Ministers meet | The Paper`` without the paper; after a dash only if that is its name."""
    end = _SITE.search(title)
    if end is None:
        return title
    name, known = end[2].casefold(), (site or "").casefold()
    is_site = name in known or known in name if known else end[1] in _SURELY
    return title[: end.start()] if is_site else title

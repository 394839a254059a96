"""Full texts: fetches the pages of a feed's new entries, if source and robots.txt allow it.

Feeds themselves are fetched without asking robots.txt: they are published to be polled by programs.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ..errors import Refused, SourceError, Withheld
from ..gather.drafts import page_in
from ..gather.fetching.robots import LONGEST, allows, robots_url
from ..gather.fetching.turns import HostTurns
from ..model.gathered import Draft, length
from ..ports import Clock, Fetcher, Parser

AT_ONCE = 20  # pages for one check of a source: at a second each, well within its half hour
_GOOD_FOR = timedelta(days=1)  # RFC 9309, 2.4
_AGAIN = timedelta(hours=1)  # after rules that could not be fetched


class Pages:
    """Fetches pages, and remembers for a day what each site's robots.txt says."""

    def __init__(self, *, fetcher: Fetcher, parser: Parser, clock: Clock) -> None:
        self._fetcher, self._parser, self._clock = fetcher, parser, clock
        self._rules: dict[str, tuple[datetime, bytes | None]] = {}

    async def filled(self, drafts: Sequence[Draft], turns: HostTurns) -> tuple[Draft, ...]:
        """The drafts in order, with the text of their pages; unchanged if a page gives none."""
        return tuple([await self._filled(draft, turns) for draft in drafts])

    async def _filled(self, draft: Draft, turns: HostTurns) -> Draft:
        url = draft.url
        try:
            if url is None or not await self._may(url, turns):
                return draft
            async with turns.at(url):
                fetched = await self._fetcher.fetch(url)
            if fetched.final_url != url and not await self._may(fetched.final_url, turns):
                return draft  # where it leads was not known before; it is not used
            page = await self._parser(page_in, fetched, seen_at=self._clock.now())
        except Withheld as error:
            return replace(draft, withheld=error.by)
        except SourceError:  # the feed's own words stay
            return draft
        is_more = length(page.paragraphs) > length(draft.paragraphs)
        return replace(draft, full_text=page.paragraphs) if is_more else draft

    async def _may(self, url: str, turns: HostTurns) -> bool:
        """Whether the site lets programs fetch this address."""
        place, now = robots_url(url), self._clock.now()
        self._rules = {name: kept for name, kept in self._rules.items() if kept[0] > now}
        if place not in self._rules:
            rules = await self._fetched(place, turns)
            self._rules[place] = now + (_AGAIN if rules is None else _GOOD_FOR), rules
        _, rules = self._rules[place]
        return rules is not None and (not rules or await self._parser(allows, rules, url))

    async def _fetched(self, place: str, turns: HostTurns) -> bytes | None:
        """The robots.txt: empty if the site has none, None if that cannot be known (RFC 9309, 2.3.1)."""
        try:
            async with turns.at(place):
                return (await self._fetcher.fetch(place)).body[:LONGEST]
        except SourceError as error:
            status = error.status if isinstance(error, Refused) else None
            return b"" if status is not None and 400 <= status < 500 and status != 429 else None

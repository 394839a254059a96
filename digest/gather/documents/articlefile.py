"""One article in a plain-text file, messy as it comes."""

import re
from collections.abc import Sequence
from datetime import datetime

from ...model.gathered import Draft, Paragraph
from ..dates import parse_instant
from ..lines.clean import clean_paragraphs
from ..lines.heads import head_of
from ..lines.no_article import refuse_if_no_article, telling_rows
from ..lines.stamps import Stamp
from ..phrases.date_words import is_date
from ..phrases.wordlists import by_language

LONGEST_STANDFIRST = 450  # characters
LEAST_REPEATED = 0.5  # of a standfirst's long words; 0.58 where one repeats, below 0.3 elsewhere

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def read_article(text: str, *, file: str | None = None, seen_at: datetime) -> Draft:
    """The article in ``text``; what the text does not say is None.

    The title is the first line if that is a headline; a standfirst that the first paragraph repeats is
    removed. Dates come from stamp lines, or from a dateline with its year, with ``date_source`` "text";
    without any it is "first_seen". Every paragraph is a part of the text with white space folded. Raises
    Unreadable for what is no article: nothing, a menu, a list of links, a log, code, an error page.
    """
    name = file or "the text"
    rows = telling_rows(text, name)
    head = head_of(rows)
    cleaned = clean_paragraphs(head.rest, title=head.title)
    refuse_if_no_article(rows, cleaned, name)
    paragraphs, standfirst = _without_standfirst(cleaned.paragraphs)
    published, modified = _dates(cleaned.stamps, paragraphs, seen_at)
    return Draft(
        title=head.title,
        paragraphs=paragraphs,
        url=head.url,
        file=file,
        byline=cleaned.byline,
        outlet=head.outlet,
        kicker=cleaned.kicker or head.kicker,
        dateline=cleaned.dateline,
        published_at=published,
        modified_at=modified,
        date_source="text" if published or modified else "first_seen",
        removed=head.removed + standfirst + cleaned.removed,
    )


# --- standfirst and dates -----------------------------------------------------------------------


def _without_standfirst(
    paragraphs: tuple[Paragraph, ...],
) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """The paragraphs without a first one that the second repeats."""
    if len(paragraphs) < 3 or any(each.kind != "p" for each in paragraphs[:2]):
        return paragraphs, ()
    first, second = paragraphs[0].text, paragraphs[1].text
    own = set(_LONG_WORD.findall(first.casefold()))
    told = own & set(_LONG_WORD.findall(second.casefold()))
    if len(first) > LONGEST_STANDFIRST or len(own) < 6 or len(told) < LEAST_REPEATED * len(own):
        return paragraphs, ()
    return paragraphs[1:], (first,)


def _dates(
    stamps: Sequence[Stamp], paragraphs: Sequence[Paragraph], seen_at: datetime
) -> tuple[datetime | None, datetime | None]:
    """The first instant of publication and the last of change in the stamps."""
    languages = _languages(paragraphs)
    found: dict[str, list[datetime]] = {"published": [], "modified": []}
    absolute = [stamp for stamp in stamps if is_date(stamp.words)]
    # "2 hours ago" beside a date: when the page was saved is not known.
    for stamp in (absolute or stamps)[:10]:
        instant = parse_instant(stamp.words, seen_at=seen_at, languages=languages)
        if instant is not None:
            found[stamp.kind].append(instant)
    return next(iter(found["published"]), None), next(reversed(found["modified"]), None)


def _languages(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """The language whose commonest words are commonest; it decides the order of day and month."""
    words = " ".join(each.text for each in paragraphs[:8]).casefold().split()
    common = by_language("common")
    counts = {code: sum(word in known for word in words) for code, known in common.items()}
    best = max(counts, key=lambda code: counts[code])
    return (best,) if counts[best] >= 3 and best != "en" else ()

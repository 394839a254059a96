"""What a page put before a sentence, on its line: buttons, credits, bylines, another story's heading.

``gather`` cuts off what surely stands before a paragraph. Here the sentence decides: what is left behind the
cut must be whole, and no noise.
"""

import re

from ...gather.lines.datelines import dateline_of, here
from ...gather.lines.glued import glued_end
from . import standing, torn
from .judged import AROUND, pattern

_LONGEST = 600  # code points of a sentence that are looked at: a caption, its credit and a heading
_LEAST_SET = 12  # code points that a caption or a list of highlights has at least
_AGENCY = r"(?:AP|AFP|Reuters|REUTERS|EPA|Getty|Bloomberg|USA TODAY)"
_CAPITAL = r"(?=[\"“‘'(]?[A-Z])"
# 342 of 30,637 sentences of the tuning halves of allsides and wikinews begin like this or as below; 260 of
# them stand alone behind the cut, 5 of which did before. All were read by eye on 2026-12-01.
_BEFORE = (
    r"(?:(?:{set_before})"
    # "Updated at 7:53 p.m. ET Thursday The envoys"
    r"|Updated?(?: at| on)? \d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.?(?: \(?[A-Z]{2,4}\)?)?"
    r"(?:,? (?:on )?(?:[A-Z][a-z]+day|[A-Z][a-z]{2,8}\.? \d{1,2})(?:, \d{4})?)?[:.]?"
    r"|This article is more than (?:\d+|an?|one|two|three) (?:year|month)s? old"
    r"|By (?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+, (?:[A-Z][\w’'-]+ ){1,5}?(?:{trades})"
    r"|Image copyright (?:(?:{picture_sources})[/ ]?){1,2}(?! ?Image caption)"
    r"|REUTERS/[A-Z][\w’'-]+ [A-Z][\w’'-]+(?= [\"“]| [A-Z][\w’'-]+ [a-z])"
    # "(Jane Roe/AFP/Getty Images) The envoys"
    rf"|\((?:[^()]{{1,80}}(?:/ ?| via ))?{_AGENCY}(?: Photos?| Images)?(?:[/:,][^()]{{0,60}})?\)"
    r"|(?:â\x80[\x93\x94]|[a-z]{3,12} :)"
    rf") {_CAPITAL}(?!More [A-Z])"
)
# What ends in a sign of its own: the heading of another story, or a caption and its credit,
# "An envoy waves in Riga on May 4, 2019 KCNA | Reuters The envoys".
_ENDED = (
    (" Read more ", rf".{{8,160}}? Read more {_CAPITAL}"),
    (
        " | ",
        r"[^.?!|]{20,300} \| (?:{picture_sources})(?: \| (?:{picture_sources}))* " + _CAPITAL,
    ),
)
# Captions and highlights have no full stops: the last opener behind them (_BEGINS) begins the sentence. Of 12
# such in the same set two are another caption's or point back.
_LABELLED = re.compile(
    r"(?:Story [Hh]ighlights"
    r"|(?:Image copyright .{2,40}? |Media playback is .{2,40}? device )?(?:Image|Media) caption)(?= )"
)
_BEGINS = re.compile(
    r" (?=(?:The|A|An|In|On|At|As|After|More than|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|At least"
    r"|Hundreds of|Thousands of|Dozens of) [\w’'-]+)(?<=[a-z\d’'”\")] )"
)
# "The talks have begun in Riga Federal envoys have met": two verbs without a conjunction are of two lines.
_VERB = r"\b(?:has|have|is|are|was|were|will)\b"
_UNJOINED = re.compile(
    rf"{_VERB}(?:(?!\b(?:and|but|or|that|which|who|whose|what|how|whether|as|when|while|where|after|before|until"
    rf"|since|because|if|than|though|say|says|said)\b)[^,;:—–\"“”.])*?{_VERB}"
)


def begins_at(text: str) -> int:
    """The offset at which a sentence begins behind page furniture; 0 without it, or if no news follows."""
    label = _LABELLED.match(text)
    if label is not None:
        return _last_whole_from(text, label.end() + _LEAST_SET)
    ends = (_furniture_end(text[:_LONGEST]), glued_end(text), torn.heading_end(text))
    return next((begun for at in ends if at and (begun := _whole_from(text, at))), 0)


def _whole_from(text: str, at: int) -> int:
    """The offset of what follows ``at`` and a dateline, if it is whole and no noise; else 0."""
    opening = dateline_of(text[at:])
    is_apart = opening is not None and here().search(opening.text) is None
    rest = opening.text if opening is not None and is_apart else text[at:]
    is_whole = standing.is_whole(rest, most=standing.MAX_LEAD)
    is_news = is_whole and standing.noise_of(rest, "en") is None
    return len(text) - len(rest) if is_news else 0


def _furniture_end(text: str) -> int:
    """The offset at which the last of several pieces of furniture ends; 0 if there is none."""
    start = 0
    while found := pattern(_BEFORE).match(text, start) or _ended(text, start):
        start = found.end()
    return start


def _ended(text: str, start: int) -> re.Match[str] | None:
    known = (pattern(ended).match(text, start) for sign, ended in _ENDED if sign in text)
    return next((found for found in known if found), None)


def _last_whole_from(text: str, start: int) -> int:
    """The offset of the last sentence that runs on from a caption or a list of highlights; 0 without one."""
    begun = 0
    for found in _BEGINS.finditer(text, start):
        before = text[: found.start()].rpartition(" ")[2]
        if before.strip(AROUND).lower() not in torn.joining():
            begun = _whole_from(text, found.end()) or begun
    return 0 if _UNJOINED.search(text, begun) else begun

"""What is glued to a paragraph: labels, captions with their credits, ages of the page, an agency's sign."""

import re
from functools import lru_cache

from ..phrases.agencies import AGENCIES
from ..phrases.cities import is_place
from ..phrases.folding import label
from ..phrases.wordlists import phrases
from .datelines import BEGINS, dateline_of, names_agency

LONGEST_LABEL = 40  # characters
LONGEST_HEADING = 140  # characters
_CAPITAL_NEXT = re.compile(r" (?!MORE\b)[\"“‘]?[A-ZÀ-ÞА-Я]")
_FEWEST_OF_TITLE = 5  # words
# characters before a title that no sentence says by chance: a caption and its credit. Of 2,400 texts of the
# tuning half of allsides 45 have theirs further on, one of them as its own words, 2026-12-01.
_LONGEST_CAPTIONED = 350
_SURE_TITLE = 30  # characters
_MOST_LACKING = 3  # words: "Harry", "Sen. Mark", a label; each costs a pass over the title
LONGEST_CAPTION = 350  # characters, without brackets

_BRACKETED = r"\((?:CNN|AP|AFP|UPI|Reuters)\)"  # an agency, as datelines have it
# "the talks go on. EFE", "the talks go on. ■": how agencies sign what they have ended. All 8 ends that it
# finds in the sets of stories, topics and pages were read, 2026-11-30: signs, but for 2 beginnings of a
# sentence cut off.
_SIGNED_OFF = re.compile(
    r"(?<!\bvs\.)(?<!\b[ap]\.m\.)(?:(?<=[^\W_A-Z][.!?…])|(?<=[.!?…][\"”’»)]))\s{0,2}"
    r"(?:[■□◼◻◾▪●◆☐]{1,3}|#{1,3}|-{1,3} ?30 ?-{1,3}|[a-z]{2,4}(?:/[a-z]{2,4}){1,3}"
    rf"|[-–—/]{{0,2}} ?(?:[A-Z]{{2,6}}|Agencies|Enditem|[Ee]nds?|(?i:{AGENCIES})))$"
)
_ENDING = tuple('.!?…"”’»)')  # no sign ends in them, and most lines do
_AGENCY = r"(?:AP|AFP|Reuters|REUTERS|EPA|Getty|Bloomberg|Dreamstime|USA TODAY)"
# "The palace of Riga (Jane Roe/Reuters) The envoys ...": of 126 such beginnings of 3,666 texts all were
# captions, read by eye on 2026-11-29.
_CREDITED = re.compile(
    rf"[^()]{{0,{LONGEST_CAPTION}}}\((?:[^()]{{2,80}}/ ?{_AGENCY}\b[^()]{{0,20}}"
    rf"|{_AGENCY}(?: [Pp]hoto)?(?:/|: ?)(?!Ipsos)[^()]{{2,80}}"
    rf"|(?:Photo|PHOTO|Image|Credit)(?: by\b|:)[^()]{{2,80}})\) +"
    r"(?=[\"“‘(]?[^\W\d_a-z])"
)
# "FILE - In this May 4, 2019 file photo ... (AP Photo/Jane Roe, File) The envoys": the longest captions.
_FILED = re.compile(
    rf"(?:FILE|File) ?[-–—] .{{20,900}}?\({_AGENCY}(?: ?Photo)?[/:, ][^()]{{0,80}}\) +(?=[\"“]?[A-Z])"
)
# "(CNN) The envoys ...", "(CNN)The envoys ...", "(The Lake Reporter)The envoys ..."
_CALL_SIGN = re.compile(
    r"\([A-Z][^()]{2,40}\)(?=[A-Z][a-z])"
    r"|\((?:CNN|AP|AFP|UPI|EFE|Reuters|Xinhua|Associated Press)\) ?" + BEGINS
)
_AGE = re.compile(  # "6 years ago Riga (CNN) - The envoys ...", which without an agency may be a sentence
    r"\d{1,2} (?:year|month|week|day|hour|minute)s? ago (?:Updated? [^()]{5,40} (?=\(|[A-Z]))?"
    rf"(?=[^().!?]{{0,60}}{_BRACKETED})"
)
_POSTED = re.compile(
    r"(?:Posted|Published|Updated)(?: on|:)? [A-Z][a-z]+ \d{1,2}, \d{4} (?=[\"“]?[A-Z])"
)
# "Updated at 4 p.m. ET: Israel and Hamas ...", "[Updated 7:30 a.m. Jan. 28] The president ..."
_CLOCKED = re.compile(
    r"\[?(?:Last |First )?(?:[Uu]pdated?|UPDATED?|[Pp]osted|[Pp]ublished)(?: at| on)?:? "
    r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|AM|PM)?(?: \(?[A-Z]{2,4}\)?)?"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?:\]|:) " + BEGINS
)
# "Jane Roe and John Borg USA TODAY RIGA — Minister Novak said": of 96 such beginnings of 9,600 texts all were
# bylines, and each stood before the first sentence of its article; read by eye on 2026-11-30.
_BYLINED = re.compile(
    r"(?:[A-Z][\w.’'-]+,? (?:and )?){2,9}USA TODAY (?:Network |Opinion )?(?=[\"“]?[A-Z])"
)
_ADDRESSED = re.compile(  # "Jane Roe jroe@lake.example Minister Novak said"
    r"(?:[A-Z][\w.’'-]+,? ){1,5}\S{1,40}@\S{1,40}\.\w{2,},? (?=[A-Z])"
)
_SECTION = re.compile(
    r"(?:What[’']s (?:happening|next)|Why there[’']s debate|From the (?:Left|Right)(?! Bank)"
    r"|A daily (?:round-?up|update|summary) (?:of|on) [a-z ]{5,60}) (?=[\"“]?[A-Z])"
)
# Buttons and labels of players, pictures and share bars: "Enlarge this image toggle caption Jane Roe/AP Jane
# Roe/AP Envoys met", "CLOSE Envoys met". 302 of the 7,326 texts of the sets begin so; every eighth was read
# by eye on 2026-12-01, and none was the article's own.
_BUTTONS = re.compile(
    rf"(?:.{{1,{LONGEST_HEADING}}}? )??Enlarge this image toggle caption "
    r"(?P<credit>.{2,60}?) (?P=credit) (?=[\"“(]?[A-Z])"
    r"|(?:LISTEN TO ARTICLE \d{1,2}:\d\d )?SHARE THIS ARTICLE Share Tweet Post Email (?=[\"“]?[A-Z])"
    r"|CLOSE (?=[\"“]?[A-Z][a-z]|[A-Z] [a-z])"
    r"|next Image \d+ of \d+ prev Image \d+ of \d+ (?=[\"“]?[A-Z])"
)
_FURNITURE = re.compile(  # in one: eight took as many times as long
    "|".join(
        known.pattern
        for known in (
            _FILED,
            _CREDITED,
            _CALL_SIGN,
            _AGE,
            _POSTED,
            _CLOCKED,
            _BYLINED,
            _ADDRESSED,
            _SECTION,
            _BUTTONS,
        )
    )
)
# "Envoys meet in the palace RIGA, Latvia (AP) — Minister Novak": what stands before a dateline.
_HEADED = re.compile(
    rf".{{3,{LONGEST_HEADING}}}?[a-z\d’'”)] "
    r"(?=[A-Z]{4,}(?: [A-Z]{3,})?(?:, [A-Z][\w. ]{1,20})? (?:\([A-Z][\w ]+\) )?(?:—|–|--?) [\"“A-Z])"
)
_WIRE = re.compile(  # "See the talks live on Sunday. (CNN) -- The envoys": the text begins at its dateline
    r".{3,400}?[.!?”\"’)] "
    rf"(?:(?={_BRACKETED} ?(?:—|–|--?) [\"“A-Z])|{_BRACKETED} (?=[\"“A-Z])"
    rf"|(?=[A-Z][\w’-]+(?: [A-Z][\w’-]+)?(?:, [A-Z][\w.]+)? {_BRACKETED} [\"“A-Z—–-]))"
)
_DASHED = re.compile(rf"{_BRACKETED} ?[—–-]")
_VIEWS = " expressed "  # "the views expressed are his own": what tells an opinion stays in its text
# "Jane Roe Special for USA TODAY RIGA — Four weeks", behind the credit of a video or a list of what follows:
# nothing before a city in capitals and a dash is the article's. Of 7,326 texts of the sets 40 begin so, with
# those before "(CNN) The envoys"; all were read on 2026-12-01.
_CITY = re.compile(
    r"(?<=[\w’'”\").;] )([A-Z]{3,}(?: [A-Z]{3,})?)(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)? "
    r"(?:\([A-Z][\w ]+\) )?(?:—|–|--?) (?=[\"“A-Z])"
)
_PLACELESS = re.compile(r"(?:—|–|--) (?=[\"“A-Z])")  # what a page leaves of "RIGA — The envoys"
_MOST_BEFORE_CITY = 350  # characters
# "Quake shakes the bay March 14, 2013 6:13 am The bay was shaken": a heading and when its page was made. Of
# 200 such beginnings of 9,600 texts, nearly all in ecbplus, some 160 were read by eye on 2026-11-30: none
# was the article's own.
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?"
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?"
_POSTED_ON = r"(?:(?:Posted|Published|Updated)(?: on)? )?"
_ZONE = "(?: (?:A?[ECMP][SD]?T|GMT|UTC|BST|CET|CEST|IST|MSK|JST|HKT|SGT))?"
_CLOCK = rf"\d{{1,2}} ?[:.] ?\d\d ?(?:[ap]\. ?m\.|[ap]m|AM|PM)?{_ZONE}"
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,| -)? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH} \d{{4}})"
_CAPITAL = r"(?=[\"“]?[A-Z])"
_MADE = re.compile(
    rf"(?:(.{{1,200}}?) )??{_POSTED_ON}{_WEEKDAY}{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}"
    rf"(?:,? (?:at )?{_CLOCK})? {_CAPITAL}"
)
_MADE_AT = re.compile(  # with its hour, whatever stands before it: "guilty on August 04 2011 5: 46 PM A jury"
    rf".{{0,200}}?{_POSTED_ON}{_WEEKDAY}{_DAY}(?:,| -| at)? {_CLOCK}"
    rf"(?:,? [Uu]pdated {_DAY}(?: at)? {_CLOCK})? {_CAPITAL}"
)
_DATING = re.compile(  # "signed on May 5, 1955 Austria's ..."
    r"\b(?:on|of|in|by|since|from|until|till|to|before|after|dated|between|and|through|around|about|for|the|at"
    r"|late|early|mid|historic)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)  # of one article most paragraphs are asked about twice
def glued_end(text: str) -> int:
    """Where the paragraph begins behind what was glued before it; 0 where nothing was."""
    start = _lead_in_end(text)
    while (end := _furniture_end(text, start)) > start:
        start = end
    return start


def signed_off_at(text: str) -> int:
    """Where the sign begins that an agency set behind its last sentence; the length where there is none."""
    if text[-1:] in _ENDING:
        return len(text)
    start = max(0, len(text) - LONGEST_LABEL)
    found = _SIGNED_OFF.search(text, start)
    return len(text) if found is None else found.start()


def headed_end(text: str, title: str) -> int:
    """Where the first paragraph begins behind its title, or a heading before a dateline or stamp.

    0 where none stands before it. A title of fewer than five words may be the sentence's own beginning.
    """
    if (end := _title_end(text, title)) > 0:
        return end
    wire = _PLACELESS.match(text) or _WIRE.match(text)
    if wire is not None and (_DASHED.match(text, wire.end()) or _VIEWS not in wire.group()):
        return wire.end()
    made_at = _MADE_AT.match(text)
    if made_at is not None:
        return made_at.end()
    made = _MADE.match(text)
    if made is not None and not _DATING.search(made[1] or ""):
        return made.end()
    found = _HEADED.match(text)
    return found.end() if found is not None and _is_dated(text[found.end() :]) else _city_in(text)


def _city_in(text: str) -> int:
    """Where a dateline of a known city begins within the first lines; 0 where none, or the text does."""
    for found in _CITY.finditer(text, 0, _MOST_BEFORE_CITY):
        words = found[1]
        last = words.rpartition(" ")[2]
        start = found.start() if is_place(words) else found.end(1) - len(last)
        if is_place(text[start : found.end(1)]):
            return 0 if _is_dated(text) else start
    return 0


def _title_end(text: str, title: str) -> int:
    """Where the text begins behind its title; at its very beginning the first few words of that may lack."""
    words = title.split()
    for lacking in range(min(_MOST_LACKING, len(words) - _FEWEST_OF_TITLE) + 1):
        known = " ".join(words[lacking:])
        before = 0 if lacking else LONGEST_HEADING
        if not lacking and len(known) >= _SURE_TITLE:
            before = _LONGEST_CAPTIONED
        at = text.find(known, 0, len(known) + before)
        end = at + len(known)
        if at >= 0 and _CAPITAL_NEXT.match(text, end):
            return end + 1
    return 0


def _is_dated(text: str) -> bool:
    """Whether it begins with a sure dateline: a known place, a place and its region, or an agency."""
    opening = dateline_of(text)
    if opening is None:
        return False
    place, comma, _ = (opening.dateline or "").partition(",")
    return bool(comma) or is_place(place) or names_agency(opening.cut or "")


def _lead_in_end(text: str) -> int:
    """How many characters are a label such as "Details: "; none where nothing follows."""
    head, mark, rest = text[: LONGEST_LABEL + 1].partition(": ")
    return len(head) + 2 if mark and rest and label(head) in phrases("lead_ins") else 0


def _furniture_end(text: str, start: int) -> int:
    found = _FURNITURE.match(text, start)
    return start if found is None else found.end()

"""Signs that a sentence is page furniture: a caption, byline, stamp, list or label."""

import re
from functools import cache

from ...gather.phrases.cities import is_place
from ..vocabulary.given_names import agrees
from . import torn
from .judged import WEEKDAY, listed, pattern

_SIGN = re.compile("[©®►•▶■|@#»/·%]")
_SIGNS = re.compile(
    r"[©®►•▶■|]| · \d|»$|(?<!\w)[@#]\w|https?:|pic\.twitter|\b[A-Z]{1,5},? [+−-]\d+\.\d+ ?%"
    r"|^(?:[A-Z][a-z.’'-]+ ){2,3}/ [A-Z]|\([^()]*/(?:AP|AFP|Reuters|REUTERS|EPA|Getty)[^()]*\) [A-Z]"
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z.]*"
_AT_START = (
    r"\W*(?:\d{1,2}[.)\]]|[*•–—-]) |-(?=[A-Z])"
    r"|\([^()]*\)\W*$|(?:File|FILE|ADVERTISEMENT|CLOSE|Story [Cc]ontinue[sd])\b"
    r"|\(?(?:(?:Additional )?[Rr]eporting|Writing|Editing|Compiled) by [A-Z]"
    r"|(?!VOA)[A-Z]{3,5}[’']s (?:[A-Z][\w.’'-]+ ){2,3}(?:reports on|has more|joins|talks|speaks)\b"
    # "DW looks at what the tariffs mean": eight of 42,065 sentences, seven in 204 entries of three feeds.
    r"|(?:The )?(?:ABC|AP|BBC|CBC|CBS|CNBC|CNN|DW|MSNBC|NBC|NPR|PBS|VOA)(?: News)?"
    r"(?:[’']s(?: [A-Z][\w.’'-]+){1,3})? "
    r"(?:asks|looks (?:at|back|into)|explores|examines|hears|visits|visited|followed the)\b"
    r"|(?:[A-Z]+[’']s )?(?:[a-z]+ )?(?:[A-Z][\w.’'-]+ ){1,3}"
    r"has (?:more|(?:the )?details|the (?:latest|story))(?:\.| on\b| from\b| about\b)"
    rf"|{_MONTH} \d{{1,2}}, \d{{4}} (?:[A-Z][\w.’'-]+ ){{1,3}}|\([^()]{{1,60}}\) [a-z]"
    r"|(?:Find|Get|Read|See|View|Download) .* here\.$|Vote [Nn]ow\b|(?:RELATED|Related|STORY|MORE): ?[A-Z]"
    r"|\([A-Z][a-z]+\.? \d{1,2}\) AP |Updated? at \d|Video provided by"
    r"|A daily (?:update|round-?up|summary) (?:of|on)\b"
    # What a page calls itself: three of 100,269 sentences stood alone, 2026-12-01.
    r"|A (?:round-?up|collection|selection|compilation|summary) of\b"
    r"(?!.* (?:is|are|was|were|has|have|had|will|would|can|shows?|reveals?|includes?|[a-z]{3,}ed)\b)"
    r"|A (?:closer )?look (?:back )?(?:at|into)\b"
    r"|(?:Reporter|Moderator|Host|Interviewer): "
    r"|[Aa] (?:screengrab|screen ?shot)|(?:Q|A): |(?:Below|Here) (?:is|are|he|she) |Here[’']s "
    r"|Stay (?:up to date|informed|connected) |What[’']s (?:happening|next) (?=[A-Z])"
    r"|(?:View|Watch|Click|Read|See|Check out|Find out|Listen to|Subscribe to|More on) [a-z]"
    # Said to the reader: sixteen of 41,326 sentences that stood alone, none of them news, 2026-11-30.
    r"|(?:Sign up (?:to|for)|Be the first to|Donate to|Subscribe via|Tune in(?:to)?|For more information"
    r"|Follow [a-z]+ on|Share (?:photos|videos?)|See PDF|A version of this)\b|(?:Click|Download) [A-Z]|Read: "
    # Buttons and makers of videos before a caption or text: fifteen of 26,846 sentences, 2026-12-01.
    r"|(?:Sign Up|Vote Here|Add Interest|Wochit|Buzz60|Newslook|Storyful) (?=[\"“A-Z])"
    r"|(?:More|Moving on|Advertisement|The claim): [\"“]"
    r"|Watch [A-Z].*(?: ET\b| below\b|\.com\b)|(?:Photo|Image|Picture|Map) of an? "
    r"|(?:Video|Image|Caption|Credit|Photo|Listen) (?:: )?(?=[A-Z“])"
    r"|(?:Advertisement|Story [Hh]ighlights|(?:JUST|MUST) WATCH(?:ED)?|Previous Next|USA TODAY) "
    r"(?=[A-Z\"“])(?!Sport)"
    r"|(?:{page_labels})(?:/[A-Z]+)?: "
    r"|(?:[A-Z][\w.’'-]+ (?:and )?){2,5}USA TODAY (?=[A-Z])|AD (?=A|[A-Z][a-z])"
    r"|[A-Z][A-Z ,.-]+ [-–—] [A-Z]{3,9} \d{1,2}: "  # a picture agency's place and day
    r"|By (?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\w+day)[A-Z][\w.'’-]+ (?:[A-Z][\w.'’-]+ ?){1,3}"
    r"(?:,|for\b|and [A-Z]|in [A-Z]|\W*$)|(?:[A-Z][A-Z’'-]+[:,]? ){3}[A-Z]{2}"
)
# The date of a picture, behind a comma at the very end: 111 of 72,497 sentences in five sets; 43 of 45 read
# by eye on 2026-11-28 were captions. "... signed it in Vienna on May 5, 1955." is none.
# Right behind a place, "near Riga March 20, 2019.", all nine that stood alone were captions, 2026-11-30.
_TAKEN = re.compile(
    rf"(?:, (?:on )?(?:{_MONTH} \d{{1,2}}, |\d{{1,2}} {_MONTH} )"
    rf"|(?!{WEEKDAY})\b[A-Z][\w’'-]+ {_MONTH} \d{{1,2}}, )\d{{4}}\.$"
)
_PICTURE = re.compile(  # "U.S. Navy image of pirates operating off Somalia", without a verb
    r"(?:[A-Z][\w.]+ ){1,4}(?:image|photo|photograph|picture|portrait) of\b"
    r"(?!.* (?:shows?|showed|was|were|is|are|has|had|went|made) )"
    r"|[^,.]{3,80}? (?:is|are) (?:seen|shown|pictured) (?:here )?in (?:this|an?) (?:[\w-]+ ){0,4}"
    r"(?:photo|photograph|image|picture|portrait|handout|mugshot|still)\b"
    r"|.{3,250}? in this (?:[\w,-]+ ){1,4}(?:photo|photograph|picture|image|handout)\b"
)
_PICTURED = frozenset(  # such a caption has one of these
    "image photo photograph picture portrait seen shown pictured".split()
)
# "Secretary Novak talks with Minister Borg in Riga on May 20, 2017": what a picture with a full date shows,
# in the present tense.
_SHOWS = (
    r" (?:{poses}|{poses_dated})\b"
    r"|(?:cheer|gather|shout|march|pray|mourn|chant|rally|wave)\b"
    r"|[a-z]s (?:ride|stand|sit|wait|walk|march|carry|wave|look|react)\b"
)
_SCENE = (  # the same with a date that is not full: "Envoys wait in Vienna on Monday."
    r" (?:{poses}|campaigns)\b"
    r"|(?:[a-z]s|[Pp]eople|[Mm]en|[Cc]hildren|[Pp]olice) (?:ride|gather|cheer|stand|sit|wait|walk|wave|pray"
    r"|look at|inspect)\b"
    r"|^An? [a-z-]+ and (?:an? )?[a-z-]+ (?:ride|stand|sit|wait|walk|wave|pray|look at|mourn)\b"
)
# "Police watch over travellers at the palace": what a crowd does on a picture, in the present tense.
_CROWD = r"(?:[A-Z][\w’'-]+ ){0,3}(?:(?:{crowds}) (?:{crowds_do})\b|\w+s react as\b)"
# "Moderator Roe interviews General Borg on July 22 during the forum": in the present tense, of the past.
_ACTS = re.compile(
    rf"(?:[A-Z][\w.’'-]+ ){{2,6}}(?:interviews|speaks|talks|addresses|delivers|testifies|attends|tours"
    rf"|performs|answers questions)\b"
    rf".* on {_MONTH} \d{{1,2}}\b"
)
_SOME_DATE = re.compile(
    rf" (?:{_MONTH}(?: \d{{1,2}}| \d{{4}})?|\d{{4}}"
    rf"|\w+day(?:, {_MONTH} \d{{1,2}}| (?:in|near|at|outside) [A-Z][\w ]+(?:, [A-Z][\w.]+)?)?)\.?$"
)
_FULL_DATE = re.compile(rf"\b{_MONTH} (?:\d{{1,2}}, )?\d{{4}}\b")
# "A wounded envoy lies on a stretcher": somebody unknown, in the present tense, with a past date.
_UNKNOWN = re.compile(
    r"An? (?:(?!that|which|who)[\w’'-]+ ){1,4}?(?:[a-z]{2,}s) (?:to|the|an?|in|on|at|past|through|over|near"
    r"|his|her|its|for|with|from|by|into|down|up|out|around|along|outside|during|after|before"
    r"|as|amid)\b"
)
# "Thousands flee Mosul on Wednesday, August 6, after ...": the day of a picture, in mid-sentence.
_ON_DAY = re.compile(rf"\b{WEEKDAY}, {_MONTH} \d{{1,2}}[,.]")
_ON_PICTURE = re.compile(
    r"\b(?:is|are) (?:escorted|flown|seen|shown|carried|evacuated|greeted|led|taken|held|treated)\b"
    r"|\b(?:flees?|cry|cries|mourns?|listens?|stands?|sits?|walks?|gathers?|waits?|reacts?)\b"
)
_BROADCAST = re.compile(r"\b[ap]\.?m\.? ET,? on (?:CNN|HLN|MSNBC|NBC|CBS|ABC|Fox|PBS|C-SPAN)\b")
_LAST = 60  # code points at the end, in which the date stands
_NAMED = (  # a name, a number, or a function word between them
    r"(?:[A-ZÀ-Þ\d]|[^\w\s])\S*"
    r"|(?:an?|the|of|in|at|on|and|for|with|from|by|during|after|before|outside|inside|near),?"
)
_NAMES = re.compile(rf"(?:{_NAMED})(?: (?:{_NAMED}))*")
_LIFE = (  # about an author: "Anna Novak is a fellow at ...", "Anna Novak teaches ..."
    r"(?:[A-Z][\w.'’-]+ ){2,4}(?:teaches\b|has taught\b|(?:is|has been) (?:an? |the )?(?:[\w’'-]+,? ){0,6}?"
    r"(?:{callings})\b)"
)
_DATED = re.compile(rf"day, {_MONTH} \d{{1,2}}, \d{{4}}")
_PLACED = re.compile(", (?:left|right|cent(?:er|re)|second from|top|bottom|L|R), ")
_CLOCK = re.compile(r"\d[:.]\d\d (?:EST|EDT|GMT|BST)\b")
_CLOCKS = frozenset({"est", "edt", "gmt", "bst"})
_STAMP = re.compile("PUBLISHED:|UPDATED:")
_STAMPS = frozenset({"published", "updated"})
_AGENCY = "(?:AP|AFP|Reuters|REUTERS|EPA|Getty|Photo|TASS|dpa|Bloomberg)"
_CREDIT_FIRST = re.compile(  # of a caption, before the text
    rf"\W*\( ?(?:[^()]{{0,120}}(?:/| via ){_AGENCY}|{_AGENCY}(?: [Pp]hoto)?[/:]|P(?:hoto|HOTO)[sS]?:)"
    r"[^()]{0,120}\) "
)
_SOURCE_FIRST = re.compile(
    r"(?:REUTERS|AFP|AP|EPA|Getty)(?: Photo)?/(?!Ipsos)[A-Z]"
    r"|[A-Z][\w./ ]{2,60} via (?:REUTERS|Reuters|AP|AFP|Getty) [A-Z\"“]"  # "Novak/Pool via REUTERS Envoys"
)
_CREDIT = re.compile(rf"\((?:[^()]* )?{_AGENCY}(?:[ /][^()]*)?\)\W*$")
_TICKER = re.compile(r"\( [a-z]{2,5} \)")  # of a share, whose link is lost
_ASIDE = re.compile(  # for the reader of the page: "(see-AHN-see-uh)", "(read it here)", "(3.99MB pdf)"
    r"\((?:(?:[a-z]+-)+[A-Z]{2,}[’']?(?:-[a-z]+)+"  # but not "(EU-led)", "(pro-EU)"
    r"|\d[\d.,]* ?[KMG]B\b[^()]{0,20}"
    r"|(?:read|see|watch|view|click|listen)\b[^()]{0,40}\b(?:here|below|above|more|video|it|link))\)"
)
# Links that a page hides behind a name: "Anna NovakMinister leaves Riga Envoys meet again MORE said". All 29
# of 41,326 sentences with MORE alone in capitals were such, 2026-11-30.
_LINKED = re.compile(r"\bCLOSE [A-Z]|(?<![A-Z] )\bMORE\b(?! [A-Z]{2})|\w Listen (?:--|[\"“A-Z])")
_LINKS = ("MORE", "CLOSE", " Listen ")
# "The officials spoke on condition of anonymity because ...": about the sources, not the news. Five such
# sentences of the sets stood alone, none of them news; "said one, who spoke on ..." is none. 2026-12-01.
_SOURCED = re.compile(
    r"[^,“”\"]{0,90}(?<!who )\b(?:spoke|speaking|insisted|requested|asked|demanded|(?:was|were) granted)\b"
    r"[^,“”\"]{0,25}\banonymity\b"
)
_SPEAKER = re.compile(r"([A-Z]{2,} [A-Z][A-Z.' -]+): ")  # of a transcript: "JOHN BORG: ..."
_SURNAME = re.compile(r"(?:^|[\])] )([A-Z]{3,}): (?=[A-Z])")
_LABEL = re.compile(r"['‘]?([A-Z][\w’'-]*(?: [\w’'-]+){0,4})['’]?: [A-Z]")
# "OUTLOOK FOR RIGA: The talks", "ANNA NOVAK, HOST: The envoys": of 95,212 sentences of seven sets 15 stood
# alone, all of them labels and turns of a talk, 2026-12-01.
_CAPITALS = re.compile(
    r"\W*((?:[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+,? ){0,6}[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+): [\"“'‘]?[A-Z]"
)
# "Map of the bridge over the river: Envoys crossed it": no verb stands before the colon. Of those sentences
# 13 stood alone: captions, headings and table rows, and two that an editor might keep.
_HEAD = re.compile(r"([A-ZÀ-Þ][^:“\"‘.]{12,160}): (?=[A-Z])")


def is_bare(text: str) -> bool:
    """Whether an English sentence holds nothing but names: a heading, or a caption without a verb."""
    return _NAMES.fullmatch(text) is not None


def is_under_head(text: str, known: frozenset[str]) -> bool:
    """Whether words without a verb and a colon stand before an English sentence, as in captions and tables.

    ``known`` are its words in lower case.
    """
    found = _HEAD.match(text) if ": " in text else None
    if found is None or found[1].isupper() or is_place(found[1].partition(",")[0]):
        return False
    if found[1].count("(") > found[1].count(")"):  # "Borg Ltd (ticker: BRG)"
        return False
    return torn.is_verbless(found[1], known)


def is_of_page(text: str, known: frozenset[str]) -> bool:
    """Whether it is page furniture: a caption, byline, stamp, list, label, link or transcript.

    ``known`` are its words in lower case.
    """
    label = _LABEL.match(text) if ": " in text else None
    if (
        pattern(_AT_START).match(text)
        or (": " in text and (_is_transcript(text) or _is_under_capitals(text)))
        or (label and not label.group(1).isupper())
    ):
        return True
    if "www." in text or (_SIGN.search(text) and _SIGNS.search(text)):
        return True
    if "(" in text and (_ASIDE.search(text) or _TICKER.search(text)):
        return True
    if ")" in text[-3:] and _CREDIT.search(text):
        return True
    if ("(" in text[:2] and _CREDIT_FIRST.match(text)) or _SOURCE_FIRST.match(text):
        return True
    if _is_picture(text, known) or pattern(_LIFE).match(text) or _is_scene(text, known):
        return True
    if any(map(text.__contains__, _LINKS)) and _LINKED.search(text):
        return True
    return _is_stamped(text, known)


def _is_transcript(text: str) -> bool:
    """Whether the name of its speaker stands before it in capitals; "NEW DELHI: " is a place."""
    surname = _SURNAME.search(text)
    if surname is not None and not is_place(surname[1]):
        return True
    found = _SPEAKER.match(text) if text[:2].isupper() else None
    if found is None:
        return False
    name = found.group(1)
    is_city = name.split()[0][-1] == "A"  # GUATEMALA CITY
    return agrees(name, "he") or (agrees(name, "she") and not is_city)


def _is_under_capitals(text: str) -> bool:
    """Whether a label or a speaker in capitals stands before it; "OTTAWA, ON: " is a place."""
    found = _CAPITALS.match(text)
    if found is None:
        return False
    name = found[1].partition(",")[0]
    return " " in found[1] and not (is_place(name) or name.endswith(" CITY"))


def _is_picture(text: str, known: frozenset[str]) -> bool:
    """Whether it is a caption that speaks of its picture: "image of", "seen in this photo"."""
    return not _PICTURED.isdisjoint(known) and _PICTURE.match(text) is not None


def _is_scene(text: str, known: frozenset[str]) -> bool:
    """Whether it is a caption that tells in the present tense what a picture shows."""
    if not _tells().isdisjoint(known):
        return False
    if (
        pattern(_CROWD).match(text)
        or _ACTS.match(text)
        or ("day, " in text and _ON_DAY.search(text) and _ON_PICTURE.search(text))
    ):
        return True
    end = max(0, len(text) - _LAST)
    if _FULL_DATE.search(text, end):
        return pattern(_SHOWS).search(text) is not None or _UNKNOWN.match(text) is not None
    if not _SOME_DATE.search(text, end):
        return False
    return pattern(_SCENE).search(text) is not None or _UNKNOWN.match(text) is not None


def _is_stamped(text: str, known: frozenset[str]) -> bool:
    """Whether it tells the date of a picture, a place on it, a time stamp, or that sources are anonymous."""
    if (
        _DATED.search(text)
        or (text[-5:-1].isdigit() and _TAKEN.search(text))
        or _PLACED.search(text)
    ):
        return True
    if "et" in known and _BROADCAST.search(text):
        return True
    if "anonymity" in known and _SOURCED.match(text):
        return True
    clock = not known.isdisjoint(_CLOCKS) and _CLOCK.search(text)
    return bool(clock or (not known.isdisjoint(_STAMPS) and _STAMP.search(text)))


@cache
def _tells() -> frozenset[str]:
    return frozenset(listed("en", "tells"))

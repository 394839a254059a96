"""Whether a sentence stands alone: what would make an editor strike it from a digest.

English in depth; the pronouns and connectives of the other interface languages by their first word.
"""

import re

MIN_WORDS = 6  # fewer say too little ("The talks continue.")
MAX_WORDS = (
    60  # the longest that is read in one breath; 99.5 % of 21,000 news sentences are shorter
)

_PRONOUNS = (
    "he|she|it|they|him|his|her|hers|its|their|them|theirs|this|these|those|such|both|each|neither|either|"
    "il|elle|ils|elles|ce|cela|ceci|son|sa|ses|leur|leurs|"
    "er|sie|es|dies|dieser|diese|dieses|sein|seine|ihr|ihre|deren|dessen|"
    "él|ella|ellos|ellas|esto|este|esta|estos|estas|eso|su|sus|"
    "он|она|оно|они|его|ее|её|их|это|этот|эта|эти|такой|такая|такие|"
    "він|вона|воно|вони|його|її|їх|їхній|це|цей|ця|ці|такий|така|такі|"
    "bu|bunlar|onlar|onun|şu"
)
_CONNECTIVES = (
    "and|but|or|nor|so|yet|also|however|meanwhile|moreover|furthermore|additionally|besides|instead|"
    "nevertheless|nonetheless|still|then|thus|therefore|hence|consequently|otherwise|similarly|likewise|"
    "conversely|afterwards|later|earlier|finally|indeed|again|elsewhere|separately|there|here|not|"
    "mais|et|or|donc|ainsi|cependant|toutefois|pourtant|aussi|ensuite|enfin|puis|"
    "aber|und|doch|jedoch|auch|zudem|außerdem|dabei|damit|darauf|danach|dennoch|deshalb|daher|"
    "pero|y|sin|además|también|así|entonces|luego|"
    "но|а|и|однако|также|поэтому|затем|при|кроме|между|тем|"
    "але|та|й|однак|проте|також|тому|потім|крім|"
    "ve|ama|ancak|fakat|ayrıca|öte"
)
_PHRASES = (
    "in addition|in turn|in response|in contrast|by contrast|in fact|in other words|in particular|in return|"
    "in doing so|at the same time|at that time|at the time|at this point|as a result|as such|as well as|"
    "after that|after this|after all|for example|for instance|for this|for that|for his part|for her part|"
    "for its part|for their part|on the other hand|on top of|on the contrary|even so|even then|that said|"
    "that is|that was|that would|that comes|that means|that has|that included|since then|by then|"
    "because of this|despite this|despite that|under it|with that|with this|to this end|to that end|"
    "in (?:his|her|its|their) (?:own )?\\w+|of these|of those|of them|one of them|some of them|"
    "most of them|many of them|all of this|all of them|"
    "other than that|more recently|much of that|part of that|the same day|the day before|the day after|"
    "the next day|the following day|the latter|the former|the two|the pair|the duo|the trio|the other"
)
_DANGLING = re.compile(
    rf"[\"'“”‘«„(\[—–-]*\s*(?:(?:{_PRONOUNS}|{_CONNECTIVES})\b|(?:{_PHRASES})\b)", re.IGNORECASE
)
_FREE = re.compile(  # opens like a pronoun or connective, and yet needs nothing before it
    r"(?:it (?:is|was|will be|has been) (?:the (?:first|second|third|last|latest|biggest|largest|worst)|"
    r"(?:\w+ ){1,3}(?:that|to))\b|both (?:\w+ ){1,4}and\b|not (?:all|every|since|one|until)\b|"
    r"(?:these|this) (?:week|month|year|morning|afternoon|evening|summer|winter|spring|autumn)\b|"
    r"each of the\b|neither (?:\w+ ){1,4}nor\b|either (?:\w+ ){1,4}or\b|later (?:this|on|in)\b|"
    r"earlier (?:this|on|in)\b|there (?:is|are|was|were|has|have|will)\b|the two (?:sides|countries|"
    r"governments|leaders|presidents|ministers|nations|powers) (?:of|in)\b|still (?:\w+ ){1,3}(?:a|the)\b)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:the (?:minister|president|official|officials|diplomat|spokesman|spokeswoman|spokesperson|group|"
    r"move|decision|remarks?|comments?|statement|measure|document|ministry|report|leader|premier|chancellor|"
    r"ambassador|envoy|agency|deal|meeting|visit|incident|attack|plan|proposal|letter|newspaper|paper) "
    r"(?:also|too|then|further|later|added|went on|continued|comes?|came|follow(?:s|ed)?|did not (?:say|"
    r"elaborate|specify|name)))\b|^\W*(?:\w+\W+){1,8}also\b(?! known)|"
    r"^\W*the (?:minister|president|official|diplomat|spokesman|spokeswoman|spokesperson|ambassador|envoy|"
    r"premier|chancellor|commander|general|senator|politician|man|woman|\d\d)(?:-year-old)? (?:said|says|"
    r"told|added|warned|noted|stressed|claimed|insisted|wrote|called|urged|has|had|was|is|did|also)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:I|we|my|our|us|me|you|your)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]")
_FINISHED = re.compile(r"[.!?…。！？؟][\"'”’»“)\]]*$")
_PAGE_MARKS = ("http://", "https://", "www.", "pic.twitter", "@", "#")
_PAGE_WORDS = (
    "click", "subscribe", "newsletter", "sign up", "read more", "cookie", "advertisement", "photo by",
    "getty images", "reuters/", "ap photo", "file photo", "all rights reserved", "follow us",
    "watch live", "this article", "this story was", "reporting by", "editing by",
    "contributed to this report",
)  # fmt: skip
_PAGE = re.compile(
    rf"https?://|www\.|@\w+|#\w+|\bpic\.twitter|\b(?:{'|'.join(_PAGE_WORDS)})\b", re.IGNORECASE
)
_REPORTED_PRONOUN = re.compile(
    r"[,\"”»’]\s*(?:he|she|they|it) (?:also )?(?:said|added|told|wrote|stated|noted|warned|stressed|"
    r"insisted|argued|claimed|explained|continued|concluded)\b|\b(?:said|added) (?:he|she)\b",
    re.IGNORECASE,
)


def is_dangling(sentence: str) -> bool:
    """Whether its beginning points back at a sentence that a reader has not seen."""
    text = sentence.strip()
    if _FREE.match(text):
        return False
    return (
        opens_dangling(text)
        or _POINTS_BACK.search(_QUOTED.sub("", text)) is not None
        or _REPORTED_PRONOUN.search(text) is not None
    )


def opens_dangling(sentence: str) -> bool:
    """Whether its first words are a pronoun or a connective that needs the sentence before."""
    text = sentence.strip()
    return _DANGLING.match(text) is not None and _FREE.match(text) is None


def is_balanced(sentence: str) -> bool:
    """Whether every quotation mark and bracket that opens is closed."""
    return (
        sentence.count("“") <= sentence.count("”") + sentence.count("„")
        and sentence.count("”") <= sentence.count("“") + sentence.count("„")
        and sentence.count("«") == sentence.count("»")
        and sentence.count('"') % 2 == 0
        and sentence.count("(") == sentence.count(")")
        and sentence.count("[") == sentence.count("]")
    )


def is_scrap(sentence: str) -> bool:
    """Whether it is too short for a sentence: a byline, a stamp, a label, "The talks continue."."""
    return len(sentence.split()) < MIN_WORDS and not _is_unspaced(sentence.strip())


def is_whole(sentence: str) -> bool:
    """Whether it is one finished sentence of prose, neither a scrap nor a screenful."""
    text = sentence.strip()
    words = len(text.split())
    fits = MIN_WORDS <= words <= MAX_WORDS or _is_unspaced(text)
    starts = bool(text) and not text.lstrip("\"'“‘«„([").lstrip()[:1].islower()
    return fits and starts and _FINISHED.search(text) is not None and is_balanced(text)


def is_noise(sentence: str) -> bool:
    """Whether it speaks of the page and not of the news, or speaks to the reader."""
    return speaks_of_page(sentence) or speaks_to_reader(sentence)


def speaks_of_page(sentence: str) -> bool:
    """Whether it holds an address, a credit or a request to click."""
    folded = sentence.lower()
    # Nearly every sentence holds none of them: 3 us instead of 80.
    if not any(mark in folded for mark in (*_PAGE_MARKS, *_PAGE_WORDS)):
        return False
    return _PAGE.search(sentence) is not None


def speaks_to_reader(sentence: str) -> bool:
    """Whether its author says "I" or "you" outside a quotation."""
    return (
        _PERSONAL.search(sentence) is not None
        and _PERSONAL.search(_QUOTED.sub("", _acronyms_out(sentence))) is not None
    )


def stands_alone(sentence: str) -> bool:
    """Whether a digest may show it without the sentence before it."""
    return is_whole(sentence) and not is_dangling(sentence) and not is_noise(sentence)


def _acronyms_out(sentence: str) -> str:
    """Without "US" and "U.S.", which only look like a pronoun."""
    return re.sub(
        r"\bU\.?S\.?\b|\bI\.|\bI{1,3}\b(?=\s*[,.)])|World War I+|[A-Z]\w+ I+\b", "", sentence
    )


def _is_unspaced(text: str) -> bool:
    """Whether the script is written without blanks and the length is that of a sentence."""
    return (
        len(text.split()) < MIN_WORDS
        and 12 <= len(text) <= 200
        and bool(re.search(r"[぀-鿿]", text))
    )

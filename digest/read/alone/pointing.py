"""Whether an English sentence refers to a thing that only an earlier one tells: "this", "the move"."""

import re

from ...gather.lines.datelines import dateline_of, here
from .balance import unquoted
from .judged import Judged, pattern

_THESE = frozenset({"this", "these"})
_FAR = frozenset({"that", "those"})
_ALIKE = frozenset({"similar", "similarly"})
_NEWS = frozenset("news why when after before as since until because".split())
_CONTRARY = frozenset({"though", "however"})
# "In reality, it ended in May": what? Nine of 36,634 sentences of five sets that a digest could choose are
# such; all point back, 2026-11-30.
_IT_DOES = re.compile(
    r"(?:In|At|On|By|For|With|Under|Over|After|Before|Since|Despite|Without|From|To|Until|During|Following)"
    r" (?:[a-z]+ ){0,8}[a-z]+, it (?!is|was|will be|would be|seems|appears|may be|took|takes|has been"
    r"|has become|became|does not matter|should|doesn|emerged|turn)[a-z]+"
)
# "The move comes as", "The spokesman, Anna Novak, said", "In Riga, though, the envoys": which, and whose? 98
# of 40,889 sentences of allsides and of the news sets' tuning halves stood alone; 33 read by eye on
# 2026-11-29 all point back.
_AFTER_IT = (
    r"The (?:{happenings}),?"
    r" (?:took place|which|comes?|came|follows?|followed|prompted|drew|sparked|marks|marked|was|were|is|are"
    r"|has|have|had|will|would|could|represents?|signal(?:s|ed)|underscore[sd]|reflect(?:s|ed)|means|meant|raise[sd]"
    r"|puts?|leaves|left|gives|gave|makes|made|caps|capped)\b(?! \w+ by )"
    # "The furor underscored", "The allegations may": 33 of 36,634 sentences, of which two do not point back.
    r"|The (?:{outcries})(?: [a-z]+ly)? (?:(?:may|might|could|will|would|can|did|does|do) [a-z]+"
    r"|(?!(?:made|recorded|levell?ed|contained|filed|brought)\b)(?:[a-z]+ed|[a-z]{3,}s)"
    r"|was|were|is|are|has|have|had|came|come|made|drew|led|start|began|follow|carry|remain|spread"
    r"|reflect|show|suggest|mark|signal|raise|echo|appear|seem)\b"
    r"(?! (?:\w+ )?by\b| against\b| that\b| from\b)"
    r"|The (?:bill|measure|legislation|resolution|proposal|deal|agreement) (?:will|would|must|is|has) now\b"
    r"|The (?:trend|practice|row) (?:started|began)\b"
    r"|The (?:spokes(?:wo)?man|official|source|author|actress|actor|suspect|victim), "
    r"|(?:[A-Z][\w.-]+ ){1,3}?[A-Z][\w-]+[’']s? "
    r"(?:comments?|remarks?|announcement|decision|statement) (?:came|comes?|followed)\b"
    r"|(?:(?:About|Around|Some|Nearly|Over) )?\d[\d.,]* (?:miles|km|kilomet(?:er|re)s) "
    r"(?:to the )?(?:north|south|east|west)\w*,"
    r"|(?:The (?:news|reports?|story) (?:about|of) (?:his|her|their|its)|Among (?:them|these):?"
    r"|It(?:[’']s| is| was) (?:\w+ ){1,4}that (?:his|he|her|she|their|they)) "
)
# "The company said", "The panel's findings", "The report found": which? 212 of 42,065 sentences of six sets
# and a week of feeds that stood alone are such; 141 were read by eye on 2026-11-30, two do not point back.
_OF_A_KIND = (
    r"The (?:{institutions})"
    r"(?:[’']s [a-z]|(?:,? which)?(?: [a-z]+ly)? (?:are|were|had|have|will|would|can|did|could|may|might"
    r"|must|should|also|told|(?!of\b|to\b|in\b|on\b|at\b)[a-z]+(?:s|ed|aid))\b(?! by\b))"
    r"|The (?:{papers})s?"
    r" (?:asserts?|says?|said|states?|adds?|notes?|calls?|finds?|found|claims?|argues?|concludes?|urges?"
    r"|shows?|warns?|accuses?|recommends?|did|does|will|would|also|is|are|was|were|(?:has|have|had) been"
    r"|comes?|came|(?:assert|stat|add|not|call|claim|argu|conclud|urg|show|warn|accus|recommend)ed)\b"
)
# "The bill would cut taxes", "The men ran": which? Unless a description follows, as in "The plan unveiled on
# Monday". 568 of 26,846 sentences of five sets that stood alone are such; 380 were read by eye on 2026-12-01,
# four do not point back.
_DESCRIBED = r"(?!(?:{described})\b)"
_TAKEN_UP = (
    r"The (?:(?:new|proposed|latest|second|final) )?({things}|{bearers})"
    rf"(?:[’']s? (?!that\b)[a-z]|(?:, which)?(?: [a-z]+ly)? {_DESCRIBED}"
    r"(?:are|were|had|have|will|would|can|did|could|may|might|must|should|also|told|came|took|began|went|gave"
    r"|left|led|put|set|ran|(?!of\b|to\b|in\b|on\b|at\b|as\b)[a-z]+(?:s|ed|aid))\b(?! by\b))"
)
# "The haul was", "The officers pulled": any noun but those that are known to all, before what is surely its
# verb. 407 of the same sentences; of 230 read by eye on that day eight do not point back.
_ANYTHING = (
    r"The (?!(?:{known_to_all})\b|[a-z]+ly )([a-z-]{3,})(?:, which)?(?: [a-z]+ly)? "
    rf"{_DESCRIBED}(?:are|were|is|was|has|had|have|will|would|can|did|does|could|may|might|must|should|also|came"
    r"|took|began|went|gave|led|[a-z]{2,}(?<!e)ed)\b(?! by\b)"
)
_THOUGH = re.compile(r"[^,\"“”]{3,90}, (?:though|however), |[^,\"“”]{3,60} however,? [a-z]")
# "Moore made similar comments": similar to what? Of 101 such sentences 40 were read on the same day; 34 point
# back.
_SIMILAR = re.compile(
    r"(?!.* (?:and|other|another|both|two|which|who|after|follow\w*)\b.*\bsimilar)[^.;:\"“”]{0,80}?"
    r"\b[Ss]imilar(?:ly)? (?!to\b|in\b|as\b)[a-z](?!.{0,60} (?:to|as|that) )"
)
# "Hidden among the reeds, these stone bridges": in the first clause, unless it speaks of a picture, as "An
# artist has drawn these graphs". 373 of 72,190 sentences of five sets that stood alone are such; 60 were read
# by eye on 2026-11-29, 57 point back.
_POINTS = re.compile(
    r"(?!An? )[^.;:\"“”‘–—]{0,80}?\b[Tt]h(?:is|ese) (?!(?:[a-z’-]+ ){0,3}(?:weeks?|months?|years?|days?"
    r"|mornings?|afternoon|evening|night|summer|winter|spring|autumn|fall|season|weekend|century|decades?"
    r"|times?|moment|country|nation|world|past|coming|much|many|kind|sort|type|one)\b)[a-z]"
)
# "Envoys seized on those remarks", "Riga has left that accord": also in the first clause, if nothing behind
# says which. 143 of 36,634 sentences of five sets stood alone; all were read by eye on 2026-11-30, five say
# what they mean.
_POINTS_FAR = re.compile(
    r"[^,;:—“”\"‘]{0,130}?(?:\b[Tt]hose (?!(?:who|whose|that|which|in|of|with|from|at|on|for|by|to|between"
    r"|under|without|within|around|near|against|about|over|outside|inside|aged|already|currently|still|not"
    r"|being|are|were|is|have|had|would|will|could|may|might|should|must|do|did|also|where|they|she|he|we"
    r"|the|like|most|more|less|least|same|kinds?|sorts?|types?|unable|able|willing|close|familiar|born|held"
    r"|made|found|present|sent|left|lost|hurt|below|above|days?|years?|[a-z]+ed|[a-z]+ing)\b)"
    r"(?:[a-z-]+ ){0,2}?[a-z-]+s\b(?! (?:who|whose|whom|that|which|in|of|with|from|at|on|for|between"
    r"|currently|they|we|he|she|you|I|[a-z]+ing|[a-z]+ed)\b)"
    r"|\b(?:of|on|at|to|from|about|with|by|after|before|during|against|under|into|behind|over|despite|in"
    r"|for|beyond|outside|inside|around|than) that (?!(?:is|are|was|were|the|a|an|he|she|they|it|there"
    r"|would|could|will|may|which|of|in|kind|sort|type|much|many)\b)[a-z-]+(?: [a-z-]+)??"
    r"(?:\.|,? (?:in|on|was|is|had|has|have|and|for|by|at|or|would|will|with|from|as|after|before|but"
    r"|when|while|are|were|between|last|because)\b(?! (?:19|20)\d\d))"
    # "Riga chose that course to": seven of 69,406 sentences, six of which point back, 2026-12-01.
    r"|\b(?:chose|took|held|answered|made|makes?|followed|reversed|played) that (?!(?:is|are|was|were|the|an?"
    r"|way)\b)[a-z-]+(?:[.,]| (?:to|in|on|for|by|at|and|with|from|as|after|before|because|while|this)\b))"
)
# "Riga rejected that characterization", "Novak denied those claims in a letter": which? Three of 40,617
# sentences of six sets that stood alone are such; all point back, 2026-12-01. "Denied the claims", in 26, is
# left: under a headline that makes the claims it is the denial to be told.
_DENIED = (
    r"[^,;:—“”\"‘]{0,130}?\b(?:den(?:y|ies|ied)|(?:reject|contest|rebut|counter)(?:s|t?ed)?"
    r"|(?:dismiss|echo)(?:es|ed)?|(?:disput|refut|repudiat|challeng|endors)(?:es?|ed)|confirm(?:s|ed)?)"
    r" (?:that (?:{assertions})|those (?:{assertions})s)\b"
)
# "Several people were hurt in the clashes": which? Eight of the same sentences stood alone, all wrongly.
_IN_WHICH = r"\b(?:killed|wounded|injured|hurt|died|dead) (?:\w+ ){0,2}in the (?:{fights})\W*$"
# "Upon hearing the news, envoys were frank", "when the remarks were made", "it is not hard to see why": 24 of
# 14,567 sentences of three sets that stood alone hold one of these; 20 of them point back, 2026-12-01.
_TOLD_BEFORE = (
    r"\b(?:hear(?:d|ing)?|confirm(?:s|ed|ing)?|announc(?:ed|ing)|report(?:ed|ing)|broke|call(?:ed|ing)"
    r"|react(?:ed|ing|s) to|seized on|(?:in tears|sank|rose|fell|jumped) (?:at|on)) the news"
    r"(?:[,.]| (?:on|earlier|late|with|[“\"])\b)"
    r"|\b(?:when|after|before|as|since|until|because) the (?:{outcries}) (?:was|were|had|came|broke|emerged"
    r"|surfaced)\b(?! (?:\w+ )?by )"
    r"|\b(?:to see|to understand|tell|explain|wonder) why\W*$"
)
# "Novak is more sanguine": than who? Four of the same sentences, three of which point back.
_MORE = re.compile(
    r"[^:;“\"]{3,150} (?:is|are|was|were|seems?|remains?) (?:\w+ly |far |much |even |rather )?(?:more|less) "
    r"(?!than\b)[a-z]+\.$"
)
# "In both attacks", "an e-mail from both firms": which two, unless an "and" joins them before? Nine of the
# same sentences, one of which does not point back.
_BOTH = re.compile(
    r"(?!.*\band\b.*\bboth\b).*\b(?:[Ii]n|[Ff]rom|for|by|over|leading) both "
    r"(?!(?:sides|ends|coasts|directions|parents|houses|chambers|parties|countries|sexes|hands|eyes|ways|worlds"
    r"|men|women|nations|governments|states|cases|leaders|presidents|teams)\b)[a-z]+s\b(?! and\b)"
)
_ONE_OF_A_KIND = re.compile(r"\b(?:one|another) such\b")
# "Where such a ship would go is unclear", "Mr Novak has encouraged such approaches": of 50 such sentences, of
# 86,000 that stood alone, all but three point back.
_OF_SUCH = re.compile(
    r"[^,;:“\"]{0,60}\b(?<!\bno )such (?:an? (?!big|small|large|good|bad|long|short|high|low|great|huge"
    r"|strong|important|amazing|incredible|tremendous|wonderful)[a-z]+|(?!as\b|things|people)[a-z]+s\b)"
    r"(?! as)(?!.* (?:as|that) )"
)
# "Mozilla, for example, has released": of what? 17 of 22,099 sentences that stood alone, all point back.
_EXAMPLE = re.compile(r"[^,;\"“”]{3,40},? for (?:example|instance),")
# "The former mayor of Riga said", "The former star backed": 26 of them, all point back; "the former minister
# Jan Borg said" has a name.
_FORMER = re.compile(
    r"The former (?:(?:[\w’'.-]+ ){0,5}?[a-z][\w’'-]* (?:says|said|tells|told|noted|added|tweeted|wrote)\b"
    r"|(?:(?!(?:of|from|in|for|at|on|to|who|which|that)\b)[\w’'.-]+ ){0,3}?[a-z][\w’'-]* (?:[a-z]+ly )?"
    r"(?:is|was|has|had|will|would|hit|won|lost|led|left|made|took|began|became"
    r"|(?!armed|elected|united)[a-z]{3,}ed)\b(?! by\b))"
)


def points(read: Judged) -> bool:
    """Whether it refers to a thing, or compares something with one, that it does not tell itself."""
    text = read.text
    if _EXAMPLE.match(text) or _FORMER.match(text):
        return True
    if _IT_DOES.match(text) or pattern(_AFTER_IT).match(text) or pattern(_OF_A_KIND).match(text):
        return True
    if taken_up(text) is not None:
        return True
    return _points_out(read) or _compares(read)


def taken_up(text: str) -> str | None:
    """The subject that refers to an earlier sentence: "bill" of "The bill would"; None if there is none."""
    found = pattern(_TAKEN_UP).match(text) if text.startswith("The ") else None
    return None if found is None else found[1]


def assumed(text: str) -> str | None:
    """As ``taken_up``, for any noun but those known to all, before what is surely a verb: "The haul was"."""
    found = pattern(_ANYTHING).match(text) if text.startswith("The ") else None
    return None if found is None else found[1]


def _points_out(read: Judged) -> bool:
    """Whether a "this", "that" or "the" has its antecedent in an earlier sentence."""
    if not _THESE.isdisjoint(read.known):
        text = _placed(read.text)
        if _matches(_POINTS, text) or _is_here(text):
            return True
    if not _FAR.isdisjoint(read.known) and (
        _matches(_POINTS_FAR, read.text) or pattern(_DENIED).match(read.text)
    ):
        return True
    if not _NEWS.isdisjoint(read.known) and pattern(_TOLD_BEFORE).search(read.text):
        return True
    return read.tokens[-2:-1] == ("the",) and pattern(_IN_WHICH).search(read.text) is not None


def _matches(found: re.Pattern[str], text: str) -> bool:
    """Whether the pattern matches the text, with its quotations or without them."""
    return bool(found.match(text) or found.match(unquoted(text)))


def _compares(read: Judged) -> bool:
    """Whether it compares or contrasts something with what only an earlier sentence tells."""
    known = read.known
    if not _CONTRARY.isdisjoint(known) and _THOUGH.match(read.text):
        return True
    if not _ALIKE.isdisjoint(known) and _SIMILAR.match(read.text):
        return True
    if read.tokens[-2:-1] in (("more",), ("less",)) and _MORE.match(read.text):
        return True
    if "both" in known and _BOTH.match(read.text):
        return True
    is_such = "such" in known and (_ONE_OF_A_KIND.search(read.lower) or _OF_SUCH.match(read.text))
    return bool(is_such)


def _placed(text: str) -> str:
    """The text without a dateline, with "there" for "this city" that it names; else the text as it is."""
    opening = dateline_of(text) if here().search(text) else None
    return (
        text if opening is None or opening.dateline is None else here().sub("there", opening.text)
    )


def _is_here(text: str) -> bool:
    """Whether it says "this city" or the like, outside quotations, of a place whose dateline was cut off."""
    return here().search(text) is not None and here().search(unquoted(text)) is not None

"""Lines and beginnings that say who, when and where: bylines, stamps, kickers, datelines, credits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal
from zoneinfo import available_timezones

from babel import Locale

from .boilerplate import is_boilerplate, is_clock
from .wordlists import LONGEST_LINE, fold, phrases

_LOCALES = ("en", "ru", "uk", "fr", "de", "es", "tr", "it", "pt", "pl", "nl")
LONGEST_BYLINE = 160
LONGEST_STAMP = 160
LONGEST_DATELINE = 90
LONGEST_KICKER = 40
LONGEST_SHOW = 1_500  # of the captions of several pictures in one line


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an article says it was published or changed, in its own words."""

    kind: Literal["published", "modified"]
    words: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A first paragraph and what stood glued before it; ``cut`` is that part as it stood."""

    text: str
    kicker: str | None = None
    dateline: str | None = None
    cut: str | None = None


# --- stamps -----------------------------------------------------------------------------------

_MODIFIED = (
    r"(?:last |recently )?(?:updated|modified|edited|revised)|last (?:update|change)|update(?: date)?|"
    r"date (?:updated|modified)|"
    r"обновлено|обновлена|обновлен|дата обновления|последнее обновление|изменено|оновлено|змінено|"
    r"дата оновлення|останнє оновлення|(?:dernière )?mise à jour|mis à jour|modifié|actualisé|"
    r"(?:zuletzt )?aktualisiert|letzte (?:aktualisierung|änderung)|geändert|stand|actualizad[oa]|"
    r"(?:última )?actualización|modificado|(?:son )?güncelle(?:me|ndi)(?: tarihi)?|aggiornato|"
    r"atualizado|zaktualizowano|aktualizacja|bijgewerkt"
)
_PUBLISHED = (
    r"(?:first |originally )?(?:published|posted|released|issued|created)|publication date|"
    r"date(?: of publication| published)?|release date|опубликован[оа]?|дата публикации|"
    r"дата выхода|дата|создано|размещено|опубліковано|дата публікації|створено|publi[ée]e?|"
    r"date de publication|paru|parution|veröffentlicht|veröffentlichung|erschienen|erstellt"
    r"|publiziert|datum|"
    r"publicad[oa]|fecha(?: de publicación)?|yayın(?:lanma|landı|lama)?(?: tarihi)?"
    r"|yayım(?:lanma)?(?: tarihi)?|"
    r"giriş(?: tarihi)?|oluşturulma(?: tarihi)?|tarih|haber tarihi|pubblicato|opublikowano"
    r"|data|gepubliceerd"
)
_STAMP_LABEL = re.compile(
    rf"(?:(?P<modified>{_MODIFIED})|(?P<published>{_PUBLISHED}))\b"
    r"(?: (?:on|at|am|um|vom|le|el|la|il|op|em|в|о))?\s?[:\-–—]?\s?",
    re.IGNORECASE,
)
_STAMP_START = re.compile(
    rf"(?<!\w)(?:(?:{_MODIFIED})|(?:{_PUBLISHED}))(?: (?:on|at|am|um|le|el|la|il))?\s?:?\s?"
    r"(?=(?:[^\W\d_]{2,12}[.,]{0,2} ?){0,2}\d)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*[|•·▪●■]\s*|\s+/\s+|\t+|\s{3,}")
_FILLING = frozenset(
    """
    at on of the a p m am pm a.m p.m à a las los la le el de del um uhr den der am h
    г года год году року р рік в во у о об
    saat ve th st nd rd er local time utc gmt z cet cest mez mesz eet eest msk мск et est edt ct cst
    cdt pt pst pdt bst ist idt trt tsi jst kst hkt sgt pkt wib aest aedt hrs hours час ч хв kyiv київ
    київський київським київськім киевское московское по time heure heures horas hora saati tsi̇
    """.split()
)
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|er|º|ª|h|ч)?(?:[:.,h/-]\d{1,4}){0,3}(?:am|pm|z|h)?")


def stamps_of(line: str) -> tuple[Stamp, ...]:
    """The stamps of a line that holds nothing else; a date without a label counts as published."""
    if len(line) > LONGEST_STAMP or not any(sign.isdigit() for sign in line):
        return ()
    whole = _stamp(line)
    if whole is not None:
        return (whole,)
    found = tuple(_stamp(part) for part in _stamp_parts(line))
    return tuple(stamp for stamp in found if stamp) if found and all(found) else ()


def place_of(line: str) -> str | None:
    """The place of a line that holds a place and a day and nothing else: "Geneva, 14 October 2024"."""
    if is_place(line) and len(line) <= LONGEST_KICKER:
        return line.strip(" .")
    place, *day = re.split(r",? [-–—] |, ", line.strip(" ."), maxsplit=1)
    is_both = len(line) <= LONGEST_DATELINE and is_place(place) and any(map(is_date, day))
    return place if is_both else None


def is_date(words: str) -> bool:
    """Whether all words are of a date: numbers, months, weekdays, zones; at least one number of a day."""
    tokens = [token.strip(".,;()[]") for token in re.split(r"[\s,]+|[–—|]", words)]
    tokens = [token for token in tokens if token not in {"", "-", "/", "·", "•"}]
    if not tokens or len(tokens) > 14 or not any(token[0].isdigit() for token in tokens):
        return False
    return any(_is_day_part(token) for token in tokens) and all(map(_is_date_word, tokens))


def _stamp_parts(line: str) -> Iterator[str]:
    """The line cut where a separator or another label stands."""
    starts = [found.start() for found in _STAMP_START.finditer(line)] or [0]
    bounds = [0, *(start for start in starts if start), len(line)]
    for start, end in pairwise(bounds):
        piece = line[start:end].strip(" \t|•·,;-–—()[]")
        pieces = [part for part in _SEPARATORS.split(piece) if part]
        if not pieces:
            continue
        yield from (pieces if all(map(_stamp, pieces)) else [piece])


def _stamp(part: str) -> Stamp | None:
    labelled = _STAMP_LABEL.match(part.strip("*_ "))
    words = part.strip("*_ ")[labelled.end() :] if labelled else part
    words = words.strip(" :")
    if not (is_date(words) or (labelled and is_clock(words))):
        return None
    return Stamp("modified" if labelled and labelled["modified"] else "published", words)


def _is_day_part(token: str) -> bool:
    """A month, or a date in numbers; a bare number may be anything."""
    plain = token.casefold().replace("\u0307", "")
    if plain in _months() or _ISO_DATE.fullmatch(token):
        return plain[0] not in "+-"
    return bool(re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\D?.{0,16}", plain))


def _is_date_word(token: str) -> bool:
    plain = token.casefold().replace("\u0307", "")
    known = plain in _FILLING or plain in _months() or plain in _weekdays()
    return (
        known
        or bool(_OFFSET.fullmatch(plain))
        or bool(_NUMBER.fullmatch(plain))
        or bool(_ISO_DATE.fullmatch(token))
    )


_OFFSET = re.compile(r"(?:gmt|utc)[+-]\d{1,2}(?::\d\d)?")
_ISO_DATE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|[+-]\d\d:?\d\d"
)


@cache
def _months() -> frozenset[str]:
    """Months of the usual languages, in full and short (CLDR)."""
    return _calendar_words("months") | {"sept", "фев", "окт", "нояб", "лют", "груд"}


@cache
def _weekdays() -> frozenset[str]:
    return _calendar_words("days")


def _calendar_words(what: str) -> frozenset[str]:
    words = set()
    for locale in map(Locale.parse, _LOCALES):
        for form in getattr(locale, what).values():
            for width in ("wide", "abbreviated"):
                words |= {
                    name.casefold().strip(".").replace("\u0307", "")
                    for name in form[width].values()
                }
    return frozenset(words)


# --- bylines ----------------------------------------------------------------------------------

_BY_WORD = re.compile(
    r"(?:by|written by|story by|report by|reported by|words by|text by|von|par|por|di|od)[ :]\s?",
    re.I,
)
_BY_LABEL = re.compile(
    r"(?:by|authors?|reporter|correspondent|автор(?:ы|и|ка)?|автор текста|текст|журналист"
    r"|корреспондент|кореспондент"
    r"|auteure?s?|texte|propos recueillis par|autor(?:en|in|es|a|as)?|texto|redactor|redacción"
    r"|yazan|yazar|haber|muhabir"
    r"|hazırlayan|autore|redacteur)\s?[:：]\s?",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    """
    de da do dos das del della der den di la le van von vom bin ibn al el ben ul zu y e et and und ve и та
    with mit avec con & i du des
    """.split()
)
_JOINS = re.compile(r",? (?:and|und|et|y|e|ve|и|та|&|with) |, ")
_ROLES = re.compile(
    r"(?i)\b(?:editor|correspondent|reporter|writer|staff|bureau|chief|journalist|columnist"
    r"|analyst|agenc(?:y|ies)"
    r"|reuters|afp|ap|dpa|associated press|bbc|cnn|news|desk|redaktion|korrespondent\w*"
    r"|редактор\w*|корреспондент\w*"
    r"|кореспондент\w*|обозреватель|correspondant\w*|journaliste|envoyée?|corresponsal"
    r"|redacción|redactora?|muhabir\w*|editör\w*|temsilcisi|politi[ck]\w*)\b"
)
_BEFORE_BY = re.compile(r"(?:(?<=\w)\s+(?=By\s)|(?<=\d)\s+(?=by\s))(?=\w+ [^\W\d_a-z])")
_GLUED_DATES = re.compile(  # "11/09/2025November 9, 2025", "10 Feb 202610 Feb 2026"
    r"(?<=\d{4})(?=[^\W\d_a-z]\w+ \d)|(?<=\D\d{4})(?=\d{1,2} \w{3,9} \d{4})"
)
# "Ann Lee — Monday, 2 March": whether the first words are a name or an outlet is not known.
_AFTER_NAME = re.compile(r"^([^\d|]{3,60}?) [—–-] (?=\D{0,24}\d)")
_JOINED_TO = re.compile(r"[ ,]+(?:and|&|und|et|y|ve|и|та|і|with|mit|avec|con)?\s*$")
_PLACE_AFTER = re.compile(r" (?:in|at|from|à|en|aus|в|у|из|з|de notre|, (?:our|notre|unser)) .*$")


def byline_of(line: str) -> str | None:
    """The name or names of a line that says who wrote; without "By", role, agency and place."""
    if len(line) > LONGEST_BYLINE:
        return None
    plain = " ".join(line.split()).strip(" *_")
    said = _BY_LABEL.match(plain) or _BY_WORD.match(plain)
    if said is None or (plain[-1:] in ".?!" and not _ends_in_initial(plain)):
        return None
    return _names(plain[said.end() :])


def is_meta_label(line: str) -> bool:
    """Whether the line is the label of a stamp or a byline, its value to follow: "Last updated:"."""
    if len(line) > LONGEST_KICKER:
        return False
    plain = line.strip(" *_")
    return bool(_STAMP_LABEL.fullmatch(plain) or _BY_LABEL.fullmatch(f"{plain} "))


def split_meta(line: str) -> tuple[str | None, tuple[Stamp, ...]] | None:
    """Byline and stamps of a line that holds only such; None where it says anything else."""
    if len(line) > max(LONGEST_BYLINE, LONGEST_STAMP):
        return None
    line = _GLUED_DATES.sub(" ▪ ", line)
    whole = byline_of(line) if not any(sign.isdigit() for sign in line) else None
    if whole is not None:
        return whole, ()
    stamps = stamps_of(line)
    return (None, stamps) if stamps else _mixed(line)


def _mixed(line: str) -> tuple[str | None, tuple[Stamp, ...]] | None:
    """A line such as "By Ann Lee | Reuters | 10 February 2026"."""
    apart = _BEFORE_BY.sub(" | ", _before_date(_AFTER_NAME.sub(r"\1 | ", line.strip())))
    parts = [part for part in _SEPARATORS.split(apart) if part]
    names = [byline_of(part) for part in parts]
    dates = [stamps_of(part) for part in parts]
    if not (any(names) or any(dates)) or not all(map(_is_small, parts, names, dates)):
        return None
    return next(filter(None, names), None), tuple(stamp for found in dates for stamp in found)


def _is_small(part: str, name: str | None, dates: tuple[Stamp, ...]) -> bool:
    return bool(name or dates or is_boilerplate(part) or (len(part) <= 40 and not is_ended(part)))


def is_ended(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return bool(_END.search(line.rstrip()[-60:]))


_END = re.compile(r"[.!?…。؟][\"'”’»“)\]]{0,3}$|[.!?…][\"'”’»“)\]]{0,3} ?\((?:\w+[/ ]?){1,3}\)$")


def _before_date(line: str) -> str:
    """The line with a separator before the date that its byline runs into."""
    if _BY_WORD.match(line) is None:
        return line
    for found in re.finditer(r"[\s,–—-]+", line):
        if is_date(line[found.end() :]) or stamps_of(line[found.end() :]):
            return f"{line[: found.start()]} | {line[found.end() :]}"
    return line


def _names(words: str) -> str | None:
    """The part before a role, an agency, a place; None if it is not made of names."""
    head = re.split(r"\s*[|/•·@(:]\s*|\s+[–—-]\s+", words, maxsplit=1)[0]
    head = _PLACE_AFTER.sub("", head).strip(" ,;")
    kept, rest = head, [part for part in _JOINS.split(head) if part]
    while len(rest) > 1 and _is_no_author(rest[-1], rest[0]):
        kept = _JOINED_TO.sub("", kept[: kept.rfind(rest[-1])]).strip(" ,")
        rest.pop()
    return kept if rest and all(map(_is_name, rest)) else None


def _is_no_author(words: str, first: str) -> bool:
    """A role, an agency or a place; one word after a full name is no second author."""
    is_lone = " " not in words and " " in first
    return is_lone or bool(_ROLES.search(words)) or is_place(words)


def _is_name(words: str) -> bool:
    tokens = words.split()
    if not 1 <= len(tokens) <= 6 or tokens[0].casefold() in _PARTICLES | _weekdays() | _months():
        return False
    return all(_is_name_word(token) for token in tokens)


def _is_name_word(token: str) -> bool:
    bare = token.strip("'\"“”‘’«»„.,")
    if bare.casefold() in _PARTICLES:
        return True
    return bare[:1].isalpha() and not bare[0].islower() and not any(sign.isdigit() for sign in bare)


def _ends_in_initial(words: str) -> bool:
    return bool(re.search(r"\b\w\.$|\b(?:Jr|Sr)\.$", words))


# --- captions and credits -----------------------------------------------------------------------

_AGENCIES = (
    r"(?:getty(?: images)?|afp|reuters|epa(?:-efe)?|ap|aa|dpa|apa|ansa|efe|pap|tass|тасс"
    r"|риа новости|ria novosti|sputnik"
    r"|спутник|anadolu(?: agency| ajansı)?|xinhua|shutterstock|imago(?: images)?"
    r"|picture alliance|keystone|ukrinform"
    r"|укринформ|укрінформ|уніан|униан|unian|pa media|pti|ani|kyodo|yonhap|nurphoto|zuma|alamy"
    r"|depositphotos|istock|sipa|belga|mti|tanjug|hina|stf)"
)
_CAPTION_LABEL = re.compile(
    r"(?:(?:file |archive )?(?:photo|photos|image|images|picture|photograph)(?: (?:credit"
    r"|credits|source|caption|courtesy))?"
    r"|file|caption|illustration|infographic|graphic|map|credits?|pictured|(?:the )?photo shows"
    r"|фото(?:графия)?|на фото|фото из архива|архивное фото|иллюстрация|скриншот|кадр|світлина"
    r"|ілюстрація|на світлині|архівне фото|скріншот"
    r"|crédits?(?: photo)?s?|photo d'illustration|image d'illustration|photo d'archives?"
    r"|légende|illustration"
    r"|foto|bild|archivfoto|archivbild|symbolbild|symbolfoto|bildquelle|fotos?|grafik"
    r"|imagen|imagen de archivo|foto de archivo|fotografía|pie de foto|ilustración"
    r"|fotoğraf|görsel|arşiv|arşiv fotoğrafı|zdjęcie|fot)\s?(?:[:：©|]|[-–—] |\()"
)
_CAPTION_START = re.compile(
    r"(?:file (?:photo|image|picture)\b|\d{1,2} of \d{1,2}\. |photo(?:graph)?s? by "
    r"|photos? courtesy|image source\b"
    r"|image caption\b|view image"
    r"|photo:|\(photo|\(ap photo|ap photo\b|getty images\b|handout\b.{0,40}photo)"
)
_CREDIT_END = re.compile(
    rf"\b(?:file|handout|undated|combination) (?:photo|image|picture)\W*$"
    rf"|(?:getty images|shutterstock|ap photo|photo ?/ ?ap|imago images|epa-efe"
    rf"|picture alliance)[^.]{{0,40}}\W*$"
    rf"|\((?:[^()]{{0,60}}[ /])?(?:photo|foto|фото|image|bild|crédit|credit"
    rf"|fotoğraf)s?\b[^()]{{0,80}}\)\W*$"
    rf"|(?:photo|foto|фото|світлина|image|fotoğraf|bild|crédit|photo credit|crédit photo"
    rf"|bildquelle)s?\s?[:©]\s?[^.:]{{2,60}}$"
    rf"|\b{_AGENCIES}\s?/\s?[\w.'’ -]{{2,40}}\W*$|/\s?{_AGENCIES}\W*$|(?:^|[\s("
    rf"|])©\s?[\w .'/-]{{2,40}}$"
    rf"|\[[^\[\]]{{0,60}}\b(?:{_AGENCIES}|file|al jazeera|handout)\b[^\[\]]{{0,30}}\]\W*$"
)
_FROM_FILE = re.compile(r"FILE ?[-–—] ")
# "first reported by Axios/Reuters" is prose, "photo by Lee/Reuters" is not.
_REPORTED = re.compile(
    r"(?<!photo )(?<!image )\b(?:by|to|told|with|from|citing) [\w.' ]{0,24}/ ?\w+\W*$"
)
_CREDIT_ALONE = re.compile(
    rf"[(\[]?(?:©|via |источник: |quelle: )?\s?{_AGENCIES}(?:[ /,"
    rf"|]{{1,3}}[\w.'’ -]{{2,40}})?[)\]]?\.?"
)


def is_caption(line: str) -> bool:
    """Whether the line belongs to a picture: a caption with its label or its credit."""
    if len(line) > LONGEST_LINE:
        return len(line) <= LONGEST_SHOW and _FROM_FILE.match(line) is not None
    plain = fold(line)
    if _CAPTION_LABEL.match(plain) or _CAPTION_START.match(plain) or is_credit(line):
        return True
    return bool(_CREDIT_END.search(plain[-120:])) and not _REPORTED.search(plain[-60:])


def is_credit(line: str) -> bool:
    """Whether the line only says who made a picture."""
    return len(line) <= 70 and bool(_CREDIT_ALONE.fullmatch(fold(line)))


# --- what is glued to the first paragraph -----------------------------------------------------

_GLUED = re.compile(r"([^\W\d_][^:|.!?…\"“”«»]{1,38}?)(\s?)[:|]\s+(?=[\"'“„«‘]?[^\W_])")
_DASHED = re.compile(
    r"([^\W\d_][^—–\"“”«»!?;:]{1,86}?)\s?(?:—|–|--|\.-(?=\s)|\s-(?=\s))\s{0,2}(?=[\"'“„«‘]?[^\W_])"
)
_AGENCY_ONLY = re.compile(  # "(AP) - ", "Dec 17 (Reuters) - "
    rf"(?:[^\W\d_]{{3,9}}\.? \d{{1,2}} )?[(\[](?:{_AGENCIES}|[A-Z]{{2,12}})[)\]]\s?(?:—|–|-)+\s?",
    re.IGNORECASE,
)
_TASS = re.compile(
    r"([^\W\d_][\w.\- ]{1,40}?), (\d{1,2} [^\W\d_]{3,9})\.? ?/[^/]{2,20}/\.? ?[-–—]?\s?"
)
# Geneva [Switzerland], April 18 (ANI): and its kin
_BRACKETED = re.compile(
    r"([^\W\d_][\w .'-]{1,30}?)(?: ?[\[(][^\])]{2,30}[\])])?, [^\W\d_]{3,9}\.? \d{1,2}"
    r" ?[(\[/][A-Z]{2,8}[)\]/]"
    r"(?: ?[:—–-]+)? +"
)
_CALL_SIGN = re.compile(r"(?:CNN|AFP|AP|EFE|NPR|UPI|WAM) ?(?:—|–|--) +(?=[\"“]?[^\W\d_a-z])")
# "Riga (CNN) The envoys": without a dash.
_CALLED = re.compile(
    r"([^\W\d_][^().!?:;\"“”]{1,40}) \((?:CNN(?: Business)?|AP|AFP|UPI|Reuters)\) ?(?=[\"“]?[^\W\d_a-z])"
)
_AGENCY_NAMED = re.compile(rf"[(\[/]{_AGENCIES}[)\]/]", re.I)
_AGENCY_AFTER = re.compile(
    rf"(?:{_AGENCIES}|интерфакс(?:-\w+)?|interfax(?:-\w+|\.ru)?|рбк|rbc|deutsche welle"
    rf"|dw)\. (?=\W?[^\W\d_])",
    re.I,
)
_IN_BRACKETS = re.compile(r"\s?[(\[/]([^()\[\]/]{2,40}(?:/[^()\[\]/]{2,20}){0,3})[)\]/]")


def open_paragraph(text: str) -> Opening:
    """The first paragraph without the kicker, dateline and agency glued before it."""
    text = text.strip()
    kicker = _kicker(text)
    if kicker is not None:
        rest = open_paragraph(kicker.text)
        cut = text[: len(text) - len(rest.text)].strip()
        return Opening(rest.text, kicker.kicker, rest.dateline, cut)
    return dateline_of(text) or Opening(text)


def _kicker(text: str) -> Opening | None:
    found = _GLUED.match(text) or _DASHED.match(text[: LONGEST_KICKER + 10])
    if found is None or not _is_kicker(found[1].strip(), text[found.end(1) : found.end()]):
        return None
    return Opening(text[found.end() :].strip(), found[1].strip())


def _is_kicker(words: str, mark: str) -> bool:
    if fold(words).strip(" .") in phrases("kickers"):
        return True
    if len(words) > LONGEST_KICKER or "," in words or words != words.upper() or is_place(words):
        return False
    # "NATO: ..." may be a subject; two words, a hyphen or a blank before the colon are a label.
    return mark.lstrip()[:1] in {":", "|"} and (mark[:1] == " " or " " in words or "-" in words)


def dateline_of(text: str) -> Opening | None:
    """The text without the place, day and agency glued before it; None where none are."""
    asian = _BRACKETED.match(text)
    if asian is not None and is_place(asian[1]):
        return Opening(text[asian.end() :], None, asian[1], asian[0].strip())
    tass = _TASS.match(text)
    if tass is not None:
        return Opening(text[tass.end() :], None, tass[1], tass[0].strip())
    agency = _AGENCY_ONLY.match(text) or _CALL_SIGN.match(text)
    if agency is not None:
        return Opening(text[agency.end() :], None, None, agency[0].strip())
    called = _CALLED.match(text)
    if called is not None and _is_capital(called[1].partition(",")[0]):
        return Opening(text[called.end() :], None, called[1], called[0].strip())
    glued = _GLUED.match(text)
    if glued is not None and is_place(glued[1].strip()):
        return Opening(text[glued.end() :], None, glued[1].strip(), glued[0].strip())
    return _dashed(text)


def names_agency(opening: str) -> bool:
    """Whether a dateline names the agency: "RIGA, May 3 (Reuters) -"; above it stands no article."""
    return _AGENCY_NAMED.search(opening) is not None


def _dashed(text: str) -> Opening | None:
    """MOSCOW, Feb 10 (Agency) - and its kin: a place, perhaps a date and an agency, a dash."""
    found = _DASHED.match(text[: LONGEST_DATELINE + 10])
    if found is None:
        return None
    bare = _IN_BRACKETS.sub("", found[1]).strip(" ,.").removesuffix(" CNN")
    parts = [part.strip() for part in re.split(r"[,.]\s", bare + ", ") if part.strip()]
    places = [part for part in parts if not _is_undated(part)]
    has_more = len(places) < len(parts) or bool(_IN_BRACKETS.search(found[1]))
    if not places or not _is_dateline(places, has_more):
        return None
    end = found.end()
    after = _AGENCY_AFTER.match(text[end:])
    end += after.end() if after else 0
    return Opening(text[end:], None, ", ".join(places), text[:end].strip())


def _is_dateline(places: list[str], has_more: bool) -> bool:
    first = places[0]
    if first == "FILE" or len(places) > 3 or len(first.split()) > 4 or not _is_capital(first):
        return False
    if is_place(first):
        return has_more or all(map(_is_capital, places))
    is_shouted = first == first.upper() and len(first) > 3
    return (is_shouted or has_more) and all(map(_is_capital, places))


def _is_undated(part: str) -> bool:
    """Whether the part is a date such as "Feb 10" or an agency, not a place."""
    plain = part.casefold()
    is_agency = bool(re.fullmatch(_AGENCIES + r"|интерфакс.{0,10}|interfax.{0,10}", plain))
    is_part = plain in _weekdays() or plain in _months() or bool(re.fullmatch(r"\d{1,4}", part))
    return is_agency or is_part or is_date(part)


def _is_capital(words: str) -> bool:
    return all(_is_name_word(token) for token in words.split() if token not in {"of", "the"})


def is_place(words: str) -> bool:
    """Whether a city that datelines name is meant, in any of the usual languages."""
    return words.casefold().replace("\u0307", "").strip(" .") in _cities()


@cache
def _cities() -> frozenset[str]:
    """Those above and the cities of the tz database."""
    zones = (name.rsplit("/", 1)[-1] for name in available_timezones() if "/" in name)
    named = {
        city.replace("_", " ").casefold() for city in zones if city.isascii() and city[0].isupper()
    }
    return frozenset(named | phrases("cities")) - {
        "utc",
        "gmt",
        "center",
        "general",
        "eastern",
    }

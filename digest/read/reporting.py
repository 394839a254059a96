"""The words by which news says who spoke: reporting verbs, offices, what is no name."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

_ENGLISH = (
    "said says told tells added adds wrote writes tweeted stated states declared declares announced warned "
    "warns argued argues insisted insists noted explained explains claimed asked asks answered answers "
    "replied responded continued concluded stressed emphasi[sz]ed acknowledged admitted urged remarked "
    "commented recalled observed testified lamented complained joked quipped vowed promised pledged "
    "predicted cautioned suggested reiterated confirmed exclaimed shouted demanded boasted conceded asserted "
    "contended opined mused countered recalls notes begins began eulogi[sz]ed enthused reckons reckoned "
    "marvel?led fumed mocked remembered concedes admits suggests observes asserts jokes vows promises "
    "confirms acknowledges complains concludes continues retorted proclaimed affirmed assured repeated "
    "repeats interrupted interjected volunteered recounted recounts maintained maintains revealed reveals "
    "reflected ruled posted tweets boasts urges quips laments bemoaned implored pleaded"
).split()
_PHRASES = (
    r"(?:shot|fired|hit|pushed) back(?=:)|put it(?: (?:bluntly|this way|like this|so))?|"
    r"(?:went|goes) on to say|charged(?= that)|reacts(?=:)|agreed(?=[.:,])|"
    r"(?:was|is|been) quoted (?:by [\w ]{2,30} )?as saying"
)
_FOREIGN = {
    "ru": "сказала?|заявила?|отметила?|подчеркнула?|добавила?|сообщила?|написала?|ответила?|пояснила?|"
    "объяснила?|напомнила?|предупредила?|считает|говорит|рассказала?",
    "uk": "сказала|сказав|заявила|заявив|зазначила|зазначив|наголосила|наголосив|додала|додав|повідомила|"
    "повідомив|написала|написав|відповіла|відповів|пояснила|пояснив|підкреслила|підкреслив|каже",
    "fr": "(?:a|avait|ont) (?:dit|déclaré|affirmé|ajouté|expliqué|estimé|écrit|indiqué|souligné|répondu|"
    "annoncé|assuré|averti|lancé|rappelé)|dit|déclare|affirme|ajoute|explique|estime|souligne|assure",
    "de": "sagte|sagt|erklärte|erklärt|betonte|schrieb|fügte|warnte|meinte|teilte|kritisierte|antwortete|"
    "forderte|kündigte|behauptete|berichtete",
    "es": "dijo|dice|declaró|afirmó|afirma|añadió|agregó|explicó|señaló|aseguró|escribió|advirtió|sostuvo|"
    "manifestó|indicó|respondió|subrayó|expresó",
}
_BEFORE_ONLY = "called described branded denounced condemned slammed".split()
_VOICED = "expressed voiced offered".split()  # with nothing between them and the quotation
_JUDGED = (  # something "as" what is quoted
    "criticised criticized dismissed hailed praised derided ridiculed lambasted lauded blasted depicted "
    "portrayed characteri[sz]ed labell?ed referred"
).split()
_ACCUSED = (  # whom somebody accuses "of" what is quoted; "was accused" says not by whom
    r"(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?<!being )"
    r"accused(?= (?!by|of)[^.;:\n]{2,100} of (?:[a-z]+ing )?(?:to )?(?:an? |the )?$)"
)
_AS = r"(?=[^.;:\n]{1,100} as (?:being )?(?:an? |the )?$)"
_ADVERBS = (
    "also|then|later|recently|reportedly|once|again|further|first|earlier|has|had|have|just|even|simply|"
    "subsequently|himself|herself|already|both|"
    "(?-i:(?!family|ally|assembly)[a-z]+ly)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    "hat|habe|hatte|ha|había|тоже|также|потом|також|ранее|раніше"
)
ADVERBS_BEHIND = re.compile(rf"(?: +(?:{_ADVERBS}))+$", re.IGNORECASE)
INDIRECT = re.compile(  # what goes on like this is no attribution of what stands before
    r"\s+(?:that|he|she|it|they|the|there|a|an|his|her|their|this|these|those|its|we|if|whether|no|was|is)\b"
)
AND = frozenset("and und et y и та".split())
PRONOUNS = frozenset(
    "he she it they we i who you он она они він вона вони il elle ils elles er sie él ella".split()
)
HE_OR_SHE = frozenset("he she он она він вона il elle er sie él ella".split())
HE = frozenset("he он він il er él".split())
OTHER_SEX = {  # the words of a sentence after which a pronoun means somebody unnamed
    word: re.compile(
        r"\b(?:she|her|hers|herself|Mrs|Ms|Miss|woman|она|вона|elle|ella)\b"
        if word in HE
        else r"\b(?:he|his|him|himself|Mr|man|он|він|il|él)\b",
        re.IGNORECASE,
    )
    for word in HE_OR_SHE
}
MRS = frozenset(
    "mrs mrs. ms ms. miss spokeswoman congresswoman assemblywoman businesswoman chairwoman queen princess "
    "frau".split()
)
MISTER = frozenset("mr mr. sir king prince lord spokesman congressman businessman".split())
IT_OR_THEY = frozenset(("it", "they"))  # a body, spoken of before
YEAR_OLD = "-year-old"  # "the 24-year-old" stands for whomever was spoken of
UNNAMED = frozenset("man woman who someone resident they we i".split())
CLAUSE_OPENERS = frozenset(
    "and but or while as when after before because that who which if though although since until so "
    "than whether where".split()
)
NOT_FIRST = frozenset(
    "and but or nor as which that while when because if so though although before after in on at for "
    "with to by from is was are were has had have would will could can where since until than who whom "
    "whose not about и но а что как когда et mais que und aber dass y pero what how why then".split()
)
PREPOSITIONS = frozenset(
    "of for from in at on with by to about against near over under into between as via than like "
    "including de von für pour para в на о об от из для с к по від з до про".split()
)
FOREIGN_WORK = re.compile(
    r"\b(?:titled|entitled|headlined|named|so-called|known as|nicknamed|slogans?|chant\w*|banners?|signs?|"
    r"reading|reads?|phrase|lyrics?|words of|quoting|quotes?|quoted|citing|film|movie|book|song|album|"
    r"[’']s (?:claims?|statement|comments?|remarks?|words|warning|assertion|view|promise|call|pledge)|"
    r"(?:claims?|statements?|reports?|comments|remarks|allegations?|suggestions?|rumou?rs|charges?) that)\b|"
    r"\b(?:he|she|they|who|which|him|them|her) (?:\w+ )?(?:said|says|told|called|described|wrote)\b|"
    r", which $",
    re.IGNORECASE,
)
OWN_WORK = re.compile(  # "said in a statement that" is no other's statement
    r"\b(?:in|on|at) (?:an?|his|her|the) (?:[\w-]+ ){0,2}"
    r"(?:statement|interview|speech|letter|tweet|message|report|post)\b"
)

OFFICES = frozenset(
    "president vice-president attorney-general ag minister premier chancellor taoiseach secretary "
    "secretary-general ambassador envoy king queen prince princess emperor emir sultan pope cardinal "
    "archbishop bishop patriarch imam ayatollah sheikh general gen admiral adm colonel col lieutenant "
    "lt major maj captain capt commander cmdr sergeant sgt marshal brigadier brig brigadier-general "
    "major-general lieutenant-general cameraman senator sen representative rep congressman "
    "congresswoman governor gov mayor speaker leader chief chairman chairwoman chairperson chair head "
    "director director-general commissioner counsel judge justice attorney prosecutor lawyer solicitor "
    "solicitor-general sheriff inspector superintendent officer official aide adviser advisor "
    "strategist spokesman spokeswoman spokesperson counselor candidate nominee lawmaker legislator "
    "deputy mp mep professor prof historian analyst economist researcher scientist expert fellow author "
    "journalist correspondent reporter editor columnist ceo coo cfo executive founder co-founder "
    "co-author manager coach activist organizer organiser campaigner pastor rev reverend rabbi doctor "
    "physician lord baroness dame councillor councilman councilwoman whip coordinator negotiator "
    "mediator diplomat undersecretary mk dissident defector teacher student resident actor actress singer "
    "demonstrator protester "
    "producer presenter host broadcaster chef critic writer novelist poet filmmaker designer comedian "
    "musician businessman businesswoman entrepreneur investor engineer architect scholar academic surgeon "
    "nurse farmer veteran survivor witness owner operator pollster principal warden "
    "administrator advocate agent anchor co-host councilor det insp monsignor msp pm assemblyman "
    "assemblywoman alderman bassist biologist co-chair comptroller commentator consul contributor defender "
    "detective epidemiologist frontman geologist guitarist investigator lecturer midfielder ombudsman "
    "parliamentarian physicist president-elect psychologist pundit rapporteur striker supervisor treasurer "
    "trustee d'affaires d’affaires under-secretary under-secretary-general undersecretary-general "
    "президент президента министр міністр премьер премьер-министр прем'єр-міністр канцлер посол депутат "
    "глава голова секретарь представитель представник генерал лидер präsident präsidentin bundeskanzler "
    "bundeskanzlerin kanzler kanzlerin außenminister außenministerin botschafter sprecher sprecherin "
    "ministre président présidente porte-parole chef presidente presidenta ministro ministra canciller "
    "embajador portavoz".split()
)
PARTY_OF = {"republican": "R", "democrat": "D"}
IN_FULL = {"gov": "governor", "sen": "senator", "rep": "representative", "gen": "general"}
OFFICES_OF_ONE = frozenset(  # "the mayor" is the one whom an article names so
    "president minister premier chancellor king queen pope mayor governor judge sheriff ambassador".split()
)
# Offices that are also surnames: "Angus King" is no king.
ROYAL_SURNAMES = frozenset("king bishop pope prince judge major marshal farmer".split())
HONORIFICS = frozenset(
    "mr mrs ms miss dr sir madam herr frau monsieur mme señor señora rt hon honourable".split()
)
MEMBERS = frozenset("MP MEP MSP MLA".split())  # of a parliament, behind their names
MODIFIERS = frozenset(
    "foreign prime deputy vice former acting senior chief press defence defense interior finance health "
    "trade economy justice state first associate assistant general executive national security "
    "foreign-policy policy presidential political opposition party campaign military police army navy "
    "human rights research communications managing regional federal interim outgoing incoming incumbent "
    "supreme special permanent under majority minority parliamentary government parliament budget "
    "energy education environment migration republican democratic conservative labour liberal "
    "independent congressional gubernatorial ex ex-president legal medical retired longtime veteran "
    "house senate crown then-president brexit иностранных дел заместитель первый внешних закордонних "
    "справ".split()
)
ABBREVIATED_TITLES = (  # whose full stop ends no sentence
    "Mr Mrs Ms Dr Sen Rep Gov Gen Lt Col Maj Capt Sgt Adm Prof Rev Hon Amb St Jr Sr".split()
)
POSSESSIVE = ("'s", "’s")
# Capitalised words that stand before a name and belong to no name.
STARTERS = frozenset(
    "the a an in on but and when after as while if for at by then that this these those he she it they "
    "we i his her its their our your my not yet so however meanwhile still also later earlier now "
    "though although because since before during with from to of or nor both asked speaking one some "
    "many most according like unlike despite even only just what who why how where there here no yes "
    "do does did you can could should would must is are was were has have had can't don't "
    "two three four five six seven eight nine ten much few several every each any all both neither "
    "advertisement commons "
    "once until under over new old monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december democratic democrat "
    "democrats republican republicans gop conservative labour labor liberal tory tories independent "
    "catholic muslim christian jewish islamic western eastern northern southern federal national "
    "international former acting deputy senior vice prime foreign defence defense homeland security "
    "treasury interior finance health education energy justice commerce agriculture transportation "
    "affairs state staff war trade economy press chief first ex-president president-elect "
    "vice-president co-chair asst assistant associate executive today yesterday us u.s un u.n uk eu "
    "charge affaires intelligence prevention special add take et ap thus sometimes another having maybe "
    "perhaps "
    "instead indeed moreover finally often importantly last next among nearly shortly without almost "
    "whether amid following soon further specifically along outside ahead additionally nevertheless "
    "already eventually throughout within similarly besides again never regardless through furthermore "
    "overall previously suddenly ultimately immediately apparently between around beyond upon separately "
    "actually across behind unfortunately given initially "
    "sunni shiite supreme court majority minority house senate congressional police lead managing crown "
    "в на по но и как что это по-прежнему le la les l’ der die das el los las".split()
)
PARTIES = frozenset("republican democrat democratic gop tory".split())
NEVER_IN_NAMES = frozenset(
    "department ministry agency company corporation corp inc ltd llc group party times post news "
    "university institute council committee court bank force forces army navy police office house union "
    "association commission center centre foundation fund congress parliament senate assembly "
    "government administration service services bureau board authority federation league network press "
    "journal tribune guardian herald telegraph mail daily radio television tv channel magazine society "
    "alliance movement front brigade watch international amnesty organization organisation club school "
    "college hospital church airlines airways motors airport street city county state states nations "
    "kingdom republic islands sea river east west north south america europe africa asia taliban hamas "
    "hezbollah isis nato reuters interfax tass xinhua jazeera haram qaeda qaida twitter facebook google "
    "youtube instagram act bill law project program plan report survey poll day week year season cup "
    "games world wikinews gazette review times-picayune examiner monitor observatory campaign team "
    "staff families family brothers democrats republicans labs technologies systems entertainment "
    "pictures records studios media partners holdings capital museum library theatre theater park "
    "square district town village province region valley beach hills island lake mountain bay data "
    "maritime crescent cross nation people citizens workers voters tribe avenue road capitol hill "
    "building show deejays photos images says said calls tells asks to is are was will be has he'd "
    "trump's and or with for from on in by at image photo york angeles francisco below interest continued "
    "unesco unicef ecowas centcom "
    "brigades enlarge videos offshore warning rights alabama alaska arizona arkansas california colorado "
    "connecticut florida hawaii idaho illinois iowa kansas kentucky louisiana maryland massachusetts "
    "michigan minnesota mississippi missouri nebraska nevada hampshire ohio oklahoma oregon pennsylvania "
    "tennessee texas utah vermont wisconsin wyoming va fla calif ariz conn mass mich minn neb nev tenn tex "
    "wis ky ala ark colo kan okla ore washington london kong".split()
)
# "maritime security firm Dryad" is nobody's name.
COMPANIES = frozenset(
    "firm company group agency network newspaper paper magazine channel outlet website site broadcaster "
    "station charity tank nonprofit organisation organization publisher maker giant team club band app "
    "platform blog".split()
)
HOUSES = frozenset(
    "White House|State Department|Kremlin|Pentagon|Downing Street|Foreign Office"
    "|European Commission|European Council|European Parliament".split("|")
)


@lru_cache(maxsize=16)  # languages, as in sentences
def verbs(language: str | None) -> re.Pattern[str]:
    """Verbs that report speech, in English and, where it is another, the language given."""
    return _spoken(language, _ENGLISH)


@lru_cache(maxsize=16)
def verbs_before(language: str | None) -> re.Pattern[str]:
    """Verbs that may lead up to a quotation, whose mark is the end of what is searched."""
    judged = [*(f"{verb}(?= $)" for verb in _VOICED), *(f"{verb}{_AS}" for verb in _JUDGED)]
    return _spoken(language, [*_ENGLISH, *_BEFORE_ONLY, *judged], _ACCUSED)


def _spoken(language: str | None, english: Iterable[str], *more: str) -> re.Pattern[str]:
    foreign = _FOREIGN.get(language or "en")
    words = "|".join((_by_letter(english), _PHRASES, *more))
    return re.compile(rf"\b(?:{foreign}|{words})\b" if foreign else rf"\b(?:{words})\b")


def _by_letter(words: Iterable[str]) -> str:
    """Alternatives by their first letter, which are searched for in half the time."""
    letters = groupby(sorted(words), key=itemgetter(0))
    return "|".join(
        f"{letter}(?:{'|'.join(word[1:] for word in alike)})" for letter, alike in letters
    )

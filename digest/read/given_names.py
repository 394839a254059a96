"""Given names by which "he" is told from "she": the common ones of those who are in the news.

Names that both sexes bear (Kim, Leslie, Robin) are in neither list.
"""

from .reporting import HE, OTHER_SEX

_FEMALE = frozenset(
    "abigail agnes aicha alice alison allison amber amy angela anke ann annalena anne antje ashley "
    "asma-ul astrid asunción audrey aung ayse ayşe barbara beatrice belen belén bernadette beth betty "
    "birgit bridget brittany brooke candice carly carmen carol carole caroline catherine cathy cecile "
    "celine charlene charlotte chelsea cheryl chloe christian-marie christine christy cindy claire "
    "claudette colleen constance consuelo courtney crystal cynthia daphne debbie deborah debra "
    "delphine denise desiree diane dianne dilma dolores doris dorothy edith edna eileen elaine "
    "eleanor elizabeth elke ellen ellie elsie emilie emily erin esther ethel eve evelyn faith fatou "
    "fatoumata fay federica felicity fiona florence frances gabrielle gail geraldine gerda gertrude "
    "geun-hye gillian ginger ginny gladys grace guadalupe gudrun gwen gwendolyn hanan hannah harriet "
    "harriett hazel heather heidi heike helen helle hilary hildegard hillary holly hope ilse imogen "
    "ines inez ingeborg ingrid inés irene iris isabel isabelle ivanka ivy jacinda jacqueline jane "
    "janet janice jean jeanette jeanne jeannie jennifer jenny jess jill jo joan jocelyn josephine "
    "josie joyce judith judy julie justine karen karin kate katherine kathleen kathryn kathy kay "
    "kelly kerstin kim-marie kirsten kirstie kirsty kristen kristin kristine laurel lauren laurie "
    "leigh lene leyla lilian lillian lily lisbeth liz lois loretta lorraine louise lucille lucy lydia "
    "lynne mabel madeleine madeline mae margaret margaux margot mariam marian marianne marie marilyn "
    "marine marjorie marlene mary maryam maureen mavis maxine meg megan meghan mehbooba melanie "
    "mercedes mercy meredith mette michaele michele michelle mildred millicent miriam molly "
    "mona-marie muriel myrtle nadine nan nancy naomi nasrin natalie nathalie nell ngozi nicole "
    "nicolette nikki noemi noreen odile olive paige pamela patty paulette pauline pearl peggy "
    "penelope penny phoebe phyllis pilar polly priscilla prudence rachael rachel raquel rebecca reem "
    "renee rhoda rima robyn rosalie rosalind rosalyn rosemarie rosemary rosie roxanne ruby ruth "
    "ruthie sadie sally samantha sanna sarah sharon sharyl sheila shelley sherry sheryl shirin "
    "shirley sigrid silke siobhan solange soledad solveig sophie soraya stephanie sue susan suu suzan "
    "suzanne sylvie tammy thelma theresa tiffany tracey tracy trudy tulsi ursula ursule ute valerie "
    "verity veronique vicky victoria violet virginie vivian wendy wilma winifred xiomara yasmin "
    "yasmine yulia yvette yvonne zahra zainab zeinab zoe".split()
)
_MALE = frozenset(  # those that end in "a" among them
    "abbas abdalla abdel abdul abdulla abdullah adam adrian ahmad ahmed ahmet akira alan albert "
    "alexander alexei alexey alfred ali allan allen amir andre andreas andrei andrew andy angus "
    "anthony anton antonio antonis anwar archie arnold arthur arturo arvind augusto avigdor ban "
    "barack barry bart bashar ben benjamin bernard bernie bert bill billy bob bobby boris boyd brad "
    "bradley brandon brendan brent brett brian bruce bryan bulent calvin carl carlo carlos chad "
    "charles chris christopher chuck clarence claude clayton clifford clint clive colin conor craig "
    "curtis dan daniel danila danny darren dave david dean deng dennis derek dick diego dirk dmitry "
    "dominic don donald doug douglas drew duncan dwight earl ed eddie edgar eduardo edward edwin ehud "
    "eli elliott elmer emmanuel enrique eric erik ernest ernesto eugene evan ezra felipe felix "
    "ferdinand fernando floyd francisco francois frank frank-walter franklin fred frederick fumio "
    "gabriel gary gavin geoff geoffrey george gerald gerard gerry gilbert giorgio giuseppe glenn "
    "gordon graham greg gregory guido gustavo guy hamad hamid hans hans-dietrich harold harry harvey "
    "hassan hector heinz henri henrik henry herbert herman hiroshi horst howard hubert hugh hugo "
    "hussein iain ian ibrahim igor ilya imran isa isaac issa ivan jack jacob jacques jake jamal james "
    "jared jason javier jean-claude jean-marc jean-pierre jean-yves jeff jeffrey jens jens-peter "
    "jeremy jerome jerry jim jimmy joaquin joe joel john joko jonas jonathan jorge jose joseph joshua "
    "juan juergen julian julio junichiro justin jürgen karl karl-heinz keith ken kenneth kevin khaled "
    "khalid klaus kofi kurt kyle lance larry lars laurent lawrence leo leon leonard leonid lindsey "
    "lloyd louis luca luis luke magnus mahmoud manmohan manuel marc marcel marco marcus mario mark "
    "martin marvin matt matteo matthew matthias maurice max maxim mehdi mehmet mevlut michael michel "
    "miguel mike mikola miles mitch mitt mohammad mohammed moshe muhammad musa mustafa mykola naftali "
    "narendra nasser nathan nawaz neil nelson newt nicholas nick nicolas nigel nikita nikolai norman "
    "olaf oleg oleksandr oliver omar osama oscar otto owen pablo pascal patrick paul paulo pavel "
    "pedro perry peter petr petro philip philippe phillip pierre piotr qassem rafael rahul rajiv "
    "ralph ramon rand randy raul ray raymond recep reince reuven rex ricardo richard rick rob robbie "
    "robert roberto rodney rodrigo roger roland roman ron ronald ross roy rudy rupert russell ryan "
    "saad saeed sajid salman salvador samir samuel sanjay scott sean serge sergei sergey sergio seth "
    "shahid sheldon shimon shinzo silvio simon spencer stanley stefan stephen steve steven stewart "
    "stuart tariq taro tayyip ted terrence theodore thomas tim timothy tobias todd tom tommy tony "
    "trent trevor turki tyler valentin vernon victor viktor vince vincent vitali vitaly vladimir "
    "volodymyr walid wallace walter warren wayne wesley wilbur william wolfgang xi yair yasser "
    "yitzhak yoav yoshihide yuri yusuf yves zachary zalmay".split()
)


_FORMAL = {  # by which a person may be named as well
    "rudy": "rudolph", "joe": "joseph", "mike": "michael", "bill": "william", "bob": "robert",
    "rob": "robert", "tom": "thomas", "jim": "james", "dick": "richard", "rick": "richard",
    "ted": "edward", "ed": "edward", "chuck": "charles", "ben": "benjamin", "dan": "daniel",
    "dave": "david", "steve": "steven", "tony": "anthony", "andy": "andrew", "jeff": "jeffrey",
    "ken": "kenneth", "ron": "ronald", "don": "donald", "tim": "timothy", "matt": "matthew",
    "nick": "nicholas", "sam": "samuel", "alex": "alexander", "greg": "gregory", "liz": "elizabeth",
    "debbie": "deborah", "bernie": "bernard",
}  # fmt: skip


def formal(given: str) -> str:
    """The given name that a short one stands for, in small letters; else the name itself."""
    return _FORMAL.get(given.lower(), given.lower())


def clashes(speaker: str, pronoun: str) -> bool:
    """Whether somebody's given name forbids the pronoun."""
    given = _given(speaker)
    return _is_female(given) if pronoun in HE else pronoun in OTHER_SEX and given in _MALE


def agrees(speaker: str, pronoun: str) -> bool:
    """Whether somebody's given name is only borne by those whom the pronoun means."""
    given = _given(speaker)
    return given in _MALE if pronoun in HE else pronoun in OTHER_SEX and _is_female(given)


def is_known(speaker: str) -> bool:
    """Whether somebody's given name is a common one, borne by one sex alone."""
    return agrees(speaker, "he") or agrees(speaker, "she")


def _given(speaker: str) -> str:
    given, _, surname = speaker.lower().partition(" ")
    return given if surname else ""


def _is_female(given: str) -> bool:
    return given in _FEMALE or (given.endswith("a") and given not in _MALE)

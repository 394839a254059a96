"""What headlines say that states do to one another."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.articles import Action, Person
from digest.read.about.gazetteer import aliases, claims
from digest.read.events.actions import LONGEST, action, action_of, deed_of
from digest.read.events.frames import slugs
from digest.read.opinion import thought
from seeds import catalogue
from seeds.wordlists import word_lists
from tests.articles import new_article

TODAY = date(2026, 2, 10)
TEXT = "The ministers met on Monday and will meet again in a week."
KNOWN = (
    "Donald Trump",
    "Vladimir Putin",
    "Xi Jinping",
    "Volodymyr Zelensky",
    "Emmanuel Macron",
    "Nikol Pashinyan",
    "Keir Starmer",
)


def said(headline: str, at: date = TODAY) -> str:
    """As "expel FI > RU"; empty for none."""
    found = action(headline, countries=("GE",), people=KNOWN, at=at)
    if found is None:
        return ""
    return f"{found.slug} {' '.join(found.by)} > {' '.join(found.to)}".removesuffix(" > ")


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("US imposes new sanctions on Iran over drone exports", "sanction US > IR"),
        ("EU to adopt 20th package of sanctions against Russia", "sanction EU > RU"),
        ("Britain sanctions 30 Russian oil tankers", "sanction GB > RU"),
        ("US sanctions announced on Putin's inner circle", "sanction US > RU"),
        ("China slaps tariffs on $60 billion in U.S. imports as row grows", "tariff CN > US"),
        ("Trump slaps steel, aluminium tariffs on EU, Canada and Mexico", "tariff US > EU CA MX"),
        ("EU hits US with 30% tariffs", "tariff EU > US"),
        ("China retaliates with tariffs on US goods", "tariff CN > US"),
        ("EU bans Russian gas imports", "sanction EU > RU"),
        ("EU freezes Russian assets", "sanction EU > RU"),
        ("US lifts sanctions on Syria", "ease US > SY"),
        ("EU drops Eritrea arms embargo", "ease EU > ER"),
        ("Finland expels two Russian diplomats", "expel FI > RU"),
        ("Two Russian diplomats expelled from Helsinki", "expel FI > RU"),
        ("Two Russian diplomats expelled by Finland", "expel FI > RU"),
        ("Poland recalls ambassador to Hungary", "recall PL > HU"),
        ("Bolivia cuts all ties with Israel", "sever BO > IL"),
        ("Moscow summons German ambassador over drone claims", "protest RU > DE"),
        ("Russian ambassador summoned by UK over drone", "protest GB > RU"),
        ("UN Security Council condemns North Korean missile launch", "condemn UN > KP"),
        ("Hungary condemned by EU over media law", "condemn EU > HU"),
        ("NATO accuses Russia of airspace violation", "accuse NATO > RU"),
        ("Ukraine war: Russia accuses UK of aiding strike", "accuse RU > GB"),
        ("Russia rejects US peace proposal", "reject RU > US"),
        ("Britain warns Iran of 'serious consequences' if tanker not freed", "warn GB > IR"),
        ("Trump threatens Iran with force if talks fail", "threaten US > IR"),
        ("Trump threatens to hit China with tariffs", "threaten US > CN"),
        ("Germany, France urge Iran to resume talks", "appeal DE FR > IR"),
        ("Norway recognises State of Palestine", "recognise NO > PS"),
        ("US to send Georgia rifles and ammunition", "aid US > GE"),
        ("Germany pledges €1bn in military aid to Ukraine", "aid DE > UA"),
        ("Egypt brokers ceasefire between Sudan and South Sudan", "mediate EG > SD SS"),
        ("Turkey to host Russia-Ukraine talks", "mediate TR > RU UA"),
        ("Polish foreign minister visits Kyiv", "visit PL > UA"),
        ("Armenia and Azerbaijan sign peace deal", "agree AM AZ"),
        ("Ukraine signs minerals deal with US", "agree UA US"),
        ("US and Iran hold nuclear talks in Oman", "consult US IR"),
        ("First day of Russia-Ukraine peace talks ends in Geneva", "consult RU UA"),
        ("Russian and Ukrainian negotiators meet in Istanbul", "consult RU UA"),
        ("Trump, in Miami for a rally, hosts Zelensky", "consult US UA"),
        ("Trump calls Putin to discuss Ukraine", "consult US RU"),
        ("Putin discusses Ukraine with Trump", "consult RU US"),
        ("Macron and Xi discuss trade", "consult FR CN"),
        ("Trump welcomes Starmer to White House", "consult US GB"),
        ("G7 leaders condemn Russian strikes on Kyiv", "condemn G7 > RU"),
        ("US Secretary of State Marco Rubio meets Xi", "consult US CN"),
        ("Xi again meets Russian President Vladimir Putin", "consult CN RU"),
        ("EU agrees on 18th sanctions package against Russia", "sanction EU > RU"),
        ("China retaliates with sanctions on US firms", "sanction CN > US"),
        ("US adds Cuba to terror list", "sanction US > CU"),
        ("US bans chip exports to China", "sanction US > CN"),
        ("U.S. tariffs Chinese solar panels", "tariff US > CN"),
        ("China hits back with tariffs on another $60 billion in US imports", "tariff CN > US"),
        ("US announces end to sanctions on Syria", "ease US > SY"),
        ("US removes Sudan from terrorism list", "ease US > SD"),
        ("US cuts tariffs on Swiss goods", "ease US > CH"),
        ("Poland gives Russian diplomats 48 hours to leave", "expel PL > RU"),
        ("Turkey tells Israeli ambassador to leave", "expel TR > IL"),
        ("Israel announces expulsion of Irish ambassador", "expel IL > IE"),
        ("Russian diplomats ordered to leave by Poland", "expel PL > RU"),
        ("Canada pulls ambassador from Moscow", "recall CA > RU"),
        ("US orders China to close Houston consulate", "sever US > CN"),
        ("Trump announces withdrawal from arms treaty with Russia", "withdraw US > RU"),
        ("Germany ends gas deal with Russia", "withdraw DE > RU"),
        ("US announces suspension of arms treaty with Russia", "suspend US > RU"),
        ("Trump cancels talks with Putin", "suspend US > RU"),
        ("US suspends military aid to Pakistan", "suspend US > PK"),
        ("Macron slams Trump's 'very nasty' remarks", "condemn FR > US"),
        ("NATO chief slams Moscow's 'hollow denials' of aggression", "condemn NATO > RU"),
        ("EU condemns Russia's annexation of Crimea", "condemn EU > RU"),
        ("US holds Russia responsible for hack", "accuse US > RU"),
        ("US warns Russia it will respond", "warn US > RU"),
        ("Russia threatens to withdraw from arms treaty with US", "threaten RU > US"),
        ("US presses Israel to allow aid", "appeal US > IL"),
        ("US and China agree to extend truce", "agree US CN"),
        ("Trump holds phone call with Putin", "consult US RU"),
        ("Israel, Turkey restore ties", "agree IL TR"),
        ("Russia and Ukraine swap 200 prisoners", "agree RU UA"),
        ("US opens embassy in Cuba", "ease US > CU"),
        ("Canada closes embassy in Iran", "sever CA > IR"),
        ("US imposes visa restrictions on Georgia officials", "sanction US > GE"),
        ("Macron meeting Xi in Beijing", "consult FR CN"),
        ("France's Macron in India to boost Rafale deal talks", "visit FR > IN"),
    ],
)
def test_an_action_is_read_with_who_does_it_to_whom(headline: str, expected: str) -> None:
    assert said(headline) == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Poland says it will expel Russian diplomats", "expel PL > RU"),
        ("Trump announces he's lifting sanctions on Turkey", "ease US > TR"),
        ("Trump says U.S. to withdraw from nuclear treaty with Russia", "withdraw US > RU"),
        ("Putin says Russia cutting ties with Canada", "sever RU > CA"),
        ("EU imposing sanctions on Belarus", "sanction EU > BY"),
        ("US agrees to lift sanctions on Syria", "ease US > SY"),
        ("Trump set to meet Putin in Alaska", "consult US RU"),
        ("Trump and Macron are due to meet on Friday", "consult US FR"),
        ("China's Xi arrives in India. Can they put their differences aside?", "visit CN > IN"),
    ],
)
def test_an_action_that_a_state_tells_of_itself_or_goes_on_with_is_read(
    headline: str, expected: str
) -> None:
    assert said(headline) == expected


@pytest.mark.parametrize(
    "headline",
    [
        "Will Trump meet Putin?",
        "US could impose sanctions on India",
        "US mulls sanctions on India",
        "US denies it sanctions Russia, Iran",
        "Germany refuses to send missiles to Ukraine",
        "US announces no end to sanctions on Syria",
        "Is US expelling Russian diplomats?",
        "Will Xi land in India? He visits Russia",
        "Xi visits Russia. Or does he?",
        "Turkey's ambassador leaves. Will US meet Russia?",
        "Trump says Putin will visit US",
        "Putin says US will cut ties with Russia",
        "Poland says it may expel Russian diplomats",
        "NATO chief 'slams' Moscow's 'lies' on Ukraine",
        "Jordan's lawmakers vote to expel Israeli ambassador",
        "Syrian opposition delegation is given diplomatic status",
        "US announces no sanctions on Syria",
        "US to lift sanctions on Syria if Iran withdraws",
        "Trump says he meets Putin",
        "China 'urges US' to stop",
        "US imposes “crushing” sanctions on Iran",
        "Iran: US imposes sanctions on Cuba",
        "US expels Russian diplomats: report",
        "US expels Russian diplomats - Kremlin",
        "US expels Russian diplomats, Russian minister confirms",
        "England hosts Iran in football",
        "Spain rejects Canada's offer in Olympic final",
    ],
)
def test_what_is_asked_doubted_denied_or_hearsay_is_none(headline: str) -> None:
    assert said(headline) == ""


@pytest.mark.parametrize(
    "headline",
    [
        "Senators urge Trump to sanction Russia",
        "Russian hackers sanction Ukraine",
        "Russian condemns Ukraine",
        "Russia's condemns Ukraine",
        "Brussels sanctions Russia",  # Belgium or the Union
        "US President Putin visits Ukraine",
        "US envoy warns Russia over Ukraine",  # an envoy speaks for himself
        "US protest to Canada",  # a noun
        "Israel halts blockade of aid to Syria",
        "Trump abandons hopes of deal with Iran",
        "Russia pushes Ukraine to the brink",
        "Trump and Putin meeting in doubt",
        "US tariffs Chinese exporters fear",
        "US lifting sanctions on Iran would be a mistake",
        "US general warns Iran over strait",
        "UK council condemns Israel",
        "US state sanctions Chinese firm",
        "Obama visits Ukraine",  # out of office
        "European Parliament condemns Russia",
        "UK visits Canada in friendly",
        "Kyiv visits Moscow",
    ],
)
def test_none_is_read_where_it_is_uncertain_who_acts(headline: str) -> None:
    assert said(headline) == ""


@pytest.mark.parametrize(
    "headline",
    [
        "US warns Iran, Russia and China working together",
        "US sanctions Iran, Russia slams move",
        "Obama condemns Paris attacks",
        "US condemns Syria attack",
        "UN condemns Gaza killing of Israeli",
        "US slams Russia 'puppet' in Minsk",
        "US diplomats told to leave Iraq",
        "US orders Kyiv embassy staff to leave",
        "US tells Iraq embassy staff to leave",
        "US diplomats ordered to leave by Washington",
        "FIFA drops Russia from list",
        "UK ends ban on Russian athletes",
        "US quits Paris climate accord with fanfare",
        "US sanctions Mexican cartel",
        "US sanctions Russia-linked bank in Iran",
        "Israel recognises Somaliland",
        "Danish PM visits Greenland",
        "US sanctions Brussels over Russia",
        "Trump hosts Moscow",
        "Trump visits Putin",
        "US condemns Russia and US over Ukraine",
        "Israel tells Gaza residents to leave",
        "China asks US forces to leave",
        "Trump welcomes Putin's offer",
        "EU freezes Russian opposition leader's assets",
        "Israeli Hamas prisoners agree to truce with Egypt",
    ],
)
def test_none_is_read_where_it_is_uncertain_whom_it_hits(headline: str) -> None:
    assert said(headline) == ""


def test_an_office_is_that_of_the_day() -> None:
    headline = "President Obama meets German Chancellor Angela Merkel"
    assert (said(headline, date(2014, 5, 2)), said(headline)) == ("consult US DE", "")


@pytest.mark.parametrize(
    ("headline", "day", "expected"),
    [
        ("NATO Secretary General Mark Rutte visits Kyiv", TODAY, "visit NATO > UA"),
        ("Christine Lagarde visits Kyiv", TODAY, ""),  # of a bank
        ("African Union suspends Egypt", date(2013, 7, 5), "suspend African Union > EG"),
        ("Israel and Hamas agree to Gaza cease-fire", TODAY, "agree IL Hamas"),
        ("Egypt hosts talks between Israel and Hamas", TODAY, "mediate EG > IL Hamas"),
        ("US signs peace deal with Taliban", TODAY, "agree US Taliban"),
        ("Soviet Union expels two American diplomats", date(1962, 10, 24), "expel SU > US"),
    ],
)
def test_bodies_and_movements_act_as_states_do_and_banks_do_not(
    headline: str, day: date, expected: str
) -> None:
    assert said(headline, day) == expected


def test_a_surname_or_a_phrase_of_two_meanings_counts_by_its_article() -> None:
    assert action("Trump meets Putin", at=TODAY) is None
    assert action("Russia accuses Georgia of fraud", at=TODAY) is None
    assert action("Trump meets Putin", people=KNOWN) == Action("consult", ("US", "RU"))
    found = action("Russia accuses Georgia of fraud", countries=("GE",))
    assert found == Action("accuse", ("RU",), ("GE",))


@pytest.mark.parametrize(
    ("changes", "has_one"),
    [
        ({}, True),
        ({"language": "de"}, False),
        ({"language": None}, False),
        ({"title": None}, False),
        ({"title": "Opinion: Trump meets Putin"}, False),
        ({"people": ()}, False),
        ({"url": "https://paper.example/opinion/trump-meets-putin"}, False),
    ],
)
def test_an_article_has_the_action_of_its_title(changes: dict[str, object], has_one: bool) -> None:
    people = (Person("Donald Trump"), Person("Vladimir Putin"))
    article = new_article("a", TEXT, **{"title": "Trump meets Putin", "people": people, **changes})
    assert (action_of(article) is not None) == has_one


@pytest.mark.parametrize(
    ("title", "weight"),
    [
        ("Armenia and Azerbaijan sign peace deal", 2),
        ("Russian forces seize Crimea; president decries ‘aggression’", 1),
        ("France releases suspected Russian 'shadow fleet' tanker after fine paid", 1),
        ("US soldiers arrive in Nigeria to aid its fight", 1),
        ("Israel launches ground operation into Gaza", 1),
        ("US, Canada recall envoys", 1),
        ("Gaza cease-fire extended as negotiators remain far apart", 1),
        ("Landmark deal reached on Iran nuclear program", 1),
        ("Quarantine of Cuba takes effect", 1),
        ("Finland condemns Russian attack on Ukraine", 0),
        ("Will Russian forces seize Crimea?", 0),
        ("Russian forces may seize Crimea", 0),
        ("Russian forces seize Crimea: report", 0),
        (f"Russian forces seize {'x' * LONGEST}", 0),
        ("France release", 0),
        ("Trump leaves corporate America hanging", 0),
        ("Opinion: Russian forces seize Crimea", 0),
        ("UK ministers to boycott Paralympics", 0),
        (None, 0),
        ("Right-wing media lash out after Trump announces deal", -1),
        ("Trump mocks impeachment effort, talks up trade deal", -1),
    ],
)
def test_a_title_weighs_as_much_as_it_tells_of_what_states_do(
    title: str | None, weight: int
) -> None:
    article = new_article("a", TEXT, title=title)
    assert deed_of(article, thought(article)) == (action_of(article), weight)


def test_a_title_in_another_language_weighs_nothing() -> None:
    article = new_article("a", TEXT, title="Russian forces seize Crimea", language="de")
    assert deed_of(article, None) == (None, 0)


def test_a_sentence_too_long_for_a_headline_has_none() -> None:
    headline = "Finland expels two Russian diplomats"
    assert said(f"{headline} {'x' * (LONGEST - len(headline) - 1)}") == ""
    assert said(f"{headline} after {'x' * (LONGEST - len(headline) - 7)}") == "expel FI > RU"
    assert said(f"{headline} after {'x' * (LONGEST - len(headline) - 6)}") == ""


def test_signs_of_our_own_in_a_headline_mean_nothing() -> None:
    assert said("\ue000 expels two Russian diplomats") == ""
    assert said("Finland expels \ue001 diplomats, Russia waits") == ""


@given(st.text(max_size=LONGEST))
def test_no_text_makes_it_stumble(text: str) -> None:
    assert action(text) is None


WORDS = st.sampled_from(
    "US Russia Russian Iran's Putin and , ' - to the two minister president of foreign on with sanctions "
    "imposes condemns talks between deal against meet : \ue000 expelled from by 's UN US-China".split()
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_whoever_acts_is_never_hit(headline: str) -> None:
    found = action(headline, people=KNOWN)
    assert found is None or (found.by and not set(found.by) & set(found.to))


@pytest.mark.parametrize(
    "part",
    [
        "the minister of ",
        "Russia, ",
        "Russia and ",
        "Russia ",
        "new ",
        "Russian ",
        "to ",
        "two ",
        "'s ",
    ],
)
def test_a_hostile_headline_takes_no_time(part: str) -> None:
    assert slugs()  # compiles the frames
    action("US, Russia")
    for lead in ("", "US imposes ", "Russia and ", "US condemns ", "US-China "):
        started = time.process_time()
        action((lead + part * LONGEST)[:LONGEST])
        deed_of(new_article("a", TEXT, title=(lead + part * LONGEST)[:LONGEST]), None)
        assert time.process_time() - started < 0.05


def test_no_phrase_of_the_gazetteer_holds_the_name_of_a_body() -> None:
    bodies = {words.split(maxsplit=1)[1] for words in word_lists("actions.toml").phrases("bodies")}
    masks = catalogue.countries()["lexicon"]["masks"]
    phrases = {words for words, _ in (*claims(), *aliases())}.union(masks)
    phrases -= set(word_lists("actions.toml").phrases("no_states"))  # these are passed over
    assert not {words for words in phrases if any(f" {b} " in f" {words} " for b in bodies)}


def test_every_phrase_that_stands_for_no_state_is_one_of_the_gazetteer() -> None:
    unknown = set(word_lists("actions.toml").phrases("no_states")) - {
        words for words, _ in claims()
    }
    assert not unknown


def test_every_list_of_the_table_is_english() -> None:
    assert list(word_lists("actions.toml").languages) == ["en"]

"""Say what an article is about, whether it is diplomacy, and by which phrases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.read.about.actors import CountryScore
from digest.read.about.phrases import phrase_odds
from digest.read.about.topics import (
    HOME,
    MOST_EVIDENCE,
    MOST_TOPICS,
    WORDS,
    Tags,
    features,
    first_words,
    phrase_counts,
    share_of_others,
    tag,
    topic_names,
    topic_slug,
)
from seeds.topics import SLUGS

DIPLOMATIC = {
    "en": "The foreign ministers of Norway and Chile met in Oslo to discuss a ceasefire, and "
    "agreed that the two embassies would reopen once the peace talks have ended.",
    "ru": "Министры иностранных дел Норвегии и Чили обсудили в Осло перемирие и обмен пленными; "
    "посольства откроются после мирных переговоров.",
    "uk": "Міністри закордонних справ Норвегії та Чилі обговорили в Осло перемир'я та обмін "
    "полоненими; посольства відкриються після мирних переговорів.",
    "fr": "Les ministres des Affaires étrangères de Norvège et du Chili ont négocié à Oslo un "
    "cessez-le-feu et un échange de prisonniers avant la réouverture de leur ambassade.",
    "de": "Die Außenminister von Norwegen und Chile berieten in Oslo über einen Waffenstillstand "
    "und einen Gefangenenaustausch; die Botschaft soll danach öffnen.",
    "es": "Los ministros de Noruega y Chile negociaron en Oslo un alto el fuego y un canje de "
    "prisioneros antes de reabrir la embajada; la diplomacia sigue.",
}
DOMESTIC = {
    "en": "Republicans in the Senate blocked a bill on health care before the midterm elections, "
    "and voters in Ohio told pollsters that taxes matter most in the campaign.",
    "ru": "Сборная выиграла матч чемпионата по хоккею, а губернатор обещал пенсии повысить.",
    "uk": "Збірна виграла матч чемпіонату з хокею, а погода в місті завтра буде ясною.",
    "fr": "Le maire a ouvert le festival de cinéma avant le match de football du championnat.",
    "de": "Die Bundesliga beginnt am Freitag, und das Wetter soll zum Spieltag gut werden.",
    "es": "El alcalde abrió el festival de cine antes del partido de liga de fútbol.",
}


def slugs(tags: Tags) -> tuple[str, ...]:
    return tuple(topic.slug for topic in tags.topics)


@pytest.mark.parametrize("language", DIPLOMATIC)
def test_diplomacy_is_known_in_every_language(language: str) -> None:
    tags = tag(DIPLOMATIC[language], language=language)
    assert tags.is_diplomatic
    assert slugs(tags)[0] == "peace-talks"


def test_the_own_affair_of_one_state_without_a_topic_is_none() -> None:
    text = "A bridge fell into the canal in Egypt on Saturday, and the minister of {} spoke. "
    rest = "People of the town waited beside the canal."
    title = "Bridge falls into canal in Egypt"
    alone = tag(text.format("transport") + rest, title=title)
    two = tag(text.format("Jordan") + rest, title=title)
    unread = tag(text.format("transport") + rest, title=title, language="nl")

    assert not alone.topics
    assert not alone.is_diplomatic
    assert two.is_diplomatic
    assert unread.is_diplomatic, "in a language without phrases no topic is found"


@pytest.mark.parametrize("language", DOMESTIC)
def test_other_news_is_not_diplomacy(language: str) -> None:
    tags = tag(DOMESTIC[language], language=language)
    assert not tags.is_diplomatic
    assert tags.relevance < 0.2


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("sanctions", "The council extended the asset freeze and added an oil embargo."),
        ("trade", "Brazil answers the tariffs with import duties of its own on steel."),
        ("arms-control", "Inspectors of the IAEA were shown the uranium enrichment halls."),
        ("climate", "Small island states left the climate talks over loss and damage."),
        ("embassies", "Two attachés were declared persona non grata and must leave."),
        ("terrorism", "A suicide bomber of the Islamic State struck the market."),
        ("terrorism", "Letter bombs were sent to the Prime Minister."),
        ("embassies", "Travel warnings are out, a travel advisory follows, others were lifted."),
        ("refugees", "UNHCR counts a million refugees and as many asylum seekers."),
        ("cyber", "A cyberattack on the ministry was the work of state-sponsored hackers."),
        ("energy", "OPEC cut oil production; the gas pipeline stays closed."),
        ("territory", "Both claim sovereignty over the disputed islands in the South China Sea."),
        ("aid", "The World Food Programme warned of famine and sent an aid convoy."),
    ],
)
def test_a_topic_is_known_by_its_words(slug: str, text: str) -> None:
    assert slugs(tag(text))[0] == slug


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("EU sanctions stay in place.", "sanctions", "european-union"),
        ("The climate summit ended.", "summits", "climate"),
        ("A chemical weapons attack was proven.", "armed-conflict", "arms-control"),
    ],
)
def test_a_phrase_may_say_two_topics(text: str, first: str, second: str) -> None:
    assert set(slugs(tag(text))) == {first, second}


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (
            "China and the US agreed a truce in their trade war: tariffs fall, imports rise.",
            {"trade"},
        ),
        (
            "The truce, a ceasefire at last, ended the fighting; tariffs stay.",
            {"peace-talks", "trade"},
        ),
        (
            "Peace talks and a truce came first, then tariffs, a trade deal and exports.",
            {"peace-talks", "trade"},
        ),
    ],
)
def test_a_truce_in_a_trade_war_is_no_peace(text: str, topics: set[str]) -> None:
    assert {"peace-talks", "trade"}.intersection(slugs(tag(text))) == topics


def test_the_name_of_a_movement_is_no_terror() -> None:
    visit = "The emir began his first visit to Gaza since Hamas took power, a state visit."
    assert "terrorism" not in slugs(tag(visit))
    assert slugs(tag("The Taliban lost a battle to Afghan troops."))[:1] == ("armed-conflict",)


def test_evidence_names_the_phrases_that_counted_strongest_first() -> None:
    text = "A truce was signed. The ceasefire talks go on. Ceasefire talks are slow. Dialogue."
    peace = tag(text).topics[0]
    assert peace.slug == "peace-talks"
    assert peace.evidence[:2] == ("ceasefire talks", "truce")
    assert len(peace.evidence) <= MOST_EVIDENCE


def test_the_title_counts_more_than_the_text() -> None:
    in_title = tag("They met on Monday.", title="Ceasefire talks resume").topics[0]
    in_text = tag("They met on Monday. Ceasefire talks resume").topics[0]
    assert in_title.score > in_text.score


def test_a_phrase_counts_three_times_at_most() -> None:
    assert phrase_counts("tariffs " * 50) == {"tariffs": 3}
    assert phrase_counts("tariffs", title="Tariffs") == {"tariffs": 3}
    assert tag("tariffs " * 3).topics == tag("tariffs " * 50).topics


def test_only_the_first_words_count() -> None:
    text = "word " * WORDS + "ceasefire talks"
    assert tag(text).topics == ()
    assert first_words(text).split() == ["word"] * WORDS
    assert first_words("a b") == "a b"


def test_only_the_first_words_of_a_long_text_sound() -> None:
    text = "word " * WORDS
    assert tag(text + "Pyongyang " * 50, countries=()).relevance == tag(text).relevance


@pytest.mark.parametrize(
    "text",
    [
        "There was a dialogue.",
        "The opposition walked out.",
        "He was on a visit when the bells rang.",
        "The firm was sold for relief from its debts.",
    ],
)
def test_a_single_weak_hint_is_no_topic(text: str) -> None:
    assert tag(text).topics == ()


def test_one_phrase_that_nearly_says_it_or_two_that_hint_are_a_topic() -> None:
    assert slugs(tag("Both sides keep the truce.")) == ("peace-talks",)
    assert slugs(tag("They quarrel about the border. The territory is large.")) == ("territory",)


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("european-union", "Theresa May changes the rules for constables. Theresa May was heard."),
        ("human-rights", "The opposition lost. The opposition asks for a count."),
        ("terrorism", "A drone strike set the depot on fire. The drone strike woke the town."),
        ("energy", "Chlorine gas hurt nine; gas filled the cellar, and the gas lingered."),
        ("armed-conflict", "A heart attack at forty: a heart attack is no fate. Attack ads run."),
        ("armed-conflict", "Minimum wages set off a culture war. Culture wars are won slowly."),
        ("trade", "The World Trade Center was rebuilt. Trade unions paid. Trade unions struck."),
        ("treaties", "The charter school opens; charter schools and a protocol for pupils."),
        ("summits", "A visiting aunt on a trip. Her visit was brief."),
        ("embassies", "The Secretary of State counted the ballots, the Secretary of State said."),
        ("territory", "Agents at the southern border: border security costs more, said a guard."),
        ("terrorism", "An airliner crashed. The airliner burst, an explosion was heard."),
        ("cyber", "The leak in the roof: a leak, said the plumber, and leaks are dear."),
    ],
)
def test_words_with_a_sense_of_every_day_do_not_make_a_topic(slug: str, text: str) -> None:
    assert slug not in slugs(tag(text))


def test_side_issues_and_long_lists_are_left_out() -> None:
    text = "Sanctions, sanctions, sanctions, embargo, asset freeze, price cap. A visit."
    assert slugs(tag(text)) == ("sanctions",)
    everything = "ceasefire airstrikes NATO embargo tariffs IAEA UNESCO Brexit summit treaty"
    assert len(tag(everything).topics) == MOST_TOPICS


def test_what_two_phrases_say_is_no_side_issue_beside_any_topic() -> None:
    terror = "Terrorism, terrorists and a terrorist attack. ISIS and the Islamic State, al Qaeda. "
    assert slugs(tag(2 * terror + "Air strikes and shelling.")) == ("terrorism", "armed-conflict")


def test_of_equal_topics_the_one_shown_first_comes_first() -> None:
    assert slugs(tag("armistice. embargo. famine.")) == ("peace-talks", "sanctions", "aid")


def test_an_empty_article_has_no_topic() -> None:
    tags = tag("")
    assert tags.topics == ()
    assert not tags.is_diplomatic


def test_a_language_without_phrases_is_read_with_the_english_ones() -> None:
    assert slugs(tag("NATO 峰会在华盛顿开幕", language="zh")) == ("alliances",)


def test_states_abroad_make_diplomacy_likelier_and_home_does_not() -> None:
    text = "The minister spoke of the agreement."
    abroad = tag(text, countries=(CountryScore("TR", 0.7, ()), CountryScore("GR", 0.6, ())))
    at_home = tag(text, countries=(CountryScore(HOME, 0.7, ()),))
    nowhere = tag(text, countries=())
    assert abroad.relevance > 1.2 * nowhere.relevance
    assert at_home.relevance < 1.1 * nowhere.relevance, "what there is comes of news of the world"


def test_features_are_bounded() -> None:
    many = tuple(CountryScore(code, 0.9, ()) for code in ("FR", "DE", "IT", "ES", "PT", "US"))
    seen = features([100.0] * 9, many, words=3)
    assert seen[2] == 20.0
    assert seen[4] == pytest.approx(2.7)
    assert seen[5] == 4.0
    assert seen[6] == pytest.approx(0.9)
    bare = features([-100.0], (), words=WORDS, sounds=1.5, others=0.4)
    assert bare[2:] == (-20.0, 0.0, 0, 0.0, 0, 0.0, 1.5, 0.4)


def test_what_speaks_of_other_subjects_is_less_likely_diplomacy() -> None:
    known = (CountryScore("IT", 0.6, ()), CountryScore("CA", 0.5, ()))
    text = "Canada and Italy met on Monday, and {}."
    sport = tag(text.format("a gold medal of the Winter Olympics was won"), countries=known)
    neither = tag(text.format("a long day of the cold winter was over"), countries=known)
    assert sport.relevance < neither.relevance


def test_the_share_of_other_subjects_falls_with_what_speaks_of_topics() -> None:
    sport = "The skier won a gold medal."
    assert share_of_others("") == 0.0
    assert share_of_others(sport) == pytest.approx(10 / 18)
    assert share_of_others(sport, title="Skier wins") > share_of_others(sport)
    assert 0 < share_of_others(f"{sport} The ceasefire and the peace talks hold.") < 10 / 18


def test_phrases_of_domestic_topics_say_less_about_diplomacy() -> None:
    odds = phrase_odds()
    assert odds["ambassador"] > odds["asset freeze"] > odds["OPEC"] > 0 > odds["touchdown"]


def test_topics_have_names_in_the_order_of_the_list() -> None:
    assert tuple(topic_names()) == SLUGS
    assert topic_names()["embassies"] == "Embassies, expulsions, consular"


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("sanctions", "sanctions"),
        ("Peace talks", "peace-talks"),
        ("peace-talks", "peace-talks"),
        ("  PEACE   TALKS AND CEASEFIRES ", "peace-talks"),
        ("Санкции", "sanctions"),
        ("санкції", "sanctions"),
        ("nato", "alliances"),
        ("Flüchtlinge", "refugees"),
        ("arms control", "arms-control"),
        ("un and multilateral bodies", "united-nations"),
    ],
)
def test_what_a_person_types_finds_the_topic(typed: str, slug: str) -> None:
    assert topic_slug(typed) == slug


@pytest.mark.parametrize("typed", ["", "football", "Common Market", "the"])
def test_words_of_no_topic_or_of_several_find_none(typed: str) -> None:
    assert topic_slug(typed) is None


@settings(max_examples=60)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_gets_scores_between_nought_and_one(text: str, title: str) -> None:
    tags = tag(text, title=title)
    assert 0 <= tags.relevance <= 1
    assert all(0 < topic.score < 1 and topic.evidence for topic in tags.topics)


FILLER = "The two sat down, and nobody who was there had much to say about the weather. " * 6


def test_what_stands_behind_the_lead_alone_once_is_no_topic() -> None:
    text = f"The prime minister congratulates the president on his victory. {FILLER}"

    assert slugs(tag(f"{text}He wants to see a trade deal.")) == ()
    assert slugs(tag(f"He wants to see a trade deal. {text}")) == ("trade",)


def test_what_the_lead_speaks_of_comes_first() -> None:
    sanctions, truce = "Europe has imposed sanctions.", "A peace deal was discussed."

    assert slugs(tag(f"{sanctions} {FILLER}{truce} {truce}"))[0] == "sanctions"
    assert slugs(tag(f"{truce} {FILLER}{sanctions} {sanctions}"))[0] == "peace-talks"
    assert slugs(tag(f"{sanctions} {FILLER}{truce}", title="A peace deal"))[0] == "peace-talks"


def test_terrorism_without_an_act_or_group_in_title_or_lead_comes_last() -> None:
    lead = "Envoys of Hamas and Riga met at a summit about refugees and aid. "
    behind = "The bridge is long. " * 20
    late = "Al Qaeda and terrorists and extremists were named. The summit and refugees went on."
    aside = [topic.slug for topic in tag(lead + behind + late).topics]
    assert aside[-1] == "terrorism"
    assert len(aside) > 2
    borne = [topic.slug for topic in tag(lead + behind + late, title="A car bomb in Riga").topics]
    assert borne[0] == "terrorism"


def test_relevance_counts_what_stands_behind_the_lead_as_before() -> None:
    states = (CountryScore("NO", 0.5, ()), CountryScore("CL", 0.5, ()))
    deal = "He wants to see a trade deal."

    late, early = (tag(text, countries=states) for text in (FILLER + deal, f"{deal} {FILLER}"))

    assert late.relevance == pytest.approx(early.relevance)
    assert (slugs(late), slugs(early)) == ((), ("trade",))

"""What a digest holds, in which order, and told by which sentences."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digest.compose.candidates import Candidate
from digest.compose.compose import compose
from digest.compose.edition import Story, edition, ordered
from digest.compose.export import as_json
from digest.compose.matching import contains
from digest.compose.rank import one_side, parts
from digest.compose.tell import cite
from digest.model.articles import Article, Quote, StoryId, Topic
from digest.model.chats import Wish
from digest.model.digests import Cited, Digest, Shown, Snapshot, Window
from digest.model.sources import Outlet
from digest.read.speech.quotes import quotes
from digest.relate.novelty import trace
from tests.articles import SEEN, new_article, stored

START = SEEN - timedelta(hours=12)
END = SEEN + timedelta(hours=12)
GRAIN = (
    "Turkey and Ukraine agreed in Ankara on Monday to extend the grain corridor by ninety days.\n\n"
    "Insurance for vessels in the Black Sea remains the main open point of the corridor talks. "
    "They will meet again in March."
)
GRAIN_TOO = (
    "The grain corridor through the Black Sea was extended on Monday by Turkey and Ukraine.\n\n"
    "Forty ships are waiting off Odesa for an inspection of their cargo this week."
)
EXPULSION = (
    "Finland expelled two military attachés of the Russian embassy in Helsinki on Monday.\n\n"
    "The Foreign Ministry in Helsinki gave both men a week to leave the country."
)


def compose_from(found: Snapshot, wish: Wish, shown: Shown, method: str = "attache") -> Digest:
    return compose(edition(found), wish, shown, method=method)


def snapshot(*articles: Article, **changes: Any) -> Snapshot:
    started = {article.story: article.first_seen_at for article in articles if article.story}
    found = Snapshot(Window(START, END, "UTC"), tuple(articles), started)
    return replace(found, **changes)


@pytest.fixture
def grain() -> tuple[Article, Article]:
    return (
        stored(new_article("grain", GRAIN), id=1, story=1),
        stored(new_article("grain-too", GRAIN_TOO, outlet=Outlet("The Wire", "TR")), id=2, story=1),
    )


@pytest.fixture
def expulsion() -> Article:
    changes: dict[str, Any] = {"countries": ("FI", "RU"), "topics": (Topic("embassies", 0.9),)}
    return stored(new_article("expulsion", EXPULSION, **changes), id=3, story=2)


def test_a_story_of_more_outlets_comes_first(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    digest = compose_from(snapshot(expulsion, *grain), Wish(), Shown())

    assert [item.story for item in digest.items] == [1, 2]
    assert digest.articles_read == 3
    assert digest.stories_seen == 2


def test_a_story_of_opinions_alone_comes_last(grain: tuple[Article, Article]) -> None:
    thought = tuple(replace(one, title=f"Opinion: {one.title}") for one in grain)
    report = stored(new_article("expulsion", EXPULSION, relevance=0.5), id=3, story=2)

    digest = compose_from(snapshot(*thought, report), Wish(), Shown())

    assert [item.story for item in digest.items] == [2, 1]
    assert {part.name: part.value for part in digest.items[1].parts}["opinion"] < 0


def test_an_opinion_has_one_line_even_where_nothing_else_is_told(
    grain: tuple[Article, Article],
) -> None:
    thought = tuple(replace(one, title=f"Opinion: {one.title}") for one in grain)

    (item,) = compose_from(snapshot(*thought), Wish(), Shown()).items

    assert item.sentences == ()


def test_an_analysis_loses_less_than_an_opinion_and_a_report_nothing(
    grain: tuple[Article, Article],
) -> None:
    def lost(*titles: str) -> float:
        told = (replace(one, title=title) for one, title in zip(grain, titles, strict=True))
        (item,) = compose_from(snapshot(*told), Wish(), Shown()).items
        return next(part.value for part in item.parts if part.name == "opinion")

    why, opinion, report = "Why the corridor matters", "Opinion: Extend it", "Corridor extended"
    assert lost(opinion, opinion) < lost(why, opinion) == lost(why, why) < 0
    assert lost(why, report) == lost(opinion, report) == 0


def test_an_opinion_neither_heads_nor_tells_what_is_reported(
    grain: tuple[Article, Article],
) -> None:
    thought = replace(grain[0], url="https://paper.example/opinion/grain")

    (item,) = compose_from(snapshot(thought, grain[1]), Wish(), Shown()).items

    assert item.lead == grain[1].id
    assert {cited.article for cited in item.sentences} == {grain[1].id}


def test_every_sentence_is_word_for_word_and_stands_alone(grain: tuple[Article, Article]) -> None:
    by_id = {article.id: article for article in grain}

    (item,) = compose_from(snapshot(*grain), Wish(), Shown()).items

    assert item.sentences
    for cited in item.sentences:
        assert by_id[cited.article].text[cited.start : cited.end] == cited.text
        assert not cited.text.startswith("They")


def test_a_wish_keeps_what_matches_topic_and_country(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    def stories(**wish: Any) -> list[int]:
        return [
            i.story for i in compose_from(snapshot(*grain, expulsion), Wish(**wish), Shown()).items
        ]

    assert stories(topics=frozenset({"embassies"})) == [2]
    assert stories(countries=frozenset({"TR"})) == [1]
    assert stories(countries=frozenset({"TR"}), topics=frozenset({"embassies"})) == []
    assert stories(countries=frozenset({"JP"}), words=frozenset({"GRAIN"})) == [1]
    assert stories(muted=frozenset({"corridor"})) == [2]
    assert stories(read=frozenset({"fr"})) == []


def test_a_story_is_told_by_the_article_that_answers_the_wish(
    grain: tuple[Article, Article],
) -> None:
    lead, other = edition(snapshot(*grain)).stories[0].articles
    other = replace(other, topics=(Topic("arms-control", 0.9),), countries=("HU", "US"))
    found = snapshot(lead, other)

    for wish, first in (
        (Wish(topics=frozenset({"arms-control"})), other),
        (Wish(countries=frozenset({"HU"})), other),
        (Wish(topics=frozenset({"summits", "arms-control"})), lead),
        (Wish(countries=frozenset({"UA"}), words=("corridor",)), lead),
        (Wish(), lead),
    ):
        (item,) = compose_from(found, wish, Shown()).items
        assert item.lead == first.id
        assert item.sentences[0].article == first.id
    (item,) = compose_from(found, Wish(topics=frozenset({"arms-control"})), Shown()).items
    assert item.topics[0] == "arms-control"


def test_an_article_that_tells_nothing_heads_no_story_for_a_wish(
    grain: tuple[Article, Article],
) -> None:
    lead, other = edition(snapshot(*grain)).stories[0].articles
    topics = (Topic("arms-control", 0.9),)
    for changes in ({"relevance": 0.3}, {"duplicate_of": lead.id}):
        changed = replace(other, topics=topics, **changes)  # type: ignore[arg-type]
        (item,) = compose_from(
            snapshot(lead, changed), Wish(topics=frozenset({"arms-control"})), Shown()
        ).items
        assert item.lead == lead.id


def test_a_muted_story_is_left_out_and_not_the_top_story_elsewhere(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    def composed(**wish: Any) -> Digest:
        return compose_from(snapshot(*grain, expulsion), Wish(**wish), Shown())

    assert [i.story for i in composed(muted=frozenset({"s:1"})).items] == [2]
    quiet = composed(topics=frozenset({"cyber"}), muted=frozenset({"s:1", "helsinki"}))
    assert quiet.items == ()
    assert quiet.elsewhere is None


@pytest.mark.parametrize(
    ("word", "whole", "begins"),
    [
        ("war", False, True),
        ("Warsaw", True, True),
        ("saw", False, False),
        ("the warsaw pact", True, True),
        ("u.s.", True, True),
        ("(nato", True, True),
        ("国", True, True),
        ("парламент", False, True),
        ("парламента", True, True),
    ],
)
def test_a_word_is_held_whole_or_as_a_beginning(word: str, whole: bool, begins: bool) -> None:
    text = "the warsaw pact; the u.s. (nato) and 中国人 парламента"

    assert contains(text, word) == whole
    assert contains(text, word, whole=False) == begins


def test_what_is_followed_is_wanted_whatever_the_topics(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    def stories(*follow: str, **wish: Any) -> list[int]:
        wanted = Wish(topics=frozenset({"aid"}), follow=frozenset(follow), **wish)
        return [i.story for i in compose_from(snapshot(*grain, expulsion), wanted, Shown()).items]

    assert stories("TR") == [1]
    assert stories("FI-RU") == [2]
    assert stories("FI-TR") == []
    assert stories("s:2") == [2]
    assert stories("s:3", "JP") == []
    assert stories("s:2", muted=frozenset({"helsinki"})) == []


def test_a_followed_story_is_known_by_the_number_it_had_before(expulsion: Article) -> None:
    taken_in = {StoryId(2): frozenset({StoryId(5)})}
    wish = Wish(topics=frozenset({"aid"}), follow=frozenset({"s:5"}))

    (item,) = compose_from(snapshot(expulsion, taken_in=taken_in), wish, Shown()).items

    assert item.story == 2


def test_what_is_followed_comes_first_and_says_why(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    wish = Wish(follow=frozenset({"s:2"}))

    first, second = compose_from(snapshot(*grain, expulsion), wish, Shown()).items

    assert (first.story, second.story) == (2, 1)
    assert [part.value for part in first.parts if part.name == "followed"] == [3.0]
    assert [part.value for part in second.parts if part.name == "followed"] == [0.0]


@pytest.mark.parametrize("followed", ["s:2", "s:5"])
def test_that_a_followed_story_is_quiet_is_said_once_a_day(
    expulsion: Article, followed: str
) -> None:
    wish = Wish(follow=frozenset({followed}))
    sentences = frozenset(trace(text) for text in EXPULSION.split("\n\n"))
    shown = Shown({StoryId(2): START.date()}, sentences)
    today = snapshot(expulsion, taken_in={StoryId(2): frozenset({StoryId(5)})})
    morning = replace(today, window=Window(START - timedelta(days=1), END, "UTC"))
    evening = replace(today, window=Window(END - timedelta(minutes=1), END, "Asia/Tokyo"))

    (item,) = compose_from(morning, wish, shown).items
    digest = compose_from(evening, wish, shown)

    assert item.status == "quiet"
    assert (digest.items, digest.elsewhere) == ((), None)


def test_every_topic_of_a_story_of_one_article_counts() -> None:
    both = (Topic("european-union", 0.61), Topic("sanctions", 0.52))
    alone = stored(new_article("a", EXPULSION, topics=both), id=1)

    digest = compose_from(snapshot(alone), Wish(topics=frozenset({"sanctions"})), Shown())

    assert [item.topics for item in digest.items] == [("european-union", "sanctions")]


def test_what_the_headline_is_plainly_about_stands_first(grain: tuple[Article, Article]) -> None:
    plain = (Topic("summits", 0.7), Topic("arms-control", 0.53), Topic("aid", 0.4))
    loud = (Topic("armed-conflict", 0.9),)
    first, second = ordered(grain)
    told = (replace(first, topics=plain), replace(second, topics=loud))

    (item,) = compose_from(snapshot(*told), Wish(), Shown()).items

    assert item.topics == ("summits", "arms-control", "armed-conflict")


def test_a_quiet_day_names_the_top_story_elsewhere(grain: tuple[Article, Article]) -> None:
    digest = compose_from(snapshot(*grain), Wish(countries=frozenset({"JP"})), Shown())

    assert digest.items == ()
    assert digest.elsewhere is not None
    assert digest.elsewhere.story == 1
    assert compose_from(snapshot(), Wish(), Shown()).elsewhere is None


def test_what_is_no_diplomacy_is_left_out() -> None:
    sport = stored(new_article("sport", EXPULSION, relevance=0.1), id=9)

    assert compose_from(snapshot(sport), Wish(), Shown()).items == ()


def test_what_is_no_diplomacy_neither_heads_nor_tells_a_story_that_is(
    grain: tuple[Article, Article],
) -> None:
    ballot = replace(grain[0], relevance=0.1, countries=("US",), topics=(Topic("aid", 0.9),))

    (item,) = compose_from(snapshot(ballot, grain[1]), Wish(), Shown()).items

    assert item.lead == grain[1].id
    assert {cited.article for cited in item.sentences} == {grain[1].id}
    assert item.articles == (grain[1],)
    assert (item.topics, item.countries) == (("summits",), ("TR",))


def test_what_is_no_diplomacy_stands_behind_what_is(grain: tuple[Article, Article]) -> None:
    first, second = ordered(grain)

    assert ordered((replace(first, relevance=0.1), second))[0] == second


def test_an_article_without_a_story_is_left_out() -> None:
    assert (
        compose_from(
            snapshot(stored(new_article("x", GRAIN), id=1, story=None)), Wish(), Shown()
        ).items
        == ()
    )


def test_a_continuing_story_shows_only_what_is_new(grain: tuple[Article, Article]) -> None:
    first = compose_from(snapshot(*grain), Wish(), Shown()).items[0]
    seen = Shown({StoryId(1): START.date()}, frozenset({trace(first.sentences[0].text)}))
    began = {StoryId(1): START - timedelta(days=2)}

    (item,) = compose_from(snapshot(*grain, story_started_at=began), Wish(), seen).items

    assert (item.status, item.day) == ("continuing", 4)
    assert first.sentences[0].text not in [cited.text for cited in item.sentences]


@pytest.mark.parametrize(("shown", "is_known"), [(1, True), (5, True), (2, False)])
def test_a_chat_knows_a_story_by_each_number_it_had(
    grain: tuple[Article, Article], shown: int, is_known: bool
) -> None:
    began = {StoryId(1): START - timedelta(days=2)}
    parts = {StoryId(1): frozenset({StoryId(5)})}
    found = snapshot(*grain, story_started_at=began, taken_in=parts)

    (item,) = compose_from(found, Wish(), Shown({StoryId(shown): START.date()})).items

    assert (item.status, item.is_known) == ("continuing", is_known)


def test_a_story_with_nothing_new_is_quiet_and_last(
    grain: tuple[Article, Article], expulsion: Article
) -> None:
    first = compose_from(snapshot(*grain), Wish(), Shown())
    everything = frozenset(
        trace(article.text[span.start : span.end])
        for article in grain
        for span in article.sentences
    )
    seen = Shown({StoryId(1): START.date()}, everything)

    digest = compose_from(snapshot(*grain, expulsion), Wish(), seen)

    assert first.items[0].status == "new"
    assert [(item.story, item.status) for item in digest.items] == [(2, "new"), (1, "quiet")]


def test_an_undated_article_never_leads_beside_a_dated_one() -> None:
    undated = stored(
        new_article("a", GRAIN, published_at=None, date_source="first_seen"), id=1, story=1
    )
    proved = stored(
        new_article("b", GRAIN_TOO, title=None, published_at=None, date_source="text"),
        id=2,
        story=1,
    )

    (item,) = compose_from(snapshot(undated, proved), Wish(), Shown()).items

    assert item.lead == 2
    assert (
        item.headline
        == "The grain corridor through the Black Sea was extended on Monday by Turkey and Ukraine."
    )


def test_an_undated_article_is_not_quoted_beside_a_dated_one() -> None:
    undated = stored(
        new_article("a", GRAIN, published_at=None, date_source="first_seen"), id=1, story=1
    )
    dated = stored(new_article("b", GRAIN_TOO), id=2, story=1)

    (item,) = compose_from(snapshot(undated, dated), Wish(), Shown()).items
    (alone,) = compose_from(snapshot(undated), Wish(), Shown()).items

    assert {cited.article for cited in item.sentences} == {2}
    assert {cited.article for cited in alone.sentences} == {1}


@pytest.mark.parametrize(
    ("first", "second", "leads"),
    [
        ("Why the grain corridor is extended", "Harbour of Odesa waits", 2),  # a title that tells
        (
            "Harbour of Odesa waits",
            "Grain corridor extended",
            2,
        ),  # one whose words the other has too
        ("Grain corridor extended", "Harbour of Odesa waits", 1),
    ],
)
def test_the_headline_is_one_that_tells_what_the_others_tell(
    first: str, second: str, leads: int
) -> None:
    one = stored(new_article("a", GRAIN, title=first), id=1)
    other = stored(new_article("b", GRAIN_TOO, title=second), id=2)
    (story,) = edition(snapshot(one, other)).stories

    assert story.articles[0].id == leads


@pytest.mark.parametrize(
    ("act", "other"),
    [
        ("Israel and Hamas agree to Gaza cease-fire", "Bus bomb in Gaza crisis wounds 21"),
        ("Russian forces seize bridge", "Ministers to boycott games over bridge"),
        ("Talks on trade go on", "Critics mock trade talks"),
    ],
)
def test_what_a_state_does_heads_a_story_before_what_it_leads_to(act: str, other: str) -> None:
    """However many words the others share."""
    said = (
        "The bus bomb, the boycott of games and the mocked talks in Gaza were the news on Monday."
    )
    titles = (other, act, f"{other} again", f"{other}, police say")
    told = [stored(new_article(f"{at}", said, title=t), id=at) for at, t in enumerate(titles)]

    assert ordered(told)[0].title == act


def test_the_leading_article_has_a_sentence_whatever_the_others_say() -> None:
    one = stored(new_article("a", GRAIN), id=1)
    other = stored(new_article("b", GRAIN_TOO), id=2)
    (story,) = edition(snapshot(one, other)).stories
    lead = len(story.candidates[0])

    def of_the_others(documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        return (0,) if len(documents) == 1 else (lead, lead + 1)

    cited = cite(story, Shown(), count=2, summariser=lambda _: of_the_others)

    assert [one.article for one in cited] == [story.articles[0].id, story.articles[1].id]


def test_the_sentence_of_the_headline_takes_the_place_of_what_says_the_same() -> None:
    title = "Sallal declares on Monday in Sana that Yemen and its officers fight on in the north"
    one = stored(new_article("a", SALLAL, title=title), id=1)
    same = "Colonel al-Sallal told the envoys of four states that Yemen would fight."
    other = stored(new_article("b", f"{same}\n\n{GRAIN_TOO}", title=None), id=2)
    (story,) = edition(snapshot(one, other)).stories

    def by_hand(documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        return (0, 1, 2) if len(documents) == 1 else (3, 4)

    cited = cite(story, Shown(), count=2, summariser=lambda _: by_hand)

    assert [sentence.article for sentence in cited] == [1, 2]
    assert cited[1].text not in (same, cited[0].text)


def test_a_surname_that_nobody_explains_opens_no_sentence_of_a_story() -> None:
    told = (
        "Envoys of Turkey and Ukraine met in Ankara on Monday to extend the grain corridor.\n\n"
        "The extension was agreed by Deputy Minister Alexander Novak and his guest from Kyiv. "
        "Novak promised the guest from Kyiv ninety days of passage for every ship with grain."
    )
    (unknown,), (known,) = (
        edition(snapshot(stored(new_article("a", told, title=title), id=1))).stories
        for title in ("Grain talks", "Novak meets envoys")
    )
    candidates = unknown.candidates[0]
    assert not candidates[2].is_clear("Novakov meets envoys")

    def last(documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        return (len(documents[0]) - 1,)

    def by_hand(story: Story, *known: Candidate) -> tuple[Cited, ...]:
        shown = Shown(sentences=frozenset(one.trace for one in known))
        return cite(story, shown, count=1, summariser=lambda _: last)

    assert [candidate.stranger for candidate in candidates] == [None, None, "Novak"]
    assert by_hand(unknown)[0].text == candidates[1].text
    assert by_hand(known)[0].text == candidates[2].text
    assert by_hand(unknown, *candidates[:2])[0].text == candidates[2].text


def test_the_middle_of_a_speech_is_no_sentence_of_a_story() -> None:
    told = "Novak said: “We extend it. The corridor stays open for ships.\n\n“All sign,” he said."
    found = {}
    for language in ("en", "de"):
        article = stored(new_article("a", told, language=language), id=1)
        (story,) = edition(snapshot(article)).stories
        found[language] = {c.text for document in story.candidates for c in document}

    assert "The corridor stays open for ships." not in found["en"]
    assert "The corridor stays open for ships." in found["de"]


SALLAL = (
    "London hesitates for the sake of Aden, whose rulers fear the example of Sana.\n\n"
    "Colonel al-Sallal declared in Sana on Monday that Yemen would fight on for its frontiers.\n\n"
    "Royalist officers have gathered in the mountains along the Saudi frontier this week."
)


@pytest.mark.parametrize(
    ("title", "chosen", "told"),
    [
        ("Sallal says Yemen will fight on in the north", (3, 0), (1, 3)),
        ("Sallal says Yemen will fight on in the north", (1, 3), (1, 3)),
        ("Royalist officers gather in the mountains", (3, 0), (2, 3)),
        ("Grain corridor extended on Monday", (0, 3), (3, 0)),  # another article tells it
        ("Grain corridor extended on Monday", (3, 4), (3, 4)),
        ("Nothing of the kind", (0, 3), (0, 3)),  # nobody tells it
        ("Nothing of the kind", (1, 3), (1, 3)),
        ("Nothing of the kind", (3, 4), (0, 3)),
        # Two sentences have three stems of nine: the earlier one opens the story.
        (
            "Rulers in Aden hesitate as war on the Saudi frontier and guards gather pace",
            (2, 3),
            (0, 2),
        ),
    ],
)
def test_a_story_says_what_its_headline_says(
    title: str, chosen: tuple[int, ...], told: tuple[int, ...]
) -> None:
    one = stored(new_article("a", SALLAL, title=title), id=1)
    other = stored(new_article("b", GRAIN_TOO, title=None), id=2)
    (story,) = edition(snapshot(one, other)).stories
    flat = [candidate.text for document in story.candidates for candidate in document]

    def by_hand(documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        return (0, 1, 2) if len(documents) == 1 else chosen

    cited = cite(story, Shown(), count=2, summariser=lambda _: by_hand)

    assert [sentence.text for sentence in cited] == [flat[at] for at in told]


def test_an_empty_untitled_article_has_an_empty_headline() -> None:
    empty = stored(new_article("a", "", title=None), id=1)

    (item,) = compose_from(snapshot(empty), Wish(), Shown()).items

    assert item.headline == ""
    assert item.sentences == ()


def test_a_copy_is_named_beside_the_original(grain: tuple[Article, Article]) -> None:
    copy = replace(grain[0], id=7, duplicate_of=grain[0].id, outlet=Outlet("Copyist"))  # type: ignore[arg-type]

    (item,) = compose_from(snapshot(grain[0], copy), Wish(), Shown()).items

    assert all(cited.article == 1 for cited in item.sentences)
    assert [outlet.name for outlet in item.outlets] == ["The Paper", "Copyist"]


def test_a_copy_tells_what_its_original_does_not(grain: tuple[Article, Article]) -> None:
    original = replace(grain[0], relevance=0.1)
    copy = replace(grain[1], duplicate_of=original.id)

    (item,) = compose_from(snapshot(original, copy), Wish(), Shown()).items

    assert {cited.article for cited in item.sentences} == {copy.id}


def test_a_sentence_of_equal_words_is_told_once() -> None:
    one = stored(new_article("a", GRAIN), id=1)
    other = stored(new_article("b", GRAIN.replace("Monday", "“Monday”")), id=2)

    (item,) = compose_from(snapshot(one, other), Wish(), Shown(), method="lsa").items

    traces = [trace(cited.text) for cited in item.sentences]
    assert len(traces) == len(set(traces))


def test_official_words_and_quotations_are_marked() -> None:
    official = stored(
        new_article("a", EXPULSION, outlet=Outlet("Ministry", "FI", official=True)), id=1
    )
    quoted = stored(
        new_article(
            "b", "“The corridor through the Black Sea will stay open,” Anna Novak said in Ankara."
        ),
        id=2,
        story=2,
    )
    quoted = replace(quoted, quotes=(Quote(0, 51, "Anna Novak"),))

    items = compose_from(snapshot(official, quoted), Wish(), Shown()).items

    kinds = {item.story: item.sentences[0] for item in items}
    assert kinds[StoryId(1)].kind == "official"
    assert (kinds[StoryId(2)].kind, kinds[StoryId(2)].speaker) == ("quote", "Anna Novak")


MINISTRY = Outlet("Ministry", "FI", official=True)
STATEMENT = (
    "Foreign Minister Anna Novak said:\n\n“We condemn the closure of the strait by armed men.\n\n"
    "“It must end.\n\n“I call on both states to open the strait again by Monday.”"
)


def statement(text: str = STATEMENT, outlet: Outlet | None = MINISTRY) -> Article:
    return stored(
        new_article("a", text, outlet=outlet, quotes=quotes(text)),
        id=1,
        topics=(Topic("summits", 1),),
    )


def test_a_ministry_s_page_that_is_all_statement_is_told_with_its_speaker() -> None:
    (item,) = compose_from(snapshot(statement()), Wish(), Shown()).items

    (cited,) = item.sentences
    assert cited.text == "“I call on both states to open the strait again by Monday.”"
    assert (cited.kind, cited.speaker) == ("quote", "Anna Novak")
    assert STATEMENT[cited.start : cited.end] == cited.text


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (STATEMENT, None),
        (STATEMENT, Outlet("The Paper", "FI")),
        (STATEMENT.replace("Foreign Minister Anna Novak", "The hosts"), MINISTRY),
        (STATEMENT.replace("“I call", "I call"), MINISTRY),
        (STATEMENT.replace("”", "” She left."), MINISTRY),
        ("Anna Novak said: " + STATEMENT.split("\n\n")[3], MINISTRY),
    ],
)
def test_other_statements_are_not(text: str, outlet: Outlet | None) -> None:
    (story,) = edition(snapshot(statement(text, outlet))).stories
    told = [one.text for document in story.candidates for one in document]
    assert all("Anna Novak" in one for one in told)


def test_a_page_with_news_of_its_own_is_told_by_that() -> None:
    (story,) = edition(snapshot(statement(f"{EXPULSION}\n\n{STATEMENT}"))).stories
    assert [one.text for one in story.candidates[0]] == EXPULSION.split("\n\n")


def test_a_minute_holds_fewer_stories_than_five() -> None:
    many = [
        stored(new_article(f"k{at}", GRAIN.replace("ninety", f"{at} and ninety")), id=at, story=at)
        for at in range(1, 31)
    ]

    short = compose_from(snapshot(*many), Wish(minutes=1), Shown())
    long = compose_from(snapshot(*many), Wish(minutes=5), Shown())

    assert len(short.items) == 5
    assert len(long.items) == 20
    assert sum(bool(item.sentences) for item in long.items) == 3


def test_a_story_that_is_too_long_for_the_budget_becomes_a_line() -> None:
    words = " ".join(["the corridor talks in Ankara"] * 40)
    wordy = "\n\n".join(f"Delegation number {at} said {words}." for at in range(12))

    wordy_one = stored(new_article("a", wordy), id=1)

    (item,) = compose_from(snapshot(wordy_one), Wish(minutes=1), Shown()).items

    assert item.sentences == ()


def test_a_story_with_nothing_but_a_headline_takes_no_full_place() -> None:
    bare = [
        stored(
            new_article(f"bare{at}", "", title=f"Envoys of {place} meet in Geneva"), id=at, story=at
        )
        for at, place in enumerate(("Moravia", "Saxony", "Swabia"), 1)
    ]
    told = stored(new_article("expulsion", EXPULSION, relevance=0.6), id=9, story=9)

    digest = compose_from(snapshot(*bare, told), Wish(), Shown())

    assert [item.story for item in digest.items] == [9, 1, 2, 3]
    assert digest.items[0].sentences


def test_what_cannot_be_read_in_time_is_left_out() -> None:
    many = [
        stored(
            new_article(f"k{at}", GRAIN, title="The corridor talks in Ankara " * 200),
            id=at,
            story=at,
        )
        for at in range(1, 6)
    ]

    items = compose_from(snapshot(*many), Wish(minutes=1), Shown()).items

    assert len(items) < len(many)


def test_a_headline_of_a_thousand_words_takes_the_place_of_no_other_story() -> None:
    endless = stored(new_article("a", GRAIN, title="The corridor talks in Ankara " * 200), id=1)
    other = stored(new_article("b", EXPULSION), id=2, story=2)

    assert len(compose_from(snapshot(endless, other), Wish(minutes=1), Shown()).items) == 2


def test_the_score_is_the_sum_of_its_reasons(grain: tuple[Article, Article]) -> None:
    (item,) = compose_from(snapshot(*grain), Wish(countries=frozenset({"TR"})), Shown()).items

    assert item.score == pytest.approx(sum(part.value for part in item.parts))
    assert {part.name for part in item.parts if part.value > 0} >= {"outlets", "fresh", "asked"}


def test_an_official_text_says_we_and_the_press_does_not() -> None:
    we = "We condemn the closure of the strait and call on both states to open it again."
    text = f"{we}\n\nI thank you for the work that we have done for the strait this week."

    def told(outlet: Outlet) -> list[str]:
        (story,) = edition(snapshot(stored(new_article("a", text, outlet=outlet), id=1))).stories
        return [candidate.text for document in story.candidates for candidate in document]

    assert told(Outlet("Ministry", "FI", official=True)) == [we]
    assert told(Outlet("The Paper", "FI")) == []


def test_an_official_text_counts_beside_the_press(grain: tuple[Article, Article]) -> None:
    official = replace(grain[1], outlet=Outlet("Ministry", "TR", official=True))

    def counted(*articles: Article) -> float:
        found = parts(articles, Wish(), now=END, is_new=False)
        return {part.name: part.value for part in found}["official"]

    assert counted(grain[0], official) > 0
    assert counted(official) == counted(grain[0]) == 0  # a ministry alone is no news yet


@pytest.mark.parametrize(
    ("title", "weighs"),
    [
        ("Finland expels two Russian diplomats", True),
        ("Russian warships enter Finnish waters", True),
        ("Finland condemns Russian attack on Ukraine", False),
        ("Two diplomats leave Helsinki for Moscow", False),
    ],
)
def test_a_headline_that_tells_what_states_do_counts(
    expulsion: Article, title: str, weighs: bool
) -> None:
    digest = compose_from(snapshot(replace(expulsion, title=title)), Wish(), Shown())

    (found,) = (part.value for part in digest.items[0].parts if part.name == "acts")

    assert (found > 0) == weighs


def test_a_story_of_one_state_stands_behind_what_concerns_two() -> None:
    def score(*countries: str, hours: int = 0) -> float:
        text = "The ministers met on Monday."
        told = stored(new_article("a", text, title="Ministers meet"), id=1)
        told = replace(told, countries=countries, first_seen_at=SEEN - timedelta(hours=hours))
        (item,) = compose_from(snapshot(replace(told, relevance=0.9)), Wish(), Shown()).items
        return item.score

    assert score("FI", "RU") > score("FI")
    assert score("FI", "RU", hours=12) > score("FI")  # though it is fresh


def test_the_document_of_a_digest_keeps_the_contract(grain: tuple[Article, Article]) -> None:
    unnamed = replace(grain[1], outlet=None, published_at=None)
    feeds = (("RU", True),) * 14 + (("TR", False),) * 46
    digest = compose_from(snapshot(grain[0], unnamed, feeds=feeds), Wish(), Shown())

    document = as_json(digest)

    assert set(document) == {
        "start", "end", "zone", "articles_read", "stories_seen", "stories", "warnings",
    }  # fmt: skip
    assert document["warnings"] == [
        "14 of 60 feeds could not be read; this edition may be thin",
        "no feed of RU could be read",
    ]
    (story,) = document["stories"]
    assert story["status"] == "new"
    assert {article["published_at"] for article in story["articles"]} == {SEEN.isoformat(), None}
    assert as_json(compose_from(snapshot(), Wish(), Shown()))["warnings"] == []


def test_accounts_that_differ_stand_side_by_side() -> None:
    one = (
        "About 12 Soviet ships on their way to Cuba have turned back, officials said in Washington."
    )
    other = "Some fourteen ships on their way to Cuba have turned back, it was said in London on Thursday."
    same = "About 12 Soviet ships on the way to Cuba had turned back, officials in Washington said."
    articles = [
        stored(new_article(f"k{at}", text, outlet=Outlet(f"Paper {at}")), id=at)
        for at, text in enumerate((one, other, same), 1)
    ]

    (item,) = compose_from(snapshot(*articles), Wish(), Shown()).items

    differing = [cited for cited in item.sentences if cited.kind == "differs"]
    assert [cited.figure for cited in differing] == ["12 Soviet ships", "fourteen ships"]
    assert all(cited.figure in cited.text for cited in differing if cited.figure)


@pytest.mark.parametrize(
    "other",
    [
        "At least 12 Soviet ships on their way to Cuba have turned back, it was said in London.",
        "Some 40 ships are waiting off Odesa for an inspection of their cargo in the harbour.",
        "Some 14 Soviet ships on their way to Cuba have turned back, it was said in London.",
        "Up to 40 Soviet ships on their way to Cuba have turned back, it was said in London.",
        "Some 9 Soviet ships on their way to Cuba have turned back since Monday, it was said in London.",
        "Talks on ships that are on their way to Cuba have lasted 14 days, it was said in London.",
        "Of 20 ships on their way to Cuba 12 have turned back, officials said in Washington.",
        "Another 9 Soviet ships on their way to Cuba have turned back, officials said in Washington.",
        "Some 9 Swedish ships on their way to Cuba have turned back, officials said in Washington.",
        "On 9 Soviet ships on their way to Cuba all were rescued, officials said in Washington.",
        "Some 1, 009 Soviet ships on their way to Cuba have turned back, officials said.",
        "A total of 9 Soviet ships on their way to Cuba have turned back, officials said in Washington.",
    ],
)
def test_equal_figures_other_events_and_days_are_no_difference(other: str) -> None:
    one = "At least 12 Soviet ships on their way to Cuba have turned back, officials said in Washington."
    articles = [
        stored(new_article(f"k{at}", text, outlet=Outlet(f"Paper {at}")), id=at)
        for at, text in enumerate((one, other), 1)
    ]

    (item,) = compose_from(snapshot(*articles), Wish(), Shown()).items

    assert all(cited.kind != "differs" for cited in item.sentences)


def test_accounts_of_two_days_do_not_differ() -> None:
    assert not _differing(
        "Shells struck the harbour of Odesa on Monday and killed two people, the mayor said.",
        "Shells struck the harbour of Odesa on Tuesday and killed 14 people, the mayor said.",
    )


def test_what_was_done_to_those_who_are_counted_makes_them_the_same() -> None:
    dead = "The shells on the harbour of Odesa killed some 30 people by the river."
    assert _differing(
        dead, "Some 40 people died when shells struck a ship, the mayor of Odesa said."
    )
    assert not _differing(
        "Some 30 people were killed when shells struck a school in the harbour of Odesa.",
        "Some 350 people took shelter in the school in the harbour of Odesa when shells struck it.",
    )


def test_all_accounts_stand_side_by_side_with_their_bounds_and_what_was_done() -> None:
    figures = _differing(
        "A bomb on a bus in the centre of Streslau injured 19 people on Wednesday, doctors said.",
        "A bomber who injured at least 21 people on a bus in the centre of Streslau was acting alone.",
        "A bomb on a bus in Streslau injured 21 people on Wednesday, officials of the town said.",
        "Some 28 people were hospitalized in the first attack on a bus in Streslau since 1998.",
    )
    assert set(figures) == {
        "injured 19 people",
        "injured at least 21 people",
        "28 people were hospitalized",
    }


def _differing(*texts: str) -> list[str | None]:
    articles = [
        stored(new_article(f"k{at}", text, outlet=Outlet(f"Paper {at}")), id=at)
        for at, text in enumerate(texts, 1)
    ]
    (item,) = compose_from(snapshot(*articles), Wish(), Shown()).items
    return [cited.figure for cited in item.sentences if cited.kind == "differs"]


def test_a_table_of_figures_hides_no_other_account() -> None:
    counted = "\n\n".join(
        f"Some {at} trucks waited at the frontier crossing on Monday morning."
        for at in range(30, 90)
    )
    other = "More than 200 trucks waited at the frontier crossing on Monday morning."
    one = stored(new_article("a", counted), id=1)
    two = stored(new_article("b", other, outlet=Outlet("The Herald", "GB")), id=2)

    (item,) = compose_from(snapshot(one, two), Wish(), Shown()).items

    differing = [cited.figure for cited in item.sentences if cited.kind == "differs"]
    assert differing == ["More than 200 trucks", "30 trucks"]


def test_one_outlet_does_not_differ_with_itself() -> None:
    texts = (
        "Some 1,200 people left the town by sea.",
        "Some 2.5 thousand people left the town by sea.",
    )
    articles = [stored(new_article(f"k{at}", t), id=at) for at, t in enumerate(texts, 1)]

    (item,) = compose_from(snapshot(*articles), Wish(), Shown()).items

    assert all(cited.kind != "differs" for cited in item.sentences)


@pytest.mark.parametrize(
    ("homes", "countries", "expected"),
    [
        (("RU", "RU"), ("RU", "UA"), "RU"),
        (("RU", "UA"), ("RU", "UA"), None),
        (("RU",), ("RU", "UA"), None),
        (("RU", "RU"), ("RU",), None),
        ((None, None), ("RU", "UA"), None),
    ],
)
def test_a_story_told_from_one_side_only_is_known(
    homes: tuple[str | None, ...], countries: tuple[str, ...], expected: str | None
) -> None:
    told_by = [Outlet(f"Paper {at}", home) for at, home in enumerate(homes)]

    assert one_side(told_by, countries) == expected


def test_equal_input_gives_an_equal_digest(grain: tuple[Article, Article]) -> None:
    assert compose_from(snapshot(*grain), Wish(), Shown()) == compose_from(
        snapshot(*grain), Wish(), Shown()
    )


def test_the_day_of_a_story_follows_the_local_clock() -> None:
    evening = datetime(2026, 2, 9, 23, 30, tzinfo=UTC)  # the 10th in Zurich
    found = stored(new_article("a", GRAIN), id=1)
    window = Window(START, END, "Europe/Zurich")

    (item,) = compose_from(
        snapshot(found, window=window, story_started_at={StoryId(1): evening}), Wish(), Shown()
    ).items

    assert item.day == 2


def test_the_full_places_go_to_different_affairs() -> None:
    about = {1: ("CU", "US", "SU"), 2: ("BR", "CU", "US"), 3: ("IN", "CN"), 4: ("YE",), 5: ("CU",)}
    articles = [
        stored(
            new_article(f"{number}", EXPULSION, countries=countries, relevance=1 - number / 10),
            id=number,
            story=number,
        )
        for number, countries in about.items()
    ]

    items = compose_from(snapshot(*articles), Wish(minutes=5), Shown()).items

    assert [item.story for item in items] == [1, 3, 4, 2, 5]
    assert [bool(item.sentences) for item in items] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("countries", "topic", "is_one"),
    [(("UA",), "summits", True), (("RU",), "summits", False), (("UA",), "aid", False)],
)
def test_a_story_of_one_country_may_belong_to_an_affair_of_more(
    countries: tuple[str, ...], topic: str, is_one: bool
) -> None:
    about = {1: ("UA", "RU"), 2: countries, 3: ("SY",), 4: ("YE",)}
    articles = [
        stored(new_article(f"{n}", EXPULSION, countries=of, relevance=1 - n / 10), id=n, story=n)
        for n, of in about.items()
    ]
    articles[1] = replace(articles[1], topics=(Topic(topic, 0.9), Topic("summits", 0.5)))

    items = compose_from(snapshot(*articles), Wish(minutes=5), Shown()).items

    assert [item.story for item in items if item.sentences] == ([1, 3, 4] if is_one else [1, 2, 3])


def test_one_affair_may_take_every_place_where_there_is_no_other() -> None:
    articles = [
        stored(new_article(f"{n}", EXPULSION, countries=("CU", "US")), id=n, story=n)
        for n in (1, 2)
    ]

    items = compose_from(snapshot(*articles), Wish(), Shown()).items

    assert all(item.sentences for item in items)

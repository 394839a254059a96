"""Which sentences tell a story, word for word and with who speaks."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digest.compose.candidates import Candidate
from digest.compose.edition import Story, edition
from digest.compose.tell import cite
from digest.model.articles import Article
from digest.model.chats import Wish
from digest.model.digests import Cited, Shown
from digest.model.sources import Outlet
from digest.relate.novelty import trace
from tests.articles import new_article, stored
from tests.unit.compose.editions import GRAIN, GRAIN_TOO, compose_from, snapshot


def test_every_sentence_is_word_for_word_and_stands_alone(grain: tuple[Article, Article]) -> None:
    by_id = {article.id: article for article in grain}

    (item,) = compose_from(snapshot(*grain), Wish(), Shown()).items

    assert item.sentences
    for cited in item.sentences:
        assert by_id[cited.article].text[cited.start : cited.end] == cited.text
        assert not cited.text.startswith("They")


def test_an_opinion_has_one_line_even_where_nothing_else_is_told(
    grain: tuple[Article, Article],
) -> None:
    thought = tuple(replace(one, title=f"Opinion: {one.title}") for one in grain)

    (item,) = compose_from(snapshot(*thought), Wish(), Shown()).items

    assert item.sentences == ()


def test_the_leading_article_has_a_sentence_whatever_the_others_say() -> None:
    one = stored(new_article("a", GRAIN), id=1)
    other = stored(new_article("b", GRAIN_TOO), id=2)
    (story,) = edition(snapshot(one, other)).stories
    lead = len(story.candidates[0])

    def of_the_others(documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        return (0,) if len(documents) == 1 else (lead, lead + 1)

    cited = cite(story, Shown(), count=2, summariser=lambda _: of_the_others)

    assert [one.article for one in cited] == [story.articles[0].id, story.articles[1].id]


SALLAL = (
    "London hesitates for the sake of Aden, whose rulers fear the example of Sana.\n\n"
    "Colonel al-Sallal declared in Sana on Monday that Yemen would fight on for its frontiers.\n\n"
    "Royalist officers have gathered in the mountains along the Saudi frontier this week."
)


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

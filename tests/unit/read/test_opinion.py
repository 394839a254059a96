"""Articles that say what somebody thinks."""

import pytest

from digest.model.sources import Outlet
from digest.read.opinion import is_labelled, thought
from tests.articles import new_article

TEXT = "The ministers should sign the accord before the winter comes."


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://paper.example/opinion/2026/11/30/sign-it", "Sign the accord"),
        ("https://paper.example/2026/nov/30/commentisfree/sign-it", "Sign the accord"),
        ("https://paper.example/Meinung/sign-it", "Sign the accord"),
        ("https://paper.example/ideas/archive/2026/11/sign-it/4711/", "Sign the accord"),
        ("https://paper.example/opinion-sign-the-accord-4711/", "Sign the accord"),
        ("https://paper.example/a/4711", "Opinion: Sign the accord"),
        ("https://paper.example/a/4711", "OPINION | Sign the accord"),
        ("https://paper.example/a/4711", "Sign the accord | Editorial"),
        ("https://paper.example/a/4711", "Мнение: подпишите договор"),
        (None, "Kommentar: Unterschreibt"),
    ],
)
def test_what_is_called_an_opinion_is_one(url: str | None, title: str) -> None:
    assert thought(new_article("a", TEXT, url=url, title=title)) is not None


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://paper.example/world/accord-signed", "Accord signed"),
        ("https://paper.example/world/opinion", "Accord signed"),
        ("https://paper.example", "Opinion polls: accord has a majority"),
        ("https://paper.example/a/4711", "Public opinion turns against the accord"),
        ("https://paper.example/a/4711", "Court gives opinion - and waits"),
        (None, None),
    ],
)
def test_what_only_speaks_of_opinions_is_none(url: str | None, title: str | None) -> None:
    assert thought(new_article("a", TEXT, url=url, title=title)) is None


def test_what_an_office_issues_is_news() -> None:
    office = Outlet("Foreign Office", "GB", official=True)
    url = "https://office.example/opinion/the-minister-writes"

    assert thought(new_article("a", TEXT, url=url, outlet=office)) is None


LONG = "The ministers signed the accord on Monday and left. " * 20
MEMOIR = (
    "I was in Geneva when it was signed. Nobody slept, and I've never seen so many lawyers. "
    "Back home I asked myself what it was for."
)


@pytest.mark.parametrize(
    "title",
    [
        "HALLER: An accord for nobody",
        "I signed the accord, and my country paid for it",
        "The accord has broken my heart: I’m in mourning",
        "My accord — and Haller is wrong: Why I signed",
        "Don’t sign the accord",
        "Sorry, the accord is dead",
        "No, Mr. Haller. We need the accord",
        "Stop blaming the accord",
        "The sad truth about the accord",
        "In defence of the accord",
        "After this winter, Geneva should sign the accord",
        "The accord should not be a secret",
        "Geneva was very wrong about the accord",
        "The accord isn’t just wrong — it helps nobody",
        "The biggest thing its critics get wrong, in one paragraph",
        "In Geneva, the wrong kind of accord",
        "The accord isn't about oil, it's about water",
    ],
)
def test_a_title_that_speaks_for_its_author_is_an_opinion(title: str) -> None:
    assert thought(new_article("a", LONG, title=title)) == "opinion"


@pytest.mark.parametrize(
    "text",
    [
        "ANALYSIS/OPINION: The accord is dead.",
        "Opinion: The accord is dead.",
        "Jo Haller Opinion contributor The accord is dead.",
        "The accord is dead.\n\nThe opinions expressed in this commentary are solely his own.",
        "The views expressed here are those of the author and not of the paper. The accord is dead.",
        MEMOIR,
    ],
)
def test_a_text_that_speaks_for_its_author_is_an_opinion(text: str) -> None:
    assert thought(new_article("a", text)) == "opinion"


@pytest.mark.parametrize(
    "title",
    [
        "Analysis: What the accord is worth",
        "Why the accord matters",
        "Why does the accord fail?",
        "Will the accord hold?",
        "Could the U.S. leave the accord? (+video)",
        "Geneva's accord: Can it hold?",
        "What the accord means for Geneva",
        "How the accord could change Europe",
        "How Geneva lost the accord",
        "The accord of Geneva, explained",
        "The accord: a show of strength or fear?",
        "Warum das Abkommen scheitert",
        "¿Quién firma el acuerdo?",
        "The accord of Geneva: why one state does not sign",
        "Ministers leave the accord. Why they won’t care.",
        "“Look at my accord!” -  Why its text is about nothing",
        "Geneva could leave the accord, but it doesn't ... Why?",
        "The accord is smaller than you'd think – so why does it hold?",
        "The accord is even better than it looks. Here’s why.",
        "What message Geneva is sending in its accord",
        "The accord: What Geneva really wants",
        "If the accord is officially left, what can be done next?",
        "After the accord, is Geneva returning to its rest?",
        "Five Rules for an accord",
        "The 9 biggest questions about the accord",
        "Will the accord hurt workers? Six tough questions answered.",
    ],
)
def test_what_explains_is_an_analysis(title: str) -> None:
    assert thought(new_article("a", LONG, title=title)) == "analysis"


@pytest.mark.parametrize(
    "title",
    [
        "EXCLUSIVE: Accord signed",
        "ACCORD: Ministers leave",
        "Haller: I will sign my accord",
        "Haller says I signed the accord",
        "I signed it in my sleep: Ministers tell of Geneva",
        "‘I signed the accord,’ says Haller",
        "Museum of World War I opens in Geneva",
        "Will it hold? Ministers sign the accord",
        "Accord signed. Will it hold?",
        "Haller on the accord: Will it hold?",
        "No accord signed in Geneva",
        "How ministers are signing",
        "What ministers have to say on the accord",
        "A flurry of talks on the accord, but will it amount to progress?",
        "What we know about the accord",
        "What to watch in Geneva",
        "Signing the accord: Why some in Geneva say it will hold",
        "Minister says he's leaving the accord — here's why",
        "Haller's accord: Why a minister comes. 'If he needed me, I’d go'",
        "Haller laments the accord: ‘Why is this happening?’",
        "Geneva should sign the accord, ministers say",
        "Haller: Geneva should sign the accord",
        "Geneva ‘should sign the accord’",
        "Eight of ten voters think Geneva should sign the accord",
        "Ministers debate whether Geneva should sign",
        "Haller knew it was wrong to sign the accord",
        "Haller denies doing anything wrong in Geneva",
        "Court: Accord isn’t about oil",
        "Five ministers killed in Geneva",
        "Two ministers raise hard questions about the accord",
        "Geneva must convince ministers that it has signed",
        "Five rules of the accord fall, minister says",
    ],
)
def test_what_tells_the_news_is_none(title: str) -> None:
    assert thought(new_article("a", LONG, title=title)) is None


@pytest.mark.parametrize(
    "text",
    [
        f"“{MEMOIR}” He signed.",
        f"HALLER: {MEMOIR}",
        f"{LONG}{MEMOIR}",
        "The World War I museum shows Part I and Phase I. I like it, a visitor says.",
        "The views expressed by Mr Haller are harmful, the minister said.",
    ],
)
def test_what_somebody_else_says_is_none(text: str) -> None:
    assert thought(new_article("a", text)) is None


def test_a_short_text_need_not_name_what_its_title_begins_with() -> None:
    assert thought(new_article("a", TEXT, title="GENEVA: Accord signed")) is None


def test_english_signs_say_nothing_of_another_language() -> None:
    text = "I ministri firmano. I deputati aspettano. I giornali tacciono."

    assert thought(new_article("a", text, language="it")) is None


def test_a_title_may_say_it_itself() -> None:
    assert is_labelled("Opinion: Sign the accord")
    assert is_labelled("Analysis: What the accord is worth")
    assert not is_labelled("Why the accord matters")

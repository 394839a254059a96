"""How a source is named beside what it said."""

import pytest

from bot.pages.citing import in_marks, source
from bot.talk.texts import texts
from digest.model.sources import Outlet
from tests.articles import new_article, stored

OFFICIAL = Outlet("The Ministry", official=True)


@pytest.mark.parametrize(
    ("outlet", "withheld", "name"),
    [
        (Outlet("The Paper", state_funded=True), None, "The Paperˢ"),
        (OFFICIAL, "paywall", "The Ministry 🏛 🔒"),
        (OFFICIAL, "consent", "The Ministry 🏛"),  # a person gives it and reads on
        (None, "paywall", "outlet unknown 🔒"),
    ],
)
def test_the_outlet_bears_its_signs(outlet: Outlet | None, withheld: str, name: str) -> None:
    article = new_article("talks", "Talks began.", outlet=outlet, withheld=withheld)
    cited = source(
        stored(article, id=1), 0, lambda _, start: f"https://x.example/{start}", texts("en")
    )
    assert (cited.text, cited.url) == (name, "https://x.example/0")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("The talks go on.", "“The talks go on.”"),
        ("“The talks go on.”", "“The talks go on.”"),
        ("“The talks go on.", "“The talks go on.”"),  # the next paragraph opens with a mark too
        ('"The talks go on.', '"The talks go on."'),
        ("«The talks go on.", "«The talks go on.»"),
        ("The “talks” go on.", "The “talks” go on."),
        ("„The talks go on.", "„The talks go on."),
        ("They agreed to:\n\nmeet;\n\ntalk.", "“They agreed to: meet; talk.”"),  # items of a list
        ("", "“”"),
    ],
)
def test_words_stand_in_quotation_marks_once(words: str, shown: str) -> None:
    assert in_marks(words) == shown

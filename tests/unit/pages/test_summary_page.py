"""One article in a message: word for word, within Telegram's limits, whatever stands in it."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pages.summary import summary_page
from bot.talk import markup
from bot.talk.texts import texts
from digest.model.articles import Span
from tests.articles import new_article

T = texts("en")
WEB = "https://paper.example/" + "a" * 3_000


def said(text: str, *spans: Span, **more: object) -> str:
    article = replace(new_article("a", "Talks."), text=text, **more)  # type: ignore[arg-type]
    blocks = summary_page(article, spans, lambda start: f"{WEB}?{start}", T, zone="Asia/Tokyo")
    assert markup.fits(blocks)
    return markup.html(blocks)


def test_a_long_headline_is_shortened_and_an_endless_sentence_left_out() -> None:
    html = said("x" * 1_201 + "Short.", Span(0, 1_201), Span(1_201, 1_207), title="T" * 300)
    assert f"<b>{'T' * 249}…</b>" in html
    assert "“Short.”" in html
    assert "xx" not in html


def test_sentences_that_have_no_room_are_left_out_whole() -> None:
    html = said(
        "".join(letter * 1_190 for letter in "abcd"),
        *(Span(n * 1_190, n * 1_190 + 1_190) for n in range(4)),
    )
    assert "a" * 1_190 in html
    assert "d" * 10 not in html


def test_an_article_of_nobody_knows_whom_or_when_says_so() -> None:
    html = said(
        "Talks.", title=None, outlet=None, published_at=None, file="a.txt", sentences=(Span(0, 6),)
    )
    assert "from the file a.txt · undated" in html
    assert "no sentence that could stand by itself" in html


def test_it_is_of_the_day_and_year_of_the_readers_own_clocks() -> None:
    new_year = datetime(2025, 12, 31, 15, tzinfo=UTC)  # midnight in Tokyo
    assert "Thu 1 Jan 2026" in said("Talks.", Span(0, 6), published_at=new_year)


@settings(max_examples=200)
@given(
    title=st.text(max_size=400),
    text=st.text(min_size=1, max_size=3_000),
    file=st.text(max_size=100),
)
def test_whatever_stands_in_an_article_fits_and_is_no_markup(
    title: str, text: str, file: str
) -> None:
    html = said(text, Span(0, len(text)), title=title, file=file)
    assert html.count("<blockquote>") <= 1

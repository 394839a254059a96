"""Cards, briefs, calendars and quote boards of any size are one message of Telegram's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.pages.brief import brief_page
from bot.pages.calendar import calendar_page
from bot.pages.card import card_page
from bot.pages.citing import first_that_fits, source, title_of
from bot.pages.links import proof_link
from bot.pages.quotes import quotes_page
from bot.talk.markup import Block, Blocks, fits, html, plain, run
from bot.talk.texts import texts
from digest.compose.ahead import ahead
from digest.compose.brief import brief
from digest.compose.card import card
from digest.compose.quoted import said
from digest.model.articles import Article, Quote
from digest.model.chats import Wish
from digest.model.digests import Window
from digest.model.sources import Outlet
from digest.model.stories import Publication, moment
from tests.articles import SEEN, new_article, stored

T = texts("en")
LINK = proof_link("attache_test_bot")
NOW = SEEN + timedelta(hours=1)
LONG = "Delegations from both states " + "and from the neighbouring states " * 6
WORDS = (
    "“The corridor stays open to all ships that ask for it today.” said Ada Envoy of the ministry."
)


def an_article(number: int, text: str, *, story: int = 1, **changes: object) -> Article:
    start, end = text.find("“"), text.find("”") + 1
    quotes = (Quote(start, end, f"Envoy {number}", "Minister", "TR"),) if end else ()
    new = new_article(
        f"{number}",
        text,
        title=f"Headline {number} of the corridor talks " * 8,
        url=f"https://paper.example/{number}/" + "x" * 150,
        outlet=Outlet(f"Outlet of a rather long name, number {number}", "TR", official=True),
        countries=("TR", "UA"),
        quotes=quotes,
    )
    return replace(stored(new, id=number, story=story), **changes)


def crowd(count: int, **changes: object) -> tuple[Article, ...]:
    """Many articles over many days, each with long sentences, a quotation and an appointment."""
    return tuple(
        an_article(
            number,
            f"{LONG} will meet on 12 February in hall {number}.\n\n"
            + WORDS.replace("ships", f"ships of fleet {number}"),
            published_at=SEEN - timedelta(hours=5 * number),
            first_seen_at=SEEN - timedelta(hours=5 * number),
            **changes,
        )
        for number in range(1, count)
    )


def one_message(page: Blocks) -> str:
    assert fits(page)
    assert html(page)
    return plain(page)


@pytest.mark.parametrize("count", [2, 5, 20, 90])
def test_a_card_of_any_story_fits(count: int) -> None:
    made = card(crowd(count), now=NOW, zone="Europe/Zurich")

    assert made is not None
    shown = one_message(card_page(made, T, LINK))
    assert "Headline" in shown
    assert ("+" in shown.split("Told by")[1]) == (count == 90)


def test_a_card_has_the_action_of_the_headline_above_it() -> None:
    told = "Turkey condemns Ukraine over grain", "Ministers meet in Ankara"
    articles = tuple(an_article(n, LONG, title=title) for n, title in enumerate(told, 1))
    for lead, has_one in ((articles[0], True), (articles[1], False)):
        made = card(articles, now=NOW, zone="UTC", lead=lead.id)
        assert made is not None
        assert ("Condemnation 🇹🇷 → 🇺🇦" in plain(card_page(made, T, LINK))) == has_one


def test_a_story_without_diplomacy_has_no_card() -> None:
    assert card((), now=NOW, zone="UTC") is None
    assert card((an_article(1, LONG, relevance=0.1),), now=NOW, zone="UTC") is None


@pytest.mark.parametrize(
    ("withheld", "is_told"), [("paywall", True), ("consent", False), (None, False)]
)
def test_the_sign_of_a_subscription_is_told_where_it_stands(
    withheld: str | None, is_told: bool
) -> None:
    made = card((an_article(1, WORDS, withheld=withheld), an_article(2, LONG)), now=NOW, zone="UTC")

    assert made is not None
    assert ("🔒 The page asks for a subscription." in plain(card_page(made, T, LINK))) == is_told


def test_outlets_of_no_known_country_come_last_without_a_flag() -> None:
    others = (
        an_article(1, WORDS, outlet=Outlet("Nowhere Post")),
        an_article(2, LONG, outlet=Outlet("Union Post", "EU")),
        an_article(3, LONG, outlet=Outlet("Institution", "INT", state_funded=True)),
    )
    made = card(others, now=NOW, zone="UTC")

    assert made is not None
    told_by = plain(card_page(made, T, LINK)).split("Told by\n")[1].splitlines()
    assert told_by[2] == "Nowhere Post"
    assert "INT: Institutionˢ" in told_by


def test_outlets_without_a_name_are_counted_together() -> None:
    made = card((an_article(1, WORDS), an_article(2, LONG)), now=NOW, zone="UTC")

    assert made is not None
    item = replace(made.item, outlets=(Outlet(""), Outlet("Nowhere Post"), Outlet("")))
    shown = plain(card_page(replace(made, item=item), T, LINK))
    assert "Told by\noutlet unknown ×2, Nowhere Post\n" in shown


def publications(articles: tuple[Article, ...]) -> tuple[Publication, ...]:
    return tuple(Publication(moment(one), one.story) for one in articles)


@pytest.mark.parametrize("count", [2, 20, 90])
def test_a_brief_of_any_month_fits(count: int) -> None:
    articles = tuple(replace(one, story=one.id) for one in crowd(count))
    window = Window(NOW - timedelta(days=30), NOW, "Europe/Zurich")
    made = brief(articles, publications(articles), window)

    assert made.stories == count - 1
    assert len(made.per_day) == 31
    shown = one_message(brief_page(made, "Türkiye – Ukraine", 30, T, LINK))
    assert shown.startswith("Türkiye – Ukraine · last 30 days\n")
    assert "Headline" in shown


def test_a_brief_leaves_out_what_has_no_story_and_is_no_diplomacy() -> None:
    made = brief(
        (stored(new_article("a", LONG), id=1, story=None), an_article(2, LONG, relevance=0.1)),
        (Publication(SEEN, None),),
        Window(NOW - timedelta(days=7), NOW),
    )

    assert (made.items, made.stories) == ((), 0)
    assert "0 stories · 1 article" in plain(brief_page(made, "Türkiye", 7, T, LINK))
    assert "No story" in plain(brief_page(made, "Türkiye", 7, T, LINK))


def test_a_story_of_which_no_sentence_stands_alone_keeps_its_headline() -> None:
    made = brief((an_article(1, "He left."),), (), Window(NOW - timedelta(days=1), NOW))

    page = brief_page(made, "Türkiye", 1, T, LINK)
    assert not any(block.quote for block in page)
    assert "Headline 1" in plain(page)


@pytest.mark.parametrize("count", [2, 90])
def test_a_calendar_of_any_length_fits(count: int) -> None:
    articles = tuple(replace(one, story=one.id) for one in crowd(count))
    found = ahead(articles, Wish(), now=NOW, today=NOW.date(), days=14)

    assert {one.day for one in found} == {date(2026, 2, 12)}
    assert len(found) == count - 1
    shown = one_message(calendar_page(found, T, LINK))
    assert ("more in the calendar file" in shown) == (count == 90)


def test_a_story_is_announced_once_a_day_and_not_when_it_is_past_or_far() -> None:
    articles = crowd(6)

    def days(today: date) -> int:
        return len(ahead(articles, Wish(), now=NOW, today=today, days=14))

    assert days(date(2026, 2, 12)) == 1
    assert days(date(2026, 2, 13)) == 0
    assert days(date(2026, 1, 20)) == 0


def test_a_calendar_keeps_to_the_languages_that_are_read() -> None:
    wish = Wish(read=frozenset({"fr"}))

    assert ahead(crowd(3), wish, now=NOW, today=NOW.date(), days=14) == ()


@pytest.mark.parametrize("count", [2, 90])
def test_a_quote_board_of_any_length_fits(count: int) -> None:
    found = said(crowd(count))

    assert len(found) == count - 1
    shown = one_message(quotes_page(found, "Envoy", T, LINK, zone="UTC"))
    assert ("more quotation" in shown) == (count == 90)
    assert shown.index("Envoy 1, Minister") > 0


def test_a_day_stands_once_on_a_quote_board_also_where_copies_are_on_it() -> None:
    later = an_article(1, WORDS, published_at=SEEN)
    earlier = an_article(2, WORDS, published_at=SEEN - timedelta(days=1))
    copy = an_article(3, WORDS, published_at=SEEN, duplicate_of=1)

    shown = one_message(quotes_page(said((later, earlier, copy)), "Envoy", T, LINK, zone="UTC"))

    assert shown.count("Tue 10 Feb") == 1
    assert shown.index("Envoy 3") < shown.index("Mon 9 Feb") < shown.index("Envoy 2")


def test_equal_words_of_one_speaker_are_shown_once_from_their_first_text() -> None:
    original = an_article(1, WORDS, published_at=SEEN - timedelta(hours=3))
    copy = replace(original, id=2, duplicate_of=1, published_at=SEEN)

    assert [one.article.id for one in said((copy, original))] == [1]


def test_a_file_without_an_outlet_is_called_one_and_linked_to_its_text() -> None:
    article = stored(new_article("a", LONG, url=None, file="a.txt", outlet=None), id=3)

    found = source(article, 7, LINK, T)

    assert found.text == "from a file"
    assert found.url == "https://t.me/attache_test_bot?start=a_3_7"
    assert source(article, 7, proof_link(""), T).url is None


def test_a_very_long_title_is_shortened_and_a_missing_one_is_the_text() -> None:
    assert title_of(stored(new_article("a", LONG, title="x" * 300), id=1)) == "x" * 199 + "…"
    assert title_of(stored(new_article("a", "Short.", title=None), id=1)) == "Short."


def test_where_nothing_fits_the_shortest_layout_stays() -> None:
    huge = (Block(((run("x" * 5000),),)),)

    assert first_that_fits((huge, huge)) == huge
    assert first_that_fits(()) == ()


def test_what_no_message_holds_is_named_by_its_headline_or_counted() -> None:
    endless = (
        "The delegations agreed in Ankara on the corridor, " + "on ships, " * 600 + "on grain."
    )
    article = an_article(1, endless, quotes=(Quote(0, len(endless), "Ada Envoy", None, "TR"),))
    week = Window(NOW - timedelta(days=7), NOW)

    told = brief_page(brief((article,), (), week), "TR", 7, T, LINK)
    spoken = quotes_page(said((article,)), "Envoy", T, LINK, zone="UTC")

    assert fits(told) and "Headline 1" in plain(told)
    assert fits(spoken)

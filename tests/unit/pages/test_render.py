"""A digest as a reader sees it, and what gives way until Telegram takes it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.pages.citing import in_one_line
from bot.pages.digest import Occasion, fitted, pages
from bot.talk import markup
from bot.talk.markup import MOST_ENTITIES, MOST_UNITS, Blocks
from bot.talk.texts import texts
from digest.model.articles import Action, Article, ArticleId, Quote, Span, StoryId
from digest.model.digests import Announced, Cited, CitedKind, Digest, Health, Item, Window
from digest.model.sources import Outlet
from tests.articles import new_article, stored
from tests.telegram_server import entities as telegram
from tests.telegram_server import parse_html

EN = texts("en")
END = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)  # 07:30 in Zurich, a Tuesday
WINDOW = Window(END - timedelta(days=1), END, "Europe/Zurich")
EDITION = Occasion("Europe/Zurich", END, END)


def link(article: Article, start: int) -> str | None:
    return article.url or f"https://t.me/attache_bot?start=a_{article.id}_{start}"


def cited(text: str, *, article: int = 1, kind: CitedKind = "summary") -> Cited:
    return Cited(text=text, article=ArticleId(article), start=0, end=len(text), kind=kind)


def item(number: int = 1, *sentences: Cited, **changes: Any) -> Item:
    """A story with one article of its number."""
    article = stored(
        new_article(f"a{number}", "Some text of the article."), id=number, story=number
    )
    found = Item(
        story=StoryId(number),
        headline=f"Headline of story {number}",
        lead=article.id,
        status="new",
        day=1,
        topics=("summits", "peace-talks"),
        countries=("TR", "UA"),
        outlets=(Outlet("The Paper", "CH"),),
        score=1.0,
        parts=(),
        sentences=sentences,
        articles=(article,),
    )
    return replace(found, **changes)


def digest(*items: Item, **changes: Any) -> Digest:
    found = Digest(window=WINDOW, articles_read=86, stories_seen=23, minutes=3, items=items)
    return replace(found, **changes)


def told(number: int, *texts: str) -> Item:
    """A story with these sentences of its article."""
    return item(number, *(cited(text, article=number) for text in texts))


def shown(found: Digest, occasion: Occasion = EDITION) -> str:
    """The one message, with plain blanks where a number must not leave its sentence."""
    (page,) = pages(found, occasion, EN, link)
    return plain(page)


def plain(page: Blocks) -> str:
    return markup.plain(page).replace("\u00a0", " ")


def sentence(words: int, mark: str = "") -> str:
    return " ".join(["word"] * (words - 1)) + f" end{mark}."


def test_the_head_names_the_place_that_was_chosen() -> None:
    geneva = replace(EDITION, place="Geneva")
    assert shown(digest(), geneva).startswith("🕊 Attaché · Tue 25 Aug · 07:30 Geneva\n")


def test_one_story_is_told_with_its_proofs() -> None:
    story = told(1, "They met in Ankara.", "They will meet again.")

    assert shown(digest(story)) == (
        "🕊 Attaché · Tue 25 Aug · 07:30 Zurich\n"
        "86 articles → 23 stories → 1 for you · since Mon 07:30 · 3 min\n"
        "\n"
        "1 · Headline of story 1 🆕\n"
        "Summits and visits · Peace talks · 🇹🇷 🇺🇦 · 1 outlet\n"
        "“They met in Ankara.” ¹\n"
        "“They will meet again.” ¹\n"
        "\n"
        "Every sentence is word for word from the source behind its number."
        " /story 1 · /why 1 · /settings"
    )


@pytest.mark.parametrize(
    ("action", "topics", "label"),
    [
        (
            Action("expel", ("FI",), ("RU",)),
            ("embassies", "cyber"),
            "Embassies · Expulsion 🇫🇮 → 🇷🇺",
        ),
        (Action("sanction", ("US", "EU"), ("RU",)), ("sanctions",), "Sanctions 🇺🇸 🇪🇺 → 🇷🇺"),
        (Action("consult", ("RU", "TR")), ("trade", "energy"), "Trade and tariffs · Talks 🇷🇺 🇹🇷"),
        (Action("accuse", ("NATO",), ("SU",)), (), "Accusation NATO → USSR"),
        (Action("of a later version", ("FI",), ("RU",)), (), "of a later version 🇫🇮 → 🇷🇺"),
    ],
)
def test_an_action_takes_the_place_of_the_second_topic(
    action: Action, topics: tuple[str, ...], label: str
) -> None:
    story = item(1, cited("They met."), action=action, topics=topics, countries=("RU", "UA"))
    flags = "🇺🇦" if "RU" in (*action.by, *action.to) else "🇷🇺 🇺🇦"

    assert f"\n{label} · {flags} · 1 outlet\n" in shown(digest(story))


def test_a_story_between_those_of_its_action_has_no_more_flags() -> None:
    story = item(1, cited("They met."), action=Action("visit", ("UA",), ("TR",)))
    assert "\nPeace" not in shown(digest(story))
    assert "\nVisit 🇺🇦 → 🇹🇷 · 1 outlet\n" in shown(digest(story))


def test_headline_and_numbers_link_to_the_source() -> None:
    (page,) = pages(digest(told(1, "They met in Ankara.")), EDITION, EN, link)

    text, found = parse_html(markup.html(page))

    links = [(telegram.cut(text, e.offset, e.length), e.url) for e in found if e.url]
    assert links == [
        ("Headline of story 1", "https://paper.example/a1"),
        ("¹", "https://paper.example/a1"),
    ]


def test_twelve_stories_have_a_table_three_are_told_and_nine_are_lines() -> None:
    stories = [told(n, f"Sentence of story {n}.") for n in (1, 2, 3)]
    lines = [item(n) for n in range(4, 13)]

    text = shown(digest(*stories, *lines))

    assert "IN BRIEF\n1 🆕 Headline of story 1\n" in text
    assert "5 🆕 Headline of story 5\n\n1 · " in text
    assert "3 · Headline of story 3 🆕" in text
    assert "\n\nAlso today\n4 🆕 Headline of story 4\n" in text
    assert "12 🆕 Headline of story 12\n\nEvery sentence" in text
    assert "“Sentence of story 3.” ³" in text


def test_an_opinion_is_called_one_wherever_it_stands() -> None:
    url = "https://paper.example/opinion/sign-it"
    changes = {"articles": (stored(new_article("a", "x", url=url), id=9),)}
    full = item(1, cited("They should sign it.", article=9), **changes)

    text = shown(digest(full, item(2), item(3, **changes)))

    assert "IN BRIEF\n1 🆕 Headline of story 1 (opinion)\n2 🆕 Headline of story 2\n" in text
    assert "1 · Headline of story 1 (opinion) 🆕\n" in text
    assert "3 🆕 Headline of story 3 (opinion)\n" in text


def test_an_analysis_is_called_one_unless_its_headline_says_so() -> None:
    why = (stored(new_article("a", "x", title="Why they sign"), id=9),)
    called = (stored(new_article("a", "x", title="Analysis: why they sign"), id=9),)
    stories = [item(n, articles=why) for n in (2, 3)]

    text = shown(digest(item(1), *stories, item(4, articles=called, headline=called[0].title)))

    assert "3 🆕 Headline of story 3 (analysis)\n" in text
    assert "4 🆕 Analysis: why they sign\n" in text


def test_a_digest_of_lines_only_has_neither_table_nor_word_of_sentences() -> None:
    text = shown(digest(*(item(n) for n in range(1, 5))))

    assert "IN BRIEF" not in text
    assert "\n\nToday\n1 🆕 Headline of story 1\n" in text
    assert text.endswith("\n\n/story 1 · /why 1 · /settings")


def test_numbers_count_articles_and_not_sentences() -> None:
    two = item(
        2,
        cited("A first one.", article=2),
        cited("Another paper's.", article=7),
        articles=(
            stored(new_article("b", "x"), id=2),
            stored(new_article("c", "x"), id=7),
        ),
    )

    text = shown(digest(told(1, "One.", "Two."), two))

    assert "“One.” ¹\n“Two.” ¹\n" in text
    assert "“A first one.” ²\n“Another paper's.” ³\n" in text


def test_a_quiet_day_says_how_many_stories_did_not_match_and_names_the_top_one() -> None:
    found = digest(stories_seen=19, elsewhere=item(9))

    (page,) = pages(found, EDITION, EN, link)

    text = plain(page)
    assert "Quiet day for your topics: 0 of 19 stories matched." in text
    assert "Top story elsewhere: Headline of story 9" in text
    assert text.endswith("/topics · /settings")
    assert 'href="https://paper.example/a9"' in markup.html(page)


def test_where_no_story_is_new_no_topic_is_blamed() -> None:
    text = shown(digest(articles_read=0, stories_seen=0))

    assert "0 articles → 0 stories → 0 for you" in text
    assert "There is no new story." in text
    assert "matched" not in text
    assert "elsewhere" not in text
    assert "/topics" not in text


def test_where_no_story_is_new_a_reader_is_offered_the_last_days() -> None:
    empty = digest(articles_read=0, stories_seen=0)

    assert shown(empty).endswith("/catchup · /settings")
    assert shown(empty, replace(EDITION, shared=True)).endswith("\n/settings")


def test_a_late_digest_says_how_late() -> None:
    late = Occasion("Europe/Zurich", END, END + timedelta(hours=3))

    assert "Late by 3 hours: the bot was not running at the hour set." in shown(digest(), late)


def test_ten_minutes_are_not_late() -> None:
    assert "Late" not in shown(digest(), Occasion("UTC", END, END + timedelta(minutes=10)))


def test_a_thin_edition_says_so() -> None:
    text = shown(digest(health=Health(sources=60, failing=14)))

    assert "⚠️ 14 of 60 feeds could not be read; this edition may be thin." in text


def test_with_most_feeds_unread_no_day_is_called_quiet() -> None:
    for seen in (0, 19):
        text = shown(digest(stories_seen=seen, health=Health(sources=60, failing=31)))
        assert "Whether this is a quiet day is not known: most feeds could not be read." in text
        assert "There is no new story" not in text
        assert "Quiet day" not in text
    assert "There is no new story" in shown(digest(stories_seen=0, health=Health(60, 30)))


def test_a_side_that_could_not_be_read_is_named_in_words() -> None:
    health = Health(60, 14, ("RU", "INT", "TR", "FR", "DE", "PL"))

    sides = "Russia, international organisations, Türkiye, France, Germany, …"
    line = f"⚠️ Not one feed could be read from: {sides}."
    assert line in shown(digest(health=health))
    assert "Not one feed" not in shown(digest(health=Health(60, 14)))


def test_what_many_read_is_not_for_you() -> None:
    everybody = replace(EDITION, shared=True)

    assert "86 articles → 23 stories → 1 for you" in shown(digest(item(1)))
    assert "86 articles → 23 stories → 1 chosen" in shown(digest(item(1)), everybody)
    assert "/story" not in shown(digest(item(1)), everybody)  # it works in private alone


def test_a_channel_is_offered_no_commands() -> None:
    channel = replace(EDITION, commands=False)

    assert shown(digest(told(1, "They met.")), channel).endswith(
        "from the source behind its number."
    )
    assert shown(digest(item(1)), channel).endswith("Headline of story 1")


def test_a_sentence_from_a_file_is_linked_to_the_stored_text() -> None:
    article = stored(new_article("f", "x", url=None, file="notes.txt"), id=4)
    story = item(1, replace(cited("They met.", article=4), start=12), articles=(article,))

    (page,) = pages(digest(story), EDITION, EN, link)

    assert "“They met.” ¹ (from a file)" in plain(page)
    assert '<a href="https://t.me/attache_bot?start=a_4_12">¹</a>' in markup.html(page)


def test_a_file_without_any_address_is_named_without_a_link() -> None:
    article = stored(new_article("f", "x", url=None, published_at=None), id=4)
    story = item(1, cited("They met.", article=4), articles=(article,))

    (page,) = pages(digest(story), EDITION, EN, lambda article, start: None)

    assert "“They met.” ¹ (from a file, undated)" in plain(page)
    assert "<a " not in markup.html(page)


def test_outlets_are_counted_by_country_with_a_mark_for_state_funding() -> None:
    outlets = (
        Outlet("A", "TR"),
        Outlet("B", "TR"),
        Outlet("C", "RU", state_funded=True),
        Outlet("D"),
        Outlet("E", "SU"),
    )

    text = shown(digest(replace(told(1, "They met."), outlets=outlets), item(2, outlets=outlets)))

    assert "5 outlets (🇹🇷2 🇷🇺1ˢ USSR 1 +1)" in text
    assert "2 🆕 Headline of story 2 · 5 outlets (🇹🇷2 🇷🇺1ˢ USSR 1 +1)" in text
    assert "ˢ state-funded outlet." in text


def test_outlets_of_more_countries_than_are_named_are_counted_too() -> None:
    outlets = tuple(Outlet(code, code) for code in ("TR", "RU", "FR", "DE", "GB", "US", "CN"))

    text = shown(digest(replace(told(1, "They met."), outlets=outlets)))

    assert "7 outlets (🇹🇷1 🇷🇺1 🇫🇷1 🇩🇪1 🇬🇧1 +2)" in text


def test_outlets_of_unknown_country_are_only_counted() -> None:
    story = replace(
        told(1, "They met."), outlets=(Outlet("A"), Outlet("B")), topics=(), countries=()
    )

    assert "🆕\n2 outlets\n“They met.”" in shown(digest(story))


def test_what_officials_and_speakers_say_has_a_sign() -> None:
    story = item(
        1, cited("The Ministry confirms it.", kind="official"), cited("We agree.", kind="quote")
    )

    text = shown(digest(story))

    assert "🏛 “The Ministry confirms it.” ¹" in text
    assert "💬 “We agree.” ¹" in text


def test_what_is_announced_stands_last_by_day_with_its_proof() -> None:
    story = told(1, "They met.")
    (article,) = story.articles
    other = replace(article, id=ArticleId(9))
    announced = (
        Announced(date(2026, 8, 27), article, Span(0, 9), 1),
        Announced(date(2026, 8, 28), other, Span(0, 9), 1),
    )

    text = shown(digest(story, ahead=announced))

    assert "📅 Ahead\nThu 27 Aug · “Some text” ¹\nFri 28 Aug · “Some text” ²\n\nEvery" in text


def test_what_is_announced_is_said_to_be_word_for_word_too() -> None:
    story = item(1)
    (article,) = story.articles
    announced = (Announced(date(2026, 8, 27), article, Span(0, 9), 1),)

    assert "word for word" in shown(digest(story, ahead=announced))
    assert "word for word" not in shown(digest(story))


def test_where_room_is_short_three_announced_sentences_stay() -> None:
    story = told(1, sentence(170), sentence(170), sentence(170))
    (article,) = story.articles
    long = replace(article, text=sentence(60))
    announced = tuple(
        Announced(date(2026, 8, day), long, Span(0, len(long.text)), 1) for day in range(20, 25)
    )

    (page,) = pages(digest(story, ahead=announced), EDITION, EN, link)

    assert plain(page).count(" Aug · “") == 3


def test_who_is_quoted_is_named_in_full() -> None:
    said = "“We agree on all,” said Novak."
    story = item(1, replace(cited(said, kind="quote"), speaker="Ada Novak"))
    words = Quote(1, 17, "Ada Novak", "envoy", "LV")
    (article,) = story.articles
    known = replace(story, articles=(replace(article, quotes=(words,)),))
    full = replace(
        known, sentences=(replace(known.sentences[0], text="“We agree,” said Ada Novak."),)
    )

    told_of = "Asked again, Novak spoke of “a river of two states”."
    reported = replace(known, sentences=(replace(known.sentences[0], text=told_of),))

    assert f"💬 Ada Novak, envoy 🇱🇻: {said} ¹" in shown(digest(known))
    assert f"💬 {told_of} (Ada Novak, envoy 🇱🇻) ¹" in shown(digest(reported))
    assert "💬 “We agree,” said Ada Novak. ¹" in shown(digest(full))


def test_a_colon_stands_behind_a_blank_where_the_language_wants_one() -> None:
    story = item(1, replace(cited("They met.", kind="quote"), speaker="Ada Novak"))
    (article,) = story.articles
    known = replace(article, quotes=(Quote(0, 9, "Ada Novak"),))
    going_on = replace(story, articles=(known,), status="continuing", day=3)
    brief = replace(digest(*(told(number, "They met.") for number in range(2, 5))), minutes=5)

    (page,) = pages(replace(brief, items=(going_on, *brief.items)), EDITION, texts("fr"), link)

    text = markup.plain(page)
    assert "1 🔄 Jour 3\u00a0: Headline" in text
    assert "💬 Ada Novak\u00a0: “They met.”" in text


@pytest.mark.parametrize(
    "text", ["“Peace,” he said in Ankara.", '"Peace," said Ankara.', "«Мир», — заявили в Анкаре."]
)
def test_a_sentence_with_quotation_marks_gets_no_others(text: str) -> None:
    assert f"\n{text} ¹" in shown(digest(told(1, text)))


def test_a_story_that_goes_on_within_its_first_day_has_no_day() -> None:
    story = replace(told(1, "They met in Ankara."), status="continuing", day=1)

    assert "1 · Headline of story 1 🔄\n" in shown(digest(story))


def test_where_a_source_comes_from_is_said_once() -> None:
    article = replace(item(1).articles[0], url=None, file="a.txt")
    story = replace(told(1, "They met in Ankara.", "Talks go on."), articles=(article,))

    assert shown(digest(story)).count("(from a file)") == 1


def test_files_of_unknown_outlets_count_as_sources() -> None:
    story = replace(told(1, "They met in Ankara."), outlets=(Outlet(""), Outlet("")))

    assert "· 2 sources\n" in shown(digest(story))


def test_accounts_that_differ_stand_in_one_line() -> None:
    ours = replace(cited("At least 12 ships turned back.", kind="differs"), figure="12 ships")
    theirs = replace(cited("Some 14 ships turned back.", kind="differs"), figure="14 ships")

    text = shown(digest(item(1, cited("They met in Ankara."), ours, theirs)))

    assert "⚖️ Accounts differ: “12 ships” ¹ · “14 ships” ¹" in text
    assert "turned back" not in text


def test_a_story_told_from_one_side_only_says_so() -> None:
    story = replace(told(1, "They met in Ankara."), outlets=(Outlet("A", "TR"), Outlet("B", "TR")))

    assert "2 outlets (🇹🇷2) · ⚠️ only one side so far: Türkiye" in shown(digest(story))


def test_a_continuing_story_shows_what_is_new_since_when() -> None:
    story = replace(told(1, "They signed."), status="continuing", day=4)

    text = shown(digest(story, item(2, status="quiet", day=6)))

    assert "1 · Headline of story 1 🔄 Day 4\n" in text
    assert "New since Mon\n“They signed.” ¹" in text
    assert "2 💤 Day 6: Headline of story 2" in text


def test_of_a_continuing_story_that_the_chat_does_not_know_all_is_new() -> None:
    story = replace(told(1, "They signed."), status="continuing", day=4, is_known=False)

    text = shown(digest(story))

    assert "1 · Headline of story 1 🔄 Day 4\n" in text
    assert "New since" not in text


@pytest.mark.parametrize(
    ("days", "since", "new"),
    [
        (6, "since Wed 19 Aug 07:30", "New since Wed 19 Aug\n"),
        (5, "since Thu 07:30", "New since Thu\n"),
    ],
)
def test_of_a_week_ago_the_date_is_told(days: int, since: str, new: str) -> None:
    story = replace(told(1, "They signed."), status="continuing", day=9)

    text = shown(digest(story, window=replace(WINDOW, start=END - timedelta(days=days))))

    assert f" · {since} · 3 min" in text
    assert new in text


def test_what_is_told_of_several_days_is_not_of_today() -> None:
    long = replace(WINDOW, start=END - timedelta(days=3))

    assert "\n\nAlso in these days\n2 🆕 " in shown(
        digest(told(1, "They met."), item(2), window=long)
    )
    late = replace(WINDOW, start=END - timedelta(hours=30))
    assert "\n\nAlso today\n2 🆕 " in shown(digest(told(1, "They met."), item(2), window=late))


def test_only_a_long_quote_is_folded() -> None:
    long = replace(told(1, "One.", "Two.", "Three."), status="continuing", day=2)
    (page,) = pages(digest(long, told(2, "One.", "Two.", "Three.")), EDITION, EN, link)

    source = markup.html(page)

    assert source.count("<blockquote expandable>") == 1
    assert source.count("<blockquote>") == 1


def test_the_volume_line_goes_first() -> None:
    stories = [told(n, sentence(140), sentence(140)) for n in (1, 2)]
    room = MOST_UNITS - markup.units(pages(digest(*stories), EDITION, EN, link)[0])
    longer = told(1, "x" * (room + 1) + sentence(140), sentence(140))

    text = shown(digest(longer, stories[1]))

    assert " → " not in text
    assert text.count("word end.") == 4


def test_then_third_sentences_go_then_the_third_full_story() -> None:
    three = [told(n, sentence(100), sentence(100), sentence(100)) for n in (1, 2, 3)]
    two = shown(digest(*three))
    assert two.count("word end.") == 6
    assert "3 · Headline of story 3" in two

    longer = [told(n, sentence(180), sentence(180), sentence(100)) for n in (1, 2, 3)]
    line = shown(digest(*longer))
    assert line.count("word end.") == 4
    assert "Also today\n3 🆕 Headline of story 3" in line


def test_what_has_no_room_is_not_kept() -> None:
    longer = [
        told(n, sentence(180, str(n)), sentence(181, str(n)), sentence(100, str(n)))
        for n in (1, 2, 3)
    ]
    endless = told(4, sentence(2_000))

    for items, counts in (
        (longer[:1], [3]),
        (longer, [2, 2, 0]),
        ((*longer, endless), [2, 2, 0, 0]),
    ):
        whole = digest(*items)
        found, kept = fitted(whole, EDITION, EN, link)
        text = "".join(map(markup.plain, found))
        assert [len(one.sentences) for one in kept.items] == counts
        assert all(c.text in text for one in kept.items for c in one.sentences)
        assert (kept is whole) == (sum(counts) == 3)


def test_what_still_does_not_fit_is_split_between_stories() -> None:
    stories = [told(n, sentence(300), sentence(300)) for n in (1, 2)]

    first, second = pages(digest(*stories), EDITION, EN, link)

    assert markup.plain(first).startswith("🕊 Attaché · Tue 25 Aug · 07:30 Zurich (1/2)\n")
    assert markup.plain(second).startswith("🕊 Attaché · Tue 25 Aug · 07:30 Zurich (2/2)\n")
    assert "1 · Headline of story 1" in markup.plain(first)
    assert "2 · Headline of story 2" in markup.plain(second)
    assert markup.plain(second).endswith("/story 1 · /why 1 · /settings")


def test_a_list_that_is_too_long_goes_on_in_the_next_message() -> None:
    lines = [item(n, headline=f"{n} {sentence(49)}") for n in range(1, 31)]

    found = pages(digest(*lines), EDITION, EN, link)

    assert len(found) == 2
    assert all(map(markup.fits, found))
    assert sum(markup.plain(page).count("word end.") for page in found) == 30


def test_a_very_long_headline_is_shortened_at_a_word() -> None:
    text = shown(digest(item(1, headline="Ministers " * 100)))

    (line,) = (line for line in text.split("\n") if line.startswith("1 🆕"))
    assert line.endswith("Ministers…")
    assert 230 < len(line) <= 255


def test_a_sentence_that_stands_for_a_title_is_shortened_as_titles_are() -> None:
    opening = f"{'The ministers ' * 12}met."
    untitled = (stored(new_article("a1", opening, title=None), id=1, story=1),)
    story = replace(told(1, opening, "They signed."), headline=opening, articles=untitled)

    text = shown(digest(story, told(2, "A."), told(3, "B.")))

    short = f"{'The ministers ' * 8}The…"
    assert f"1 🆕 {short}\n" in text
    assert f"1 · {opening} ¹ 🆕\n" in text
    assert text.count(opening) == 1


def test_one_that_is_told_elsewhere_or_not_at_all_is_short_in_the_heading_too() -> None:
    opening = f"{'The ministers ' * 12}met."
    untitled = (stored(new_article("a1", opening, title=None), id=1, story=1),)
    story = replace(told(1, "They signed."), headline=opening, articles=untitled)

    assert f"1 · {'The ministers ' * 8}The… 🆕\n" in shown(digest(story))


def test_a_headline_without_blanks_is_shortened_anyway() -> None:
    text = shown(digest(item(1, headline="外" * 10_000)))

    assert "外" * 249 + "…" in text
    assert "外" * 250 not in text


def test_a_headline_of_250_characters_stays() -> None:
    assert "x" * 250 + "\n" in shown(digest(item(1, headline="x" * 250)))


def test_a_sentence_longer_than_a_message_is_left_out_whole() -> None:
    text = shown(digest(told(1, "x" * 5000 + ".", "They met in Ankara.")))

    assert "xx" not in text
    assert "“They met in Ankara.” ¹" in text


def test_a_story_whose_only_sentence_is_too_long_is_a_line() -> None:
    text = shown(digest(told(1, "x" * 5000 + ".")))

    assert "\n\nToday\n1 🆕 Headline of story 1" in text


def test_a_proof_whose_address_is_too_long_takes_its_sentence_along() -> None:
    article = stored(new_article("b", "x", url=f"https://a.example/{'x' * 8000}"), id=2)
    story = item(1, cited("Kept."), cited("Left out.", article=2))
    story = replace(story, articles=(*story.articles, article))

    text = shown(digest(story))

    assert "Kept." in text
    assert "Left out." not in text


MESSY = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(
        st.sampled_from(
            [
                "<b>",
                "</b>",
                "&amp;",
                "&",
                '"',
                "</blockquote>",
                '<a href="x">',
                "\u202e",
                "\u2066",
                "🕊",
                "\ud83d",
                "\n",
                "\x00",
                "👩\u200d👧",
                "word ",
                "/stop ",
                "e\u0301",
                "“",
                "الخبر ",
            ]
        ),
        max_size=20,
    ).map("".join),
    st.integers(1, 10_000).map("x".__mul__),
    st.integers(1, 3000).map("word ".__mul__),
    st.integers(1, 3000).map("🕊".__mul__),
)


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    items = [
        replace(
            told(n, *draw(st.lists(MESSY, max_size=3))),
            headline=draw(MESSY),
            status=draw(st.sampled_from(["new", "continuing", "quiet"])),
            day=n,
        )
        for n in range(1, draw(st.integers(1, 20)))
    ]
    return digest(*items, elsewhere=None if items else item(1, headline=draw(MESSY)))


def sent(pages: tuple[Blocks, ...]) -> list[tuple[str, tuple[telegram.Entity, ...]]]:
    return [parse_html(markup.html(page)) for page in pages]


def test_a_sentence_that_is_the_headline_is_not_told_again() -> None:
    first, second = "Anna Novak went to Vienna on Monday.", "The talks there are to last two days."
    untitled = replace(stored(new_article("a1", first, title=None), id=1, story=1), url=None)
    story = replace(told(1, first, second), headline=first, articles=(untitled,))

    assert shown(digest(story)).count(first) == 1
    assert f"1 · {first} ¹ (from a file) 🆕" in shown(digest(story))
    assert f"“{second}” ¹" in shown(digest(story))
    assert f"“{first}” ¹" in shown(digest(replace(story, sentences=story.sentences[:1])))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(digests())
def test_whatever_a_digest_holds_telegram_takes_its_messages(found: Digest) -> None:
    laid_out = pages(found, EDITION, EN, link)

    for page, (text, entities) in zip(laid_out, sent(laid_out), strict=True):
        assert text == markup.plain(page)
        assert 0 < telegram.units(text) <= MOST_UNITS
        assert len(entities) <= MOST_ENTITIES
        assert {e.kind for e in entities} <= {
            "bold",
            "italic",
            "text_link",
            "blockquote",
            "expandable_blockquote",
        }
        assert {e.url for e in entities if e.url} <= {
            f"https://paper.example/a{n}" for n in range(1, 21)
        }


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(digests())
def test_no_sentence_is_ever_cut_and_every_story_is_named(found: Digest) -> None:
    laid_out = pages(found, EDITION, EN, link)

    sentences = [cited.text for story in found.items for cited in story.sentences]
    texts_of = [markup.run(in_one_line(each)).text for each in sentences]
    whole = {f"“{text}”" for text in texts_of} | set(texts_of)
    closing = {'"': '"', "“": "”", "«": "»"}  # of a speech that goes on in the next paragraph
    whole |= {f"{text}{closing[text[0]]}" for text in texts_of if text[:1] in closing}
    quoted = [line for page in laid_out for block in page if block.quote for line in block.lines]
    for line in quoted:
        assert line[0].italic or line[0].text in whole
        assert line[0].italic or line[2].url is not None
    named = {r.url for page in laid_out for block in page for line in block.lines for r in line}
    headed = (i for i in found.items if markup.run(i.headline).text)
    assert {i.articles[0].url for i in headed} <= named

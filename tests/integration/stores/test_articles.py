"""Articles, their revisions, stories and the search."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import Unstorable
from digest.model.articles import Article, ArticleId, Counts, NewArticle, StoryId, Topic
from digest.model.digests import Window
from digest.model.sources import UNREAD, NewSource, Outlet, SourceOutcome
from digest.model.stories import Placed, Publication, Spot, Unplaced

from .every import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    Stores,
    a_chat,
    a_source,
    add,
    an_article,
    queue,
    transactions,
)


async def test_what_was_seen_by_a_clock_ahead_was_seen_now(stores: Stores) -> None:
    await stores.articles.add([Placed(an_article("https://a.example/1"), -1)])
    year = NOW + 365 * DAY
    later = an_article("https://a.example/2", first_seen_at=year, published_at=NOW)
    source = await stores.sources.add(a_source(), now=NOW)
    how = {"source": source.id, "checked_at": year, "next_check_at": year}
    await stores.articles.add([Placed(later, -1)], SourceOutcome(**how))  # type: ignore[arg-type]

    for moved in (1, 0):
        assert await stores.articles.date_back(NOW, beyond=NOW + HOUR) == moved

    window = Window(NOW, NOW + HOUR)
    found = await stores.articles.snapshot(window)
    assert "https://a.example/2" in [one.url for one in found.articles]
    assert max(found.story_started_at.values()) <= NOW
    assert [one.last_ok_at for one in await stores.sources.all()] == [NOW]


async def test_an_article_comes_back_as_it_was_given(stores: Stores) -> None:
    new = an_article(modified_at=NOW)

    (article,) = await add(stores, new)

    stored = await stores.articles.get(article)
    assert stored is not None
    assert stored.story is not None
    assert stored == Article(
        **{name: getattr(new, name) for name in NewArticle.__dataclass_fields__},
        id=article,
        revision=1,
        story=stored.story,
        duplicate_of=None,
    )


async def test_an_article_of_which_little_is_known_comes_back_too(stores: Stores) -> None:
    bare = an_article(
        "file-hash", outlet=None, title=None, byline=None, published_at=None, language=None
    )

    (article,) = await add(stores, bare)

    stored = await stores.articles.get(article)
    assert stored is not None
    assert (stored.outlet, stored.title, stored.published_at) == (None, None, None)
    assert await stores.articles.get(ArticleId(10_000)) is None


async def test_equal_text_under_a_known_key_is_not_stored_again(stores: Stores) -> None:
    (first,) = await add(stores, an_article())
    (again,) = await add(stores, an_article(first_seen_at=NOW))

    assert again == first
    assert len(await stores.articles.all()) == 1


async def test_all_articles_are_read_some_at_a_time(stores: Stores) -> None:
    ids = [(await add(stores, an_article(f"https://a.example/{n}")))[0] for n in range(3)]

    assert [one.id for one in await stores.articles.all(limit=2)] == ids[:2]
    assert [one.id for one in await stores.articles.all(after=ids[1], limit=2)] == ids[2:]
    assert await stores.articles.all(after=ids[2]) == ()


async def test_a_changed_text_becomes_the_next_revision(stores: Stores) -> None:
    (first,) = await add(stores, an_article())
    (second,) = await add(stores, an_article(fingerprint="changed", first_seen_at=NOW))

    old, new = await stores.articles.all()

    assert [(old.id, old.revision), (new.id, new.revision)] == [(first, 1), (second, 2)]
    assert new.first_seen_at == old.first_seen_at  # the article's, not the revision's
    known = await stores.articles.known(["https://a.example/1"], [])
    assert known["https://a.example/1"].id == second


async def test_what_no_database_can_hold_is_refused_with_all_of_its_batch(stores: Stores) -> None:
    half = an_article("https://a.example/2", title="Accord \ud83d")
    with pytest.raises(Unstorable, match="cannot hold a value"):
        await add(stores, an_article(), half)
    with pytest.raises(Unstorable, match="cannot hold a value"):
        await stores.articles.bring((an_article(), half))
    assert await stores.articles.all() == ()


async def test_revisions_within_one_batch_follow_each_other(stores: Stores) -> None:
    ids = await add(
        stores,
        an_article(fingerprint="one"),
        an_article(fingerprint="two"),
        an_article(fingerprint="two"),
    )

    assert ids[1] == ids[2] != ids[0]
    assert [article.revision for article in await stores.articles.all()] == [1, 2]
    assert [one.id for one in await stores.articles.recent(NOW - DAY, limit=9)] == [ids[1]]


async def test_a_large_batch_keeps_its_order(stores: Stores) -> None:
    keys = [f"https://a.example/{number}" for number in range(1_500)]

    ids = await add(stores, *map(an_article, keys))

    known = await stores.articles.known(keys, [])
    assert tuple(known[key].id for key in keys) == ids


async def test_a_file_is_known_by_its_text(stores: Stores) -> None:
    (file,) = await add(stores, an_article("name-one", fingerprint="same words"))
    await add(stores, an_article("name-two", fingerprint="same words"))
    await add(stores, an_article("https://a.example/1", fingerprint="web words"))

    known = await stores.articles.known(["unknown"], ["same words", "web words"])

    assert known.keys() == {"same words"}
    assert known["same words"].id == file


async def test_equal_numbers_are_the_same_new_story(stores: Stores) -> None:
    numbers = {"a": -1, "b": -2, "c": -1}
    await stores.articles.add([Placed(an_article(key), story) for key, story in numbers.items()])

    story = {article.key: article.story for article in await stores.articles.all()}

    assert story["a"] == story["c"] != story["b"]


async def test_a_stored_story_takes_new_members(stores: Stores) -> None:
    await add(stores, an_article("a"))
    (first,) = await stores.articles.all()
    assert first.story is not None
    await add(stores, an_article("b", first_seen_at=NOW - DAY), an_article("c"), story=first.story)

    snapshot = await stores.articles.snapshot(Window(NOW - 2 * DAY, NOW))

    assert {article.story for article in snapshot.articles} == {first.story}
    assert snapshot.story_started_at == {first.story: NOW - DAY}


async def test_a_story_begins_with_its_first_article_on_diplomacy(stores: Stores) -> None:
    await add(stores, an_article("a", first_seen_at=NOW - DAY, relevance=0.1))
    (first,) = await stores.articles.all()
    window = Window(NOW - 2 * DAY, NOW)
    assert (await stores.articles.snapshot(window)).story_started_at == {first.story: NOW - DAY}

    await add(stores, an_article("b"), story=first.story or 0)

    assert (await stores.articles.snapshot(window)).story_started_at == {first.story: NOW - HOUR}


async def test_a_story_that_is_gone_is_begun_anew(stores: Stores) -> None:
    await add(stores, an_article("a"), an_article("b"), story=4711)

    first, second = await stores.articles.all()

    assert first.story == second.story != 4711


async def test_duplicates_point_to_their_originals(stores: Stores) -> None:
    (original,) = await add(stores, an_article("original"))
    ids = await stores.articles.add(
        [
            Placed(an_article("stored"), -1, duplicate_of=original),
            Placed(an_article("batch"), -1, duplicate_of=-1),
            Placed(an_article("gone"), -1, duplicate_of=ArticleId(4711)),
            Placed(an_article("itself"), -1, duplicate_of=-4),
        ]
    )

    of = {article.key: article.duplicate_of for article in await stores.articles.all()}

    assert of["stored"] == original
    assert of["batch"] == ids[0]
    assert of["gone"] is None
    assert of["itself"] is None


async def test_an_unknown_source_is_left_out(stores: Stores) -> None:
    (article,) = await add(stores, an_article(source=4711))

    stored = await stores.articles.get(article)
    assert stored is not None
    assert stored.source is None


async def test_articles_and_their_stories_are_counted(stores: Stores) -> None:
    await add(stores, an_article("late", first_seen_at=NOW))
    await add(stores, an_article("early", first_seen_at=NOW - HOUR))
    await add(stores, an_article("old", first_seen_at=NOW - DAY))
    await add(stores, an_article("old", first_seen_at=NOW, fingerprint="revised"))
    await add(stores, an_article("early", first_seen_at=NOW, fingerprint="revised"))

    await add(stores, an_article("own", first_seen_at=NOW, owner=7))
    late = await stores.articles.known(["late"], [])
    told = Placed(an_article("told", first_seen_at=NOW), late["late"].story or 0)
    await stores.articles.add([told])
    await stores.articles.bring([an_article("waits", first_seen_at=NOW)])

    assert await stores.articles.count(NOW - HOUR) == (4, 2)
    assert await stores.articles.count(NOW + HOUR) == (0, 0)


async def test_recent_articles_come_latest_first_and_no_more_than_asked_for(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - DAY))
    await add(stores, an_article("a", first_seen_at=NOW - HOUR), an_article("b", first_seen_at=NOW))
    await add(stores, an_article("a", first_seen_at=NOW, fingerprint="revised"))

    found = await stores.articles.recent(NOW - HOUR, limit=5)
    first = await stores.articles.recent(NOW - HOUR, limit=1)

    assert [(article.key, article.revision) for article in found] == [("b", 1), ("a", 2)]
    assert [article.key for article in first] == ["b"]


async def test_recent_articles_are_those_of_the_countries_words_and_weight_asked_for(
    stores: Stores,
) -> None:
    await add(
        stores,
        an_article("a", countries=("TR", "US")),
        an_article("b", countries=("UA",), text="Customs at the border.", relevance=0.2),
        an_article("c", countries=()),
    )

    async def keys(**wanted: Any) -> set[str]:
        found = await stores.articles.recent(NOW - DAY, limit=9, **wanted)
        return {article.key for article in found}

    assert await keys(countries=("TR",)) == {"a"}
    assert await keys(countries=("TR", "US")) == {"a"}
    assert await keys(countries=("TR", "UA")) == set()
    assert await keys(countries=("U",)) == set()
    assert await keys(words="customs bord") == {"b"}
    assert await keys(words="?") == set()
    assert await keys(relevance=0.5) == {"a", "c"}


async def test_a_story_is_its_articles_in_the_order_first_seen(stores: Stores) -> None:
    late, early = await add(
        stores, an_article("late", first_seen_at=NOW), an_article("early", first_seen_at=NOW - HOUR)
    )
    await add(stores, an_article("other"))
    told = await stores.articles.get(early)
    assert told is not None and told.story is not None
    await add(stores, an_article("late", fingerprint="revised"), story=told.story)

    found = await stores.articles.story(told.story)

    assert [(article.key, article.revision) for article in found] == [("early", 1), ("late", 2)]
    assert await stores.articles.story(StoryId(10_000)) == ()
    assert await stores.articles.stories((told.story, StoryId(10_000))) == {told.story: found}
    assert late not in {article.id for article in found}


async def three_stories(stores: Stores) -> tuple[StoryId, StoryId, StoryId]:
    """Articles "a" to "c", a day apart, each in a story of its own."""
    keys = [an_article(key, first_seen_at=NOW + at * DAY) for at, key in enumerate("abc")]
    await stores.articles.add([Placed(one, -n) for n, one in enumerate(keys, 1)])
    return tuple(one.story for one in await stores.articles.all())  # type: ignore[return-value]


async def test_what_was_placed_and_moved_since_a_mark_is_told(stores: Stores) -> None:
    a, *_ = await three_stories(stores)
    await add(stores, an_article("old", first_seen_at=NOW - DAY))
    await add(stores, an_article("mine", owner=7))
    first = await stores.articles.changes(NOW, None)
    assert [one.key for one in first.articles] == ["a", "b", "c"]

    await stores.articles.bring([an_article("d", first_seen_at=NOW)])
    waiting = await stores.articles.waiting(1)
    _, behind = await stores.articles.settle(waiting, (Spot(-1),))
    await stores.articles.move({"b": a})

    second = await stores.articles.changes(NOW, first.mark)
    assert [one.key for one in second.articles] == ["d", "b"]
    assert second.articles[1].story == a
    third = await stores.articles.changes(NOW, behind)
    assert [one.key for one in third.articles] == ["b"]
    last = await stores.articles.changes(NOW, third.mark)
    assert (last.articles, last.mark) == ((), third.mark)


async def test_one_process_places_at_a_time(stores: Stores) -> None:
    articles = stores.articles
    async with (
        articles.placing(waits=True) as is_ours,
        articles.placing(waits=False) as is_ours_too,
    ):
        assert (is_ours, is_ours_too) == (True, not articles.is_shared)
    async with articles.placing(waits=False) as is_ours:
        assert is_ours


async def test_how_much_waits_and_what_first_is_told(stores: Stores) -> None:
    assert await stores.articles.unplaced() == Unplaced()
    await stores.articles.bring([an_article(key) for key in ("a", "b")])
    first, _ = await stores.articles.waiting(2)
    assert await stores.articles.unplaced() == Unplaced(2, first.id)


async def test_what_is_stored_without_a_story_waits_for_one(stores: Stores) -> None:
    (old,) = await add(stores, an_article("old"))
    (placed,) = (one.story for one in await stores.articles.all())
    keys = ("a", "b", "c")
    assert await stores.articles.bring([an_article(key) for key in keys]) == Counts(new=3)
    assert await stores.articles.bring([an_article("a")]) == Counts(known=1)
    waiting = await stores.articles.waiting(2)
    assert [(one.key, one.story) for one in waiting] == [("a", None), ("b", None)]
    placed_ones = (await stores.articles.changes(NOW - DAY, None)).articles
    assert [one.key for one in placed_ones] == ["old"]

    assert placed is not None
    spots = (Spot(placed, old), Spot(-1, -1))
    known, _ = await stores.articles.settle(waiting, spots)

    a, b = [await stores.articles.get(one.id) for one in waiting]
    assert a is not None
    assert b is not None
    assert (a.story, a.duplicate_of, b.duplicate_of) == (placed, old, a.id)
    assert b.story not in (None, placed)
    assert known == await stores.articles.known(["a", "b"], [])
    assert [one.key for one in await stores.articles.waiting(9)] == ["c"]


async def test_what_waits_comes_in_the_order_of_its_dates(stores: Stores) -> None:
    dates = {
        "late": {"published_at": NOW},
        "undated": {"published_at": None, "first_seen_at": NOW - DAY},
        "early": {"published_at": NOW - 3 * DAY},
        "changed": {"published_at": None, "modified_at": NOW - 2 * DAY},
        "early too": {"published_at": NOW - 3 * DAY},
    }
    await stores.articles.bring([an_article(key, **given) for key, given in dates.items()])

    waiting = await stores.articles.waiting(4)

    assert [one.key for one in waiting] == ["early", "early too", "changed", "undated"]


async def test_a_revision_waits_in_place_of_its_article_or_goes_where_that_is(
    stores: Stores,
) -> None:
    again = [an_article(fingerprint=text) for text in ("first", "second", "third")]
    assert await stores.articles.bring(again[:1]) == Counts(new=1)
    assert await stores.articles.bring(again[1:2]) == Counts(revised=1)
    (waiting,) = await stores.articles.waiting(9)
    assert waiting.fingerprint == "second"
    await stores.articles.settle((waiting,), (Spot(-1),))
    assert await stores.articles.waiting(9) == ()

    assert await stores.articles.bring(again[2:]) == Counts(revised=1)

    known = (await stores.articles.known([waiting.key], []))[waiting.key]
    before = await stores.articles.get(waiting.id)
    assert before is not None
    assert (known.fingerprint, known.story) == ("third", before.story)
    assert before.story is not None
    assert await stores.articles.waiting(9) == ()


async def test_a_story_that_was_taken_in_is_found_under_its_number(stores: Stores) -> None:
    a, b, c = await three_stories(stores)

    assert await stores.articles.move({"c": b}) == {"c": b}
    assert await stores.articles.move({"b": a, "c": a, "gone": a}) == {"b": a, "c": a}

    for story in (a, b, c):
        assert [one.key for one in await stores.articles.story(story)] == ["a", "b", "c"]
    snapshot = await stores.articles.snapshot(Window(NOW + DAY, NOW + 3 * DAY))
    assert snapshot.taken_in == {a: {b, c}}
    assert snapshot.story_started_at == {a: NOW}


async def test_what_comes_for_a_story_that_was_taken_in_joins_the_whole(stores: Stores) -> None:
    a, b, _ = await three_stories(stores)
    await stores.articles.move({"b": a})

    await add(stores, an_article("d", first_seen_at=NOW + 4 * DAY), story=b)
    assert await stores.articles.move({"c": b}) == {"c": a}

    assert {one.story for one in await stores.articles.all()} == {a}


async def test_an_article_that_leaves_its_story_begins_one(stores: Stores) -> None:
    await add(stores, an_article("a"), an_article("b", first_seen_at=NOW - DAY))
    await add(stores, an_article("b", fingerprint="revised"))
    old = (await stores.articles.all())[0].story

    moved = await stores.articles.move({"b": -7, "a": -8})

    assert len({old, *moved.values()}) == 3
    assert {one.story for one in await stores.articles.all() if one.key == "b"} == {moved["b"]}
    assert old is not None
    assert [one.key for one in await stores.articles.story(old)] == ["a"]
    snapshot = await stores.articles.snapshot(Window(NOW - 2 * DAY, NOW + DAY))
    assert snapshot.story_started_at == {moved["a"]: NOW - HOUR, moved["b"]: NOW - DAY}


async def test_a_story_that_keeps_others_begins_with_the_first_of_them(stores: Stores) -> None:
    await add(stores, an_article("a", first_seen_at=NOW - DAY), an_article("b"))
    old = (await stores.articles.all())[0].story
    assert old is not None

    await stores.articles.move({"a": -1})

    snapshot = await stores.articles.snapshot(Window(NOW - 2 * DAY, NOW + DAY))
    assert snapshot.story_started_at[old] == NOW - HOUR
    assert snapshot.taken_in == {}


async def test_nothing_that_a_chat_was_shown_is_moved(stores: Stores) -> None:
    a, b, c = await three_stories(stores)
    chat = await stores.chats.save(a_chat())
    await queue(stores, chat, shown_stories=(b,))

    assert await stores.articles.shown((a, b)) == {b}
    assert await stores.articles.move({"a": c, "b": c}) == {"a": c, "b": b}


async def test_nothing_is_moved_to_a_story_that_is_gone(stores: Stores) -> None:
    a, *_ = await three_stories(stores)

    assert await stores.articles.move({"a": StoryId(999)}) == {"a": a}
    assert await stores.articles.move({}) == {}


async def test_a_story_is_pruned_with_those_it_has_taken_in(stores: Stores) -> None:
    a, b, c = await three_stories(stores)
    await stores.articles.move({"b": a})

    await stores.articles.prune(NOW + HOUR)
    assert [one.key for one in await stores.articles.story(b)] == ["b"]

    await stores.articles.prune(NOW + 2 * DAY)
    assert await stores.articles.story(b) == ()
    assert [one.key for one in await stores.articles.story(c)] == ["c"]
    assert set(await stores.articles.stories((b, c))) == {c}


async def test_a_snapshot_holds_what_was_first_seen_in_its_window(stores: Stores) -> None:
    for key, seen_at in {
        "before": NOW - DAY - MINUTE,
        "start": NOW - DAY,
        "within": NOW - HOUR,
        "end": NOW,
    }.items():
        await add(stores, an_article(key, first_seen_at=seen_at))

    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW))

    assert [article.key for article in snapshot.articles] == ["start", "within"]


async def test_a_snapshot_leaves_out_what_was_published_long_before(stores: Stores) -> None:
    start = NOW - DAY
    for key, published_at in {
        "just": start - 48 * HOUR,
        "stale": start - 48 * HOUR - MINUTE,
        "undated": None,
    }.items():
        await add(stores, an_article(key, published_at=published_at))

    snapshot = await stores.articles.snapshot(Window(start, NOW))

    assert [article.key for article in snapshot.articles] == ["just", "undated"]


async def test_a_snapshot_goes_by_the_change_where_no_publication_is_known(stores: Stores) -> None:
    old, fresh = NOW - 60 * HOUR, NOW - 2 * HOUR
    await add(stores, an_article("old", published_at=None, modified_at=old))
    await add(stores, an_article("fresh", published_at=None, modified_at=fresh))

    found = await stores.articles.snapshot(Window(NOW - HOUR, NOW + HOUR))

    assert [article.key for article in found.articles] == ["fresh"]


async def test_a_snapshot_holds_the_revision_of_its_end(stores: Stores) -> None:
    for fingerprint, seen_at in {
        "first": NOW - 3 * HOUR,
        "second": NOW - 2 * HOUR,
        "third": NOW + HOUR,
    }.items():
        await add(stores, an_article(fingerprint=fingerprint, first_seen_at=seen_at))

    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW))

    assert [article.fingerprint for article in snapshot.articles] == ["second"]


async def test_a_snapshot_says_which_sources_fail(stores: Stores) -> None:
    for number in range(3):
        source = await stores.sources.add(a_source(f"https://{number}"), now=NOW)
        error = None if number else "answered 500"
        outcome = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW, error=error)
        await stores.articles.add([], outcome)
    await stores.sources.enable("https://2", enabled=False)

    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW))

    assert sorted(snapshot.feeds) == [(a_source().outlet.country, fails) for fails in (False, True)]
    for number in (3, 4):
        outlet = Outlet("The Herald", "TR")
        source = await stores.sources.add(
            NewSource(url=f"https://{number}", outlet=outlet), now=NOW
        )
        outcome = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW, error="gone")
        await stores.articles.add([], outcome)
    feeds = (await stores.articles.snapshot(Window(NOW - DAY, NOW))).feeds
    assert [country for country, fails in feeds if fails].count("TR") == 2
    assert len(feeds) == 4
    assert snapshot.story_started_at == {}


async def test_a_snapshot_takes_for_unread_what_has_not_answered_for_hours(stores: Stores) -> None:
    old, new = [await stores.sources.add(a_source(f"https://{n}"), now=NOW) for n in (1, 2)]
    for source, checked_at in ((old, NOW), (new, NOW + HOUR)):
        outcome = SourceOutcome(source=source.id, checked_at=checked_at, next_check_at=NOW + DAY)
        await stores.articles.add([], outcome)
    await stores.sources.add(a_source("https://3"), now=NOW)  # never asked

    fails = [
        sorted(fails for _, fails in (await stores.articles.snapshot(Window(NOW - DAY, end))).feeds)
        for end in (NOW + HOUR, NOW + UNREAD, NOW + HOUR + UNREAD)
    ]

    assert fails == [[False] * 3, [False, True, True], [True] * 3]
    window = Window(NOW - DAY, NOW + DAY)
    assert True in [fails for _, fails in (await stores.articles.snapshot(window)).feeds]
    early = await stores.articles.snapshot(window, now=NOW + HOUR)
    assert True not in [fails for _, fails in early.feeds]


async def test_mentions_are_those_of_articles_about_a_country_or_topic(stores: Stores) -> None:
    summit, sanction = (Topic("summits", 0.9, ("sanctions", "met")),), (Topic("sanctions", 1.0),)
    known = {"published_at": NOW - 3 * HOUR, "relevance": 0.5}
    for key, more in {
        "a": {"countries": ("TR", "UA"), "topics": summit},
        "b": {"countries": ("TR",), "topics": sanction, "published_at": NOW - 5 * HOUR},
        "c": {"countries": ("TR", "UA"), "topics": (*summit, *sanction), "relevance": 0.4},
        "d": {"countries": ("UA",), "topics": (), "published_at": None, "modified_at": None},
        "e": {"countries": ("UA",), "topics": summit, "first_seen_at": NOW - 2 * DAY},
    }.items():
        await add(stores, an_article(key, **{"first_seen_at": NOW - HOUR, **known, **more}))
    await stores.articles.bring(
        [an_article("waits", countries=("FR",), topics=(), first_seen_at=NOW)]
    )
    stories = {one.key: one.story for one in await stores.articles.all()}

    async def moments(*wanted: Any, **more: Any) -> tuple[datetime, ...]:
        return tuple(one.at for one in await stores.articles.publications(*wanted, **more))

    both = await stores.articles.publications(NOW - DAY, countries=("UA", "TR"))
    assert both == (Publication(NOW - 3 * HOUR, stories["a"]),)
    (waiting,) = await stores.articles.publications(NOW - DAY, countries=("FR",))
    assert waiting.story is None
    assert await moments(NOW - DAY, countries=("TR",)) == (NOW - 5 * HOUR, NOW - 3 * HOUR)
    assert await moments(NOW - DAY, countries=("UA",)) == (NOW - 3 * HOUR, NOW - HOUR)
    assert await moments(NOW - DAY, topic="sanctions") == (NOW - 5 * HOUR,)
    assert await moments(NOW - DAY, topic="summits") == (NOW - 3 * HOUR,)
    assert len(await moments(NOW - 3 * DAY)) == 5


async def test_search_finds_articles_that_hold_all_words(stores: Stores) -> None:
    await add(stores, an_article("a", text="Talks in Ankara about grain"))
    await add(stores, an_article("b", text="Talks in Geneva about grain"))

    found = await stores.articles.search("ANKARA grain", limit=5)

    assert [article.key for article in found] == ["a"]
    assert await stores.articles.search("ankara geneva", limit=5) == ()


async def test_search_knows_no_case_and_no_marks(stores: Stores) -> None:
    await add(stores, an_article("a", title="Attachés reçus à Genève"))

    assert len(await stores.articles.search("attaches GENEVE", limit=5)) == 1


async def test_search_takes_the_last_word_as_a_beginning(stores: Stores) -> None:
    await add(stores, an_article("a", text="Iranian delegates in Vienna"))

    assert len(await stores.articles.search("delegates iran", limit=5)) == 1
    assert await stores.articles.search("iran delegates", limit=5) == ()


@pytest.mark.parametrize(
    ("words", "count"), [("i", 0), ("ir", 0), ("ira", 1), ("in", 1), ("中", 1)]
)
async def test_a_word_of_one_or_two_letters_is_a_whole_one(
    stores: Stores, words: str, count: int
) -> None:
    await add(stores, an_article("a", text="Iranian delegates in Vienna met 中国外交部"))

    assert len(await stores.articles.search(words, limit=5)) == count
    assert len(await stores.articles.recent(NOW - DAY, limit=5, words=words)) == count


async def test_search_looks_into_titles_first_and_into_outlets_too(stores: Stores) -> None:
    await add(stores, an_article("text", text="On the corridor and other things", title="Notes"))
    await add(stores, an_article("title", title="The corridor", text="It opens"))

    found = await stores.articles.search("corridor", limit=5)

    assert [article.key for article in found] == ["title", "text"]
    assert len(await stores.articles.search("gazette", limit=5)) == 2
    assert [a.key for a in await stores.articles.search("corridor", limit=5, offset=1)] == ["text"]
    assert len(await stores.articles.search("corridor", limit=1)) == 1


async def test_search_forgets_what_a_revision_took_out(stores: Stores) -> None:
    await add(stores, an_article(text="A walnut is mentioned", fingerprint="1"))
    await add(stores, an_article(text="An almond is mentioned", fingerprint="2"))

    assert await stores.articles.search("walnut", limit=5) == ()
    assert len(await stores.articles.search("almond", limit=5)) == 1


@pytest.mark.parametrize(
    "words", ["", "  ", '"', "* AND OR NOT NEAR(", "title:accord", "a\0b", "\ud800", "-", "^'\\("]
)
async def test_any_text_is_a_valid_query(stores: Stores, words: str) -> None:
    await add(stores, an_article())

    assert await stores.articles.search(words, limit=5) == ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30))
async def test_no_query_fails(stores: Stores, words: str) -> None:
    await stores.articles.search(words, limit=5)


async def test_old_articles_are_pruned_with_their_empty_stories(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - 9 * DAY))
    await add(stores, an_article("old", first_seen_at=NOW, fingerprint="revised"))
    (old, _) = await stores.articles.all()
    (young,) = await stores.articles.add([Placed(an_article("young"), -1, duplicate_of=old.id)])

    assert await stores.articles.prune(NOW - 7 * DAY) == 1

    (left,) = await stores.articles.all()
    assert (left.id, left.duplicate_of) == (young, None)
    assert len(await stores.articles.search("accord", limit=5)) == 1
    assert await stores.articles.prune(NOW - 7 * DAY) == 0


async def test_others_write_between_what_is_pruned(stores: Stores) -> None:
    old = (Placed(an_article(f"{n}", first_seen_at=NOW - 9 * DAY), -1) for n in range(1_001))
    await stores.articles.add(list(old))
    await add(stores, an_article("young"))

    with transactions() as ended:
        assert await stores.articles.prune(NOW - 7 * DAY) == 1_001

    assert len(ended) >= 3 or not ended  # the fake has none
    assert [one.key for one in await stores.articles.all()] == ["young"]


async def test_ids_of_pruned_stories_are_not_given_again(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - 9 * DAY))
    (old,) = await stores.articles.all()
    await stores.articles.prune(NOW)
    await add(stores, an_article("new"))

    (new,) = await stores.articles.all()

    assert new.story != old.story
    assert new.id != old.id


async def test_what_was_shown_of_pruned_articles_is_forgotten(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - 9 * DAY))
    await add(stores, an_article("young"))
    old, young = [article.story for article in await stores.articles.all()]
    assert old is not None
    assert young is not None
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, day=16, shown_stories=(old,), shown_sentences=("then",))
    chat = await queue(stores, chat, day=25, shown_stories=(young,), shown_sentences=("now",))

    await stores.articles.prune(NOW - 7 * DAY)

    shown = (await stores.chats.shown([chat]))[7, 0]
    assert shown.stories == {young: date(2026, 8, 25)}
    assert shown.sentences == {"now"}


async def test_a_digest_of_which_nothing_is_left_leaves_no_history(stores: Stores) -> None:
    await add(stores, an_article("old", first_seen_at=NOW - 9 * DAY))
    (old,) = await stores.articles.all()
    assert old.story is not None
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, day=16, shown_stories=(old.story,), shown_sentences=("a",))

    await stores.articles.prune(NOW - 7 * DAY)

    assert await stores.chats.shown([chat]) == {}


async def test_a_sentence_that_was_shown_again_is_known_from_then_on(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, day=16, shown_sentences=("a", "b"))
    chat = await queue(stores, chat, day=25, shown_sentences=("a",))

    await stores.articles.prune(NOW - 7 * DAY)

    assert (await stores.chats.shown([chat]))[7, 0].sentences == {"a"}

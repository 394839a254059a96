"""Subscriptions, and who is due."""

from dataclasses import replace
from datetime import date

import pytest

from digest.errors import Conflict
from digest.model.articles import StoryId
from digest.model.chats import Schedule, Wish
from digest.model.delivery import Addressee, Mailing
from digest.model.digests import Shown

from .every import DAY, HOUR, MINUTE, NOW, Stores, a_chat, a_digest, claimed, queue, the_chat


async def test_a_chat_comes_back_as_it_was_saved(stores: Stores) -> None:
    chat = a_chat(
        -1001234567890,
        thread=12,
        kind="supergroup",
        wish=Wish(
            topics=frozenset({"trade", "aid"}),
            countries=frozenset({"UA"}),
            words=frozenset({"grain"}),
            muted=frozenset({"sport"}),
            read=frozenset({"en", "fr"}),
            minutes=5,
            follow=frozenset({"TR", "IR-US", "s:12"}),
        ),
        schedule=Schedule(
            "Asia/Tokyo", ("07:30", "18:00"), frozenset({0, 4}), ("22:00", "07:00"), "Osaka"
        ),
        language="fr",
        saved=("s:12", "a:45", "a:3"),
        alerts=True,
        sound=True,
        pause_reason="holiday",
        paused_until=NOW + DAY,
        owner=6_000_000_000,
    )

    saved = await stores.chats.save(chat)

    assert saved == replace(chat, version=1)
    assert await stores.chats.get(-1001234567890, 12) == saved
    assert await stores.chats.get(-1001234567890) is None


async def test_a_save_over_a_change_is_refused(stores: Stores) -> None:
    first = await stores.chats.save(a_chat())
    await stores.chats.save(replace(first, title="Changed"))

    for stale in (first, a_chat(), a_chat(8, version=1)):
        with pytest.raises(Conflict):
            await stores.chats.save(stale)

    assert (await the_chat(stores, 7)).title == "Changed"


async def test_a_save_cannot_set_the_cursor_back(stores: Stores) -> None:
    read = await stores.chats.save(a_chat())
    await queue(stores, read, "digest")

    with pytest.raises(Conflict):
        await stores.chats.save(replace(read, title="Renamed"))

    assert (await the_chat(stores, 7)).covered_until == NOW


async def test_a_back_up_of_chats_is_brought_back(stores: Stores) -> None:
    there = await stores.chats.save(a_chat(1, title="there"))
    given = [a_chat(1, title="given", version=9), a_chat(2, thread=3)]

    await stores.chats.restore(given)
    await stores.chats.restore([])

    assert await stores.chats.all() == (
        replace(given[0], version=there.version + 1),
        replace(given[1], version=1),
    )


async def test_chats_are_found_by_id_and_by_owner(stores: Stores) -> None:
    for chat in (a_chat(9, owner=1), a_chat(-5, thread=2), a_chat(-5, thread=1)):
        await stores.chats.save(chat)

    assert [(chat.id, chat.thread) for chat in await stores.chats.of(-5)] == [(-5, 1), (-5, 2)]
    assert [chat.id for chat in await stores.chats.owned_by(1)] == [9]
    assert [chat.id for chat in await stores.chats.all()] == [-5, -5, 9]


async def test_due_chats_come_longest_waiting_first(stores: Stores) -> None:
    for id_, next_due_at in ((1, NOW), (2, NOW - HOUR), (3, NOW + MINUTE), (4, None), (5, NOW)):
        await stores.chats.save(a_chat(id_, next_due_at=next_due_at))
    await stores.chats.save(a_chat(6, next_due_at=NOW, active=False))

    assert [alike.chat.id for alike in await stores.chats.due(NOW, limit=2)] == [2, 1]
    longest, others = await stores.chats.due(NOW, limit=9)
    assert longest.to == (Addressee(2, 0, 1),)
    assert others.to == (Addressee(1, 0, 1), Addressee(5, 0, 1))


async def test_a_crowd_is_who_is_due_at_one_instant(stores: Stores) -> None:
    for id_ in (1, 2, 3):
        await stores.chats.save(a_chat(id_))
    await stores.chats.save(a_chat(4, next_due_at=NOW + MINUTE))
    await stores.chats.save(a_chat(5, active=False))
    assert await stores.chats.crowd(NOW) == 3


async def test_a_look_goes_on_behind_the_last_one(stores: Stores) -> None:
    for id_, next_due_at in ((1, NOW), (2, NOW - HOUR), (3, NOW)):
        await stores.chats.save(a_chat(id_, next_due_at=next_due_at))

    behind = await stores.chats.due(NOW, limit=9, after=(NOW - HOUR, 2, 0))
    assert [alike.to for alike in behind] == [(Addressee(1, 0, 1), Addressee(3, 0, 1))]
    assert [one.chat.id for one in await stores.chats.due(NOW, limit=9, after=(NOW, 1, 0))] == [3]
    assert await stores.chats.due(NOW, limit=9, after=(NOW, 3, 0)) == ()


async def who_is_alike(stores: Stores) -> list[list[int]]:
    due = await stores.chats.due(NOW + 9 * DAY, limit=99)
    return [[one.chat for one in alike.to] for alike in due]


async def test_those_are_alike_who_want_and_know_the_same(stores: Stores) -> None:
    wish = Wish(topics=frozenset({"war"}), words=frozenset({"grain", "corn"}))
    for id_ in (1, 2, 3):
        await stores.chats.save(a_chat(id_, wish=wish, title=f"Chat {id_}", saved=(f"a:{id_}",)))
    await stores.chats.save(a_chat(4, wish=wish, language="de"))
    assert await who_is_alike(stores) == [[1, 2, 3], [4]]

    story, told = StoryId(1), ("a sentence",)
    for id_, stories in ((1, (story,)), (2, (story,)), (3, ())):
        await queue(
            stores, await the_chat(stores, id_), shown_stories=stories, shown_sentences=told
        )
    (german, *_), same, other = await who_is_alike(stores)
    assert (german, same, other) == (4, [1, 2], [3])
    alike = (await stores.chats.due(NOW + 9 * DAY, limit=99))[1]
    assert alike.chat.wish == wish
    assert (await stores.chats.shown([alike.chat]))[1, 0].stories == {story: date(2026, 8, 25)}


async def test_what_was_shown_counts_after_a_backup_and_a_move_too(stores: Stores) -> None:
    for id_ in (-1, -2, -3):
        await stores.chats.save(a_chat(id_, kind="supergroup"))
    told = await queue(stores, await the_chat(stores, -1), shown_sentences=("a sentence",))
    await stores.chats.restore([told])
    for id_ in (-2, -3):
        cursor = {"next_due_at": told.next_due_at, "covered_until": told.covered_until}
        await stores.chats.save(replace(await the_chat(stores, id_), **cursor))
    assert await who_is_alike(stores) == [[-3, -2], [-1]]

    await stores.chats.move(-1, -2)

    assert await who_is_alike(stores) == [[-3], [-2]]


async def test_one_digest_is_mailed_to_those_who_are_as_they_were_read(stores: Stores) -> None:
    ada, bob, changed = [await stores.chats.save(a_chat(id_)) for id_ in (1, 2, 3)]
    await stores.chats.save(changed)
    to = [Addressee(one.id, 0, one.version) for one in (ada, bob, changed)]
    digest = a_digest(ada, "one", "two")
    mailing = Mailing(
        local_date=digest.slot.local_date,
        at=digest.slot.at,
        due_at=NOW,
        messages=digest.messages,
        digest=digest.digest,
        shown_stories=(),
        shown_sentences=("a sentence",),
        covered_until=NOW,
        next_due_at=NOW + DAY,
        to=(to[0], to[1]._replace(not_before=NOW + HOUR), to[2]),
    )

    assert await stores.ledger.mail([mailing]) == 2
    assert await stores.ledger.mail([mailing]) == 0

    assert await claimed(stores) == ("one",)
    assert await claimed(stores, NOW + HOUR) == ("one",)
    assert (await the_chat(stores, 2)).next_due_at == NOW + DAY
    assert (await the_chat(stores, 3)).next_due_at == NOW
    assert len(await stores.chats.shown([ada, bob, changed])) == 2


async def test_a_paused_chat_is_due_again_when_its_pause_is_over(stores: Stores) -> None:
    await stores.chats.save(a_chat(next_due_at=NOW, paused_until=NOW + DAY))

    assert await stores.chats.due(NOW + DAY - MINUTE, limit=1) == ()
    assert [alike.chat.id for alike in await stores.chats.due(NOW + DAY, limit=1)] == [7]


async def test_shown_history_keeps_the_first_day(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    quiet = await stores.chats.save(a_chat(8))
    one, two = StoryId(1), StoryId(2)
    chat = await queue(stores, chat, day=24, shown_stories=(one,), shown_sentences=("a",))
    chat = await queue(
        stores, chat, day=25, shown_stories=(one, two, two), shown_sentences=("a", "b", "b")
    )

    shown = await stores.chats.shown([chat, quiet])

    assert shown.keys() == {(7, 0)}
    assert shown[7, 0].stories == {one: date(2026, 8, 24), two: date(2026, 8, 25)}
    assert shown[7, 0].sentences == {"a", "b"}


async def test_a_deleted_chat_leaves_nothing(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    await stores.chats.save(a_chat(-9, owner=7))
    chat = await queue(stores, chat, "text", shown_stories=(StoryId(1),), shown_sentences=("a",))

    await stores.chats.delete(7)

    assert await stores.chats.of(7) == ()
    assert await stores.chats.shown([chat]) == {}
    assert await stores.ledger.last(7, 0) is None
    assert await claimed(stores) == ()
    assert (await stores.ledger.totals())["waiting"] == 0
    assert (await the_chat(stores, -9)).owner is None


async def test_what_a_digest_has_shown_is_forgotten_with_the_last_who_got_it(
    stores: Stores,
) -> None:
    ada, bob = [await stores.chats.save(a_chat(id_)) for id_ in (1, 2)]
    told = {"shown_stories": (StoryId(1),), "shown_sentences": ("a",)}
    assert await stores.ledger.enqueue([a_digest(one, **told) for one in (ada, bob)]) == 2
    await queue(stores, await the_chat(stores, 1), day=26, shown_stories=(StoryId(2),))

    await stores.chats.delete(1)

    assert await stores.articles.shown((StoryId(1), StoryId(2))) == {StoryId(1)}
    shown = await stores.chats.shown([ada, bob])
    assert shown == {(2, 0): Shown({StoryId(1): date(2026, 8, 25)}, frozenset("a"))}

    await stores.chats.delete(2, 0)

    assert await stores.articles.shown((StoryId(1), StoryId(2))) == frozenset()
    assert await stores.chats.shown([ada, bob]) == {}


async def test_a_history_stays_with_its_thread(stores: Stores) -> None:
    for thread in (0, 3):
        chat = await stores.chats.save(a_chat(-7, thread=thread))
        await queue(stores, chat, shown_sentences=(f"in {thread}",))
    await stores.chats.save(a_chat(-100, thread=3))

    await stores.chats.move(-7, -100)
    shown = await stores.chats.shown(await stores.chats.of(-100))

    assert {key: one.sentences for key, one in shown.items()} == {
        (-100, 0): {"in 0"},
        (-100, 3): {"in 3"},
    }
    await stores.chats.delete(-100, 3)
    assert (await stores.chats.shown(await stores.chats.of(-100))).keys() == {(-100, 0)}


async def test_a_move_takes_everything_along_once(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(-7, kind="group"))
    await queue(stores, chat, "text", shown_stories=(StoryId(1),), shown_sentences=("a",))

    for _ in range(2):
        await stores.chats.move(-7, -100)
    await stores.chats.move(-100, -100)

    moved = await the_chat(stores, -100)
    assert moved.kind == "supergroup"
    assert await stores.chats.of(-7) == ()
    assert (await stores.chats.shown([moved]))[-100, 0].sentences == {"a"}
    last = await stores.ledger.last(-100, 0)
    assert last is not None
    assert last[0].chat == -100
    assert [one.chat for one in await stores.ledger.claim(NOW, limit=5)] == [-100]


async def test_a_move_into_a_known_chat_keeps_what_is_there(stores: Stores) -> None:
    old = await stores.chats.save(a_chat(-7, title="old"))
    await stores.chats.save(a_chat(-7, thread=3, title="topic"))
    new = await stores.chats.save(a_chat(-100, title="new"))
    one, two = StoryId(1), StoryId(2)
    old = await queue(stores, old, "old 24", day=24, shown_stories=(one, two))
    await queue(stores, old, "old 25", day=25, shown_sentences=("a", "b"))
    await queue(stores, new, "new 25", day=25, shown_stories=(two,), shown_sentences=("b",))

    await stores.chats.move(-7, -100)

    assert [chat.title for chat in await stores.chats.all()] == ["new", "topic"]
    shown = (await stores.chats.shown(await stores.chats.of(-100)))[-100, 0]
    assert shown.stories == {one: date(2026, 8, 24), two: date(2026, 8, 24)}
    assert shown.sentences == {"a", "b"}
    assert (await stores.ledger.totals())["waiting"] == 2
    assert await claimed(stores) == ("old 24",)


async def test_a_topic_gives_all_it_has_to_another(stores: Stores) -> None:
    await stores.chats.save(a_chat(-7, title="other"))
    chat = await stores.chats.save(a_chat(-7, thread=3, title="desk"))
    chat = await queue(stores, chat, "waits", shown_stories=(StoryId(1),), shown_sentences=("a",))

    moved = await stores.chats.move_topic(-7, 3, 4)

    assert moved == replace(chat, thread=4, version=chat.version + 1)
    assert [(one.thread, one.title) for one in await stores.chats.of(-7)] == [
        (0, "other"),
        (4, "desk"),
    ]
    shown = await stores.chats.shown(await stores.chats.of(-7))
    assert {key: one.sentences for key, one in shown.items()} == {(-7, 4): {"a"}}
    assert await stores.ledger.last(-7, 3) is None
    assert [one.thread for one in await stores.ledger.claim(NOW, limit=5)] == [4]
    assert (await stores.chats.save(moved)).version == moved.version + 1


async def test_a_topic_s_trouble_goes_along(stores: Stores) -> None:
    await stores.chats.save(a_chat(-7, thread=3))
    await stores.chats.warn(-7, 3, warned=True)

    await stores.chats.move_topic(-7, 3, 4)

    assert await stores.chats.is_warned(-7, 4)
    assert not await stores.chats.is_warned(-7, 3)


@pytest.mark.parametrize(("old", "new"), [(3, 4), (5, 6), (5, 4)])
async def test_no_topic_takes_the_place_of_another(stores: Stores, old: int, new: int) -> None:
    for thread in (3, 4):
        await stores.chats.save(a_chat(-7, thread=thread))

    with pytest.raises(Conflict, match="cannot move"):
        await stores.chats.move_topic(-7, old, new)

    assert [one.thread for one in await stores.chats.of(-7)] == [3, 4]


async def test_one_thread_can_be_deleted_alone(stores: Stores) -> None:
    for thread in (0, 4):
        chat = await stores.chats.save(a_chat(-7, thread=thread))
        await queue(stores, chat, f"thread {thread}")
    await stores.chats.save(a_chat(-9, owner=-7))

    await stores.chats.delete(-7, 4)

    assert [chat.thread for chat in await stores.chats.of(-7)] == [0]
    assert await claimed(stores) == ("thread 0",)
    assert (await the_chat(stores, -9)).owner == -7


async def test_a_move_keeps_what_either_has_saved(stores: Stores) -> None:
    await stores.chats.save(a_chat(-7, saved=("s:1", "s:2"), owner=9))
    await stores.chats.save(a_chat(-100, title="new", saved=("s:2", "s:3")))

    await stores.chats.move(-7, -100)

    moved = await the_chat(stores, -100)
    assert (moved.title, moved.saved, moved.owner) == ("new", ("s:1", "s:2", "s:3"), 9)


async def test_a_move_prefers_settings_that_are_in_use(stores: Stores) -> None:
    old = await stores.chats.save(a_chat(-7, kind="group", title="old", next_due_at=NOW))
    await queue(stores, old, "waits")
    await stores.chats.save(a_chat(-100, kind="supergroup", title="new", active=False))

    await stores.chats.move(-7, -100)

    moved = await the_chat(stores, -100)
    assert (moved.title, moved.kind, moved.active) == ("old", "supergroup", True)
    assert await claimed(stores) == ("waits",)
    assert await stores.chats.of(-7) == ()
    assert (await stores.chats.save(moved)).version == moved.version + 1


async def test_those_who_want_alerts_are_found(stores: Stores) -> None:
    for number, more in enumerate(
        (
            {"alerts": True},
            {"alerts": False},
            {"alerts": True, "active": False},
            {"alerts": True, "kind": "channel"},
            {"alerts": True, "paused_until": NOW + DAY},
            {"alerts": True, "paused_until": NOW},
        ),
        1,
    ):
        await stores.chats.save(a_chat(number, **more))

    assert [chat.id for chat in await stores.chats.alerting(NOW)] == [1, 6]


async def test_those_planned_too_far_ahead_are_found(stores: Stores) -> None:
    for number, more in enumerate(
        (
            {"next_due_at": NOW + 9 * DAY},
            {"next_due_at": NOW + 10 * DAY},
            {"next_due_at": NOW + 10 * DAY, "active": False},
            {"next_due_at": NOW + 10 * DAY, "paused_until": NOW + DAY},
            {"next_due_at": NOW + 10 * DAY, "paused_until": NOW},
            {"next_due_at": None},
            {"next_due_at": NOW, "covered_until": NOW + 2 * HOUR},
            {"next_due_at": NOW, "covered_until": NOW + HOUR},
        ),
        1,
    ):
        await stores.chats.save(a_chat(number, **more))

    found = await stores.chats.planned(NOW, beyond=NOW + 9 * DAY, covered=NOW + HOUR)
    assert [chat.id for chat in found] == [2, 5, 7]


async def test_a_trouble_is_marked_until_a_message_arrives(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(-7, thread=4))
    assert not await stores.chats.is_warned(-7, 4)
    for warned in (True, True, False, False):
        await stores.chats.warn(-7, 4, warned=warned)
        assert await stores.chats.is_warned(-7, 4) is warned
    assert await the_chat(stores, -7, 4) == chat

    await stores.chats.warn(-7, 4, warned=True)
    await stores.chats.pause(-7, "closed", 4)

    assert not await stores.chats.is_warned(-7, 4)


async def test_an_unknown_thread_is_never_marked(stores: Stores) -> None:
    await stores.chats.save(a_chat(-7, thread=4))
    await stores.chats.warn(-7, 5, warned=True)
    assert not await stores.chats.is_warned(-7, 5)
    assert not await stores.chats.is_warned(-7, 4)


async def test_a_saved_setting_leaves_the_mark_of_a_trouble(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(-7))
    await stores.chats.warn(-7, 0, warned=True)
    await stores.chats.save(replace(chat, title="Changed"))
    assert await stores.chats.is_warned(-7, 0)


async def test_a_pause_keeps_settings_and_drops_what_waits(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat())
    chat = await queue(stores, chat, "one", "two")
    await stores.ledger.claim(NOW, limit=1)

    await stores.chats.pause(7, "blocked")

    paused = await the_chat(stores, 7)
    assert paused == replace(chat, active=False, pause_reason="blocked", version=chat.version + 1)
    assert await stores.chats.due(NOW + 9 * DAY, limit=5) == ()
    assert (await stores.ledger.totals())["dropped"] == 2


async def test_a_pause_leaves_what_is_not_active_for_its_own_reason(stores: Stores) -> None:
    for thread, reason in ((1, "setting up: when"), (2, "stopped"), (3, None)):
        await stores.chats.save(a_chat(-7, thread=thread, active=False, pause_reason=reason))
    await stores.chats.save(a_chat(-7, thread=4))

    await stores.chats.pause(-7, "blocked")
    await stores.chats.pause(-7, "blocked again")

    reasons = [chat.pause_reason for chat in await stores.chats.of(-7)]
    assert reasons == ["setting up: when", "stopped", None, "blocked"]


async def test_a_pause_of_one_thread_leaves_the_others(stores: Stores) -> None:
    for thread in (0, 4):
        chat = await stores.chats.save(a_chat(-7, thread=thread))
        await queue(stores, chat, f"thread {thread}")

    await stores.chats.pause(-7, "closed", thread=4)

    assert [chat.active for chat in await stores.chats.of(-7)] == [True, False]
    assert await claimed(stores) == ("thread 0",)


async def test_a_pause_does_not_touch_other_chats(stores: Stores) -> None:
    chat = await stores.chats.save(a_chat(8))
    await queue(stores, chat, "text")

    await stores.chats.pause(7, "blocked")

    assert await claimed(stores) == ("text",)

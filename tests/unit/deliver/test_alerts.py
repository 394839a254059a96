"""The alert tick over fakes: queued once, counted by the day, no cursor moved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.deliver.alerts import queue_alerts
from digest.model.articles import Topic
from digest.model.chats import Chat, Schedule, Wish
from digest.model.delivery import Layout
from digest.model.digests import Digest
from digest.model.messages import Message
from digest.model.sources import Outlet
from digest.model.stories import Placed
from tests.articles import first, new_article
from tests.delivery_desk import ADA, BOB, NOW, Desk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING = Schedule("UTC", ("07:00",), quiet=("22:00", "06:00"))
NAMES = ("Anna", "Berta", "Cleo", "Dora", "Emma", "Fanny")


class AlertDesk(Desk):
    """A desk whose chats have their digest in the morning and asked for alerts."""

    def __init__(self) -> None:
        super().__init__()
        self.alerts: list[tuple[Digest, bool]] = []
        self.alert_room = 9  # sentences that an alert holds
        self.clumsy_for = 0  # the chat whose alert breaks

    async def subscribe(self, chat: int = ADA, **more: object) -> Chat:
        plain = {
            "alerts": True,
            "schedule": MORNING,
            "covered_until": NOW - 5 * HOUR,
            "next_due_at": NOW + 19 * HOUR,
        }
        return await super().subscribe(chat, **(plain | more))

    async def breaks(self, name: str, *, outlets: int = 6, **more: object) -> None:
        """A story breaks in so many outlets."""
        now = self.clock.now()
        placed = [
            Placed(
                new_article(
                    f"{name} {n}",
                    f"The {name} talks began in Ankara on Monday between both delegations.\n\n"
                    f"Paper {NAMES[n]} adds that the {name} file stays open for some time to come.",
                    outlet=Outlet(f"Paper {n}", "CH"),
                    published_at=now - HOUR,
                    first_seen_at=now - HOUR,
                    **more,
                ),
                -1,
            )
            for n in range(outlets)
        ]
        await self.database.articles.add(placed)

    async def tick(self) -> int:
        stores = self.database
        return await queue_alerts(
            clock=self.clock,
            chats=stores.chats,
            articles=stores.articles,
            ledger=stores.ledger,
            render=self._render_alert,
        )

    async def digest(self) -> tuple[Digest, ...]:
        """What is laid out for those who are due."""
        before = len(self.laid_out)
        await self.queue()
        return tuple(digest for _, digest, _ in list(self.laid_out)[before:])

    async def sent(self) -> list[tuple[str, bool]]:
        await self.send()
        return [(one.message.html, one.message.silent) for one in self.messenger.sent]

    def _render_alert(self, digest: Digest, chat: Chat, *, is_critical: bool) -> Layout:
        if chat.id == self.clumsy_for:
            raise ZeroDivisionError("as it was told")
        self.alerts.append((digest, is_critical))
        return Layout((Message(digest.items[0].headline),), first(digest, self.alert_room))


@pytest.fixture
def desk() -> AlertDesk:
    return AlertDesk()


async def test_a_story_is_told_once_and_moves_no_cursor(desk: AlertDesk) -> None:
    before = await desk.subscribe()
    await desk.breaks("grain")
    assert [await desk.tick() for _ in range(3)] == [1, 0, 0]
    assert [text for text, _ in await desk.sent()] == ["Title of grain 0"]
    assert await desk.chat() == replace(before, version=before.version + 1)
    assert await desk.database.ledger.last(ADA, 0) is None  # /why speaks of digests


async def test_an_alert_counts_all_that_was_read(desk: AlertDesk) -> None:
    await desk.subscribe()
    await desk.breaks("grain")
    await desk.breaks("water", outlets=1)
    await desk.tick()
    ((said, _),) = desk.alerts
    assert said.articles_read == 7


async def test_what_an_alert_has_shown_is_not_new_in_the_digest(desk: AlertDesk) -> None:
    await desk.subscribe()
    await desk.breaks("grain")
    await desk.tick()
    (said,) = [digest for digest, _ in desk.alerts]
    desk.clock.advance(19 * HOUR)
    (digest,) = await desk.digest()
    (item,) = digest.items
    told = {one.text for one in said.items[0].sentences}
    assert item.status == "continuing"
    assert told
    assert not told & {one.text for one in item.sentences}


async def test_what_an_alert_had_no_room_for_is_new_in_the_digest(desk: AlertDesk) -> None:
    desk.alert_room = 1
    await desk.subscribe()
    await desk.breaks("grain")
    await desk.tick()
    (said,) = [digest.items[0].sentences for digest, _ in desk.alerts]
    desk.clock.advance(19 * HOUR)
    (digest,) = await desk.digest()
    told = {one.text for one in digest.items[0].sentences}
    assert len(said) > 1
    assert [one.text in told for one in said] == [False] + [True] * (len(said) - 1)


async def test_what_a_digest_has_shown_is_no_alert(desk: AlertDesk) -> None:
    await desk.subscribe(next_due_at=NOW)
    await desk.breaks("grain")
    assert await desk.tick() == 0  # the digest that is due goes first
    await desk.database.chats.save(replace(await desk.chat(), next_due_at=NOW - 5 * HOUR))
    assert len(await desk.digest()) == 1
    assert await desk.tick() == 0


async def test_a_day_brings_three_alerts_and_the_next_day_more(desk: AlertDesk) -> None:
    await desk.subscribe(next_due_at=None)
    counts = []
    for name in ("grain", "gas", "border", "visa", "customs"):
        await desk.breaks(name)
        counts.append(await desk.tick())
    assert counts == [1, 1, 1, 0, 0]
    slots = [stored.slot.at for stored in desk.database.tables.slots]
    assert slots == ["alert 1", "alert 2", "alert 3"]
    desk.clock.advance(DAY)
    await desk.breaks("harbour")
    assert await desk.tick() == 1


@pytest.mark.parametrize(
    "more",
    [
        {"alerts": False},
        {"active": False},
        {"paused_until": NOW + DAY},
        {"kind": "channel"},
        {"wish": Wish(topics=frozenset({"climate"}))},
    ],
)
async def test_who_did_not_ask_hears_nothing(desk: AlertDesk, more: dict[str, object]) -> None:
    await desk.subscribe(**more)
    await desk.breaks("grain")
    assert await desk.tick() == 0


async def test_in_quiet_hours_only_what_is_critical_comes_and_without_a_sound(
    desk: AlertDesk,
) -> None:
    await desk.subscribe(schedule=replace(MORNING, quiet=("11:00", "13:00")))
    await desk.breaks("grain")
    assert await desk.tick() == 0
    await desk.breaks("front", topics=(Topic("armed-conflict", 0.9),))
    assert await desk.tick() == 1
    assert desk.alerts[0][1]
    assert await desk.sent() == [("Title of front 0", True)]


async def test_a_chat_without_a_cursor_loses_nothing_of_its_first_digest(desk: AlertDesk) -> None:
    await desk.subscribe(covered_until=None)
    await desk.breaks("grain")
    assert await desk.tick() == 1
    assert (await desk.chat()).covered_until == NOW - DAY


async def test_a_chat_that_changes_meanwhile_hears_of_it_at_the_next_tick(desk: AlertDesk) -> None:
    await desk.subscribe()
    await desk.breaks("grain")
    enqueue = desk.database.ledger.enqueue

    async def late(queued: object) -> int:
        await desk.database.chats.save(replace(await desk.chat(), title="changed"))
        return await enqueue(queued)  # type: ignore[arg-type]

    desk.database.ledger.enqueue = late  # type: ignore[method-assign]
    assert await desk.tick() == 0
    desk.database.ledger.enqueue = enqueue  # type: ignore[method-assign]
    assert await desk.tick() == 1


async def test_a_headline_of_three_hundred_words_is_an_alert_all_the_same(desk: AlertDesk) -> None:
    await desk.subscribe()
    await desk.breaks("grain", title="word " * 300)
    assert await desk.tick() == 1


async def test_an_alert_that_cannot_be_laid_out_hurts_no_other(desk: AlertDesk) -> None:
    for chat in (ADA, BOB):
        await desk.subscribe(chat)
    await desk.breaks("grain")
    desk.clumsy_for = ADA
    with pytest.raises(ZeroDivisionError):
        await desk.tick()
    await desk.send()
    assert desk.messenger.texts(BOB) == ("Title of grain 0",)
    assert desk.messenger.texts(ADA) == ()


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_story_that_cannot_be_read_holds_up_no_alert(
    desk: AlertDesk, is_told: bool
) -> None:
    await desk.subscribe()
    for name in ("grain", "no") if is_told else ("no",):
        await desk.breaks(name)
    for one in desk.database.tables.revisions.values():
        if "The no talks" in one.article.text:
            one.article = replace(one.article, topics=None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        await desk.tick()
    assert [text for text, _ in await desk.sent()] == ["Title of grain 0"] * is_told

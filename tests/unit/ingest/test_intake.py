"""What a source brings is read and stored, in batches, and what is known is not read again."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from digest.errors import Overrun, StoreError
from digest.gather.fetching.turns import HostTurns
from digest.ingest.checked import INTERVAL
from digest.ingest.hosts import Means, ingest_source
from digest.ingest.intake import Intake
from digest.model.articles import Counts
from digest.model.gathered import Draft
from digest.model.sources import SourceOutcome
from digest.read.jobs import read_title
from tests.fakes import FakeParser
from tests.ingest_world import FEED, NOW, OTHER, P, T, Watched, World, draft


@pytest.fixture
def world() -> World:
    return World()


async def test_nothing_brings_nothing_but_its_outcome(world: World) -> None:
    await world.add()
    report = await ingest_source(
        world.source(),
        Means(
            clock=world.clock,
            fetcher=world.fetcher,
            parser=world.parser,
            turns=HostTurns(timedelta(0)),
            intake=world.intake,
        ),
    )
    assert report.error
    assert world.source().failures == 1


async def test_of_two_drafts_of_one_address_the_first_is_kept(world: World) -> None:
    twice = [draft(1, text="The first words of it."), draft(1, text="Other words of it.")]
    assert await world.intake.take(twice, seen_at=NOW) == Counts(new=1)
    (stored,) = await world.database.articles.all()
    assert stored.text == "The first words of it."


async def test_what_two_feeds_have_keeps_the_words_of_the_first_while_that_is_read(
    world: World,
) -> None:
    for url in (FEED, OTHER):
        await world.add(url, url)
    first, second = world.source(FEED).id, world.source(OTHER).id
    words, others = draft(1), draft(1, text="The same treaty in other words.")
    assert await world.intake.take([words], seen_at=NOW, source=first) == Counts(new=1)
    for _ in range(2):
        assert await world.intake.take([others], seen_at=NOW, source=second) == Counts(known=1)
        assert await world.intake.take([words], seen_at=NOW, source=first) == Counts(known=1)
    await world.database.sources.remove(FEED)
    assert await world.intake.take([others], seen_at=NOW, source=second) == Counts(revised=1)


async def test_a_text_that_changed_is_a_revision_in_the_same_story(world: World) -> None:
    await world.intake.take([draft(1)], seen_at=NOW)
    changed = draft(1, text="The ministers did not sign the treaty in Ankara on Monday after all.")
    assert await world.intake.take([changed], seen_at=NOW) == Counts(revised=1)
    first, second = await world.database.articles.all()
    assert (first.revision, second.revision) == (1, 2)
    assert first.story == second.story


async def test_many_articles_are_stored_in_batches_and_the_outcome_with_the_last(
    world: World,
) -> None:
    await world.add()
    store = Watched(world.database)
    outcome = SourceOutcome(source=world.source().id, checked_at=NOW, next_check_at=NOW + INTERVAL)
    drafts = [draft(number) for number in range(120)]
    counts = await Intake(store).take(drafts, seen_at=NOW, outcome=outcome)
    assert counts == Counts(new=120)
    assert store.batches == [(50, False), (50, False), (20, True)]


async def test_the_memory_is_read_once_and_again_only_after_a_failure_or_for_an_earlier_time(
    world: World,
) -> None:
    store = Watched(world.database, is_shared=False)
    intake = Intake(store)
    await intake.take([draft(1)], seen_at=NOW)
    await intake.take([draft(2)], seen_at=NOW + timedelta(hours=1))
    assert len(store.memories) == 1

    store.fails = True
    with pytest.raises(StoreError):
        await intake.take([draft(3)], seen_at=NOW)
    store.fails = False
    assert await intake.take([draft(3)], seen_at=NOW) == Counts(new=1)
    assert len(store.memories) == 2

    await intake.take([draft(4)], seen_at=NOW - timedelta(days=30))
    assert len(store.memories) == 3


class Dying(FakeParser):
    """Stops at whatever holds a deadly word, and lists what it was given to read."""

    def __init__(self, deadly: str = "deadly") -> None:
        super().__init__()
        self.deadly = deadly
        self.given: list[str | None] = []

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        given: Draft | Sequence[Draft] = args[0]  # type: ignore[assignment]
        drafts = [given] if isinstance(given, Draft) else given
        self.given += [draft.url for draft in drafts]
        if function is not read_title and any(
            self.deadly in part.text for draft in drafts for part in draft.paragraphs
        ):
            raise Overrun("reading it took more than 5 s, and was stopped")
        return await super().__call__(function, *args, **kwargs)


async def test_what_a_feed_repeats_is_not_read_again(world: World) -> None:
    parser = Dying()
    intake = Intake(world.database.articles, parser=parser)
    await intake.take([draft(1), draft(2)], seen_at=NOW)
    parser.given.clear()

    counts = await intake.take([draft(3), draft(2), draft(1, text="Revised.")], seen_at=NOW)

    assert counts == Counts(new=1, revised=1, known=1)
    assert parser.given == [draft(3).url, draft(1).url]


async def test_reading_that_is_stopped_costs_one_article_its_text_and_nothing_else(
    world: World,
) -> None:
    parser = Dying()
    intake = Intake(world.database.articles, parser=parser)
    drafts = [draft(1), draft(2, text="These are deadly words."), draft(3)]

    assert await intake.take(drafts, seen_at=NOW) == Counts(new=3)
    assert parser.given.count(draft(2).url) == 3  # with others, alone, and its title
    assert await intake.take(drafts, seen_at=NOW) == Counts(known=3)  # nor is it tried again

    stored = {article.title: article.text for article in await world.database.articles.all()}
    assert stored == {
        "Treaty 1": draft(1).paragraphs[0].text,
        "Treaty 2": "",
        "Treaty 3": draft(3).paragraphs[0].text,
    }

"""Jobs: on the engine in memory and on that of a server, and what several workers do beside each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.run import wiring
from bot.run.working import looks
from bot.settings import Settings
from digest.errors import Conflict
from digest.ingest.intake import Intake
from digest.model.chats import Chat
from digest.model.gathered import Draft, Paragraph
from digest.model.sources import NewSource, Outlet
from digest.model.work import Job
from digest.ports import Jobs
from storage import SqlArticleStore, SqlSourceStore, make_engine, make_jobs, upgrade
from storage.database.jobs import AT_ONCE_BESIDE, ServerJobs
from tests.articles import new_article
from tests.patience import PATIENCE
from tests.postgres import connect, is_here, postgres

NOW = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
FEED = "https://paper.example/feed.xml"
AFFAIRS = (
    "Norway and Kenya agreed on fishing quotas after a week of talks in Nairobi.",
    "Chile expelled an envoy whom its prosecutors accuse of spying on copper mines.",
    "Turkish mediators said the grain corridor through the Black Sea stays open.",
    "India's railways won a loan from the development bank for a line to Nepal.",
)


class Worker:
    """Notes what it does; a job is done when it is told so."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        self.done: list[str] = []
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self._stop = asyncio.Event()
        self._begun: asyncio.Queue[str] = asyncio.Queue()

    async def act(self, about: str) -> None:
        self.done.append(about)
        self._begun.put_nowait(about)
        await self.may_go_on.wait()
        if about == "fails":
            raise ValueError("as it was told")

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.jobs.work({"act": self.act}, stop=self._stop))
        yield
        self._stop.set()
        await asyncio.wait_for(task, PATIENCE)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            for _ in range(count):
                await self._begun.get()


@pytest.fixture
async def jobs(database_url: str) -> AsyncIterator[Jobs]:
    await upgrade(database_url)
    engine = make_engine(database_url)
    yield make_jobs(engine, database_url)
    await engine.dispose()


async def test_a_job_that_waits_or_is_done_is_not_added_again(jobs: Jobs) -> None:
    worker = Worker(jobs)
    worker.may_go_on.clear()
    await jobs.put([Job("act", "a"), Job("act", "b", urgency=1), Job("act", "a")])
    async with worker.working():
        await worker.until(2)
        await jobs.put([Job("act", "a")])
        worker.may_go_on.set()
    assert worker.done == ["b", "a"]


async def test_a_worker_has_few_jobs_in_hand_beside_others_and_more_alone(jobs: Jobs) -> None:
    most = 8 if isinstance(jobs, ServerJobs) else 32
    worker = Worker(jobs)
    worker.may_go_on.clear()
    await jobs.put([Job("act", str(number)) for number in range(40)])
    async with worker.working():
        await worker.until(most)
        await asyncio.sleep(0.3)  # in which the next ones would begin
        assert len(worker.done) == most
        worker.may_go_on.set()
        await worker.until(40 - most)
    assert len(set(worker.done)) == len(worker.done) == 40


async def test_a_job_that_failed_may_be_given_again(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker(jobs)
    async with worker.working():
        for count in (1, 2):
            while len(worker.done) < count:  # the end of the first is noted a moment later
                await jobs.put([Job("act", "fails")])
                await asyncio.sleep(0.05)
    await jobs.tidy()
    assert "as it was told" in caplog.text


if is_here():

    @pytest.fixture
    async def url() -> AsyncIterator[str]:
        async with postgres().database() as url:
            yield url

    async def test_the_job_of_a_worker_that_died_is_done_by_another(url: str) -> None:
        engine = make_engine(url)
        worker = Worker(make_jobs(engine, url))
        await worker.jobs.put([Job("act", "a")])
        outside = await connect(url)
        await outside.execute(
            "UPDATE pgqueuer SET status = 'picked', heartbeat = now() - interval '1 s',"
            " queue_manager_id = gen_random_uuid()"
        )
        await outside.close()
        async with worker.working():
            await worker.until(1)
        await engine.dispose()

    async def test_hosts_that_hang_hold_up_no_digest(url: str) -> None:
        engine = make_engine(url)
        jobs, stop, queued = ServerJobs(engine, url), asyncio.Event(), asyncio.Event()
        hanging, may_end = asyncio.Semaphore(0), asyncio.Event()

        async def fetch(_host: str) -> None:
            hanging.release()
            await may_end.wait()

        async def queue(_about: str) -> None:
            queued.set()

        await jobs.put([Job("fetch", f"host {number}") for number in range(20)])
        working = asyncio.create_task(jobs.work({"fetch": fetch, "queue": queue}, stop=stop))
        async with asyncio.timeout(PATIENCE):
            for _ in range(AT_ONCE_BESIDE):
                await hanging.acquire()
            await jobs.put([Job("queue")])
            await queued.wait()
            stop.set()
            may_end.set()
            await working
        await engine.dispose()

    async def test_a_new_source_makes_its_job_in_its_own_transaction(url: str) -> None:
        engine = make_engine(url)
        sources = SqlSourceStore(engine=engine)
        source = NewSource(url=FEED, outlet=Outlet("The Paper"))
        await sources.add(source, now=NOW)
        with pytest.raises(Conflict):
            await sources.add(source, now=NOW)
        async with engine.connect() as connection:
            waiting = await connection.execute(text("SELECT entrypoint, payload FROM pgqueuer"))
            assert waiting.all() == [("fetch", b"paper.example")]
        await engine.dispose()

    async def test_two_workers_store_no_article_and_no_story_twice(url: str) -> None:
        engines = [make_engine(url) for _ in range(2)]
        intakes = [Intake(SqlArticleStore(engine=engine)) for engine in engines]
        batches = [
            [_draft(paper, affair) for affair in AFFAIRS]
            for paper in ("a", "b", "c", "d", "e", "f")
        ]
        for batch in batches:  # each is brought to both at once
            counts = await asyncio.gather(*(one.take(batch, seen_at=NOW) for one in intakes))
            assert sorted(count.new for count in counts) == [0, 4]
        for one in intakes * 6:
            await one.place_what_waits(NOW)
        stored = await SqlArticleStore(engine=engines[0]).all()
        assert len(stored) == 24
        assert len({article.story for article in stored}) == 4
        for engine in engines:
            await engine.dispose()

    async def test_a_worker_beside_others_places_and_weighs_before_digests(url: str) -> None:
        async with wiring.open_house(Settings(database_url=url)) as house:
            act = {tick.name: tick.act for tick in looks(house)}
            now = house.clock.now()
            articles = house.stores.articles
            await articles.bring([new_article(key, AFFAIRS[0], first_seen_at=now) for key in "ab"])
            await act["place"]()
            assert await articles.waiting(9) == ()
            apart = {one.key: -n for n, one in enumerate(await articles.recent(now, limit=9))}
            await articles.move(apart)

            await act["group"]()
            assert len({one.story for one in await articles.recent(now, limit=9)}) == 2
            due = now + timedelta(seconds=30)
            await house.stores.chats.save(Chat(id=1, active=True, next_due_at=due))
            await act["group"]()
            assert len({one.story for one in await articles.recent(now, limit=9)}) == 1

    def _draft(paper: str, affair: str) -> Draft:
        return Draft(
            title=affair,
            paragraphs=(Paragraph("p", f"{affair} {paper.upper()}."),),
            url=f"https://{paper}.example/{affair.split()[0]}",
            published_at=NOW - timedelta(hours=2),
            date_source="feed",
        )

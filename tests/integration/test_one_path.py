"""The bot and ``attache engine`` tell the same stories: one path, two ways in."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from rich.progress import Progress

from bot.operate import demonstrate, engine
from bot.operate.demonstrate import DayOfDrafts
from bot.operate.engine import Options
from bot.run import wiring
from bot.run.wiring import Stores
from digest.model.articles import Article
from digest.model.digests import Digest
from digest.model.stories import moment

MEMORY = "sqlite+aiosqlite:///:memory:"

Parts = set[frozenset[str]]


@pytest.fixture(scope="module")
def days() -> list[DayOfDrafts]:
    with Progress(disable=True) as progress:
        return demonstrate.sample(progress)


async def firsts(stores: Stores) -> list[Article]:
    """Each article as it came first, in the order it came."""
    return [article for article in await stores.articles.all() if article.revision == 1]


def parts(placed: Iterable[tuple[str, object]]) -> Parts:
    by_story: defaultdict[object, set[str]] = defaultdict(set)
    for key, story in placed:
        by_story[story].add(key)
    return set(map(frozenset, by_story.values()))


def related(articles: Iterable[Article], folder: Path) -> Parts:
    """The stories by ``attache engine relate --mode digest``."""
    rows = [
        {
            "id": one.key,
            "title": one.title,
            "text": one.text,
            "date": moment(one).isoformat(),
            "lang": one.language,
        }
        for one in articles
    ]
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert engine.run("relate", str(source), str(target), Options(mode="digest")) == 0
    lines = map(json.loads, target.read_text().splitlines())
    return parts((row["id"], row["story"]) for row in lines)


async def test_what_is_ingested_is_grouped_as_by_the_engine(
    days: list[DayOfDrafts], tmp_path: Path
) -> None:
    async with wiring.open_stores(MEMORY) as stores:
        intake = stores.intake()
        for day in days:
            await intake.take(day.drafts, seen_at=day.read_at)
        await intake.regroup(days[-1].read_at)
        articles = await firsts(stores)

    assert parts((one.key, one.story) for one in articles) == related(articles, tmp_path)


async def test_no_digest_moves_what_one_before_it_has_shown(days: list[DayOfDrafts]) -> None:
    with Progress(disable=True) as progress:
        async with wiring.open_stores(MEMORY) as stores:
            digests = await demonstrate.daily_digests(days, stores, progress)
            now = {one.key: one.story for one in await stores.articles.all()}
            links = {
                item.story: {one.key for one in await stores.articles.story(item.story)}
                for digest in digests
                for item in digest.items
            }

    assert len(digests) == len(days)
    for digest in digests:
        for item in digest.items:
            assert {now[one.key] for one in item.articles} == {item.story}
            assert {one.key for one in item.articles} <= links[item.story]


def sentences(digest: Digest) -> list[tuple[str, str]]:
    texts = {one.id: one.text for item in digest.items for one in item.articles}
    return [(c.text, texts[c.article][c.start : c.end]) for i in digest.items for c in i.sentences]


async def test_every_sentence_of_every_day_is_word_for_word(days: list[DayOfDrafts]) -> None:
    with Progress(disable=True) as progress:
        async with wiring.open_stores(MEMORY) as stores:
            digests = await demonstrate.daily_digests(days, stores, progress)

    found = [pair for digest in digests for pair in sentences(digest)]
    assert len(found) > 60
    assert [said for said, stored in found if said != stored] == []

"""Who may import whom: each contract refuses an import that breaks it."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("bot", "digest", "storage", "seeds")
PLANTS = {  # contract: a module, and what it may not import
    "bot > storage > digest > seeds: nothing points up": ("storage/news/rows.py", "bot.talk.texts"),
    "the engine knows no framework": ("digest/read/vocabulary/words.py", "sqlalchemy"),
    "the database knows nothing of the edge": ("storage/news/rows.py", "structlog"),
    "storage sees of the engine only model, errors and ports": (
        "storage/news/rows.py",
        "digest.compose.health",
    ),
    "the rooms of storage, one way": (
        "storage/database/batching.py",
        "storage.news.rows",
    ),
    "articles are read from their table one way": (
        "storage/news/selecting.py",
        "storage.news.snapshots",
    ),
    "only the composition root knows storage": ("bot/operate/database.py", "storage"),
    "the five rooms, one way": ("digest/gather/identity.py", "digest.read.vocabulary.words"),
    "what arrives goes one way into the store": (
        "digest/ingest/placing.py",
        "digest.ingest.intake",
    ),
    "what is due is queued, what is queued is sent": (
        "digest/deliver/queueing.py",
        "digest.deliver.flush",
    ),
    "values know only those that they are made of": (
        "digest/model/sources.py",
        "digest.model.articles",
    ),
    "a room knows the values of its own step and of those before it": (
        "digest/read/vocabulary/words.py",
        "digest.model.chats",
    ),
    "the rooms of gathering, one way": (
        "digest/gather/lines/clean.py",
        "digest.gather.page.extract",
    ),
    "a feed is read one way: text, elements, entries": (
        "digest/gather/feed/elements.py",
        "digest.gather.feed.reader",
    ),
    "the rooms of reading, one way": (
        "digest/read/about/lexicon.py",
        "digest.read.speech.names",
    ),
    "a sentence is judged one way: its words, what it points to, whether it stands": (
        "digest/read/alone/judged.py",
        "digest.read.alone.standing",
    ),
    "who spoke is read one way: names, offices, the article, quotations": (
        "digest/read/speech/names.py",
        "digest.read.speech.quotes",
    ),
    "an update goes one way: the desk, what came in, the clerk, Telegram": (
        "bot/telegram/clerk.py",
        "bot.telegram.desk",
    ),
    "a command line of groups": ("bot/cli/running.py", "bot.cli.program"),
    "the rooms of the bot, one way": ("bot/talk/markup.py", "bot.pages.digest"),
    "keyboards are made of buttons and labels": ("bot/talk/labels.py", "bot.talk.keyboards"),
    "telegram only at the edge": ("bot/talk/access.py", "telegram"),
}


# Lints the copy as it is, with each plant, and with a module that has no place: in one process, which takes
# half as long as a process for each. What did not change is remembered between them.
LINTING = """
import contextlib, io, json, sys
from pathlib import Path
from importlinter.cli import lint_imports

def lint():
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = lint_imports(cache_dir="remembered")
    return status, said.getvalue()

found = {"as it is": lint()}
for contract, (name, imported) in json.load(sys.stdin).items():
    module = Path(name)
    source = module.read_text(encoding="utf-8")
    module.write_text(f"{source}\\nimport {imported}\\n", encoding="utf-8")
    found[contract] = lint()
    module.write_text(source, encoding="utf-8")
Path("digest/novel.py").touch()
found["novel"] = lint()
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources alone."""
    folder = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            copy = folder / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def linted(tree: Path) -> dict[str, tuple[int, str]]:
    """The status and words of lint-imports by what was done to the copy, which stands first on the path."""
    said = subprocess.run(
        [sys.executable, "-c", LINTING],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"},
        input=json.dumps(PLANTS),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return {name: (status, words) for name, (status, words) in json.loads(said.stdout).items()}


def test_the_tree_as_it_is_keeps_every_contract(linted: dict[str, tuple[int, str]]) -> None:
    status, words = linted["as it is"]

    assert status == 0, words
    assert f"{len(PLANTS)} kept, 0 broken" in words


@pytest.mark.parametrize("contract", PLANTS)
def test_a_forbidden_import_is_refused(linted: dict[str, tuple[int, str]], contract: str) -> None:
    status, words = linted[contract]

    assert status == 1
    assert f"{contract} BROKEN" in words


def test_a_module_of_the_engine_without_a_place_among_the_rooms_is_refused(
    linted: dict[str, tuple[int, str]],
) -> None:
    status, words = linted["novel"]

    assert status == 1
    assert "the five rooms, one way BROKEN" in words


def test_every_contract_has_its_plant() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]

    assert {contract["name"] for contract in contracts} == set(PLANTS)

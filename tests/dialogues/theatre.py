"""The program with everybody who is to talk to it: ``played`` runs scripts side by side in one process."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.attache_process import TOKEN, Attache, dated
from tests.documents import docx, pdf
from tests.outlet_site import LINES, site
from tests.telegram_server import TelegramServer, serve

from .play import Heard, Play
from .script import Dialogue

MINUTE = timedelta(minutes=1)
LONDON = ZoneInfo("Europe/London")
AT_ONCE = 8  # dialogues side by side; each says something about once a second
FOLDERS = ("earlier", "later")
LAST = ("owner", "feedback", "broadcast")  # scenes that would disturb others, one after the other
OPML = (
    '<opml version="2.0"><head><title>Mine</title></head><body>{feeds}</body></opml>'.format(
        feeds="".join(
            f'<outline type="rss" text="Paper {n}" xmlUrl="https://paper{n}.example/feed"/>'
            for n in range(3)
        )
    )
).encode()
FILES = {
    "bulletin.docx": docx("Inspectors return to Isfahan", *LINES),
    "bulletin.pdf": pdf(("Inspectors return to Isfahan once more", "", *LINES)),
    "bulletin.txt": "\n\n".join(("Inspectors come back to Isfahan", *LINES)).encode(),
    "bulletin.html": (
        "<html><body><article><h1>Isfahan sees the inspectors again</h1>"
        f"{''.join(f'<p>{line}</p>' for line in LINES)}</article></body></html>"
    ).encode(),
    "table.csv": b"a;b\n1;2\n",
    "damaged.pdf": b"%PDF-1.4\nnothing more",
    "empty.txt": b"\n",
    "feeds.opml": OPML,
    "empty.opml": OPML.replace(b"xmlUrl", b"noUrl"),
}


@dataclass(slots=True)
class Theatre:
    """The server's world, and who has subscribed before the program starts."""

    server: TelegramServer
    heard: Heard = field(default_factory=Heard)
    owners: list[int] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    due: list[int] = field(default_factory=list)  # chats whose digest is to come at the start
    began: datetime = field(
        default_factory=lambda: datetime.now(LONDON).replace(second=0, microsecond=0)
    )
    ids: "count[int]" = field(default_factory=lambda: count(5_000_001))

    def cast(self, dialogue: Dialogue, language: str) -> Play:
        """The people and the chat of one dialogue."""
        names = ("ada", "bob", "anna", "eve")
        people = {
            name: self.server.user(next(self.ids), name.title(), language_code=language)
            for name in names
        }
        if dialogue.scene in ("owner", "broadcast"):
            self.owners.append(people["eve"].id)
        for person in people.values():
            person.chat.is_started = True
        title = f"Desk {people['ada'].id}"
        chat, thread = people["ada"].chat, None
        if dialogue.scene in ("group", "forum"):
            members = [people["bob"]]
            forum = dialogue.scene == "forum"
            chat = self.server.group(title, creator=people["ada"], members=members, forum=forum)
            self.server.promote(chat, people["anna"], anonymous=True)
            thread = self.server.topic(chat) if forum else None
        elif dialogue.scene == "channel":
            channel = self.server.channel(title, creator=people["ada"])
        play = Play(dialogue, language, self.server, self.heard, people, chat, thread)
        play.values |= {"title": title, "bob": str(people["bob"].id)}
        if dialogue.scene == "channel":
            play.channel = channel
        self._subscribe(play)
        return play

    def _subscribe(self, play: Play) -> None:
        begun = {step.words for step in play.dialogue.steps if step.kind == "happens"}
        if not begun & {"set up", "digest"}:
            return
        now = self.began
        is_due = "digest" in begun
        at = now - MINUTE if is_due else now + timedelta(hours=12)
        self.rows.append(
            {
                "id": play.chat.id,
                "kind": play.chat.kind,
                "thread": play.thread or 0,
                "title": play.chat.title or "",
                "at": [f"{at:%H:%M}"],
                "zone": "Europe/London",
                "language": play.language,
                "covered_until": (now - timedelta(days=1)).isoformat(),
                "active": True,
            }
        )
        if is_due:
            self.due.append(play.chat.id)

    async def subscribe(self, attache: Attache) -> None:
        """Store those who have subscribed; the digests of some are due."""
        path = attache.folder / "chats.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in self.rows), encoding="utf-8")
        done = await attache.command("chats", "import", str(path))
        assert done.returncode == 0, done.stderr
        due = self.began.astimezone(UTC) - MINUTE
        for chat in self.due:
            attache.query(
                "update chat set next_due_at = ? where id = ?",
                f"{due:%Y-%m-%d %H:%M:%S}.000000",
                chat,
            )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the dialogues."""

    server: TelegramServer
    log: str
    failures: Mapping[str, str]  # by the dialogue's name and language
    took: Sequence[tuple[float, str]]  # seconds of each answer, and whose


async def played(
    wanted: Iterable[tuple[Dialogue, str]], folder: Path, *, at_once: int = AT_ONCE
) -> Outcome:
    """Every dialogue in its language, against one process."""
    server = TelegramServer(token=TOKEN)
    theatre = Theatre(server)
    server.watch(theatre.heard.note)
    plays = [theatre.cast(*one) for one in wanted]
    failures: dict[str, str] = {}
    async with AsyncExitStack() as stack:
        base_url = await stack.enter_async_context(serve(server))
        url = await stack.enter_async_context(site())
        attache = Attache(folder / "attache.db", base_url)
        stack.callback(attache.clean_up)
        attache.environment["ATTACHE_OWNERS"] = ",".join(map(str, theatre.owners))
        attache.environment["ATTACHE_ALLOW_PRIVATE"] = "127.0.0.0/8"
        folders = [str(dated(name, folder)) for name in FOLDERS]
        done = await attache.command("ingest", *folders, f"{url}/feed.xml")
        assert done.returncode == 0, done.stderr
        await theatre.subscribe(attache)
        await attache.start()
        for play in plays:
            play.values["site"] = url
            play.files = FILES
            play.attache = attache
        first = [play for play in plays if play.dialogue.scene not in LAST]
        failures |= await _side_by_side(first, at_once)
        for scene in LAST:
            rest = [play for play in plays if play.dialogue.scene == scene]
            failures |= await _side_by_side(rest, at_once if scene == "owner" else 1)
        await server.settled()
        log = attache.log
    took = sorted((seconds, str(play)) for play in plays for seconds in play.took)
    return Outcome(server, log, failures, took)


async def _side_by_side(plays: Sequence[Play], at_once: int) -> dict[str, str]:
    room = asyncio.Semaphore(at_once)

    async def run(play: Play) -> tuple[str, str]:
        async with room:
            try:
                await play.run()
            except AssertionError as error:
                return str(play), str(error)
            return str(play), ""

    done = await asyncio.gather(*map(run, plays))
    return {name: error for name, error in done if error}

"""``docs/walk-*.png``: dialogues with the bot over HTTP on the bundled sample, as its messages really came.

Text, markup and buttons are those that the strict server took; only the look of the page is ours.
Needs a Chromium on the machine:  python -m tests.quality.walkthrough
"""

import asyncio
import html
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from tempfile import TemporaryDirectory

from pydantic import SecretStr
from rich.console import Console
from rich.progress import Progress

from bot.operate.demonstrate import daily_digests, sample
from bot.run import rendering, wiring
from bot.run.wiring import Stores
from bot.settings import Settings
from bot.telegram import app as telegram_app
from bot.telegram.app import Running
from digest.deliver.flush import flush
from digest.deliver.outcome import Sender
from digest.deliver.queueing import queue_due
from digest.ingest.intake import Intake
from tests.bot_world import Hurry
from tests.fakes import FakeClock
from tests.telegram_server import Chat, Message, Person, TelegramServer, serve

from .command import command
from .picture import DOCS, shoot

READER = 1  # who had a digest on each of the sample's days before
OWNER = 5
_WIDTH = 560
_DAY = timedelta(days=1)
_EARLIER = timedelta(hours=2)  # the reader's hour is within it
_STYLE = """
body { margin: 0; padding: 14px; background: #a9c4a0;
       font: 15px/1.38 Inter, "Liberation Sans", sans-serif, "Noto Color Emoji"; }
.m { width: max-content; max-width: 490px; margin: 0 0 8px; padding: 9px 13px; background: #fff;
     border-radius: 13px; white-space: pre-wrap; box-shadow: 0 1px 2px #0003; overflow-wrap: anywhere; }
.me { margin-left: auto; background: #e3fcd0; }
.k { max-width: 516px; margin: -3px 0 9px; }
.k div { display: flex; gap: 4px; margin-bottom: 4px; }
.k span { flex: 1; padding: 6px 4px; background: #5e7f5599; color: #fff; border-radius: 8px;
          text-align: center; font-size: 13.5px; white-space: nowrap; overflow: hidden; }
.t { text-align: center; color: #fff; font-size: 13px; margin: 0 0 8px; text-shadow: 0 1px 2px #0006; }
blockquote { margin: 3px 0; padding: 3px 9px; border-left: 3px solid #3d8fd1; background: #3d8fd114;
             border-radius: 5px; }
a { color: #2a7ab8; text-decoration: none; }
code { color: #1c6e8c; font: 14px monospace; }
"""


def main() -> None:
    """Draw the pictures anew."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        pages = asyncio.run(_walk(progress))
    for name, page in pages.items():
        text = f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style>{page}'
        shoot(text, DOCS / f"walk-{name}.png", width=_WIDTH)


@dataclass(frozen=True, slots=True)
class _Town:
    server: TelegramServer
    stores: Stores
    intake: Intake
    telegram: Running
    clock: FakeClock

    async def said(self, where: Chat, thread: int | None = None) -> Message:
        await self.server.settled(0.2, 30.0)
        return self.server.sent(where, thread)[-1]

    async def says(
        self, person: Person, text: str, chat: Chat | None = None, thread: int | None = None
    ) -> Message:
        where = chat or person.chat
        had = len(self.server.sent(where, thread))
        await person.send(text, chat=chat, thread=thread)
        await self.server.wait_for(lambda: len(self.server.sent(where, thread)) > had, 30.0)
        return await self.said(where, thread)

    async def taps(self, person: Person, page: Message, *labels: str) -> None:
        for label in labels:
            press = await person.press(page, label, patience=20)
            assert press.is_answered, label
            await self.said(page.chat)


async def _walk(progress: Progress) -> dict[str, str]:
    async with _town(progress) as town:
        pages = {
            "start": await _start(town),
            "digest": await _digest(town),
            "story": await _story(town),
            "settings": await _settings(town),
            "group": await _group(town),
            "owner": await _owner(town),
        }
        assert town.server.refused == (), town.server.refused
    return pages


@asynccontextmanager
async def _town(progress: Progress) -> AsyncIterator[_Town]:
    """The bot an hour after the sample's last articles were read, its digest not sent yet."""
    days = sample(progress)
    server = TelegramServer(token="7200000042:AAH-token-of-the-walk")
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/attache.db"
        clock = FakeClock(days[-1].read_at + timedelta(hours=1))
        server.now = lambda: clock.now().timestamp()
        async with (
            serve(server) as base_url,
            wiring.open_stores(url) as stores,
            wiring.open_fetcher(_settings_of(url, base_url, server), clock) as fetcher,
            wiring.open_parser() as parser,
        ):
            await daily_digests(days[:-1], stores, progress)
            intake = stores.intake()
            await intake.take(days[-1].drafts, seen_at=days[-1].read_at)
            settings = _settings_of(url, base_url, server)
            async with telegram_app.running(
                lambda name: wiring.build_app(
                    stores,
                    settings,
                    clock,
                    username=name,
                    fetcher=fetcher,
                    parser=parser,
                    intake=intake,
                ),
                telegram_app.make_bot(token=server.token, base_url=base_url, pace=Hurry().pace),
            ) as telegram:
                yield _Town(server, stores, intake, telegram, clock)


def _settings_of(url: str, base_url: str, server: TelegramServer) -> Settings:
    return Settings(
        telegram_token=SecretStr(server.token),
        telegram_base_url=base_url,
        database_url=url,
        owners=frozenset({OWNER}),
    )


async def _start(town: _Town) -> str:
    """Four taps, each after a look at the page."""
    bob = town.server.user(7, "Bob")
    await bob.send("/start")
    page = await town.said(bob.chat)
    shown = [_bubble("/start", is_mine=True)]
    await town.taps(bob, page, "Peace talks", "Arms control", "🌍 Latin America")
    shown.append(_message(page))
    await town.taps(bob, page, "Next ›", "07:30", "Geneva")
    shown.append(_message(page))
    await town.taps(bob, page, "Yes, that is right")
    return "".join((*shown, _message(page)))


async def _digest(town: _Town) -> str:
    """The scheduled digest of somebody who had one every day before."""
    ada = town.server.user(READER, "Ada")
    ada.chat.is_started = True
    reader = await town.stores.chats.get(READER)
    assert reader is not None
    await town.stores.chats.save(
        replace(
            reader, next_due_at=town.clock.now() - _EARLIER, covered_until=town.clock.now() - _DAY
        )
    )
    await queue_due(
        clock=town.clock,
        chats=town.stores.chats,
        articles=town.stores.articles,
        ledger=town.stores.ledger,
        grouper=town.intake,
        render=rendering.renderer(town.telegram.username),
    )
    sender = Sender(
        clock=town.clock,
        ledger=town.stores.ledger,
        chats=town.stores.chats,
        messenger=town.telegram.messenger,
    )
    await flush(sender)
    return _message(await town.said(ada.chat))


async def _story(town: _Town) -> str:
    ada = town.server.user(READER, "Ada")
    return await _asked(town, ada, "/story 1") + await _asked(town, ada, "/why 1")


async def _settings(town: _Town) -> str:
    ada = town.server.user(READER, "Ada")
    page = await town.says(ada, "/settings")
    await town.taps(ada, page, page.labels[3], "5 min", "‹ Back")
    shown = _bubble("/settings", is_mine=True) + _message(page)
    return shown + await _asked(town, ada, "/follow Cuba-US")


async def _group(town: _Town) -> str:
    ada, cleo = town.server.user(READER, "Ada"), town.server.user(9, "Cleo")
    group = town.server.group("Desk", creator=ada, members=[cleo], forum=True)
    town.server.add_bot(group, by=ada)
    greeting = await town.said(group)
    topic = town.server.topic(group, "Digest")
    refused = await town.says(cleo, "/setup", group, topic)
    page = await town.says(ada, "/setup", group, topic)
    await town.taps(ada, page, "Sanctions", "Next ›", "08:00", "Brussels", "Yes, that is right")
    return "".join(
        (
            _title("Desk · General"),
            _message(greeting),
            _title("Desk · Digest"),
            _bubble("<b>Cleo, a member</b>\n/setup"),
            _message(refused),
            _bubble("/setup", is_mine=True),
            _message(page),
        )
    )


async def _owner(town: _Town) -> str:
    eve = town.server.user(OWNER, "Eve")
    await town.says(eve, "/start")
    asked = [await _asked(town, eve, words) for words in ("/stats", "/health")]
    return "".join((*asked, await _asked(town, eve, "/broadcast The bot rests tonight.")))


async def _asked(town: _Town, person: Person, words: str) -> str:
    town.clock.advance(timedelta(seconds=2))
    return _bubble(html.escape(words), is_mine=True) + _message(await town.says(person, words))


def _message(message: Message) -> str:
    """A message of the bot with its buttons."""
    rows = "".join(f"<div>{_buttons(row)}</div>" for row in message.keyboard)
    markup = message.source.replace("</blockquote>\n", "</blockquote>")  # its end is the line's
    return _bubble(markup) + (f'<div class="k">{rows}</div>' if rows else "")


def _buttons(row: Iterable[dict[str, object]]) -> str:
    return "".join(f"<span>{html.escape(str(button['text']))}</span>" for button in row)


def _bubble(markup: str, *, is_mine: bool = False) -> str:
    return f'<div class="m{" me" if is_mine else ""}">{markup}</div>'


def _title(text: str) -> str:
    return f'<div class="t">{html.escape(text)}</div>'


if __name__ == "__main__":
    command(__doc__).parse_args()
    main()

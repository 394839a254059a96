"""Playing by hand: a line typed is Ada's message, what the bot does is printed."""

import asyncio
import contextlib
import signal
import sys
import threading
from dataclasses import dataclass

from rich.console import Console

from .http import serve
from .people import Person
from .server import Call, TelegramServer
from .state import Chat, Message
from .view import styled_message

HELP = (
    "A line is sent as Ada's private message. /press N presses button N of the last message, "
    "@group TEXT and @channel TEXT write there as Ada, /dump shows the chat, /quit ends."
)


NOTICED = 2.0  # seconds in which the bot may acknowledge a press; who plays would wait in vain


@dataclass(slots=True)
class Stage:
    """The small world at hand."""

    server: TelegramServer
    ada: Person
    group: Chat
    channel: Chat
    console: Console
    last: Message | None = None  # the bot's last message with buttons

    def show(self, call: Call) -> None:
        """Print what a call changed, as a reader sees it."""
        if call.method.lower() == "getupdates":
            return
        if not call.is_ok:
            self.console.print(f"{call.method} refused: {call.description}", markup=False)
            return
        message = self._message(call)
        if message:
            self.last = message if message.keyboard else self.last
            self.console.print(styled_message(message), end="\n\n")
        elif call.method == "answerCallbackQuery" and call.params.get("text"):
            self.console.print(f"(note) {call.params['text']}", markup=False)

    def _message(self, call: Call) -> Message | None:
        body = call.answer.body
        found = body.get("result") if isinstance(body, dict) else None
        chat = self.server.world.chats.get(call.chat_id or 0)
        if not isinstance(found, dict) or chat is None:
            return None
        return chat.messages.get(found.get("message_id", 0))


def stage(console: Console) -> Stage:
    """One person, one forum group with a topic, one channel; the bot is in both."""
    server = TelegramServer()
    ada = server.user(7, "Ada")
    group = server.group("Desk", creator=ada, forum=True)
    channel = server.channel("Edition", creator=ada, username="edition")
    server.topic(group, "Digest")
    server.add_bot(group, by=ada)
    server.add_bot(channel, by=ada)
    made = Stage(server, ada, group, channel, console)
    server.watch(made.show)
    return made


async def act(scene: Stage, line: str) -> bool:
    """Do what a typed line says; False ends the play."""
    word, _, rest = line.partition(" ")
    if line == "/quit":
        return False
    if line == "/dump":
        scene.console.print(scene.server.dump(scene.ada), markup=False)
    elif word == "/press":
        await _press(scene, rest)
    elif word == "@group":
        await scene.ada.send(rest, chat=scene.group, thread=next(reversed(scene.group.topics)))
    elif word == "@channel":
        await scene.ada.send(rest, chat=scene.channel)
    elif line:
        await scene.ada.send(line)
    return True


async def _press(scene: Stage, number: str) -> None:
    buttons = scene.last.buttons if scene.last else ()
    if scene.last is None or not number.isdigit() or not 1 <= int(number) <= len(buttons):
        scene.console.print(f"There is no button {number}.", markup=False)
        return
    button = buttons[int(number) - 1]
    if "callback_data" not in button:
        scene.console.print(f"This button opens {button.get('url', 'something')}.", markup=False)
        return
    press = await scene.ada.press_raw(scene.last, button["callback_data"], patience=NOTICED)
    if not press.is_answered:
        scene.console.print("(the bot did not answer within 2 s)", markup=False)


async def play(*, port: int) -> None:
    """Serve until /quit, SIGINT or SIGTERM; the end of the input alone does not stop it."""
    scene = stage(Console(file=sys.stdout, highlight=False))
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, lines.put_nowait, None)
    async with serve(scene.server, port=port) as base_url:
        settings = f"ATTACHE_TELEGRAM_BASE_URL={base_url} ATTACHE_TELEGRAM_TOKEN="
        scene.console.print(f"{settings}{scene.server.token} attache run", soft_wrap=True)
        scene.console.print(HELP)
        threading.Thread(target=_read, args=(loop, lines), daemon=True).start()
        while (line := await lines.get()) is not None:
            if not await act(scene, line):
                return


def _read(loop: asyncio.AbstractEventLoop, lines: "asyncio.Queue[str | None]") -> None:
    for line in sys.stdin:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the play is over
            loop.call_soon_threadsafe(lines.put_nowait, line.strip())

"""Playing a script: each step waits for its answer, and no longer than a person would."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.attache_process import Attache
from tests.patience import PATIENCE
from tests.telegram_server import Call, Chat, Message, Person, TelegramServer
from tests.telegram_server.entities import Json

from .happenings import HAPPENINGS
from .script import Dialogue, Step, label, pattern, typed

BREATH = (
    1.1  # seconds between answers in one chat: Telegram allows a bot one message a second there
)
SILENT = 0.6  # seconds without an answer that count as silence
A_ROW, IN_ALL, DATA = 8, 100, 64  # buttons, buttons, bytes
SENDING = frozenset({"sendMessage", "sendDocument", "sendPhoto"})
ANSWERS = SENDING | {
    "editMessageText",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
    "deleteMessage",
}


@dataclass(slots=True)
class Heard:
    """What the bot did in each chat, as it does it."""

    calls: dict[int, list[tuple[float, Call]]] = field(default_factory=dict)

    def note(self, call: Call) -> None:
        if call.method in ANSWERS and call.is_ok and call.chat_id is not None:
            self.calls.setdefault(call.chat_id, []).append((time.monotonic(), call))

    def of(self, *chats: Chat) -> list[tuple[float, Call]]:
        """What was done in these chats, oldest first."""
        every = (one for chat in chats for one in self.calls.get(chat.id, ()))
        return sorted(every, key=lambda one: one[0])


@dataclass(slots=True)
class Play:
    """One dialogue in one language, with those who take part."""

    dialogue: Dialogue
    language: str
    server: TelegramServer
    heard: Heard
    people: Mapping[str, Person]
    chat: Chat
    thread: int | None = None
    channel: Chat | None = None  # that the dialogue, in private, is about
    files: Mapping[str, bytes] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)  # for {words} in braces without a dot
    attache: Attache | None = None
    took: list[float] = field(default_factory=list)  # seconds of each answer
    told: str = ""  # what was answered last: text, or notice over the chat

    def __str__(self) -> str:
        return f"{self.dialogue.scene}/{self.language}: {self.dialogue.name}"

    async def run(self) -> None:
        """Every step; raises AssertionError that names the step which failed."""
        for step in self.dialogue.steps:
            try:
                await self._take(self._filled(step))
            except AssertionError as error:
                raise AssertionError(f"{self}\n  {step}\n  {error}\n{self._seen()}") from error

    @property
    def is_set_up(self) -> bool:
        return any(step.words == "set up" for step in self.dialogue.steps)

    def _filled(self, step: Step) -> Step:
        words = step.words
        for name, value in self.values.items():
            words = words.replace(f"{{{name}}}", value)
        return replace(step, words=words)

    async def _take(self, step: Step) -> None:
        if step.kind == "expects":
            assert pattern(step.words, self.language).search(self.told), f"told {self.told!r}"
            return
        if step.kind == "happens":
            await HAPPENINGS[step.words](self)
            return
        if step.kind == "follows":
            await self._follows(step)
            return
        await self.breathe()
        match step.kind:
            case "says" | "is_ignored":
                await self._says(step)
            case "sends":
                data = self.files[step.words]
                await self.answered(self._who(step).send_document(step.words, data))
            case "presses":
                await self._presses(step)

    async def _says(self, step: Step) -> None:
        where = {} if self._is_private(step) else {"chat": self.chat, "thread": self.thread}
        said = self._who(step).send(typed(step.words, self.language), **where)  # type: ignore[arg-type]
        if step.kind == "says":
            await self.answered(said)
            return
        mark = len(self.heard.of(*self._chats))
        await said
        await asyncio.sleep(SILENT)
        assert len(self.heard.of(*self._chats)) == mark, "it was not passed over in silence"

    async def answered(self, said: Awaitable[Message]) -> None:
        """Wait for the message that answers what is said; an edit of an older one is none."""
        mark, began = len(self._sent()), time.monotonic()
        await said
        await self._wait(lambda: len(self._sent()) > mark, "no answer")
        at, call = self._sent()[mark]
        self.took.append(at - began)
        self.told = _shown(call)

    def _sent(self) -> list[tuple[float, Call]]:
        return [one for one in self.heard.of(*self._chats) if one[1].method in SENDING]

    async def _follows(self, step: Step) -> None:
        wanted = pattern(step.words, self.language)
        await self._wait(
            lambda: any(wanted.search(_shown(call)) for _, call in self._sent()[-2:]),
            "nothing followed",
        )

    async def _presses(self, step: Step) -> None:
        message = self._with_buttons(step)
        wanted = label(step.words, self.language)
        found = [one for one in message.buttons if wanted.fullmatch(str(one["text"]))]
        assert found, f"no button {wanted.pattern!r} among {message.labels}"
        mark, began = len(self.heard.of(*self._chats)), time.monotonic()
        press = await self._who(step).press_raw(
            message, found[0]["callback_data"], patience=PATIENCE
        )
        assert press.is_answered, "the press was not acknowledged"
        self.took.append(time.monotonic() - began)
        self.told = press.text
        if press.text:
            return
        await self._wait(
            lambda: len(self.heard.of(*self._chats)) > mark, "nothing came of the press"
        )
        at, call = self.heard.of(*self._chats)[mark]
        self.took.append(at - began)
        self.told = _shown(call)

    async def told_of(self, chat: Chat, done: Callable[[], object]) -> None:
        """Wait for what nobody asked for; the last message in the chat is what was told."""
        await self._wait(done, "it did not come")
        last = self.server.sent(chat)[-1]
        self.told = "\n".join((last.text, *last.labels))

    async def _wait(self, is_true: Callable[[], object], otherwise: str) -> None:
        assert await self.server.eventually(is_true, PATIENCE), otherwise

    async def breathe(self) -> None:
        """Until another message may be sent in these chats at once; edits need no rest."""
        while True:
            last = max((at for at, _ in self._sent()), default=0.0)
            rest = last + BREATH - time.monotonic()
            if rest <= 0:
                return
            await asyncio.sleep(rest)

    @property
    def _chats(self) -> tuple[Chat, ...]:
        return tuple({one.id: one for one in (self.chat, *self._privates)}.values())

    @property
    def _privates(self) -> tuple[Chat, ...]:
        return tuple(person.chat for person in self.people.values())

    def _who(self, step: Step) -> Person:
        return self.people[step.who]

    def _is_private(self, step: Step) -> bool:
        return step.in_private or self.chat.kind in ("private", "channel")

    def _with_buttons(self, step: Step) -> Message:
        """The newest message with buttons to press where the person looks."""
        private = self._is_private(step)
        sent = self.server.sent(self._who(step)) if private else self.server.sent(self.chat)
        armed = [one for one in sent if any("callback_data" in b for b in one.buttons)]
        assert armed, "no message has a button"
        return armed[-1]

    def _seen(self) -> str:
        shown = [self.server.dump(chat)[-1500:] for chat in self._chats]
        return "\n--\n".join(shown)


def beyond_limits(call: Call) -> list[str]:
    """What is wrong with the keyboard of a call."""
    rows = _rows(call)
    data = [str(one["callback_data"]) for row in rows for one in row if "callback_data" in one]
    wrong = [f"a row of {len(row)}" for row in rows if len(row) > A_ROW]
    if sum(map(len, rows)) > IN_ALL:
        wrong.append(f"{sum(map(len, rows))} buttons")
    return wrong + [f"{len(one.encode())} bytes" for one in data if len(one.encode()) > DATA]


def _rows(call: Call) -> list[list[Json]]:
    markup: Json = call.params.get("reply_markup") or {}
    rows: list[list[Json]] = markup.get("inline_keyboard", [])
    return rows


def _shown(call: Call) -> str:
    """Text, name of the file and labels of what a call brought."""
    body = call.answer.body
    shown = body.get("result") if isinstance(body, dict) else None
    if not isinstance(shown, dict):
        return ""
    said = str(shown.get("text") or shown.get("caption") or "")
    labels = (str(button["text"]) for row in _rows(call) for button in row)
    return "\n".join((said, str(shown.get("document", {}).get("file_name", "")), *labels))

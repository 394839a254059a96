"""The server: takes calls, keeps the world, the transcript and the script of faults."""

import asyncio
import inspect
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

from tests.patience import PATIENCE

from .chats import CHATS, shown_commands
from .checks import Text, check_token
from .editing import EDITING
from .entities import Json
from .errors import Refusal
from .faults import Answer, Fault, Faults, error, result
from .limits import RateLimits
from .people import InlineQuery, Person, Press
from .scenes import Scenes
from .schema import checked
from .sending import SENDING
from .state import Chat, Member, Message, User, World
from .updates import UPDATES, UpdateQueue
from .view import shown_chat

METHODS: Mapping[str, Callable[["TelegramServer", Json], object]] = {
    **SENDING,
    **EDITING,
    **CHATS,
    **UPDATES,
}
NAMES = {name.lower(): name for name in METHODS}  # Telegram does not mind the case
STEP = 0.005  # seconds between two looks of a waiter
Place = Chat | Person | int


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, and what it was told."""

    at: float
    method: str
    params: Json
    answer: Answer
    is_scripted: bool = False  # a fault answered
    was_done: bool = True  # the effect took place

    @property
    def is_ok(self) -> bool:
        return self.answer.is_ok

    @property
    def description(self) -> str:
        """Why not, in Telegram's words."""
        body = self.answer.body
        return str(body.get("description", "")) if isinstance(body, dict) else ""

    @property
    def chat_id(self) -> int | None:
        return _chat_id(self.params)


class TelegramServer(Scenes):
    """A Bot API server for one bot.

    ``now`` gives Unix seconds. ``limits`` switches Telegram's rate limits on. Strict: what
    Telegram would ignore or cut without a word (unknown parameters, entities beyond 100) is
    refused.
    """

    def __init__(
        self,
        *,
        token: str = "42:TEST",
        now: Callable[[], float] = time.time,
        limits: bool = False,
        username: str = "attache_test_bot",
    ) -> None:
        self.token = token
        self.now = now
        self.world = World(
            User(int(token.split(":")[0]), "Attaché", username=username, is_bot=True)
        )
        self.updates = UpdateQueue()
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.commands: dict[tuple[str, str], tuple[Json, ...]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.has_privacy = True  # in groups the bot sees commands and replies only
        self.query_seconds = 30.0  # how long a press may wait for its answer
        self.numbers = count(4_000_000_001)  # ids of presses and inline queries
        self.limits = RateLimits(now) if limits else None
        self._faults = Faults()
        self._calls: list[Call] = []
        self._watchers: list[Callable[[Call], None]] = []
        self._running = 0
        self._last_call = 0.0

    @property
    def _server(self) -> "TelegramServer":
        return self

    async def call(self, token: str, method: str, raw: Mapping[str, object]) -> Answer:
        """Answer one call; raw values are texts from forms, JSON values or Uploads."""
        fault = self._faults.take(method, _chat_id(raw))
        polls = method.lower() == "getupdates"
        self._running += not polls
        try:
            truth: Answer | None = None
            params = dict(raw)
            if fault is None or fault.after_effect:
                params, truth = await self._perform(token, method, raw)
        finally:
            self._running -= not polls
        answer = truth or Answer()
        if fault is not None:
            answer = fault.answered(truth)
        done = truth is not None and truth.is_ok
        self._record(Call(self.now(), method, params, answer, fault is not None, done), polls)
        if answer.delay:
            await asyncio.sleep(answer.delay)
        return answer

    async def ask(self, method: str, **params: object) -> Call:
        """Make a call without a client; for what no client would send."""
        await self.call(self.token, method, params)
        return self._calls[-1]

    def _record(self, call: Call, polls: bool) -> None:
        self._calls.append(call)
        if not polls:
            self._last_call = time.monotonic()
        for watcher in self._watchers:
            watcher(call)

    async def _perform(
        self, token: str, method: str, raw: Mapping[str, object]
    ) -> tuple[Json, Answer]:
        params: Json = dict(raw)
        try:
            check_token(token, self.token)
            name = NAMES.get(method.lower())
            if name is None:
                raise Refusal(404, "method not found")
            params = checked(name, raw)
            given = {key: one for key, one in params.items() if one is not None}
            value = METHODS[name](self, given)
            return params, result(await value if inspect.isawaitable(value) else value)
        except Refusal as refusal:
            more = refusal.parameters or {}
            return params, error(refusal.code, refusal.description, **more)

    def fail(
        self,
        *,
        answer: Answer | Callable[[Answer], Answer],
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
        skip: int = 0,
        after_effect: bool = False,
    ) -> Fault:
        """Script a fault for coming calls; see Fault for the meaning of each argument."""
        fault = Fault(answer, method, chat_id, times, skip, after_effect)
        self._faults.waiting.append(fault)
        return fault

    def heal(self) -> None:
        """Forget all scripted faults."""
        self._faults.waiting.clear()

    def watch(self, watcher: Callable[[Call], None]) -> None:
        """Be told of each call once it is answered."""
        self._watchers.append(watcher)

    @property
    def transcript(self) -> tuple[Call, ...]:
        """Every call, oldest first."""
        return tuple(self._calls)

    @property
    def refused(self) -> tuple[Call, ...]:
        """The calls that the server itself refused: the bot's faults, not the script's."""
        return tuple(one for one in self._calls if not one.is_ok and not one.is_scripted)

    def calls(self, method: str, chat: Place | None = None) -> tuple[Call, ...]:
        """The calls of one method, to one chat if it is named."""
        wanted = None if chat is None else self._place(chat).id
        return tuple(
            one
            for one in self._calls
            if one.method.lower() == method.lower() and wanted in (None, one.chat_id)
        )

    def messages(self, chat: Place, thread: int | None = None) -> tuple[Message, ...]:
        """What can be read in a chat, or in one topic of it; people's and service messages too."""
        return self._place(chat).visible(thread)

    def sent(self, chat: Place, thread: int | None = None) -> tuple[Message, ...]:
        """What the bot wrote in a chat and is still there."""
        return tuple(message for message in self.messages(chat, thread) if message.by_bot)

    def dump(self, chat: Place) -> str:
        """A chat as a person sees it, as plain text."""
        return shown_chat(self._place(chat))

    def menu(self, person: Person, chat: Chat | None = None) -> tuple[Json, ...]:
        """The commands that Telegram offers a person in a chat, in private if none is named."""
        return shown_commands(self, person.user, chat or person.chat)

    def _place(self, chat: Place) -> Chat:
        if isinstance(chat, Chat):
            return chat
        return chat.chat if isinstance(chat, Person) else self.world.chats[chat]

    def count_sending(self, chat: Chat, *, paid: bool) -> None:
        """Refuse with 429 what is over the rate limits, if they are on."""
        if self.limits:
            self.limits.check(chat, paid=paid)

    def post(
        self,
        chat: Chat,
        sender: User,
        words: Text = ("", ()),
        *,
        thread: int | None = None,
        reply_to: Message | None = None,
        service: Json | None = None,
    ) -> Message:
        """Put a message into a chat, without telling the bot."""
        message = Message(chat.next_id(), chat, int(self.now()), sender, thread_id=thread)
        message.text, message.entities = words
        message.reply_to, message.service = reply_to, service or {}
        message.by_bot = sender is self.world.bot
        if chat.kind == "channel":
            message.sender, message.sender_chat = None, chat
        chat.messages[message.id] = message
        return message

    def deliver(self, message: Message) -> None:
        """Tell the bot of a message, if it may see it."""
        kind = "channel_post" if message.chat.kind == "channel" else "message"
        if self._is_seen(message):
            self.updates.push(kind, message.as_json())

    def _is_seen(self, message: Message) -> bool:
        chat = message.chat
        if chat.kind == "private":
            return True
        me = chat.member(self.world.bot)
        if not me.is_present or me.is_administrator or chat.kind == "channel":
            return me.is_administrator
        to_me = message.reply_to is not None and message.reply_to.by_bot
        return bool(message.service) or to_me or not self.has_privacy or self._is_command(message)

    def _is_command(self, message: Message) -> bool:
        if not message.text.startswith("/"):
            return False
        _, at, target = message.text.split()[0].partition("@")
        return not at or target.lower() == str(self.world.bot.username).lower()

    def push_member_update(self, kind: str, chat: Chat, old: Member, new: Member, by: User) -> None:
        """Tell the bot that someone, or the bot itself, is something else now."""
        payload = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(self.now()),
            "old_chat_member": old.as_json(chat.kind),
            "new_chat_member": new.as_json(chat.kind),
        }
        self.updates.push(kind, payload)

    async def eventually(self, is_true: Callable[[], object], seconds: float) -> bool:
        """Whether the statement comes true within the seconds."""
        end = time.monotonic() + seconds
        while not is_true():
            if time.monotonic() >= end:
                return False
            await asyncio.sleep(STEP)
        return True

    async def wait_for(
        self,
        is_true: Callable[[], object],
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the message needs it
    ) -> None:
        """Wait until the statement is true. Raises AssertionError with the last calls if not."""
        if not await self.eventually(is_true, timeout):
            last = "\n".join(
                f"{one.method} {one.params} -> {one.description or 'ok'}"
                for one in self._calls[-10:]
            )
            raise AssertionError(f"not true within {timeout} s; the last calls were:\n{last}")

    async def settled(
        self,
        quiet: float = 0.12,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - as wait_for
    ) -> None:
        """Wait until all updates are confirmed and no call came for ``quiet`` seconds.

        Counted in steps of the event loop and not by the clock: on a loaded machine, where a step
        takes longer, a bot is given as much longer to answer.
        """
        until, last, steps = time.monotonic() + timeout, self._last_call, 0
        while steps * STEP < quiet:
            await asyncio.sleep(STEP)
            busy = self.updates.pending or self._running or self._last_call != last
            last, steps = self._last_call, 0 if busy else steps + 1
            if time.monotonic() > until:
                raise AssertionError(f"not settled within {timeout} s")


def _chat_id(params: Mapping[str, object]) -> int | None:
    given = str(params.get("chat_id", ""))
    return int(given) if given.lstrip("-").isdigit() else None

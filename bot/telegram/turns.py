"""Updates of one chat follow one another; those of different chats run side by side."""

import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram.ext import Application, BaseUpdateProcessor

from .updates import chat_of, may_ask

log = structlog.get_logger(__name__)

CONCURRENT = 256  # updates in work at once, one of a chat
PROMPT = 0.7  # seconds after which a press is acknowledged although its answer is not there yet
WAITING = 20  # of one chat, with the one in work; who writes more has no answer to wait for


class Turns(BaseUpdateProcessor):
    """An update takes a place among those in work when its turn has come, so no chat holds two."""

    __slots__ = ("_held", "_locks", "_places", "_soothe", "dropped")

    def __init__(
        self, concurrent: int = CONCURRENT, soothe: Callable[[object], None] = lambda update: None
    ) -> None:
        """``soothe`` is called with an update that waits for its turn longer than ``PROMPT``."""
        # The library's own places are taken before anybody asks whose turn it is.
        super().__init__(sys.maxsize)
        self._places = asyncio.Semaphore(concurrent)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._soothe = soothe
        self._held: Counter[int] = Counter()
        self.dropped = 0

    @contextmanager
    def room(self, update: object) -> Iterator[bool]:
        """Whether there is room for the update; it is held while the block runs.

        There is always room for updates that ask for nothing, for instance that the bot was removed.
        """
        chat = chat_of(update) if may_ask(update) else None
        if chat is None:
            yield True
        elif self._held[chat] >= WAITING:
            self.dropped += 1
            log.warning("update not taken", chat=chat, waiting=WAITING, in_all=self.dropped)
            yield False
        else:
            self._held[chat] += 1
            try:
                yield True
            finally:
                self._held[chat] -= 1
                if not self._held[chat]:
                    del self._held[chat]

    async def in_turn(self, update: object, handling: Coroutine[Any, Any, Any]) -> None:
        """Handle the update once those of its chat before it are done."""
        chat = chat_of(update)
        before = nullcontext() if chat is None else self._locks.setdefault(chat, asyncio.Lock())
        waiting = asyncio.get_running_loop().call_later(PROMPT, self._soothe, update)
        with closing(handling):  # where its turn never comes, too
            try:
                async with before, self._places:
                    waiting.cancel()
                    await handling
            finally:
                waiting.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update that was fetched; one without room is dropped."""
        assert isinstance(coroutine, Coroutine), "the library gives one"
        with self.room(update) as has_room, closing(coroutine):
            if has_room:
                await self.in_turn(update, coroutine)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""


def turns_of(application: Application[Any, Any, Any, Any, Any, Any]) -> Turns:
    """The turns with which ``assemble`` made an application."""
    turns = application.update_processor
    assert isinstance(turns, Turns), "the application was assembled here"
    return turns

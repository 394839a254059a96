"""A few processes in which what strangers wrote is read, and which can be killed while they read it.

A pattern that runs for minutes, a page that fills the memory or a fault in a C library ends a child
and nothing else; the next job gets a new one. A child imports the readers once (0.9 s) and serves many
jobs; to send one there and its answer back takes under a millisecond (2026-11-28).
"""

import asyncio
import os
import pickle
import select
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import LifoQueue
from typing import IO, ParamSpec, TypeVar

from ..errors import Overrun
from .child import READY, SIZE, Answer, opened

SECONDS = 5.0  # by the wall for one job; a child without a parent is ended by the kernel soon after
STARTING = 60.0  # seconds until a child has imported all, on a machine that does much else
COUNT = 2

_ROOT = Path(__file__).resolve().parents[2]  # where the package "digest" is found
_START = (sys.executable, "-P", "-c", "from digest.gather.child import main; main()")
_PIECE = 1 << 20

P = ParamSpec("P")
T = TypeVar("T")


class Child:
    """One such process, started at its first job and again after it was killed; one job at a time."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As ports.Parser says, and waits for it."""
        job = pickle.dumps((function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)
        well, result = self._done(job)
        if well:
            return result  # type: ignore[return-value]  # what the function gave has come back as a value
        assert isinstance(result, Exception), "a child answers with an error where it failed"
        if isinstance(result, Overrun):  # it ends itself after that
            self.close()
        raise result

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):  # what it was still to be sent
                _pipe(pipe).close()
        process.wait()

    def _done(self, job: bytes) -> Answer:
        process = self._process or self._started()
        try:
            asking, answers = _pipe(process.stdin), _pipe(process.stdout)
            asking.write(SIZE.pack(len(job)) + job)
            asking.flush()
            until = time.monotonic() + self._seconds
            (length,) = SIZE.unpack(_read(answers, SIZE.size, until))
            return opened(_read(answers, length, until))
        except TimeoutError as error:
            self.close()
            raise Overrun(
                f"reading it took more than {self._seconds:g} s, and was stopped"
            ) from error
        except (EOFError, BrokenPipeError) as error:
            self.close()
            raise Overrun("reading it took too much time or memory, and was stopped") from error
        except BaseException:
            self.close()  # half an answer may be on its way
            raise

    def _started(self) -> subprocess.Popen[bytes]:
        # No secret of ours goes along; no key pressed in our terminal ends it before its job is done.
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("ATTACHE_")
        }
        self._process = subprocess.Popen(
            _START,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**kept, "PYTHONPATH": str(_ROOT)},
            process_group=0,
        )
        ready = _read(_pipe(self._process.stdout), len(READY), time.monotonic() + STARTING)
        assert ready == READY, "a child says first that it is ready"
        return self._process


class Children:
    """A pool of them, as ports.Parser; started as they are needed, ended by ``aclose``."""

    def __init__(self, *, count: int = COUNT, seconds: float = SECONDS) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
        self._every = tuple(Child(seconds=seconds) for _ in range(count))
        self._idle: LifoQueue[Child] = LifoQueue()  # a second one is started only if it is needed
        for child in self._every:
            self._idle.put(child)

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As ports.Parser says."""

        def work() -> T:
            child = self._idle.get()
            try:
                return child(function, *args, **kwargs)
            finally:
                self._idle.put(child)

        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def aclose(self) -> None:
        """End them all; what is being read is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._every:
            child.close()


def _read(pipe: IO[bytes], size: int, until: float) -> bytes:
    """So many bytes. Raises EOFError where there are no more, TimeoutError where they do not come."""
    found = bytearray()
    while len(found) < size:
        left = max(0.0, until - time.monotonic())
        if not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        piece = os.read(pipe.fileno(), min(size - len(found), _PIECE))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "both are pipes"
    return pipe

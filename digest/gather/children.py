"""A few processes in which input from strangers is parsed, and which can be killed meanwhile.

A pattern that runs for minutes, a page that fills the memory or a fault in a C library ends one child and
nothing else; the next job gets a new one. A child imports the parsers once (0.9 s) and serves many jobs;
sending a job and getting its answer takes under a millisecond (2026-11-28). ``first`` is a job that each
child does before all others, without a limit of time: what it loads stays loaded.
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
from queue import PriorityQueue
from typing import IO, ParamSpec, TypeVar

from ..errors import NotStarted, Overrun
from .child import READY, SIZE, Answer, unpickled

SECONDS = 5.0  # by the wall for one job; a child without a parent is ended by the kernel soon after
STARTING = 60.0  # seconds until a child has imported all, on a machine that does much else
COUNT = 2  # processes

_ROOT = Path(__file__).resolve().parents[2]  # where the package "digest" is found
_START = (sys.executable, "-P", "-c", "from digest.gather.child import main; main()")
_PIECE = 1 << 20  # bytes of an answer taken from the pipe at once

P = ParamSpec("P")
T = TypeVar("T")


class Child:
    """One such process: started at its first job and after it was killed; one job at a time."""

    def __init__(
        self, *, seconds: float = SECONDS, first: Callable[[], None] | None = None
    ) -> None:
        self._seconds, self._first = seconds, first
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As ports.Parser, but synchronous."""
        well, result = self._done(_job(function, args, kwargs), self._seconds)
        if well:
            return result  # type: ignore[return-value]  # what the function gave has come back as a value
        assert isinstance(result, Exception), "a child answers with an error where it failed"
        if isinstance(result, Overrun):  # it ends itself after that
            self.close()
        raise result

    @property
    def is_running(self) -> bool:
        """Whether its process has been started and not ended."""
        return self._process is not None

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):  # what it was still to be sent
                _pipe(pipe).close()
        process.wait()

    def _done(self, job: bytes, seconds: float) -> Answer:
        if self._process is not None and self._process.poll() is not None:
            self.close()  # it ended after its last job, and by no fault of this one
        return self._asked(self._process or self._started(), job, seconds)

    def _asked(self, process: subprocess.Popen[bytes], job: bytes, seconds: float) -> Answer:
        try:
            asking, answers = _pipe(process.stdin), _pipe(process.stdout)
            asking.write(SIZE.pack(len(job)) + job)
            asking.flush()
            until = time.monotonic() + seconds
            (length,) = SIZE.unpack(_read(answers, SIZE.size, until))
            return unpickled(_read(answers, length, until))
        except TimeoutError as error:
            self.close()
            raise Overrun(f"reading it took more than {seconds:g} s, and was stopped") from error
        except (EOFError, BrokenPipeError) as error:
            self.close()
            raise Overrun("reading it took too much time or memory, and was stopped") from error
        except BaseException:
            self.close()  # half an answer may be on its way
            raise

    def _started(self) -> subprocess.Popen[bytes]:
        """A process that is ready for jobs. Raises NotStarted if it does not get ready, and ends it."""
        try:
            return self._made_ready()
        except (EOFError, OSError, Overrun) as error:
            self.close()
            raise NotStarted("the process that reads what was fetched did not start") from error
        except BaseException:
            self.close()
            raise

    def _made_ready(self) -> subprocess.Popen[bytes]:
        # No secret of ours goes along; no key pressed in our terminal ends it before its job is done.
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("ATTACHE_")
        }
        self._process = process = subprocess.Popen(
            _START,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**kept, "PYTHONPATH": str(_ROOT)},
            process_group=0,
        )
        ready = _read(_pipe(process.stdout), len(READY), time.monotonic() + STARTING)
        assert ready == READY, "a child says first that it is ready"
        if self._first is not None:
            well, error = self._asked(process, _job(self._first, (), {}), STARTING)
            assert well, error
        return process


class Children:
    """A pool of them, as ports.Parser; started as needed, ended by ``aclose``."""

    def __init__(
        self,
        *,
        count: int = COUNT,
        seconds: float = SECONDS,
        first: Callable[[], None] | None = None,
    ) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
        self._every = tuple(Child(seconds=seconds, first=first) for _ in range(count))
        self._outdated: set[int] = set()
        # Those that run come first: a second one is started, or one again, only if it is needed.
        self._idle: PriorityQueue[tuple[bool, int]] = PriorityQueue()
        for number in range(count):
            self._idle.put((True, number))

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As ports.Parser says."""

        def work() -> T:
            _, number = self._idle.get()
            child = self._every[number]
            if number in self._outdated:
                self._outdated.discard(number)
                child.close()
            try:
                return child(function, *args, **kwargs)
            finally:
                self._idle.put((not child.is_running, number))

        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def renew(self) -> None:
        """As ports.Parser says: each child ends before its next job."""
        self._outdated.update(range(len(self._every)))

    async def aclose(self) -> None:
        """End them all; what is being parsed is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._every:
            child.close()


def _job(function: object, args: object, kwargs: object) -> bytes:
    return pickle.dumps((function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)


def _read(pipe: IO[bytes], size: int, until: float) -> bytes:
    """So many bytes. Raises EOFError if there are no more, TimeoutError if they do not come in time."""
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

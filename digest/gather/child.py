"""The process that parses input from strangers: one job after another, until it is told to stop or is killed.

Jobs come as pickles on standard input, from our own program. Answers go back the same way on what was
standard output; whatever a library prints goes nowhere.
"""

import io
import logging
import os
import pickle
import resource
import struct
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from ..errors import AttacheError, Overrun, Unreadable

READY = b"+"
SIZE = struct.Struct(">Q")  # of the pickle that follows
PROCESSOR = 5  # seconds of it that one job may use
# Bytes of addresses in all; the imports take 200, with what reading loads 300 MB (2026-11-28).
MEMORY = 768 * 2**20

Answer = tuple[bool, object]  # whether it went well; what it came to, or the error

_PLAIN = frozenset(
    {("builtins", "frozenset"), ("builtins", "set"), ("datetime", "datetime"), ("datetime", "date")}
    | {("datetime", "time"), ("datetime", "timedelta"), ("datetime", "timezone")}
)
_OURS = ("digest.errors", "digest.model.sources", "digest.model.gathered", "digest.model.articles")


def main() -> None:
    """Serve until standard input ends."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    logging.disable()
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Imported before the limits count, once for all jobs.
    from .documents import articlefile, from_docx, from_pdf  # noqa: F401
    from .feed import discover, feeds  # noqa: F401
    from .page import extract  # noqa: F401

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers.write(READY)
    answers.flush()
    with suppress(BrokenPipeError):  # nobody is there any more to take the answer
        while serve(asked, answers):
            pass


def serve(asked: BinaryIO, answers: BinaryIO) -> bool:
    """Do the next job. Returns whether there was one and this process may go on."""
    head = asked.read(SIZE.size)
    if len(head) < SIZE.size:
        return False
    job = asked.read(SIZE.unpack(head)[0])
    _allow(PROCESSOR)
    well, result = _answer(job)
    data = pickle.dumps((well, result), protocol=pickle.HIGHEST_PROTOCOL)
    answers.write(SIZE.pack(len(data)) + data)
    answers.flush()
    return not isinstance(result, Overrun)


def _allow(seconds: int) -> None:
    """Let the process use so much more processor time, after which the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _answer(job: bytes) -> Answer:
    try:
        function, args, kwargs = pickle.loads(job)
        return True, function(*args, **kwargs)
    except AttacheError as error:
        return False, error
    except MemoryError:
        return False, Overrun(f"reading it took more than {MEMORY // 2**20} MB, and was stopped")
    except Exception as error:
        # Third edge of the program: what the libraries did not expect is the failure of this source.
        traceback.print_exc()
        return False, Unreadable(f"reading it failed: {type(error).__name__}: {error}")


class _Plain(pickle.Unpickler):
    """Unpickles plain values only: no answer of a child can make the parent do anything."""

    def find_class(self, module: str, name: str) -> Callable[..., object]:
        if (module, name) in _PLAIN or module in _OURS:
            found: Callable[..., object] = super().find_class(module, name)
            if found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def unpickled(data: bytes) -> Answer:
    """The answer that a child sent as a pickle. Raises UnpicklingError for anything but plain values."""
    well, result = _Plain(io.BytesIO(data)).load()
    return bool(well), result

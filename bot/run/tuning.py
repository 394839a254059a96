"""How the interpreter is set so that answers do not wait for it."""

import gc
import sys


def keep_what_is_loaded() -> None:
    """Take libraries and word lists out of what the collector looks through, and let it look seldom.

    A full collection held up every answer for 130 to 147 ms, three times in 20,000 digests queued; what
    25,000 are made of was gone through in full twice, for 17 to 20 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 5, 50)  # new objects, then such rounds: all of them after 1,250,000
    gc.enable()


def take_short_turns() -> None:
    """Let threads that compute give way ten times as soon as by default, so that answers do not wait.

    While 25,000 digests are queued, 99 % of answers wait at most 4.5 ms and all 9, in place of 10 and
    up to 40; the digests take as long as before. A worker, for whom nobody waits, would read and place
    a tenth fewer articles.
    """
    sys.setswitchinterval(0.0005)

"""Telegram's rate limits, as its FAQ states them: https://core.telegram.org/bots/faq."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from .errors import Refusal
from .state import Chat

OVERALL = (30, 1.0)  # messages, seconds
PAID_OVERALL = (1000, 1.0)
PRIVATE = (1, 1.0)
GROUP = (20, 60.0)


@dataclass(slots=True)
class RateLimits:
    """Sliding windows over all that was sent."""

    now: Callable[[], float]
    _sent: dict[object, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, chat: Chat, *, paid: bool = False) -> None:
        """Count one message. Raises Refusal 429 with retry_after, in whole seconds."""
        windows = (
            (chat.id, PRIVATE if chat.kind == "private" else GROUP),
            ("all", PAID_OVERALL if paid else OVERALL),
        )
        wait = max(self._wait(key, limit, seconds) for key, (limit, seconds) in windows)
        if wait > 0:
            after = max(1, math.ceil(wait))
            raise Refusal(429, f"retry after {after}", {"retry_after": after})
        for key, _ in windows:
            self._sent[key].append(self.now())

    def _wait(self, key: object, limit: int, seconds: float) -> float:
        times = self._sent[key]
        while times and times[0] <= self.now() - seconds:
            times.popleft()
        return 0.0 if len(times) < limit else times[-limit] + seconds - self.now()

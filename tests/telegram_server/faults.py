"""Answers, and the faults that a test scripts in their place."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from .entities import Json

Transport = Literal["hang", "close", "reset", "truncate", "refuse"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire.

    ``transport`` breaks the connection instead: *hang* answers nothing until the client gives up,
    *close* ends it after the request, *reset* aborts it, *truncate* stops half-way in the body,
    *refuse* is a connection that never came about (over HTTP: as *close*).
    """

    status: int = 200
    body: object = None  # sent as JSON unless ``raw`` is given
    raw: bytes | None = None
    content_type: str = "application/json"
    transport: Transport | None = None
    delay: float = 0.0  # seconds before the answer

    @property
    def payload(self) -> bytes:
        return self.raw if self.raw is not None else json.dumps(self.body).encode()

    @property
    def is_ok(self) -> bool:
        ok = isinstance(self.body, dict) and self.body.get("ok") is True
        return self.transport is None and self.raw is None and ok


def result(value: object) -> Answer:
    """The usual answer."""
    return Answer(body={"ok": True, "result": value})


def error(code: int, description: str, **parameters: int) -> Answer:
    """A refusal in Telegram's form, e.g. ``error(429, "Too Many Requests", retry_after=7)``."""
    body: Json = {"ok": False, "error_code": code, "description": description}
    return Answer(code, body | ({"parameters": parameters} if parameters else {}))


HANG = Answer(transport="hang")
CLOSE = Answer(transport="close")
RESET = Answer(transport="reset")
TRUNCATED = Answer(transport="truncate", body={"ok": True, "result": {"message_id": 1}})
REFUSED = Answer(transport="refuse")
HALF_JSON = Answer(raw=b'{"ok":true,"result":{"mess')
BAD_GATEWAY = Answer(502, raw=b"<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
CAPTIVE_PORTAL = Answer(raw=b"<html>Sign in to go on</html>", content_type="text/html")


@dataclass(slots=True)
class Fault:
    """One scripted trouble. ``answer`` may be made from the true answer (after the effect)."""

    answer: Answer | Callable[[Answer], Answer]
    method: str | None = None  # any method if None
    chat_id: int | None = None  # any chat if None
    times: int | None = 1  # for ever if None
    skip: int = 0  # calls that pass before it begins
    after_effect: bool = False  # do what was asked, then answer so
    hits: int = 0

    def matches(self, method: str, chat_id: int | None) -> bool:
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or self.chat_id == chat_id

    def answered(self, truth: Answer | None) -> Answer:
        """The fault's answer; ``truth`` is None if nothing was done."""
        if isinstance(self.answer, Answer):
            half = truth is not None and self.answer.transport == "truncate"
            return replace(self.answer, body=truth.body) if half and truth else self.answer
        return self.answer(truth or Answer())


@dataclass(slots=True)
class Faults:
    """The script."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this call, if one is due."""
        for fault in self.waiting:
            if fault.matches(method, chat_id):
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.hits += 1
                return fault
        return None

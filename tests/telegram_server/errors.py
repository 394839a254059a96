"""Answers that say no."""

from .entities import Json

PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
}


class Refusal(Exception):
    """The call is answered with ok false."""

    def __init__(self, code: int, reason: str = "", parameters: Json | None = None) -> None:
        self.code = code
        self.description = f"{PHRASES[code]}: {reason}" if reason else PHRASES[code]
        self.parameters = parameters
        super().__init__(self.description)


def bad_request(reason: str) -> Refusal:
    """400 with Telegram's prefix."""
    return Refusal(400, reason)


def forbidden(reason: str) -> Refusal:
    """403 with Telegram's prefix."""
    return Refusal(403, reason)

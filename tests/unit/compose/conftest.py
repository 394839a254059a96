"""Two stories: a grain corridor, told by two outlets, and an expulsion."""

from typing import Any

import pytest

from digest.model.articles import Article, Topic
from digest.model.sources import Outlet
from tests.articles import new_article, stored
from tests.unit.compose.editions import EXPULSION, GRAIN, GRAIN_TOO


@pytest.fixture
def grain() -> tuple[Article, Article]:
    return (
        stored(new_article("grain", GRAIN), id=1, story=1),
        stored(new_article("grain-too", GRAIN_TOO, outlet=Outlet("The Wire", "TR")), id=2, story=1),
    )


@pytest.fixture
def expulsion() -> Article:
    changes: dict[str, Any] = {"countries": ("FI", "RU"), "topics": (Topic("embassies", 0.9),)}
    return stored(new_article("expulsion", EXPULSION, **changes), id=3, story=2)

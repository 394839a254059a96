from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .every import DATABASES, Stores


@pytest.fixture(params=DATABASES)
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    async with DATABASES[request.param](tmp_path) as opened:
        yield opened

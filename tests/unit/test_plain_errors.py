"""What a server says, in a sentence that tells what to do."""

import asyncpg
import pytest
from sqlalchemy import make_url

from digest.errors import StoreError
from storage.engine import plain_errors

URL = make_url("postgresql+asyncpg://ada@localhost/attache")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("remaining connection slots are reserved for roles with SUPERUSER", "no connection left"),
        ("remaining connection slots are reserved for non-replication", "no connection left"),
        ("sorry, too many clients already", "no connection left"),
        ('too many connections for role "ada"', "no connection left"),
        ("connection was closed in the middle of operation", "see that the server runs"),
    ],
)
def test_a_server_that_is_full_is_told_from_one_that_is_away(said: str, told: str) -> None:
    with pytest.raises(StoreError, match=told), plain_errors(URL):
        raise asyncpg.PostgresError(said)

"""What a server says, in a sentence that tells what to do."""

import sqlite3

import asyncpg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DataError, DBAPIError

from digest.errors import StoreError, Unstorable
from storage.database.engine import plain_errors

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


class Said(Exception):
    """What the driver of a server says, with the code that the standard has for it."""

    sqlstate = "54000"


def test_a_value_at_fault_is_told_from_a_database_at_fault() -> None:
    for error in (
        DBAPIError("INSERT", (), Said("index row size 4040 exceeds the maximum")),
        DataError("INSERT", (), sqlite3.DataError("string or blob too big")),
        UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "surrogates not allowed"),
    ):
        with pytest.raises(Unstorable, match="cannot hold a value: "), plain_errors(URL):
            raise error


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("sqlite+aiosqlite:///attache.db", "attache.db"),
        ("sqlite+aiosqlite:////var/lib/attache/attache.db", "/var/lib/attache/attache.db"),
        ("sqlite+aiosqlite://", ":memory:"),
    ],
)
def test_a_file_is_named_as_it_is_to_be_found(address: str, name: str) -> None:
    told = f"^the database {name} is in use by another program"
    with pytest.raises(StoreError, match=told), plain_errors(make_url(address)):
        raise sqlite3.OperationalError("database is locked")

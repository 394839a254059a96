"""What a server says, in a sentence that tells what to do."""

import sqlite3

import asyncpg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DataError, DBAPIError

from digest.errors import StoreError, Unstorable
from storage.database.errors import plain_errors

URL = make_url("postgresql+asyncpg://ada@localhost/attache")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (asyncpg.TooManyConnectionsError("remaining connection slots are"), "no connection left"),
        (asyncpg.TooManyConnectionsError("sorry, too many clients already"), "no connection left"),
        (asyncpg.ConnectionDoesNotExistError("closed in the middle"), "see that the server runs"),
        (asyncpg.CannotConnectNowError("the system is starting up"), "see that the server runs"),
        (asyncpg.AdminShutdownError("terminating connection due"), "see that the server runs"),
        (asyncpg.InterfaceError("connection is closed"), "see that the server runs"),
        (
            asyncpg.IdleInTransactionSessionTimeoutError(
                "terminating connection due to idle-in-transaction timeout"
            ),
            "gave up a transaction that stood still",
        ),
    ],
)
def test_a_server_that_is_full_is_told_from_one_that_is_away(error: Exception, told: str) -> None:
    with pytest.raises(StoreError, match=told), plain_errors(URL):
        raise error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (asyncpg.UndefinedTableError('relation "part" does not exist'), "has no tables yet"),
        (asyncpg.UndefinedColumnError('column "x" does not exist'), "tables of another version"),
        (asyncpg.InvalidCatalogNameError('database "x" does not exist'), "is not on the server"),
        (asyncpg.InvalidAuthorizationSpecificationError('role "x" does not'), "with createuser"),
        (asyncpg.InvalidPasswordError("password authentication failed"), "user and password"),
        (asyncpg.InsufficientPrivilegeError("permission denied"), "let it own the database"),
        (asyncpg.UndefinedFunctionError("function f() does not exist"), "failed: function f"),
        (
            asyncpg.NotNullViolationError(
                'null value in column "x" of relation "part" violates not-null constraint'
            ),
            'failed: null value in column "x"',
        ),
        (
            asyncpg.CheckViolationError(
                'new row for relation "slot" violates check constraint "connection"'
            ),
            'failed: new row for relation "slot"',
        ),
    ],
)
def test_what_is_missing_is_told_from_what_is_wrong(error: Exception, told: str) -> None:
    for raised in (error, DBAPIError("SELECT", (), error)):
        with pytest.raises(StoreError, match=told), plain_errors(URL):
            raise raised


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

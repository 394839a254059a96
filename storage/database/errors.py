"""One kind of error: whatever a driver raises becomes a sentence that tells the operator what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import URL
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from digest.errors import StoreError, Unstorable

_AWAY = "cannot be reached; see that the server runs"
_NO_TABLES = "has no tables yet; run `attache db upgrade`"
_OTHER_TABLES = "has the tables of another version; run `attache db upgrade`"

# By SQLSTATE, or by its first two signs: https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_STATE = {
    "08": _AWAY,
    "25P03": "gave up a transaction that stood still; see that this machine is not overloaded",
    "28000": "does not let this user in; make it with createuser, or see to pg_hba.conf",
    "28P01": "does not accept this user and password",
    "3D000": "is not on the server; make it with createdb",
    "42501": "may not be used by this user; let it own the database",
    "42703": _OTHER_TABLES,
    "42P01": _NO_TABLES,
    "53100": "cannot grow: the disk is full",
    "53300": "has no connection left; stop what else uses the server, or raise its max_connections",
    "57P": _AWAY,  # it is shut down, has crashed, or is not up yet
}

# By words, where there is no SQLSTATE: what SQLite says, and what asyncpg says itself.
_BY_WORDS = {
    "root certificate": "cannot be checked; put its root certificate into ~/.postgresql/root.crt",
    "file is not a database": "is no SQLite database; name another file",
    "unable to open database file": "cannot be opened; see that its folder exists and may be written to",
    "readonly database": "may not be written to; see who owns the file and its folder",
    "database is locked": "is in use by another program; stop it or try again",
    "malformed": "is damaged; put a back-up in its place",
    "disk is full": "cannot grow: the disk is full",
    "no such table": _NO_TABLES,
    "no such column": _OTHER_TABLES,
    "has no column named": _OTHER_TABLES,
    "onnect": _AWAY,  # refused, reset, closed, call failed
}

# Errors of the drivers that SQLAlchemy does not wrap.
_UNWRAPPED = (sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError)


@contextmanager
def plain_errors(url: URL) -> Iterator[None]:
    """Turn errors of the database into a StoreError of one plain sentence, Unstorable for a bad value."""
    try:
        yield
    except DBAPIError as error:
        raise _store_error(url, error) from error
    except UnicodeEncodeError as error:  # from SQLite's driver, for an unpaired surrogate
        raise Unstorable(f"{_named(url)} cannot hold a value: {error}") from error
    except _UNWRAPPED as error:
        raise StoreError(f"{_named(url)} {_reason(error)}") from error
    except TimeoutError as error:
        raise StoreError(
            f"{_named(url)} does not answer; see to the server and the way to it"
        ) from error
    except OSError as error:
        if url.get_backend_name() == "sqlite":
            raise
        raise StoreError(f"{_named(url)} {_AWAY}") from error
    except PoolTimeout as error:
        raise StoreError(f"{_named(url)} is too busy; try again in a minute") from error


def _store_error(url: URL, error: DBAPIError) -> StoreError:
    """Unstorable if a value is at fault: of the wrong kind (SQLSTATE class 22) or beyond a limit (54)."""
    if isinstance(error, DataError) or _state(error.orig).startswith(("22", "54")):
        return Unstorable(f"{_named(url)} cannot hold a value: {_said(error.orig)}")
    return StoreError(f"{_named(url)} {_reason(error.orig)}")


def _reason(error: BaseException | None) -> str:
    said, state = _said(error), _state(error)
    known = _BY_STATE if state else _BY_WORDS
    bears = state.startswith if state else said.__contains__
    return next((what for sign, what in known.items() if bears(sign)), f"failed: {said}")


def _state(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""


def _said(error: BaseException | None) -> str:
    """The first line; the rest is about the server, or holds the values of a row."""
    return str(error).partition("\n")[0]


def _named(url: URL) -> str:
    if url.get_backend_name() == "postgresql":
        return f"the database {url.database} on {url.host or 'this machine'}"
    return f"the database {url.database or ':memory:'}"

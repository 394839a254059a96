"""What all tables share: how names, ids and constraints are made."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from sqlalchemy import (
    BigInteger,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Table,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

# Batch migrations on SQLite rebuild a table and can only do so when every constraint has a name.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite counts up only columns that say INTEGER; elsewhere a bigint leaves room for years of parts.
RowId = BigInteger().with_variant(Integer, "sqlite")

# An id is never given twice: a chat remembers story ids longer than the stories live.
NEVER_REUSED = {"sqlite_autoincrement": True}


class Row(SQLModel):
    """What all tables share: one catalogue and one way of naming constraints."""

    # No row is ever validated: to build what would do it took 20 ms of each start.
    model_config = {"defer_build": True}
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def belongs_to_a_chat() -> ForeignKeyConstraint:
    """A foreign key by which rows follow their chat: deleted with it, renumbered with it."""
    return ForeignKeyConstraint(
        ["chat", "thread"], ["chat.id", "chat.thread"], ondelete="CASCADE", onupdate="CASCADE"
    )


def table(row: type[Row]) -> Table:
    """The table that a class declares, for Core statements."""
    return Row.metadata.tables[str(row.__tablename__)]


# Only the dialects' own INSERT knows ON CONFLICT.
INSERT: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}

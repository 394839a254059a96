"""The search over the newest revisions, with one meaning on both: FTS5 on SQLite, a tsvector on PostgreSQL.

All words must occur. The last one may be the beginning of a word, unless it is so short that nearly every
article has a word with it. Words in a title count for more.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Text, bindparam, literal_column, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

RANKED = 1_000  # of all findings, the newest; to rank 40,000 of "the" takes 0.2 s, of these 0.01 s
BEGINNING = 3  # letters from which the last word may be the beginning of one
NOBODY = 0  # no chat has this id
TITLE, TEXT, OUTLET = 8.0, 1.0, 2.0  # weights of the columns in bm25: a title says what it is about

# Others' own articles are left out by their ids: to look at each hit's owner, behind its text, takes twice
# as long (20,000 articles, a word in all of them: 220 ms against 80, 2026-11-28).
_NOT_OTHERS = "NOT IN (SELECT id FROM article WHERE owner IS NOT NULL AND owner != :reader)"

_BEST = {
    "sqlite": text(
        f"""
        SELECT rowid FROM article_search
        WHERE article_search MATCH :words AND rowid {_NOT_OTHERS} AND rowid >= (
            SELECT min(rowid) FROM (
                SELECT rowid FROM article_search
                WHERE article_search MATCH :words AND rowid {_NOT_OTHERS}
                ORDER BY rowid DESC LIMIT {RANKED}
            )
        )
        ORDER BY bm25(article_search, {TITLE}, {TEXT}, {OUTLET}), rowid DESC
        LIMIT :limit OFFSET :offset
        """
    ),
    # ts_rank has no bm25; the same weights, from D to A, and 1: a longer text says a word less strongly.
    "postgresql": text(
        f"""
        SELECT article_id FROM (
            SELECT article_id, words, asked
            FROM article_search, attache_query(:words, :begins) AS asked
            WHERE words @@ asked AND article_id {_NOT_OTHERS}
            ORDER BY article_id DESC LIMIT {RANKED}
        ) AS newest
        ORDER BY ts_rank('{{{TEXT / TITLE}, 0, {OUTLET / TITLE}, 1}}', words, asked, 1) DESC,
            article_id DESC
        LIMIT :limit OFFSET :offset
        """
    ).bindparams(bindparam("words", type_=ARRAY(Text))),
}


def searchable(words: str) -> tuple[str, ...]:
    """The words that can be searched for: those with a letter or a digit."""
    said = words.encode("utf-8", "ignore").decode().replace("\0", " ").split()
    return tuple(word for word in said if any(map(str.isalnum, word)))


async def best(
    connection: AsyncConnection,
    words: Sequence[str],
    *,
    limit: int,
    offset: int,
    reader: int | None,
) -> tuple[int, ...]:
    """Ids of the articles with all the words (at least one), best first, then latest."""
    dialect = connection.dialect.name
    asked = {
        **_asked(dialect, words),
        "limit": limit,
        "offset": offset,
        "reader": NOBODY if reader is None else reader,
    }
    return tuple(await connection.scalars(_BEST[dialect], asked))


def holding(dialect: str, words: Sequence[str]) -> Select[Any]:
    """Ids of the newest revisions with all the words (at least one)."""
    if dialect == "sqlite":
        match, number = text("article_search MATCH :words"), "rowid"
    else:
        match = text("words @@ attache_query(:words, :begins)").bindparams(
            bindparam("words", type_=ARRAY(Text))
        )
        number = "article_id"
    found: Select[Any] = select(literal_column(number)).select_from(text("article_search"))
    return found.where(match.bindparams(**_asked(dialect, words)))


def _asked(dialect: str, words: Sequence[str]) -> Mapping[str, Any]:
    begins = _may_begin(words[-1])
    if dialect != "sqlite":
        return {"words": list(words), "begins": begins}
    # As FTS5 takes them: each quoted, so that operators mean themselves.
    quoted = " AND ".join('"' + word.replace('"', '""') + '"' for word in words)
    return {"words": quoted + "*" if begins else quoted}


def _may_begin(word: str) -> bool:
    """Whether it is long enough to stand for a beginning; Chinese has no spaces, so there any word may."""
    return sum(map(str.isalnum, word)) >= BEGINNING or any(c >= "\u2e80" for c in word)

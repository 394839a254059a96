"""The full-text index on PostgreSQL: a table of tsvectors beside the newest revisions, kept by triggers.

Words are cut and folded much as FTS5's unicode61 does it on SQLite: letters and digits are words, whatever is
between them is not, and case and marks do not count. ``simple`` knows no language, so nothing is stemmed. The
database's locale says what a letter is: C.UTF-8 or one of ICU knows them all.
"""

from collections.abc import Callable

# Of one article. A tsvector holds 1 MB, and one that would be longer is an error: words at four bytes
# beside their own two a letter leave room for these. A long article has 30,000.
LETTERS = 250_000

# What the parser would take for addresses, paths, tags and numbers is cut before it sees them. Nothing
# else is: to replace all that is no letter took 2.3 ms an article of 5,000 letters. Marks are looked for
# only where letters may bear some: curly quotes alone do not cost the 1 ms of normalising.
FOLD = r"""
    CREATE FUNCTION attache_fold(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN regexp_replace(
        CASE WHEN words ~ '[\u00a8-\u1fff\u2070-\uffff]'
        THEN regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]+', '', 'g') ELSE words END,
        '[-./@_:~+%&=?#<>''\\]+', ' ', 'g'
    )
"""

# All words must occur, the last may be the beginning of one if it ``begins``; what is one word to a
# reader and several to the parser is a phrase.
QUERY = r"""
    CREATE FUNCTION attache_query(spoken text[], begins boolean) RETURNS tsquery
    LANGUAGE sql STABLE STRICT
    RETURN (
        SELECT to_tsquery('simple', string_agg(
            '''' || attache_fold(word) || ''''
            || CASE WHEN begins AND place = cardinality(spoken) THEN ':*' ELSE '' END, ' & '
        ))
        FROM unnest(spoken) WITH ORDINALITY AS one (word, place)
    )
"""

VECTOR = f"""
    CREATE FUNCTION attache_words(title text, body text, outlet text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(to_tsvector('simple', coalesce(attache_fold(title), '')), 'A')
        || setweight(to_tsvector('simple', coalesce(attache_fold(outlet), '')), 'B')
        || to_tsvector('simple', coalesce(attache_fold(left(body, {LETTERS})), ''))
"""

TABLE = (
    """
    CREATE TABLE article_search (
        article_id bigint CONSTRAINT pk_article_search PRIMARY KEY
            CONSTRAINT fk_article_search_article_id_article REFERENCES article ON DELETE CASCADE,
        words tsvector NOT NULL
    )
    """,
    "CREATE INDEX ix_article_search_words ON article_search USING gin (words)",
)

FILL = """
    INSERT INTO article_search (article_id, words)
    SELECT id, attache_words(title, text, outlet_name) FROM article WHERE is_newest
"""

TRIGGERS = (
    """
    CREATE FUNCTION article_search_insert() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO article_search (article_id, words)
        VALUES (new.id, attache_words(new.title, new.text, new.outlet_name));
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER article_search_insert AFTER INSERT ON article
    FOR EACH ROW WHEN (new.is_newest) EXECUTE FUNCTION article_search_insert()
    """,
    """
    CREATE FUNCTION article_search_supersede() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM article_search WHERE article_id = old.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER article_search_supersede AFTER UPDATE OF is_newest ON article
    FOR EACH ROW WHEN (old.is_newest AND NOT new.is_newest) EXECUTE FUNCTION article_search_supersede()
    """,
)


def build(execute: Callable[[str], object]) -> None:
    """Create the index, what keeps it, and fill it; ``execute`` runs one statement."""
    for statement in (FOLD, QUERY, VECTOR, *TABLE, FILL, *TRIGGERS):
        execute(statement)

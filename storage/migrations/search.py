"""The full-text index over the newest revisions, kept by triggers (https://www.sqlite.org/fts5.html).

A migration that rebuilds the table ``article`` drops its triggers with it: let it call ``watch`` at its end.
"""

from collections.abc import Callable

INDEX = (
    """
    CREATE VIEW newest_article AS
    SELECT id, title, text, outlet_name AS outlet FROM article WHERE is_newest
    """,
    """
    CREATE VIRTUAL TABLE article_search USING fts5(
        title, text, outlet,
        content='newest_article', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    )
    """,
)

TRIGGERS = {
    "article_search_insert": """
        AFTER INSERT ON article WHEN new.is_newest BEGIN
            INSERT INTO article_search (rowid, title, text, outlet)
            VALUES (new.id, new.title, new.text, new.outlet_name);
        END
    """,
    "article_search_delete": """
        AFTER DELETE ON article WHEN old.is_newest BEGIN
            INSERT INTO article_search (article_search, rowid, title, text, outlet)
            VALUES ('delete', old.id, old.title, old.text, old.outlet_name);
        END
    """,
    "article_search_supersede": """
        AFTER UPDATE OF is_newest ON article WHEN old.is_newest AND NOT new.is_newest BEGIN
            INSERT INTO article_search (article_search, rowid, title, text, outlet)
            VALUES ('delete', old.id, old.title, old.text, old.outlet_name);
        END
    """,
}


def build(execute: Callable[[str], object]) -> None:
    """Create the index and what keeps it; ``execute`` runs one statement."""
    for statement in INDEX:
        execute(statement)
    watch(execute)


def watch(execute: Callable[[str], object]) -> None:
    """Create the triggers anew and fill the index from the table."""
    for name, body in TRIGGERS.items():
        execute(f"DROP TRIGGER IF EXISTS {name}")
        execute(f"CREATE TRIGGER {name} {body}")
    execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")

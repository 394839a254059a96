"""What several workers on one database need: their queue, who moved what, and who handles an update."""

import sqlalchemy as sa
from alembic import op
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

from storage.migrations.rebuilding import rebuild

revision = "0060"
down_revision = "0041"


def upgrade() -> None:
    """Nothing was moved since anybody looked; every update that is stored has been handled."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "moved",
        sa.Column("id", number, nullable=False),
        sa.Column("article_id", number, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_moved_article_id_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_moved"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_moved_article_id", "moved", ["article_id"])
    with op.batch_alter_table("handled_update", recreate=rebuild()) as batch:
        batch.add_column(sa.Column("done", sa.Boolean(), server_default=sa.true(), nullable=False))
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        # Many statements in one text, which no prepared statement takes; the transaction is the same.
        queue = QueryBuilderEnvironment().build_install_query(create_schema=False)
        driver = bind.connection.dbapi_connection
        assert driver is not None
        driver.run_async(lambda server: server.execute(queue))

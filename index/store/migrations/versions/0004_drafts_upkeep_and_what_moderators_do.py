"""Drafts, the pages that sources come from, what moderators do, and what they teach: deals, golden questions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables."""
    op.add_column("versions", sa.Column("author", sa.Text, nullable=True))
    op.add_column("versions", sa.Column("markdown", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE versions SET markdown = 1 WHERE text LIKE '#%' OR text LIKE '%' || char(10) || '#%'")
    op.create_table(
        "drafts",
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("cautions", sa.JSON, nullable=False),
        sa.Column("page", sa.JSON, nullable=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_drafts"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name="fk_drafts_version"),
        sa.UniqueConstraint("id", name="uq_drafts_id"),
    )
    op.create_index("ix_drafts_at", "drafts", ["at"])
    op.create_table(
        "pages",
        sa.Column("source", sa.Integer, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("etag", sa.Text, nullable=True),
        sa.Column("last_modified", sa.Text, nullable=True),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("every", sa.Text, nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_pages"),
        sa.ForeignKeyConstraint(["source"], ["sources.key"], name="fk_pages_source"),
    )
    op.create_index("ix_pages_due_at", "pages", ["due_at"])
    _create("deals", sa.Column("id", sa.Text, nullable=False), sa.Column("deal", sa.JSON, nullable=True))
    op.create_index("ix_deals_shelf", "deals", ["shelf", "id", "key"])
    _create(
        "acts",
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
    op.create_index("ix_acts_shelf", "acts", ["shelf", "key"])
    op.create_index("ix_acts_subject", "acts", ["shelf", "subject", "key"])
    _create(
        "goldens",
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("figure", sa.Text, nullable=False),
        sa.UniqueConstraint("shelf", "question", name="uq_goldens_shelf_question"),
    )
    _create("solutions", sa.Column("folded", sa.Text, nullable=False), sa.Column("source", sa.Text, nullable=False))
    op.create_index("ix_solutions_shelf", "solutions", ["shelf", "folded"])


def _create(name: str, *columns: sa.Column[str] | sa.UniqueConstraint) -> None:
    """Create a table of what somebody did on a shelf."""
    op.create_table(
        name,
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("shelf", sa.Text, nullable=False),
        *columns,
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["shelf"], ["shelves.id"], name=f"fk_{name}_shelf"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("solutions", "goldens", "acts", "deals", "pages", "drafts"):
        op.drop_table(name)
    op.drop_column("versions", "markdown")
    op.drop_column("versions", "author")

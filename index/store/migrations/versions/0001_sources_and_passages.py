"""Sources, their versions, states and passages, and the terms that rankers are built from."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "shelves",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shelves"),
    )
    op.create_table(
        "sources",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("shelf", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sources"),
        sa.ForeignKeyConstraint(["shelf"], ["shelves.id"], name="fk_sources_shelf"),
        sa.UniqueConstraint("shelf", "id", name="uq_sources_shelf_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "versions",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("source", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("title_basis", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("credit", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("published_basis", sa.Text, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_versions"),
        sa.ForeignKeyConstraint(["source"], ["sources.key"], name="fk_versions_source"),
        sa.UniqueConstraint("source", "number", name="uq_versions_source_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_versions_sha256", "versions", ["sha256"])
    op.create_table(
        "states",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("source", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_states"),
        sa.ForeignKeyConstraint(["source"], ["sources.key"], name="fk_states_source"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name="fk_states_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_states_source", "states", ["source", "key"])
    op.create_table(
        "passages",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_passages"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name="fk_passages_version"),
        sa.UniqueConstraint("version", "ordinal", name="uq_passages_version_ordinal"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "terms",
        sa.Column("passage", sa.Integer, nullable=False),
        sa.Column("analysis", sa.Integer, nullable=False),
        sa.Column("sentences", sa.LargeBinary, nullable=False),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("passage", name="pk_terms"),
        sa.ForeignKeyConstraint(["passage"], ["passages.key"], name="fk_terms_passage"),
    )
    op.create_index("ix_terms_analysis", "terms", ["analysis"])
    op.create_table(
        "settings",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )


def downgrade() -> None:
    """Drop everything that ``upgrade`` made."""
    for name in ("settings", "terms", "passages", "states", "versions", "sources", "shelves"):
        op.drop_table(name)

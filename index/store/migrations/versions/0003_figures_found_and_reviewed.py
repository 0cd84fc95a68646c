"""The figures that were found in sources by rule, and what moderators made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "figures",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("found", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_figures"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name="fk_figures_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_figures_version", "figures", ["version"])
    op.create_table(
        "reviews",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("figure", sa.Integer, nullable=False),
        sa.Column("review", sa.Text, nullable=False),
        sa.Column("corrected", sa.JSON, nullable=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_reviews"),
        sa.ForeignKeyConstraint(["figure"], ["figures.key"], name="fk_reviews_figure"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reviews_figure", "reviews", ["figure", "key"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("reviews", "figures"):
        op.drop_table(name)

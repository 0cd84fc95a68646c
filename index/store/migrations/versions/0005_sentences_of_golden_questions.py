"""The sentence that answers a golden question, word for word."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column, empty where no sentence is known."""
    op.add_column("goldens", sa.Column("sentence", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("goldens", "sentence")

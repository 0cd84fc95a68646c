"""Answers that were given and what people said of them, preferences, departures; and what lists are searched by."""

import sqlalchemy as sa
from alembic import op

from index.store.labels import label

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables of what is remembered, and label the versions that are there."""
    op.create_index("ix_states_version", "states", ["version"])
    op.create_table(
        "labels",
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_labels"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name="fk_labels_version"),
    )
    op.create_table(
        "departures",
        sa.Column("shelf", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("shelf", name="pk_departures"),
        sa.ForeignKeyConstraint(["shelf"], ["shelves.id"], name="fk_departures_shelf"),
    )
    op.create_table(
        "preferences",
        sa.Column("shelf", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("shelf", "name", name="pk_preferences"),
        sa.ForeignKeyConstraint(["shelf"], ["shelves.id"], name="fk_preferences_shelf"),
    )
    op.create_table(
        "answers",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("shelf", sa.Text, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("missing", sa.JSON, nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("took_ms", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_answers"),
        sa.ForeignKeyConstraint(["shelf"], ["shelves.id"], name="fk_answers_shelf"),
        sa.UniqueConstraint("id", name="uq_answers_id"),
        sa.UniqueConstraint("origin", name="uq_answers_origin"),
        sqlite_autoincrement=True,
    )
    for column in ("shelf", "asked_by", "asked_at"):
        op.create_index(f"ix_answers_{column}", "answers", [column])
    op.create_table(
        "reports",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("answer", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("complaint", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_reports"),
        sa.ForeignKeyConstraint(["answer"], ["answers.key"], name="fk_reports_answer"),
        sa.UniqueConstraint("answer", "by", name="uq_reports_answer_by"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "wishes",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("answer", sa.Integer, nullable=False),
        sa.Column("shelf", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_wishes"),
        sa.ForeignKeyConstraint(["answer"], ["answers.key"], name="fk_wishes_answer"),
        sa.UniqueConstraint("shelf", "folded", "by", name="uq_wishes_shelf_folded_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wishes_answer", "wishes", ["answer"])
    _label()


def _label() -> None:
    """Label the versions that came before labels."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT versions.key, title, publisher, credit, sources.id FROM versions "
            "JOIN sources ON sources.key = versions.source"
        )
    )
    labels = sa.table("labels", sa.column("version", sa.Integer), sa.column("folded", sa.Text))
    for rows in found.partitions(1_000):
        connection.execute(sa.insert(labels), [{"version": key, "folded": label(*named)} for key, *named in rows])


def downgrade() -> None:
    """Drop everything that ``upgrade`` made."""
    for name in ("wishes", "reports", "answers", "preferences", "departures", "labels"):
        op.drop_table(name)
    op.drop_index("ix_states_version", "states")

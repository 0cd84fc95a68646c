"""The tables. Rows are added, never changed: a new version, or a new state, is a new row."""

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    exists,
)

HEAD = "0001"
"""The migration that these tables are the result of."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

shelves = Table(
    "shelves",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", DateTime, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("shelf", ForeignKey("shelves.id"), nullable=False),
    Column("id", Text, nullable=False),
    UniqueConstraint("shelf", "id"),
    sqlite_autoincrement=True,
)

versions = Table(
    "versions",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("source", ForeignKey("sources.key"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_basis", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("publisher", Text),
    Column("credit", Text),
    Column("url", Text),
    Column("published", Text),
    Column("published_basis", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("added_by", Text, nullable=False),
    UniqueConstraint("source", "number"),
    Index("ix_versions_sha256", "sha256"),
    sqlite_autoincrement=True,
)

states = Table(
    "states",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("source", ForeignKey("sources.key"), nullable=False),
    Column("version", ForeignKey("versions.key"), nullable=False),
    Column("state", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_states_source", "source", "key"),
    sqlite_autoincrement=True,
)
"""What became of each source, act by act; the newest row of a source says which version stands, and how."""

_later = states.alias("later")
standing = ~exists().where(_later.c.source == states.c.source, _later.c.key > states.c.key)
"""The condition that a row of ``states`` is the newest of its source."""

passages = Table(
    "passages",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("version", ForeignKey("versions.key"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    UniqueConstraint("version", "ordinal"),
    sqlite_autoincrement=True,
)

terms = Table(
    "terms",
    metadata,
    Column("passage", ForeignKey("passages.key"), primary_key=True),
    Column("analysis", Integer, nullable=False),
    Column("sentences", LargeBinary, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Index("ix_terms_analysis", "analysis"),
)
"""What a passage is found by, so that rankers are built and sentences compared without reading the text again: the
term keys of its title and heading, then of each sentence (little-endian uint64), and for each sentence its start and
end in the stored text and its number of terms (little-endian int32)."""

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small facts about the store itself, such as which seeds it was last given."""

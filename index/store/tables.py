"""The tables. Rows about sources are added, never changed: a new version, or a new state, is a new row.

What is kept about people (answers, reports, wishes) is deleted when its time is over, and so are drafts that nobody
approved, sources that were removed, and what a server leaves behind.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
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

HEAD = "0005"
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
    Column("author", Text),
    Column("credit", Text),
    Column("url", Text),
    Column("published", Text),
    Column("published_basis", Text, nullable=False),
    Column("markdown", Boolean(create_constraint=False), nullable=False),
    Column("words", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("added_by", Text, nullable=False),
    UniqueConstraint("source", "number"),
    Index("ix_versions_sha256", "sha256"),
    sqlite_autoincrement=True,
)

labels = Table(
    "labels",
    metadata,
    Column("version", ForeignKey("versions.key"), primary_key=True),
    Column("folded", Text, nullable=False),
)
"""What a version is found by in lists: its title, publisher, credit and source id, in lower case without accents."""

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
    Index("ix_states_version", "version"),
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

figures = Table(
    "figures",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("version", ForeignKey("versions.key"), nullable=False),
    Column("found", JSON, nullable=False),
    Index("ix_figures_version", "version"),
    sqlite_autoincrement=True,
)
"""The figures that were found in a version by rule, as ``FoundFigure`` writes them. They follow from the text: those
that nobody has reviewed are found anew when the rules change."""

reviews = Table(
    "reviews",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("figure", ForeignKey("figures.key"), nullable=False),
    Column("review", Text, nullable=False),
    Column("corrected", JSON),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_reviews_figure", "figure", "key"),
    sqlite_autoincrement=True,
)
"""What moderators made of found figures, act by act; the newest row of a figure says how it stands, and how it reads
where it was ``corrected``."""

drafts = Table(
    "drafts",
    metadata,
    Column("version", ForeignKey("versions.key"), primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("cautions", JSON, nullable=False),
    Column("page", JSON),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_drafts_at", "at"),
)
"""Versions that wait for a moderator. Approved, the version gets a state and loses its row here; until then no state
says that it stands, so nothing that answers can see it. ``page`` is the web page that it was read from, as ``Page``
writes it."""

pages = Table(
    "pages",
    metadata,
    Column("source", ForeignKey("sources.key"), primary_key=True),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("seen_at", DateTime, nullable=False),
    Column("every", Text, nullable=False),
    Column("due_at", DateTime),
    Column("outcome", Text, nullable=False),
    Index("ix_pages_due_at", "due_at"),
)
"""The web page that a source is read from: as it was when somebody last looked, how often that is done (``never``,
``daily``, ``weekly``), when next, and what came of the last time."""

deals = Table(
    "deals",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("shelf", ForeignKey("shelves.id"), nullable=False),
    Column("id", Text, nullable=False),
    Column("deal", JSON),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_deals_shelf", "shelf", "id", "key"),
    sqlite_autoincrement=True,
)
"""The deals that moderators made on a shelf, as ``Deal`` writes them. The newest row of an id stands; one without a
deal takes it away."""

acts = Table(
    "acts",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("shelf", ForeignKey("shelves.id"), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_acts_shelf", "shelf", "key"),
    Index("ix_acts_subject", "shelf", "subject", "key"),
    sqlite_autoincrement=True,
)
"""What moderators and operators did, when, and to what: a source, a deal, a golden question, by its id."""

goldens = Table(
    "goldens",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("shelf", ForeignKey("shelves.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("figure", Text, nullable=False),
    Column("sentence", Text, nullable=False, server_default=""),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    UniqueConstraint("shelf", "question"),
    sqlite_autoincrement=True,
)
"""Questions whose right answer a moderator knows: from which ``source``, with which ``figure`` (as written, such as
``4.5 GW``), or by which ``sentence`` of the source, word for word as its text has it; each may be empty, not all."""

solutions = Table(
    "solutions",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("shelf", ForeignKey("shelves.id"), nullable=False),
    Column("folded", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_solutions_shelf", "shelf", "folded"),
    sqlite_autoincrement=True,
)
"""Questions that were asked in vain and that a moderator takes for answered since; ``folded`` is a digest of what
wishes are grouped by, ``source`` the id of the one that answers, or empty."""

departures = Table(
    "departures",
    metadata,
    Column("shelf", ForeignKey("shelves.id"), primary_key=True),
    Column("at", DateTime, nullable=False),
)
"""The shelves of servers that are no longer there, and since when."""

preferences = Table(
    "preferences",
    metadata,
    Column("shelf", ForeignKey("shelves.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("origin", Text, nullable=False, unique=True),
    Column("shelf", ForeignKey("shelves.id"), nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", DateTime, nullable=False),
    Column("question", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("missing", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("took_ms", Float, nullable=False),
    Index("ix_answers_shelf", "shelf"),
    Index("ix_answers_asked_by", "asked_by"),
    Index("ix_answers_asked_at", "asked_at"),
    sqlite_autoincrement=True,
)
"""Answers that were given, by reference: ``evidence`` has, under ``citations``, the rank, score, passage key, and start
and end of the quote of each, under ``figures`` how each is named; ``origin`` is what was answered (a
message, a command) and is answered once."""

reports = Table(
    "reports",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("answer", ForeignKey("answers.key"), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("complaint", Text, nullable=False),
    Column("words", Text, nullable=False),
    UniqueConstraint("answer", "by"),
    sqlite_autoincrement=True,
)

wishes = Table(
    "wishes",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("answer", ForeignKey("answers.key"), nullable=False),
    Column("shelf", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    UniqueConstraint("shelf", "folded", "by"),
    Index("ix_wishes_answer", "answer"),
    sqlite_autoincrement=True,
)
"""Who asked for a source that answers a question; ``folded`` is the question as wishes are grouped by it."""

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small facts about the store itself, such as which seeds it was last given."""

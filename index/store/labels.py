"""What lists of sources are searched by: what names a source, in lower case without accents."""

from index.language.analysis import fold

_PLAIN = str.maketrans("\u2019\u02bc\u2018", "'''")


def folded(text: str) -> str:
    """Return a text as it is compared: lower case, no accents, plain apostrophes, single spaces."""
    return " ".join(fold(text.casefold()).translate(_PLAIN).split())


def label(title: str, publisher: str | None, credit: str | None, source_id: str) -> str:
    """Return what a version of a source is found by: one line for each thing that names it."""
    return "\n".join(folded(part) for part in (title, publisher, credit, source_id) if part)

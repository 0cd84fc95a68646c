"""The engines that are compared, each behind the same few methods.

A passage is a list of words, known by its place in the corpus; a question is a list of words. All engines
count the same words, because each is told to split at spaces only, and all use k1 = 1.2 and b = 0.75, which
FTS5 and tantivy have built in. Each is used as its documentation shows, in the variant that answers
fastest.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from typing_extensions import override

from index.language.dictionary import shipped
from index.ranking import segment as segments
from index.ranking.bm25 import Parameters
from index.ranking.formulation import formulate
from index.ranking.postings import Postings
from index.ranking.query import Alternative, Group, Query
from index.ranking.segment import Keys
from index.ranking.terms import bag, key

Words = list[str]
K1, B = 1.2, 0.75
_PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


class Engine:
    """What every engine can do. ``live``: it adds and removes passages without building anew."""

    name: ClassVar[str]
    package: ClassVar[str | None] = None
    live: ClassVar[bool] = True

    def build(self, folder: Path, passages: Sequence[Words]) -> None:
        """Index passages; an engine that lives in files leaves them in ``folder``."""
        raise NotImplementedError

    def save(self, folder: Path, passages: Sequence[Words]) -> None:
        """Leave in ``folder`` what ``open`` needs, where building has not."""

    def open(self, folder: Path) -> None:
        """Get ready to answer from what ``build`` and ``save`` have left."""
        raise NotImplementedError

    def search(self, words: Words) -> list[int]:
        """Return the ten best passages."""
        raise NotImplementedError

    def add(self, first: int, passages: Sequence[Words]) -> None:
        """Add passages, numbered from ``first``, durably; the next search finds them."""
        raise NotImplementedError

    def remove(self, first: int, count: int) -> None:
        """Remove the passages from ``first`` on, durably; the next search does not find them."""
        raise NotImplementedError


class Sourcier(Engine):
    """Our own index. Term keys are kept in SQLite, one row for each passage, as the store keeps them."""

    name = "sourcier"

    def __init__(self) -> None:
        self._postings = Postings(Parameters(K1, B))

    @override
    def build(self, folder: Path, passages: Sequence[Words]) -> None:  # nothing in files
        self._postings.add(range(len(passages)), [self._bag(words) for words in passages])

    @override
    def save(self, folder: Path, passages: Sequence[Words]) -> None:
        self._connect(folder)
        self._database.execute("CREATE TABLE terms (passage INTEGER PRIMARY KEY, keys BLOB)")
        self._insert(0, (self._bag(words) for words in passages))
        self._database.commit()
        self._database.close()

    @override
    def open(self, folder: Path) -> None:
        self._connect(folder)
        rows = self._database.execute("SELECT passage, keys FROM terms ORDER BY passage")
        while read := rows.fetchmany(segments.MOST_DOCUMENTS):
            places, blobs = zip(*read, strict=True)
            lengths = np.fromiter(map(len, blobs), dtype=np.int32) // 8
            keys = np.frombuffer(b"".join(blobs), dtype=np.uint64)
            self._postings.add_segment(segments.build_flat(np.array(places, dtype=np.int64), keys, lengths))

    @override
    def search(self, words: Words) -> list[int]:
        return [hit.identity for hit in self._postings.search(self._query(words), 10)]

    @override
    def add(self, first: int, passages: Sequence[Words]) -> None:
        bags = [self._bag(words) for words in passages]
        self._insert(first, bags)
        self._database.commit()
        self._postings.add(range(first, first + len(bags)), bags)

    @override
    def remove(self, first: int, count: int) -> None:
        self._database.execute("DELETE FROM terms WHERE passage >= ? AND passage < ?", (first, first + count))
        self._database.commit()
        self._postings.remove(range(first, first + count))

    def _bag(self, words: Words) -> Keys:
        return np.array([key(word) for word in words], dtype=np.uint64)

    def _query(self, words: Words) -> Query:
        return tuple(Group((Alternative((key(word),)),)) for word in words)

    def _connect(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "terms.sqlite")
        self._database.executescript(_PRAGMAS)

    def _insert(self, first: int, bags: Iterable[Keys]) -> None:
        rows = ((first + place, keys.tobytes()) for place, keys in enumerate(bags))
        self._database.executemany("INSERT INTO terms VALUES (?, ?)", rows)


class SourcierInFull(Sourcier):
    """The same as answers use it: text analysis, three term spaces, both stemmers, the lexicon."""

    name = "sourcier (in full)"

    def _bag(self, words: Words) -> Keys:
        return bag([" ".join(words)], "fr")

    def _query(self, words: Words) -> Query:
        return formulate(" ".join(words), "fr", shipped())


class RankBM25(Engine):
    """rank-bm25: Python lists and dictionaries, every passage scored. With delta 0, ``BM25Plus`` is ours."""

    name = "rank-bm25"
    package = "rank_bm25"
    live = False

    @override
    def build(self, folder: Path, passages: Sequence[Words]) -> None:  # nothing in files
        from rank_bm25 import BM25Plus

        self._index = BM25Plus(passages, k1=K1, b=B, delta=0)
        self._places = range(len(passages))

    @override
    def open(self, folder: Path) -> None:
        with (folder.parent / "passages.txt").open() as lines:
            self.build(folder, [line.split() for line in lines])

    @override
    def search(self, words: Words) -> list[int]:
        best: list[int] = self._index.get_top_n(words, self._places, n=10)
        return best


class BM25S(Engine):
    """bm25s: scores computed when indexing, kept in a sparse matrix (float32)."""

    name = "bm25s (numpy)"
    package = "bm25s"
    live = False
    backend: ClassVar[str] = "numpy"

    @override
    def build(self, folder: Path, passages: Sequence[Words]) -> None:  # nothing in files
        from bm25s import BM25

        self._index: Any = BM25(k1=K1, b=B, method="lucene", backend=self.backend)
        self._index.index(passages, show_progress=False)

    @override
    def save(self, folder: Path, passages: Sequence[Words]) -> None:  # it has them
        self._index.save(folder, show_progress=False)

    @override
    def open(self, folder: Path) -> None:
        from bm25s import BM25

        self._index = BM25.load(folder, show_progress=False)

    @override
    def search(self, words: Words) -> list[int]:
        best: list[int] = self._index.retrieve([words], k=10, show_progress=False).documents[0].tolist()
        return best


class BM25SNumba(BM25S):
    """bm25s, its scoring and selection compiled by numba on first use."""

    name = "bm25s (numba)"
    package = "numba"
    backend = "numba"


class FTS5(Engine):
    """SQLite's full-text index in a file; any word of a question may match."""

    name = "SQLite FTS5"

    @override
    def build(self, folder: Path, passages: Sequence[Words]) -> None:
        self.open(folder)
        self._database.execute("CREATE VIRTUAL TABLE passage USING fts5(body, tokenize = 'unicode61')")
        self._insert(0, passages)
        self._database.execute("INSERT INTO passage (passage) VALUES ('optimize')")
        self._database.commit()

    @override
    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite")
        self._database.executescript(_PRAGMAS)

    @override
    def search(self, words: Words) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in words)
        rows = self._database.execute(
            "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10", (asked,)
        )
        return [rowid for (rowid,) in rows]

    @override
    def add(self, first: int, passages: Sequence[Words]) -> None:
        self._insert(first, passages)
        self._database.commit()

    @override
    def remove(self, first: int, count: int) -> None:
        self._database.execute("DELETE FROM passage WHERE rowid >= ? AND rowid < ?", (first, first + count))
        self._database.commit()

    def _insert(self, first: int, passages: Sequence[Words]) -> None:
        rows = ((first + place, " ".join(words)) for place, words in enumerate(passages))
        self._database.executemany("INSERT INTO passage (rowid, body) VALUES (?, ?)", rows)


class Tantivy(Engine):
    """tantivy: Lucene's design in Rust, in files; no positions, and no count of all matches."""

    name = "tantivy"
    package = "tantivy"

    @override
    def build(self, folder: Path, passages: Sequence[Words]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("place", stored=True, indexed=True)
        schema.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        self._start(tantivy.Index(schema.build(), path=str(folder)))
        self.add(0, passages)
        self._writer.wait_merging_threads()
        self._index.reload()

    @override
    def open(self, folder: Path) -> None:
        import tantivy

        self._start(tantivy.Index.open(str(folder)))

    @override
    def search(self, words: Words) -> list[int]:
        searcher = self._index.searcher()
        query = self._index.parse_query(" ".join(words), ["body"])
        hits = searcher.search(query, 10, count=False).hits
        return [searcher.doc(address)["place"][0] for _, address in hits]

    @override
    def add(self, first: int, passages: Sequence[Words]) -> None:
        import tantivy

        self._write()
        for place, words in enumerate(passages, start=first):
            document = tantivy.Document(body=" ".join(words))
            document.add_unsigned("place", place)
            self._writer.add_document(document)
        self._writer.commit()
        self._index.reload()

    @override
    def remove(self, first: int, count: int) -> None:
        self._write()
        for place in range(first, first + count):
            self._writer.delete_documents_by_term("place", place)
        self._writer.commit()
        self._index.reload()

    def _start(self, index: Any) -> None:  # noqa: ANN401  # tantivy has no types
        self._index = index
        self._writer: Any = None

    def _write(self) -> None:
        self._writer = self._writer or self._index.writer()


ENGINES: dict[str, type[Engine]] = {
    engine.name: engine for engine in (Sourcier, SourcierInFull, RankBM25, BM25S, BM25SNumba, FTS5, Tantivy)
}


def installed(engine: type[Engine]) -> bool:
    """Tell whether the package that an engine needs is there."""
    return engine.package is None or find_spec(engine.package) is not None

"""The first reading of an exported shelf: whether all of it is right, and what its passages will be found by."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.exchange.checking import fitting
from index.exchange.lines import Mark, Reader
from index.exchange.records import DealLine, FigureLine, Header, SourceLine, VersionLine
from index.figures.curated import shipped
from index.figures.deals import Deal, FoundFigure
from index.figures.extraction import RULES
from index.model import Article
from index.preparation import Packed, figures, pack


class Sheaf:
    """What passages are found by, kept on the disk from the first reading of a file to the second.

    The file has no name: it is gone when this is closed, or the process ends.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - until ``close``
        self._places: dict[int, tuple[int, int]] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def put(self, name: int, terms: Sequence[Packed]) -> None:
        """Keep the terms of some passages under a name."""
        self._places[name] = (self._file.seek(0, 2), len(terms))
        self._file.write(np.array([(len(each.sentences), len(each.keys)) for each in terms], dtype="<i8").tobytes())
        for each in terms:
            self._file.write(each.sentences + each.keys)

    def get(self, name: int) -> list[Packed] | None:
        """Return what was kept under a name, if anything was."""
        if name not in self._places:
            return None
        place, number = self._places[name]
        self._file.seek(place)
        sizes = np.frombuffer(self._file.read(16 * number), dtype="<i8").reshape(-1, 2).tolist()
        return [Packed(self._file.read(sentences), self._file.read(keys)) for sentences, keys in sizes]


class Plan(NamedTuple):
    """What a file holds, and what it means for the shelf that takes it in.

    ``mark``: of what was read; ``deals``: as they stand. By the number of a version's line: ``terms`` of its
    passages, unless the source is already there, and ``anew``, the figures that are found today where those of the file
    come from other rules; then only the reviewed ones of the file count.
    """

    header: Header
    shelf: str
    mark: Mark
    sources: list[SourceLine]
    deals: dict[str, Deal | None]
    terms: Sheaf
    anew: dict[int, list[FoundFigure]]


def plan(
    reader: Reader,
    shelf: str | None,
    texts_on: Callable[[str], AbstractSet[str]],
    terms: Sheaf,
    pause: Callable[[], None],
) -> Plan:
    """Read a file to its end, and make ready what it brings to a shelf, by default the one that it comes from.

    ``texts_on`` tells the digests of the texts that stand on a shelf; ``pause`` is called before each passage, which
    takes some milliseconds. Raises ``BadInput`` at the first line that is not right.
    """
    lines = fitting(reader)
    _, header = next(lines)
    assert isinstance(header, Header)  # noqa: S101 - so ``fitting`` says
    target = header.shelf if shelf is None else shelf
    present = texts_on(target)
    sources: list[SourceLine] = []
    deals: dict[str, Deal | None] = {}
    anew: dict[int, list[FoundFigure]] = {}
    for number, line in lines:
        match line:
            case DealLine():
                deals[line.id] = line.deal
            case SourceLine():
                sources.append(line)
            case VersionLine() if sources[-1].standing.sha256 not in present:
                terms.put(number, _packed(line, pause))
                if header.rules != RULES:
                    anew[number] = _found(line.article, deals, pause)
            case FigureLine() if anew and line.reviews:
                last = next(reversed(anew))
                span = (line.found.text.start, line.found.text.end)
                anew[last] = [each for each in anew[last] if (each.text.start, each.text.end) != span]
    return Plan(header, target, reader.mark, sources, deals, terms, anew)


def _packed(line: VersionLine, pause: Callable[[], None]) -> list[Packed]:
    article, packed = line.article, []
    for heading, start, end in line.passages:
        pause()
        packed.append(pack(article.title, heading, article.text[start:end], start, article.language))
    return packed


def _found(article: Article, deals: Mapping[str, Deal | None], pause: Callable[[], None]) -> list[FoundFigure]:
    known = [*shipped().deals, *(deal for deal in deals.values() if deal is not None)]
    about = (article.text, article.title, article.language, article.published)
    return figures(*about, pause, known, markdown=article.markdown)

"""Whether the lines of an exported shelf fit together: their order and number, ids, texts and offsets."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from index.exchange.lines import Reader
from index.exchange.proving import Proof, plain
from index.exchange.records import (
    LONGEST_PASSAGE,
    Counts,
    DealLine,
    FigureLine,
    Header,
    Line,
    SourceLine,
    VersionLine,
)
from index.keepable import wrong_with

_ORDER = ("deal", "source", "preference", "golden", "act")


def fitting(reader: Reader) -> Iterator[tuple[int, Header | Line]]:
    """Yield the lines of a file with their numbers, the header first, each once it is known to fit to those before it.

    A version comes after its source, a figure after its version. Raises ``BadInput``, at the end also where there are
    not as many lines as the header says.
    """
    lines = reader.read()
    number, header = next(lines, (1, None))
    if not isinstance(header, Header):
        raise reader.refused(1, "there is no header")
    yield number, header
    fit = _Fit()
    for number, line in lines:
        if isinstance(line, Header):
            raise reader.refused(number, "there is a second header")
        if wrong := fit.wrong_with(line):
            raise reader.refused(number, wrong)
        yield number, line
    if wrong := fit.wrong_at_the_end(header.counts):
        raise reader.refused(number, wrong)


class _Fit:
    """What was read so far, as far as the next line must fit to it."""

    def __init__(self) -> None:
        self._place = 0
        self._sources: set[str] = set()
        self._found: set[str] = set()
        self._questions: set[str] = set()
        self._names: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._source: SourceLine | None = None
        self._versions = 0  # of the source that were read
        self._proof: Proof | None = None  # of the version that was read last

    def wrong_with(self, line: Line) -> str:
        """Say what is wrong with the next line; nothing where it fits."""
        self._counts[line.kind] += 1
        match line:
            case VersionLine():
                return self._wrong_version(line)
            case FigureLine():
                return self._wrong_figure(line)
            case SourceLine():
                wrong = self._taken(self._sources, line.id)
            case DealLine():
                wrong = ""
            case _:
                wrong = self._wrong_setting(line)
        place = _ORDER.index(line.kind)
        if place < self._place:
            return f"a {line.kind} comes after a {_ORDER[self._place]}"
        wrong = wrong or self._wrong_source_so_far()
        self._place, self._proof = place, None
        self._source, self._versions = (line, 0) if isinstance(line, SourceLine) else (None, 0)
        return wrong

    def wrong_at_the_end(self, counts: Counts) -> str:
        """Say what is missing; nothing where all is there."""
        if wrong := self._wrong_source_so_far():
            return wrong
        read = {name: self._counts[name.removesuffix("s")] for name in Counts.model_fields}
        if read != counts.model_dump():
            differs = next(name for name, number in counts.model_dump().items() if number != read[name])
            return f"the header promises {getattr(counts, differs)} {differs}, and there are {read[differs]}"
        return ""

    def _wrong_setting(self, line: Line) -> str:
        if line.kind == "golden":
            return self._taken(self._questions, line.question)
        return self._taken(self._names, line.name) if line.kind == "preference" else ""

    def _taken(self, known: set[str], name: str) -> str:
        if name in known:
            return "it is there twice"
        known.add(name)
        return ""

    def _wrong_source_so_far(self) -> str:
        if self._source is not None and self._versions < len(self._source.versions):
            return (
                f"the source before it has {len(self._source.versions)} versions, and only {self._versions} are there"
            )
        return ""

    def _wrong_version(self, line: VersionLine) -> str:
        source = self._source
        if source is None or line.source != source.id or self._versions == len(source.versions):
            return "a version does not follow its source"
        promised = source.versions[self._versions]
        if line.number != promised.number:
            return f"version {promised.number} is expected here"
        self._versions += 1
        text = line.article.text
        self._proof = Proof(line.article)
        if hashlib.sha256(text.encode()).hexdigest() != promised.sha256:
            return "the text is not the one that was exported: its SHA-256 is another"
        return wrong_with(line.article.title, line.article.url) or _wrong_passages(text, line.passages)

    def _wrong_figure(self, line: FigureLine) -> str:
        if self._proof is None:
            return "a figure does not follow its version"
        if line.id in self._found:
            return "it is there twice"
        self._found.add(line.id)
        readings = [line.found, *(review.corrected for review in line.reviews if review.corrected)]
        return next((wrong for reading in readings if (wrong := self._proof.wrong_with(reading))), "")


def _wrong_passages(text: str, passages: tuple[tuple[str, int, int], ...]) -> str:
    """Say what is wrong with the passages of a text: they stand one after another, each heading before its passages."""
    before, under = 0, ""
    for heading, start, end in passages:
        if not before <= start < end <= len(text) or end - start > LONGEST_PASSAGE:
            return "a passage lies outside its text, inside another one, or is too long"
        if heading not in {"", under} and plain(heading) not in plain(text[before:start]):
            return "a heading does not stand before its passage"
        before, under = end, heading
    return ""

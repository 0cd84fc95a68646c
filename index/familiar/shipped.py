"""The known questions of the seeds: read from their files, counted ahead, and read again as they were counted.

To count some fourteen thousand questions takes seconds, so it is done by ``python -m index.familiar``, which writes
``shipped.npz``; a test holds that file against what the questions come to today.
"""

import io
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import NamedTuple

import numpy as np

from index import seeding
from index.errors import BadInput
from index.familiar.likelihood import Known
from index.familiar.points import Point
from index.familiar.reading import Asking, Counted, Shares, count
from index.model import Article, Quote

_FILE = "shipped.npz"
_UNSAID = "unsaid"


class Curated(NamedTuple):
    """Points that sources say, and all points counted, theirs first."""

    points: tuple[Point, ...]
    counted: Counted

    @property
    def known(self) -> Known:
        """The points, to be held against questions."""
        said = np.arange(self.counted.kinds.shape[1]) < len(self.points)
        return Known(self.counted, said, literal=True)


@cache
def shipped() -> Curated:
    """Return what is known of the seeds, as it was counted. Reads a file: not for the event loop."""
    with np.load(io.BytesIO((files("index.familiar") / _FILE).read_bytes())) as kept:
        arrays = {name: kept[name] for name in kept.files}
    points = json.loads(bytes(arrays["points"]))
    counted = Counted(
        _shares(arrays, "questions"),
        _shares(arrays, "sentences"),
        arrays["kinds"].astype(float),
        arrays["wholes"],
        arrays["whole_points"].astype(np.int32),
    )
    return Curated(tuple(Point.model_validate(point) for point in points), counted)


@cache
def known() -> Known:
    """Return the points of the seeds, to be held against questions."""
    return shipped().known


def counted_now() -> Curated:
    """Read the files of questions and count them, which takes some seconds. Raises ``BadInput`` with one sentence."""
    articles = dict(seeding.articles())
    points: list[Point] = []
    asking: list[Asking] = []
    for source, entry in _entries("point"):
        article = articles.get(source)
        if article is None:
            raise BadInput(f"{source}: there is no such article.")
        points.append(_point(len(points), source, entry, article))
        asking.append(Asking(_questions(source, entry), (points[-1].quote.quote, article.language)))
    asking += [Asking(_questions(source, entry), None) for source, entry in _entries(_UNSAID)]
    return Curated(tuple(points), count(asking))


def as_file(curated: Curated) -> bytes:
    """Return what is known of the seeds as the file has it."""
    counted = curated.counted
    points = json.dumps([point.model_dump() for point in curated.points], ensure_ascii=False).encode()
    arrays = {
        "points": np.frombuffer(points, np.uint8),
        "kinds": counted.kinds.astype(np.float32),
        "wholes": counted.wholes,
        "whole_points": counted.whole_points.astype(np.int16),
    }
    for name, shares in (("questions", counted.questions), ("sentences", counted.sentences)):
        arrays |= {f"{name}_{field}": getattr(shares, field) for field in Shares._fields}
        arrays[f"{name}_shares"] = shares.shares.astype(np.float32)
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)  # type: ignore[arg-type]
    return written.getvalue()


def _shares(arrays: dict[str, np.typing.NDArray[np.generic]], name: str) -> Shares:
    found = Shares(*(arrays[f"{name}_{field}"] for field in Shares._fields))  # type: ignore[arg-type]
    return found._replace(shares=found.shares.astype(float))


def _entries(table: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the entries of a table of all files, each with the file's name without its ending."""
    for file in _files():
        name = PurePath(file.name).stem
        try:
            document = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"{name} is not valid TOML: {error}.") from error
        if unknown := sorted(document.keys() - {"point", _UNSAID}):
            raise BadInput(f"{name}: there is no table {unknown[0]}.")
        yield from ((name, entry) for entry in document.get(table, []))


def _point(number: int, source: str, entry: dict[str, object], article: Article) -> Point:
    quote, figure = entry.get("quote"), entry.get("figure")
    if not isinstance(quote, str) or article.text.count(quote) < 1:
        raise BadInput(f"{source}: {str(quote)[:80]!r} does not stand there.")
    start = article.text.index(quote)
    proof = Quote(quote=quote, start=start, end=start + len(quote))
    return Point(number=number, source=source, quote=proof, figure=None if figure is None else str(figure))


def _questions(source: str, entry: dict[str, object]) -> list[str]:
    questions = entry.get("questions")
    if not isinstance(questions, list) or not questions or not all(isinstance(each, str) for each in questions):
        raise BadInput(f"{source}: each entry needs its questions.")
    return questions


def _files() -> list[Traversable]:
    folder = files("seeds") / "questions"
    return sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)

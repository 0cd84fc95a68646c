"""Files that are not as they were exported: refused in a sentence, before anything is written."""

import copy
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from index.errors import StoreUnavailable
from index.exchange.records import FORMAT
from index.library import Library
from tests.index.exchange.moved import HERE, export, fill, is_refused, read, write

Lines = list[dict[str, Any]]


def line(lines: Lines, kind: str, last: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002
    found = [each for each in lines if each.get("kind") == kind]
    return found[-1 if last else 0]


def put(kind: str, value: object, *path: str | int) -> Callable[[Lines], None]:
    """Return what puts a value at a place in the first line of a kind (empty: the header)."""

    def change(lines: Lines) -> None:
        place: Any = lines[0] if not kind else line(lines, kind)
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def add(kind: str, name: str, amount: int, *path: str) -> Callable[[Lines], None]:
    """Return what moves an offset in the first line of a kind."""

    def change(lines: Lines) -> None:
        place = line(lines, kind)
        for step in path:
            place = place[step]
        place[name] += amount

    return change


def drop(kind: str) -> Callable[[Lines], None]:
    return lambda lines: lines.remove(line(lines, kind))


def repeat(kind: str) -> Callable[[Lines], None]:
    return lambda lines: lines.insert(lines.index(line(lines, kind)), copy.deepcopy(line(lines, kind)))


def to_the_end(kind: str) -> Callable[[Lines], None]:
    return lambda lines: lines.append(lines.pop(lines.index(line(lines, kind))))


def correct(**otherwise: str) -> Callable[[Lines], None]:
    """Return what makes the first figure corrected, and so that it says something else."""

    def change(lines: Lines) -> None:
        figure = line(lines, "figure")
        figure["reviews"][0]["corrected"] = figure["found"] | otherwise

    return change


WRONG: dict[str, tuple[Callable[[Lines], None], str]] = {
    "another format": (put("", "zip", "format"), "format is not right"),
    "a newer format": (put("", FORMAT + 1, "version"), "written by a newer Sourcier"),
    "no shelf": (put("", "../../etc", "shelf"), "shelf is not right"),
    "a field more": (put("", 1, "more"), "more is not right"),
    "a header less": (lambda lines: lines.remove(lines[0]), "line 1"),
    "a second header": (lambda lines: lines.insert(1, lines[0]), "line 2"),
    "an unknown kind": (put("source", "secret", "kind"), "line"),
    "a source's field more": (put("source", 1, "path"), "source.path is not right"),
    "an id with a path": (put("source", "../phare", "id"), "source.id is not right"),
    "an id in capitals": (put("source", "PHARE", "id"), "source.id is not right"),
    "a draft": (put("source", "draft", "states", 0, "state"), "states.0.state is not right"),
    "a state of no version": (put("source", 99, "states", 0, "version"), "a state is of a version that is not there"),
    "a moment without a zone": (put("source", "2026-01-01T00:00:00", "states", 0, "at"), "states.0.at is not right"),
    "a page of a file": (put("source", "file:///etc/passwd", "page", "url"), "page.url is not right"),
    "a page with a header": (put("source", "a\r\nHost: b", "page", "etag"), "page.etag is not right"),
    "an unknown schedule": (put("source", "hourly", "page", "every"), "page.every is not right"),
    "a version less": (drop("version"), "figure does not follow|versions, and only|version . is expected"),
    "a version twice": (repeat("version"), "is expected here|does not follow its source"),
    "a version at the end": (to_the_end("version"), "line"),
    "another text": (put("version", "Un autre texte que 4 GW.", "article", "text"), "its SHA-256 is another"),
    "an empty text": (put("version", "", "article", "text"), "article.text is not right"),
    "half a character": (put("version", "\ud800 texte", "article", "text"), "is not right"),
    "a long title": (put("version", "t" * 301, "article", "title"), "article.title is not right"),
    "a title with a NUL": (put("version", "a\0b", "article", "title"), "its title has a NUL"),
    "a scheme that runs": (put("version", "javascript:alert(1)", "article", "url"), "its url does not begin with"),
    "a passage outside": (put("version", ["", 0, 10_000_000], "passages", -1), "a passage lies outside its text"),
    "a passage backwards": (put("version", ["", 9, 3], "passages", 0), "a passage lies outside its text"),
    "a made-up heading": (put("version", "Achetez !", "passages", 0, 0), "a heading does not stand before"),
    "no passages": (put("version", [], "passages"), "passages is not right"),
    "a moved quote": (add("figure", "start", 1, "found", "quote"), "does not stand in the text"),
    "a moved number": (add("figure", "end", 1, "found", "text"), "does not stand in the text"),
    "a negative offset": (add("figure", "start", -100_000, "found", "text"), "does not stand in the text"),
    "a made-up number": (put("figure", "9 GW", "found", "text", "quote"), "does not stand in the text"),
    "a number that the quote does not say": (
        put("figure", "9000000000000", "found", "value"),
        "does not say its number",
    ),
    "another unit": (put("figure", "Wh", "found", "unit"), "does not say its number|does not fit"),
    "somebody else's words": (put("figure", "le roi", "found", "attribution"), "not those of its text"),
    "a correction beyond the quote": (correct(value="9000000000000"), "does not say its number"),
    "a curated figure": (put("figure", "curated", "reviews", 0, "review"), "reviews.0.review is not right"),
    "a figure twice": (repeat("figure"), "it is there twice"),
    "a figure less": (drop("figure"), "the header promises"),
    "an id of no figure": (put("figure", "found-0", "id"), "figure.id is not right"),
    "a float": (put("figure", 4.5, "found", "value"), "found.value is not right"),
    "a golden question twice": (repeat("golden"), "it is there twice"),
    "an unknown act": (put("act", "hacked", "act"), "act.act is not right"),
    "a setting with a path": (put("preference", "../x", "name"), "preference.name is not right"),
    "a setting twice": (repeat("preference"), "it is there twice"),
    "a source twice": (repeat("source"), "line"),
    "acts first": (lambda lines: lines.insert(1, lines.pop()), "comes after a act"),
}


async def test_a_file_with_anything_wrong_in_it_is_refused_whole(library: Library, tmp_path: Path) -> None:
    await fill(library, Random(1))  # noqa: S311
    lines = read(await export(library, tmp_path / "shelf.gz"))
    assert line(lines, "figure")["reviews"]
    assert await is_refused(library, tmp_path / "shelf.gz", "discord-9") == ""
    await library.retention.erase("discord-9")
    file = tmp_path / "wrong.gz"
    for what, (change, reason) in WRONG.items():
        changed = copy.deepcopy(lines)
        change(changed)
        data = "".join(json.dumps(each) + "\n" for each in changed)
        file.write_bytes(gzip.compress(data.encode()))
        told = await is_refused(library, file, "discord-9")
        assert told.count("\n") == 0
        assert told.startswith(str(file)), what
        assert re.search(reason, told), (what, told)
    assert await library.retention.shelves() == [HERE]


async def test_what_is_no_file_of_ours_is_refused(library: Library, tmp_path: Path) -> None:
    await library.memory.prefer(HERE, "language", "fr")
    whole = (await export(library, tmp_path / "shelf.gz")).read_bytes()
    contents = {
        b"": "there is no header",
        b"a letter": "no exported shelf",
        b"\x1f\x8b\x08": "no exported shelf",
        whole[:-9]: "no exported shelf",
        whole[:10] + b"\xff" + whole[11:]: "no exported shelf",  # after the header a block of no known kind
        gzip.compress(b"{}\n"): "line 1: ",
        gzip.compress(b"[1]\n"): "line 1: ",
        gzip.compress(b"\xff\xfe\n"): "line 1: ",
        gzip.compress(b"[" * 100_000 + b"\n"): "line 1: ",
        gzip.compress(gzip.decompress(whole)[:-1]): "its last line has no end",
    }
    for content, reason in contents.items():
        (tmp_path / "wrong.gz").write_bytes(content)
        assert reason in await is_refused(library, tmp_path / "wrong.gz"), content[:20]
    assert "cannot be read: No such file" in await is_refused(library, tmp_path / "missing.gz")
    assert "cannot be read: Is a directory" in await is_refused(library, tmp_path)
    assert "is no shelf" in await is_refused(library, tmp_path / "shelf.gz", "discord-0")


async def test_a_file_that_grows_beyond_all_bounds_is_refused_early(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(library, Random(2))  # noqa: S311
    lines = read(await export(library, tmp_path / "shelf.gz"))
    with gzip.open(tmp_path / "bomb.gz", "wb") as bomb:
        for _ in range(30):
            bomb.write(b" " * 5_000_000)  # one line
    assert (tmp_path / "bomb.gz").stat().st_size < 200_000
    assert "larger than an exported shelf can be" in await is_refused(library, tmp_path / "bomb.gz")
    monkeypatch.setattr("index.exchange.lines.MOST_BYTES", 100_000)
    acts = [copy.deepcopy(lines[-1]) for _ in range(5_000)]
    write(tmp_path / "long.gz", [*lines, *acts])
    assert "larger than an exported shelf can be" in await is_refused(library, tmp_path / "long.gz")


async def test_one_who_only_reads_imports_nothing(library: Library, tmp_path: Path) -> None:
    await library.memory.prefer(HERE, "language", "fr")
    file = await export(library, tmp_path / "shelf.gz")
    async with await Library.open(tmp_path / "data") as reader:
        with pytest.raises(StoreUnavailable, match="opened for reading only"):
            await reader.exchange.import_(file, by="test")
        await export(reader, tmp_path / "again.gz")
    assert read(tmp_path / "again.gz")[1:] == read(file)[1:]

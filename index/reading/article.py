"""A text or Markdown file to an article: its front matter where there is one, sensible guesses where not."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePath

from pydantic import ValidationError

from index.errors import BadInput
from index.language.detection import detect
from index.model import Article, Basis
from index.reading.text import decode

SUFFIXES = (".txt", ".md", ".markdown")

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<matter>.*?)(?:^)---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*?)\s*#*$")
_DATELINE = re.compile(r"\s*date\s+(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)\b", re.IGNORECASE)
_FIELDS = frozenset(Article.model_fields) - {"text", "markdown"}
_LONGEST_TITLE = 150


def read(data: bytes, name: str, given: Mapping[str, str | None] | None = None) -> Article:
    """Read a file's bytes as an article; ``name`` is its file name, ``given`` what the person said about it.

    What was given counts more than the front matter, and that more than what the text shows: a title line or
    heading, a dateline, the language. Raises ``BadInput`` with one sentence.
    """
    path = PurePath(name)
    if path.suffix.casefold() not in SUFFIXES:
        raise BadInput(f"{path.name} is of a kind that cannot be read here; use one of {', '.join(SUFFIXES)}.")
    text = decode(data, path.name)
    markdown = path.suffix.casefold() != ".txt"
    stated: dict[str, object] = {}
    if fence := _FENCE.match(text):
        stated = _front_matter(fence["matter"], path.name)
        text = text[fence.end() :]
        if not text.strip():
            raise BadInput(f"{path.name} is empty: there is nothing after its front matter.")
    stated |= {field: value for field, value in (given or {}).items() if value is not None}
    for field in ("title", "published"):
        if (given or {}).get(field) is not None:
            stated[f"{field}_basis"] = Basis.MODERATOR
    return _article(text, markdown=markdown, stated=stated, path=path)


def _article(text: str, *, markdown: bool, stated: dict[str, object], path: PurePath) -> Article:
    title, title_basis = _title(text, markdown=markdown) or (path.stem, Basis.FILE_NAME)
    guessed: dict[str, object] = {"title": title, "title_basis": title_basis, "language": detect(text[:20_000])}
    if dateline := _DATELINE.match(text):
        guessed |= {"published": dateline["date"], "published_basis": Basis.TEXT}
    for field in ("title", "published"):
        if field in stated:
            guessed[f"{field}_basis"] = Basis.METADATA
    try:
        return Article.model_validate({**guessed, **stated, "text": text, "markdown": markdown})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(f"{path.name}: {place or 'the article'} is not right: {first['msg']}.") from error


def _front_matter(matter: str, name: str) -> dict[str, object]:
    """Read the fields that an article has from YAML; other fields are left alone."""
    import yaml

    try:
        loaded = yaml.safe_load(matter)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        where = f" at its line {place.line + 2}" if place else ""
        raise BadInput(f"{name} has front matter that is not valid YAML{where}.") from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise BadInput(f"{name} has front matter that is not a list of `field: value` lines.")
    aliases = {"date": "published", "lang": "language", "source": "publisher"}
    found = {}
    for key, value in loaded.items():
        field = aliases.get(str(key), str(key))
        if field in _FIELDS and value is not None:
            found[field] = _plain(value)
    return found


def _plain(value: object) -> object:
    """Return what YAML made of a scalar as the text it was: dates and years become text again."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else value


def _title(text: str, *, markdown: bool) -> tuple[str, Basis] | None:
    """Return the title line of a text: its first line, where that is a heading or stands like one."""
    lines = text.lstrip("\ufeff\r\n\t ").splitlines()
    if not lines:
        return None
    first = lines[0].strip()
    if markdown and (heading := _HEADING.fullmatch(first)):
        return heading["title"][:300], Basis.TEXT
    stands_alone = len(lines) > 1 and not lines[1].strip()
    if stands_alone and len(first) <= _LONGEST_TITLE and not first.endswith((".", "!", "…", ":", ";", ",")):
        return first, Basis.TEXT
    return None

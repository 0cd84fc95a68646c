"""A text or Markdown file to an article: its front matter where there is one, sensible guesses where not."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from pydantic import TypeAdapter, ValidationError

from index.errors import BadInput, Phrase
from index.language.detection import detect
from index.model import Article, Basis, PartialDate
from index.reading.text import decode

SUFFIXES = (".txt", ".md", ".markdown")

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<matter>.*?)(?:^)---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*?)\s*#*$")
_DATELINE = re.compile(r"\s*date\s+(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)\b", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIELDS = frozenset(Article.model_fields) - {"text", "markdown"}
_LONGEST_TITLE = 150
_MOST_TITLE = 300  # what an Article takes
_MOST_MASTHEAD = 4  # lines
_HEAD = 1_000  # characters in which a title line ends
_MOST_MATTER = 20_000  # characters; YAML takes more than a second for ten times that
_TIME_OF_DAY = re.compile(r"(?<=\d{4}-\d{2}-\d{2})[Tt ].*")
_ABSENT = ("", "~", "null")


def read(data: bytes, name: str, given: Mapping[str, str | None] | None = None) -> Article:
    """Read a file's bytes as an article; ``name`` is its file name, ``given`` what the person said about it.

    The text is kept character for character. What was given counts more than the front matter, and that more than
    what the text shows: a title line or heading, a dateline, the day under the title, the language. Raises
    ``BadInput`` with one sentence.
    """
    path = PurePath(name)
    if path.suffix.casefold() not in SUFFIXES:
        endings = ", ".join(SUFFIXES)
        raise BadInput(
            "{name} is of a kind that cannot be read here; use one of {endings}.", name=path.name, endings=endings
        )
    text = decode(data, path.name)
    return read_text(text, path.name, given, markdown=path.suffix.casefold() != ".txt")


def read_text(text: str, name: str, given: Mapping[str, str | None] | None = None, *, markdown: bool) -> Article:
    """Read a text as an article, as ``read`` does its bytes; ``name`` is what the person calls it."""
    stated: dict[str, object] = {}
    if fence := _FENCE.match(text):
        stated = _front_matter(fence["matter"], name)
        text = text[fence.end() :]
        if not any(c.isalnum() for c in text):
            raise BadInput("{name} is empty: there is nothing after its front matter.", name=name)
    for field in ("title", "published"):
        if field in stated:
            stated.setdefault(f"{field}_basis", Basis.METADATA)
    title, title_basis = _title(text, markdown=markdown) or (PurePath(name).stem[:_MOST_TITLE], Basis.FILE_NAME)
    found: dict[str, object] = {"title": title, "title_basis": title_basis}
    if published := _dateline(text):
        found |= {"published": published, "published_basis": Basis.TEXT}
    return compose(text, found | stated, given, name, markdown=markdown)


def compose(
    text: str,
    found: Mapping[str, object],
    given: Mapping[str, str | None] | None = None,
    name: str = "The document",
    *,
    markdown: bool,
) -> Article:
    """Return the article of a text, with what was found of its other fields and what the person gave of them.

    What was given counts most, and its basis is the moderator; the language is told from the text where neither says
    it. Raises ``BadInput`` with one sentence that names the field.
    """
    stated: dict[str, object] = {"language": detect(text[:20_000]), **found}
    for field, value in (given or {}).items():
        if value is not None:
            stated[field] = value
            if field in ("title", "published"):
                stated[f"{field}_basis"] = Basis.MODERATOR
    try:
        return Article.model_validate({**stated, "text": text, "markdown": markdown})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        reason = first["msg"].removeprefix("Value error, ")
        raise BadInput(
            "{name}: {place} is not right: {reason}.",
            name=name,
            place=Phrase(place or "the article"),
            reason=Phrase(reason),
        ) from error


def _front_matter(matter: str, name: str) -> dict[str, object]:
    """Read the fields that an article has from YAML, as they are written; other fields are left alone.

    YAML's own types are not asked for: a title of ``12:30`` is no number, and a date may be a year or a month.
    """
    import yaml

    if len(matter) > _MOST_MATTER:
        raise BadInput("{name} has front matter of more than {most} characters.", name=name, most=_MOST_MATTER)
    try:
        loaded = yaml.BaseLoader(matter).get_single_data()
    except (yaml.YAMLError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        if place is None:
            raise BadInput("{name} has front matter that is not valid YAML.", name=name) from error
        line = place.line + 2
        raise BadInput(
            "{name} has front matter that is not valid YAML at its line {line}.", name=name, line=line
        ) from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise BadInput("{name} has front matter that is not a list of `field: value` lines.", name=name)
    aliases = {"date": "published", "lang": "language", "source": "publisher", "by": "author"}
    found: dict[str, object] = {}
    for key, value in loaded.items():
        field = aliases.get(key, key)
        if field not in _FIELDS or value in _ABSENT:
            continue
        if field == "author" and isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = ", ".join(value)  # noqa: PLW2901 - several people wrote it
        if not isinstance(value, str):
            reason = Phrase("expected plain text")
            raise BadInput("{name}: {place} is not right: {reason}.", name=name, place=Phrase(field), reason=reason)
        found[field] = _TIME_OF_DAY.sub("", value) if field == "published" else value
    return found


def _dateline(text: str) -> str | None:
    """Return the date with which a text starts, if it is one, or the day that stands under its title line."""
    dateline = _DATELINE.match(text)
    try:
        if dateline:
            return TypeAdapter(PartialDate).validate_python(dateline["date"])
    except ValidationError:
        return None
    days = (_day_in(line) for line in _masthead(text.lstrip("\ufeff").lstrip()[:_HEAD].splitlines())[1:])
    return next((day for day in days if day), None)


def _day_in(line: str) -> str | None:
    """Return the one day that a line names."""
    from index.figures.dates import dates

    found = dates(line)
    return found[0].earliest if len(found) == 1 and _DAY.fullmatch(found[0].earliest or "") else None


def _title(text: str, *, markdown: bool) -> tuple[str, Basis] | None:
    """Return the title line of a text: its first line, where that is a heading or stands like one."""
    lines = text.lstrip("\ufeff").lstrip()[:_HEAD].splitlines()
    if not lines:
        return None
    first = lines[0].strip()
    if markdown and (heading := _HEADING.fullmatch(first)) and heading["title"]:
        return heading["title"][:_MOST_TITLE], Basis.TEXT
    return (first, Basis.TEXT) if _masthead(lines) else None


def _masthead(lines: list[str]) -> list[str]:
    """Return the title line of a text with the lines up to the next empty one: who wrote it, where and when.

    None at all where one of these is running text, or they are many.
    """
    head = [line.strip() for line in lines[: _MOST_MASTHEAD + 2]]
    if "" not in head:
        return []
    masthead = head[: head.index("")]
    return masthead if all(map(_is_short, masthead)) else []


def _is_short(line: str) -> bool:
    """Tell whether a line is no running text."""
    return len(line) <= _LONGEST_TITLE and not line.endswith((".", "!", "…", ":", ";", ","))

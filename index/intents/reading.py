"""Intents as they are written: how people ask for something, and how texts say it.

A file of ``written`` has paragraphs like this one; a language's questions come after ``?``, its sentences after ``=``::

    # who-heads-organisation
    ?fr Qui dirige X ?
    ?en Who runs the port?
    =fr Sa directrice générale, Y, l'a confirmé.
    =en The trust, led by Y since N, has three sites.

``X``, ``Y`` and ``Z`` stand for any name, ``N`` for any number or date.
"""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import NamedTuple, cast

from index.errors import BadInput
from index.model import Language

_SLOT = re.compile(r"\b[XYZN]\b(?:['\u2019]s)?")
_LINE = re.compile(r"([?=])(fr|en) (\S.*)")


class Text(NamedTuple):
    """A question or a sentence without its slots, and its language."""

    text: str
    language: Language


class Intent(NamedTuple):
    """Something that people ask for: its name, how they ask, how texts say it."""

    name: str
    asked: tuple[Text, ...]
    said: tuple[Text, ...]


def written() -> list[Intent]:
    """Return the intents that come with Sourcier. Raises ``BadInput`` with one sentence."""
    folder = files("index.intents") / "written"
    named = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".txt"))
    return [intent for name, file in named for intent in read(file.read_text("utf-8").splitlines(), name)]


def read(lines: Iterable[str], file: str) -> Iterator[Intent]:
    """Yield the intents of a file. Raises ``BadInput`` naming the file and the line that is none of an intent."""
    name = ""
    texts: dict[str, list[Text]] = {}
    for number, line in enumerate(lines, start=1):
        if line.startswith("# "):
            if name:
                yield _intent(name, texts, file)
            name, texts = line[2:].strip(), {"?": [], "=": []}
        elif line.strip():
            match = _LINE.fullmatch(line)
            if match is None or not name:
                raise BadInput(f"{file}, line {number}: expected `# name`, `?fr ...` or `=en ...`, found `{line[:80]}`")
            texts[match[1]].append(Text(_SLOT.sub(" ", match[3]), cast("Language", match[2])))
    if name:
        yield _intent(name, texts, file)


def _intent(name: str, texts: dict[str, list[Text]], file: str) -> Intent:
    if not all(texts.values()):
        raise BadInput(f"{file}: {name} needs questions and sentences.")
    return Intent(name, tuple(texts["?"]), tuple(texts["="]))

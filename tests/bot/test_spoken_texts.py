"""What people read in Discord comes from the catalogs: no sentence and no label stands in the code as it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

ROOT = Path(bot.__file__).parent
FACES = sorted(
    [
        *ROOT.glob("exts/*.py"),
        *ROOT.glob("views/*.py"),
        *(ROOT / name for name in ("telling.py", "tree.py", "asking.py", "client.py", "delivery.py", "cards.py")),
        *ROOT.glob("rules/*.py"),
    ]
)
_WORDS = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SPOKEN = {"text", "plural", "locale_str"}
_NOT_SHOWN = {"info", "warning", "error", "debug", "exception"}  # of a logger
_SHOWN_BY = {"label", "placeholder", "title", "description", "text", "content"}


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the texts that somebody could read: line and text."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and _name(node) in _SPOKEN | _NOT_SHOWN:
            continue
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            continue
        if isinstance(node, ast.keyword) and node.arg in _SHOWN_BY:
            for inner in ast.walk(node.value):
                inside = any(inner in ast.walk(call) for call in _spoken_calls(node.value))
                if (
                    isinstance(inner, ast.Constant)
                    and isinstance(inner.value, str)
                    and not inside
                    and _WORD.search(inner.value)
                ):
                    yield inner.lineno, inner.value
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _WORDS.search(node.value):
            yield node.lineno, node.value
        yield from _literals(node)


def _spoken_calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in _SPOKEN]


@pytest.mark.parametrize("file", FACES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_text_for_people_stands_outside_the_catalogs(file: Path) -> None:
    assert not list(_literals(ast.parse(file.read_text("utf-8"))))


@pytest.mark.parametrize(
    "code",
    ['Notice("Not so fast")', 'Button(label="Go")', 'x = f"{n} more quotes"', 'Select(placeholder=a or "Pick")'],
)
def test_a_text_that_stands_in_the_code_is_found(code: str) -> None:
    assert list(_literals(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'speaker.text("Not so fast")',
        '_log.info("not shown to people")',
        'raise NotFound("It is gone")',
        '"""A docstring of words."""',
    ],
)
def test_what_is_spoken_logged_or_raised_is_not_meant(code: str) -> None:
    assert not list(_literals(ast.parse(code)))

"""Speed and size of the ranker beside other engines': ``python -m benchmarks.ranking``.

All engines answer the same questions over the same words in one run (``engines``, ``corpus``), each in
processes of its own (``measure``).
"""

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.corpus import passages, questions, spell
from benchmarks.engines import ENGINES, Engine, Sourcier, installed

START, END = "<!-- ranking: written by python -m benchmarks.ranking -->", "<!-- end of ranking -->"

Measures = dict[str, Any]

_COLUMNS = {
    "p50": "query p50",
    "p99": "query p99",
    "add": "add",
    "remove": "remove",
    "build": "build",
    "cold": "cold start",
    "memory": "memory",
}


def measure(engine: type[Engine], corpus: Path) -> Measures:
    """Return what one engine takes on a corpus."""
    found: Measures = {}
    for step in ("build", "serve"):
        command = [sys.executable, "-m", "benchmarks.measure", step, engine.name, str(corpus)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{engine.name}: {done.stderr}")
        found |= json.loads(done.stdout.splitlines()[-1])
    return found


def agreement(ours: Measures, theirs: Measures) -> float:
    """Return the share of our ten best passages that are among theirs, over the questions both were asked."""
    pairs = [(set(a), set(b)) for a, b in zip(ours["found"], theirs["found"], strict=False) if a]
    return sum(len(a & b) / len(a) for a, b in pairs) / len(pairs)


def table(size: int, measured: dict[str, Measures | None]) -> str:
    """Return the results on one corpus as a Markdown table: how much, and how many times ours."""
    ours = measured[Sourcier.name]
    if ours is None:
        raise ValueError("nothing to compare with")
    lines = [
        f"### {size:,} passages",
        "",
        f"| engine | {' | '.join(_COLUMNS.values())} | same top 10 |",
        f"|---|{'---:|' * (len(_COLUMNS) + 1)}",
    ]
    for name, theirs in measured.items():
        if theirs is None:
            lines.append(f"| {name} | not installed |{' |' * len(_COLUMNS)}")
            continue
        cells = [_amount(column, theirs[column]) for column in _COLUMNS]
        if theirs is not ours:
            ratios = (theirs[column] / ours[column] for column in _COLUMNS)
            cells = [f"{cell} ({_times(ratio)})" for cell, ratio in zip(cells, ratios, strict=True)]
        same = "" if issubclass(ENGINES[name], Sourcier) else f"{agreement(ours, theirs):.1%}"
        asked = f" ({theirs['asked']} questions)" if theirs["asked"] < ours["asked"] else ""
        lines.append(f"| {name}{asked} | {' | '.join(cells)} | {same} |")
    return "\n".join(lines)


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} x" if ratio >= 10 else f"{ratio:.2g} x"


def _amount(column: str, value: float) -> str:
    if column == "memory":
        return f"{value / 2**20:,.0f} MB"
    if value >= 1:
        return f"{value:.1f} s"
    digits = 0 if value >= 0.02 else 1 if value >= 0.002 else 2
    return f"{value * 1000:.{digits}f} ms"


def write(corpus: Path, size: int, count: int) -> None:
    """Write a synthetic corpus and questions about it to a folder."""
    found = list(passages(size))
    with (corpus / "passages.txt").open("w") as lines:
        lines.writelines(" ".join(map(spell, passage.tolist())) + "\n" for passage in found)
    asked = [question.words for question in questions(found, count)]
    (corpus / "questions.json").write_text(json.dumps(asked))


def compare(size: int, count: int, names: list[str]) -> str:
    """Measure the engines on a corpus of ``size`` passages; return a Markdown table."""
    measured: dict[str, Measures | None] = {}
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        write(corpus, size, count)
        for name in dict.fromkeys((Sourcier.name, *names)):
            print(f"{size:,} passages: {name}", file=sys.stderr)
            measured[name] = measure(ENGINES[name], corpus) if installed(ENGINES[name]) else None
    return table(size, measured)


def insert(text: str, document: Path) -> None:
    """Put text between the two marks of a document."""
    before, start, rest = document.read_text("utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise typer.BadParameter(f"{document} lacks the lines {START} and {END}")
    document.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", "utf-8")


def main(
    sizes: Annotated[str, typer.Option(help="Numbers of passages, parted by commas.")] = "1000,10000,100000",
    million: Annotated[bool, typer.Option("--million", help="One million passages as well.")] = False,  # noqa: FBT002
    queries: Annotated[int, typer.Option(min=20, help="Questions for each size.")] = 200,
    engines: Annotated[str, typer.Option(help="Engines, parted by commas; all of them by default.")] = "",
    markdown: Annotated[Path | None, typer.Option(help="A document to put the tables into.")] = None,
) -> None:
    """Compare the engines; print tables in Markdown."""
    names = [name.strip() for name in engines.split(",")] if engines else list(ENGINES)
    unknown = [name for name in names if name not in ENGINES]
    if unknown:
        raise typer.BadParameter(f"no engine is called {unknown[0]}; there are: {', '.join(ENGINES)}")
    if find_spec("psutil") is None:
        raise typer.BadParameter("psutil is missing: pip install -r benchmarks/requirements.txt")
    numbers = [int(size) for size in sizes.split(",")] + ([1_000_000] if million else [])
    tables = []
    for size in numbers:
        tables.append(compare(size, queries, names))
        print(tables[-1], "\n", flush=True)
    if markdown:
        insert("\n\n".join(tables), markdown)


if __name__ == "__main__":
    typer.run(main)

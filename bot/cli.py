"""The command line: a thin face over the library. Each command imports what it needs when it runs."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import Abort, TyperException

from index.errors import BadInput, SourcierError

if TYPE_CHECKING:
    from index.library import Library

REFUSED = 1
WRONG_USAGE = 2
_INTERRUPTED = 130

app = typer.Typer(
    name="sourcier",
    help="Answers questions from a curated set of articles: verbatim quotes with their source, or an honest no.",
    epilog="Examples: sourcier ask “Combien OpenAI paie-t-elle Oracle par an ?” · sourcier chat · sourcier sources",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
source_app = typer.Typer(help="Look at one source: what is known about it, or its stored text.", no_args_is_help=True)
app.add_typer(source_app, name="source")

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="The data folder; else $SOURCIER_DATA, else the user's own.",
        show_default=False,
        file_okay=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
SourceId = Annotated[str, typer.Argument(metavar="ID", help="A source's id, as `sourcier sources` lists it.")]


def main() -> None:
    """Run the command line and exit: 0, 1 for a refused request, 2 for wrong usage; errors are one line on stderr."""
    try:
        status = app(standalone_mode=False) or 0
    except SourcierError as error:
        status = _complain(str(error), REFUSED)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "sourcier"
        message = " ".join(error.format_message().split()) or "something is missing"
        status = _complain(f"{message.rstrip('.')}. See `{path} --help`.", error.exit_code)
    except (Abort, KeyboardInterrupt):
        status = _INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`): what it wanted it has. Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)


@app.callback(invoke_without_command=True)
def _options(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:  # noqa: FBT002
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"sourcier {installed('sourcier')}")
        raise typer.Exit


@app.command(epilog="Examples: sourcier ask “who is OpenAI's CFO?” · sourcier ask - --json < questions.txt")
def ask(
    question: Annotated[str, typer.Argument(help="A question, or - for one on each line of stdin.")],
    json_: Json = False,  # noqa: FBT002
    limit: Annotated[int, typer.Option(min=1, max=12, help="The most quotes in an answer.")] = 3,
    data: Data = None,
) -> None:
    """Answer a question with quotes from the sources."""
    _run(_ask(_lines(sys.stdin.buffer) if question == "-" else [question], data, limit=limit, as_json=json_))


async def _ask(questions: Iterable[str], data: Path | None, *, limit: int, as_json: bool) -> None:
    async with _library(data) as library:
        for question in questions:
            answer = await library.ask(question, limit=limit)
            if as_json:
                from bot.records import answer_record

                _print_json(answer_record(answer), line=True)
            else:
                from bot.terminal.render import show_answer

                show_answer(answer)


@app.command(epilog="Example: sourcier chat")
def chat(data: Data = None) -> None:
    """Ask in a conversation. Questions may also be piped in, one a line."""
    _run(_chat(data))


async def _chat(data: Path | None) -> None:
    from bot.terminal.chat import chat as converse

    async with _library(data) as library:
        await converse(library)


@app.command("sources", epilog="Examples: sourcier sources · sourcier sources --json")
def list_sources(
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the sources, removed ones included."""
    _run(_list_sources(data, as_json=json_))


async def _list_sources(data: Path | None, *, as_json: bool) -> None:
    async with _library(data) as library:
        sources = await library.sources()
    if as_json:
        from bot.records import source_record

        _print_json([source_record(source) for source in sources])
    else:
        from bot.terminal.render import show_sources

        show_sources(sources)


@source_app.command("show", epilog="Example: sourcier source show oracle-4-5-gw")
def show_source(
    source_id: SourceId,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Show what is known about a source."""
    _run(_show_source(source_id, data, as_json=json_))


async def _show_source(source_id: str, data: Path | None, *, as_json: bool) -> None:
    async with _library(data) as library:
        source = await library.source(source_id)
    if as_json:
        from bot.records import source_record

        _print_json(source_record(source))
    else:
        from bot.terminal.render import show_source as draw

        draw(source)


@source_app.command("text", epilog="Example: sourcier source text oracle-4-5-gw")
def print_text(source_id: SourceId, data: Data = None) -> None:
    """Print a source's stored text, exactly as it is kept: all offsets count its code points."""
    _run(_print_text(source_id, data))


async def _print_text(source_id: str, data: Path | None) -> None:
    async with _library(data) as library:
        text = await library.text(source_id)
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


@app.command(epilog="Examples: sourcier add article.md · sourcier add note.txt --title “A note” --published 2025-07")
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Text or Markdown files.")],
    title: Annotated[str | None, typer.Option(help="The title, for a single file.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    published: Annotated[str | None, typer.Option(help="When: 2025, 2025-07 or 2025-07-02.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it can be read.")] = None,
    language: Annotated[str | None, typer.Option(help="fr or en; else told from the text.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before adding.")] = False,  # noqa: FBT002
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Add articles. Front matter in Markdown is honoured; what is given here counts more."""
    if title is not None and len(paths) > 1:
        raise typer.BadParameter("--title is for a single file")
    given = {"title": title, "publisher": publisher, "published": published, "url": url, "language": language}
    asks = not yes and sys.stdin.isatty() and sys.stdout.isatty()
    _run(_add(paths, given, data, asks=asks, as_json=json_))


async def _add(
    paths: list[Path], given: dict[str, str | None], data: Path | None, *, asks: bool, as_json: bool
) -> None:
    from bot.terminal.render import show_added, show_article
    from index.reading.article import read

    refused = 0
    async with _library(data, write=True) as library:
        for path in paths:
            try:
                article = read(_bytes(path), path.name, given)
                if asks:
                    show_article(article)
                    if not typer.confirm("Add it?", default=True):
                        continue
                added = await library.add(article, by="operator")
            except BadInput as error:
                refused += 1
                _complain(str(error), REFUSED)
                continue
            if as_json:
                from bot.records import source_record

                _print_json({"outcome": added.outcome.value} | source_record(added.source), line=True)
            else:
                show_added(added)
    if refused:
        raise typer.Exit(REFUSED)


@app.command(epilog="Example: sourcier remove oracle-4-5-gw")
def remove(source_id: SourceId, data: Data = None) -> None:
    """Take a source out of all answers. Its text is kept; `sourcier restore` brings it back."""
    _run(_change(source_id, data, removing=True))


@app.command(epilog="Example: sourcier restore oracle-4-5-gw")
def restore(source_id: SourceId, data: Data = None) -> None:
    """Bring a removed source back."""
    _run(_change(source_id, data, removing=False))


async def _change(source_id: str, data: Path | None, *, removing: bool) -> None:
    from bot.terminal.render import show_state

    async with _library(data, write=True) as library:
        act = library.remove if removing else library.restore
        show_state(await act(source_id, by="operator"))


@app.command("eval", epilog="Example: sourcier eval questions.json --json")
def evaluate_file(
    file: Annotated[Path, typer.Argument(help="Passages and questions with their relevant passages, as JSON.")],
    json_: Json = False,  # noqa: FBT002
    data: Data = None,  # noqa: ARG001 - every command takes it
) -> None:
    """Measure the ranking on a file: MRR@10, nDCG@10 and recall at 1, 5 and 20, by language."""
    from bot.terminal.render import progress, show_scores
    from index.evaluation import evaluate, load

    evaluation = load(file)
    with progress("Ranking") as report:
        scores = evaluate(evaluation, report)
    if json_:
        named = {"name": evaluation.name, "passages": len(evaluation.passages)}
        _print_json(named | {"languages": {language: found._asdict() for language, found in scores.items()}})
    else:
        show_scores(evaluation.name, scores)


@app.command(epilog="Examples: sourcier doctor · sourcier doctor --json")
def doctor(
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Say what is configured, what is missing, where the data is, and whether the store is sound. Changes nothing."""
    from bot.doctor import examine
    from bot.terminal.render import show_findings

    findings = asyncio.run(examine(_folder(data)))
    if json_:
        _print_json([finding._asdict() for finding in findings])
    else:
        show_findings(findings)
    if any(finding.level == "bad" for finding in findings):
        raise typer.Exit(REFUSED)


def _run(command: Coroutine[Any, Any, None]) -> None:
    asyncio.run(command)


@asynccontextmanager
async def _library(data: Path | None, *, write: bool = False) -> AsyncIterator["Library"]:
    from index.library import Library

    async with await Library.open(_folder(data), "write" if write else "read") as library:
        yield library


def _folder(data: Path | None) -> Path:
    if data is not None:
        return data.expanduser()
    from bot.settings import Settings

    return Settings().data.expanduser()


def _bytes(path: Path) -> bytes:
    from index.reading.text import MOST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error


def _lines(stream: Iterable[bytes]) -> Iterable[str]:
    """Yield the lines of a byte stream that have something in them; broken UTF-8 is replaced."""
    for line in stream:
        if text := line.decode("utf-8", "replace").strip():
            yield text


def _print_json(record: object, *, line: bool = False) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False, indent=None if line else 2).encode("utf-8", "replace"))
    sys.stdout.flush()


def _complain(message: str, status: int) -> int:
    typer.echo(f"sourcier: {' '.join(message.split())}", err=True)
    return status

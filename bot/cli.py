"""The command line: a thin face over the library. Each command imports what it needs when it runs."""

import json
import os
import sys
from collections.abc import AsyncIterable, AsyncIterator, Coroutine, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.completion import source_ids
from bot.ending import REFUSED, complain, end
from index.errors import BadInput

if TYPE_CHECKING:
    from index.library import Library
    from index.model import Article, Source

_FIRST_EXAMPLE = 'sourcier ask "Combien OpenAI paie-t-elle Oracle par an ?"'


def _examples(*lines: str) -> str:
    """Return what stands below a command's help: examples, one a line, not wrapped."""
    return "\n".join(["Examples:", "", "\b", *(f"  {line}" for line in lines)])


def _data_folder(value: str) -> Path:
    if not value:
        raise typer.BadParameter("the name of the folder is empty.")
    return Path(value)


def _data_before_the_command(context: typer.Context, value: Path | None) -> Path | None:
    """Let ``sourcier --data DIR ask`` mean the same as ``sourcier ask --data DIR``."""
    before: Path | None = context.find_root().params.get("data")
    return before if value is None else value


def _version(asked: bool) -> None:  # noqa: FBT001
    if asked:
        from bot.version import release

        typer.echo(f"sourcier {release()}")
        raise typer.Exit


app = typer.Typer(
    name="sourcier",
    help="Answers questions from a curated set of articles: verbatim quotes with their source, or an honest no.",
    epilog=_examples(_FIRST_EXAMPLE, "sourcier chat", "sourcier sources", "sourcier doctor"),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
source_app = typer.Typer(
    help="Look at one source.",
    epilog=_examples("sourcier source show oracle-4-5-gw", "sourcier source text oracle-4-5-gw"),
)
app.add_typer(source_app, name="source")

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="The data folder. Default: $SOURCIER_DATA, else the user's own.",
        show_default=False,
        parser=_data_folder,
        callback=_data_before_the_command,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Version = Annotated[bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version.")]
_ID_HELP = "A source's id; `sourcier sources` lists them."
AnyId = Annotated[str, typer.Argument(metavar="ID", help=_ID_HELP, autocompletion=source_ids("live", "removed"))]
LiveId = Annotated[str, typer.Argument(metavar="ID", help=_ID_HELP, autocompletion=source_ids("live"))]
RemovedId = Annotated[str, typer.Argument(metavar="ID", help=_ID_HELP, autocompletion=source_ids("removed"))]


def main() -> None:
    """Run the command line and exit: 0, 1 for a refused request, 2 for wrong usage; errors are one line on stderr."""
    end(lambda: app(prog_name="sourcier", standalone_mode=False))


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    data: Data = None,  # noqa: ARG001 - the commands find it in the context
    version: Version = False,  # noqa: ARG001, FBT002 - its callback has printed it
) -> None:
    _help_alone(context)


@source_app.callback(invoke_without_command=True)
def _help_alone(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(
    epilog=_examples(
        _FIRST_EXAMPLE,
        "sourcier ask who is the CFO of OpenAI",
        "sourcier ask --limit 1 --json 'Combien de puces GB200 ?'",
        "sourcier ask - --json < questions.txt",
    )
)
def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="A question; - reads one a line.")],
    json_: Json = False,  # noqa: FBT002
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=12, help="The most quotes in an answer.")] = 3,
    data: Data = None,
) -> None:
    """Answer a question in French or English with quotes from the sources."""
    many = question == ["-"]
    _run(_ask(_typed_in() if many else _alone(" ".join(question)), data, limit=limit, as_json=json_, many=many))


async def _ask(questions: AsyncIterable[str], data: Path | None, *, limit: int, as_json: bool, many: bool) -> None:
    from bot.records import answer_record
    from bot.terminal.render import show_answer

    refused = False
    async with _library(data) as library:
        async for question in questions:
            try:
                answer = await library.ask(question, limit=limit)
            except BadInput as error:
                refused = True
                complain(str(error))
                continue
            if as_json:
                _print_json(answer_record(answer), line=True)
            else:
                show_answer(answer, asked=many)
    if refused:
        raise typer.Exit(REFUSED)


@app.command(epilog=_examples("sourcier chat", "sourcier chat < questions.txt"))
def chat(data: Data = None) -> None:
    """Ask in a conversation. Questions may also be piped in, one a line."""
    _run(_chat(data))


async def _chat(data: Path | None) -> None:
    from bot.terminal.chat import chat as converse

    async with _library(data) as library:
        await converse(library)


@app.command("sources", epilog=_examples("sourcier sources", "sourcier sources --json"))
def list_sources(
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the sources, removed ones included."""
    _run(_list_sources(data, as_json=json_))


async def _list_sources(data: Path | None, *, as_json: bool) -> None:
    from bot.records import source_record
    from bot.terminal.render import show_sources

    async with _library(data) as library:
        sources = await library.sources()
    if as_json:
        _print_json([source_record(source) for source in sources])
    else:
        show_sources(sources)


@source_app.command(
    "show", epilog=_examples("sourcier source show oracle-4-5-gw", "sourcier source show oracle-4-5-gw --json")
)
def show_source(
    source_id: AnyId,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Show what is known about a source."""
    _run(_show_source(_utf8(source_id), data, as_json=json_))


async def _show_source(source_id: str, data: Path | None, *, as_json: bool) -> None:
    from bot.records import source_record
    from bot.terminal.render import show_source as draw

    async with _library(data) as library:
        source = await library.source(source_id)
    if as_json:
        _print_json(source_record(source))
    else:
        draw(source)


@source_app.command(
    "text", epilog=_examples("sourcier source text oracle-4-5-gw", "sourcier source text oracle-4-5-gw > oracle.txt")
)
def print_text(source_id: AnyId, data: Data = None) -> None:
    """Print a source's stored text as it is: all offsets count its code points."""
    _run(_print_text(_utf8(source_id), data))


async def _print_text(source_id: str, data: Path | None) -> None:
    async with _library(data) as library:
        text = await library.text(source_id)
    if sys.stdout.isatty():
        from bot.cards import printable

        text = printable(text)
    sys.stdout.buffer.write(text.encode())


@app.command(
    epilog=_examples(
        "sourcier add article.md",
        'sourcier add note.txt --title "A note" --published 2025-07',
        "sourcier add --yes articles/*.md",
    )
)
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Text and Markdown files.")],
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The title, for a single file.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="2025, 2025-07 or 2025-07-02.")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where it can be read.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="fr or en. Default: told from the text.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Add without asking first.")] = False,  # noqa: FBT002
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Add articles. Markdown's front matter is honoured; options count more."""
    if title is not None and len(paths) > 1:
        raise typer.BadParameter("--title is for a single file.")
    given = {"title": title, "publisher": publisher, "published": published, "url": url, "language": language}
    known = {name: _utf8(value) for name, value in given.items() if value is not None}
    articles: Iterable[Article | BadInput] = _read_all(paths, known)
    if not (yes or json_) and sys.stdin.isatty() and sys.stdout.isatty():
        articles = [article for article in articles if isinstance(article, BadInput) or _is_wanted(article)]
    _run(_add(articles, data, as_json=json_))


def _read_all(paths: Sequence[Path], known: dict[str, str]) -> "Iterator[Article | BadInput]":
    """Yield the article of each file, or why there is none."""
    from index.reading.article import read
    from index.reading.text import read_bytes

    for path in paths:
        try:
            yield read(read_bytes(path), _utf8(path.name), known)
        except BadInput as error:
            yield error


def _is_wanted(article: "Article") -> bool:
    from bot.terminal.render import show_article

    show_article(article)
    return typer.confirm("Add it?", default=True)


async def _add(articles: "Iterable[Article | BadInput]", data: Path | None, *, as_json: bool) -> None:
    from bot.records import source_record
    from bot.terminal.render import show_added

    refused = False
    async with _library(data, write=True) as library:
        for article in articles:
            try:
                if isinstance(article, BadInput):
                    raise article
                added = await library.add(article, by="operator")
            except BadInput as error:
                refused = True
                complain(str(error))
                continue
            if as_json:
                _print_json({"outcome": added.outcome.value} | source_record(added.source), line=True)
            else:
                show_added(added)
    if refused:
        raise typer.Exit(REFUSED)


@app.command(epilog=_examples("sourcier remove oracle-4-5-gw"))
def remove(source_id: LiveId, data: Data = None) -> None:
    """Take a source out of all answers; its text is kept."""
    _run(_change(_utf8(source_id), data, removing=True))


@app.command(epilog=_examples("sourcier restore oracle-4-5-gw"))
def restore(source_id: RemovedId, data: Data = None) -> None:
    """Bring a removed source back."""
    _run(_change(_utf8(source_id), data, removing=False))


async def _change(source_id: str, data: Path | None, *, removing: bool) -> None:
    from bot.terminal.render import show_state

    async with _library(data, write=True) as library:
        source: Source = await (library.remove if removing else library.restore)(source_id, by="operator")
    show_state(source)


@app.command("eval", epilog=_examples("sourcier eval questions.json", "sourcier eval questions.json --json"))
def evaluate_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Passages, questions and what is relevant, as JSON.")],
    json_: Json = False,  # noqa: FBT002
    data: Data = None,  # noqa: ARG001 - every command takes it
) -> None:
    """Measure the ranking by language: MRR@10, nDCG@10, recall@1, 5 and 20."""
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


@app.command(epilog=_examples("sourcier doctor", "sourcier doctor --json"))
def doctor(
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Say what is configured and whether the store is sound. Changes nothing."""
    _run(_doctor(data, as_json=json_))


async def _doctor(data: Path | None, *, as_json: bool) -> None:
    from bot.doctor import examine
    from bot.terminal.render import show_findings

    findings = await examine(data)
    if as_json:
        _print_json([finding._asdict() for finding in findings])
    else:
        show_findings(findings)
    if any(finding.level == "bad" for finding in findings):
        raise typer.Exit(REFUSED)


def _run(command: Coroutine[Any, Any, None]) -> None:
    import asyncio

    asyncio.run(command)


@asynccontextmanager
async def _library(data: Path | None, *, write: bool = False) -> AsyncIterator["Library"]:
    from bot.settings import data_folder
    from bot.terminal.render import progress
    from index.library import Library

    with progress("Bringing the store up to date") as report:
        library = await Library.open(data_folder(data), "write" if write else "read", progress=report)
    async with library:
        yield library


async def _alone(question: str) -> AsyncIterator[str]:
    yield _utf8(question)


async def _typed_in() -> AsyncIterator[str]:
    """Yield the lines of standard input that have something in them."""
    from bot.terminal.lines import piped

    async for line in piped(sys.stdin.buffer):
        if question := line.strip():
            yield question


def _utf8(argument: str) -> str:
    """Return a command line argument read as UTF-8, whatever the locale says; what is none is replaced."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _print_json(record: object, *, line: bool = False) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False, indent=None if line else 2).encode("utf-8", "replace"))

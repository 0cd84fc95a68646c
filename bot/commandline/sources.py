"""Sources on the command line: looked at, added, removed and restored."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import AnyId, Data, Json, LiveId, RemovedId, examples, utf8
from bot.ending import REFUSED, complain
from index.errors import BadInput

if TYPE_CHECKING:
    from index.model import Article, Source

app = typer.Typer()
source_app = typer.Typer(
    help="Look at one source.",
    epilog=examples("sourcier source show oracle-4-5-gw", "sourcier source text oracle-4-5-gw"),
)


@app.command("sources", epilog=examples("sourcier sources", "sourcier sources --json"))
def list_sources(
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the sources, removed ones included."""
    run(_list_sources(data, as_json=json_))


async def _list_sources(data: Path | None, *, as_json: bool) -> None:
    from bot.records import source_record
    from bot.terminal.render import show_sources

    async with opened(data) as library:
        sources = await library.sources()
    if as_json:
        print_json([source_record(source) for source in sources])
    else:
        show_sources(sources)


@source_app.command(
    "show", epilog=examples("sourcier source show oracle-4-5-gw", "sourcier source show oracle-4-5-gw --json")
)
def show_source(
    source_id: AnyId,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Show what is known about a source."""
    run(_show_source(utf8(source_id), data, as_json=json_))


async def _show_source(source_id: str, data: Path | None, *, as_json: bool) -> None:
    from bot.records import source_record
    from bot.terminal.render import show_source as draw

    async with opened(data) as library:
        source = await library.source(source_id)
    if as_json:
        print_json(source_record(source))
    else:
        draw(source)


@source_app.command(
    "text", epilog=examples("sourcier source text oracle-4-5-gw", "sourcier source text oracle-4-5-gw > oracle.txt")
)
def print_text(source_id: AnyId, data: Data = None) -> None:
    """Print a source's stored text as it is: all offsets count its code points."""
    run(_print_text(utf8(source_id), data))


async def _print_text(source_id: str, data: Path | None) -> None:
    async with opened(data) as library:
        text = await library.text(source_id)
    if sys.stdout.isatty():
        from bot.cards import printable

        text = printable(text)
    sys.stdout.buffer.write(text.encode())


@app.command(
    epilog=examples(
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
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; let its figures count.")] = False,  # noqa: FBT002
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """Add articles. Markdown's front matter is honoured; options count more.

    The figures that are found in them answer questions once they are approved: with --yes at once, else by review.
    """
    if title is not None and len(paths) > 1:
        raise typer.BadParameter("--title is for a single file.")
    given = {"title": title, "publisher": publisher, "published": published, "url": url, "language": language}
    known = {name: utf8(value) for name, value in given.items() if value is not None}
    articles: Iterable[Article | BadInput] = _read_all(paths, known)
    if not (yes or json_) and sys.stdin.isatty() and sys.stdout.isatty():
        articles = [article for article in articles if isinstance(article, BadInput) or _is_wanted(article)]
    run(_add(articles, data, approving=yes, as_json=json_))


def _read_all(paths: Sequence[Path], known: dict[str, str]) -> "Iterator[Article | BadInput]":
    """Yield the article of each file, or why there is none."""
    from index.reading.article import read
    from index.reading.text import read_bytes

    for path in paths:
        try:
            yield read(read_bytes(path), utf8(path.name), known)
        except BadInput as error:
            yield error


def _is_wanted(article: "Article") -> bool:
    from bot.terminal.render import show_article

    show_article(article)
    return typer.confirm("Add it?", default=True)


async def _add(articles: "Iterable[Article | BadInput]", data: Path | None, *, approving: bool, as_json: bool) -> None:
    from bot.commandline.reviewing import approve_all, waiting_in
    from bot.records import source_record
    from bot.terminal.render import show_added

    refused = False
    async with opened(data, write=True) as library:
        for article in articles:
            try:
                if isinstance(article, BadInput):
                    raise article
                added = await library.add(article, by="operator")
                approved = await approve_all(library, added.source.id) if approving else 0
                waiting = await waiting_in(library, added.source.id)
            except BadInput as error:
                refused = True
                complain(str(error))
                continue
            if as_json:
                counts = {"figures_approved": approved, "figures_waiting": waiting}
                print_json({"outcome": added.outcome.value} | source_record(added.source) | counts, line=True)
            else:
                show_added(added, approved, waiting)
    if refused:
        raise typer.Exit(REFUSED)


@app.command(epilog=examples("sourcier remove oracle-4-5-gw"))
def remove(source_id: LiveId, data: Data = None) -> None:
    """Take a source out of all answers; its text is kept."""
    run(_change(utf8(source_id), data, removing=True))


@app.command(epilog=examples("sourcier restore oracle-4-5-gw"))
def restore(source_id: RemovedId, data: Data = None) -> None:
    """Bring a removed source back."""
    run(_change(utf8(source_id), data, removing=False))


async def _change(source_id: str, data: Path | None, *, removing: bool) -> None:
    from bot.terminal.render import show_state

    async with opened(data, write=True) as library:
        source: Source = await (library.remove if removing else library.restore)(source_id, by="operator")
    show_state(source)

"""Figures that were found in sources by rule, on the command line: looked at, approved, rejected."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, LiveId, examples, utf8
from index.errors import NotFound

if TYPE_CHECKING:
    from index.library import Library
    from index.model import Figure

app = typer.Typer()

_BY = "operator"
_ALL = "all"

Chosen = Annotated[
    list[str] | None,
    typer.Option(
        "--approve", metavar="FIGURE", help="A figure that is right, by its id; all for all that nobody has rejected."
    ),
]
Refused = Annotated[
    list[str] | None,
    typer.Option("--reject", metavar="FIGURE", help="A figure that is not; all for all of them."),
]


@app.command(
    epilog=examples(
        "sourcier review my-article",
        "sourcier review my-article --approve all",
        "sourcier review my-article --approve found-3 --reject found-4",
    )
)
def review(
    source_id: LiveId,
    approve: Chosen = None,
    reject: Refused = None,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the figures that were found in a source, and say which are right: only those answer questions."""
    run(_review(utf8(source_id), approve or [], reject or [], data, as_json=json_))


async def _review(
    source_id: str, approve: Sequence[str], reject: Sequence[str], data: Path | None, *, as_json: bool
) -> None:
    from bot.records import figure_record
    from bot.terminal.reviewing import show_found

    async with opened(data, write=bool(approve or reject)) as library:
        found = await library.reviews.found_in(source_id)
        if approve or reject:
            await _decide(library, found, approve, reject)
            found = await library.reviews.found_in(source_id)
    if as_json:
        print_json([figure_record(figure) for figure in found])
    else:
        show_found(found)


async def _decide(library: "Library", found: "Sequence[Figure]", approve: Sequence[str], reject: Sequence[str]) -> None:
    from index.figures.kinds import Review

    rejected_before = {figure.id for figure in found if figure.review is Review.REJECTED}
    known = {figure.id for figure in found}
    named_right, named_wrong = _named(known, approve), _named(known, reject)
    if both := sorted(named_right & named_wrong) or (_ALL in approve and _ALL in reject and [_ALL]):
        raise typer.BadParameter(f"{both[0]} is both approved and rejected.")
    approved = known - rejected_before - named_wrong if _ALL in approve else named_right
    rejected = known - named_right if _ALL in reject else named_wrong
    for names, decision in ((approved, Review.APPROVED), (rejected, Review.REJECTED)):
        if names:
            await library.reviews.decide(names, decision, by=_BY)


def _named(known: AbstractSet[str], names: Sequence[str]) -> set[str]:
    """Return the ids that are named. Raises ``NotFound`` for one that is no figure of the source."""
    named = set(names) - {_ALL}
    if unknown := sorted(named - known):
        raise NotFound(f"There is no figure called “{unknown[0][:80]}” in this source; `sourcier review` lists them.")
    return named


async def approve_all(library: "Library", source_id: str) -> int:
    """Approve the figures of a source that nobody has reviewed; return how many there were."""
    from index.figures.kinds import Review

    waiting = await _waiting(library, source_id)
    if waiting:
        await library.reviews.decide(waiting, Review.APPROVED, by=_BY)
    return len(waiting)


async def waiting_in(library: "Library", source_id: str) -> int:
    """Return how many figures of a source nobody has reviewed."""
    return len(await _waiting(library, source_id))


async def _waiting(library: "Library", source_id: str) -> list[str]:
    from index.figures.kinds import Review

    found = await library.reviews.found_in(source_id)
    return [figure.id for figure in found if figure.review is Review.EXTRACTED]

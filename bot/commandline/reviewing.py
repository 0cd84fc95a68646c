"""Figures that were found in sources by rule, on the command line: looked at, approved, rejected, corrected."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot.commandline.opening import opened, print_json, run
from bot.commandline.options import Data, Json, examples, utf8
from bot.commandline.shelves import SHARED, Shelf
from bot.completion import deal_ids, source_ids
from index.errors import NotFound
from index.figures.kinds import Commitment, Metric, Review

if TYPE_CHECKING:
    from index.library import Library
    from index.model import Figure

app = typer.Typer()

_BY = "operator"
_ALL = "all"
_NO_DEAL = "none"

Place = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A source's id; `sourcier sources` lists them. Or a draft: `sourcier drafts`.",
        autocompletion=source_ids("live"),
    ),
]
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
Corrected = Annotated[
    str | None,
    typer.Option(metavar="FIGURE", help="A figure to approve as the options below say it; its sentence has to."),
]


class Reading(NamedTuple):
    """How a figure is to be read; what is None stays as it is, ``deals`` none is no deal."""

    measure: str | None = None
    metric: Metric | None = None
    commitment: Commitment | None = None
    deals: Sequence[str] | None = None


@app.command(
    epilog=examples(
        "sourcier review my-article",
        "sourcier review my-article --approve all",
        "sourcier review my-article --approve found-3 --reject found-4",
        'sourcier review my-article --correct found-5 --measure "4.5 GW"',
    )
)
def review(
    source_id: Place,
    approve: Chosen = None,
    reject: Refused = None,
    correct: Corrected = None,
    measure: Annotated[str | None, typer.Option(metavar="TEXT", help='How much: "4.5 GW", "30 Md$ par an".')] = None,
    metric: Annotated[
        Metric | None, typer.Option(metavar="METRIC", help="What it measures: capacity, annual value, units ...")
    ] = None,
    commitment: Annotated[
        Commitment | None, typer.Option(metavar="WORD", help="How certain it is: rumoured, announced, signed ...")
    ] = None,
    deal: Annotated[
        list[str] | None,
        typer.Option(metavar="DEAL", help="A deal that it belongs to; none for none.", autocompletion=deal_ids),
    ] = None,
    shelf: Shelf = SHARED,
    json_: Json = False,  # noqa: FBT002
    data: Data = None,
) -> None:
    """List the figures that were found in a source, and say which are right: only those answer questions."""
    reading = Reading(None if measure is None else utf8(measure), metric, commitment, deal and [*map(utf8, deal)])
    if correct is None and reading != Reading():
        raise typer.BadParameter("--measure, --metric, --commitment and --deal say how to --correct a figure.")
    if correct is not None and reading == Reading():
        raise typer.BadParameter("say what is right: --measure, --metric, --commitment or --deal.")
    wanted = None if correct is None else (utf8(correct), reading)
    run(_review(utf8(source_id), approve or [], reject or [], wanted, data, shelf, as_json=json_))


async def _review(
    name: str,
    approve: Sequence[str],
    reject: Sequence[str],
    correct: tuple[str, Reading] | None,
    data: Path | None,
    shelf: str,
    *,
    as_json: bool,
) -> None:
    from bot.records import figure_record
    from bot.terminal.reviewing import show_found

    deciding = bool(approve or reject or correct)
    async with opened(data, write=deciding) as library:
        place = await _place(library, name, shelf)
        found = await library.reviews.at(place, shelf)
        if deciding:
            decisions = _decisions(found.figures, approve, reject, correct and correct[0])
            if correct is not None:
                await _correct(library, *correct, shelf)
            for names, decision in decisions:
                await library.reviews.decide(names, decision, by=_BY, shelf=shelf)
            found = await library.reviews.at(place, shelf)
    if as_json:
        print_json([figure_record(figure) for figure in found.figures])
    else:
        show_found(found.figures, found.corrected)


async def _place(library: "Library", name: str, shelf: str) -> str:
    """Return the id of a source, or of the draft that is called so. Raises ``NotFound``."""
    from bot.commandline.draft_names import find

    if any(source.id == name for source in await library.own(shelf)):
        return name
    try:
        return find(await library.drafts.waiting(shelf), name)
    except NotFound:
        raise NotFound(f"There is no source called “{name[:80]}”; `sourcier sources` lists what there is.") from None


def _decisions(
    found: "Sequence[Figure]", approve: Sequence[str], reject: Sequence[str], corrected: str | None
) -> "list[tuple[AbstractSet[str], Review]]":
    """Return which figures are approved and which rejected. Raises ``NotFound`` for one that is not among them."""
    rejected_before = {figure.id for figure in found if figure.review is Review.REJECTED}
    known = {figure.id for figure in found}
    named_right, named_wrong = _named(known, approve), _named(known, reject)
    mended = _named(known, [corrected] if corrected else [])
    both = sorted((named_right | mended) & named_wrong)
    if _ALL in approve and _ALL in reject:
        both.append(_ALL)
    if both:
        raise typer.BadParameter(f"{both[0]} is both approved and rejected.")
    approved = known - rejected_before - named_wrong if _ALL in approve else named_right
    rejected = known - named_right if _ALL in reject else named_wrong
    decisions = ((approved - mended, Review.APPROVED), (rejected - mended, Review.REJECTED))
    return [(names, decision) for names, decision in decisions if names]


def _named(known: AbstractSet[str], names: Sequence[str]) -> set[str]:
    """Return the ids that are named. Raises ``NotFound`` for one that is no figure of the source."""
    named = set(names) - {_ALL}
    if unknown := sorted(named - known):
        raise NotFound(f"There is no figure called “{unknown[0][:80]}” in this source; `sourcier review` lists them.")
    return named


async def _correct(library: "Library", figure_id: str, reading: Reading, shelf: str) -> None:
    """Approve a figure as it is to be read. Raises ``BadInput`` where its sentence does not say so."""
    from index.moderating.correcting import Correction

    deals = None if reading.deals is None else tuple(name for name in reading.deals if name != _NO_DEAL)
    correction = Correction(measure=reading.measure, metric=reading.metric, commitment=reading.commitment, deals=deals)
    await library.reviews.correct(figure_id, correction, by=_BY, shelf=shelf)


async def approve_all(library: "Library", source_id: str, shelf: str = SHARED) -> int:
    """Approve the figures of a source that nobody has reviewed; return how many there were."""
    waiting = await _waiting(library, source_id, shelf)
    if waiting:
        await library.reviews.decide(waiting, Review.APPROVED, by=_BY, shelf=shelf)
    return len(waiting)


async def waiting_in(library: "Library", source_id: str, shelf: str = SHARED) -> int:
    """Return how many figures of a source nobody has reviewed."""
    return len(await _waiting(library, source_id, shelf))


async def _waiting(library: "Library", source_id: str, shelf: str) -> list[str]:
    found = await library.reviews.found_in(source_id, shelf)
    return [figure.id for figure in found if figure.review is Review.EXTRACTED]

"""The lines of an exported shelf written to a shelf of this store, inside one transaction.

What is already there stays as it is, with what was made of it here. What has an id that is taken gets another one, and
all that names it is changed with it.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from index import moment
from index.errors import StoreBusy
from index.exchange.planning import Plan
from index.exchange.records import (
    ActLine,
    DealLine,
    FigureLine,
    GoldenLine,
    Line,
    PreferenceLine,
    Reviewed,
    SourceLine,
    VersionLine,
)
from index.figures.curated import shipped
from index.figures.deals import Deal, FoundFigure, Proof
from index.figures.extraction import RULES
from index.figures.holding import found_id
from index.model import SHARED, State, visible
from index.moderating.model import Act
from index.passages import Piece
from index.preparation import Prepared
from index.store import acts, deals, figures, preferences, shelf_contents, sources
from index.store.changes import Change, Outcome

_AT_ONCE = 500  # figures
_LONGEST_ID = 60
_OF_DEALS = (Act.DEAL_MADE, Act.DEAL_DROPPED)
_OF_OTHERS = (Act.GOLDEN_ADDED, Act.GOLDEN_DROPPED, Act.SETTING, Act.IMPORTED)


class Fate(StrEnum):
    """What became of a thing that was to be imported."""

    ADDED = "added"
    RENAMED = "added under another id"
    PRESENT = "already here"
    LEFT_OUT = "left out"


class Arrived(NamedTuple):
    """A thing of the file, what became of it, and its id or name here."""

    kind: str
    id: str
    fate: Fate
    name: str


class Arrival:
    """What is known while the lines of a file are written: under which ids and keys things are kept here.

    ``changes``: what the rankers and ledgers must learn; ``fates``: what became of each thing.
    """

    def __init__(self, connection: AsyncConnection, plan: Plan, *, at: datetime, by: str) -> None:
        self.changes: list[Change] = []
        self.fates: list[Arrived] = []
        self._connection = connection
        self._plan = plan
        self._shelf = plan.shelf
        self._at = at
        self._by = by
        self._names: dict[str, str] = {}  # of all sources of the file, by their ids there
        self._keys: dict[str, int] = {}  # of those that are new, by their ids in the file
        self._deals: dict[str, str] = {}
        self._deals_here: set[str] = set()
        self._figures: dict[str, str] = {}
        self._versions: dict[int, int] = {}  # keys by number, of the source that is being written
        self._source: SourceLine | None = None
        self._version: int | None = None
        self._waiting: list[FigureLine] = []  # of that version
        self._settings: dict[str, str] = {}
        self._questions: set[str] = set()
        self._done: set[tuple[datetime, str, str, str]] = set()
        self._written = 0

    async def begin(self) -> None:
        """Find an id for each source and deal, and make the sources."""
        await sources.ensure_shelves(self._connection, [self._shelf], self._at)
        here = await shelf_contents.standing_texts_now(self._connection, self._shelf)
        for source in self._plan.sources:
            if (name := here.get(source.standing.sha256)) is not None:
                self._names[source.id] = name
                self._tell("source", source.id, Fate.PRESENT, name)
                continue
            name = await sources.free_id(self._connection, visible(self._shelf), source.id)
            self._names[source.id] = name
            self._keys[source.id] = await sources.insert_source(self._connection, self._shelf, name, self._at)
            self._tell("source", source.id, Fate.ADDED if name == source.id else Fate.RENAMED, name)
        await self._name_deals()
        self._settings = await preferences.of(self._connection, self._shelf)
        self._questions = await shelf_contents.golden_questions(self._connection, self._shelf)
        self._done = await shelf_contents.done(self._connection, self._shelf)

    async def take(self, number: int, line: Line) -> None:
        """Write a line, the one of this number in the file. Raises ``StoreBusy`` where the shelf is not as planned."""
        if not isinstance(line, VersionLine | FigureLine):
            await self._settle_source()
        match line:
            case DealLine():
                await self._take_deal(line)
            case SourceLine():
                self._source = line
            case VersionLine():
                await self._take_version(number, line)
            case FigureLine():
                await self._take_figure(line)
            case PreferenceLine():
                await self._take_preference(line)
            case GoldenLine():
                await self._take_golden(line)
            case ActLine():
                await self._take_act(line)

    async def finish(self) -> None:
        """Write what is left, and note the import among what was done."""
        await self._settle_source()
        if not self._written and all(each.fate in {Fate.PRESENT, Fate.LEFT_OUT} for each in self.fates):
            return
        added = sum(each.kind == "source" and each.fate in {Fate.ADDED, Fate.RENAMED} for each in self.fates)
        detail: dict[str, str | int | list[str]] = {"sources": added}
        await acts.record(
            self._connection,
            self._shelf,
            Act.IMPORTED,
            self._plan.header.shelf,
            at=self._at,
            by=self._by,
            detail=detail,
        )

    def _tell(self, kind: str, name_there: str, fate: Fate, name: str) -> None:
        self.fates.append(Arrived(kind, name_there, fate, name))

    async def _name_deals(self) -> None:
        standing = await deals.of(self._connection, visible(self._shelf))
        same = {_nameless(deal): name for name, deal in standing.items()}
        taken = await shelf_contents.deal_ids(self._connection, self._shelf) | {deal.id for deal in shipped().deals}
        unfree = taken | self._plan.deals.keys()
        for name, deal in self._plan.deals.items():
            here = None if deal is None else same.get(_nameless(self._moved(deal)))
            if here is not None or (deal is None and name in taken):
                self._deals_here.add(name)
                self._deals[name], fate = here or name, Fate.PRESENT
            elif name in taken:
                self._deals[name], fate = _free(name, unfree), Fate.RENAMED
                unfree.add(self._deals[name])
            else:
                self._deals[name], fate = name, Fate.ADDED
            self._tell("deal", name, fate, self._deals[name])

    async def _take_deal(self, line: DealLine) -> None:
        if line.id in self._deals_here:
            return
        deal = None if line.deal is None else self._moved(line.deal)
        at = moment.stored(line.at)
        await deals.put(self._connection, self._shelf, self._deals[line.id], deal, at=at, by=line.by)

    def _moved(self, deal: Deal) -> Deal:
        """Return a deal with the ids that it and what it names have here."""
        parties = tuple(party.model_copy(update={"proof": self._proof(party.proof)}) for party in deal.parties)
        part = deal.part_of
        if part is not None:
            whole = {"deal": self._deals.get(part.deal, part.deal), "proof": self._proof(part.proof)}
            part = part.model_copy(update=whole)
        told = {"about": self._proof(deal.about), "parties": parties, "part_of": part}
        return deal.model_copy(update={"id": self._deals.get(deal.id, deal.id), **told})

    def _proof(self, proof: Proof) -> Proof:
        return proof.model_copy(update={"source": self._names.get(proof.source, proof.source)})

    async def _settle_source(self) -> None:
        """Say what became of the source whose versions are all written, and keep its page."""
        await self._settle_figures()
        source, self._source, self._version = self._source, None, None
        if source is None or source.id not in self._keys:
            return
        key, name = self._keys[source.id], self._names[source.id]
        for each in source.states:
            at, version = moment.stored(each.at), self._versions[each.version]
            await sources.insert_state(self._connection, key, version, State(each.state), at=at, by=each.by)
        if source.states[-1].state is State.LIVE:
            self.changes.append(Change(Outcome.ADDED, name, gained=self._versions[source.states[-1].version]))
        if (page := source.page) is not None:
            due_at = None if page.due_at is None else moment.stored(page.due_at)
            moments = {"seen_at": moment.stored(page.seen_at), "due_at": due_at}
            await shelf_contents.insert_page(self._connection, key, page.model_dump(mode="json") | moments)
        self._versions = {}

    async def _take_version(self, number: int, line: VersionLine) -> None:
        await self._settle_figures()
        source = self._source
        if source is None or source.id not in self._keys:
            return
        terms = self._plan.terms.get(number)
        if terms is None:
            raise StoreBusy("The shelf was changed while the file was read; nothing was imported, please try again.")
        prepared = Prepared(
            article=line.article,
            sha256=next(text.sha256 for text in source.versions if text.number == line.number),
            words=len(line.article.text.split()),
            pieces=[Piece(*passage) for passage in line.passages],
            terms=terms,
            figures=[],
        )
        key, name, at = self._keys[source.id], self._names[source.id], moment.stored(line.added_at)
        self._version = await sources.insert_version(self._connection, key, name, prepared, at=at, by=line.added_by)
        await shelf_contents.number(self._connection, self._version, line.number)
        await figures.insert_found(self._connection, self._version, self._plan.anew.get(number, []))
        self._versions[line.number] = self._version

    async def _take_figure(self, line: FigureLine) -> None:
        if self._plan.header.rules == RULES or line.reviews:
            self._waiting.append(line)
        if len(self._waiting) == _AT_ONCE:
            await self._settle_figures()

    async def _settle_figures(self) -> None:
        """Keep the figures that wait, in the version that was written last."""
        lines, self._waiting = self._waiting, []
        if self._version is None or not lines:
            return
        found = [
            (self._about(line.found).model_dump(mode="json"), [self._reviewed(review) for review in line.reviews])
            for line in lines
        ]
        keys = await shelf_contents.insert_figures(self._connection, self._version, found)
        self._figures |= {line.id: found_id(key) for line, key in zip(lines, keys, strict=True)}

    def _reviewed(self, review: Reviewed) -> dict[str, object]:
        corrected = None if review.corrected is None else self._about(review.corrected).model_dump(mode="json")
        at = moment.stored(review.at)
        return {"review": review.review.value, "corrected": corrected, "at": at, "by": review.by}

    def _about(self, figure: FoundFigure) -> FoundFigure:
        named = tuple(dict.fromkeys(self._deals.get(deal, deal) for deal in figure.deals))
        return figure.model_copy(update={"deals": named})

    async def _take_preference(self, line: PreferenceLine) -> None:
        if self._plan.header.shelf != self._shelf or self._shelf == SHARED:
            fate = Fate.LEFT_OUT  # channels and roles of one server mean nothing on another one
        elif line.name in self._settings:
            fate = Fate.PRESENT
        else:
            fate = Fate.ADDED
            await preferences.put(self._connection, self._shelf, line.name, line.value, self._at)
        self._tell("setting", line.name, fate, line.name)

    async def _take_golden(self, line: GoldenLine) -> None:
        if line.question in self._questions:
            self._tell("golden question", line.question, Fate.PRESENT, line.question)
            return
        source = self._names.get(line.source, line.source)
        sentence = line.sentence if await self._stands(line.sentence, source) else ""
        if not (source or line.figure or sentence):
            self._tell("golden question", line.question, Fate.LEFT_OUT, line.question)
            return
        golden = {"source": source, "sentence": sentence, "at": moment.stored(line.at)}
        golden = line.model_dump(exclude={"kind"}) | golden
        await shelf_contents.insert_golden(self._connection, self._shelf, golden)
        self._tell("golden question", line.question, Fate.ADDED, line.question)

    async def _stands(self, sentence: str, source: str) -> bool:
        """Tell whether a sentence stands in the text of a source that the shelf sees, as it is written."""
        if not sentence:
            return False
        row = await sources.find(self._connection, visible(self._shelf), source)
        return row is not None and sentence in await sources.find_text(self._connection, row["version_key"])

    async def _take_act(self, line: ActLine) -> None:
        """Write an act; one that was done to a source which was here before belongs to the other one's history."""
        subject = line.subject
        if line.act in _OF_DEALS:
            subject = self._deals.get(subject, subject)
        elif line.act not in _OF_OTHERS:
            if subject in self._names and subject not in self._keys:
                return
            subject = self._names.get(subject, subject)
        at = moment.stored(line.at)
        if (at, line.by, line.act.value, subject) in self._done:
            return
        act = {"at": at, "by": line.by, "act": line.act.value, "subject": subject, "detail": self._detail(line)}
        await shelf_contents.insert_act(self._connection, self._shelf, act)
        self._written += 1

    def _detail(self, line: ActLine) -> dict[str, str | int | list[str]]:
        """Return the detail of an act with the ids that things have here."""
        named = {"source": self._names, "deals": self._deals}
        detail: dict[str, str | int | list[str]] = {}
        for name, value in line.detail.items():
            known = named.get(name, self._figures)
            if isinstance(value, list):
                detail[name] = [known.get(each, each) for each in value]
            else:
                detail[name] = known.get(value, value) if isinstance(value, str) else value
        return detail


def _nameless(deal: Deal) -> Deal:
    """Return a deal as it is compared: one that got another id here is still the same."""
    return deal.model_copy(update={"id": ""})


def _free(wanted: str, taken: Iterable[str]) -> str:
    """Return the first of ``wanted-2``, ``wanted-3`` ... that is not taken, at most as long as an id may be."""
    unfree, number = set(taken), 2
    while (name := f"{wanted[: _LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}") in unfree:
        number += 1
    return name

"""The ledger that is curated by hand, ``seeds/deals.toml``: read, and checked against the sources that it quotes.

Offsets are never written down: each quote is found in its source's text, each figure's text in its quote.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from typing import TypeVar

from pydantic import ValidationError

from index import seeding
from index.errors import BadInput
from index.familiar.points import Point
from index.figures.computing import check, formula
from index.figures.deals import ComputedFigure, CuratedFigure, Deal, Fact, Ignored
from index.figures.kinds import RelationKind
from index.figures.proving import Entry, Texts, proven_deal, proven_fact, proven_figure, proven_text
from index.language.analysis import fold
from index.model import Noun, Relation

_FILE = "deals.toml"
_TABLES = ("deal", "figure", "computed", "fact", "relation", "ignored")

Made = TypeVar("Made", bound=Noun)
Statement = CuratedFigure | ComputedFigure | Fact
"""What is said of deals, and may be related to something else that is."""


class CuratedLedger(Noun):
    """All deals, their figures and facts, how these relate, and which numbers of the sources are none.

    ``points``: what the sources say, of which it is known how people ask for it.
    """

    deals: tuple[Deal, ...] = ()
    figures: tuple[CuratedFigure, ...] = ()
    computed: tuple[ComputedFigure, ...] = ()
    facts: tuple[Fact, ...] = ()
    relations: tuple[Relation, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    points: tuple[Point, ...] = ()

    @cached_property
    def proving(self) -> frozenset[str]:
        """The ids of all sources that are quoted."""
        proofs = [figure.proof for figure in self.figures] + [fact.proof for fact in self.facts]
        proofs += [proof for deal in self.deals for proof in deal.proofs]
        return frozenset([*(proof.source for proof in proofs), *(point.source for point in self.points)])

    def figures_of(self, deal: str) -> tuple[CuratedFigure, ...]:
        """Return the figures of a deal, in the order of the file."""
        return tuple(figure for figure in self.figures if deal in figure.deals)

    def computed_of(self, deal: str) -> tuple[ComputedFigure, ...]:
        """Return what is computed about a deal."""
        return tuple(figure for figure in self.computed if deal in figure.deals)

    def facts_of(self, deal: str) -> tuple[Fact, ...]:
        """Return the facts of a deal, in the order of the file."""
        return tuple(fact for fact in self.facts if deal in fact.deals)

    def relations_of(self, entry: str) -> tuple[Relation, ...]:
        """Return the relations that a figure or fact has, on either side."""
        return tuple(relation for relation in self.relations if entry in (relation.first, relation.second))


@cache
def shipped() -> CuratedLedger:
    """Return the ledger of the seeds. Reads files: not for the event loop."""
    from index.familiar.shipped import shipped as familiar

    document = (files("seeds") / _FILE).read_text(encoding="utf-8")
    ledger = load(document, {name: article.text for name, article in seeding.articles()})
    return ledger.model_copy(update={"points": familiar().points})


@cache
def _texts() -> frozenset[str]:
    return frozenset(article.text for _, article in seeding.articles())


def covers(text: str) -> bool:
    """Tell whether all that a text says in numbers has been read by hand: whether it is a seed's."""
    return text in _texts()


def load(document: str, texts: Texts, name: str = _FILE) -> CuratedLedger:
    """Return the ledger that a TOML document holds; ``texts`` are the sources' stored texts by their ids.

    Raises ``BadInput`` with one sentence that names the entry which is not right.
    """
    try:
        tables = tomllib.loads(document)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"{name} is not valid TOML: {error}.") from error
    try:
        return _ledger(tables, texts)
    except ValueError as error:
        raise BadInput(f"{name}: {error}.") from error


def _ledger(tables: Mapping[str, object], texts: Texts) -> CuratedLedger:
    if unknown := sorted(tables.keys() - set(_TABLES)):
        raise ValueError(f"there is no table {unknown[0]}; the tables are {', '.join(_TABLES)}")
    deals = _made(Deal, "deal", tables, lambda entry: proven_deal(entry, texts))
    figures = _made(CuratedFigure, "figure", tables, lambda entry: proven_figure(entry, texts))
    computed = _made(ComputedFigure, "computed", tables, dict)
    facts = _made(Fact, "fact", tables, lambda entry: proven_fact(entry, texts))
    relations = _made(Relation, "relation", tables, dict)
    ignored = _made(Ignored, "ignored", tables, lambda entry: proven_text(entry, texts))
    statements: list[Statement] = [*figures, *computed, *facts]
    _refuse_repeated(deal.id for deal in deals)
    _refuse_repeated(statement.id for statement in statements)
    _refuse_shared_names(deals)
    _refuse_unknown_deals(deals, statements)
    _refuse_unfit_relations(relations, {statement.id for statement in statements})
    _refuse_circles(((deal.id, deal.part_of.deal) for deal in deals if deal.part_of), "is part of itself")
    superseding = (pair for pair in relations if pair.kind is RelationKind.SUPERSEDES)
    _refuse_circles(((pair.first, pair.second) for pair in superseding), "supersedes itself")
    return CuratedLedger(
        deals=deals,
        figures=figures,
        computed=computed,
        facts=facts,
        relations=(*relations, *_derivations(computed, {figure.id: figure for figure in figures})),
        ignored=ignored,
    )


def _made(
    noun: type[Made], table: str, tables: Mapping[str, object], prove: Callable[[Entry], dict[str, object]]
) -> tuple[Made, ...]:
    """Return the nouns that the entries of a table stand for."""
    entries = tables.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{table} is not right: write each as [[{table}]]")
    made = []
    for number, entry in enumerate(entries, 1):
        called = _called(table, entry, number)
        try:
            made.append(noun.model_validate(prove(entry)))
        except ValidationError as error:
            raise ValueError(f"{called}: {_first_fault(error)}") from error
        except ValueError as error:
            raise ValueError(f"{called}: {error}") from error
    return tuple(made)


def _called(table: str, entry: Entry, number: int) -> str:
    if table == "relation" and {"first", "second"} <= entry.keys():
        return f"relation of {entry['first']} to {entry['second']}"
    return f"{table} {entry['id']}" if entry.get("id") else f"{table} number {number}"


def _first_fault(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    reason = first["msg"].removeprefix("Value error, ")
    return f"{place} is not right: {reason}" if place else reason


def _refuse_repeated(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise ValueError(f"{name} is the id of two entries")
        seen.add(name)


def _refuse_shared_names(deals: Iterable[Deal]) -> None:
    """Refuse a name, however accented, that means two deals."""
    owners: dict[str, str] = {}
    for deal in deals:
        for name in deal.names:
            if owners.setdefault(fold(name.casefold()), deal.id) != deal.id:
                raise ValueError(f"deal {deal.id}: {name!r} is also a name of {owners[fold(name.casefold())]}")


def _refuse_unknown_deals(deals: Iterable[Deal], statements: Iterable[Statement]) -> None:
    known = {deal.id for deal in deals}
    named = [(f"deal {deal.id}", deal.part_of.deal) for deal in deals if deal.part_of]
    named += [(statement.id, deal) for statement in statements for deal in statement.deals]
    for called, deal in named:
        if deal not in known:
            raise ValueError(f"{called}: there is no deal {deal}")


def _refuse_unfit_relations(relations: Iterable[Relation], known: set[str]) -> None:
    seen: set[frozenset[str]] = set()
    for relation in relations:
        called = f"relation of {relation.first} to {relation.second}"
        for side in (relation.first, relation.second):
            if side not in known:
                raise ValueError(f"{called}: there is no figure or fact {side}")
        if relation.kind is RelationKind.COMPUTED_FROM or relation.formula is not None:
            raise ValueError(f"{called}: what is computed is written as [[computed]], which makes its relations")
        pair = frozenset((relation.first, relation.second))
        if pair in seen:
            raise ValueError(f"{called}: these two have a relation already")
        seen.add(pair)


def _refuse_circles(edges: Iterable[tuple[str, str]], reason: str) -> None:
    graph: dict[str, set[str]] = {}
    for first, second in edges:
        graph.setdefault(first, set()).add(second)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise ValueError(f"{error.args[1][0]} {reason}, by way of others") from error


def _derivations(computed: Iterable[ComputedFigure], figures: Mapping[str, CuratedFigure]) -> list[Relation]:
    """Return the relations of computed figures to what they are computed from, once their formulas hold."""
    relations = []
    for figure in computed:
        if unknown := [operand for operand in figure.of if operand not in figures]:
            raise ValueError(f"computed {figure.id}: there is no figure {unknown[0]}")
        operands = [figures[operand] for operand in figure.of]
        try:
            check(figure, operands)
        except ValueError as error:
            raise ValueError(f"computed {figure.id}: {error}") from error
        relations += [
            Relation(
                first=figure.id, kind=RelationKind.COMPUTED_FROM, second=operand, formula=formula(figure, operands)
            )
            for operand in dict.fromkeys(figure.of)
        ]
    return relations

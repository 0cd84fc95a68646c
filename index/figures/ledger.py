"""What one shelf knows of deals and figures, as it stands: a value that is replaced when a source comes or goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self, TypeVar

from index.familiar.recall import Familiar, Taught
from index.figures.computing import computed_figure, formula
from index.figures.curated import CuratedLedger
from index.figures.deals import ComputedFigure, Deal
from index.figures.holding import Excerpt, Holding, KnownFact
from index.figures.kinds import RelationKind, Review, Role
from index.figures.names import Names, plain
from index.figures.relating import derive
from index.model import Figure, Relation, Source

K = TypeVar("K")

_COUNTED = frozenset({Review.CURATED, Review.APPROVED})


@dataclass(frozen=True)
class Ledger:
    """Deals, and the figures and facts of the sources that live on a shelf. Use ``empty``, ``with_`` and ``without``.

    ``by_deal`` and ``by_passage`` have the latest figure first; figures that nobody stands for are not in them.
    """

    curated: CuratedLedger
    deals: Mapping[str, Deal]
    holdings: Mapping[int, Holding]
    figures: Mapping[str, Figure]
    facts: Mapping[str, KnownFact]
    by_deal: Mapping[str, tuple[Figure, ...]]
    by_passage: Mapping[int, tuple[Figure, ...]]
    taught: tuple[Taught, ...] = ()

    @classmethod
    def empty(cls, curated: CuratedLedger) -> Self:
        """Return the ledger of a shelf without sources."""
        return cls(curated, {deal.id: deal for deal in curated.deals}, {}, {}, {}, {}, {})

    def with_deals(self, deals: Mapping[str, Deal]) -> Self:
        """Return the ledger with more deals; one that has the id of another takes its place."""
        return replace(self, deals={**self.deals, **deals}) if deals else self

    def with_(self, holdings: Mapping[int, Holding]) -> Self:
        """Return the ledger with what some versions add; a version that is held already is held as now."""
        changed = self.without([version for version in holdings if version in self.holdings])
        new = {
            version: holding
            for version, holding in holdings.items()
            if holding.figures or holding.facts or holding.proofs or holding.points
        }
        added = [figure for holding in new.values() for figure in holding.figures if figure.review in _COUNTED]
        return replace(
            changed,
            holdings={**changed.holdings, **new},
            figures={**changed.figures, **{figure.id: figure for figure in added}},
            facts={**changed.facts, **{fact.id: fact for holding in new.values() for fact in holding.facts}},
            by_deal=_joined(changed.by_deal, ((deal, figure) for figure in added for deal in figure.deals)),
            by_passage=_joined(changed.by_passage, ((figure.passage, figure) for figure in added)),
        )

    def without(self, versions: Iterable[int]) -> Self:
        """Return the ledger without what some versions add."""
        gone = self.holdings.keys() & set(versions)
        lost = [self.holdings[version] for version in gone]
        if not lost:
            return self
        figures = {figure.id: figure for holding in lost for figure in holding.figures}
        facts = {fact.id for holding in lost for fact in holding.facts}
        deals = {deal for figure in figures.values() for deal in figure.deals}
        passages = {figure.passage for figure in figures.values()}
        return replace(
            self,
            holdings={version: holding for version, holding in self.holdings.items() if version not in gone},
            figures={key: figure for key, figure in self.figures.items() if key not in figures},
            facts={key: fact for key, fact in self.facts.items() if key not in facts},
            by_deal=_left(self.by_deal, deals, figures),
            by_passage=_left(self.by_passage, passages, figures),
        )

    def with_taught(self, taught: Sequence[Taught]) -> Self:
        """Return the ledger with questions of which moderators have said which sentence answers them."""
        return replace(self, taught=(*self.taught, *taught)) if taught else self

    def prepared(self) -> Self:
        """Return the ledger with its names and known questions made ready to be looked up."""
        self.names.complete("", 1)
        self.familiar.prepare()
        return self

    @cached_property
    def familiar(self) -> Familiar:
        """What is known to be asked for here, made ready to be held against questions."""
        return Familiar([point for holding in self.holdings.values() for point in holding.points], self.taught)

    def excerpt(self, deal: Deal) -> Excerpt | None:
        """Return the sentence that tells what a deal is, where its source lives here."""
        return self.proof(deal.about.source, deal.about.quote.start, deal.about.quote.end)

    def proof(self, source: str, start: int, end: int) -> Excerpt | None:
        """Return a quote that tells what a deal is, where its source lives here."""
        for holding in self.holdings.values():
            if holding.source.id == source and (start, end) in holding.proofs:
                return holding.proofs[start, end]
        return None

    @cached_property
    def known(self) -> Mapping[str, Deal]:
        """The deals of which something here speaks, by id, in the order in which they are written."""
        told = {deal for fact in self.facts.values() for deal in fact.deals} | self.by_deal.keys()
        proven = {(held.source.id, *span) for held in self.holdings.values() for span in held.proofs}
        return {
            deal.id: deal
            for deal in self.deals.values()
            if deal.id in told
            or any((proof.source, proof.quote.start, proof.quote.end) in proven for proof in deal.proofs)
        }

    @cached_property
    def names(self) -> Names:
        """The names of the deals that are known here, made ready to be looked up."""
        return Names((deal.id, deal.names) for deal in self.known.values())

    def is_read(self, source: Source) -> bool:
        """Tell whether the figures of a source are known: somebody has read it for them, or approved what was found."""
        return (source.id, source.shelf, source.version) in self._read

    @cached_property
    def _read(self) -> frozenset[tuple[str, str, int]]:
        accepted = {Review.CURATED, Review.APPROVED}
        found = (held for held in self.holdings.values() if any(f.review in accepted for f in held.figures))
        return frozenset((held.source.id, held.source.shelf, held.source.version) for held in found)

    @cached_property
    def superseded(self) -> frozenset[str]:
        """The figures and facts that another one known here supersedes."""
        found = (relation for relation in self.curated.relations if relation.kind is RelationKind.SUPERSEDES)
        return frozenset(
            relation.second for relation in found if relation.first in self.figures or relation.first in self.facts
        )

    @cached_property
    def parties(self) -> frozenset[str]:
        """The names of all parties that are one word, in small letters without accents."""
        found = (plain(party.name) for deal in self.known.values() for party in deal.parties)
        return frozenset(name for name in found if " " not in name)

    @cached_property
    def parties_of(self) -> Mapping[str, frozenset[str]]:
        """For each deal the names of its parties, in small letters without accents."""
        return {deal.id: frozenset(plain(party.name) for party in deal.parties) for deal in self.known.values()}

    @cached_property
    def called(self) -> Mapping[str, frozenset[str]]:
        """For each deal its names, in small letters without accents."""
        return {deal.id: frozenset(map(plain, deal.names)) for deal in self.known.values()}

    @cached_property
    def single_names(self) -> frozenset[str]:
        """The names of deals and parties that are one word, in small letters without accents."""
        spelt = (plain(name) for deal in self.known.values() for name in deal.names)
        return self.parties | {name for name in spelt if " " not in name}

    @cached_property
    def names_of(self) -> Mapping[str, frozenset[str]]:
        """For each deal the words of its names and of its parties' that do more than pass something on."""
        return {
            deal.id: frozenset(
                word
                for name in (
                    *deal.names,
                    *(party.name for party in deal.parties if party.role is not Role.INTERMEDIARY),
                )
                for word in plain(name).split()
            )
            for deal in self.known.values()
        }

    def figure(self, name: str) -> Figure | None:
        """Return a figure by its id, stated or computed."""
        if name in self.figures:
            return self.figures[name]
        return next((self._computed(each) for each in self.curated.computed if each.id == name), None)

    def computed(self, deal: str) -> list[Figure]:
        """Return what follows from the figures of a deal that are known here."""
        return [figure for each in self.curated.computed_of(deal) if (figure := self._computed(each))]

    def _computed(self, each: ComputedFigure) -> Figure | None:
        operands = tuple(self.figures[name] for name in each.of if name in self.figures)
        if len(operands) < len(each.of):
            return None
        own = {name: getattr(each, name) for name in type(each).model_fields if name in Figure.model_fields}
        return computed_figure(operands, formula(each, operands), own)

    def relations_of(self, entry: str) -> list[Relation]:
        """Return how a figure or fact stands to facts and to figures of its deals that are known here."""
        deals = set(self._deals_of(entry))
        found = self._relations.get(entry, ())
        others = ((relation, relation.second if relation.first == entry else relation.first) for relation in found)
        return [relation for relation, other in others if other in self.facts or deals & set(self._deals_of(other))]

    @cached_property
    def _relations(self) -> Mapping[str, Sequence[Relation]]:
        """All relations, by each of their two sides."""
        attached = (figure.id for figure in self.figures.values() if figure.deals)
        found: dict[str, list[Relation]] = {}
        for relation in self.relations([*attached, *self.facts]):
            for entry in (relation.first, relation.second):
                found.setdefault(entry, []).append(relation)
        return found

    def _deals_of(self, entry: str) -> tuple[str, ...]:
        known = self.figures.get(entry) or self.facts.get(entry)
        return known.deals if known else ()

    def relations(self, entries: Iterable[str]) -> list[Relation]:
        """Return how some figures and facts that are known here stand to each other."""
        names = {name for name in entries if name in self.figures or name in self.facts}
        by_hand = [
            relation
            for relation in self.curated.relations
            if relation.first in names and relation.second in names and relation.kind is not RelationKind.COMPUTED_FROM
        ]
        return [*by_hand, *derive(latest_first(self.figures[name] for name in names if name in self.figures))]


def latest_first(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures by when their sources were published, the latest first, those of an unknown day last."""
    in_order = sorted(figures, key=lambda figure: (figure.source.id, figure.text.start))
    return tuple(sorted(in_order, key=lambda figure: figure.source.published or "", reverse=True))


def _joined(known: Mapping[K, tuple[Figure, ...]], added: Iterable[tuple[K, Figure]]) -> dict[K, tuple[Figure, ...]]:
    groups: dict[K, list[Figure]] = {}
    for key, figure in added:
        groups.setdefault(key, []).append(figure)
    return {**known} | {key: latest_first((*known.get(key, ()), *group)) for key, group in groups.items()}


def _left(
    known: Mapping[K, tuple[Figure, ...]], touched: Iterable[K], lost: Mapping[str, Figure]
) -> dict[K, tuple[Figure, ...]]:
    changed = {key: tuple(figure for figure in known.get(key, ()) if figure.id not in lost) for key in touched}
    return {key: figures for key, figures in ({**known} | changed).items() if figures}

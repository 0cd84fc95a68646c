"""All that is known of one deal, each statement with the sentence that proves it."""

from collections.abc import Iterable

from index.figures.deals import Deal, Part
from index.figures.holding import Excerpt, KnownFact
from index.figures.kinds import Role
from index.figures.ledger import Ledger
from index.model import Figure, Noun, Relation, Source
from index.partial_dates import not_after


class KnownParty(Noun):
    """Who takes part, and as what."""

    name: str
    role: Role
    excerpt: Excerpt


class Whole(Noun):
    """The larger deal that one belongs to."""

    deal: Deal
    excerpt: Excerpt


class Dossier(Noun):
    """A deal and what the sources say of it.

    ``figures`` come the latest first, as their sources were published; ``relations`` are those among figures and facts
    that are here. With ``as_of``, what was published later or on a day that is not known is ``left_out``.
    """

    deal: Deal
    about: Excerpt | None
    parties: tuple[KnownParty, ...]
    part_of: Whole | None
    parts: tuple[Deal, ...]
    figures: tuple[Figure, ...]
    computed: tuple[Figure, ...]
    facts: tuple[KnownFact, ...]
    relations: tuple[Relation, ...]
    as_of: str | None = None
    left_out: int = 0


def compile_dossier(ledger: Ledger, deal_id: str, as_of: str | None = None) -> Dossier:
    """Return what a shelf knows of a deal, or knew on a day (a partial date). Raises ``KeyError`` for no deal of it."""
    deal = ledger.known[deal_id]
    figures = tuple(ledger.by_deal.get(deal_id, ()))
    facts = tuple(ledger.facts[fact.id] for fact in ledger.curated.facts_of(deal_id) if fact.id in ledger.facts)
    shown = tuple(figure for figure in figures if was_out(figure.source, as_of))
    told = tuple(fact for fact in facts if was_out(fact.excerpt.source, as_of))
    computed = tuple(
        figure for figure in ledger.computed(deal_id) if all(was_out(each.source, as_of) for each in figure.operands)
    )
    about = _seen(ledger.excerpt(deal), as_of)
    return Dossier(
        deal=deal,
        about=about,
        parties=tuple(_parties(ledger, deal, as_of)),
        part_of=_whole(ledger, deal, as_of),
        parts=tuple(part for part in ledger.known.values() if _is_part(ledger, part, deal_id, as_of)),
        figures=shown,
        computed=computed,
        facts=told,
        relations=tuple(ledger.relations([*(figure.id for figure in shown), *(fact.id for fact in told)])),
        as_of=as_of,
        left_out=len(figures) + len(facts) - len(shown) - len(told),
    )


def was_out(source: Source, as_of: str | None) -> bool:
    """Tell whether a source was published by a day; of partial dates what both say is compared."""
    if as_of is None:
        return True
    if source.published is None:
        return False
    return not_after(source.published, as_of)


def _seen(excerpt: Excerpt | None, as_of: str | None) -> Excerpt | None:
    return excerpt if excerpt is not None and was_out(excerpt.source, as_of) else None


def _parties(ledger: Ledger, deal: Deal, as_of: str | None) -> Iterable[KnownParty]:
    for party in deal.parties:
        quote = party.proof.quote
        excerpt = _seen(ledger.proof(party.proof.source, quote.start, quote.end), as_of)
        if excerpt is not None:
            yield KnownParty(name=party.name, role=party.role, excerpt=excerpt)


def _whole(ledger: Ledger, deal: Deal, as_of: str | None) -> Whole | None:
    if deal.part_of is None or deal.part_of.deal not in ledger.known:
        return None
    excerpt = _of_whole(ledger, deal.part_of, as_of)
    return None if excerpt is None else Whole(deal=ledger.known[deal.part_of.deal], excerpt=excerpt)


def _is_part(ledger: Ledger, deal: Deal, whole: str, as_of: str | None) -> bool:
    """Tell whether a sentence that is there says that a deal is part of another one."""
    part = deal.part_of
    return part is not None and part.deal == whole and _of_whole(ledger, part, as_of) is not None


def _of_whole(ledger: Ledger, part: Part, as_of: str | None) -> Excerpt | None:
    return _seen(ledger.proof(part.proof.source, part.proof.quote.start, part.proof.quote.end), as_of)

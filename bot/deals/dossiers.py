"""A dossier as a card: the deal, who takes part, its figures by what they measure, and in what the sources disagree."""

from collections.abc import Iterable, Mapping

from bot.deals.cards import DealCard, DealName, Disagreement, FactCard, FigureGroup, PartyCard
from bot.deals.figures import FigureCard, attributed, lay_out_figure, unsaid_notes
from bot.deals.numbering import Numbering
from bot.deals.remarks import Remarks, Side, between, remark, said_by
from bot.meanings import certainty, difference, kind_of_deal, kind_of_fact, metric_name, role_name
from bot.measures import quoted
from bot.printable import printable
from bot.translation import Translator
from index.figures.deals import Deal
from index.figures.dossier import Dossier, KnownParty
from index.figures.holding import KnownFact
from index.figures.kinds import FactKind, Metric, RelationKind
from index.model import Figure

_TO_THE_DAY = len("2025-07-12")


def lay_out_dossier(dossier: Dossier, speaker: Translator, deals: Iterable[Deal] = ()) -> DealCard:
    """Return the card of a dossier. ``deals``: those that its figures may name beside its own."""
    numbering = Numbering()
    _number(dossier, numbering)
    sides = _sides(dossier, numbering, speaker)
    remarks = remark(dossier.relations, sides, speaker)
    names = {deal.id: deal_name(deal, speaker).title for deal in deals if deal.id != dossier.deal.id}
    return DealCard(
        id=dossier.deal.id,
        language=speaker.language,
        title=deal_name(dossier.deal, speaker).title,
        kind=kind_of_deal(dossier.deal.kind, speaker),
        about=numbering.of_excerpt(dossier.about) if dossier.about else None,
        parties=tuple(_party(party, numbering, speaker) for party in dossier.parties),
        part_of=_whole(dossier, numbering, speaker),
        parts=tuple(deal_name(part, speaker) for part in dossier.parts),
        groups=tuple(
            FigureGroup(
                metric_name(metric, speaker),
                tuple(_figure(figure, names, remarks, numbering, speaker) for figure in figures),
            )
            for metric, figures in _by_metric(dossier)
        ),
        computed=tuple(_figure(figure, names, remarks, numbering, speaker) for figure in dossier.computed),
        facts=tuple(_fact(fact, remarks, numbering, speaker) for fact in _by_kind(dossier)),
        disagreements=tuple(_disagreements(dossier, sides, speaker)),
        quotes=numbering.cards(speaker),
        as_of=_as_of(dossier.as_of, speaker) if dossier.as_of else "",
        left_out=_left_out(dossier, speaker),
    )


def deal_name(deal: Deal, speaker: Translator, number: int | None = None) -> DealName:
    """Return a deal by its name in the language that is spoken."""
    return DealName(deal.id, printable(deal.name.fr if speaker.language == "fr" else deal.name.en, fold=True), number)


def _number(dossier: Dossier, numbering: Numbering) -> None:
    """Give all quotes of a dossier their numbers, in the order in which the card is read."""
    if dossier.about:
        numbering.of_excerpt(dossier.about)
    for _, figures in _by_metric(dossier):
        for figure in figures:
            numbering.of_figure(figure)
    for figure in dossier.computed:
        numbering.of_figure(figure)
    for fact in _by_kind(dossier):
        numbering.of_excerpt(fact.excerpt)


def _by_metric(dossier: Dossier) -> Iterable[tuple[Metric, list[Figure]]]:
    """Yield the figures by what they measure, in the order of the closed list, the superseded ones last."""
    old = {relation.second for relation in dossier.relations if relation.kind is RelationKind.SUPERSEDES}
    figures = sorted(dossier.figures, key=lambda figure: figure.id in old)
    for metric in Metric:
        if group := [figure for figure in figures if figure.metric is metric]:
            yield metric, group


def _by_kind(dossier: Dossier) -> list[KnownFact]:
    """Return the facts by what they are about, in the order of the closed list."""
    kinds = list(FactKind)
    return sorted(dossier.facts, key=lambda fact: kinds.index(fact.kind))


def _party(party: KnownParty, numbering: Numbering, speaker: Translator) -> PartyCard:
    name, role = printable(party.name, fold=True), role_name(party.role, speaker)
    return PartyCard(name, role, numbering.of_excerpt(party.excerpt))


def _whole(dossier: Dossier, numbering: Numbering, speaker: Translator) -> DealName | None:
    whole = dossier.part_of
    return deal_name(whole.deal, speaker, numbering.of_excerpt(whole.excerpt)) if whole else None


def _figure(
    figure: Figure, names: Mapping[str, str], remarks: Remarks, numbering: Numbering, speaker: Translator
) -> FigureCard:
    card = lay_out_figure(
        figure,
        numbering.of_figure(figure),
        speaker,
        remarks=remarks.of(figure.id),
        superseded=figure.id in remarks.superseded,
    )
    others = [names[deal] for deal in figure.deals if deal in names]
    if not others:
        return card
    return card._replace(notes=(speaker.text("together with {deals}", deals=", ".join(others)), *card.notes))


def _fact(fact: KnownFact, remarks: Remarks, numbering: Numbering, speaker: Translator) -> FactCard:
    return FactCard(
        id=fact.id,
        kind=kind_of_fact(fact.kind, speaker),
        words=_words_of(fact, speaker),
        certainty=certainty(fact.commitment, speaker) if fact.commitment else "",
        attribution=attributed(fact.attribution, speaker),
        notes=unsaid_notes(fact.inferred, speaker),
        number=numbering.of_excerpt(fact.excerpt),
        remarks=remarks.of(fact.id),
        superseded=fact.id in remarks.superseded,
    )


def _words_of(fact: KnownFact, speaker: Translator) -> str:
    """Return the words of a fact, quoted."""
    return ", ".join(quoted(name.quote, speaker) for name in fact.names)


def _sides(dossier: Dossier, numbering: Numbering, speaker: Translator) -> dict[str, Side]:
    """Return what the figures and facts of a dossier say, with the numbers of their quotes, by their ids."""
    sides = {figure.id: Side(said_by(figure, speaker), numbering.of_figure(figure)) for figure in dossier.figures}
    for fact in dossier.facts:
        sides[fact.id] = Side(_words_of(fact, speaker), (numbering.of_excerpt(fact.excerpt),))
    return sides


def _disagreements(dossier: Dossier, sides: Mapping[str, Side], speaker: Translator) -> Iterable[Disagreement]:
    """Yield each two entries that differ, once."""
    told: set[frozenset[str]] = set()
    for relation, first, second in between(dossier.relations, sides):
        pair = frozenset((relation.first, relation.second))
        if relation.kind is not RelationKind.CONFLICTS_WITH or relation.reason is None or pair in told:
            continue
        told.add(pair)
        reason = difference(relation.reason, speaker)
        yield Disagreement(
            text=speaker.text("{first} / {second}: {reason}", first=first.cited, second=second.cited, reason=reason),
            reason=reason,
            first=first.cited,
            second=second.cited,
            numbers=tuple(dict.fromkeys((*first.numbers, *second.numbers))),
        )


def _as_of(day: str, speaker: Translator) -> str:
    """Return up to when a dossier is told, in words."""
    date = speaker.date(day)
    if len(day) == _TO_THE_DAY:
        return speaker.text("as known on {day}", day=date)
    return speaker.text("as known in {month}", month=date)


def _left_out(dossier: Dossier, speaker: Translator) -> str:
    if not dossier.left_out:
        return ""
    return speaker.plural(
        "{count} statement is left out: it was published later, or on a day that is not known.",
        "{count} statements are left out: they were published later, or on a day that is not known.",
        dossier.left_out,
    )

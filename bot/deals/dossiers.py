"""A dossier as a card: the deal, who takes part, its figures by what they measure, and in what the sources disagree."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.deals.cards import DealCard, DealName, Disagreement, FactCard, FigureGroup, PartyCard
from bot.deals.figures import FigureCard, attributed, lay_out_figure, unsaid_notes
from bot.deals.numbering import Numbering
from bot.meanings import certainty, difference, kind_of_deal, kind_of_fact, metric_name, role_name
from bot.measures import measure, quoted
from bot.printable import printable
from bot.translation import Translator
from index.figures.deals import Deal, Relation
from index.figures.dossier import Dossier, KnownParty
from index.figures.holding import KnownFact
from index.figures.kinds import Metric, RelationKind
from index.model import Figure


class _Remarks(NamedTuple):
    """What is said of entries of a dossier, by their ids, and which of them something else supersedes."""

    said: Mapping[str, tuple[str, ...]]
    superseded: frozenset[str]


def lay_out_dossier(dossier: Dossier, speaker: Translator) -> DealCard:
    """Return the card of a dossier."""
    numbering = Numbering()
    _number(dossier, numbering)
    remarks = _remarks(dossier, numbering, speaker)
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
                metric_name(metric, speaker), tuple(_figure(figure, remarks, numbering, speaker) for figure in figures)
            )
            for metric, figures in _by_metric(dossier)
        ),
        computed=tuple(_figure(figure, remarks, numbering, speaker) for figure in dossier.computed),
        facts=tuple(_fact(fact, remarks, numbering, speaker) for fact in dossier.facts),
        disagreements=tuple(_disagreements(dossier, numbering, speaker)),
        quotes=numbering.cards(speaker),
        as_of=speaker.date(dossier.as_of) if dossier.as_of else "",
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
    for fact in dossier.facts:
        numbering.of_excerpt(fact.excerpt)


def _by_metric(dossier: Dossier) -> Iterable[tuple[Metric, list[Figure]]]:
    """Yield the figures by what they measure, in the order of the closed list, the superseded ones last."""
    old = {relation.second for relation in dossier.relations if relation.kind is RelationKind.SUPERSEDES}
    figures = sorted(dossier.figures, key=lambda figure: figure.id in old)
    for metric in Metric:
        if group := [figure for figure in figures if figure.metric is metric]:
            yield metric, group


def _party(party: KnownParty, numbering: Numbering, speaker: Translator) -> PartyCard:
    name, role = printable(party.name, fold=True), role_name(party.role, speaker)
    return PartyCard(name, role, numbering.of_excerpt(party.excerpt))


def _whole(dossier: Dossier, numbering: Numbering, speaker: Translator) -> DealName | None:
    whole = dossier.part_of
    return deal_name(whole.deal, speaker, numbering.of_excerpt(whole.excerpt)) if whole else None


def _figure(figure: Figure, remarks: _Remarks, numbering: Numbering, speaker: Translator) -> FigureCard:
    return lay_out_figure(
        figure,
        numbering.of_figure(figure),
        speaker,
        remarks=remarks.said.get(figure.id, ()),
        superseded=figure.id in remarks.superseded,
    )


def _fact(fact: KnownFact, remarks: _Remarks, numbering: Numbering, speaker: Translator) -> FactCard:
    return FactCard(
        id=fact.id,
        kind=kind_of_fact(fact.kind, speaker),
        words=_words_of(fact, speaker),
        certainty=certainty(fact.commitment, speaker) if fact.commitment else "",
        attribution=attributed(fact.attribution, speaker),
        notes=unsaid_notes(fact.inferred, speaker),
        number=numbering.of_excerpt(fact.excerpt),
        remarks=remarks.said.get(fact.id, ()),
        superseded=fact.id in remarks.superseded,
    )


def _words_of(entry: Figure | KnownFact, speaker: Translator) -> str:
    """Return what an entry says: a value in words, or the words of a fact, quoted."""
    if isinstance(entry, Figure):
        is_date = entry.metric is Metric.DATE
        return quoted(entry.text.quote, speaker) if is_date else measure(entry, speaker)
    return ", ".join(quoted(name.quote, speaker) for name in entry.names)


class _Side(NamedTuple):
    """One of two entries that are related: what it says, and its quotes' numbers."""

    words: str
    numbers: tuple[int, ...]

    @property
    def reference(self) -> str:
        return " ".join(f"[{number}]" for number in self.numbers)

    @property
    def cited(self) -> str:
        return f"{self.words} {self.reference}"


def _sides(dossier: Dossier, numbering: Numbering, speaker: Translator) -> Iterable[tuple[Relation, _Side, _Side]]:
    """Yield how entries of a dossier stand to each other, and both in words."""
    entries: dict[str, Figure | KnownFact] = {figure.id: figure for figure in dossier.figures}
    entries |= {fact.id: fact for fact in dossier.facts}

    def side(name: str) -> _Side:
        entry = entries[name]
        numbers = numbering.of_figure(entry) if isinstance(entry, Figure) else (numbering.of_excerpt(entry.excerpt),)
        return _Side(_words_of(entry, speaker), numbers)

    for relation in dossier.relations:
        yield relation, side(relation.first), side(relation.second)


def _remarks(dossier: Dossier, numbering: Numbering, speaker: Translator) -> _Remarks:
    said: dict[str, tuple[str, ...]] = {}
    superseded: set[str] = set()

    def say(entry: str, remark: str) -> None:
        said[entry] = (*said.get(entry, ()), remark)

    for relation, first, second in _sides(dossier, numbering, speaker):
        if relation.kind is RelationKind.SUPERSEDES:
            superseded.add(relation.second)
            say(relation.first, speaker.text("takes the place of {other}", other=second.cited))
            say(relation.second, speaker.text("since superseded by {other}", other=first.cited))
        elif relation.kind is RelationKind.SAME_AS and first.numbers != second.numbers:
            say(relation.first, speaker.text("also said in {reference}", reference=second.reference))
            say(relation.second, speaker.text("also said in {reference}", reference=first.reference))
        elif relation.kind is RelationKind.CONFLICTS_WITH and relation.reason is not None:
            reason = difference(relation.reason, speaker)
            say(relation.first, _differing(second, reason, speaker))
            say(relation.second, _differing(first, reason, speaker))
    return _Remarks(said, frozenset(superseded))


def _differing(other: _Side, reason: str, speaker: Translator) -> str:
    return speaker.text(
        "differs from {reference} ({words}): {reason}", reference=other.reference, words=other.words, reason=reason
    )


def _disagreements(dossier: Dossier, numbering: Numbering, speaker: Translator) -> Iterable[Disagreement]:
    for relation, first, second in _sides(dossier, numbering, speaker):
        if relation.kind is RelationKind.CONFLICTS_WITH and relation.reason is not None:
            reason = difference(relation.reason, speaker)
            yield Disagreement(
                text=speaker.text(
                    "{first} / {second}: {reason}", first=first.cited, second=second.cited, reason=reason
                ),
                reason=reason,
                first=first.cited,
                second=second.cited,
                numbers=tuple(dict.fromkeys((*first.numbers, *second.numbers))),
            )


def _left_out(dossier: Dossier, speaker: Translator) -> str:
    if not dossier.left_out:
        return ""
    return speaker.plural(
        "{count} statement is left out: it was published later, or on a day that is not known.",
        "{count} statements are left out: they were published later, or on a day that is not known.",
        dossier.left_out,
    )

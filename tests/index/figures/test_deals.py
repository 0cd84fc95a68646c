"""The ledger that comes with Sourcier: what it says of each deal, and that its articles say it."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from index import seeding
from index.figures.curated import CuratedLedger, shipped
from index.figures.deals import CuratedFigure, Deal, Proof
from index.figures.kinds import Bound, Commitment, ConflictReason, Metric, RelationKind, Unsaid
from index.model import Article, Moment, Quote
from index.sentences import split

SEEDS: dict[str, Article] = dict(seeding.articles())
LEDGER: CuratedLedger = shipped()
FIGURES = {figure.id: figure for figure in LEDGER.figures}
DEALS = {deal.id: deal for deal in LEDGER.deals}
GIGAWATT, MILLIARD = 10**9, 10**9

_NUMBERS = re.compile(
    r"\d+|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent|mille|milliers?|millions?|milliards?|"
    r"premi(?:er|ère)s?|second|tiers|quart|moitié|double|doubler|tripler|demi|dizaines?|centaines?|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|semaine|ans?|prochaines? années?)\b|[%$€]",
    re.IGNORECASE,
)


def _proofs() -> Iterator[Proof]:
    for deal in LEDGER.deals:
        yield deal.about
        yield from (party.proof for party in deal.parties)
        if deal.part_of:
            yield deal.part_of.proof
    yield from (figure.proof for figure in LEDGER.figures)
    yield from (fact.proof for fact in LEDGER.facts)
    yield from (ignored.proof for ignored in LEDGER.ignored)


def _counted() -> list[tuple[str, Quote]]:
    """Return every text that is a figure or is ignored, with its source."""
    figures = [(figure.proof.source, figure.text) for figure in LEDGER.figures]
    return figures + [(ignored.proof.source, ignored.text) for ignored in LEDGER.ignored]


def _spans() -> Iterator[tuple[str, Quote]]:
    """Yield every number, name and date that the ledger accounts for, with its source."""
    yield from _counted()
    for fact in LEDGER.facts:
        yield from ((fact.proof.source, name) for name in fact.names)


def _relation(first: str, second: str) -> tuple[RelationKind, ConflictReason | None] | None:
    found = [pair for pair in LEDGER.relations if {pair.first, pair.second} == {first, second}]
    return (found[0].kind, found[0].reason) if found else None


def _amounts(deal: str) -> set[tuple[Metric, Bound, Decimal, str]]:
    return {
        (figure.metric, figure.bound, figure.value, figure.counted or figure.unit)
        for figure in LEDGER.figures_of(deal)
        if figure.value is not None
    }


def test_every_quote_is_word_for_word_where_it_is_said_to_be() -> None:
    for proof in _proofs():
        assert SEEDS[proof.source].text[proof.quote.start : proof.quote.end] == proof.quote.quote
    for source, span in _spans():
        assert SEEDS[source].text[span.start : span.end] == span.quote


def test_every_quote_is_whole_sentences_or_a_clause() -> None:
    bounds = {name: split(article.text) for name, article in SEEDS.items()}
    for proof in _proofs():
        text, quote = SEEDS[proof.source].text, proof.quote
        assert quote.start in {span.start for span in bounds[proof.source]} or text[quote.start - 2] in ",;:"
        assert quote.end in {span.end for span in bounds[proof.source]} or text[quote.end] in ",;:"


def test_every_number_and_date_in_the_articles_is_a_figure_a_fact_or_is_ignored_with_a_reason() -> None:
    known = {(source, place) for source, span in _spans() for place in range(span.start, span.end)}
    forgotten = [
        f"{name}: {article.text[max(match.start() - 40, 0) : match.end() + 40]!r}"
        for name, article in SEEDS.items()
        for match in _NUMBERS.finditer(article.text)
        if not {(name, place) for place in range(*match.span())} <= known
    ]
    assert forgotten == []


def test_no_two_figures_claim_the_same_words() -> None:
    taken: set[tuple[str, int]] = set()
    for source, text in _counted():
        places = {(source, place) for place in range(text.start, text.end)}
        assert not places & taken, text.quote
        taken |= places


def test_the_deals_of_the_articles_are_there_under_their_names() -> None:
    assert {*DEALS} >= {"oracle", "abilene", "stargate", "microsoft", "amd", "funding", "nvidia", "xai", "azure"}
    assert "Crusoe" in DEALS["abilene"].aliases.fr
    assert "Crusoe" in DEALS["abilene"].aliases.en


@pytest.mark.parametrize("deal", LEDGER.deals, ids=lambda deal: deal.id)
def test_every_deal_has_parties_and_something_to_say_in_both_languages(deal: Deal) -> None:
    assert deal.parties
    assert deal.aliases.fr
    assert deal.aliases.en
    assert LEDGER.figures_of(deal.id) or LEDGER.facts_of(deal.id)


def test_the_oracle_deal_shows_what_is_known_of_it() -> None:
    amounts = _amounts("oracle")
    assert (Metric.CAPACITY, Bound.EXACT, Decimal("4.5") * GIGAWATT, "W") in amounts
    assert (Metric.ANNUAL_VALUE, Bound.EXACT, Decimal(30 * MILLIARD), "USD") in amounts
    assert (Metric.UNITS, Bound.ABOUT, Decimal(400_000), "puces GB200") in amounts
    announced = FIGURES["oracle-annual-value-announced"]
    assert announced.since == Moment(written="à compter de 2028", iso="2028")
    assert announced.attribution == "Oracle"
    assert FIGURES["azure-announced"] in LEDGER.figures_of("oracle")
    assert FIGURES["oracle-lease-signed"] in LEDGER.figures_of("oracle")


def test_the_states_are_named_as_the_article_names_them() -> None:
    states = next(fact for fact in LEDGER.facts_of("oracle") if fact.id == "oracle-states")
    assert [name.quote for name in states.names] == [
        "Texas", "Michigan", "Wisconsin", "Wyoming", "Nouveau-Mexique", "George", "Ohio", "Pennsylvanie",
    ]  # fmt: skip


def test_the_client_behind_thirty_milliards_is_named_by_the_newspaper_s_sources() -> None:
    reported = next(fact for fact in LEDGER.facts if fact.id == "oracle-client-reported")
    assert reported.attribution == "des sources du Financial Times"
    assert reported.commitment is Commitment.RUMOURED
    assert Unsaid.PARTY in FIGURES["oracle-annual-value-announced"].inferred
    conflict = (RelationKind.CONFLICTS_WITH, ConflictReason.STATUS)
    assert _relation("oracle-annual-value", "oracle-client-reported") == conflict


@pytest.mark.parametrize(
    ("deal", "amount"),
    [
        ("microsoft", (Metric.INVESTMENT, Bound.EXACT, Decimal(13 * MILLIARD), "USD")),
        ("microsoft", (Metric.STAKE, Bound.EXACT, Decimal(49), "percent")),
        ("funding", (Metric.INVESTMENT, Bound.EXACT, Decimal("6.6") * MILLIARD, "USD")),
        ("abilene", (Metric.CAPACITY, Bound.ABOUT, Decimal(GIGAWATT), "W")),
        ("abilene", (Metric.CAPACITY, Bound.AT_MOST, Decimal(2 * GIGAWATT), "W")),
        ("abilene", (Metric.SITES, Bound.EXACT, Decimal(2), "bâtiments")),
        ("abilene", (Metric.SITES, Bound.EXACT, Decimal(8), "unités")),
        ("abilene", (Metric.INVESTMENT, Bound.EXACT, Decimal("11.6") * MILLIARD, "USD")),
        ("abilene", (Metric.TOTAL_VALUE, Bound.EXACT, Decimal(15 * MILLIARD), "USD")),
        ("abilene", (Metric.UNITS, Bound.AT_MOST, Decimal(50_000), "puces Nvidia Blackwell")),
        ("stargate", (Metric.CAPACITY, Bound.EXACT, Decimal(5 * GIGAWATT), "W")),
        ("stargate", (Metric.TOTAL_VALUE, Bound.MORE_THAN, Decimal(100 * MILLIARD), "USD")),
        ("stargate", (Metric.INVESTMENT, Bound.EXACT, Decimal(500 * MILLIARD), "USD")),
        ("stargate", (Metric.DURATION, Bound.EXACT, Decimal(4), "year")),
        ("oracle", (Metric.EQUIVALENT, Bound.ABOUT, Decimal(4), "réacteurs nucléaires")),
        ("oracle", (Metric.EQUIVALENT, Bound.ABOUT, Decimal(3_000_000), "foyers")),
        ("amd", (Metric.STAKE, Bound.EXACT, Decimal(10), "percent")),
        ("nvidia", (Metric.CAPACITY, Bound.EXACT, Decimal(23 * GIGAWATT), "W")),
    ],
)
def test_each_figure_appears_under_its_deal(deal: str, amount: tuple[Metric, Bound, Decimal, str]) -> None:
    assert amount in _amounts(deal)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("stargate-site-cost", "stargate-investment", ConflictReason.SCOPE),
        ("stargate-site-cost", "stargate-value", ConflictReason.SCOPE),
        ("oracle-capacity", "oracle-capacity-about", ConflictReason.VALUE),
        ("amd-capacity", "amd-capacity-provided", ConflictReason.VALUE),
        ("amd-signed", "amd-capacity-discussed", ConflictReason.STATUS),
        ("amd-nvidia-capacity", "amd-capacity", ConflictReason.SCOPE),
    ],
)
def test_what_differs_stands_side_by_side_with_the_reason(first: str, second: str, reason: ConflictReason) -> None:
    assert _relation(first, second) == (RelationKind.CONFLICTS_WITH, reason)


def test_both_bounds_of_one_number_are_kept() -> None:
    six = {figure.bound for figure in LEDGER.figures_of("amd") if figure.value == 6 * GIGAWATT}
    assert six == {Bound.AT_MOST, Bound.EXACT}
    four_and_a_half = {figure.bound for figure in LEDGER.figures_of("oracle") if figure.metric is Metric.CAPACITY}
    assert {Bound.EXACT, Bound.ABOUT} <= four_and_a_half


def test_nvidia_s_part_of_the_combined_power_is_not_derived() -> None:
    values = {figure.value for figure in (*LEDGER.figures, *LEDGER.computed) if figure.unit == "W"}
    assert Decimal(23 * GIGAWATT) in values
    assert Decimal(17 * GIGAWATT) not in values


def test_the_chips_of_all_buildings_are_computed_and_not_stated() -> None:
    (computed,) = LEDGER.computed_of("abilene")
    assert (computed.value, computed.bound, computed.counted) == (
        Decimal(400_000),
        Bound.AT_MOST,
        "puces Nvidia Blackwell",
    )
    derived = LEDGER.relations_of(computed.id)
    assert {pair.second for pair in derived} == {"abilene-buildings", "abilene-chips-each"}
    assert {pair.formula for pair in derived} == {"8 * 50000 = 400000"}
    assert _relation(computed.id, "abilene-chips-bought") is None


def test_eight_buildings_supersede_two_and_both_are_there() -> None:
    assert _relation("abilene-buildings", "abilene-buildings-first-planned") == (RelationKind.SUPERSEDES, None)


def test_nothing_is_superseded_by_an_older_source() -> None:
    sources = {figure.id: figure.proof.source for figure in LEDGER.figures}
    sources |= {fact.id: fact.proof.source for fact in LEDGER.facts}
    superseding = [pair for pair in LEDGER.relations if pair.kind is RelationKind.SUPERSEDES]
    assert superseding
    for pair in superseding:
        assert (SEEDS[sources[pair.first]].published or "") >= (SEEDS[sources[pair.second]].published or "")


def test_entries_that_are_the_same_have_the_same_value() -> None:
    for pair in LEDGER.relations:
        if pair.kind is RelationKind.SAME_AS:
            first, second = FIGURES[pair.first], FIGURES[pair.second]
            assert (first.metric, first.value, first.unit, first.per) == (
                second.metric,
                second.value,
                second.unit,
                second.per,
            )


@pytest.mark.parametrize("figure", LEDGER.figures, ids=lambda figure: figure.id)
def test_what_the_text_does_not_say_is_marked_as_inferred(figure: CuratedFigure) -> None:
    if figure.unit == "USD":
        assert (Unsaid.US_DOLLARS in figure.inferred) == ("US" not in figure.text.quote)
    for moment in figure.moments:
        unwritten = [year for year in re.findall(r"\d{4}", moment.iso or "") if year not in moment.written]
        assert not unwritten or {Unsaid.YEAR, Unsaid.DATE} & {*figure.inferred}
        assert not (moment.relative and moment.iso) or Unsaid.DATE in figure.inferred


def test_a_middle_of_a_year_is_a_span_of_months() -> None:
    (moment,) = FIGURES["abilene-operational"].moments
    assert (moment.written, moment.earliest, moment.latest) == ("à la mi-2026", "2026-05", "2026-08")

"""Cards of deals: each number has its quote, what differs says so, and what nobody wrote is marked."""

import re
from decimal import Decimal

import pytest

from bot.cards import lay_out
from bot.deals.cards import DealCard
from bot.deals.checks import lay_out_check
from bot.deals.comparisons import lay_out_comparison
from bot.deals.dossiers import lay_out_dossier
from bot.deals.figures import FigureCard, lay_out_figure
from bot.deals.lists import lay_out_figures
from bot.deals.timelines import lay_out_timeline
from bot.terminal import deals, drawing
from bot.terminal.blocks import Block, plain
from bot.translation import translator
from index.answering.checking import Checked, Finding
from index.figures.deals import FoundFigure
from index.figures.kinds import Bound, Commitment, Metric, RelationKind, Review, Unsaid
from index.library import Library
from index.model import Figure, Language, Quote, Relation
from tests.bot.figures import made_figure

DIGITS = re.compile(r"\d+(?:[.,\u202f]\d+)*")
REFERENCE = re.compile(r"\[\d+\]")
SITES = ("abilene-buildings", "abilene-buildings-first-planned")
COUNTED = re.compile(r"^(?:figures differ on \d+ points?|les chiffres diffèrent sur \d+ points?)$", re.MULTILINE)
LANGUAGES: tuple[Language, ...] = ("fr", "en")


async def card_of(library: Library, name: str, language: Language = "en", as_of: str | None = None) -> DealCard:
    return lay_out_dossier(await library.known.deal(name, as_of=as_of), translator(language))


def all_figures(card: DealCard) -> dict[str, FigureCard]:
    figures = [*(figure for group in card.groups for figure in group.figures), *card.computed]
    return {figure.id: figure for figure in figures}


def unproven(blocks: list[Block], figures: list[FigureCard], quotes: list[str]) -> list[str]:
    """The numbers above the quotes that stand in no quote, no figure with its quote's number, and no formula."""
    told = plain(blocks).partition("\n1. ")[0]
    for figure in figures:
        for known in (f"{figure.value} {figure.reference}", figure.formula, figure.when):
            told = told.replace(known, "") if known else told
        told = told.replace(f"{figure.reference} ({figure.value})", "")
    told = COUNTED.sub("", told)
    told = REFERENCE.sub("", told)
    return [number for number in DIGITS.findall(told) if not any(number in quote for quote in quotes)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_number_of_a_deals_card_is_proven(library: Library, language: Language) -> None:
    for deal in await library.known.deals():
        card = await card_of(library, deal.id, language)
        quotes = [quote.sentence for quote in card.quotes]
        assert unproven(deals.deal(card), list(all_figures(card).values()), quotes) == [], deal.id


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_number_of_a_comparison_is_proven(library: Library, language: Language) -> None:
    card = lay_out_comparison(await library.known.compare(["oracle", "amd", "abilene"]), translator(language))
    figures = [figure for row in card.rows for cell in (*row.cells, row.computed) for figure in cell]
    assert unproven(deals.comparison(card), figures, [quote.sentence for quote in card.quotes]) == []


@pytest.mark.parametrize(
    "question",
    [
        "Combien OpenAI paie-t-elle Oracle par an ?",
        "How many GB200 chips did Oracle buy?",
        "Combien de puces pour les huit bâtiments ?",
        "When does the Oracle contract start?",
        "Quelle participation Microsoft détient-elle dans OpenAI ?",
    ],
)
async def test_every_number_of_an_answer_is_proven(library: Library, question: str) -> None:
    card = lay_out(await library.ask(question))
    assert unproven(drawing.answer(card), list(card.figures), [quote.sentence for quote in card.quotes]) == []


async def test_an_answers_figures_come_first_with_the_number_of_their_quote(library: Library) -> None:
    card = lay_out(await library.ask("Combien OpenAI paie-t-elle Oracle par an ?"))
    figure = card.figures[0]
    assert figure.value.replace("\u00a0", " ") == "30 Md $ par an"
    (proof,) = (quote for quote in card.quotes if (quote.number,) == figure.numbers)
    assert "30 milliards de dollars par an" in proof.sentence
    assert plain(drawing.answer(card)).startswith(f"{figure.value} {figure.reference} — ")


async def test_a_figure_whose_quote_is_not_cited_is_not_shown(library: Library) -> None:
    answer = await library.ask("Combien OpenAI paie-t-elle Oracle par an ?")
    proven = {(figure.quote.start, figure.quote.end) for figure in answer.figures}
    others = tuple(each for each in answer.citations if (each.highlight.start, each.highlight.end) not in proven)
    card = lay_out(answer.model_copy(update={"citations": others}))
    assert answer.figures
    assert card.figures == ()
    assert card.quotes


async def test_a_computed_figure_is_shown_only_with_all_that_it_is_computed_from(library: Library) -> None:
    answer = await library.ask("Combien de puces GB200 ?")
    (computed,) = (await library.known.deal("abilene")).computed
    assert lay_out(answer.model_copy(update={"figures": (computed,)})).figures == ()


async def test_a_refusal_has_no_figures(library: Library) -> None:
    answer = await library.ask("How much does Google pay Oracle?")
    figures = tuple(await library.known.figures("oracle"))
    assert lay_out(answer.model_copy(update={"figures": figures})).figures == ()


async def test_each_quote_is_numbered_once_and_proves_its_figures(library: Library) -> None:
    for deal in await library.known.deals():
        dossier = await library.known.deal(deal.id)
        card = await card_of(library, deal.id)
        sentences = {quote.number: quote.sentence for quote in card.quotes}
        assert list(sentences) == list(range(1, len(card.quotes) + 1))
        assert len(set(sentences.values())) == len(sentences)
        shown = all_figures(card)
        for figure in dossier.figures:
            (number,) = shown[figure.id].numbers
            assert sentences[number] == figure.quote.quote
            assert figure.text.quote in sentences[number]
        facts = {fact.id: fact.excerpt.quote.quote for fact in dossier.facts}
        assert {told.id: sentences[told.number] for told in card.facts} == facts


async def test_a_computed_figure_shows_its_formula_and_the_quotes_of_its_operands(library: Library) -> None:
    card = await card_of(library, "abilene", "fr")
    (computed,) = card.computed
    assert computed.formula.replace("\u202f", " ") == "8 × 50 000 = 400 000"
    operands = {
        number for name in ("abilene-buildings", "abilene-chips-each") for number in all_figures(card)[name].numbers
    }
    assert set(computed.numbers) == operands
    assert "calculé : 8 × 50 000 = 400 000" in plain(deals.deal(card)).replace("\u202f", " ").replace("\u00a0", " ")


async def test_sources_that_disagree_stand_side_by_side_with_the_reason(library: Library) -> None:
    card = await card_of(library, "amd")
    shown = all_figures(card)
    one, other = shown["amd-capacity"], shown["amd-capacity-provided"]
    reason = "the numbers or their bounds are not the same"
    assert f"differs from {other.reference} ({other.value}): {reason}" in one.remarks
    assert f"differs from {one.reference} ({one.value}): {reason}" in other.remarks
    assert any(
        (each.reason, set(each.numbers)) == (reason, {*one.numbers, *other.numbers}) for each in card.disagreements
    )


async def test_a_superseded_figure_is_shown_as_such_after_the_one_that_holds(library: Library) -> None:
    card = await card_of(library, "abilene")
    (sites,) = (group for group in card.groups if group.metric == "sites")
    assert [(figure.id, figure.superseded) for figure in sites.figures] == [
        ("abilene-buildings", False),
        ("abilene-buildings-first-planned", True),
    ]
    latest, old = sites.figures
    assert old.remarks == (f"since superseded by {latest.value} {latest.reference}",)


async def test_the_latest_figures_of_a_measure_come_first(library: Library) -> None:
    card = await card_of(library, "oracle")
    dates = {quote.number: quote.source.date for quote in card.quotes}
    capacity = card.groups[0]
    assert capacity.metric == "capacity"
    assert [dates[figure.numbers[0]] for figure in capacity.figures] == ["about July 2025"] * 2 + [
        "about October 2024"
    ] * 2


async def test_a_deal_is_told_as_it_was_known_on_a_day(library: Library) -> None:
    card = await card_of(library, "abilene", as_of="2024-12")
    assert card.as_of == "as known in December 2024"
    assert card.left_out.endswith("they were published later, or on a day that is not known.")
    assert {quote.source.id for quote in card.quotes} == {"openai-beyond-microsoft"}
    assert card.line is None
    assert not card.computed


async def test_a_deal_names_what_it_is_part_of_and_what_is_part_of_it(library: Library) -> None:
    oracle, stargate = await card_of(library, "oracle", "fr"), await card_of(library, "stargate", "fr")
    assert oracle.part_of is not None
    assert (oracle.part_of.id, oracle.part_of.title) == ("stargate", "Projet Stargate")
    assert "oracle" in [part.id for part in stargate.parts]
    assert oracle.title == "Contrat de calcul OpenAI-Oracle"


def notes(*inferred: Unsaid, text: str = "30 milliards de dollars", **known: object) -> tuple[str, ...]:
    quote = Quote(quote=text, start=0, end=len(text))
    return lay_out_figure(made_figure(text=quote, inferred=inferred, **known), [1], translator("en")).notes


def test_what_is_inferred_stands_apart_from_what_is_stated() -> None:
    assert notes(Unsaid.US_DOLLARS) == ("the text says “dollars”",)
    assert notes(Unsaid.US_DOLLARS, text="30 Md") == ("which dollars are meant is not written",)
    assert notes(Unsaid.YEAR, Unsaid.PARTY) == (
        "the year follows from the article’s date",
        "who is meant follows from another sentence",
    )
    assert notes(review=Review.EXTRACTED) == ("found by rule, not reviewed",)
    assert notes(review=Review.APPROVED) == ()


def test_who_says_so_and_how_certain_it_is_is_told_in_the_language_that_is_spoken() -> None:
    figure = made_figure(attribution="le FT\x1b[2J", commitment=Commitment.IN_DISCUSSION)
    french, english = (lay_out_figure(figure, [1], translator(language)) for language in LANGUAGES)
    assert french.attribution == "selon «\u00a0le FT␛[2J\u00a0»"
    assert english.stated == ("“Oracle loue”", "in discussion", "according to “le FT␛[2J”")


def test_a_figure_that_rests_on_one_quote_refers_to_it_once() -> None:
    assert lay_out_figure(made_figure(), [2, 2], translator("en")).reference == "[2]"


async def test_figures_that_do_not_compare_say_why(library: Library) -> None:
    card = lay_out_comparison(await library.known.compare(["oracle", "amd"]), translator("fr"))
    rows = {row.metric: row for row in card.rows}
    assert [figure.metric for figure in rows["puissance"].computed] == ["rapport", "écart"]
    assert rows["puissance"].computed[0].formula.replace("\u00a0", " ") == "6 GW ÷ 4,5 GW ≈ 1,33"
    assert rows["puissance"].obstacle == ""
    assert rows["date"].obstacle == "Les dates sont côte à côte\u00a0: rien n’est calculé."
    assert rows["montant annuel"].obstacle == "Un seul des accords a un tel chiffre."
    assert all(row.computed or row.obstacle for row in card.rows)


async def test_a_timeline_tells_estimates_and_what_is_concluded_from_what_is_written(library: Library) -> None:
    timeline = await library.known.timeline("abilene")
    card = lay_out_timeline(timeline, await library.known.deals(), translator("en"))
    told = {(entry.figure.id, entry.sort): (entry.when, entry.note) for entry in card.entries}
    assert told["abilene-financing", "said"] == ("May 2025", "editor’s estimate")
    assert told["oracle-lease-signed", "for"] == ("June 2024", "concluded from the article’s date")
    assert told["abilene-operational", "for"] == ("“à la mi-2026” (May–August 2026)", "")
    assert {deal.id for entry in card.entries for deal in entry.deals} == {"oracle", "nvidia"}


async def test_a_list_has_every_figure_below_a_deal_it_is_about(library: Library) -> None:
    figures = await library.known.figures()
    card = lay_out_figures(figures, await library.known.deals(), translator("en"))
    listed = [figure.id for _, group in card.groups for figure in group]
    assert sorted(listed) == sorted(figure.id for figure in figures)
    by_id = {figure.id: figure for figure in figures}
    for name, group in card.groups:
        assert name is not None
        assert {by_id[figure.id].deals[0] for figure in group} == {name.id}


def checked(finding: Finding, *figures: Figure, said: str = "4,5 GW", start: int = 10) -> Checked:
    quote = Quote(quote=said, start=start, end=start + len(said))
    figure = FoundFigure(
        metric=Metric.CAPACITY,
        value=Decimal("4.5e9"),
        bound=Bound.EXACT,
        unit="W",
        text=quote,
        subject="loue",
        commitment=Commitment.ANNOUNCED,
        quote=quote,
    )
    return Checked(said=figure, finding=finding, figures=figures)


def test_each_figure_of_a_message_is_told_to_match_differ_or_be_unknown() -> None:
    figure = made_figure()
    found = [checked(Finding.MATCHES, figure), checked(Finding.DIFFERS, figure, said="5 GW"), checked(Finding.UNKNOWN)]
    card = lay_out_check(found, translator("en"))
    assert card.summary == "1 figure matches, 1 figure differs, 1 figure is not in the sources."
    assert plain(deals.check(card)).replace("\u00a0", " ").splitlines()[1:6] == [
        "“4,5 GW” — matches the sources",
        "   4.5 GW [1] — capacity, “Oracle loue”, signed",
        "“5 GW” — differs: the sources say",
        "   4.5 GW [1] — capacity, “Oracle loue”, signed",
        "“4,5 GW” — not in the sources",
    ]
    assert [quote.sentence for quote in card.quotes] == [figure.quote.quote]


def test_a_summary_counts_only_what_there_is() -> None:
    found = [checked(Finding.UNKNOWN), checked(Finding.UNKNOWN)]
    assert lay_out_check(found, translator("fr")).summary == "2 chiffres ne sont pas dans les sources."


def test_a_figure_of_a_message_is_told_with_the_words_that_leave_room() -> None:
    sentence = "It needs no less than 6 GW."
    quote = Quote(quote=sentence, start=0, end=len(sentence))
    text = Quote(quote="6 GW", start=sentence.index("6 GW"), end=sentence.index("6 GW") + 4)
    said = checked(Finding.UNKNOWN).said.model_copy(update={"text": text, "quote": quote, "bound": Bound.AT_LEAST})
    (card,) = lay_out_check([Checked(said=said, finding=Finding.UNKNOWN)], translator("en")).checked
    assert card.text == "“no less than 6 GW”"
    assert (card.start, card.end) == (text.start, text.end)


def test_a_message_without_figures_is_told_so() -> None:
    assert lay_out_check([], translator("fr")).summary == "Il n’y a pas de chiffre dans ce texte."


async def test_what_is_computed_of_two_deals_says_which_ones_figure_comes_first(library: Library) -> None:
    card = lay_out_comparison(await library.known.compare(["oracle", "amd"]), translator("en"))
    (capacity,) = (row for row in card.rows if row.metric == "capacity")
    assert [figure.stated[0] for figure in capacity.computed] == [
        "OpenAI-AMD alliance ÷ OpenAI-Oracle computing contract",
        "OpenAI-AMD alliance − OpenAI-Oracle computing contract",
    ]
    assert "ratio, OpenAI-AMD alliance ÷ OpenAI-Oracle computing contract" in plain(deals.comparison(card))


async def test_deals_without_figures_are_told_to_have_none(library: Library) -> None:
    card = lay_out_comparison(await library.known.compare(["xai", "chips"]), translator("en"))
    assert plain(deals.comparison(card)).endswith("\nThe sources have no figures of these deals.\n")


async def test_a_figure_that_is_of_other_deals_too_names_them(library: Library) -> None:
    known = await library.known.deals()
    card = lay_out_dossier(await library.known.deal("nvidia"), translator("fr"), known)
    together = {figure.value: figure.notes for group in card.groups for figure in group.figures}
    assert together["23\u00a0GW"][0] == "avec Alliance OpenAI-AMD"
    alone = lay_out_dossier(
        await library.known.deal("amd"), translator("fr"), [deal for deal in known if deal.id == "amd"]
    )
    assert not [note for group in alone.groups for figure in group.figures for note in figure.notes if "avec" in note]


async def test_facts_stand_below_their_kinds_each_of_which_is_named_once(library: Library) -> None:
    card = await card_of(library, "abilene")
    kinds = [fact.kind for fact in card.facts]
    assert len(set(kinds)) > 1
    assert kinds == sorted(kinds, key=kinds.index)
    told = plain(deals.deal(card)).splitlines()
    assert [told.count(f"   {kind}") for kind in dict.fromkeys(kinds)] == [1] * len(set(kinds))


async def test_figures_that_are_related_twice_differ_on_one_point(library: Library) -> None:
    dossier = await library.known.deal("abilene")
    (conflict,) = (each for each in dossier.relations if each.kind is RelationKind.CONFLICTS_WITH)
    back = conflict.model_copy(update={"first": conflict.second, "second": conflict.first})
    twice = dossier.model_copy(update={"relations": (*dossier.relations, back)})
    card = lay_out_dossier(twice, translator("en"))
    assert len(card.disagreements) == 1
    assert "\nfigures differ on 1 point\n" in plain(deals.deal(card))


async def test_an_entry_of_a_timeline_tells_how_certain_it_is_and_who_says_so(library: Library) -> None:
    timeline = await library.known.timeline("oracle")
    told = plain(deals.timeline(lay_out_timeline(timeline, await library.known.deals(), translator("fr"))))
    rows = [" ".join(row.split()) for row in told.partition("\n1. ")[0].splitlines()]
    assert any(row.startswith("dès 2028 montant annuel 30 Md $ par an [") for row in rows)
    assert [row for row in rows if row.startswith("dès 2028") and row.endswith("annoncé, selon « Oracle »")]
    assert [row for row in rows if "jusqu’à 2 GW" in row and row.endswith("évoqué comme possible")]


async def test_a_date_in_a_timeline_says_what_happens_then(library: Library) -> None:
    timeline = await library.known.timeline("abilene")
    card = lay_out_timeline(timeline, await library.known.deals(), translator("fr"))
    (entry,) = (each for each in card.entries if each.figure.id == "abilene-operational")
    (figure,) = (each.figure for each in timeline.entries if each.figure.id == "abilene-operational")
    assert (entry.sort, entry.when) == ("pour", "«\u00a0à la mi-2026\u00a0» (mai–août 2026)")
    assert entry.figure.value == f"«\u00a0{figure.subject}\u00a0»"


async def test_remarks_on_an_answers_figures_are_those_of_a_dossier(library: Library) -> None:
    answer = await library.ask("How many buildings in Abilene?")
    latest, old = (next(each for each in answer.figures if each.id == name) for name in SITES)
    relation = Relation(first=latest.id, kind=RelationKind.SUPERSEDES, second=old.id)
    card = lay_out(answer.model_copy(update={"relations": (relation,)}))
    told = {figure.id: figure for figure in card.figures}
    assert told[old.id].superseded
    assert told[old.id].remarks == (f"since superseded by {told[latest.id].value} {told[latest.id].reference}",)
    assert told[latest.id].remarks == (f"takes the place of {told[old.id].value} {told[old.id].reference}",)
    alone = lay_out(answer.model_copy(update={"relations": (relation,), "figures": (old,)}))
    assert [(figure.superseded, figure.remarks) for figure in alone.figures] == [(False, ())]


async def test_what_is_computed_of_a_row_rests_on_figures_of_its_cells(library: Library) -> None:
    comparison = await library.known.compare(["oracle", "amd"])
    card = lay_out_comparison(comparison, translator("en"))
    told = {figure.id: figure for row in card.rows for cell in row.cells for figure in cell}
    computed = [
        pair
        for row, laid in zip(comparison.rows, card.rows, strict=True)
        for pair in zip(row.computed, laid.computed, strict=True)
    ]
    assert computed
    for figure, laid in computed:
        operands = [told[operand.id] for operand in figure.operands]
        assert laid.numbers == tuple(number for operand in operands for number in operand.numbers)
        assert all(operand.value in laid.formula for operand in operands)

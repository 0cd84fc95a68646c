"""Figures read from articles: the seeds against what was read by hand, and how single sentences are understood."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import seeding
from index.figures.curated import shipped
from index.figures.deals import CuratedFigure, Deal, FoundFigure, Party, Proof, Stated, Wording
from index.figures.extraction import MOST, extract
from index.figures.kinds import Commitment, DealKind, Metric, Role, Unsaid
from index.model import Language, Moment, Quote


class Pair(NamedTuple):
    """A figure that was read by hand, and what the rules made of it."""

    expected: CuratedFigure
    found: FoundFigure


class Compared(NamedTuple):
    """The seeds' figures in both readings, those that the rules missed, and those that only they found."""

    both: list[Pair]
    missed: list[CuratedFigure]
    spurious: list[FoundFigure]


@cache
def seeds() -> Compared:
    """The seeds read by rule, compared with what was read by hand."""
    ledger = shipped()
    compared = Compared([], [], [])
    for name, article in seeding.articles():
        found = extract(
            article.text, article.title, article.language, ledger.deals, article.published, markdown=article.markdown
        )
        for expected in (figure for figure in ledger.figures if figure.proof.source == name):
            match = next((each for each in found if is_same(each, expected)), None)
            if match is None:
                compared.missed.append(expected)
            else:
                found.remove(match)
                compared.both.append(Pair(expected, match))
        compared.spurious.extend(found)
    return compared


def is_same(found: FoundFigure, expected: CuratedFigure) -> bool:
    """Whether both stand at one place and are of one sort."""
    return found.text == expected.text and (found.metric is Metric.DATE) == (expected.metric is Metric.DATE)


def part_right(aspect: Callable[[Stated], object]) -> float:
    """Of the seeds' figures that were found, the part of which an aspect is as read by hand."""
    both = seeds().both
    return sum(aspect(pair.found) == aspect(pair.expected) for pair in both) / len(both)


def moments(figure: Stated) -> tuple[Moment | None, ...]:
    """When a figure holds, in all four ways."""
    return figure.on, figure.since, figure.until, figure.during


def read(
    text: str,
    language: Language = "fr",
    deals: Sequence[Deal] = (),
    published: str | None = "2025-03",
    title: str = "",
) -> list[FoundFigure]:
    """The figures of a text."""
    return extract(text, title, language, deals, published)


def one(text: str, language: Language = "fr", deals: Sequence[Deal] = ()) -> FoundFigure:
    """The only figure of a text."""
    (figure,) = read(text, language, deals)
    return figure


def deal(name: str, kind: DealKind, *parties: str, aliases: tuple[str, ...] = ()) -> Deal:
    """A deal, proven by some sentence."""
    proof = Proof(source="news", quote=Quote(quote="Words.", start=0, end=6))
    return Deal.model_validate(
        {
            "id": name.casefold(),
            "kind": kind,
            "name": Wording(fr=name, en=name),
            "aliases": {"fr": aliases},
            "about": proof,
            "parties": [Party(name=party, role=Role.PARTNER, proof=proof) for party in parties],
        }
    )


ACME = deal("Acme", DealKind.CAPACITY_CONTRACT, "Borée", "Acme")
CORVO = deal("Corvo", DealKind.DATA_CENTRE, "Borée", "Corvo")
ROUND = deal("Tour", DealKind.FUNDING_ROUND, "Borée", aliases=("levée",))
DEALS = (ACME, CORVO, ROUND)


def test_all_figures_of_the_seeds_but_a_date_at_a_head_are_found_and_no_others() -> None:
    assert [figure.text.quote for figure in seeds().missed] == ["2024-06"]
    assert not seeds().spurious


def test_the_seeds_measure_what_was_read_by_hand() -> None:
    assert part_right(lambda figure: figure.metric) == 1
    assert part_right(lambda figure: (figure.value, figure.unit, figure.per, figure.counted)) == 1
    assert part_right(lambda figure: figure.each) == 1


def test_the_seeds_are_as_certain_and_as_attributed_as_was_read_by_hand() -> None:
    assert part_right(lambda figure: figure.commitment) == 1
    assert part_right(lambda figure: figure.attribution) == 1


def test_the_seeds_hold_when_and_for_which_deal_was_read_by_hand() -> None:
    assert part_right(moments) >= 0.97
    both = seeds().both
    assert sum(set(pair.found.deals) == set(pair.expected.deals) for pair in both) / len(both) >= 0.97
    assert part_right(lambda figure: set(figure.inferred)) >= 0.85


def test_everything_that_is_told_stands_in_the_article_word_for_word() -> None:
    for _, article in seeding.articles():
        for figure in extract(article.text, article.title, article.language, shipped().deals, markdown=True):
            for quote in (figure.quote, figure.text):
                assert article.text[quote.start : quote.end] == quote.quote
            assert figure.quote.start <= figure.text.start < figure.text.end <= figure.quote.end
            words = [figure.subject, figure.attribution, figure.each, *(each.written for each in figure.moments)]
            assert all(each in article.text for each in words if each)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Borée a levé 3 millions d’euros.", Metric.INVESTMENT),
        ("Le chiffre d’affaires a atteint 3 millions d’euros.", Metric.REVENUE),
        ("La perte nette s’élève à 3 millions d’euros.", Metric.RESULT),
        ("Le chantier coûtera 3 millions d’euros.", Metric.TOTAL_VALUE),
        ("Le loyer est de 3 millions d’euros par an.", Metric.ANNUAL_VALUE),
        ("L’amende est de 3 millions d’euros.", Metric.AMOUNT),
        ("Le fonds détient 30 % du capital.", Metric.STAKE),
        ("Les ventes ont bondi de 30 %.", Metric.GROWTH),
        ("La liste a obtenu 30 % des voix.", Metric.SHARE),
        ("Le site consomme 30 MW.", Metric.POWER_USE),
        ("Le parc compte 30 MW.", Metric.CAPACITY),
        ("Le groupe emploie 3 000 salariés.", Metric.PEOPLE),
        ("Le parc peut alimenter 3 000 foyers.", Metric.EQUIVALENT),
        ("Le groupe a acheté 3 000 serveurs.", Metric.UNITS),
        ("Le groupe a fermé 30 usines.", Metric.SITES),
        ("Le contrat dure trois ans.", Metric.DURATION),
        ("La route mesure 30 km.", Metric.SIZE),
    ],
)
def test_the_words_near_a_number_tell_what_it_measures(text: str, metric: Metric) -> None:
    assert one(text).metric is metric


def test_energy_that_is_made_or_stored_is_not_taken_for_energy_that_is_used() -> None:
    assert not read("La batterie stocke 800 MWh. Le parc produira 3 TWh par an.")


@pytest.mark.parametrize(
    ("text", "language", "commitment"),
    [
        ("Borée pourrait investir 3 millions d’euros.", "fr", Commitment.RUMOURED),
        ("Borée négocie un prêt de 3 millions d’euros.", "fr", Commitment.IN_DISCUSSION),
        ("Borée prévoit d’investir 3 millions d’euros.", "fr", Commitment.ANNOUNCED),
        ("Borée a annoncé qu’elle investirait 3 millions d’euros.", "fr", Commitment.ANNOUNCED),
        ("Borée a signé un contrat de 3 millions d’euros.", "fr", Commitment.SIGNED),
        ("Borée emploie 3 000 salariés.", "fr", Commitment.OPERATING),
        ("Borée a investi 3 millions d’euros.", "fr", Commitment.COMPLETED),
        ("Borea may invest $3 million.", "en", Commitment.RUMOURED),
        ("Borea is in talks to borrow $3 million.", "en", Commitment.IN_DISCUSSION),
        ("Borea said it would invest $3 million.", "en", Commitment.ANNOUNCED),
        ("Borea signed a contract worth $3 million.", "en", Commitment.SIGNED),
        ("Borea employs 3,000 people.", "en", Commitment.OPERATING),
        ("Borea has invested $3 million.", "en", Commitment.COMPLETED),
        ("In May Borea will employ 3,000 people.", "en", Commitment.ANNOUNCED),
    ],
)
def test_verbs_tell_how_far_it_has_come(text: str, language: Language, commitment: Commitment) -> None:
    assert one(text, language).commitment is commitment


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Borée n’a pas investi 3 millions d’euros.", "fr"),
        ("Borée dément avoir perdu 3 millions d’euros.", "fr"),
        ("Borée s’agrandit sans investir 3 millions d’euros.", "fr"),
        ("Borea did not invest $3 million.", "en"),
        ("Borea won’t close 30 plants.", "en"),
        ("Borea denied that it had lost $3 million.", "en"),
    ],
)
def test_what_is_denied_is_no_figure(text: str, language: Language) -> None:
    assert not read(text, language)


def test_a_bound_or_another_clause_denies_nothing() -> None:
    assert one("Borée ne dépasse pas 3 GW.").metric is Metric.CAPACITY
    assert one("Borée n’a pas attendu, mais a investi 3 millions d’euros.").metric is Metric.INVESTMENT


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les trois entreprises ont signé.", "fr"),
        ("Deux d’entre elles ont signé.", "fr"),
        ("Il y a trois raisons à cela.", "fr"),
        ("Marc Tellier, 58 ans, dirige le groupe.", "fr"),
        ("Il a rejoint le groupe il y a dix ans.", "fr"),
        ("Publié le 12 mars 2024 par Jean Dupont", "fr"),
        ("Both companies and the two men agreed.", "en"),
        ("The 58-year-old manager left.", "en"),
    ],
)
def test_numbers_that_nobody_would_look_up_are_left_out(text: str, language: Language) -> None:
    assert not read(text, language)


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("Selon des sources internes, Borée a perdu 3 millions d’euros.", "fr", "des sources internes"),
        ("Borée a perdu 3 millions d’euros, selon Le Relais.", "fr", "Le Relais"),
        ("Borée a annoncé un prêt de 3 millions d’euros.", "fr", "Borée"),
        (
            "Le PDG de Borée, Luc Roy, a indiqué que le prêt atteint 3 millions d’euros.",
            "fr",
            "Le PDG de Borée, Luc Roy",
        ),
        ("Le prêt atteint 3 millions d’euros, a précisé la banque.", "fr", "la banque"),
        ("Le prêt atteint 3 millions d’euros.", "fr", None),
        ("According to people familiar with the matter, it lost $3 million.", "en", "people familiar with the matter"),
        ("The loan reached $3 million, said Ann Lee, head of Borea.", "en", "Ann Lee, head of Borea"),
        ("On Thursday the ministry announced a loan of €3 million.", "en", "the ministry"),
    ],
)
def test_who_says_so_is_named_in_the_words_of_the_text(text: str, language: Language, who: str | None) -> None:
    figures = [figure for figure in read(text, language) if figure.metric is not Metric.DATE]
    assert [figure.attribution for figure in figures] == [who]


def test_who_announced_a_thing_also_says_what_the_next_sentence_says_of_it() -> None:
    figure = one("Acme et Borée ont annoncé un accord. Cet accord prévoit 3 GW de puissance.")
    assert (figure.attribution, figure.commitment) == ("Acme et Borée", Commitment.ANNOUNCED)


@pytest.mark.parametrize(
    ("text", "language", "field", "written", "iso"),
    [
        ("Le loyer est de 3 millions d’euros par an à compter de 2028.", "fr", "since", "à compter de 2028", "2028"),
        ("Borée investira 3 millions d’euros d’ici fin 2027.", "fr", "until", "d’ici fin 2027", "2027-10/2027-12"),
        ("En 2024, Borée a investi 3 millions d’euros.", "fr", "on", "En 2024", "2024"),
        ("Borée investira 3 millions d’euros sur cinq ans.", "fr", "during", "sur cinq ans", None),
        ("Borée emploie désormais 3 000 salariés.", "fr", "since", "désormais", None),
        ("Borea will invest $3 million by the end of 2027.", "en", "until", "by the end of 2027", "2027-10/2027-12"),
        ("Borea has employed 3,000 people since March 2024.", "en", "since", "since March 2024", "2024-03"),
    ],
)
def test_a_figure_holds_when_its_sentence_says(
    text: str, language: Language, field: str, written: str, iso: str | None
) -> None:
    figure = next(each for each in read(text, language) if each.metric not in (Metric.DATE, Metric.DURATION))
    moment = getattr(figure, field)
    assert (moment.written, moment.iso) == (written, iso)


def test_a_moment_in_an_aside_is_not_that_of_the_figure_outside() -> None:
    figure = one("Borée, présentée par Acme en janvier 2025, investira 3 millions d’euros.".replace("présentée", "née"))
    assert not figure.moments


def test_a_month_without_a_year_is_the_last_one_if_past_and_the_next_one_if_to_come() -> None:
    past, coming = read("Borée a livré 30 trains en juin."), read("Borée livrera 30 trains en juin.")
    assert [figure.on and figure.on.iso for figure in past] == ["2024-06", "2024-06"]
    assert [figure.on and figure.on.iso for figure in coming] == ["2025-06", "2025-06"]
    assert all(figure.inferred == (Unsaid.YEAR,) for figure in (*past, *coming))


@pytest.mark.parametrize("published", [None, "2025"])
def test_a_month_stays_without_a_year_where_the_article_has_no_month_itself(published: str | None) -> None:
    figures = read("Borée a livré 30 trains en juin.", published=published)
    assert all(figure.on and figure.on.iso is None and not figure.inferred for figure in figures)


@pytest.mark.parametrize(
    ("words", "published", "iso"),
    [
        ("hier", "2025-03-01", "2025-02-28"),
        ("cette semaine", "2025-03-12", "2025-03"),
        ("cette semaine", "2025-03-01", None),
        ("le mois dernier", "2025-01", "2024-12"),
        ("l’an dernier", "2025", "2024"),
    ],
)
def test_words_that_count_from_the_day_of_writing_are_dated_where_that_is_sure(
    words: str, published: str, iso: str | None
) -> None:
    figures = read(f"Borée a perdu 3 millions d’euros {words}.", published=published)
    moment = figures[0].on
    assert moment is not None
    assert moment.relative
    assert moment.iso == iso


def test_a_date_is_a_figure_where_something_happens_then() -> None:
    figure = one("Le site sera opérationnel à la mi-2026.")
    assert (figure.metric, figure.commitment, figure.text.quote) == (Metric.DATE, Commitment.ANNOUNCED, "mi-2026")
    assert not read("La stratégie de 2026 plaît.")


@pytest.mark.parametrize(
    ("line", "language", "date"),
    [
        ("- April 2028: first deliveries to the grid", "en", "April 2028"),
        ("2029: full power", "en", "2029"),
        ("- **Octobre 2027** : bâtiment A, 60 MW", "fr", "Octobre 2027"),
    ],
)
def test_a_date_before_a_colon_tells_when_what_follows_happens(line: str, language: Language, date: str) -> None:
    assert date in [figure.text.quote for figure in read(line, language) if figure.metric is Metric.DATE]


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("L’extinction du cuivre est avancée de 2030 à 2028.", "fr", "2028"),
        ("L’ouverture, reportée du 3 mars 2027 au 5 juin 2028, approche.", "fr", "2028-06-05"),
        ("The opening was moved from March 2027 to June 2028.", "en", "2028-06"),
        ("They extend the life of the plant from 2034 to 2054.", "en", "2054"),
    ],
)
def test_what_is_moved_happens_at_the_date_to_which_it_is_and_the_other_is_no_number(
    text: str, language: Language, date: str
) -> None:
    (figure,) = read(text, language)
    assert figure.metric is Metric.DATE
    assert [moment.iso for moment in figure.moments] == [date]


@pytest.mark.parametrize("line", ["2029:", "In 2029 the plan: nothing", "The plan of 2029: nothing"])
def test_a_date_with_nothing_after_the_colon_or_something_before_it_heads_no_line(line: str) -> None:
    assert not [figure for figure in read(line, "en") if figure.metric is Metric.DATE]


def test_a_day_that_was_told_once_is_not_told_again() -> None:
    text = "Borée a signé l’accord mercredi. Acme a publié l’accord mercredi."
    assert [figure.text.quote for figure in read(text)] == ["mercredi"]


@pytest.mark.parametrize(
    ("text", "language", "each"),
    [
        ("Chaque bâtiment du futur centre accueillera 3 000 puces.", "fr", "bâtiment du futur centre"),
        ("La subvention est de 3 millions d’euros par site.", "fr", "site"),
        ("Le loyer est de 3 millions d’euros par mois.", "fr", None),
        ("Each hall holds 3,000 chips.", "en", "hall"),
    ],
)
def test_what_there_is_one_such_figure_for_is_named(text: str, language: Language, each: str | None) -> None:
    assert one(text, language).each == each


def test_each_of_counted_things_has_such_a_figure() -> None:
    figures = read("Borée construira trois réacteurs de 300 MW chacun.")
    assert [(figure.text.quote, figure.each) for figure in figures] == [
        ("trois réacteurs", None),
        ("300 MW", "réacteurs"),
    ]


def test_only_bare_dollars_are_taken_for_those_of_the_united_states() -> None:
    bare, said = read("Borée a levé 3 millions de dollars. Acme a levé 4 millions de dollars américains.")
    assert (bare.inferred, said.inferred) == ((Unsaid.US_DOLLARS,), ())


@pytest.mark.parametrize(
    ("text", "deals"),
    [
        ("Borée a réservé 300 MW chez ACME.", ("acme",)),
        ("Borée a réservé 300 MW chez Acmelia.", ()),
        ("Acme a signé. Ce contrat porte sur 300 MW.", ("acme",)),
        ("Acme a signé.\n\nLe ciel est bleu, avec 300 MW de soleil.", ()),
        ("Acme et Corvo préparent 300 MW.", ("acme", "corvo")),
        ("Corvo prépare 300 MW sans Acme.", ("corvo",)),
        ("Acme a signé. Mistral a perdu 3 millions d’euros.", ()),
        ("Corvo grandit. Si Acme paie, la puissance du site atteindra 300 MW.", ("acme", "corvo")),
        ("Borée a levé 3 millions d’euros.", ("tour",)),
        ("La levée de Mistral atteint 3 millions d’euros.", ()),
    ],
)
def test_a_figure_belongs_to_the_deals_that_its_sentence_names_or_points_back_to(
    text: str, deals: tuple[str, ...]
) -> None:
    assert sorted(one(text, deals=DEALS).deals) == sorted(deals)


def test_the_title_names_the_deal_where_no_sentence_does() -> None:
    (figure,) = read("Le coût est de 3 millions d’euros.", deals=DEALS, title="Corvo avance")
    assert figure.deals == ("corvo",)


def test_what_stands_in_a_heading_is_no_figure() -> None:
    text = "# Un projet de 3 GW\n\nLe projet porte sur 4 GW de puissance."
    assert [figure.text.quote for figure in extract(text, "", "fr", [], markdown=True)] == ["4 GW"]


def test_it_pauses_between_sentences() -> None:
    pauses: list[None] = []
    extract("Il y a 3 GW ici. Il y a 4 GW là.", "", "fr", [], pause=lambda: pauses.append(None))
    assert len(pauses) == 2


def test_of_a_table_the_beginning_is_read() -> None:
    assert len(read("Il a loué 3 GW.\n" * (MOST + 10))) == MOST


def test_a_sentence_without_end_is_quoted_in_parts() -> None:
    figures = read("Borée a loué " + "3 GW et puis " * 1_000 + "rien.")
    assert figures
    assert all(len(figure.quote.quote) <= 2_000 for figure in figures)


PIECES = [
    "Borée ",
    "selon ",
    "a annoncé ",
    "3 GW",
    "2028",
    "juin ",
    "sans ",
    "chaque ",
    "30 %",
    ", ",
    ". ",
    "\n",
    "\n\n",
]
PIECES += [
    "« ",
    "l’",
    "cette semaine ",
    "n’a pas ",
    "Acme",
    "deux ",
    "$3bn ",
    "said ",
    "by ",
    "\u2028",
    "\x85",
    "(",
    "- ",
]
PIECES += [
    "chacun",
    "d’ici ",
    "entre ",
    " et ",
    "un million de puces\u000b",
    "le 31 février ",
    "0000",
    "-",
    "'",
    "par ",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30), st.sampled_from(["fr", "en"]))
def test_whatever_the_text_its_figures_quote_it(pieces: list[str], language: Language) -> None:
    text = "".join(pieces)
    for figure in extract(text, text, language, DEALS, "2025-03"):
        for quote in (figure.quote, figure.text):
            assert text[quote.start : quote.end] == quote.quote
        assert figure.subject in text
        assert (figure.attribution or "") in text
        assert (figure.each or "") in text

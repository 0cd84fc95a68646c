"""Reading a ledger: what is accepted, and what is refused with one sentence that names the entry."""

from decimal import Decimal

import pytest

from index.errors import BadInput
from index.figures.curated import load
from index.figures.kinds import Bound, Metric, RelationKind

TEXTS = {
    "news": "Acme loue 4,5 GW à Borée. Le contrat vaut 3 milliards d'euros, soit 3 milliards d'euros en tout.\n"
    "Acme a six halls de 1000 machines. Acme loue 4,5 GW à Borée. Le prix baisse de 5 GW à 4 GW selon Borée.",
    "other": "Entre 2 et 3 GW sont prévus pour mai 2027.",
}
DEAL = """
[[deal]]
id = "acme"
kind = "capacity contract"
name = { fr = "Contrat Acme", en = "Acme contract" }
about = { source = "news", quote = "Acme loue 4,5 GW à Borée." }
"""
FIGURE = """
[[figure]]
id = "acme-capacity"
deals = ["acme"]
metric = "capacity"
value = "4500000000"
unit = "W"
bound = "exact"
text = "4,5 GW"
source = "news"
quote = "Acme loue 4,5 GW à Borée."
subject = "Acme"
commitment = "signed"
"""
HALLS = """
[[figure]]
id = "halls"
deals = ["acme"]
metric = "sites"
value = "6"
unit = "count"
counted = "halls"
bound = "exact"
text = "six halls"
source = "news"
quote = "Acme a six halls de 1000 machines."
subject = "halls"
commitment = "completed"

[[figure]]
id = "machines"
deals = ["acme"]
metric = "units"
value = "1000"
unit = "count"
counted = "machines"
bound = "at most"
text = "1000 machines"
source = "news"
quote = "Acme a six halls de 1000 machines."
subject = "halls"
commitment = "completed"
"""
COMPUTED = """
[[computed]]
id = "all-machines"
deals = ["acme"]
metric = "units"
value = "6000"
unit = "count"
counted = "machines"
bound = "at most"
operation = "product"
of = ["halls", "machines"]
"""
FACT = """
[[fact]]
id = "acme-partner"
deals = ["acme"]
kind = "person"
names = ["Borée"]
source = "news"
quote = "Acme loue 4,5 GW à Borée."
"""
RELATION = """
[[relation]]
first = "acme-capacity"
kind = "supersedes"
second = "acme-partner"
"""
WHOLE = DEAL + FIGURE + HALLS + COMPUTED + FACT + RELATION


def _refusal(document: str) -> str:
    with pytest.raises(BadInput) as refused:
        load(document, TEXTS)
    sentence = str(refused.value)
    assert sentence.startswith("deals.toml")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_offsets_are_found_in_the_source() -> None:
    (figure,) = load(DEAL + FIGURE, TEXTS).figures
    assert (figure.proof.quote.start, figure.proof.quote.end) == (0, 25)
    assert TEXTS["news"][figure.text.start : figure.text.end] == "4,5 GW"
    assert (figure.value, figure.metric, figure.bound) == (Decimal(4_500_000_000), Metric.CAPACITY, Bound.EXACT)


def test_an_occurrence_chooses_among_equal_quotes() -> None:
    (figure,) = load(DEAL + FIGURE + "occurrence = 2\n", TEXTS).figures
    assert figure.proof.quote.start == TEXTS["news"].rindex("Acme loue")
    assert figure.text.start == TEXTS["news"].rindex("4,5 GW")
    assert "its quote is not in source news so often" in _refusal(DEAL + FIGURE + "occurrence = 3\n")


def test_an_ordinal_chooses_among_equal_texts() -> None:
    twice = (
        FIGURE.replace("4,5 GW", "3 milliards d'euros", 1)
        .replace("Acme loue 4,5 GW à Borée.", "Le contrat vaut 3 milliards d'euros, soit 3 milliards d'euros en tout.")
        .replace('"W"', '"EUR"')
        .replace('"capacity"', '"total value"')
        .replace("4500000000", "3000000000")
    )
    assert 'figure acme-capacity: "3 milliards d\'euros" is in its quote 2 times' in _refusal(DEAL + twice)
    (figure,) = load(DEAL + twice + "ordinal = 2\n", TEXTS).figures
    assert figure.text.start == TEXTS["news"].rindex("3 milliards")
    assert "is not in its quote 3 times" in _refusal(DEAL + twice + "ordinal = 3\n")


def test_a_text_is_not_found_inside_a_longer_number() -> None:
    assert "'5 GW' is not in its quote" in _refusal(DEAL + FIGURE.replace('text = "4,5 GW"', 'text = "5 GW"'))


def test_a_range_has_two_ends() -> None:
    spread = (
        FIGURE.replace('value = "4500000000"', 'low = "2000000000"\nhigh = "3000000000"')
        .replace('"exact"', '"between"')
        .replace('"news"', '"other"')
        .replace("Acme loue 4,5 GW à Borée.", TEXTS["other"])
        .replace('text = "4,5 GW"', 'text = "2 et 3 GW"')
        .replace('subject = "Acme"', 'subject = "prévus"')
    )
    (figure,) = load(DEAL + spread, TEXTS).figures
    assert (figure.value, figure.low, figure.high) == (None, Decimal(2_000_000_000), Decimal(3_000_000_000))
    assert "a range has low and high" in _refusal(DEAL + spread.replace('low = "2', 'low = "4'))
    assert "only with the bound 'between'" in _refusal(DEAL + spread.replace('"between"', '"about"'))


def test_what_is_computed_is_checked_and_says_from_what() -> None:
    ledger = load(WHOLE, TEXTS)
    derived = [pair for pair in ledger.relations if pair.kind is RelationKind.COMPUTED_FROM]
    assert [(pair.first, pair.second) for pair in derived] == [("all-machines", "halls"), ("all-machines", "machines")]
    assert {pair.formula for pair in derived} == {"6 * 1000 = 6000"}
    assert ledger.computed_of("acme") == ledger.computed
    assert ledger.facts_of("acme") == ledger.facts
    assert [pair.second for pair in ledger.relations_of("acme-capacity")] == ["acme-partner"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('value = "6000"', 'value = "5000"', "computed all-machines: its value is 5000, and its formula gives 6000"),
        ('["halls", "machines"]', '["halls", "ghosts"]', "computed all-machines: there is no figure ghosts"),
        ('operation = "product"', 'operation = "average"', "computed all-machines: operation is not right"),
        ('operation = "product"', 'operation = "quotient"', "bounded on one side"),
        (
            'counted = "machines"\nbound = "at most"\noperation',
            'counted = "chips"\nbound = "at most"\noperation',
            "chips",
        ),
        ('bound = "at most"\noperation', 'bound = "exact"\noperation', "its bound is 'exact'"),
    ],
)
def test_a_computed_figure_that_does_not_follow_is_refused(before: str, after: str, reason: str) -> None:
    assert before in WHOLE
    assert reason in _refusal(WHOLE.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("loue 4,5 GW à", "vend 4,5 GW à", "its quote is not in source news"),
        ('quote = "Acme', 'quote = " Acme', "its quote is empty, has space around it"),
        ('source = "news"', 'source = "ghost"', "there is no source ghost"),
        ('source = "news"', "source = 7", "source is not right: expected text"),
        ('text = "4,5 GW"', 'text = "9 GW"', "'9 GW' is not in its quote"),
        ('text = "4,5 GW"', 'text = ""', "'' is not in its quote"),
        ('text = "4,5 GW"', "", "text is not right: expected text"),
        ('value = "4500000000"', "value = 4.5e9", "value is not right: expected a decimal number as text"),
        ('value = "4500000000"', 'value = "4,5"', "value is not right"),
        ('value = "4500000000"', 'value = "nan"', "value is not right"),
        ('value = "4500000000"', "", "expected a value"),
        ('metric = "capacity"', 'metric = "vibes"', "metric is not right"),
        ('bound = "exact"', 'bound = "roughly"', "bound is not right"),
        ('unit = "W"', 'unit = "EUR"', "the unit 'EUR' does not fit the metric 'capacity'"),
        ('commitment = "signed"', 'commitment = "sure"', "commitment is not right"),
        ('subject = "Acme"', 'subject = "Zorro"', "its subject 'Zorro' is not in its source"),
        ('deals = ["acme"]', 'deals = ["acne"]', "there is no deal acne"),
        ('deals = ["acme"]', "deals = []", "deals is not right"),
        ('deals = ["acme"]', 'deals = ["acme", "acme"]', "deals is not right: a deal is listed twice"),
    ],
)
def test_a_figure_with_a_wrong_field_is_named_with_the_reason(before: str, after: str, reason: str) -> None:
    assert before in FIGURE
    assert f"acme-capacity: {reason}" in _refusal(DEAL + FIGURE.replace(before, after, 1))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('counted = "GW"', "what is counted is named"),
        ('per = "fortnight"', "per is not right"),
        ('each = "salle"', "its each 'salle' is not in its quote"),
        ('attribution = "Le Monde"', "its attribution 'Le Monde' is not in its source"),
        ('inferred = ["all"]', "inferred.0 is not right"),
        ('mood = "gay"', "mood is not right"),
        ("ordinal = true", "ordinal is not right"),
        ("occurrence = 0", "occurrence is not right: expected a whole number from 1 on"),
        ('on = "Acme"', "on is not right: expected a table"),
        ('on = { written = "mardi" }', "its written 'mardi' is not in its quote"),
        ('on = { written = "Acme", iso = "2028-13" }', "on.iso is not right"),
        ('on = { written = "Acme", iso = "2028/2027" }', "on.iso is not right"),
        ('on = { written = "Acme", iso = "2028", who = "me" }', "on.who is not right"),
    ],
)
def test_a_figure_with_a_line_too_much_is_named_with_the_reason(line: str, reason: str) -> None:
    assert f"acme-capacity: {reason}" in _refusal(DEAL + FIGURE + line)


def test_a_figure_without_a_good_id_is_named_by_what_there_is() -> None:
    assert "figure Acme!: id is not right" in _refusal(DEAL + FIGURE.replace('"acme-capacity"', '"Acme!"'))
    assert "figure number 2: id is not right" in _refusal(DEAL + FIGURE + FIGURE.replace('id = "acme-capacity"', ""))


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("[[deal", "is not valid TOML"),
        ("deal = 3", "deal is not right: write each as [[deal]]"),
        ('deal = ["acme"]', "deal is not right: write each as [[deal]]"),
        ("[[deel]]\nid = 1", "there is no table deel"),
        (DEAL + DEAL, "acme is the id of two entries"),
        (DEAL + FIGURE + FIGURE, "acme-capacity is the id of two entries"),
        (DEAL + DEAL.replace('"acme"', '"acmé"'), "deal acmé: id is not right"),
        (DEAL + DEAL.replace('"acme"', '"borea"'), "'Contrat Acme' is also a name of acme"),
        (DEAL.replace('quote = "Acme', 'quote = "Zorro'), "deal acme: its quote is not in source news"),
        (DEAL.replace("about = {", "about = { text = 'x',"), "deal acme: a quote has no field text"),
        (DEAL.replace('kind = "capacity contract"', 'kind = "deal"'), "deal acme: kind is not right"),
        (DEAL + "parties = 3", "deal acme: parties is not right: expected a list of tables"),
        (
            DEAL + '[[deal.parties]]\nname = "Zorro"\nrole = "partner"\nsource = "other"\nquote = "Entre 2 et 3 GW"',
            "deal acme: its party 'Zorro' is not in the quote",
        ),
        (
            DEAL + '[deal.part_of]\ndeal = "ghost"\nsource = "other"\nquote = "Entre 2 et 3 GW"',
            "deal acme: there is no deal ghost",
        ),
        (
            DEAL + '[deal.part_of]\ndeal = "acme"\nsource = "other"\nquote = "Entre 2 et 3 GW"',
            "acme is part of itself",
        ),
        (DEAL + FACT.replace('["Borée"]', '"Borée"'), "fact acme-partner: names is not right: expected a list"),
        (DEAL + FACT.replace('["Borée"]', "[]"), "fact acme-partner: names is not right"),
        (DEAL + FACT.replace('["Borée"]', '["Bor"]'), "fact acme-partner: 'Bor' is not in its quote"),
        (DEAL + FIGURE + RELATION, "there is no figure or fact acme-partner"),
        (DEAL + FIGURE + FACT + RELATION + RELATION, "these two have a relation already"),
        (
            DEAL + FIGURE + FACT + RELATION.replace('"supersedes"', '"conflicts with"'),
            "relation of acme-capacity to acme-partner: a conflict has a reason",
        ),
        (
            DEAL + FIGURE + FACT + RELATION.replace('"supersedes"', '"supersedes"\nreason = "value"'),
            "a conflict has a reason, and nothing else has one",
        ),
        (DEAL + FIGURE + FACT + RELATION.replace("acme-partner", "acme-capacity"), "it relates an entry to itself"),
        (DEAL + FIGURE + FACT + RELATION.replace("supersedes", "computed from"), "what is computed is written as"),
        ('[[ignored]]\ntext = "1 GW"\nsource = "news"\nquote = "Acme loue"\nreason = "x"', "ignored number 1: '1 GW'"),
    ],
)  # fmt: skip
def test_a_ledger_that_is_not_right_is_refused(document: str, reason: str) -> None:
    assert reason in _refusal(document)


def test_a_name_that_means_two_deals_is_refused_however_it_is_accented() -> None:
    other = DEAL.replace('"acme"', '"boree"').replace("Contrat Acme", "Borée").replace("Acme contract", "ÂCME")
    assert "deal boree: 'ÂCME' is also a name of acme" in _refusal(DEAL + other)


def test_nothing_supersedes_itself_by_way_of_others() -> None:
    def supersedes(first: str, second: str) -> str:
        return f'[[relation]]\nfirst = "{first}"\nkind = "supersedes"\nsecond = "{second}"\n'

    circle = (
        supersedes("halls", "machines") + supersedes("machines", "acme-partner") + supersedes("acme-partner", "halls")
    )
    assert "supersedes itself, by way of others" in _refusal(DEAL + HALLS + FACT + circle)


def test_a_date_says_when() -> None:
    dated = (
        '[[figure]]\nid = "start"\ndeals = ["acme"]\nmetric = "date"\nunit = "date"\nbound = "exact"\n'
        'text = "mai 2027"\nsource = "other"\nquote = "Entre 2 et 3 GW sont prévus pour mai 2027."\n'
        'subject = "prévus"\ncommitment = "announced"\n'
    )
    (figure,) = load(DEAL + dated + 'on = { written = "pour mai 2027", iso = "2027-05" }', TEXTS).figures
    assert [(moment.earliest, moment.latest) for moment in figure.moments] == [("2027-05", "2027-05")]
    assert "figure start: a date says when" in _refusal(DEAL + dated)
    assert "figure start: a date says when" in _refusal(DEAL + dated + 'on = { written = "Entre", iso = "2027-05" }')
    assert "figure start: a date has no value" in _refusal(DEAL + dated + 'value = "2027"')

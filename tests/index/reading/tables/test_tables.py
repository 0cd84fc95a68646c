import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import sentences as splitter
from index.figures.curated import shipped
from index.figures.extraction import extract
from index.figures.kinds import Metric
from index.model import Language
from index.reading.tables.sentences import MOST_CHARACTERS, sentences

Rows = list[list[str]]


def french(rows: Rows, **heads: int) -> list[str]:
    return [line.replace("\u00a0", " ") for line in sentences(rows, language="fr", **heads)]


def english(rows: Rows, **heads: int) -> list[str]:
    return sentences(rows, language="en", **heads)


@pytest.mark.parametrize("heads", [{"head_rows": 1, "head_columns": 1}, {}])
def test_a_number_takes_the_unit_of_its_row_and_the_year_of_its_column(heads: dict[str, int]) -> None:
    rows = [
        ["", "2024", "2025e"],
        ["Revenue (billion dollars)", "3.7", "12.7"],
        ["Margin (%)", "12", "–"],
        ["Employees", "1,420", "3,500"],
    ]

    assert english(rows, **heads) == [
        "Revenue: 3.7 billion dollars in 2024.",
        "Revenue: 12.7 billion dollars (2025e).",
        "Margin: 12% in 2024.",
        "Employees: 1,420 in 2024.",
        "Employees: 3,500 (2025e).",
    ]


def test_a_number_takes_the_unit_of_its_column() -> None:
    rows = [
        ["Site", "Puissance (GW)", "Investissement (Md$)", "Mise en service"],
        ["Abilene", "1,2", "15", "2026"],
        ["Milam", "0,6", "", "2027"],
        ["Total", "1,8", "15", "—"],
    ]

    assert french(rows) == [
        "Abilene (Site) : Puissance : 1,2 GW ; Investissement : 15 Md$ ; Mise en service : 2026.",
        "Milam (Site) : Puissance : 0,6 GW ; Mise en service : 2027.",
        "Total : Puissance : 1,8 GW ; Investissement : 15 Md$.",
    ]


@pytest.mark.parametrize(
    ("label", "language", "value"),
    [
        ("Capacity [MW]", "en", "Capacity: 3.7 MW."),
        ("Capacity GW", "en", "Capacity: 3.7 GW."),
        ("Revenue ($bn)", "en", "Revenue: $3.7bn."),
        ("Revenue (US$ millions)", "en", "Revenue: US$3.7 million."),
        ("Revenue, in millions of dollars", "en", "Revenue: 3.7 million dollars."),
        ("Revenue (EUR million)", "en", "Revenue: 3.7 million EUR."),
        ("Growth, %", "en", "Growth: 3.7%."),
        ("Staff (thousands)", "en", "Staff: 3.7 thousand."),
        ("Energy (TWh/year)", "en", "Energy: 3.7 TWh/year."),
        ("Capacity (planned)", "en", "Capacity (planned): 3.7."),
        ("Staff (FTE)", "en", "Staff (FTE): 3.7."),
        ("Sites in Texas", "en", "Sites in Texas: 3.7."),
        ("Puissance, en GW", "fr", "Puissance : 3.7 GW."),
        ("Chiffre d’affaires (en milliards d’euros)", "fr", "Chiffre d’affaires : 3.7 milliards d’euros."),
        ("Part (%)", "fr", "Part : 3.7 %."),
        ("Montant ($)", "fr", "Montant : 3.7 $."),
        ("Présence en Europe", "fr", "Présence en Europe : 3.7."),
    ],
)
def test_units_are_known_by_the_grammar_of_figures(label: str, language: Language, value: str) -> None:
    assert [line.replace("\u00a0", " ") for line in sentences([[label, "3.7"]], language=language)] == [value]


def test_the_unit_of_a_whole_table_spares_counts_years_and_other_units() -> None:
    rows = [
        ["En millions d’euros", "2023", "2024"],
        ["Chiffre d’affaires", "1 200", "1 350 (p)"],
        ["Résultat net", "(35)", "12*"],
        ["Pertes", "(3)", ""],
        ["Marge (%)", "4,5", "5,1"],
        ["Effectif", "", "1 300"],
        ["Année de création", "", "1998"],
    ]

    assert french(rows) == [
        "Chiffre d’affaires : 1 200 millions d’euros en 2023.",
        "Chiffre d’affaires : 1 350 millions d’euros (p) en 2024.",
        "Résultat net : -35 millions d’euros en 2023.",
        "Résultat net : 12 millions d’euros* en 2024.",
        "Pertes : 3 millions d’euros en 2023.",
        "Marge : 4,5 % en 2023.",
        "Marge : 5,1 % en 2024.",
        "Effectif : 1 300 en 2024.",
        "Année de création : 1998 (2024).",
    ]


def test_a_caption_may_hold_the_unit_and_a_column_the_units_of_rows() -> None:
    captioned = [
        ["Table 1. Results (in millions of dollars)", "", ""],
        ["", "Q1 2025", "30 June 2025"],
        ["Cash", "120", "9"],
    ]
    pair = [["Les clients"], ["Client", "Montant (Md$)"], ["Microsoft", "250"]]
    columned = [
        ["Indicateur", "Unité", "2024", "2025"],
        ["Puissance", "MW", "120", "240"],
        ["Production", "GWh", "8", ""],
    ]

    assert english(captioned) == [
        "Table 1. Results (in millions of dollars)",
        "Cash: 120 million dollars in Q1 2025.",
        "Cash: 9 million dollars on 30 June 2025.",
    ]
    assert french(pair) == ["Les clients", "Microsoft (Client) : Montant : 250 Md$."]
    assert french(columned) == [
        "Puissance : 120 MW en 2024.",
        "Puissance : 240 MW en 2025.",
        "Production : 8 GWh en 2024.",
    ]


def test_rows_for_years_say_when_their_numbers_hold() -> None:
    rows = [["Année", "Chiffre d’affaires (Md$)", "Salariés"], ["2023", "1,6", "770"], ["T1 2024", "3,7", "3 500"]]
    events = [["Date", "Événement"], ["2023", "ouverture à Londres"], ["juin 2024", "lancement de la voix"]]

    assert french(rows) == [
        "Chiffre d’affaires : 1,6 Md$ en 2023.",
        "Salariés : 770 en 2023.",
        "Chiffre d’affaires : 3,7 Md$ au T1 2024.",
        "Salariés : 3 500 au T1 2024.",
    ]
    assert french(events) == ["2023 : ouverture à Londres.", "juin 2024 : lancement de la voix."]


@pytest.mark.parametrize("merged", ["", "2024"])
def test_heads_over_heads_are_read_together(merged: str) -> None:
    rows = [
        ["", "2024", merged, "2025", merged and "2025"],
        ["Site", "Puissance (MW)", "Coût (M€)", "Puissance (MW)", "Coût (M€)"],
        ["Lyon", "12", "3,5", "24", "7"],
    ]

    assert french(rows) == [
        "Lyon : Puissance : 12 MW en 2024.",
        "Lyon : Coût : 3,5 M€ en 2024.",
        "Lyon : Puissance : 24 MW en 2025.",
        "Lyon : Coût : 7 M€ en 2025.",
    ]


def test_rows_over_all_columns_head_those_below_and_notes_stay_notes() -> None:
    rows = [
        ["Site", "Puissance (GW)", "Coût"],
        ["Texas", "Texas", "Texas"],
        ["Abilene", "1,2", "15 Md$"],
        ["Ohio", "", ""],
        ["Lordstown", "0,3", "3 Md$"],
        ["Total", "1,5", "18 Md$"],
        ["Source : entreprises.", "", ""],
    ]

    assert french(rows) == [
        "Texas, Abilene (Site) : Puissance : 1,2 GW ; Coût : 15 Md$.",
        "Ohio, Lordstown (Site) : Puissance : 0,3 GW ; Coût : 3 Md$.",
        "Total : Puissance : 1,5 GW ; Coût : 18 Md$.",
        "Source : entreprises.",
    ]


def test_labels_in_two_columns_hold_for_the_rows_below() -> None:
    rows = [
        ["Région", "Site", "Puissance (MW)"],
        ["Texas", "Abilene", "1 200"],
        ["", "Milam", "600"],
        ["Ohio", "Lima", "3"],
    ]

    assert french(rows, head_rows=1, head_columns=2) == [
        "Texas, Abilene : Puissance : 1 200 MW.",
        "Texas, Milam : Puissance : 600 MW.",
        "Ohio, Lima : Puissance : 3 MW.",
    ]


def test_pairs_are_keys_with_values_unless_the_first_row_heads_them() -> None:
    keys = [["Siège :", "San Francisco"], ["Fondation", "2015"], ["Effectif", "3 500 salariés"]]
    headed = [["Client", "Montant"], ["Microsoft", "250 Md$"], ["Oracle", "300 Md$"]]

    assert french(keys) == ["Siège : San Francisco.", "Fondation : 2015.", "Effectif : 3 500 salariés."]
    assert french(headed) == ["Microsoft (Client) : Montant : 250 Md$.", "Oracle (Client) : Montant : 300 Md$."]


def test_tables_of_words_and_of_bare_numbers_are_read_row_by_row() -> None:
    words = [["Nom", "Fonction", "Pays"], ["Anne Lefort", "directrice", "France"], ["Paul Roy", "trésorier", "Suisse"]]

    assert french(words) == [
        "Anne Lefort : Fonction : directrice ; Pays : France.",
        "Paul Roy : Fonction : trésorier ; Pays : Suisse.",
    ]
    assert english([["1", "2"], ["3", "4"]]) == ["1; 2.", "3; 4."]
    assert english([["#", "Company"], ["1", "Alpha"], ["2", "Beta"]]) == [
        "N°: 1; Company: Alpha.",
        "N°: 2; Company: Beta.",
    ]


def test_tables_that_only_lay_out_a_page_give_their_texts() -> None:
    long = "Un long paragraphe qui raconte quelque chose de précis. " * 6

    assert french([["Encadré : une seule cellule."]]) == ["Encadré : une seule cellule."]
    assert french([["Menu", long]]) == ["Menu", long.strip()]
    assert french([[long, long.upper()], [long.lower(), ""]]) == [
        long.strip(),
        long.upper().strip(),
        long.lower().strip(),
    ]
    assert french([["Premier.\n\nSecond\nsuite.", "Autre.", "Encore."]]) == [
        "Premier.",
        "Second suite.",
        "Autre.",
        "Encore.",
    ]


def test_long_rows_and_values_are_several_sentences_that_all_name_their_row() -> None:
    heads = [f"Colonne numéro {number}" for number in range(30)]
    wide = french([["", *heads], ["Lyon", *["12 sites"] * 30], ["Nantes", *["3 sites"] * 30]])
    told = french([["Phase", "Début", "Récit"], ["Un", "2025", "Elle dure. Elle finit."], ["Deux", "2026", "Rien."]])

    assert len(wide) > 2
    assert all(line.startswith(("Lyon : ", "Nantes : ")) and len(line) < 400 for line in wide)
    assert told == [
        "Un (Phase) : Début : 2025.",
        "Un (Phase) : Récit : Elle dure. Elle finit.",
        "Deux (Phase) : Début : 2026 ; Récit : Rien.",
    ]


def test_the_figures_of_a_table_are_found_with_what_they_measure() -> None:
    rows = [
        ["Site", "Puissance (GW)", "Investissement (Md$)", "Emplois"],
        ["Abilene", "1,2", "15", "1 700"],
    ]
    years = [["", "2024", "2025"], ["Chiffre d’affaires de Stargate (Md$)", "3,7", "12,7"]]
    text = "\n\n".join([*sentences(rows, language="fr"), *sentences(years, language="fr")])

    found = extract(text, "Les chiffres", "fr", shipped().deals)

    measured = [(figure.metric, str(figure.value), figure.deals, figure.on and figure.on.iso) for figure in found]
    assert measured == [
        (Metric.CAPACITY, "1200000000", ("abilene",), None),
        (Metric.INVESTMENT, "15000000000", ("abilene",), None),
        (Metric.PEOPLE, "1700", ("abilene",), None),
        (Metric.REVENUE, "3700000000", ("stargate",), "2024"),
        (Metric.REVENUE, "12700000000", ("stargate",), "2025"),
    ]


def test_empty_huge_and_ragged_tables_are_bounded() -> None:
    assert english([]) == english([[]]) == english([["", " "], []]) == []
    assert len(english([["a1", "b2", *["c3"] * 98]] * 1_200)) >= 1_000
    assert not any("c4" in line for line in english([["a1", *["c3"] * 99]] * 1_000 + [["a1", *["c4"] * 99]] * 9))
    assert english([["a", "b"], ["c"] * 2_000]) != []
    label = "x" * 140
    assert (
        sum(map(len, english([["", *[f"{label}{n}" for n in range(400)]], *[[label, *["7"] * 400]] * 200])))
        <= MOST_CHARACTERS
    )
    assert english([["9" * 5_000, "1" * 5_000], ["(" * 5_000, "-" * 5_000]])


_CELLS = st.lists(
    st.lists(
        st.sampled_from(["", "2024", "GW", "1,2", "Abilene", "Puissance (GW)", "(3)", "–", "Total", "a b. C d"]),
        max_size=5,
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(rows=_CELLS, head_rows=st.none() | st.integers(0, 4), head_columns=st.none() | st.integers(0, 4))
@example(rows=[["2024"], ["", "GW"]], head_rows=4, head_columns=4)
@example(rows=[["GW"], ["GW"], ["Total", "2024", "2024"]], head_rows=0, head_columns=0)
@example(rows=[["GW", "GW"], ["–"]], head_rows=0, head_columns=0)
@example(rows=[["a", "b", "c"], ["Abilene"], ["GW"], ["Total", "1", "2"]], head_rows=0, head_columns=0)
def test_whatever_the_cells_nothing_is_lost_or_empty(
    rows: Rows, head_rows: int | None, head_columns: int | None
) -> None:
    told = sentences(rows, head_rows=head_rows, head_columns=head_columns, language="fr")

    assert all(line.strip() == line != "" for line in told)
    if head_rows == head_columns == 0:
        said = " ".join(told)
        cells = (cell for row in rows for cell in row if cell not in ("", "–", "(3)"))
        parts = (part for cell in cells for part in cell.replace("(", " ").replace(")", " ").split())
        assert all(part in said for part in parts)  # the unit of a head may be said with its numbers


def test_each_sentence_of_a_table_is_one_that_can_be_quoted() -> None:
    rows = [
        ["Site", "Puissance (GW)", "Statut"],
        ["Abilene", "1,2", "en cours"],
        ["St. Louis", "0,6", "prévu p. ex. en 2027"],
    ]
    told = sentences(rows, language="fr")
    text = "\n\n".join(told)

    assert [text[span.start : span.end] for span in splitter.split(text)] == told

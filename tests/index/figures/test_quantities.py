"""Quantities in running text, French and English: value, unit, bound and the exact span."""

import pytest

from index.figures.quantities import quantities
from tests.index.figures.written import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OpenAI a loué 4,5 GW de puissance", ["4,5 GW = 4500000000 W"]),
        ("une capacité proche de 1 GW", ["1 GW = about 1000000000 W"]),
        ("soit 604,8 MW au total", ["604,8 MW = 604800000 W"]),
        ("300MW, 1,2 TWh et 500 kV", ["300MW = 300000000 W", "1,2 TWh = 1200000000000 Wh", "500 kV = 500000 V"]),
        ("six mégawatts, 12 gigawattheures", ["six mégawatts = 6000000 W", "12 gigawattheures = 12000000000 Wh"]),
        ("deux gigawatt-heures, 50 mw", ["deux gigawatt-heures = 2000000000 Wh", "50 mw = 50000000 W"]),
        ("80 Go de mémoire, 2 To", ["80 Go = 80000000000 B", "2 To = 2000000000000 B"]),
        ("1,5 exaflops ; 10^25 FLOP", ["1,5 exaflops = 1500000000000000000 FLOPS", f"10^25 FLOP = {10**25} FLOPS"]),
        ("400 hectares, 15 000 m²", ["400 hectares = 4000000 m2", "15 000 m² = 15000 m2"]),
        ("1,2 million de mètres carrés", ["1,2 million de mètres carrés = 1200000 m2"]),
        ("à 15 km, 200 m de long", ["15 km = 15000 m", "200 m = 200 m"]),
        ("1,2 Mt de CO2, 30 t, 200 kg", ["1,2 Mt = 1200000 t", "30 t = 30 t", "200 kg = 0.2 t"]),
        ("un gigawatt", ["un gigawatt = 1000000000 W"]),
    ],
)
def test_french_measures(text: str, expected: list[str]) -> None:
    assert read(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 milliards de dollars par an", ["30 milliards de dollars par an = 30000000000 USD per year"]),
        ("30 Mds $/an", ["30 Mds $/an = 30000000000 USD per year"]),
        ("30 Md$ ; 30Mds$", ["30 Md$ = 30000000000 USD", "30Mds$ = 30000000000 USD"]),
        ("2,5 M€ et 800 k€", ["2,5 M€ = 2500000 EUR", "800 k€ = 800000 EUR"]),
        ("500 m€", ["500 m€ = 500000000 EUR"]),
        ("15 M de dollars", ["15 M de dollars = 15000000 USD"]),
        ("plus de 100 milliards d’euros", ["100 milliards d’euros = more than 100000000000 EUR"]),
        ("un milliard d'euros", ["un milliard d'euros = 1000000000 EUR"]),
        ("un demi-milliard de dollars", ["un demi-milliard de dollars = 500000000 USD"]),
        ("deux milliards et demi d'euros", ["deux milliards et demi d'euros = 2500000000 EUR"]),
        ("mille milliards de dollars", ["mille milliards de dollars = 1000000000000 USD"]),
        ("mille deux cents milliards d'euros", ["mille deux cents milliards d'euros = 1200000000000 EUR"]),
        ("1,4 billion de dollars", ["1,4 billion de dollars = 1400000000000 USD"]),
        ("2 autres milliards de dollars", ["2 autres milliards de dollars = 2000000000 USD"]),
        ("2 milliards 300 millions d'euros", ["2 milliards 300 millions d'euros = 2300000000 EUR"]),
        ("12 000 $ US et 5 000 francs suisses", ["12 000 $ US = 12000 USD", "5 000 francs suisses = 5000 CHF"]),
        ("3 millions de livres sterling", ["3 millions de livres sterling = 3000000 GBP"]),
        ("3 000 euros par mois", ["3 000 euros par mois = 3000 EUR per month"]),
        ("35 € de l'heure", ["35 € de l'heure = 35 EUR per hour"]),
        ("0,12 €/kWh", ["0,12 € = 0.12 EUR"]),
        ("« $1.4 trillion »", ["$1.4 trillion = 1400000000000 USD"]),
    ],
)
def test_money_in_french(text: str, expected: list[str]) -> None:
    assert read(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$12bn in debt", ["$12bn = 12000000000 USD"]),
        ("US$ 1.2 billion", ["US$ 1.2 billion = 1200000000 USD"]),
        ("USD 30bn or EUR500m", ["USD 30bn = 30000000000 USD", "EUR500m = 500000000 EUR"]),
        (
            "$500m, $800k, $1.5T, £3m",
            ["$500m = 500000000 USD", "$800k = 800000 USD", "$1.5T = 1500000000000 USD", "£3m = 3000000 GBP"],
        ),
        ("one and a half billion dollars", ["one and a half billion dollars = 1500000000 USD"]),
        ("half a billion dollars", ["half a billion dollars = 500000000 USD"]),
        ("a quarter of a billion euros", ["a quarter of a billion euros = 250000000 EUR"]),
        ("a trillion dollars", ["a trillion dollars = 1000000000000 USD"]),
        ("a $1.5 billion-a-year lease", ["$1.5 billion-a-year = 1500000000 USD per year"]),
        ("a $30-billion contract", ["$30-billion = 30000000000 USD"]),
        ("$10,000 per GPU, $32.50 each", ["$10,000 = 10000 USD", "$32.50 = 32.5 USD"]),
        ("$20/month, $240 a year", ["$20/month = 20 USD per month", "$240 a year = 240 USD per year"]),
        ("$9.2bn a year earlier", ["$9.2bn = 9200000000 USD"]),
        ("$3 a gallon, 10 cents a kilowatt-hour", ["$3 = 3 USD", "10 cents = 0.1 USD"]),
        ("200 million yen", ["200 million yen = 200000000 JPY"]),
        ("$10 billion now and 20 billion later", ["$10 billion = 10000000000 USD", "20 billion = 20000000000 USD"]),
    ],
)
def test_money_in_english(text: str, expected: list[str]) -> None:
    assert read(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.5 gigawatts, 300MW", ["4.5 gigawatts = 4500000000 W", "300MW = 300000000 W"]),
        ("a 5-gigawatt campus on 1,200-acre land", ["5-gigawatt = 5000000000 W", "1,200-acre = 4856227.70688 m2"]),
        ("more than a gigawatt", ["a gigawatt = more than 1000000000 W"]),
        ("10+ GW, 10 GW or more", ["10+ GW = at least 10000000000 W", "10 GW = at least 10000000000 W"]),
        ("3.6 TWh a year", ["3.6 TWh a year = 3600000000000 Wh per year"]),
        ("a 15-year deal", ["15-year = 15 year"]),
        ("over the next five years", ["five years = 5 year"]),
        ("two and a half years", ["two and a half years = 2.5 year"]),
        (
            "half an hour, three quarters of an hour",
            ["half an hour = 0.5 hour", "three quarters of an hour = 0.75 hour"],
        ),
        (
            "80GB of memory, 2TB, 400 Gbps",
            ["80GB = 80000000000 B", "2TB = 2000000000000 B", "400 Gbps = 400000000000 bit/s"],
        ),
        ("12 million square feet", ["12 million square feet = 1114836.48 m2"]),
        ("seventy-one percent", ["seventy-one percent = 71 percent"]),
        ("a 3 percentage point rise", ["3 percentage point = 3 percent"]),
        ("25 basis points", ["25 basis points = 0.25 percent"]),
    ],
)
def test_english_measures(text: str, expected: list[str]) -> None:
    assert read(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("environ 400 000 puces GB200 à NVIDIA", ["400 000 puces GB200 = about 400000 count (puces GB200)"]),
        (
            "jusqu’à 50 000 puces Nvidia Blackwell",
            ["50 000 puces Nvidia Blackwell = at most 50000 count (puces Nvidia Blackwell)"],
        ),
        ("environ trois millions de foyers", ["trois millions de foyers = about 3000000 count (foyers)"]),
        ("huit centres de données au Texas", ["huit centres de données = 8 count (centres de données)"]),
        ("quatre réacteurs nucléaires et", ["quatre réacteurs nucléaires = 4 count (réacteurs nucléaires)"]),
        ("une dizaine de sites", ["une dizaine de sites = about 10 count (sites)"]),
        (
            "2,5 milliards de requêtes par jour",
            ["2,5 milliards de requêtes par jour = 2500000000 count per day (requêtes)"],
        ),
        ("16 000 GPU H100", ["16 000 GPU H100 = 16000 count (GPU H100)"]),
        ("100k GPUs", ["100k GPUs = 100000 count (GPUs)"]),
        ("mille deux cents personnes", ["mille deux cents personnes = 1200 count (personnes)"]),
        ("ils sont 300 ; le total atteint 4 200", ["300 = 300 count", "4 200 = 4200 count"]),
        (
            "trois des cinq sites ; deux d'entre eux",
            ["trois = 3 count", "cinq sites = 5 count (sites)", "deux = 2 count"],
        ),
        ("un parc de 2000 puces", ["2000 puces = 2000 count (puces)"]),
    ],
)
def test_things_counted_in_french(text: str, expected: list[str]) -> None:
    assert read(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "over 400,000 Nvidia GB200 chips for",
            ["400,000 Nvidia GB200 chips = more than 400000 count (Nvidia GB200 chips)"],
        ),
        ("100,000 H100s", ["100,000 H100s = 100000 count (H100s)"]),
        ("70B parameters", ["70B parameters = 70000000000 count (parameters)"]),
        ("a 70B-parameter model", ["70B-parameter = 70000000000 count (parameter)"]),
        (
            "a dozen sites, two dozen servers",
            ["a dozen sites = 12 count (sites)", "two dozen servers = 24 count (servers)"],
        ),
        ("two new data centers", ["two new data centers = 2 count (new data centers)"]),
        ("700 million weekly users", ["700 million weekly users = 700000000 count (weekly users)"]),
        ("1,700-plus employees", ["1,700-plus employees = at least 1700 count (employees)"]),
        ("fifteen hundred people", ["fifteen hundred people = 1500 count (people)"]),
        ("ten thousand H100 GPUs", ["ten thousand H100 GPUs = 10000 count (H100 GPUs)"]),
        ("three of them", ["three = 3 count"]),
    ],
)
def test_things_counted_in_english(text: str, expected: list[str]) -> None:
    assert read(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("49 %, 12,5% et 0,5 pour cent", ["49 % = 49 percent", "12,5% = 12.5 percent", "0,5 pour cent = 0.5 percent"]),
        ("une baisse de -12 %, puis +3 %", ["-12 % = -12 percent", "+3 % = 3 percent"]),
        ("près d'un tiers", ["un tiers = about 0.333333 fraction"]),
        ("plus de la moitié", ["la moitié = more than 0.5 fraction"]),
        ("les deux tiers, trois quarts", ["deux tiers = 0.666667 fraction", "trois quarts = 0.75 fraction"]),
        ("un cinquième des ventes, un cinquième site", ["un cinquième = 0.2 fraction"]),
        ("un foyer sur trois", ["un foyer sur trois = 0.333333 fraction"]),
        ("1/3 du capital", ["1/3 = 0.333333 fraction"]),
        ("elle pourrait doubler, voire tripler", ["doubler = 2 times", "tripler = 3 times"]),
        ("les ventes ont doublé, le double de 2024", ["doublé = 2 times", "double = 2 times"]),
        ("dix fois plus ; multiplié par quatre", ["dix fois = 10 times", "multiplié par quatre = 4 times"]),
        ("un double objectif", []),
    ],
)
def test_shares_and_multiples_in_french(text: str, expected: list[str]) -> None:
    assert read(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("just under half of it", ["half = less than 0.5 fraction"]),
        ("two-thirds, a fifth of sales", ["two-thirds = 0.666667 fraction", "a fifth = 0.2 fraction"]),
        ("one in three households", ["one in three = 0.333333 fraction"]),
        (
            "it doubled; tenfold; 3x; twice as much",
            ["doubled = 2 times", "tenfold = 10 times", "3x = 3 times", "twice = 2 times"],
        ),
        ("a third company, a quarter later, double-digit", []),
        ("a factor of 10", ["factor of 10 = 10 times"]),
    ],
)
def test_shares_and_multiples_in_english(text: str, expected: list[str]) -> None:
    assert read(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entre 2 et 3 milliards d'euros", ["2 et 3 milliards d'euros = 2000000000..3000000000 EUR"]),
        ("de 1 à 2 GW", ["1 à 2 GW = 1000000000..2000000000 W"]),
        ("300 MW à 400 MW", ["300 MW à 400 MW = 300000000..400000000 W"]),
        (
            "entre 500 millions et 1 milliard d’euros",
            ["500 millions et 1 milliard d’euros = 500000000..1000000000 EUR"],
        ),
        ("10-15 %", ["10-15 % = 10..15 percent"]),
        ("300–400 MW", ["300–400 MW = 300000000..400000000 W"]),
        ("trois à cinq ans", ["trois à cinq ans = 3..5 year"]),
        ("1 500 à 2 000 postes", ["1 500 à 2 000 postes = 1500..2000 count (postes)"]),
        ("deux ou trois milliards de dollars", ["deux ou trois milliards de dollars = 2000000000..3000000000 USD"]),
    ],
)
def test_ranges_in_french(text: str, expected: list[str]) -> None:
    assert read(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between 15% and 20%", ["15% and 20% = 15..20 percent"]),
        ("$10-12 billion", ["$10-12 billion = 10000000000..12000000000 USD"]),
        ("$10bn-$12bn", ["$10bn-$12bn = 10000000000..12000000000 USD"]),
        ("from $5 to $10 million", ["$5 to $10 million = 5000000..10000000 USD"]),
        ("6 to 8 months", ["6 to 8 months = 6..8 month"]),
        ("2,000-2,500 workers", ["2,000-2,500 workers = 2000..2500 count (workers)"]),
    ],
)
def test_ranges_in_english(text: str, expected: list[str]) -> None:
    assert read(text, "en") == expected


def test_a_change_from_one_value_to_another_is_no_range() -> None:
    assert read("La capacité passera de 1 à 2 GW", "fr") == ["1 = 1000000000 W", "2 GW = 2000000000 W"]
    assert read("it rose from $10 billion to $12 billion", "en") == [
        "$10 billion = 10000000000 USD",
        "$12 billion = 12000000000 USD",
    ]
    assert read("le parc passe de deux à huit bâtiments", "fr") == [
        "deux = 2 count (bâtiments)",
        "huit bâtiments = 8 count (bâtiments)",
    ]


def test_listed_numbers_share_the_unit_that_only_the_last_one_has() -> None:
    assert read("2 et 3 milliards de dollars", "fr") == [
        "2 = 2000000000 USD",
        "3 milliards de dollars = 3000000000 USD",
    ]
    assert read("6, 8 and 10 MW", "en") == ["6 = 6000000 W", "8 = 8000000 W", "10 MW = 10000000 W"]
    assert read("200 et 300 salariés", "fr") == ["200 = 200 count (salariés)", "300 salariés = 300 count (salariés)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("environ 4 GW", "about"),
        ("quelque 4 GW", "about"),
        ("de l'ordre de 4 GW", "about"),
        ("4 GW environ", "about"),
        ("~4 GW", "about"),
        ("plus de 4 GW", "more than"),
        ("dépasse les 4 GW", "more than"),
        ("au-delà de 4 GW", "more than"),
        ("moins de 4 GW", "less than"),
        ("pas moins de 4 GW", "at least"),
        ("au moins 4 GW", "at least"),
        ("4 GW ou plus", "at least"),
        ("jusqu’à 4 GW", "at most"),
        ("pas plus de 4 GW", "at most"),
        ("4 GW au maximum", "at most"),
        ("jusqu'à environ 4 GW", "at most"),
        ("≤ 4 GW", "at most"),
        ("4 GW", "exact"),
        ("2 GW plus de 4 GW", "exact"),
    ],
)
def test_bounds_in_french(text: str, expected: str) -> None:
    assert quantities(text, "fr")[0].bound == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about 4 GW", "about"),
        ("some 4 GW", "about"),
        ("nearly $4 billion", "about"),
        ("4 GW or so", "about"),
        ("more than 4 GW", "more than"),
        ("just over 4 GW", "more than"),
        ("in excess of $4bn", "more than"),
        ("less than 4 GW", "less than"),
        ("fewer than 400 people", "less than"),
        ("at least 4 GW", "at least"),
        ("no fewer than 40 sites", "at least"),
        ("4 GW or more", "at least"),
        ("up to 4 GW", "at most"),
        ("as much as $4 billion", "at most"),
        ("no more than 4 GW", "at most"),
        ("over four years", "exact"),
    ],
)
def test_bounds_in_english(text: str, expected: str) -> None:
    assert quantities(text, "en")[0].bound == expected


def test_what_the_text_does_not_say_itself_is_told() -> None:
    assert [each.inferred for each in quantities("30 milliards de dollars, 5 $ US, 3 €", "fr")] == [("unit",), (), ()]
    assert [each.inferred for each in quantities("2 et 3 milliards d'euros", "fr")] == [("scale", "unit"), ()]
    assert [each.inferred for each in quantities("5 millions d'euros, puis 7 millions.", "fr")] == [(), ("unit",)]


def test_the_language_is_told_line_by_line() -> None:
    text = (
        "L’entreprise a versé un billion de dollars dans les caisses de la ville.\n"
        "The company has paid a billion dollars for the chips that it bought.\n"
    )
    assert [f"{each.value:f}" for each in quantities(text)] == ["1000000000000", "1000000000"]


def test_a_wrapped_line_does_not_part_a_number_from_its_unit() -> None:
    assert read("OpenAI a loué 4,5\nGW à Oracle pour 30\nmilliards de dollars", "fr") == [
        "4,5\nGW = 4500000000 W",
        "30\nmilliards de dollars = 30000000000 USD",
    ]
    assert read("Le site 5\n\nGW de la France", "fr") == []

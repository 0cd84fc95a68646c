"""Sentences are whole, and every one is a span of the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import lines, sentences

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences.split(text)]


def expected(marked: str) -> tuple[str, list[str]]:
    """A text and its sentences, from one string with ``|`` where a sentence ends."""
    return marked.replace("|", ""), [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    "marked",
    [
        "M. Altman a signé.| Mme. Friar aussi.",
        "Le Dr. Dupont et J.-P. Dupont sont là.| MM. Ellison et Huang aussi.",
        "Sam H. Altman et M. J. Le Drian parlent à Mr. Brockman.",
        "Aux U.S. Oracle investit.| U.S. officials met the U.K. government.",
        "Apple Inc. announced a deal.| Oracle Corp. Chairman Ellison agreed.",
        "Il y a env. 500 puces, Oracle vs. Microsoft, e.g. Azure.| Voir No. 5.",
        "Le 24 déc. 2024, il paya.| St. Louis est loin.",
        "C.-à-d. Oracle, p. ex. Microsoft, cf. Oracle.| Bien.",
        "Voir n° 5, art. 5 et p. 12.| Selon l'art. L. 123, oui.",
        "Des puces, etc. et des câbles.",
        "Yahoo! Finance l'annonce.| Vraiment !",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


@pytest.mark.parametrize(
    "marked",
    [
        "Des puces, etc.| Le projet avance.",
        "He works in the U.S.| In Texas, he builds.",
        "He joined Oracle Corp.| The deal is done.",
        "C'est le plan B.| Le projet suit.",
        "Il publie sur X.| Elon Musk rit.",
        "Le site consomme 500 M.| Oracle paie.",
        "Il remet le CA.| Le chiffre est bon.",
    ],
)
def test_an_abbreviation_ends_a_sentence_where_a_new_one_starts(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


@pytest.mark.parametrize(
    "marked",
    [
        "Il loue 4,5 GW.| Il lève 6.6 milliards, soit 3.5 fois plus.| 30 milliards.",
        "En juin.| 500 sites ouvrent.| Il a 50 000 puces.",
        "Windows 11.| Le prix est de 30 %.| Puis 40 $.",
        "Version 2.0.| Le reste suit.",
    ],
)
def test_a_stop_inside_a_number_does_not_end_a_sentence(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


@pytest.mark.parametrize(
    "marked",
    [
        "Il a dit : « Nous irons vite. »| Puis il est parti.",
        "Il a dit « Nous irons vite. » puis est parti.| Fin.",
        "He said “We will go.”| Then he left.| “Is it so?” she asked.",
        'He said "We will go."| Then he left.',
        "Il a déclaré que « la relation reste inchangée ».| Pour information, rien.",
        "Il a dit « Oui. Non. Peut-être », a-t-il écrit.| Fin.",
        "Est-ce vrai ?| « Oui », dit-il.| — Non !| — Si.",
        "Les amis sont en discussion ).| Oracle suit.| (Il reviendra.)| Puis non.",
        "C'est fini.[1]| Le reste suit.| **Gras.**| Le reste suit.",
    ],
)
def test_a_closing_quote_goes_with_its_sentence(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


@pytest.mark.parametrize(
    "marked",
    [
        "Il hésite… puis signe.| Il hésite...| Microsoft attend.",
        "Il hésite… 500 fois.",
        "Le texte.| […] Le projet […] Microsoft suit.",
    ],
)
def test_an_ellipsis_ends_a_sentence_only_before_a_capital(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


@pytest.mark.parametrize(
    "marked",
    [
        "Vraiment ?| Oui !| Quoi ?!| Bien\u202f!| Oracle paie.",
        "Le loyer : 30 milliards ; Oracle paie.",
        "Il loue 4,5 GW à Oracle .| Ce contrat de 30 milliards est une expansion .",
        "Il quitte xAI.| xAI loue un site.",
    ],
)
def test_stops_marks_and_colons_with_french_spaces(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


@pytest.mark.parametrize(
    "marked",
    [
        "Il cherche un fournisseur.|Depuis janvier, rien.",
        "Fin 2025.|Oracle a signé.",
        "Un fournisseur.|AMD a signé.| La fin (CTD).|Microsoft suit.",
        "OpenAI.com, Booking.Com, Node.js, ASP.NET, .NET et v2.Beta vivent.",
        "Le fichier rapport.PDF est là.",
        "À noter !|La CNIL répond.| Des puces (serveurs, etc.).|Attention !|Oracle paie.",
    ],
)
def test_a_stop_without_a_space_is_judged_by_its_neighbours(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


@pytest.mark.parametrize(
    "marked",
    [
        "Plus de puissance pour les modèles d'IA|Le projet Stargate , présenté par OpenAI, avance.",
        "Un titre sur les données|L'entreprise suit.| Un accord en 2025|Cette annonce surprend.",
        "News about the models|The company agreed.",
        "Un titre sur les données|C’est une étape.",
        "OpenAI, ChatGPT, YouTube, LeBron, iPhone, les neoclouds, LinkedIn est là.",
        "Les GPUs et les APIs sont là, PlugIn aussi, AMD'S too.",
    ],
)
def test_a_heading_glued_to_its_text_is_cut_off_but_a_name_stays_whole(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


def test_a_glued_gloss_cut_off_by_an_ellipsis_stays_in_its_sentence() -> None:
    first = (
        "En juin, l’entreprise a signé un accord avec Oracle pour louer des serveurs dans un "
        "centre de donnéesUn centre de données ou centre de traitement de données (CTD) … en construction "
        "à Abilene, Texas."
    )
    second = "Bien que Microsoft ait été mentionné, sa participation est limitée."
    assert cut(f"{first} {second}") == [first, second]


def test_a_gloss_does_not_keep_an_earlier_heading_glued() -> None:
    text, whole = expected("Les modèles d'IA|Le site a des donnéesUn centre de données … en construction.")
    assert cut(text) == whole


@pytest.mark.parametrize(
    "marked",
    [
        "Voir https://example.com/a.B?C=D.E!F pour plus.| Merci.",
        "Écrire à Sam.Altman@openai.com.| Merci.",
        "Voir www.example.com/Un.Deux.| Merci.",
    ],
)
def test_an_address_is_never_split(marked: str) -> None:
    text, whole = expected(marked)
    assert cut(text) == whole


def test_a_line_is_a_sentence_of_its_own() -> None:
    assert cut("Conclusion\nL’engagement est clair\n\nvía: DCD") == [
        "Conclusion",
        "L’engagement est clair",
        "vía: DCD",
    ]


def test_a_sentence_goes_on_in_the_next_line_where_that_starts_in_lower_case() -> None:
    assert cut("OpenAI a signé un\ncontrat avec Oracle.\nPuis rien.") == [
        "OpenAI a signé un\ncontrat avec Oracle.",
        "Puis rien.",
    ]


def test_a_full_line_of_a_wrapped_block_goes_on_before_a_capital_and_a_number() -> None:
    text = (
        "OpenAI a loué une grande puissance de calcul à\n"
        "Oracle pour ses modèles, et cela représente\n"
        "beaucoup d'argent chaque année, soit environ\n"
        "30 milliards de dollars.\n"
        "Un titre\n"
        "Le reste suit."
    )
    assert cut(text) == [text[: text.index("\nUn titre")], "Un titre", "Le reste suit."]


def test_a_title_at_the_end_of_a_line_waits_for_its_name() -> None:
    assert cut("Le contrat a été signé par M.\nAltman.") == ["Le contrat a été signé par M.\nAltman."]


def test_list_items_are_sentences_and_their_numbers_end_none() -> None:
    text = "Les sites :\n- Texas\n• Ohio. Le second\n1. Michigan\n2) Wisconsin\na) un autre\nen deux lignes"
    assert cut(text) == [
        "Les sites :",
        "- Texas",
        "• Ohio.",
        "Le second",
        "1. Michigan",
        "2) Wisconsin",
        "a) un autre\nen deux lignes",
    ]


@pytest.mark.parametrize("date", ["date 2024-06", "2024-06-12", "12/06/2024 –", "Date: 2024-06-12"])
def test_a_date_at_the_very_head_is_a_sentence_of_its_own(date: str) -> None:
    assert cut(f" {date} OpenAI, Microsoft et Oracle s’unissent.") == [
        date,
        "OpenAI, Microsoft et Oracle s’unissent.",
    ]
    assert cut(date) == [date]
    assert len(cut(f"Le {date} est une date.")) == 1


SENTENCES = [
    "M. Altman a signé avec Oracle.",
    "Il loue 4,5 GW à Oracle .",
    "Est-ce vrai ?",
    "Il a dit « Nous irons vite. » puis est parti.",
    "« Non ! »",
    "He met Oracle Inc. executives in the U.S. yesterday.",
    "En 2025, environ 400 000 puces (GB200) furent achetées…",
    "Voir https://example.com/A.B?C.",
    "Un loyer de 6.6 milliards, etc.",
    "Pour information, l’inférence fait référence à xAI.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_split_again_stays_whole(sentence: str) -> None:
    assert sentences.split(sentence) == [(0, len(sentence))]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8))
def test_sentences_in_a_row_are_found_again(chosen: list[str]) -> None:
    assert cut(" ".join(chosen)) == chosen


MARKS = st.text(alphabet=list(".…!?«»“”\"'’()[] \n\tAaLleUn1,5-#@:/é\u00a0\u202f\x00\ud800😀م"), max_size=200)


@given(
    st.one_of(
        st.text(max_size=200),
        MARKS,
        st.lists(st.sampled_from([*SENTENCES, "IALe ", "…\n", "- "])).map("".join),
    )
)
def test_spans_are_ordered_disjoint_stripped_and_lose_nothing(text: str) -> None:
    spans = sentences.split(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        end = span.end
    assert not text[end:].strip()


@given(MARKS)
def test_paragraphs_lose_nothing(text: str) -> None:
    spans = lines.paragraphs(text)
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize(
    "pattern",
    [
        ".",
        '"',
        "«",
        "(",
        "[",
        "1",
        "A",
        "A.",
        "1.",
        ". ",
        "? ",
        "… a",
        '."',
        ".)",
        "aL'",
        "a@",
        "\n",
        "IALe ",
        "( a. B",
        "é",
    ],
)
@pytest.mark.parametrize("ending", ["", "a"])
def test_a_long_run_of_one_pattern_is_read_to_the_end(pattern: str, ending: str) -> None:
    text = pattern * (150_000 // len(pattern)) + ending
    visible = "".join(text.split())
    assert sum(len("".join(part.split())) for part in cut(text)) == len(visible)

import re
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.errors import BadInput
from index.model import Article, Basis
from index.reading.document import Document, Kind, Reading
from index.reading.papers.pdf import read_pdf
from tests.index.reading.papers import written_pdf as pdf
from tests.index.reading.papers.written_pdf import in_lines, laid_out, on_one_page

CONTRACT = (
    "Voltéria a signé mardi un contrat de fourniture de 4,5 GW de puissance informatique avec le groupe Hélianthe, a "
    "annoncé l’entreprise dans un communiqué publié à Lyon. Le contrat, d’une valeur de 30 milliards d’euros, court "
    "sur quinze ans et prévoit la construction de huit bâtiments près de Saint-Nazaire."
)
DELIVERY = (
    "Selon la directrice générale, Anne Lefort, les premiers serveurs seront livrés au printemps 2027. « Nous "
    "construisons l’infrastructure dont l’Europe a besoin », a-t-elle déclaré lors d’une conférence de presse."
)
SITE = "Les travaux emploieront 1 700 personnes au plus fort du chantier, dans trois régions."
SHOWN = b"BT /F 12 Tf 50 700 Td (The contract is worth 30 billion dollars.) Tj ET "
SAID = "The contract is worth 30 billion dollars."


def reading(data: bytes, name: str = "contrat.pdf", **given: str) -> Reading:
    return read_pdf(Document(data, name), given)


def article(data: bytes, name: str = "contrat.pdf", **given: str) -> Article:
    return reading(data, name, **given).article


def paragraphs(data: bytes) -> list[str]:
    return article(data).text.split("\n\n")


def refusal(data: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        reading(data, "dossier/note.pdf")
    return str(caught.value)


def _heads(canvas: Canvas, page: int) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, A4[1] - 30, "La Lettre de l’énergie")
    canvas.drawRightString(A4[0] - 50, A4[1] - 30, "No 42")
    canvas.drawCentredString(A4[0] / 2, 25, f"Page {page} — La Lettre")


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other_without_what_each_page_repeats(columns: int) -> None:
    sections = range(12)
    story = [pdf.title("Voltéria signe avec Hélianthe")]
    for number in sections:
        story += [pdf.heading(f"Partie {number + 1}"), pdf.text(CONTRACT), pdf.text(DELIVERY), pdf.text(SITE)]
    data = laid_out(story, columns=columns, decoration=_heads)
    assert len(PdfReader(BytesIO(data)).pages) >= 2

    made = reading(data)

    read = re.sub(r"(?<=[.])\n\n(?!## |Selon|Les travaux|Voltéria)", " ", made.article.text)  # at a column's end
    assert read == "\n\n".join(
        part for number in sections for part in (f"## Partie {number + 1}", CONTRACT, DELIVERY, SITE)
    )
    assert made.article.title == "Voltéria signe avec Hélianthe"
    assert made.article.title_basis is Basis.TEXT
    assert (made.kind, made.article.markdown, made.article.language, made.cautions) == (Kind.PDF, True, "fr", ())


def test_a_sentence_goes_on_over_the_end_of_a_page_past_notes_and_numbers() -> None:
    def draw(canvas: Canvas) -> None:
        for page, (first, second) in enumerate(
            (("Le contrat court", "quinze ans à partir"), ("de 2028 et porte", "sur huit sites."))
        ):
            canvas.setFont("Times-Roman", 10)
            for number, line in enumerate((f"{first}, dit-on,", second)):
                canvas.drawString(50, 700 - 12 * number, line)
            canvas.setFont("Times-Roman", 7)
            canvas.drawString(50, 60, f"{page + 1} {('Rapport annuel.', 'Communiqué du groupe.')[page]}")
            canvas.drawCentredString(300, 30, f"– {page + 1} –")
            canvas.showPage()

    assert paragraphs(pdf.drawn(draw)) == [
        "Le contrat court, dit-on, quinze ans à partir de 2028 et porte, dit-on, sur huit sites.",
        "Rapport annuel.",
        "Communiqué du groupe.",
    ]


def test_words_parted_at_line_ends_are_joined_and_compounds_keep_their_hyphen() -> None:
    lines = [
        "Le porte-parole du groupe a présenté les nouvelles infra-",
        "structures, fruit d’un long travail franco-",
        "allemand : 4,5-",
        "5 GW de puissance, selon le porte-",
        "parole, pour Saint-",
        "Nazaire. La question se pose-t-",
        "elle ? Le centre-ville sera relié au centre-",
        "ville voisin, et l’infor-",
        "matique suivra dès l’an prochain pour tous.",
    ]

    assert article(in_lines(lines)).text == (
        "Le porte-parole du groupe a présenté les nouvelles infrastructures, fruit d’un long travail franco-allemand : "
        "4,5-5 GW de puissance, selon le porte-parole, pour Saint-Nazaire. La question se pose-t-elle ? Le "
        "centre-ville sera relié au centre-ville voisin, et l’informatique suivra dès l’an prochain pour tous."
    )


def test_tables_become_sentences_beside_running_text() -> None:
    rows = [
        ["Site", "Puissance (GW)", "Coût (Md€)"],
        ["Saint-Nazaire", "1,2", "8,5"],
        ["Dunkerque", "0,8", "5,1"],
        ["Fos-sur-Mer", "2,5", "16,4"],
    ]

    assert paragraphs(laid_out([pdf.text(CONTRACT), pdf.table(rows), pdf.text(DELIVERY)])) == [
        CONTRACT,
        "Saint-Nazaire (Site)\u00a0: Puissance\u00a0: 1,2 GW\u00a0; Coût\u00a0: 8,5 Md€.",
        "Dunkerque (Site)\u00a0: Puissance\u00a0: 0,8 GW\u00a0; Coût\u00a0: 5,1 Md€.",
        "Fos-sur-Mer (Site)\u00a0: Puissance\u00a0: 2,5 GW\u00a0; Coût\u00a0: 16,4 Md€.",
        DELIVERY,
    ]


def test_small_tables_and_cells_of_several_lines_are_read_as_rows() -> None:
    small = [["Site", "Puissance (GW)", "Mise en service"], ["Saint-Nazaire", "1,2", "2027"]]
    tall = [
        ["Critère", "Voltéria", "Remarque"],
        ["Siège", "Lyon", "Le siège est conservé\njusqu’à la fin de 2026."],
        ["Salariés", "1 200", "Au 31 décembre 2024."],
        ["Sites", "12", "En Europe."],
    ]

    assert paragraphs(laid_out([pdf.text(CONTRACT), pdf.table(small), pdf.text(DELIVERY), pdf.table(tall)])) == [
        CONTRACT,
        "Saint-Nazaire (Site)\u00a0: Puissance\u00a0: 1,2 GW\u00a0; Mise en service\u00a0: 2027.",
        DELIVERY,
        "Siège\u00a0: Voltéria\u00a0: Lyon\u00a0; Remarque\u00a0: Le siège est conservé jusqu’à la fin de 2026.",
        "Salariés\u00a0: Voltéria\u00a0: 1 200\u00a0; Remarque\u00a0: Au 31 décembre 2024.",
        "Sites\u00a0: Voltéria\u00a0: 12\u00a0; Remarque\u00a0: En Europe.",
    ]


def test_a_table_in_a_column_leaves_the_columns_their_order() -> None:
    rows = [["Site", "Puissance (GW)"], ["Dunkerque", "0,8"], ["Fos-sur-Mer", "2,5"], ["Brest", "1,1"]]
    story = [pdf.text(CONTRACT), pdf.text(DELIVERY)] * 7 + [pdf.table(rows), pdf.text(CONTRACT), pdf.text(SITE)]

    read = paragraphs(laid_out(story, columns=2))

    assert read[-5:] == [
        "Dunkerque (Site)\u00a0: Puissance\u00a0: 0,8 GW.",
        "Fos-sur-Mer (Site)\u00a0: Puissance\u00a0: 2,5 GW.",
        "Brest (Site)\u00a0: Puissance\u00a0: 1,1 GW.",
        CONTRACT,
        SITE,
    ]
    assert " ".join(read[:-5]) == " ".join([CONTRACT, DELIVERY] * 7)


def test_addresses_go_on_over_line_ends() -> None:
    lines = ["Le rapport se trouve sur https://www.", "helianthe.example/rapport-", "annuel et ailleurs."]

    assert paragraphs(in_lines(lines)) == [
        "Le rapport se trouve sur https://www.helianthe.example/rapport-annuel et ailleurs."
    ]


def test_lists_keep_their_items_and_contents_with_leaders_are_left_out() -> None:
    lines = [
        "Sommaire",
        "1 Introduction 3",
        "2 Chiffres 12",
        "Introduction . . . . . . . . . . . . . . . . . . 3",
        "Chiffres ........................... 7",
        "Les étapes du chantier sont les suivantes :",
        "• le terrassement, qui durera plusieurs mois dans la région,",
        "et le drainage ;",
        "• le raccordement.",
    ]

    assert paragraphs(in_lines(lines)) == [
        "Les étapes du chantier sont les suivantes :",
        "- le terrassement, qui durera plusieurs mois dans la région, et le drainage ;",
        "- le raccordement.",
    ]


def test_raised_numbers_are_powers_or_calls_of_notes_and_ligatures_are_letters() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(pdf.embedded_font(), 10)
        canvas.drawString(50, 700, "L’eﬃcacité du site de 40 000 m")
        after = 50 + canvas.stringWidth("L’eﬃcacité du site de 40 000 m")
        canvas.setFont("Embedded", 6)
        canvas.drawString(after, 704, "2")
        canvas.setFont("Embedded", 10)
        canvas.drawString(after + 4, 700, " est conﬁrmée par le groupe")
        after += 4 + canvas.stringWidth(" est conﬁrmée par le groupe")
        canvas.setFont("Embedded", 6)
        canvas.drawString(after, 704, "12")
        canvas.setFont("Embedded", 10)
        canvas.drawString(after + 8, 700, ".")

    assert paragraphs(pdf.drawn(draw)) == ["L’efficacité du site de 40 000 m² est confirmée par le groupe."]


def test_what_the_file_says_of_itself_counts_unless_a_program_made_it_up() -> None:
    story = [pdf.title("Voltéria signe avec Hélianthe"), pdf.text(CONTRACT)]
    said = article(laid_out(story, title="Le contrat de l’année", author="Claire Morel"))
    made_up = article(laid_out(story, title="Microsoft Word - contrat_v3.docx", author="Administrateur"))
    nothing = article(laid_out([pdf.text(CONTRACT)], title="untitled"), "dossier/mon_contrat.pdf")

    assert (said.title, said.title_basis, said.author) == ("Le contrat de l’année", Basis.METADATA, "Claire Morel")
    assert said.text.startswith("## Voltéria signe avec Hélianthe\n\n")
    assert (made_up.title, made_up.title_basis, made_up.author) == ("Voltéria signe avec Hélianthe", Basis.TEXT, None)
    assert (nothing.title, nothing.title_basis) == ("mon_contrat", Basis.FILE_NAME)


def test_a_stated_date_counts_more_than_when_the_file_was_made() -> None:
    stated = article(laid_out([pdf.title("Un titre"), pdf.text("Lyon, le 12 juin 2025"), pdf.text(CONTRACT)]))
    made = article(on_one_page(SHOWN, trailer=b"/Info<</CreationDate(D:20250614093000+02'00')>>"))
    never = article(on_one_page(SHOWN, trailer=b"/Info<</CreationDate(D:20251399)/Title 3/Author[1 2]>>"))

    assert (stated.published, stated.published_basis) == ("2025-06-12", Basis.TEXT)
    assert (made.published, made.published_basis) == ("2025-06-14", Basis.METADATA)
    assert (never.published, never.published_basis, never.author) == (None, Basis.UNKNOWN, None)


def test_what_was_given_counts_most() -> None:
    made = article(
        laid_out([pdf.title("Un titre"), pdf.text(CONTRACT)]),
        title="Donné",
        language="en",
        published="2024",
        author="X",
    )

    assert (made.title, made.language, made.published, made.author) == ("Donné", "en", "2024", "X")
    assert made.title_basis is made.published_basis is Basis.MODERATOR
    assert made.text.startswith("## Un titre\n\n")


def test_what_a_page_marks_as_no_part_of_its_text_is_left_out() -> None:
    number = b"/Artifact <</Type/Pagination>> BDC BT /F 12 Tf 50 750 Td (Confidential draft) Tj ET EMC "

    assert article(on_one_page(number + SHOWN)).text == SAID
    assert article(on_one_page(number)).text == "Confidential draft"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_like_any_other(degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(degrees)
        for number, line in enumerate(("Le contrat porte sur 4,5 GW", "de puissance.")):
            canvas.drawString(-100, 100 - 14 * number, line)

    assert paragraphs(pdf.drawn(draw)) == ["Le contrat porte sur 4,5 GW de puissance."]


def test_a_file_that_other_programs_wrote_again_reads_the_same() -> None:
    data = laid_out([pdf.heading("Partie 1"), pdf.text(CONTRACT), pdf.text(DELIVERY)], columns=2)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.compress_identical_objects()
    file = BytesIO()
    writer.write(file)

    assert article(file.getvalue()).text == article(data).text

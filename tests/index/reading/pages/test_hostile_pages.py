"""Pages made to harm whoever reads them end soon: as their article, or as one sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadInput
from index.reading.document import Caution, Document
from index.reading.reader import read
from tests.index.reading.pages.written_page import ARTICLE, SENTENCES, TEXT, TITLE, page, read_page, text_of

JSON_LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p " + " ".join(f'a{number}="1"' for number in range(200_000)) + "></p>", ""),
        ("<p title='" + "x" * 1_000_000 + "'></p>", ""),
        ("<img src='data:image/png;base64," + "A" * 1_000_000 + "'>", ""),
        ("<" * 200_000, ""),
        ("&amp;" * 100_000, ""),
        ("<svg>" + "<path d='M0 0'/>" * 50_000 + "</svg>", ""),
        ("<form>" * 2_000, ""),
        ("<blockquote>" * 1_500, ""),
        ("<h1>x</h1>" * 2_000, ""),
        ("<table><tr>" + "<td colspan=999999999999 rowspan=100000>1</td>" * 500 + "</tr></table>", ""),
        ("<script>" + "<p " * 100_000 + "</script>", ""),
        ("<style>" + ".a{" * 100_000 + "</style>", ""),
        ("", "<style>" + ".a,.b{color:red}" * 10_000 + "</style>"),
        ("", "<style>" + "@media x{" * 50_000 + "</style>"),
        ("", JSON_LD.format("[" * 100_000)),
        ("", JSON_LD.format('{"a":' * 100_000)),
        (
            "",
            JSON_LD.format(
                '{"@type":"NewsArticle","headline":{"a":1},"author":[[["x"]],{"name":[1]},5],"datePublished":[1]}'
            ),
        ),
        ("", JSON_LD.format('{"@type":[[]],"publisher":[],"isAccessibleForFree":{}}') * 100),
        ("", "<meta name=author content='" + "a, " * 100_000 + "'>"),
        ("", "<title>" + "Titre - " * 10_000 + "</title>"),
    ],
)
def test_an_article_among_hostile_markup_is_read(body: str, head: str) -> None:
    first, rest = ARTICLE.split("</p>", 1)
    text = text_of(f"<article>{first}</p>{rest}{body}</article>", f"<title>{TITLE}</title>{head}")
    assert text.startswith(TEXT)


@pytest.mark.parametrize(
    ("body", "is_cut"),
    [
        (f"<p>{SENTENCES[0]} {'Un mot de plus. ' * 60_000}</p>", False),
        (f"<p>{SENTENCES[0]} {'9' * 500_000}</p>", False),
        (f"<p>{SENTENCES[0]} " + "<span>mot </span>" * 50_000 + "</p>", True),
        (ARTICLE + "<table>" + "<tr><td>Site</td><td>3 MW</td></tr>" * 6_000 + "</table>", True),
        (ARTICLE + "<ul><li>x " * 2_000, True),
        (f"<article>{ARTICLE}</article>" + "<div>" * 100_000, True),
        (f"<pre>{SENTENCES[0]}\n\n" + "a b c\n" * 20_000 + "</pre>", False),
    ],
)
def test_a_very_long_page_is_read_as_far_as_it_goes(body: str, is_cut: bool) -> None:  # noqa: FBT001
    reading = read_page(body)
    assert reading.article.text.startswith(SENTENCES[0])
    assert (Caution.CUT in reading.cautions) is is_cut


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + ARTICLE,
        "<b>" * 5_000 + ARTICLE,
        "<table><tr><td>" * 3_000 + ARTICLE,
        "<!--" * 100_000 + ARTICLE,
        "x" * 500_000,
    ],
)
def test_a_page_whose_text_cannot_be_reached_is_refused(body: str) -> None:
    with pytest.raises(BadInput, match=r"^usine\.html.*no article text was found.*\.$"):
        read_page(body)


@pytest.mark.parametrize(
    "declaration",
    ["<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "<!DOCTYPE html SYSTEM 'http://127.0.0.1:9/x.dtd'>"],
)
def test_a_page_takes_nothing_in_from_elsewhere(declaration: str) -> None:
    markup = f"{declaration}<html><head><title>x</title></head><body>{ARTICLE}<p>Le mot est &x; ici.</p></body></html>"
    text = read(Document(markup.encode(), "x.html", "text/html")).article.text
    assert text.startswith(TEXT)
    assert "root:" not in text


def test_control_characters_in_a_page_are_left_out() -> None:
    document = page(f"<article>{ARTICLE}<p>Un con\x00trat de\x07 4,\x1e5 GW, dit\x7f la so\u0085ciété.</p></article>")
    assert "Un contrat de 4,5 GW" in read(document).article.text


@given(st.text(st.sampled_from("<>/!=\"'& \n;-apdivtble1éx[]{}#\u00a0\u200b"), max_size=120), st.integers(0, 3))
@settings(deadline=None, max_examples=80)
def test_any_markup_is_read_or_refused(markup: str, place: int) -> None:
    parts = ["<html><head>", "</head><body>", "<article>", "</article></body></html>"]
    parts[place] += markup
    try:
        reading = read(Document("".join((*parts[:3], ARTICLE, parts[3])).encode(), "x.html", "text/html"))
    except BadInput as refused:
        assert str(refused).startswith("x.html")  # noqa: PT017 - either is right
    else:
        assert reading.article.title.strip()

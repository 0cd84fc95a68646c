"""A file becomes an article: what was given counts, then what its front matter says, then what its text shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadInput
from index.model import Article, Basis
from index.reading.article import read

BODY = "OpenAI a loué 4,5 GW de puissance de calcul à Oracle. Le contrat vaut 30 milliards de dollars par an.\n"


def markdown(matter: str, body: str = BODY) -> Article:
    return read(f"---\n{matter}\n---\n{body}".encode(), "note.md")


def refusal(matter: str, body: str = BODY) -> str:
    with pytest.raises(BadInput) as refused:
        markdown(matter, body)
    message = str(refused.value)
    assert message.startswith("note.md")
    assert message.endswith(".")
    assert "\n" not in message
    assert "Value error" not in message
    return message


def test_front_matter_fills_the_article() -> None:
    article = markdown(
        'title: "Oracle : 4,5 GW"\npublisher: DCD\ncredit: "vía: DCD"\nurl: https://example.org/a\n'
        "language: en\npublished: 2024-06\npublished_basis: estimate\ntitle_basis: editor"
    )
    assert article == Article(
        text=BODY,
        title="Oracle : 4,5 GW",
        title_basis=Basis.EDITOR,
        language="en",
        publisher="DCD",
        credit="vía: DCD",
        url="https://example.org/a",
        published="2024-06",
        published_basis=Basis.ESTIMATE,
        markdown=True,
    )


def test_a_title_and_a_date_from_front_matter_are_metadata() -> None:
    article = markdown("title: Oracle\npublished: 2024-06-12")
    assert (article.title_basis, article.published_basis) == (Basis.METADATA, Basis.METADATA)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2024", "2024"),
        ("2024-06", "2024-06"),
        ("2024-06-12", "2024-06-12"),
        ('"2024-06-12"', "2024-06-12"),
        ("2024-06-12 10:30:00", "2024-06-12"),
        ("2024-06-12T23:30:00-05:00", "2024-06-12"),
        ("2024-06-12T23:30:00Z", "2024-06-12"),
        ("2024-06-12 # estimated", "2024-06-12"),
        ("", None),
        ("~", None),
        ("null", None),
    ],
)
def test_a_date_is_read_as_it_is_written(written: str, published: str | None) -> None:
    assert markdown(f"published: {written}").published == published


@pytest.mark.parametrize("written", ["2024", "12:30", "1_000", "007", "yes", "no", "3.10", "2024-06-12", "1e3", "0x1F"])
def test_a_title_is_text_whatever_yaml_would_make_of_it(written: str) -> None:
    assert markdown(f"title: {written}").title == written


def test_other_names_for_the_fields_are_understood() -> None:
    article = markdown("date: 2024-06-12\nlang: en\nsource: DCD")
    assert (article.published, article.language, article.publisher) == ("2024-06-12", "en", "DCD")


def test_unknown_fields_are_ignored() -> None:
    article = markdown("editor: Alice\ntags: [a, b]\nnested: {a: 1}\ntext: Another\nmarkdown: no\n1: x\ntitle: Oracle")
    assert article == markdown("title: Oracle")


def test_empty_front_matter_says_nothing() -> None:
    assert read(f"---\n---\n{BODY}".encode(), "note.md") == read(BODY.encode(), "note.md")
    assert markdown("# only a comment") == read(BODY.encode(), "note.md")


def test_front_matter_counts_in_a_plain_text_too() -> None:
    article = read(f"---\ntitle: Oracle\n---\n{BODY}".encode(), "note.txt")
    assert (article.title, article.text, article.markdown) == ("Oracle", BODY, False)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "body", ["\n# A\n\ntext\n", "text", "text  \n\n---\nmore\n---\n", " \ttext\r\r\n", "x\u2028y\x0cz"]
)
def test_the_text_is_kept_byte_for_byte(end: str, body: str) -> None:
    body = body.replace("\n", end)
    for mark in ("", "\ufeff"):
        for padding in ("", " ", "\t "):
            data = f"{mark}---{padding}{end}title: Oracle{end}---{padding}{end}{body}".encode()
            article = read(data, "note.md")
            assert article.title == "Oracle"
            assert article.text == body


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
@settings(deadline=None, max_examples=60)
def test_any_text_is_kept_byte_for_byte(text: str) -> None:
    assert markdown("title: Oracle", text + "a").text == text + "a"
    assert read(f"a{text}".encode(), "note.md").text == f"a{text}"


def test_a_crlf_file_is_read() -> None:
    article = read(b"---\r\ntitle: Oracle\r\npublished: 2024-06\r\n---\r\n# Titre\r\n\r\nTexte.\r\n", "note.md")
    assert (article.title, article.published) == ("Oracle", "2024-06")
    assert article.text == "# Titre\r\n\r\nTexte.\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "Un texte.\n\n---\ntitle: non\n---\n\nLa suite.\n",
        "\n---\ntitle: non\n---\nLa suite.\n",
        "----\ntitle: non\n----\nLa suite.\n",
        "--- \ntitle: non, sans fin\nLa suite.\n",
        "---\ntitle: non\n ---\nLa suite.\n",
        "---\ntitle: non\n---x\nLa suite.\n",
        "--- title: non\n---\nLa suite.\n",
    ],
)
def test_a_rule_that_is_no_front_matter_is_text(text: str) -> None:
    article = read(text.encode(), "note.md")
    assert article.text == text
    assert article.title != "non"


def test_a_second_rule_ends_the_front_matter_and_a_third_is_text() -> None:
    assert (
        markdown("title: Oracle", f"{BODY}---\ntitle: Microsoft\n---\n").text == f"{BODY}---\ntitle: Microsoft\n---\n"
    )


@pytest.mark.parametrize(
    ("matter", "line"),
    [
        ("title: Oracle: the deal", 2),
        ("title: a\npublisher: 'unclosed\nlanguage: fr", 5),
        ("title: a\n\tpublisher: b", 3),
        ("title: a\nurl: [b", 4),
        ("title: a\nurl: *missing", 3),
        ("? [a]\n: b", 2),
    ],
)
def test_malformed_front_matter_is_refused_with_its_line(matter: str, line: int) -> None:
    assert f"not valid YAML at its line {line}." in refusal(matter)


def test_control_characters_in_front_matter_are_refused() -> None:
    assert "not valid YAML" in refusal("title: a\x07b")


@pytest.mark.parametrize("matter", ["just words", "- a\n- b", "null", "[title, Oracle]", "42"])
def test_front_matter_without_fields_is_refused(matter: str) -> None:
    assert "not a list of `field: value` lines" in refusal(matter)


@pytest.mark.parametrize(
    ("matter", "field"),
    [
        ("published: soon", "published"),
        ("published: 2024-13", "published"),
        ("published: 2024-06-31", "published"),
        ("published: 12/06/2024", "published"),
        ("date: 24-06-12", "published"),
        ("published: 2024-6-1", "published"),
        ("published: 0000", "published"),
        ("published: [2024]", "published"),
        ("language: de", "language"),
        ("lang: French", "language"),
        ("title: [a, b]", "title"),
        ("title: {a: b}", "title"),
        (f"title: {'x' * 301}", "title"),
        ("url: {a: b}", "url"),
        ("title_basis: rumour", "title_basis"),
        ("published_basis: rumour", "published_basis"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_field(matter: str, field: str) -> None:
    assert f"note.md: {field} is not right: " in refusal(matter)


def test_front_matter_that_grows_without_end_is_refused() -> None:
    bomb = "a: &a0 [x, x]\n" + "".join(f"b{i}: &a{i + 1} [*a{i}, *a{i}]\n" for i in range(60))
    assert markdown(bomb).title == "note"
    assert "title is not right" in refusal(bomb + "title: *a60")
    refusal("a: " + "[" * 10_000)
    assert "more than 20000 characters" in refusal("a: b\n" * 10_000)


def test_tags_of_yaml_make_nothing_but_text() -> None:
    assert markdown("title: !!python/name:os.system Oracle").title == "Oracle"
    assert "title is not right" in refusal("title: !!python/object/apply:os.system ['echo']")


def test_a_file_with_nothing_after_its_front_matter_is_refused() -> None:
    for body in ("", "\n \t\n", "***\n"):
        assert "empty" in refusal("title: Oracle", body)


def test_what_was_given_counts_more_than_the_front_matter_and_that_more_than_the_text() -> None:
    text = f"# Le titre du texte\n\n{BODY}".encode()
    stated = b"---\ntitle: Le titre de l'en-tete\nlanguage: en\npublished: 2023\npublished_basis: text\n---\n" + text
    given = {"title": "Le titre donné", "published": "2022-02", "language": "fr", "publisher": None}
    assert read(text, "note.md").title == "Le titre du texte"
    assert read(stated, "note.md").title == "Le titre de l'en-tete"
    article = read(stated, "note.md", given)
    assert (article.title, article.title_basis) == ("Le titre donné", Basis.MODERATOR)
    assert (article.published, article.published_basis) == ("2022-02", Basis.MODERATOR)
    assert article.language == "fr"
    assert article.publisher is None


def test_what_was_not_given_is_left_to_the_front_matter() -> None:
    given = {"title": None, "published": None, "url": "https://example.org"}
    article = read(f"---\ntitle: Oracle\npublished: 2023\n---\n{BODY}".encode(), "note.md", given)
    assert (article.title, article.published, article.url) == ("Oracle", "2023", "https://example.org")
    assert article.title_basis == article.published_basis == Basis.METADATA


def test_a_wrong_given_value_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^note\.md: published is not right: expected a date such as 2024, .*\.$"):
        read(BODY.encode(), "note.md", {"published": "demain"})


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Le contrat\n\nTexte.", "Le contrat"),
        ("\n\n  ## Le contrat ##\nTexte.", "Le contrat"),
        ("\u00a0\n\ufeff# Le contrat", "note"),
        ("\u00a0\n# Le contrat", "Le contrat"),
        ("Le contrat d'Oracle\n\nTexte.", "Le contrat d'Oracle"),
        ("Que dit Oracle ?\n\nTexte.", "Que dit Oracle ?"),
        ("Le contrat\r\n\r\nTexte.\r\n", "Le contrat"),
        ("Une phrase.\n\nTexte.", "note"),
        ("Le contrat :\n\nTexte.", "note"),
        ("Une ligne\nqui continue.", "note"),
        ("Une seule ligne", "note"),
        ("x" * 151 + "\n\nTexte.", "note"),
        ("#NoHeading\nTexte.", "note"),
        ("####### Sept\nTexte.", "note"),
        ("# #\nTexte.", "note"),
    ],
)
def test_the_title_line_is_found(text: str, title: str) -> None:
    article = read(text.encode(), "note.md")
    assert article.title == title
    assert article.title_basis == (Basis.FILE_NAME if title == "note" else Basis.TEXT)
    assert article.text == text


def test_a_heading_is_only_a_heading_in_markdown() -> None:
    assert read(b"# Le contrat\nTexte.", "note.txt").title == "note"
    assert read(b"# Le contrat\nTexte.", "note.markdown").title == "Le contrat"


def test_a_title_from_the_file_or_the_text_fits_an_article() -> None:
    assert len(read(BODY.encode(), "x" * 400 + ".txt").title) == 300
    assert len(read(f"# {'x' * 400}\n\n{BODY}".encode(), "note.md").title) == 300


@pytest.mark.parametrize("unit", [" ", "#", "# ", "\t", "a", "\n", "---\n"])
def test_a_hostile_first_line_is_read(unit: str) -> None:
    text = f"# a{unit * 300_000}b"
    assert read(text.encode(), "note.md").text == text
    read(f"{unit * 300_000}b".encode(), "note.md")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (" date 2024-06 OpenAI, Microsoft et Oracle s'unissent.", "2024-06"),
        ("Date 2024-06-12\nOpenAI s'unit.", "2024-06-12"),
        ("date 2024 : OpenAI s'unit.", "2024"),
        ("date 2024-13 OpenAI s'unit.", None),
        ("date 2024-06-31 OpenAI s'unit.", None),
        ("date 0000 OpenAI s'unit.", None),
        ("date ٢٠٢٤ OpenAI s'unit.", None),
        ("date 20245 OpenAI s'unit.", None),
        ("La date 2024-06 est connue.", None),
        ("En 2024, OpenAI s'unit.", None),
    ],
)
def test_a_dateline_tells_when(text: str, published: str | None) -> None:
    article = read(text.encode(), "note.txt")
    assert article.published == published
    assert article.published_basis == (Basis.UNKNOWN if published is None else Basis.TEXT)
    assert article.text == text


def test_front_matter_counts_more_than_the_dateline() -> None:
    article = markdown("published: 2023", "date 2024-06 OpenAI s'unit.")
    assert (article.published, article.published_basis) == ("2023", Basis.METADATA)


def test_the_language_is_told_from_the_text() -> None:
    assert read(BODY.encode(), "note.md").language == "fr"
    assert read(b"OpenAI has rented 4.5 GW of power from Oracle.", "note.md").language == "en"


@pytest.mark.parametrize("name", ["note.pdf", "note", ".md", "note.md.exe", "a/b/note.docx"])
def test_a_file_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match=r"cannot be read here; use one of \.txt, \.md, \.markdown\.$"):
        read(BODY.encode(), name)


@pytest.mark.parametrize("name", ["note.TXT", "note.Md", "note.MARKDOWN", "a/b/note.md"])
def test_the_kind_is_told_by_the_ending_in_any_case(name: str) -> None:
    assert read(BODY.encode(), name).title == "note"


@given(st.binary(max_size=60), st.sampled_from(["", "---\n", "---\ntitle: a\n---\n"]))
@settings(deadline=None, max_examples=60)
def test_any_file_is_read_or_refused(data: bytes, start: str) -> None:
    try:
        article = read(start.encode() + data, "note.md")
    except BadInput:
        return
    assert article.title.strip()
    assert article.text

"""What the library refuses is told in the reader's language: every sentence of its code, and its values as they are."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from pydantic import ValidationError

import bot
import index
from bot.meanings import metric_name
from bot.refusals import told
from bot.translation import translator
from index.errors import BadInput, NotFound, Phrase, SourcierError
from index.figures.kinds import Metric
from index.model import Article
from index.reading import kinds
from index.reading.apart import read_apart
from index.reading.article import read_text
from index.reading.document import Document
from index.reading.fetching import media
from index.reading.fetching.links import check
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused
from index.reading.reader import read
from index.reading.text import refuse_too_large
from index.refusal import Refusal

LIBRARY, FACES = Path(index.__file__).parent, Path(bot.__file__).parent
PLACES = [
    *sorted(LIBRARY.joinpath("reading").rglob("*.py")),
    *sorted(LIBRARY.joinpath("moderating").rglob("*.py")),
    *(LIBRARY / name for name in ("library.py", "known.py", "memory.py", "retention.py", "language/own_entries.py")),
    *sorted(FACES.joinpath("moderation").rglob("*.py")),
]
ERRORS = {kind.__name__ for kind in (BadInput, NotFound)}
CONTENT = re.compile(r"an? [^.].*")
FIELDS = ("title", "published", "publisher", "author", "url", "language")
FAULTS = {
    # What pydantic and the standard library say of an article's fields, and the ledger of a corrected figure.
    "String should have at most 300 characters",
    "String should have at least 1 character",
    "Input should be 'fr' or 'en'",
    "expected a date such as 2024, 2024-06 or 2024-06-12",
    "month must be in 1..12",
    "day is out of range for month",
    "an annual value is per year",
}
FRENCH, ENGLISH = translator("fr"), translator("en")


class Raised(NamedTuple):
    """An error that some code raises: its sentence (None: not known from the code alone) and the names it fills."""

    place: str
    sentence: str | None
    names: frozenset[str]


def _constants(tree: ast.Module) -> dict[str, str]:
    """Return the texts that have a name, wherever in a module."""
    texts = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                texts[name] = text
    return texts


def _sentences(argument: ast.expr, known: dict[str, str]) -> Iterator[str | None]:
    """Yield what may be said: a text, the name of one, one of two; None for anything else."""
    if isinstance(argument, ast.IfExp):
        yield from _sentences(argument.body, known)
        yield from _sentences(argument.orelse, known)
    elif isinstance(argument, ast.Name):
        yield known.get(argument.id)
    else:
        yield argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _is_spoken(argument: ast.expr) -> bool:
    """Tell whether a face says it in the reader's language already: ``speaker.text(...)``."""
    return isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "text"


def _raised() -> list[Raised]:
    found = []
    for path in PLACES:
        tree = ast.parse(path.read_text())
        known = _constants(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in ERRORS and not _is_spoken(call.args[0]):
                names = frozenset(keyword.arg or "**" for keyword in call.keywords)
                place = f"{path.name}:{call.lineno}"
                found += [Raised(place, sentence, names) for sentence in _sentences(call.args[0], known)]
    return found


def _phrases() -> set[str]:
    """Return the words that fill a name and are translated."""
    measured = {metric_name(metric, ENGLISH) for metric in Metric}  # as a form has them to choose from
    said = {"80 and 443", "the article", "article", *FIELDS, *FAULTS, *measured}
    for path in PLACES:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id="Phrase"), args=[ast.Constant(value=str(words))]):
                    said.add(words)
    for module in (kinds, media):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CONTENT.fullmatch(node.value):
                said.add(node.value)
    return said


def _catalog() -> Catalog:
    text = files("bot").joinpath("catalogs", "refusals.fr.po").read_bytes()
    return read_po(BytesIO(text), locale="fr", abort_invalid=True)


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_refusal_is_a_sentence_with_names_that_its_values_fill() -> None:
    raised = _raised()
    assert len(raised) > 80
    assert [error.place for error in raised if error.sentence is None] == []
    unlike = [error for error in raised if error.sentence is not None and _names(error.sentence) != error.names]
    assert unlike == []


def test_the_french_catalog_has_every_refusal_and_no_other() -> None:
    wanted = {error.sentence for error in _raised()} | {reason.value for reason in Reason} | _phrases()
    assert {message.id for message in _catalog() if message.id} == wanted


def test_every_entry_is_finished_and_set_as_french_is() -> None:
    catalog = _catalog()
    assert not catalog.obsolete
    for message in (message for message in catalog if message.id):
        english, french = str(message.id), str(message.string)
        assert french, english
        assert not message.fuzzy, english
        assert _names(french) == _names(english), english
        assert {form for _, _, form, _ in Formatter().parse(french)} <= {"", None}, french
        assert not re.search(r" [:;?!»]|« |'", french), french


@pytest.mark.parametrize(
    ("error", "french", "english"),
    [
        (
            NotFound("There is no source called “{source}” here.", source="{0.__class__} **x** {source}"),
            "Il n’y a pas ici de source nommée «\u00a0{0.__class__} **x** {source}\u00a0».",
            "There is no source called “{0.__class__} **x** {source}” here.",
        ),
        (
            BadInput(
                "“{title}” is too long: {size:,} characters, and the limit here is {limit:,}.",
                title="title",
                size=45_678,
                limit=1_000,
            ),
            "«\u00a0title\u00a0» est trop long\u00a0: 45\u202f678 caractères, pour une limite ici de 1\u202f000.",
            "“title” is too long: 45,678 characters, and the limit here is 1,000.",
        ),
        (
            Refused(Reason.PORT, ports=Phrase("80 and 443")),
            "Le lien demande un port inhabituel\u00a0; seuls 80 et 443 peuvent être lus.",
            "The link asks for an unusual port; only 80 and 443 can be read.",
        ),
        (BadInput("Donnez-lui un titre {title}."), "Donnez-lui un titre {title}.", "Donnez-lui un titre {title}."),
        (
            BadInput("There is no live source called “{source}” here."),
            "Il n’y a pas ici de source en service nommée «\u00a0{source}\u00a0».",
            "There is no live source called “{source}” here.",
        ),
        (BadInput("{name} is odd.", name="{name}"), "{name} is odd.", "{name} is odd."),
        (SourcierError(), "", ""),
    ],
)
def test_an_error_is_told_in_the_language_of_its_reader(error: SourcierError, french: str, english: str) -> None:
    assert told(error, FRENCH) == french
    assert told(error, ENGLISH) == english


def _refused_documents() -> Iterator[SourcierError]:
    unread = (
        Document(b"", "a.pdf"),
        Document(b"\x89PNG\r\n\x1a\n" + bytes(40), "a.pdf"),
        Document(b"Ceci est un texte.", "a.pdf"),
        Document(bytes(range(256)) * 9, "a.txt"),
        Document(b"Ceci est un texte.", "a.bin", "image/x-odd"),
        Document(b"PK\x03\x04" + bytes(90), "a.docx"),
        Document(b"%PDF-1.7 nothing", "a.pdf"),
        Document(b"<html><body><script>x</script></body></html>", "a.html"),
        Document(b"---\ndate: 2024-x\n---\nUn texte.", "a.md"),
        Document(b"---\ntitle: [a]\n---\nUn texte.", "a.md"),
        Document(b"---\na: {\n---\nUn texte.", "a.md"),
    )
    for document in unread:
        with pytest.raises(BadInput) as refused:
            read(document)
        yield refused.value
    with pytest.raises(BadInput) as refused:
        read(Document(b"Un texte.", "a.txt"), {"url": "ftp://x"})
    yield refused.value
    for given in ({"title": "x" * 301}, {"title": ""}, {"published": "2024-6"}, {"language": "de"}):
        with pytest.raises(BadInput) as refused:
            read_text("Un texte.", "a.txt", given, markdown=False)
        yield refused.value


def _refused_links() -> Iterator[SourcierError]:
    for link in (
        "",
        "a b",
        "example.org",
        "ftp://example.org",
        "https://x@y.org",
        "https://10.0.0.1",
        "https://a.org:1",
    ):
        with pytest.raises(Refused) as refused:
            check(link, Policy())
        yield refused.value


def test_what_is_refused_in_earnest_is_told_in_french_alone() -> None:
    with pytest.raises(BadInput) as large:
        refuse_too_large(12_345_678, "a.txt")
    assert told(large.value, FRENCH) == "a.txt est trop volumineux\u00a0: 12,3 Mo, pour une limite de 10 Mo."
    assert str(large.value) == "a.txt is too large: 12.3 MB, and the limit is 10 MB."
    for error in (*_refused_documents(), *_refused_links()):
        french = told(error, FRENCH)
        assert french != str(error), error
        assert not re.search(r"\b(?:is|the|and|or|it|be|not|an|expected|should|must)\b", french), french


async def test_a_refusal_of_the_reading_process_is_told_in_french_too() -> None:
    document = Document(b"\x7fELF" + bytes(100), "{name}.txt")
    with pytest.raises(BadInput) as refused:
        await read_apart(document)
    assert str(refused.value).startswith("{name}.txt is a program, which cannot be read here; ")
    assert told(refused.value, FRENCH) == (
        "{name}.txt est un programme, ce qui ne peut pas être lu ici\u00a0; on peut lire un texte (.txt), du Markdown "
        "(.md), une page web (.html), un PDF (.pdf) ou un document Word (.docx)."
    )


def test_a_refusal_that_is_kept_comes_back_as_it_was() -> None:
    error = Refused(Reason.NO_SCHEME, guess="https://{x}\ud800.org")
    for refused in (error, BadInput("{n:,} {f} {p}", n=1_000, f=1.5, p=Phrase("a film")), BadInput("Plain {text}.")):
        kept = Refusal.model_validate_json(Refusal.of(refused).model_dump_json())
        assert str(kept) == str(refused).replace("\ud800", "?")
        assert told(kept.error(), FRENCH) == told(refused, FRENCH).replace("\ud800", "?")
    assert len(str(Refusal.of(BadInput("x" * 9_999)))) == 1_500
    assert len(str(Refusal.of(BadInput("{name}", name="x" * 9_999)))) == 300


@pytest.mark.parametrize(
    "said",
    [
        "There is no link.",
        {"sentence": ""},
        {"sentence": "x" * 1_501},
        {"sentence": "{name:>999999999}", "values": {"name": "x"}},
        {"sentence": "{name:{width}}", "values": {"name": "x", "width": 9}},
        {"sentence": "{name.__class__}", "values": {"name": "x"}},
        {"sentence": "{name[0]}", "values": {"name": "x"}},
        {"sentence": "{name!r}", "values": {"name": "x"}},
        {"sentence": "{name:,}", "values": {"name": "x"}},
        {"sentence": "{name:,}", "values": {"name": 5}, "phrases": ["name"]},
        {"sentence": "{other}", "values": {"name": "x"}},
        {"sentence": "{}", "values": {"name": "x"}},
        {"sentence": "{name", "values": {"name": "x"}},
        {"sentence": "{name}", "values": {"name": ["x"]}},
        {"sentence": "{name}", "values": {"name": "x" * 301}},
        {"sentence": "{name}", "values": {"name": 10**16}},
        {"sentence": "{name}", "values": {"name": float("inf")}},
        {"sentence": "{name}" * 9, "values": {"name": "x" * 300}},
        {"sentence": "{__class__}", "values": {"__class__": "x"}},
        {"sentence": "x", "values": {chr(97 + n): n for n in range(11)}},
        {"sentence": "x", "more": 1},
    ],
)
def test_a_refusal_from_elsewhere_is_bounded_and_names_its_values_alone(said: object) -> None:
    with pytest.raises(ValidationError):
        Refusal.model_validate(said)


def test_what_is_said_of_an_articles_fields_is_what_the_catalog_expects() -> None:
    assert set(FIELDS) <= set(Article.model_fields)

"""Cards say what a source says and what is only estimated; nothing on them steers a terminal or hides."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import describe, lay_out, printable, refusal, surround
from bot.translation import translator
from index.library import Library
from index.model import Answer, Basis, Citation, Language, Passage, Quote, Reason, Source, Verdict
from tests.bot.figures import made_source

TEXT = "Une phrase avant. La phrase citée. Une phrase après."
SENTENCE = "La phrase citée."


def _source(**known: object) -> Source:
    return made_source(**{"published": None, "published_basis": Basis.UNKNOWN, "words": 8} | known)


def _passage(text: str = TEXT, start: int = 100, key: int = 7) -> Passage:
    return Passage(
        key=key,
        source="an-article",
        version=1,
        ordinal=key,
        heading="Titre",
        text=text,
        start=start,
        end=start + len(text),
    )


def _citation(
    quote: str = SENTENCE, *, shift: int = 0, text: str = TEXT, source: Source | None = None, rank: int = 1
) -> Citation:
    start = 100 + text.index(quote) + shift
    highlight = Quote(quote=quote, start=start, end=start + len(quote))
    return Citation(rank=rank, score=1.0, source=source or _source(), passage=_passage(text), highlight=highlight)


def _answer(
    *citations: Citation,
    reason: Reason = Reason.COVERED,
    missing: tuple[str, ...] = (),
    language: Language = "fr",
) -> Answer:
    return Answer(
        question="Qui ?",
        language=language,
        verdict=Verdict.ANSWERED if reason is Reason.COVERED else Verdict.UNANSWERED,
        reason=reason,
        missing=missing,
        citations=citations,
        took_ms=1.0,
    )


def test_an_answered_question_has_its_quotes_and_no_refusal() -> None:
    card = lay_out(_answer(_citation(), _citation("Une phrase après.", rank=2)))
    assert card.refusal is None
    assert card.nearest is None
    assert [(quote.number, quote.sentence) for quote in card.quotes] == [(1, SENTENCE), (2, "Une phrase après.")]


def test_a_quote_stands_between_what_its_passage_has_around_it() -> None:
    quote = lay_out(_answer(_citation())).quotes[0]
    assert quote.before + quote.sentence + quote.after == TEXT
    assert (quote.before, quote.after) == ("Une phrase avant. ", " Une phrase après.")


@pytest.mark.parametrize("shift", [-200, -101, -1, 1, 200])
def test_a_quote_that_is_not_at_its_offsets_is_left_out(shift: int) -> None:
    card = lay_out(_answer(_citation(shift=shift), _citation("Une phrase après.", rank=2)))
    assert [quote.number for quote in card.quotes] == [2]


def test_an_answer_whose_quotes_all_left_is_a_refusal() -> None:
    card = lay_out(_answer(_citation(shift=1), language="en"))
    assert card.refusal == "What was found no longer fits its sources, so it is not shown."
    assert not card.quotes
    assert card.nearest is None


@pytest.mark.parametrize(
    ("reason", "missing", "language", "said"),
    [
        (Reason.UNKNOWN_NAME, ("Google",), "fr", "Aucune source ne mentionne «\u00a0Google\u00a0»."),
        (Reason.UNKNOWN_NAME, ("Google", "IBM"), "en", "No source mentions “Google” or “IBM”."),
        (
            Reason.NOT_COVERED,
            ("zorglub", "2035"),
            "fr",
            "Les sources n’y répondent pas\u00a0: aucune ne mentionne «\u00a0zorglub\u00a0» ou «\u00a02035\u00a0».",
        ),
        (Reason.NOT_COVERED, ("2035",), "en", "The sources do not answer this: none mentions “2035”."),
        (Reason.NOT_COVERED, (), "fr", "Les sources n’y répondent pas."),
        (Reason.NOT_COVERED, (), "en", "The sources do not answer this."),
        (
            Reason.NOT_STATED,
            ("paie",),
            "fr",
            "Les sources parlent de ce que vous nommez, mais aucune ne dit ce que vous demandez.",
        ),
        (Reason.NOT_STATED, (), "en", "The sources speak of what you name, but none states what you ask."),
        (Reason.NOTHING_FOUND, ("xyzzy",), "en", "No source mentions “xyzzy”."),
        (Reason.NOTHING_FOUND, (), "en", "The sources say nothing about this."),
        (Reason.NO_WORDS, (), "en", "There is no word to look for in this: please ask about something."),
    ],
)
def test_a_refusal_says_why_in_the_language_of_the_question(
    reason: Reason, missing: tuple[str, ...], language: Language, said: str
) -> None:
    answer = _answer(_citation(), reason=reason, missing=missing, language=language)
    assert refusal(answer) == said
    card = lay_out(answer)
    assert card.refusal == said
    assert not card.quotes
    assert card.nearest is not None
    assert card.nearest.sentence == SENTENCE


@pytest.mark.parametrize(
    ("reason", "french", "english"),
    [
        (Reason.NO_QUANTITY, "ne donne un tel chiffre", "gives such a figure"),
        (Reason.NO_DATE, "ne donne de date", "gives a date"),
        (Reason.NO_NAME, "ne nomme de personne ni d’entreprise", "names a person or a firm"),
        (Reason.NO_PLACE, "ne nomme de lieu", "names a place"),
        (Reason.NO_REASON, "ne donne de raison", "gives a reason"),
        (Reason.NO_DEFINITION, "ne dit ce que c’est", "says what it is"),
        (Reason.NO_LIST, "n’énumère ce que vous demandez", "lists what you ask for"),
    ],
)
def test_a_refusal_says_which_kind_of_thing_is_not_there(reason: Reason, french: str, english: str) -> None:
    said = refusal(_answer(_citation(), reason=reason, missing=("paie",), language="fr"))
    assert said == f"Les sources en parlent, mais aucune phrase trouvée {french}."
    said = refusal(_answer(_citation(), reason=reason, missing=("paie",), language="en"))
    assert said == f"The sources speak of this, but no sentence found {english}."


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_ways_to_fall_short_are_told_alike(language: Language) -> None:
    reasons = [reason for reason in Reason if reason.falls_short]
    assert len({refusal(_answer(reason=reason, language=language)) for reason in reasons}) == len(reasons)


def test_a_refusal_names_few_and_short_words_and_nothing_that_steers() -> None:
    missing = ("x" * 5000, "\x1b[2Jy", *(f"z{i}" for i in range(100)))
    said = refusal(_answer(reason=Reason.UNKNOWN_NAME, missing=missing)) or ""
    assert len(said) < 150
    assert "\x1b" not in said


def test_an_estimated_date_is_shown_as_an_estimate() -> None:
    source = _source(published="2025-07", published_basis=Basis.ESTIMATE)
    french, english = (describe(source, translator(language)) for language in ("fr", "en"))
    assert (french.date, french.date_note) == ("vers juillet 2025", "estimation de l’éditeur")
    assert (english.date, english.date_note) == ("about July 2025", "editor’s estimate")


def test_an_estimated_day_takes_its_article_in_french() -> None:
    source = _source(published="2025-07-02", published_basis=Basis.ESTIMATE)
    assert describe(source, translator("fr")).date == "vers le 2 juillet 2025"


@pytest.mark.parametrize("basis", [Basis.TEXT, Basis.METADATA, Basis.MODERATOR])
def test_a_known_date_is_shown_as_it_is(basis: Basis) -> None:
    card = describe(_source(published="2024-06", published_basis=basis), translator("fr"))
    assert (card.date, card.date_note) == ("juin 2024", "")


def test_a_title_says_when_it_is_not_the_texts_own() -> None:
    notes = {basis: describe(_source(title_basis=basis), translator("en")).title_note for basis in Basis}
    assert notes.pop(Basis.EDITOR) == "editor’s title"
    assert notes.pop(Basis.FILE_NAME) == "file name"
    assert not any(notes.values())


def test_the_origin_is_the_publisher_else_the_credit() -> None:
    speaker = translator("fr")
    assert describe(_source(publisher="P", credit="C"), speaker).origin == "P"
    assert describe(_source(credit="C"), speaker).origin == "C"
    assert describe(_source(), speaker).origin == ""


async def test_the_seeds_estimates_and_titles_are_marked(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        cards = {source.id: describe(source, translator("en")) for source in await library.sources()}
    assert {name for name, card in cards.items() if card.date_note} == cards.keys() - {"azure-on-oracle"}
    assert {name for name, card in cards.items() if card.title_note} == cards.keys() - {"oracle-4-5-gw"}
    assert cards["openai-beyond-microsoft"].origin == "vía: DCD"


def test_a_quote_is_shown_among_its_neighbours_as_they_are_stored_now() -> None:
    citation = _citation()
    before = _passage("Un voisin.", start=80, key=6)
    card = surround(citation, [before, citation.passage], translator("fr"))
    assert card is not None
    assert [(stretch.before, stretch.sentence) for stretch in card.stretches] == [
        ("Un voisin.", ""),
        ("Une phrase avant. ", SENTENCE),
    ]


def test_a_quote_that_the_store_no_longer_has_gets_no_context() -> None:
    citation = _citation()
    changed = _passage(TEXT.replace("citée", "autre"))
    assert surround(citation, [changed], translator("fr")) is None
    assert surround(citation, [], translator("fr")) is None


def test_every_text_of_a_card_is_printable() -> None:
    nasty = "a\x1b[31mb\u202ec\nd"
    source = _source(title=nasty, publisher=nasty, credit=nasty, url=nasty, id=nasty, added_by=nasty)
    text = f"{nasty}. {SENTENCE}"
    citation = _citation(text=text, source=source)
    answer = _answer(citation).model_copy(update={"question": nasty, "understood": nasty})
    card = lay_out(answer)
    quote = card.quotes[0]
    one_line = "a␛[31mbc d"
    shown = quote.source
    assert {card.question, shown.title, shown.publisher, shown.credit, shown.url, shown.id, shown.added_by} == {
        one_line
    }
    assert quote.before == "a␛[31mbc\nd. "
    assert card.understood == f"compris comme : {one_line}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x07", "␛[2J␇"),
        ("\x9b31m", "\ufffd31m"),
        ("\x7f\x00", "␡␀"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("pay\u200bpal\ufeff\u2066", "paypal"),
        ("x\U000e0041\U000e007f", "x"),
        ("\udcff", "\ufffd"),
        ("30\u00a0milliards, 4,5\u202fGW « é »", "30\u00a0milliards, 4,5\u202fGW « é »"),
        ("مرحبا 🙂", "مرحبا 🙂"),
    ],
)
def test_what_steers_or_hides_is_made_visible_or_removed(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_folding_makes_one_line() -> None:
    assert printable(" a \n\n b\u2029c ", fold=True) == "a b c"


@given(st.text(st.characters()), st.booleans())
def test_printable_text_has_no_controls_and_stays_as_it_is(text: str, fold: bool) -> None:  # noqa: FBT001
    shown = printable(text, fold=fold)
    kinds = {unicodedata.category(sign) for sign in shown if fold or sign != "\n"}
    assert kinds.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert not {unicodedata.bidirectional(sign) for sign in shown} & set("LRE RLE LRO RLO PDF LRI RLI FSI PDI".split())
    assert printable(shown, fold=fold) == shown
    shown.encode()

"""Answers and sources as neutral cards: every text ready to be shown, in the asker's language.

A face decides where the parts of a card stand and escapes its own markup; what a card holds has been through
``printable``, so that no character in it steers a terminal or a client.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.deals.figures import FigureCard, lay_out_figure, stated
from bot.deals.remarks import Side, remark, said_by
from bot.printable import printable
from bot.translation import Translator, translator
from index.model import Answer, Basis, Citation, Figure, Language, Passage, Quote, Reason, Source, State, Verdict

__all__ = [
    "AnswerCard",
    "ContextCard",
    "QuoteCard",
    "SourceCard",
    "StretchCard",
    "describe",
    "fits",
    "lay_out",
    "printable",
    "published",
    "refusal",
    "space_name",
    "surround",
]

_MOST_WORDS = 5  # words that a refusal names
_LONGEST_WORD = 40


class SourceCard(NamedTuple):
    """A source. ``title_note`` and ``date_note`` say, where it is so, that an editor wrote or estimated them.

    ``origin`` is the publisher, else the credit that the text gives; texts that are not known are empty.
    """

    id: str
    title: str
    title_note: str
    origin: str
    publisher: str
    credit: str
    date: str
    date_note: str
    language: Language
    url: str
    state: State
    passages: int
    words: int
    version: int
    added: str
    added_by: str


class QuoteCard(NamedTuple):
    """A quoted sentence between what its passage has around it. ``number``: what the asker types.

    The date of its source says where the sentence is older than another one of the answer.
    """

    number: int
    before: str
    sentence: str
    after: str
    heading: str
    source: SourceCard


class AnswerCard(NamedTuple):
    """An answer, or why there is none: ``refusal`` is one sentence, and only then.

    ``figures``, the best first, refer to the quotes that prove them by their numbers. An unanswered question has no
    quotes, at most the ``nearest`` one, which is not an answer. ``understood`` says how a question was understood that
    follows another; else it is empty.
    """

    question: str
    understood: str
    language: Language
    refusal: str | None
    quotes: tuple[QuoteCard, ...]
    nearest: QuoteCard | None
    figures: tuple[FigureCard, ...] = ()


class StretchCard(NamedTuple):
    """A passage around a quote; in the quote's neighbours ``sentence`` is empty and ``before`` is all."""

    heading: str
    before: str
    sentence: str
    after: str


class ContextCard(NamedTuple):
    """A quote's passage with its neighbours, in reading order."""

    source: SourceCard
    stretches: tuple[StretchCard, ...]


def lay_out(answer: Answer) -> AnswerCard:
    """Return an answer's card in the question's language, without quotes that do not fit their passage."""
    speaker = translator(answer.language)
    quotes = tuple(_quote(citation, speaker) for citation in answer.citations if fits(citation))
    reason = refusal(answer)
    figures = () if reason else tuple(_figures(answer, speaker))
    if reason is None and not quotes:
        reason = speaker.text("What was found no longer fits its sources, so it is not shown.")
    return AnswerCard(
        question=printable(answer.question, fold=True),
        understood=_understood(answer, speaker),
        language=answer.language,
        refusal=reason,
        quotes=() if reason else quotes,
        nearest=quotes[0] if reason and quotes else None,
        figures=figures,
    )


def _understood(answer: Answer, speaker: Translator) -> str:
    if answer.understood is None:
        return ""
    return speaker.text("understood as: {question}", question=printable(answer.understood, fold=True))


def _figures(answer: Answer, speaker: Translator) -> Iterator[FigureCard]:
    """Yield the figures of an answer whose quotes stand among its citations, all operands' where computed."""
    cited = [citation for citation in answer.citations if fits(citation)]
    older = {each.rank: _age(each.source, speaker) for each in cited if each.older and each.source.published}
    shown: list[tuple[Figure, list[int]]] = []
    for figure in answer.figures:
        proofs = [next((each.rank for each in cited if _proves(each, proof)), None) for proof in stated(figure)]
        numbers = [number for number in proofs if number is not None]
        if numbers and len(numbers) == len(proofs):
            shown.append((figure, numbers))
    sides = {figure.id: Side(said_by(figure, speaker), tuple(dict.fromkeys(numbers))) for figure, numbers in shown}
    remarks = remark(answer.relations, sides, speaker)
    for figure, numbers in shown:
        superseded = figure.id in remarks.superseded
        said = remarks.of(figure.id)
        if older.keys() >= set(numbers) and not superseded:
            said = (*said, older[numbers[0]])
        yield lay_out_figure(figure, numbers, speaker, remarks=said, superseded=superseded)


def _proves(citation: Citation, figure: Figure) -> bool:
    """Tell whether the sentence that a citation quotes has the number of a figure in it."""
    quote, text = citation.highlight, figure.text
    if citation.source.id != figure.source.id or citation.source.version != figure.source.version:
        return False
    return quote.start <= text.start and text.end <= quote.end


def describe(source: Source, speaker: Translator) -> SourceCard:
    """Return a source's card."""
    publisher, credit = (printable(text or "", fold=True) for text in (source.publisher, source.credit))
    notes = {
        Basis.EDITOR: speaker.text("editor’s title"),
        Basis.FILE_NAME: speaker.text("file name"),
    }
    return SourceCard(
        id=printable(source.id, fold=True),
        title=printable(source.title, fold=True),
        title_note=notes.get(source.title_basis, ""),
        origin=publisher or credit,
        publisher=publisher,
        credit=credit,
        date=published(source.published, source.published_basis, speaker),
        date_note=speaker.text("editor’s estimate") if source.published_basis is Basis.ESTIMATE else "",
        language=source.language,
        url=printable(source.url or "", fold=True),
        state=source.state,
        passages=source.passages,
        words=source.words,
        version=source.version,
        added=speaker.date(source.added_at.date().isoformat()),
        added_by=printable(source.added_by, fold=True),
    )


def published(date: str | None, basis: Basis, speaker: Translator) -> str:
    """Return a partial date in words, an estimated one as approximate; empty where none is known."""
    if date is None:
        return ""
    words = speaker.date(date)
    if basis is not Basis.ESTIMATE:
        return words
    to_the_day = date.count("-") > 1
    return speaker.text("about the {day}", day=words) if to_the_day else speaker.text("about {date}", date=words)


def surround(citation: Citation, passages: Sequence[Passage], speaker: Translator) -> ContextCard | None:
    """Return a quote among ``passages``, as they are stored now; ``None`` where it is not there any more."""
    key = citation.passage.key
    if not any(passage.key == key and _holds(passage, citation.highlight) for passage in passages):
        return None
    stretches = (
        _stretch(passage, citation.highlight)
        if passage.key == key
        else StretchCard(printable(passage.heading, fold=True), printable(passage.text), "", "")
        for passage in passages
    )
    return ContextCard(describe(citation.source, speaker), tuple(stretches))


def fits(citation: Citation) -> bool:
    """Tell whether a quote stands word for word at its offsets in its passage."""
    return _holds(citation.passage, citation.highlight)


def _holds(passage: Passage, quote: Quote) -> bool:
    if not passage.start <= quote.start < quote.end <= passage.end:
        return False
    return passage.text[quote.start - passage.start : quote.end - passage.start] == quote.quote


def _stretch(passage: Passage, quote: Quote) -> StretchCard:
    start, end = quote.start - passage.start, quote.end - passage.start
    return StretchCard(
        heading=printable(passage.heading, fold=True),
        before=printable(passage.text[:start]),
        sentence=printable(passage.text[start:end]),
        after=printable(passage.text[end:]),
    )


def _age(source: Source, speaker: Translator) -> str:
    """Return the date of what is quoted beside something newer."""
    return speaker.text("older: {date}", date=published(source.published, source.published_basis, speaker))


def _quote(citation: Citation, speaker: Translator) -> QuoteCard:
    stretch = _stretch(citation.passage, citation.highlight)
    source = describe(citation.source, speaker)
    if citation.older and source.date:
        source = source._replace(date=_age(citation.source, speaker))
    return QuoteCard(
        number=citation.rank,
        before=stretch.before,
        sentence=stretch.sentence,
        after=stretch.after,
        heading=stretch.heading,
        source=source,
    )


def refusal(answer: Answer) -> str | None:
    """Return why a question is not answered, as a sentence in its language; nothing where it is answered."""
    if answer.verdict is Verdict.ANSWERED:
        return None
    speaker = translator(answer.language)
    words = [speaker.quoted(_shortened(word)) for word in answer.missing[:_MOST_WORDS]]
    if answer.reason in {Reason.UNKNOWN_NAME, Reason.NOTHING_FOUND} and words:
        return speaker.text("No source mentions {words}.", words=speaker.alternatives(words))
    if answer.reason is Reason.NO_WORDS:
        return speaker.text("There is no word to look for in this: please ask about something.")
    if answer.reason is Reason.NOTHING_FOUND:
        return speaker.text("The sources say nothing about this.")
    if answer.reason is Reason.NOT_COVERED and words:
        return speaker.text("The sources do not answer this: none mentions {words}.", words=speaker.alternatives(words))
    return _shortfalls(speaker).get(answer.reason) or speaker.text("The sources do not answer this.")


def _shortfalls(speaker: Translator) -> Mapping[Reason, str]:
    """Return what is said where the sources speak of what a question names and still do not answer it."""
    return {
        Reason.NOT_STATED: speaker.text("The sources speak of what you name, but none states what you ask."),
        Reason.NO_QUANTITY: speaker.text("The sources speak of this, but no sentence found gives such a figure."),
        Reason.NO_DATE: speaker.text("The sources speak of this, but no sentence found gives a date."),
        Reason.NO_NAME: speaker.text("The sources speak of this, but no sentence found names a person or a firm."),
        Reason.NO_PLACE: speaker.text("The sources speak of this, but no sentence found names a place."),
        Reason.NO_REASON: speaker.text("The sources speak of this, but no sentence found gives a reason."),
        Reason.NO_DEFINITION: speaker.text("The sources speak of this, but no sentence found says what it is."),
        Reason.NO_LIST: speaker.text("The sources speak of this, but no sentence found lists what you ask for."),
    }


def _shortened(word: str) -> str:
    word = printable(word, fold=True)
    return word if len(word) <= _LONGEST_WORD else f"{word[:_LONGEST_WORD]}…"


def space_name(space: str, speaker: Translator) -> str:
    """Return what it is called to seek a word in one of the ranking's term spaces."""
    names = {
        "stem": speaker.text("stem"),
        "prefix": speaker.text("beginning"),
        "exact": speaker.text("exact form"),
        "phrase": speaker.text("whole term"),
    }
    return names.get(space, printable(space, fold=True))

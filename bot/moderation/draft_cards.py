"""A draft as a neutral card: what was read, how it is known, what to look at, all in words of a language."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from math import floor
from typing import NamedTuple

from bot.cards import SourceCard, describe, printable
from bot.deals.figures import lay_out_figure
from bot.translation import Translator
from index.figures.deals import Deal
from index.figures.kinds import Metric, Review
from index.model import Basis, Figure, Language, Source, State
from index.moderating.model import Alike, Draft, Likeness
from index.reading.document import Caution, Kind

_TITLE = 100  # characters of another source's title
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)


class DraftFigure(NamedTuple):
    """A figure that was found: its value, what it measures, and the names of the deals that it would join.

    ``review`` says how it stands; empty where it waits for somebody to look at it.
    """

    value: str
    metric: str
    deals: tuple[str, ...]
    review: str


class DraftCard(NamedTuple):
    """What is shown of a draft before it lives. Texts that there are none of are empty.

    ``facts``: what is known of it, by names; ``replaces``: the title of the source whose next version it is, which may
    have been ``removed`` meanwhile. ``figures``: the most telling first, those of deals, then values, then dates;
    nobody has looked at ``waiting`` of them. ``by``: a person's id, or who else made it; ``mark``: the draft's.
    """

    id: str
    mark: str
    title: str
    title_note: str
    facts: tuple[tuple[str, str], ...]
    replaces: str
    removed: bool
    opening: str
    cautions: tuple[str, ...]
    likenesses: tuple[str, ...]
    figures: tuple[DraftFigure, ...]
    waiting: int
    language: Language
    by: str
    until: datetime


def lay_out_draft(draft: Draft, deals: Iterable[Deal], speaker: Translator) -> DraftCard:
    """Return a draft's card. ``deals``: all that its figures may belong to."""
    names = {deal.id: deal.name.fr if speaker.language == "fr" else deal.name.en for deal in deals}
    card = describe(draft.source, speaker)
    return DraftCard(
        id=draft.id,
        mark=draft.mark,
        title=card.title,
        title_note=card.title_note,
        facts=tuple((name, value) for name, value in _facts(draft, card, speaker) if value),
        replaces="" if draft.replaces is None else printable(draft.replaces.title, fold=True),
        removed=draft.replaces is not None and draft.replaces.state is State.REMOVED,
        opening=_opening(draft),
        cautions=tuple(caution_words(caution, speaker) for caution in draft.cautions),
        likenesses=(
            *(twin_words(twin, speaker) for twin in draft.twins[:1]),
            *(likeness_words(alike, speaker) for alike in draft.alike),
        ),
        figures=tuple(_figure(figure, names, speaker) for figure in sorted(draft.figures, key=_rank)),
        waiting=sum(figure.review is Review.EXTRACTED for figure in draft.figures),
        language=draft.source.language,
        by=printable(draft.by, fold=True),
        until=draft.until,
    )


def basis_note(basis: Basis, speaker: Translator) -> str:
    """Return how a date is known; empty where none is."""
    return {
        Basis.TEXT: speaker.text("as the text says"),
        Basis.METADATA: speaker.text("as its metadata says"),
        Basis.MODERATOR: speaker.text("as a moderator says"),
        Basis.EDITOR: speaker.text("as an editor says"),
        Basis.ESTIMATE: speaker.text("editor’s estimate"),
        Basis.FILE_NAME: speaker.text("file name"),
        Basis.UNKNOWN: "",
    }[basis]


def caution_words(caution: Caution, speaker: Translator) -> str:
    """Return what a moderator had better look at, as a sentence."""
    return {
        Caution.PAYWALL: speaker.text("It speaks of a subscription: the rest of the article may be missing."),
        Caution.COOKIES: speaker.text("It speaks of cookies more than of anything else: this may not be the article."),
        Caution.ODD_CHARACTERS: speaker.text("It has many odd characters: it may not read as it looks."),
        Caution.CUT: speaker.text("It is longer than what I read of it: its end is missing."),
        Caution.SHORT: speaker.text("It is very short."),
        Caution.UNDATED: speaker.text("No date was found in it."),
        Caution.FUTURE: speaker.text("Its date lies in the future."),
        Caution.OTHER_LANGUAGE: speaker.text(
            "It is in another language than the sources here, or in one that I do not read."
        ),
    }[caution]


def likeness_words(alike: Alike, speaker: Translator) -> str:
    """Return in what way a draft is like a source that is here, as a sentence that names it."""
    title = speaker.quoted(_short(alike.source.title))
    share = speaker.number(floor(alike.share * 100))
    return {
        Likeness.SAME_TEXT: speaker.text("Exactly this text is here already: {title}.", title=title),
        Likeness.SAME_ADDRESS: speaker.text("A page with this address is here already: {title}.", title=title),
        Likeness.NEARLY: speaker.text(
            "{share}% of its text is here already, which it may correct: {title}.", share=share, title=title
        ),
        Likeness.TRANSLATION: speaker.text(
            "{share}% of its figures are here already in another language, it may be a translation: {title}.",
            share=share,
            title=title,
        ),
    }[alike.likeness]


def twin_words(twin: Source, speaker: Translator) -> str:
    """Return that another draft has the text of one, as a sentence that names it."""
    return speaker.text(
        "A draft with exactly this text waits here already: {title}.", title=speaker.quoted(_short(twin.title))
    )


def kind_name(kind: Kind, speaker: Translator) -> str:
    """Return what kind of document something was read from."""
    return {
        Kind.TEXT: speaker.text("text"),
        Kind.MARKDOWN: "Markdown",
        Kind.HTML: speaker.text("web page"),
        Kind.PDF: "PDF",
        Kind.DOCX: speaker.text("Word document"),
    }[kind]


def replaceable(draft: Draft, shelf: str) -> Source | None:
    """Return the live source of the shelf itself whose next version a draft may be: the one that it is likest."""
    near = {Likeness.SAME_ADDRESS, Likeness.NEARLY}
    own = (alike.source for alike in draft.alike if alike.likeness in near and alike.source.shelf == shelf)
    return None if draft.replaces is not None else next(own, None)


def _facts(draft: Draft, card: SourceCard, speaker: Translator) -> tuple[tuple[str, str], ...]:
    note = basis_note(draft.source.published_basis, speaker)
    dated = f"{card.date} ({note})" if card.date and note else card.date
    extent = speaker.text(
        "{words} in {passages}",
        words=speaker.plural("{count} word", "{count} words", card.words),
        passages=speaker.plural("{count} passage", "{count} passages", card.passages),
    )
    return (
        (speaker.text("Published"), dated or speaker.text("undated")),
        (speaker.text("Publisher"), card.publisher),
        (speaker.text("Author"), printable(draft.source.author or "", fold=True)),
        (speaker.text("Credit"), card.credit),
        (speaker.text("Language"), speaker.language_name(card.language)),
        (speaker.text("Kind"), kind_name(draft.kind, speaker)),
        (speaker.text("Length"), extent),
        (speaker.text("Address"), card.url),
    )


def _opening(draft: Draft) -> str:
    """Return how a text begins, after the line of its title and without the marks of headings."""
    text = _HEADING.sub("", printable(draft.opening).strip())
    first, _, rest = text.partition("\n")
    return rest.strip() if first.strip() == printable(draft.source.title, fold=True) else text


def _rank(figure: Figure) -> tuple[bool, bool]:
    return not figure.deals, figure.metric is Metric.DATE


def _figure(figure: Figure, names: Mapping[str, str], speaker: Translator) -> DraftFigure:
    card = lay_out_figure(figure, (), speaker)
    reviews = {Review.APPROVED: speaker.text("approved"), Review.REJECTED: speaker.text("rejected")}
    return DraftFigure(
        value=card.value,
        metric=card.metric,
        deals=tuple(printable(names.get(deal, deal), fold=True) for deal in figure.deals),
        review=reviews.get(figure.review, ""),
    )


def _short(title: str) -> str:
    line = printable(title, fold=True)
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1].rstrip()}…"

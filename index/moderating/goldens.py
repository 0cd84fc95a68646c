"""Golden questions: what the right answer comes from, held against a shelf as it is and as a draft would make it."""

import asyncio
import time
from typing import NamedTuple

from sqlalchemy import RowMapping

from index import asking, moment
from index.begun import Begun
from index.candidates import Candidates
from index.errors import BadInput, NotFound
from index.figures.ledger import Ledger
from index.figures.quantities import quantities
from index.language.dictionary import Lexicon
from index.ledgers import Ledgers
from index.lexicons import Lexicons
from index.model import Answer, Citation, Figure, Noun, State, Verdict, visible
from index.moderating.model import Act
from index.moderating.verbatim import count_words, find_words, longest_run, same_words
from index.precedence import Precedence
from index.ranking.postings import Postings
from index.rankings import Rankings
from index.reading.cleaning import clean_line
from index.store import acts, drafts, learning, quoting, sources
from index.store.database import Database
from index.worker import Worker

MOST = 200
"""Golden questions of a shelf."""

LONGEST_QUESTION = 500
"""Characters."""

LONGEST_SENTENCE = 2_000
"""Characters."""

_LONGEST_FIGURE = 100
_LONGEST_NAME = 80  # characters that an error repeats
_FEWEST_WORDS = 3  # of a sentence
_QUOTES = 3  # among which the right source and the right sentence are expected


class Golden(Noun):
    """A question, and the source that answers it or the figure that does (as written, such as ``4.5 GW``).

    ``sentence``: the very one that answers it, word for word as the text of the source has it.
    """

    question: str
    source: str | None = None
    figure: str | None = None
    sentence: str | None = None


class Held(NamedTuple):
    """A golden question held against a shelf: whether it is answered rightly now, and would be; ``got``: from what."""

    golden: Golden
    now: bool
    then: bool
    got: str

    @property
    def changes(self) -> bool:
        """Return whether approval would change it."""
        return self.now != self.then


class _Shelf(NamedTuple):
    """What answers: a ranker, a ledger and a lexicon."""

    ranker: Postings
    ledger: Ledger
    lexicon: Lexicon


class Goldens:
    """The golden questions of all shelves."""

    def __init__(
        self,
        store: Database,
        rankings: Rankings,
        ledgers: Ledgers,
        lexicons: Lexicons,
        begun: Begun,
        precedence: Precedence,
    ) -> None:
        self._store = store
        self._rankings = rankings
        self._ledgers = ledgers
        self._lexicons = lexicons
        self._begun = begun
        self._precedence = precedence
        self._worker = Worker("goldens")

    async def close(self) -> None:
        """Finish what has begun."""
        await self._worker.close()

    async def all(self, shelf: str) -> list[Golden]:
        """Return the golden questions of a shelf, the oldest first."""
        async with self._store.read() as connection:
            return [_golden(row) for row in await learning.goldens_of(connection, shelf)]

    async def add(self, golden: Golden, *, by: str, shelf: str) -> Golden:
        """Keep a golden question, in place of the same one; return it as it is kept.

        A sentence is kept as the text of its source has it, and the source with it. Raises ``BadInput`` where it cannot
        be held to anything or the sentence stands nowhere, ``NotFound`` where its source is not known here.
        """
        golden = Golden(
            question=clean_line(golden.question),
            source=golden.source or None,
            figure=clean_line(golden.figure or "") or None,
            sentence=clean_line(golden.sentence or "") or None,
        )
        if not golden.question or len(golden.question) > LONGEST_QUESTION:
            raise BadInput("A golden question has 1 to {most} characters.", most=LONGEST_QUESTION)
        if golden.source is None and golden.figure is None and golden.sentence is None:
            raise BadInput("A golden question needs the source that answers it, or the sentence or figure that does.")
        if golden.figure is not None and not _is_one_figure(golden.figure):
            raise BadInput(
                "“{figure}” is not one number with its unit, such as 4.5 GW.", figure=golden.figure[:_LONGEST_FIGURE]
            )
        if golden.sentence is not None:
            golden = await self._proven(golden, golden.sentence, shelf)
        await self._begun.through(self._add(golden, by, shelf))
        return golden

    async def drop(self, question: str, *, by: str, shelf: str) -> None:
        """Forget a golden question. Raises ``NotFound``."""
        await self._begun.through(self._drop(clean_line(question), by, shelf))

    async def hold(self, shelf: str, draft_id: str | None = None) -> list[Held]:
        """Hold the golden questions against a shelf, and against what a draft would make of it.

        Takes some milliseconds for each question. Raises ``NotFound`` where the draft waits no more.
        """
        goldens = await self.all(shelf)
        if not goldens:
            return []
        lexicon = await self._lexicons.of(shelf)
        now = _Shelf(await self._rankings.of(shelf), await self._ledgers.of(shelf), lexicon)
        then = now if draft_id is None else await self._with_draft(shelf, draft_id, lexicon)
        return await self._worker.do(self._hold, goldens, now, then)

    async def _proven(self, golden: Golden, said: str, shelf: str) -> Golden:
        """Return a golden question with its sentence as a live source has it, and with that source."""
        if count_words(said) < _FEWEST_WORDS or len(said) > LONGEST_SENTENCE:
            raise BadInput(
                "The sentence that answers has at least {least} words and at most {most:,} characters.",
                least=_FEWEST_WORDS,
                most=LONGEST_SENTENCE,
            )
        if golden.source is None:
            found = await asyncio.to_thread(self._search, said, shelf)
            if found is None:
                raise BadInput("This sentence does not stand word for word in any source here.")
            source, sentence = found
            return golden.model_copy(update={"source": source, "sentence": sentence})
        async with self._store.read() as connection:
            row = await sources.find(connection, visible(shelf), golden.source)
            if row is None or row["state"] != State.LIVE:
                raise _no_source(golden.source)
            text = await sources.find_text(connection, row["version_key"])
        standing = await asyncio.to_thread(find_words, text, said)
        if standing is None:
            raise BadInput("This sentence does not stand word for word in “{source}”.", source=row["title"])
        return golden.model_copy(update={"sentence": standing})

    def _search(self, said: str, shelf: str) -> tuple[str, str] | None:
        """Return the first live source that has some words, and the words as it has them."""
        with self._store.scan() as connection:
            for source, text in quoting.live_texts(connection, shelf, longest_run(said)):
                self._precedence.give_way()
                if (standing := find_words(text, said)) is not None:
                    return source, standing
        return None

    async def _with_draft(self, shelf: str, draft_id: str, lexicon: Lexicon) -> _Shelf:
        async with self._store.read() as connection:
            row = await drafts.find(connection, shelf, draft_id)
            if row is None:
                raise NotFound("This draft does not wait here any more.")
            standing = await sources.find_on(connection, shelf, row["id"])
        lost = standing["version_key"] if standing is not None and standing["state"] == State.LIVE else None
        version = row["version_key"]
        ranker = await self._rankings.tentative(shelf, version, lost)
        return _Shelf(ranker, await self._ledgers.tentative(shelf, version, lost), lexicon)

    def _hold(self, goldens: list[Golden], now: _Shelf, then: _Shelf) -> list[Held]:
        candidates = Candidates(self._store)
        held = []
        for golden in goldens:
            self._precedence.give_way()
            before = self._answer(golden, now, candidates)
            after = before if then is now else self._answer(golden, then, candidates)
            held.append(Held(golden, _is_right(golden, before), _is_right(golden, after), _told(after)))
        return held

    def _answer(self, golden: Golden, shelf: _Shelf, candidates: Candidates) -> Answer:
        ranker, ledger, lexicon = shelf
        return asking.answer(golden.question, ranker, candidates, ledger, lexicon, _QUOTES, time.perf_counter())

    async def _add(self, golden: Golden, by: str, shelf: str) -> None:
        at = moment.now()
        source, figure, sentence = golden.source or "", golden.figure or "", golden.sentence or ""
        async with self._rankings.changing:
            async with self._store.write() as connection:
                if source and await sources.find(connection, visible(shelf), source) is None:
                    raise _no_source(source)
                known = {row["question"]: row["sentence"] for row in await learning.goldens_of(connection, shelf)}
                if len(known) >= MOST and golden.question not in known:
                    raise BadInput(
                        "There are {most} golden questions here, which is the limit; drop one first.", most=MOST
                    )
                right = {"source": source, "figure": figure}
                await learning.put_golden(connection, shelf, golden.question, **right, sentence=sentence, at=at, by=by)
                await acts.record(connection, shelf, Act.GOLDEN_ADDED, golden.question, at=at, by=by, detail=right)
            if sentence or known.get(golden.question):
                self._ledgers.forget(shelf)

    async def _drop(self, question: str, by: str, shelf: str) -> None:
        async with self._rankings.changing:
            async with self._store.write() as connection:
                known = {row["question"]: row["sentence"] for row in await learning.goldens_of(connection, shelf)}
                if not await learning.drop_golden(connection, shelf, question):
                    raise NotFound("There is no such golden question here.")
                await acts.record(connection, shelf, Act.GOLDEN_DROPPED, question, at=moment.now(), by=by)
            if known[question]:
                self._ledgers.forget(shelf)


def _no_source(name: str) -> NotFound:
    return NotFound("There is no source called “{source}” here.", source=name[:_LONGEST_NAME])


def _golden(row: RowMapping) -> Golden:
    return Golden(
        question=row["question"],
        source=row["source"] or None,
        figure=row["figure"] or None,
        sentence=row["sentence"] or None,
    )


def _is_right(golden: Golden, answer: Answer) -> bool:
    """Tell whether an answer is given, from the source, with the sentence and with the figure that are right."""
    if answer.verdict is not Verdict.ANSWERED:
        return False
    quoted = any(_quotes(golden, cited) for cited in answer.citations[:_QUOTES])
    asked_for = golden.source is not None or golden.sentence is not None
    return (quoted or not asked_for) and (
        golden.figure is None or any(_is(golden.figure, each) for each in answer.figures)
    )


def _quotes(golden: Golden, cited: Citation) -> bool:
    """Tell whether a citation is from the right source, and what it highlights has the right sentence or is in it."""
    if golden.source is not None and golden.source != cited.source.id:
        return False
    return golden.sentence is None or same_words(cited.highlight.quote, golden.sentence)


def _is(written: str, figure: Figure) -> bool:
    """Tell whether a figure is the one that is written; what is not written, such as per what time, may be anything."""
    wanted = quantities(written)[0]
    if wanted.per is not None and wanted.per != figure.per:
        return False
    return (wanted.unit, wanted.value, wanted.low, wanted.high) == (figure.unit, figure.value, figure.low, figure.high)


def _is_one_figure(written: str) -> bool:
    return len(written) <= _LONGEST_FIGURE and len(quantities(written)) == 1


def _told(answer: Answer) -> str:
    """Return from which source an answer comes first; nothing where there is none."""
    if answer.verdict is not Verdict.ANSWERED or not answer.citations:
        return ""
    return answer.citations[0].source.id

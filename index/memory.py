"""What is remembered of asking: answers for a while, what people say of them, and what moderators chose.

An answer is kept by reference: its quotes are found again in their sources when it is recalled, so a source that was
removed since is quoted no more.
"""

import asyncio
import secrets
from collections.abc import Sequence

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from index import moment
from index.errors import NotFound
from index.figures.references import Reference, resolve
from index.ledgers import Ledgers
from index.model import Answer, Complaint, Figure, Kept, Relation, Report, Traces, Wish, visible
from index.store import answers, learning, preferences, sources
from index.store.database import Database

KEPT_DAYS = 30
"""How long answers are kept, and what a server left behind."""

_ID_BYTES = 12


class Memory:
    """What one data folder remembers. All that writes raises ``StoreUnavailable`` where only reading is allowed."""

    def __init__(self, store: Database, ledgers: Ledgers) -> None:
        self._store = store
        self._ledgers = ledgers
        self._waiting: list[answers.Row] = []
        self._next: asyncio.Task[dict[str, str]] | None = None  # the commit that takes in all who wait
        self._commits: set[asyncio.Task[dict[str, str]]] = set()
        self._committing = asyncio.Lock()

    async def keep(self, answer: Answer, *, shelf: str, by: str, origin: str) -> str:
        """Keep an answer, durably when this returns; return its id, which cannot be guessed.

        ``by``: who asked; ``origin``: what is answered. Where an answer to that is kept already, its id is returned
        and nothing else is kept. A question that follows another is kept whole. Those who keep at the same time share a
        commit.
        """
        self._waiting.append(
            answers.as_row(answer)
            | {
                "question": _storable(answer.whole_question),
                "id": secrets.token_urlsafe(_ID_BYTES),
                "origin": origin,
                "shelf": shelf,
                "asked_by": by,
                "asked_at": moment.now(),
            }
        )
        if self._next is None:
            self._next = asyncio.create_task(self._commit())
            self._commits.add(self._next)
            self._next.add_done_callback(self._commits.discard)
        return (await asyncio.shield(self._next))[origin]

    async def _commit(self) -> dict[str, str]:
        """Keep all answers that wait by the time that the commit before this one is through."""
        async with self._committing:
            rows, self._waiting, self._next = self._waiting, [], None
            async with self._store.write() as connection:
                return await answers.insert_all(connection, rows)

    async def answered(self, origin: str) -> bool:
        """Tell whether an answer with this origin is kept."""
        async with self._store.read() as connection:
            return await answers.has_origin(connection, origin)

    async def recall(self, answer_id: str, shelf: str) -> Kept:
        """Return an answer of this shelf, its quotes found again. Raises ``NotFound`` where it is not kept here."""
        async with self._store.read() as connection:
            row = await _find(connection, answer_id, shelf)
            cited = answers.cited_keys(row)
            quoted = await sources.quoted(connection, visible(shelf), cited)
        figures, relations = await self._figures(shelf, answers.references(row))
        answer = answers.as_answer(row, quoted, figures, relations)
        return Kept(
            id=row["id"],
            answer=answer,
            shelf=row["shelf"],
            asked_by=row["asked_by"],
            asked_at=moment.aware(row["asked_at"]),
            gone=len(cited) - len(answer.citations),
        )

    async def _figures(self, shelf: str, references: Sequence[Reference]) -> tuple[list[Figure], list[Relation]]:
        """Return those figures that the sources of a shelf still state, and how they stand to each other."""
        if not references:
            return [], []
        ledger = await self._ledgers.of(shelf)
        figures = [figure for reference in references if (figure := resolve(ledger, reference))]
        return figures, ledger.relations(figure.id for figure in figures)

    async def report(self, answer_id: str, shelf: str, *, by: str, complaint: Complaint, words: str = "") -> None:
        """Keep what a person says is wrong with an answer, in place of what they said of it before.

        Raises ``NotFound`` as ``recall`` does.
        """
        async with self._store.write() as connection:
            row = await _find(connection, answer_id, shelf)
            await answers.put_report(
                connection, row["key"], by=by, at=moment.now(), complaint=complaint, words=_storable(words)
            )

    async def reports(self, shelf: str) -> list[Report]:
        """Return what people said is wrong with this shelf's answers, the newest first."""
        async with self._store.read() as connection:
            return await answers.reports_on(connection, shelf)

    async def wish(self, answer_id: str, shelf: str, *, by: str) -> bool:
        """Keep that a person asks for a source that answers; False where they already did for this question.

        Raises ``NotFound`` as ``recall`` does.
        """
        async with self._store.write() as connection:
            row = await _find(connection, answer_id, shelf)
            return await answers.put_wish(connection, row, by=by, at=moment.now())

    async def wishes(self, shelf: str) -> list[Wish]:
        """Return the questions for which people ask a source, the newest first; spellings of one count as one."""
        async with self._store.read() as connection:
            return await answers.wishes_on(connection, shelf)

    async def preferences(self, shelf: str) -> dict[str, str]:
        """Return what this shelf's moderators chose; what is not there is left at its default."""
        async with self._store.read() as connection:
            return await preferences.of(connection, shelf)

    async def prefer(self, shelf: str, name: str, value: str | None) -> None:
        """Keep a moderators' choice; None: back to the default."""
        async with self._store.write() as connection:
            await preferences.put(connection, shelf, name, None if value is None else _storable(value), moment.now())

    async def traces(self, by: str) -> Traces:
        """Return all that is kept about a person."""
        async with self._store.read() as connection:
            return await answers.traces(connection, by)

    async def forget(self, by: str) -> Traces:
        """Delete all that is kept about a person, for good; return what it was.

        With their questions go the answers, and what others said of these.
        """
        async with self._store.write() as connection:
            found = await answers.traces(connection, by)
            await learning.forget(connection, by)
            await answers.forget(connection, by)
        if found != Traces():
            await self._store.wipe()
        return found

    async def close(self) -> None:
        """Let what was begun be kept."""
        await asyncio.gather(*self._commits, return_exceptions=True)


async def _find(connection: AsyncConnection, answer_id: str, shelf: str) -> RowMapping:
    row = await answers.find(connection, answer_id, shelf)
    if row is None:
        raise NotFound("This answer is no longer kept here.")
    return row


def _storable(text: str) -> str:
    """Return a text without the halves of characters that no database takes."""
    return text.encode("utf-8", "replace").decode()

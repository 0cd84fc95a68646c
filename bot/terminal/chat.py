"""The conversation: questions and a few commands, typed by a person or piped in."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from difflib import get_close_matches
from typing import TextIO

from bot.cards import QuoteCard, describe, lay_out, surround
from bot.deals.comparisons import lay_out_comparison
from bot.deals.dossiers import lay_out_dossier
from bot.deals.timelines import lay_out_timeline
from bot.examples import examples
from bot.printable import printable
from bot.refusals import told
from bot.terminal import deals, drawing
from bot.terminal.blocks import BLANK, Block, Ink, Table, line
from bot.terminal.lines import piped, typed
from bot.terminal.screen import Screen, hang_up
from bot.translation import preferred, translator
from index.answering.following import begins_as_following
from index.errors import BadInput, SourcierError
from index.library import Library
from index.model import SHARED, Answer, Citation, Language

PAGE = 3
"""Quotes that are shown at a time, or as many as prove the figures."""

_MOST_QUOTES = 12
_FARTHEST = 5  # passages on each side in ``:context``
_LONGEST_NUMBER = 3


async def chat(
    library: Library,
    *,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    shelf: str = SHARED,
    language: Language | None = None,
) -> None:
    """Converse until the end of input or ``:quit``.

    Where both streams are terminals, a person is greeted and types at the process's own terminal; else the
    lines of ``stdin`` are answered one by one. ``language`` is what is spoken before the first question
    (else what the environment asks for), then it is that of the last question. Ends quietly where the
    reader of ``stdout`` goes away.
    """
    stdin, stdout = stdin or sys.stdin, stdout or sys.stdout
    screen = Screen(stdout)
    by_hand = stdin.isatty() and stdout.isatty()
    conversation = Conversation(library, screen, shelf=shelf, language=language or preferred(), hints=by_hand)
    try:
        if by_hand:
            await conversation.greet()
            await talk(conversation, screen, typed())
        else:
            await _answer_each(conversation, screen, piped(stdin.buffer))
    except BrokenPipeError:
        hang_up(stdout)


async def talk(conversation: "Conversation", screen: Screen, lines: AsyncGenerator[str]) -> None:
    """Hear what a person types. Ctrl-C gives up what is being answered, not the conversation."""
    async with aclosing(lines):
        async for said in lines:
            if not said.strip():
                continue
            hearing = asyncio.create_task(conversation.hear(said))
            try:
                with _interrupting(hearing):
                    if not await hearing:
                        return
            except asyncio.CancelledError:
                here = asyncio.current_task()
                if not hearing.cancelled() or (here and here.cancelling()):
                    raise
            screen.show([BLANK])
    screen.show([BLANK])


async def _answer_each(conversation: "Conversation", screen: Screen, lines: AsyncGenerator[str]) -> None:
    """Answer piped lines, each below itself."""
    first = True
    async with aclosing(lines):
        async for said in lines:
            if not said.strip():
                continue
            screen.show([*([] if first else [BLANK]), *drawing.question(said)])
            first = False
            if not await conversation.hear(said):
                return


@contextmanager
def _interrupting(task: "asyncio.Task[bool]") -> Iterator[None]:
    """Let an interrupt of the process cancel a task, and nothing else."""
    loop = asyncio.get_running_loop()
    before = signal.signal(signal.SIGINT, lambda _number, _frame: loop.call_soon_threadsafe(task.cancel))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Conversation:
    """A person's questions and what was answered last: that is what the commands are about.

    ``hints``: say so when there are more quotes than are shown.
    """

    def __init__(
        self,
        library: Library,
        screen: Screen,
        *,
        shelf: str = SHARED,
        language: Language = "en",
        hints: bool = False,
    ) -> None:
        self._library = library
        self._screen = screen
        self._shelf = shelf
        self._speaker = translator(language)
        self._hints = hints
        self._answer: Answer | None = None
        self._quotes: tuple[QuoteCard, ...] = ()
        self._shown = 0
        self._commands: dict[str, Callable[[list[str]], Awaitable[None]]] = {
            ":more": self._more,
            ":context": self._context,
            ":why": self._why,
            ":sources": self._sources,
            ":deal": self._deal,
            ":compare": self._compare,
            ":timeline": self._timeline,
            ":help": self._help,
        }

    async def greet(self) -> None:
        """Say what this is and what may be asked: questions that these sources answer."""
        speaker = self._speaker
        counted = await self._library.count(self._shelf)
        welcome = speaker.plural(
            "Sourcier has read {count} source. Ask in French or English.",
            "Sourcier has read {count} sources. Ask in French or English.",
            counted.sources,
        )
        blocks: list[Block] = [line(welcome, Ink.MARKED)]
        if questions := await examples(self._library, self._shelf, speaker):
            blocks.append(line(speaker.text("For example:"), Ink.ASIDE))
            blocks += [line(printable(question, fold=True), Ink.TITLE, lead="  ") for question in questions]
        blocks.append(line(speaker.text("Commands: :help. To leave: :quit or Ctrl-D."), Ink.ASIDE))
        self._screen.show([*blocks, BLANK])

    async def hear(self, said: str) -> bool:
        """Answer a line, a question or a command; return whether the conversation goes on.

        A refusal is said in one sentence.
        """
        name, *values = said.split()
        if name.casefold() == ":quit":
            return False
        try:
            if name.startswith(":"):
                await self._command(name.casefold(), values)
            else:
                await self._ask(said.strip())
        except SourcierError as error:
            self._screen.show([line(printable(told(error, self._speaker), fold=True), Ink.WARNING)])
        return True

    async def _ask(self, question: str) -> None:
        after = self._answer.whole_question if self._answer and begins_as_following(question) else None
        self._answer = await self._library.ask(question, self._shelf, limit=_MOST_QUOTES, after=after)
        self._speaker = translator(self._answer.language)
        card = lay_out(self._answer)
        self._quotes = card.quotes or ((card.nearest,) if card.nearest else ())
        proofs = {number for figure in card.figures for number in figure.numbers}
        needed = max((place for place, quote in enumerate(card.quotes, 1) if quote.number in proofs), default=0)
        self._shown = min(max(PAGE, needed), len(self._quotes))
        self._screen.show([*drawing.answer(card._replace(quotes=card.quotes[: self._shown])), *self._rest()])

    def _rest(self) -> list[Block]:
        left = len(self._quotes) - self._shown
        if not left or not self._hints:
            return []
        return [
            line(
                self._speaker.plural("{count} more quote: :more", "{count} more quotes: :more", left),
                Ink.ASIDE,
            )
        ]

    async def _command(self, name: str, values: list[str]) -> None:
        command = self._commands.get(name)
        if command is not None:
            return await command(values)
        shown = printable(name, fold=True)[:30]
        known = [*self._commands, ":quit"]
        begun = [other for other in known if len(name) > 1 and other.startswith(name)]
        near = begun or get_close_matches(name, known, n=1)
        if near:
            raise BadInput(self._speaker.text("There is no {name}; did you mean {near}?", name=shown, near=near[0]))
        raise BadInput(self._speaker.text("There is no {name}; :help lists what there is.", name=shown))

    async def _more(self, _values: list[str]) -> None:
        self._answered()
        page = self._quotes[self._shown : self._shown + PAGE]
        if not page:
            raise BadInput(self._speaker.text("That was all."))
        self._shown += len(page)
        self._screen.show([*drawing.quotes(page, self._speaker), *self._rest()])

    async def _context(self, values: list[str]) -> None:
        citation = self._cited(values)
        reach = _number(values[1]) if values[1:] else 1
        if reach is None or reach > _FARTHEST:
            raise BadInput(self._speaker.text("The reach is a number from 0 to {most}.", most=_FARTHEST))
        passages = await self._library.around(citation.passage, reach, self._shelf)
        card = surround(citation, passages, self._speaker)
        if card is None:
            raise BadInput(self._speaker.text("This quote is no longer in its source."))
        self._screen.show(drawing.context(card, self._speaker))

    async def _why(self, values: list[str]) -> None:
        citation = self._cited(values)
        shares = await self._library.explain(self._answered(), citation, self._shelf)
        self._screen.show(drawing.explanation(shares, citation.rank, self._speaker))

    async def _sources(self, _values: list[str]) -> None:
        found = await self._library.sources(self._shelf)
        self._screen.show(drawing.sources([describe(source, self._speaker) for source in found], self._speaker))

    async def _deal(self, values: list[str]) -> None:
        if not values:
            raise BadInput(self._speaker.text("Which deal? There are {names}.", names=await self._names()))
        dossier = await self._library.known.deal(" ".join(values), self._shelf)
        known = await self._library.known.deals(self._shelf)
        self._screen.show(deals.deal(lay_out_dossier(dossier, self._speaker, known)))

    async def _compare(self, values: list[str]) -> None:
        comparison = await self._library.known.compare(values, self._shelf)
        self._screen.show(deals.comparison(lay_out_comparison(comparison, self._speaker)))

    async def _timeline(self, values: list[str]) -> None:
        timeline = await self._library.known.timeline(" ".join(values) or None, self._shelf)
        known = await self._library.known.deals(self._shelf)
        self._screen.show(deals.timeline(lay_out_timeline(timeline, known, self._speaker)))

    async def _names(self) -> str:
        return ", ".join(deal.id for deal in await self._library.known.deals(self._shelf))

    async def _help(self, _values: list[str]) -> None:
        speaker = self._speaker
        rows = (
            (":more", speaker.text("more quotes")),
            (":context N [reach]", speaker.text("quote N among the passages around it")),
            (":why N", speaker.text("what the score of quote N is made of")),
            (":sources", speaker.text("what is read here")),
            (":deal NAME", speaker.text("what the sources say of a deal")),
            (":compare A B", speaker.text("two or three deals side by side")),
            (":timeline [NAME]", speaker.text("what was said when")),
            (":help", speaker.text("this list")),
            (":quit", speaker.text("the end (or Ctrl-D)")),
        )
        self._screen.show([Table((), rows)])

    def _answered(self) -> Answer:
        if self._answer is None:
            raise BadInput(self._speaker.text("Please ask a question first."))
        return self._answer

    def _cited(self, values: list[str]) -> Citation:
        """Return the citation that is asked for by its number (else the first), of those that were shown."""
        answer = self._answered()
        shown = {card.number for card in self._quotes[: self._shown]}
        if not shown:
            raise BadInput(self._speaker.text("The last answer has no quote."))
        number = _number(values[0]) if values else min(shown)
        if number not in shown:
            raise BadInput(
                self._speaker.text(
                    "Which quote? The numbers go from {first} to {last}.", first=min(shown), last=max(shown)
                )
            )
        return next(citation for citation in answer.citations if citation.rank == number)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None

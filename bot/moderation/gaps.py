"""What people asked in vain: shown to moderators, exported, solved by a source or closed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord
import structlog

from bot.deal_messages import Attachment, Message, show_message
from bot.delivery import acknowledge, inquire, respond, show, take
from bot.interaction import Interaction
from bot.moderation.admitting import admitted
from bot.moderation.gap_cards import lay_out_gap
from bot.moderation.gap_news import tell_wishers
from bot.moderation.gap_tables import gaps_csv
from bot.moderation.own_names import named
from bot.printable import printable
from bot.rules.rights import Right, may
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.views.gap_forms import Solution, SolutionForm, is_solution, read_solution
from bot.views.gaps import TABLE, CloseView, GapsView, GapView, Now, SolvedView, TableView, Telling
from bot.views.learning_controls import GapAct, GapButton, GapPress
from bot.views.markdown import fitted
from bot.views.notice import CALM, Notice
from index.errors import NotFound
from index.library import Library
from index.model import Source, State, Verdict
from index.moderating.goldens import Golden

if TYPE_CHECKING:
    from bot.client import Sourcier

_SHOWN_NAME = 120
_MOST_ASKED = 20  # questions that are asked again when a source comes
_SOLVING = frozenset({GapAct.SOLVE, GapAct.CLOSE, GapAct.CLOSE_SURELY})

_log = structlog.get_logger(__name__)


def prepare(bot: "Sourcier") -> None:
    """Let the bot serve the buttons and the form of gaps, however long ago they were shown."""
    bot.add_dynamic_items(GapButton)
    bot.add_listener(on_gap_press)
    bot.add_listener(on_solution, "on_interaction")


async def show_gaps(interaction: Interaction) -> None:
    """Show the first page of what was asked in vain."""
    shelf = await admitted_to_read(interaction)
    if shelf is not None:
        await acknowledge(interaction, private=True)
        await _list(interaction, shelf, GapPress(GapAct.LIST))


async def on_gap_press(interaction: Interaction, press: GapPress) -> None:
    """Do what a button says, where its person has the right to at this moment."""
    async with telling(interaction), _open_still(interaction):
        if press.act in _SOLVING:
            shelf = await admitted(interaction, Right.APPROVE)
        else:
            shelf = await admitted_to_read(interaction)
        if shelf is None:
            return
        if press.act is GapAct.SOLVE:
            await _inquire(interaction, shelf, press)
            return
        await _begin(interaction, anew=press.act is GapAct.TABLE)
        await _ACTS[press.act](interaction, shelf, press)


async def on_solution(interaction: Interaction) -> None:
    """Keep what solves a gap, as it was sent in; the form may have been opened before a restart."""
    if interaction.type is not discord.InteractionType.modal_submit or interaction.data is None:
        return
    custom_id = str(interaction.data.get("custom_id", ""))
    if not is_solution(custom_id):
        return
    async with telling(interaction), _open_still(interaction):
        shelf = await admitted(interaction, Right.APPROVE)
        solution = read_solution(custom_id, interaction.data.get("components"))
        if shelf is None or solution is None:
            return
        await _begin(interaction)
        source = await _meant(interaction, shelf, solution)
        if source is not None:
            await _keep_sentence(interaction, shelf, solution, source)
            await _solve(interaction, shelf, solution.gap, source)


async def answered_by(library: Library, source: Source, shelf: str) -> tuple[str, ...]:
    """Return the ids of what was asked in vain, of the most asked, that is answered from a source now."""
    gaps = (await library.gaps.open(shelf))[:_MOST_ASKED]
    answered = []
    for gap in gaps:
        answer = await library.ask(gap.question, shelf)
        if answer.verdict is Verdict.ANSWERED and source.id in {cited.source.id for cited in answer.citations}:
            answered.append(gap.id)
    return tuple(answered)


async def admitted_to_read(interaction: Interaction) -> str | None:
    """Return what ``admitted`` does, for whoever may add sources or approve them."""
    return await admitted(interaction, Right.APPROVE if await may(interaction, Right.APPROVE) else Right.ADD)


@asynccontextmanager
async def _open_still(interaction: Interaction) -> AsyncIterator[None]:
    """Say, in one sentence, where a question is not open any more."""
    try:
        yield
    except NotFound:
        speaker = await speaker_for(interaction)
        gone = speaker.text("This question is not open any more: somebody solved it, or its 30 days are over.")
        await respond(interaction, Notice(gone))


async def _begin(interaction: Interaction, *, anew: bool = False) -> None:
    """Acknowledge a press: what it stands on changes where only its person sees that, unless a message is to be new."""
    is_own = interaction.message is not None and interaction.message.flags.ephemeral
    await (take(interaction) if is_own and not anew else acknowledge(interaction, private=True))


async def _list(interaction: Interaction, shelf: str, press: GapPress) -> None:
    speaker = await speaker_for(interaction)
    gaps = await interaction.client.library.gaps.open(shelf)
    if not gaps:
        await show(interaction, Notice(speaker.text("Nothing was asked in vain in the last 30 days."), colour=CALM))
        return
    cards = await asyncio.to_thread(lambda: [lay_out_gap(gap, speaker) for gap in gaps])
    await show(interaction, GapsView(cards, press.page, speaker))


async def _table(interaction: Interaction, shelf: str, _press: GapPress) -> None:
    gaps = await interaction.client.library.gaps.open(shelf)
    content = await asyncio.to_thread(lambda: gaps_csv(gaps).encode("utf-8-sig"))  # as spreadsheets expect it
    view = TableView(len(gaps), await speaker_for(interaction))
    await show_message(interaction, Message(view, (Attachment(TABLE, content),)))


async def _show(interaction: Interaction, shelf: str, press: GapPress) -> None:
    library, speaker = interaction.client.library, await speaker_for(interaction)
    gap = await library.gaps.find(press.gap, shelf)
    now, _ = await _ask(library, gap.question, shelf)
    may_solve = await may(interaction, Right.APPROVE)
    card = await asyncio.to_thread(lay_out_gap, gap, speaker)
    view = GapView(card, now, speaker, page=press.page, back=press.back, may_solve=may_solve)
    await show(interaction, view)


async def _inquire(interaction: Interaction, shelf: str, press: GapPress) -> None:
    library = interaction.client.library
    gap = await library.gaps.find(press.gap, shelf)
    _, likely = await _ask(library, gap.question, shelf)
    newest = [source for source in await library.own(shelf) if source.state is State.LIVE][::-1]
    await inquire(interaction, SolutionForm(gap.id, newest, likely, await speaker_for(interaction)))


async def _close(interaction: Interaction, shelf: str, press: GapPress) -> None:
    speaker = await speaker_for(interaction)
    gap = await interaction.client.library.gaps.find(press.gap, shelf)
    await show(interaction, CloseView(lay_out_gap(gap, speaker), gap.wishing, press.back, speaker))


async def _close_surely(interaction: Interaction, shelf: str, press: GapPress) -> None:
    await _solve(interaction, shelf, press.gap, None)


async def _keep_sentence(interaction: Interaction, shelf: str, solution: Solution, source: Source) -> None:
    """Keep a gap's question as a golden one with the sentence that answers it, where somebody says which one does."""
    if solution.sentence:
        library, person = interaction.client.library, str(interaction.user.id)
        gap = await library.gaps.find(solution.gap, shelf)
        golden = Golden(question=gap.question, source=source.id, sentence=solution.sentence)
        await library.goldens.add(golden, by=person, shelf=shelf)


async def _solve(interaction: Interaction, shelf: str, gap_id: str, source: Source | None) -> None:
    """Take a gap for solved, ask its question again, tell who wanted to know, and show all of that."""
    bot, speaker, person = interaction.client, await speaker_for(interaction), interaction.user.id
    source_id, title = (None, "") if source is None else (source.id, source.title)
    solved = await bot.library.gaps.solve(gap_id, by=str(person), shelf=shelf, source_id=source_id)
    _log.info("a question was solved", gap=gap_id, source=source_id, shelf=shelf, by=person)
    now, _ = await _ask(bot.library, solved.question, shelf)
    telling_of = Telling(left=len(solved.wishers))
    await show(interaction, SolvedView(solved.question, title, now, telling_of, speaker))
    if solved.wishers and interaction.guild_id is not None:
        guild = bot.get_guild(interaction.guild_id)
        if guild is not None:
            told = await tell_wishers(bot, guild, solved, title)
            telling_of = Telling(told.reached, told.missed)
            await show(interaction, SolvedView(solved.question, title, now, telling_of, speaker))


async def _ask(library: Library, question: str, shelf: str) -> tuple[Now, str]:
    """Return what a question gets now, and the id of the source that it comes from first, if it is answered."""
    answer = await library.ask(question, shelf)
    if answer.verdict is not Verdict.ANSWERED or not answer.citations:
        return Now(answered=False), ""
    first = answer.citations[0]
    return Now(answered=True, title=first.source.title, quote=first.highlight.quote), first.source.id


async def _meant(interaction: Interaction, shelf: str, solution: Solution) -> Source | None:
    """Return the live source that somebody chose or named; else say why there is none: None. A name counts more."""
    library, speaker = interaction.client.library, await speaker_for(interaction)
    if not solution.chosen and not solution.named:
        said = speaker.text("Please choose a source, or write the title of one.")
        await respond(interaction, Notice(said))
        return None
    if not solution.named:
        own = {source.id: source for source in await library.own(shelf) if source.state is State.LIVE}
        if solution.chosen not in own:
            await respond(interaction, Notice(_unknown(solution.chosen, [], speaker)))
        return own.get(solution.chosen)
    found = await named(library, shelf, solution.named)
    meant = found.source or found.shared
    if meant is not None and meant.state is State.LIVE:
        return meant
    near = [source.title for source in found.near if source.state is State.LIVE]
    await respond(interaction, Notice(_unknown(solution.named, near, speaker)))
    return None


def _unknown(name: str, near: list[str], speaker: Translator) -> str:
    wanted = speaker.quoted(fitted(printable(name, fold=True), _SHOWN_NAME))
    if not near:
        return speaker.text("I know of no live source called {name} here.", name=wanted)
    names = [speaker.quoted(fitted(title, _SHOWN_NAME)) for title in near]
    return speaker.text(
        "I know of no live source called {name} here. Did you mean {near}?",
        name=wanted,
        near=speaker.alternatives(names),
    )


_ACTS: dict[GapAct, Callable[[Interaction, str, GapPress], Awaitable[None]]] = {
    GapAct.LIST: _list,
    GapAct.TABLE: _table,
    GapAct.SHOW: _show,
    GapAct.CLOSE: _close,
    GapAct.CLOSE_SURELY: _close_surely,
}

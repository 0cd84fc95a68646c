"""What moderators do with a draft: see it, say what is known of it, approve it, discard it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import discord
import structlog

from bot.delivery import acknowledge, inquire, respond, show, take
from bot.interaction import Interaction
from bot.moderation.admitting import admitted, permitted
from bot.moderation.details import stated
from bot.moderation.doubts import doubt_lines, doubts_about
from bot.moderation.draft_cards import lay_out_draft, replaceable
from bot.moderation.gaps import answered_by
from bot.moderation.goldens import titles_of
from bot.rules.rights import Right, may
from bot.telling import speaker_for, telling
from bot.views.differences import difference_lines
from bot.views.draft_controls import Act, Press, source_key
from bot.views.draft_forms import DetailsForm, changes_of, is_details, read_details
from bot.views.drafts import DraftView, Live, LiveView, SureView
from bot.views.help import written
from bot.views.markdown import fitted
from bot.views.notice import CALM, Notice
from index.errors import NotFound
from index.figures.kinds import Review
from index.library import Library
from index.model import Source, Verdict
from index.moderating.model import Draft
from index.reading.fetching.policy import Policy

_APPROVING = frozenset({Act.APPROVE, Act.APPROVE_ANYWAY})
_CHANGES = 2  # sentences and figures of each kind that a preview shows
_QUESTION = 200
_PATIENCE = 5.0  # seconds after which nobody expects the message to change any more

_log = structlog.get_logger(__name__)


async def show_draft(interaction: Interaction, draft_id: str) -> None:
    """Show a draft where an interaction is answered, to its person alone; say so where it does not wait any more.

    What has not been acknowledged yet opens a message of its own; after ``take`` the message is changed.
    """
    async with waiting_still(interaction):
        shelf = await permitted(interaction, Right.ADD)
        if shelf is None:
            return
        if not interaction.response.is_done():
            await acknowledge(interaction, private=True)
        await present(interaction, await interaction.client.library.drafts.draft(draft_id, shelf), shelf)


async def present(interaction: Interaction, draft: Draft, shelf: str, *, said: Sequence[str] = ()) -> None:
    """Show a draft as it is where an acknowledged interaction is answered; ``said``: what could not be taken of it."""
    library, speaker = interaction.client.library, await speaker_for(interaction)
    changes: list[str] = []
    if draft.replaces is not None:
        changes = difference_lines(await library.upkeep.changes(draft.id, shelf), speaker, most=_CHANGES)
    card = await asyncio.to_thread(lay_out_draft, draft, await library.reviews.deals(shelf), speaker)
    near = replaceable(draft, shelf)
    view = DraftView(
        card,
        speaker,
        may_approve=await may(interaction, Right.APPROVE),
        review=written("source review", interaction.client.command_ids),
        changes=changes,
        near=None if near is None else (near.title, source_key(near.id)),
        said=said,
    )
    await show(interaction, view)


@asynccontextmanager
async def waiting_still(interaction: Interaction) -> AsyncIterator[None]:
    """Say, in one sentence, where a draft does not wait any more."""
    try:
        yield
    except NotFound:
        speaker = await speaker_for(interaction)
        gone = speaker.text(
            "This draft does not wait here any more: somebody approved or discarded it, or its week is over."
        )
        await respond(interaction, Notice(gone))


async def on_draft_press(interaction: Interaction, press: Press) -> None:
    """Do what a button on a draft says, where its person has the right to at this moment."""
    async with telling(interaction), waiting_still(interaction):
        right = Right.APPROVE if press.act in _APPROVING else Right.ADD
        shelf = await admitted(interaction, right)
        if shelf is None:
            return
        if press.act is Act.EDIT:
            draft = await interaction.client.library.drafts.draft(press.draft_id, shelf)
            await inquire(interaction, DetailsForm(draft.id, draft.source, await speaker_for(interaction)))
            return
        is_own = interaction.message is not None and interaction.message.flags.ephemeral
        await (take(interaction) if is_own else acknowledge(interaction, private=True))
        await _ACTS[press.act](interaction, press, shelf)


async def on_figures_press(interaction: Interaction, place: str) -> None:
    """Open the figures of a draft or a source."""
    from bot.moderation import waiting  # which opens drafts, as this opens figures

    async with telling(interaction):
        if await admitted(interaction, Right.APPROVE) is not None:
            await waiting.show_figures(interaction, place)


async def on_details(interaction: Interaction) -> None:
    """Keep what somebody sent in of a draft; the form may have been opened before a restart."""
    if interaction.type is not discord.InteractionType.modal_submit or interaction.data is None:
        return
    custom_id = str(interaction.data.get("custom_id", ""))
    if not is_details(custom_id):
        return
    async with telling(interaction), waiting_still(interaction):
        shelf = await admitted(interaction, Right.ADD)
        details = read_details(custom_id, interaction.data.get("components"))
        if shelf is None or details is None:
            return
        library = interaction.client.library
        draft = await library.drafts.draft(details.draft_id, shelf)
        policy = interaction.client.policy or Policy.production()
        changes = stated(changes_of(details, draft.source), policy, await speaker_for(interaction))
        is_own = interaction.message is not None and interaction.message.flags.ephemeral
        await (take(interaction) if is_own else acknowledge(interaction, private=True))
        draft = await library.drafts.edit(draft.id, changes, by=str(interaction.user.id), shelf=shelf)
        await present(interaction, draft, shelf)


async def _show(interaction: Interaction, press: Press, shelf: str) -> None:
    await present(interaction, await interaction.client.library.drafts.draft(press.draft_id, shelf), shelf)


async def _approve(interaction: Interaction, press: Press, shelf: str) -> None:
    """Let a draft live as who pressed has seen it; ask first where something speaks against it that is news to them."""
    library, speaker = interaction.client.library, await speaker_for(interaction)
    draft = await library.drafts.draft(press.draft_id, shelf)
    doubts = await doubts_about(library, draft, shelf)
    if not doubts.are_of(press.key):
        changed = speaker.text("Somebody changed this draft meanwhile. This is how it is now.")
        await present(interaction, draft, shelf, said=[changed])
        return
    if not doubts.key or (press.act is Act.APPROVE_ANYWAY and press.key == doubts.key):
        await _let_live(interaction, draft, shelf)
        return
    titles = {draft.source.id: draft.source.title, **await titles_of(library, shelf)}
    said, label = doubt_lines(doubts, titles, speaker), speaker.text("Approve anyway")
    await show(interaction, SureView(draft.id, said, Act.APPROVE_ANYWAY, label, speaker, key=doubts.key))


async def _let_live(interaction: Interaction, draft: Draft, shelf: str) -> None:
    library, person = interaction.client.library, interaction.user.id
    outcome, source = await library.drafts.approve(draft.id, by=str(person), shelf=shelf, seen=draft.mark)
    _log.info("a draft was approved", draft=draft.id, outcome=outcome.value, shelf=shelf, by=person)
    figures = await library.reviews.found_in(source.id, shelf)
    waits = sum(figure.review is Review.EXTRACTED for figure in figures)
    live = Live(source, await _example(library, source, shelf), len(figures), waits)
    ask, speaker = written("ask", interaction.client.command_ids), await speaker_for(interaction)
    await show(interaction, LiveView(live, ask, speaker))
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            live = live._replace(gaps=await answered_by(library, source, shelf))
    if live.gaps:
        await show(interaction, LiveView(live, ask, speaker))


async def _discard(interaction: Interaction, press: Press, shelf: str) -> None:
    draft = await interaction.client.library.drafts.draft(press.draft_id, shelf)
    speaker = await speaker_for(interaction)
    title = speaker.quoted(fitted(draft.source.title, _QUESTION))
    said = speaker.text("Discard the draft {title}? Its text is deleted at once.", title=title)
    await show(interaction, SureView(draft.id, [said], Act.DISCARD_SURELY, speaker.text("Discard it"), speaker))


async def _discard_surely(interaction: Interaction, press: Press, shelf: str) -> None:
    person = interaction.user.id
    await interaction.client.library.drafts.discard(press.draft_id, by=str(person), shelf=shelf)
    _log.info("a draft was discarded", draft=press.draft_id, shelf=shelf, by=person)
    speaker = await speaker_for(interaction)
    await show(interaction, Notice(speaker.text("The draft is discarded, and its text is deleted."), colour=CALM))


async def _replace(interaction: Interaction, press: Press, shelf: str) -> None:
    """Make a draft the next version of one of the shelf's own sources that it is like."""
    drafts = interaction.client.library.drafts
    draft = await drafts.draft(press.draft_id, shelf)
    own = [alike.source.id for alike in draft.alike if alike.source.shelf == shelf]
    meant = next((source_id for source_id in own if source_key(source_id) == press.key), None)
    if meant is None:
        speaker = await speaker_for(interaction)
        await respond(
            interaction, Notice(speaker.text("The source that this may be a version of is not here any more."))
        )
        return
    draft = await drafts.redirect(draft.id, meant, by=str(interaction.user.id), shelf=shelf)
    await present(interaction, draft, shelf)


async def _part(interaction: Interaction, press: Press, shelf: str) -> None:
    by = str(interaction.user.id)
    draft = await interaction.client.library.drafts.redirect(press.draft_id, None, by=by, shelf=shelf)
    await present(interaction, draft, shelf)


async def _speak(interaction: Interaction, press: Press, shelf: str) -> None:
    """Say in which language a draft is."""
    language = "fr" if press.act is Act.FRENCH else "en"
    by = str(interaction.user.id)
    draft = await interaction.client.library.drafts.edit(press.draft_id, {"language": language}, by=by, shelf=shelf)
    await present(interaction, draft, shelf)


_ACTS: dict[Act, Callable[[Interaction, Press, str], Awaitable[None]]] = {
    Act.SHOW: _show,
    Act.APPROVE: _approve,
    Act.APPROVE_ANYWAY: _approve,
    Act.FRENCH: _speak,
    Act.ENGLISH: _speak,
    Act.REPLACE: _replace,
    Act.PART: _part,
    Act.DISCARD: _discard,
    Act.DISCARD_SURELY: _discard_surely,
}


async def _example(library: Library, source: Source, shelf: str) -> str:
    """Return a question that a source answers now; nothing where none is known."""
    answer = await library.ask(source.title, shelf)
    cited = {citation.source.id for citation in answer.citations}
    return source.title if answer.verdict is Verdict.ANSWERED and source.id in cited else ""

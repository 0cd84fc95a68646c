"""Reviewing figures: those of a draft or of a source are shown, approved, rejected, corrected, joined to deals."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import NamedTuple

import discord
import structlog

from bot.delivery import acknowledge, inquire, redraw, respond, show, take
from bot.interaction import Interaction
from bot.moderation.admitting import admitted, permitted
from bot.moderation.figure_cards import (
    deal_title,
    lay_out_review,
    mark_of,
    mark_of_waiting,
    written_measure,
)
from bot.rules.rights import Right
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.views.deal_controls import key_of
from bot.views.figure_forms import MOST_DEALS, CorrectionForm, DealsForm, Filled, NewDealForm, read
from bot.views.figure_review import PAGE, FiguresView, FigureView, no_figures, told, unknown_deal
from bot.views.figure_review_controls import Act, Press
from bot.views.notice import Notice
from index.errors import BadInput, NotFound
from index.figures.deals import Deal, Wording
from index.figures.kinds import Review
from index.figures.names import Names
from index.library import Library
from index.model import Figure
from index.moderating.correcting import Correction
from index.moderating.deal_names import compared
from index.moderating.reviews import Reviewable

_NEAR = 3  # deals that are offered in place of one that is not known

_log = structlog.get_logger(__name__)


class _Case(NamedTuple):
    """A figure that somebody does something with: the press, where it stands, and the server's shelf."""

    press: Press
    found: Reviewable
    figure: Figure
    shelf: str

    @property
    def number(self) -> int:
        """Its place among the others, from 0."""
        return self.found.figures.index(self.figure)

    @property
    def is_corrected(self) -> bool:
        return self.figure.id in self.found.corrected


async def show_figures(interaction: Interaction, place: str) -> None:
    """Show the figures of a draft or a source of the server, by its id, to whoever may review them.

    What has not been acknowledged yet opens a message of its own; after ``take`` the message is changed.
    """
    async with _still_there(interaction):
        shelf = await permitted(interaction, Right.APPROVE)
        if shelf is None:
            return
        if not interaction.response.is_done():
            await acknowledge(interaction, private=True)
        found = await interaction.client.library.reviews.at(place, shelf)
        if not found.figures:
            await show(interaction, no_figures(found.source.title, await speaker_for(interaction)))
        elif len(found.figures) == 1:
            await _show_one(interaction, found, 0, shelf)
        else:
            await _show_list(interaction, found, _next_waiting(found, 0) or 0, shelf)


async def on_figure_press(interaction: Interaction, press: Press) -> None:
    """Do what a button of a review says, where its figure still stands as it did when it was shown."""
    async with telling(interaction), _still_there(interaction):
        shelf = await admitted(interaction, Right.APPROVE)
        if shelf is None:
            return
        if press.act not in _FORMS:
            await (take(interaction) if _is_own(interaction) else acknowledge(interaction, private=True))
        case = await _case(interaction, press, shelf)
        if case is None:
            return
        if press.act in _FORMS:
            form = await _form(case, await speaker_for(interaction), interaction.client.library)
            await inquire(interaction, form)
        else:
            await _ACTS[press.act](interaction, case)


async def on_figure_form(interaction: Interaction) -> None:
    """Do what a form says that was sent in; it may have been opened before a restart."""
    if interaction.type is not discord.InteractionType.modal_submit or interaction.data is None:
        return
    filled = read(str(interaction.data.get("custom_id", "")), interaction.data.get("components"))
    if filled is None:
        return
    async with telling(interaction), _still_there(interaction):
        shelf = await admitted(interaction, Right.APPROVE)
        if shelf is None:
            return
        await (take(interaction) if _is_own(interaction) else acknowledge(interaction, private=True))
        case = await _case(interaction, filled.press, shelf)
        if case is not None:
            await _SUBMITTED[filled.press.act](interaction, case, filled)


@asynccontextmanager
async def _still_there(interaction: Interaction) -> AsyncIterator[None]:
    """Say, in one sentence, where what somebody reviews is not there any more."""
    try:
        yield
    except NotFound:
        speaker = await speaker_for(interaction)
        gone = speaker.text("These figures are not here any more: somebody discarded or removed what they were in.")
        await respond(interaction, Notice(gone))


async def _case(interaction: Interaction, press: Press, shelf: str) -> _Case | None:
    """Return what a press is about; where that stands otherwise by now show it as it stands: None.

    Raises ``NotFound`` where the place of the figure is gone.
    """
    library = interaction.client.library
    found = await _find(library, press, shelf)
    figure = next((figure for figure in found.figures if figure.id == press.figure_id), None)
    speaker = await speaker_for(interaction)
    if figure is None:
        said = speaker.text("The figures have changed meanwhile: this is how they stand now.")
        if found.figures:
            await _show_list(interaction, found, 0, shelf, said=said)
        else:
            await _put(interaction, no_figures(found.source.title, speaker))
        return None
    case = _Case(press, found, figure, shelf)
    if press.act is Act.ALL and press.mark != mark_of_waiting(found):
        said = speaker.text("Not the same figures wait as when you saw this, so I approved none: please look again.")
        await _show_list(interaction, found, _next_waiting(found, 0) or 0, shelf, said=said)
        return None
    if press.act in _MARKED and press.mark != mark_of(figure, corrected=case.is_corrected):
        said = speaker.text("Somebody changed this figure meanwhile: this is how it stands now. Nothing else was done.")
        await _show_one(interaction, found, case.number, shelf, said=said)
        return None
    return case


async def _find(library: Library, press: Press, shelf: str) -> Reviewable:
    """Return what can be reviewed where a button was shown; a draft may be a live source by now."""
    try:
        return await library.reviews.at(press.place, shelf)
    except NotFound:
        return await library.reviews.at(await library.reviews.source_of(press.figure_id, shelf), shelf)


async def _show_one(interaction: Interaction, found: Reviewable, number: int, shelf: str, *, said: str = "") -> None:
    speaker = await speaker_for(interaction)
    deals = await interaction.client.library.reviews.deals(shelf)
    card = await asyncio.to_thread(lay_out_review, found, slice(number, number + 1), deals, speaker)
    await _put(interaction, FigureView(card, card.figures[0], speaker, said=said))


async def _show_list(interaction: Interaction, found: Reviewable, number: int, shelf: str, *, said: str = "") -> None:
    """Show the page of the list that has the figure with a number, from 0."""
    speaker = await speaker_for(interaction)
    deals = await interaction.client.library.reviews.deals(shelf)
    first = number // PAGE * PAGE
    card = await asyncio.to_thread(lay_out_review, found, slice(first, first + PAGE), deals, speaker)
    await _put(interaction, FiguresView(card, speaker, said=said))


async def _put(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """Show a message where an interaction is answered, whether or not it is acknowledged."""
    if interaction.response.is_done():
        await show(interaction, view)
    elif _is_own(interaction):
        await redraw(interaction, view)
    else:
        await respond(interaction, view)


def _is_own(interaction: Interaction) -> bool:
    """Tell whether the message that was pressed is seen by its person alone, so that it may be changed."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def _next_waiting(found: Reviewable, number: int) -> int | None:
    """Return the number of the next figure that waits, from a number on and around; None where none does."""
    waiting = [at for at, figure in enumerate(found.figures) if figure.review is Review.EXTRACTED]
    return next((at for at in waiting if at >= number), next(iter(waiting), None))


async def _look(interaction: Interaction, case: _Case) -> None:
    await _show_one(interaction, case.found, case.number, case.shelf)


async def _list(interaction: Interaction, case: _Case) -> None:
    await _show_list(interaction, case.found, case.number, case.shelf)


async def _decide(interaction: Interaction, case: _Case) -> None:
    """Approve or reject a figure, and go on to the next that waits."""
    library, person = interaction.client.library, interaction.user.id
    review = Review.APPROVED if case.press.act is Act.APPROVE else Review.REJECTED
    await library.reviews.decide([case.figure.id], review, by=str(person), shelf=case.shelf)
    _log.info("a figure was reviewed", figure=case.figure.id, review=review.value, shelf=case.shelf, by=person)
    found = await library.reviews.at(case.found.place, case.shelf)
    speaker = await speaker_for(interaction)
    deals = await library.reviews.deals(case.shelf)
    done = lay_out_review(found, slice(case.number, case.number + 1), deals, speaker)
    said = told(done.figures[0], speaker)
    following = _next_waiting(found, case.number)
    if following is not None:
        await _show_one(interaction, found, following, case.shelf, said=said)
    else:
        done_all = speaker.text("All figures are reviewed.")
        await _show_list(interaction, found, case.number, case.shelf, said=f"{said}\n{done_all}")


async def _approve_all(interaction: Interaction, case: _Case) -> None:
    library, person = interaction.client.library, interaction.user.id
    waiting = [figure.id for figure in case.found.figures if figure.review is Review.EXTRACTED]
    await library.reviews.decide(waiting, Review.APPROVED, by=str(person), shelf=case.shelf)
    _log.info("figures were approved", count=len(waiting), place=case.found.place, shelf=case.shelf, by=person)
    speaker = await speaker_for(interaction)
    said = speaker.plural("{count} figure is approved.", "{count} figures are approved.", len(waiting))
    found = await library.reviews.at(case.found.place, case.shelf)
    await _show_list(interaction, found, 0, case.shelf, said=said)


async def _no_deal(interaction: Interaction, case: _Case) -> None:
    await _correct(interaction, case, Correction(deals=()))


async def _join(interaction: Interaction, case: _Case) -> None:
    """Join a figure to one more deal, which a button names by the beginning of its key."""
    deals = await interaction.client.library.reviews.deals(case.shelf)
    meant = [deal.id for deal in deals if case.press.deal and key_of(deal.id).startswith(case.press.deal)]
    if len(meant) != 1:
        speaker = await speaker_for(interaction)
        await respond(interaction, Notice(speaker.text("There is no such deal here any more.")))
        return
    await _correct(interaction, case, Correction(deals=(*_joined(case.figure, deals), *meant)))


async def _correct(interaction: Interaction, case: _Case, correction: Correction) -> None:
    """Keep how somebody reads a figure, which approves it, and show it as it is now."""
    library, person = interaction.client.library, interaction.user.id
    await library.reviews.correct(case.figure.id, correction, by=str(person), shelf=case.shelf)
    _log.info("a figure was corrected", figure=case.figure.id, shelf=case.shelf, by=person)
    speaker = await speaker_for(interaction)
    said = speaker.text("Saved; what is corrected is approved, too.")
    found = await library.reviews.at(case.found.place, case.shelf)
    await _show_one(interaction, found, case.number, case.shelf, said=said)


_ACTS: dict[Act, Callable[[Interaction, _Case], Awaitable[None]]] = {
    Act.SHOW: _look,
    Act.BACK: _look,
    Act.NEXT: _look,
    Act.LIST: _list,
    Act.LIST_BACK: _list,
    Act.LIST_NEXT: _list,
    Act.APPROVE: _decide,
    Act.REJECT: _decide,
    Act.JOIN: _join,
    Act.NO_DEAL: _no_deal,
    Act.ALL: _approve_all,
}
_FORMS = frozenset({Act.CORRECT, Act.DEALS, Act.NEW_DEAL})
_MARKED = _FORMS | {Act.APPROVE, Act.REJECT, Act.JOIN, Act.NO_DEAL}


async def _form(case: _Case, speaker: Translator, library: Library) -> CorrectionForm | DealsForm | NewDealForm:
    """Return the form that a button opens."""
    if case.press.act is Act.CORRECT:
        return CorrectionForm(case.press, case.figure, written_measure(case.figure), speaker)
    if case.press.act is Act.NEW_DEAL:
        return NewDealForm(case.press, speaker)
    known = {deal.id: deal for deal in await library.reviews.deals(case.shelf)}
    names = [deal_title(known[name], speaker) for name in case.figure.deals if name in known]
    return DealsForm(case.press, names, speaker)


async def _corrected(interaction: Interaction, case: _Case, filled: Filled) -> None:
    figure = case.figure
    correction = Correction(
        measure=filled.measure if filled.measure not in {"", written_measure(figure)} else None,
        metric=filled.metric if filled.metric is not figure.metric else None,
        commitment=filled.commitment if filled.commitment is not figure.commitment else None,
    )
    if correction == Correction():
        await _unchanged(interaction, case, await speaker_for(interaction))
    else:
        await _correct(interaction, case, correction)


async def _with_deals(interaction: Interaction, case: _Case, filled: Filled) -> None:
    """Join a figure to the deals that are named, and to no other; where one is not known change nothing."""
    deals = await interaction.client.library.reviews.deals(case.shelf)
    known = {compared(name): deal.id for deal in reversed(deals) for name in deal.names}
    names = filled.deals[:MOST_DEALS]
    unknown = next((name for name in names if compared(name) not in known), None)
    speaker = await speaker_for(interaction)
    if unknown is None:
        meant = list(dict.fromkeys(known[compared(name)] for name in names))
        if meant == _joined(case.figure, deals):
            await _unchanged(interaction, case, speaker)
        else:
            await _correct(interaction, case, Correction(deals=tuple(meant)))
        return
    near = await asyncio.to_thread(_near, unknown, deals, speaker)
    card = lay_out_review(case.found, slice(case.number, case.number + 1), deals, speaker)
    await respond(interaction, unknown_deal(card, card.figures[0], unknown, near, speaker))


async def _with_new_deal(interaction: Interaction, case: _Case, filled: Filled) -> None:
    """Make a deal, and let a figure be about it first of all."""
    library, speaker = interaction.client.library, await speaker_for(interaction)
    if filled.kind is None or not filled.name:
        raise BadInput(speaker.text("A deal needs a name, and you have to choose what it is."))
    by = str(interaction.user.id)
    name, other = filled.name, filled.other_name or filled.name
    try:
        wording = Wording(fr=name, en=other) if speaker.language == "fr" else Wording(fr=other, en=name)
    except ValueError as error:
        raise BadInput(speaker.text("A deal needs a name, and you have to choose what it is.")) from error
    deal = await library.reviews.make_deal(
        wording, filled.kind, case.figure.id, by=by, shelf=case.shelf, aliases=filled.aliases
    )
    _log.info("a deal was made", deal=deal.id, shelf=case.shelf, by=by)
    known = await library.reviews.deals(case.shelf)
    await _correct(interaction, case, Correction(deals=(deal.id, *_joined(case.figure, known))))


_SUBMITTED: dict[Act, Callable[[Interaction, _Case, Filled], Awaitable[None]]] = {
    Act.CORRECT: _corrected,
    Act.DEALS: _with_deals,
    Act.NEW_DEAL: _with_new_deal,
}


async def _unchanged(interaction: Interaction, case: _Case, speaker: Translator) -> None:
    """Say that a form that was sent in says nothing new, which approves nothing."""
    said = speaker.text("Nothing was changed.")
    await _show_one(interaction, case.found, case.number, case.shelf, said=said)


def _joined(figure: Figure, deals: Iterable[Deal]) -> list[str]:
    """Return those deals of a figure that there still are."""
    known = {deal.id for deal in deals}
    return [name for name in figure.deals if name in known]


def _near(name: str, deals: list[Deal], speaker: Translator) -> list[tuple[str, str]]:
    """Return the keys and titles of the deals that a name may mean."""
    guess = Names((deal.id, deal.names) for deal in deals).find(name)
    titles = {deal.id: deal_title(deal, speaker) for deal in deals}
    near = [guess.sure] if guess.sure is not None else list(guess.near)[:_NEAR]
    return [(key_of(deal_id), titles[deal_id]) for deal_id in near]

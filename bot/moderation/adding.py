"""Adding sources: a page, a file, a pasted text or somebody's message becomes a draft."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import discord
import structlog

from bot.deal_messages import Attachment, Message, send_message
from bot.delivery import acknowledge, inquire, respond
from bot.interaction import Interaction
from bot.moderation import attachments
from bot.moderation.admitting import admitted
from bot.moderation.deciding import on_details, on_draft_press, on_figures_press, present, show_draft
from bot.moderation.details import usable
from bot.moderation.messages import Material, material_of
from bot.moderation.progress import Progress, Step
from bot.rules.rights import Right, limits, may
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.views.draft_controls import DraftButton, FiguresButton
from bot.views.draft_forms import Paste, PasteForm, is_paste, read_paste
from bot.views.help import written
from bot.views.markdown import truncate
from bot.views.notice import Notice
from bot.views.returned import NAME, ReturnedView
from index.errors import BadInput
from index.model import Basis
from index.moderating.model import Page
from index.reading.cleaning import clean_line
from index.reading.document import Document, Reading
from index.reading.fetching.policy import Policy
from index.reading.intake import Given, Intake

if TYPE_CHECKING:
    from bot.client import Sourcier

__all__ = ["add", "add_message", "prepare", "show_draft"]

_LONGEST_TITLE = 100  # of what is made of the first line of a message
_LONGEST_NAME = 200

_HEADING = re.compile(r"^#{1,3} \S", re.MULTILINE)  # as Discord knows it

_Read = tuple[Reading, Page | None]

_log = structlog.get_logger(__name__)


async def add(interaction: Interaction, link: str | None, file: discord.Attachment | None) -> None:
    """Read a page or a file into a draft; without either, ask for a text."""
    shelf = await admitted(interaction, Right.ADD)
    if shelf is None:
        return
    if link is not None and file is not None:
        speaker = await speaker_for(interaction)
        await respond(interaction, Notice(speaker.text("Please give me either a link or a file, not both at once.")))
    elif file is not None:
        await _add_file(interaction, shelf, file)
    elif link is not None:
        await _add_page(interaction, shelf, link.strip().removeprefix("<").removesuffix(">"))
    else:
        await inquire(interaction, PasteForm(await speaker_for(interaction)))


async def add_message(interaction: Interaction, message: discord.Message) -> None:
    """Read the file, the link or the text of somebody's message into a draft."""
    shelf = await admitted(interaction, Right.ADD)
    if shelf is None:
        return
    material = material_of(message)
    add_command = written("source add", interaction.client.command_ids)
    if refused := _refusal(message, material, add_command, await speaker_for(interaction)):
        await respond(interaction, Notice(refused))
    elif material.file is not None:
        await _add_file(interaction, shelf, material.file)
    elif material.link is not None:
        await _add_page(interaction, shelf, material.link)
    else:
        await _add_words(interaction, shelf, message, material)


def prepare(bot: "Sourcier") -> None:
    """Let the bot serve the buttons and forms of drafts, however long ago they were shown."""
    bot.add_dynamic_items(DraftButton, FiguresButton)
    bot.add_listener(on_draft_press)
    bot.add_listener(on_figures_press)
    bot.add_listener(on_details, "on_interaction")
    bot.add_listener(on_paste, "on_interaction")


async def on_paste(interaction: Interaction) -> None:
    """Read a text that was sent in; the form may have been opened before a restart."""
    if interaction.type is not discord.InteractionType.modal_submit or interaction.data is None:
        return
    if not is_paste(str(interaction.data.get("custom_id", ""))):
        return
    async with telling(interaction):
        paste = read_paste(interaction.data.get("components"))
        shelf = await admitted(interaction, Right.ADD)
        if shelf is None:
            if interaction.response.is_done() and await may(interaction, Right.ADD):
                await _give_back(interaction, paste.text)
            return
        await acknowledge(interaction, private=True)
        is_kept = False
        try:
            is_kept = await _add_paste(interaction, shelf, paste)
        finally:
            if not is_kept:
                await _give_back(interaction, paste.text)


async def _add_paste(interaction: Interaction, shelf: str, paste: Paste) -> bool:
    """Read a text into a draft, without what cannot be taken of what was said about it; tell whether there is one."""
    speaker = await speaker_for(interaction)
    known, faults = usable(paste.fields, interaction.client.policy or Policy.production(), speaker)
    media_type = "text/markdown" if _HEADING.search(paste.text) else "text/plain"
    document = Document(paste.text.encode("utf-8", "replace"), speaker.text("The text"), media_type, "utf-8")

    async def read(progress: Progress) -> _Read:
        by = str(interaction.user.id)
        return await interaction.client.library.intake.document(document, by=by, given=known, watch=progress), None

    return await _draft(interaction, shelf, read, said=faults)


async def _give_back(interaction: Interaction, text: str) -> None:
    """Let a person have the text that they sent in and that nothing came of: they may have no other copy."""
    if text:
        file = Attachment(NAME, text.encode("utf-8", "replace"))
        await send_message(interaction, Message(ReturnedView(await speaker_for(interaction)), (file,)))


async def _add_page(interaction: Interaction, shelf: str, link: str) -> None:
    async def read(progress: Progress) -> _Read:
        by = str(interaction.user.id)
        taken = await interaction.client.library.intake.page(link, by=by, watch=progress)
        if taken is None:
            raise BadInput("There is nothing to read at this link.")
        return taken.reading, Page(url=taken.url, etag=taken.etag, last_modified=taken.last_modified)

    await acknowledge(interaction, private=True)
    await _draft(interaction, shelf, read)


async def _add_file(interaction: Interaction, shelf: str, file: discord.Attachment) -> None:
    async def read(progress: Progress) -> _Read:
        progress(Step.DOWNLOADING)
        intake, by = interaction.client.library.intake, str(interaction.user.id)
        return await attachments.read(intake, file, by=by, watch=progress), None

    await acknowledge(interaction, private=True)
    await _draft(interaction, shelf, read)


async def _add_words(interaction: Interaction, shelf: str, message: discord.Message, material: Material) -> None:
    """Read what a message says; when, where and, unless it was forwarded, by whom it was written Discord knows."""
    author = message.author.display_name if material.origin is None else ""
    given = {
        "author": clean_line(author)[:_LONGEST_NAME] or None,
        "published": (material.origin or message).created_at.date().isoformat(),
        "url": message.jump_url,
    }

    async def read(progress: Progress) -> _Read:
        name = (await speaker_for(interaction)).text("The message")
        document = Document(material.text.encode("utf-8", "replace"), name, "text/plain", "utf-8")
        intake, by = interaction.client.library.intake, str(interaction.user.id)
        return await _read_message(intake, document, by, given, progress), None

    await acknowledge(interaction, private=True)
    await _draft(interaction, shelf, read)


async def _read_message(intake: Intake, document: Document, by: str, given: Given, progress: Progress) -> Reading:
    reading = await intake.document(document, by=by, given=given, watch=progress)
    known: dict[str, object] = {"published_basis": Basis.METADATA}
    if reading.article.title_basis is Basis.FILE_NAME:
        first = reading.article.text.splitlines()[0]
        known |= {"title": truncate(clean_line(first), _LONGEST_TITLE), "title_basis": Basis.TEXT}
    return reading.model_copy(update={"article": reading.article.model_copy(update=known)})


async def _draft(
    interaction: Interaction,
    shelf: str,
    read: Callable[[Progress], Awaitable[_Read]],
    *,
    said: Sequence[str] = (),
) -> bool:
    """Show what is being done, then the draft that came of it, or why none did, and nothing is kept; tell which.

    ``said``: what could not be taken of what was said about it.
    """
    library, person, draft = interaction.client.library, interaction.user.id, None
    async with Progress(interaction, await speaker_for(interaction)) as progress:
        most = await limits(interaction)
        await library.drafts.refuse_if_full(shelf, most)
        reading, page = await read(progress)
        progress(Step.EXAMINING)
        draft = await library.drafts.propose(reading, by=str(person), shelf=shelf, page=page, limits=most)
    if draft is None:
        return False
    _log.info("a draft was made", draft=draft.id, kind=draft.kind.value, shelf=shelf, by=person)
    await present(interaction, draft, shelf, said=said)
    return True


def _refusal(message: discord.Message, material: Material, add_command: str, speaker: Translator) -> str:
    """Return why nothing is read of a message; empty where something is."""
    if message.author.bot:
        return speaker.text(
            "I read nothing from the messages of bots, which only pass things on: give me the link or the file with "
            "{add}.",
            add=add_command,
        )
    if material.links > 1 and not material.text:
        return speaker.text(
            "There are several links in this message: give me the one you mean with {add}.", add=add_command
        )
    if not (material.file or material.link or material.text):
        return speaker.text("There is nothing to read in this message: no text, no link, and no file that may be one.")
    return ""

"""Around everything that a person sets off in Discord: in which language to speak, and what to say when it fails."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import structlog

from bot.delivery import is_passing, respond
from bot.interaction import Interaction
from bot.operation.logs import new_reference
from bot.refusals import told
from bot.rules.places import visible_shelf
from bot.rules.preferences import Preferences, spoken
from bot.translation import Translator, translator
from bot.views.markdown import escape_line
from bot.views.notice import Notice
from index.errors import BadInput, NotFound, SourcierError

# Unknown message, unknown webhook, unknown interaction, invalid webhook token: the message was deleted, or its quarter
# of an hour is over.
_GONE = frozenset({10008, 10015, 10062, 50027})

_log = structlog.get_logger(__name__)


async def speaker_for(interaction: Interaction) -> Translator:
    """Return who speaks to the person behind an interaction: as their server has set, else as their client does."""
    bot = interaction.client
    preferences = await bot.preferences.of(visible_shelf(bot, interaction.guild_id))
    return translator(spoken(preferences, interaction.locale.value))


@asynccontextmanager
async def telling(interaction: Interaction) -> AsyncIterator[None]:
    """Tell the person behind an interaction, in one sentence, where what they set off is refused or fails.

    What is refused ends here; a defect goes on, to be logged with its traceback under the reference that the person
    was given. The client does not close before this has ended.
    """
    reference = bind_reference()
    with interaction.client.busy():
        try:
            yield
        except NotFound:
            speaker = await speaker_for(interaction)
            gone = speaker.text(
                "This is not kept any more: answers are kept for 30 days, and sources may be removed. Please ask again."
            )
            await respond(interaction, Notice(gone))
        except BadInput as error:
            await respond(interaction, Notice(escape_line(told(error, await speaker_for(interaction)))))
        except discord.HTTPException as error:
            if error.code in _GONE:
                _log.warning("nobody waits for this any more", error=str(error))
            elif is_passing(error):
                interaction.client.metrics.failed("discord")
                _log.error("Discord did not take a response", error=str(error))
            else:
                await respond(interaction, Notice(failed(_client_speaker(interaction), reference)))
                raise
        except SourcierError as error:
            interaction.client.metrics.failed("store")
            _log.error("the library refuses", error=str(error))
            await respond(interaction, Notice(failed(_client_speaker(interaction), reference)))
        except Exception:
            await respond(interaction, Notice(failed(_client_speaker(interaction), reference)))
            raise


def _client_speaker(interaction: Interaction) -> Translator:
    """Return who speaks as a person's client does, where what their server has set may not be readable."""
    return translator(spoken(Preferences(), interaction.locale.value))


def failed(speaker: Translator, reference: str) -> str:
    """Return what is said where something went wrong that is nobody's fault but ours."""
    return speaker.text(
        "Something went wrong here. It has been noted under the reference {reference}; please try again.",
        reference=reference,
    )


def bind_reference() -> str:
    """Give what happens from here on in this task a reference, which its log lines carry; return it."""
    reference = new_reference()
    structlog.contextvars.bind_contextvars(reference=reference)
    return reference

"""The commands in the languages of Discord's clients, and given to Discord where they have changed."""

import hashlib
import json
from typing import TYPE_CHECKING

import discord
import structlog
from discord import Locale, app_commands
from discord.app_commands import TranslationContextTypes, locale_str

from bot.delivery import insist
from bot.translation import translator
from index.model import SHARED, Language

if TYPE_CHECKING:
    from bot.client import Sourcier

_SPOKEN: dict[Locale, Language] = {
    Locale.french: "fr",
    Locale.american_english: "en",
    Locale.british_english: "en",
}
_KNOWN = "commands"

_log = structlog.get_logger(__name__)


class CommandTranslator(app_commands.Translator):
    """Translates the names and descriptions of commands by the catalogs."""

    async def translate(self, string: locale_str, locale: Locale, _context: TranslationContextTypes) -> str | None:
        """Return a name or a description in a client's language, or None where that is not spoken here."""
        language = _SPOKEN.get(locale)
        return None if language is None else translator(language).text(string.message)


async def synchronise(bot: "Sourcier") -> dict[str, int]:
    """Give Discord the commands where they are not those that it was last given; return the ids of slash commands.

    Discord limits how often commands may be given, so what was given is remembered: a digest of it, and the ids that
    Discord gave back, which tell whether it still has it. Where Discord does not take them now, the bot works on with
    those that Discord has.
    """
    payloads = [
        await command.get_translated_payload(bot.tree, CommandTranslator())
        for command in sorted(bot.tree.get_commands(), key=lambda command: (command.name, str(type(command))))
    ]
    digest = hashlib.sha256(json.dumps(payloads, sort_keys=True).encode()).hexdigest()
    try:
        given = await insist(bot.tree.fetch_commands)
        known = (await bot.library.memory.preferences(SHARED)).get(_KNOWN)
        if known == _signature(digest, given):
            _log.debug("Discord has these commands already", commands=len(given))
            return _ids(given)
        given = await insist(bot.tree.sync)
        await bot.library.memory.prefer(SHARED, _KNOWN, _signature(digest, given))
        _log.info("Discord was given the commands", commands=len(given))
    except discord.HTTPException as error:
        _log.error("Discord did not take the commands", error=str(error))
        return {}
    return _ids(given)


def _ids(given: list[app_commands.AppCommand]) -> dict[str, int]:
    return {command.name: command.id for command in given if command.type is discord.AppCommandType.chat_input}


def _signature(digest: str, given: list[app_commands.AppCommand]) -> str:
    return " ".join([digest, *sorted(str(command.id) for command in given)])

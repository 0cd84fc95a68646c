"""What a server has set, one setting at a time, in words of a language."""

from collections.abc import Callable
from typing import NamedTuple

from bot.rules.preferences import LIMITS, RIGHTS, Preferences, Setting, Spoken
from bot.translation import Translator


class Naming(NamedTuple):
    """What roles and channels are called, by their ids."""

    role: Callable[[int], str]
    channel: Callable[[int], str]


def arranged(setting: Setting, preferences: Preferences, naming: Naming, speaker: Translator) -> str:
    """Return what is set, as a sentence that begins small and has no full stop."""
    if setting in RIGHTS:
        return _given(setting, preferences, naming, speaker)
    if setting in LIMITS:
        return _limited(setting, preferences, speaker)
    if setting in {Setting.CHANNELS, Setting.NOTICES}:
        return _placed(setting, preferences, naming, speaker)
    return _ruled(setting, preferences, naming, speaker)


def amount(setting: Setting, limit: int, speaker: Translator) -> str:
    """Return what a limit allows, as a setting counts it."""
    match setting:
        case Setting.SOURCES:
            return speaker.plural("{count} source", "{count} sources", limit)
        case Setting.ADDS_AN_HOUR:
            return speaker.plural("{count} article an hour", "{count} articles an hour", limit)
        case Setting.CHARACTERS:
            return speaker.plural("{count} character", "{count} characters", limit)
        case _:
            return speaker.plural("{count} question a minute", "{count} questions a minute", limit)


def language_choice(language: Spoken, speaker: Translator) -> str:
    """Return what a choice of the language is called."""
    if language == "auto":
        return speaker.text("as each person has set Discord")
    return speaker.language_name(language)


def _placed(setting: Setting, preferences: Preferences, naming: Naming, speaker: Translator) -> str:
    match setting:
        case Setting.CHANNELS if preferences.channels:
            channels = " ".join(map(naming.channel, preferences.channels))
            return speaker.text("I answer without a mention in {channels}", channels=channels)
        case Setting.CHANNELS:
            return speaker.text("I answer only when I am mentioned")
        case _ if preferences.notices:
            return speaker.text("I tell of changed pages in {channel}", channel=naming.channel(preferences.notices))
        case _:
            return speaker.text("no channel for notices")


def _ruled(setting: Setting, preferences: Preferences, naming: Naming, speaker: Translator) -> str:
    match setting:
        case Setting.ROLE if preferences.role:
            return speaker.text("{role} moderates, too", role=naming.role(preferences.role))
        case Setting.ROLE:
            return speaker.text("only those who may manage the server moderate")
        case _ if preferences.language == "auto":
            return speaker.text("I speak to each person in the language of their Discord")
        case _:
            return speaker.text("I speak {language}", language=language_choice(preferences.language, speaker))


def _given(right: Setting, preferences: Preferences, naming: Naming, speaker: Translator) -> str:
    role = preferences.number(right)
    who = naming.role(role) if role else speaker.text("the moderators")
    match right:
        case Setting.MAY_ADD:
            return speaker.text("{who} may add sources", who=who)
        case Setting.MAY_APPROVE:
            return speaker.text("{who} may approve drafts and figures", who=who)
        case Setting.MAY_REMOVE:
            return speaker.text("{who} may remove and restore sources", who=who)
        case _:
            return speaker.text("{who} may read the audit log", who=who)


def _limited(setting: Setting, preferences: Preferences, speaker: Translator) -> str:
    limit = amount(setting, preferences.number(setting), speaker)
    match setting:
        case Setting.PERSON_LIMIT:
            return speaker.text("{limit} from each person", limit=limit)
        case Setting.CHANNEL_LIMIT:
            return speaker.text("{limit} in each channel", limit=limit)
        case _:
            return speaker.text("at most {limit}", limit=limit)

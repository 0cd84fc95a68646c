"""A server's settings in words: what each is for, what stands in its way, and what a choice has changed."""

from collections.abc import Iterator

from bot.arrangements import Naming, arranged
from bot.rules.preferences import Preferences, Setting
from bot.rules.standing import Standing
from bot.translation import Translator

_MENTIONS = Naming(role=lambda role: f"<@&{role}>", channel=lambda channel: f"<#{channel}>")


def explained(setting: Setting, standing: Standing, speaker: Translator, *, answering: bool) -> str:
    """Return what a setting is for, with a warning where what was chosen is gone or cannot work."""
    return "\n".join((_purposes(speaker)[setting], *_obstacles(setting, standing, speaker, answering=answering)))


def changed(setting: Setting, preferences: Preferences, speaker: Translator) -> str:
    """Return what a choice has changed, as a sentence."""
    return speaker.text("Saved: {what}.", what=arranged(setting, preferences, _MENTIONS, speaker))


def _purposes(speaker: Translator) -> dict[Setting, str]:
    return {
        Setting.ROLE: speaker.text("**Moderators**: who may manage the server, and who has this role."),
        Setting.LANGUAGE: speaker.text("**Language** in which I speak here. An answer speaks that of its question."),
        Setting.CHANNELS: speaker.text("**Answer channels**, where questions need no mention."),
        Setting.NOTICES: speaker.text("**Notices**: where I tell the moderators about pages that have changed."),
        Setting.PERSON_LIMIT: speaker.text("**Limit for each person.** Above it I ask for patience."),
        Setting.CHANNEL_LIMIT: speaker.text("**Limit for each channel.** Above it only the asker sees an answer."),
        Setting.MAY_ADD: speaker.text("**Add**: propose sources, see, change and discard drafts."),
        Setting.MAY_APPROVE: speaker.text("**Approve**: let drafts live, review figures, look after deals and gaps."),
        Setting.MAY_REMOVE: speaker.text("**Remove** sources, and restore them."),
        Setting.MAY_AUDIT: speaker.text("**Audit log**: read who did what."),
        Setting.SOURCES: speaker.text("**Sources of this server**, with those that wait as drafts."),
        Setting.ADDS_AN_HOUR: speaker.text("**Pace**: how much can be added in an hour."),
        Setting.CHARACTERS: speaker.text("**Length of an article.** Longer ones are refused."),
    }


def _obstacles(setting: Setting, standing: Standing, speaker: Translator, *, answering: bool) -> Iterator[str]:
    if setting is Setting.ROLE and standing.preferences.role and setting not in standing.gone:
        yield speaker.text("-# Let this role use my moderators’ commands: Server Settings → Integrations.")
    if setting is Setting.CHANNELS and not answering:
        switched_off = speaker.text(
            "Not possible now: reading messages that do not mention me has to be switched on by whoever runs "
            "me, with {variable}.",
            variable="`SOURCIER_MESSAGE_CONTENT`",
        )
        yield f"-# {switched_off}"
    if setting is Setting.CHANNELS and standing.channels_gone:
        gone = speaker.plural(
            "{count} channel that was chosen here has been deleted.",
            "{count} channels that were chosen here have been deleted.",
            standing.channels_gone,
        )
        yield f"-# ⚠ {gone}"
    if setting is Setting.NOTICES and standing.mute:
        mute = speaker.text("I may not write in this channel: please let me.")
        yield f"-# ⚠ {mute}"
    if setting in standing.gone:
        yield f"-# ⚠ {_gone(setting, speaker)}"


def _gone(setting: Setting, speaker: Translator) -> str:
    match setting:
        case Setting.NOTICES:
            return speaker.text("The channel that was chosen here has been deleted.")
        case Setting.ROLE:
            return speaker.text("The role that was chosen here has been deleted.")
        case _:
            return speaker.text(
                "The role that was chosen here has been deleted: only those who may manage the server have this right "
                "until they choose again."
            )

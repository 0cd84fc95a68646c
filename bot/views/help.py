"""How to use the bot, and what it is, as Discord messages."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from discord.ui import Container, LayoutView, TextDisplay

from bot.rules.preferences import Preferences
from bot.translation import Translator
from bot.views.markdown import escape_line, fitted
from bot.views.notice import CALM
from index.memory import KEPT_DAYS
from index.model import Counted

_EXAMPLE = 150  # characters that one takes once it is drawn
_CHANNELS = 5  # answer channels that are named


class Usable(NamedTuple):
    """A command: how it is written in a message (clickable, where Discord's id of it is known) and what it does."""

    name: str
    description: str


class Place(NamedTuple):
    """Where help is asked for: ``server`` where the bot is a member of one, ``direct`` in its direct messages.

    ``me``: the bot's user; ``channels``: where it answers every question.
    """

    me: int
    server: bool
    direct: bool
    channels: Sequence[int] = ()


class Known(NamedTuple):
    """The commands that the help speaks of by name, as they are written in a message."""

    ask: str
    privacy: str


class HelpView(LayoutView):
    """What the bot does, how to ask it, and what else there is.

    ``commands`` are for everybody, ``moderating`` for those who look after this server: empty for others.
    """

    def __init__(
        self,
        place: Place,
        examples: Sequence[str],
        commands: Sequence[Usable],
        moderating: Sequence[Usable],
        known: Known,
        preferences: Preferences,
        speaker: Translator,
    ) -> None:
        super().__init__(timeout=None)
        texts = [
            _what(speaker),
            _titled(speaker.text("How to ask"), _ways(place, known, speaker)),
            _titled(speaker.text("For example:"), [f"> {fitted(one, _EXAMPLE)}" for one in examples]),
            _titled(speaker.text("Commands"), _listed(commands)),
            _titled(speaker.text("Limits"), [_limits(place, preferences, speaker)]),
            _titled(speaker.text("Privacy"), [_privacy(known, speaker)]),
        ]
        if moderating:
            drafts = speaker.text("What you add is a draft until somebody approves it: no answer quotes it before.")
            texts.append(_titled(speaker.text("For moderators"), [drafts, *_listed(moderating)]))
        self.add_item(Container(*(TextDisplay(text) for text in texts if text), accent_colour=CALM))


class AboutView(LayoutView):
    """What this is. ``started``: when the client was made, in Unix time; ``latency`` in seconds, if it is known."""

    def __init__(
        self, version: str, counted: Counted, started: float, latency: float | None, speaker: Translator
    ) -> None:
        super().__init__(timeout=None)
        sources = speaker.plural("{count} source is read here", "{count} sources are read here", counted.sources)
        passages = speaker.plural("{count} passage", "{count} passages", counted.passages)
        if latency is None:
            connection = speaker.text("Connection to Discord: not measured yet")
        else:
            milliseconds = speaker.number(latency * 1_000)
            connection = speaker.text("Connection to Discord: {milliseconds} ms", milliseconds=milliseconds)
        state = [
            f"{sources} ({passages})",
            speaker.text("Started {when}", when=f"<t:{int(started)}:R>"),
            connection,
        ]
        licence = speaker.text("Free software under the MIT licence.")
        texts = [
            f"### Sourcier {escape_line(version)}",
            "\n".join(state),
            _titled(speaker.text("What I do not do"), [f"- {line}" for line in _not_done(speaker)]),
            f"-# {licence}",
        ]
        self.add_item(Container(*(TextDisplay(text) for text in texts), accent_colour=CALM))


def _titled(title: str, lines: Sequence[str]) -> str:
    """Return lines under a title; nothing where there are none."""
    return "\n".join((f"**{title}**", *lines)) if lines else ""


def _what(speaker: Translator) -> str:
    return "\n".join(
        (
            speaker.text("I answer questions from a curated set of articles."),
            speaker.text("Every answer is a quote, word for word, with its source and date."),
            speaker.text("Where the sources do not answer, I say so."),
        )
    )


def _ways(place: Place, known: Known, speaker: Translator) -> list[str]:
    me = f"<@{place.me}>"
    ways = []
    if place.server:
        ways.append(speaker.text("Mention me in front of your question, or in reply to a message: {me}", me=me))
    if place.direct:
        ways.append(speaker.text("Write your question here."))
    ways.append(speaker.text("{command} in any channel; only you see the answer if you like", command=known.ask))
    menu = speaker.text("Ask the sources")
    ways.append(speaker.text("In the menu of a message: Apps › {menu}", menu=f"**{menu}**"))
    if not place.direct:
        ways.append(speaker.text("In a direct message to me: {me}", me=me))
    if place.channels:
        channels = " ".join(f"<#{channel}>" for channel in place.channels[:_CHANNELS])
        ways.append(speaker.text("Just by writing in {channels}", channels=channels))
    return [f"- {way}" for way in ways]


def _limits(place: Place, preferences: Preferences, speaker: Translator) -> str:
    if not place.server:
        return speaker.text("{person} questions a minute for each person.", person=preferences.person_limit)
    return speaker.text(
        "{person} questions a minute for each person, {channel} for each channel.",
        person=preferences.person_limit,
        channel=preferences.channel_limit,
    )


def _privacy(known: Known, speaker: Translator) -> str:
    return speaker.text(
        "I keep questions and answers for {days} days. {command} shows what I keep about you, and deletes it.",
        days=KEPT_DAYS,
        command=known.privacy,
    )


def _listed(commands: Sequence[Usable]) -> list[str]:
    return [f"- {one.name} · {one.description}" for one in commands]


def _not_done(speaker: Translator) -> tuple[str, ...]:
    return (
        speaker.text("No language model: I look words up and quote what I find."),
        speaker.text("No summaries and no text of my own."),
        speaker.text("No answers from outside the sources."),
        speaker.text("No memory of conversations: every question stands alone."),
    )


def written(name: str, ids: Mapping[str, int]) -> str:
    """Return how a command is written in a message: so that it can be clicked, where its id is known.

    See https://discord.com/developers/docs/reference#message-formatting.
    """
    known = ids.get(name.partition(" ")[0])
    return f"/{name}" if known is None else f"</{name}:{known}>"

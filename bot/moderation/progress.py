"""What a person sees while they wait: the stage of the work, in a message of theirs that changes with it."""

import asyncio
from enum import StrEnum
from types import TracebackType
from typing import Self

import discord

from bot.delivery import show
from bot.interaction import Interaction
from bot.refusals import told
from bot.translation import Translator
from bot.views.markdown import escape_line
from bot.views.notice import CALM, Notice
from index.errors import BadInput
from index.reading.intake import Stage


class Step(StrEnum):
    """What is done before and after reading."""

    DOWNLOADING = "downloading"
    EXAMINING = "examining"


class Progress:
    """Shows each stage of some work once, where its acknowledged interaction is to be answered.

    Use it with ``async with``: at the end nothing of it is under way any more, and no stage stays where the work ended
    with an error. The sentence of ``BadInput`` takes its place, and that goes no further: ``refused`` is True.
    """

    def __init__(self, interaction: Interaction, speaker: Translator) -> None:
        self._interaction = interaction
        self._speaker = speaker
        self._stage: Stage | Step | None = None
        self._shown: Stage | Step | None = None
        self._drawing: asyncio.Task[None] | None = None
        self.refused = False

    def __call__(self, stage: Stage | Step) -> None:
        """Let a stage be shown, as soon as the one before is."""
        self._stage = stage
        if self._drawing is None or self._drawing.done():
            self._drawing = asyncio.create_task(self._draw())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._stage = self._shown
        if self._drawing is not None:
            # Where Discord does not show a stage, it is to be told when it does not show what comes of the work.
            await asyncio.gather(self._drawing, return_exceptions=True)
        if isinstance(error, BadInput):
            self.refused = True
            await show(self._interaction, Notice(escape_line(told(error, self._speaker))))
        elif isinstance(error, Exception) and not isinstance(error, discord.HTTPException):
            await show(self._interaction, Notice(self._speaker.text("This was broken off.")))
        return self.refused

    async def _draw(self) -> None:
        while self._stage is not None and self._stage is not self._shown:
            self._shown = self._stage
            await show(self._interaction, Notice(stage_words(self._shown, self._speaker), colour=CALM))


def stage_words(stage: Stage | Step, speaker: Translator) -> str:
    """Return what is being done."""
    return {
        Stage.FETCHING: speaker.text("Fetching the page…"),
        Step.DOWNLOADING: speaker.text("Downloading the file…"),
        Stage.READING: speaker.text("Reading the text…"),
        Step.EXAMINING: speaker.text("Looking for figures, and for what is here already…"),
    }[stage]

"""A timeline as a picture: what was said when, and for when it holds."""

from bot.timeline_picture.alternative import alt_text
from bot.timeline_picture.drawing import draw

__all__ = ["alt_text", "draw"]

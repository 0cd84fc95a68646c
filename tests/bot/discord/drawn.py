"""What people see in Discord as text for the documentation: messages in frames, forms with their fields."""

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from babel.dates import format_date, format_timedelta
from simcord.results import ResponseMessage

from bot.preview.message import parts
from bot.preview.text_drawing import Page, draw
from bot.terminal.blocks import plain
from tests.bot.discord.reading import Seen

Json = dict[str, Any]

_SHEET = Page(80, styled=False)
_MENUS = {3, 5, 6, 7, 8}
_GREY = 2
_COMMAND = re.compile(r"</([^:>]+):\d+>")
_PLACE = re.compile(r"(?:\\?/\d{17,20})+")
_MOMENT = re.compile(r"<t:(?P<at>\d+)(?::(?P<style>[RDf]))?>")
_NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
_SPANS = (0, 7, 30)  # days: what is said of a moment is never exactly as far from now as it was in another run


class Eyes(NamedTuple):
    """Whose client shows a message: its language, and what stands for what is another one in each run."""

    names: Mapping[str, str]
    locale: str = "en_GB"


def drawing(message: Seen, eyes: Eyes) -> str:
    """Draw a message as it is seen; moments, which are never twice the same, as if it were always the same now."""
    assert message is not None, "there is no message"
    whole = message.message if isinstance(message, ResponseMessage) else message
    components = _readable([component.to_dict() for component in whole.components], eyes)
    lines = plain(draw(parts(_with_buttons(components, eyes)), _SHEET)).splitlines()
    return "\n".join(lines[1:]) + "\n"


def drawn_form(modal: Mapping[str, Any], eyes: Eyes) -> str:
    """Draw a form: its title, then each field with what stands in it, and below what is said of it."""
    shown = _readable(dict(modal), eyes)
    lines = [shown["title"]]
    for label in shown["components"]:
        field = label["component"]
        chosen = [option["label"] for option in field.get("options", []) if option.get("default")]
        value = ", ".join(chosen) or field.get("value") or ""
        lines.append(f"   {label['label']}: {value}".rstrip())
        if label.get("description"):
            lines.append(f"      {label['description']}")
    return "\n".join(lines) + "\n"


def _readable(payload: Any, eyes: Eyes) -> Any:
    """Return what Discord is sent with what a reader sees in place of ids and moments."""
    if isinstance(payload, dict):
        return {key: _readable(value, eyes) for key, value in payload.items()}
    if isinstance(payload, list):
        return [_readable(value, eyes) for value in payload]
    return _text(payload, eyes) if isinstance(payload, str) else payload


def _with_buttons(components: list[Json], eyes: Eyes) -> list[Json]:
    """Return components with a button in the place of each menu, as those can be drawn."""
    shown = [_as_button(part, eyes) if part["type"] in _MENUS else part for part in components]
    return [
        part | {"components": _with_buttons(part["components"], eyes)} if "components" in part else part
        for part in shown
    ]


def _as_button(menu: Json, eyes: Eyes) -> Json:
    """Return a menu as a button with what is chosen in it."""
    chosen = [option["label"] for option in menu.get("options", []) if option.get("default")]
    chosen += [eyes.names.get(str(default["id"]), "…") for default in menu.get("default_values", [])]
    label = ", ".join(chosen) or menu.get("placeholder") or "—"
    return {"type": 2, "style": _GREY, "label": f"{label} ▾", "custom_id": menu["custom_id"]}


def _text(text: str, eyes: Eyes) -> str:
    text = _COMMAND.sub(r"/\1", text)
    for name, shown in eyes.names.items():
        pattern = r"\\?".join(map(re.escape, name))  # what is shown may have been escaped
        text = re.sub(pattern, shown.replace("\\", r"\\"), text)
    return _PLACE.sub("/…", _MOMENT.sub(lambda found: _moment(found, eyes.locale), text))


def _moment(found: re.Match[str], locale: str) -> str:
    """Return a moment as a client shows it."""
    away = (int(found["at"]) - time.time()) / 86_400
    days = timedelta(days=min(_SPANS, key=lambda span: abs(span - away)))
    if found["style"] == "R":
        seconds = days or timedelta(seconds=-2)
        return format_timedelta(
            seconds, "second" if not days else "day", add_direction=True, threshold=99, locale=locale
        )
    at = _NOW + days
    return format_date(at, "long", locale) + ("" if found["style"] == "D" else f" {at:%H:%M}")

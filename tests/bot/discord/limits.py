"""Discord's limits, checked on what the bot sent: https://discord.com/developers/docs, as of discord.py 2.7."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from simcord.types import HttpLogEntry

Json = dict[str, Any]

_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
_TEXT_OF_A_MESSAGE = 4_000
_COMPONENTS_OF_A_MESSAGE = 40
_TEXT_DISPLAY, _BUTTON, _SELECTS, _TEXT_INPUT, _LABEL = 10, 2, {3, 5, 6, 7, 8}, 4, 18
_MESSAGE, _UPDATE, _CHOICES, _MODAL = {4}, {7}, {8}, {9}


def check(requests: Iterable[HttpLogEntry]) -> None:
    """Hold every request to the limits; at least one must have been there."""
    seen = list(requests)
    assert seen, "the bot sent nothing"
    for request in seen:
        if isinstance(request.json, dict) and request.method in {"POST", "PATCH"}:
            _check_request(request.path, request.json)
        if request.path.endswith("/commands") and isinstance(request.json, list):
            check_commands(request.json)


def _check_request(path: str, body: Json) -> None:
    if path.endswith("/callback"):
        data = body.get("data") or {}
        if body["type"] in _MESSAGE | _UPDATE:
            check_message(data)
        elif body["type"] in _CHOICES:
            check_choices(data["choices"])
        elif body["type"] in _MODAL:
            _check_modal(data)
    elif "/messages" in path or path.startswith("/webhooks/"):
        check_message(body)


def check_message(body: Json) -> None:
    """Hold a message, sent or edited, to the limits; it may ping nobody."""
    mentions = body.get("allowed_mentions")
    assert mentions is not None, "who may be pinged is left to Discord"
    assert not mentions.get("parse"), mentions
    assert not any(mentions.get(who) for who in ("users", "roles", "replied_user")), mentions
    assert len(body.get("content") or "") <= 2_000
    components = list(walk(body.get("components") or []))
    assert len(components) <= _COMPONENTS_OF_A_MESSAGE
    assert sum(len(part["content"]) for part in components if part["type"] == _TEXT_DISPLAY) <= _TEXT_OF_A_MESSAGE
    custom_ids = [part["custom_id"] for part in components if "custom_id" in part]
    assert len(custom_ids) == len(set(custom_ids)), custom_ids
    for part in components:
        _check_component(part)
    for described in (
        *(body.get("attachments") or []),
        *(item for part in components for item in part.get("items", [])),
    ):
        assert len(described.get("description") or "") <= 1_024


def check_choices(choices: list[Json]) -> None:
    """Hold what an autocompletion offers to the limits."""
    assert len(choices) <= 25
    for choice in choices:
        assert 1 <= len(choice["name"]) <= 100
        assert 1 <= len(str(choice["value"])) <= 100


def walk(components: Iterable[Json]) -> Iterator[Json]:
    """Yield all components, those inside others too."""
    for part in components:
        yield part
        yield from walk(part.get("components") or [])
        for inner in ("accessory", "component"):
            if isinstance(part.get(inner), dict):
                yield from walk([part[inner]])


def _check_component(part: Json) -> None:
    assert 1 <= len(part.get("custom_id", "x")) <= 100
    kind = part["type"]
    if kind == _TEXT_DISPLAY:
        assert part["content"].strip(), "an empty text"
    elif kind == _BUTTON:
        assert part.get("emoji") or 1 <= len(part["label"]) <= 80
        assert len(part.get("url") or "") <= 512
    elif kind in _SELECTS:
        assert len(part.get("placeholder") or "") <= 150
        assert part.get("max_values", 1) <= 25
        for option in part.get("options", []):
            assert 1 <= len(option["label"]) <= 100
            assert 1 <= len(option["value"]) <= 100
            assert len(option.get("description") or "") <= 100
        assert len(part.get("options", [])) <= 25
    elif kind == _LABEL:
        assert 1 <= len(part["label"]) <= 45
        assert len(part.get("description") or "") <= 100
    elif kind == _TEXT_INPUT:
        assert part.get("max_length", 4_000) <= 4_000


def _check_modal(data: Json) -> None:
    assert 1 <= len(data["title"]) <= 45
    assert 1 <= len(data["components"]) <= 5
    for part in walk(data["components"]):
        _check_component(part)


def check_commands(commands: list[Json]) -> None:
    """Hold the commands that are given to Discord to the limits, in every language."""
    assert sum(command.get("type", 1) == 1 for command in commands) <= 100
    assert sum(command.get("type", 1) == 3 for command in commands) <= 15
    for command in commands:
        if command.get("type", 1) == 1:
            _check_named(command)
        else:
            for name in (command["name"], *(command.get("name_localizations") or {}).values()):
                assert 1 <= len(name) <= 32, name


def _check_named(command: Json) -> None:
    for name in (command["name"], *(command.get("name_localizations") or {}).values()):
        assert _COMMAND_NAME.fullmatch(name), name
        assert name == name.lower(), name
    for text in (command["description"], *(command.get("description_localizations") or {}).values()):
        assert 1 <= len(text) <= 100, text
    options = command.get("options") or []
    assert len(options) <= 25
    for option in options:
        _check_named(option)
    for choice in command.get("choices") or []:
        for name in (choice["name"], *(choice.get("name_localizations") or {}).values()):
            assert 1 <= len(name) <= 100
    assert len(command.get("choices") or []) <= 25

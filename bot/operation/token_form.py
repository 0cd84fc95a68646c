"""What a Discord bot's token looks like: three parts, of which the first is the bot's number in base64."""

import base64
import binascii
import re

PORTAL = "https://discord.com/developers/applications"
"""Where a token is had."""

_PART = re.compile(r"[A-Za-z0-9_-]+")
_PARTS = 3
_SHORTEST_NUMBER = 15  # digits; Discord's are 17 to 20 today


def is_token(text: str) -> bool:
    """Tell whether a text can be a bot's token, without asking Discord."""
    parts = text.split(".")
    if len(parts) != _PARTS or not all(_PART.fullmatch(part) for part in parts):
        return False
    try:
        number = base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4))
    except (binascii.Error, ValueError):
        return False
    return number.isdigit() and len(number) >= _SHORTEST_NUMBER
